"""The path of a file as it was typed, pasted or dropped on a terminal: quoted, escaped, as `file://`, or plain."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from metaoptout_tui.core.errors import InputRefused

MOST_LOOKED_AT = 5_000
_ESCAPED = re.compile(r"\\(.)")
_HERE = frozenset({"", "localhost"})


def path_of(typed: str) -> Path:
    """The file that is meant. Nothing is opened. Raises InputRefused for nothing, and for more than one."""
    words = typed.strip()
    lines = [each.strip() for each in words.splitlines() if each.strip()]
    if not lines:
        raise InputRefused("Write or drop the path of a file.")
    if len(lines) > 1:
        raise InputRefused("That is more than one file. Add one at a time.")
    words = _unquoted(words)
    if words.casefold().startswith("file:"):
        return _of_url(words)
    plain = _at_home(words)
    # A terminal escapes the blanks of what is dropped on it; a name may also have a backslash in it.
    if "\\" in words and os.name != "nt" and not _is_there(plain):
        return _at_home(_ESCAPED.sub(r"\1", words))
    return plain


def completion(typed: str) -> str:
    """What was typed, completed as far as the files there leave no choice; as it was where there is nothing to add.

    A folder is followed by its separator.
    """
    words = _unquoted(typed.strip())
    if not words or words.casefold().startswith("file:"):
        return typed
    folder, start = os.path.split(words)
    found = []
    try:
        with os.scandir(_at_home(folder or ".")) as entries:
            for seen, entry in enumerate(entries):
                if seen == MOST_LOOKED_AT:
                    return typed
                if entry.name.startswith(start) and (start.startswith(".") or not entry.name.startswith(".")):
                    found.append(entry.name + (os.sep if entry.is_dir() else ""))
    except (OSError, ValueError):
        return typed
    common = os.path.commonprefix(found)  # noqa: RUF071 - by letters is what a completion is
    return os.path.join(folder, common) if len(common) > len(start) else typed  # noqa: PTH118 - a text, as typed


def _at_home(words: str) -> Path:
    """A path with its `~` as the home folder; one of a person who is not known here as it stands."""
    return Path(os.path.expanduser(words))  # noqa: PTH111 - Path.expanduser raises for such a person


def _unquoted(words: str) -> str:
    if len(words) > 1 and words[0] == words[-1] and words[0] in "'\"":
        # The two ways in which a shell is told of an apostrophe within quotes.
        return words[1:-1].replace("'\\''", "'").replace("'\"'\"'", "'")
    return words


def _of_url(url: str) -> Path:
    try:
        parts = urlsplit(url)
        host = (parts.netloc or "").casefold()
    except ValueError:
        host = "unreadable"
    if host not in _HERE:
        raise InputRefused("That is a file on another computer. Copy it here first.")
    path = unquote(parts.path)
    return Path(path[1:] if re.match(r"/[A-Za-z]:", path) else path)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
