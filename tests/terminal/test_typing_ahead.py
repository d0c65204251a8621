"""Keys that are typed faster than screens come, as over a slow line: each reaches the screen it was meant for."""

import pytest

from terminal.pseudo_terminal import Home, OpenWindow


def test_the_walk_to_the_first_objection_can_be_typed_ahead_in_one_go(home: Home, window: OpenWindow) -> None:
    person = window()
    person.see("Where do you live?")
    welcome, identify, open_form, submit, when = b"nether\r \ranna@example.org\r", b"\r\r", b"\r", b"p", b"\r"
    person.send(welcome + identify + open_form + submit + when)
    person.see("Look for Meta's mail to anna@example.org", "filed, waiting since")
    assert home.kinds() == ["account-added", "step-done", "step-done", "filed"]


@pytest.mark.by_default("keys that come before the screen they are meant for")
def test_a_name_typed_right_after_the_key_that_asks_for_it_is_in_the_field(home: Home, window: OpenWindow) -> None:
    home.write(home.record, 'schema = 1\n[person]\ncountry = "NL"\n')
    person = window("--offline")
    person.see("There is no account in your list yet.")
    person.send(b"aFacebook anna.nl\r")
    person.see("Next: List what is linked with Facebook “anna.nl”")


def test_keys_for_one_screen_after_another_are_not_lost_while_screens_close(home: Home, window: OpenWindow) -> None:
    home.write(home.record, 'schema = 1\n[person]\ncountry = "NL"\n')
    person = window("--offline")
    person.see("There is no account in your list yet.")
    person.send(b"?\x1b[B" + b"bb" + b"rb" + b"?b" + b"q")
    assert person.ended() == 0
