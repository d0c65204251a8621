"""What is in this zip, and what does a member say? Reads texts as streams; nothing is unpacked to the disk.

People pack a folder of several exports, so a zip is looked into, and the zips within it, but not those within these. An
inner zip is never held: it is inflated up to where its directory is, and again up to each of its few texts.

The standard `zipfile` makes an object of each entry, which takes 2 s and 117 MiB for 200,000 and can't be cancelled. So
the directory is walked here first, and `zipfile` is given the archive with only the wanted entries in its directory.
"""

import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from pathlib import Path
from typing import IO, NamedTuple, Protocol, cast

from metaoptout_tui.core.chats import WITHIN
from metaoptout_tui.evidence.whatsapp.blocks import Readable
from metaoptout_tui.evidence.whatsapp.faults import FAULTS, CannotRead, why

MOST_ENTRIES = 200_000
MOST_TEXTS = 1_000
MOST_BYTES = 4 << 30
"""Bytes read from one member."""
STEEPEST = 200
"""Times larger than packed that a text may be, once it is larger than `BEYOND_DOUBT`."""
BEYOND_DOUBT = 16 << 20
MOST_TEXTS_WITHIN = 20
"""Texts of one inner zip; each costs inflating the zip up to it."""
MOST_BYTES_WITHIN = 16 << 30
"""Bytes of all inner zips together."""

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s24x3H12x")
_LONGEST_COMMENT = 0xFFFF
_READ = 1 << 16
_SKIP = 1 << 20
_LARGEST_DIRECTORY = 8 << 20
_ENCRYPTED = 1


Check = Callable[[], None]


class _Seekable(Protocol):
    """Bytes that can be read from anywhere."""

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        """The position that was gone to."""
        ...

    def read(self, size: int = -1, /) -> bytes:
        """As many bytes, fewer only at the end."""
        ...


class Member(NamedTuple):
    """A text in a zip, or something that could be one; `refused` says why it is not read, empty where it is.

    The name of a text in an inner zip is the zip's, `WITHIN`, and its own.
    """

    name: str
    size: int
    refused: str


def members(path: Path, check: Check) -> tuple[Member, ...]:
    """The texts of a zip. Raises what is in `faults.FAULTS`."""
    found: list[Member] = []
    left = MOST_BYTES_WITHIN
    with path.open("rb", buffering=0) as file, _opened(file, check) as archive:
        for number, each in enumerate(archive.infolist()):
            if number == MOST_TEXTS:
                found.append(Member("", 0, _TOO_MANY_TEXTS))
                break
            refused = _refused(each, archive.start_dir)
            if refused or not _is_zip(each):
                found.append(Member(each.filename, min(each.file_size, MOST_BYTES), refused))
            elif each.file_size > left:
                found.append(
                    Member(each.filename, 0, "The zips within the zip are too large. Take it out and choose it.")
                )
            else:
                left -= each.file_size
                found.extend(_members_within(archive, each, check))
    return tuple(found)


_TOO_MANY_TEXTS = f"It holds more than {MOST_TEXTS:,} texts; the rest was not looked at. Take them out and choose them."


def _members_within(archive: zipfile.ZipFile, info: zipfile.ZipInfo, check: Check) -> list[Member]:
    found: list[Member] = []
    try:
        with _inner(archive, info, check) as inner:
            for each in inner.infolist():
                refused = _refused(each, inner.start_dir)
                if not refused and _is_zip(each):
                    refused = "It is a zip within a zip within the zip. Take it out and choose it."
                if not refused and len(found) >= MOST_TEXTS_WITHIN:
                    raise CannotRead(f"It holds more than {MOST_TEXTS_WITHIN} texts. Take it out and choose it.")
                name = f"{info.filename}{WITHIN}{each.filename}"
                found.append(Member(name, min(each.file_size, MOST_BYTES), refused))
    except FAULTS as error:
        found.append(Member(info.filename, 0, why(error)))
    return found


