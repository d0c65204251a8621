"""Stores and verifies the evidence files beside the record, which are never changed or replaced.

A copy is written whole under a temporary name and then renamed, so that a kill, a full disk or a power cut leaves a
whole file or none. The system is called through `os` alone, so that a test can make any single call fail.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import Cancelled, FileRefused, StorageError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import EvidenceFile, EvidenceFileState
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage.atomic_write import (
    TEMP_SUFFIX,
    make_private_folder,
    remove_quietly,
    rename_over,
    sync_folder,
    take_name,
    temporary_file,
)
from metaoptout_tui.storage.file_access import (
    NotARegularFile,
    close_quietly,
    describe_os_error,
    no_free_name,
    numbered_names,
    open_regular_descriptor,
)

# ruff: noqa: PTH118, PTH208 - through `os` alone, so that a test can make any call fail

MAX_BYTES = 100 << 20
MAX_NAME_BYTES = 100
_CHUNK_BYTES = 1 << 20
_MAX_TEXT_BYTES = 1 << 20
_FORBIDDEN_CHARACTERS = re.compile(r'[\\/:*?"<>|\x00]+')
_RESERVED_NAMES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


class EvidenceCopy(NamedTuple):
    """A stored file, and whether this call created it."""

    file: EvidenceFile
    is_new: bool


def store_file(source: Path, folder: Path, job: Job | None = None) -> EvidenceFile:
    """Copy a file of at most 100 MB into the folder (0700) as a new file (0600), and return what is stored.

    A file of the same name and content is not copied twice; one of the same name and other content gets a number.
    Raises FileRefused for a source that cannot be read, StorageError for a copy that cannot be written, Cancelled where
    `job` was cancelled; then no new file is left behind.
    """
    return copy_into_folder(source, folder, job).file


def copy_into_folder(source: Path, folder: Path, job: Job | None = None) -> EvidenceCopy:
    """Store a file as `store_file` does, and tell whether the copy is new, so that a caller can remove its own again."""
    job = job or Job()
    descriptor = _open_source(source)
    try:
        job.total = job.total or _source_size(descriptor, source)
        return _store_chunks(_read_chunks(descriptor, source), _safe_name(source.name), folder, job)
    except OSError as error:
        raise _not_stored_error(source, folder, error) from error
    finally:
        close_quietly(descriptor)


def store_text(name: str, text: str, folder: Path) -> EvidenceFile:
    """Store a text that this program wrote as `NAME.txt`, in the way of `store_file`.

    Raises StorageError where it cannot be written; then no new file is left behind.
    """
    try:
        return _store_chunks(iter((text.encode("utf-8", "replace"),)), _safe_name(f"{name}.txt"), folder, Job()).file
    except OSError as error:
        reason, todo = describe_os_error(error, os.fspath(folder))
        raise StorageError(
            _("The text of the letter was not kept: {reason}.").format(reason=clean_line(reason)), todo=todo
        ) from error


def read_stored_text(file: EvidenceFile, folder: Path) -> str:
    """The content of a stored text; empty where it is missing or changed, which `verify_file` tells apart."""
    parts: list[bytes] = []
    if file.size > _MAX_TEXT_BYTES or _verify(file, folder, parts.append) is not EvidenceFileState.OK:
        return ""
    return b"".join(parts).decode("utf-8", "replace")


def verify_file(file: EvidenceFile, folder: Path, job: Job | None = None) -> EvidenceFileState:
    """Compare a stored file with what the diary says. Raises Cancelled where `job` was cancelled, and nothing else."""
    job = job or Job()
    return _verify(file, folder, lambda part: job.advance(len(part)))


def find_stored_file(file: EvidenceFile, folder: Path) -> Path | None:
    """The path of a stored file; None where it is missing, or its name leads out of the folder."""
    path = folder / file.name
    return path if _is_plain_name(file.name) and os.path.isfile(path) and not os.path.islink(path) else None


def _is_plain_name(name: str) -> bool:
    """Whether a name is that of a file in a folder, and leads nowhere else."""
    return bool(name) and name == os.path.basename(name) and name not in (".", "..")  # noqa: PTH119 - Path.name drops a slash at the end


def _verify(file: EvidenceFile, folder: Path, on_read: Callable[[bytes], None]) -> EvidenceFileState:
    if not _is_plain_name(file.name):
        return EvidenceFileState.UNREADABLE
    try:
        descriptor = open_regular_descriptor(folder / file.name, follow_link=False)
    except FileNotFoundError:
        return EvidenceFileState.MISSING
    except (OSError, ValueError):
        return EvidenceFileState.UNREADABLE
    try:
        if os.fstat(descriptor).st_size != file.size:
            return EvidenceFileState.CHANGED
        digest = sha256()
        while part := os.read(descriptor, _CHUNK_BYTES):
            digest.update(part)
            on_read(part)
    except OSError:
        return EvidenceFileState.UNREADABLE
    finally:
        close_quietly(descriptor)
    return EvidenceFileState.OK if digest.hexdigest() == file.sha256.lower() else EvidenceFileState.CHANGED


def find_unrecorded_files(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Files of the folder that no diary entry names, for example because the entry was undone."""
    recorded = set(names)
    try:
        return tuple(
            name for name in sorted(os.listdir(folder)) if name not in recorded and not name.endswith(TEMP_SUFFIX)
        )
    except OSError:
        return ()


