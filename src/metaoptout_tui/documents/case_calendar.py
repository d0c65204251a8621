"""The appointments of the case file as an iCalendar file (RFC 5545), each with its alarms."""

import re
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event, Todo

from metaoptout_tui.core.case_file.case import Case
from metaoptout_tui.core.objection.agenda import Appointment

_ONE_DAY = timedelta(days=1)
_SAFE_UID = re.compile(r"[A-Za-z0-9.-]{1,200}")


def render_case_calendar(case: Case) -> bytes:
    """The calendar in UTF-8. An appointment keeps its UID in every export, so that importing again does not double it.

    Moments are in UTC and days have no zone, so that the file needs no time zone definitions.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//metaoptout-tui//case file//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for appointment in case.appointments:
        calendar.add_component(_calendar_component(appointment, case))
    return bytes(calendar.to_ical(sorted=True))


def _calendar_component(appointment: Appointment, case: Case) -> Event | Todo:
    component = Todo() if appointment.is_task else Event()
    component.add("uid", f"{_uid_part(appointment.id)}@metaoptout-tui.invalid")
    component.add("dtstamp", case.made_at.astimezone(UTC).replace(microsecond=0))
    component.add("summary", appointment.summary)
    component.add(
        "description",
        "\n".join(part for part in (appointment.account_name, appointment.description, case.preface[0]) if part),
    )
    component.add("class", "PRIVATE")
    due: date | datetime = appointment.due
    if isinstance(due, datetime):
        due = due.astimezone(UTC).replace(microsecond=0)
    if appointment.is_task:
        component.add("due", due)
        component.add("status", "NEEDS-ACTION")
    else:
        component.add("dtstart", due)
        component.add("dtend", due + _ONE_DAY)
        component.add("transp", "TRANSPARENT")
    for alarm in appointment.alarms:
        component.add_component(_calendar_alarm(alarm, appointment))
    return component


def _calendar_alarm(alarm: timedelta | datetime, appointment: Appointment) -> Alarm:
    component = Alarm()
    component.add("action", "DISPLAY")
    component.add("description", appointment.summary)
    if isinstance(alarm, datetime):
        component.add("trigger", alarm.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    else:
        # A task has no start, so its trigger must say that it counts from the end.
        component.add("trigger", alarm, parameters={"RELATED": "END"} if appointment.is_task else {})
    return component


def _uid_part(id: str) -> str:
    """The id, or a digest of it where calendars may not accept its characters."""
    return id if _SAFE_UID.fullmatch(id) else sha256(id.encode("utf-8", "replace")).hexdigest()[:40]
