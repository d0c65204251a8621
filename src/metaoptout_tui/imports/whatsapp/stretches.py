"""Counts the messages of a stretch full of hits many at once, by one pattern over its lines.

Equal lines are counted together, so that a message costs little more than the search for its header. Where a line
leaves open what it is, the stretch ends: that message is read as a text, as all are where hits are rare.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, islice
from operator import itemgetter

from metaoptout_tui.core.chats.scan_results import MessageKind
from metaoptout_tui.imports.whatsapp.conversation import Conversation, Row, SenderTraits
from metaoptout_tui.imports.whatsapp.header_counts import CountedStretch
from metaoptout_tui.imports.whatsapp.headers import HeaderPatterns
from metaoptout_tui.imports.whatsapp.hits import HitPositions, make_string_finder
from metaoptout_tui.imports.whatsapp.line_pattern import NOTICE_WORDS, LineRow, compile_line_pattern
from metaoptout_tui.imports.whatsapp.meta_ai_references import MetaAiReference
from metaoptout_tui.imports.whatsapp.tally import MessageTally

MIN_STRETCH_BYTES, MAX_STRETCH_BYTES = 1 << 11, 1 << 16
"""Bytes of a stretch: twice those of the one before as long as each is counted to its end, half where one is not."""
MIN_MESSAGES = 8
"""How many messages are read one by one, near one another, before a stretch is tried; and again after a short one."""
_FAR_BYTES = 1024
_OTHER = MessageKind.OTHER
_date_of = itemgetter(0)


class StretchCounter:
    """Counts the stretches of one chat into `tally`, as its messages follow one another in `conversation`."""

    def __init__(self, patterns: HeaderPatterns, conversation: Conversation, tally: MessageTally) -> None:
        self.stretches: list[CountedStretch] = []
        self._patterns = patterns
        self._line_pattern: re.Pattern[bytes] | None = None
        self._conversation = conversation
        self._tally = tally
        self._notice_finders = [*map(make_string_finder, NOTICE_WORDS if patterns.format.has_bracket else ())]
        self._notices: HitPositions | None = None
        self._bytes = MIN_STRETCH_BYTES
        self._messages_read = self._end_of_last_message = 0

    def begin_block(self, data: bytearray, end: int) -> None:
        """Begin the next block; `stretches` are those in it."""
        self.stretches = []
        self._end_of_last_message = 0
        self._notices = HitPositions(self._notice_finders, data, end) if self._notice_finders else None

    def note_message(self, start: int, end: int) -> None:
        """Note that the message between two positions in the block was read as a text."""
        if start - self._end_of_last_message > _FAR_BYTES:
            self._messages_read, self._bytes = 0, MIN_STRETCH_BYTES
        self._messages_read += 1
        self._end_of_last_message = end

    def count(self, data: bytearray, start: int, end: int) -> re.Match[bytes] | None:
        """Count messages from the header at `start` on, where hits are near one another. Returns the header behind.

        None where nothing was counted, so that the message at `start` has to be read.
        """
        if self._messages_read < MIN_MESSAGES:
            return None
        rows, counts, following = self._read_rows(data, start, end)
        if len(rows) < MIN_MESSAGES:
            self._messages_read = 0
        if not rows or following is None:
            return None
        other_format_lines: list[bytes] = []
        if not all(map(_date_of, rows)):
            rows, other_format_lines = _join_lines(rows)
            counts = Counter(rows)
        messages: Counter[tuple[bytes, bytes]] = Counter()
        for row, kind, count in self._conversation.take_many(rows, counts, self._examine):
            date, sender, *_ = row
            messages[date, sender] += count
            if kind is not _OTHER:
                self._tally.add_many(kind, sender, date, count)
        dates = [date for date, _ in groupby(map(_date_of, rows))]
        self._end_of_last_message = following.start()
        self.stretches.append(CountedStretch(start, following.start(), messages, dates, other_format_lines))
        return following

    def _examine(self, row: Row) -> tuple[SenderTraits, MetaAiReference]:
        line = LineRow._make(row)
        return self._conversation.traits_of(line.sender), line.kind_of_reference

    def _read_rows(
        self, data: bytearray, start: int, end: int
    ) -> tuple[list[Row], Counter[Row], re.Match[bytes] | None]:
        """The lines of the messages from `start` on as far as they are clear, how many are equal, and the header behind."""
        pattern = self._line_pattern = self._line_pattern or compile_line_pattern(self._patterns)
        stop = self._find_stop(data, start, end)
        rows: list[Row] = pattern.findall(data, start, stop)
        counts = Counter(rows)
        if unclear := [row for row in counts if LineRow._make(row).is_unclear]:
            self._bytes = max(self._bytes // 2, MIN_STRETCH_BYTES)
            header = _index_of_header(rows, min(map(rows.index, unclear)))
            line = next(islice(pattern.finditer(data, start, stop), header, None))
            return rows[:header], Counter(rows[:header]), self._patterns.header.match(data, line.start(), end)
        self._bytes = min(self._bytes * 2, MAX_STRETCH_BYTES)
        last = self._patterns.last_header(data, start, stop, end)
        if last and last.start() < stop and rows:
            header = _index_of_header(rows, len(rows) - 1)
            counts -= Counter(rows[header:])
            del rows[header:]
        return rows, counts, last

    def _find_stop(self, data: bytearray, start: int, end: int) -> int:
        """Where the line feed behind the last whole line of the stretch is; before a line that may be WhatsApp's own."""
        limit = min(start + self._bytes, self._notices.at_or_after(start) if self._notices else end, end)
        return end if limit == end else max(data.rfind(b"\n", start, limit), start)


def _index_of_header(rows: Sequence[Row], index: int) -> int:
    """The index of the header of the message in which the line with this index is."""
    return next(header for header in range(index, -1, -1) if rows[header][0])


def _join_lines(rows: Sequence[Row]) -> tuple[list[Row], list[bytes]]:
    """One row for each message of these lines, and the lines that look like headers of another format."""
    messages: list[Row] = []
    other_format_lines: list[bytes] = []
    for row in rows:
        date, _, other_format, reference = row
        if date:
            messages.append(row)
            continue
        if other_format:
            other_format_lines.append(other_format)
        if reference and (before := messages[-1])[-1] != reference:
            # A mention is more than a name.
            stronger = min(reference, before[-1] or reference, key=len)
            messages[-1] = (*before[:-1], stronger)
    return messages, other_format_lines
