"""Rows of lists: what is too long for its column, or for the list, goes on below itself, so that nothing of it is cut."""

from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from metaoptout_tui.core.line_wrapping import breaks_in_paths
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


_SIGNS = ("(x) ", "( ) ", "[x] ", "[ ] ")
_INDENT = 2


class HangingRow(Content):
    """A row whose further lines are indented under its first one; behind a sign they stand under the words."""

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The number of lines that the row takes."""
        return len(self._lines(width)) if width > _INDENT else super().get_height(rules, width)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw the row in as many lines as it takes."""
        if width <= _INDENT:
            return super().render_strips(width, height, style, options)
        return Content("\n").join(self._lines(width)).render_strips(width, height, style, options)

    def _lines(self, width: int) -> list[Content]:
        """The lines at a width; a line that was begun on purpose goes on under its own beginning."""
        lines: list[Content] = []
        for paragraph in self.split("\n", allow_blank=True):
            words = paragraph.plain
            indent = len(words) - len(words.lstrip(" "))
            if not lines:
                indent = len(_SIGNS[0]) if words.startswith(_SIGNS) else _INDENT
            first, *rest = paragraph.wrap(width) or [paragraph]
            lines.append(first)
            if rest and indent < width:
                start = len(first.plain)
                start += len(words[start:]) - len(words[start:].lstrip(" "))
                lines += [Content.assemble(" " * indent, line) for line in paragraph[start:].wrap(width - indent)]
            else:
                lines += rest
        return lines


class TextWithPaths(Content):
    """A text in which a path that is longer than a line is broken behind a slash, and not within a name."""

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The number of lines that the text takes."""
        return self._broken(width).get_height(rules, width)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw the text in as many lines as it takes."""
        return self._broken(width).render_strips(width, height, style, options)

    def _broken(self, width: int) -> Content:
        places = [0, *breaks_in_paths(self.plain, width), len(self.plain)]
        whole = Content(self.plain, list(self.spans))
        return Content("\n").join([whole[start:end] for start, end in pairwise(places)]) if len(places) > 2 else whole


def text_with_paths(words: str | Content) -> TextWithPaths:
    """A text of which nothing is read as markup, with its paths broken behind slashes."""
    content = Content(words) if isinstance(words, str) else words
    return TextWithPaths(content.plain, list(content.spans))


def hanging_row(row: str | Content) -> HangingRow:
    """A row of a list, of which nothing is read as markup."""
    content = Content(row) if isinstance(row, str) else row
    return HangingRow(content.plain, list(content.spans))
