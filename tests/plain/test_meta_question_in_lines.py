"""What a person does line by line while Meta waits for an answer."""

from dataclasses import replace
from datetime import timedelta

from metaoptout_tui.core.record.accounts import DRAFT_TYPED_AT
from metaoptout_tui.core.record.event_ids import new_event_id
from plain_talk import Speak
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(20), email="anna@example.org")
ASKED = entry("more-asked", at(3), for_="reason")
QUESTION = record(account("facebook", FILED, ASKED, hub=""))


def test_the_page_of_the_account_offers_the_letter_and_that_it_was_answered(speak: Speak) -> None:
    talk = speak("account:facebook", "quit", progress=QUESTION)
    assert "Answer Meta's question: a letter" in talk.text
    assert "I have answered it" in talk.text
    answered = speak("account:facebook", "offer:confirm/answered", "", "", "", "quit", progress=QUESTION)
    assert answered.last().kind == "answered"
    assert answered.last("facebook").text("reference") == ""
    assert "I have answered it" not in speak("account:facebook", "quit").text


def test_after_a_refusal_for_the_form_both_ways_are_offered_and_which_form_it_was_is_asked(speak: Speak) -> None:
    refused = record(account("facebook", FILED, entry("refused", at(3), grounds="wrong-form"), hub=""))
    talk = speak("account:facebook", "offer:confirm/which-form", "1", "quit", progress=refused)
    assert "It was the right form: answer Meta" in talk.text
    assert "It was the wrong form: file again in the right one" in talk.text
    assert "Which form was it?" in talk.text
    assert talk.last().kind == "text-corrected"
    assert (
        "Meta says that it was the wrong form."
        in speak("account:facebook", "offer:confirm/letters", "back", "quit").text
    )


def test_the_letter_that_answers_comes_first_and_sending_it_answers(speak: Speak) -> None:
    letter = (
        "account:facebook",
        "offer:confirm/letters",
        "question",
        "Anna",
        "",
        "",
        "read",
        "back",
        "y",
        "letter",
        "",
        "quit",
    )
    talk = speak(*letter, progress=QUESTION)
    assert talk.events() == ["filed", "more-asked", "answered", "evidence"]
    assert "On 20 November 2026 you asked me something about it." in talk.text


def test_a_letter_begun_before_metas_question_says_that_it_is_older(speak: Speak) -> None:
    asked = ASKED._replace(id=new_event_id(at(3), b"0123456789"))
    draft = {"text": "My own old text.", DRAFT_TYPED_AT: (NOW - timedelta(days=5)).isoformat()}
    old = replace(record(account("facebook", FILED, asked)), drafts={"letter:facebook:question.en": draft})
    talk = speak("account:facebook", "offer:confirm/letters", "question", "quit", progress=old)
    assert "Your text is older than what was recorded since" in talk.text
    assert "“Put it back as the diary fills it” takes the new text instead." in talk.text
