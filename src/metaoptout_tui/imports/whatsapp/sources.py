"""Finds the texts in the files, zips and folders that a person chose, and opens each as a UTF-8 stream.

All are listed before any is read. A file that cannot be read is listed with the reason and does not stop the rest.
Links within a folder are not followed.
"""

import codecs
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.core.chats.scan_summary import CHAT_FILE_SUFFIXES
from metaoptout_tui.core.jobs import UnreadableFile
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.imports.files import (
    NOT_A_FILE,
    READ_ERRORS,
    ZIP_SIGNATURES,
    CheckCancelled,
    MonitoredStream,
    ReadableStream,
    SizeLimitedStream,
    open_regular_file,
    read_at_most,
    reason_for_error,
)
from metaoptout_tui.imports.folder_walk import FolderSearch, iter_folder

if TYPE_CHECKING:  # zips are opened only where there are some
    from metaoptout_tui.imports.whatsapp.archives import OpenZip

MAX_FOLDER_ENTRIES = 200_000
"""Entries that are read in a folder and those below it."""
MAX_TEXTS = 10_000
MAX_FOLDER_DEPTH = 8

_SKIPPED_FOLDERS = frozenset({"media", "__macosx"})


class ChatSource(NamedTuple):
    """One text: the path that was chosen, its file, its member if that is a zip, and its stated size in bytes."""

    requested_path: str
    path: Path
    member: str
    size: int


class ChatSourceListing(NamedTuple):
    """The texts and the unreadable files; `duplicate_paths` were chosen but have a text that another path has too."""

    sources: tuple[ChatSource, ...]
    unreadable: tuple[UnreadableFile, ...]
    duplicate_paths: frozenset[str]


def find_sources(paths: Iterable[str | os.PathLike[str]], check: CheckCancelled) -> ChatSourceListing:
    """The texts under these paths, each once, in the order of the paths. `check` is called often and may raise."""
    sources: dict[tuple[str, str], ChatSource] = {}
    unreadable: list[UnreadableFile] = []
    duplicate_paths: set[str] = set()
    for path in map(Path, paths):
        check()
        for file in _files_at(path, unreadable, check):
            try:
                for source in _texts_in_file(str(path), file, unreadable, check):
                    first_source = sources.setdefault((os.path.realpath(source.path), source.member), source)
                    if first_source.requested_path != source.requested_path:
                        duplicate_paths.add(source.requested_path)
            except READ_ERRORS as error:
                unreadable.append(UnreadableFile(str(file), "", reason_for_error(error)))
    return ChatSourceListing(tuple(sources.values()), tuple(unreadable), frozenset(duplicate_paths))


class TextOpener:
    """Opens texts one after another as UTF-8; a zip stays open for the next text in it.

    At every read `check` is called, and `on_read` with the number of bytes.
    """

    def __init__(self, check: CheckCancelled, on_read: Callable[[int], None]) -> None:
        self._check_cancelled = check
        self._on_read = on_read
        self._zip: OpenZip | None = None

    @contextmanager
    def open(self, source: ChatSource) -> Iterator[ReadableStream]:
        """The bytes of a text as UTF-8. Raises the `READ_ERRORS`."""
        if source.member:
            with self._zip_at(source.path).open_text(source.member) as text:
                yield self._decoded(text)
            return
        with open_regular_file(source.path) as file:
            size = os.fstat(file.fileno()).st_size
            yield self._decoded(SizeLimitedStream(file, size))

    def _decoded(self, stream: ReadableStream) -> ReadableStream:
        return _decode_to_utf8(MonitoredStream(stream, self._check_cancelled, self._on_read))

    def _zip_at(self, path: Path) -> "OpenZip":
        from metaoptout_tui.imports.whatsapp.archives import OpenZip

        if self._zip is None or not self._zip.is_still(path):
            self.close()
            self._zip = OpenZip(path, self._check_cancelled)
        return self._zip

    def close(self) -> None:
        """Close the zip that is open."""
        if self._zip is not None:
            self._zip.close()
            self._zip = None


