"""The manual on the screen: at the chapter of the screen one comes from, gone through, and searched."""

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.manual import chapter_titles, manual_page
from metaoptout_tui.core.language.translation import use_catalogue
from metaoptout_tui.manual.chapters import CHAPTERS
from metaoptout_tui.translations.catalogues import load_catalogue
from metaoptout_tui.ui.screens import SCREEN_CLASSES
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader
from ui.driving import EVERYTHING, WAYS, OpenScreen, Walker, does, go

OPEN = ("facebook", "open")
TITLES = chapter_titles()


def shown_chapter(me: Walker) -> str:
    return me.headline.title.removeprefix("Manual: ")


def first_line(me: Walker) -> str:
    reader = me.app.screen.query_one(Reader)
    return reader.plain_text.splitlines()[reader.scroll_offset.y]


@does("help.manual", "manual.back")
@parametrize_some(1, "place", ["checklist", "confirm", "letter", "kept"])
async def test_help_leads_to_the_chapter_about_the_screen_one_came_from(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step)) as me:
        await go(me, place)
        await me.press("f1", "m")
        assert me.at == "manual"
        subject = way.step if place == "checklist" else place
        [chapter] = [chapter for chapter, screens in CHAPTERS.items() if subject in screens]
        assert shown_chapter(me) == TITLES[chapter]
        assert first_line(me) == TITLES[chapter]
        await me.press("escape")
        assert me.at == "help"
        await me.press("escape")
        assert me.at == place


@parametrize_some(
    2,
    ("at", "chapter"),
    [
        (("facebook", "identify"), "several-accounts"),
        (("facebook", "submit"), "first-evening"),
        (("facebook", "confirm"), "what-came-back"),
        (("whatsapp", "review"), "whatsapp"),
    ],
)
async def test_in_the_checklist_it_is_the_chapter_about_the_step_in_view(
    walk: OpenScreen, at: tuple[str, str], chapter: str
) -> None:
    async with walk(EVERYTHING, at=at) as me:
        assert me.at == "checklist"
        await me.press("f11")
        assert shown_chapter(me) == TITLES[chapter]


def test_each_screen_has_a_chapter_that_is_about_it() -> None:
    told = {screen for screens in CHAPTERS.values() for screen in screens}
    assert set(SCREEN_CLASSES) - told == {"help", "manual", "manual-find"}


@does("everywhere.manual")
async def test_one_key_opens_it_from_a_question_over_a_screen_and_keeps_what_is_typed(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=("facebook", "confirm")) as me:
        await me.press("a")
        await me.write("anna.nl")
        await me.press("f11")
        assert shown_chapter(me) == TITLES["several-accounts"]
        await me.press("alt+m")
        assert shown_chapter(me) == TITLES["several-accounts"]
        await me.press("b")
        assert (me.at, me.field("name")) == ("account", "anna.nl")


@does("manual.next", "manual.last")
async def test_the_chapters_follow_one_another_and_each_is_read_from_its_top(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=OPEN) as me:
        await me.press("f11", "end")
        seen = []
        for _ in CHAPTERS:
            await me.press("n")
            seen.append(shown_chapter(me))
            assert me.app.screen.query_one(Reader).scroll_offset.y == 0
        assert seen == [*list(TITLES.values())[1:], TITLES["first-evening"]]
        await me.press("p")
        assert shown_chapter(me) == TITLES["whats-new"]


@does("manual.up", "manual.down", "manual.page-up", "manual.page-down", "manual.next-heading", "manual.last-heading")
async def test_it_scrolls_by_lines_pages_and_headings(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=OPEN) as me:
        await me.press("f11")
        reader = me.app.screen.query_one(Reader)
        await me.press("j", "j")
        assert reader.scroll_offset.y == 2
        await me.press("k", "k")
        assert reader.scroll_offset.y == 0
        await me.press("space")
        assert reader.scroll_offset.y > 5
        await me.press("pageup")
        assert reader.scroll_offset.y == 0
        await me.press("right_square_bracket", "right_square_bracket")
        headings = [block.plain_text for block in manual_page("first-evening").blocks if block.kind == "heading"]
        assert first_line(me) == headings[2]
        await me.press("left_square_bracket")
        assert first_line(me) == headings[1]


@parametrize_some(1, "columns", [40, 80, 120])
async def test_no_word_of_any_chapter_is_cut_off(walk: OpenScreen, columns: int) -> None:
    async with walk(EVERYTHING, at=OPEN, size=(columns, 24)) as me:
        await me.press("f11")
        for chapter in CHAPTERS:
            reader = me.app.screen.query_one(Reader)
            assert max(reader.line_widths) <= reader.columns
            told = "".join(reader.plain_text.split())
            blocks = manual_page(chapter).blocks
            for block in blocks:
                if block.kind in ("heading", "paragraph", "code"):
                    assert "".join(block.plain_text.split()) in told
            await me.press("n")


@does("manual.find", "manual-find.go", "manual-find.back")
async def test_words_are_found_and_a_heading_is_gone_to(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=("facebook", "confirm")) as me:
        await me.press("enter", "f11", "f")
        assert me.at == "manual-find"
        choices = me.app.screen.query_one(ChoiceList)
        assert choices.highlighted_id == "what-came-back.0"
        assert "When to look" in me.text
        await me.write("PLIST launchctl")
        assert "Reminders: macOS: launchd" in me.flowing
        assert "metaoptout-due.plist" in me.flowing
        await me.press("enter")
        assert shown_chapter(me) == "Reminders"
        assert "metaoptout-due.plist" in me.flowing
        await me.press("f")
        await me.write("zebra")
        assert me.headline.left == "This stands nowhere in the manual."
        await me.press("enter")
        assert me.told == "This stands nowhere in the manual. Try other words."
        await me.write("", anew=True)
        await me.press("down", "enter")
        assert first_line(me) == "In your calendar"
        await me.press("f", "escape")
        assert shown_chapter(me) == "Reminders"


@pytest.mark.exhaustive
async def test_in_another_language_english_words_are_found_and_what_is_not_there_may_be_in_an_english_chapter(
    walk: OpenScreen,
) -> None:
    german = load_catalogue("de")
    assert german is not None
    use_catalogue(german)
    async with walk(EVERYTHING, at=("facebook", "confirm")) as me:
        await me.press("enter", "f11", "f")
        await me.write("zebra")
        assert me.headline.left == "Das steht nirgends im Handbuch; einige Kapitel sind auf Englisch."
        await me.press("enter")
        assert me.told == (
            "Das steht nirgends im Handbuch. Einige Kapitel sind auf Englisch: Versuchen Sie englische Wörter."
        )
        await me.write("“More you can do” → “Redo”", anew=True)
        assert "Was zurückkam: Ein Versehen" in me.flowing
        await me.press("enter")
        assert me.headline.title == "Handbuch: Was zurückkam"
        assert "„Wiederholen“" in me.flowing
        await me.press("f")
        await me.write("launchctl")
        await me.press("enter")
        assert me.headline.title == "Handbuch: Reminders"
