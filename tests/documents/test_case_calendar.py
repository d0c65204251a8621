"""The calendar of a case, read back by the library that wrote it, by another one, and line by line by the standard."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given, settings

from exhaustive import examples
from generated_diaries import records
from metaoptout_tui.core.case_file.case import Case
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.documents.case_calendar import render_case_calendar
from sample_case import HOSTILE, case, full_record
from samples import NOW, account, at, entry, record

WAITING = record(account("facebook", entry("filed", at(0, hours=2), email="anna@example.org"), hub=""))
NASTY = "a,b;c\\d \\n e:f “é”"


def calendar(progress: Record | None = None, now: datetime = NOW, *, before: Collection[Case] = ()) -> bytes:
    """The calendar of somebody who wrote those of the cases `before`."""
    exported = {appointment.digest for each in before for appointment in each.appointments}
    return render_case_calendar(case(progress, now, exported=exported))


def parts(data: bytes) -> list[Any]:
    """The appointments as icalendar reads them."""
    return [each for each in icalendar.Calendar.from_ical(data).walk() if each.name in ("VEVENT", "VTODO")]


def wanted(data: bytes) -> list[Any]:
    """The appointments that are not cancelled."""
    return [each for each in parts(data) if str(each.get("STATUS", "")) != "CANCELLED"]


def cancelled(data: bytes) -> set[str]:
    """The UIDs that are cancelled."""
    return {str(each["UID"]) for each in parts(data) if str(each.get("STATUS", "")) == "CANCELLED"}


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


def test_the_looks_that_are_left_are_tasks_at_their_moment_and_days_with_an_alarm() -> None:
    found = {str(each["UID"]).split(".")[0]: each for each in parts(calendar(WAITING))}
    for hours in (1, 24, 72):
        look, day = found[f"look-{hours}h"], found[f"day-look-{hours}h"]
        assert (look.name, day.name) == ("VTODO", "VEVENT")
        due = (NOW + timedelta(hours=hours - 2)).astimezone(UTC)
        assert look["DUE"].dt == due
        assert look.walk("VALARM") == []
        [alarm] = day.walk("VALARM")
        assert alarm["TRIGGER"].dt == timedelta()
        # What waits already stands at nine tomorrow.
        assert day["DTSTART"].dt == (datetime(2026, 11, 24, 8, 0, tzinfo=UTC) if hours == 1 else due)


def test_of_looks_whose_time_has_come_one_is_left_and_none_after_a_later_look_in_vain() -> None:
    def looks(progress: Record) -> list[str]:
        uids = (str(each["UID"]).split(".")[0] for each in wanted(calendar(progress)))
        return sorted(uid for uid in uids if uid.startswith("look"))

    assert looks(record(account("facebook", entry("filed", at(2)), hub=""))) == ["look-24h", "look-72h"]
    looked = record(account("facebook", entry("filed", at(2)), entry("answer-missing", at(0.5)), hub=""))
    assert looks(looked) == ["look-72h"]


def test_the_last_day_of_a_period_is_a_whole_day_and_the_next_morning_asks_what_came() -> None:
    month, after = by_uid(calendar(WAITING), "period-answer"), by_uid(calendar(WAITING), "after-period-answer")
    assert month.name == after.name == "VEVENT"
    assert (month["DTSTART"].dt, month["DTEND"].dt) == (date(2026, 12, 23), date(2026, 12, 24))
    assert month["DTSTART"].params["VALUE"] == "DATE"
    assert month["TRANSP"] == "TRANSPARENT"
    assert [alarm["TRIGGER"].dt for alarm in month.walk("VALARM")] == [timedelta(hours=-15)]
    assert after["DTSTART"].dt == datetime(2026, 12, 24, 8, 0, tzinfo=UTC)
    assert str(after["SUMMARY"]).startswith("Ended yesterday, Facebook")


def answered_later(progress: Record) -> Record:
    """The record before its last entry."""
    [only] = progress.accounts
    return progress.with_account(replace(only, events=only.events[:-1]))


def test_the_day_from_which_a_court_can_be_asked_is_a_beginning_and_nothing_asks_what_ended() -> None:
    complained = record(account("facebook", entry("filed", at(60)), entry("complained", at(20)), hub=""))
    court = by_uid(calendar(complained), "period-authority")
    assert court["DTSTART"].dt == date(2027, 2, 4)
    assert str(court["SUMMARY"]).startswith("From today on, Facebook")
    assert not [each for each in wanted(calendar(complained)) if str(each["UID"]).startswith("after-period-authority")]


def test_the_day_from_which_a_court_can_be_asked_is_taken_out_of_the_calendar_once_the_authority_wrote() -> None:
    letter = entry("authority-wrote", at(1), says="passed-on")
    events = (entry("filed", at(60)), entry("complained", at(20)), letter)
    progress = record(account("facebook", *events, hub=""))
    earlier = case(answered_later(progress), at(5))
    assert any(uid.startswith("period-authority.") for uid in cancelled(calendar(progress, before=[earlier])))
    assert not [each for each in wanted(calendar(progress)) if "period" in str(each["UID"])]


def test_the_day_that_an_authority_sets_stands_in_the_calendar() -> None:
    letter = entry("authority-wrote", at(1), **{"says": "asks", "answer-by": date(2026, 12, 15)})
    events = (entry("filed", at(60)), entry("complained", at(20)), letter)
    task = by_uid(calendar(record(account("facebook", *events, hub=""))), "authority-sets-day")
    assert task["DUE"].dt == date(2026, 12, 15)


def test_a_period_that_was_answered_is_cancelled_and_one_that_ran_out_is_a_task_and_a_day() -> None:
    answered = record(account("facebook", entry("filed", at(9)), entry("refused", at(2)), hub=""))
    assert not [each for each in wanted(calendar(answered)) if "period" in str(each["UID"])]
    earlier = case(answered_later(answered), at(5))
    assert any(uid.startswith("period-answer.") for uid in cancelled(calendar(answered, before=[earlier])))
    late = calendar(record(account("facebook", entry("filed", at(100)), hub="")))
    silent, day = by_uid(late, "overdue"), by_uid(late, "day-overdue")
    assert (silent.name, silent["DUE"].dt, silent["STATUS"]) == ("VTODO", date(2026, 9, 16), "NEEDS-ACTION")
    assert (day.name, day["DTSTART"].dt) == ("VEVENT", datetime(2026, 11, 24, 8, 0, tzinfo=UTC))


def test_the_yearly_check_is_a_task_and_a_whole_day() -> None:
    check, day = by_uid(calendar(WAITING), "recheck"), by_uid(calendar(WAITING), "day-recheck")
    assert check["DUE"].dt == day["DTSTART"].dt == date(2027, 11, 23)
    assert [alarm["TRIGGER"].dt for alarm in day.walk("VALARM")] == [timedelta(hours=-15)]


@settings(max_examples=examples(45))
@given(records())
def test_what_waits_is_a_task_and_a_day_and_no_alarm_comes_after_its_day_began(progress: Record) -> None:
    data = calendar(progress)
    uids = [str(each["UID"]) for each in parts(data)]
    assert len(set(uids)) == len(uids)
    for each in parts(data):
        if each.name == "VTODO":
            assert f"day-{each['UID']}" in uids or len(str(each["UID"])) == _LENGTH_OF_DIGEST
            assert each.walk("VALARM") == []
        for alarm in each.walk("VALARM"):
            assert alarm["TRIGGER"].dt <= timedelta()


_LENGTH_OF_DIGEST = 40 + len("@metaoptout-tui.invalid")


def step_by_step(*events: Event) -> list[bytes]:
    """The calendars of somebody who exports after each entry."""
    before: list[Case] = []
    calendars = []
    for count in range(len(events)):
        progress = record(account("facebook", *events[: count + 1], hub=""))
        now = events[count].at + timedelta(minutes=5)
        calendars.append(calendar(progress, now, before=before))
        before.append(case(progress, now))
    return calendars


def test_the_first_calendar_cancels_nothing_whatever_was_settled_before() -> None:
    assert cancelled(calendar()) == set()
    filed = entry("filed", at(40))
    corrected = entry("date-corrected", at(20), entry=filed.id, to=at(45))
    settled = record(account("facebook", filed, corrected, entry("confirmed-by-mail", at(1)), hub=""))
    assert cancelled(calendar(settled)) == set()


def test_only_what_a_calendar_had_is_cancelled() -> None:
    first, second = entry("filed", at(60)), entry("filed", at(30))
    both = record(account("facebook", first, hub=""), account("instagram", second, hub=""))
    done = record(
        account("facebook", first, entry("confirmed-by-mail", at(9)), hub=""),
        account("instagram", second, entry("confirmed-by-mail", at(9)), hub=""),
    )
    of_one = case(both, at(29), account="instagram")
    gone = cancelled(calendar(done, before=[of_one]))
    assert gone
    assert not any("facebook" in uid for uid in gone)


def test_what_is_settled_is_cancelled_under_the_same_uid_in_the_next_export() -> None:
    exports = step_by_step(
        entry("filed", at(60)),
        entry("more-asked", at(40), for_="reason"),
        entry("answered", at(39)),
        entry("reminded", at(20)),
        entry("complained", at(10)),
        entry("confirmed-by-mail", at(1)),
    )
    seen: set[str] = set()
    for data in exports:
        here = {str(each["UID"]) for each in wanted(data)}
        assert seen - here <= cancelled(data)
        assert not here & cancelled(data)
        seen |= here


def test_what_time_alone_settled_is_cancelled_too() -> None:
    filed = record(account("facebook", entry("filed", at(40)), hub=""))
    early, late = calendar(filed, at(39)), calendar(filed, at(2), before=[case(filed, at(39))])
    gone = {str(each["UID"]) for each in wanted(early)} - {str(each["UID"]) for each in wanted(late)}
    assert any(uid.startswith("look-") for uid in gone)
    assert gone <= cancelled(late)
    assert parts(late)[0]["SEQUENCE"] > parts(early)[0]["SEQUENCE"]


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
    days = {each.uid.value.split(".")[0]: each.dtstart.value for each in read.contents["vevent"]}
    assert days["period-answer"] == date(2026, 12, 23)
    assert days["day-look-24h"] == NOW + timedelta(hours=22)


def test_without_anything_due_it_is_an_empty_calendar_that_can_be_read() -> None:
    assert parts(calendar(Record())) == []
    assert vobject.readOne(calendar(Record()).decode()).name == "VCALENDAR"


@pytest.mark.parametrize(("set_day", "alarms"), [("2026-12-24", 2), ("2026-11-28", 1)])
def test_a_day_that_an_authority_names_has_an_alarm_a_week_before_where_there_is_time(
    set_day: str, alarms: int
) -> None:
    letter = entry("authority-wrote", at(1), says="asks", **{"answer-by": date.fromisoformat(set_day)})
    complained = entry("complained", at(20), authority="AP")
    made = calendar(record(account("facebook", entry("filed", at(100)), complained, letter, hub="")))
    triggers = [alarm["TRIGGER"].dt for alarm in by_uid(made, "day-authority-sets-day").walk("VALARM")]
    assert triggers == [timedelta(days=-7, hours=9), timedelta(hours=-15)][-alarms:]
