"""The temporary folder of a rehearsal: locked in use, removed at the end, or after a kill when the program is opened again."""

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from metaoptout_tui.storage.lock import LockHeld, LockTaken, RecordLock

_PREFIX = "metaoptout-tui-rehearsal-"
"""By it alone a folder that a killed process left is found."""
_LOCKED_NAME = "metaoptout-tui-rehearsal"
"""What is locked in the folder as long as the rehearsal goes on. The file of this lock says that the folder is one of ours."""
_LOCK_FILE = f"{_LOCKED_NAME}.lock"
_DAY_SECONDS = 86_400.0


@contextmanager
def temporary_rehearsal_folder() -> Iterator[Path]:
    """A new folder that only this user may enter, removed at the end whatever happens.

    What ends the process at once, such as SIGKILL or a power cut, leaves it for `remove_left_rehearsals`.
    """
    folder: Path | None = None
    lock = RecordLock(Path(os.devnull))
    try:
        # Taken is the lock of a folder that another start has just taken for a left one; it removes it.
        while folder is None or isinstance(lock.acquire(), LockTaken):
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            lock = RecordLock(folder / _LOCKED_NAME)
        yield folder
    finally:
        if folder is not None:
            _remove(folder, lock)


def remove_left_rehearsals() -> None:
    """Remove the folders of rehearsals that were ended at once, but none in use, of others, or that may not be ours.

    Never raises; what cannot be removed is tried again the next time.
    """
    with suppress(OSError), os.scandir(_temporary_place()) as entries:
        for folder in [Path(entry.path) for entry in entries if entry.name.startswith(_PREFIX)]:
            with suppress(OSError):
                _remove_if_left(folder)


def _remove_if_left(folder: Path) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or not _is_private_and_own(found):
        return
    try:
        lock_file = (folder / _LOCK_FILE).lstat()
    except FileNotFoundError:
        if abs(time.time() - found.st_mtime) > _DAY_SECONDS:  # a younger one may be about to be locked
            folder.rmdir()  # which removes nothing but an empty one
        return
    if not stat.S_ISREG(lock_file.st_mode) or not _is_private_and_own(lock_file):
        return
    lock = RecordLock(folder / _LOCKED_NAME)
    if isinstance(lock.acquire(), LockHeld):
        _remove(folder, lock)


def _is_private_and_own(found: os.stat_result) -> bool:
    """Whether a file or folder is this user's and nobody else's; where a system has no such modes, all there are theirs."""
    return os.name == "nt" or (found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & 0o077)


def _remove(folder: Path, lock: RecordLock) -> None:
    """Remove a folder whose lock is held, the lock file last: if this is killed too, the rest is still known as ours."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name == _LOCK_FILE:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
    lock.release()
    shutil.rmtree(folder, ignore_errors=True)


def _temporary_place() -> str:
    """Where Python makes temporary folders. Python itself would write a file there to find out."""
    named = (os.environ.get(name, "") for name in ("TMPDIR", "TEMP", "TMP"))
    return next((place for place in (*named, "/tmp", "/var/tmp") if os.path.isdir(place)), os.curdir)  # noqa: S108 - only looked at
