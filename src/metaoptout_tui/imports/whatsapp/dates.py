"""Reads dates and times as they stand in message headers, and decides the order of day, month and year per file.

A message whose date cannot be read is still counted.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from metaoptout_tui.core.chats.scan_results import DateOrder
from metaoptout_tui.core.text import normalize_typography
from metaoptout_tui.imports.whatsapp.day_periods import casefold_letters, hours_covered_by
from metaoptout_tui.imports.whatsapp.headers import DATE_PART

PLAUSIBLE_YEARS = range(2009, 2040)
"""Years in which a message may be written; those of other calendars are outside of it."""

DateNumbers = tuple[int, int, int]

_TIME_OF_DAY = re.compile(r"(\d{1,2})\D{1,6}?(\d{1,2})(?:\D{1,6}?(\d{1,2}))?")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MIN_BACKWARD_STEPS_OF_OTHERS = 2
_WORDS_AFTER_24_HOUR_TIME = frozenset({"", "h", "s", "seg", "hodź", "ч", "น", "초"})
"""The words after a time of 24 hours, as `casefold_letters` returns them: all in the CLDR, and `h`."""


class ChatDateFormat(NamedTuple):
    """The order of a file's dates, and whether the file proves it."""

    order: DateOrder
    is_proven: bool

    def parse_date(self, written: bytes | str) -> date | None:
        """The day that a header's date means, None if it is not readable."""
        numbers = parse_date_numbers(written)
        return None if numbers is None else _date_in_order(numbers, self.order)

    def parse_datetime(self, written: bytes | str, written_time: bytes | str) -> datetime | None:
        """The day and time that a header means, in the phone's own zone; None if they are not readable."""
        day, of_day = self.parse_date(written), parse_time(written_time)
        return None if day is None or of_day is None else datetime.combine(day, of_day)


def detect_date_format(written: Iterable[bytes | str], date_parts: str, *, has_era: bool = False) -> ChatDateFormat:
    """Detect the order from a file's successive dates; `date_parts` and `has_era` are those of the header format.

    Four digits in front are a year. Otherwise the orders compete under which most dates exist, then with the fewest
    steps back in time, then with the shortest span; the day first if that does not decide. Dates with an era are of
    another calendar and stay unread.
    """
    if has_era or len(date_parts) < 3:
        return ChatDateFormat(DateOrder.UNKNOWN, is_proven=False)
    days = [numbers for text in written if (numbers := parse_date_numbers(text))]
    if not days:
        return ChatDateFormat(DateOrder.UNKNOWN, is_proven=False)
    trials = sorted(_OrderFit.evaluate(days, order) for order in _possible_orders(date_parts))
    best, others = trials[0], trials[1:]
    proven = best.unreadable == 0 and all(
        other.unreadable or (not best.backward_steps and other.backward_steps >= _MIN_BACKWARD_STEPS_OF_OTHERS)
        for other in others
    )
    return ChatDateFormat(best.order, proven)


def parse_date_numbers(written: bytes | str) -> DateNumbers | None:
    """The three numbers of a date in the order written, with an English month name as its number."""
    parts = DATE_PART.findall(normalize_typography(_decode(written)))
    if len(parts) != 3:
        return None
    values = [int(part) if part.isdecimal() else _month_number(part) for part in parts]
    return (values[0], values[1], values[2])


@lru_cache(maxsize=4096)
def parse_time(written_time: bytes | str) -> time | None:
    """Parse a time of day such as `9:14 PM`, `下午9:14`, `21.14.05` or `21 h 14`; None if it is not readable."""
    text = normalize_typography(_decode(written_time))
    match = _TIME_OF_DAY.search(text)
    if not match:
        return None
    hour, minute, second = (int(part or 0) for part in match.groups())
    hour_of_24 = hour if hour > 12 else _hour_of_24(hour, text[match.end() :], text[: match.start()])
    try:
        return None if hour_of_24 is None else time(hour_of_24, minute, second)
    except ValueError:
        return None


class _OrderFit(NamedTuple):
    """How well an order fits the dates of a file; the smallest tuple fits best."""

    unreadable: int
    backward_steps: int
    span_days: int
    preference: int
    order: DateOrder

    @classmethod
    def evaluate(cls, days: Sequence[DateNumbers], order: DateOrder) -> "_OrderFit":
        ordinals = [day.toordinal() for numbers in days if (day := _date_in_order(numbers, order))]
        back = sum(later < earlier for earlier, later in pairwise(ordinals))
        span = max(ordinals) - min(ordinals) if ordinals else 0
        return cls(len(days) - len(ordinals), back, span, list(DateOrder).index(order), order)


def _possible_orders(date_parts: str) -> tuple[DateOrder, ...]:
    if date_parts[0] in "Yy":
        return (DateOrder.YEAR_FIRST,)
    if date_parts[1] == "w":
        return (DateOrder.DAY_FIRST,)
    if date_parts[2] in "Yy":
        return (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)
    return (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST)


def _date_in_order(numbers: DateNumbers, order: DateOrder) -> date | None:
    first, second, third = numbers
    match order:
        case DateOrder.DAY_FIRST:
            year, month, day = third, second, first
        case DateOrder.MONTH_FIRST:
            year, month, day = third, first, second
        case DateOrder.YEAR_FIRST:
            year, month, day = numbers
        case _:
            return None
    year += 2000 if year < 100 else 0
    try:
        return date(year, month, day) if year in PLAUSIBLE_YEARS else None
    except ValueError:
        return None


def _hour_of_24(hour: int, after: str, before: str) -> int | None:
    """The hour of 24 that an hour of 12 means with the words `after` and `before` it; unchanged without such words.

    None where the word after it is unknown, or a word does not fit the hour, so that it may be in either half of the
    day.
    """
    for text in (after, before):
        parts = text.split()
        # The name of the day period may have several words, and others may precede it.
        hours = next(
            filter(None, (hours_covered_by(casefold_letters("".join(parts[start:]))) for start in range(len(parts)))), 0
        )
        if hours:
            fitting = [candidate for candidate in (hour % 12, hour % 12 + 12) if hours >> candidate & 1]
            return fitting[0] if fitting else None
    return hour if casefold_letters(after) in _WORDS_AFTER_24_HOUR_TIME else None


def _month_number(name: str) -> int:
    return _MONTH_NAMES.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTH_NAMES else 0


def _decode(written: bytes | str) -> str:
    return written.decode("utf-8", "replace") if isinstance(written, bytes) else written
