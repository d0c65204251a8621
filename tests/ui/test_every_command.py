"""Every declared action has a test, and every one of its keys reaches it."""

import importlib
import re
import sys
from pathlib import Path

from exhaustive import parametrize_some
from metaoptout_tui.app.commands import COMMANDS, EVERYWHERE, commands_of
from metaoptout_tui.ui.app import SCREEN_CLASSES
from ui.driving import EVERYTHING, SOME_PLACES, TESTED, WAYS, OpenScreen, go, offer_for


def test_every_action_has_a_test() -> None:
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        if f"tests.ui.{file.stem}" not in sys.modules:  # where pytest collected it
            importlib.import_module(f"ui.{file.stem}")
    ids = [action.id for action in COMMANDS]
    assert len(ids) == len(set(ids))
    assert sorted(set(ids) - set(TESTED)) == []
    assert sorted(set(TESTED) - set(ids)) == []


@parametrize_some(SOME_PLACES, "place", WAYS)
async def test_every_key_of_a_screen_reaches_its_action_and_stands_in_its_help(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place), size=(100, 50)) as me:
        await go(me, place)
        taken: dict[str, str] = {}
        for action in (*commands_of(place), *commands_of(EVERYWHERE)):
            node = me.app if action.screen_id == EVERYWHERE else me.app.screen
            assert callable(getattr(node, f"action_{action.textual_action.partition('(')[0]}"))
            for key in action.keys.split(","):
                bound = node._bindings.key_to_bindings[key]
                assert [binding.id for binding in bound] == [action.id]
                if place != "help":  # which closes with the key that opened it
                    assert taken.setdefault(key, action.id) == action.id
        await me.press("f1")
        if place == "help":
            return
        assert me.at == "help"
        for action in commands_of(place):
            if action.keys != "tab":  # which a field takes for itself
                assert action.help in me.flowing


def test_every_action_has_a_key_that_no_terminal_swallows() -> None:
    """F-keys and Ctrl+P may belong to the terminal or the desktop, and a field takes letters for itself."""
    for action in COMMANDS:
        keys = [key for key in action.keys.split(",") if not re.fullmatch(r"f\d+|ctrl\+p", key)]
        assert keys, action.id
        if len(keys) < len(action.keys.split(",")):
            assert any(len(key) > 1 and key != "question_mark" for key in keys), action.id


def test_each_screen_that_others_open_is_the_one_of_its_commands() -> None:
    for screen_id, (module, name) in SCREEN_CLASSES.items():
        screen = getattr(importlib.import_module(f"metaoptout_tui.ui.screens.{module}"), name)
        assert screen_id == screen.SCREEN_ID


def test_no_screen_is_forgotten() -> None:
    assert {action.screen_id for action in COMMANDS} == {*WAYS, EVERYWHERE, "trouble"}
