"""Renders the appointments of a case as an iCalendar file (RFC 5545)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event, Todo

from metaoptout_tui.core.case_file.case import Case
from metaoptout_tui.core.language.translation import language_in_use
from metaoptout_tui.core.objection.agenda import Appointment

_ONE_DAY = timedelta(days=1)
_SHORT_TIME = timedelta(minutes=15)
_NINE_O_CLOCK = time(9)
_NINE_THE_DAY_BEFORE = timedelta(hours=-15)
_ONE_WEEK = timedelta(days=7)
_NINE_A_WEEK_BEFORE = timedelta(hours=9) - _ONE_WEEK
_SAFE_UID = re.compile(r"[A-Za-z0-9.-]{1,200}")


def render_case_calendar(case: Case) -> bytes:
    """The calendar in UTF-8. An appointment keeps its UID in every export, so that importing again does not double it.

    What waits is a task and, since many calendars take no tasks, a day too, which alone has the alarm; no alarm comes
    after its appointment began. What an earlier calendar had and is settled now is cancelled under its UID.
    Moments are in UTC and days have no zone, so that the file needs no time zone definitions.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//metaoptout-tui//case file//{language_in_use().upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for appointment in case.appointments:
        for component in _components_of(appointment, case, _time_to_show(appointment.due, case.made_at)):
            calendar.add_component(component)
    for appointment in case.settled_appointments:
        for component in _components_of(appointment, case, appointment.due):
            component.pop("status", None)
            component.add("status", "CANCELLED")
            component.subcomponents.clear()
            calendar.add_component(component)
    return bytes(calendar.to_ical(sorted=True))


def _components_of(appointment: Appointment, case: Case, shown_at: date | datetime) -> Iterator[Event | Todo]:
    """A task with its day, `shown_at`; or the last day of a period with the moment to ask what came of it."""
    if appointment.is_task:
        task = Todo()
        _add_common_lines(task, appointment.id, appointment.summary, appointment, case)
        task.add("due", _in_utc(appointment.due))
        task.add("status", "NEEDS-ACTION")
        yield task
        yield _event(f"day-{appointment.id}", appointment.summary, shown_at, appointment, case)
        return
    yield _event(appointment.id, appointment.summary, appointment.due, appointment, case)
    if not appointment.follow_up:
        return
    asked_at = datetime.combine(appointment.due + _ONE_DAY, _NINE_O_CLOCK, tzinfo=case.made_at.tzinfo)
    yield _event(f"after-{appointment.id}", appointment.follow_up, asked_at, appointment, case)


def _time_to_show(due: date | datetime, made_at: datetime) -> date | datetime:
    """When a task stands in the calendar: at its time, or at nine tomorrow where it waits already."""
    is_waiting = due <= made_at if isinstance(due, datetime) else due <= made_at.date()
    return datetime.combine(made_at.date() + _ONE_DAY, _NINE_O_CLOCK, tzinfo=made_at.tzinfo) if is_waiting else due


def _event(id: str, summary: str, start: date | datetime, appointment: Appointment, case: Case) -> Event:
    """A whole day with an alarm at nine the day before, perhaps a week before too; or a moment with one when it comes."""
    event = Event()
    _add_common_lines(event, id, summary, appointment, case)
    is_moment = isinstance(start, datetime)
    event.add("dtstart", _in_utc(start))
    event.add("dtend", _in_utc(start + (_SHORT_TIME if is_moment else _ONE_DAY)))
    event.add("transp", "TRANSPARENT")
    triggers = [timedelta() if is_moment else _NINE_THE_DAY_BEFORE]
    if appointment.warns_early and not is_moment and start - _ONE_WEEK > case.made_at.date():
        triggers.insert(0, _NINE_A_WEEK_BEFORE)
    for trigger in triggers:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", trigger)
        event.add_component(alarm)
    return event


def _add_common_lines(component: Event | Todo, id: str, summary: str, appointment: Appointment, case: Case) -> None:
    """Add what a task and a day have in common."""
    made_at = case.made_at.astimezone(UTC).replace(microsecond=0)
    component.add("uid", f"{_uid_part(id)}@metaoptout-tui.invalid")
    component.add("dtstamp", made_at)
    # It grows from one export to the next, so that a calendar takes the newer one.
    component.add("sequence", int(made_at.timestamp()) // 60)
    component.add("summary", summary)
    component.add(
        "description",
        "\n".join(part for part in (appointment.account_name, appointment.description, case.preface[0]) if part),
    )
    component.add("class", "PRIVATE")


def _in_utc(due: date | datetime) -> date | datetime:
    return due.astimezone(UTC).replace(microsecond=0) if isinstance(due, datetime) else due


def _uid_part(id: str) -> str:
    """The id, or a digest of it where calendars may not accept its characters."""
    return id if _SAFE_UID.fullmatch(id) else sha256(id.encode("utf-8", "replace")).hexdigest()[:40]
