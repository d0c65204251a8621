"""Stores and verifies the evidence files beside the record, which are never changed or replaced.

A copy is written whole under a temporary name and then renamed, so that a kill, a full disk or a power cut leaves a
whole file or none. The system is called through `os` alone, so that a test can make any single call fail.
"""

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import Cancelled, FileRefused, StorageError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.record.evidence import EvidenceFile, EvidenceFileState
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage.atomic_write import (
    FILE_MODE,
    NEW_FILE_FLAGS,
    make_private_folder,
    remove_quietly,
    sync_folder,
)
from metaoptout_tui.storage.file_access import describe_os_error

# ruff: noqa: PTH105, PTH118, PTH208


MAX_BYTES = 100 << 20
MAX_NAME_BYTES = 100
_CHUNK_BYTES = 1 << 20
_MAX_TEXT_BYTES = 1 << 20
_MAX_NUMBERED_NAMES = 1_000
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_READ_NOFOLLOW_FLAGS = _READ_FLAGS | getattr(os, "O_NOFOLLOW", 0)
_FORBIDDEN_CHARACTERS = re.compile(r'[\\/:*?"<>|\x00]+')
_RESERVED_NAMES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_TEMP_SUFFIX = ".metaoptout-tmp"


class EvidenceCopy(NamedTuple):
    """A file as it is in the folder now, and whether it was not there before."""

    file: EvidenceFile
    is_new: bool


def store_file(source: Path, folder: Path, job: Job | None = None) -> EvidenceFile:
    """Copy a file of at most 100 MB into the folder (0700) as a file of its own (0600), and say what it is there.

    A file of the same content and name is not copied twice; one of the same name and other content gets a number.
    Raises FileRefused for a source that cannot be taken, StorageError for a copy that cannot be kept, Cancelled where `job`
    was; then nothing is there that was not there before.
    """
    return copy_into_folder(source, folder, job).file


def copy_into_folder(source: Path, folder: Path, job: Job | None = None) -> EvidenceCopy:
    """As `keep`, with whether the copy is new, so that whoever made several can take away what they made."""
    job = job or Job()
    descriptor = _open_source(source)
    try:
        job.total = job.total or _source_size(descriptor, source)
        return _store_chunks(_read_chunks(descriptor, source), _safe_name(source.name), folder, job)
    except OSError as error:
        raise _not_stored_error(source, folder, error) from error
    finally:
        _close_quietly(descriptor)


def store_text(name: str, words: str, folder: Path) -> EvidenceFile:
    """Put a text of this program's own making into the folder as `NAME.txt`, as `keep` does with a file.

    Raises StorageError where it cannot be kept; then nothing is there that was not there before.
    """
    try:
        return _store_chunks(iter((words.encode("utf-8", "replace"),)), _safe_name(f"{name}.txt"), folder, Job()).file
    except OSError as error:
        what, todo = describe_os_error(error, os.fspath(folder))
        raise StorageError(f"The text of the letter was not kept: {clean_line(what)}.", todo=todo) from error


def read_stored_text(file: EvidenceFile, folder: Path) -> str:
    """The words of a kept text; empty where it is not there or not what the diary says, which `look_at` tells apart."""
    if file.name != os.path.basename(file.name) or file.size > _MAX_TEXT_BYTES:  # noqa: PTH119 - Path.name drops a slash at the end
        return ""
    try:
        descriptor = os.open(folder / file.name, _READ_NOFOLLOW_FLAGS)
    except (OSError, ValueError):
        return ""
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        found = b""
        while len(found) <= file.size and (part := os.read(descriptor, _CHUNK_BYTES)):
            found += part
    except OSError:
        return ""
    finally:
        _close_quietly(descriptor)
    return found.decode("utf-8", "replace") if sha256(found).hexdigest() == file.sha256.lower() else ""


def verify_file(file: EvidenceFile, folder: Path, job: Job | None = None) -> EvidenceFileState:
    """Whether a kept file is there and still what the diary says. Raises Cancelled where `job` was, and nothing else."""
    job = job or Job()
    if not file.name or file.name != os.path.basename(file.name) or file.name in (".", ".."):  # noqa: PTH119 - Path.name drops a slash at the end
        return EvidenceFileState.UNREADABLE
    try:
        descriptor = os.open(folder / file.name, _READ_NOFOLLOW_FLAGS)
    except FileNotFoundError:
        return EvidenceFileState.MISSING
    except (OSError, ValueError):
        return EvidenceFileState.UNREADABLE
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return EvidenceFileState.UNREADABLE
        if found.st_size != file.size:
            return EvidenceFileState.CHANGED
        digest = sha256()
        while part := os.read(descriptor, _CHUNK_BYTES):
            digest.update(part)
            job.advance(len(part))
    except OSError:
        return EvidenceFileState.UNREADABLE
    finally:
        _close_quietly(descriptor)
    return EvidenceFileState.OK if digest.hexdigest() == file.sha256.lower() else EvidenceFileState.CHANGED


def find_unrecorded_files(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Files of the folder that no entry names, such as one whose entry was undone; they are left alone."""
    known = set(names)
    try:
        return tuple(
            each for each in sorted(os.listdir(folder)) if each not in known and not each.endswith(_TEMP_SUFFIX)
        )
    except OSError:
        return ()


def _safe_name(name: str) -> str:
    """The file's own name, made one that every system can have: no path, nothing unseen, not hidden, not too long."""
    clean = _FORBIDDEN_CHARACTERS.sub("-", clean_line(name, 1_000)).replace("\ufffd", "-").strip(" .")
    if not clean or _RESERVED_NAMES.match(clean):
        clean = f"file-{clean}".strip("-")
    stem, dot, end = clean.rpartition(".")
    if not dot or len(end) > 10:
        stem, dot, end = clean, "", ""
    while len(f"{stem}{dot}{end}".encode()) > MAX_NAME_BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip(' .') or 'file'}{dot}{end}"


