"""A legal deadline that runs for an account, and its calculation as lines that a person can read, with their sources.

`deadlines_of_diary` finds the deadlines of a diary.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.basis import Basis, Sureness
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.doubtful_ends import questions_in_doubt, with_later_end
from metaoptout_tui.core.objection.legal_periods import (
    LETTER_ANSWERED,
    CalculationStep,
    Extension,
    HolidayLookup,
    LegalPeriod,
    MetaQuestion,
    Receipt,
    acknowledgement_period,
    answer_period,
    authority_complaint_period,
    authority_period,
    inquiry_period,
    receipt_of,
)
from metaoptout_tui.core.record.events import (
    Event,
    arrival_day_of,
    day_or_month_of,
    is_arrival_declared_unknown,
    went_by_post,
)
from metaoptout_tui.core.record.vocabulary import NO_REASONS, PeriodKind


class Deadline(NamedTuple):
    """A legal period that an event started. `ended_by` is the event that ended it, None while it runs.

    `law` is the region's (`gdpr`, `uk-gdpr`, …), `jurisdiction` the state or Land whose authority acts on a complaint,
    `extended_by` the event in which Meta announced an extension, `meta_questions` what Meta asked meanwhile. `completed_on`
    is the day on which the code or link of a form was confirmed, None where Meta asked for none. A letter whose arrival
    the person does not know counts as arrived `assumed_letter_days` after it was posted. It `is_counted_again` where it began
    with an objection that was sent again, since the month of the first one waits for an answer to Meta's question.
    """

    kind: PeriodKind
    started_by: Event
    law: str
    jurisdiction: str = ""
    ended_by: Event | None = None
    extended_by: Event | None = None
    meta_questions: tuple[MetaQuestion, ...] = ()
    completed_on: date | None = None
    assumed_letter_days: int = 0
    is_counted_again: bool = False
    first_answer: Event | None = None
    """Meta's first word about an objection by post before which nothing else was sent."""

    @property
    def id(self) -> str:
        """The kind of the period, and the id of the event that started it."""
        return f"{self.kind}.{self.started_by.id}"

    @property
    def arrived_on(self) -> date | None:
        """The day on which the letter arrived; None for what was not posted, and where the day is not known."""
        return arrival_day_of(self.started_by)

    @property
    def is_arrival_unreported(self) -> bool:
        """Whether it counts from the day of posting, so that its real end is later by an unknown number of days.

        The person has not yet said when the letter arrived, nor that they do not know, and no early answer shows it.
        """
        return self._is_arrival_missing and not self._is_assumption_due

    @property
    def is_receipt_assumed(self) -> bool:
        """Whether it counts from this program's assumption: nobody knows when the letter arrived, or Meta's answer bounds it.

        It can run out, and a reminder or a complaint is then offered; but its days are ours.
        """
        return self._is_arrival_missing and self._is_assumption_due

    @property
    def is_receipt_certain(self) -> bool:
        """Whether the day of receipt is known. Where it is not, no letter and no complaint may name a day of the period."""
        return not self._is_arrival_missing

    @property
    def _is_arrival_missing(self) -> bool:
        is_counted_from_receipt = self.kind is not PeriodKind.COMPLAINT_TO_AUTHORITY
        return is_counted_from_receipt and went_by_post(self.started_by) and self.arrived_on is None

    @property
    def _is_assumption_due(self) -> bool:
        return is_arrival_declared_unknown(self.started_by) or self.early_answer is not None

    @property
    def early_answer(self) -> Event | None:
        """Meta's first answer where it came no later than the assumed arrival: the letter had arrived by then."""
        if self.first_answer is None or not self._is_arrival_missing:
            return None
        assumed = self.started_by.at.date() + timedelta(days=self.assumed_letter_days)
        return self.first_answer if self.first_answer.at.date() <= assumed else None

    @property
    def receipt(self) -> Receipt:
        """The day of receipt, by the date of the event in its own zone."""
        if (answer := self.early_answer) is not None:
            return Receipt(answer.at.date(), CalculationStep(LETTER_ANSWERED, day_or_month_of(answer)))
        is_arrival_missing = self._is_arrival_missing
        is_assumed = self.is_receipt_assumed
        return receipt_of(
            self.started_by.at.date(),
            by_letter=is_arrival_missing,
            arrived=self.arrived_on,
            assumed_days=self.assumed_letter_days if is_assumed else None,
            completed=self.completed_on,
        )

    @property
    def earliest_end(self) -> date:
        """The earliest last day, without public holidays, which only move it later; `date.max` where no law sets one."""
        period = self._period_without_holidays
        return period.last_day if period is not None else date.max

    @property
    def later_end(self) -> date | None:
        """The later last day, without public holidays, if Meta may count from the answer to a question; None for no doubt."""
        period = self._period_without_holidays
        return period.later_end if period is not None and not period.is_later_end_open else None

    @property
    def has_period(self) -> bool:
        """Whether the law sets a period."""
        return self._period_without_holidays is not None

    @property
    def is_end_open(self) -> bool:
        """Whether it cannot run out yet: a letter's arrival is not known, or a question of Meta holds it up."""
        period = self._period_without_holidays
        return period is not None and period.is_end_open

    def legal_period(self, holiday_lookup: HolidayLookup) -> LegalPeriod | None:
        """The period with its calculation; None where no law sets one.

        While the arrival of a letter is not known for certain, no announcement of an extension counts as late.
        """
        period = _period_of(self._terms, holiday_lookup, self.jurisdiction)
        if period is not None and self.is_counted_again:
            first, *later = period.calculation
            period = period._replace(calculation=(first, CalculationStep("sent-again", first.day), *later))
        began = day_or_month_of(self.started_by)
        if period is None or not isinstance(began, dates.MonthAlone):
            return period
        period = _with_month_explained(period, began)
        return _in_months(period) if period.first_day == began else period

    @property
    def _terms(self) -> "_PeriodTerms":
        extension = None
        if self.extended_by is not None:
            has_reasons = self.extended_by.text("reasons") != NO_REASONS
            extension = Extension(self.extended_by.at.date(), has_reasons=has_reasons)
        return _PeriodTerms(self.kind, self.law, self.receipt, extension, self.meta_questions)

    @property
    def _period_without_holidays(self) -> LegalPeriod | None:
        return _period_without_holidays(self._terms)

    def missed_period(self, today: date, holiday_lookup: HolidayLookup) -> LegalPeriod | None:
        """The period where it has run out without having been ended, by an assumption where the receipt is assumed.

        None otherwise. `holiday_lookup` is not called before the end without holidays has passed.
        """
        if self.ended_by is not None or self.is_arrival_unreported or today <= self.earliest_end:
            return None
        period = self.legal_period(holiday_lookup)
        return period if period is not None and period.is_over(today) else None

    def may_be_over_from(self, today: date, holiday_lookup: HolidayLookup) -> date:
        """The day from which it may be over: exact once the end without holidays has passed, else a first guess.

        While its end is open it is never over today.
        """
        last_day = self.earliest_end
        if today > last_day and (period := self.legal_period(holiday_lookup)) is not None:
            last_day = max(period.last_day, today) if period.is_end_open else period.last_possible_day
        elif self.later_end is not None:
            last_day = self.later_end
        return last_day + timedelta(days=1)


