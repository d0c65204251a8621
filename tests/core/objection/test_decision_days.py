"""The last day that an authority's decision names: it stays in sight until the person went to court or it is over."""

from datetime import date, timedelta

import pytest

from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.guidance.topics import TopicId, topic_statements
from metaoptout_tui.core.language.translation import ENGLISH, in_catalogue
from metaoptout_tui.core.objection.agenda import appointments_of
from metaoptout_tui.core.objection.authority_tasks import reasons_after_decision
from metaoptout_tui.core.objection.named_days import named_day_of
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.reply_details import day_ahead
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from metaoptout_tui.translations.catalogues import load_catalogue
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
    assert reasons_after_decision(status) == frozenset({"rejected"})
    assert "after-decision.for-you" not in told_after(playbook, frozenset({"rejected"}))
    assert "after-decision.for-you" in told_after(playbook, frozenset({"decided"}))


def told_after(playbook: Playbook, reasons: frozenset[str] | None) -> set[str]:
    sections = topic_statements(playbook, TopicId.AFTER_DECISION, "eea", reasons)
    return {each.id for _heading, statements in sections for each in statements}


def test_what_a_refusal_must_say_is_told_only_where_meta_refused(playbook: Playbook) -> None:
    silent = reasons_after_decision(overview_after(playbook).statuses[0])
    refused = reasons_after_decision(overview_after(playbook, entry("refused", at(90))).statuses[0])
    assert refused == frozenset({"rejected", "refused"})
    assert told_after(playbook, refused) - told_after(playbook, silent) == {"after-decision.refusal"}
    assert told_after(playbook, None) == told_after(playbook, refused) | {"after-decision.for-you"}


def test_after_a_decision_for_the_person_nothing_is_told_of_going_against_it(playbook: Playbook) -> None:
    told = told_after(playbook, frozenset({"upheld"}))
    assert told.isdisjoint({"after-decision.letter", "after-decision.days", "after-decision.refusal"})
    assert {"after-decision.for-you", "after-decision.court"} <= told


@pytest.mark.parametrize(
    ("events", "day", "is_against_decision"),
    [
        ((), LAST_DAY, True),
        ((entry("after-decision", at(1), did="advice"),), LAST_DAY, True),
        ((entry("after-decision", at(1), **{"did": "day", "answer-by": TODAY}),), TODAY, True),
        ((entry("authority-wrote", at(1), **{"says": "asks", "answer-by": TODAY}),), TODAY, False),
    ],
    ids=["decided", "advised", "found later", "asks again"],
)
def test_the_day_that_a_letter_names_is_known_with_what_it_is_for(
    playbook: Playbook, events: tuple[Event, ...], day: date, *, is_against_decision: bool
) -> None:
    named = named_day_of(overview_after(playbook, *events).statuses[0].outcome)
    assert named is not None
    assert (named.day, named.is_against_decision) == (day, is_against_decision)


@pytest.mark.parametrize("kind", ["closed", "complained"])
def test_no_day_of_a_letter_counts_once_the_case_is_closed_or_begins_anew(playbook: Playbook, kind: str) -> None:
    assert named_day_of(overview_after(playbook, entry(kind, at(1))).statuses[0].outcome) is None
    assert (
        named_day_of(overview_after(playbook, entry("after-decision", at(1), did="court")).statuses[0].outcome) is None
    )


@pytest.mark.parametrize(
    ("language", "typed", "end"),
    [
        ("en", "4 weeks", timedelta(days=28)),
        ("en", "1 week", timedelta(days=7)),
        ("en", "30 days", timedelta(days=30)),
        ("de", "4 Wochen", timedelta(days=28)),
        ("de", "2 weeks", timedelta(days=14)),
        ("fr", "4 semaines", timedelta(days=28)),
    ],
)
def test_a_span_of_time_is_no_day_and_it_is_said_how_to_count_it(language: str, typed: str, end: timedelta) -> None:
    catalogue = load_catalogue(language) or ENGLISH
    with in_catalogue(catalogue), pytest.raises(InputRefused) as refused:
        day_ahead(typed, TODAY)
    with in_catalogue(catalogue):
        assert dates.format_full_day(TODAY + end) in str(refused.value)
        assert typed in str(refused.value)
