"""Legal periods against ends worked out by hand, and the laws that no count may break.

The law behind each count: guidance/README.md, How periods are counted.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.deadline_sentences import deadline_end_text, deadline_name, period_end_sentence
from metaoptout_tui.core.objection.deadlines import Deadline, calculation_lines, period_sureness
from metaoptout_tui.core.objection.legal_periods import (
    PERIOD_STATEMENTS,
    Extension,
    LegalPeriod,
    MetaQuestion,
    acknowledgement_period,
    answer_period,
    authority_complaint_period,
    authority_period,
    inquiry_period,
    receipt_of,
)
from metaoptout_tui.core.record.vocabulary import PeriodKind
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import at, entry


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

# DPA 2018 s.164A as the ICO reads it: thirty days from the day after receipt, moved to a working day.
ACKNOWLEDGED = [
    ("2026-06-19", "2026-07-20", "the first day on which it was in force; 19 July is a Sunday"),
    ("2026-06-20", "2026-07-20", "received on a Saturday, and the Sunday after is the first day"),
    ("2026-12-01", "2026-12-31", "within a month of 31 days"),
    ("2027-02-01", "2027-03-03", "27 days of February and three"),
    ("2028-02-01", "2028-03-02", "28 days of February and two"),
    ("2026-11-25", "2026-12-29", "Christmas Day, a weekend, Monday the 28th as substitute for Boxing Day"),
    ("2027-02-24", "2027-03-30", "Good Friday, a weekend, Easter Monday"),
]

# DPA 2018 s.166: three months, bank holidays of England and Wales.
REGULATOR = [
    ("2026-11-23", "2027-02-23", "a Tuesday"),
    ("2026-11-30", "2027-03-01", "no 30 February; the 28th is a Sunday"),
    ("2026-09-25", "2026-12-29", "Christmas Day, a weekend, Monday the 28th as substitute for Boxing Day"),
]

# UK GDPR Art. 12A: received, asked, answered, last day.
IDENTITY_UK = [
    ("2026-07-01", "2026-07-05", "2026-07-25", "2026-08-25", "a month from the answer"),
    ("2026-07-01", "2026-07-20", "2026-09-01", "2026-10-01", "answered after the first month would have ended"),
    ("2026-07-01", "2026-08-03", "2026-08-10", "2026-09-10", "asked on the day on which the month ends, a Monday"),
    ("2026-07-01", "2026-08-04", "2026-08-10", "2026-08-03", "asked a day after the month, so too late"),
    ("2026-07-01", "2026-07-01", "2026-07-01", "2026-08-03", "asked and answered on the day of receipt"),
    ("2026-07-29", "2026-07-30", "2026-07-31", "2026-09-01", "31 August is the summer bank holiday"),
]
CLARIFICATION_UK = [
    ("2026-09-01", "2026-09-10", "2026-09-14", "2026-10-06", "five days do not count; 1 October and five"),
    ("2026-09-01", "2026-09-10", "2026-09-10", "2026-10-02", "asked and answered on one day, which does not count"),
    ("2026-09-01", "2026-09-10", "2026-09-11", "2026-10-05", "3 October is a Saturday"),
    ("2026-09-01", "2026-10-01", "2026-11-30", "2026-12-01", "61 days from the last one on"),
    ("2026-09-01", "2026-10-02", "2026-10-20", "2026-10-01", "asked a day after the month, so it changes nothing"),
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
    assert (period.kind, period.first_day, period.last_day, period.extension_counts) == (
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
    period = acknowledgement_period("uk-gdpr", receipt_of(on(came)), public_holiday_name)
    assert period is not None
    assert period.last_day == on(last), rule


@pytest.mark.parametrize(("came", "last", "rule"), REGULATOR)
def test_the_uk_regulator_has_three_months_before_a_tribunal_can_be_asked(came: str, last: str, rule: str) -> None:
    period = authority_period("uk-gdpr", receipt_of(on(came)), public_holiday_name, "GB")
    assert period is not None
    assert (period.kind, period.last_day) == ("authority", on(last)), rule
    assert {step.citation for step in period.calculation[1:]} == {"Data Protection Act 2018 s.166"}


@pytest.mark.parametrize(("came", "asked", "answered", "last", "rule"), IDENTITY_UK)
def test_in_the_uk_the_month_begins_with_the_identity_that_meta_asked_for(
    came: str, asked: str, answered: str, last: str, rule: str
) -> None:
    period = held_up("uk-gdpr", came, identity(asked, answered))
    assert period.last_day == on(last), rule
    assert not period.is_on_hold


@pytest.mark.parametrize(("came", "asked", "answered", "last", "rule"), CLARIFICATION_UK)
def test_in_the_uk_the_days_in_which_meta_waits_for_a_clarification_do_not_count(
    came: str, asked: str, answered: str, last: str, rule: str
) -> None:
    assert held_up("uk-gdpr", came, clarification(asked, answered)).last_day == on(last), rule


def test_in_the_eea_the_month_begins_with_the_identity_by_analogy_with_the_guidelines_on_access(
    playbook: Playbook,
) -> None:
    period = held_up("gdpr", "2026-07-01", identity("2026-07-05", "2026-07-25"))
    assert (period.first_day, period.last_day) == (on("2026-07-25"), on("2026-08-25"))
    assert steps(period) == ["form-sent", "identity-answered.eea", "month.eea"]
    assert period.calculation[1].citation == "EDPB Guidelines 01/2022, by analogy"
    line = calculation_lines(period, playbook)[1]
    assert "by analogy" in line.sentence
    assert line.basis is not None
    assert line.basis.sureness == "medium"


def test_in_the_eea_a_clarification_does_not_hold_the_month_up() -> None:
    asked = (clarification("2026-07-05", "2026-07-25"), clarification("2026-07-26"))
    assert held_up("gdpr", "2026-07-01", *asked) == held_up("gdpr", "2026-07-01")


@pytest.mark.parametrize("law", ["gdpr", "uk-gdpr"])
def test_while_the_question_who_you_are_is_open_no_month_runs_out(law: str) -> None:
    period = held_up(law, "2026-07-01", identity("2026-07-05"))
    assert (period.is_on_hold, period.is_end_open, period.is_end_certain) == (True, True, False)
    assert not period.is_over(on("2030-01-01"))
    assert steps(period)[1].startswith("identity-open")


def test_while_a_clarification_is_open_the_clock_stands_in_the_uk_and_runs_in_the_eea() -> None:
    waits, runs = (held_up(law, "2026-07-01", clarification("2026-07-05")) for law in ("uk-gdpr", "gdpr"))
    assert not waits.is_over(on("2030-01-01"))
    assert "pause-open.uk" in steps(waits)
    assert runs.is_over(on("2026-08-05"))


def test_a_question_that_came_after_the_month_does_not_bring_it_back() -> None:
    for law in ("gdpr", "uk-gdpr"):
        for asked in (identity("2026-09-01"), clarification("2026-09-01"), identity("2026-09-01", "2026-09-02")):
            assert held_up(law, "2026-07-01", asked) == held_up(law, "2026-07-01")


def test_the_working_in_the_uk_names_each_thing_that_held_the_month_up() -> None:
    period = held_up(
        "uk-gdpr", "2026-09-01", identity("2026-09-02", "2026-09-05"), clarification("2026-09-10", "2026-09-14")
    )
    assert [(step.statement, step.day.isoformat()) for step in period.calculation] == [
        ("form-sent", "2026-09-01"),
        ("identity-answered.uk", "2026-09-05"),
        ("month.uk", "2026-10-05"),
        ("pause.uk", "2026-10-10"),
        ("weekend.uk", "2026-10-12"),
    ]
    assert {step.citation for step in period.calculation[1:]} == {"UK GDPR Art. 12(3) and 12A"}


def test_days_on_which_two_questions_were_open_are_left_out_once_and_none_before_the_month_began() -> None:
    two = (clarification("2026-09-10", "2026-09-14"), clarification("2026-09-12", "2026-09-16"))
    assert held_up("uk-gdpr", "2026-09-01", *two).last_day == on("2026-10-08")
    before = (clarification("2026-09-02", "2026-09-04"), identity("2026-09-03", "2026-09-10"))
    assert held_up("uk-gdpr", "2026-09-01", *before).last_day == on("2026-10-12")


def test_an_extension_is_in_time_as_long_as_the_month_was_held_up() -> None:
    asked = (clarification("2026-09-10", "2026-09-20"),)
    one_month = answer_period("uk-gdpr", receipt_of(on("2026-09-01")), public_holiday_name, None, asked)
    assert one_month is not None
    assert one_month.last_day == on("2026-10-12")
    for announced, last, defect in (("2026-10-12", "2026-12-14", ""), ("2026-10-13", "2026-10-12", "late")):
        extension = Extension(on(announced))
        period = answer_period("uk-gdpr", receipt_of(on("2026-09-01")), public_holiday_name, extension, asked)
        assert period is not None
        assert (period.last_day, period.extension_defect) == (on(last), defect)


@pytest.mark.parametrize("law", ["gdpr", "uk-gdpr"])
def test_what_is_wrong_with_an_extension_is_named(law: str) -> None:
    late, unreasoned, both, good = (
        Extension(on("2026-11-20")),
        Extension(on("2026-10-05"), has_reasons=False),
        Extension(on("2026-11-20"), has_reasons=False),
        Extension(on("2026-10-05")),
    )
    defects = []
    for extension in (late, unreasoned, both, good, None):
        period = answer_period(law, receipt_of(on("2026-09-28")), public_holiday_name, extension)
        assert period is not None
        defects.append(period.extension_defect)
    assert defects == ["late", "unreasoned", "late", "", ""]


def test_the_regulators_own_three_months_for_complaints_are_told_as_a_wish(playbook: Playbook) -> None:
    period = authority_complaint_period("uk-gdpr", on("2026-11-30"))
    assert period is not None
    assert (period.kind, period.last_day) == ("complaint-to-regulator", on("2027-02-28"))
    assert [step.citation for step in period.calculation] == ["", "", ""]
    assert period_sureness(period, playbook) == "medium"
    assert "no bar" in playbook.texts.sentence("period.complaint-to-regulator")
    assert authority_complaint_period("gdpr", on("2026-11-30")) is None


@pytest.mark.parametrize(("place", "came", "last", "rule"), AUTHORITY)
def test_an_authority_that_is_silent_for_three_months(place: str, came: str, last: str, rule: str) -> None:
    period = authority_period("gdpr", receipt_of(on(came)), public_holiday_name, place)
    assert period is not None
    assert period.last_day == on(last), rule


@pytest.mark.parametrize(("came", "last"), [("2026-11-23", "2026-12-23"), ("2027-02-01", "2027-03-03")])
def test_in_switzerland_a_question_has_thirty_days(came: str, last: str) -> None:
    period = inquiry_period("fadp", receipt_of(on(came)), public_holiday_name)
    assert period is not None
    assert period.last_day == on(last)


def test_a_question_about_ones_data_has_the_same_month_as_an_objection() -> None:
    period = inquiry_period("gdpr", receipt_of(on("2026-11-25")), public_holiday_name)
    assert period is not None
    assert (period.kind, period.last_day) == ("information", on("2026-12-28"))


def test_where_the_law_sets_no_period_there_is_none() -> None:
    day = receipt_of(on("2026-11-23"))
    for law in ("fadp", "lgpd", "none"):
        assert answer_period(law, day, public_holiday_name) is None
        assert authority_period(law, day, public_holiday_name, "CH") is None
    assert inquiry_period("lgpd", day, public_holiday_name) is None
    assert acknowledgement_period("gdpr", day, public_holiday_name) is None
    assert acknowledgement_period("uk-gdpr", receipt_of(on("2026-06-18")), public_holiday_name) is None


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
    assumed = receipt_of(sent, by_letter=True, assumed_days=7)
    assert (assumed.day, assumed.step.statement) == (on("2026-11-27"), "letter-assumed")
    completed = receipt_of(sent, completed=arrived)
    assert (completed.day, completed.step.statement) == (arrived, "form-completed")
    assert [each.is_certain for each in (unknown, assumed, completed)] == [False, False, True]


def test_of_a_letter_whose_arrival_is_assumed_the_end_is_ours_and_no_extension_is_called_late() -> None:
    letter = receipt_of(on("2026-08-03"), by_letter=True, assumed_days=7)
    period = answer_period("gdpr", letter, public_holiday_name, Extension(on("2026-09-20")))
    assert period is not None
    assert (period.last_day, period.extension_defect, period.extension_counts) == (on("2026-09-10"), "", None)
    assert steps(period)[-1] == "extension-unsettled"
    assert period.is_over(on("2026-09-11"))
    assert not period.is_end_certain


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
        seen.add(period.purpose)
        for line in calculation_lines(period, playbook):
            assert line.basis is not None
            assert not line.sentence.startswith("period.")
    assert seen == set(PERIOD_STATEMENTS)


def test_every_kind_of_period_has_a_name_of_its_own() -> None:
    periods = {period.purpose: period for period in every_kind_of_period()}
    assert set(periods) == {*PeriodKind, "authority.uk"}
    assert len({deadline_name(period) for period in periods.values()}) == len(periods)


def test_only_a_limit_ends_and_a_right_begins(playbook: Playbook) -> None:
    """That a court can be asked is never told as a last day, and of no tribunal where the GDPR holds."""
    for period in every_kind_of_period():
        words = (
            f"{deadline_end_text(period, on('2026-11-23'), None)} {period_end_sentence(period, on('2026-11-23'), None)}"
        )
        assert (period.opens_right is not None) == (period.kind is PeriodKind.AUTHORITY)
        if period.opens_right is not None:
            assert period.opens_right == period.last_day + timedelta(days=1)
            assert "until" not in words
            assert "over" not in words
        about = playbook.texts.sentence(f"period.{period.purpose}")
        assert ("tribunal" in about) == (period.purpose == "authority.uk")


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
    "answer in the UK, asked who one is": lambda day: held_up_from(
        day, MetaQuestion(day, day + timedelta(days=9), True)
    ),
    "answer in the UK, asked what one means": lambda day: held_up_from(
        day, MetaQuestion(day + timedelta(days=2), day + timedelta(days=9), False)
    ),
    "authority in the UK": lambda day: authority_period("uk-gdpr", receipt_of(day), public_holiday_name, "GB"),
    "acknowledgement in the UK": lambda day: acknowledgement_period(
        "uk-gdpr", receipt_of(max(day, date(2026, 6, 19))), public_holiday_name
    ),
    "authority in Poland": lambda day: authority_period("gdpr", receipt_of(day), public_holiday_name, "PL"),
}
PLACES = dict(zip(COUNTS, ("IE", "IE", *["GB-ENG"] * 2, "NL", *["GB-ENG"] * 4, "PL"), strict=True))


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
    assert period.first_day in counted
    assert counted[-1] == period.last_day
    skipped = [period.last_day - timedelta(days=back) for back in range(1, 12)]
    ends = ("month", "three-months", "thirty-days", "acknowledgement-days", "short-month", "pause")
    moved_from = [step.day for step in period.calculation if step.statement.startswith(ends)][-1]
    if period.extension_counts is None:
        for each in skipped:
            if each >= moved_from:
                assert each.weekday() >= 5 or public_holiday_name(PLACES[name], each)


def steps(period: LegalPeriod) -> list[str]:
    return [step.statement for step in period.calculation]


def held_up_from(day: date, *meta_questions: MetaQuestion) -> LegalPeriod | None:
    return answer_period("uk-gdpr", receipt_of(day), public_holiday_name, None, meta_questions)


def identity(asked: str, answered: str = "") -> MetaQuestion:
    return MetaQuestion(on(asked), on(answered) if answered else None, is_for_identity=True)


def clarification(asked: str, answered: str = "") -> MetaQuestion:
    return identity(asked, answered)._replace(is_for_identity=False)


def held_up(law: str, came: str, *meta_questions: MetaQuestion) -> LegalPeriod:
    period = answer_period(law, receipt_of(on(came)), public_holiday_name, None, meta_questions)
    assert period is not None
    return period


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
        found.append(inquiry_period(law, receipt_of(on("2026-11-20"), by_letter=True), public_holiday_name))
    again = Deadline(PeriodKind.ANSWER, entry("filed", at(5)), "gdpr", is_counted_again=True)
    found.append(again.legal_period(public_holiday_name))
    month = entry("filed", at(5), **{"day-known": "month"})
    found.append(Deadline(PeriodKind.ANSWER, month, "gdpr").legal_period(public_holiday_name))
    posted, answer = entry("filed", at(5), form="letter"), entry("extended", at(4))
    answered = Deadline(PeriodKind.ANSWER, posted, "gdpr", assumed_letter_days=7, first_answer=answer)
    found.append(answered.legal_period(public_holiday_name))
    letter = receipt_of(on("2026-11-20"), by_letter=True, arrived=on("2026-11-21"))
    found.append(inquiry_period("fadp", letter, public_holiday_name))
    found.append(acknowledgement_period("uk-gdpr", letter, public_holiday_name))
    found.append(authority_period("gdpr", receipt_of(on("2028-01-27")), public_holiday_name, "NL"))
    found.append(authority_period("uk-gdpr", letter, public_holiday_name, "GB"))
    found.append(authority_complaint_period("uk-gdpr", on("2026-11-20")))
    assumed = receipt_of(on("2026-11-20"), by_letter=True, assumed_days=7)
    found.append(answer_period("gdpr", assumed, public_holiday_name, Extension(on("2027-02-01"))))
    completed = receipt_of(on("2026-11-20"), completed=on("2026-11-21"))
    for law in ("gdpr", "uk-gdpr"):
        for kind in (identity, clarification):
            found += [
                answer_period(law, completed, public_holiday_name, None, (kind("2026-11-30", answered),))
                for answered in ("2026-12-01", "")
            ]
            answered_by_post = kind("2026-11-30", "2026-12-10")._replace(is_arrival_assumed=True)
            found.append(answer_period(law, completed, public_holiday_name, None, (answered_by_post,)))
    return [period for period in found if period is not None]


@pytest.mark.parametrize(
    ("sent", "law"),
    [(date(2025, 9, 23), "UK GDPR Art. 12(3)"), (date(2026, 2, 5), "UK GDPR Art. 12(3) and 12A")],
)
def test_what_is_older_than_article_12a_is_not_counted_by_it(sent: date, law: str) -> None:
    question = MetaQuestion(sent + timedelta(days=5), sent + timedelta(days=9), is_for_identity=False)
    period = answer_period("uk-gdpr", receipt_of(sent), lambda _place, _day: "", meta_questions=(question,))
    assert period is not None
    cited = {step.citation for step in period.calculation if step.citation}
    assert cited == {law}
    assert any(step.statement == "pause.uk" for step in period.calculation) is ("12A" in law)