def _files_at(path: Path, unreadable: list[UnreadableFile], check: CheckCancelled) -> Iterator[Path]:
    """The file itself, or the files of a folder that may be texts or zips."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            yield path
        elif stat.S_ISDIR(mode):
            yield from sorted(_files_in_folder(path, unreadable, check))
        else:
            unreadable.append(UnreadableFile(str(path), "", _(NOT_A_FILE)))
    except (OSError, ValueError) as error:
        unreadable.append(UnreadableFile(str(path), "", reason_for_error(error)))


def _files_in_folder(folder: Path, unreadable: list[UnreadableFile], check: CheckCancelled) -> Iterator[Path]:
    search = FolderSearch(
        is_wanted_name=lambda name: name.lower().endswith(CHAT_FILE_SUFFIXES),
        is_entered=lambda parts: parts[-1].lower() not in _SKIPPED_FOLDERS,
        max_depth=MAX_FOLDER_DEPTH,
        max_entries=MAX_FOLDER_ENTRIES,
        max_files=MAX_TEXTS,
        too_many=_too_many_entries_reason(),
    )
    for entry in iter_folder(
        folder, search, check, lambda path, reason: unreadable.append(UnreadableFile(str(path), "", reason))
    ):
        yield Path(entry.path)


def _too_many_entries_reason() -> str:
    return _(
        "It holds more than {max_entries} entries or {max_texts} texts; the rest was not looked at. "
        "Choose a smaller folder, or the chats themselves."
    ).format(max_entries=format_number(MAX_FOLDER_ENTRIES), max_texts=format_number(MAX_TEXTS))


def _texts_in_file(
    requested_path: str, path: Path, unreadable: list[UnreadableFile], check: CheckCancelled
) -> Iterator[ChatSource]:
    with open_regular_file(path) as file:
        size, start = os.fstat(file.fileno()).st_size, file.read(4)
    if start not in ZIP_SIGNATURES:
        yield ChatSource(requested_path, path, "", size)
        return
    from metaoptout_tui.imports.whatsapp import archives

    for member in archives.list_members(path, check):
        if member.refusal:
            unreadable.append(UnreadableFile(str(path), member.name, member.refusal))
        else:
            yield ChatSource(requested_path, path, member.name, member.size)


class PrependedStream:
    """A stream whose first bytes were already read."""

    def __init__(self, start: bytes, stream: ReadableStream) -> None:
        self._first_bytes = start
        self._stream = stream

    def readinto(self, buffer: memoryview, /) -> int:
        """Read the first bytes, then the stream."""
        if not self._first_bytes:
            return self._stream.readinto(buffer)
        count = min(len(self._first_bytes), len(buffer))
        buffer[:count] = self._first_bytes[:count]
        self._first_bytes = self._first_bytes[count:]
        return count


class CarriageReturnStream:
    """A stream of lines that end with carriage returns alone, as some editors leave them, with line feeds in their place."""

    def __init__(self, stream: ReadableStream) -> None:
        self._stream = stream

    def readinto(self, buffer: memoryview, /) -> int:
        """Read from the stream, of any kind."""
        count = self._stream.readinto(buffer)
        buffer[:count] = bytes(buffer[:count]).replace(b"\r", b"\n")
        return count


class _Utf16ToUtf8Stream:
    """A UTF-16 stream as UTF-8; invalid characters become U+FFFD."""

    def __init__(self, stream: ReadableStream) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._decoded = b""

    def readinto(self, buffer: memoryview, /) -> int:
        # Two bytes become three at most.
        raw = memoryview(bytearray(max(len(buffer) // 2, 2)))
        while not self._decoded:
            count = self._stream.readinto(raw)
            self._decoded = self._decoder.decode(raw[:count], not count).encode("utf-8", "replace")
            if not count:
                break
        count = min(len(self._decoded), len(buffer))
        buffer[:count] = self._decoded[:count]
        self._decoded = self._decoded[count:]
        return count


def _decode_to_utf8(stream: ReadableStream) -> ReadableStream:
    start = read_at_most(stream, 2)
    whole = PrependedStream(start, stream)
    return _Utf16ToUtf8Stream(whole) if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else whole