def current_deadline_of(deadlines: tuple[Deadline, ...], kind: PeriodKind) -> Deadline | None:
    """The newest deadline of a kind, which is the one that counts."""
    return next((deadline for deadline in reversed(deadlines) if deadline.kind == kind), None)


class _PeriodTerms(NamedTuple):
    """What a period is counted from."""

    kind: PeriodKind
    law: str
    receipt: Receipt
    extension: Extension | None
    meta_questions: tuple[MetaQuestion, ...]


def _period_of(terms: _PeriodTerms, holiday_lookup: HolidayLookup, place: str) -> LegalPeriod | None:
    """The period, with the day on which it would have ended had Meta not asked, while it waits for an answer."""
    period = _period_by_kind(terms, holiday_lookup, place)
    if period is not None and terms.law == "gdpr" and (in_doubt := questions_in_doubt(terms.meta_questions, period)):
        held_up = _period_by_kind(terms._replace(meta_questions=in_doubt), holiday_lookup, place)
        period = with_later_end(period, held_up)
    if period is None or not period.is_on_hold or terms.law != "gdpr" or not terms.receipt.is_certain:
        return period
    answered = tuple(question for question in terms.meta_questions if question.answered is not None)
    without_question = _period_by_kind(terms._replace(meta_questions=answered), holiday_lookup, place)
    return period._replace(last_day_without_question=without_question.last_day if without_question else None)


