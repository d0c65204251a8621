"""Finds the files of downloads in the zips, folders and files that a person chose, and opens the few that are needed.

Of all else only the name is read. A zip is opened once and its members read in their order; links within a folder are
not followed.
"""

import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePath
from typing import NamedTuple

from metaoptout_tui.core.chats.scan_summary import ZIP_MEMBER_SEPARATOR
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
from metaoptout_tui.imports.meta_export.layout import (
    WANTED_SUFFIXES,
    FileKind,
    KnownFile,
    identify_file,
    plain_name,
    root_index,
    service_of_folders,
)
from metaoptout_tui.imports.zip_archive import (
    MAX_MEMBER_BYTES,
    WantedMembers,
    is_made_by_macos,
    is_zip_name,
    open_inner_zip,
    open_zip,
    open_zip_member,
    refusal_reason,
)

MAX_ENTRIES = 1_000_000
"""Entries of a zip, and of a folder with those below it."""
MAX_FILES = 10_000
"""Files of one zip or folder that are read."""
MAX_NESTED_BYTES = 16 << 30
MAX_FOLDER_DEPTH = 10

_ENTRIES_BETWEEN_CHECKS = 200
_TAIL_PARTS = 6
_UNPACK = "Unpack it and choose the folder."
_TOO_MANY_FILES = (
    f"It holds more than {MAX_FILES:,} files that would be read; the rest was not looked at. "
    "Choose the download itself, or a part of it."
)
_MEDIA_OF_MESSAGES = frozenset({"photos", "videos", "audio", "gifs", "files", "stickersused"})


class DownloadName(NamedTuple):
    """What a download is told by: parts of one have the same `key`. `owner` is the user name in it, if Meta gave it.

    `place` is the zip or folder in which the part was found.
    """

    key: str
    is_given_by_meta: bool = False
    service: str = ""
    owner: str = ""
    place: str = ""


class ExportFile(NamedTuple):
    """A file that is needed; `parts` is its path within the download."""

    download: DownloadName
    known: KnownFile
    parts: tuple[str, ...]
    path: Path
    member: str
    size: int


class OpenableFile(NamedTuple):
    """A needed file and what opens it; `refusal` says why it is not read, empty if it is."""

    file: ExportFile
    open: Callable[[], AbstractContextManager[ReadableStream]]
    refusal: str = ""


class SourceVisitor:
    """Takes what is found: needed files, the services that folders tell of, and what cannot be read."""

    def on_files(self, files: list[OpenableFile]) -> None:
        """Read these files, which are open to be read until this returns."""
        raise NotImplementedError

    def on_service(self, download: DownloadName, service: str, *, is_sure: bool) -> None:
        """Note a folder of a service."""
        raise NotImplementedError

    def on_unreadable(self, path: Path, member: str, reason: str) -> None:
        """Note what cannot be read."""
        raise NotImplementedError


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


NO_FILE_OF_A_DOWNLOAD = "It is no file of Meta's download that is read here."