def _safe_name(name: str) -> str:
    """A name that is valid on every system: no path, no invisible characters, not hidden, not too long."""
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
    """Open the file to be copied and return its descriptor. Raises FileRefused."""
    try:
        return open_regular_descriptor(source)
    except NotARegularFile as error:
        raise FileRefused(
            _("{name} is not a file.").format(name=clean_line(source.name)),
            kept=_("Nothing was recorded."),
            todo=_("Add one file at a time."),
        ) from error
    except FileNotFoundError as error:
        raise FileRefused(
            _("There is no file {file}.").format(file=clean_line(os.fspath(source))),
            kept=_("Nothing was recorded."),
            todo=_("Look how it is written."),
        ) from error
    except (OSError, ValueError) as error:
        raise _source_refused(source, error) from error


def _source_size(descriptor: int, source: Path) -> int:
    try:
        size = os.fstat(descriptor).st_size
    except OSError as error:
        raise _source_refused(source, error) from error
    if size > MAX_BYTES:
        raise _too_large_error(source)
    return size


def _store_chunks(parts: Iterator[bytes], name: str, folder: Path, job: Job) -> EvidenceCopy:
    """Write the chunks as a file in the folder under `name` or its next free number. Raises OSError."""
    digest = sha256()

    def counted_parts() -> Iterator[bytes]:
        for part in parts:
            digest.update(part)
            yield part
            job.advance(len(part))

    make_private_folder(folder)
    with temporary_file(os.path.join(folder, name), counted_parts()) as (temp, written):
        evidence_file = EvidenceFile(name, digest.hexdigest(), written.st_size)
        stored_name, is_new = _move_to_free_name(temp, os.fspath(folder), evidence_file)
    try:
        sync_folder(os.fspath(folder))
        job.advance()
    except (OSError, Cancelled):
        if is_new:
            remove_quietly(os.path.join(folder, stored_name))
        raise
    return EvidenceCopy(evidence_file._replace(name=stored_name), is_new)


def _read_chunks(descriptor: int, source: Path) -> Iterator[bytes]:
    """The content of a file in chunks. Raises FileRefused where it cannot be read or grows too large meanwhile."""
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


def _move_to_free_name(temp: str, folder: str, evidence_file: EvidenceFile) -> tuple[str, bool]:
    """Give the copy its first free name (True), or find the same file under a taken one (False). Raises OSError."""
    name = Path(evidence_file.name)
    for candidate in numbered_names(name.stem, name.suffix):
        path = os.path.join(folder, candidate)
        try:
            take_name(path)
        except FileExistsError:
            if verify_file(evidence_file._replace(name=candidate), Path(folder)) is EvidenceFileState.OK:
                remove_quietly(temp)
                return candidate, False
            continue
        try:
            rename_over(temp, path)
        except BaseException:
            remove_quietly(path)
            raise
        return candidate, True
    raise no_free_name(evidence_file.name)


def _source_refused(source: Path, error: OSError | ValueError) -> FileRefused:
    reason, todo = (
        describe_os_error(error, os.fspath(source))
        if isinstance(error, OSError)
        else (_("this is no name of a file"), "")
    )
    return FileRefused(
        _("{name} cannot be read: {reason}.").format(
            name=clean_line(source.name) or _("This file"), reason=clean_line(reason)
        ),
        kept=_("Nothing was recorded."),
        todo=todo,
    )


def _too_large_error(source: Path) -> FileRefused:
    return FileRefused(
        _("{name} is larger than {megabytes} MB, which is the most that is kept.").format(
            name=clean_line(source.name), megabytes=MAX_BYTES >> 20
        ),
        kept=_("Nothing was recorded."),
        todo=_("Add a smaller file, such as a screenshot of it."),
    )


def _not_stored_error(source: Path, folder: Path, error: OSError) -> StorageError:
    reason, todo = describe_os_error(error, os.fspath(folder))
    return StorageError(
        _("{name} was not kept: {reason}.").format(name=clean_line(source.name), reason=clean_line(reason)),
        kept=_("Nothing was recorded, and your own file is as it was."),
        todo=todo,
    )
