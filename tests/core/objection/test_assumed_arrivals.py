"""From which day a period counts where nobody knows the day: a letter that Meta answered early, and a month alone."""

from datetime import datetime

import pytest

from metaoptout_tui.core.case_file.periods import CasePeriod, case_periods
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.account_questions import arrival_question
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.tasks import TaskKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

POSTED = entry("filed", at(20), form="letter")
UNKNOWN = entry("letter-arrived", at(1), of=POSTED.id, day="unknown")


def overview_of(playbook: Playbook, *events: Event) -> Overview:
    return compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name)


def first_period(playbook: Playbook, *events: Event) -> CasePeriod:
    [status] = overview_of(playbook, *events).statuses
    return next(iter(case_periods(status, playbook, public_holiday_name, NOW.date())))


def steps(playbook: Playbook, *events: Event) -> list[str]:
    [deadline, *_others] = overview_of(playbook, *events).statuses[0].deadlines
    period = deadline.legal_period(public_holiday_name)
    assert period is not None
    return [step.statement for step in period.calculation]


@pytest.mark.parametrize("known", [(), (UNKNOWN,)])
def test_a_letter_that_meta_answered_early_had_arrived_by_then(playbook: Playbook, known: tuple[Event, ...]) -> None:
    extended = entry("extended", at(16), reasons="given")
    period = first_period(playbook, POSTED, extended, *known)
    assert period.first_day == extended.at.date()
    assert "so it had the letter by then" in period.calculation[0].sentence
    assert period.is_arrival_assumed
    kinds = {task.kind for task in overview_of(playbook, POSTED, extended, *known).tasks}
    assert TaskKind.LETTER_ARRIVED not in kinds


def test_an_answer_later_than_the_assumed_arrival_changes_nothing(playbook: Playbook) -> None:
    late = entry("extended", at(5), reasons="given")
    assert steps(playbook, POSTED, late)[0] == "letter-posted"
    assert steps(playbook, POSTED, late, UNKNOWN)[0] == "letter-assumed"
    assert TaskKind.LETTER_ARRIVED in {task.kind for task in overview_of(playbook, POSTED, late).tasks}


def test_a_day_of_arrival_that_is_known_counts_as_before(playbook: Playbook) -> None:
    arrived = entry("letter-arrived", at(18), of=POSTED.id)
    assert steps(playbook, POSTED, arrived, entry("extended", at(16)))[0] == "letter-arrived"


@pytest.mark.parametrize(
    "between",
    [entry("filed", at(18)), entry("reminded", at(18)), entry("asked-applied", at(18))],
    ids=lambda it: it.kind,
)
def test_an_answer_to_something_sent_later_shows_nothing_of_the_letter(playbook: Playbook, between: Event) -> None:
    answered = overview_of(playbook, POSTED, between, entry("extended", at(16)))
    of_letter = [each for each in answered.statuses[0].deadlines if each.started_by.id == POSTED.id]
    assert all(each.first_answer is None for each in of_letter)


def month(kind: str, moment: datetime, **fields: object) -> Event:
    return entry(kind, moment, **{"day-known": "month", **fields})


AUGUST = NOW.replace(month=8, day=31)


def test_the_working_of_a_month_says_which_day_of_it_counts_and_why(playbook: Playbook) -> None:
    assert steps(playbook, entry("filed", AUGUST))[:3] == ["form-sent", "month.eea", "short-month.eea"]
    assert steps(playbook, month("filed", AUGUST)) == ["form-sent", "month-alone", "month.eea"]
    period = first_period(playbook, month("filed", AUGUST))
    assert "only the month is known" in period.calculation[1].sentence
    assert not any("no such day" in line.sentence for line in period.calculation)


def test_a_letter_of_a_month_says_so_before_its_assumed_arrival(playbook: Playbook) -> None:
    posted = month("filed", AUGUST, form="letter")
    assert steps(playbook, posted)[:2] == ["letter-posted", "month-alone"]
    unknown = entry("letter-arrived", at(1), of=posted.id, day="unknown")
    assert steps(playbook, posted, unknown)[:2] == ["month-alone", "letter-assumed"]
    [deadline] = overview_of(playbook, posted).statuses[0].deadlines
    period = deadline.legal_period(public_holiday_name)
    assert period is not None
    assert period.is_end_open


def test_who_still_says_when_it_arrived_is_told_what_counts_until_then(playbook: Playbook) -> None:
    def told(*events: Event) -> str:
        [status] = overview_of(playbook, *events).statuses
        return " ".join(arrival_question(POSTED, status, playbook).sentences)

    assert "counts from the day on which Meta answered" in told(POSTED, entry("extended", at(16)))
    assert "counts from posting" in told(POSTED, entry("extended", at(5)))
    assert "counts from posting" in told(POSTED)
