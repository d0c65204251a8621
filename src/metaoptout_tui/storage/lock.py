"""The lock that lets one window at a time write a record; the system releases it when the program is killed.

`filelock` is not used, since it cannot tell who holds a lock and takes tens of milliseconds to import.
"""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.storage.atomic_write import make_private_folder
from metaoptout_tui.storage.file_access import describe_os_error

_OPEN_FLAGS = (
    os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NOINHERIT", 0)
)
_LOCKED_ERRORS = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})
_LOCK_OFFSET = 1 << 30  # Windows locks bytes and hides them from readers, so one far behind the text is locked
_MAX_ATTEMPTS = 5
_MAX_PID_DIGITS = 10


class LockHeld(NamedTuple):
    """The result where this process has the lock, until it ends or releases it."""


class LockTaken(NamedTuple):
    """Another window has the lock: its process id and computer name, 0 and empty where unknown."""

    pid: int = 0
    host: str = ""


class LockUnavailable(NamedTuple):
    """No lock is possible here (a network disk, a read-only folder): `reason` goes after a colon."""

    reason: str


LockResult = LockHeld | LockTaken | LockUnavailable


class RecordLock:
    """One window's lock on a record. The file `progress.toml.lock` stays after release; only a lock on it counts."""

    def __init__(self, path: Path) -> None:
        self.path = Path(f"{os.path.realpath(path)}.lock")
        self._descriptor: int | None = None

    def acquire(self) -> LockResult:
        """Take the lock if it is free, without waiting. Makes the folder if it is missing."""
        if self._descriptor is not None:
            return LockHeld()
        try:
            make_private_folder(self.path.parent)
            for _attempt in range(_MAX_ATTEMPTS):
                if (result := self._try_acquire()) is not None:
                    return result
        except OSError as error:
            if error.errno == errno.ELOOP and self.path.is_symlink():
                return LockUnavailable(_("{path} is a link").format(path=self.path))
            return LockUnavailable(describe_os_error(error, os.fspath(self.path))[0])
        return LockUnavailable(_("its file keeps being removed"))

    def release(self) -> None:
        """Release the lock, if it is held."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
        with suppress(OSError):
            os.close(descriptor)  # which unlocks

    def _try_acquire(self) -> LockHeld | LockTaken | None:
        """None where the file was removed between opening and locking it, so that the lock guards nothing."""
        descriptor = os.open(self.path, _OPEN_FLAGS, 0o600)
        try:
            if not _lock(descriptor):
                return _read_holder(descriptor)
            if self._is_still_our_file(descriptor):
                _write_holder(descriptor)
                self._descriptor = descriptor
                return LockHeld()
        finally:
            if self._descriptor is None:
                os.close(descriptor)
        return None

    def _is_still_our_file(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        except FileNotFoundError:
            return False


def _write_holder(descriptor: int) -> None:
    with suppress(OSError):  # on a full disk the lock is held all the same
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()} {_host_name()}\n".encode())


def _read_holder(descriptor: int) -> LockTaken:
    try:
        pid, _unused, host = os.read(descriptor, 300).decode("ascii", "replace").strip().partition(" ")
    except OSError:
        return LockTaken()
    host = "".join(letter for letter in host if letter.isascii() and (letter.isalnum() or letter in "-._"))
    return LockTaken(int(pid) if pid.isdecimal() and len(pid) <= _MAX_PID_DIGITS else 0, host)


def _host_name() -> str:
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCK_OFFSET, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _LOCKED_ERRORS:
                return False
            raise
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _LOCKED_ERRORS:
                return False
            raise
        return True
