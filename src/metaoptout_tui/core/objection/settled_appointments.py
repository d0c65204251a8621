"""Appointments that an earlier calendar may have had and that are settled now, so that the next can cancel those it had.

They are found by reading the diary again as it stood before: at each moment when something was written, and at each at
which something became due until then.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.agenda import Appointment, appointments_of
from metaoptout_tui.core.objection.legal_periods import HolidayLookup
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.events import Event, moment_written

_MOST_MOMENTS_BETWEEN_ENTRIES = 12
_DAY = timedelta(days=1)


def settled_appointments_of(
    record: Record, playbook: Playbook, now: datetime, holiday_lookup: HolidayLookup
) -> tuple[Appointment, ...]:
    """The appointments that were there at some moment before and are not there now, each as it last was."""
    former: dict[str, Appointment] = {}
    for accounts in _accounts_by_link(record):
        group = replace(record.without_unrecorded, accounts=accounts)
        for moment, at_that_time in _earlier_states(group, playbook, now, holiday_lookup):
            if moment < now:
                former |= {appointment.id: appointment for appointment in at_that_time}
            else:
                former = {id: appointment for id, appointment in former.items() if id not in _ids_of(at_that_time)}
    return tuple(sorted(former.values(), key=lambda appointment: appointment.id))


def _ids_of(appointments: tuple[Appointment, ...]) -> set[str]:
    return {appointment.id for appointment in appointments}


def _accounts_by_link(record: Record) -> Iterator[tuple[Account, ...]]:
    """The accounts in groups that have nothing to do with one another: linked now or at any time before."""
    groups: list[tuple[set[str], list[Account]]] = []
    for account in record.accounts:
        names = {
            account.linked_group or "",
            *(event.text(key) for event in account.events for key in ("hub", "from", "to")),
        }
        names.discard("")
        joined = [group for group in groups if not names.isdisjoint(group[0])]
        groups = [group for group in groups if group not in joined]
        all_names = names.union(*(group[0] for group in joined))
        groups.append((all_names, [*(each for group in joined for each in group[1]), account]))
    return (tuple(accounts) for _, accounts in groups)


def _earlier_states(
    record: Record, playbook: Playbook, now: datetime, holiday_lookup: HolidayLookup
) -> Iterator[tuple[datetime, tuple[Appointment, ...]]]:
    """Moments with the appointments of the record as it then was, the last of them now."""
    written = sorted({moment_written(event) for account in record.accounts for event in account.events})
    moments = [moment for moment in written if moment < now]
    for start, end in pairwise([*moments, now]):
        state, moment = _record_at(record, start), start
        for _ in range(_MOST_MOMENTS_BETWEEN_ENTRIES):
            appointments = _appointments_at(state, playbook, moment, holiday_lookup)
            yield moment, appointments
            later = (at for appointment in appointments if (at := _moment_after(appointment, moment)) > moment)
            moment = min(later, default=end)
            if moment >= end:
                break
    yield now, _appointments_at(record, playbook, now, holiday_lookup)


def _record_at(record: Record, moment: datetime) -> Record:
    """The record with the entries that were written until then."""
    return replace(
        record,
        accounts=tuple(
            replace(account, events=tuple(event for event in account.events if _was_written(event, moment)))
            for account in record.accounts
        ),
    )


def _was_written(event: Event, moment: datetime) -> bool:
    return moment_written(event) <= moment


def _appointments_at(
    record: Record, playbook: Playbook, moment: datetime, holiday_lookup: HolidayLookup
) -> tuple[Appointment, ...]:
    overview = compute_overview(record, playbook, moment, holiday_lookup)
    return appointments_of(overview, playbook, holiday_lookup)


def _moment_after(appointment: Appointment, moment: datetime) -> datetime:
    """The moment from which an appointment is due, or the day after the last day of a period."""
    due = appointment.due
    if isinstance(due, datetime):
        return due
    day = due if appointment.is_task else due + _DAY
    return datetime.combine(day, time(), tzinfo=moment.tzinfo)
