"""Opens a zip, or a zip within it, so that only its wanted members are known, and bounds what is read of each.

The standard `zipfile` makes an object for each entry, which takes 2 s and 117 MiB for 200,000 and cannot be
cancelled. So the central directory is read here first, and `zipfile` is given the archive with only the wanted
entries in it. Nothing goes to the disk, and an inner zip is never held in memory: it is inflated up to its directory,
and again up to each member that lies before what was read last.
"""

import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from typing import IO, NamedTuple, Protocol, cast

from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.imports.files import CheckCancelled, ReadableStream

MAX_MEMBER_BYTES = 4 << 30
"""Bytes read from one member."""
MAX_COMPRESSION_RATIO = 200
"""How many times its packed size a member may have, if it is larger than `ALWAYS_ALLOWED_BYTES`."""
ALWAYS_ALLOWED_BYTES = 16 << 20

_END_RECORD = struct.Struct("<4s4H2LH")
_ZIP64_END_RECORD = struct.Struct("<4sQ2H2L4Q")
_ZIP64_LOCATOR = struct.Struct("<4sLQL")
_DIRECTORY_ENTRY = struct.Struct("<4s24x3H12x")
_MAX_COMMENT_BYTES = 0xFFFF
_READ_BYTES = 1 << 16
_SKIP_BYTES = 1 << 20
_MAX_DIRECTORY_BYTES = 8 << 20
_ENCRYPTED_FLAG = 1


