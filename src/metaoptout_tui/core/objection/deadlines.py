"""Legal deadlines that run for an account: which event starts each one, and which ends or extends it.

The calculation of a period is also offered as lines that a person can read, each with its sources.
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
from metaoptout_tui.core.objection.states import PeriodRule
from metaoptout_tui.core.record.event_fields import NO_REASONS, WRONG_FORM_REQUESTS
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event, arrival_day_of, event_sort_key, went_by_post


class Deadline(NamedTuple):
    """A period that an entry set going. `ended` is the entry that ended it, None while it runs.

    `law` is the region's (`gdpr`, `uk-gdpr`, …), `place` the state, or the part of it, whose authority acts on a complaint,
    `extended` the entry by which Meta said that it takes longer.
    """

    rule: PeriodRule
    started_by: Event
    law: str
    jurisdiction: str = ""
    ended_by: Event | None = None
    extended_by: Event | None = None

    @property
    def id(self) -> str:
        """Its rule and the entry that set it going."""
        return f"{self.rule}.{self.started_by.id}"

    @property
    def arrived_on(self) -> date | None:
        """The day on which what was posted arrived; None where it was not posted or the day is not known."""
        return arrival_day_of(self.started_by)

    @property
    def is_receipt_unknown(self) -> bool:
        """Whether it counts from a day of posting, so that its real end is later by an unknown number of days."""
        return went_by_post(self.started_by) and self.arrived_on is None

    @property
    def receipt(self) -> Receipt:
        """When the thing counts as received: by the day as the entry bears it, in its own zone."""
        return receipt_of(self.started_by.at.date(), by_letter=went_by_post(self.started_by), arrived=self.arrived_on)

    @property
    def earliest_end(self) -> date:
        """The last day if no holiday moved it; one only ever moves it later."""
        return (
            _end_without_holidays(
                self.rule, self.law, self.receipt, self._extension, is_unsettled=self.is_receipt_unknown
            )
            or date.max
        )

    @property
    def has_period(self) -> bool:
        """Whether the law sets one."""
        return self.earliest_end != date.max

    def legal_period(self, holiday_lookup: HolidayLookup) -> LegalPeriod | None:
        """The period with its working; None where no law sets one.

        Of a letter whose arrival is not known nobody can say that a notice of more time came too late.
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
        """The period where it has surely run out with nothing to end it, else None.

        `holiday` is asked nothing before the end without any has passed.
        """
        if self.ended_by is not None or self.is_receipt_unknown or today <= self.earliest_end:
            return None
        exact = self.legal_period(holiday_lookup)
        return exact if exact is not None and exact.is_over(today) else None

    def may_be_over_from(self, today: date, holiday_lookup: HolidayLookup) -> date:
        """The day from which it may be over: exact once the end without holidays has passed, until then not later."""
        last = self.earliest_end
        if today > last and (exact := self.legal_period(holiday_lookup)) is not None:
            last = exact.last_day
        return last + timedelta(days=1)


def current_deadline_of(running: tuple[Deadline, ...], rule: PeriodRule) -> Deadline | None:
    """Of the deadlines of one rule the one that counts now."""
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
            count = answer_period if rule is PeriodRule.ANSWER else information_period
            period = count(law, receipt, holiday_lookup, extension)
            is_unknown = is_unsettled and period is not None and period.was_extension_late
            return count(law, receipt, holiday_lookup) if is_unknown else period
        case PeriodRule.ACKNOWLEDGEMENT:
            return acknowledgement_period(law, receipt)
        case PeriodRule.AUTHORITY:
            return authority_period(law, receipt, holiday_lookup, place)


@lru_cache(maxsize=4096)
def _end_without_holidays(
    rule: PeriodRule, law: str, receipt: Receipt, extension: Extension | None, *, is_unsettled: bool
) -> date | None:
    """Asked many times for the same deadline, at every look at the record."""
    period = _legal_period(rule, law, receipt, extension, _no_holiday, "", is_unsettled=is_unsettled)
    return period.last_day if period is not None else None


def deadlines_of(
    entries: tuple[Event, ...], law: str, place: str, law_of: Callable[[str], str] | None = None
) -> tuple[Deadline, ...]:
    """The periods that `entries`, in force and in their order, set going where the law has them, in the order they began.

    `law` and `place` are those of where the person lives now; `law_of` tells the law of a country in which they lived before.

    Of each rule those that run, or the latest where none does. An objection that is sent again while Meta has its month
    for the first goes on with that month; one sent after it begins another.
    """
    known = [
        deadline
        for deadline in _with_extensions(_started_deadlines(entries, law, place, law_of), entries)
        if deadline.has_period
    ]
    deadlines: list[Deadline] = []
    for rule in PeriodRule:
        of_rule = [deadline for deadline in known if deadline.rule is rule]
        running = [deadline for deadline in of_rule if deadline.ended_by is None]
        if rule is PeriodRule.ANSWER:
            running = _without_resent(running, entries)
        deadlines.extend(running or of_rule[-1:])
    return tuple(sorted(deadlines, key=lambda deadline: event_sort_key(deadline.started_by)))


