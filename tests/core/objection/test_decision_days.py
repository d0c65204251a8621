"""The last day that an authority's decision names: it stays in sight until the person went to court or it is over."""

from datetime import date, timedelta

import pytest

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.guidance.topics import TopicId, topic_statements
from metaoptout_tui.core.objection.agenda import appointments_of
from metaoptout_tui.core.objection.authority_tasks import what_authority_decided
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.reply_details import day_ahead
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

LAST_DAY = NOW.date() + timedelta(days=20)


def overview_after(playbook: Playbook, *steps: Event, last_day: date = LAST_DAY) -> Overview:
    events = (
        entry("filed", at(120)),
        entry("complained", at(80), authority="BayLDA"),
        entry("authority-wrote", at(3), says="rejected", **{"answer-by": last_day}),
        *steps,
    )
    return compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name)


@pytest.mark.parametrize("steps", [(), (entry("after-decision", at(1), did="advice"),)], ids=["decided", "advised"])
def test_the_last_day_is_named_and_in_the_calendar_also_after_advice(
    playbook: Playbook, steps: tuple[Event, ...]
) -> None:
    overview = overview_after(playbook, *steps)
    (task,) = overview.due_tasks
    assert not task.is_upcoming
    assert f"{LAST_DAY.day} " in task_sentence(task, playbook)
    assert LAST_DAY in [each.due for each in appointments_of(overview, playbook, public_holiday_name)]


def test_the_last_day_is_not_told_any_more_once_the_person_went_to_court(playbook: Playbook) -> None:
    overview = overview_after(playbook, entry("after-decision", at(1), did="court"))
    assert LAST_DAY not in [each.due for each in appointments_of(overview, playbook, public_holiday_name)]


TODAY = date(2026, 12, 1)


@pytest.mark.parametrize("typed", ["30.11.", "5 Nov", "30/11"])
def test_a_day_that_passed_lately_is_not_taken_for_one_in_a_year(typed: str) -> None:
    with pytest.raises(InputRefused, match="Write the year too"):
        day_ahead(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1.12.", date(2026, 12, 1)),
        ("8. Dec", date(2026, 12, 8)),
        ("15.2.", date(2027, 2, 15)),
        ("30.11.2026", date(2026, 11, 30)),
        ("30.11.2027", date(2027, 11, 30)),
    ],
)
def test_a_day_ahead_needs_no_year_and_one_with_its_year_is_taken_as_it_is(typed: str, day: date) -> None:
    assert day_ahead(typed, TODAY) == day


def test_after_a_rejection_nothing_is_told_that_fits_only_a_decision_for_the_person(playbook: Playbook) -> None:
    (status,) = overview_after(playbook).statuses
    assert what_authority_decided(status) == "rejected"
    told = {
        says: [
            each.id for _heading, ids in topic_statements(playbook, TopicId.AFTER_DECISION, "eea", says) for each in ids
        ]
        for says in ("rejected", "decided", None)
    }
    assert "after-decision.for-you" not in told["rejected"]
    assert told["decided"] == told[None]
    assert "after-decision.for-you" in told["decided"]
