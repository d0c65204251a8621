"""Legal deadlines that run for an account: which event starts each one, and which ends or extends it.

`calculation_lines` gives the calculation of a period as lines that a person can read, each with its sources.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import Basis, Playbook, Sureness
from metaoptout_tui.core.objection.legal_periods import (
    Extension,
    HolidayLookup,
    LegalPeriod,
    Receipt,
    acknowledgement_period,
    answer_period,
    authority_period,
    information_period,
    receipt_of,
)
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import (
    Event,
    arrival_day_of,
    event_sort_key,
    periods_ended_by,
    reopened_decisions,
    went_by_post,
)
from metaoptout_tui.core.record.vocabulary import NO_REASONS, PeriodRule


class Deadline(NamedTuple):
    """A legal period that an event started. `ended_by` is the event that ended it, None while it runs.

    `law` is the region's (`gdpr`, `uk-gdpr`, …), `jurisdiction` the state or Land whose authority acts on a complaint,
    `extended_by` the event in which Meta announced an extension.
    """

    rule: PeriodRule
    started_by: Event
    law: str
    jurisdiction: str = ""
    ended_by: Event | None = None
    extended_by: Event | None = None

    @property
    def id(self) -> str:
        """Its rule and the id of the event that started it."""
        return f"{self.rule}.{self.started_by.id}"

    @property
    def arrived_on(self) -> date | None:
        """The day on which the letter arrived; None for what was not posted, and where the day is not known."""
        return arrival_day_of(self.started_by)

    @property
    def is_receipt_unknown(self) -> bool:
        """Whether it counts from the day of posting, so that its real end is later by an unknown number of days."""
        return went_by_post(self.started_by) and self.arrived_on is None

    @property
    def receipt(self) -> Receipt:
        """The day of receipt, by the date of the event in its own zone."""
        return receipt_of(self.started_by.at.date(), by_letter=went_by_post(self.started_by), arrived=self.arrived_on)

    @property
    def earliest_end(self) -> date:
        """The last day without public holidays, which only move it later; `date.max` where the law sets no period."""
        return (
            _end_without_holidays(
                self.rule, self.law, self.receipt, self._extension, is_unsettled=self.is_receipt_unknown
            )
            or date.max
        )

    @property
    def has_period(self) -> bool:
        """Whether the law sets a period."""
        return self.earliest_end != date.max

    def legal_period(self, holiday_lookup: HolidayLookup) -> LegalPeriod | None:
        """The period with its calculation; None where no law sets one.

        While the arrival of a letter is not known, no announcement of an extension counts as late.
        """
        return _legal_period(
            self.rule,
            self.law,
            self.receipt,
            self._extension,
            holiday_lookup,
            self.jurisdiction,
            is_unsettled=self.is_receipt_unknown,
        )

    @property
    def _extension(self) -> Extension | None:
        if self.extended_by is None:
            return None
        return Extension(self.extended_by.at.date(), has_reasons=self.extended_by.text("reasons") != NO_REASONS)

    def missed_period(self, today: date, holiday_lookup: HolidayLookup) -> LegalPeriod | None:
        """The period where it has surely run out without having been ended, else None.

        `holiday_lookup` is not called before the end without holidays has passed.
        """
        if self.ended_by is not None or self.is_receipt_unknown or today <= self.earliest_end:
            return None
        period = self.legal_period(holiday_lookup)
        return period if period is not None and period.is_over(today) else None

    def may_be_over_from(self, today: date, holiday_lookup: HolidayLookup) -> date:
        """The day from which it may be over: exact once the end without holidays has passed, else a first guess."""
        last_day = self.earliest_end
        if today > last_day and (period := self.legal_period(holiday_lookup)) is not None:
            last_day = period.last_day
        return last_day + timedelta(days=1)


def current_deadline_of(running: tuple[Deadline, ...], rule: PeriodRule) -> Deadline | None:
    """The newest deadline of a rule, which is the one that counts."""
    return next((deadline for deadline in reversed(running) if deadline.rule == rule), None)


def _legal_period(
    rule: PeriodRule,
    law: str,
    receipt: Receipt,
    extension: Extension | None,
    holiday_lookup: HolidayLookup,
    place: str,
    *,
    is_unsettled: bool,
) -> LegalPeriod | None:
    match rule:
        case PeriodRule.ANSWER | PeriodRule.INFORMATION:
            calculate = answer_period if rule is PeriodRule.ANSWER else information_period
            period = calculate(law, receipt, holiday_lookup, extension)
            is_unknown = is_unsettled and period is not None and period.was_extension_late
            return calculate(law, receipt, holiday_lookup) if is_unknown else period
        case PeriodRule.ACKNOWLEDGEMENT:
            return acknowledgement_period(law, receipt)
        case PeriodRule.AUTHORITY:
            return authority_period(law, receipt, holiday_lookup, place)


@lru_cache(maxsize=4096)
def _end_without_holidays(
    rule: PeriodRule, law: str, receipt: Receipt, extension: Extension | None, *, is_unsettled: bool
) -> date | None:
    """Cached, since every computation of the overview needs it for each deadline."""
    period = _legal_period(rule, law, receipt, extension, _no_holiday, "", is_unsettled=is_unsettled)
    return period.last_day if period is not None else None


def deadlines_of(
    entries: tuple[Event, ...], law: str, place: str, law_of: Callable[[str], str] | None = None
) -> tuple[Deadline, ...]:
    """The deadlines that events, in force and in their order, started, in the order in which they began.

    `law` and `place` are those of where the person lives now; `law_of` gives the law of a country where they lived
    before. Of each rule those that run, or the latest where none does. An objection that is sent again during Meta's
    month for the first one goes on with that month; one sent after it begins another.
    """
    with_period = [
        deadline
        for deadline in _with_extensions(_started_deadlines(entries, law, place, law_of), entries)
        if deadline.has_period
    ]
    deadlines: list[Deadline] = []
    for rule in PeriodRule:
        of_rule = [deadline for deadline in with_period if deadline.rule is rule]
        running = [deadline for deadline in of_rule if deadline.ended_by is None]
        if rule is PeriodRule.ANSWER:
            running = _without_resent(running, entries)
        deadlines.extend(running or of_rule[-1:])
    return tuple(sorted(deadlines, key=lambda deadline: event_sort_key(deadline.started_by)))


def _started_deadlines(
    entries: tuple[Event, ...], law: str, place: str, law_of: Callable[[str], str] | None
) -> list[Deadline]:
    """The deadline that each event started, under the law that applied then, with the first event that ended it."""
    deadlines: list[Deadline] = []
    next_end: dict[PeriodRule, Event] = {}
    reopened = reopened_decisions(entries)
    for entry in reversed(entries):
        if (rule := rules_of(entry.kind).starts) is not None:
            deadlines.append(Deadline(rule, entry, law, place, next_end.get(rule)))
        elif entry.kind == EventKind.COUNTRY_CHANGED and law_of is not None:
            place = entry.text("from")
            law = law_of(place)
        if entry.id not in reopened:
            next_end.update(dict.fromkeys(periods_ended_by(entry), entry))
    return deadlines[::-1]


def _with_extensions(deadlines: list[Deadline], entries: tuple[Event, ...]) -> list[Deadline]:
    """The deadlines with their extensions: one extends the last unanswered deadline; of several the first counts."""
    positions = {event.id: index for index, event in enumerate(entries)}
    result = list(deadlines)
    for notice in entries:
        extended_rules = rules_of(notice.kind).extends
        if not extended_rules:
            continue
        notice_position = positions[notice.id]
        running = [
            index
            for index, deadline in enumerate(result)
            if deadline.rule in extended_rules
            and positions[deadline.started_by.id] < notice_position
            and (deadline.ended_by is None or positions[deadline.ended_by.id] > notice_position)
        ]
        # An objection that was sent again is extended together with the first, since both are one.
        rule = result[running[-1]].rule if running else None
        for index in running:
            if result[index].rule is rule and result[index].extended_by is None:
                result[index] = result[index]._replace(extended_by=notice)
    return result


def _without_resent(running: Iterable[Deadline], entries: tuple[Event, ...]) -> list[Deadline]:
    """The deadlines without those of objections that were only sent again.

    Where Meta asked for a code in between, the first was never completed. A letter may arrive after a form that was
    sent later: the month that began first counts.
    """
    deadlines: list[Deadline] = []
    for deadline in running:
        if not deadlines or deadline.started_by.at.date() > deadlines[-1].earliest_end:
            deadlines.append(deadline)
        elif _start_order(deadline) < _start_order(deadlines[-1]) or _was_code_asked_between(
            entries, deadlines[-1].started_by, deadline.started_by
        ):
            deadlines[-1] = deadline
    return deadlines


def _start_order(deadline: Deadline) -> tuple[bool, date]:
    """The key that orders periods by their beginning: those with a known receipt first."""
    return deadline.is_receipt_unknown, deadline.receipt.day


def _was_code_asked_between(entries: tuple[Event, ...], first: Event, second: Event) -> bool:
    between = entries[entries.index(first) : entries.index(second)]
    return any(event.kind == EventKind.CODE_ASKED for event in between)


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
    basis_by_step = _basis_by_step(playbook)
    return tuple(
        CalculationLine(
            playbook.texts.sentence(f"period.{step.statement}"),
            step.day,
            step.citation,
            step.holiday,
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
