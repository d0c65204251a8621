"""Searches one chat for messages that involve Meta AI, reading only those around a few byte strings.

A block without any of them costs one fast search. Around a hit, the header before it and the one after it bound the
message; a message that goes on in the next block is kept as its author, date and what was seen in it so far. The
message after such a one is read too: it may be a reply to Meta AI's, and they come in runs.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from metaoptout_tui.imports.whatsapp import classify
from metaoptout_tui.imports.whatsapp.classify import MessageKind, MetaAiReference
from metaoptout_tui.imports.whatsapp.headers import HeaderPatterns

# Found at the speed of memory by its first letter, which is rare; what stands around it decides.
_META_AI_BYTES = re.compile(
    rb"Meta(?:(?: |\xc2\xa0|\xe2\x80\xaf)AI(?![A-Za-z0-9_])|(?<= from Meta)|(?<=\. Meta)(?= receives))"
)
_MENTION_BYTES = re.compile(rb"@(?:AI|(?:\xe2\x81\xa8)?(?:13135550002|867051314767696))")
_MAX_AT_SIGN_HOPS = 2_000
# Those of the privacy switch and of a sender shown as a number have no such letter and cost twice as much again, so a
# quick search goes without.
_THOROUGH_PATTERNS = (
    re.compile(rb"dvanced [Cc]hat [Pp]rivacy"),
    re.compile(rb"Chat-Datenschutz"),
    re.compile(rb"313[^0-9\n]{1,8}555[^0-9\n]{1,8}0002"),
)
_Finder = Callable[[bytearray, int, int], int]

MARKED_AUTHOR_SUFFIX = b": \xe2\x80\x8e"
"""How a sender ends where its text begins with the direction mark of iOS."""
_NO_HIT = 1 << 62
_STEP_BACK_BYTES = 2048
_OPENING_BYTES = 1200
MAX_TALLY_KEYS = 20_000
"""Senders and days that are told apart; what comes after is counted together."""
_OVERFLOW_KEY = (b"", b"")
MAX_TIMES = 200_000
MAX_SWITCHES = 1_000
# An enumeration's members are looked up slowly, and these for every message.
_BY_META_AI, _TO_META_AI, _OTHER, _NO_REFERENCE, _MENTION = (
    MessageKind.BY_META_AI,
    MessageKind.TO_META_AI,
    MessageKind.OTHER,
    MetaAiReference.NONE,
    MetaAiReference.MENTION,
)


class FoundMessage(NamedTuple):
    """A message and its kind, for whoever wants to see it: raw bytes, the text perhaps without its end."""

    kind: MessageKind
    author: bytes
    date: bytes
    time: bytes
    text: bytearray


class MessageTally:
    """How many messages of which kind, by whom and on which day; bounded whatever a file holds."""

    def __init__(self, *, times_to_meta_ai: bool = False) -> None:
        self._counts: dict[MessageKind, dict[tuple[bytes, bytes], int]] = {kind: {} for kind in MessageKind}
        self._key_count = 0
        self.times_to_meta_ai: list[tuple[bytes, bytes]] = []
        self.privacy_switches: list[tuple[bytes, bytes, bool]] = []
        self._keeps_times = times_to_meta_ai

    @property
    def counts(self) -> Mapping[tuple[MessageKind, bytes, bytes], int]:
        """Messages by kind, sender and date, the latter two as they stand in headers."""
        return {(kind, *key): count for kind, counts in self._counts.items() for key, count in counts.items()}

    def add(
        self, kind: MessageKind, author: bytes, date: bytes, clock: bytes, opening: classify.WhatsAppNotice | None
    ) -> None:
        """Count one message."""
        counts = self._counts[kind]
        key = (author, date)
        if key in counts:
            counts[key] += 1
        else:
            key = _OVERFLOW_KEY if self._key_count >= MAX_TALLY_KEYS else key
            self._key_count += key not in counts
            counts[key] = counts.get(key, 0) + 1
        if self._keeps_times and kind is _TO_META_AI and len(self.times_to_meta_ai) < MAX_TIMES:
            self.times_to_meta_ai.append((date, clock))
        if opening and kind is MessageKind.PRIVACY_SWITCH and len(self.privacy_switches) < MAX_SWITCHES:
            self.privacy_switches.append((date, clock, opening.is_switched_on))


class _SenderTraits(NamedTuple):
    """What a sender as it stands in headers tells: looked at once for all messages.

    `asks` is who may have asked Meta AI, without a mark; empty for a line without a sender. `marked`: the mark of lines
    that are no text follows; `own`: the line may be one of WhatsApp's own.
    """

    identity: bytes
    is_meta_ai: bool
    is_marked: bool
    may_be_notice: bool


class _PendingMessage:
    """The last message of a block, which may go on in the next; `known` once its text was read."""

    __slots__ = ("author", "clock", "date", "known", "opening", "signs", "text")

    def __init__(self, header: re.Match[bytes], text: bytearray) -> None:
        self.date, self.clock, self.author = header.group("date", "clock", "author")
        self.text = text
        self.opening: classify.WhatsAppNotice | None = None
        self.signs = MetaAiReference.NONE
        self.known = False


class ChatSearch:
    """A search through one chat, block by block; `tally` holds the result after `end`.

    `every` reads all messages, each by a person counting as written to Meta AI: for the chat with Meta AI alone. `show`
    gets each message that matters.
    """

    def __init__(
        self,
        shape: HeaderPatterns,
        *,
        every: bool = False,
        thorough: bool = True,
        times: bool = False,
        show: Callable[[FoundMessage], None] | None = None,
    ) -> None:
        self.tally = MessageTally(times_to_meta_ai=times)
        self.first_timestamp: tuple[bytes, bytes] | None = None
        self._header_pattern = shape.header
        self._is_date_first = not shape.format.is_time_first
        self._notices_have_authors = shape.format.has_bracket
        self._reads_every_message = every
        self._finders = [_find_mention, *map(_make_finder, (_META_AI_BYTES, *(_THOROUGH_PATTERNS if thorough else ())))]
        self._on_message = show
        self._traits_by_author: dict[bytes, _SenderTraits] = {}
        self._pending: _PendingMessage | None = None
        self._reads_next = every
        self._last_asker = b""
        self._answered_asker = b""

    @property
    def last_timestamp(self) -> tuple[bytes, bytes] | None:
        """Date and time of the last header so far."""
        return (self._pending.date, self._pending.clock) if self._pending else None

    def search_block(self, data: bytearray, end: int) -> None:
        """Search the next piece of the file, as `blocks` cuts them."""
        hits = _HitPositions(self._finders, data, end)
        hit = hits.at_or_after(0)
        if hit == _NO_HIT and not self._reads_next:
            self._skip_block(data, 0, end)
            return
        header = self._header_pattern.search(data, 0, end)
        lead = header.start() if header else end
        if hit < lead:
            self._continue_pending(data[:lead])
        if header is None:
            return
        if self.first_timestamp is None:
            self.first_timestamp = (header["date"], header["clock"])
        self._count_pending()
        self._read_messages(data, header, end, hits)

    def finish(self) -> None:
        """Count the message that was last read."""
        self._count_pending()

    def _read_messages(self, data: bytearray, first: re.Match[bytes], end: int, hits: "_HitPositions") -> None:
        """The messages with a find, from `first` on; and the one after each, since they come in runs."""
        header, search = first, self._header_pattern.search
        while True:
            if not self._reads_next:
                hit = hits.at_or_after(header.start())
                if hit == _NO_HIT:
                    self._skip_block(data, header.start(), end)
                    return
                header = self._header_before_hit(data, header, hit, end)
            upcoming = search(data, header.end(), end)
            if upcoming is None:
                break
            self._count_message(header, data[header.end() : upcoming.start()])
            header = upcoming
        body = data[header.end() : end]
        self._pending = _PendingMessage(header, body[:_OPENING_BYTES])
        self._examine_pending(self._pending, body)

    def _header_before_hit(self, data: bytearray, earliest: re.Match[bytes], hit: int, end: int) -> re.Match[bytes]:
        """The last header that begins before `hit`: `earliest` or a later one."""
        line = data.rfind(b"\n", earliest.start(), hit + 1)
        if line == earliest.start():
            return earliest
        found = self._header_pattern.match(data, line, end)
        return found or self._last_header(data, earliest.start(), hit, end) or earliest

    def _last_header(self, data: bytearray, start: int, before: int, end: int) -> re.Match[bytes] | None:
        """The last header that begins at `start` or after and not after `before`."""
        step = _STEP_BACK_BYTES
        while True:
            here = max(start, before - step)
            last = None
            for found in self._header_pattern.finditer(data, here, end):
                if found.start() > before:
                    break
                last = found
            if last or here == start:
                return last
            step *= 8

    def _skip_block(self, data: bytearray, start: int, end: int) -> None:
        """Keep only which message a find at the start of the next block would belong to."""
        if self.first_timestamp is None and (first := self._header_pattern.search(data, start, end)):
            self.first_timestamp = (first["date"], first["clock"])
        last = self._last_header(data, start, end, end)
        if last:
            self._count_pending()
            self._pending = _PendingMessage(last, data[last.end() : min(last.end() + _OPENING_BYTES, end)])

    def _sender_traits(self, author: bytes) -> _SenderTraits:
        sender = self._traits_by_author.get(author)
        if sender is None:
            if len(self._traits_by_author) >= MAX_TALLY_KEYS:
                self._traits_by_author.clear()
            marked = author.endswith(MARKED_AUTHOR_SUFFIX)
            sender = self._traits_by_author[author] = _SenderTraits(
                identity=author.removesuffix(MARKED_AUTHOR_SUFFIX[1:]),
                is_meta_ai=classify.is_meta_ai(decode_author(author)),
                is_marked=marked,
                may_be_notice=not author or self._notices_have_authors,
            )
        return sender

    def _count_message(self, header: re.Match[bytes], body: bytearray) -> None:
        """A message that ends within the block."""
        date, clock, author = header.groups() if self._is_date_first else header.group("date", "clock", "author")
        sender = self._traits_by_author.get(author) or self._sender_traits(author)
        opening, signs = _examine_text(sender, body)
        kind = self._message_kind(sender, opening, signs)
        self._update_conversation(kind, sender, opening)
        if kind is not _OTHER:
            self.tally.add(kind, author, date, clock, opening)
            if self._on_message:
                self._on_message(FoundMessage(kind, author, date, clock, body))

    def _continue_pending(self, part: bytearray) -> None:
        """The message of the block before goes on, with a find in it."""
        message = self._pending
        if message is None:
            return  # text before the first header
        if not message.known:
            # It may have begun with empty lines, so that its first words are only here.
            message.text += part[: _OPENING_BYTES - len(message.text)]
            self._examine_pending(message, message.text)
        message.signs = max(message.signs, classify.detect_reference(part.decode("utf-8", "replace")))
        self._decide_reads_next(message)

    def _examine_pending(self, message: _PendingMessage, body: bytearray) -> None:
        message.known = True
        message.opening, message.signs = _examine_text(self._sender_traits(message.author), body)
        self._decide_reads_next(message)

    def _decide_reads_next(self, message: _PendingMessage) -> None:
        """Whether the message after this one, which may go on, is read whatever is in it."""
        before = self._last_asker, self._answered_asker
        sender = self._sender_traits(message.author)
        self._update_conversation(self._message_kind(sender, message.opening, message.signs), sender, message.opening)
        self._last_asker, self._answered_asker = before

    def _count_pending(self) -> None:
        message = self._pending
        if message and message.known:
            message.known = False
            sender = self._sender_traits(message.author)
            kind = self._message_kind(sender, message.opening, message.signs)
            self._update_conversation(kind, sender, message.opening)
            if kind is not _OTHER:
                self.tally.add(kind, message.author, message.date, message.clock, message.opening)
                if self._on_message:
                    self._on_message(FoundMessage(kind, message.author, message.date, message.clock, message.text))

    def _message_kind(
        self, sender: _SenderTraits, opening: classify.WhatsAppNotice | None, signs: MetaAiReference
    ) -> MessageKind:
        if opening:
            return opening.kind
        if not sender.identity:
            return MessageKind.NOTICE if signs else _OTHER
        if sender.is_meta_ai:
            return _BY_META_AI
        if signs is _MENTION or self._reads_every_message:
            return _TO_META_AI
        if self._answered_asker == sender.identity:
            return MessageKind.MAYBE_TO_META_AI
        return MessageKind.NAMES_META_AI if signs else _OTHER

    def _update_conversation(
        self, kind: MessageKind, sender: _SenderTraits, opening: classify.WhatsAppNotice | None
    ) -> None:
        """Who asked Meta AI, whether it has answered, and whether the next message is read whatever is in it."""
        if kind is _BY_META_AI:
            self._answered_asker = self._last_asker
        elif sender.identity and not opening:
            if kind is _TO_META_AI:
                self._last_asker = sender.identity
            elif self._answered_asker and self._answered_asker != sender.identity:
                self._last_asker = b""
            self._answered_asker = b""
        self._reads_next = self._reads_every_message or kind is not _OTHER or bool(self._answered_asker)


def _examine_text(sender: _SenderTraits, body: bytearray) -> tuple[classify.WhatsAppNotice | None, MetaAiReference]:
    """What a message, or a part of one, holds."""
    text = body.decode("utf-8", "replace")
    opening = (
        classify.detect_notice(text, authored=bool(sender.identity), marked=sender.is_marked)
        if sender.may_be_notice
        else None
    )
    return opening, _NO_REFERENCE if sender.is_meta_ai else classify.detect_reference(text)


def decode_author(author: bytes) -> str:
    """A sender as it stands in the header, without the colon and the mark after it."""
    return author.removesuffix(MARKED_AUTHOR_SUFFIX[1:]).removesuffix(b":").decode("utf-8", "replace")


class _HitPositions:
    """Where in a block one of the strings stands: the next of each is kept, and looked for anew once it was passed."""

    def __init__(self, finders: Sequence[_Finder], data: bytearray, end: int) -> None:
        self._finders = finders
        self._data = data
        self._end = end
        self._next_positions = [-1] * len(finders)

    def at_or_after(self, position: int) -> int:
        """The first place from `position` on; `_NEVER` where there is none."""
        upcoming = self._next_positions
        for index, at in enumerate(upcoming):
            if at < position:
                upcoming[index] = self._finders[index](self._data, position, self._end)
        return min(upcoming)


def _make_finder(pattern: re.Pattern[bytes]) -> _Finder:
    def find(data: bytearray, start: int, end: int) -> int:
        found = pattern.search(data, start, end)
        return found.start() if found else _NO_HIT

    return find


def _find_mention(data: bytearray, start: int, end: int) -> int:
    """Where a mention without the name stands. `@` is rare, so hopping from one to the next is ten times a search."""
    at = data.find(b"@", start, end)
    for _ in range(_MAX_AT_SIGN_HOPS):
        if at < 0:
            return _NO_HIT
        if _MENTION_BYTES.match(data, at, end):
            return at
        at = data.find(b"@", at + 1, end)
    found = _MENTION_BYTES.search(data, at, end) if at >= 0 else None
    return found.start() if found else _NO_HIT
