"""A file in pieces that can be searched one by one, in bounded memory whatever the file holds.

Each piece runs from a line feed to before another, so that no line is cut and a header pattern finds its line feed; the
first line gets one of its own. A line longer than a block comes in parts that overlap, so that nothing looked for is cut.
"""

from collections.abc import Iterator
from typing import Protocol

OVERLAP = 256
"""Bytes repeated between two parts of one line; longer than anything that is looked for within a line."""


class Readable(Protocol):
    """What gives up to `size` bytes a call, and none at its end."""

    def read(self, size: int, /) -> bytes: ...


def blocks(source: Readable, size: int) -> Iterator[bytes]:
    """The pieces of `source`, about `size` bytes each and never more than twice that."""
    rest = b"\n"
    while read := source.read(size):
        data = rest + read
        cut = data.rfind(b"\n", 1)
        if cut > 0:
            yield data[:cut]
            rest = data[cut:]
        elif len(data) > size:
            yield data
            rest = data[-OVERLAP:]
        else:
            rest = data
    if rest != b"\n":
        yield rest