@contextmanager
def member(path: Path, name: str, check: Check) -> Iterator["Bounded"]:
    """The bytes of one text of a zip, refused on the way where it grows beyond reason. Raises what is in `faults.FAULTS`."""
    with path.open("rb", buffering=0) as file, _opened(file, check) as archive:
        names = set(archive.namelist())
        outer = next((each for each in _outer_names(name) if name not in names and each in names), "")
        if not outer:
            with _text(archive, name) as text:
                yield text
            return
        with (
            _inner(archive, archive.getinfo(outer), check) as inner,
            _text(inner, name.removeprefix(outer + WITHIN)) as text,
        ):
            yield text


def _outer_names(name: str) -> Iterator[str]:
    """What the inner zip of a member may be called; a name may hold the sign itself."""
    at = name.find(WITHIN)
    while at >= 0:
        yield name[:at]
        at = name.find(WITHIN, at + 1)


@contextmanager
def _text(archive: zipfile.ZipFile, name: str) -> Iterator["Bounded"]:
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise CannotRead("It is no longer in the zip.") from None
    with archive.open(info) as stream:
        yield Bounded(cast(Readable, stream), info.compress_size)


@contextmanager
def _inner(archive: zipfile.ZipFile, info: zipfile.ZipInfo, check: Check) -> Iterator[zipfile.ZipFile]:
    """A zip within the zip. Its stated size bounds what is read of it, so that is what is looked at."""
    if info.file_size > _most(info.compress_size):
        raise CannotRead(_too_large(info.compress_size))
    with archive.open(info) as stream, _opened(_Inflated(stream, info.file_size, check), check) as inner:
        yield inner


def _most(packed: int) -> int:
    return min(MOST_BYTES, max(packed * STEEPEST, BEYOND_DOUBT))


def _too_large(packed: int) -> str:
    if _most(packed) < MOST_BYTES:
        return f"It grows to more than {STEEPEST} times its packed size, as a zip made to fill a disk does."
    return "It is larger than 4 GiB."


class Bounded:
    """A stream of a member that stops at what no chat would be."""

    def __init__(self, stream: Readable, packed: int) -> None:
        self._stream = stream
        self._packed = packed
        self._most = _most(packed)
        self._read = 0

    def readinto(self, buffer: memoryview, /) -> int:
        """Fill `buffer`. Raises CannotRead past the bounds."""
        count = self._stream.readinto(buffer)
        self._read += count
        if self._read > self._most:
            raise CannotRead(_too_large(self._packed))
        return count


class _Inflated:
    """A zip within a zip, read from anywhere by inflating it up to there; nothing of it is held."""

    def __init__(self, stream: IO[bytes], size: int, check: Check) -> None:
        self._stream = stream
        self._size = size
        self._check = check
        self._at = self._reached = 0

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        """Where the next read begins."""
        self._at = offset + {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._size}[whence]
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """Inflate up to the position, and the bytes from there."""
        if self._at < self._reached:
            self._reached = self._stream.seek(0)
        while self._reached < self._at:
            self._check()
            skipped = len(self._stream.read(min(_SKIP, self._at - self._reached)))
            if not skipped:
                return b""
            self._reached += skipped
        data = self._stream.read(size)
        self._at += len(data)
        self._reached = self._at
        return data


def _refused(info: zipfile.ZipInfo, room: int) -> str:
    """Why an entry is not read, if so; `room` is what stands in front of the directory, and its packed bytes with it."""
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or "\\" in name or name[1:2] == ":":
        return "Its name leads out of the zip."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "It is a link."
    if info.flag_bits & _ENCRYPTED:
        return "It is locked with a password. Unpack it and choose the text file."
    if info.compress_size > room:
        return "The zip is damaged: it says that this is larger than the whole."
    return ""