def _visit_file(path: Path, visitor: SourceVisitor, check: CheckCancelled) -> None:
    with open_regular_file(path) as file:
        size, start = os.fstat(file.fileno()).st_size, file.read(4)
    if start in ZIP_SIGNATURES:
        _visit_zip(path, visitor, check)
        return
    parts = path.absolute().parts
    known = identify_file(parts[-_TAIL_PARTS:])
    if known is None:
        visitor.on_unreadable(
            path, "", "The zip is damaged." if path.suffix.lower() == ".zip" else NO_FILE_OF_A_DOWNLOAD
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


_NAME_GIVEN_BY_META = re.compile(
    r"(facebook|instagram|threads|meta)-(.{1,100})-([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{4})"
    r"(?:-[a-z0-9_]{1,40})?(?: ?\([0-9]{1,3}\)| copy)?"
)
_NUMBER_OF_PART = re.compile(r"(?:[ ._-]*(?:\([0-9]{1,3}\)|part ?[0-9]{1,3}(?: ?of ?[0-9]{1,3})?|[0-9]{1,3}))+$")


def name_download(path: PurePath) -> DownloadName:
    """The name of the download that a zip or folder is a part of: Meta's without its last piece, else its own."""
    name = path.name.lower()
    stem = name.removesuffix(".zip")
    if match := _NAME_GIVEN_BY_META.fullmatch(stem):
        service = "meta-ai" if match[1] == "meta" else match[1]
        return DownloadName(f"{match[1]}-{match[2]}-{match[3]}", True, service, match[2])
    plain_stem = _NUMBER_OF_PART.sub("", stem) or stem
    return DownloadName(str(path.parent / plain_stem))


class _Folders:
    """The downloads below one chosen folder or zip, told apart by what stands in front of their top folders."""

    def __init__(self, place: PurePath, visitor: SourceVisitor) -> None:
        self._place = place
        self._visitor = visitor
        self._downloads: dict[tuple[str, ...], DownloadName] = {}
        self._told: set[tuple[DownloadName, str, bool]] = set()

    def download_of(self, parts: tuple[str, ...]) -> tuple[DownloadName, tuple[str, ...]]:
        """The download that a path below the place belongs to, and the path within it. Tells the visitor its service."""
        root = root_index(parts, is_below_chosen=True) or 0
        outside = parts[:root]
        download = self._downloads.get(outside)
        if download is None:
            name = name_download(self._place.joinpath(*outside))
            download = self._downloads[outside] = name._replace(place=str(self._place))
        service, is_sure = service_of_folders(parts[root:])
        if service and (download, service, is_sure) not in self._told:
            self._told.add((download, service, is_sure))
            self._visitor.on_service(download, service, is_sure=is_sure)
        return download, parts[root:]


def _visit_folder(folder: Path, visitor: SourceVisitor, check: CheckCancelled) -> None:
    folders = _Folders(folder.absolute(), visitor)
    outer_parts = folder.absolute().parts
    zips: list[Path] = []
    files: list[OpenableFile] = []
    for path, size in _iter_folder(folder, folders, visitor, check):
        parts = path.relative_to(folder).parts
        if is_zip_name(path.name):
            zips.append(path)
        elif known := identify_file((*outer_parts, *parts)[-_TAIL_PARTS:]):
            download, inner_parts = folders.download_of(parts)
            files.append(_openable(ExportFile(download, known, inner_parts, path, "", size)))
    visitor.on_files(sorted(files, key=lambda openable: openable.file.path))
    for path in sorted(zips):
        try:
            _visit_zip(path, visitor, check)
        except READ_ERRORS as error:
            visitor.on_unreadable(path, "", reason_for_error(error))


def _iter_folder(
    folder: Path, folders: _Folders, visitor: SourceVisitor, check: CheckCancelled
) -> Iterator[tuple[Path, int]]:
    pending: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    entry_count = file_count = 0
    while pending:
        current, parts = pending.pop()
        folders.download_of((*parts, ""))
        try:
            with os.scandir(current) as entries:
                for entry in entries:
                    entry_count += 1
                    if entry_count % _ENTRIES_BETWEEN_CHECKS == 0:
                        check()
                    if entry_count > MAX_ENTRIES or file_count >= MAX_FILES:
                        visitor.on_unreadable(folder, "", _TOO_MANY_FILES)
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


class _MemberFilter:
    """Chooses the members of a zip by their names, and notes what the names of all the others tell of the service."""

    def __init__(self, folders: _Folders) -> None:
        self._folders = folders
        self._seen_folders: set[bytes] = set()

    def is_wanted(self, name: bytes) -> bool:
        """Whether a member is needed."""
        folder = name[: name.find(b"/", name.find(b"/") + 1)]
        if folder not in self._seen_folders and len(self._seen_folders) < _MAX_FOLDERS_NOTED:
            self._seen_folders.add(folder)
            if not is_made_by_macos(name):
                self._folders.download_of(member_parts(name.decode("utf-8", "replace")))
        if not name.lower().endswith(_WANTED_SUFFIX_BYTES) or is_made_by_macos(name):
            return False
        text = name.decode("utf-8", "replace")
        return is_zip_name(text) or identify_file(member_parts(text)) is not None


_MAX_FOLDERS_NOTED = 1_000
_WANTED_SUFFIX_BYTES = tuple(suffix.encode() for suffix in WANTED_SUFFIXES)


def member_parts(name: str) -> tuple[str, ...]:
    """The parts of a member's name, whichever slash it has."""
    return tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", ".")) or ("",)


def _visit_zip(path: Path, visitor: SourceVisitor, check: CheckCancelled) -> None:
    folders = _Folders(path.absolute(), visitor)
    with (
        open_regular_file(path) as file,
        open_zip(file, _wanted_members(_MemberFilter(folders)), check) as archive,
    ):
        inner_zips = _visit_members(path, "", archive, folders, visitor)
        bytes_left = MAX_NESTED_BYTES
        for info in inner_zips:
            if info.file_size > bytes_left:
                visitor.on_unreadable(path, info.filename, "The zips within the zip are too large. Take it out first.")
                continue
            bytes_left -= info.file_size
            inner_folders = _Folders(path.absolute().parent.joinpath(*member_parts(info.filename)), visitor)
            try:
                with open_inner_zip(archive, info, _wanted_members(_MemberFilter(inner_folders)), check) as inner:
                    for deeper in _visit_members(
                        path, f"{info.filename}{ZIP_MEMBER_SEPARATOR}", inner, inner_folders, visitor
                    ):
                        visitor.on_unreadable(
                            path,
                            f"{info.filename}{ZIP_MEMBER_SEPARATOR}{deeper.filename}",
                            "It is a zip within a zip within the zip. Take it out and choose it.",
                        )
            except READ_ERRORS as error:
                visitor.on_unreadable(path, info.filename, reason_for_error(error))


def _wanted_members(member_filter: _MemberFilter) -> WantedMembers:
    return WantedMembers(member_filter.is_wanted, MAX_ENTRIES, MAX_FILES, "Unpack it and choose the needed files.")


def _visit_members(
    path: Path, prefix: str, archive: zipfile.ZipFile, folders: _Folders, visitor: SourceVisitor
) -> list[zipfile.ZipInfo]:
    """Show the visitor the needed files of a zip in their order; returns the zips within it."""
    files: list[OpenableFile] = []
    inner_zips: list[zipfile.ZipInfo] = []
    for number, info in enumerate(sorted(archive.infolist(), key=lambda info: info.header_offset)):
        if number == MAX_FILES:
            visitor.on_unreadable(path, prefix.removesuffix(ZIP_MEMBER_SEPARATOR), _TOO_MANY_FILES)
            break
        refusal = refusal_reason(info, archive.start_dir, _UNPACK)
        if not refusal and is_zip_name(info.filename):
            inner_zips.append(info)
            continue
        parts = member_parts(info.filename)
        known = identify_file(parts)
        if known is None:
            visitor.on_unreadable(path, prefix + info.filename, refusal or NO_FILE_OF_A_DOWNLOAD)
            continue
        download, inner_parts = folders.download_of(parts)
        size = min(info.file_size, MAX_MEMBER_BYTES)
        file = ExportFile(download, known, inner_parts, path, prefix + info.filename, size)
        files.append(OpenableFile(file, _member_opener(archive, info), refusal))
    visitor.on_files(files)
    return inner_zips


def _member_opener(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Callable[[], AbstractContextManager[ReadableStream]]:
    return lambda: open_zip_member(archive, info)


def thread_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """What tells a message thread from others: its folder below that of messages, whichever part it is in."""
    folders = [plain_name(part) for part in parts[:-1]]
    return tuple(parts[folders.index("messages") : -1] if "messages" in folders else parts[:-1])


def is_thread(file: ExportFile) -> bool:
    """Whether the file is one of a message thread."""
    return file.known.rule.kind is FileKind.MESSAGE_THREAD
