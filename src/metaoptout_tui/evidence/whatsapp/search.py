"""Which messages have to do with Meta AI? Looks for a few byte strings and reads only the messages around them.

A block without any of them costs a search at the speed of memory. Around a find, the header before it and the one after
it bound the message; a message that goes on in the next block is kept as its author, its date and what was seen in it.
Besides those, the message after one by Meta AI is read, since it may be a reply to it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from metaoptout_tui.evidence.whatsapp import classify
from metaoptout_tui.evidence.whatsapp.classify import Kind, Sign
from metaoptout_tui.evidence.whatsapp.shape import Shape

# Found at the speed of memory by its first letter, which is rare; what stands around it decides.
_META = re.compile(rb"Meta(?:(?: |\xc2\xa0|\xe2\x80\xaf)AI(?![A-Za-z0-9_])|(?<= from Meta)|(?<=\. Meta)(?= receives))")
_AT = re.compile(rb"@(?:AI|(?:\xe2\x81\xa8)?(?:13135550002|867051314767696))")
_MOST_HOPS = 2_000
# Those of the privacy switch have no such letter and cost twice as much again, so a quick search goes without.
_THOROUGH = (re.compile(rb"dvanced [Cc]hat [Pp]rivacy"), re.compile(rb"Chat-Datenschutz"))
_Finder = Callable[[bytearray, int, int], int]

MARKED = b": \xe2\x80\x8e"
"""How a sender ends where its text begins with the direction mark of iOS."""
_NEVER = 1 << 62
_STEP_BACK = 2048
_OPENING = 1200
MOST_KEYS = 20_000
"""Senders and days that are told apart; what comes after is counted together."""
_OTHERS = (b"", b"")
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
        self._counts: dict[Kind, dict[tuple[bytes, bytes], int]] = {kind: {} for kind in Kind}
        self._keys = 0
        self.times: list[tuple[bytes, bytes]] = []
        self.switches: list[tuple[bytes, bytes, bool]] = []
        self._keep_times = times

    @property
    def counts(self) -> Mapping[tuple[Kind, bytes, bytes], int]:
        """Messages by kind, sender and date, the latter two as they stand in headers."""
        return {(kind, *key): count for kind, counts in self._counts.items() for key, count in counts.items()}

    def add(self, kind: Kind, message: "_Message") -> None:
        """Count one message."""
        counts = self._counts[kind]
        key = (message.author, message.date)
        before = counts.get(key, 0)
        if not before:
            if self._keys >= MOST_KEYS:
                key = _OTHERS
                before = counts.get(key, 0)
            self._keys += not before
        counts[key] = before + 1
        if kind is Kind.TO and self._keep_times and len(self.times) < MOST_TIMES:
            self.times.append((message.date, message.clock))
        if kind is Kind.SWITCH and message.opening and len(self.switches) < MOST_SWITCHES:
            self.switches.append((message.date, message.clock, message.opening.on))


class _Message:
    """One message while it is read."""

    __slots__ = ("author", "by_meta_ai", "clock", "date", "kept", "opening", "signs", "text")

    def __init__(self, header: re.Match[bytes], text: bytearray) -> None:
        self.date, self.clock, self.author = header.group("date", "clock", "author")
        self.text = text
        self.opening: classify.Opening | None = None
        self.signs = Sign.NONE
        self.by_meta_ai = False
        self.kept = False


class Search:
    """A search through one chat, block by block; `tally` holds the result after `end`.

    `every` reads all messages, each by a person counting as written to Meta AI: for the chat with Meta AI alone.
    `senders` are looked for beside the name, as they stand in headers. `show` gets each message that matters.
    """

    def __init__(
        self,
        shape: Shape,
        *,
        every: bool = False,
        thorough: bool = True,
        senders: Iterable[bytes] = (),
        times: bool = False,
        show: Callable[[Found], None] | None = None,
    ) -> None:
        self.tally = Tally(times=times)
        self.first: tuple[bytes, bytes] | None = None
        self._header = shape.find
        self._authored_notices = shape.family.bracket
        self._every = every
        patterns = [_META, *(_THOROUGH if thorough else ()), *(re.compile(re.escape(each)) for each in senders)]
        self._finders = [_next_at, *map(_finder, patterns)]
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

    def block(self, data: bytearray, end: int) -> None:
        """Search the next piece of the file, as `blocks` cuts them."""
        hits = _Hits(self._finders, data, end)
        hit = hits.at_or_after(0)
        if hit == _NEVER and not self._follow:
            self._pass_over(data, 0, end)
            return
        upcoming = self._header.search(data, 0, end)
        lead = upcoming.start() if upcoming else end
        if hit < lead:
            self._continue(data[:lead])
            hit = hits.at_or_after(lead)
        if upcoming is None:
            return
        self._remember_first(upcoming)
        while upcoming and (hit != _NEVER or self._follow):
            header = upcoming if self._follow else self._header_of(data, upcoming, hit, end)
            upcoming = self._header.search(data, header.end(), end)
            stop = upcoming.start() if upcoming else end
            self._open(header, data[header.end() : stop])
            if hit < stop:
                hit = hits.at_or_after(stop)
        if upcoming:
            self._pass_over(data, upcoming.start(), end)

    def end(self) -> None:
        """Count the message that was last read."""
        self._close()

    def _header_of(self, data: bytearray, earliest: re.Match[bytes], hit: int, end: int) -> re.Match[bytes]:
        """The last header that begins before `hit`: `earliest` or a later one."""
        line = data.rfind(b"\n", earliest.start(), hit + 1)
        if line == earliest.start():
            return earliest
        found = self._header.match(data, line, end)
        return found or self._last_header(data, earliest.start(), hit, end) or earliest

    def _last_header(self, data: bytearray, start: int, before: int, end: int) -> re.Match[bytes] | None:
        """The last header that begins at `start` or after and not after `before`."""
        step = _STEP_BACK
        while True:
            here = max(start, before - step)
            last = None
            for found in self._header.finditer(data, here, end):
                if found.start() > before:
                    break
                last = found
            if last or here == start:
                return last
            step *= 8

    def _remember_first(self, header: re.Match[bytes]) -> None:
        if self.first is None:
            self.first = (header["date"], header["clock"])

    def _pass_over(self, data: bytearray, start: int, end: int) -> None:
        """Keep only which message a find at the start of the next block would belong to."""
        if self.first is None and (first := self._header.search(data, start, end)):
            self._remember_first(first)
        last = self._last_header(data, start, end, end)
        if last:
            self._close()
            self._current = _Message(last, data[last.end() : min(last.end() + _OPENING, end)])

    def _open(self, header: re.Match[bytes], body: bytearray) -> None:
        self._close()
        message = self._current = _Message(header, body[:_OPENING])
        self._keep(message, body)

    def _continue(self, part: bytearray) -> None:
        """The message of the block before goes on, with a find in it."""
        message = self._current
        if message is None:
            return  # text before the first header
        if not message.kept:
            # It may have begun with empty lines, so that its first words are only here.
            message.text += part[: _OPENING - len(message.text)]
            self._keep(message, message.text)
        message.signs = max(message.signs, classify.signs(part.decode("utf-8", "replace")))

    def _keep(self, message: _Message, body: bytearray) -> None:
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
        self._follow = self._every or bool((by and self._asker) or (self._answered and (message.opening or not author)))

    def _close(self) -> None:
        message = self._current
        if message is None or not message.kept:
            return
        kind = self._kind(message)
        message.kept = False
        if kind is not Kind.OTHER:
            self.tally.add(kind, message)
            if self._show:
                self._show(Found(kind, message.author, message.date, message.clock, bytes(message.text)))

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


class _Hits:
    """Where in a block one of the strings stands: the next of each is kept, and looked for anew once it was passed."""

    def __init__(self, finders: Sequence[_Finder], data: bytearray, end: int) -> None:
        self._finders = finders
        self._data = data
        self._end = end
        self._next = [-1] * len(finders)

    def at_or_after(self, position: int) -> int:
        """The first place from `position` on; `_NEVER` where there is none."""
        upcoming = self._next
        for index, at in enumerate(upcoming):
            if at < position:
                upcoming[index] = self._finders[index](self._data, position, self._end)
        return min(upcoming)


def _finder(pattern: re.Pattern[bytes]) -> _Finder:
    def find(data: bytearray, start: int, end: int) -> int:
        found = pattern.search(data, start, end)
        return found.start() if found else _NEVER

    return find


def _next_at(data: bytearray, start: int, end: int) -> int:
    """Where a mention without the name stands. `@` is rare, so hopping from one to the next is ten times a search."""
    at = data.find(b"@", start, end)
    for _ in range(_MOST_HOPS):
        if at < 0:
            return _NEVER
        if _AT.match(data, at, end):
            return at
        at = data.find(b"@", at + 1, end)
    found = _AT.search(data, at, end) if at >= 0 else None
    return found.start() if found else _NEVER
