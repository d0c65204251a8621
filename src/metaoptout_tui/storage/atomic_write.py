"""Writes files atomically: after a kill, a full disk or a power cut the old or the new file is there, whole.

The new file is written beside the old one and renamed over it; earlier generations can be kept. The system is called
through `os` alone, so that a test can make any single call fail.
"""

import errno
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.file_access import close_quietly, describe_os_error, read_at_most

# ruff: noqa: PTH102, PTH105, PTH108, PTH112, PTH114, PTH116, PTH118, PTH120, PTH208


DEFAULT_GENERATIONS = 3
"""Generations kept beside the record; see `write_durably`."""

_DAY_SECONDS = 86_400.0
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_MAX_NUMBERED_NAMES = 1_000
_IS_WINDOWS = os.name == "nt"
_NEW_FILE_FLAGS = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0) | getattr(os, "O_BINARY", 0)
)  # fmt: skip
# Access denied, sharing and lock violation: an antivirus or indexer has the file open for a moment.
_WINDOWS_FILE_IN_USE = frozenset({5, 32, 33})
_WINDOWS_RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 0.8)
# Some file systems cannot sync a folder, and a folder that may be entered but not listed cannot be opened for it.
_IGNORED_SYNC_ERRORS = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EACCES})


class NotSaved(StorageError):
    """A change that did not reach the disk, or may not have; nothing that was there before is harmed.

    `on_disk` is what the file now holds (None: there is none), to be given as `expected` at the next try; after
    ChangedOnDisk it is not known, and the file is to be loaded again.
    """

    def __init__(self, what: str, *, kept: str = "", todo: str = "", on_disk: bytes | None = None) -> None:
        super().__init__(what, kept=kept, todo=todo)
        self.on_disk = on_disk


class ChangedOnDisk(NotSaved):
    """Someone else wrote or removed the file since it was read; it was left alone."""


def write_durably(path: Path, data: bytes, *, expected: bytes | None, keep: int = DEFAULT_GENERATIONS) -> None:
    """Replace the file by `data`, provided it still holds `expected` (None: it is still missing).

    One fsync of the file and one of its folder. Folders are made 0700, the file 0600; a link stays a link, and what it
    leads to is replaced. Of `keep` generations `.1` is what this save replaces, `.2` and on the last save of each earlier
    day that had one (days in UTC): so a mistake of today can be taken back today, and one noticed later as well. A
    generation that cannot be kept does not stop the save.

    Raises NotSaved, or ChangedOnDisk where the file holds something else.
    """
    target = ""
    try:
        target, old = _inspect_target(path, expected)
        _make_folders(os.path.dirname(target))
        with written_beside(target, (data,)) as (temp, new):
            _check_unchanged(path, target, expected)
            if old is not None:
                _check_owner(path, old, new, expected)
                new_day = new.st_mtime // _DAY_SECONDS > old.st_mtime // _DAY_SECONDS
                _keep_generations(target, expected or b"", old, keep, new_day=new_day)
            rename_over(temp, target)
    except OSError as error:
        raise _not_saved_error(path, target, error, expected) from error
    try:
        sync_folder(os.path.dirname(target))
    except OSError as error:
        what, todo = describe_os_error(error, os.path.dirname(target))
        raise NotSaved(
            f"{path.name} is written, but may not be saved for good: {what}.",
            kept="A power cut now could bring the version before back.",
            todo=todo,
            on_disk=data,
        ) from error


def write_without_sync(path: Path, data: bytes) -> None:
    """Replace a file that may be lost but not torn, such as the last place on the screen: as above, but no fsync.

    Raises NotSaved.
    """
    target = os.path.realpath(path)
    try:
        _make_folders(os.path.dirname(target), sync=False)
        with written_beside(target, (data,), sync=False) as (temp, _):
            rename_over(temp, target)
    except OSError as error:
        raise _not_saved_error(path, target, error, None) from error


def save_table(path: Path, table: Mapping[str, object]) -> None:
    """Replace a TOML file that may be lost but not torn. Raises NotSaved."""
    import tomli_w

    write_without_sync(path, tomli_w.dumps(table).encode())


def find_write_obstacle(path: Path) -> NotSaved | None:
    """What stands against saving there, as far as can be seen beforehand, so that a person knows before they type."""
    try:
        target, _ = _inspect_target(path, None)
    except NotSaved as found:
        return found
    except OSError as error:
        return _not_saved_error(path, os.path.realpath(path), error, None)
    folder = os.path.dirname(target)
    if os.path.isdir(folder) and not os.access(folder, os.W_OK | os.X_OK):
        return _not_saved_error(path, target, PermissionError(errno.EACCES, os.strerror(errno.EACCES)), None)
    return None


