"""Sorting what came back: each answer is one entry and can be told from it again; a moment that cannot be is refused."""

from datetime import timedelta

import pytest

from metaoptout_tui.core.answers import FIRST, LATER, Answer, answer_by_id, answer_of, check_when, every_answer, offered
from metaoptout_tui.core.diary import KINDS, REPLIES
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.overview import overview
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.states import State
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(20))


def test_every_reply_can_be_answered_and_every_answer_is_an_entry_the_diary_knows() -> None:
    assert {answer.what for answer in FIRST} == REPLIES
    for answer in every_answer():
        assert set(answer.fields) <= set(KINDS[answer.what].may)
        assert answer_by_id(answer.id) is answer
    assert answer_by_id("nothing") is None


@pytest.mark.parametrize("answer", [each for each in every_answer() if not each.sorts], ids=lambda each: each.id)
def test_an_entry_tells_which_answer_it_was(answer: Answer) -> None:
    assert answer_of(entry(answer.what, NOW, **answer.fields)) == answer


def test_a_sort_from_a_newer_version_is_told_by_its_kind() -> None:
    told = answer_of(entry("refused", NOW, grounds="moon"))
    assert told is not None
    assert told.id == "refused"
    assert answer_of(entry("filed", NOW)) is None


def test_the_end_of_a_case_is_offered_only_where_there_is_one() -> None:
    assert offered((FILED,)) == FIRST
    assert offered((FILED, entry("refused", at(3)))) == (*FIRST, LATER[2])
    assert offered((FILED, entry("complained", at(3)))) == (*FIRST, LATER[1], LATER[2])
    assert offered((FILED, entry("complained-to-controller", at(3)))) == (*FIRST, LATER[0], LATER[2])


def test_a_moment_that_cannot_be_is_refused_with_a_sentence() -> None:
    with pytest.raises(InputRefused, match="before 2024"):
        check_when("filed", at(3 * 365), None, NOW)
    with pytest.raises(InputRefused, match="before the objection, filed 3 Nov 2026, 10:00"):
        check_when("refused", at(21), at(20), NOW)
    filed = at(20) + timedelta(seconds=40)
    assert check_when("refused", at(20), filed, NOW) == filed
    assert check_when("refused", at(3), filed, NOW) == at(3)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (("refused", "complained"), State.COMPLAINED),
        (("refused", "complained", "closed"), State.CLOSED),
        (("refused", "complained", "confirmed-by-mail"), State.CONFIRMED),
        (("confirmed-by-mail", "closed"), State.CONFIRMED),
        (("code-asked", "extended"), State.FILED),
        (("refused", "extended"), State.REFUSED),
        (("refused", "closed", "filed"), State.FILED),
    ],
)
def test_where_a_case_stands_follows_from_what_came_last(
    playbook: Playbook, events: tuple[str, ...], state: State
) -> None:
    came = [entry(what, at(19 - index)) for index, what in enumerate(events)]
    seen = overview(record(account("facebook", FILED, *came)), playbook, NOW, lambda *_: "")
    assert seen.standings[0].state is state


def test_a_complaint_does_not_make_a_refused_objection_reach_others(playbook: Playbook) -> None:
    for later in ((), ("complained",), ("complained", "closed")):
        came = [entry(what, at(9 - index)) for index, what in enumerate(("refused", *later))]
        progress = record(account("facebook", FILED, *came, hub="home"), account("instagram", hub="home"))
        assert overview(progress, playbook, NOW, lambda *_: "").standings[1].state is State.NOT_STARTED
