"""Finds the files of downloads in what a person chose: files, folders with zips in them, and zips.

Of all that is not needed only the name is read; links within a folder are not followed.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.imports.files import (
    NOT_A_FILE,
    READ_ERRORS,
    ZIP_SIGNATURES,
    CheckCancelled,
    ReadableStream,
    SizeLimitedStream,
    open_regular_file,
    reason_for_error,
)
from metaoptout_tui.imports.folder_walk import FolderSearch, iter_folder
from metaoptout_tui.imports.meta_export import found_files
from metaoptout_tui.imports.meta_export.found_files import (
    DownloadFolders,
    ExportFile,
    OpenableFile,
    SourceVisitor,
    ThreadLimit,
    name_download,
)
from metaoptout_tui.imports.meta_export.layout import (
    WANTED_SUFFIXES,
    identify_file,
    plain_name,
    root_index,
    service_of_folders,
)
from metaoptout_tui.imports.meta_export.zipped_files import visit_zip
from metaoptout_tui.imports.zip_archive import is_zip_name

MAX_FOLDER_DEPTH = 10

_TAIL_PARTS = 6
_MEDIA_OF_MESSAGES = frozenset({"photos", "videos", "audio", "gifs", "files", "stickersused"})


def visit_path(path: Path, visitor: SourceVisitor, check: CheckCancelled) -> None:
    """Show the visitor all that is needed of a file, zip or folder. `check` is called often and may raise."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            _visit_folder(path, visitor, check)
        elif stat.S_ISREG(mode):
            _visit_file(path, visitor, check)
        else:
            visitor.on_unreadable(path, "", _(NOT_A_FILE))
    except READ_ERRORS as error:
        visitor.on_unreadable(path, "", reason_for_error(error))


def _visit_file(path: Path, visitor: SourceVisitor, check: CheckCancelled) -> None:
    with open_regular_file(path) as file:
        size, start = os.fstat(file.fileno()).st_size, file.read(4)
    if start in ZIP_SIGNATURES:
        visit_zip(path, visitor, check)
        return
    parts = path.absolute().parts
    known = identify_file(parts[-_TAIL_PARTS:])
    if known is None:
        visitor.on_unreadable(
            path,
            "",
            _("The zip is damaged.") if path.suffix.lower() == ".zip" else _(found_files.NO_FILE_OF_A_DOWNLOAD),
        )
        return
    root = root_index(parts, is_below_chosen=False)
    if root is None:
        root = len(parts) - 1
    download = name_download(PurePath(*parts[:root]))
    service, is_sure = service_of_folders(parts[root:])
    if service:
        visitor.on_service(download, service, is_sure=is_sure)
    visitor.on_files([_openable(ExportFile(download, known, parts[root:], path, "", size))])


def _openable(file: ExportFile) -> OpenableFile:
    return OpenableFile(file, lambda: _open_file(file.path))


@contextmanager
def _open_file(path: Path) -> Iterator[ReadableStream]:
    with open_regular_file(path) as file:
        yield SizeLimitedStream(file, os.fstat(file.fileno()).st_size)


def _visit_folder(folder: Path, visitor: SourceVisitor, check: CheckCancelled) -> None:
    folders = DownloadFolders(folder.absolute(), visitor)
    outer_parts = folder.absolute().parts
    zips: list[Path] = []
    files: list[OpenableFile] = []
    found = list(_files_in_folder(folder, folders, visitor, check))
    folders.tell_services()
    threads = ThreadLimit()
    for path, size in found:
        parts = path.relative_to(folder).parts
        if is_zip_name(path.name):
            zips.append(path)
            continue
        known = identify_file((*outer_parts, *parts)[-_TAIL_PARTS:])
        if known is not None and threads.admits(known):
            download, inner_parts = folders.download_of(parts)
            files.append(_openable(ExportFile(download, known, inner_parts, path, "", size)))
    if threads.is_exceeded:
        visitor.on_unreadable(folder, "", found_files.too_many_threads_reason())
    visitor.on_files(sorted(files, key=lambda openable: openable.file.path))
    for path in sorted(zips):
        try:
            visit_zip(path, visitor, check)
        except READ_ERRORS as error:
            visitor.on_unreadable(path, "", reason_for_error(error))


def _files_in_folder(
    folder: Path, folders: DownloadFolders, visitor: SourceVisitor, check: CheckCancelled
) -> Iterator[tuple[Path, int]]:
    """The files of a folder that may be of a download, with their sizes; the folders are noted."""
    search = FolderSearch(
        is_wanted_name=lambda name: name.lower().endswith(WANTED_SUFFIXES),
        is_entered=lambda parts: not _is_skipped(parts),
        max_depth=MAX_FOLDER_DEPTH,
        max_entries=found_files.MAX_ENTRIES,
        max_files=found_files.MAX_FILES,
        too_many=found_files.too_many_files_reason(),
    )
    for entry in iter_folder(
        folder, search, check, lambda path, reason: visitor.on_unreadable(path, "", reason), folders.note
    ):
        try:
            size = entry.stat(follow_symlinks=False).st_size
        except OSError as error:
            visitor.on_unreadable(Path(entry.path), "", reason_for_error(error))
        else:
            yield Path(entry.path), size


def _is_skipped(parts: tuple[str, ...]) -> bool:
    """Whether a folder holds only media: those below one called media, and those of messages."""
    names = [plain_name(part) for part in parts]
    return (
        names[-1] == "macosx" or "media" in names[:-1] or (names[-1] in _MEDIA_OF_MESSAGES and "messages" in names[:-1])
    )
