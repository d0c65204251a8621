"""What a person is told first at a step: little, what is to be done now, and nothing that no longer applies."""

import re
from collections.abc import Iterator

import pytest

from metaoptout_tui.core.guidance.basis import doubt_note
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.step_advice import StepAdvice
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.events import Event
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(2), email="anna@example.org")
MESSAGE, MAIL, AGAIN = "Did a message appear after sending?", "after 1 hour", "Nothing after 3 days?"
DIARIES: dict[str, tuple[Event, ...]] = {
    "nothing yet": (),
    "the form is open": (entry("step-done", at(1), step="identify"), entry("step-done", at(1), step="open")),
    "just sent": (entry("filed", at(0.02)),),
    "sent and silent": (entry("filed", at(4)), entry("answer-missing", at(1))),
    "received": (FILED, entry("will-be-reviewed", at(1))),
    "by post": (entry("filed", at(2), by="letter"),),
    "on the screen": (FILED, entry("confirmed-on-screen", at(2), message="applied")),
    "by mail": (FILED, entry("confirmed-by-mail", at(1))),
    "refused": (FILED, entry("refused", at(1))),
    "asked": (FILED, entry("more-asked", at(1), **{"for": "id"})),
    "wrong form": (FILED, entry("more-asked", at(1), **{"for": "prompts"})),
    "code": (FILED, entry("code-asked", at(1))),
    "silent for two months": (entry("filed", at(60)),),
    "takes longer": (FILED, entry("extended", at(1))),
    "came back": (FILED, entry("undeliverable", at(1))),
    "complained": (entry("filed", at(60)), entry("complained", at(1))),
    "closed": (entry("filed", at(60)), entry("closed", at(1))),
    "a year ago": (entry("filed", at(400)), entry("confirmed-by-mail", at(399))),
    "another address": (FILED, entry("email-changed", at(1), **{"from": "a@example.org", "to": "b@example.org"})),
}


def told(playbook: Playbook, *accounts: Account, step: str, country: str = "NL") -> str:
    """What is said first at a step of the last account."""
    everything = record(*accounts, country=country)
    overview = compute_overview(everything, playbook, NOW, lambda *_: "")
    advice = StepAdvice(playbook, everything, overview, overview.statuses[-1], step)
    return " ".join(each.words for each in advice.in_order())


def sentences(text: str) -> list[str]:
    return [words for words in re.split(r"(?<=[.?!]) (?=[A-Z“])", text) if words]


def every_start(playbook: Playbook) -> Iterator[tuple[str, str, str]]:
    for platform in playbook.platforms:
        for country in ("NL", "GB", "CH", "BR", "JP", "US"):
            for step in playbook.steps_for(platform.id, playbook.region_of_country(country).id):
                yield platform.id, country, step


def test_at_the_start_every_step_is_told_in_a_few_short_sentences(playbook: Playbook) -> None:
    for platform, country, step in every_start(playbook):
        words = told(playbook, account(platform), step=step, country=country)
        assert 1 <= len(sentences(words)) <= 6, (platform, country, step)
        if country == "NL":
            assert len(sentences(words)) <= 5, (platform, step)
        assert all(len(sentence) <= 130 for sentence in sentences(words)), words


@pytest.mark.parametrize("diary", DIARIES.values(), ids=DIARIES.keys())
@pytest.mark.parametrize("step", ["identify", "open", "submit", "confirm"])
def test_however_the_account_stands_little_is_told(playbook: Playbook, diary: tuple[Event, ...], step: str) -> None:
    words = told(playbook, account("facebook", *diary), step=step)
    assert 1 <= len(sentences(words)) <= 5, words