TEMP_SUFFIX = ".metaoptout-tmp"
"""How a file ends that is being written."""

_TEMP_NAME_ENDING = rf"\.\d+-[0-9a-f]{{16}}{re.escape(TEMP_SUFFIX)}"


def temp_names_pattern(name: str) -> re.Pattern[str]:
    """What the half-written files of a kept file and of its generations are called."""
    return re.compile(rf"\.{re.escape(name)}(?:\.[1-9])?{_TEMP_NAME_ENDING}")


def remove_leftovers(path: Path, now: datetime, *, alone: bool = False) -> int:
    """Remove what killed saves of this file left beside it, and say how many.

    Only what is older than a day, since a younger one may be a save under way; all of it where the caller is `alone`,
    that is, holds the lock. Never fails.
    """
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    pattern = temp_names_pattern(name)
    removed = 0
    with suppress(OSError):
        for each in os.listdir(folder):
            if pattern.fullmatch(each):
                with suppress(OSError):
                    temp = os.path.join(folder, each)
                    if alone or abs(now.timestamp() - os.lstat(temp).st_mtime) > _DAY_SECONDS:
                        os.unlink(temp)
                        removed += 1
    return removed


def list_generations(path: Path) -> tuple[Path, ...]:
    """The earlier versions of the file that are there, newest first."""
    target = Path(os.path.realpath(path))
    every = (target.with_name(f"{target.name}.{number}") for number in range(1, 10))
    return tuple(path for path in every if os.path.lexists(path))


def _inspect_target(path: Path, expected: bytes | None) -> tuple[str, os.stat_result | None]:
    """The real file and its state; raises NotSaved where replacing it would break something of the person's."""
    target = os.path.realpath(path)
    try:
        file_stat = os.stat(target)
    except FileNotFoundError:
        if os.path.islink(path):
            raise NotSaved(
                f"Not saved: {path.name} is a link to {target}, and there is no such file.",
                kept="Nothing was written.",
                todo="Check that its disk is connected, or remove the link.",
            ) from None
        return target, None
    if not stat.S_ISREG(file_stat.st_mode):
        raise NotSaved(f"Not saved: {path} is not a file.", kept="It was left alone.", todo="Move it out of the way.")
    if not file_stat.st_mode & stat.S_IWUSR:
        raise NotSaved(
            f"Not saved: {path.name} is marked as read-only.",
            kept="It is as it was.",
            todo=f"If that is not wanted, allow writing to {target}.",
            on_disk=expected,
        )
    # A kill between keeping a generation and the rename leaves links of our own; they part at the next save.
    if file_stat.st_nlink > 1 and file_stat.st_nlink > 1 + _count_own_links(target, file_stat):
        raise NotSaved(
            f"Not saved: {path.name} has a second name (a hard link) somewhere, and saving would part the two.",
            kept="Both are as they were.",
            todo="Remove the other name, or make it a symbolic link.",
            on_disk=expected,
        )
    return target, file_stat


def _count_own_links(target: str, file_stat: os.stat_result) -> int:
    return sum(os.path.samestat(path.lstat(), file_stat) for path in list_generations(Path(target)))


def _make_folders(folder: str, *, sync: bool = True) -> None:
    """Make the folder and those above it, private from the start and on disk before anything is in them."""
    missing = []
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for each in reversed(missing):
        with suppress(FileExistsError):
            os.mkdir(each, _FOLDER_MODE)
        if sync:
            sync_folder(os.path.dirname(each))


def make_private_folder(folder: Path) -> None:
    """Make the folder and those above it, 0700 each. Raises OSError."""
    _make_folders(os.fspath(folder))


@contextmanager
def written_beside(target: str, parts: Iterable[bytes], *, sync: bool = True) -> Iterator[tuple[str, os.stat_result]]:
    """A whole file beside `target`, to be renamed over it; gone again where writing it, or what follows, fails."""
    folder, name = os.path.split(target)
    temp = os.path.join(folder, f".{name}.{os.getpid()}-{os.urandom(8).hex()}{TEMP_SUFFIX}")
    descriptor = os.open(temp, _NEW_FILE_FLAGS, _FILE_MODE)
    try:
        try:
            for part in parts:
                rest = memoryview(part)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
            if sync:
                os.fsync(descriptor)
            file_stat = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        yield temp, file_stat
    except BaseException:
        # Never tried again on the same descriptor: after a failed fsync the system takes the pages for written.
        remove_quietly(temp)
        raise


