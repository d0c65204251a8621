"""A day with a time as a person types it: how, what is understood, and the question whether it was."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.typed_period import first_moment_of_period, period_in_digits

_EXAMPLE, _EXAMPLE_TIME, _EXAMPLE_MONTH, _EARLIER_EXAMPLE = date(2026, 11, 20), "14:09", "2025-08", date(2025, 5, 20)
"""Days, a time and a month that questions give as examples."""


def how_to_type_a_moment(*, takes_month: bool, takes_year: bool = False) -> Iterator[str]:
    """What can be typed for a moment, with examples as the language in use writes them."""
    words = _("Type a day such as today, yesterday, {day} or {iso_day}, with a time such as {time} if you know it.")
    yield words.format(day=dates.format_day(_EXAMPLE, _EXAMPLE), iso_day=_EXAMPLE.isoformat(), time=_EXAMPLE_TIME)
    if takes_year:
        month = dates.format_partial_date(_EXAMPLE_MONTH)
        yield _("A month such as {month} or a year such as {year} is enough.").format(month=month, year="2019")
    elif takes_month:
        month = dates.format_partial_date(_EXAMPLE_MONTH)
        yield _("A month such as {month} is taken as its first day.").format(month=month)


def how_to_type_a_day() -> str:
    """What can be typed for a day, with examples."""
    words = _("Type a day such as today, yesterday, {day} or {iso_day}.")
    return words.format(day=dates.format_full_day(_EARLIER_EXAMPLE), iso_day=_EARLIER_EXAMPLE.isoformat())


def parse_day_and_time(typed: str, now: datetime) -> datetime:
    """A typed day with a time behind it, if there is one. Raises ValueError, with a sentence, for any other text."""
    day, _unused, last = typed.strip().rpartition(" ")
    is_time = ":" in last or (last.casefold().endswith("h") and last[:-1].isdecimal())
    if is_time:
        return dates.parse_moment(day.strip().rstrip(",") or "today", last, now)
    return dates.parse_moment(typed, "", now)


def question_on_understood(moment: datetime, now: datetime, *, is_month: bool, is_time_of_now: bool) -> str:
    """The question whether a date was understood: one without a year may be last year's."""
    if is_month and (period := period_in_digits(moment)):
        return _("That is {moment}. Is that right?").format(moment=dates.format_partial_date(period))
    if is_month:
        words = _("Some day in {month} {year}. Is that right?")
        return words.format(month=dates.full_month_name(moment), year=f"{moment:%Y}")
    if is_time_of_now:
        words = _("That is today, {full_day}. No time was typed, so {time} is kept, the time now. Is that right?")
        return words.format(full_day=dates.format_full_day(moment.date()), time=dates.format_time(moment))
    return _("That is {moment}. Is that right?").format(moment=dates.format_understood_moment(moment, now))


def any_moment(_moment: datetime) -> None:
    """Every moment that has come can be."""


class DateQuestion(NamedTuple):
    """A question for a day, or with `takes_year` for a month or year too: its words, how it is answered, and which answers there are.

    `read_month` gives the day that is taken for a month alone, None for what is no month. `check` raises a
    MetaOptOutError for a moment that cannot be.
    """

    words: str
    how: Sequence[str]
    help: Sequence[str]
    why: str
    now: Callable[[], datetime]
    read_month: Callable[[str], date | None]
    check: Callable[[datetime], object]
    is_optional: bool
    takes_now: bool = False
    takes_year: bool = False

    def understand(self, typed: str) -> tuple[datetime, bool, str]:
        """The moment that was typed, whether it is a month, and why the person cannot mean it; empty where they can."""
        now = self.now()
        if self.takes_year and (period := first_moment_of_period(typed, now)):
            return period, True, dates.why_in_future(period, now) or self._why_it_cannot_be(period)
        try:
            month = self.read_month(typed)
            moment = parse_day_and_time(month.isoformat() if month else typed, now)
        except ValueError as error:
            return now, False, str(error)
        return moment, month is not None, dates.why_in_future(moment, now) or self._why_it_cannot_be(moment)

    def _why_it_cannot_be(self, moment: datetime) -> str:
        """Why the person could not mean this moment; empty where they can."""
        try:
            self.check(moment)
        except MetaOptOutError as error:
            return str(error)
        return ""


def no_month(_typed: str) -> None:
    """A month alone is not taken for a date."""
