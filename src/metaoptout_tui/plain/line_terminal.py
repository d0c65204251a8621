"""Reads and prints lines: the terminal as plain mode knows it, without a cursor, colours or a size in rows."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from metaoptout_tui.core.language.formatting import formats_in_use
from metaoptout_tui.core.language.translation import language_in_use, pgettext
from metaoptout_tui.core.line_wrapping import UNBROKEN
from metaoptout_tui.core.text import display_width

MAX_COLUMNS, MIN_COLUMNS = 80, 20

_DOTS = (" · ", "·")
"""Signs that a screen reader passes over or reads by a long name; a semicolon stands in their place."""
_ARROWS = (" → ", "→")
"""Signs between the entries of a menu, for which a word is said."""


class LineTerminal(NamedTuple):
    """What lines come from and go to.

    `read_line` returns a line without its end, None once the input has ended. `print_line` prints a whole line at once,
    `print_prompt` what stands before the answer of the person, without ending the line. `columns` tells how wide it is.
    """

    read_line: Callable[[], str | None]
    print_line: Callable[[str], object]
    print_prompt: Callable[[str], object]
    columns: Callable[[], int]

    def tell(self, words: str) -> None:
        """Print a statement, in words alone and on as many lines as it takes."""
        for line in wrap_statement(in_words_alone(words), self.width):
            self.print_line(line)

    @property
    def width(self) -> int:
        """The columns that a line may have."""
        return max(MIN_COLUMNS, min(MAX_COLUMNS, self.columns()))


def in_words_alone(statement: str) -> str:
    """The statement with words or a comma for signs that are not spoken."""
    between_clauses = formats_in_use().between_clauses
    for dot, semicolon in zip(_DOTS, (between_clauses, between_clauses.rstrip()), strict=True):
        statement = statement.replace(dot, semicolon)
    statement = statement.replace("…", "...")
    for arrow in _ARROWS:
        statement = statement.replace(arrow, then())
    return statement


def then() -> str:
    """What is said between two steps of a way through menus."""
    return pgettext("between two steps of a way through menus", ", then ")


def wrap_statement(words: str, width: int) -> list[str]:
    """The lines of a statement, broken at blanks; a word that is longer, such as an address, stays whole on its line.

    A day keeps its month, so that no line ends with a number alone.
    """
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in _pattern_of_words(language_in_use()).findall(paragraph):
            longer = f"{line} {word}" if line else word
            if line and display_width(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


@cache
def _pattern_of_words(_language: str) -> re.Pattern[str]:
    months = "|".join(map(re.escape, formats_in_use().months))
    # A blank that may not break, as before a French colon, is no end of a word.
    return re.compile(rf"\d{{1,2}}\.? (?:{months})(?!\w)(?:\S|[\u00a0\u202f])*|{UNBROKEN}")
