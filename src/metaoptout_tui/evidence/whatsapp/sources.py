"""Where are the texts in what a person brought? Files, zips and folders, listed before anything is read.

What cannot be read is named and costs the rest nothing. A folder is not walked out of: links in it are not followed.
"""

import codecs
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.evidence.whatsapp.blocks import Readable
from metaoptout_tui.evidence.whatsapp.faults import FAULTS, CannotRead, why
from metaoptout_tui.evidence.whatsapp.results import Unread

MOST_IN_FOLDER = 200_000
"""Entries of a folder, with those below it, that are looked at."""
MOST_TEXTS = 10_000
DEEPEST = 8

_NOT_WALKED = frozenset({"media", "__macosx"})
_SUFFIXES = (".txt", ".zip")
_ZIPS = frozenset({b"PK\x03\x04", b"PK\x05\x06"})
_CHECK_EVERY = 200

Check = Callable[[], None]


class Source(NamedTuple):
    """One text to read: what was asked for, its file, its member where that is a zip, and its size as far as told."""

    asked: str
    path: Path
    member: str
    size: int


class Listing(NamedTuple):
    """What was found to read, and what could not be; `again` are paths that hold what another path holds too."""

    sources: tuple[Source, ...]
    unread: tuple[Unread, ...]
    again: frozenset[str]


def find(paths: Iterable[str | os.PathLike[str]], check: Check) -> Listing:
    """The texts under these paths, each once, in the order asked for. `check` is called often and may raise."""
    sources: dict[tuple[str, str], Source] = {}
    unread: list[Unread] = []
    again: set[str] = set()
    for path in map(Path, paths):
        check()
        for file in _files(path, unread, check):
            try:
                for source in _texts(str(path), file, unread, check):
                    known = sources.setdefault((os.path.realpath(source.path), source.member), source)
                    if known.asked != source.asked:
                        again.add(source.asked)
            except FAULTS as error:
                unread.append(Unread(str(file), "", why(error)))
    return Listing(tuple(sources.values()), tuple(unread), frozenset(again))


@contextmanager
def opened(source: Source, check: Check, read: Callable[[int], None]) -> Iterator[Readable]:
    """The bytes of a text as UTF-8. `check` and `read`, with the bytes read, are called at every block."""
    if source.member:
        from metaoptout_tui.evidence.whatsapp import archives

        with archives.member(source.path, source.member, check) as stream:
            yield _as_utf8(_Watched(stream, check, read))
        return
    with _regular(source.path) as file:
        size = os.fstat(file.fileno()).st_size
        yield _as_utf8(_Watched(_Limited(file, size), check, read))


def _files(path: Path, unread: list[Unread], check: Check) -> Iterator[Path]:
    """The file itself, or the files of a folder that may be texts or zips."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            yield path
        elif stat.S_ISDIR(mode):
            yield from sorted(_walked(path, unread, check))
        else:
            unread.append(Unread(str(path), "", "It is neither a file nor a folder."))
    except (OSError, ValueError) as error:
        unread.append(Unread(str(path), "", why(error)))


def _walked(folder: Path, unread: list[Unread], check: Check) -> Iterator[Path]:
    waiting = [(folder, 0)]
    seen = texts = 0
    while waiting:
        here, depth = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    seen += 1
                    if seen % _CHECK_EVERY == 0:
                        check()
                    if seen > MOST_IN_FOLDER or texts >= MOST_TEXTS:
                        unread.append(Unread(str(folder), "", _TOO_MANY))
                        return
                    if entry.name.startswith("."):
                        continue
                    if entry.name.lower().endswith(_SUFFIXES) and entry.is_file(follow_symlinks=False):
                        texts += 1
                        yield Path(entry.path)
                    elif (
                        depth < DEEPEST
                        and entry.is_dir(follow_symlinks=False)
                        and entry.name.lower() not in _NOT_WALKED
                    ):
                        waiting.append((Path(entry.path), depth + 1))
        except OSError as error:
            unread.append(Unread(str(here), "", why(error)))


_TOO_MANY = (
    f"It holds more than {MOST_IN_FOLDER:,} entries or {MOST_TEXTS:,} texts; the rest was not looked at. "
    "Choose a smaller folder, or the chats themselves."
)


def _texts(asked: str, path: Path, unread: list[Unread], check: Check) -> Iterator[Source]:
    with _regular(path) as file:
        size, start = os.fstat(file.fileno()).st_size, file.read(4)
    if start not in _ZIPS:
        yield Source(asked, path, "", size)
        return
    from metaoptout_tui.evidence.whatsapp import archives

    for member in archives.members(path, check):
        if member.refused:
            unread.append(Unread(str(path), member.name, member.refused))
        else:
            yield Source(asked, path, member.name, member.size)


@contextmanager
def _regular(path: Path) -> Iterator[FileIO]:
    """The file, opened without waiting for the other end of a pipe that took its place."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with FileIO(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise CannotRead("It is neither a file nor a folder.")
        yield file


class _Limited:
    """A file up to the size it had when it was opened, so that one that grows meanwhile comes to an end."""

    def __init__(self, file: FileIO, size: int) -> None:
        self._file = file
        self._left = size

    def readinto(self, buffer: memoryview, /) -> int:
        count = self._file.readinto(buffer[: self._left]) or 0
        self._left -= count
        return count


class _Watched:
    """A stream that lets others look on at each read."""

    def __init__(self, stream: Readable, check: Check, read: Callable[[int], None]) -> None:
        self._stream = stream
        self._check = check
        self._tell = read

    def readinto(self, buffer: memoryview, /) -> int:
        self._check()
        count = self._stream.readinto(buffer)
        self._tell(count)
        return count


class Resumed:
    """A stream whose first bytes were already read."""

    def __init__(self, start: bytes, stream: Readable) -> None:
        self._start = start
        self._stream = stream

    def readinto(self, buffer: memoryview, /) -> int:
        """The first bytes, then what follows."""
        if not self._start:
            return self._stream.readinto(buffer)
        count = min(len(self._start), len(buffer))
        buffer[:count] = self._start[:count]
        self._start = self._start[count:]
        return count


class _FromUtf16:
    """A stream in UTF-16, as UTF-8; what is no character becomes U+FFFD."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._ready = b""

    def readinto(self, buffer: memoryview, /) -> int:
        # Two bytes become three at most.
        raw = memoryview(bytearray(max(len(buffer) // 2, 2)))
        while not self._ready:
            count = self._stream.readinto(raw)
            self._ready = self._decoder.decode(raw[:count], not count).encode("utf-8", "replace")
            if not count:
                break
        count = min(len(self._ready), len(buffer))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


def start_of(stream: Readable, most: int) -> bytes:
    """The next bytes of a stream, as many as `most` unless it ends before."""
    buffer = memoryview(bytearray(most))
    filled = 0
    while filled < most and (count := stream.readinto(buffer[filled:])):
        filled += count
    return bytes(buffer[:filled])


def _as_utf8(stream: Readable) -> Readable:
    start = start_of(stream, 2)
    whole = Resumed(start, stream)
    return _FromUtf16(whole) if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else whole
