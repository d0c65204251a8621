"""Every screen at every size: it draws, says what it is, and its keys fit on one line."""

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.binding import Binding
from textual.command import CommandList

from exhaustive import parametrize_some
from metaoptout_tui.ui.text.builder import wrap_shortening_names, wrap_to_lines
from metaoptout_tui.ui.widgets.answer_lists import AnswerList
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar
from metaoptout_tui.ui.widgets.lists import PlainOptionList
from metaoptout_tui.ui.widgets.step_list import StepList
from samples import account, at, entry, record
from snapshots.test_snapshots import household
from ui.driving import EVERYTHING, OWN_KEYS, SOME_PLACES, WAYS, OpenScreen, Walker, go, offer_for

SIZES = ((40, 12), (60, 20), (80, 24), (120, 40))
TO_THE_END, TO_THE_BEGINNING = ("end", "down"), ("home", "up")
LEAVING = {"back", "quit", "skip", "done"}


def bottom(me: Walker) -> str:
    return me.strips()[-1].text


@parametrize_some(SOME_PLACES, "place", WAYS)
async def test_every_screen_draws_at_every_size_and_its_keys_fit_on_one_line(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place)) as me:
        await go(me, place)
        title = me.app.screen.query_one(Headline).title
        assert title
        for columns, rows in SIZES:
            await me.resize(columns, rows)
            lines = me.strips()
            assert len(lines) == rows
            assert all(strip.cell_length == columns for strip in lines)
            top = lines[0].text.strip().removeprefix("Next: ").rstrip("…")
            title = me.app.screen.query_one(Headline).title
            assert top
            assert title.startswith(top)
            bar = me.app.screen.query_one(KeyBar)
            assert (bar.region.y, bar.region.height) == (rows - 1, 1)
            assert bottom(me).rstrip() == f" {me.keybar}"
            assert cell_len(me.keybar) <= columns - 2
            shown = {binding.id for _, binding in _shown(me)}
            assert any(id and id.rpartition(".")[2] in LEAVING for id in shown)
            assert "? More" in me.keybar or "F1 More" in me.keybar or place == "help"


def _shown(me: Walker) -> list[tuple[str, Binding]]:
    from metaoptout_tui.ui.widgets.frame import enabled_keys

    keys = {key for key, _, _ in me.app.screen.query_one(KeyBar).visible_keys()}
    return [(key, binding) for key, binding in enabled_keys(me.app.screen) if key in keys]


@pytest.mark.parametrize("columns", [60, 80, 120])
async def test_the_most_useful_keys_come_first_and_wider_terminals_show_more(walk: OpenScreen, columns: int) -> None:
    async with walk(EVERYTHING, size=(columns, 24)) as me:
        assert me.keybar.startswith("Enter Open  Space Tick  g Next thing")
        assert me.keybar.endswith("? More  q Leave")
        assert ("u Undo" in me.keybar) == (columns >= 80)
        assert ("w Read more" in me.keybar) == (columns >= 100)


async def test_a_terminal_that_is_too_small_says_so_and_comes_back(walk: OpenScreen) -> None:
    async with walk(EVERYTHING) as me:
        before, focused = me.text, me.app.focused
        for columns, rows in ((39, 24), (80, 11), (20, 4), (8, 2)):
            await me.resize(columns, rows)
            if columns * rows > 200:
                assert (
                    f"This terminal is {columns} × {rows}. Make it at least 40 × 12; nothing is lost meanwhile."
                    in me.flowing
                )
        await me.resize(80, 24)
        assert (me.text, me.app.focused) == (before, focused)
        await me.resize(39, 24)
        await me.resize(80, 24)
        assert (me.text, me.app.focused) == (before, focused)


async def test_half_a_form_survives_a_terminal_that_is_too_small(walk: OpenScreen) -> None:
    async with walk(EVERYTHING) as me:
        await me.press("a")
        await me.write("anna.nl")
        await me.resize(30, 10)
        await me.resize(80, 24)
        assert me.field("name") == "anna.nl"


