"""The legal periods of an account as a case file shows them, in words that speak to nobody."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from metaoptout_tui.core.case_file.entry_details import untruncated_line
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.court_right import ended_right_sentence
from metaoptout_tui.core.objection.deadlines import CalculationLine, Deadline, calculation_lines, period_sureness
from metaoptout_tui.core.objection.legal_periods import HolidayLookup, LegalPeriod
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.events import day_or_month_of
from metaoptout_tui.core.record.vocabulary import PeriodKind

_PURPOSES: Mapping[str, str] = {
    PeriodKind.ANSWER: mark("Meta's time to answer the objection"),
    PeriodKind.INQUIRY: mark("Meta's time to answer the question about the data"),
    PeriodKind.ACKNOWLEDGEMENT: mark(
        "Meta's time to acknowledge the complaint. For the answer itself there is no fixed time: it is due without undue delay"
    ),
    PeriodKind.AUTHORITY: mark(
        "The right to go to court, once three months have passed and the authority has neither dealt with the complaint nor "
        "told of its progress or outcome"
    ),
    f"{PeriodKind.AUTHORITY}.uk": mark(
        "The right to ask a tribunal, once three months have passed, to order the regulator to go on, if it has neither acted "
        "on the complaint nor told of progress"
    ),
    PeriodKind.COMPLAINT_TO_AUTHORITY: mark(
        "The time in which the UK's regulator, the ICO (now Information Commission), wishes to have the complaint. It is a "
        "wish and no bar"
    ),
}
"""What a period is for, by the name of its purpose."""

_IDENTITY_ANSWERED = mark(
    "On this day Meta had the answer to its question who the person is, or went on without one. The month begins here at "
    "the latest."
)
_IN_TIME = mark(
    "Meta said in time that it needs longer. With reasons given, it has two more months, counted from the start."
)
_LATE = mark(
    "Meta said only after the first month that it needs longer. The law lets it extend only within that month, so this end "
    "stays."
)
_LINES: Mapping[str, str] = {
    "period.form-sent": mark("This program takes what was sent over the web as received on the day of sending."),
    "period.form-completed": mark(
        "Meta asked for a code or a click on a link. This program takes the form as sent on the day of that, or on which "
        "Meta went on with it."
    ),
    "period.letter-posted": mark(
        "A posted letter arrives after this day. When it arrived is not noted, so the count begins on the day of posting, and "
        "the real end is later."
    ),
    "period.letter-assumed": mark(
        "When the letter arrived is not known. This program assumes some days after posting: its own assumption and no law."
    ),
    "period.letter-answered": mark(
        "Meta answered on this day, so it had the letter by then. When the letter arrived is not known: that the count begins "
        "here is this program's own assumption and no law."
    ),
    "period.month-alone": mark(
        "Of the day of sending or of Meta's last word only the month is known. This program counts from the latest day in it "
        "that can be right: its own way of counting and no law."
    ),
    "period.sent-again": mark(
        "The objection was sent again while Meta's question about the first one was open, and Meta has asked nothing about "
        "the new one. So this program counts from the new one. That is its own reading."
    ),
    "period.answer-assumed": mark(
        "That answer went by post, and when it arrived is not noted. This program assumes some days after posting: its own "
        "assumption and no law."
    ),
    "period.identity-answered.eea": mark(
        "On this day Meta had the answer to its question who the person is, or went on without one. If the question was "
        "really needed and asked without delay, the month begins here at the latest. The EDPB says so of requests for "
        "access; for an objection this program reads it so by analogy."
    ),
    "period.identity-answered.uk": _IDENTITY_ANSWERED,
    "period.identity-open.eea": mark(
        "Meta asked who the person is and has no answer yet. If that was really needed and asked without delay, the month "
        "begins only with the answer, and the real end is later than this count. The EDPB says so of requests for access; for "
        "an objection this program reads it so by analogy."
    ),
    "period.identity-open.uk": mark(
        "Meta asked who the person is and has no answer yet. The month begins only with the answer, so the real end is later "
        "than this count."
    ),
    "period.pause.uk": mark(
        "Meta asked what the person means. Where it really had to ask, the days from its question to the answer do not count, "
        "these two included. How far that holds for an objection is not certain; this program leaves them out."
    ),
    "period.pause-open.uk": mark(
        "Meta asked what the person means and has no answer yet. Where it really had to ask, the clock stands until the "
        "answer, so the real end is later than this count."
    ),
    "period.holiday.eea": mark(
        "If the period ends on a public holiday, it goes on to the next working day. This program uses Irish holidays, "
        "because Meta Ireland must act."
    ),
    "period.holiday.uk": mark(
        "If the period ends on a bank holiday, it goes on to the next working day. This program uses those of England and "
        "Wales."
    ),
    "period.holiday.authority": mark(
        "If the period ends on a public holiday where the authority must act, it goes on to the next working day. In Germany "
        "the Land counts."
    ),
    "period.extension-in-time.eea": _IN_TIME,
    "period.extension-in-time.uk": _IN_TIME,
    "period.extension-late.eea": _LATE,
    "period.extension-late.uk": _LATE,
    "period.extension-unsettled": mark(
        "Meta said that it needs longer. Whether that was in time depends on when the letter arrived, which is not known. "
        "This count leaves it out."
    ),
    "period.last-contact.uk": mark(
        "This is the last contact with Meta: the complaint to it, or its latest word since."
    ),
    "period.three-months.contact": mark(
        "The ICO wishes to have complaints within three months of the last meaningful contact with Meta. No law sets this."
    ),
}
"""Lines of a calculation, by the id of their statement, as they are said to others."""


class CasePeriod(NamedTuple):
    """A legal period: its purpose, days, calculation, sureness and state.

    `started_by` is the id of the event that started it, `ended_on` the day of the event that ended it. Where `is_end_open`,
    its end is later than `last_day` by an unknown time; where `is_on_hold`, since a question of Meta is not answered.
    """

    kind: str
    purpose: str
    first_day: date
    last_day: date
    calculation: tuple[CalculationLine, ...]
    sureness: str
    is_extended: bool | None
    started_by: str
    ended_on: date | None
    is_over: bool
    is_end_open: bool = False
    is_on_hold: bool = False
    is_arrival_assumed: bool = False
    opens_right: date | None = None
    """The day from which something is open to the person, of a period that is no time limit of anybody."""
    last_day_without_question: date | None = None
    """The last day if Meta's question who the person is was not really needed; None where there is none such."""
    later_end: date | None = None
    """The last day if another question of Meta holds it up, the earliest possible one while that waits; None for no doubt."""
    is_later_end_open: bool = False
    ended_right: str = ""
    """What became of a right that no longer comes nearer; empty while it does, and of every other period."""


