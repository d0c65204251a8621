"""A month or a year as a person types it, where no day is known: kept as its first moment, and told as it was typed."""

from datetime import date, datetime, time

from metaoptout_tui.core import dates

_LENGTH_OF_YEAR = 4


def first_moment_of_period(typed: str, now: datetime) -> datetime | None:
    """The first moment of a typed month or year (`Aug 2025`, `2025-08`, `2025`); None for anything else."""
    text = typed.strip()
    is_year = len(text) == _LENGTH_OF_YEAR and text.isdecimal() and int(text) > 0
    first_day = date(int(text), 1, 1) if is_year else dates.first_day_of_month(typed, now.date())
    return None if first_day is None else datetime.combine(first_day, time(), now.tzinfo)


def period_in_digits(moment: datetime) -> str:
    """The year or month that the first moment of one stands for: `2025`, `2025-08`; empty for any other moment."""
    if moment.time() != time() or moment.day != 1:
        return ""
    return f"{moment:%Y}" if moment.month == 1 else f"{moment:%Y-%m}"
