"""Reads files within a size limit, and describes in plain words why the system refused access."""

import errno
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.toml import parse_toml

_DESCRIPTIONS = {
    "ENOSPC": ("the disk is full", "Make some room on it, then try again."),
    "EDQUOT": ("your share of the disk is used up", "Make some room, then try again."),
    "EFBIG": ("the file is larger than this disk allows", ""),
    "EROFS": ("the disk can only be read", "Make it writable, or use --data-dir with a folder elsewhere."),
    "EACCES": ("the system gives no permission for {place}", "Check who owns it and what its owner may do."),
    "EPERM": ("the system does not permit it for {place}", "Check who owns it and whether it is locked."),
    "EIO": ("the disk reports an error", "The disk may be failing: copy your files to another one."),
    "ENOENT": ("{place} is gone", "Check that its disk is connected."),
    "ENOTDIR": ("{place} is not a folder", "Move the file of that name out of the way."),
    "EISDIR": ("{place} is a folder", "Move the folder of that name out of the way."),
    "ELOOP": ("{place} is a link that leads to itself", "Remove the link."),
    "ENAMETOOLONG": ("the name {place} is too long", "Use --data-dir with a shorter one."),
    "EMFILE": ("too many files are open", "Close some programs, then try again."),
    "ENFILE": ("too many files are open", "Close some programs, then try again."),
    "ENOMEM": ("the computer is out of memory", "Close some programs, then try again."),
    "EBUSY": ("another program holds the file", "Close it there, then try again."),
    "ETXTBSY": ("another program holds the file", "Close it there, then try again."),
    "ESTALE": ("the disk it is on cannot be reached", "Check the connection, then try again."),
    "ENODEV": ("the disk it is on cannot be reached", "Check the connection, then try again."),
    "ENXIO": ("the disk it is on cannot be reached", "Check the connection, then try again."),
    "ETIMEDOUT": ("the disk it is on does not answer", "Check the connection, then try again."),
}


def describe_os_error(error: OSError, place: str) -> tuple[str, str]:
    """The reason, to be put after a colon, and what the person can do (may be empty); `place` is the file or folder."""
    name = errno.errorcode.get(error.errno or 0, "")
    reason, todo = _DESCRIPTIONS.get(name, (error.strerror or type(error).__name__, ""))
    return reason.format(place=place), todo


_READ_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class NotARegularFile(OSError):
    """A folder, a pipe or a device where a file should be."""


def open_regular_descriptor(path: str | Path, *, follow_link: bool = True) -> int:
    """Open a file for reading and return its descriptor; never blocks on a pipe. Raises OSError."""
    descriptor = os.open(path, _READ_FLAGS if follow_link else _READ_FLAGS | _NO_LINK)
    is_regular = False
    try:
        is_regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
    finally:
        if not is_regular:
            close_quietly(descriptor)
    if not is_regular:
        raise NotARegularFile(errno.EINVAL, "it is not a file", os.fspath(path))
    return descriptor


def close_quietly(descriptor: int) -> None:
    """Close a descriptor that was only read from; an error there loses nothing."""
    with suppress(OSError):
        os.close(descriptor)


def read_file_at_most(path: str | Path, limit: int) -> bytes:
    """Read at most the first `limit` bytes of a file. Raises OSError."""
    descriptor = open_regular_descriptor(path)
    try:
        data = b""
        while len(data) < limit and (part := os.read(descriptor, limit - len(data))):
            data += part
    finally:
        close_quietly(descriptor)
    return data


def read_bytes(path: Path, limit: int) -> bytes | None:
    """The content of a file of at most `limit` bytes; None only where nothing exists at `path`, not even a link.

    Raises StorageError for everything else that cannot be read, so that an unreadable file never counts as missing.
    """
    try:
        data = read_file_at_most(path, limit + 1)
    except FileNotFoundError as error:
        if not path.is_symlink():
            return None
        raise StorageError(
            f"{path.name} is a link to {os.path.realpath(path)}, and there is no such file.",
            todo="Check that its disk is connected, or remove the link.",
        ) from error
    except NotARegularFile as error:
        raise StorageError(f"{path} is not a file.", todo="Move it out of the way.") from error
    except OSError as error:
        reason, todo = describe_os_error(error, os.fspath(path))
        raise StorageError(f"{path.name} cannot be read: {reason}.", kept="It was left as it is.", todo=todo) from error
    if len(data) > limit:
        raise StorageError(
            f"{path.name} is larger than {limit >> 10} KB, so it is not a file of this program.",
            kept="It was left as it is.",
            todo="Move it out of the way.",
        )
    return data


def read_table(path: Path, limit: int) -> Mapping[str, object]:
    """The TOML in a file that may be lost without harm; empty where it is missing or invalid."""
    try:
        return parse_toml(read_bytes(path, limit) or b"", path.name)
    except StorageError:
        return {}
