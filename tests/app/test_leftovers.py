"""The folders of the program's own are known in one place, and what was half-written there is found and removed."""

from pathlib import Path

import pytest

from metaoptout_tui.app.clock import system_clock
from metaoptout_tui.app.files.leftovers import (
    leftovers_of,
    own_folders,
    remove_leftovers_of,
    remove_leftovers_of_record,
)
from metaoptout_tui.app.paths import AppPaths, resolve_paths

HALF_WRITTEN = ".progress.toml.4711-0123456789abcdef.metaoptout-tmp"


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return resolve_paths(tmp_path / "data", tmp_path / "config.toml", {"HOME": str(tmp_path)})


def leave_half_written(paths: AppPaths) -> set[Path]:
    """A file that was never finished, in each folder of the program's own."""
    left = {folder / HALF_WRITTEN for folder in own_folders(paths)}
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    return left


def test_what_was_never_finished_is_found_in_every_folder_of_the_programs_own(paths: AppPaths) -> None:
    left = leave_half_written(paths)
    assert {path.parent for path in left} >= {paths.progress.parent, paths.versions, paths.evidence, paths.letters}
    assert set(leftovers_of(paths)) == left


def test_who_holds_the_lock_of_a_record_removes_all_of_its_folders_at_once(paths: AppPaths) -> None:
    leave_half_written(paths)
    remove_leftovers_of_record(paths.progress, system_clock, holds_lock=True)
    of_record = {paths.progress.parent, paths.versions, paths.evidence, paths.letters}
    assert not of_record & {path.parent for path in leftovers_of(paths)}


def test_what_may_be_of_a_save_under_way_stays(paths: AppPaths) -> None:
    left = leave_half_written(paths)
    remove_leftovers_of_record(paths.progress, system_clock, holds_lock=False)
    remove_leftovers_of(paths, system_clock)
    assert set(leftovers_of(paths)) == left
