"""Which sender the person is, as a former release kept it: nothing that makes no sense is read, and its loss stops nobody."""

from pathlib import Path

import pytest

from metaoptout_tui.storage.settings_files import load_senders


def test_what_a_former_release_kept_is_read_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "senders.toml"
    path.write_text('[sender]\n"b.txt" = "Anna"\n"a [1].txt" = "~ Änna"\n"c.zip" = ""\n', encoding="utf-8")
    assert list(load_senders(path).items()) == [("b.txt", "Anna"), ("a [1].txt", "~ Änna"), ("c.zip", "")]


@pytest.mark.parametrize("data", [b"", b"sender = 3", b"\xff", b"[sender]\n'a' = 3", b"#" * 300_000, b"[sender"])
def test_a_file_that_makes_no_sense_is_as_good_as_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "senders.toml").write_bytes(data)
    assert load_senders(tmp_path / "senders.toml") == {}


def test_names_that_would_steer_a_terminal_are_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "senders.toml"
    path.write_text('[sender]\n"a\\u001b.txt" = "An\\u202ena"\n', encoding="utf-8")
    assert load_senders(path) == {"a�.txt": "Anna"}


def test_where_there_is_no_such_file_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert load_senders(tmp_path / "file" / "senders.toml") == {}
