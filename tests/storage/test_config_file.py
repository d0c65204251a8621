"""The person's settings: every key has a default and stands in the example, and a slip is told with its line."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.config_file import KNOWN, Config, load_config

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def read(tmp_path: Path, text: str) -> tuple[Config, tuple[str, ...]]:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_the_example_holds_every_key_with_its_default() -> None:
    document = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert tuple(document) == KNOWN
    assert load_config(EXAMPLE) == (Config(), ())
    assert document == {name: getattr(Config(), name) for name in KNOWN}


def test_the_example_has_a_comment_above_every_key() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for name in KNOWN:
        at = next(number for number, line in enumerate(lines) if re.match(rf"\[?{name}\b", line))
        assert lines[at - 1].startswith("# ")


def test_without_a_file_all_is_at_its_default_and_nobody_hears_of_it(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml") == (Config(), ())
    assert not list(tmp_path.iterdir())


def test_a_file_that_was_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"There is no file .*mine\.toml"):
        load_config(tmp_path / "mine.toml", named=True)
    with pytest.raises(StorageError, match="is not a file"):
        load_config(tmp_path, named=True)


def test_settings_are_taken_with_their_lines(tmp_path: Path) -> None:
    config, problems = read(
        tmp_path,
        'theme = "nord"\nlabel_language = "de"\nmarks = "ascii"\nmouse = false\n\n[keys]\nundo = "u,ctrl+z"\n"step.done" = "x"\nstep.undone = "z"\n',
    )
    assert problems == ()
    assert config == Config(
        "nord", "de", "ascii", mouse=False, keys={"undo": "u,ctrl+z", "step.done": "x", "step.undone": "z"}
    )
    assert config.key_lines == {"undo": 7, "step.done": 8, "step.undone": 9}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('\nthem = "nord"\n', "config.toml, line 2: “them” is not a setting; did you mean “theme”?"),
        ("[key]\n", "config.toml, line 1: “key” is not a setting; did you mean “keys”?"),
        ("zzz = 1\n", "config.toml, line 1: “zzz” is not a setting."),
        ("# one\ntheme = 3\n", "config.toml, line 2: “theme” is to be text in quotes."),
        ('mouse = "no"\n', "config.toml, line 1: “mouse” is to be true or false."),
        ("mouse = 0\n", "config.toml, line 1: “mouse” is to be true or false."),
        ('marks = "emoji"\n', "config.toml, line 1: “marks” is to be one of auto, unicode, ascii."),
        ("keys = 3\n", "config.toml, line 1: “keys” is a table: write [keys] on a line of its own"),
        ("[keys]\nundo = 3\n", "config.toml, line 2: the keys for “undo” are text in quotes"),
        ("[keys]\nstep.done = 1\n", "config.toml, line 2: the keys for “step.done” are text in quotes"),
        ("theme = nord\n", "config.toml, line 1, column 9: the value cannot be read."),
        ('"\\u001b[2J" = 1\n', "is not a setting"),
    ],
)
def test_a_slip_is_told_with_its_line_and_leaves_the_default(tmp_path: Path, text: str, told: str) -> None:
    config, problems = read(tmp_path, text)
    assert config == Config()
    assert len(problems) == 1
    assert told in problems[0]
    assert "\x1b" not in problems[0]


def test_one_slip_does_not_take_the_other_settings_along(tmp_path: Path) -> None:
    config, problems = read(tmp_path, 'theme = 1\nmarks = "ascii"\n[keys]\nundo = 3\nquit = "q"\n')
    assert config == replace(Config(), marks="ascii", keys={"quit": "q"})
    assert len(problems) == 2


def test_settings_that_cannot_be_read_are_told_and_do_not_stop_the_program(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.mkdir()
    config, problems = load_config(path)
    assert config == Config()
    assert "is not a file" in problems[0]
    assert "defaults" in problems[0]
