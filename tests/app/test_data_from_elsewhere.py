"""Data from elsewhere on the list of accounts: added with a name or without, recorded, and opened by what came before."""

import pytest

from metaoptout_tui.app.record.diary_service import ObjectionInput, ReplyInput
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import AccountState
from samples import Clock, account, at, entry, open_session, record


def test_ones_own_needs_no_name_and_a_childs_has_one(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], record())
    own = session.account_service.add_account(FROM_ELSEWHERE, "", "", None)
    childs = session.account_service.add_account(FROM_ELSEWHERE, "Mila", "", None)
    assert [each.name for each in (own, childs)] == ["Data from elsewhere", "Mila"]
    assert [each.linked_group for each in (own, childs)] == ["", ""]
    for name in ("mila", " "):
        with pytest.raises(InputRefused, match="is in your list already"):
            session.account_service.add_account(FROM_ELSEWHERE, name, "", None)


def test_the_form_the_address_and_the_answer_are_recorded_with_their_days(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], record(country="AT"))
    id = session.account_service.add_account(FROM_ELSEWHERE, "", "", None).id
    prepared = session.diary_service.prepared_objection(id)
    assert (prepared.form_id, prepared.email) == ("", "anna@example.org")
    session.diary_service.record_objection(id, ObjectionInput("elsewhere", prepared.email, "", clock.now))
    clock.pass_by(days=3)
    session.diary_service.record_reply(id, ReplyInput(EventKind.REFUSED, clock.now))
    sent, refused = session.account(id).events[-2:]
    assert (sent.kind, sent.text("form"), sent.text("email")) == ("filed", "elsewhere", "anna@example.org")
    assert refused.at == clock.now
    assert session.overview().statuses[0].state is AccountState.REFUSED


def test_a_complete_list_of_accounts_stays_complete_beside_it(playbook: Playbook, clock: Clock) -> None:
    listed = entry("step-done", at(3), step="identify")
    session = open_session(playbook, clock, [], record(account("facebook", listed)))
    session.account_service.add_account(FROM_ELSEWHERE, "", "", None)
    added = session.account_service.add_account("instagram", "@anna.nl", "", "")
    assert [event.kind for event in session.account("elsewhere").events] == ["account-added"]
    assert [event.kind for event in added.events] == ["account-added", "step-done"]
