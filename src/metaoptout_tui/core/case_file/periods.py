"""The legal periods of an account as a case file shows them."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from metaoptout_tui.core.case_file.entry_details import untruncated_line
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.deadlines import CalculationLine, Deadline, calculation_lines, period_sureness
from metaoptout_tui.core.objection.legal_periods import HolidayLookup
from metaoptout_tui.core.objection.status import AccountStatus


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
            purpose=playbook.texts.sentence(f"period.{period.kind}"),
            first_day=period.first_day,
            last_day=period.last_day,
            calculation=calculation_lines(period, playbook),
            sureness=period_sureness(period, playbook),
            is_extended=period.extension_counts,
            started_by=untruncated_line(deadline.started_by.id),
            ended_on=_end_day(deadline),
            is_over=period.is_over(today) and not deadline.is_arrival_unreported,
            is_end_open=period.is_end_open,
            is_on_hold=period.is_on_hold,
            is_arrival_assumed=deadline.is_receipt_assumed,
        )


def _end_day(deadline: Deadline) -> date | None:
    return deadline.ended_by.at.date() if deadline.ended_by is not None else None