def case_periods(
    status: AccountStatus, playbook: Playbook, holiday_name: HolidayLookup, today: date
) -> Iterator[CasePeriod]:
    """The periods of an account, those that ended too."""
    for deadline in status.deadlines:
        period = deadline.legal_period(holiday_name)
        if period is None:
            continue
        yield CasePeriod(
            kind=period.kind,
            purpose=_purpose(period.purpose, playbook),
            first_day=period.first_day,
            last_day=period.last_day,
            calculation=tuple(_lines_for_others(period, playbook)),
            sureness=period_sureness(period, playbook),
            is_extended=period.extension_counts,
            started_by=untruncated_line(deadline.started_by.id),
            ended_on=_end_day(deadline),
            is_over=period.is_over(today) and not deadline.is_arrival_unreported,
            is_end_open=period.is_end_open,
            is_on_hold=period.is_on_hold,
            is_arrival_assumed=not (period.is_end_open or period.is_end_certain),
            opens_right=period.opens_right,
            last_day_without_question=period.last_day_without_question,
            later_end=period.later_end,
            is_later_end_open=period.is_later_end_open,
            ended_right=ended_right_sentence(period, deadline.ended_by),
        )


def _end_day(deadline: Deadline) -> date | None:
    return day_or_month_of(deadline.ended_by) if deadline.ended_by is not None else None


def _purpose(name: str, playbook: Playbook) -> str:
    words = _PURPOSES.get(name)
    return _(words) if words else playbook.texts.sentence(f"period.{name}")


def _lines_for_others(period: LegalPeriod, playbook: Playbook) -> Iterator[CalculationLine]:
    """The lines in words that speak to nobody, where those of the guidance speak to the person."""
    for step, line in zip(period.calculation, calculation_lines(period, playbook), strict=True):
        words = _LINES.get(f"period.{step.statement}")
        yield line._replace(sentence=_(words)) if words else line
