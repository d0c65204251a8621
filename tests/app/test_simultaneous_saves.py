"""Two windows that save at the same moment lose nothing, with a lock or without one."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from metaoptout_tui.app.session import OpenRecord, Session, open_record
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage import atomic_write, lock, progress_file
from metaoptout_tui.storage.lock import LockTaken, LockUnavailable, RecordLock
from samples import Clock, account, at, entry, record

START = record(
    account("facebook", entry("filed", at(3))), account("instagram", entry("step-done", at(2), step="identify"))
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record whose lock cannot be taken: a folder stands in its place."""
    path = tmp_path / "progress.toml"
    progress_file.save_record(path, START, None)
    (tmp_path / "progress.toml.lock").mkdir()
    return path


def open_at(path: Path, playbook: Playbook) -> OpenRecord:
    opened = open_record(path, playbook, clock=Clock())
    assert isinstance(opened, OpenRecord)
    assert not opened.session.history.read_only_reason
    return opened


def on_disk(path: Path) -> Record:
    loaded = progress_file.load_record(path)
    assert isinstance(loaded, progress_file.FileLoaded)
    return loaded.record


def notes_of(progress: Record) -> list[str]:
    return [event.text("text") for each in progress.accounts for event in each.events if event.text("text")]


def interrupt_rename(patch: pytest.MonkeyPatch, path: Path, other: Callable[[], object]) -> None:
    """Between the last look at the file and its replacement, let the other window do something, once."""
    rename = atomic_write.rename_over
    done: list[int] = []

    def rename_later(temp: str, target: str) -> None:
        if target == os.fspath(path) and not done:
            done.append(1)
            other()
        rename(temp, target)

    patch.setattr(atomic_write, "rename_over", rename_later)


def note(session: Session, text: str) -> None:
    session.diary.record_note("facebook", "open", text)


def test_a_window_without_a_lock_says_so(path: Path, playbook: Playbook) -> None:
    [said] = open_at(path, playbook).notices
    assert said == (
        f"Your record cannot be locked here: {path}.lock is a folder. A second window may write it at the same time; "
        "each save looks for that and joins both."
    )


@pytest.mark.parametrize("way", ["no locks here", "link"])
def test_a_disk_without_locks_and_a_link_in_its_place_are_no_lock_either(
    path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    (path.parent / "progress.toml.lock").rmdir()
    if way == "link":
        (path.parent / "progress.toml.lock").symlink_to("elsewhere")
        found = RecordLock(path).acquire()
        assert isinstance(found, LockUnavailable)
        assert found.reason == f"{path}.lock is a link"
    else:

        def refuse(_: int) -> bool:
            raise OSError(errno.ENOLCK, "No locks available")

        monkeypatch.setattr(lock, "_lock", refuse)
        assert isinstance(RecordLock(path).acquire(), LockUnavailable)


def test_a_save_over_that_of_another_window_joins_both(
    path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = open_at(path, playbook).session, open_at(path, playbook).session
    interrupt_rename(monkeypatch, path, lambda: note(there, "theirs"))
    note(here, "ours")
    assert sorted(notes_of(on_disk(path))) == ["ours", "theirs"]
    assert here.record == on_disk(path)
    assert here.history.notices == ["Another window saved at the same moment. Both are joined here."]
    note(there, "later")
    assert sorted(notes_of(on_disk(path))) == ["later", "ours", "theirs"]


def test_what_the_other_window_undid_or_removed_meanwhile_stays_so(
    path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = open_at(path, playbook).session, open_at(path, playbook).session
    note(there, "undone")
    note(here, "first")
    interrupt_rename(monkeypatch, path, lambda: there.account_changes.remove_account("instagram"))
    note(here, "ours")
    assert [each.id for each in on_disk(path).accounts] == ["facebook"]
    there.history.undo()
    assert {"ours", "first"} <= set(notes_of(on_disk(path)))


def test_a_first_save_of_two_windows_at_once_has_both(
    tmp_path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "progress.toml"
    (tmp_path / "progress.toml.lock").mkdir()
    here, there = open_at(path, playbook).session, open_at(path, playbook).session
    interrupt_rename(monkeypatch, path, lambda: there.account_changes.add_account("instagram", "there", "", None))
    here.account_changes.add_account("facebook", "here", "", None)
    assert {each.name for each in on_disk(path).accounts} == {"here", "@there"}


def test_a_file_that_is_changed_again_and_again_while_it_is_saved_is_joined_all_the_same(
    path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = open_at(path, playbook).session, open_at(path, playbook).session
    check, left = atomic_write._check_unchanged, [4]

    def check_later(checked: Path, target: str, expected: bytes | None) -> None:
        if checked == path and left[0] > 0 and here.history.record is not there.history.record:
            left[0] -= 1
            number, left[0] = left[0], 0
            note(there, f"theirs {number}")
            left[0] = number
        check(checked, target, expected)

    monkeypatch.setattr(atomic_write, "_check_unchanged", check_later)
    note(here, "ours")
    assert here.history.save_error is None
    assert sorted(notes_of(on_disk(path))) == ["ours", "theirs 0", "theirs 1", "theirs 2", "theirs 3"]


WRITER = """
import sys
from pathlib import Path
from metaoptout_tui.app.session import open_record
from metaoptout_tui.guidance.loader import load_playbook
path, name, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
session = open_record(path, load_playbook()).session
assert not session.history.read_only_reason
print("ready", flush=True)
sys.stdin.readline()
for each in range(number):
    session.diary.record_note("facebook", "open", f"{name} {each}")
session.history.retry_save()
assert session.history.save_error is None, session.history.save_error
"""


@pytest.mark.exhaustive  # three processes; what they may do to one another is above, one interleaving at a time
def test_three_processes_that_write_as_fast_as_they_can_lose_no_note(path: Path) -> None:
    number = 16  # a window that stands still meanwhile has missed fewer saves than versions so young are kept
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, path, name, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for name in ("one", "two", "three")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=300)
        assert writer.returncode == 0
    expected = {f"{name} {each}" for name in ("one", "two", "three") for each in range(number)}
    assert expected - set(notes_of(on_disk(path))) == set()


def test_with_a_lock_the_second_window_only_reads(path: Path, playbook: Playbook) -> None:
    (path.parent / "progress.toml.lock").rmdir()
    first = open_at(path, playbook)
    assert first.notices == ()
    assert isinstance(RecordLock(path).acquire(), LockTaken)
    first.release_lock()
