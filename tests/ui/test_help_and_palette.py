"""Help, the palette, the user's key table, themes and leaving."""

from itertools import permutations
from typing import cast

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from exhaustive import parametrize_some
from metaoptout_tui.app.commands.command_synonyms import COMMAND_SYNONYMS
from metaoptout_tui.app.commands.commands import COMMANDS, EVERYWHERE, FORMER_COMMAND_IDS, commands_of
from metaoptout_tui.app.commands.key_table import check_key_table, key_conflicts, keys_of, readable_key
from metaoptout_tui.ui import leaving
from metaoptout_tui.ui.palette import Palette, match_score, palette_entries, scores_of_sentence
from metaoptout_tui.ui.theme import ANSI_DARK_NAME, LIGHT_THEME
from metaoptout_tui.ui.widgets.frame import KeyBar
from samples import account, record
from ui.driving import EVERYTHING, OWN_KEYS, SOME_PLACES, WAYS, OpenScreen, does, go, offer_for

ONE = record(account())


class TestHelp:
    @does("everywhere.help", "help.back")
    async def test_it_lists_every_key_that_works_and_closes_again(self, walk: OpenScreen) -> None:
        async with walk(ONE, size=(100, 80)) as me:
            for key in ("escape", "b", "question_mark", "f1"):
                await me.press("question_mark" if key != "f1" else "f1")
                assert (me.at, me.headline.title) == ("help", "Help: Checklist")
                shown = me.flowing
                for action in (*commands_of("checklist"), *commands_of(EVERYWHERE)):
                    assert action.help in shown
                    orders = permutations(map(readable_key, keys_of(action, {})))
                    assert any(f"{', '.join(order)} {action.help}" in shown for order in orders)
                assert "~/.local/share/metaoptout-tui/progress.toml" in me.text
                assert "This is not legal advice." in me.text
                await me.press(key)
                assert me.at == "checklist"

    async def test_it_says_what_the_signs_in_the_lists_mean(self, walk: OpenScreen) -> None:
        async with walk(ONE, size=(100, 80)) as me:
            await me.press("question_mark")
            assert "The signs" in me.text
            for sign, words in (("○", "To do."), ("≈", "Covered by the objection of a linked account; “perhaps” as")):
                assert any(line.split()[:1] == [sign] and words in line for line in me.text.splitlines())

    async def test_f1_helps_where_letters_are_typed(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            await me.write("?")
            assert (me.at, me.field("name")) == ("account", "?")
            assert "F1 More" in me.keybar
            await me.press("f1")
            assert me.headline.title == "Help: Account"
            assert "Save the account." in me.flowing
            await me.press("escape")
            assert (me.at, me.field("name")) == ("account", "?")


class TestPalette:
    @does("everywhere.palette")
    async def test_an_action_is_found_by_its_name(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("space")
            assert me.step("identify") == "done"
            await me.press("ctrl+p")
            assert isinstance(me.app.screen, CommandPalette)
            await me.write("undo")
            await me.until(lambda: "Take back the last change." in me.text)
            await me.press("enter")
            await me.until(lambda: me.progress == ONE)
            assert me.at == "checklist"

    @pytest.mark.exhaustive
    async def test_an_action_is_found_by_any_of_its_words_and_by_what_people_call_it(self, walk: OpenScreen) -> None:
        titles = {
            "language": "You",
            "country": "You",
            "complaint": "Letters",
            "export": "Case file",
            "quit": "Leave",
            "settings": "You",
            "history": "Diary",
            "deadline": "Legal periods",
            "take back": "Undo",
            "delete account": "Take out",
            "DARK": "Theme metaoptout-dark",
        }
        async with walk(ONE) as me:
            all_entries = tuple(palette_entries(me.app, "checklist"))
            for typed, title in titles.items():
                entries = sorted(all_entries, key=lambda entry: -match_score(typed, entry))
                best = [entry.command.title for entry in entries if match_score(typed, entry)]
                assert title in best[:3], typed
            await me.press("ctrl+p")
            for typed, title in titles.items():
                await me.write(typed, anew=True)
                await me.until(lambda: title in me.text, f"{title} for {typed}")  # noqa: B023 - waited for at once

    @pytest.mark.parametrize(
        ("typed", "title"),
        [
            ("how do I quit", "Leave"),
            ("where is my stuff kept", "What is kept"),
            ("how can I make a backup of it", "What is kept"),
            ("change my e-mail", "Change account"),
            ("I am moving house", "You"),
            ("make the letters bigger please", "Manual"),
            ("print everything for my lawyer", "Case file"),
            ("please help", "Help"),
        ],
    )
    async def test_a_sentence_finds_what_its_telling_word_is_about(
        self, walk: OpenScreen, typed: str, title: str
    ) -> None:
        async with walk(ONE) as me:
            entries = tuple(palette_entries(me.app, "checklist"))
            scores = [match_score(typed, each) for each in entries]
            scores = scores if any(scores) else scores_of_sentence(typed, entries)
            found = sorted(zip(scores, (each.command.title for each in entries), strict=True), reverse=True)
            assert title in [name for score, name in found[:2] if score], found[:4]
            await me.press("ctrl+p")
            await me.write(typed)
            await me.until(lambda: title in me.text, title)

    async def test_words_that_are_in_no_action_find_none(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            entries = tuple(palette_entries(me.app, "checklist"))
            assert not any(scores_of_sentence("zzz qqq", entries))

    async def test_what_is_looked_for_as_a_backup_is_not_the_case_file(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            found = [each.command.title for each in palette_entries(me.app, "checklist") if match_score("backup", each)]
            assert found
            assert "Case file" not in found

    def test_other_words_belong_to_commands_that_there_are(self) -> None:
        assert set(COMMAND_SYNONYMS) <= {command.id for command in COMMANDS}

    async def test_it_offers_what_works_on_the_screen_in_front_and_the_themes(self, walk: OpenScreen) -> None:
        async with walk(EVERYTHING, at=("facebook", "submit")) as me:
            await go(me, "submit")
            commands = list(me.app.get_system_commands(me.app.screen))
            titles = [command.title for command in commands]
            expected = [
                action.title
                for action in (*commands_of("submit"), *commands_of(EVERYWHERE))
                if not action.is_navigation
            ]
            themes = ["Theme metaoptout-dark", "Theme metaoptout-light", "Theme ansi-dark", "Theme ansi-light"]
            assert titles == expected + themes
            assert "Tick" not in titles
            await me.press("escape")
            titles = [command.title for command in me.app.get_system_commands(me.app.screen)]
            assert titles.count("Leave") == 1
            assert all(command.help for command in commands)

    async def test_each_command_of_a_screen_runs_there(self, walk: OpenScreen) -> None:
        async with walk(EVERYTHING, at=("facebook", "submit")) as me:
            await go(me, "submit")
            commands = {command.title: command.callback for command in me.app.get_system_commands(me.app.screen)}
            commands["Copy 5"]()
            await me.settled()
            await me.workers()
            assert me.machine.copied == ["Netherlands"]

    @pytest.mark.exhaustive
    async def test_a_theme_chosen_there_is_remembered(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("ctrl+p")
            await me.write("theme metaoptout-light")
            await me.until(lambda: "Theme metaoptout-light" in me.text)
            await me.press("enter")
            await me.until(lambda: me.app.theme == LIGHT_THEME.name)
            await me.until(lambda: me.machine.remembered, "remembering")
            assert me.app.get_css_variables()["background"].casefold() == LIGHT_THEME.background

    async def test_moving_about_is_remembered_once_it_comes_to_rest(self, walk: OpenScreen) -> None:
        async with walk(ONE) as me:
            await me.press("down", "down", "down")
            at_rest = ("metaoptout-dark", ("facebook", "submit"))
            await me.until(lambda: me.machine.remembered[-1:] == [at_rest], "remembering")

    async def test_nothing_is_remembered_while_one_moves_on(
        self, walk: OpenScreen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(leaving, "_SAVE_UI_STATE_DELAY", 3_600.0)
        async with walk(ONE) as me:
            await me.press("down", "down")
            assert me.machine.remembered == []


class TestKeyTable:
    async def test_a_key_of_ones_own_works_and_stands_in_key_bar_and_help(self, walk: OpenScreen) -> None:
        async with walk(ONE, keymap={"checklist.next": "z", "checklist.tick": "t,T"}, size=(100, 50)) as me:
            assert "z Next thing" in me.keybar
            assert "t Tick" in me.keybar
            await me.press("space", "g")
            assert me.progress == ONE
            await me.press("t")
            assert me.step("identify") == "done"
            await me.press("home", "T")
            assert me.step("identify") == "to-do"
            await me.press("down", "down", "z")
            assert me.chosen == "identify"
            await me.press("question_mark")
            assert "z Go to what “Next:” says" in me.flowing
            assert "t, Shift+T Tick the highlighted step" in me.flowing

    async def test_messages_name_the_key_that_works(self, walk: OpenScreen) -> None:
        async with walk(ONE, keymap={"checklist.undo": "z", "checklist.remove": "X"}) as me:
            await me.press("X")
            assert me.told == "Facebook “Anna” is taken out, with its diary. z brings it back."

    def test_unknown_ids_are_reported_with_what_was_meant(self) -> None:
        used, wrong = check_key_table({"checklist.nxt": "z", "no such thing at all": "y", "checklist.undo": "Z, z"})
        assert used == {"checklist.undo": "Z,z"}
        assert wrong == (
            ("checklist.nxt", "There is no action checklist.nxt. Did you mean checklist.next?"),
            ("no such thing at all", "There is no action no such thing at all. `metaoptout-tui keys` lists them."),
        )

    def test_an_id_that_a_command_once_had_stays_accepted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(cast("dict[str, str]", FORMER_COMMAND_IDS), "checklist.nxt", "checklist.next")
        assert check_key_table({"checklist.nxt": "z"}) == ({"checklist.next": "z"}, ())
        assert check_key_table({"checklist.next": "y", "checklist.nxt": "z"}) == ({"checklist.next": "y"}, ())

    def test_a_row_without_a_key_is_reported(self) -> None:
        used, wrong = check_key_table({"checklist.undo": " , "})
        assert (used, wrong[0][0]) == ({}, "checklist.undo")
        assert wrong[0][1] == "checklist.undo has no key. Write one or more, separated by commas."

    def test_a_key_taken_from_another_action_of_the_screen_is_reported(self) -> None:
        assert key_conflicts({"checklist.undo": "g"}) == (
            ("checklist.undo", "checklist.undo takes g from checklist.next."),
        )
        assert key_conflicts({"checklist.undo": "g", "checklist.next": "z"}) == ()
        assert key_conflicts({"review.undo": "question_mark"}) == (
            ("review.undo", "review.undo takes ? from everywhere.help."),
        )
        assert key_conflicts({"review.undo": "g"}) == ()

    def test_as_delivered_no_two_actions_of_a_screen_share_a_key(self) -> None:
        for action in COMMANDS:
            clashes = key_conflicts({action.id: action.keys})
            assert clashes == () or action.id == "help.back"

    @pytest.mark.parametrize(
        ("key", "readable"),
        [
            ("enter", "Enter"),
            ("question_mark", "?"),
            ("ctrl+p", "Ctrl+P"),
            ("escape", "Esc"),
            ("X", "Shift+X"),
            ("f2", "F2"),
            ("pagedown", "PgDn"),
        ],
    )
    def test_keys_are_written_as_people_write_them(self, key: str, readable: str) -> None:
        assert readable_key(key) == readable


class TestLeaving:
    @does("everywhere.redraw")
    async def test_drawing_again_changes_nothing_of_what_is_shown(self, walk: OpenScreen) -> None:
        async with walk(record(account())) as me:
            before = me.text
            await me.press("ctrl+l")
            assert me.text == before

    @does("everywhere.leave")
    @pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
    async def test_from_the_middle_of_a_form_with_all_of_it_kept(self, walk: OpenScreen, key: str) -> None:
        async with walk(ONE) as me:
            await me.press("a")
            await me.write("anna.nl")
            assert isinstance(me.app.focused, Input)
            await me.press(key)
            await me.until(lambda: me.app.return_code is not None)
            assert me.app.return_code == 0
            assert me.machine.saved[-1].drafts["account"]["name"] == "anna.nl"
            assert me.machine.remembered[-1] == ("metaoptout-dark", ("facebook", "identify"))

    @parametrize_some(SOME_PLACES, "place", sorted(WAYS))
    async def test_ctrl_q_leaves_from_every_screen_whatever_the_key_table_says(
        self, walk: OpenScreen, place: str
    ) -> None:
        table = {command.id: "ctrl+q" for command in COMMANDS} | {"everywhere.leave": "f9"}
        keymap = OWN_KEYS | check_key_table(table)[0]
        way = WAYS[place]
        async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place), keymap=keymap) as me:
            await go(me, place)
            await me.press("ctrl+q")
            await me.until(lambda: me.app.return_code == 0)

    async def test_while_the_palette_is_open(self, walk: OpenScreen) -> None:
        async with walk(ONE, theme=ANSI_DARK_NAME) as me:
            await me.press("a")
            await me.write("anna.nl")
            await me.press("ctrl+p", "ctrl+q")
            await me.until(lambda: me.app.return_code == 0)
            assert me.machine.saved[-1].drafts["account"]["name"] == "anna.nl"


async def test_the_key_bar_follows_the_focus(walk: OpenScreen) -> None:
    async with walk(ONE) as me:
        await me.press("a")
        assert me.keybar == "Enter Save  Esc Back  ? More"
        await me.press("down", "enter")
        assert me.app.screen.query_one(KeyBar).visible_keys()[0] == ("enter", "Enter", "Save")
        assert me.keybar == "Enter Save  Esc Back  F1 More"


@does("everywhere.pause")
async def test_pausing_keeps_what_is_typed(walk: OpenScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    async with walk(EVERYTHING, at=("facebook", "open")) as me:
        paused: list[object] = []
        monkeypatch.setattr("metaoptout_tui.ui.base.app.has_shell_to_go_back_to", lambda: True)
        monkeypatch.setattr(me.app, "action_suspend_process", lambda: paused.append(me.progress.drafts))
        await me.press("a")
        await me.write("anna.nl")
        await me.press("ctrl+z")
        assert "anna.nl" in str(paused)


def test_before_its_list_is_there_the_palette_lets_every_key_be_asked_about() -> None:
    assert Palette().check_action("cursor_down", ())