@pytest.mark.parametrize(
    ("diary", "said", "not_said"),
    [
        ("nothing yet", ("First comes “Submit the form”.",), (MESSAGE, MAIL, AGAIN)),
        ("just sent", (MESSAGE, MAIL), (AGAIN, "What came")),
        ("sent and silent", (AGAIN,), (MESSAGE, MAIL)),
        (
            "received",
            (
                "What came (22 Nov): Only that it was received, or will be reviewed.",
                "Next: Wait for Meta's answer about Facebook “Anna”, until 21 Dec.",
            ),
            (MESSAGE,),
        ),
        ("by post", ("went by post (21 Nov)", "counts from the day it arrived"), (MESSAGE, MAIL, AGAIN)),
        ("on the screen", ("How it stands: confirmed on screen (21 Nov).", MAIL), (MESSAGE, AGAIN)),
        ("by mail", ("How it stands: confirmed by mail (22 Nov).", "Keep it"), (MESSAGE, MAIL, AGAIN)),
        ("refused", ("How it stands: refused (22 Nov).", "Keep the refusal and its date."), (MESSAGE, MAIL, AGAIN)),
        (
            "silent for two months",
            ("How it stands: no answer, Meta is late.", "Next: Meta's month"),
            (MESSAGE, MAIL, AGAIN),
        ),
        (
            "complained",
            ("How it stands: complained (22 Nov).", "Next: Wait until 22 Feb 2027 for the authority"),
            (MESSAGE, MAIL, AGAIN, "If Meta"),
        ),
        ("closed", ("How it stands: closed (22 Nov).",), (MESSAGE, MAIL, AGAIN, "A confirmation shows")),
        ("a year ago", ("a year or more ago", "new terms of Meta"), (MESSAGE, MAIL, AGAIN, "Confirmed")),
        ("another address", ("repeat it to be sure", "First comes “Submit the form”."), (MESSAGE, MAIL, AGAIN)),
    ],
)
def test_at_the_last_step_it_follows_what_came(
    playbook: Playbook, diary: str, said: tuple[str, ...], not_said: tuple[str, ...]
) -> None:
    words = told(playbook, account("facebook", *DIARIES[diary]), step="confirm")
    for each in said:
        assert each in words
    for each in not_said:
        assert each not in words


@pytest.mark.parametrize("step", ["open", "submit"])
@pytest.mark.parametrize("diary", ["just sent", "by mail", "complained", "closed"])
def test_what_was_sent_needs_no_form(playbook: Playbook, step: str, diary: str) -> None:
    words = told(playbook, account("facebook", *DIARIES[diary]), step=step)
    assert "at this step there is nothing left to do. To send it once more, open this step." in words
    assert "Log in first" not in words
    assert "Press Send" not in words


@pytest.mark.parametrize("diary", ["wrong form", "came back"])
def test_where_the_form_is_due_again_it_is_said_why(playbook: Playbook, diary: str) -> None:
    words = told(playbook, account("facebook", *DIARIES[diary]), step="submit")
    assert "Next: " in words
    assert "there is nothing left to do" not in words


@pytest.mark.parametrize(
    ("platform", "doubt"),
    [
        ("instagram", "each account counts for itself"),
        ("threads", "Nobody confirms that your objection covers Threads"),
    ],
)
def test_what_covers_an_account_is_told_with_its_doubt(playbook: Playbook, platform: str, doubt: str) -> None:
    covering = account("facebook", FILED, hub="private")
    words = told(playbook, covering, account(platform, hub="private"), step="submit")
    assert words.startswith(
        "Perhaps covered: sent through Facebook “Anna” (21 Nov), and Meta has not confirmed it yet."
    )
    assert doubt in words
    assert words.endswith("To be sure, object for it too: “Object for this account too”.")


def test_a_list_that_is_complete_says_when_to_come_back(playbook: Playbook) -> None:
    words = told(playbook, account("facebook", entry("step-done", at(1), step="identify")), step="identify")
    assert words.endswith("Come back here when you make, link or find another account.")


@pytest.mark.parametrize(
    ("country", "first"),
    [
        ("GB", "If Meta refuses or stays silent, complain to Meta first."),
        ("CH", "If Meta does not answer, ask it what it does with your data"),
        ("NL", "Keep the refusal and its date."),
    ],
)
def test_after_a_refusal_the_law_where_one_lives_comes_before_advice_from_elsewhere(
    playbook: Playbook, country: str, first: str
) -> None:
    words = told(playbook, account("facebook", FILED, entry("refused", at(1))), step="confirm", country=country)
    assert first in words


def test_whether_an_old_objection_still_counts_is_told_at_the_last_step_as_disputed(playbook: Playbook) -> None:
    then = account("facebook", entry("filed", at(900)), entry("confirmed-by-mail", at(899)), hub="one")
    assert "An objection of 2024 still counts, says Meta; noyb says" in told(playbook, then, step="confirm")
    assert "of 2024" in told(playbook, then, account("instagram", hub="one"), step="confirm")
    assert "of 2024" not in told(playbook, then, step="open")
    assert "of 2024" not in told(playbook, account("facebook", entry("filed", at(400))), step="confirm")
    basis = next(each.basis for each in playbook.statements if each.id == "coverage.2024")
    assert doubt_note(basis) == "(disputed)"


@pytest.mark.parametrize("purpose", ["authority", "authority.uk"])
def test_until_when_one_can_go_to_court_is_said_to_be_unknown_with_whom_to_ask(
    playbook: Playbook, purpose: str
) -> None:
    words = playbook.texts.sentence(f"period.{purpose}")
    assert words.endswith("nobody here knows: ask a lawyer or an advice service.")
