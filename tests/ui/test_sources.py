"""Who says what is said: for each sentence its sources with their dates, to open and to copy, and how sure it is."""

from collections.abc import Sequence

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.guidance.basis import format_sureness
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.links import parse_trusted_url
from metaoptout_tui.core.text import capitalize_first
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader
from samples import account, at, entry, record
from ui.driving import OpenScreen, Walker, does

ONE = record(account(), account("whatsapp"))
OPEN = ("facebook", "open")


def rows(me: Walker) -> list[str]:
    """The sentences of the list."""
    return [
        " ".join(str(option.prompt).split()).removeprefix("• ")
        for option in me.app.screen.query_one("#sources", ChoiceList).options
    ]


async def go_to_sentence(me: Walker, words: str) -> None:
    """Highlight the sentence with these words."""
    sources = me.app.screen.query_one("#sources", ChoiceList)
    sources.highlighted = next(index for index, row in enumerate(rows(me)) if words in row)
    await me.settled()


ONE_SOURCE, MORE_SOURCES = "If you have several profiles", "Log in first, in your normal browser"


@does("checklist.sources")
async def test_s_lists_what_is_said_at_the_step_and_who_says_so_when_and_how_sure(
    walk: OpenScreen, playbook: Playbook
) -> None:
    async with walk(ONE, at=OPEN, size=(120, 50)) as me:
        await me.press("s")
        assert me.headline.title == "Who says so: “Open Privacy Centre”"
        said = rows(me)
        told = playbook.statements_for(step="open", platform="facebook", region="eea")
        reader = me.app.screen.query_one(Reader)
        for statement in told:
            words = playbook.texts.sentence(statement.id)
            assert words in said
            await go_to_sentence(me, words)
            assert reader.plain_text.startswith(capitalize_first(format_sureness(statement.basis)))
            for id in statement.basis.sources:
                assert playbook.sources[id].publisher in " ".join(reader.plain_text.split())
                assert playbook.sources[id].url in "".join(reader.plain_text.split())


