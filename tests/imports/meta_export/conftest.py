"""A download from its files, as it is read."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from meta_exports import Files, write_folder, write_zip
from metaoptout_tui.core.meta_export import MetaExport
from metaoptout_tui.imports.meta_export.read import read_exports

Read = Callable[[Files], MetaExport]


@pytest.fixture(params=["folder", "zip"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Read:
    """Write a download, unpacked and as a zip, and read it."""
    numbers = count()

    def read_it(files: Files) -> MetaExport:
        place = (
            write_folder(tmp_path / f"{next(numbers)}" / "download", files)
            if request.param == "folder"
            else write_zip(tmp_path / f"{next(numbers)}" / "download.zip", files)
        )
        found = read_exports([place])
        assert not found.unreadable
        assert found.is_complete
        (export,) = found.exports
        return export

    return read_it


@pytest.fixture
def read_one(tmp_path: Path) -> Read:
    """Write a download and read it, packed only."""

    def read_it(files: Files) -> MetaExport:
        found = read_exports([write_zip(tmp_path / "download.zip", files)])
        assert not found.unreadable
        (export,) = found.exports
        return export

    return read_it
