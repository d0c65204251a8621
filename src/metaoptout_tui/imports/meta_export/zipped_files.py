"""Finds the files of downloads in a zip and the zips within it, and opens the few that are needed.

Of all other members only the name is read. A zip is opened once and its members read in their order, so that an inner
zip is inflated as few times as can be.
"""

import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from metaoptout_tui.core.chats.scan_summary import ZIP_MEMBER_SEPARATOR
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.imports.files import (
    READ_ERRORS,
    CheckCancelled,
    ReadableStream,
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
)
from metaoptout_tui.imports.meta_export.layout import WANTED_SUFFIXES, identify_file
from metaoptout_tui.imports.zip_archive import (
    MAX_MEMBER_BYTES,
    WantedMembers,
    is_made_by_macos,
    is_zip_name,
    leads_out,
    open_inner_zip,
    open_zip,
    open_zip_member,
    refusal_reason,
)

MAX_NESTED_BYTES = 16 << 30
"""Bytes of all zips within a zip."""
_UNPACK = mark("Unpack it and choose the folder.")


class _MemberFilter:
    """Chooses the members of a zip by their names, and notes what the names of all the others tell of the service."""

    def __init__(self, folders: DownloadFolders) -> None:
        self.folders = folders
        self._seen_folders: set[bytes] = set()
        self._threads = ThreadLimit()

    @property
    def has_left_out_threads(self) -> bool:
        """Whether there were more message threads than are read."""
        return self._threads.is_exceeded

    def is_wanted(self, name: bytes) -> bool:
        """Whether a member is needed."""
        if name.startswith((b"/", b"\\")) or b"../" in name or b"..\\" in name:
            return True  # so that it is named
        folder = name[: name.find(b"/", name.find(b"/") + 1)]
        if folder not in self._seen_folders and len(self._seen_folders) < found_files.MAX_FOLDERS_NOTED:
            self._seen_folders.add(folder)
            if not is_made_by_macos(name):
                self.folders.note(_member_parts(name.decode("utf-8", "replace"))[:-1])
        if not name.lower().endswith(_WANTED_SUFFIX_BYTES) or is_made_by_macos(name):
            return False
        text = name.decode("utf-8", "replace")
        if is_zip_name(text):
            return True
        parts = _member_parts(text)
        if not self._threads.admits(identify_file(parts)):
            return False
        self.folders.note(parts[:-1])
        return True


_WANTED_SUFFIX_BYTES = tuple(suffix.encode() for suffix in WANTED_SUFFIXES)


def _member_parts(name: str) -> tuple[str, ...]:
    """The parts of a member's name, whichever slash it has."""
    return tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", ".")) or ("",)


def visit_zip(path: Path, visitor: SourceVisitor, check: CheckCancelled) -> None:
    """Show the visitor all that is needed of a zip. Raises the `READ_ERRORS`, and what `check` raises."""
    folders = DownloadFolders(path.absolute(), visitor)
    members = _MemberFilter(folders)
    with open_regular_file(path) as file, open_zip(file, _wanted_members(members), check) as archive:
        inner_zips = _visit_members(path, "", archive, members, visitor)
        bytes_left = MAX_NESTED_BYTES
        for info in inner_zips:
            if info.file_size > bytes_left:
                visitor.on_unreadable(
                    path, info.filename, _("The zips within the zip are too large. Take it out first.")
                )
                continue
            bytes_left -= info.file_size
            try:
                _visit_inner_zip(path, archive, info, visitor, check)
            except READ_ERRORS as error:
                visitor.on_unreadable(path, info.filename, reason_for_error(error))


def _visit_inner_zip(
    path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, visitor: SourceVisitor, check: CheckCancelled
) -> None:
    folders = DownloadFolders(path.absolute().parent.joinpath(*_member_parts(info.filename)), visitor)
    members = _MemberFilter(folders)
    prefix = f"{info.filename}{ZIP_MEMBER_SEPARATOR}"
    with open_inner_zip(archive, info, _wanted_members(members), check) as inner:
        for deeper in _visit_members(path, prefix, inner, members, visitor):
            reason = _("It is a zip within a zip within the zip. Take it out and choose it.")
            visitor.on_unreadable(path, f"{prefix}{deeper.filename}", reason)


def _wanted_members(member_filter: _MemberFilter) -> WantedMembers:
    return WantedMembers(
        member_filter.is_wanted,
        found_files.MAX_ENTRIES,
        found_files.MAX_FILES,
        _("Unpack it and choose the needed files."),
    )


def _visit_members(
    path: Path, prefix: str, archive: zipfile.ZipFile, members: _MemberFilter, visitor: SourceVisitor
) -> list[zipfile.ZipInfo]:
    """Show the visitor the needed files of a zip in their order; returns the zips within it."""
    members.folders.tell_services()
    if members.has_left_out_threads:
        visitor.on_unreadable(path, prefix.removesuffix(ZIP_MEMBER_SEPARATOR), found_files.too_many_threads_reason())
    files: list[OpenableFile] = []
    inner_zips: list[zipfile.ZipInfo] = []
    for number, info in enumerate(sorted(archive.infolist(), key=lambda info: info.header_offset)):
        if number == found_files.MAX_FILES:
            visitor.on_unreadable(path, prefix.removesuffix(ZIP_MEMBER_SEPARATOR), found_files.too_many_files_reason())
            break
        refusal = refusal_reason(info, archive.start_dir, _(_UNPACK))
        if not refusal and is_zip_name(info.filename):
            inner_zips.append(info)
            continue
        parts = _member_parts(info.filename)
        known = None if leads_out(info) else identify_file(parts)
        if known is None:  # a name that leads out tells nothing of this download, nor of another
            visitor.on_unreadable(path, prefix + info.filename, refusal or _(found_files.NO_FILE_OF_A_DOWNLOAD))
            continue
        download, inner_parts = members.folders.download_of(parts)
        size = min(info.file_size, MAX_MEMBER_BYTES)
        file = ExportFile(download, known, inner_parts, path, prefix + info.filename, size)
        files.append(OpenableFile(file, _member_opener(archive, info), refusal))
    visitor.on_files(files)
    return inner_zips


def _member_opener(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Callable[[], AbstractContextManager[ReadableStream]]:
    return lambda: open_zip_member(archive, info, _(_UNPACK))
