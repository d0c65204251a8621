"""Everything in reach of the mouse."""

import pytest

from metaoptout_tui.ui.widgets.account_tree import AccountTree
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.step_list import StepList
from samples import account, record
from ui.driving import OpenScreen, Walker

TWO = record(account("facebook"), account("instagram"))


async def click_words(me: Walker, words: str) -> None:
    """Click where these words stand on the screen."""
    for row, line in enumerate(me.text.split("\n")):
        if words in line:
            await me.click(line.index(words) + 1, row)
            return
    raise AssertionError(f"“{words}” is not on the screen:\n{me.text}")


async def test_a_click_on_an_account_shows_its_steps(walk: OpenScreen) -> None:
    async with walk(TWO) as me:
        await click_words(me, "Instagram Anna")
        assert "Instagram" in me.words("account-head")
        assert me.app.screen.query_one(AccountTree).highlighted_account == "instagram"
        await click_words(me, "Not known whether linked")
        assert me.app.screen.query_one(AccountTree).highlighted_account == "facebook"


async def test_a_click_on_a_step_does_it(walk: OpenScreen) -> None:
    async with walk(TWO) as me:
        await click_words(me, "Open Privacy Centre")
        assert me.at == "open"


async def test_a_click_on_a_key_in_the_key_bar_presses_it(walk: OpenScreen) -> None:
    async with walk(TWO) as me:
        await me.press("down")
        await click_words(me, "Space Tick")
        assert me.step("open") == "done"
        assert me.app.screen.query_one(StepList).highlighted_id == "identify"
        await me.press("down")
        await click_words(me, "g Next thing")
        assert me.app.screen.query_one(StepList).highlighted_id == "identify"
        await click_words(me, "? More")
        assert me.at == "help"
        await click_words(me, "Esc Back")
        assert me.at == "checklist"
        await click_words(me, "a Add")
        assert me.at == "account"
        await me.write("Instagram anna.nl")
        await click_words(me, "Enter Save")
        assert me.progress.accounts[-1].name == "@anna.nl"


async def test_a_click_between_two_keys_presses_none(walk: OpenScreen) -> None:
    async with walk(TWO) as me:
        await me.click(me.text.split("\n")[-1].index("  Space"), 23)
        await me.click(79, 23)
        assert (me.at, me.progress) == ("checklist", TWO)


async def test_the_wheel_scrolls_the_guide(walk: OpenScreen) -> None:
    async with walk(TWO, at=("facebook", "open")) as me:
        await me.press("w")
        reader = me.app.screen.query_one(Reader)
        await me.wheel(reader)
        assert reader.scroll_offset.y > 0


async def test_clicks_walk_the_whole_way(walk: OpenScreen) -> None:
    async with walk(TWO) as me:
        await click_words(me, "Identify linked accounts")
        assert me.at == "identify"
        await click_words(me, "[ ] I don't know")
        await click_words(me, "Enter These are all")
        await click_words(me, "https://www.facebook.com/help/contact/712876720715583")
        await me.workers()
        assert me.machine.opened == ["https://www.facebook.com/help/contact/712876720715583"]
        await click_words(me, "Enter Go on")
        await click_words(me, "I pressed Send")
        assert me.at == "ask"
        await click_words(me, "Enter Use this")
        assert me.last().kind == "filed"


@pytest.mark.exhaustive
async def test_clicks_tick_answer_and_choose(walk: OpenScreen) -> None:
    async with walk(is_new=True) as me:
        await click_words(me, "[ ] Instagram")
        assert me.app.screen.query_one(CheckboxList).checked_ids == ["instagram"]
        await click_words(me, "F2 Finish")
        assert [each.platform for each in me.progress.accounts] == ["instagram"]
    async with walk(record(account("whatsapp")), at=("whatsapp", "review")) as me:
        await click_words(me, "Review WhatsApp")
        await click_words(me, "Has anyone called @Meta AI")
        assert me.at == "ask"
        await click_words(me, "Yes")
        assert me.last("whatsapp").fields == {"point": "whatsapp.groups", "answer": "yes"}
