"""Opens files that a person chose, reads them in blocks of bounded memory, and describes the errors of that.

Each block of a text begins with a line feed and ends before another, so that no line is cut and header patterns, which
begin with a line feed, match; the first line is given one. A line longer than a block comes in overlapping parts, so
that nothing searched for is cut.
"""

import os
import re
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Protocol

from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark

CheckCancelled = Callable[[], None]
"""Called often while reading; raises Cancelled if the person has cancelled."""

READ_ERRORS: tuple[type[Exception], ...] = (
    FileRefused,
    OSError,
    EOFError,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""The errors that reading a file or a member of a zip may raise."""


def reason_for_error(error: Exception) -> str:
    """The sentence for an error that was raised while reading."""
    match error:
        case FileRefused():
            return str(error)
        case FileNotFoundError():
            return _("It is not there.")
        case PermissionError():
            return _("You may not read it.")
        case NotImplementedError():
            return _("It is packed in a way that cannot be read here. Unpack it and choose the text file.")
        case OSError():
            return _("It cannot be read: {reason}.").format(reason=error.strerror or _("the system gives no reason"))
        case _:
            return _("It is damaged.")


ZIP_SIGNATURES = frozenset({b"PK\x03\x04", b"PK\x05\x06"})
"""The first four bytes of a zip."""

NOT_A_FILE = mark("It is neither a file nor a folder.")

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def open_regular_file(path: Path, refusal: FileRefused | None = None) -> Iterator[FileIO]:
    """Open a file for reading; never blocks on a pipe. Raises OSError, or `refusal` for anything but a regular file."""
    descriptor = os.open(path, _OPEN_FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise refusal or FileRefused(_(NOT_A_FILE))
    with FileIO(descriptor, "rb") as file:
        yield file


def file_state(status: os.stat_result) -> tuple[int, int, int]:
    """What differs once a file was written to or replaced."""
    return (status.st_ino, status.st_size, status.st_mtime_ns)


OVERLAP_BYTES = 256
"""Bytes repeated between two parts of one line; longer than anything that is searched for within a line."""

_LINE_FEED = 10


class ReadableStream(Protocol):
    """A stream that fills a buffer and returns the number of bytes, 0 at its end."""

    def readinto(self, buffer: memoryview, /) -> int:
        """Read into `buffer` from its start; returns the number of bytes."""
        ...


class SizeLimitedStream:
    """A file up to the size it had when it was opened, so that a growing file ends too."""

    def __init__(self, file: FileIO, size: int) -> None:
        self._file = file
        self._bytes_left = size

    def readinto(self, buffer: memoryview, /) -> int:
        """Read no further than that size."""
        count = self._file.readinto(buffer[: self._bytes_left]) or 0
        self._bytes_left -= count
        return count


class MonitoredStream:
    """A stream that can be cancelled at each read, and reports how many bytes were read."""

    def __init__(self, stream: ReadableStream, check: CheckCancelled, on_read: Callable[[int], None]) -> None:
        self._stream = stream
        self._check_cancelled = check
        self._on_read = on_read

    def readinto(self, buffer: memoryview, /) -> int:
        """Read, and report it. Raises Cancelled."""
        self._check_cancelled()
        count = self._stream.readinto(buffer)
        self._on_read(count)
        return count


def read_at_most(stream: ReadableStream, limit: int) -> bytes:
    """The next `limit` bytes of a stream, fewer only at its end."""
    buffer = memoryview(bytearray(limit))
    filled = 0
    while filled < limit and (count := stream.readinto(buffer[filled:])):
        filled += count
    return bytes(buffer[:filled])


_MANY = 64
_MANY_EMPTY_LINES = tuple((ending, re.compile(rb"(?:%s){%d,}+" % (ending, _MANY))) for ending in (b"\n", b"\r\n"))
"""The ends of empty lines, and the patterns for very many of them."""


def read_blocks(source: ReadableStream, size: int, line_end: bytes = b"\n") -> Iterator[tuple[bytearray, int]]:
    """Yield the blocks of `source`, of about `size` bytes and at most twice that, each as a buffer and its end.

    All blocks share one buffer, which saves two copies of the file: a block is valid until the next is requested. Where
    lines end with CRLF (`line_end`), a block begins with its line feed, and no line of several parts with a bare one.
    Of very many empty lines two are left, since each costs a pattern as much as a line with text.
    """
    buffer = bytearray(2 * size + OVERLAP_BYTES)
    view = memoryview(buffer)
    buffer[0], carried_over = _LINE_FEED, 1
    while count := source.readinto(view[carried_over : carried_over + size]):
        filled = carried_over + count
        for ending, many in _MANY_EMPTY_LINES[: len(line_end)]:
            # From the end, which is faster where there are none.
            if buffer.rfind(ending * _MANY, carried_over, filled) >= 0:
                kept = many.sub(ending * 2, view[carried_over:filled])
                filled = carried_over + len(kept)
                view[carried_over:filled] = kept
        found = buffer.rfind(line_end, 1, filled)
        if found < 0 and filled <= size:
            carried_over = filled
            continue
        cut = found + len(line_end) - 1
        end, next_start = (cut, cut) if found > 0 else (filled, filled - OVERLAP_BYTES)
        if found <= 0 and buffer[next_start] == _LINE_FEED:
            next_start -= 1
        yield buffer, end
        carried_over = filled - next_start
        buffer[:carried_over] = buffer[next_start:filled]
    if carried_over > 1 or buffer[0] != _LINE_FEED:
        yield buffer, carried_over


_DIGEST_BLOCK_BYTES = 1 << 20


def sha256_of_file(path: str | os.PathLike[str], job: Job | None = None) -> str:
    """The SHA-256 of a file in hexadecimal. Raises FileRefused, and Cancelled where `job` was cancelled."""
    import hashlib

    digest = hashlib.sha256()
    job = job or Job()
    try:
        with open_regular_file(Path(path)) as file:
            while data := file.read(_DIGEST_BLOCK_BYTES):
                job.check()
                digest.update(data)
    except OSError as error:
        raise FileRefused(reason_for_error(error)) from error
    return digest.hexdigest()
