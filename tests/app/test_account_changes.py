"""A move to Meta Account and a check, written down: for one account or a whole hub, in one change that undo takes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.letters.authority_facts import objection_place
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, Clock, account, at, entry, open_session, record

FILED = entry("filed", at(5), email="anna@example.org")
LINKED = record(
    account("facebook", FILED, hub="private"), account("instagram", hub="private"), account("threads", hub="")
)
EVERY = ("facebook", "instagram", "threads")


def states(progress: Record, playbook: Playbook) -> list[AccountState]:
    session = open_session(playbook, lambda: NOW, [], progress)
    return [standing.state for standing in session.overview().statuses]


def test_a_hub_that_moved_asks_for_a_new_objection_for_all_it_covered(playbook: Playbook, clock: Clock) -> None:
    saved: list[Record] = []
    session = open_session(playbook, clock, saved, LINKED)
    moved = session.diary_service.record_move_to_meta_account(("facebook", "instagram"), at(1))
    assert [each.id for each in moved] == ["facebook", "instagram"]
    assert len(saved) == 1
    assert states(saved[0], playbook) == [
        AccountState.OBJECT_AGAIN,
        AccountState.OBJECT_AGAIN,
        AccountState.NOT_STARTED,
    ]
    facebook = saved[0].account_by_id("facebook")
    assert facebook is not None
    assert facebook.events[-1].at == at(1)


def test_a_complete_list_that_is_said_once_more_writes_nothing(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], LINKED)
    session.account_service.complete_list("facebook")
    listed = session.record
    session.account_service.complete_list("facebook")
    session.account_service.complete_list("threads")
    assert session.record == listed
    session.account_service.complete_list("threads", {"threads": "private"})
    assert session.account("threads").linked_group == "private"


def test_one_new_objection_settles_it_for_the_whole_hub(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], LINKED)
    session.diary_service.record_move_to_meta_account(("facebook", "instagram"), at(1))
    again = session.record.with_account(session.account("facebook").with_event(entry("filed", at(0))))
    assert states(again, playbook)[:2] == [AccountState.FILED, AccountState.COVERED]


def test_a_move_is_written_down_once(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], LINKED)
    session.diary_service.record_move_to_meta_account(("facebook",))
    assert [each.id for each in session.diary_service.record_move_to_meta_account(("facebook", "instagram"))] == [
        "instagram"
    ]
    before = session.record
    with pytest.raises(InputRefused, match="already"):
        session.diary_service.record_move_to_meta_account(("facebook", "instagram"))
    assert session.record == before


def test_a_move_in_the_future_is_refused(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], LINKED)
    with pytest.raises(InputRefused, match="future"):
        session.diary_service.record_move_to_meta_account(("facebook",), at(-1))
    assert session.record == LINKED


@given(ids=st.lists(st.sampled_from(EVERY), min_size=1, unique=True), days=st.integers(0, 30), check=st.booleans())
def test_undo_takes_back_all_of_it_and_redo_makes_it_again(
    playbook: Playbook,
    ids: list[str],
    days: int,
    check: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    session = open_session(playbook, lambda: NOW, [], LINKED)
    if check:
        session.diary_service.record_recheck("facebook")
    else:
        session.diary_service.record_move_to_meta_account(ids, at(days))
    after = session.record
    assert after != LINKED
    session.undo_stack.undo()
    assert session.record == LINKED
    session.undo_stack.redo()
    assert session.record == after


def test_a_move_to_another_country_leaves_the_question_of_a_covered_account_under_its_law(
    playbook: Playbook, clock: Clock
) -> None:
    asked = account("instagram", entry("asked-applied", at(3)), hub="private")
    session = open_session(
        playbook, clock, [], record(account("facebook", FILED, hub="private"), asked, account("threads", hub=""))
    )
    session.account_service.set_person(country="GB", email="anna@example.org", language="en")
    assert [each.events[-1].kind if each.events else "" for each in session.record.accounts] == [
        "country-changed",
        "country-changed",
        "",
    ]
    instagram = session.overview().status_of("instagram")
    assert instagram is not None
    assert [deadline.law for deadline in instagram.deadlines] == ["gdpr"]


def test_an_account_is_under_the_law_of_the_objection_that_covers_it_also_after_a_move(playbook: Playbook) -> None:
    sender = account("facebook", FILED, entry("country-changed", at(3), from_="GB", to="NL"), hub="private")
    covered = account("instagram", hub="private")
    statuses = compute_overview(record(sender, covered), playbook, NOW, public_holiday_name).statuses
    assert [(status.objection_country, status.objection_law) for status in statuses] == [("GB", "uk-gdpr")] * 2
    assert {objection_place(status, record(sender).person).country for status in statuses} == {"GB"}
