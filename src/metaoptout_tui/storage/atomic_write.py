"""Writes files atomically: after a kill, a full disk or a power cut the old or the new file is there, whole.

The new file is written beside the old one and renamed over it; versions can be kept. The system is called through `os`
alone, so that a test can make any single call fail.
"""

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.storage.file_access import close_quietly, describe_os_error, read_file_at_most

# ruff: noqa: PTH102, PTH105, PTH108, PTH116, PTH118, PTH120, PTH208 - through `os` alone, as said above

VERSIONS_FOLDER = "backups"
"""The folder beside a file in which its versions are kept."""

_DAY_SECONDS = 86_400.0
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
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
    """A change that did not reach the disk, or may not have; the earlier content is not harmed.

    `on_disk` is what the file now holds (None: there is no file), to be passed as `expected` to the next save. It is
    not known after ChangedOnDisk: then load the file again.
    """

    def __init__(self, what: str, *, kept: str = "", todo: str = "", on_disk: bytes | None = None) -> None:
        super().__init__(what, kept=kept, todo=todo)
        self.on_disk = on_disk


class ChangedOnDisk(NotSaved):
    """Another program wrote or removed the file since it was read; it was left alone."""


class Replacement(NamedTuple):
    """A save that is about to rename the whole file `temp` over `target`; `old` and `old_data` are None for a new one."""

    target: str
    temp: str
    data: bytes
    new: os.stat_result
    old: os.stat_result | None
    old_data: bytes | None


KeepVersions = Callable[[Replacement], Callable[[], None]]
"""Keeps versions before a file is replaced, and never raises; what it returns is called where the file is not replaced."""


def write_durably(path: Path, data: bytes, *, expected: bytes | None, keep: KeepVersions | None = None) -> None:
    """Replace the file by `data`, provided it still holds `expected` (None: it is still missing).

    Syncs the file and its folder once each. Missing folders are made with mode 0700, the file with 0600. A link stays a
    link, and the file it leads to is replaced. `keep` is called when the new file is complete, before it gets its name.

    Raises NotSaved, or ChangedOnDisk where the file holds something else.
    """
    target = ""
    try:
        target, old = _inspect_target(path, expected)
        _make_folders(os.path.dirname(target))
        with temporary_file(target, (data,)) as (temp, new):
            _check_unchanged(path, target, expected)
            if old is not None:
                _check_owner(path, old, new, expected)
            drop_kept = keep(Replacement(target, temp, data, new, old, expected)) if keep else None
            try:
                if drop_kept:
                    # Once more: of two windows that write at the same moment, now at least one sees the other's version.
                    _check_unchanged(path, target, expected)
                rename_over(temp, target)
            except (OSError, NotSaved):
                if drop_kept:
                    drop_kept()
                raise
    except OSError as error:
        raise _not_saved_error(path, target, error, expected) from error
    try:
        sync_folder(os.path.dirname(target))
    except OSError as error:
        reason, todo = describe_os_error(error, os.path.dirname(target))
        raise NotSaved(
            _("{name} is written, but may not be saved for good: {reason}.").format(name=path.name, reason=reason),
            kept=_("A power cut now could bring the version before back."),
            todo=todo,
            on_disk=data,
        ) from error


def keep_former(replacement: Replacement) -> Callable[[], None]:
    """Keeps the file that is replaced as `.1` beside it."""
    if replacement.old is not None and replacement.old_data is not None:
        with suppress(OSError):
            give_second_name(
                replacement.target,
                f"{replacement.target}.1",
                replacement.old_data,
                link=replacement.old if is_private(replacement.old) else None,
            )
    return lambda: None


def write_without_sync(path: Path, data: bytes) -> None:
    """Replace a file atomically but without fsync: a power cut may lose the change, never leave half of it.

    For what is easily replaced, such as the last place on the screen. Raises NotSaved.
    """
    target = os.path.realpath(path)
    try:
        _make_folders(os.path.dirname(target), sync=False)
        with temporary_file(target, (data,), sync=False) as (temp, _unused):
            rename_over(temp, target)
    except OSError as error:
        raise _not_saved_error(path, target, error, None) from error


def save_table(path: Path, table: Mapping[str, object]) -> None:
    """Write a TOML file with `write_without_sync`. Raises NotSaved."""
    import tomli_w

    write_without_sync(path, tomli_w.dumps(table).encode())


