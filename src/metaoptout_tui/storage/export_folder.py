"""Writes exports to a folder of the person's choice, and letters as text files and pages to print.

No existing file is ever replaced, but an earlier save of a letter that was not sent. The files of one export share one name, with a number where that name is taken, and
either all of them are written or none.
"""

import os
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import FileRefused, StorageError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import EvidenceFile, EvidenceFileState
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage import evidence_folder
from metaoptout_tui.storage.atomic_write import (
    make_private_folder,
    remove_quietly,
    rename_over,
    sync_folder,
    take_name,
    temporary_file,
)
from metaoptout_tui.storage.file_access import describe_os_error, no_free_name, numbered_names

# ruff: noqa: PTH106, PTH118, PTH120 - through `os` alone, so that a test can make any call fail


def has_documents_folder() -> bool:
    """Whether the person has a folder of documents."""
    import platformdirs

    return os.path.isdir(platformdirs.user_documents_path())


def default_export_folder() -> Path:
    """The person's documents folder, or their home folder where there is none."""
    import platformdirs

    documents = platformdirs.user_documents_path()
    return documents if os.path.isdir(documents) else Path.home()


def write_export(
    folder: Path, name: str, files: Sequence[tuple[str, bytes]], *, forbidden_folders: Sequence[Path] = ()
) -> list[Path]:
    """Write `NAME.ENDING` for each pair of ending and content, or `NAME-2.ENDING` and so on where one of them exists.

    A missing folder is made with mode 0700; the files have mode 0600 and are synced when this returns. Raises
    FileRefused for a path that cannot be a folder or is in one of the program's own `forbidden_folders`, StorageError
    where a file cannot be written; then no new file is left behind, only the folder.
    """
    folder_path = _check_folder(folder, forbidden_folders)
    try:
        return _write_files(folder_path, name, files)
    except OSError as error:
        reason, _unused = describe_os_error(error, folder_path)
        raise StorageError(
            _("The export was not written: {reason}.").format(reason=clean_line(reason)),
            kept=_("Nothing was written. Your record is as it was."),
            todo=_("Make that right, or choose another folder."),
        ) from error


class ExportedCopy(NamedTuple):
    """A copy of an evidence file, and whether this call created it."""

    path: Path
    is_new: bool


def copy_evidence_file(file: EvidenceFile, evidence: Path, folder: Path, job: Job | None = None) -> ExportedCopy | None:
    """Copy an evidence file into the export folder; None where it is not what the diary says, before or after copying.

    Raises FileRefused where it cannot be read, StorageError where the copy cannot be written, Cancelled where `job` was
    cancelled; then no new copy is left behind.
    """
    if evidence_folder.verify_file(file, evidence, job) is not EvidenceFileState.OK:
        return None
    try:
        copy, is_new = evidence_folder.copy_into_folder(evidence / file.name, folder, job)
    except StorageError as error:
        raise StorageError(
            _("The export was not written.") + f" {error.what}",
            kept=_("Nothing was written. Your record is as it was."),
            todo=error.todo or _("Make that right, or choose another folder."),
        ) from error
    path = folder / copy.name
    if copy.sha256 != file.sha256.lower():
        if is_new:
            remove_quietly(os.fspath(path))
        return None
    return ExportedCopy(path, is_new)


def remove_export(paths: Iterable[Path], folder: Path) -> None:
    """Remove the files of an unfinished export, and its folder if that is empty then."""
    _remove_all(map(os.fspath, paths))
    with suppress(OSError):
        os.rmdir(folder)


