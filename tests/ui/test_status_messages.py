"""What the program says stands in a line of its own: over nothing, and no longer than it belongs there."""

from exhaustive import parametrize_some
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.ui.context import StatusMessage, StatusMessages
from metaoptout_tui.ui.widgets.frame import KeyBar, StatusLine
from samples import account, record
from ui.driving import EVERYTHING, OpenScreen, Walker

ONE = record(account())


def said(me: Walker) -> str:
    """What stands in the line, empty where it is not there."""
    line = me.app.screen.query_one(StatusLine)
    return str(line.render()) if line.display else ""


async def test_it_stands_above_the_keys_and_covers_nothing(walk: OpenScreen) -> None:
    async with walk(EVERYTHING) as me:
        await me.press("u")
        line, keys = me.app.screen.query_one(StatusLine), me.app.screen.query_one(KeyBar)
        assert said(me) == "There is nothing to take back in this sitting."
        assert line.region.bottom == keys.region.y
        for other in me.app.screen.query("#accounts, #guide, #steps"):
            assert not other.region.overlaps(line.region)
        assert not me.app.screen.query("Toast")


async def test_it_goes_with_the_next_key(walk: OpenScreen) -> None:
    async with walk(EVERYTHING) as me:
        await me.press("u", "j")
        assert said(me) == ""


async def test_what_a_key_says_stands_on_the_screen_it_leads_to(walk: OpenScreen) -> None:
    def refuse(_: Record) -> Record:
        raise StorageError("The disk is full.")

    async with walk(ONE, save=refuse) as me:
        await me.press("a")
        await me.write("Instagram anna.nl")
        await me.press("enter")
        assert me.at == "checklist"
        assert said(me) == "The disk is full."
        await me.press("j")
        assert said(me) == "The disk is full."
        await me.press("d")
        assert said(me) == ""


async def test_nothing_of_the_former_screen_stands_on_the_next(walk: OpenScreen) -> None:
    async with walk(ONE, at=("facebook", "open")) as me:
        await me.press("enter", "c")
        await me.workers()
        assert said(me).startswith("The link: Sent to your clipboard.")
        await me.press("v")
        assert (me.at, said(me)) == ("link", "")


async def test_what_must_be_heard_at_the_start_stands_over_the_welcome_too(walk: OpenScreen) -> None:
    async with walk(is_new=True, notices=("config.toml, line 3: no.",)) as me:
        assert (me.at, said(me)) == ("welcome", "config.toml, line 3: no.")
        await me.press("down")
        assert said(me) == "config.toml, line 3: no."


@parametrize_some(1, "size", [(40, 12), (60, 20), (80, 24)])
async def test_the_row_in_hand_stays_in_view_beside_a_long_message(walk: OpenScreen, size: tuple[int, int]) -> None:
    async with walk(EVERYTHING, at=("facebook", "open"), size=size) as me:
        await me.press("d", "end")
        me.app.notify("word " * 60, severity="warning", markup=False)
        await me.settled()
        rows = me.app.screen.query_one("#entries")
        assert rows.region.height > 0
        assert "Note: The menu was in Dutch." in me.flowing


def test_said_twice_it_stands_once_and_the_newest_last() -> None:
    every = StatusMessages()
    for words in ("one", "two", "one"):
        every.add(StatusMessage(words))
    assert [each.text for each in every.current] == ["two", "one"]