async def test_it_begins_with_the_sentence_that_was_being_read(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s")
        assert rows(me)[int(me.chosen)].startswith("Log in first")
        await me.press("escape", "w", "pagedown", "s")
        first = rows(me)[int(me.chosen)]
        await me.press("escape")
        shown = " ".join(me.app.screen.query_one(Reader).plain_text.split())
        top = me.app.screen.query_one(Reader).scroll_offset.y
        above = " ".join("\n".join(me.app.screen.query_one(Reader).plain_text.split("\n")[:top]).split())
        assert first in shown
        assert first not in above


async def test_an_article_of_the_law_is_named_with_who_says_so_and_not_in_the_guide(walk: OpenScreen) -> None:
    refused = record(account("facebook", entry("filed", at(9)), entry("refused", at(1))))
    async with walk(refused, at=("facebook", "confirm"), size=(120, 50)) as me:
        await me.press("w")
        assert not me.guide_says("Art.")
        await me.press("s")
        await go_to_sentence(me, "it must say why and mention complaint and court")
        assert "GDPR Art. 12(4)" in me.app.screen.query_one(Reader).plain_text


@does("sources.browser")
@parametrize_some(1, "key", ["enter", "o"])
async def test_the_page_of_one_source_is_opened_at_once(walk: OpenScreen, key: str) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s")
        await go_to_sentence(me, ONE_SOURCE)
        await me.press(key)
        await me.workers()
        assert me.machine.opened == [str(parse_trusted_url(me.session.playbook.sources["S03"].url))]
        assert me.at == "sources"


@pytest.mark.exhaustive
async def test_of_several_it_is_asked_whose_page_to_open(walk: OpenScreen, playbook: Playbook) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s")
        await go_to_sentence(me, MORE_SOURCES)
        await me.press("enter")
        assert (me.at, me.headline.title) == ("ask", "Whose page?")
        await me.press("end", "enter")
        await me.workers()
        await me.press("enter", "home", "enter")
        await me.workers()
        last, first = me.machine.opened
        known = {str(parse_trusted_url(source.url)) for source in playbook.sources.values() if source.url}
        assert {first, last} <= known
        assert ".nl/" in first  # where the person lives
        assert ".nl/" not in last
        assert me.at == "sources"


async def test_without_a_browser_its_address_is_shown(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN, browser={}, size=(100, 40)) as me:
        await me.press("s")
        await go_to_sentence(me, ONE_SOURCE)
        await me.press("enter")
        await me.workers()
        assert me.at == "link"
        assert me.session.playbook.sources["S03"].url in "".join(me.text.split())


@does("sources.copy")
async def test_c_copies_the_address(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s")
        await go_to_sentence(me, ONE_SOURCE)
        await me.press("c")
        await me.workers()
        assert me.machine.copied == [me.session.playbook.sources["S03"].url]


@does("sources.show")
async def test_v_shows_it_for_the_phone(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s")
        await go_to_sentence(me, ONE_SOURCE)
        await me.press("v")
        assert me.at == "link"


@does("sources.up", "sources.down")
async def test_the_list_is_walked(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s")
        first = me.chosen
        for down, up in (("j", "k"), ("down", "up")):
            await me.press(down)
            assert me.chosen != first
            await me.press(up)
            assert me.chosen == first


@does("sources.page-down", "sources.page-up")
@parametrize_some(1, ("on", "back"), [("pagedown", "pageup"), ("ctrl+d", "ctrl+u")])
async def test_who_says_so_is_read_on_and_back(walk: OpenScreen, on: str, back: str) -> None:
    async with walk(ONE, at=OPEN, size=(60, 20)) as me:
        await me.press("s")
        await go_to_sentence(me, MORE_SOURCES)
        reader = me.app.screen.query_one(Reader)
        await me.press(on)
        assert reader.scroll_offset.y > 0
        await me.press(back)
        assert reader.scroll_offset.y == 0


@does("sources.back")
@parametrize_some(1, "keys", [("escape",), ("b",)])
async def test_every_way_back(walk: OpenScreen, keys: Sequence[str]) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s", *keys)
        assert me.at == "checklist"
        assert me.events() == []


async def test_every_source_with_an_address_can_be_opened(playbook: Playbook) -> None:
    for source in playbook.sources.values():
        if source.url:
            assert str(parse_trusted_url(source.url)).startswith("https://")


@does("open.sources")
async def test_at_the_links_of_the_forms_one_key_leads_to_what_they_rest_on(
    walk: OpenScreen, playbook: Playbook
) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("enter")
        forms = playbook.forms_for(platform="facebook", region="eea")
        await me.press("s")
        assert me.headline.title == "Who says so: “Open Privacy Centre”"
        for form in forms:
            await go_to_sentence(me, form.url)
            for id in form.basis.sources:
                assert playbook.sources[id].publisher in me.app.screen.query_one(Reader).plain_text


@does("identify.more", "open.more", "submit.more", "review.more")
@parametrize_some(
    2, ("id", "step"), [("facebook", "identify"), ("facebook", "open"), ("facebook", "submit"), ("whatsapp", "review")]
)
async def test_on_the_screen_of_a_step_one_key_shows_everything_and_hides_it_again(
    walk: OpenScreen, id: str, step: str
) -> None:
    async with walk(record(account(id)), at=(id, step), size=(120, 50)) as me:
        await me.press("enter")
        quiet = me.app.screen.query_one(Reader).plain_text
        assert "Good to know" not in quiet
        await me.press("w")
        everything = me.app.screen.query_one(Reader).plain_text
        assert everything.startswith(quiet)
        assert "Good to know" in everything
        await me.press("w")
        assert me.app.screen.query_one(Reader).plain_text == quiet


@does("identify.sources", "submit.sources")
@parametrize_some(1, "step", ["identify", "submit"])
async def test_on_the_screen_of_a_step_one_key_leads_to_who_says_so(walk: OpenScreen, step: str) -> None:
    async with walk(ONE, at=("facebook", step), size=(120, 50)) as me:
        await me.press("enter", "s")
        assert me.at == "sources"
        await me.press("escape")
        assert me.at == step


@does("link.sources")
async def test_a_link_shown_in_full_says_when_it_was_last_named_and_who_says_so(
    walk: OpenScreen, playbook: Playbook
) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("o")
        assert "as of 2 Oct 2026" in me.text
        await me.press("s")
        form = playbook.forms_for(platform="facebook", region="eea")[0]
        assert form.url in rows(me)[0]
        for id in form.basis.sources:
            assert playbook.sources[id].publisher in me.app.screen.query_one(Reader).plain_text
        await me.press("v")
        assert me.at == "link"
        await me.press("s")
        assert me.told == "This link is itself a source, or a page of an authority."


@does("welcome.sources")
async def test_the_welcome_says_on_whose_word_it_speaks(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("f3")
        assert me.headline.title == "Who says so: “Welcome”"
        assert any("object at any time" in row for row in rows(me))
        await me.press("escape")
        assert me.at == "welcome"
