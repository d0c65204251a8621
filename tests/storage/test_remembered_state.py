"""What the program remembers of the screen: it comes back, and its loss is never anyone's problem."""

import stat
from pathlib import Path

import pytest

from metaoptout_tui.storage.settings_files import RememberedState, load_state, save_state


def test_what_was_remembered_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "state" / "state.toml"
    state = RememberedState(
        "nord", "", "instagram-anna", "submit", "feed.example", "2026-11-24T10:00:00+01:00", refused_serial=7
    )
    assert save_state(path, state)
    assert load_state(path) == state
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert save_state(path, RememberedState())
    assert load_state(path) == RememberedState()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"theme = ",
        b"\xff",
        b"theme = 3\naccount = ['a']",
        b"x = " + b"[" * 9_999,
        b"#" * 100_000,
        b'later = "x"',
        b"refused_serial = 0x" + b"f" * 9_999,
        b"refused_serial = true",
        b'refused_serial = "7"',
    ],
)
def test_a_file_that_makes_no_sense_is_as_good_as_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "state.toml"
    path.write_bytes(data)
    assert load_state(path) == RememberedState()
    assert save_state(path, RememberedState("nord"))
    assert load_state(path) == RememberedState("nord")


def test_one_value_that_makes_no_sense_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "state.toml"
    path.write_text('theme = 3\nstep = "open\\u001b[2J"\n', encoding="utf-8")
    assert load_state(path).theme == ""
    assert load_state(path).step.startswith("open")
    assert "\x1b" not in load_state(path).step


def test_where_nothing_can_be_remembered_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "state.toml").mkdir()
    (tmp_path / "file").touch()
    assert load_state(tmp_path / "state.toml") == RememberedState()
    assert not save_state(tmp_path / "state.toml", RememberedState("nord"))
    assert not save_state(tmp_path / "file" / "state.toml", RememberedState("nord"))
    assert load_state(tmp_path / "none.toml") == RememberedState()
    assert [each.name for each in tmp_path.iterdir() if "tmp" in each.name] == []
    assert save_state(tmp_path / "odd.toml", RememberedState("\ud800"))
