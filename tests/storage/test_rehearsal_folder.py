"""What a rehearsal that was killed left behind is removed when the program is opened again, and nothing else is."""

import os
import tempfile
import threading
from pathlib import Path

import pytest

from command_line import run, save_in
from metaoptout_tui import main
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage import rehearsal_folder
from metaoptout_tui.storage.lock import LockHeld, LockResult, LockTaken, LockUnavailable, RecordLock
from metaoptout_tui.storage.rehearsal_folder import remove_left_rehearsals, temporary_rehearsal_folder

MARK = "metaoptout-tui-rehearsal.lock"
LONG_AGO = 1_000_000.0


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system keeps temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)  # asked anew
    return folder


def left_in(temporary: Path, name: str = "metaoptout-tui-rehearsal-abcdefgh") -> Path:
    """The folder of a rehearsal that was killed."""
    folder = temporary / name
    folder.mkdir(mode=0o700)
    (folder / "Rehearsal" / "backups").mkdir(parents=True, mode=0o700)
    (folder / "Rehearsal" / "progress.toml").write_text("schema = 1\n", encoding="utf-8")
    (folder / MARK).touch(mode=0o600)
    (folder / MARK).write_text("4194305 here\n", encoding="utf-8")
    return folder


def test_what_a_killed_rehearsal_left_is_removed_whole(temporary: Path) -> None:
    left_in(temporary)
    left_in(temporary, "metaoptout-tui-rehearsal-another1")
    remove_left_rehearsals()
    assert list(temporary.iterdir()) == []


def test_a_rehearsal_that_goes_on_is_left_alone_and_gone_at_its_end(temporary: Path) -> None:
    with temporary_rehearsal_folder() as folder:
        (folder / "kept").touch()
        remove_left_rehearsals()
        assert (folder / "kept").exists()
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o770])
def test_a_folder_that_others_may_enter_is_not_sure_to_be_ours(temporary: Path, mode: int) -> None:
    left_in(temporary).chmod(mode)
    remove_left_rehearsals()
    assert (temporary / "metaoptout-tui-rehearsal-abcdefgh" / "Rehearsal" / "progress.toml").exists()


def test_a_folder_of_another_user_is_left_alone(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = left_in(temporary)
    own = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: own + 1)
    remove_left_rehearsals()
    assert (folder / MARK).exists()


def test_a_folder_of_that_name_without_our_mark_is_left_alone(temporary: Path) -> None:
    folder = left_in(temporary)
    (folder / MARK).unlink()
    os.utime(folder, (LONG_AGO, LONG_AGO))
    remove_left_rehearsals()
    assert (folder / "Rehearsal" / "progress.toml").exists()


@pytest.mark.parametrize("mark", ["link", "folder", "readable by others"])
def test_what_only_looks_like_our_mark_is_none(temporary: Path, mark: str) -> None:
    folder = left_in(temporary)
    if mark == "readable by others":
        (folder / MARK).chmod(0o644)
    else:
        (folder / MARK).unlink()
        if mark == "link":
            (folder / MARK).symlink_to(folder / "Rehearsal" / "progress.toml")
        else:
            (folder / MARK).mkdir()
    remove_left_rehearsals()
    assert (folder / "Rehearsal" / "progress.toml").exists()


def test_no_link_is_followed(tmp_path: Path, temporary: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (elsewhere / MARK).touch(mode=0o600)
    (elsewhere / "mine").touch()
    (temporary / "metaoptout-tui-rehearsal-abcdefgh").symlink_to(elsewhere)
    folder = left_in(temporary, "metaoptout-tui-rehearsal-withlink")
    (folder / "out").symlink_to(elsewhere)
    (folder / "Rehearsal" / "out").symlink_to(elsewhere)
    remove_left_rehearsals()
    assert not folder.exists()
    assert sorted(each.name for each in elsewhere.iterdir()) == [MARK, "mine"]


def test_one_that_ended_before_it_was_marked_is_removed_when_it_is_old(temporary: Path) -> None:
    old, young = temporary / "metaoptout-tui-rehearsal-old", temporary / "metaoptout-tui-rehearsal-young"
    for folder in (old, young):
        folder.mkdir(mode=0o700)
    os.utime(old, (LONG_AGO, LONG_AGO))
    remove_left_rehearsals()
    assert list(temporary.iterdir()) == [young]


def test_a_removal_that_is_killed_too_is_finished_by_the_next(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = left_in(temporary)
    with monkeypatch.context() as patch:
        patch.setattr(RecordLock, "release", _stop)  # all but the mark is gone then
        with pytest.raises(KeyboardInterrupt):
            remove_left_rehearsals()
    assert [each.name for each in folder.iterdir()] == [MARK]
    remove_left_rehearsals()
    assert list(temporary.iterdir()) == []


def _stop(lock: RecordLock) -> None:
    descriptor, lock._descriptor = lock._descriptor, None
    if descriptor is not None:
        os.close(descriptor)
    raise KeyboardInterrupt


def test_where_nothing_can_be_locked_none_is_taken_for_left(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RecordLock, "acquire", lambda _: LockUnavailable("no locks here"))
    with temporary_rehearsal_folder() as folder:
        (folder / MARK).touch(mode=0o600)
        remove_left_rehearsals()
        assert folder.exists()
    assert list(temporary.iterdir()) == []


def test_a_new_folder_that_another_start_took_for_left_is_made_anew(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[LockResult] = [LockTaken(), LockHeld()]
    monkeypatch.setattr(RecordLock, "acquire", lambda _: answers.pop(0))
    with temporary_rehearsal_folder() as folder:
        assert folder.exists()
        assert len(list(temporary.iterdir())) == 2
    assert not folder.exists()


def test_a_place_that_is_not_there_is_passed_over(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_in(temporary)
    monkeypatch.setenv("TMPDIR", str(temporary / "nowhere"))
    monkeypatch.setenv("TMP", str(temporary))
    remove_left_rehearsals()
    assert list(temporary.iterdir()) == []


def test_it_is_looked_for_once_when_the_program_is_opened(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[None] = []
    is_removed = threading.Event()

    def look() -> None:
        looked.append(None)
        remove_left_rehearsals()
        is_removed.set()

    def stay(*_: object) -> int:
        (cleaning,) = (each for each in threading.enumerate() if isinstance(each, threading.Timer))
        assert is_removed.wait(60)
        cleaning.join(60)
        return 0

    monkeypatch.setattr(rehearsal_folder, "remove_left_rehearsals", look)
    monkeypatch.setattr(main, "_CLEAN_UP_AFTER_SECONDS", 0.0)
    monkeypatch.setattr(main, "_open_in_terminal", stay)
    left_in(temporary)
    assert run("--data-dir", tmp_path).returncode == 0
    assert list(temporary.iterdir()) == []
    assert len(looked) == 1


def test_who_leaves_at_once_leaves_it_removed_too(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main, "_open_in_terminal", lambda *_: 0)
    left_in(temporary)
    assert run("--data-dir", tmp_path).returncode == 0
    assert list(temporary.iterdir()) == []


def test_a_command_that_only_prints_does_not_look_for_it(tmp_path: Path, temporary: Path) -> None:
    folder = left_in(temporary)
    assert run("status", "--data-dir", save_in(tmp_path, Record())).returncode == 0
    assert folder.exists()


def test_deleting_everything_removes_it(tmp_path: Path, temporary: Path) -> None:
    left_in(temporary)
    assert run("purge", "--yes", "--data-dir", tmp_path).returncode == 0
    assert list(temporary.iterdir()) == []
