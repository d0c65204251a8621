"""A file is read within bounds, and what cannot be read is never taken for a first start."""

import errno
import os
from pathlib import Path

import pytest

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.file_access import read_bytes


def test_only_nothing_at_all_counts_as_missing(tmp_path: Path) -> None:
    assert read_bytes(tmp_path / "none.toml", 10) is None
    assert read_bytes(tmp_path / "no folder" / "none.toml", 10) is None
    (tmp_path / "empty.toml").write_bytes(b"")
    assert read_bytes(tmp_path / "empty.toml", 10) == b""
    (tmp_path / "ten.toml").write_bytes(b"0123456789")
    assert read_bytes(tmp_path / "ten.toml", 10) == b"0123456789"
    (tmp_path / "link.toml").symlink_to("ten.toml")
    assert read_bytes(tmp_path / "link.toml", 10) == b"0123456789"


def test_what_is_there_and_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "big.toml").write_bytes(b"x" * 2049)
    (tmp_path / "dangling.toml").symlink_to("nowhere.toml")
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    for name, said in {
        "big.toml": "larger than 2 KB",
        "dangling.toml": "there is no such file",
        "loop.toml": "cannot be read",
        "folder.toml": "is not a file",
        "pipe.toml": "is not a file",
        "big.toml/below.toml": "is not a folder",
    }.items():
        with pytest.raises(StorageError, match=said):
            read_bytes(tmp_path / name, 2048)
    for fault, said in ((errno.EACCES, "no permission"), (errno.EIO, "reports an error"), (errno.ESTALE, "reached")):

        def fail(*_: object, fault: int = fault, **__: object) -> int:
            raise OSError(fault, os.strerror(fault))

        with monkeypatch.context() as patch:
            patch.setattr("os.open", fail)
            with pytest.raises(StorageError, match=said):
                read_bytes(tmp_path / "big.toml", 4096)