def _period_by_kind(terms: _PeriodTerms, holiday_lookup: HolidayLookup, place: str) -> LegalPeriod | None:
    """The period as the rules of its kind count it."""
    kind, law, receipt, extension, meta_questions = terms
    match kind:
        case PeriodKind.ANSWER:
            return answer_period(law, receipt, holiday_lookup, extension, meta_questions)
        case PeriodKind.INQUIRY:
            return inquiry_period(law, receipt, holiday_lookup, extension, meta_questions)
        case PeriodKind.ACKNOWLEDGEMENT:
            return acknowledgement_period(law, receipt, holiday_lookup)
        case PeriodKind.AUTHORITY:
            return authority_period(law, receipt, holiday_lookup, place)
        case PeriodKind.COMPLAINT_TO_AUTHORITY:
            return authority_complaint_period(law, receipt.day)


@lru_cache(maxsize=4096)
def _period_without_holidays(terms: _PeriodTerms) -> LegalPeriod | None:
    """Cached, since every computation of the overview needs it for each deadline."""
    return _period_of(terms, _no_holiday, "")


def _with_month_explained(period: LegalPeriod, began: date) -> LegalPeriod:
    """The period whose calculation says which day stands for a month of which the day is not known.

    That the last month has no such day would be said of that day, which nobody named.
    """
    first, *later = period.calculation
    if first.statement not in _STEPS_OF_DAY_SENT:
        return period
    step = CalculationStep("month-alone", began)
    if period.first_day != began:
        return period._replace(calculation=(step, first, *later))
    named = (each for each in later if not each.statement.startswith("short-month."))
    return period._replace(calculation=(first, step, *named))


_STEPS_OF_DAY_SENT = frozenset({"form-sent", "letter-posted", "letter-assumed", "last-contact.uk"})
"""First steps of a calculation that rest on the day of the event which began it."""


def _in_months(period: LegalPeriod) -> LegalPeriod:
    """The period with months in place of days, because only the month of its beginning is known."""
    in_month = dates.MonthAlone.of
    open_end, later_end = period.last_day_without_question, period.later_end
    return period._replace(
        first_day=in_month(period.first_day),
        last_day=in_month(period.last_day),
        calculation=tuple(step._replace(day=in_month(step.day)) for step in period.calculation),
        last_day_without_question=in_month(open_end) if open_end is not None else None,
        later_end=in_month(later_end) if later_end is not None else None,
    )


def _no_holiday(_place: str, _day: date) -> str:
    return ""


_SURENESS_ASCENDING: tuple[Sureness, ...] = ("low", "medium", "high")


class CalculationLine(NamedTuple):
    """One step of a calculation: its sentence, resulting day, citation, holiday and basis.

    `citation` and `holiday` may be empty; `basis` is None only where a playbook from a feed lacks the statement.
    """

    sentence: str
    day: date
    citation: str
    holiday: str
    basis: Basis | None


def calculation_lines(period: LegalPeriod, playbook: Playbook) -> tuple[CalculationLine, ...]:
    """The steps of a calculation, in order."""
    from metaoptout_tui.core.objection.holiday_names import holiday_words

    basis_by_step = _basis_by_step(playbook)
    return tuple(
        CalculationLine(
            playbook.texts.sentence(f"period.{step.statement}"),
            step.day,
            _(step.citation),
            holiday_words(step.holiday),
            basis_by_step.get(step.statement),
        )
        for step in period.calculation
    )


def period_sureness(period: LegalPeriod, playbook: Playbook) -> Sureness:
    """How sure the end is: as sure as the least sure step."""
    basis_by_step = _basis_by_step(playbook)
    bases = (basis_by_step.get(step.statement) for step in period.calculation)
    return min((basis.sureness for basis in bases if basis), key=_SURENESS_ASCENDING.index, default="low")


def _basis_by_step(playbook: Playbook) -> dict[str, Basis]:
    return {
        statement.id.removeprefix("period."): statement.basis
        for statement in playbook.statements
        if statement.id.startswith("period.")
    }
