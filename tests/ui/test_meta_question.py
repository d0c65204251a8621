"""What a person does on the screens while Meta waits for an answer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from metaoptout_tui.core.record.accounts import DRAFT_TYPED_AT
from metaoptout_tui.core.record.event_ids import new_event_id
from samples import NOW, account, at, entry, record
from ui.driving import OpenScreen, Walker

FILED = entry("filed", at(20), email="anna@example.org")
ASKED = entry("more-asked", at(3), for_="examples")
QUESTION = record(account("elsewhere", FILED, ASKED))


def highlighted(me: Walker) -> str:
    from metaoptout_tui.ui.widgets.lists import ChoiceList

    return me.app.screen.query_one(ChoiceList).highlighted_id


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_enter_on_the_next_thing_leads_to_the_letter_that_answers(
    walk: OpenScreen, size: tuple[int, int]
) -> None:
    async with walk(QUESTION, size=size) as me:
        assert "→ Answer Meta's question: a letter" in me.text
        await me.press("enter")
        assert me.at == "letters"
        assert highlighted(me) == "no-examples"
        assert "Fits now" in me.text


async def test_an_answer_that_was_sent_is_written_down_by_its_own_row(walk: OpenScreen) -> None:
    async with walk(QUESTION, size=(80, 40)) as me:
        await me.go_to_row("→ I have answered it")
        await me.press("enter")
        assert me.at == "confirm"
        assert highlighted(me) == "answered"
        await me.press("enter")
        assert me.at == "checklist"
        assert me.last("elsewhere").kind == "answered"
        assert "I have answered it" not in me.text


WRONG_FORM = record(account("facebook", FILED, entry("refused", at(3), grounds="wrong-form"), hub=""))


async def test_who_used_the_right_form_comes_to_the_answer_and_who_did_not_to_the_form(walk: OpenScreen) -> None:
    async with walk(WRONG_FORM, size=(80, 40)) as me:
        await me.go_to_row("→ It was the right form: answer Meta")
        await me.press("enter")
        assert me.at == "letters"
        assert highlighted(me) == "refusal-answer"
        await me.press("escape")
        await me.go_to_row("→ It was the wrong form: file again")
        await me.press("enter")
        assert me.at == "open"


async def test_which_form_it_was_is_asked_first_and_then_no_more(walk: OpenScreen) -> None:
    async with walk(WRONG_FORM, size=(80, 40)) as me:
        await me.go_to_row("→ Say which form you used")
        await me.press("enter")
        assert "Which form was it?" in me.text
        await me.press("home", "enter")
        assert me.at == "checklist"
        assert me.last("facebook").kind == "text-corrected"
        assert "Say which form you used" not in me.text
        assert "It was the right form: answer Meta" in me.text


async def test_a_letter_begun_before_metas_question_says_that_it_is_older_and_gives_the_new_one(
    walk: OpenScreen,
) -> None:
    typed_at = (NOW - timedelta(days=5)).isoformat()
    asked = ASKED._replace(id=new_event_id(at(3), b"0123456789"), fields={"for": "reason"})
    draft = {"text": "My own old text.", DRAFT_TYPED_AT: typed_at}
    answered = entry("answered", at(1))
    old = replace(record(account("facebook", FILED, asked, answered)), drafts={"letter:facebook:reminder.en": draft})
    async with walk(old, size=(100, 40)) as me:
        await me.press("m")
        await me.go_to_row("Reminder")
        await me.press("enter")
        while me.at != "letter":
            await me.press("escape")
            assert me.at != "checklist"
        words = " ".join(me.text.split())
        assert "Your text is older than what was recorded since, and does not tell it: Meta asks something" in words
        assert "F8 takes the new text instead." in words
        assert "My own old text." in me.text
        await me.press("f8")
        assert "My own old text." not in me.text
        assert "you asked me for more about it" in " ".join(me.text.split())
        assert "Your text is older" not in me.text
