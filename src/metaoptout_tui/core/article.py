"""The text of a fetched page as plain blocks: what is kept of it, compared and read.

A page comes as HTML and goes no further than the reader that takes it apart; from there on there are only these values,
whose every string has passed `core.text`.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Literal, NamedTuple

Kind = Literal["heading", "paragraph", "item", "row"]

MOST_BLOCKS = 2_000
LONGEST_BLOCK = 10_000
MOST_CHARACTERS = 400_000
"""Bounds of what is kept of one page: blocks, characters in a block, characters in all."""


class Link(NamedTuple):
    """An address that a page names, whole but unchecked: it may be shown, and opened only through `core.links`."""

    label: str
    url: str


class Block(NamedTuple):
    """A heading (`level` 1 to 6), a paragraph, an item of a list (`level` is its depth, from 1) or a row of a table.

    `number` is that of an item in a numbered list, else 0; the cells of a row stand with ` | ` between them.
    """

    kind: Kind
    text: str
    level: int = 0
    links: tuple[Link, ...] = ()
    number: int = 0


class Article(NamedTuple):
    """The main text of a page, from top to bottom."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of everything whose change is a change of the page: words, order and link targets.

        How it is laid out does not count: a paragraph that becomes an item of a list says the same, and so does a list
        whose numbers moved because an item was added.
        """
        parts = sha256()
        for block in self.blocks:
            parts.update(block.text.encode())
            for link in block.links:
                parts.update(b"\x00" + link.url.encode())
            parts.update(b"\x01")
        return parts.hexdigest()

    def headings(self) -> tuple[int, ...]:
        """Where the headings stand among the blocks."""
        return tuple(index for index, block in enumerate(self.blocks) if block.kind == "heading")

    def links(self) -> tuple[Link, ...]:
        """Every address in the text once, in order, under its first label."""
        found: dict[str, Link] = {}
        for block in self.blocks:
            for link in block.links:
                found.setdefault(link.url, link)
        return tuple(found.values())


def bounded(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """As many blocks from the top as are kept."""
    return tuple(_within(blocks))


def _within(blocks: Iterable[Block]) -> Iterator[Block]:
    taken = 0
    for number, block in enumerate(blocks):
        taken += len(block.text)
        if number >= MOST_BLOCKS or taken > MOST_CHARACTERS:
            return
        yield block
