"""Legal periods against ends worked out by hand, and the laws that no count may break.

The law behind each count: guidance/README.md, How periods are counted.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.deadlines import calculation_lines, period_sureness
from metaoptout_tui.core.objection.legal_periods import (
    PERIOD_STATEMENTS,
    Extension,
    LegalPeriod,
    acknowledgement_period,
    answer_period,
    authority_period,
    information_period,
    receipt_of,
)
from metaoptout_tui.guidance.loader import public_holiday_name


def on(written: str) -> date:
    return date.fromisoformat(written)


# Art. 12(3) GDPR: received, last day, and the rule that decides it. Holidays are those of Ireland (1182/71 Art. 2(1)).
ANSWER_EEA = [
    ("2024-03-05", "2024-04-05", "3(2)(c): the same number in the next month, a Friday"),
    ("2025-03-05", "2025-04-07", "3(4): 5 April is a Saturday"),
    ("2026-03-05", "2026-04-07", "3(4): 5 April is Easter Sunday, the 6th Easter Monday"),
    ("2025-01-31", "2025-02-28", "3(2)(c): no 31 February, so the month's last day, a Friday"),
    ("2024-01-31", "2024-02-29", "3(2)(c): leap year, a Thursday"),
    ("2028-01-31", "2028-02-29", "3(2)(c): leap year, a Tuesday"),
    ("2024-01-30", "2024-02-29", "3(2)(c): no 30 February"),
    ("2024-01-29", "2024-02-29", "3(2)(c): the 29th is there in a leap year"),
    ("2026-01-31", "2026-03-02", "3(2)(c), 3(4): 28 February is a Saturday"),
    ("2026-01-30", "2026-03-02", "3(2)(c), 3(4): 28 February is a Saturday"),
    ("2026-01-29", "2026-03-02", "3(2)(c), 3(4): 28 February is a Saturday"),
    ("2026-01-28", "2026-03-02", "3(4): 28 February is a Saturday"),
    ("2027-01-31", "2027-03-01", "3(2)(c), 3(4): 28 February is a Sunday"),
    ("2028-02-29", "2028-03-29", "3(2)(c): the 29th, not the month's last day, a Wednesday"),
    ("2026-03-31", "2026-04-30", "3(2)(c): no 31 April, a Thursday"),
    ("2026-05-31", "2026-06-30", "3(2)(c): no 31 June, a Tuesday"),
    ("2026-08-31", "2026-09-30", "3(2)(c): no 31 September, a Wednesday"),
    ("2026-10-31", "2026-11-30", "3(2)(c): no 31 November, a Monday"),
    ("2026-12-31", "2027-02-02", "3(4): 31 January is a Sunday, 1 February St Brigid's Day"),
    ("2026-01-02", "2026-02-03", "3(4): 2 February is St Brigid's Day, the first Monday"),
    ("2026-01-01", "2026-02-03", "3(4): 1 February is a Sunday, the Monday St Brigid's Day"),
    ("2025-12-31", "2026-02-03", "3(4): 31 January is a Saturday, Monday 2 February St Brigid's Day"),
    ("2024-01-05", "2024-02-06", "3(4): 5 February is St Brigid's Day, the first Monday"),
    ("2024-01-01", "2024-02-01", "3(4): 1 February is a Thursday, so St Brigid's Day is not before the 5th"),
    ("2030-01-01", "2030-02-04", "3(4): 1 February is a Friday, so it is St Brigid's Day itself"),
    ("2030-01-04", "2030-02-04", "3(4): and the first Monday is then a working day"),
    ("2026-02-17", "2026-03-18", "3(4): 17 March is St Patrick's Day, a Tuesday"),
    ("2028-02-17", "2028-03-20", "3(4): 17 March is St Patrick's Day, a Friday, then a weekend"),
    ("2024-02-17", "2024-03-18", "3(4): 17 March is a Sunday, and Ireland gives no substitute for it"),
    ("2026-03-03", "2026-04-03", "2(1): Good Friday is no public holiday in Ireland"),
    ("2026-03-04", "2026-04-07", "3(4): Easter Saturday, Sunday and Monday"),
    ("2026-03-06", "2026-04-07", "3(4): Easter Monday"),
    ("2027-02-28", "2027-03-30", "3(4): Easter Sunday and Monday"),
    ("2026-03-27", "2026-04-27", "2(1): King's Day in the Netherlands does not count, a Monday"),
    ("2026-06-14", "2026-07-14", "2(1): 14 July in France does not count, a Tuesday"),
    ("2026-04-04", "2026-05-05", "3(4): the May holiday, a Monday"),
    ("2026-05-01", "2026-06-02", "3(4): the June holiday, a Monday"),
    ("2026-07-03", "2026-08-04", "3(4): the August holiday, a Monday"),
    ("2026-09-26", "2026-10-27", "3(4): the October holiday, the last Monday"),
    ("2026-09-25", "2026-10-27", "3(4): the Sunday on which the clocks go back, then the October holiday"),
    ("2026-02-28", "2026-03-30", "3(4): a Saturday; the clocks go forward on the day between"),
    ("2026-11-25", "2026-12-28", "3(4): Christmas Day, a Friday; Ireland gives no substitute for the 26th"),
    ("2026-11-26", "2026-12-28", "3(4): St Stephen's Day, a Saturday"),
    ("2027-11-25", "2027-12-27", "3(4): Christmas Day, a Saturday; Monday the 27th is a working day in Ireland"),
    ("2028-11-25", "2028-12-27", "3(4): Christmas Day, a Monday, and St Stephen's Day"),
    ("2026-12-01", "2027-01-04", "3(4): New Year's Day, a Friday, then a weekend"),
    ("2027-12-01", "2028-01-03", "3(4): New Year's Day, a Saturday; no substitute in Ireland"),
    ("2026-11-23", "2026-12-23", "3(2)(c): a Wednesday"),
    ("2026-10-23", "2026-11-23", "3(2)(c): a Monday"),
]

# UK GDPR Art. 12(3) as the ICO reads it, bank holidays of England and Wales.
ANSWER_UK = [
    ("2026-09-03", "2026-10-05", "a Saturday"),
    ("2026-03-03", "2026-04-07", "Good Friday, a weekend, Easter Monday"),
    ("2026-02-17", "2026-03-17", "St Patrick's Day is no bank holiday in England and Wales"),
    ("2026-07-03", "2026-08-03", "the Scottish and Irish August holiday does not count"),
    ("2026-04-04", "2026-05-05", "the early May bank holiday"),
    ("2026-04-25", "2026-05-26", "the spring bank holiday"),
    ("2026-07-31", "2026-09-01", "31 August is the summer bank holiday"),
    ("2025-11-26", "2025-12-29", "Boxing Day, a Friday, then a weekend"),
    ("2026-11-25", "2026-12-29", "Christmas Day, a weekend, Monday the 28th as substitute for Boxing Day"),
    ("2027-11-25", "2027-12-29", "Saturday; substitutes on Monday the 27th and Tuesday the 28th"),
    ("2027-12-01", "2028-01-04", "New Year's Day, a Saturday, with its substitute on Monday the 3rd"),
    ("2026-01-31", "2026-03-02", "no 31 February; the 28th is a Saturday"),
    ("2028-01-31", "2028-02-29", "leap year"),
    ("2026-01-02", "2026-02-02", "St Brigid's Day is Irish only"),
]

# Received, announced, last day, whether the announcement was in time (GDPR Art. 12(3); three months in all).
EXTENDED = [
    ("gdpr", "2026-09-24", "2026-10-24", "2026-12-24", True, "within the month, whose end moved to 27 October"),
    ("gdpr", "2026-09-25", "2026-10-27", "2026-12-28", True, "on the moved end; 25 December is Christmas Day"),
    ("gdpr", "2026-09-25", "2026-10-28", "2026-10-27", False, "the day after the moved end"),
    ("gdpr", "2026-11-23", "2026-12-23", "2027-02-23", True, "on the month's end"),
    ("gdpr", "2026-11-23", "2026-12-24", "2026-12-23", False, "a day late"),
    ("gdpr", "2026-11-30", "2026-12-15", "2027-03-01", True, "no 30 February; the 28th is a Sunday"),
    ("gdpr", "2027-11-30", "2027-12-20", "2028-02-29", True, "leap year"),
    ("gdpr", "2026-01-31", "2026-02-10", "2026-04-30", True, "from receipt, not from 28 February; no 31 April"),
    ("uk-gdpr", "2026-09-28", "2026-10-05", "2026-12-29", True, "the 28th is the substitute for Boxing Day"),
    ("uk-gdpr", "2026-09-28", "2026-10-29", "2026-10-28", False, "a day late"),
]

# DPA 2018 s.164A: thirty days, the day of receipt being the first; not moved.
ACKNOWLEDGED = [
    ("2026-06-19", "2026-07-18", "the first day on which it was in force; a Saturday"),
    ("2026-12-01", "2026-12-30", "within a month of 31 days"),
    ("2027-02-01", "2027-03-02", "28 days of February and two"),
    ("2028-02-01", "2028-03-01", "29 days of February and one"),
]

# GDPR Art. 78(2): three months, holidays of the state in which the authority acts.
AUTHORITY = [
    ("NL", "2026-11-23", "2027-02-23", "a Tuesday"),
    ("NL", "2027-01-27", "2027-04-28", "King's Day, a Tuesday"),
    ("DE", "2026-07-03", "2026-10-05", "German Unity Day, a Saturday"),
    ("FR", "2026-04-14", "2026-07-15", "14 July, a Tuesday"),
    ("IT", "2026-11-30", "2027-03-01", "no 30 February; the 28th is a Sunday"),
    ("AT", "2026-07-26", "2026-10-27", "the Austrian national day, a Monday"),
    ("IE", "2026-09-26", "2026-12-28", "St Stephen's Day, a Saturday"),
    ("BE", "2027-04-02", "2027-07-02", "a Friday"),
]


@pytest.mark.parametrize(("came", "last", "rule"), ANSWER_EEA)
def test_meta_has_a_month_counted_by_regulation_1182_71(came: str, last: str, rule: str) -> None:
    period = answer_period("gdpr", receipt_of(on(came)), public_holiday_name)
    assert period is not None
    assert (period.rule, period.first_day, period.last_day, period.extension_counts) == (
        "answer",
        on(came),
        on(last),
        None,
    ), rule


@pytest.mark.parametrize(("came", "last", "rule"), ANSWER_UK)
def test_in_the_uk_the_month_is_counted_as_the_ico_reads_it(came: str, last: str, rule: str) -> None:
    period = answer_period("uk-gdpr", receipt_of(on(came)), public_holiday_name)
    assert period is not None
    assert period.last_day == on(last), rule


@pytest.mark.parametrize(("law", "came", "announced", "last", "in_time", "rule"), EXTENDED)
def test_an_extension_counts_only_when_it_was_announced_in_time(
    law: str,
    came: str,
    announced: str,
    last: str,
    in_time: bool,  # noqa: FBT001 - a column of the table
    rule: str,
) -> None:
    period = answer_period(law, receipt_of(on(came)), public_holiday_name, Extension(on(announced)))
    assert period is not None
    assert (period.last_day, period.extension_counts) == (on(last), in_time), rule


@pytest.mark.parametrize(("came", "last", "rule"), ACKNOWLEDGED)
def test_in_the_uk_a_complaint_to_meta_is_acknowledged_within_thirty_days(came: str, last: str, rule: str) -> None:
    period = acknowledgement_period("uk-gdpr", receipt_of(on(came)))
    assert period is not None
    assert period.last_day == on(last), rule


@pytest.mark.parametrize(("place", "came", "last", "rule"), AUTHORITY)
def test_an_authority_that_is_silent_for_three_months(place: str, came: str, last: str, rule: str) -> None:
    period = authority_period("gdpr", receipt_of(on(came)), public_holiday_name, place)
    assert period is not None
    assert period.last_day == on(last), rule


@pytest.mark.parametrize(("came", "last"), [("2026-11-23", "2026-12-23"), ("2027-02-01", "2027-03-03")])
def test_in_switzerland_a_question_has_thirty_days(came: str, last: str) -> None:
    period = information_period("fadp", receipt_of(on(came)), public_holiday_name)
    assert period is not None
    assert period.last_day == on(last)


def test_a_question_about_ones_data_has_the_same_month_as_an_objection() -> None:
    period = information_period("gdpr", receipt_of(on("2026-11-25")), public_holiday_name)
    assert period is not None
    assert (period.rule, period.last_day) == ("information", on("2026-12-28"))


def test_where_the_law_sets_no_period_there_is_none() -> None:
    day = receipt_of(on("2026-11-23"))
    for law in ("fadp", "lgpd", "none"):
        assert answer_period(law, day, public_holiday_name) is None
        assert authority_period(law, day, public_holiday_name, "CH") is None
    assert information_period("lgpd", day, public_holiday_name) is None
    assert authority_period("uk-gdpr", day, public_holiday_name, "GB-ENG") is None
    assert acknowledgement_period("gdpr", day) is None
    assert acknowledgement_period("uk-gdpr", receipt_of(on("2026-06-18"))) is None


def test_a_complaint_after_2_april_2027_says_that_other_rules_apply_then() -> None:
    before, after = (
        authority_period("gdpr", receipt_of(on(day)), public_holiday_name, "BE") for day in ("2027-04-01", "2027-04-02")
    )
    assert before is not None
    assert after is not None
    assert "cross-border" not in steps(before)
    assert steps(after)[-1] == "cross-border"


def test_a_form_counts_from_the_day_it_was_sent_and_a_letter_from_the_day_it_arrived() -> None:
    sent, arrived = on("2026-11-20"), on("2026-11-24")
    assert receipt_of(sent).day == sent
    assert receipt_of(sent).step.statement == "form-sent"
    assert receipt_of(sent, by_letter=True, arrived=arrived).day == arrived
    unknown = receipt_of(sent, by_letter=True)
    assert (unknown.day, unknown.step.statement) == (sent, "letter-posted")


def test_the_working_leads_from_receipt_to_the_end_step_by_step() -> None:
    period = answer_period("gdpr", receipt_of(on("2026-12-31")), public_holiday_name)
    assert period is not None
    assert [(step.statement, step.day.isoformat(), step.holiday) for step in period.calculation] == [
        ("form-sent", "2026-12-31", ""),
        ("month.eea", "2027-01-31", ""),
        ("weekend.eea", "2027-02-01", ""),
        ("holiday.eea", "2027-02-02", "Saint Brigid's Day"),
    ]
    assert [step.citation for step in period.calculation][1:3] == [
        "GDPR Art. 12(3)",
        "Regulation (EEC, Euratom) 1182/71 Art. 3(4), 2(1)",
    ]


def test_the_working_of_a_short_month_names_it() -> None:
    period = answer_period("gdpr", receipt_of(on("2025-01-31")), public_holiday_name)
    assert period is not None
    assert steps(period) == ["form-sent", "month.eea", "short-month.eea"]


def test_every_step_of_every_count_has_a_sentence_with_its_grounds(playbook: Playbook) -> None:
    seen: set[str] = set()
    for period in every_kind_of_period():
        seen.update(step.statement for step in period.calculation)
        seen.add(period.rule)
        for line in calculation_lines(period, playbook):
            assert line.basis is not None
            assert not line.sentence.startswith("period.")
    assert seen == set(PERIOD_STATEMENTS)


def test_an_end_is_only_as_sure_as_its_least_sure_step(playbook: Playbook) -> None:
    posted = answer_period("gdpr", receipt_of(on("2026-11-23"), by_letter=True), public_holiday_name)
    over_the_web = answer_period("gdpr", receipt_of(on("2026-11-23")), public_holiday_name)
    assert posted is not None
    assert over_the_web is not None
    assert period_sureness(posted, playbook) == "low"
    assert period_sureness(over_the_web, playbook) == "medium"


DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))
COUNTS: dict[str, Callable[[date], LegalPeriod | None]] = {
    "answer in the EEA": lambda day: answer_period("gdpr", receipt_of(day), public_holiday_name),
    "answer in the EEA, extended": lambda day: answer_period(
        "gdpr", receipt_of(day), public_holiday_name, Extension(day)
    ),
    "answer in the UK": lambda day: answer_period("uk-gdpr", receipt_of(day), public_holiday_name),
    "answer in the UK, extended": lambda day: answer_period(
        "uk-gdpr", receipt_of(day), public_holiday_name, Extension(day)
    ),
    "authority in the Netherlands": lambda day: authority_period("gdpr", receipt_of(day), public_holiday_name, "NL"),
    "authority in Poland": lambda day: authority_period("gdpr", receipt_of(day), public_holiday_name, "PL"),
}
PLACES = dict(zip(COUNTS, ("IE", "IE", "GB-ENG", "GB-ENG", "NL", "PL"), strict=True))


@given(DAYS, st.sampled_from(sorted(COUNTS)))
def test_no_period_ends_on_a_day_that_is_no_working_day(day: date, name: str) -> None:
    period = COUNTS[name](day)
    assert period is not None
    assert period.last_day.weekday() < 5
    assert public_holiday_name(PLACES[name], period.last_day) == ""


@given(DAYS, st.integers(0, 40), st.sampled_from(sorted(COUNTS)))
def test_filing_later_never_gives_an_earlier_end(day: date, more: int, name: str) -> None:
    early, late = COUNTS[name](day), COUNTS[name](day + timedelta(days=more))
    assert early is not None
    assert late is not None
    assert early.last_day <= late.last_day


@given(DAYS, st.sampled_from(sorted(COUNTS)))
def test_the_days_of_a_working_run_forward_and_end_where_the_period_ends(day: date, name: str) -> None:
    period = COUNTS[name](day)
    assert period is not None
    counted = [step.day for step in period.calculation if not step.statement.startswith("extension")]
    assert counted == sorted(counted)
    assert counted[0] == period.first_day
    assert counted[-1] == period.last_day
    skipped = [period.last_day - timedelta(days=back) for back in range(1, 12)]
    moved_from = next(step.day for step in period.calculation if step.statement.startswith(("month", "three-months")))
    if period.extension_counts is None:
        for each in skipped:
            if each >= moved_from:
                assert each.weekday() >= 5 or public_holiday_name(PLACES[name], each)


def steps(period: LegalPeriod) -> list[str]:
    return [step.statement for step in period.calculation]


def every_kind_of_period() -> list[LegalPeriod]:
    """Periods in which every step occurs."""
    found: list[LegalPeriod | None] = []
    for law in ("gdpr", "uk-gdpr"):
        for came in ("2026-11-25", "2025-01-31"):
            found.append(answer_period(law, receipt_of(on(came)), public_holiday_name))
            found.append(answer_period(law, receipt_of(on(came)), public_holiday_name, Extension(on(came))))
            found.append(answer_period(law, receipt_of(on(came)), public_holiday_name, Extension(on("2027-01-31"))))
            found.append(
                answer_period(law, receipt_of(on(came)), public_holiday_name, Extension(on(came), has_reasons=False))
            )
        found.append(information_period(law, receipt_of(on("2026-11-20"), by_letter=True), public_holiday_name))
    letter = receipt_of(on("2026-11-20"), by_letter=True, arrived=on("2026-11-21"))
    found.append(information_period("fadp", letter, public_holiday_name))
    found.append(acknowledgement_period("uk-gdpr", letter))
    found.append(authority_period("gdpr", receipt_of(on("2028-01-27")), public_holiday_name, "NL"))
    return [period for period in found if period is not None]