def find_write_obstacle(path: Path) -> NotSaved | None:
    """The error that a save would meet, as far as it is foreseeable, so that a person learns of it before they type."""
    try:
        target, _unused = _inspect_target(path, None)
    except NotSaved as obstacle:
        return obstacle
    except OSError as error:
        return _not_saved_error(path, os.path.realpath(path), error, None)
    folder = os.path.dirname(target)
    if os.path.isdir(folder) and not os.access(folder, os.W_OK | os.X_OK):
        return _not_saved_error(path, target, PermissionError(errno.EACCES, os.strerror(errno.EACCES)), None)
    return None


TEMP_SUFFIX = ".metaoptout-tmp"
"""The ending of a file that is still being written."""

_TEMP_NAME = re.compile(rf"\..+\.\d+-[0-9a-f]{{16}}{re.escape(TEMP_SUFFIX)}", re.DOTALL)


def list_leftovers(folder: Path) -> tuple[Path, ...]:
    """The temporary files that interrupted saves left in a folder, or running ones are writing."""
    try:
        return tuple(folder / name for name in sorted(os.listdir(folder)) if _TEMP_NAME.fullmatch(name))
    except OSError:
        return ()


def remove_leftovers(folders: Iterable[Path], now: datetime, *, holds_lock: bool = False) -> int:
    """Remove the temporary files that interrupted saves left in these folders, and return how many.

    Only those older than a day, since a younger one may belong to a running save; all of them if the caller
    `holds_lock` of all that is written there. Never raises.
    """
    removed = 0
    for temp in (temp for folder in folders for temp in list_leftovers(folder)):
        with suppress(OSError):
            if holds_lock or abs(now.timestamp() - os.lstat(temp).st_mtime) > _DAY_SECONDS:
                os.unlink(temp)
                removed += 1
    return removed


def numbered_generations(target: str) -> tuple[Path, ...]:
    """The versions that stand beside a file with a number, as release 0.1.0 kept them."""
    candidates = (Path(f"{target}.{number}") for number in range(1, 10))
    return tuple(candidate for candidate in candidates if os.path.lexists(candidate))


def _inspect_target(path: Path, expected: bytes | None) -> tuple[str, os.stat_result | None]:
    """The real path and its stat (None: missing). Raises NotSaved where replacing it would break something."""
    target = os.path.realpath(path)
    try:
        file_stat = os.stat(target)
    except FileNotFoundError:
        if os.path.islink(path):
            raise NotSaved(
                _("Not saved: {name} is a link to {target}, and there is no such file.").format(
                    name=path.name, target=target
                ),
                kept=_("Nothing was written."),
                todo=_("Check that its disk is connected, or remove the link."),
            ) from None
        return target, None
    if not stat.S_ISREG(file_stat.st_mode):
        raise NotSaved(
            _("Not saved: {path} is not a file.").format(path=path),
            kept=_("It was left alone."),
            todo=_("Move it out of the way."),
        )
    if not file_stat.st_mode & stat.S_IWUSR:
        raise NotSaved(
            _("Not saved: {name} is marked as read-only.").format(name=path.name),
            kept=_("It is as it was."),
            todo=_("If that is not wanted, allow writing to {target}.").format(target=target),
            on_disk=expected,
        )
    # The version of a record that is kept in `backups` is a hard link of our own, which the next save separates.
    if file_stat.st_nlink > 1 and file_stat.st_nlink > 1 + _count_own_links(target, file_stat):
        raise NotSaved(
            _("Not saved: {name} has a second name (a hard link) somewhere, and saving would part the two.").format(
                name=path.name
            ),
            kept=_("Both are as they were."),
            todo=_("Remove the other name, or make it a symbolic link."),
            on_disk=expected,
        )
    return target, file_stat


def _count_own_links(target: str, file_stat: os.stat_result) -> int:
    folder = os.path.join(os.path.dirname(target), VERSIONS_FOLDER)
    names: list[str] = []
    with suppress(OSError):
        names = os.listdir(folder)
    count = 0
    links = [os.fspath(path) for path in numbered_generations(target)]
    for link in (*links, *(os.path.join(folder, name) for name in names)):
        with suppress(OSError):
            count += os.path.samestat(os.lstat(link), file_stat)
    return count