async def test_the_guide_is_written_for_the_width_there_is(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=("facebook", "open")) as me:
        for columns in (120, 60, 100, 80):
            await me.resize(columns, 40)
            assert me.guide_says("there is nothing left to do")
            for strip in me.strips():
                assert strip.cell_length == columns
            widest = max(cell_len(line.rstrip()) for line in me.text.split("\n"))
            assert widest <= columns


NAMES = {
    "facebook": "Anna-Katharina van den Berg-Oosterhuis de Vries",
    "instagram": "@annakatharina.vandenberg.1988",
}
LONG_EMAIL = "anna-katharina.van.den.berg@example.org"
CROWDED = replace(
    EVERYTHING,
    accounts=tuple(
        replace(
            each,
            name=NAMES.get(each.platform, each.name),
            email=LONG_EMAIL,
            events=tuple(
                event._replace(fields={**event.fields, "email": LONG_EMAIL}) if "email" in event.fields else event
                for event in each.events
            ),
            linked_group=each.linked_group and "all that is private in the whole family",
        )
        for each in EVERYTHING.accounts
    ),
)


SMALL_AND_USUAL = ((60, 20), (80, 24))
"""A window has one size after the other: to open it costs more than all that is seen in it."""


@parametrize_some(SOME_PLACES, "place", WAYS)
async def test_every_screen_says_whose_record_it_is_and_no_long_name_cuts_its_title(
    walk: OpenScreen, place: str
) -> None:
    way = WAYS[place]
    for name in ("", "maria-magdalena van den berg"):
        async with walk(
            CROWDED, at=(way.account, way.step), offer=offer_for(place), size=SMALL_AND_USUAL[0], record_name=name
        ) as me:
            await go(me, place)
            for size in SMALL_AND_USUAL:
                await me.resize(*size)
                headline = me.app.screen.query_one(Headline)
                drawn = " ".join(" ".join(strip.text for strip in me.strips()[: headline.region.height]).split())
                assert "…" not in drawn
                title = f"{headline.label} {headline.title}".strip()
                assert drawn.startswith(f"{name} · {title}" if name else title)
                assert headline.left in drawn


async def test_a_folder_with_a_name_longer_than_a_line_leaves_the_title_whole(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, size=(60, 20), record_name="田中 rosa " * 12) as me:
        first, *rest = (strip.text.strip() for strip in me.strips()[: me.headline.region.height])
        assert first.startswith("田中 rosa ")
        assert first.endswith("… · Next:")
        assert " ".join(rest).startswith(me.headline.title)


@parametrize_some(1, "size", [(80, 24), (60, 20)])
async def test_names_links_and_addresses_are_shown_whole_where_they_are_chosen(
    walk: OpenScreen, size: tuple[int, int]
) -> None:
    async with walk(CROWDED, at=("facebook", "identify"), size=size) as me:
        assert f"Facebook “{NAMES['facebook']}” · confirmed on screen" in side(me, "account-head")
        await me.press("enter")
        assert f"Facebook “{NAMES['facebook']}”" in me.flowing
        assert "in “all that is private in the whole family”" in me.flowing
        await me.press("escape", "down", "down", "enter", "down", "enter")
        assert me.at == "submit"
        assert LONG_EMAIL in me.text if size[0] > 76 else "anna-katharina.van.den" in me.text


def side(me: Walker, id: str) -> str:
    """A piece of text as it is drawn, in one line."""
    region = me.app.screen.query_one(f"#{id}").region
    lines = me.strips()[region.y : region.bottom]
    return " ".join(" ".join(strip.crop(region.x, region.right).text for strip in lines).split())


def test_what_does_not_fit_goes_on_in_a_second_line_and_is_cut_only_then() -> None:
    assert wrap_to_lines("one two three", 20, 2) == ["one two three"]
    assert wrap_to_lines("one two three", 7, 2) == ["one two", "three"]
    assert wrap_to_lines("one two three four", 7, 2) == ["one two", "three…"]
    assert wrap_to_lines("one two three", 7, 1) == ["one tw…"]
    assert wrap_to_lines("x" * 9 + " two", 7, 2) == ["xxxxxx…", "two"]
    assert wrap_to_lines("", 7, 2) == [""]


