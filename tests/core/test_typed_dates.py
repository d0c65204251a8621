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


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("November", date(2026, 11, 1), NOW.date()),
        ("dezember", date(2025, 12, 1), date(2025, 12, 31)),
        ("août", date(2026, 8, 1), date(2026, 8, 31)),
    ],
)
def test_a_month_without_a_year_is_the_latest_that_has_begun(typed: str, first: date, last: date) -> None:
    assert dates.first_day_of_month(typed, NOW.date()) == first
    assert dates.last_day_of_month(typed, NOW.date()) == last


@pytest.mark.parametrize("typed", ["11", "today", "gestern", "someday", "20"])
def test_what_names_no_month_is_none_without_a_year(typed: str) -> None:
    assert dates.first_day_of_month(typed, NOW.date()) is None


@pytest.mark.parametrize("typed", ["November", "November 2026", "11.2026"])
def test_where_a_day_is_needed_a_month_is_refused_with_the_reason(typed: str) -> None:
    with pytest.raises(ValueError, match="is a month"):
        dates.parse_day(typed, NOW.date())


@pytest.mark.parametrize(
    "typed",
    [
        *("10 days ago", "ten days ago", "vor zehn Tagen", "vor 10 Tagen", "tien dagen geleden"),
        *("il y a dix jours", "hace diez días", "dieci giorni fa", "Vor  Zehn Tagen "),
    ],
)
def test_days_ago_are_read_in_each_language(typed: str) -> None:
    assert dates.parse_day(typed, NOW.date()) == date(2026, 11, 13)


def test_one_day_ago_is_yesterday() -> None:
    for typed in ("1 day ago", "one day ago", "vor einem Tag", "un giorno fa", "hace un día"):
        assert dates.parse_day(typed, NOW.date()) == date(2026, 11, 22)
