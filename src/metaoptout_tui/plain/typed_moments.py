"""A day with a time as a person types it, and the question whether it was understood."""

from datetime import datetime

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _


def parse_day_and_time(typed: str, now: datetime) -> datetime:
    """A typed day with a time behind it, if there is one. Raises ValueError, with a sentence, for any other text."""
    day, _unused, last = typed.strip().rpartition(" ")
    is_time = ":" in last or (last.casefold().endswith("h") and last[:-1].isdecimal())
    if is_time:
        return dates.parse_moment(day.strip().rstrip(",") or "today", last, now)
    return dates.parse_moment(typed, "", now)


def question_on_understood(moment: datetime, now: datetime, *, is_month: bool, is_time_of_now: bool) -> str:
    """The question whether a date was understood: one without a year may be last year's."""
    if is_month:
        month = dates.format_partial_date(f"{moment:%Y-%m}")
        return _("Some day in {month}. Is that right?").format(month=month)
    if is_time_of_now:
        words = _("That is today, {full_day}. No time was typed, so {time} is kept, the time now. Is that right?")
        return words.format(full_day=dates.format_full_day(moment.date()), time=dates.format_time(moment))
    return _("That is {moment}. Is that right?").format(moment=dates.format_understood_moment(moment, now))
