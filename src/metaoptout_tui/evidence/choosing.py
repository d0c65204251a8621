"""Which files may a person mean? Folders, texts and zips, as a path is typed."""

import os
from itertools import islice
from pathlib import Path
from typing import NamedTuple

MOST_ENTRIES = 20_000
"""Entries of a folder that are looked at to complete a path."""

_SUFFIXES = (".txt", ".zip")


class Completion(NamedTuple):
    """A typed path as far as it can only go on in one way, and the names it may go on with where there are several."""

    typed: str
    names: tuple[str, ...] = ()


def may_hold_chats(path: Path) -> bool:
    """Whether it is a folder, a text or a zip that is not hidden. False for what cannot be looked at."""
    try:
        return not path.name.startswith(".") and (path.name.lower().endswith(_SUFFIXES) or path.is_dir())
    except OSError:
        return False


def is_there(path: str) -> bool:
    """Whether there is something at a path, `~` being the person's home."""
    try:
        return Path(path).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False


def complete(typed: str) -> Completion:
    """Go on with a path as far as the folder it is in leaves no choice."""
    begun = typed.rpartition("/")[2]
    start = typed[: len(typed) - len(begun)]
    if typed == "~":
        return Completion("~/")
    names = _names(start or ".", begun)
    if not names:
        return Completion(typed)
    longest = _common(names)
    fitting = longest if len(longest) >= len(begun) else begun
    return Completion(start + fitting, tuple(names) if len(names) > 1 else ())


def _common(names: list[str]) -> str:
    """The beginning that all of them share."""
    first, last = min(names), max(names)
    differs = (at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1])
    return first[: next(differs, min(len(first), len(last)))]


def _names(folder: str, begun: str) -> list[str]:
    """The names in a folder that go on as begun; a folder's with its `/`. Capitals count only where they decide."""
    found: list[str] = []
    try:
        with os.scandir(Path(folder).expanduser()) as entries:
            for entry in islice(entries, MOST_ENTRIES):
                if entry.name.startswith(".") and not begun.startswith("."):
                    continue
                if not entry.name.casefold().startswith(begun.casefold()):
                    continue
                if entry.is_dir():
                    found.append(f"{entry.name}/")
                elif entry.name.lower().endswith(_SUFFIXES):
                    found.append(entry.name)
    except (OSError, ValueError, RuntimeError):
        return []
    exact = [name for name in found if name.startswith(begun)]
    return sorted(exact or found)
