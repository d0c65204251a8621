"""Legal periods of the UK against a count of its own, with its own holidays, and what holds for all questions of Meta."""

from bisect import bisect_left
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhaustive import parametrize_some
from metaoptout_tui.core.objection.legal_periods import (
    Extension,
    MetaQuestion,
    acknowledgement_period,
    answer_period,
    months_after,
    receipt_of,
)
from metaoptout_tui.guidance.loader import public_holiday_name


def easter(year: int) -> date:
    """Easter Sunday, by Gauss's rule as Lichtenberg completed it."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    golden = year % 19
    seed = (19 * golden + moon) % 30
    shift = (seed + golden // 11) // 29
    full_moon = 21 + seed - shift
    sun = 2 - (3 * century + 3) // 4
    first_sunday = 7 - (year + year // 4 + sun) % 7
    march = full_moon + 7 - (full_moon - first_sunday) % 7
    return date(year, 3, 1) + timedelta(days=march - 1)


def bank_holidays(year: int) -> set[date]:
    """Bank holidays of England and Wales in an ordinary year, with the substitutes for those on a weekend."""
    monday = [date(year, 5, day) for day in range(1, 32) if date(year, 5, day).weekday() == 0]
    august = [date(year, 8, day) for day in range(1, 32) if date(year, 8, day).weekday() == 0]
    free = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1), monday[0], monday[-1], august[-1]}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while day.weekday() > 4 or day in free:
            day += timedelta(days=1)
        free.add(day)
    return free


UK_FREE_DAYS = {day for year in range(2026, 2033) for day in bank_holidays(year)}
UK_WORKING_DAYS = [
    day
    for day in (date(2026, 6, 19) + timedelta(days=number) for number in range(365 * 6))
    if day.weekday() < 5 and day not in UK_FREE_DAYS
]


def next_uk_working_day(day: date) -> date:
    return UK_WORKING_DAYS[bisect_left(UK_WORKING_DAYS, day)]


EVERY_DAY_OF_FIVE_YEARS = [date(2026, 6, 19) + timedelta(days=number) for number in range(5 * 365)]


def test_thirty_days_to_acknowledge_are_the_same_when_somebody_else_counts_them() -> None:
    for came in EVERY_DAY_OF_FIVE_YEARS:
        thirtieth = [came + timedelta(days=number) for number in range(1, 31)][-1]
        period = acknowledgement_period("uk-gdpr", receipt_of(came), public_holiday_name)
        assert period is not None
        assert period.last_day == next_uk_working_day(thirtieth), came


def corresponding_day(day: date, months: int) -> date:
    """The corresponding date so many months later, found by going there day by day."""
    month_numbers = [(day.month - 1 + months) % 12 + 1]
    later = day
    while later.month not in month_numbers or (later - day).days < 28 * months - 3:
        later += timedelta(days=1)
    while later.day < day.day and (later + timedelta(days=1)).month == later.month:
        later += timedelta(days=1)
    return later


@pytest.mark.parametrize("is_for_identity", [True, False])
@parametrize_some(2, "days_open", [0, 1, 6, 40])
def test_a_month_in_the_uk_with_one_question_is_the_same_when_somebody_else_counts_it(
    days_open: int,
    is_for_identity: bool,  # noqa: FBT001 - a column of the table
) -> None:
    for came in EVERY_DAY_OF_FIVE_YEARS[::3]:
        asked = came + timedelta(days=came.toordinal() % 25)
        answered = asked + timedelta(days=days_open)
        if is_for_identity:
            end = corresponding_day(answered, 1)
        else:
            end = corresponding_day(came, 1) + timedelta(days=days_open + 1)
        question = MetaQuestion(asked, answered, is_for_identity)
        period = answer_period("uk-gdpr", receipt_of(came), public_holiday_name, None, (question,))
        assert period is not None
        assert period.last_day == next_uk_working_day(end), (came, question)


QUESTIONS = st.lists(
    st.builds(
        lambda asked, days, is_for_identity: MetaQuestion(
            date(2027, 1, 1) + timedelta(days=asked),
            None if days is None else date(2027, 1, 1) + timedelta(days=asked + days),
            is_for_identity,
        ),
        st.integers(0, 120),
        st.one_of(st.none(), st.integers(0, 60)),
        st.booleans(),
    ),
    max_size=4,
).map(tuple)


@given(QUESTIONS, st.sampled_from(["gdpr", "uk-gdpr"]), st.one_of(st.none(), st.integers(0, 120)))
def test_a_question_never_brings_the_end_nearer_and_their_order_in_the_file_does_not_matter(
    meta_questions: tuple[MetaQuestion, ...], law: str, announced: int | None
) -> None:
    receipt = receipt_of(date(2027, 1, 1))
    extension = Extension(date(2027, 1, 1) + timedelta(days=announced)) if announced is not None else None
    plain = answer_period(law, receipt, public_holiday_name, extension)
    asked = answer_period(law, receipt, public_holiday_name, extension, meta_questions)
    turned = answer_period(law, receipt, public_holiday_name, extension, meta_questions[::-1])
    assert plain is not None
    assert asked is not None
    assert turned is not None
    assert asked.last_day >= plain.last_day
    assert (asked.last_day, asked.is_on_hold, asked.extension_defect) == (
        turned.last_day,
        turned.is_on_hold,
        turned.extension_defect,
    )
    assert months_after(asked.first_day, 1) <= asked.last_day
    assert asked.is_on_hold == any(
        step.statement.startswith(("identity-open", "pause-open")) for step in asked.calculation
    )
