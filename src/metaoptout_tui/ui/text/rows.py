"""Rows of lists in columns: what is too long for its column goes on below itself, so that nothing of it is cut."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from metaoptout_tui.ui.text.builder import keep_dates_whole, wrap_by_cells


class Column(NamedTuple):
    """A text with its style, and the cells that it may take."""

    words: str
    width: int
    style: str = ""


def fixed(words: str, style: str = "") -> Column:
    """A column as wide as its text."""
    return Column(words, cell_len(words), style)


def row_in_columns(*columns: Column) -> Content:
    """The columns side by side, in as many lines as the longest of them takes."""
    wrapped = [wrap_by_cells(keep_dates_whole(column.words), max(1, column.width)) for column in columns]
    lines = zip_longest(*wrapped, fillvalue="")
    return Content("\n").join([_one_line(columns, line) for line in lines])


def _one_line(columns: Sequence[Column], line: Sequence[str]) -> Content:
    parts: list[tuple[str, str] | str] = []
    for column, words in zip(columns, line, strict=True):
        parts += [(words, column.style), " " * max(0, column.width - cell_len(words))]
    return Content.assemble(*parts).rstrip()