def test_no_line_ends_inside_a_date() -> None:
    assert wrap_to_lines("waiting since 1 Oct", 16, 2) == ["waiting since", "1 Oct"]
    assert wrap_to_lines("waiting since 1 Oct 2025 again", 20, 3) == ["waiting since", "1 Oct 2025 again"]


def test_a_long_name_gives_way_before_what_is_said_of_it() -> None:
    words = "Wait for Facebook “Anna-Katharina van den Berg”: remind it"
    shorter = wrap_shortening_names(words, ["Anna-Katharina van den Berg"], 24, 2)
    assert shorter[0] == "Wait for Facebook"
    assert shorter[1].startswith("“Anna-Ka")
    assert shorter[1].endswith("…”: remind it")
    assert max(map(cell_len, shorter)) <= 24
    assert wrap_shortening_names(words, ["Anna-Katharina van den Berg"], 100, 2) == [words]
    assert wrap_shortening_names(words, ["Anna-Katharina van den Berg"], 10, 2) == wrap_to_lines(words, 10, 2)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_verb_and_the_state_are_seen_however_long_a_name_is(walk: OpenScreen, size: tuple[int, int]) -> None:
    long = replace(
        EVERYTHING.accounts[3], name="The very long name of a club that nobody ever shortened, not once " * 2
    )
    async with walk(replace(EVERYTHING, accounts=(long,)), at=(long.id, "confirm"), size=size) as me:
        assert "ran out (4 Nov): remind or complain" in me.flowing
        assert "no answer, Meta is late" in side(me, "account-head")
        await me.press("t")
        assert "legal periods" in me.flowing


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_dates_of_the_steps_stand_in_one_column(walk: OpenScreen, size: tuple[int, int]) -> None:
    sent = account(
        "facebook", entry("step-done", at(30), step="identify"), entry("filed", at(20)), entry("refused", at(11))
    )
    async with walk(record(sent), at=("facebook", "confirm"), size=size) as me:
        found = [re.search(r" [1-4]  \S.*?  +(\S.* Nov.*)$", line.rstrip()) for line in me.text.splitlines()]
        spans = [match.span(1) for match in found if match is not None]
        assert len(spans) == 3
        assert 1 in (len({start for start, _ in spans}), len({end for _, end in spans}))


async def test_no_empty_row_stands_below_the_steps_at_the_start(walk: OpenScreen) -> None:
    async with walk(household(), size=(80, 24)) as me:
        steps = me.app.screen.query_one(StepList)
        assert steps.region.height == min(steps.virtual_size.height, me.app.size.height // 2)


@parametrize_some(SOME_PLACES, "place", WAYS)
async def test_every_list_ends_at_its_ends(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place)) as me:
        await go(me, place)
        for options in me.app.screen.query(PlainOptionList).results():
            if not options.option_count or not options.focusable:
                continue
            options.focus()
            for jump, key in (TO_THE_END, TO_THE_BEGINNING):
                await me.press(jump)
                row = options.highlighted
                await me.press(key)
                if options.has_focus:
                    assert options.highlighted == row, jump
                else:  # the key led on to the next field; what was only looked at is not chosen
                    assert isinstance(options, AnswerList)
                    assert options.highlighted_id == options.answer_id, jump


async def test_the_palette_ends_at_its_ends(walk: OpenScreen) -> None:
    async with walk(EVERYTHING) as me:
        await me.press("ctrl+p")
        entries = me.app.screen.query_one(CommandList)
        await me.until(lambda: entries.highlighted == 0)
        await me.press("up")
        assert entries.highlighted == 0
        await me.press("down")
        assert entries.highlighted == 1
        await me.press("ctrl+end")
        await me.press("down")
        assert entries.highlighted == entries.option_count - 1


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_accounts_whose_names_begin_alike_are_told_apart(walk: OpenScreen, size: tuple[int, int]) -> None:
    alike = [replace(account(f"instagram-{end}"), name=f"@anna.katharina.vandenberg.{end}") for end in ("shop", "blog")]
    async with walk(record(*alike), size=size) as me:
        for key in ("", OWN_KEYS["checklist.overview"]):
            await me.press(*filter(None, [key]))
            assert "shop" in me.text
            assert "blog" in me.text
