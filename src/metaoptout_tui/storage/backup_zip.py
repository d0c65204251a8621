"""Writes a backup: one plain zip of the record and the files beside it, never over a file that exists."""

import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple, cast

from metaoptout_tui.core.errors import FileRefused, StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage.atomic_write import (
    TEMP_SUFFIX,
    remove_quietly,
    rename_over,
    sync_folder,
    take_name,
    temporary_file,
)
from metaoptout_tui.storage.file_access import close_quietly, describe_os_error, open_regular_descriptor

# ruff: noqa: PTH118, PTH120, PTH208 - through `os` alone, so that a test can make any call fail

_CHUNK_BYTES = 1 << 20


class BackupMember(NamedTuple):
    """A file of a backup: its name in the zip, and its bytes or where they are read from."""

    name: str
    content: bytes | Path


def members_of_folder(folder: Path) -> tuple[BackupMember, ...]:
    """The files of a folder beside the record, to stand in a folder of that name; links and folders are left out."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return ()
    return tuple(
        BackupMember(f"{folder.name}/{name}", folder / name)
        for name in names
        if not name.endswith(TEMP_SUFFIX) and os.path.isfile(folder / name) and not os.path.islink(folder / name)
    )


def write_backup(path: Path, members: Iterable[BackupMember], moment: datetime) -> None:
    """Write the zip with mode 0600, whole or not at all. Raises FileRefused where the name is taken, or StorageError."""
    target = os.path.realpath(path)
    shown = clean_line(str(path))
    try:
        take_name(target)
    except FileExistsError as error:
        raise FileRefused(
            _("There is something called {shown} already.").format(shown=shown),
            kept=_("It was left as it is. Nothing was written."),
            todo=_("Choose another name."),
        ) from error
    except OSError as error:
        raise _not_written(target, error) from error
    try:
        with temporary_file(target, _zipped(members, moment)) as (temp, _unused):
            rename_over(temp, target)
        sync_folder(os.path.dirname(target))
    except OSError as error:
        remove_quietly(target)
        raise _not_written(target, error) from error
    except BaseException:
        remove_quietly(target)
        raise


def _not_written(target: str, error: OSError) -> StorageError:
    reason, todo = describe_os_error(error, os.path.dirname(target))
    return StorageError(
        _("The backup was not written: {reason}.").format(reason=clean_line(reason)),
        kept=_("Nothing was written."),
        todo=todo,
    )


class _Pipe:
    """Takes what `zipfile` writes, to be taken out in parts."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def take(self) -> list[bytes]:
        parts, self._parts = self._parts, []
        return parts


def _zipped(members: Iterable[BackupMember], moment: datetime) -> Iterator[bytes]:
    """The bytes of the zip. Files are stored as they are: most are packed already, and every program can read them."""
    pipe = _Pipe()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_STORED) as archive:
        for member in members:
            # A zip has no name with bytes that are no UTF-8, as somebody may have put into the folder of evidence files.
            info = zipfile.ZipInfo(member.name.encode("utf-8", "replace").decode(), moment.timetuple()[:6])
            info.external_attr = 0o600 << 16
            with archive.open(info, "w", force_zip64=True) as stream:
                for part in _parts_of(member.content):
                    stream.write(part)
                    yield from pipe.take()
            yield from pipe.take()
    yield from pipe.take()


def _parts_of(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    descriptor = open_regular_descriptor(content, follow_link=False)
    try:
        while part := os.read(descriptor, _CHUNK_BYTES):
            yield part
    finally:
        close_quietly(descriptor)


def put_back_file(folder: Path, name: str, parts: Iterable[bytes]) -> bool:
    """Write a file of a backup into a folder beside the record; False where another file has that name, which stays.

    Raises OSError, and whatever `parts` raises; then no part of the file is left.
    """
    target = os.path.join(folder, name)
    try:
        take_name(target)
    except FileExistsError:
        return False
    try:
        with temporary_file(target, parts) as (temp, _unused):
            rename_over(temp, target)
    except BaseException:
        remove_quietly(target)
        raise
    return True
