"""A file in pieces that can be searched one by one, in bounded memory whatever the file holds.

Each piece runs from a line feed to before another, so that no line is cut and a header pattern finds its line feed; the
first line gets one of its own. A line longer than a block comes in parts that overlap, so that nothing looked for is cut.
"""

from collections.abc import Iterator
from typing import Protocol

OVERLAP = 256
"""Bytes repeated between two parts of one line; longer than anything that is looked for within a line."""

_LINE_FEED = 10


class Readable(Protocol):
    """What fills a buffer and says with how many bytes, none at its end."""

    def readinto(self, buffer: memoryview, /) -> int:
        """The bytes put into `buffer`, from its start."""
        ...


def blocks(source: Readable, size: int) -> Iterator[tuple[bytearray, int]]:
    """The pieces of `source`, about `size` bytes each and never more than twice that, each as a buffer and its end.

    It is always the same buffer, which saves two copies of the file: a piece holds until the next is asked for.
    """
    buffer = bytearray(2 * size + OVERLAP)
    view = memoryview(buffer)
    buffer[0], held = _LINE_FEED, 1
    while read := source.readinto(view[held : held + size]):
        filled = held + read
        cut = buffer.rfind(b"\n", 1, filled)
        if cut < 0 and filled <= size:
            held = filled
            continue
        end, kept = (cut, cut) if cut > 0 else (filled, filled - OVERLAP)
        yield buffer, end
        held = filled - kept
        buffer[:held] = buffer[kept:filled]
    if held > 1 or buffer[0] != _LINE_FEED:
        yield buffer, held
