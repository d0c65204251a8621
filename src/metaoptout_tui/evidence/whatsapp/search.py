"""Which messages have to do with Meta AI? Looks for a few byte strings and reads only the messages around them.

A block without any of them costs a search at the speed of memory. Around a find, the header before it and the one after
it bound the message; a message that goes on in the next block is kept as its author, its date and what was seen in it.
Besides those, the message after such a one is read: it may be a reply to Meta AI's, and they come in runs, through which
reading on is much faster than searching.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from metaoptout_tui.evidence.whatsapp import classify
from metaoptout_tui.evidence.whatsapp.classify import Kind, Sign
from metaoptout_tui.evidence.whatsapp.shape import Shape

# Found at the speed of memory by its first letter, which is rare; what stands around it decides.
_META = re.compile(rb"Meta(?:(?: |\xc2\xa0|\xe2\x80\xaf)AI(?![A-Za-z0-9_])|(?<= from Meta)|(?<=\. Meta)(?= receives))")
_AT = re.compile(rb"@(?:AI|(?:\xe2\x81\xa8)?(?:13135550002|867051314767696))")
_MOST_HOPS = 2_000
# Those of the privacy switch and of a sender shown as a number have no such letter and cost twice as much again, so a
# quick search goes without.
_THOROUGH = (
    re.compile(rb"dvanced [Cc]hat [Pp]rivacy"),
    re.compile(rb"Chat-Datenschutz"),
    re.compile(rb"313[^0-9\n]{1,8}555[^0-9\n]{1,8}0002"),
)
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
# An enumeration's members are looked up slowly, and these for every message.
_BY, _TO, _OTHER, _NO_SIGN, _MENTION = Kind.BY, Kind.TO, Kind.OTHER, Sign.NONE, Sign.MENTION


class Found(NamedTuple):
    """A message and its kind, for whoever wants to see it: raw bytes, the text perhaps without its end."""

    kind: Kind
    author: bytes
    date: bytes
    clock: bytes
    text: bytearray


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

    def add(self, kind: Kind, author: bytes, date: bytes, clock: bytes, opening: classify.Opening | None) -> None:
        """Count one message."""
        counts = self._counts[kind]
        key = (author, date)
        if key in counts:
            counts[key] += 1
        else:
            key = _OTHERS if self._keys >= MOST_KEYS else key
            self._keys += key not in counts
            counts[key] = counts.get(key, 0) + 1
        if self._keep_times and kind is _TO and len(self.times) < MOST_TIMES:
            self.times.append((date, clock))
        if opening and kind is Kind.SWITCH and len(self.switches) < MOST_SWITCHES:
            self.switches.append((date, clock, opening.on))


class _Sender(NamedTuple):
    """What a sender as it stands in headers tells: looked at once for all messages.

    `asks` is who may have asked Meta AI, without a mark; empty for a line without a sender. `marked`: the mark of lines
    that are no text follows; `own`: the line may be one of WhatsApp's own.
    """

    asks: bytes
    is_meta_ai: bool
    marked: bool
    own: bool


class _Message:
    """The last message of a block, which may go on in the next; `known` once its text was read."""

    __slots__ = ("author", "clock", "date", "known", "opening", "signs", "text")

    def __init__(self, header: re.Match[bytes], text: bytearray) -> None:
        self.date, self.clock, self.author = header.group("date", "clock", "author")
        self.text = text
        self.opening: classify.Opening | None = None
        self.signs = Sign.NONE
        self.known = False


class Search:
    """A search through one chat, block by block; `tally` holds the result after `end`.

    `every` reads all messages, each by a person counting as written to Meta AI: for the chat with Meta AI alone. `show`
    gets each message that matters.
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
        self._date_first = not shape.family.time_first
        self._authored_notices = shape.family.bracket
        self._every = every
        self._finders = [_next_at, *map(_finder, (_META, *(_THOROUGH if thorough else ())))]
        self._show = show
        self._senders: dict[bytes, _Sender] = {}
        self._open: _Message | None = None
        self._follow = every
        self._asker = b""
        self._answered = b""

    @property
    def last(self) -> tuple[bytes, bytes] | None:
        """Date and time of the last header so far."""
        return (self._open.date, self._open.clock) if self._open else None

    def block(self, data: bytearray, end: int) -> None:
        """Search the next piece of the file, as `blocks` cuts them."""
        hits = _Hits(self._finders, data, end)
        hit = hits.at_or_after(0)
        if hit == _NEVER and not self._follow:
            self._pass_over(data, 0, end)
            return
        header = self._header.search(data, 0, end)
        lead = header.start() if header else end
        if hit < lead:
            self._continue(data[:lead])
        if header is None:
            return
        if self.first is None:
            self.first = (header["date"], header["clock"])
        self._close()
        self._read(data, header, end, hits)

    def end(self) -> None:
        """Count the message that was last read."""
        self._close()

    def _read(self, data: bytearray, first: re.Match[bytes], end: int, hits: "_Hits") -> None:
        """The messages with a find, from `first` on; and the one after each, since they come in runs."""
        header, search = first, self._header.search
        while True:
            if not self._follow:
                hit = hits.at_or_after(header.start())
                if hit == _NEVER:
                    self._pass_over(data, header.start(), end)
                    return
                header = self._header_of(data, header, hit, end)
            upcoming = search(data, header.end(), end)
            if upcoming is None:
                break
            self._take(header, data[header.end() : upcoming.start()])
            header = upcoming
        body = data[header.end() : end]
        self._open = _Message(header, body[:_OPENING])
        self._know(self._open, body)

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

    def _pass_over(self, data: bytearray, start: int, end: int) -> None:
        """Keep only which message a find at the start of the next block would belong to."""
        if self.first is None and (first := self._header.search(data, start, end)):
            self.first = (first["date"], first["clock"])
        last = self._last_header(data, start, end, end)
        if last:
            self._close()
            self._open = _Message(last, data[last.end() : min(last.end() + _OPENING, end)])

    def _sender(self, author: bytes) -> _Sender:
        sender = self._senders.get(author)
        if sender is None:
            if len(self._senders) >= MOST_KEYS:
                self._senders.clear()
            marked = author.endswith(MARKED)
            sender = self._senders[author] = _Sender(
                asks=author.removesuffix(MARKED[1:]),
                is_meta_ai=classify.is_meta_ai(name_of(author)),
                marked=marked,
                own=not author or self._authored_notices,
            )
        return sender

    def _take(self, header: re.Match[bytes], body: bytearray) -> None:
        """A message that ends within the block."""
        date, clock, author = header.groups() if self._date_first else header.group("date", "clock", "author")
        sender = self._senders.get(author) or self._sender(author)
        opening, signs = _seen(sender, body)
        kind = self._kind(sender, opening, signs)
        self._remember(kind, sender, opening)
        if kind is not _OTHER:
            self.tally.add(kind, author, date, clock, opening)
            if self._show:
                self._show(Found(kind, author, date, clock, body))

    def _continue(self, part: bytearray) -> None:
        """The message of the block before goes on, with a find in it."""
        message = self._open
        if message is None:
            return  # text before the first header
        if not message.known:
            # It may have begun with empty lines, so that its first words are only here.
            message.text += part[: _OPENING - len(message.text)]
            self._know(message, message.text)
        message.signs = max(message.signs, classify.signs(part.decode("utf-8", "replace")))
        self._expect(message)

    def _know(self, message: _Message, body: bytearray) -> None:
        message.known = True
        message.opening, message.signs = _seen(self._sender(message.author), body)
        self._expect(message)

    def _expect(self, message: _Message) -> None:
        """Whether the message after this one, which may go on, is read whatever is in it."""
        before = self._asker, self._answered
        sender = self._sender(message.author)
        self._remember(self._kind(sender, message.opening, message.signs), sender, message.opening)
        self._asker, self._answered = before

    def _close(self) -> None:
        message = self._open
        if message and message.known:
            message.known = False
            sender = self._sender(message.author)
            kind = self._kind(sender, message.opening, message.signs)
            self._remember(kind, sender, message.opening)
            if kind is not _OTHER:
                self.tally.add(kind, message.author, message.date, message.clock, message.opening)
                if self._show:
                    self._show(Found(kind, message.author, message.date, message.clock, message.text))

    def _kind(self, sender: _Sender, opening: classify.Opening | None, signs: Sign) -> Kind:
        if opening:
            return opening.kind
        if not sender.asks:
            return Kind.NOTICE if signs else _OTHER
        if sender.is_meta_ai:
            return _BY
        if signs is _MENTION or self._every:
            return _TO
        if self._answered == sender.asks:
            return Kind.MAYBE
        return Kind.NAMES if signs else _OTHER

    def _remember(self, kind: Kind, sender: _Sender, opening: classify.Opening | None) -> None:
        """Who asked Meta AI, whether it has answered, and whether the next message is read whatever is in it."""
        if kind is _BY:
            self._answered = self._asker
        elif sender.asks and not opening:
            if kind is _TO:
                self._asker = sender.asks
            elif self._answered and self._answered != sender.asks:
                self._asker = b""
            self._answered = b""
        self._follow = self._every or kind is not _OTHER or bool(self._answered)


def _seen(sender: _Sender, body: bytearray) -> tuple[classify.Opening | None, Sign]:
    """What a message, or a part of one, holds."""
    text = body.decode("utf-8", "replace")
    opening = classify.opening(text, authored=bool(sender.asks), marked=sender.marked) if sender.own else None
    return opening, _NO_SIGN if sender.is_meta_ai else classify.signs(text)


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
