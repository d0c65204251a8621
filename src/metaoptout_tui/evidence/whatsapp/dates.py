"""When was that? Reads dates and times as they stand in headers, and decides their order over the whole file.

A date that cannot be read is None and costs no message. `sure` is said only of what the file itself proves.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from metaoptout_tui.evidence.whatsapp.periods import hours_of
from metaoptout_tui.evidence.whatsapp.shadow import shadow, word

PLAUSIBLE = range(2009, 2040)
"""Years of the common calendar in which a message may be; another calendar's years are outside of it."""

Numbers = tuple[int, int, int]

_PART = re.compile(r"\d+|[A-Za-z]{3,}")
_CLOCK = re.compile(r"(\d{1,2})\D{1,6}?(\d{1,2})(?:\D{1,6}?(\d{1,2}))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STEPS_THAT_PROVE = 2
_HOURS_AND_SECONDS = frozenset({"", "h", "s", "seg", "hodź", "ч", "น", "초"})
"""What stands behind a clock of 24 hours, as `shadow.word` makes it; all that CLDR has, and `h`."""


class Order(StrEnum):
    """How the three numbers of a date follow one another. `UNKNOWN` where there are not three."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"
    UNKNOWN = "unknown"


class Dating(NamedTuple):
    """The order of a file's dates, and whether the file proves it."""

    order: Order
    sure: bool

    def day(self, written: bytes | str) -> date | None:
        """The day that a header's date means, None where it means none."""
        numbers = numbers_of(written)
        return None if numbers is None else _day(numbers, self.order)

    def moment(self, written: bytes | str, clock: bytes | str) -> datetime | None:
        """The day with its time of day, in the phone's own time."""
        day, of_day = self.day(written), time_of(clock)
        return None if day is None or of_day is None else datetime.combine(day, of_day)


def decide(written: Iterable[bytes | str], groups: str, *, era: bool = False) -> Dating:
    """The order of dates as they follow one another in a file; `groups` and `era` are the family's.

    Four digits in front are a year. Else the orders in which every date exists are left, and among them the one under
    which time runs forward: fewest steps back, then the shortest span. The day first where nothing tells. Years counted in
    eras are another calendar's.
    """
    if era or len(groups) < 3:
        return Dating(Order.UNKNOWN, sure=False)
    days = [numbers for each in written if (numbers := numbers_of(each))]
    if not days:
        return Dating(Order.UNKNOWN, sure=False)
    trials = sorted(_Trial.of(days, order) for order in _candidates(groups))
    best, others = trials[0], trials[1:]
    proven = best.missing == 0 and all(
        other.missing or (not best.back and other.back >= _STEPS_THAT_PROVE) for other in others
    )
    return Dating(best.order, proven)


def numbers_of(written: bytes | str) -> Numbers | None:
    """The three numbers of a date as it is written, a month's English name as its number."""
    parts = _PART.findall(shadow(_text(written)))
    if len(parts) != 3:
        return None
    values = [int(part) if part.isdecimal() else _month(part) for part in parts]
    return (values[0], values[1], values[2])


@lru_cache(maxsize=4096)
def time_of(clock: bytes | str) -> time | None:
    """The time of day: `9:14 PM`, `下午9:14`, `21.14.05`, `21 h 14`; None where there is none."""
    text = shadow(_text(clock))
    found = _CLOCK.search(text)
    if not found:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    of_day = hour if hour > 12 else _in_the_day(hour, text[found.end() :], text[: found.start()])
    try:
        return None if of_day is None else time(of_day, minute, second)
    except ValueError:
        return None


class _Trial(NamedTuple):
    """How well an order fits; the smallest fits best."""

    missing: int
    back: int
    span: int
    preference: int
    order: Order

    @classmethod
    def of(cls, days: Sequence[Numbers], order: Order) -> "_Trial":
        known = [day.toordinal() for each in days if (day := _day(each, order))]
        back = sum(later < earlier for earlier, later in pairwise(known))
        span = max(known) - min(known) if known else 0
        return cls(len(days) - len(known), back, span, list(Order).index(order), order)


def _candidates(groups: str) -> tuple[Order, ...]:
    if groups[0] in "Yy":
        return (Order.YEAR_FIRST,)
    if groups[1] == "w":
        return (Order.DAY_FIRST,)
    if groups[2] in "Yy":
        return (Order.DAY_FIRST, Order.MONTH_FIRST)
    return (Order.DAY_FIRST, Order.MONTH_FIRST, Order.YEAR_FIRST)


def _day(numbers: Numbers, order: Order) -> date | None:
    first, second, third = numbers
    match order:
        case Order.DAY_FIRST:
            year, month, day = third, second, first
        case Order.MONTH_FIRST:
            year, month, day = third, first, second
        case Order.YEAR_FIRST:
            year, month, day = numbers
        case _:
            return None
    year += 2000 if year < 100 else 0
    try:
        return date(year, month, day) if year in PLAUSIBLE else None
    except ValueError:
        return None


def _in_the_day(hour: int, after: str, before: str) -> int | None:
    """The hour of 24 that a clock of 12 with a word for the part of the day means; the hour itself without such a word.

    None where a word stands behind that is not known, or one that does not go with the hour: it may be either half.
    """
    for text in (after, before):
        parts = text.split()
        # A word may be several, and other words may stand before it.
        hours = next(filter(None, (hours_of(word("".join(parts[start:]))) for start in range(len(parts)))), 0)
        if hours:
            fitting = [each for each in (hour % 12, hour % 12 + 12) if hours >> each & 1]
            return fitting[0] if fitting else None
    return hour if word(after) in _HOURS_AND_SECONDS else None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else 0


def _text(written: bytes | str) -> str:
    return written.decode("utf-8", "replace") if isinstance(written, bytes) else written
