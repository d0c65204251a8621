"""Words in few lines: parted at blanks and never inside a date; where they are too many, a name gives way first."""

import re
from collections.abc import Iterable

from metaoptout_tui.core.text import cells, elided

_BLANK = re.compile(r" (?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b)(?!20\d\d\b)")
_SHORTEST = 6
"""Columns of a name that are left of it in any case."""


def folded(words: str, width: int, most: int) -> list[str]:
    """`words` in at most so many lines of `width` columns, parted at blanks; what is left over is cut off the last one."""
    lines: list[str] = []
    line = ""
    for word in _BLANK.split(words):
        longer = f"{line} {word}" if line else word
        if line and cells(longer) > width and len(lines) + 1 < most:
            lines.append(elided(line, width))
            line = word
        else:
            line = longer
    return [*lines, elided(line, width)]


def fitted(words: str, names: Iterable[str], width: int, most: int) -> list[str]:
    """The same, but where not all has room, `names` that stand in the words are shortened, if that makes room for the rest."""
    lines = folded(words, width, most)
    shorter = words
    for name in sorted(names, key=cells, reverse=True):
        room, shown = cells(name), name
        while not _is_whole(shorter, width, most) and room > _SHORTEST:
            room -= 1
            before, shown = shown, elided(name, room)
            shorter = shorter.replace(before, shown, 1)
    return folded(shorter, width, most) if _is_whole(shorter, width, most) else lines


def _is_whole(words: str, width: int, most: int) -> bool:
    return " ".join(folded(words, width, most)) == words
