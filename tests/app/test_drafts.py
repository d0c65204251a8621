"""What was typed into a form: it goes when it is recorded, comes back with undo, and goes again with redo.

A form that shows what the record holds shows that again after undo, and not what was typed.
"""

from collections.abc import Callable

import pytest

from metaoptout_tui.app.accounts.earlier_objection import EarlierObjection, record_earlier_objection
from metaoptout_tui.app.helper_authorisation import record_helper
from metaoptout_tui.app.record.diary_service import ObjectionInput, ReplyInput
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.remembered import NOTHING_REMEMBERED, OF_PERSON, Remembered
from metaoptout_tui.core.record.vocabulary import AUTHORISED_ORALLY
from samples import Clock, account, at, entry, open_session, record

START = record(account("facebook", entry("filed", at(3), email="anna@example.org")), account("instagram"))

RECORDED_FROM_FORMS: dict[str, Callable[[Session], object]] = {
    "welcome": lambda session: session.account_service.finish_welcome("NL", ["threads"], "anna@example.org"),
    "earlier": lambda session: record_earlier_objection(session, EarlierObjection(("instagram",), at(9))),
    "helper": lambda session: record_helper(session.editor, "Rosa", AUTHORISED_ORALLY, draft_key="helper"),
    "note:facebook:open": lambda session: session.diary_service.record_note("facebook", "open", "It opened."),
    "submit:instagram": lambda session: session.diary_service.record_objection(
        "instagram", ObjectionInput("", "a@example.org")
    ),
    "confirm:facebook": lambda session: session.diary_service.record_reply("facebook", ReplyInput("confirmed")),
}
SET_IN_FORMS: dict[str, Callable[[Session], object]] = {
    "person": lambda session: session.account_service.set_person(country="BE", email="anna@example.org", language="en"),
    "account": lambda session: session.account_service.add_account("threads", "anna", "", None),
    "account:instagram": lambda session: session.account_service.edit_account("instagram", "anna.be", "", None),
}


@pytest.mark.parametrize("key", RECORDED_FROM_FORMS)
def test_what_was_typed_goes_when_it_is_recorded_and_comes_back_with_undo(
    playbook: Playbook, clock: Clock, key: str
) -> None:
    session = open_session(playbook, clock, [], START)
    session.drafts.save(key, {"words": "as they were typed"})
    session.drafts.save("note:instagram:open", {"words": "of another form"})
    typed = session.record
    RECORDED_FROM_FORMS[key](session)
    assert session.drafts.read(key) == {}
    session.undo_stack.undo()
    assert session.record == typed
    session.undo_stack.redo()
    assert session.drafts.read(key) == {}
    assert session.drafts.read("note:instagram:open") == {"words": "of another form"}


@pytest.mark.parametrize("key", SET_IN_FORMS)
def test_a_form_that_shows_the_record_shows_it_as_it_was_after_undo(playbook: Playbook, clock: Clock, key: str) -> None:
    session = open_session(playbook, clock, [], START)
    session.drafts.save("note:instagram:open", {"words": "of another form"})
    before = session.record
    session.drafts.save(key, {"name": "as it was typed"})
    SET_IN_FORMS[key](session)
    session.undo_stack.undo()
    assert session.record == before
    session.undo_stack.redo()
    assert session.drafts.read(key) == {}


def test_what_is_typed_after_undo_stays_when_the_change_is_made_again(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], START)
    session.drafts.save("note:facebook:open", {"text": "It opened."})
    session.diary_service.record_note("facebook", "open", "It opened.")
    session.undo_stack.undo()
    session.drafts.save("note:facebook:open", {"text": "It opened at last."})
    session.undo_stack.redo()
    assert session.drafts.read("note:facebook:open") == {"text": "It opened at last."}


def test_what_is_remembered_is_no_step_of_undo_and_stays_when_a_change_is_taken_back(
    playbook: Playbook, clock: Clock
) -> None:
    session = open_session(playbook, clock, [], START)
    session.diary_service.record_note("facebook", "open", "It opened.")
    session.remembered.save(OF_PERSON, Remembered({"name": "Anna Example"}))
    assert session.undo_stack.undo() is not None
    assert session.remembered.of().for_letters == {"name": "Anna Example"}
    assert session.undo_stack.redo() is not None
    assert session.remembered.of().for_letters == {"name": "Anna Example"}


def test_with_an_account_that_comes_back_comes_what_was_remembered_of_it(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], START)
    session.remembered.save("instagram", Remembered({"profile": "instagram.com/anna"}))
    session.account_service.remove_account("instagram")
    assert session.remembered.of("instagram") == NOTHING_REMEMBERED
    session.undo_stack.undo()
    assert session.remembered.of("instagram").for_letters == {"profile": "instagram.com/anna"}
