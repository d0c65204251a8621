"""What is missing in a form is said where it is asked: the field has the focus and is in view with its question."""

from collections.abc import Awaitable, Callable

import pytest
from textual.widget import Widget

from exhaustive import parametrize_some
from samples import account, record
from ui.driving import OpenScreen, Walker

TWO = record(account("facebook", hub=""), account("instagram", hub=""))


async def earlier_without_a_tick(me: Walker) -> str:
    await me.press("B", "enter", "enter")
    await me.write("20 May 2025")
    await me.press("f2")
    return "accounts"


async def earlier_with_a_wrong_day(me: Walker) -> str:
    await me.press("B", "enter", "space", "enter")
    await me.write("nonsense")
    await me.press("enter", "tab", "tab", "f2")
    return "day"


async def account_without_a_name(me: Walker) -> str:
    await me.press("a", "down", "enter")
    return "name"


async def account_of_no_kind(me: Walker) -> str:
    await me.press("a", "f2")
    return "platform"


async def account_with_a_wrong_address(me: Walker) -> str:
    await me.press("a")
    await me.write("Instagram anna.nl")
    await me.press("tab")
    await me.write("anna", anew=True)
    await me.press("tab", "f2")
    return "email"


async def account_in_a_group_without_a_name(me: Walker) -> str:
    await me.press("a")
    await me.write("Instagram anna.nl")
    await me.press("tab", "tab", "end", "space", "shift+tab", "enter")
    return "written"


async def helper_without_a_name(me: Walker) -> str:
    await me.press("H", "tab", "down", "tab", "f2")
    return "helper"


async def helper_with_a_wrong_day(me: Walker) -> str:
    await me.press("H")
    await me.write("Rosa")
    await me.press("tab", "down", "space", "tab")
    await me.write("nonsense", anew=True)
    await me.press("shift+tab", "f2")
    return "day"


async def details_with_a_wrong_address(me: Walker) -> str:
    await me.press("y", "enter", "enter")
    await me.write("anna", anew=True)
    await me.press("tab", "tab", "enter")
    return "email"


async def person_without_a_name(me: Walker) -> str:
    await me.press("P", "a", "enter")
    return "name"


async def case_file_without_a_folder(me: Walker) -> str:
    await me.press("E", "home", "ctrl+k", "tab", "tab", "f2")
    return "folder"


async def case_file_neither_whole_nor_masked(me: Walker) -> str:
    await me.press("E", "f2")
    return "how"


async def everything_deleted_with_another_word(me: Walker) -> str:
    await me.press("f10", "X")
    await me.write("perhaps")
    await me.press("enter")
    return "answer"


async def date_with_a_wrong_day(me: Walker) -> str:
    await open_date(me)
    await me.write("nonsense", anew=True)
    await me.press("tab", "enter")
    return "day"


async def date_with_a_wrong_time(me: Walker) -> str:
    await open_date(me)
    await me.press("tab")
    await me.write("nonsense", anew=True)
    await me.press("shift+tab", "enter")
    return "time"


async def open_date(me: Walker) -> None:
    from metaoptout_tui.ui.screens.dialogs import DateScreen

    me.checklist.open_made_screen(DateScreen(me.checklist.context, "When?", help_text="What it means. " * 12))
    await me.settled()


@parametrize_some(
    (
        details_with_a_wrong_address,
        date_with_a_wrong_time,
        earlier_without_a_tick,
        account_of_no_kind,
        account_without_a_name,
        helper_without_a_name,
    ),
    "make_mistake",
    [
        details_with_a_wrong_address,
        person_without_a_name,
        case_file_without_a_folder,
        case_file_neither_whole_nor_masked,
        everything_deleted_with_another_word,
        date_with_a_wrong_day,
        date_with_a_wrong_time,
        earlier_without_a_tick,
        earlier_with_a_wrong_day,
        account_of_no_kind,
        account_without_a_name,
        account_with_a_wrong_address,
        account_in_a_group_without_a_name,
        helper_without_a_name,
        helper_with_a_wrong_day,
    ],
)
async def test_what_is_missing_or_wrong_is_said_and_the_field_is_in_view_with_its_question(
    walk: OpenScreen, make_mistake: Callable[[Walker], Awaitable[str]]
) -> None:
    async with walk(TWO, at=("facebook", "open"), size=(60, 20)) as me:
        id = await make_mistake(me)
        assert me.app.focused is not None
        assert me.app.focused.id == id
        assert me.words("trouble")
        field = me.app.focused
        assert isinstance(field.parent, Widget)
        window = field.parent.region if id != "written" else me.app.screen.region
        assert window.y <= field.region.y
        assert field.region.y < me.app.screen.query_one("#trouble").region.y
        if id not in ("written", "day", "time", "answer"):
            questions = [each for each in me.app.screen.query(".field-name") if each.region.bottom == field.region.y]
            assert questions
            assert questions[0].region.y >= window.y


@pytest.mark.parametrize("way", ["from the account", "with only one"])
async def test_the_account_that_somebody_came_from_or_the_only_one_is_ticked_already(
    walk: OpenScreen, way: str
) -> None:
    one = record(account("facebook", hub=""))
    async with walk(one if way == "with only one" else TWO, at=("facebook", "open")) as me:
        if way == "with only one":
            await me.press("B", "enter")
        else:
            me.checklist.open_screen("earlier", "facebook")
            await me.settled()
        assert "[x] Facebook" in me.flowing
        assert me.flowing.count("[x]") == 1
