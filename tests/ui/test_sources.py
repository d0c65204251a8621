"""Where what is said comes from: listed with hosts, to open, to copy, and to see what rests on it."""

from collections.abc import Sequence

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.links import parse_trusted_url
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader
from samples import account, record
from ui.driving import EVERYTHING, OpenScreen, Walker, does

ONE = record(account(), account("whatsapp"))
OPEN = ("facebook", "open")


def rows(me: Walker) -> list[str]:
    """The lines of the list."""
    return [str(option.prompt) for option in me.app.screen.query_one("#sources", ChoiceList).options]


@does("checklist.sources")
async def test_s_lists_every_source_of_the_step_with_its_date_and_host(walk: OpenScreen, playbook: Playbook) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s")
        assert me.headline.title == "Sources of “Open Privacy Centre”"
        listed = me.app.screen.query_one("#sources", ChoiceList).options
        for option, line in zip(listed, rows(me), strict=True):
            source = playbook.sources[option.id or ""]
            if source.url:
                assert parse_trusted_url(source.url).host in line
            else:
                assert "no public address" in line
        used = {
            id
            for each in playbook.statements_for(step="open", platform="facebook", region="eea")
            for id in each.basis.sources
        }
        assert used <= {option.id for option in listed}


@parametrize_some(1, "place", [("facebook", "open"), ("instagram", "submit"), ("instagram-shop", "confirm")])
async def test_the_numbers_are_those_of_the_guide(walk: OpenScreen, place: tuple[str, str]) -> None:
    async with walk(EVERYTHING, at=place, size=(120, 40)) as me:
        words = me.app.screen.query_one(Reader).plain_text
        list_there = words[words.index("\nSources") :]
        await me.press("s")
        there = [line.split(",")[0] for line in list_there.split("\n") if line[:1].isdigit()]
        assert there
        assert [row.strip().split(",")[0] for row in rows(me)][: len(there)] == there


async def test_the_highlighted_source_says_what_rests_on_it_and_its_whole_address(
    walk: OpenScreen, playbook: Playbook
) -> None:
    async with walk(ONE, at=OPEN, size=(120, 40)) as me:
        await me.press("s")
        reader = me.app.screen.query_one(Reader)
        for _ in rows(me):
            source = playbook.sources[me.chosen]
            assert source.publisher in reader.plain_text
            assert source.url in "".join(reader.plain_text.split())
            assert "Based on this source" in reader.plain_text
            assert reader.plain_text.partition("Based on this source")[2].strip()
            await me.press("down")


@does("sources.browser")
@pytest.mark.parametrize("key", ["enter", "o"])
async def test_the_page_is_opened_in_the_browser(walk: OpenScreen, playbook: Playbook, key: str) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s", "down")
        url = playbook.sources[me.chosen].url
        await me.press(key)
        await me.workers()
        assert me.machine.opened == [str(parse_trusted_url(url))]
        assert me.at == "sources"


async def test_without_a_browser_its_address_is_shown(walk: OpenScreen, playbook: Playbook) -> None:
    async with walk(ONE, at=OPEN, browser={}, size=(100, 40)) as me:
        await me.press("s")
        url = playbook.sources[me.chosen].url
        await me.press("enter")
        await me.workers()
        assert me.at == "link"
        assert url in "".join(me.text.split())


@does("sources.copy")
async def test_c_copies_the_address(walk: OpenScreen, playbook: Playbook) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s", "c")
        await me.workers()
        assert me.machine.copied == [playbook.sources[me.chosen].url]


@does("sources.show")
async def test_v_shows_it_for_the_phone(walk: OpenScreen) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("s", "v")
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
@pytest.mark.parametrize(("on", "back"), [("pagedown", "pageup"), ("ctrl+d", "ctrl+u")])
async def test_what_rests_on_it_is_read_on_and_back(walk: OpenScreen, on: str, back: str) -> None:
    async with walk(ONE, at=OPEN, size=(60, 20)) as me:
        await me.press("s")
        reader = me.app.screen.query_one(Reader)
        await me.press(on)
        assert reader.scroll_offset.y > 0
        await me.press(back)
        assert reader.scroll_offset.y == 0


@does("sources.back")
@parametrize_some(1, "keys", [("escape",), ("b",), ("s",)])
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
        assert me.text.count("(likely, ") == len(forms)
        await me.press("s")
        assert me.headline.title == "Sources of “Open Privacy Centre”"
        listed = {option.id for option in me.app.screen.query_one("#sources", ChoiceList).options}
        assert {id for form in forms for id in form.basis.sources} <= listed


@does("link.sources")
async def test_a_link_shown_in_full_says_how_sure_it_is_and_where_it_is_from(
    walk: OpenScreen, playbook: Playbook
) -> None:
    async with walk(ONE, at=OPEN) as me:
        await me.press("o")
        assert "likely, 26 May 2025" in me.text
        await me.press("s")
        form = playbook.forms_for(platform="facebook", region="eea")[0]
        assert [option.id for option in me.app.screen.query_one("#sources", ChoiceList).options] == sorted(
            form.basis.sources, key=form.basis.sources.index
        )
        await me.press("v", "s")
        assert me.told == "This link is itself a source, or a page of an authority."


@does("welcome.sources")
async def test_the_welcome_says_on_whose_word_it_speaks(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await me.press("f3")
        assert me.headline.title == "Sources of “Welcome”"
        assert {"S01", "S05"} <= {option.id for option in me.app.screen.query_one("#sources", ChoiceList).options}
        await me.press("escape")
        assert me.at == "welcome"
