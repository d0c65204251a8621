"""Writes what a person takes away: exports to a folder of their choice, and letters saved as text files.

Nothing that is there is ever replaced. The files of one export share one name, with one number where that name is
taken, and all of them are written or none.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import FileRefused, StorageError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.record.evidence import EvidenceFile, EvidenceFileState
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage import evidence_folder
from metaoptout_tui.storage.atomic_write import (
    make_private_folder,
    no_free_name,
    numbered_names,
    remove_quietly,
    rename_over,
    sync_folder,
    take_name,
    written_beside,
)
from metaoptout_tui.storage.file_access import describe_os_error

# ruff: noqa: PTH106, PTH114, PTH118


_NOTHING_WRITTEN = "Nothing was written."
_CHOOSE_ANOTHER = "Choose another folder."
_FIX_OR_CHOOSE_ANOTHER = "Make that right, or choose another folder."


def default_export_folder() -> Path:
    """The person's folder for documents where there is one, else their home."""
    import platformdirs

    documents = platformdirs.user_documents_path()
    return documents if documents.is_dir() else Path.home()


def write_export(
    folder: Path, name: str, files: Sequence[tuple[str, bytes]], *, not_in: Sequence[Path] = ()
) -> list[Path]:
    """Write `NAME.ENDING` for each ending and its bytes, or `NAME-2.ENDING` and so on where one of them is there already.

    The folder is made, 0700, where it is missing; the files are 0600 and on the disk when this returns. `not_in` are the
    program's own folders. Raises FileRefused for a folder that cannot be one, StorageError for what cannot be written; then
    nothing is there that was not there before, but for a folder that was made.
    """
    place = _check_folder(folder, not_in)
    try:
        return _write_files(place, name, files)
    except OSError as error:
        what, _ = describe_os_error(error, place)
        raise StorageError(
            f"The export was not written: {clean_line(what)}.",
            kept=f"{_NOTHING_WRITTEN} Your record is as it was.",
            todo=_FIX_OR_CHOOSE_ANOTHER,
        ) from error


class ExportedCopy(NamedTuple):
    """A copy of a kept file, and whether it was not there before."""

    path: Path
    is_new: bool


def copy_evidence_file(file: EvidenceFile, evidence: Path, folder: Path, job: Job | None = None) -> ExportedCopy | None:
    """A copy of a kept file in a folder of its own; None where it is not what the diary says, before or after copying.

    Raises FileRefused where it cannot be read, StorageError where the copy cannot be written, Cancelled where `job` was
    stopped; then no copy is there that was not there before.
    """
    if evidence_folder.verify_file(file, evidence, job) is not EvidenceFileState.OK:
        return None
    try:
        copied, is_new = evidence_folder.copy_into_folder(evidence / file.name, folder, job)
    except StorageError as error:
        raise StorageError(
            f"The export was not written, because {error.what}",
            kept=f"{_NOTHING_WRITTEN} Your record is as it was.",
            todo=error.todo or _FIX_OR_CHOOSE_ANOTHER,
        ) from error
    path = folder / copied.name
    if copied.sha256 != file.sha256.lower():
        if is_new:
            remove_quietly(os.fspath(path))
        return None
    return ExportedCopy(path, is_new)


def remove_export(paths: Iterable[Path], folder: Path) -> None:
    """Remove what an export that came to no end has written, and a folder of its own that is empty then."""
    _remove_all(map(os.fspath, paths))
    with suppress(OSError):
        os.rmdir(folder)


def _check_folder(folder: Path, not_in: Sequence[Path]) -> str:
    """The folder's whole path. Raises FileRefused where no folder can be there, or where the program keeps its own."""
    shown = clean_line(str(folder))
    try:
        named = folder.expanduser()
        place = os.path.realpath(named)
        is_there, is_folder = os.path.lexists(place), os.path.isdir(place)  # noqa: PTH112 - a link that leads nowhere is there too
    except (OSError, ValueError, RuntimeError) as error:
        raise FileRefused(f"“{shown}” is no name of a folder.", kept=_NOTHING_WRITTEN, todo=_CHOOSE_ANOTHER) from error
    if os.path.islink(place) or (os.path.islink(named) and not is_there):
        raise FileRefused(f"{shown} is a link that leads nowhere.", kept=_NOTHING_WRITTEN, todo=_CHOOSE_ANOTHER)
    if is_there and not is_folder:
        raise FileRefused(
            f"{shown} is a file and no folder.", kept=f"It was left as it is. {_NOTHING_WRITTEN}", todo=_CHOOSE_ANOTHER
        )
    for path in not_in:
        inside = os.path.realpath(path)
        if place == inside or place.startswith(inside + os.sep):
            raise FileRefused(f"{shown} is a folder of the program's own.", kept=_NOTHING_WRITTEN, todo=_CHOOSE_ANOTHER)
    return place


def write_letter(name: str, words: str, folder: Path) -> Path:
    """Write a text as a new file `NAME.txt`, or `NAME-2.txt` where that is taken, and say where it is.

    `name` is one of this program's own, not a person's. Raises StorageError; then no part of the file is left.
    """
    try:
        return _write_files(os.fspath(folder), name, [("txt", words.encode())])[0]
    except OSError as error:
        what, todo = describe_os_error(error, os.fspath(folder))
        raise StorageError(
            f"The letter was not saved: {clean_line(what)}.", kept="It still stands here.", todo=todo
        ) from error


def _write_files(place: str, name: str, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    """All the files under the first name that is free for all of them. Raises OSError; then there is none."""
    make_private_folder(Path(place))
    taken = _take_names(place, name, [ending for ending, _ in files])
    try:
        for path, (_, data) in zip(taken, files, strict=True):
            with written_beside(path, (data,)) as (temp, _):
                rename_over(temp, path)
        sync_folder(place)
    except BaseException:
        _remove_all(taken)
        raise
    return [Path(path) for path in taken]


def _take_names(place: str, name: str, endings: Sequence[str]) -> list[str]:
    for stem in numbered_names(name):
        taken: list[str] = []
        try:
            for ending in endings:
                path = os.path.join(place, f"{stem}.{ending}")
                take_name(path)
                taken.append(path)
        except FileExistsError:
            _remove_all(taken)
        except BaseException:
            _remove_all(taken)
            raise
        else:
            return taken
    raise no_free_name(name)


def _remove_all(paths: Iterable[str]) -> None:
    for path in paths:
        remove_quietly(path)
