"""One window at a time: a lock of the kernel's on a file beside the record, which a killed program cannot leave behind.

`fcntl.flock` and `msvcrt.locking` themselves: `filelock` costs 23 ms where these cost none, goes over to a lock by the
existence of a file where the system has no flock, and does not say who holds the lock.
"""

import errno
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from metaoptout_tui.storage.durable import make_private_folder
from metaoptout_tui.storage.faults import meaning

_OPEN = (
    os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NOINHERIT", 0)
)
_TAKEN = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})
_FAR = 1 << 30  # Windows locks bytes, not files, and hides them from readers: so one far behind the text
_TRIES = 5
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Held:
    """This process has the lock until it ends or releases it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Another window has the lock: its process id and computer, as far as it has said (0 and empty where not)."""

    pid: int = 0
    host: str = ""


@dataclass(frozen=True, slots=True)
class NoLock:
    """There can be no lock here (a network disk, a folder that can only be read): `why` goes after a colon."""

    why: str


LockResult = Held | Taken | NoLock


class SessionLock:
    """The lock of one sitting on a record; the file `progress.toml.lock` beside the real one stays, and means nothing by itself."""

    def __init__(self, path: Path) -> None:
        self.path = Path(f"{os.path.realpath(path)}.lock")
        self._descriptor: int | None = None

    def acquire(self) -> LockResult:
        """Take the lock if it is free, without waiting. Makes the folder, as the first save would."""
        if self._descriptor is not None:
            return Held()
        try:
            make_private_folder(self.path.parent)
            for _ in range(_TRIES):
                if result := self._try():
                    return result
        except OSError as error:
            return NoLock(meaning(error, os.fspath(self.path))[0])
        return NoLock("its file keeps being removed")

    def release(self) -> None:
        """Give the lock back; nothing happens where it is not held."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
        with suppress(OSError):
            os.close(descriptor)  # which unlocks

    def _try(self) -> Held | Taken | None:
        """None where the file was removed between opening and locking, since that locks a file without a name."""
        descriptor = os.open(self.path, _OPEN, 0o600)
        try:
            if not _lock(descriptor):
                return _holder(descriptor)
            if self._is_still_there(descriptor):
                _say_who(descriptor)
                self._descriptor = descriptor
                return Held()
        finally:
            if self._descriptor is None:
                os.close(descriptor)
        return None

    def _is_still_there(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        except FileNotFoundError:
            return False


def _say_who(descriptor: int) -> None:
    with suppress(OSError):  # a full disk: the lock holds all the same
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()} {_host()}\n".encode())


def _holder(descriptor: int) -> Taken:
    try:
        pid, _, host = os.read(descriptor, 300).decode("ascii", "replace").strip().partition(" ")
    except OSError:
        return Taken()
    plain = "".join(letter for letter in host if letter.isascii() and (letter.isalnum() or letter in "-._"))
    return Taken(int(pid) if pid.isdecimal() and len(pid) <= _DIGITS else 0, plain)


def _host() -> str:
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _TAKEN:
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
            if error.errno in _TAKEN:
                return False
            raise
        return True
