"""Searches one chat for messages that involve Meta AI, reading only those around a few byte strings.

A block without any of them costs one fast search. The headers before and after a hit delimit its message; of one that
continues in the next block, the sender, date and results so far are kept. The message after a relevant one is read
too, since it may be a reply to Meta AI, and relevant messages come in runs.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from metaoptout_tui.core.chats.notices import NoticeKind
from metaoptout_tui.core.chats.scan_results import MessageKind
from metaoptout_tui.imports.whatsapp.conversation import Conversation, SenderTraits
from metaoptout_tui.imports.whatsapp.header_counts import CountedStretch
from metaoptout_tui.imports.whatsapp.headers import HeaderPatterns
from metaoptout_tui.imports.whatsapp.hits import NO_HIT, HitPositions, make_finders, make_notice_finders
from metaoptout_tui.imports.whatsapp.meta_ai_references import MetaAiReference, detect_reference
from metaoptout_tui.imports.whatsapp.notice_wording import detect_notice
from metaoptout_tui.imports.whatsapp.stretches import StretchCounter
from metaoptout_tui.imports.whatsapp.tally import MessageTally

_BEGINNING_BYTES = 1200
# Module constants, since enum members are slow to look up and these are needed for every message.
_OTHER, _NO_REFERENCE = MessageKind.OTHER, MetaAiReference.NONE


READABLE_CHANGES = {NoticeKind.MEMBER: True, NoticeKind.MEMBER_PRIVATE: False, NoticeKind.MEMBER_REMOVED: False}
"""The lines behind which Meta can read every message, or can no longer."""


class FoundMessage(NamedTuple):
    """A relevant message as raw bytes; its text may be cut at the end of a block."""

    kind: MessageKind
    sender: bytes
    date: bytes
    time: bytes
    text: bytearray


class ReadableChange(NamedTuple):
    """A position in a block behind which Meta could, or could no longer, read every message."""

    position: int
    is_readable: bool


class _PendingMessage:
    """The last message of a block, which may continue in the next; counted only if it was examined."""

    __slots__ = ("date", "is_examined", "notice", "reference", "sender", "text", "time")

    def __init__(self, header: re.Match[bytes], text: bytearray) -> None:
        self.date, self.time, self.sender = header.group("date", "time", "sender")
        self.text = text
        self.notice: NoticeKind | None = None
        self.reference = MetaAiReference.NONE
        self.is_examined = False


class ChatSearch:
    """A search through one chat, block by block; `tally` holds the result after `finish`.

    With `read_every_message`, each message by a person counts as written to Meta AI: for the chat with Meta AI alone,
    or with an AI of Meta's that has the name `ai_name`. With `only_notices`, of all messages only WhatsApp's own lines
    are sure to be found, `also_mentions` those that mention Meta AI. `on_message` is called with each relevant message, as long as it
    returns True. `notices_while_readable` counts WhatsApp's own lines by their raw sender where Meta could read the chat.
    """

    def __init__(
        self,
        patterns: HeaderPatterns,
        *,
        read_every_message: bool = False,
        search_rare_strings: bool = True,
        only_notices: bool = False,
        also_mentions: bool = False,
        keep_times: bool = False,
        ai_name: str = "",
        on_message: Callable[[FoundMessage], bool] | None = None,
    ) -> None:
        self.tally = MessageTally(keep_times=keep_times)
        self.first_timestamp: tuple[bytes, bytes] | None = None
        self._patterns = patterns
        self._keeps_times = keep_times
        self._is_date_first = not patterns.format.is_time_first
        self._conversation = Conversation(
            reads_every_message=read_every_message,
            notices_have_senders=patterns.format.has_bracket,
            ai_name=ai_name,
        )
        self._stretches = StretchCounter(patterns, self._conversation, self.tally)
        self._finders = (
            make_notice_finders(also_mentions=also_mentions)
            if only_notices
            else make_finders(search_rare_strings=search_rare_strings)
        )
        self._on_message = on_message
        self._readable_changes: list[ReadableChange] = []
        self._is_readable = False
        self.notices_while_readable: Counter[bytes] = Counter()
        self._pending: _PendingMessage | None = None

    @property
    def counted_stretches(self) -> Sequence[CountedStretch]:
        """The parts of the block that was searched last whose headers are counted already."""
        return self._stretches.stretches

    @property
    def last_timestamp(self) -> tuple[bytes, bytes] | None:
        """Date and time of the last header so far."""
        return (self._pending.date, self._pending.time) if self._pending else None

    def search_block(self, data: bytearray, end: int) -> None:
        """Search the next block of `read_blocks`; `counted_stretches` are those in it."""
        self._stretches.begin_block(data, end)
        hits = HitPositions(self._finders, data, end)
        # What was begun to be read is read to its end, as it is where it stands within a block.
        is_reading = self._pending is not None and self._pending.is_examined
        if not self._conversation.reads_next and not is_reading and hits.at_or_after(0) == NO_HIT:
            self._skip_block(data, 0, end)
            return
        header = self._patterns.header.search(data, 0, end)
        first_header_start = header.start() if header else end
        if first_header_start and (is_reading or hits.at_or_after(0) < first_header_start):
            self._continue_pending(data[:first_header_start])
        if header is None:
            return
        if self.first_timestamp is None:
            self.first_timestamp = (header["date"], header["time"])
        self._count_pending()
        self._read_messages(data, header, end, hits)

    def finish(self) -> None:
        """Count the message that was last read."""
        self._count_pending()

    def _read_messages(self, data: bytearray, first: re.Match[bytes], end: int, hits: HitPositions) -> None:
        """Count the messages with a hit from `first` on, and the message after each."""
        header, search = first, self._patterns.header.search
        while True:
            if not self._conversation.reads_next:
                hit = hits.at_or_after(header.start())
                if hit == NO_HIT:
                    self._skip_block(data, header.start(), end)
                    return
                header = self._header_before_hit(data, header, hit, end)
            if self._may_count_many and (following := self._stretches.count(data, header.start(), end)):
                header = following
            upcoming = search(data, header.end(), end)
            if upcoming is None:
                break
            self._count_message(header, data[header.end() : upcoming.start()])
            self._stretches.note_message(header.start(), upcoming.start())
            header = upcoming
        body = data[header.end() : end]
        self._pending = _PendingMessage(header, body[:_BEGINNING_BYTES])
        self._examine_pending(self._pending, body)
        self._note_readable(self._pending.notice, self._pending.sender, header.end())

    @property
    def _may_count_many(self) -> bool:
        """Whether messages may be counted many at once: nobody wants more of each."""
        return self._on_message is None and not self._keeps_times

    def _header_before_hit(self, data: bytearray, earliest: re.Match[bytes], hit: int, end: int) -> re.Match[bytes]:
        """The last header that begins before `hit`: `earliest` or a later one."""
        line = data.rfind(b"\n", earliest.start(), hit + 1)
        if line == earliest.start():
            return earliest
        match = self._patterns.header.match(data, line, end)
        return match or self._patterns.last_header(data, earliest.start(), hit, end) or earliest

    def _skip_block(self, data: bytearray, start: int, end: int) -> None:
        """Skip a block without hits, but keep its last message, which may continue in the next block."""
        if self.first_timestamp is None and (first := self._patterns.header.search(data, start, end)):
            self.first_timestamp = (first["date"], first["time"])
        last = self._patterns.last_header(data, start, end, end)
        if last:
            self._count_pending()
            self._pending = _PendingMessage(last, data[last.end() : min(last.end() + _BEGINNING_BYTES, end)])

    def take_readable_changes(self) -> list["ReadableChange"]:
        """Where in the block that was searched last Meta began or ceased to be able to read the chat."""
        changes, self._readable_changes = self._readable_changes, []
        return changes

    def _note_readable(self, notice: NoticeKind | None, sender: bytes, position: int) -> None:
        """Note a line of WhatsApp's own whose header ends at a position in the block."""
        if notice and self._is_readable and sender:
            self.notices_while_readable[sender] += 1
        if notice in READABLE_CHANGES:
            self._is_readable = READABLE_CHANGES[notice]
            self._readable_changes.append(ReadableChange(position, self._is_readable))

    def _count_message(self, header: re.Match[bytes], body: bytearray) -> None:
        """Count a message that ends within the block."""
        date, time, sender = header.groups() if self._is_date_first else header.group("date", "time", "sender")
        traits = self._conversation.traits_of(sender)
        notice, reference = _examine_text(traits, body)
        kind = self._conversation.kind_of(traits, notice, reference)
        self._conversation.take(kind, traits, notice)
        if notice:
            self._note_readable(notice, sender, header.end())
        if kind is not _OTHER:
            self.tally.add(kind, sender, date, time, notice)
            if self._on_message:
                self._tell(FoundMessage(kind, sender, date, time, body))

    def _tell(self, message: FoundMessage) -> None:
        if self._on_message and not self._on_message(message):
            self._on_message = None

    def _continue_pending(self, part: bytearray) -> None:
        """Continue the last message of the block before with a part that has a hit, or of a message that is being read."""
        message = self._pending
        if message is None:
            return  # text before the first header
        known = message.reference
        if not message.is_examined or len(message.text) < _BEGINNING_BYTES:
            # It may have begun with empty lines, so that its first words are only here.
            message.text += part[: max(0, _BEGINNING_BYTES - len(message.text))]
            self._examine_pending(message, message.text)
            message.reference = max(known, message.reference)
        message.reference = max(message.reference, detect_reference(part.decode("utf-8", "replace")))
        self._decide_reads_next(message)

    def _examine_pending(self, message: _PendingMessage, body: bytearray) -> None:
        message.is_examined = True
        message.notice, message.reference = _examine_text(self._conversation.traits_of(message.sender), body)
        self._decide_reads_next(message)

    def _decide_reads_next(self, message: _PendingMessage) -> None:
        """Decide whether the message after this one is read even without a hit; this one may still continue."""
        conversation = self._conversation
        traits = conversation.traits_of(message.sender)
        kind = conversation.kind_of(traits, message.notice, message.reference)
        conversation.take_provisionally(kind, traits, message.notice)

    def _count_pending(self) -> None:
        message = self._pending
        if message and message.is_examined:
            message.is_examined = False
            traits = self._conversation.traits_of(message.sender)
            kind = self._conversation.kind_of(traits, message.notice, message.reference)
            self._conversation.take(kind, traits, message.notice)
            if kind is not _OTHER:
                self.tally.add(kind, message.sender, message.date, message.time, message.notice)
                self._tell(FoundMessage(kind, message.sender, message.date, message.time, message.text))


def _examine_text(traits: SenderTraits, body: bytearray) -> tuple[NoticeKind | None, MetaAiReference]:
    """The notice and the reference to Meta AI in a message or a part of one."""
    text = body.decode("utf-8", "replace")
    # Most messages to Meta AI begin with the mention, which no line of WhatsApp's own does.
    notice = (
        detect_notice(text, has_sender=bool(traits.identity), is_marked=traits.is_marked)
        if traits.may_be_notice and (traits.is_marked or text[:1] != "@")
        else None
    )
    return notice, _NO_REFERENCE if traits.is_meta_ai else detect_reference(text)