_READABLE_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Others may allocate what the archive asks for."""


class WantedMembers(NamedTuple):
    """Which members of a zip are wanted, by the bytes of their names, and how many entries and members are looked at.

    `max_members` are known and one more, which tells that there are too many. `advice` is what a person can do with a
    zip that is not read: a sentence.
    """

    is_wanted: Callable[[bytes], bool]
    max_entries: int
    max_members: int
    advice: str


class SeekableFile(Protocol):
    """A binary file that can seek."""

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        """Move to an offset; returns the new position."""
        ...

    def read(self, size: int = -1, /) -> bytes:
        """Read `size` bytes, fewer only at the end."""
        ...


@contextmanager
def open_inner_zip(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, wanted: WantedMembers, check: CheckCancelled
) -> Iterator[zipfile.ZipFile]:
    """Open a zip within the zip. No more than its stated size is read, so checking that is enough."""
    _refuse(archive, info, wanted.advice)
    if info.file_size > _max_unpacked_bytes(info.compress_size):
        raise FileRefused(_too_large_reason(info.compress_size))
    with (
        _damage_as_refusal(),
        archive.open(info) as stream,
        open_zip(_InnerZipFile(stream, info.file_size, check), wanted, check) as inner,
    ):
        yield inner


@contextmanager
def open_zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, advice: str) -> Iterator["BoundedMemberStream"]:
    """Open a member as a bounded stream. Raises the `READ_ERRORS`; `advice` is as in `refusal_reason`."""
    _refuse(archive, info, advice)
    with _damage_as_refusal(), archive.open(info) as stream:
        yield BoundedMemberStream(cast(ReadableStream, stream), info.compress_size)


@contextmanager
def _damage_as_refusal() -> Iterator[None]:
    """Raise FileRefused for what `zipfile` calls a bad zip."""
    try:
        yield
    except zipfile.BadZipFile as error:
        raise FileRefused(_("The zip is damaged.")) from error


def _refuse(archive: zipfile.ZipFile, info: zipfile.ZipInfo, advice: str) -> None:
    """Raise FileRefused for a member that may not be read, whoever asks for it."""
    if refusal := refusal_reason(info, archive.start_dir, advice):
        raise FileRefused(refusal)


def _max_unpacked_bytes(packed_size: int) -> int:
    return min(MAX_MEMBER_BYTES, max(packed_size * MAX_COMPRESSION_RATIO, ALWAYS_ALLOWED_BYTES))


def _too_large_reason(packed_size: int) -> str:
    if _max_unpacked_bytes(packed_size) < MAX_MEMBER_BYTES:
        return _("It grows to more than {count} times its packed size, as a zip made to fill a disk does.").format(
            count=format_number(MAX_COMPRESSION_RATIO)
        )
    return _("It is larger than 4 GiB.")


class BoundedMemberStream:
    """A stream of a member that refuses to grow larger than any text."""

    def __init__(self, stream: ReadableStream, packed_size: int) -> None:
        self._stream = stream
        self._packed_size = packed_size
        self._max_bytes = _max_unpacked_bytes(packed_size)
        self._bytes_read = 0

    def readinto(self, buffer: memoryview, /) -> int:
        """Fill `buffer`. Raises FileRefused beyond the limit."""
        count = self._stream.readinto(buffer)
        self._bytes_read += count
        if self._bytes_read > self._max_bytes:
            raise FileRefused(_too_large_reason(self._packed_size))
        return count


class _InnerZipFile:
    """A zip within a zip that can seek, by inflating it anew up to each position; it is not held in memory."""

    def __init__(self, stream: IO[bytes], size: int, check: CheckCancelled) -> None:
        self._stream = stream
        self._size = size
        self._check_cancelled = check
        self._position = self._inflated_to = 0

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        """Set where the next read begins; returns that position."""
        self._position = offset + {SEEK_SET: 0, SEEK_CUR: self._position, SEEK_END: self._size}[whence]
        return self._position

    def read(self, size: int = -1, /) -> bytes:
        """Inflate up to the position, and return the bytes from there."""
        if self._position < self._inflated_to:
            self._inflated_to = self._stream.seek(0)
        while self._inflated_to < self._position:
            self._check_cancelled()
            skipped = len(self._stream.read(min(_SKIP_BYTES, self._position - self._inflated_to)))
            if not skipped:
                return b""
            self._inflated_to += skipped
        data = self._stream.read(size)
        self._position += len(data)
        self._inflated_to = self._position
        return data


def leads_out(info: zipfile.ZipInfo) -> bool:
    """Whether the name of an entry would be outside of the folder into which the zip is unpacked."""
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or "\\" in name or name[1:2] == ":"


def refusal_reason(info: zipfile.ZipInfo, directory_start: int, advice: str) -> str:
    """Why an entry is not read, empty if it is; its packed bytes must lie before `directory_start`."""
    if leads_out(info):
        return _("Its name leads out of the zip.")
    if stat.S_ISLNK(info.external_attr >> 16):
        return _("It is a link.")
    if info.flag_bits & _ENCRYPTED_FLAG:
        # Translators: {advice} is a sentence such as “Unpack it and choose the text file.”
        return _("It is locked with a password. {advice}").format(advice=advice)
    if info.compress_type not in _READABLE_METHODS:
        return _("It is packed in a way that cannot be read here. {advice}").format(advice=advice)
    if info.compress_size > directory_start:
        return _("The zip is damaged: it says that this is larger than the whole.")
    return ""


def is_zip_name(name: str) -> bool:
    """Whether a member of this name is taken for a zip."""
    return name.lower().endswith(".zip")


def is_made_by_macos(name: bytes) -> bool:
    """Whether a name is of those that macOS adds beside each file that it packs."""
    lower = name.lower()
    return lower.startswith(b"__macosx/") or lower.rpartition(b"/")[2].startswith(b"._")


@contextmanager
def open_zip(file: SeekableFile, wanted: WantedMembers, check: CheckCancelled) -> Iterator[zipfile.ZipFile]:
    """Open a zip of which only the wanted members are known. Raises FileRefused, and what `zipfile` raises."""
    directory = _find_central_directory(file, wanted)
    entries = bytearray()
    for entry in _wanted_entries(file, directory, wanted, check):
        entries += entry
        if len(entries) > _MAX_DIRECTORY_BYTES:
            raise FileRefused(_("The zip is damaged: its directory is too large."))
    filtered = _FilteredZip(file, directory.start, directory.stated_start, bytes(entries))
    with _damage_as_refusal(), zipfile.ZipFile(filtered) as archive:
        yield archive


class _CentralDirectory(NamedTuple):
    """Where the directory of a zip is: its true start, its stated start, and the numbers of its bytes and entries."""

    start: int
    stated_start: int
    byte_count: int
    entry_count: int


def _find_central_directory(file: SeekableFile, wanted: WantedMembers) -> _CentralDirectory:
    length = file.seek(0, SEEK_END)
    tail_start = file.seek(
        max(0, length - _END_RECORD.size - _MAX_COMMENT_BYTES - _ZIP64_LOCATOR.size - _ZIP64_END_RECORD.size)
    )
    tail = file.read(length - tail_start)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_RECORD.size:
        raise FileRefused(_("The zip is not complete: its directory is missing."))
    _unused, _unused, _unused, _unused, entries, size, offset, _unused = _END_RECORD.unpack_from(tail, at)
    records = at
    if (
        tail[: max(at - _ZIP64_LOCATOR.size + 4, 0)].endswith(b"PK\x06\x07")
        and at >= _ZIP64_LOCATOR.size + _ZIP64_END_RECORD.size
    ):
        records = at - _ZIP64_LOCATOR.size - _ZIP64_END_RECORD.size
        signature, *_unused, entries, size, offset = _ZIP64_END_RECORD.unpack_from(tail, records)
        if signature != b"PK\x06\x06":
            raise FileRefused(_("The zip is damaged: its directory is not where it says."))
    start = tail_start + records - size
    if start < 0 or offset > start:
        raise FileRefused(_("The zip is damaged: its directory is not where it says."))
    if entries > wanted.max_entries:
        raise FileRefused(_too_many_entries_reason(wanted))
    return _CentralDirectory(start, offset, size, entries)


def _too_many_entries_reason(wanted: WantedMembers) -> str:
    return _("It holds more than {max_entries} files. {advice}").format(
        max_entries=format_number(wanted.max_entries), advice=wanted.advice
    )


def _wanted_entries(
    file: SeekableFile, directory: _CentralDirectory, wanted: WantedMembers, check: CheckCancelled
) -> Iterator[bytes]:
    """The records of the wanted members in the directory, in order."""
    file.seek(directory.start)
    bytes_left, buffer, count, wanted_count = directory.byte_count, b"", 0, 0
    while bytes_left > 0 or buffer:
        if bytes_left > 0:
            check()
            read = file.read(min(_READ_BYTES, bytes_left))
            bytes_left = bytes_left - len(read) if read else 0
            buffer += read
        at = 0
        while len(buffer) - at >= _DIRECTORY_ENTRY.size:
            signature, name, extra, comment = _DIRECTORY_ENTRY.unpack_from(buffer, at)
            if signature != b"PK\x01\x02":
                raise FileRefused(_("The zip is damaged: its directory cannot be read."))
            length = _DIRECTORY_ENTRY.size + name + extra + comment
            if len(buffer) - at < length:
                break
            count += 1
            if wanted.is_wanted(buffer[at + _DIRECTORY_ENTRY.size : at + _DIRECTORY_ENTRY.size + name]):
                wanted_count += 1
                if wanted_count <= wanted.max_members + 1:
                    yield buffer[at : at + length]
            at += length
        if count > wanted.max_entries:
            raise FileRefused(_too_many_entries_reason(wanted))
        if not at and bytes_left <= 0:
            break
        buffer = buffer[at:]


class _FilteredZip(RawIOBase):
    """A zip whose directory is replaced by one with the wanted entries only."""

    def __init__(self, file: SeekableFile, start: int, stated_start: int, entries: bytes) -> None:
        super().__init__()
        count = sum(1 for _unused in _record_lengths(entries))
        end64 = _ZIP64_END_RECORD.pack(b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(entries), stated_start)
        locator = _ZIP64_LOCATOR.pack(b"PK\x06\x07", 0, start + len(entries), 1)
        end = _END_RECORD.pack(b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
        self._file = file
        self._directory_start = start
        self._new_directory = entries + end64 + locator + end
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        base = {SEEK_SET: 0, SEEK_CUR: self._position, SEEK_END: self._directory_start + len(self._new_directory)}[
            whence
        ]
        if base + offset < 0:
            raise OSError("before the start")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def read(self, size: int = -1, /) -> bytes:
        end = self._directory_start + len(self._new_directory)
        wanted = end - self._position if size is None or size < 0 else size
        if self._position >= self._directory_start:
            data = self._new_directory[self._position - self._directory_start :][:wanted]
        else:
            self._file.seek(self._position)
            data = self._file.read(min(wanted, self._directory_start - self._position))
            if len(data) < wanted and self._position + len(data) == self._directory_start:
                data += self._new_directory[: wanted - len(data)]
        self._position += len(data)
        return data


def _record_lengths(records: bytes) -> Iterator[int]:
    at = 0
    while at < len(records):
        _unused, name, extra, comment = _DIRECTORY_ENTRY.unpack_from(records, at)
        at += (length := _DIRECTORY_ENTRY.size + name + extra + comment)
        yield length
