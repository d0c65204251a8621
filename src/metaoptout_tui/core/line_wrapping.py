"""Breaks lines for a terminal: at blanks, never within a word, an option such as `--person`, or a command in backquotes.

On a screen, where a path that is too long is broken in any case, it is broken behind its slashes.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from metaoptout_tui.core.text import display_width

UNBROKEN = r"`[^`\n]*`\S*|(?:\S|[\u00a0\u202f])+"
"""What stays on one line: a command with its backquotes, or a word. A blank that may not break is part of a word."""

_PIECES = re.compile(rf"([^\S\u00a0\u202f]*)({UNBROKEN})")


_NAMES_IN_PATH = re.compile(r"[^/\\]*[/\\]+|[^/\\]+")


def breaks_in_paths(text: str, width: int) -> Iterator[int]:
    """The places in a text at which paths that are wider than a line are to be broken: behind a slash."""
    for word in re.finditer(r"\S*[/\\]\S*", text):
        if display_width(word[0]) <= width:
            continue
        line_start = word.start()
        for name in _NAMES_IN_PATH.finditer(text, word.start(), word.end()):
            if name.start() > line_start and display_width(text[line_start : name.end()]) > width:
                line_start = name.start()
                yield line_start


def parts_of_long_paths(text: str, width: int) -> list[str]:
    """A text, parted where `breaks_in_paths` says."""
    places = [0, *breaks_in_paths(text, width), len(text)]
    return [text[start:end] for start, end in pairwise(places)]


def wrap_line(line: str, width: int) -> list[str]:
    """The lines of one line, as wide as `width` at most but for what stays whole; each begins as far in as the first.

    Several blanks between two words, as between columns, stay as they are.
    """
    if display_width(line) <= width:
        return [line]
    indent = line[: len(line) - len(line.lstrip(" "))]
    lines, current = [], ""
    for blanks, piece in _PIECES.findall(line):
        longer = f"{current}{blanks}{piece}"
        if current.strip() and display_width(longer) > width:
            lines.append(current)
            current = f"{indent}{piece}"
        else:
            current = longer
    return [*lines, current]


def wrap_text(text: str, width: int) -> str:
    """A text with each of its lines broken as above."""
    return "\n".join(part for line in text.split("\n") for part in wrap_line(line, width))