def _open_source(source: Path) -> int:
    try:
        return os.open(source, _READ_FLAGS)
    except (OSError, ValueError) as error:
        raise _source_refused(source, error) from error


def _source_size(descriptor: int, source: Path) -> int:
    """How large a file is that can be taken. Raises FileRefused for one that cannot."""
    try:
        found = os.fstat(descriptor)
    except OSError as error:
        raise _source_refused(source, error) from error
    if not stat.S_ISREG(found.st_mode):
        raise FileRefused(
            f"{clean_line(source.name)} is not a file.", kept="Nothing was recorded.", todo="Add one file at a time."
        )
    if found.st_size > MAX_BYTES:
        raise _too_large_error(source)
    return found.st_size


def _store_chunks(parts: Iterator[bytes], name: str, folder: Path, job: Job) -> EvidenceCopy:
    """What comes in parts, whole in the folder under `name` or the next one that is free. Raises OSError; then it is not."""
    temp, digest, size = _write_temp_copy(parts, folder, job)
    made = EvidenceFile(name, digest, size)
    try:
        chosen, is_new = _move_to_free_name(temp, os.fspath(folder), made)
    except BaseException:
        remove_quietly(temp)
        raise
    try:
        sync_folder(os.fspath(folder))
        job.advance()
    except (OSError, Cancelled):
        if is_new:
            remove_quietly(os.path.join(folder, chosen))
        raise
    return EvidenceCopy(made._replace(name=chosen), is_new)


def _write_temp_copy(parts: Iterator[bytes], folder: Path, job: Job) -> tuple[str, str, int]:
    """A whole copy on the disk under a name of its own, with its SHA-256 and size. Raises OSError; then there is none."""
    temp = os.path.join(folder, f".{os.getpid()}-{os.urandom(8).hex()}{_TEMP_SUFFIX}")
    make_private_folder(folder)
    target = os.open(temp, NEW_FILE_FLAGS, FILE_MODE)
    try:
        try:
            digest, size = sha256(), 0
            for part in parts:
                digest.update(part)
                size += len(part)
                _write_all(target, part)
                job.advance(len(part))
            os.fsync(target)
        finally:
            os.close(target)
    except BaseException:
        remove_quietly(temp)
        raise
    return temp, digest.hexdigest(), size


def _read_chunks(descriptor: int, source: Path) -> Iterator[bytes]:
    """What a file holds, part by part. Raises FileRefused for one that cannot be read or grows too large meanwhile."""
    size = 0
    while part := _read_chunk(descriptor, source):
        size += len(part)
        if size > MAX_BYTES:
            raise _too_large_error(source)
        yield part


def _read_chunk(descriptor: int, source: Path) -> bytes:
    try:
        return os.read(descriptor, _CHUNK_BYTES)
    except OSError as error:
        raise _source_refused(source, error) from error


def _close_quietly(descriptor: int) -> None:
    """Close what was not written to: a fault there costs nothing."""
    with suppress(OSError):
        os.close(descriptor)


def _write_all(descriptor: int, part: bytes) -> None:
    rest = memoryview(part)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _move_to_free_name(temp: str, folder: str, made: EvidenceFile) -> tuple[str, bool]:
    """Give the copy the first name that is free (True), or find the same file under one that is not. Raises OSError."""
    name = made.name
    stem, dot, end = name.rpartition(".")
    if not dot:
        stem, end = name, ""
    for number in range(1, _MAX_NUMBERED_NAMES):
        chosen = name if number == 1 else f"{stem}-{number}{dot}{end}"
        place = os.path.join(folder, chosen)
        try:
            # Taking the name first is what keeps a file of that name from ever being replaced.
            _close_quietly(os.open(place, NEW_FILE_FLAGS, FILE_MODE))
        except FileExistsError:
            if verify_file(made._replace(name=chosen), Path(folder)) is EvidenceFileState.OK:
                remove_quietly(temp)
                return chosen, False
            continue
        try:
            os.replace(temp, place)
        except BaseException:
            remove_quietly(place)
            raise
        return chosen, True
    raise OSError(errno.EEXIST, f"there are {_MAX_NUMBERED_NAMES - 1} files called {name} already")


def _source_refused(source: Path, error: OSError | ValueError) -> FileRefused:
    what, todo = (
        describe_os_error(error, os.fspath(source)) if isinstance(error, OSError) else ("this is no name of a file", "")
    )
    return FileRefused(
        f"{clean_line(source.name) or 'This file'} cannot be read: {clean_line(what)}.",
        kept="Nothing was recorded.",
        todo=todo,
    )


def _too_large_error(source: Path) -> FileRefused:
    return FileRefused(
        f"{clean_line(source.name)} is larger than {MAX_BYTES >> 20} MB, which is the most that is kept.",
        kept="Nothing was recorded.",
        todo="Add a smaller file, such as a screenshot of it.",
    )


def _not_stored_error(source: Path, folder: Path, error: OSError) -> StorageError:
    what, todo = describe_os_error(error, os.fspath(folder))
    return StorageError(
        f"{clean_line(source.name)} was not kept: {clean_line(what)}.",
        kept="Nothing was recorded, and your own file is as it was.",
        todo=todo,
    )
