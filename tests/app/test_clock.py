"""The zone of the machine: a moment of last summer is shown as the clock on the wall showed it."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from metaoptout_tui.app.clock import MachineTimezone, system_clock, with_fixed_offset
from metaoptout_tui.app.record.diary_service import ObjectionInput
from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from samples import account, open_session, record

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot be moved to another zone")

SUMMER = timezone(timedelta(hours=1))


@pytest.fixture(autouse=True)
def in_dublin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as moved:
        moved.setenv("TZ", "Europe/Dublin")
        time.tzset()
        yield
    time.tzset()


def test_in_winter_a_summer_day_keeps_its_hour() -> None:
    november = datetime(2026, 11, 5, 12, tzinfo=MachineTimezone())
    assert dates.format_day_and_time(datetime(2026, 8, 27, 16, 30, tzinfo=SUMMER), november) == "27 Aug, 16:30"
    assert dates.format_day_and_time(datetime(2026, 10, 1, 0, 15, tzinfo=SUMMER), november) == "1 Oct, 00:15"


def test_a_typed_time_means_the_clock_on_the_wall_of_that_day() -> None:
    november = datetime(2026, 11, 5, 12, tzinfo=MachineTimezone())
    assert (
        with_fixed_offset(dates.parse_moment("2026-08-27", "16:30", november)).isoformat()
        == "2026-08-27T16:30:00+01:00"
    )
    assert (
        with_fixed_offset(dates.parse_moment("2026-11-04", "16:30", november)).isoformat()
        == "2026-11-04T16:30:00+00:00"
    )


@pytest.mark.parametrize("hour", range(4))
def test_every_moment_of_the_night_of_the_change_comes_back_as_it_was(hour: int) -> None:
    moment = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    here = moment.astimezone(MachineTimezone())
    assert here.astimezone(UTC) == moment
    assert with_fixed_offset(here).astimezone(UTC) == moment


@pytest.mark.parametrize("minutes", range(0, 240, 30))
def test_what_happened_now_is_never_in_the_future_in_the_hour_that_comes_twice(
    playbook: Playbook, minutes: int
) -> None:
    moment = datetime(2026, 10, 25, tzinfo=UTC) + timedelta(minutes=minutes)
    session = open_session(playbook, lambda: moment.astimezone(MachineTimezone()), [], record(account("facebook")))
    session.diary_service.record_objection(
        "facebook", ObjectionInput("meta-general", "anna@example.org", at=dates.parse_moment("", "", session.now()))
    )
    (filed,) = session.account("facebook").events
    assert filed.at.astimezone(UTC) == moment
    assert [task.due_at for task in session.overview().tasks][:1] == [moment + timedelta(hours=1)]


def test_what_is_settled_does_not_change_when_the_machine_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    at = with_fixed_offset(datetime(2026, 8, 27, 16, 30, tzinfo=MachineTimezone()))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    assert at.isoformat() == "2026-08-27T16:30:00+01:00"


def test_the_clock_tells_the_time_in_that_zone() -> None:
    now = system_clock()
    assert isinstance(now.tzinfo, MachineTimezone)
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)
