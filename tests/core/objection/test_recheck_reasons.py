"""What makes an objection worth another look though it stands: its age, and terms that are newer than it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.sentences import recheck_sentence, task_sentence
from metaoptout_tui.core.objection.status import AccountStatus, compute_statuses
from metaoptout_tui.core.objection.tasks import Task
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import OBJECTED_STATES, AccountState
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

TERMS = date(2026, 5, 13)
SINCE_TERMS = (NOW.date() - TERMS).days


def stands(progress: Record, playbook: Playbook, id: str = "facebook") -> AccountStatus:
    return next(
        each for each in compute_statuses(progress, playbook, NOW, public_holiday_name) if each.account.id == id
    )


def objected(days: float, *later: Event) -> Record:
    """One account whose objection was confirmed, sent so many days ago."""
    return record(account("facebook", entry("filed", at(days)), entry("confirmed-by-mail", at(days)), *later))


def doubts(progress: Record, playbook: Playbook, id: str = "facebook") -> list[str]:
    return [doubt.kind for doubt in stands(progress, playbook, id).recheck_reasons]


def check_of(progress: Record, playbook: Playbook) -> Task:
    return next(
        task
        for task in compute_overview(progress, playbook, NOW, public_holiday_name).tasks
        if task.kind in ("recheck", "terms-changed")
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (10, []),
        (SINCE_TERMS - 1, []),
        (SINCE_TERMS, []),  # on the very day they took effect
        (SINCE_TERMS + 1, ["terms"]),
        (364, ["terms"]),
        (365, ["year", "terms"]),
        (500, ["year", "terms"]),
    ],
)
def test_an_objection_is_looked_at_again_after_a_year_and_after_new_terms(
    playbook: Playbook, days: int, expected: list[str]
) -> None:
    progress = objected(days)
    assert doubts(progress, playbook) == expected
    assert stands(progress, playbook).state is AccountState.CONFIRMED


def test_a_check_settles_both_and_the_next_one_is_a_year_later(playbook: Playbook) -> None:
    progress = objected(500, entry("rechecked", at(3)))
    assert doubts(progress, playbook) == []
    task = check_of(progress, playbook)
    assert (task.kind, task.due_at) == ("recheck", at(3).replace(year=2027))


def test_a_check_before_the_new_terms_says_nothing_of_them(playbook: Playbook) -> None:
    assert doubts(objected(400, entry("rechecked", at(SINCE_TERMS + 5))), playbook) == ["terms"]


def test_objecting_again_settles_both(playbook: Playbook) -> None:
    assert doubts(objected(500, entry("filed", at(3))), playbook) == []


def test_a_check_made_before_the_objection_counts_for_nothing(playbook: Playbook) -> None:
    assert doubts(objected(400, entry("rechecked", at(420))), playbook) == ["year", "terms"]


def test_terms_to_come_and_terms_for_elsewhere_raise_no_doubt(playbook: Playbook) -> None:
    known = playbook.terms[0]
    later = playbook._replace(terms=(known._replace(effective_on=NOW.date() + timedelta(days=1)),))
    elsewhere = playbook._replace(terms=(known._replace(scope=known.scope._replace(regions=("br",))),))
    for other in (later, elsewhere, playbook._replace(terms=())):
        assert doubts(objected(300), other) == []


def test_of_several_terms_the_newest_is_told(playbook: Playbook) -> None:
    known = playbook.terms[0]
    both = playbook._replace(terms=(known._replace(id="new", effective_on=date(2026, 9, 1)), known))
    assert [(each.kind, each.terms_id) for each in stands(objected(300), both).recheck_reasons] == [("terms", "new")]


def test_a_covered_account_is_checked_with_the_objection_that_covers_it_or_by_itself(playbook: Playbook) -> None:
    facebook = account("facebook", entry("filed", at(400)), hub="private")
    instagram = account("instagram", hub="private")
    checked = entry("rechecked", at(1))
    both = record(facebook, instagram)
    assert doubts(both, playbook, "instagram") == ["year", "terms"]
    assert doubts(both.with_account(facebook.with_event(checked)), playbook, "instagram") == []
    alone = both.with_account(instagram.with_event(checked))
    assert doubts(alone, playbook, "instagram") == []
    assert (
        doubts(replace(alone, accounts=alone.accounts[::-1]), playbook, "facebook") == []
    )  # overdue: not its question


@pytest.mark.parametrize("what", ["refused", "moved-to-meta-account", "more-asked"])
def test_what_asks_for_more_than_a_look_is_not_asked_to_be_looked_at(playbook: Playbook, what: str) -> None:
    assert doubts(objected(400, entry(what, at(2))), playbook) == []


def test_the_sentences_ask_and_never_say_that_it_lapsed(playbook: Playbook) -> None:
    told = [recheck_sentence(each, playbook, NOW) for each in stands(objected(400), playbook).recheck_reasons]
    assert "13 May 2026" in told[1]
    assert "not documented" in told[1]
    tasks = [task_sentence(check_of(objected(days), playbook), playbook) for days in (10, 300, 400)]
    assert "13 May 2026" in tasks[1]
    for words in (*told, *tasks):
        assert "{" not in words
        for claim in ("lapse", "expired", "no longer", "void", "too late", "for ever", "forever"):
            assert claim not in words.casefold()


def test_what_is_due_for_an_old_objection_is_one_thing(playbook: Playbook) -> None:
    for days, what in ((400, "recheck"), (300, "terms-changed")):
        due = compute_overview(objected(days), playbook, NOW, public_holiday_name).due_tasks
        assert [task.kind for task in due] == [what]


def test_the_terms_in_the_guidance_have_their_date_source_and_sureness(playbook: Playbook) -> None:
    told = {terms.id: terms for terms in playbook.terms}["ai-2026"]
    assert told.effective_on == TERMS
    assert told.basis.sources == ("S60",)
    assert told.basis.sureness == "medium"


moments = st.integers(0, 700)


@given(filed=moments, checks=st.lists(moments, max_size=4))
def test_only_the_newest_look_counts_and_a_doubt_never_moves_the_state(
    playbook: Playbook, filed: int, checks: list[int]
) -> None:
    every = [entry("rechecked", at(days)) for days in checks]
    standing = stands(objected(filed, *every), playbook)
    newest = min([filed, *(days for days in checks if days <= filed)])
    assert standing.recheck_reasons == stands(objected(newest), playbook).recheck_reasons
    assert standing.state is stands(objected(filed), playbook).state
    assert not standing.recheck_reasons or standing.state in OBJECTED_STATES


@given(filed=moments, moved=moments)
def test_a_move_at_the_moment_of_the_objection_counts_as_before_it(playbook: Playbook, filed: int, moved: int) -> None:
    progress = objected(filed, entry("moved-to-meta-account", at(moved)))
    again = stands(progress, playbook).state is AccountState.OBJECT_AGAIN
    assert again == (moved < filed)
