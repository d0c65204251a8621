"""Reads and prints lines: the terminal as plain mode knows it, without a cursor, colours or a size in rows."""

import re
from collections.abc import Callable
from typing import NamedTuple

from metaoptout_tui.core.text import display_width

MAX_COLUMNS, MIN_COLUMNS = 80, 20

_SPOKEN_SIGNS = {" → ": ", then ", " · ": "; ", "→": ", then ", "·": ";", "…": "..."}
"""Signs that a screen reader passes over or reads by a long name, with what stands in their place."""


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
    for sign, words in _SPOKEN_SIGNS.items():
        statement = statement.replace(sign, words)
    return statement


def wrap_statement(words: str, width: int) -> list[str]:
    """The lines of a statement, broken at blanks; a word that is longer, such as an address, stays whole on its line.

    A day keeps its month, so that no line ends with a number alone.
    """
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in _WORDS.findall(paragraph):
            longer = f"{line} {word}" if line else word
            if line and display_width(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def ended(words: str) -> str:
    """A sentence with its full stop, unless it ends with a sign of its own."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


_WORDS = re.compile(r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b\S*|\S+")
