"""What is known of the files of downloads before they are read: which download each belongs to, and how many are read."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path, PurePath
from typing import NamedTuple, Protocol

from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.imports.files import ReadableStream
from metaoptout_tui.imports.meta_export.layout import FileKind, KnownFile, plain_name, root_index, service_of_folders

MAX_ENTRIES = 1_000_000
"""Entries of a zip, and of a folder with those below it."""
MAX_FILES = 20_000
"""Files of one zip or folder that are read."""
MAX_THREADS = 15_000
"""Message threads among them, so that these leave room for all else."""
MAX_FOLDERS_NOTED = 1_000

NO_FILE_OF_A_DOWNLOAD = mark("It is no file of Meta's download that is read here.")


def too_many_files_reason() -> str:
    """Why files of a zip or folder are not read, where it has more than `MAX_FILES`."""
    return _(
        "It holds more than {max_files} files that would be read; the rest was not looked at. "
        "Choose the download itself, or a part of it."
    ).format(max_files=format_number(MAX_FILES))


def too_many_threads_reason() -> str:
    """Why message threads are not read, where there are more than `MAX_THREADS`."""
    return _("It holds more than {max_threads} message threads; the rest of them was not looked at.").format(
        max_threads=format_number(MAX_THREADS)
    )


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


class SourceVisitor(Protocol):
    """Takes what is found: needed files, the services that folders tell of, and what cannot be read."""

    def on_files(self, files: list[OpenableFile]) -> None:
        """Read these files, which are open to be read until this returns."""
        ...

    def on_service(self, download: DownloadName, service: str, *, is_sure: bool) -> None:
        """Note a folder of a service."""
        ...

    def on_unreadable(self, path: Path, member: str, reason: str) -> None:
        """Note what cannot be read."""
        ...


_NAME_GIVEN_BY_META = re.compile(
    r"(facebook|instagram|threads|meta)-(.{1,100})-([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{4})"
    r"(?:-[a-z0-9_]{1,40})?(?: ?\([0-9]{1,3}\)| copy)?"
)
_NUMBER_OF_PART = re.compile(
    r"(?:[ ._-]*(?:\([0-9]{1,3}\)|part ?[0-9]{1,3}(?: ?of ?[0-9]{1,3})?|(?<![0-9])[0-9]{1,3}))+$"
)


def name_download(path: PurePath) -> DownloadName:
    """The name of the download that a zip or folder is a part of: Meta's without its last piece, else its own."""
    name = path.name.lower()
    stem = name.removesuffix(".zip")
    if match := _NAME_GIVEN_BY_META.fullmatch(stem):
        service = "meta-ai" if match[1] == "meta" else match[1]
        return DownloadName(f"{match[1]}-{match[2]}-{match[3]}", True, service, match[2])
    plain_stem = _NUMBER_OF_PART.sub("", stem) or stem
    return DownloadName(str(path.parent / plain_stem))


class DownloadFolders:
    """The downloads below one chosen folder or zip, told apart by what stands in front of their top folders.

    All folders are noted first, since a folder whose name is in no table belongs to the download that it stands in.
    """

    def __init__(self, place: PurePath, visitor: SourceVisitor) -> None:
        self._place = place
        self._visitor = visitor
        self._roots: set[tuple[str, ...]] = set()
        self._folders_of_services: dict[tuple[str, ...], None] = {}
        self._downloads: dict[tuple[str, ...], DownloadName] = {}

    def note(self, folder: tuple[str, ...]) -> None:
        """Note a folder, as the parts of its path below the place."""
        root = root_index((*folder, ""), is_below_chosen=False)
        if root is not None and len(self._roots) < MAX_FOLDERS_NOTED:
            self._roots.add(folder[:root])
        depth = next((size for size in range(1, len(folder) + 1) if service_of_folders(folder[:size])[0]), None)
        if depth is not None and len(self._folders_of_services) < MAX_FOLDERS_NOTED:
            # What stands right in it may say more; all that is deeper does not.
            self._folders_of_services[folder[: depth + 1]] = None

    def tell_services(self) -> None:
        """Tell the visitor which services the noted folders are of."""
        told: dict[tuple[DownloadName, str, bool], None] = {}
        for folder in self._folders_of_services:
            download, inner_parts = self.download_of((*folder, ""))
            service, is_sure = service_of_folders(inner_parts)
            if service:
                told[download, service, is_sure] = None
        for download, service, is_sure in told:
            self._visitor.on_service(download, service, is_sure=is_sure)

    def download_of(self, parts: tuple[str, ...]) -> tuple[DownloadName, tuple[str, ...]]:
        """The download that a file below the place belongs to, and the file's path within it."""
        root = root_index(parts, is_below_chosen=False)
        if root is None:
            root = next((size for size in range(len(parts) - 1, -1, -1) if parts[:size] in self._roots), None)
        if root is None:
            root = root_index(parts, is_below_chosen=True) or 0
        outside = parts[:root]
        if outside not in self._downloads:
            name = name_download(self._place.joinpath(*outside))
            self._downloads[outside] = name._replace(place=str(self._place))
        return self._downloads[outside], parts[root:]


class ThreadLimit:
    """Lets files pass, of message threads only so many."""

    def __init__(self) -> None:
        self.is_exceeded = False
        self._count = 0

    def admits(self, known: KnownFile | None) -> bool:
        """Whether a file is to be read."""
        if known is None:
            return False
        if known.rule.kind is FileKind.MESSAGE_THREAD:
            self._count += 1
            self.is_exceeded = self._count > MAX_THREADS
            return not self.is_exceeded
        return True


def thread_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """What tells a message thread from others: its folder below that of messages, whichever part it is in."""
    folders = [plain_name(part) for part in parts[:-1]]
    return tuple(parts[folders.index("messages") : -1] if "messages" in folders else parts[:-1])


def is_thread(file: ExportFile) -> bool:
    """Whether the file is one of a message thread."""
    return file.known.rule.kind is FileKind.MESSAGE_THREAD
