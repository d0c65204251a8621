"""Calendar appointments: mailbox checks, ends of legal periods, tasks that wait now, and the yearly check."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.deadlines import Deadline
from metaoptout_tui.core.objection.doubtful_ends import doubtful_end_sentence
from metaoptout_tui.core.objection.legal_periods import HolidayLookup, LegalPeriod
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.task_maker import MAILBOX_CHECK_DELAYS, DayValue, MomentValue
from metaoptout_tui.core.objection.tasks import TASKS_OF_WAITING, Task, TaskKind
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.events import day_or_month_of

_DAY = timedelta(days=1)
_DIGITS_OF_DIGEST = 24


class Appointment(NamedTuple):
    """One calendar entry: a task, or where `is_task` is false the last day of a period, or the first of a right.

    `id` is the same at every export, so that a calendar replaces it; `due` is a moment or a whole day. `follow_up` is
    what to ask on the day after the last day of a period; empty for nothing. One that `warns_early` is worth an alarm a
    week before too: the last day that an authority names, for which something has to be prepared.
    """

    id: str
    account_name: str
    summary: str
    due: date | datetime
    is_task: bool
    account_id: str
    description: str = ""
    follow_up: str = ""
    warns_early: bool = False

    @property
    def digest(self) -> str:
        """What is remembered of an appointment that was written to a calendar: a digest of its id, which tells nobody anything."""
        from hashlib import sha256

        return sha256(self.id.encode("utf-8", "replace")).hexdigest()[:_DIGITS_OF_DIGEST]


def appointments_of(overview: Overview, playbook: Playbook, holiday_lookup: HolidayLookup) -> tuple[Appointment, ...]:
    """Every appointment of the accounts in the overview, by day."""
    appointments: list[Appointment] = []
    due_task_ids = {id(task) for task in overview.due_tasks}
    tasks_by_account: dict[str, list[Task]] = {}
    for task in overview.tasks:
        if task.kind not in TASKS_OF_WAITING:  # the end of a period is an appointment already
            tasks_by_account.setdefault(task.account_id, []).append(task)
    for status in overview.statuses:
        for task in tasks_by_account.get(status.account.id, ()):
            if task.kind is TaskKind.LOOK_FOR_MAIL:
                appointments.extend(_mailbox_check_appointments(task, status, playbook, overview.now))
            elif task.due_at is not None or id(task) in due_task_ids:
                appointments.append(_task_appointment(task, status, _day_of_task(task, status, overview.now), playbook))
        appointments.extend(_period_end_appointments(status, playbook, holiday_lookup))
    return tuple(sorted(appointments, key=_appointment_sort_key))


def _appointment_sort_key(appointment: Appointment) -> tuple[str, str]:
    due = appointment.due
    day = due.date() if isinstance(due, datetime) else due
    return (day.isoformat(), appointment.id)


def _mailbox_check_appointments(
    task: Task, status: AccountStatus, playbook: Playbook, now: datetime
) -> Iterator[Appointment]:
    """The remaining mailbox checks; of those that are due only the newest, since one check is enough."""
    outcome = status.outcome
    if outcome is None:
        return
    since, filing, checked_at = outcome.waiting_since, outcome.newest_objection, outcome.mailbox_checked_at
    remaining = [delay for delay in MAILBOX_CHECK_DELAYS if checked_at is None or since + delay > checked_at]
    due = [delay for delay in remaining if since + delay <= now]
    for delay in (*due[-1:], *remaining[len(due) :]):
        at = since + delay
        task_then = task._replace(
            text_values={**task.text_values, "ago": MomentValue(filing.at, at)}, is_upcoming=False
        )
        yield Appointment(
            f"look-{int(delay.total_seconds()) // 3600}h.{task.account_id}.{filing.id}",
            account_name(status.account, playbook),
            task_sentence(task_then, playbook),
            at,
            is_task=True,
            account_id=task.account_id,
        )


def _task_appointment(task: Task, status: AccountStatus, day: date, playbook: Playbook) -> Appointment:
    """The appointment of a task on the day from which it is due."""
    return Appointment(
        f"{task.kind}.{task.account_id}.{task.source_id}",
        account_name(status.account, playbook),
        task_sentence(task._replace(is_upcoming=False), playbook),
        day,
        is_task=True,
        account_id=task.account_id,
        warns_early=_day_set_by_authority(task) is not None,
    )


def _day_set_by_authority(task: Task) -> date | None:
    """The day that an authority's letter sets or names, of the task to act by then; None of every other task."""
    is_with_day = task.kind in (TaskKind.AUTHORITY_SETS_DAY, TaskKind.DECISION_DAY, TaskKind.AFTER_ADVICE_DAY)
    set_day = task.text_values.get("date") if is_with_day else None
    return set_day.day if isinstance(set_day, DayValue) else None


