"""Accepted guidance is kept as it came, and what was there before stays beside it."""

import stat
from pathlib import Path

import pytest

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES
from metaoptout_tui.storage.settings_files import (
    load_accepted_edition,
    save_accepted_edition,
    set_aside_accepted_edition,
)


def test_an_edition_comes_back_byte_for_byte_and_is_for_this_user_only(tmp_path: Path) -> None:
    path = tmp_path / "state" / "playbook.toml"
    assert load_accepted_edition(path) is None
    assert not path.parent.exists()
    data = b"# \xc3\xa9\r\nserial = 2\n\x00\xff"
    save_accepted_edition(path, data)
    assert load_accepted_edition(path) == data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_edition_before_stays_beside_the_one_that_follows(tmp_path: Path) -> None:
    path = tmp_path / "playbook.toml"
    for data in (b"one", b"two", b"three"):
        save_accepted_edition(path, data)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
        "playbook.toml": b"three",
        "playbook.toml.1": b"two",
    }


def test_an_edition_that_is_put_aside_is_out_of_use_and_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "playbook.toml"
    set_aside_accepted_edition(path)
    save_accepted_edition(path, b"one")
    set_aside_accepted_edition(path)
    assert load_accepted_edition(path) is None
    assert (tmp_path / "playbook.toml.1").read_bytes() == b"one"


def test_what_cannot_be_read_kept_or_put_aside_is_said_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "playbook.toml"
    path.write_bytes(b"x" * (MAX_EDITION_BYTES + 1))
    for act in (load_accepted_edition, lambda path: save_accepted_edition(path, b"new")):
        with pytest.raises(StorageError, match="larger than 1024 KB"):
            act(path)
    assert path.stat().st_size == MAX_EDITION_BYTES + 1
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"stays in use: .* is not a folder"):
        set_aside_accepted_edition(tmp_path / "file" / "playbook.toml")
