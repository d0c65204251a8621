"""How accounts are linked, set right in one sitting; and since when, asked where an older objection depends on it."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.core.record.vocabulary import SINCE_BEFORE, SINCE_UNKNOWN, AccountState
from samples import Clock, account, at, entry, open_session, record

FILED = entry("filed", at(40), email="anna@example.org")
ADDED = entry("account-added", at(41))
CONFIRMED = entry("confirmed-by-mail", at(39))
UNDATED = entry("account-added", at(1), hub="private", since="unknown")
OLDER = entry("filed", at(40), email="anna@example.org")  # written down after the link
LINKED_LATER = record(
    account("facebook", entry("account-added", at(41), hub="private"), OLDER, CONFIRMED, hub="private"),
    account("instagram", UNDATED, hub="private"),
)


class TestSetRightInOneSitting:
    def test_a_link_that_was_set_by_mistake_and_taken_back_leaves_nothing(
        self, playbook: Playbook, clock: Clock
    ) -> None:
        linked = record(account("facebook", FILED, CONFIRMED, hub="private"), account("instagram", hub="private"))
        session = open_session(playbook, clock, [], linked)
        session.account_service.set_linked_group("facebook", "")
        assert session.view.require_status("facebook").state is AccountState.OBJECT_AGAIN
        clock.pass_by(minutes=1)
        session.account_service.set_linked_group("facebook", "private")
        assert session.record == linked
        assert session.view.require_status("facebook").state is AccountState.CONFIRMED

    def test_the_right_group_after_a_wrong_one_counts_from_what_was_so_before_the_sitting(
        self, playbook: Playbook, clock: Clock
    ) -> None:
        apart = record(account("facebook", FILED, CONFIRMED), account("instagram", ADDED))
        session = open_session(playbook, clock, [], apart)
        for id in ("facebook", "instagram"):
            session.account_service.set_linked_group(id, "work", SINCE_UNKNOWN)
            session.account_service.set_linked_group(id, "private", SINCE_BEFORE)
        assert [event.kind for event in session.account("facebook").events].count("hub-changed") == 1
        statuses = session.overview().statuses
        assert [status.state for status in statuses] == [AccountState.CONFIRMED, AccountState.COVERED]

    def test_an_account_that_was_added_with_a_wrong_link_is_as_if_added_with_the_right_one(
        self, playbook: Playbook, clock: Clock
    ) -> None:
        session = open_session(playbook, clock, [], record(account("facebook", FILED, CONFIRMED, hub="private")))
        added = session.account_service.add_account("instagram", "anna.nl", "", "private", SINCE_BEFORE)
        assert session.view.require_status(added.id).state is AccountState.COVERED
        session.account_service.set_linked_group(added.id, "")
        assert session.view.require_status(added.id).state is AccountState.NOT_STARTED

    def test_what_an_earlier_sitting_said_stays_in_the_diary(self, playbook: Playbook, clock: Clock) -> None:
        changed = entry("hub-changed", at(2), from_="private", to="work")
        session = open_session(playbook, clock, [], record(account("facebook", FILED, changed, hub="work")))
        session.account_service.set_linked_group("facebook", "private")
        assert [event.kind for event in session.account("facebook").events] == ["filed", "hub-changed", "hub-changed"]

    def test_it_is_undone_step_by_step(self, playbook: Playbook, clock: Clock) -> None:
        linked = record(account("facebook", FILED, hub="private"))
        session = open_session(playbook, clock, [], linked)
        session.account_service.set_linked_group("facebook", "")
        unlinked = session.record
        session.account_service.set_linked_group("facebook", "private")
        session.undo_stack.undo()
        assert session.record == unlinked
        session.undo_stack.undo()
        assert session.record == linked


class TestLinkedThen:
    def test_an_older_objection_asks_whether_an_account_was_linked_then(self, playbook: Playbook, clock: Clock) -> None:
        session = open_session(playbook, clock, [], LINKED_LATER)
        task = session.overview().next_task
        assert task is not None
        assert (task.account_id, task.row_id) == ("instagram", "identify/linked-then")
        assert (
            task_sentence(task, playbook)
            == "Was Instagram “Anna” linked with Facebook “Anna” when that objected (14 Oct)?"
        )

    @pytest.mark.parametrize(
        ("since", "state"),
        [
            (SINCE_BEFORE, AccountState.COVERED),
            (at(50), AccountState.COVERED),
            (at(20), AccountState.OBJECT_AGAIN),
            (SINCE_UNKNOWN, AccountState.OBJECT_AGAIN),
        ],
    )
    def test_each_answer_is_asked_for_once_and_decides_what_is_covered(
        self, playbook: Playbook, clock: Clock, since: LinkSince, state: AccountState
    ) -> None:
        session = open_session(playbook, clock, [], LINKED_LATER)
        session.account_service.record_link_date("instagram", since)
        assert session.view.require_status("instagram").state is state
        assert "linked-then" not in {task.kind for task in session.overview().tasks}
        assert session.account("instagram").linked_group == "private"
        session.undo_stack.undo()
        assert session.record == LINKED_LATER

    def test_the_diary_says_what_was_answered(self, playbook: Playbook, clock: Clock) -> None:
        session = open_session(playbook, clock, [], LINKED_LATER)
        session.account_service.record_link_date("instagram", SINCE_BEFORE)
        assert describe_event(session.account("instagram").events[-1], playbook) == (
            "Link: “private”; this was so already before the objection"
        )

    def test_who_said_when_linking_that_it_is_not_known_is_not_asked_again(
        self, playbook: Playbook, clock: Clock
    ) -> None:
        linked = entry("account-added", at(1), hub="private", since="unknown")
        progress = record(account("facebook", OLDER, hub="private"), account("instagram", linked, hub="private"))
        session = open_session(playbook, clock, [], progress)
        assert "linked-then" not in {task.kind for task in session.overview().tasks}
        assert session.view.require_status("instagram").state is AccountState.OBJECT_AGAIN


def test_whatsapp_that_is_answered_to_be_kept_out_is_not_linked_and_undo_takes_both_back(
    playbook: Playbook, clock: Clock
) -> None:
    session = open_session(playbook, clock, [], record(account("whatsapp"), account("facebook")))
    before = session.record
    session.diary_service.record_review_answer("whatsapp", "whatsapp.hub", "yes")
    assert session.account("whatsapp").linked_group == ""
    session.diary_service.record_review_answer("whatsapp", "whatsapp.hub", "no")
    assert session.account("whatsapp").linked_group is None
    session.diary_service.record_review_answer("whatsapp", "whatsapp.meta-ai", "yes")
    assert session.account("whatsapp").linked_group is None
    for _unused in range(3):
        session.undo_stack.undo()
    assert session.record == before
    session.account_service.set_linked_group("whatsapp", "private")
    session.diary_service.record_review_answer("whatsapp", "whatsapp.hub", "yes")
    assert session.account("whatsapp").linked_group == "private"
