"""Home, End and the keys for a page in lists that have more rows than there is room for."""

from samples import account, record
from ui.driving import OpenScreen

ONE = record(account("facebook"))


async def test_the_keys_for_a_page_and_for_the_ends_move_in_a_long_list(walk: OpenScreen) -> None:
    async with walk(ONE, at=("facebook", "open"), size=(60, 20)) as me:
        await me.go_to_row("More you can do")
        await me.press("enter")
        assert me.headline.title == "What would you like to do?"
        first = me.chosen
        await me.press("pagedown")
        on_next_page = me.chosen
        assert on_next_page != first
        await me.press("pageup")
        assert me.chosen == first
        await me.press("end")
        last = me.chosen
        assert last not in (first, on_next_page)
        await me.press("pagedown")
        assert me.chosen == last
        await me.press("home")
        assert me.chosen == first


async def test_beside_a_text_the_keys_for_a_page_move_the_text_and_not_the_list(walk: OpenScreen) -> None:
    async with walk(ONE, at=("facebook", "open"), size=(60, 20)) as me:
        await me.press("f10")
        chosen = me.chosen
        await me.press("pagedown")
        assert me.chosen == chosen