def take_name(path: str) -> None:
    """Put an empty file under a name, so that no file of that name can be replaced. Raises OSError."""
    close_quietly(os.open(path, _NEW_FILE_FLAGS, _FILE_MODE))


def numbered_names(stem: str, ending: str = "") -> Iterator[str]:
    """`letter.txt`, `letter-2.txt` and so on, to find the first that is free."""
    for number in range(1, _MAX_NUMBERED_NAMES):
        yield f"{stem}-{number}{ending}" if number > 1 else f"{stem}{ending}"


def no_free_name(name: str) -> OSError:
    """What to raise where all `numbered_names` are taken."""
    return FileExistsError(errno.EEXIST, f"there are {_MAX_NUMBERED_NAMES - 1} files called {name} already")


def _check_unchanged(path: Path, target: str, expected: bytes | None) -> None:
    try:
        found = read_at_most(target, len(expected or b"") + 1)
    except FileNotFoundError:
        found = None
    if found != expected:
        raise ChangedOnDisk(
            f"Not saved: {path.name} was {'removed' if found is None else 'changed'} by something else "
            "(another program, an editor, a sync) since it was read.",
            kept="" if found is None else "That version was left as it is.",
        )


def _check_owner(path: Path, old: os.stat_result, new: os.stat_result, expected: bytes | None) -> None:
    # Compared with what was just made, not with the user's number: a mounted disk can give all its files to one user.
    if old.st_uid != new.st_uid:
        raise NotSaved(
            f"Not saved: {path.name} belongs to another user of this computer, and saving would take it from them.",
            kept="It is as it was.",
            todo="Run this program as the user who owns the file.",
            on_disk=expected,
        )


def _keep_generations(target: str, data: bytes, old: os.stat_result, keep: int, *, new_day: bool) -> None:
    private = _IS_WINDOWS or not stat.S_IMODE(old.st_mode) & ~_FILE_MODE
    with suppress(OSError):
        if new_day and keep > 1 and not _is_same_file(target, f"{target}.2"):
            for number in range(keep, 2, -1):
                with suppress(FileNotFoundError):
                    os.replace(f"{target}.{number - 1}", f"{target}.{number}")
            _keep_generation(target, f"{target}.2", data, link=private)
        if keep:
            _keep_generation(target, f"{target}.1", data, link=private)


def _keep_generation(target: str, generation: str, data: bytes, *, link: bool) -> None:
    """A second name for what is on the disk already, so that it need not be written.

    A copy where the disk has no links, and where others may read the old file, whose mode a link would share.
    """
    with suppress(FileNotFoundError):
        os.unlink(generation)
    if link:
        with suppress(OSError):
            os.link(target, generation)
            return
    with written_beside(generation, (data,), sync=False) as (temp, _):
        os.replace(temp, generation)


def _is_same_file(target: str, generation: str) -> bool:
    """Whether a save that was killed has kept this generation already."""
    try:
        return os.path.samestat(os.stat(target), os.lstat(generation))
    except FileNotFoundError:
        return False


def rename_over(temp: str, target: str) -> None:
    """Give a file its name, waiting a moment where a program on Windows has the old one open. Raises OSError."""
    for pause in _WINDOWS_RETRY_SECONDS if _IS_WINDOWS else ():
        try:
            os.replace(temp, target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _WINDOWS_FILE_IN_USE:
                raise
            time.sleep(pause)
        else:
            return
    os.replace(temp, target)


def sync_folder(folder: str) -> None:
    """Put the folder's list of names on the disk, where the system can. Raises OSError."""
    if _IS_WINDOWS:
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _IGNORED_SYNC_ERRORS:
            raise


def remove_quietly(temp: str) -> None:
    """Remove a file that nobody needs, if that can be done."""
    with suppress(OSError):
        os.unlink(temp)


def _not_saved_error(path: Path, target: str, error: OSError, expected: bytes | None) -> NotSaved:
    what, todo = describe_os_error(error, os.path.dirname(target) or os.fspath(path))
    return NotSaved(
        f"Not saved: {what}.",
        kept="Nothing was written." if expected is None else f"{path.name} still holds what was saved before.",
        todo=todo,
        on_disk=expected,
    )
