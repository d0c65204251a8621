"""Counts the headers of one chat by sender and date, in bounded memory for any file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from metaoptout_tui.core.text import clean_line
from metaoptout_tui.imports.whatsapp.headers import HeaderPatterns, parse_header

MAX_SENDERS = 20_000
"""Senders that are counted one by one; the messages of later ones are counted together."""
MAX_DATE_CHANGES = 50_000
"""Changes of the date that are kept, to detect the order of day, month and year."""

MAX_DAYS_AND_SENDERS = 200_000
MAX_OTHER_LINES_CHECKED = 5_000
"""Lines that are checked for a header of another format; each takes longer than a thousand other lines."""
_SHAPE_CHARACTERS = 60

_SAMPLES_PER_BLOCK = 8


def shape_of_line(line: str) -> str:
    """The beginning of a line with letters as x and digits as 0, which a person can show to others."""
    shape = "".join(
        "x" if character.isalpha() else "0" if character.isdecimal() else character
        for character in line[:_SHAPE_CHARACTERS]
    )
    return clean_line(shape)


class DateSequence:
    """The dates of a file in order, without consecutive repeats."""

    def __init__(self) -> None:
        self.dates: list[bytes] = []

    def add(self, date: bytes) -> None:
        """Append the date of the next header."""
        if (not self.dates or self.dates[-1] != date) and len(self.dates) < MAX_DATE_CHANGES:
            self.dates.append(date)


class CountedStretch(NamedTuple):
    """A part of a block whose messages were counted, by raw date and sender.

    `dates` are those of the headers in order; `other_format_lines` look like headers of another format.
    """

    start: int
    end: int
    messages: Counter[tuple[bytes, bytes]]
    dates: Sequence[bytes]
    other_format_lines: Sequence[bytes]


class HeaderCounter:
    """Counts the headers of one chat by sender; senders are raw, with colon and mark, and empty where there is none.

    With `count_days`, `messages_by_day` has them by raw date and sender too, and nothing where these are too many.
    Besides, `other_format_lines` counts lines that look like headers of another format, up to a limit, and
    `other_format_shape` shows the first with its letters as x and its digits as 0.
    """

    def __init__(self, patterns: HeaderPatterns, *, count_days: bool = False) -> None:
        self.header_count = 0
        self.messages_by_day: Counter[tuple[bytes, bytes]] = Counter()
        self._counts_days = count_days
        self.messages_by_sender: Counter[bytes] = Counter()
        self.messages_by_others = 0
        self.date_sequence = DateSequence()
        self.other_format_lines = 0
        self.other_format_shape = ""
        self._other_lines_checked = 0
        self._find_dates_and_senders = patterns.date_and_sender.findall

    def add_block(self, data: bytearray, end: int, stretches: Iterable[CountedStretch] = ()) -> None:
        """Count the headers in the next block of `read_blocks`, in which those of some stretches are counted already."""
        position = 0
        for stretch in stretches:
            self._add_rows(self._find_dates_and_senders(data, position, stretch.start))
            for date in stretch.dates:
                self.date_sequence.add(date)
            self._check_other_lines(stretch.other_format_lines)
            self._add_messages(stretch.messages)
            position = stretch.end
        self._add_rows(self._find_dates_and_senders(data, position, end))

    def _add_rows(self, rows: Sequence[tuple[bytes, bytes, bytes]]) -> None:
        other_lines = self._add_dates(rows)
        self._check_other_lines(other_lines)
        if self._counts_days:
            messages: Counter[tuple[bytes, bytes]] = Counter()
            for (date, sender, _), count in Counter(rows).items():
                if date:
                    messages[date, sender] += count
            self._add_messages(messages)
        else:
            senders = Counter(map(itemgetter(1), rows))
            senders[b""] -= len(other_lines)
            self._add_senders(+senders)

    def _add_dates(self, rows: Sequence[tuple[bytes, ...]]) -> list[bytes]:
        """Add the dates of some headers. Returns the lines among them that have another form."""
        other_lines: list[bytes] = []
        for date, run in groupby(rows, itemgetter(0)):
            if date:
                self.date_sequence.add(date)
            else:
                other_lines.extend(row[2] for row in run)
        return other_lines

    def _add_messages(self, messages: Counter[tuple[bytes, bytes]]) -> None:
        """Add the numbers of messages by date and sender."""
        senders: Counter[bytes] = Counter()
        for (_, sender), count in messages.items():
            senders[sender] += count
        self._add_senders(senders)
        if self._counts_days:
            self.messages_by_day.update(messages)
            if len(self.messages_by_day) > MAX_DAYS_AND_SENDERS:
                self._counts_days = False
                self.messages_by_day.clear()

    def _check_other_lines(self, lines: Sequence[bytes]) -> None:
        for line in lines[: MAX_OTHER_LINES_CHECKED - self._other_lines_checked]:
            self._other_lines_checked += 1
            text = line.decode("utf-8", "replace")
            if parse_header(text):
                self.other_format_lines += 1
                self.other_format_shape = self.other_format_shape or shape_of_line(text)

    def senders_from(self, data: bytearray, start: int, end: int) -> Counter[bytes]:
        """How many headers each sender has between two positions in a block."""
        rows = self._find_dates_and_senders(data, start, end)
        return Counter(sender for date, sender, _ in rows if date)

    def _add_senders(self, senders: Counter[bytes]) -> None:
        self.header_count += senders.total()
        if len(self.messages_by_sender) + len(senders) <= MAX_SENDERS:
            self.messages_by_sender.update(senders)
            return
        for sender, count in senders.items():
            if sender in self.messages_by_sender or len(self.messages_by_sender) < MAX_SENDERS:
                self.messages_by_sender[sender] += count
            else:
                self.messages_by_others += count


class DateSampler:
    """Collects a few dates of each block, for a quick scan, which does not count headers."""

    def __init__(self, patterns: HeaderPatterns) -> None:
        self.date_sequence = DateSequence()
        self._find_date_and_sender = patterns.date_and_sender.search

    def add_block(self, data: bytearray, end: int) -> None:
        """Collect the dates of some headers in the next block of `read_blocks`."""
        step = max(end // _SAMPLES_PER_BLOCK, 1)
        for start in range(0, end, step):
            match = self._find_date_and_sender(data, start, min(start + step, end))
            if match and match["date"]:
                self.date_sequence.add(match["date"])
