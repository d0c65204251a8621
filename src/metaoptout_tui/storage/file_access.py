"""Reads files within a size limit, names new ones so that none is replaced, and says in plain words why access was refused."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.toml import parse_toml

_DESCRIPTIONS = {
    "ENOSPC": (mark("the disk is full"), mark("Make some room on it, then try again.")),
    "EDQUOT": (mark("your share of the disk is used up"), mark("Make some room, then try again.")),
    "EFBIG": (mark("the file is larger than this disk allows"), ""),
    "EROFS": (mark("the disk can only be read"), mark("Make it writable, or use --data-dir with a folder elsewhere.")),
    "EACCES": (
        mark("the system gives no permission for {place}"),
        mark("Check who owns it and what its owner may do."),
    ),
    "EPERM": (mark("the system does not permit it for {place}"), mark("Check who owns it and whether it is locked.")),
    "EIO": (mark("the disk reports an error"), mark("The disk may be failing: copy your files to another one.")),
    "ENOENT": (mark("{place} is gone"), mark("Check that its disk is connected.")),
    "ENOTDIR": (mark("{place} is not a folder"), mark("Move the file of that name out of the way.")),
    "EISDIR": (mark("{place} is a folder"), mark("Move the folder of that name out of the way.")),
    "ELOOP": (mark("{place} is a link that leads to itself"), mark("Remove the link.")),
    "ENAMETOOLONG": (mark("the name {place} is too long"), mark("Use --data-dir with a shorter one.")),
    "EMFILE": (mark("too many files are open"), mark("Close some programs, then try again.")),
    "ENFILE": (mark("too many files are open"), mark("Close some programs, then try again.")),
    "ENOMEM": (mark("the computer is out of memory"), mark("Close some programs, then try again.")),
    "EBUSY": (mark("another program holds the file"), mark("Close it there, then try again.")),
    "ETXTBSY": (mark("another program holds the file"), mark("Close it there, then try again.")),
    "ESTALE": (mark("the disk it is on cannot be reached"), mark("Check the connection, then try again.")),
    "ENODEV": (mark("the disk it is on cannot be reached"), mark("Check the connection, then try again.")),
    "ENXIO": (mark("the disk it is on cannot be reached"), mark("Check the connection, then try again.")),
    "ETIMEDOUT": (mark("the disk it is on does not answer"), mark("Check the connection, then try again.")),
}


def describe_os_error(error: OSError, place: str) -> tuple[str, str]:
    """The reason, to be put after a colon, and what the person can do (may be empty); `place` is the file or folder."""
    name = errno.errorcode.get(error.errno or 0, "")
    reason, todo = _DESCRIPTIONS.get(name, (error.strerror or type(error).__name__, ""))
    return _(reason).format(place=place), _(todo)


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
        raise NotARegularFile(errno.EINVAL, _("it is not a file"), os.fspath(path))
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


def is_known_missing(path: Path) -> bool:
    """Whether there is nothing at a path; False too where the system does not let one look."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def require_listable(folder: Path, *, kept: str = "") -> None:
    """Raise StorageError for a folder that is there and cannot be listed, so that it never counts as an empty one."""
    try:
        with os.scandir(folder):
            return
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        reason, todo = describe_os_error(error, os.fspath(folder))
        raise StorageError(
            _("{name} cannot be read: {reason}.").format(name=folder.name, reason=reason), kept=kept, todo=todo
        ) from error


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
            _("{name} is a link to {target}, and there is no such file.").format(
                name=path.name, target=os.path.realpath(path)
            ),
            todo=_("Check that its disk is connected, or remove the link."),
        ) from error
    except NotARegularFile as error:
        raise StorageError(_("{path} is not a file.").format(path=path), todo=_("Move it out of the way.")) from error
    except OSError as error:
        reason, todo = describe_os_error(error, os.fspath(path))
        raise StorageError(
            _("{name} cannot be read: {reason}.").format(name=path.name, reason=reason),
            kept=_("It was left as it is."),
            todo=todo,
        ) from error
    if len(data) > limit:
        raise StorageError(
            _("{name} is larger than {kilobytes} KB, so it is not a file of this program.").format(
                name=path.name, kilobytes=limit >> 10
            ),
            kept=_("It was left as it is."),
            todo=_("Move it out of the way."),
        )
    return data


def read_table(path: Path, limit: int) -> Mapping[str, object]:
    """The TOML in a file that may be lost without harm; empty where it is missing or invalid."""
    try:
        return parse_toml(read_bytes(path, limit) or b"", path.name)
    except StorageError:
        return {}


_MAX_NUMBERED_NAMES = 1_000


def numbered_names(stem: str, ending: str = "") -> Iterator[str]:
    """`letter.txt`, `letter-2.txt` and so on, from which to take the first free one."""
    for number in range(1, _MAX_NUMBERED_NAMES):
        yield f"{stem}-{number}{ending}" if number > 1 else f"{stem}{ending}"


def no_free_name(name: str) -> OSError:
    """The error to raise where all `numbered_names` are taken."""
    return FileExistsError(
        errno.EEXIST,
        _("there are {number} files called {name} already").format(number=_MAX_NUMBERED_NAMES - 1, name=name),
    )
