"""Two windows on one record: the second is told, and a window that was killed holds nobody up."""

import errno
import os
import signal
import stat
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import pytest

from metaoptout_tui.storage import lock
from metaoptout_tui.storage.lock import LockHeld, LockTaken, LockUnavailable, RecordLock

WINDOW = """
import sys
from pathlib import Path
from metaoptout_tui.storage.lock import RecordLock
sys.stdin.readline()
session = RecordLock(Path(sys.argv[1]))
print(session.acquire(), flush=True)
sys.stdin.read()
"""


class Window:
    """Another process, which takes the lock when told and keeps it until its input ends."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def start(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def result(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "progress.toml"


def test_of_windows_that_open_at_once_one_has_the_record_and_the_others_know_which(path: Path) -> None:
    with ExitStack() as stack:
        windows = [stack.enter_context(Window(path)) for _ in range(4)]
        for window in windows:
            window.start()
        results = [window.result() for window in windows]
        assert results.count("LockHeld()") == 1
        holder = windows[results.index("LockHeld()")].process.pid
        assert RecordLock(path).acquire() == LockTaken(holder, os.uname().nodename)
        assert all(result.startswith("LockTaken(") for result in results if result != "LockHeld()")


def test_a_window_that_is_killed_leaves_the_record_free(path: Path) -> None:
    with Window(path) as window:
        window.start()
        assert window.result() == "LockHeld()"
        window.process.send_signal(signal.SIGKILL)
        window.process.wait()
        mine = RecordLock(path)
        assert mine.acquire() == LockHeld()
        mine.release()
    assert path.with_name("progress.toml.lock").exists()


def test_a_window_that_closes_gives_the_record_to_the_next(path: Path) -> None:
    first, second = RecordLock(path), RecordLock(path)
    assert first.acquire() == LockHeld()
    assert first.acquire() == LockHeld()
    assert second.acquire() == LockTaken(os.getpid(), os.uname().nodename)
    first.release()
    first.release()
    assert second.acquire() == LockHeld()
    second.release()


def test_a_browser_that_was_started_does_not_keep_the_lock(path: Path) -> None:
    mine = RecordLock(path)
    mine.acquire()
    child = [sys.executable, "-c", "import sys; print(flush=True); sys.stdin.read()"]
    with subprocess.Popen(child, stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=False) as process:
        assert process.stdout
        process.stdout.readline()
        # As the kernel does when this process is killed: without a word of unlocking.
        assert mine._descriptor is not None
        os.close(mine._descriptor)
        mine._descriptor = None
        other = RecordLock(path)
        assert other.acquire() == LockHeld()
        other.release()
        process.communicate()


def test_the_lock_is_private_and_beside_the_real_file(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "record.toml"
    real.parent.mkdir()
    real.touch()
    path.parent.mkdir()
    path.symlink_to(real)
    before = os.umask(0)
    try:
        mine = RecordLock(path)
        mine.acquire()
    finally:
        os.umask(before)
    assert stat.S_IMODE(real.with_name("record.toml.lock").stat().st_mode) == 0o600
    assert RecordLock(real).acquire() == LockTaken(os.getpid(), os.uname().nodename)
    mine.release()


def test_a_lock_file_that_was_removed_does_not_let_two_in(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = path.with_name("progress.toml.lock")
    take = lock._lock
    removed: list[int] = []

    def take_after_someone_removed_it(descriptor: int) -> bool:
        if not removed:
            file.unlink()
            removed.append(descriptor)
        return take(descriptor)

    monkeypatch.setattr(lock, "_lock", take_after_someone_removed_it)
    first, second = RecordLock(path), RecordLock(path)
    assert first.acquire() == LockHeld()
    assert isinstance(second.acquire(), LockTaken)
    first.release()


@pytest.mark.parametrize("fault", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EIO])
def test_a_disk_without_locks_is_told_and_leaves_no_open_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    opened = []

    def fail(descriptor: int) -> bool:
        opened.append(descriptor)
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(lock, "_lock", fail)
    found = RecordLock(path).acquire()
    assert isinstance(found, LockUnavailable)
    assert found.reason
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(opened[0])


def test_a_folder_that_can_only_be_read_has_no_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()

    def fail(*_: object, **__: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", fail)
        found = RecordLock(path).acquire()
    assert found == LockUnavailable("the disk can only be read")


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (b"", LockTaken()),
        (b"\xff\xff", LockTaken()),
        (b"12", LockTaken(12)),
        (b"12345678901234 pc", LockTaken(0, "pc")),
        (b"12 \x1b]0;evil\x07pc", LockTaken(12, "0evilpc")),
    ],
)
def test_what_another_window_wrote_of_itself_is_not_trusted(path: Path, content: bytes, taken: LockTaken) -> None:
    mine = RecordLock(path)
    mine.acquire()
    path.with_name("progress.toml.lock").write_bytes(content)
    assert RecordLock(path).acquire() == taken
    mine.release()
