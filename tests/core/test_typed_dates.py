"""A date that a person types: which moments have come, and how a month is read."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from metaoptout_tui.core import dates

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize("ahead", [timedelta(days=-400), timedelta(), timedelta(minutes=2)])
def test_what_has_come_is_taken_and_a_clock_may_be_two_minutes_behind(ahead: timedelta) -> None:
    assert dates.why_in_future(NOW + ahead, NOW) == ""
    assert dates.why_in_future((NOW + ahead).astimezone(UTC), NOW) == ""


def test_what_has_not_come_is_refused_with_how_it_was_understood() -> None:
    told = "23 Nov 2026, 10:03 is in the future. Write when it happened."
    assert dates.why_in_future(NOW + timedelta(minutes=3), NOW) == told


@pytest.mark.parametrize("typed", ["Aug 2025", "2025-08", "8/2025", "agosto de 2025", "aug., 2025"])
def test_a_month_is_read_in_each_way_it_is_written(typed: str) -> None:
    assert dates.first_day_of_month(typed) == date(2025, 8, 1)
    assert dates.last_day_of_month(typed, NOW.date()) == date(2025, 8, 31)


def test_a_day_is_no_month() -> None:
    assert dates.first_day_of_month("2025-08-03") is None
    assert dates.parse_day("Aug 3, 2025", NOW.date()) == date(2025, 8, 3)
