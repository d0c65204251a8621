"""Which messages have to do with Meta AI? Looks for a few byte strings and reads only the messages around them.

A block without any of them costs a search at the speed of memory. Around a find, the header before it and the one after
it bound the message; a message that goes on in the next block is kept as its author, its date and what was seen in it.
Besides those, the message after one by Meta AI is read, since it may be a reply to it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from metaoptout_tui.evidence.whatsapp import classify
from metaoptout_tui.evidence.whatsapp.classify import Kind, Sign
from metaoptout_tui.evidence.whatsapp.shape import Shape

# What follows `AI` is looked at only where `AI` stands, so that the search is for these two letters.
_NAME = re.compile(
    rb"AI(?:(?<=Meta AI)|(?<=Meta\xc2\xa0AI)|(?<=Meta\xe2\x80\xafAI)|(?<=@AI)|(?= from Meta| is from a third-party))"
)
_IDS = re.compile(rb"@(?:\xe2\x81\xa8)?(?:13135550002|867051314767696)")
_IDS_TO_HOP_TO = 2000
_IDS_BYTES = 24
# These matter less and cost as much again each, so a quick search goes without.
_THOROUGH = (
    re.compile(rb"dvanced [Cc]hat [Pp]rivacy"),
    re.compile(rb"Chat-Datenschutz"),
    re.compile(rb"secure service from Meta"),
    re.compile(rb"\+1[- \x80-\xff]{1,4}\(?313\)?[- \x80-\xff]{1,4}555[- \x80-\xff]{1,4}0002"),
    re.compile(rb"par l(?:'|\xe2\x80\x99)IA"),
)
MARKED = b": \xe2\x80\x8e"
"""How a sender ends where its text begins with the direction mark of iOS."""
_NEVER = 1 << 62
_STEP_BACK = 2048
_OPENING = 1200
MOST_KEYS = 20_000
"""Senders and days that are told apart; what comes after is counted together."""
MOST_TIMES = 200_000
MOST_SWITCHES = 1_000


class Found(NamedTuple):
    """A message of a kind that matters, for whoever wants to see it: raw bytes, its text cut."""

    kind: Kind
    author: bytes
    date: bytes
    clock: bytes
    text: bytes


class Tally:
    """How many messages of which kind, by whom and on which day; bounded whatever a file holds."""

    def __init__(self, *, times: bool = False) -> None:
        self.counts: Counter[tuple[Kind, bytes, bytes]] = Counter()
        self.times: list[tuple[bytes, bytes]] = []
        self.switches: list[tuple[bytes, bytes, bool]] = []
        self._keep_times = times

    def add(self, kind: Kind, message: "_Message") -> None:
        """Count one message."""
        key = (kind, message.author, message.date)
        if key not in self.counts and len(self.counts) >= MOST_KEYS:
            key = (kind, b"", b"")
        self.counts[key] += 1
        if kind is Kind.TO and self._keep_times and len(self.times) < MOST_TIMES:
            self.times.append((message.date, message.clock))
        if kind is Kind.SWITCH and message.opening and len(self.switches) < MOST_SWITCHES:
            self.switches.append((message.date, message.clock, message.opening.on))


class _Message:
    """One message while it is read."""

    __slots__ = ("author", "by_meta_ai", "clock", "date", "kept", "opening", "signs", "text")

    def __init__(self, header: re.Match[bytes], text: bytes) -> None:
        self.date, self.clock, self.author = header.group("date", "clock", "author")
        self.text = text
        self.opening: classify.Opening | None = None
        self.signs = Sign.NONE
        self.by_meta_ai = False
        self.kept = False


class Search:
    """A search through one chat, block by block; `tally` holds the result after `end`.

    `every` reads all messages, each by a person counting as written to Meta AI: for the chat with Meta AI alone.
    """

    def __init__(
        self,
        shape: Shape,
        *,
        every: bool = False,
        thorough: bool = True,
        times: bool = False,
        show: Callable[[Found], None] | None = None,
    ) -> None:
        self.tally = Tally(times=times)
        self.first: tuple[bytes, bytes] | None = None
        self._header = shape.find
        self._authored_notices = shape.family.bracket
        self._every = every
        self._thorough = thorough
        self._show = show
        self._meta_authors: dict[bytes, bool] = {}
        self._current: _Message | None = None
        self._follow = every
        self._asker = b""
        self._answered = b""

    @property
    def last(self) -> tuple[bytes, bytes] | None:
        """Date and time of the last header so far."""
        return (self._current.date, self._current.clock) if self._current else None

    def block(self, data: bytes) -> None:
        """Search the next piece of the file, as `blocks` cuts them."""
        hits = self._hits(data)
        hit = next(hits, _NEVER)
        if hit == _NEVER and not self._follow:
            self._pass_over(data, 0)
            return
        upcoming = self._header.search(data)
        lead = upcoming.start() if upcoming else len(data)
        if hit < lead:
            self._continue(data[:lead])
            hit = next((each for each in hits if each >= lead), _NEVER)
        if upcoming is None:
            return
        self._remember_first(upcoming)
        while upcoming and (hit != _NEVER or self._follow):
            header = upcoming if self._follow else self._header_of(data, upcoming, hit)
            upcoming = self._header.search(data, header.end())
            stop = upcoming.start() if upcoming else len(data)
            self._open(header, data[header.end() : stop])
            while hit < stop:
                hit = next(hits, _NEVER)
        if upcoming:
            self._pass_over(data, upcoming.start())

    def end(self) -> None:
        """Count the message that was last read."""
        self._close()

    def _hits(self, data: bytes) -> Iterator[int]:
        """Where one of the strings stands, in order."""
        found = [match.start() for match in _NAME.finditer(data)]
        other = list(_ids(data))
        if self._thorough:
            other += [match.start() for pattern in _THOROUGH for match in pattern.finditer(data)]
        return iter(sorted(found + other) if other else found)

    def _header_of(self, data: bytes, earliest: re.Match[bytes], hit: int) -> re.Match[bytes]:
        """The last header that begins before `hit`: `earliest` or a later one."""
        line = data.rfind(b"\n", earliest.start(), hit + 1)
        if line == earliest.start():
            return earliest
        return self._header.match(data, line) or self._last_header(data, earliest.start(), hit) or earliest

    def _last_header(self, data: bytes, position: int, end: int) -> re.Match[bytes] | None:
        step = _STEP_BACK
        while True:
            start = max(position, end - step)
            last = None
            for found in self._header.finditer(data, start):
                if found.start() > end:
                    break
                last = found
            if last or start == position:
                return last
            step *= 8

    def _remember_first(self, header: re.Match[bytes]) -> None:
        if self.first is None:
            self.first = header.group("date", "clock")

    def _pass_over(self, data: bytes, position: int) -> None:
        """Keep only which message a find at the start of the next block would belong to."""
        if self.first is None and (first := self._header.search(data, position)):
            self._remember_first(first)
        last = self._last_header(data, position, len(data))
        if last:
            self._close()
            self._current = _Message(last, data[last.end() : last.end() + _OPENING])

    def _open(self, header: re.Match[bytes], body: bytes) -> None:
        self._close()
        message = self._current = _Message(header, body[:_OPENING])
        self._keep(message, body)

    def _continue(self, part: bytes) -> None:
        """The message of the block before goes on, with a find in it."""
        message = self._current
        if message is None:
            return  # text before the first header
        if not message.kept:
            self._keep(message, message.text)
        message.signs = max(message.signs, classify.signs(part.decode("utf-8", "replace")))

    def _keep(self, message: _Message, body: bytes) -> None:
        message.kept = True
        author = message.author
        by = self._meta_authors.get(author)
        if by is None:
            if len(self._meta_authors) >= MOST_KEYS:
                self._meta_authors.clear()
            by = self._meta_authors[author] = classify.is_meta_ai(name_of(author))
        message.by_meta_ai = by
        text = body.decode("utf-8", "replace")
        if not author or self._authored_notices:
            message.opening = classify.opening(text, authored=bool(author), marked=author.endswith(MARKED))
        if not by:
            message.signs = classify.signs(text)
        self._follow = self._every or bool(
            (by and self._asker) or (self._answered and (message.opening or not author))
        )

    def _close(self) -> None:
        message = self._current
        if message is None or not message.kept:
            return
        kind = self._kind(message)
        message.kept = False
        if kind is not Kind.OTHER:
            self.tally.add(kind, message)
            if self._show:
                self._show(Found(kind, message.author, message.date, message.clock, message.text))

    def _kind(self, message: _Message) -> Kind:
        if message.opening:
            return message.opening.kind
        if not message.author:
            return Kind.NOTICE if message.signs else Kind.OTHER
        if message.by_meta_ai:
            self._answered = self._asker
            return Kind.BY
        answered, self._answered = self._answered, b""
        author = message.author.removesuffix(MARKED[1:])
        if self._every or message.signs is Sign.MENTION:
            self._asker = author
            return Kind.TO
        if answered and author == answered:
            return Kind.MAYBE
        if answered:
            self._asker = b""
        return Kind.NAMES if message.signs else Kind.OTHER


def name_of(author: bytes) -> str:
    """A sender as it stands in the header, without the colon and the mark after it."""
    return author.removesuffix(MARKED[1:]).removesuffix(b":").decode("utf-8", "replace")


def _ids(data: bytes) -> Iterator[int]:
    """Where a mention by number stands. `@` is rare, so hopping from one to the next is ten times a search for the whole."""
    if data.count(b"@") > _IDS_TO_HOP_TO:
        yield from (match.start() for match in _IDS.finditer(data))
        return
    at = data.find(b"@")
    while at >= 0:
        if _IDS.match(data, at):
            yield at
        at = data.find(b"@", at + 1)
