"""The calendar of a case, read back by the library that wrote it, by another one, and line by line by the standard."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import vobject

from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.documents.case_renderers import render_case_calendar
from sample_case import HOSTILE, case, full_record
from samples import NOW, account, at, entry, record

WAITING = record(account("facebook", entry("filed", at(0, hours=2), email="anna@example.org"), hub=""))
NASTY = "a,b;c\\d \\n e:f “é”"


def calendar(progress: Record | None = None, now: datetime = NOW) -> bytes:
    return render_case_calendar(case(progress, now))


def parts(data: bytes) -> list[Any]:
    """The appointments as icalendar reads them."""
    return [each for each in icalendar.Calendar.from_ical(data).walk() if each.name in ("VEVENT", "VTODO")]


def by_uid(data: bytes, start: str) -> Any:
    [found] = [each for each in parts(data) if str(each["UID"]).startswith(start)]
    return found


def test_every_line_is_one_of_the_standard() -> None:
    data = calendar(full_record(HOSTILE))
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()  # never cut within a character
    open_parts: list[str] = []
    for whole in data[:-2].replace(b"\r\n ", b"").decode().split("\r\n"):
        found = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", whole)
        assert found, whole
        name, _, value = found.groups()
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value)
        if name == "BEGIN":
            open_parts.append(value)
        elif name == "END":
            assert open_parts.pop() == value
        elif name in ("SUMMARY", "DESCRIPTION"):
            assert re.fullmatch(r"(?:[^\\,;]|\\[\\,;nN])*", value), value
    assert open_parts == []


def test_the_looks_that_are_left_are_tasks_at_their_moment_with_an_alarm() -> None:
    found = {str(each["UID"]).split(".")[0]: each for each in parts(calendar(WAITING))}
    for hours in (1, 24, 72):
        look = found[f"look-{hours}h"]
        assert look.name == "VTODO"
        assert look["DUE"].dt == (NOW + timedelta(hours=hours - 2)).astimezone(UTC)
        [alarm] = look.walk("VALARM")
        if hours == 1:  # it waits already, so its alarm is at nine tomorrow
            assert alarm["TRIGGER"].dt == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
        else:
            assert alarm["TRIGGER"].dt == timedelta()
            assert alarm["TRIGGER"].params["RELATED"] == "END"


def test_of_looks_whose_time_has_come_one_is_left_and_none_after_a_later_look_in_vain() -> None:
    late = record(account("facebook", entry("filed", at(2)), hub=""))
    looks = [str(each["UID"]).split(".")[0] for each in parts(calendar(late)) if "look" in str(each["UID"])]
    assert sorted(looks) == ["look-24h", "look-72h"]
    looked = record(account("facebook", entry("filed", at(2)), entry("answer-missing", at(0.5)), hub=""))
    looks = [str(each["UID"]).split(".")[0] for each in parts(calendar(looked)) if "look" in str(each["UID"])]
    assert looks == ["look-72h"]


def test_the_last_day_of_a_period_is_a_whole_day_with_an_alarm_before_and_after() -> None:
    month = by_uid(calendar(WAITING), "period-answer")
    assert month.name == "VEVENT"
    assert (month["DTSTART"].dt, month["DTEND"].dt) == (date(2026, 12, 23), date(2026, 12, 24))
    assert month["DTSTART"].params["VALUE"] == "DATE"
    assert month["TRANSP"] == "TRANSPARENT"
    alarms = [alarm["TRIGGER"].dt for alarm in month.walk("VALARM")]
    assert alarms == [timedelta(hours=-15), timedelta(hours=33)]


def test_a_period_that_was_answered_is_no_appointment_and_one_that_ran_out_is_a_task() -> None:
    answered = record(account("facebook", entry("filed", at(9)), entry("refused", at(2)), hub=""))
    assert not [each for each in parts(calendar(answered)) if "period" in str(each["UID"])]
    silent = by_uid(calendar(record(account("facebook", entry("filed", at(100)), hub=""))), "overdue")
    assert (silent.name, silent["DUE"].dt, silent["STATUS"]) == ("VTODO", date(2026, 9, 16), "NEEDS-ACTION")


def test_the_yearly_check_is_a_task_for_a_whole_day() -> None:
    check = by_uid(calendar(WAITING), "recheck")
    assert check["DUE"].dt == date(2027, 11, 23)
    assert [alarm["TRIGGER"].dt for alarm in check.walk("VALARM")] == [timedelta(hours=9)]


def test_the_same_appointment_has_the_same_uid_tomorrow_and_its_stamp_is_the_moment_given() -> None:
    today, later = calendar(WAITING), calendar(WAITING, NOW + timedelta(hours=3))
    assert {str(each["UID"]) for each in parts(today)} == {str(each["UID"]) for each in parts(later)}
    assert len({str(each["UID"]) for each in parts(today)}) == len(parts(today))
    assert {each["DTSTAMP"].dt for each in parts(today)} == {NOW.astimezone(UTC)}


def test_an_id_that_no_calendar_takes_is_replaced_by_a_digest() -> None:
    odd = record(account("facebook", entry("filed", at(1))._replace(id="a\nb,;c"), hub=""))
    for each in parts(calendar(odd)):
        assert re.fullmatch(r"[A-Za-z0-9.-]+@metaoptout-tui\.invalid", str(each["UID"]))


@pytest.mark.parametrize("words", [NASTY, HOSTILE, "x" * 300, "ü" * 200])
def test_another_reader_reads_the_same(words: str) -> None:
    progress = record(account("facebook", entry("filed", at(1), email=words), hub="", email=words))
    data = calendar(progress)
    read = vobject.readOne(data.decode())
    theirs = {each.uid.value: each.summary.value for each in read.components() if each.name in ("VTODO", "VEVENT")}
    assert theirs == {str(each["UID"]): str(each["SUMMARY"]) for each in parts(data)}
    if words == NASTY:
        assert any(NASTY in summary for summary in theirs.values())


def test_another_reader_tells_whole_days_from_moments() -> None:
    read = vobject.readOne(calendar(WAITING).decode())
    due = {each.uid.value.split(".")[0]: each.due.value for each in read.contents["vtodo"]}
    assert due["look-24h"] == NOW + timedelta(hours=22)
    assert due["recheck"] == date(2027, 11, 23)
    [event] = read.contents["vevent"]
    assert event.dtstart.value == date(2026, 12, 23)
    assert len(event.contents["valarm"]) == 2


def test_without_anything_due_it_is_an_empty_calendar_that_can_be_read() -> None:
    assert parts(calendar(Record())) == []
    assert vobject.readOne(calendar(Record()).decode()).name == "VCALENDAR"
