"""Opens files that a person brought, reads them in pieces of bounded memory, and words what goes wrong with that.

The blocks of a text each run from a line feed to just before another, so that no line is cut and a header pattern finds
the line feed it begins with; the first line is given one. A line longer than a block comes in overlapping parts, so that
nothing searched for is cut.
"""

import os
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Protocol

from metaoptout_tui.core.errors import FileRefused

CheckCancelled = Callable[[], None]
"""Called often while reading; raises Cancelled once the person has cancelled."""

READ_ERRORS: tuple[type[Exception], ...] = (
    FileRefused,
    OSError,
    EOFError,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading a file or a member of a zip may raise."""


def reason_for_error(error: Exception) -> str:
    """The sentence for what was raised while reading."""
    match error:
        case FileRefused():
            return str(error)
        case FileNotFoundError():
            return "It is not there."
        case PermissionError():
            return "You may not read it."
        case NotImplementedError():
            return "It is packed in a way that cannot be read here. Unpack it and choose the text file."
        case OSError():
            return f"It cannot be read: {error.strerror or 'the system gives no reason'}."
        case _:
            return "It is damaged."


NOT_A_FILE = "It is neither a file nor a folder."

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def open_regular_file(path: Path, refusal: FileRefused | None = None) -> Iterator[FileIO]:
    """The file, opened without waiting for the other end of a pipe. Raises OSError, and `refusal` or another FileRefused for what is no file."""
    descriptor = os.open(path, _OPEN_FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise refusal or FileRefused(NOT_A_FILE)
    with FileIO(descriptor, "rb") as file:
        yield file


OVERLAP_BYTES = 256
"""Bytes repeated between two parts of one line; longer than anything that is looked for within a line."""

_LINE_FEED = 10


class ReadableStream(Protocol):
    """What fills a buffer and says with how many bytes, none at its end."""

    def readinto(self, buffer: memoryview, /) -> int:
        """The bytes put into `buffer`, from its start."""
        ...


def read_at_most(stream: ReadableStream, limit: int) -> bytes:
    """The next bytes of a stream, as many as `limit` unless it ends before."""
    buffer = memoryview(bytearray(limit))
    filled = 0
    while filled < limit and (count := stream.readinto(buffer[filled:])):
        filled += count
    return bytes(buffer[:filled])


def read_blocks(source: ReadableStream, size: int) -> Iterator[tuple[bytearray, int]]:
    """The pieces of `source`, about `size` bytes each and never more than twice that, each as a buffer and its end.

    It is always the same buffer, which saves two copies of the file: a piece holds until the next is asked for.
    """
    buffer = bytearray(2 * size + OVERLAP_BYTES)
    view = memoryview(buffer)
    buffer[0], held = _LINE_FEED, 1
    while read := source.readinto(view[held : held + size]):
        filled = held + read
        cut = buffer.rfind(b"\n", 1, filled)
        if cut < 0 and filled <= size:
            held = filled
            continue
        end, kept = (cut, cut) if cut > 0 else (filled, filled - OVERLAP_BYTES)
        yield buffer, end
        held = filled - kept
        buffer[:held] = buffer[kept:filled]
    if held > 1 or buffer[0] != _LINE_FEED:
        yield buffer, held
