"""The user's own keys: how they may be written, what is said of one that there is not, and which key nobody loses."""

from pathlib import Path

import pytest

from command_line import run
from metaoptout_tui.app.commands.commands import COMMANDS
from metaoptout_tui.app.commands.key_table import check_key_table, key_conflicts, parse_key, readable_key, written_key
from metaoptout_tui.core.language.translation import in_catalogue
from pseudo_language import PseudoCatalogue


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("?", "question_mark"),
        ("/", "slash"),
        ("+", "plus"),
        ("Esc", "escape"),
        ("PgDn", "pagedown"),
        ("↑", "up"),
        ("Ctrl+Z", "ctrl+z"),
        ("shift+ctrl+Up", "ctrl+shift+up"),
        ("shift+u", "U"),
        ("F12", "f12"),
        ("ä", "ä"),
        ("left_square_bracket", "left_square_bracket"),
        ("full_stop", "full_stop"),
    ],
)
def test_a_key_may_be_written_as_the_program_prints_it(written: str, key: str) -> None:
    used, wrong = check_key_table({"checklist.undo": f"{written}, z"})
    assert (used, wrong) == ({"checklist.undo": f"{key},z"}, ())


def test_every_key_of_the_program_is_known_in_both_its_names() -> None:
    for key in {key for command in COMMANDS for key in command.key_names}:
        assert parse_key(key) == key
        assert parse_key(written_key(key)) == key
        assert parse_key(readable_key(key)) == key
        is_capital = len(key) == 1 and key.isupper()
        assert readable_key(key) == (f"Shift+{key}" if is_capital else written_key(key))


class OfTheseKeys(PseudoCatalogue):
    """The invented language, with words for keys that show no brackets of it."""

    def pgettext(self, context: str, message: str, /) -> str:
        return {"Space": "Leertaste", "Ctrl": "Strg"}.get(message, message) if context == "key" else message


def test_a_key_is_shown_as_the_keyboards_of_the_language_have_it_and_written_in_english() -> None:
    with in_catalogue(OfTheseKeys()):
        assert [readable_key(key) for key in ("space", "ctrl+p", "question_mark", "+")] == [
            "Leertaste",
            "Strg+P",
            "?",
            "+",
        ]
        assert [written_key(key) for key in ("space", "ctrl+p")] == ["Space", "Ctrl+P"]
        assert check_key_table({"checklist.undo": "Ctrl+Z"}) == ({"checklist.undo": "ctrl+z"}, ())


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("entr", "There is no key “entr”. Did you mean enter?"),
        ("ctlr+z", "There is no key “ctlr+z”. Did you mean ctrl+z?"),
        ("ctrl+pagedwn", "There is no key “ctrl+pagedwn”. Did you mean ctrl+pagedown?"),
        ("f25", "There is no key “f25”. Did you mean f5?"),
        ("qqqqqq", "There is no key “qqqqqq”. `metaoptout-tui keys` shows how keys are written."),
        ("ctrl+q", "Ctrl+Q always leaves the program."),
    ],
)
def test_a_key_that_there_is_not_is_said_and_the_others_of_its_row_work(written: str, said: str) -> None:
    assert check_key_table({"checklist.undo": f"{written},z"}) == (
        {"checklist.undo": "z"},
        (("checklist.undo", f"checklist.undo: {said}"),),
    )
    assert check_key_table({"checklist.undo": written})[0] == {}


def test_no_table_takes_ctrl_q_away() -> None:
    used, wrong = check_key_table({"everywhere.leave": "f9, x"})
    assert used == {"everywhere.leave": "f9,ctrl+q"}
    assert [sentence for _, sentence in wrong] == [
        "everywhere.leave: x would do this while you type. Take a key with Ctrl or Alt, or F1 to F12."
    ]
    assert check_key_table({"everywhere.leave": "x"})[0] == {"everywhere.leave": "ctrl+q"}


def test_a_key_taken_on_every_screen_is_reported_for_each() -> None:
    taken = {sentence.rpartition(" ")[2] for _, sentence in key_conflicts({"everywhere.reach": "f2"})}
    assert {"confirm.save.", "account.save."} <= taken


def test_keys_prints_what_is_wrong_with_its_line(tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('[keys]\nchecklist.undo = "entr,z"\nreview.undo = "?"\n', encoding="utf-8")
    ended = run("keys", "--config", settings)
    assert ended.stderr.splitlines() == [
        "config.toml, line 2: checklist.undo: There is no key “entr”. Did you mean enter?",
        "config.toml, line 3: review.undo takes ? from everywhere.help.",
    ]
    assert "  z                   checklist.undo" in ended.stdout
