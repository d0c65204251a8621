"""The optional reason: ticked together in six languages, or written by hand."""

import pytest
from textual.widgets import TextArea

from exhaustive import parametrize_some
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.guidance.loader import load_reason_texts
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList
from samples import account, record
from ui.driving import OpenScreen, Walker, does

ONE = record(account())
SUBMIT = ("facebook", "submit")


async def at_the_reason(me: Walker) -> CheckboxList:
    """Go to the reason from the first screen."""
    await me.press("enter", "r")
    assert me.at == "reason"
    return me.app.screen.query_one(CheckboxList)


async def tick(me: Walker, *options: str) -> None:
    """Tick options by walking to them."""
    ticks = me.app.screen.query_one(CheckboxList)
    for option in options:
        ticks.go_to(option)
        await me.press("space")
        assert option in ticks.checked_ids


async def test_it_is_empty_until_something_is_ticked(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        ticks = await at_the_reason(me)
        assert me.field("text") == ""
        assert me.words("count") == "Empty."
        assert ticks.checked_ids == []
        await me.press("escape", "p")
        assert "Without a reason, which is fine." in me.flowing


async def test_a_sentence_of_ones_own_goes_behind_what_was_ticked(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await me.press("space", "tab")
        await me.write(" I am a nurse.")
        assert "I object under Article 21 GDPR" in me.field("text")
        assert me.field("text").endswith(" I am a nurse.")


async def test_ticks_become_two_to_four_true_sentences(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await me.press("space")
        assert "I object under Article 21 GDPR" in me.field("text")
        first = me.field("text")
        await tick(me, "children", "no-undo", "confirm-in-writing")
        text = me.field("text")
        assert len(text) > len(first)
        sentences = [each for each in text.replace("Art.", "Art").split(". ") if each]
        assert 2 <= len(sentences) <= 4
        assert "children" in text
        assert me.words("count").startswith(
            f"{len(text)} characters; 100 to 600 also fit older forms, as far as known."
        )


@does("reason.language")
async def test_f3_takes_the_next_of_six_languages(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await tick(me, "posts", "children", "control", "confirm-in-writing")
        texts = {}
        for language in CONTENT_LANGUAGES:
            assert language_name(language) in me.headline.left
            texts[language] = me.field("text")
            words = load_reason_texts()[language]
            assert any(stem.casefold() in texts[language].casefold() for stem in words.objection_stems)
            assert words.parts["children"] in texts[language]
            await me.press("f3")
        assert len(set(texts.values())) == len(CONTENT_LANGUAGES)
        assert me.field("text") == texts["en"]


async def test_the_language_of_labels_is_the_one_to_begin_with(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT, label_language="it") as me:
        await at_the_reason(me)
        await me.press("space")
        assert "mi oppongo" in me.field("text")


@does("reason.write")
async def test_a_text_changed_by_hand_stays(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await me.press("space", "tab")
        assert isinstance(me.app.focused, TextArea)
        me.app.focused.move_cursor(me.app.focused.document.end)
        await me.write(" I mean it.")
        mine = me.field("text")
        assert mine.endswith(" I mean it.")
        await me.press("tab", "down", "space")
        assert me.field("text") == mine
        assert me.told.startswith("You changed the text by hand, so it stays.")
        await me.press("f3")
        assert me.field("text") == mine
        await me.press("escape", "r")
        assert me.field("text") == mine


@does("reason.compose")
async def test_f4_makes_it_anew_from_what_is_ticked(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await me.press("space")
        made = me.field("text")
        await me.press("tab")
        await me.write("No. ")
        assert me.field("text") != made
        await me.press("f4")
        assert me.field("text") == made


@does("reason.clear")
async def test_f8_empties_it(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        ticks = await at_the_reason(me)
        await tick(me, "posts", "health")
        await me.press("f8")
        assert me.field("text") == ""
        assert ticks.checked_ids == []
        await me.press("escape", "p")
        assert "Without a reason" in me.flowing


@does("reason.undo")
async def test_f9_gives_back_what_was_emptied_and_once_more_empties_it_again(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        ticks = await at_the_reason(me)
        await tick(me, "posts", "health")
        await me.press("tab")
        await me.write("Mine. ")
        mine = me.field("text")
        await me.press("f8")
        assert me.told == "Emptied. F9 gives it back."
        await me.press("f9")
        assert me.field("text") == mine
        assert ticks.checked_ids == ["posts", "health"]
        await me.press("f9")
        assert me.field("text") == ""
        assert ticks.checked_ids == []


@pytest.mark.exhaustive
async def test_f9_gives_back_a_text_of_ones_own_that_was_made_anew(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await me.press("space", "tab")
        await me.write("Mine. ")
        mine = me.field("text")
        await me.press("f4")
        assert me.field("text") != mine
        assert me.told == "Made anew. F9 gives your text back."
        await me.press("f4")
        assert me.told == "Made anew. F9 gives your text back."
        await me.press("f9", "escape", "r")
        assert me.field("text") == mine


async def test_f9_has_nothing_to_give_back_before_anything_was_emptied(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await me.press("f8")
        assert me.told == "The reason is empty already."
        await me.press("f9")
        assert me.told == "Nothing was emptied or made anew here."


@pytest.mark.exhaustive
@does("reason.done")
async def test_going_back_keeps_text_ticks_and_language(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        for key in ("f2", "escape"):
            ticks = await at_the_reason(me)
            await me.press("f8")
            await tick(me, "photos", "faith")
            await me.press("f3")
            text, left = me.field("text"), me.headline.left
            await me.press(key)
            assert me.at == "submit"
            await me.press("r")
            ticks = me.app.screen.query_one(CheckboxList)
            assert (me.field("text"), ticks.checked_ids, me.headline.left) == (text, ["photos", "faith"], left)
            await me.press("escape", "escape")
        await me.press("enter", "p", "enter")
        assert me.last().text("reason") == text


@parametrize_some(1,
    ("typed", "words"),
    [
        ("I withdraw my consent to everything that Meta does with what I have posted over the years, all of it.", "This speaks of consent only."),
        ("Please delete all my photos and all my posts and everything else that you have about me, thank you.", "This asks for deletion only"),
        ("I object to the use of my data for AI. My passport is NL1234567 and my telephone is 0612345678.", "There seems to be an identity, bank or telephone number in it."),
        ("I object.", "Under 100 characters."),
        ("I object to this use of my data. " * 20, "Over 600 characters."),
    ],
)  # fmt: skip
async def test_what_misses_its_target_is_said_while_it_is_written(walk: OpenScreen, typed: str, words: str) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await me.press("tab")
        me.app.screen.query_one(TextArea).insert(typed)
        await me.settled()
        assert words in me.words("count")
        assert words.rsplit(" ", maxsplit=1)[-1] in me.text
        await me.press("f8")
        assert me.words("count") == "Empty."


@pytest.mark.exhaustive
async def test_the_law_named_is_that_of_the_country(walk: OpenScreen) -> None:
    for country, law in (("NL", "GDPR"), ("GB", "UK GDPR"), ("CH", "FADP"), ("BR", "LGPD")):
        async with walk(record(account(), country=country), at=SUBMIT) as me:
            await at_the_reason(me)
            await me.press("space")
            assert law in me.field("text")


async def test_what_is_written_is_on_the_disk_when_the_window_closes(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await me.press("tab")
        await me.write("I object")
        await me.press("ctrl+q")
        await me.until(lambda: me.app.return_code == 0)
        assert me.machine.saved[-1].drafts["submit:facebook"]["reason"] == "I object"


async def test_what_is_written_is_on_the_disk_soon_after_the_last_key(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await me.press("tab")
        await me.write("I object")
        await me.until(lambda: me.machine.saved and "submit:facebook" in me.machine.saved[-1].drafts)
        assert me.machine.saved[-1].drafts["submit:facebook"]["reason"] == "I object"


async def test_letters_typed_in_the_long_list_go_to_the_row_that_they_begin(walk: OpenScreen) -> None:
    async with walk(ONE, at=SUBMIT) as me:
        await at_the_reason(me)
        await me.press(*"healt")
        assert me.chosen == "health"
        await me.press("home", *"chi")
        assert me.chosen == "children"
        assert me.field("text") == ""
        await me.press("f8", "z", "q")
        assert me.chosen == "children"