def _day_of_task(task: Task, status: AccountStatus, now: datetime) -> date:
    """The day from which a task is due; of one for which an authority set a day, that day."""
    if (set_day := _day_set_by_authority(task)) is not None:
        return set_day
    if task.due_at is not None:
        return task.due_at.date()
    missed_period = status.outcome.missed_answer_period if status.outcome is not None else None
    if task.kind.startswith("overdue") and missed_period is not None:
        return missed_period.last_possible_day + _DAY
    for deadline, period in status.missed_deadlines:
        if deadline.started_by.id == task.source_id:
            return period.last_day + _DAY
    if task.kind in (TaskKind.OBJECT_AGAIN, TaskKind.OBJECT_ITSELF) and status.invalidation is not None:
        return status.invalidation.at.date()
    if task.kind is TaskKind.FILE_AGAIN_IN_BROWSER and status.objection_in_force is not None:
        return (status.objection_in_force.at + MAILBOX_CHECK_DELAYS[-1]).date()
    return status.since.date() if status.since is not None else now.date()


def _period_end_appointments(
    status: AccountStatus, playbook: Playbook, holiday_lookup: HolidayLookup
) -> Iterator[Appointment]:
    """The last day of each period that runs."""
    name = account_name(status.account, playbook)
    for deadline in status.deadlines:
        period = deadline.legal_period(holiday_lookup)
        if period is None or deadline.ended_by is not None or period.is_end_open or _is_missed(deadline, status):
            continue
        about = playbook.texts.sentence(f"period.{period.purpose}")
        if period.opens_right is not None:
            yield _opened_right_appointment(deadline, period, status, playbook)
            continue
        yield Appointment(
            f"period-{deadline.kind}.{status.account.id}.{deadline.started_by.id}",
            name,
            _("Last day, {account}: {period}").format(account=name, period=about),
            period.last_possible_day,
            is_task=False,
            account_id=status.account.id,
            description=" ".join(
                filter(
                    None, (_counting_note(deadline, period.first_day), doubtful_end_sentence(period, period.last_day))
                )
            ),
            follow_up=_("Ended yesterday, {account}: {period}").format(account=name, period=about),
        )


def _opened_right_appointment(
    deadline: Deadline, period: LegalPeriod, status: AccountStatus, playbook: Playbook
) -> Appointment:
    """The first day on which something is open to the person; it is no last day, so nothing is asked after it."""
    name = account_name(status.account, playbook)
    about = playbook.texts.sentence(f"period.{period.purpose}")
    return Appointment(
        f"period-{deadline.kind}.{status.account.id}.{deadline.started_by.id}",
        name,
        _("From today on, {account}: {period}").format(account=name, period=about),
        period.opens_right or period.last_day,
        is_task=False,
        account_id=status.account.id,
        description=_counting_note(deadline, period.first_day),
    )


def _counting_note(deadline: Deadline, first_day: date) -> str:
    event_day = dates.format_full_day(day_or_month_of(deadline.started_by))
    return _("Counted from {first_day}, from the entry of {day_of_entry} in the diary.").format(
        first_day=dates.format_full_day(first_day), day_of_entry=event_day
    )


def _is_missed(deadline: Deadline, status: AccountStatus) -> bool:
    return any(missed == deadline for missed, _unused in status.missed_deadlines)
