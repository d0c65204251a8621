"""Every declared action has a test, and every one of its keys reaches it."""

import importlib
import re
import sys
from pathlib import Path

from exhaustive import parametrize_some
from metaoptout_tui.app.commands.commands import (
    COMMANDS,
    EVERYWHERE,
    REHEARSAL,
    RESERVED_KEYS,
    actions_without_key,
    commands_of,
)
from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.ui.screens import SCREEN_CLASSES
from ui.driving import EVERYTHING, OWN_KEYS, SOME_PLACES, TESTED, WAYS, OpenScreen, does, go, offer_for


def test_every_action_has_a_test() -> None:
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        if f"tests.ui.{file.stem}" not in sys.modules:  # where pytest collected it
            importlib.import_module(f"ui.{file.stem}")
    ids = [action.id for action in COMMANDS]
    assert len(ids) == len(set(ids))
    assert sorted(set(ids) - set(TESTED)) == []
    assert sorted(set(TESTED) - set(ids)) == []


ROWS_THAT_ARE_NOT_THERE = ("submit.copy-8", "submit.copy-9")
"""The keys of rows that the form in `WAYS` does not have."""


@parametrize_some(SOME_PLACES, "place", WAYS)
async def test_every_key_of_a_screen_reaches_its_action_and_stands_in_its_help(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place), size=(100, 64)) as me:
        await go(me, place)
        taken: dict[str, str] = {}
        for action in (*commands_of(place), *commands_of(EVERYWHERE)):
            node = me.app if action.screen_id == EVERYWHERE else me.app.screen
            assert callable(getattr(node, f"action_{action.textual_action.partition('(')[0]}"))
            for key in action.key_names:
                bound = node._bindings.key_to_bindings[key]
                assert [binding.id for binding in bound] == [action.id]
                if place != "help":  # which closes with the key that opened it
                    assert taken.setdefault(key, action.id) == action.id
        await me.press("f1")
        if place == "help":
            return
        assert me.at == "help"
        shown = me.flowing
        for action in commands_of(place):
            # A field takes Tab for itself; one is offered only where a download seems to be somebody else's.
            if action.keys != "tab" and action.id != "download-found.mine":
                assert (action.help in shown) == (action.id not in ROWS_THAT_ARE_NOT_THERE)


_WITH_REDO = [command.screen_id for command in COMMANDS if command.action_name == "redo"]


@does(*(f"{place}.redo" for place in _WITH_REDO if place not in ("checklist", "diary")))
@parametrize_some(3, "place", _WITH_REDO)
async def test_what_u_took_back_comes_back_by_the_key_that_the_message_names(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step)) as me:
        await go(me, place)
        id = way.account or "threads"
        me.session.diary_service.record_note(id, "open", "The menu was in Dutch.")
        await me.press("u")
        assert me.told.startswith("Taken back: “Note: The menu was in Dutch.” of 23 Nov, in ")
        assert me.told.endswith("Shift+U brings it back.")
        await me.press("U")
        assert me.last(id).text("text") == "The menu was in Dutch."
        assert me.told.startswith("Made again: “Note: The menu was in Dutch.” of 23 Nov, in ")


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
    assert {action.screen_id for action in COMMANDS} == {*WAYS, EVERYWHERE, REHEARSAL, "trouble", "whose"}


def test_a_reserved_letter_does_the_same_on_every_screen() -> None:
    for command in COMMANDS:
        for letter in set(command.key_names) & set(RESERVED_KEYS):
            assert command.action_name in RESERVED_KEYS[letter], command.id
    assert len(RESERVED_KEYS) == 7


def test_another_letter_may_differ_only_where_the_footer_shows_it() -> None:
    actions: dict[str, dict[str, list[Command]]] = {}
    for command in COMMANDS:
        for letter in command.key_names:
            if len(letter) == 1 and letter not in RESERVED_KEYS:
                actions.setdefault(letter, {}).setdefault(command.action_name, []).append(command)
    for by_action in actions.values():
        if len(by_action) > 1:
            assert [each.id for commands in by_action.values() for each in commands if not each.footer_order] == []


def test_the_checklist_has_at_most_fourteen_keys_and_the_rest_in_its_last_row() -> None:
    with_keys = [command for command in commands_of("checklist") if command.keys]
    assert len(with_keys) <= 14
    without = {command.id for command in commands_of("checklist") if not command.keys}
    assert without == {command.id for command in actions_without_key("checklist")}
    assert without == {id for id in OWN_KEYS if id.startswith("checklist.")} | {
        "checklist.authority",
        "checklist.no-login",
    }


@does("checklist.authority")
async def test_the_last_row_of_the_checklist_opens_all_that_has_no_key(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, at=("threads", "confirm"), size=(120, 40), keymap={}) as me:
        await me.press("end", "enter")
        assert me.headline.title == "What would you like to do?"
        shown = me.flowing
        for command in actions_without_key("checklist"):
            assert command.help in shown
        while me.chosen != "checklist.authority":
            await me.press("down")
        await me.press("enter")
        assert me.at == "authority"
        await me.press("escape", "enter")
        while me.chosen != "everywhere.frauds":
            await me.press("down")
        await me.press("enter")
        assert me.at == "topic"


async def test_the_last_row_works_where_nothing_can_be_recorded(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, read_only="Another window has it.", keymap={}) as me:
        await me.press("end", "enter")
        while me.chosen != "checklist.diary":
            await me.press("down")
        await me.press("enter")
        assert me.at == "diary"


async def test_an_action_without_a_key_gets_one_from_the_persons_key_table(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, keymap={"checklist.diary": "d"}) as me:
        await me.press("m")
        assert me.at == "checklist"
        await me.press("d")
        assert me.at == "diary"


async def test_help_lists_what_has_no_key_and_names_no_key_that_no_terminal_sends(walk: OpenScreen) -> None:
    async with walk(EVERYTHING, size=(100, 120), keymap={}) as me:
        await me.press("question_mark")
        shown = me.flowing
        for command in commands_of("checklist"):
            assert command.help in shown, command.id
        assert "no key for" not in shown.casefold()
