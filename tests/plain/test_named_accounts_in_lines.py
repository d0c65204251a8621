"""In lines too, a confirmation of linked accounts is asked whom it names, and Enter alone leaves that open."""

import pytest

from plain_talk import Speak
from samples import account, at, entry, record

LINKED = record(account("facebook", entry("filed", at(2)), hub="home"), account("instagram", hub="home"))


@pytest.mark.parametrize(("answer", "names"), [("", ""), ("one", "one"), ("all", "all")])
def test_a_confirmation_is_asked_whom_it_names(speak: Speak, answer: str, names: str) -> None:
    talk = speak("next", "confirmed-by-mail", "", answer, "", "", progress=LINKED)
    assert "Does it name one account, or all of them?" in talk.heard
    assert (talk.last().kind, talk.last().text("names")) == ("confirmed-by-mail", names)
