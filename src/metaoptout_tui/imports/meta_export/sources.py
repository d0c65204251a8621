"""Finds the files of downloads in what a person chose: files, folders with zips in them, and zips.

Of all that is not needed only the name is read; links within a folder are not followed.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

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

_ENTRIES_BETWEEN_CHECKS = 200
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
            visitor.on_unreadable(path, "", NOT_A_FILE)
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
            path, "", "The zip is damaged." if path.suffix.lower() == ".zip" else found_files.NO_FILE_OF_A_DOWNLOAD
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
    found = list(_iter_folder(folder, folders, visitor, check))
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
        visitor.on_unreadable(folder, "", found_files.TOO_MANY_THREADS)
    visitor.on_files(sorted(files, key=lambda openable: openable.file.path))
    for path in sorted(zips):
        try:
            visit_zip(path, visitor, check)
        except READ_ERRORS as error:
            visitor.on_unreadable(path, "", reason_for_error(error))


def _iter_folder(
    folder: Path, folders: DownloadFolders, visitor: SourceVisitor, check: CheckCancelled
) -> Iterator[tuple[Path, int]]:
    pending: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    entry_count = file_count = 0
    while pending:
        current, parts = pending.pop()
        folders.note(parts)
        try:
            with os.scandir(current) as entries:
                for entry in entries:
                    entry_count += 1
                    if entry_count % _ENTRIES_BETWEEN_CHECKS == 0:
                        check()
                    if entry_count > found_files.MAX_ENTRIES or file_count >= found_files.MAX_FILES:
                        visitor.on_unreadable(folder, "", found_files.TOO_MANY_FILES)
                        return
                    if _is_wanted_file(entry):
                        file_count += 1
                        yield Path(entry.path), entry.stat(follow_symlinks=False).st_size
                    elif _is_folder_to_read(entry, parts):
                        pending.append((Path(entry.path), (*parts, entry.name)))
        except OSError as error:
            visitor.on_unreadable(current, "", reason_for_error(error))


def _is_wanted_file(entry: os.DirEntry[str]) -> bool:
    return (
        entry.name.lower().endswith(WANTED_SUFFIXES)
        and not entry.name.startswith(".")
        and entry.is_file(follow_symlinks=False)
    )


def _is_folder_to_read(entry: os.DirEntry[str], parts: tuple[str, ...]) -> bool:
    return (
        not entry.name.startswith(".")
        and len(parts) < MAX_FOLDER_DEPTH
        and entry.is_dir(follow_symlinks=False)
        and not _is_skipped((*parts, entry.name))
    )


def _is_skipped(parts: tuple[str, ...]) -> bool:
    """Whether a folder holds only media: those below one called media, and those of messages."""
    names = [plain_name(part) for part in parts]
    return (
        names[-1] == "macosx" or "media" in names[:-1] or (names[-1] in _MEDIA_OF_MESSAGES and "messages" in names[:-1])
    )
