"""The bytes of a file, within bounds, with every fault of the system told apart from “there is no file”."""

import os
import stat
from pathlib import Path

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.faults import meaning

_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: Path, limit: int) -> bytes | None:
    """The bytes of a file of at most `limit` bytes; None only where there is nothing at all, not even a link.

    Raises StorageError for everything else that cannot be read, so that a fault is never taken for a new start.
    """
    try:
        return _read(path, limit)
    except FileNotFoundError as error:
        if not path.is_symlink():
            return None
        raise StorageError(
            f"{path.name} is a link to {os.path.realpath(path)}, and there is no such file.",
            todo="Check that its disk is connected, or remove the link.",
        ) from error
    except OSError as error:
        what, todo = meaning(error, os.fspath(path))
        raise StorageError(f"{path.name} cannot be read: {what}.", kept="It was left as it is.", todo=todo) from error


def _read(path: Path, limit: int) -> bytes:
    descriptor = os.open(path, _READ)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise StorageError(f"{path} is not a file.", todo="Move it out of the way.")
        data = b""
        while len(data) <= limit and (part := os.read(descriptor, limit + 1 - len(data))):
            data += part
    finally:
        os.close(descriptor)
    if len(data) > limit:
        raise StorageError(
            f"{path.name} is larger than {limit >> 10} KB, so it is not a file of this program.",
            kept="It was left as it is.",
            todo="Move it out of the way.",
        )
    return data