def _started_deadlines(
    entries: tuple[Event, ...], law: str, place: str, law_of: Callable[[str], str] | None
) -> list[Deadline]:
    """What each entry set going, under the law of where the person lived then, with the first entry after it that ended that."""
    deadlines: list[Deadline] = []
    end: dict[PeriodRule, Event] = {}
    for entry in reversed(entries):
        if (rule := rules_of(entry.kind).starts) is not None:
            deadlines.append(Deadline(rule, entry, law, place, end.get(rule)))
        elif entry.kind == EventKind.COUNTRY_CHANGED and law_of is not None:
            place = entry.text("from")
            law = law_of(place)
        end.update(dict.fromkeys(_rules_ended_by(entry), entry))
    return deadlines[::-1]


def _rules_ended_by(entry: Event) -> tuple[PeriodRule, ...]:
    """The rules of what an entry ends. That the form was the wrong one is an answer to what was sent with it."""
    ended = rules_of(entry.kind).ends
    return (*ended, PeriodRule.ANSWER) if entry.text("for") in WRONG_FORM_REQUESTS else ended


def _with_extensions(deadlines: list[Deadline], entries: tuple[Event, ...]) -> list[Deadline]:
    """Each notice of an extension goes to what was asked last and not answered yet; of several the first counts."""
    place = {event.id: index for index, event in enumerate(entries)}
    found = list(deadlines)
    for notice in entries:
        extended = rules_of(notice.kind).extends
        if not extended:
            continue
        at = place[notice.id]
        running = [
            index
            for index, deadline in enumerate(found)
            if deadline.rule in extended
            and place[deadline.started_by.id] < at
            and (deadline.ended_by is None or place[deadline.ended_by.id] > at)
        ]
        # What was sent again is extended as what was sent first: both are one objection.
        rule = found[running[-1]].rule if running else None
        for index in running:
            if found[index].rule is rule and found[index].extended_by is None:
                found[index] = found[index]._replace(extended_by=notice)
    return found


def _without_resent(running: Iterable[Deadline], entries: tuple[Event, ...]) -> list[Deadline]:
    """Without what was only sent again; where a code was asked for in between, the first was never completed.

    A letter may have arrived after what was sent later over the web: of one objection the month counts that began first.
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
    """The order in which months began: the surely known first."""
    return deadline.is_receipt_unknown, deadline.receipt.day


def _was_code_asked_between(entries: tuple[Event, ...], first: Event, again: Event) -> bool:
    between = entries[entries.index(first) : entries.index(again)]
    return any(event.kind == EventKind.CODE_ASKED for event in between)


def _no_holiday(_place: str, _day: date) -> str:
    return ""


_SURENESS_ASCENDING: tuple[Sureness, ...] = ("low", "medium", "high")


class CalculationLine(NamedTuple):
    """One step: its sentence, the day it gave, the rule's place in the law, a holiday's name, and the grounds.

    `law` and `detail` may be empty; `basis` is None only where a playbook from elsewhere lacks the statement.
    """

    sentence: str
    day: date
    citation: str
    holiday: str
    basis: Basis | None


def calculation_lines(period: LegalPeriod, playbook: Playbook) -> tuple[CalculationLine, ...]:
    """The steps of the count in order."""
    grounds = _basis_by_step(playbook)
    return tuple(
        CalculationLine(
            playbook.texts.sentence(f"period.{step.statement}"),
            step.day,
            step.citation,
            step.holiday,
            grounds.get(step.statement),
        )
        for step in period.calculation
    )


def period_sureness(period: LegalPeriod, playbook: Playbook) -> Sureness:
    """How sure the end is: as sure as the least sure step."""
    grounds = _basis_by_step(playbook)
    found = {basis.sureness for step in period.calculation if (basis := grounds.get(step.statement)) is not None}
    return next((each for each in _SURENESS_ASCENDING if each in found), "low")


def _basis_by_step(playbook: Playbook) -> dict[str, Basis]:
    return {
        statement.id.removeprefix("period."): statement.basis
        for statement in playbook.statements
        if statement.id.startswith("period.")
    }