def _is_zip(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(".zip")


def _wanted(name: bytes) -> bool:
    lower = name.lower()
    return (
        lower.endswith((b".txt", b".zip"))
        and not lower.startswith(b"__macosx/")
        and not lower.rpartition(b"/")[2].startswith(b"._")
    )


@contextmanager
def _opened(file: _Seekable, check: Check) -> Iterator[zipfile.ZipFile]:
    end = _end_of(file)
    kept = bytearray()
    for entry in _entries(file, end, check):
        kept += entry
        if len(kept) > _LARGEST_DIRECTORY:
            raise CannotRead("The zip is damaged: its directory is too large.")
    try:
        with zipfile.ZipFile(_Thinned(file, end.start, end.offset, bytes(kept))) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise CannotRead("The zip is damaged.") from error


class _Directory(NamedTuple):
    """Where the directory of a zip is: its true start, the start it states, its bytes and entries."""

    start: int
    offset: int
    size: int
    entries: int


def _end_of(file: _Seekable) -> _Directory:
    length = file.seek(0, SEEK_END)
    tail_start = file.seek(max(0, length - _END.size - _LONGEST_COMMENT - _LOCATOR.size - _END64.size))
    tail = file.read(length - tail_start)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise CannotRead("The zip is not complete: its directory is missing.")
    _, _, _, _, entries, size, offset, _ = _END.unpack_from(tail, at)
    records = at
    if tail[: max(at - _LOCATOR.size + 4, 0)].endswith(b"PK\x06\x07") and at >= _LOCATOR.size + _END64.size:
        records = at - _LOCATOR.size - _END64.size
        signature, *_, entries, size, offset = _END64.unpack_from(tail, records)
        if signature != b"PK\x06\x06":
            raise CannotRead("The zip is damaged: its directory is not where it says.")
    start = tail_start + records - size
    if start < 0 or offset > start:
        raise CannotRead("The zip is damaged: its directory is not where it says.")
    if entries > MOST_ENTRIES:
        raise CannotRead(f"It holds more than {MOST_ENTRIES:,} files. Take the text file out and choose it.")
    return _Directory(start, offset, size, entries)


def _entries(file: _Seekable, end: _Directory, check: Check) -> Iterator[bytes]:
    """The directory's records of texts, in order."""
    file.seek(end.start)
    left, buffer, count, wanted = end.size, b"", 0, 0
    while left > 0 or buffer:
        if left > 0:
            check()
            read = file.read(min(_READ, left))
            left = left - len(read) if read else 0
            buffer += read
        at = 0
        while len(buffer) - at >= _ENTRY.size:
            signature, name, extra, comment = _ENTRY.unpack_from(buffer, at)
            if signature != b"PK\x01\x02":
                raise CannotRead("The zip is damaged: its directory cannot be read.")
            length = _ENTRY.size + name + extra + comment
            if len(buffer) - at < length:
                break
            count += 1
            if _wanted(buffer[at + _ENTRY.size : at + _ENTRY.size + name]):
                wanted += 1
                if wanted <= MOST_TEXTS + 1:
                    yield buffer[at : at + length]
            at += length
        if count > MOST_ENTRIES:
            raise CannotRead(f"It holds more than {MOST_ENTRIES:,} files. Take the text file out and choose it.")
        if not at and left <= 0:
            break
        buffer = buffer[at:]


class _Thinned(RawIOBase):
    """A zip as it is up to its directory, and after that a directory of the kept entries only."""

    def __init__(self, file: _Seekable, start: int, offset: int, kept: bytes) -> None:
        super().__init__()
        entries = sum(1 for _ in _lengths(kept))
        end64 = _END64.pack(b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, len(kept), offset)
        locator = _LOCATOR.pack(b"PK\x06\x07", 0, start + len(kept), 1)
        end = _END.pack(b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
        self._file = file
        self._start = start
        self._tail = kept + end64 + locator + end
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        base = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._start + len(self._tail)}[whence]
        if base + offset < 0:
            raise OSError("before the start")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        end = self._start + len(self._tail)
        wanted = end - self._at if size is None or size < 0 else size
        if self._at >= self._start:
            data = self._tail[self._at - self._start :][:wanted]
        else:
            self._file.seek(self._at)
            data = self._file.read(min(wanted, self._start - self._at))
            if len(data) < wanted and self._at + len(data) == self._start:
                data += self._tail[: wanted - len(data)]
        self._at += len(data)
        return data


def _lengths(records: bytes) -> Iterator[int]:
    at = 0
    while at < len(records):
        _, name, extra, comment = _ENTRY.unpack_from(records, at)
        at += (length := _ENTRY.size + name + extra + comment)
        yield length
