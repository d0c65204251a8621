"""What is due and when, for a calendar: looks at the mailbox, ends of legal periods, what waits now, the yearly check."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from metaoptout_tui.core import when
from metaoptout_tui.core.clocks import Clock
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.overview import Overview
from metaoptout_tui.core.periods import LOOKS, HolidayName
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.tasks import Task
from metaoptout_tui.core.wording import task_sentence

_MORNING = timedelta(hours=9)
_DAY = timedelta(days=1)


class Appointment(NamedTuple):
    """One thing in a calendar: a task, or where `is_task` is false a day to know of.

    `id` is the same at every export, so that a calendar replaces it; `on` is a moment, or a day where it is for a whole one.
    `alarms` are spans from the moment, or from the beginning of the day, or moments of their own.
    """

    id: str
    account: str
    summary: str
    on: date | datetime
    is_task: bool
    alarms: tuple[timedelta | datetime, ...]
    about: str = ""


def agenda(now: Overview, playbook: Playbook, holiday: HolidayName) -> tuple[Appointment, ...]:
    """Every appointment of the accounts in the overview, in the order of their days."""
    found: list[Appointment] = []
    due = {id(task) for task in now.due}
    by_account: dict[str, list[Task]] = {}
    for task in now.tasks:
        if task.what not in _TOLD_BY_PERIODS:
            by_account.setdefault(task.account, []).append(task)
    for standing in now.standings:
        for task in by_account.get(standing.account.id, ()):
            if task.what == "look-for-mail":
                found.extend(_looks(task, standing, playbook, now.now))
            elif task.on is not None or id(task) in due:
                found.append(_task(task, standing, _day(task, standing, now.now), playbook, now.now))
        found.extend(_ends(standing, playbook, holiday))
    return tuple(sorted(found, key=_order))


_TOLD_BY_PERIODS = frozenset({"await-answer"})
"""Tasks that say no more than the end of a period does."""


def _order(appointment: Appointment) -> tuple[str, str]:
    on = appointment.on
    day = on.date() if isinstance(on, datetime) else on
    return (day.isoformat(), appointment.id)


def _looks(task: Task, standing: Standing, playbook: Playbook, now: datetime) -> Iterator[Appointment]:
    """The looks that are left (facts section 9, rule 14); of those whose time has come the newest, since one look is enough."""
    became = standing.course
    if became is None:
        return
    since, filing = became.waiting, became.filing
    left = [wait for wait in LOOKS if became.looked is None or since + wait > became.looked]
    passed = [wait for wait in left if since + wait <= now]
    for wait in (*passed[-1:], *left[len(passed) :]):
        at = since + wait
        words = Task(
            "look-for-mail", task.account, task.step, 0, values={**task.values, "ago": when.ago(filing.at, at)}
        )
        yield Appointment(
            f"look-{int(wait.total_seconds()) // 3600}h.{task.account}.{filing.id}",
            account_name(standing.account, playbook),
            task_sentence(words, playbook),
            at,
            is_task=True,
            alarms=_alarms(at, now),
        )


def _task(task: Task, standing: Standing, on: date, playbook: Playbook, now: datetime) -> Appointment:
    """Something to do on a day, or since one."""
    return Appointment(
        f"{task.what}.{task.account}.{task.of}",
        account_name(standing.account, playbook),
        task_sentence(task._replace(is_later=False), playbook),
        on,
        is_task=True,
        alarms=_alarms(on, now),
    )


def _alarms(on: date | datetime, now: datetime) -> tuple[timedelta | datetime, ...]:
    """At its time, or at nine on its day; for what waits already, at nine tomorrow."""
    if isinstance(on, datetime):
        is_past, at_its_time = on <= now, timedelta()
    else:
        is_past, at_its_time = on <= now.date(), _MORNING
    if not is_past:
        return (at_its_time,)
    return (datetime.combine(now.date() + _DAY, time(), tzinfo=now.tzinfo) + _MORNING,)


def _day(task: Task, standing: Standing, now: datetime) -> date:
    """The day on which something is to be done, or from which it waits."""
    if task.on is not None:
        return task.on.date()
    silence = standing.course.silence if standing.course is not None else None
    if task.what.startswith("overdue") and silence is not None:
        return silence.last + _DAY
    for clock, period in standing.silences:
        if clock.entry.id == task.of:
            return period.last + _DAY
    if task.what == "object-again" and standing.cause is not None:
        return standing.cause.at.date()
    if task.what == "file-again-in-browser" and standing.filing is not None:
        return (standing.filing.at + LOOKS[-1]).date()
    return standing.since.date() if standing.since is not None else now.date()


def _ends(standing: Standing, playbook: Playbook, holiday: HolidayName) -> Iterator[Appointment]:
    """The last day of each period that runs, with an alarm before it and one for the day on which it has passed."""
    name = account_name(standing.account, playbook)
    for clock in standing.clocks:
        period = clock.period(holiday)
        if period is None or clock.ended is not None or clock.is_unsettled or _is_silent(clock, standing):
            continue
        yield Appointment(
            f"period-{clock.rule}.{standing.account.id}.{clock.entry.id}",
            name,
            f"Last day, {name}: {playbook.texts.say(f'period.{clock.rule}')}",
            period.last,
            is_task=False,
            alarms=(_MORNING - _DAY, _MORNING + _DAY),
            about=_counted(clock, period.begins),
        )


def _counted(clock: Clock, begins: date) -> str:
    return (
        f"Counted from {when.full_day(begins)}, from the entry of {when.full_day(clock.entry.at.date())} in the diary."
    )


def _is_silent(clock: Clock, standing: Standing) -> bool:
    return any(each == clock for each, _ in standing.silences)
