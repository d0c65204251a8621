"""What an objection would be sent with, which link leads to its form, and when the date of a link matters."""

import pytest

from metaoptout_tui.app.accounts.form_fields import email_choices
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.links import parse_meta_url
from metaoptout_tui.core.record.accounts import ObjectionDraft
from samples import Clock, account, at, entry, open_session, record

FILED = entry("filed", at(9))


def test_what_was_chosen_is_what_would_be_sent(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], record(account("facebook")))
    last_form = playbook.forms_for(platform="facebook", region="eea")[-1].id
    session.diary_service.save_objection_draft(
        "facebook", ObjectionDraft("other@example.org", "My reason.", form_id=last_form)
    )
    prepared = session.diary_service.prepared_objection("facebook")
    assert (prepared.form_id, prepared.email, prepared.reason) == (last_form, "other@example.org", "My reason.")


def test_without_a_choice_the_form_is_not_known_and_it_is_the_accounts_own_address(
    playbook: Playbook, clock: Clock
) -> None:
    session = open_session(playbook, clock, [], record(account("facebook"), account("instagram", email="")))
    session.diary_service.save_objection_draft("facebook", ObjectionDraft(form_id="a-form-that-is-gone"))
    assert session.diary_service.prepared_objection("facebook").form_id == ""
    assert session.diary_service.prepared_objection("facebook").email == session.account("facebook").email
    assert session.diary_service.prepared_objection("instagram").email == session.record.person.email


def test_it_keeps_the_address_that_was_sent_with_last_until_the_accounts_changes(
    playbook: Playbook, clock: Clock
) -> None:
    sent = entry("filed", at(9), email="shop@example.org")
    changed = entry("email-changed", at(2), **{"from": "fb@example.org", "to": "new@example.org"})
    for events, email in (((sent,), "shop@example.org"), ((sent, changed), "new@example.org")):
        facebook = account("facebook", *events, email="new@example.org")
        session = open_session(playbook, clock, [], record(facebook))
        assert session.diary_service.prepared_objection("facebook").email == email


def test_an_address_of_the_first_start_is_not_called_the_accounts_own(playbook: Playbook, clock: Clock) -> None:
    sent = entry("filed", at(9), email="shop@example.org")
    instagram = account("instagram", sent, email="anna@example.org")
    session = open_session(playbook, clock, [], record(account("facebook", email="fb@example.org"), instagram))
    assert email_choices(session, "instagram") == {
        "anna@example.org": "the one you typed at the start",
        "shop@example.org": "last used",
        "fb@example.org": "",
    }
    assert email_choices(session, "facebook")["fb@example.org"] == "this account's own"


def test_the_link_of_an_account_is_that_of_its_first_form(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], record(account("facebook"), account("whatsapp")))
    first = playbook.forms_for(platform="facebook", region="eea")[0]
    assert session.view.form_link("facebook") == parse_meta_url(first.url)
    assert session.view.form_link("whatsapp") is None
    assert session.view.form_link("nobody") is None


@pytest.mark.parametrize(
    ("platform", "linked_group", "account_id", "matters"),
    [
        ("instagram", "home", "", True),
        ("instagram", "home", "instagram", True),
        ("instagram", "work", "", False),
        ("instagram", "", "", False),
        ("instagram", None, "", False),
        ("facebook", "home", "facebook", False),
        ("whatsapp", "home", "", False),
    ],
    ids=[
        "a new account in a group with an objection",
        "an account that joins it",
        "a group without one",
        "not linked",
        "unknown",
        "nothing changes",
        "nothing can be sent for it",
    ],
)
def test_the_date_of_a_link_matters_where_an_objection_was_sent_in_the_group(
    playbook: Playbook, clock: Clock, platform: str, linked_group: str | None, account_id: str, *, matters: bool
) -> None:
    session = open_session(
        playbook, clock, [], record(account("facebook", FILED, hub="home"), account("instagram", hub=""))
    )
    objection = session.account_service.objection_affected_by_link(platform, linked_group, account_id)
    assert (objection is not None) is matters
    if objection is not None:
        assert objection.account.id == "facebook"
