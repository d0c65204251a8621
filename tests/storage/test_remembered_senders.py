"""Which sender the person is: it comes back, nothing that makes no sense does, and its loss stops nobody."""

import stat
from pathlib import Path

import pytest

from metaoptout_tui.storage.settings_files import MAX_SENDERS, load_senders, save_senders


def test_what_was_said_comes_back_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "state" / "senders.toml"
    senders = {"b.txt": "Anna", "a [1].txt": "~ Änna", "c.zip": ""}
    assert save_senders(path, senders)
    assert list(load_senders(path).items()) == list(senders.items())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "senders.toml"
    assert save_senders(path, {f"{number}.txt": "Anna" for number in range(MAX_SENDERS + 5)})
    assert len(load_senders(path)) == MAX_SENDERS
    assert "4.txt" not in load_senders(path)


@pytest.mark.parametrize("data", [b"", b"sender = 3", b"\xff", b"[sender]\n'a' = 3", b"#" * 300_000, b"[sender"])
def test_a_file_that_makes_no_sense_is_as_good_as_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "senders.toml").write_bytes(data)
    assert load_senders(tmp_path / "senders.toml") == {}


def test_names_that_would_steer_a_terminal_are_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "senders.toml"
    path.write_text('[sender]\n"a\\u001b.txt" = "An\\u202ena"\n', encoding="utf-8")
    assert load_senders(path) == {"a�.txt": "Anna"}


def test_where_it_cannot_be_kept_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not save_senders(tmp_path / "file" / "senders.toml", {"a": "b"})
    assert load_senders(tmp_path / "file" / "senders.toml") == {}
