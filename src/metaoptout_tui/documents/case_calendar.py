"""What is due, as an iCalendar file (RFC 5545): tasks and days, each with its alarms."""

import re
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event, Todo

from metaoptout_tui.core.case_file.case import Case
from metaoptout_tui.core.objection.agenda import Appointment

_ONE_DAY = timedelta(days=1)
_SAFE_UID = re.compile(r"[A-Za-z0-9.-]{1,200}")


def render_case_calendar(case: Case) -> bytes:
    """The calendar in UTF-8. An appointment has the same UID in every export of its record, so that it is replaced, not doubled.

    Moments are in UTC, days are whole and float, so that no time zone has to be told.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//metaoptout-tui//case file//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for appointment in case.appointments:
        calendar.add_component(_calendar_component(appointment, case))
    return bytes(calendar.to_ical(sorted=True))


def _calendar_component(appointment: Appointment, case: Case) -> Event | Todo:
    made = Todo() if appointment.is_task else Event()
    made.add("uid", f"{_uid_part(appointment.id)}@metaoptout-tui.invalid")
    made.add("dtstamp", case.made_at.astimezone(UTC).replace(microsecond=0))
    made.add("summary", appointment.summary)
    made.add(
        "description",
        "\n".join(part for part in (appointment.account_name, appointment.description, case.preface[0]) if part),
    )
    made.add("class", "PRIVATE")
    on = appointment.due
    at: date | datetime = on.astimezone(UTC).replace(microsecond=0) if isinstance(on, datetime) else on
    if appointment.is_task:
        made.add("due", at)
        made.add("status", "NEEDS-ACTION")
    else:
        made.add("dtstart", at)
        made.add("dtend", at + _ONE_DAY)
        made.add("transp", "TRANSPARENT")
    for alarm in appointment.alarms:
        made.add_component(_calendar_alarm(alarm, appointment))
    return made


def _calendar_alarm(alarm: timedelta | datetime, appointment: Appointment) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", appointment.summary)
    if isinstance(alarm, datetime):
        made.add("trigger", alarm.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    else:
        # A task has only an end, which a trigger counts from only where it says so.
        made.add("trigger", alarm, parameters={"RELATED": "END"} if appointment.is_task else {})
    return made


def _uid_part(id: str) -> str:
    """The id as it is where every calendar takes it, else a digest of it."""
    return id if _SAFE_UID.fullmatch(id) else sha256(id.encode("utf-8", "replace")).hexdigest()[:40]
