"""All accounts in one table, and all entries in one line of time."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from exhaustive import parametrize_some
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.ui.screens.overview import CoverageTable, column_widths
from metaoptout_tui.ui.widgets.step_list import StepList
from samples import account, at, entry, record
from ui.driving import EVERYTHING, OpenScreen, Walker, does

HOSTILE = clean_line("[/b]\x1b]52;c;x\x07[@click=app.quit]\u202eevil $x")
"""As it comes out of the file."""


def table(me: Walker) -> list[str]:
    """The rows as they are drawn, headings among them."""
    region = me.app.screen.query_one(CoverageTable).region
    return [strip.text.strip() for strip in me.strips()[region.y : region.bottom] if strip.text.strip()]


def row(me: Walker, name: str) -> str:
    return next(line for line in table(me) if name in line)


@does("checklist.overview")
async def test_the_table_says_what_covers_each_account_and_names_the_holes(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, size=(120, 40)) as me:
        await me.press("v")
        assert me.at == "overview"
        assert (
            me.headline.title == "Objections by account: 1 confirmed · 1 perhaps covered · 1 refused · 1 late · 1 to do"
        )
        assert "[all 6] · due now 3 · waiting 1 · not covered 3" in me.text
        assert [line for line in table(me) if "linked" in line.split("  ")[0].casefold()] == [
            "Linked in “private”",
            "Not linked",
            "Not known whether linked",
        ]
        for name, *words in (
            ("Facebook Anna", "anna@example.org", "its own, of 20 Nov", "on screen", "look for the mail, now"),
            ("Instagram Anna", "anna@example.org", "perhaps through Facebook “Anna”", "perhaps"),
            ("Instagram shop", "refused; its own, of 21 Nov", "see what remains"),
            ("Instagram old", "no objection reaches it", "to do"),
            ("Threads Anna", "no answer in time; its own, of", "Meta is", "remind or complain"),
            ("WhatsApp Anna", "a review, no objection", "1 of 8"),
        ):
            for each in words:
                assert each in row(me, name)


async def test_columns_drop_where_there_is_no_room_and_the_lines_below_say_all(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=("instagram", "open"), size=(120, 40)) as me:
        await me.press("v")
        for size, names in (
            ((120, 40), ["Account", "Objected with", "What covers it", "State", "Next"]),
            ((80, 24), ["Account", "What covers it", "Next"]),
            ((60, 20), ["Account", "What covers it"]),
        ):
            await me.resize(*size)
            assert [each.strip() for each in me.words("columns").split("  ") if each.strip()] == names
            assert me.chosen == "instagram"
            assert "Instagram “Anna” · perhaps covered by Facebook “Anna”" in me.flowing
            assert "Objection: perhaps through Facebook “Anna”, of 20 Nov. Objected with anna@example.org" in me.flowing
            assert "In this account: List what is linked with Instagram “Anna”." in me.flowing
        await me.resize(60, 14)
        assert "Objection:" not in me.text
        assert me.chosen == "instagram"


@parametrize_some(range(30, 200, 10), "width", range(30, 200))
def test_the_columns_fill_the_width_and_no_more(width: int) -> None:
    fit = column_widths(width)
    assert all(each >= 8 for _, each in fit)
    assert sum(each for _, each in fit) + 2 * (len(fit) - 1) == width - 5


async def test_the_names_of_the_columns_stand_above_them(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, size=(120, 40)) as me:
        await me.press("v")
        names, drawn = me.words("columns"), row(me, "Instagram shop")
        assert names.index("Next") == drawn.index("see what remains")
        assert names.index("Objected with") == row(me, "Facebook").index("anna@example.org")


@does("overview.go")
async def test_enter_goes_to_the_account_and_the_step_that_is_next(walk: OpenScreen) -> None:
    async with walk(EVERYTHING) as me:
        await me.press("v", "home", *["down"] * 3)
        assert me.chosen == "instagram-old"
        await me.press("enter")
        assert me.at == "checklist"
        assert me.checklist.position() == ("instagram-old", "identify")
        assert isinstance(me.app.focused, StepList)
        await me.press("v")
        assert me.chosen == "instagram-old"


async def test_a_click_goes_there_too(walk: OpenScreen) -> None:
    async with walk(EVERYTHING) as me:
        await me.press("v")
        lines = [strip.text for strip in me.strips()]
        await me.click(6, next(index for index, line in enumerate(lines) if "Instagram shop" in line))
        assert me.checklist.position() == ("instagram-shop", "confirm")


@does("overview.all", "overview.due", "overview.waiting", "overview.holes")
async def test_the_filters_show_what_is_asked_for_and_keep_their_place(walk: OpenScreen) -> None:
    async with walk(EVERYTHING) as me:
        await me.press("v", "home", "down", "down")
        assert me.chosen == "instagram-shop"
        for key, shown, names in (
            ("d", "[due now 3]", ["Facebook Anna", "Instagram shop", "Threads Anna"]),
            ("h", "[not covered 3]", ["Instagram shop", "Instagram old", "Threads Anna"]),
            ("a", "[all 6]", ["Facebook Anna", "Instagram Anna", "Instagram shop", "Instagram old", "Threads Anna"]),
        ):
            await me.press(key)
            assert shown in me.text
            assert [line for line in table(me) if line[:1] in "!✓●○≈"][: len(names)] == [
                row(me, each) for each in names
            ]
            assert me.chosen == "instagram-shop"
        await me.press("w")
        assert "[waiting 1]" in me.text
        assert me.chosen == "facebook"


async def test_a_filter_that_leaves_nothing_says_so(walk: OpenScreen) -> None:
    fine = record(account("facebook", entry("filed", at(9)), entry("confirmed-by-mail", at(8))))
    async with walk(fine) as me:
        await me.press("v")
        assert me.headline.title == "Objections by account: 1 confirmed"
        for key, words in (
            ("d", "Nothing is due now."),
            ("w", "Nothing is waiting for an answer."),
            ("h", "Each account that can object has an objection, or is covered."),
        ):
            await me.press(key)
            assert words in me.text
            await me.press("enter", "down")
            assert me.at == "overview"
        await me.press("a", "enter")
        assert me.at == "checklist"


async def test_without_an_account_there_is_nothing_to_show(walk: OpenScreen) -> None:
    async with walk(Record()) as me:
        await me.press("v")
        assert "There is no account in your list yet." in me.text
        await me.press("enter", "t")
        assert me.headline.title == "Timeline: nothing is written down yet"
        await me.press("enter", "escape", "escape")
        assert me.at == "checklist"


@does("overview.down", "overview.up")
async def test_going_up_and_down_leaves_out_the_headings(walk: OpenScreen) -> None:
    async with walk(EVERYTHING) as me:
        await me.press("v", "home")
        for down, up in (("j", "k"), ("down", "up")):
            await me.press(down, down)
            assert me.chosen == "instagram-shop"
            assert "Instagram “shop” · refused" in me.flowing
            await me.press(up, up)
            assert me.chosen == "facebook"


@does("overview.back", "timeline.back")
@parametrize_some(1, ("back", "out"), [("escape", "escape"), ("b", "b")])
async def test_going_back_leaves_the_checklist_as_it_was(walk: OpenScreen, back: str, out: str) -> None:
    async with walk(EVERYTHING, at=("facebook", "open")) as me:
        await me.press("v", "down", "t", back)
        assert me.at == "overview"
        await me.press(out)
        assert me.checklist.position() == ("facebook", "open")


async def test_an_old_objection_says_why_it_is_worth_a_look(walk: OpenScreen) -> None:
    old = record(account("facebook", entry("filed", at(300)), entry("confirmed-by-mail", at(299))))
    async with walk(old, size=(120, 30)) as me:
        await me.press("v")
        assert "new terms: check, now" in row(me, "Facebook")
        assert "Whether an objection is affected by the new terms of Meta for its AI is not documented." in me.flowing


@pytest.mark.exhaustive
async def test_hostile_names_and_links_only_stand_there(walk: OpenScreen) -> None:
    named = replace(account("facebook", entry("filed", at(2), email=HOSTILE), hub=HOSTILE), name=HOSTILE, email=HOSTILE)
    wide = replace(account("instagram", hub=HOSTILE), name="界" * 40)
    for size in ((120, 40), (60, 20)):
        async with walk(record(named, wide), size=size) as me:
            for keys in (("v",), ("t",)):
                await me.press(*keys)
                assert "[/" in me.text  # a long word is broken behind its slash
                for strip in me.strips():
                    assert strip.cell_length == size[0]
                    assert cell_len(strip.text) == size[0]


class TestTimeline:
    @does("overview.timeline")
    async def test_every_entry_of_every_account_stands_in_order(self, walk: OpenScreen) -> None:
        async with walk(EVERYTHING, size=(120, 40)) as me:
            await me.press("v", "t")
            assert me.headline.title == "Timeline: 8 entries"
            lines = [line.split("  ") for line in me.text.split("\n") if ", 10:00" in line or ", 12:24" in line]
            told = [" | ".join(part.strip() for part in line if part.strip()) for line in lines]
            assert told[:3] == [
                "4 Oct, 10:00 | Threads Anna | Objection sent",
                "20 Nov, 10:00 | Facebook Anna | Identify linked accounts: done",
                "20 Nov, 10:00 | Facebook Anna | Objection sent, with anna@example.org",
            ]
            assert me.chosen == EVERYTHING.accounts[-1].events[-1].id

    @does("timeline.open")
    async def test_enter_opens_the_diary_at_that_entry_and_a_correction_shows_when_back(self, walk: OpenScreen) -> None:
        async with walk(EVERYTHING) as me:
            await me.press("v", "t", "home", "down", "down", "enter")
            assert me.at == "diary"
            assert me.headline.title == "Diary of Facebook “Anna”"
            assert me.chosen == EVERYTHING.accounts[0].events[1].id
            await me.press("enter", "enter")
            await me.write("2026-10-01", anew=True)
            await me.press("enter", "escape")
            assert me.at == "timeline"
            assert me.chosen == EVERYTHING.accounts[0].events[1].id
            first = next(line for line in me.text.split("\n") if "1 Oct" in line)
            assert "10:00" not in first  # the time was that of the day that was wrong
            assert "Facebook Anna" in first

    async def test_what_was_taken_back_is_struck_through(self, walk: OpenScreen) -> None:
        async with walk(
            record(account("facebook", entry("step-done", at(1), step="open"))), at=("facebook", "open")
        ) as me:
            await me.press("space", "v", "t")
            assert "Open Privacy Centre: done  taken back" in me.text
            struck_row = next(strip for strip in me.strips() if "taken back" in strip.text)
            struck = "".join(part.text for part in struck_row if part.style is not None and part.style.strike)
            assert struck == "Open Privacy Centre: done"

    @does("timeline.down", "timeline.up")
    async def test_the_entries_are_walked_up_and_down(self, walk: OpenScreen) -> None:
        async with walk(EVERYTHING) as me:
            await me.press("v", "t", "home")
            for down, up in (("j", "k"), ("down", "up")):
                await me.press(down)
                assert me.chosen == EVERYTHING.accounts[0].events[0].id
                await me.press(up)
                assert me.chosen == EVERYTHING.accounts[3].events[0].id

    async def test_a_note_of_many_lines_stands_in_one(self, walk: OpenScreen) -> None:
        note = entry("noted", at(1), step="open", text="one\ntwo\n[/b] three " + "x" * 200)
        async with walk(record(account("facebook", note))) as me:
            await me.press("v", "t")
            assert "Note: one two [/b] three" in me.text
            assert sum("22 Nov" in line for line in me.text.split("\n")) == 1


async def test_the_timeline_is_in_the_key_bar_of_a_usual_terminal(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, size=(80, 24)) as me:
        await me.press("v")
        assert "t Timeline" in me.keybar


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_what_covers_an_account_goes_on_in_a_second_line(walk: OpenScreen, size: tuple[int, int]) -> None:
    linked = record(account("facebook", entry("filed", at(3)), hub="private"), account("instagram", hub="private"))
    async with walk(linked, size=size) as me:
        await me.press("v")
        table = me.app.screen.query_one(CoverageTable)
        row = next(option for option in table.options if option.id == "instagram")
        first, second = str(row.prompt).split("\n")
        assert "through Facebook" in first
        assert second.strip().endswith("20 Nov")
        assert "…" not in f"{first}{second}"
