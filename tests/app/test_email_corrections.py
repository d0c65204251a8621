"""A mistyped address is asked about once, and a corrected one is carried on to the accounts that have the old one."""

from dataclasses import replace

import pytest

from metaoptout_tui.app.accounts.email_corrections import (
    corrected_ids,
    correction_question,
    is_mistyped,
    meant_address,
    mistyped_question,
    slip_question,
)
from metaoptout_tui.app.accounts.form_fields import email_choices
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.vocabulary import AccountState
from samples import Clock, account, at, entry, open_session, record


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a@gmal.com", "a@gmail.com"),
        ("a@gmaill.com", "a@gmail.com"),
        ("a@gmsil.com", "a@gmail.com"),
        ("a@gmail.con", "a@gmail.com"),
        ("a@gmail.co", "a@gmail.com"),
        ("a@hotmial.nl", "a@hotmail.nl"),
        ("a@T-onlin.de", "a@t-online.de"),
        ("a@orrange.fr", "a@orange.fr"),
    ],
)
def test_a_domain_one_slip_from_a_well_known_one_is_asked_about(typed: str, meant: str) -> None:
    assert meant_address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "a@gmail.com",
        "a@mail.com",
        "a@email.com",
        "a@hotmail.cz",
        "a@yahoo.co.jp",
        "a@example.org",
        "a@gmx.eu",
        "a@live.de",
        "a@me.com",
        "a",
        "",
    ],
)
def test_a_real_domain_is_not_asked_about(typed: str) -> None:
    assert meant_address(typed) == ""


def test_an_address_that_was_said_to_be_right_is_not_asked_about_again(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], record(account("facebook", email="anna@gmial.com")))
    assert slip_question(session, "Anna@gmial.com") is None
    question = slip_question(session, "bea@gmial.com")
    assert question is not None
    assert question.default == "bea@gmial.com"
    assert [id for id, _words in question.answers] == ["bea@gmail.com", "bea@gmial.com"]


def test_a_correction_is_carried_on_to_the_accounts_that_the_person_names(playbook: Playbook, clock: Clock) -> None:
    old = "anna@gmial.com"
    before = record(
        account("facebook", email=old), account("instagram", email=old), account("whatsapp", email="w@example.org")
    )
    session = open_session(playbook, clock, [], before)
    question = correction_question(session, old, "anna@gmail.com")
    assert question is not None
    assert question.default == ""
    assert [id for id, _words in question.answers] == ["all", "facebook", "instagram", "none"]
    assert corrected_ids(session, old, "instagram") == ("instagram",)
    assert corrected_ids(session, old, "none") == ()
    session.account_service.correct_email(corrected_ids(session, old, "all"), old, "anna@gmail.com")
    emails = {each.id: each.email for each in session.record.accounts}
    assert emails == {"facebook": "anna@gmail.com", "instagram": "anna@gmail.com", "whatsapp": "w@example.org"}
    session.undo_stack.undo()
    assert session.record == before
    assert correction_question(session, old, old) is None
    assert correction_question(session, "nobody@example.org", "anna@gmail.com") is None


def test_what_was_only_mistyped_here_is_corrected_and_nothing_has_to_be_sent_again(
    playbook: Playbook, clock: Clock
) -> None:
    old, new = "anna@exampel.org", "anna@example.org"
    sent = account("facebook", entry("filed", at(20), email=old), hub="private", email=old)
    before = record(sent, account("instagram", hub="private", email=new))
    session = open_session(playbook, clock, [], before)
    question = mistyped_question(session, ("facebook",), old, new)
    assert question is not None
    assert question.default == ""
    session.account_service.edit_account("facebook", "Anna", new, "private", was_mistyped=is_mistyped("mistyped"))
    facebook, instagram = session.overview().statuses
    assert facebook.objection_in_force is not None
    assert (facebook.account.email, facebook.objection_in_force.text("email")) == (new, new)
    assert facebook.state is AccountState.FILED
    assert (instagram.covering_account_id, instagram.invalidation) == ("facebook", None)
    assert [event.kind for event in facebook.account.events] == ["filed", "text-corrected"]
    session.undo_stack.undo()
    assert session.record == before


def test_a_mistyped_address_is_corrected_wherever_nothing_was_sent_with_it(playbook: Playbook, clock: Clock) -> None:
    old, new = "anna@exampel.org", "anna@example.org"
    sent = account("facebook", entry("filed", at(20), email=old), email=old)
    shop = account("instagram-shop", entry("filed", at(9), email=old), email=old)
    before = record(sent, shop, account("instagram", email=old), account("threads", email="t@example.org"))
    before = replace(before, person=replace(before.person, email=old))
    session = open_session(playbook, clock, [], before)
    session.account_service.edit_account("facebook", "Anna", new, "", was_mistyped=True)
    assert [each.email for each in session.record.accounts] == [new, old, new, "t@example.org"]
    assert session.record.person.email == new
    assert session.current_record.notices == [
        "The mistyped address is corrected here too: Instagram “Anna” and your details."
    ]
    session.undo_stack.undo()
    assert session.record == before


def test_an_address_that_changed_after_the_objection_asks_for_a_new_one(playbook: Playbook, clock: Clock) -> None:
    old, new = "anna@example.org", "new@example.org"
    sent = account("facebook", entry("filed", at(20), email=old), email=old)
    session = open_session(playbook, clock, [], record(sent, account("instagram", email=old)))
    assert not is_mistyped("changed")
    session.account_service.edit_account("facebook", "Anna", new, "")
    assert session.overview().statuses[0].state is AccountState.OBJECT_AGAIN
    assert mistyped_question(session, ("instagram",), old, new) is None
    assert mistyped_question(session, ("facebook",), new, "x@example.org") is None


def test_the_address_used_for_another_account_is_offered_before_the_one_of_the_start(
    playbook: Playbook, clock: Clock
) -> None:
    sent = account("facebook", entry("filed", at(2), email="anna@gmail.com"), email="anna@example.org")
    session = open_session(playbook, clock, [], record(sent, account("instagram", email="anna@example.org")))
    assert list(email_choices(session, "instagram").items()) == [
        ("anna@gmail.com", "last used"),
        ("anna@example.org", "the one you typed at the start"),
    ]