def _make_folders(folder: str, *, sync: bool = True) -> None:
    """Make the folder and its missing parents, private from the start and synced before anything is put in them."""
    missing = []
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for path in reversed(missing):
        with suppress(FileExistsError):
            os.mkdir(path, _FOLDER_MODE)
        if sync:
            sync_folder(os.path.dirname(path))


def make_private_folder(folder: Path) -> None:
    """Make the folder and its missing parents with mode 0700. Raises OSError."""
    _make_folders(os.fspath(folder))


@contextmanager
def temporary_file(target: str, parts: Iterable[bytes], *, sync: bool = True) -> Iterator[tuple[str, os.stat_result]]:
    """A complete temporary file beside `target`, to be renamed over it; removed again where the block fails."""
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
        # Never retry on the same descriptor: after a failed fsync the system counts the pages as written.
        remove_quietly(temp)
        raise


def take_name(path: str) -> None:
    """Reserve a name by creating an empty file. Raises FileExistsError where it is taken, or another OSError."""
    close_quietly(os.open(path, _NEW_FILE_FLAGS, _FILE_MODE))


def _check_unchanged(path: Path, target: str, expected: bytes | None) -> None:
    try:
        current = read_file_at_most(target, len(expected or b"") + 1)
    except FileNotFoundError:
        current = None
    if current != expected:
        if current is None:
            what = _(
                "Not saved: {name} was removed by something else (another program, an editor, a sync) since it was read."
            )
        else:
            what = _(
                "Not saved: {name} was changed by something else (another program, an editor, a sync) since it was read."
            )
        kept = "" if current is None else _("That version was left as it is.")
        raise ChangedOnDisk(what.format(name=path.name), kept=kept)


def _check_owner(path: Path, old: os.stat_result, new: os.stat_result, expected: bytes | None) -> None:
    # Compared with the new file, not with our user id: a mounted disk can assign all its files to one user.
    if old.st_uid != new.st_uid:
        raise NotSaved(
            _("Not saved: {name} belongs to another user of this computer, and saving would take it from them.").format(
                name=path.name
            ),
            kept=_("It is as it was."),
            todo=_("Run this program as the user who owns the file."),
            on_disk=expected,
        )


def give_second_name(source: str, name: str, data: bytes, *, link: os.stat_result | None) -> None:
    """Keep a whole file under a second name: as a hard link, which needs no writing, or else as a copy of its `data`.

    Linked is the file `link`, None for a copy; it is copied too where another took its place, and where the disk has no
    hard links. A copy is not synced. A file that is readable by others is to be copied, since a link shares its mode.
    What had that name before is there until the other takes its place. Raises OSError.
    """
    if link is not None:
        folder, base = os.path.split(name)
        temp = os.path.join(folder, f".{base}.{os.getpid()}-{os.urandom(8).hex()}{TEMP_SUFFIX}")
        with suppress(OSError):
            os.link(source, temp)
            try:
                if is_linked := os.path.samestat(os.lstat(temp), link):
                    os.replace(temp, name)
            finally:
                remove_quietly(temp)  # of two names of one file, a rename leaves both
            if is_linked:
                return
    with temporary_file(name, (data,), sync=False) as (temp, _unused):
        os.replace(temp, name)


def is_private(file_stat: os.stat_result) -> bool:
    """Whether only its owner may read or write a file."""
    return _IS_WINDOWS or not stat.S_IMODE(file_stat.st_mode) & ~_FILE_MODE


def rename_over(temp: str, target: str) -> None:
    """Rename, retrying for a moment where a program on Windows has the old file open. Raises OSError."""
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
    """Sync the folder's entries to the disk, where the system supports that. Raises OSError."""
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


def remove_quietly(path: str) -> None:
    """Remove a file if possible; never raises."""
    with suppress(OSError):
        os.unlink(path)


def _not_saved_error(path: Path, target: str, error: OSError, expected: bytes | None) -> NotSaved:
    reason, todo = describe_os_error(error, os.path.dirname(target) or os.fspath(path))
    return NotSaved(
        _("Not saved: {reason}.").format(reason=reason),
        kept=_("Nothing was written.")
        if expected is None
        else _("{name} still holds what was saved before.").format(name=path.name),
        todo=todo,
        on_disk=expected,
    )