def _check_folder(folder: Path, forbidden_folders: Sequence[Path]) -> str:
    """The folder's real path. Raises FileRefused where it cannot be a folder, or is in a forbidden one."""
    shown = clean_line(str(folder))
    try:
        expanded = folder.expanduser()
        real_path = os.path.realpath(expanded)
        exists, is_folder = os.path.lexists(real_path), os.path.isdir(real_path)
    except (OSError, ValueError, RuntimeError) as error:
        raise FileRefused(
            _("“{folder}” is no name of a folder.").format(folder=shown),
            kept=_("Nothing was written."),
            todo=_("Choose another folder."),
        ) from error
    if os.path.islink(real_path) or (os.path.islink(expanded) and not exists):
        raise FileRefused(
            _("{folder} is a link that leads nowhere.").format(folder=shown),
            kept=_("Nothing was written."),
            todo=_("Choose another folder."),
        )
    if exists and not is_folder:
        raise FileRefused(
            _("{folder} is a file and no folder.").format(folder=shown),
            kept=_("It was left as it is. Nothing was written."),
            todo=_("Choose another folder."),
        )
    for forbidden in map(os.path.realpath, forbidden_folders):
        if real_path == forbidden or real_path.startswith(forbidden + os.sep):
            raise FileRefused(
                _("{folder} is a folder of the program's own.").format(folder=shown),
                kept=_("Nothing was written."),
                todo=_("Choose another folder."),
            )
    return real_path


def write_sent_letter(
    name: str, text: str, page: bytes, folder: Path, replaceable: Collection[Path] = ()
) -> tuple[Path, Path]:
    """Write a text as `NAME.txt` and its page to print as `NAME.html`, or `NAME-2` where one is taken; both paths.

    The last of these names whose two files are `replaceable` is written over.
    `name` comes from this program, never from a person. Raises StorageError; then no part of the file is left.
    """
    try:
        files = [("txt", text.encode()), ("html", page)]
        if earlier := _last_replaceable(os.fspath(folder), name, replaceable):
            text_file, page_file = _write_over(earlier, files)
        else:
            text_file, page_file = _write_files(os.fspath(folder), name, files)
    except OSError as error:
        reason, todo = describe_os_error(error, os.fspath(folder))
        raise StorageError(
            _("The letter was not saved: {reason}.").format(reason=clean_line(reason)),
            kept=_("It still stands here."),
            todo=todo,
        ) from error
    return text_file, page_file


def _last_replaceable(folder: str, name: str, replaceable: Collection[Path]) -> str:
    """The last name of a letter, with its folder, whose text and page may both be replaced; empty for none."""
    last = ""
    places = {os.path.realpath(path) for path in replaceable}
    for stem in numbered_names(name):
        place = os.path.join(os.path.realpath(folder), stem)
        if not os.path.lexists(f"{place}.txt"):
            return last
        if {f"{place}.txt", f"{place}.html"} <= places:
            last = place
    return last


def _write_over(place: str, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Write files of one name over those that are there. Raises OSError; then each is whole, the former or the new one."""
    paths = [f"{place}.{ending}" for ending, _unused in files]
    for path, (_ending, data) in zip(paths, files, strict=True):
        with temporary_file(path, (data,)) as (temp, _stat):
            rename_over(temp, path)
    sync_folder(os.path.dirname(place))
    return [Path(path) for path in paths]


def _write_files(folder: str, name: str, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Write all the files under the first name that is free for all. Raises OSError; then none is left behind."""
    make_private_folder(Path(folder))
    paths = _take_names(folder, name, [ending for ending, _unused in files])
    try:
        for path, (_unused, data) in zip(paths, files, strict=True):
            with temporary_file(path, (data,)) as (temp, _stat):
                rename_over(temp, path)
        sync_folder(folder)
    except BaseException:
        _remove_all(paths)
        raise
    return [Path(path) for path in paths]


def _take_names(folder: str, name: str, endings: Sequence[str]) -> list[str]:
    for stem in numbered_names(name):
        paths: list[str] = []
        try:
            for ending in endings:
                path = os.path.join(folder, f"{stem}.{ending}")
                take_name(path)
                paths.append(path)
        except FileExistsError:
            _remove_all(paths)
        except BaseException:
            _remove_all(paths)
            raise
        else:
            return paths
    raise no_free_name(name)


def _remove_all(paths: Iterable[str]) -> None:
    for path in paths:
        remove_quietly(path)
