"""What is said of a legal deadline: its name, until when it runs, how long that still is, and what ended it."""

from datetime import date

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.objection.court_right import authority_wrote_text, ended_right_end_text, ended_right_sentence
from metaoptout_tui.core.objection.deadlines import Deadline
from metaoptout_tui.core.objection.doubtful_ends import doubtful_end_sentence, doubtful_end_text, doubtful_state_text
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, day_or_month_of
from metaoptout_tui.core.record.vocabulary import GROUNDS, NO_REASONS, PeriodKind


def period_end_sentence(period: LegalPeriod, today: date, ended_by: Event | None) -> str:
    """What the last day of a period means today, in one or two sentences; `ended_by` is the event that ended it."""
    if ended := ended_right_sentence(period, ended_by):
        return ended
    if period.last_day_without_question is not None:
        words = _(
            "Its end is {day}, unless Meta's question who you are was really needed (GDPR Art. 12(6)): then {later} is the "
            "earliest, and it may have no end until you answer."
        )
        later = dates.format_full_day(period.last_day)
        return words.format(day=dates.format_full_day(period.last_day_without_question), later=later)
    if period.is_on_hold:
        return _("It has no end until you answer Meta's question.")
    if period.is_end_open:
        return _("Its end is not known until you write down when your letter arrived.")
    if period.opens_right is not None:
        return _("From {day} on that is open to you. It is no last day.").format(
            day=dates.format_full_day(period.opens_right)
        )
    if period.kind is PeriodKind.COMPLAINT_TO_AUTHORITY:
        return _("You can complain later too.")
    if doubt := doubtful_end_sentence(period, today):
        return doubt
    if period.is_over(today):
        return _("It is over.") if period.is_end_certain else _("It is over, if the assumed arrival is right.")
    return _("The whole of {day} belongs to it.").format(day=dates.format_full_day(period.last_day))


_DEADLINE_NAMES = {
    PeriodKind.ANSWER: mark("Answer to the objection"),
    PeriodKind.INQUIRY: mark("Answer to your question"),
    PeriodKind.ACKNOWLEDGEMENT: mark("Acknowledgement of the complaint"),
    PeriodKind.AUTHORITY: mark("Court, if the authority is silent"),
    f"{PeriodKind.AUTHORITY}.uk": mark("Tribunal, if the regulator is silent"),
    PeriodKind.COMPLAINT_TO_AUTHORITY: mark("Your complaint to the ICO"),
}
"""The names of the legal periods by their purpose, for a list of them."""


def deadline_name(period: LegalPeriod) -> str:
    """The name of a legal period, for a list."""
    return _(_DEADLINE_NAMES[period.purpose])


def deadline_end_text(period: LegalPeriod, today: date, ended_by: Event | None) -> str:
    """Until when a period runs, in a few words; from when, of one that opens a right, as long as nothing ended it."""
    if period.opens_right is not None and ended_by is not None:
        return ended_right_end_text(period, ended_by, today)
    if period.opens_right is not None:
        words = _("not before {day}") if period.is_end_open else _("from {day} on")
        return words.format(day=dates.format_day(period.opens_right, today))
    if period.last_day_without_question is not None:
        return _("until {day}, or later").format(day=dates.format_day(period.last_day_without_question, today))
    if doubt := doubtful_end_text(period, today):
        return doubt
    words = _("not before {day}") if period.is_end_open else _("until {day}")
    if period.kind is PeriodKind.COMPLAINT_TO_AUTHORITY:
        words = _("best by {day}")
    return words.format(day=dates.format_day(period.last_day, today))


def deadline_state_text(deadline: Deadline, period: LegalPeriod, today: date) -> str:
    """The days left until a deadline or since it passed, what it waits for, or when it was ended."""
    is_own = period.kind is PeriodKind.COMPLAINT_TO_AUTHORITY
    if deadline.ended_by is not None:
        return _ended_state_text(deadline.ended_by, period, today, is_limit=not is_own and period.opens_right is None)
    if deadline.is_arrival_unreported:
        return _("when it arrived is not written down")
    if period.is_on_hold:
        return _("waits for your answer to Meta")
    if is_own:
        return _("you can complain later too")
    if isinstance(period.last_day, dates.MonthAlone):
        return _months_left_text(period.last_day, today)
    if doubt := doubtful_state_text(period, today):
        return doubt
    days = (period.last_possible_day - today).days
    if period.opens_right is not None:
        return _days_to_go_text((period.opens_right - today).days)
    return days_left_text(days, is_arrival_assumed=not period.is_end_certain)


def _ended_state_text(ended_by: Event, period: LegalPeriod, today: date, *, is_limit: bool) -> str:
    """What ended a period and when; of one that is Meta's limit also whether that came late."""
    end_day = day_or_month_of(ended_by)
    day = dates.format_day(end_day, today)
    if ended_by.kind == EventKind.CASE_CLOSED:
        return _("left at that on {day}").format(day=day)
    if period.opens_right is not None and ended_by.kind == EventKind.AUTHORITY_WROTE:
        return authority_wrote_text(ended_by, today)
    if period.kind is PeriodKind.ANSWER and ended_by.text(GROUNDS.name) == NO_REASONS:
        words = _("refused {day}, no reasons") if period.is_over(today) else _("refused {day}, reasons still due")
        return words.format(day=day)
    is_late = is_limit and dates.earliest_day(end_day) > period.last_possible_day and not period.is_end_open
    return _("ended {day}, late").format(day=day) if is_late else _("ended {day}").format(day=day)


def _months_left_text(month: date, today: date) -> str:
    """About how long a period still runs, or is over, of which only the month of its end is known."""
    months = (month.year - today.year) * 12 + month.month - today.month
    if months == 0:
        return _("ran out this month") if today > month else _("ends this month")
    if months > 0:
        words = ngettext("about {count} month left", "about {count} months left", months)
    elif months <= -12:
        return _("over for more than a year") if months < -12 else _("over for about a year")
    else:
        words = ngettext("over for about {count} month", "over for about {count} months", -months)
    return words.format(count=abs(months))


def _days_to_go_text(days: int) -> str:
    """How many days it takes until something is open to the person."""
    if days <= 0:
        return _("open to you now")
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


def days_left_text(days: int, *, is_arrival_assumed: bool = False) -> str:
    """How many days are left until a last day, below 0 where it passed."""
    if days == 0:
        return _("ends today, by an assumed arrival") if is_arrival_assumed else _("ends today")
    if days < 0 and is_arrival_assumed:
        words = ngettext(
            "over for {count} day, by an assumed arrival", "over for {count} days, by an assumed arrival", -days
        )
    elif days < 0:
        words = ngettext("over for {count} day", "over for {count} days", -days)
    elif is_arrival_assumed:
        words = ngettext("{count} day left, by an assumed arrival", "{count} days left, by an assumed arrival", days)
    else:
        words = ngettext("{count} day left", "{count} days left", days)
    return words.format(count=abs(days))
