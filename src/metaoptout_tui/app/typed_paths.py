"""Parses and completes file paths that a person types, pastes or drops on the terminal.

Such a path may be quoted, escaped with backslashes, a `file://` URL, or plain with blanks in it. Nothing is opened
here.
"""

import os
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from metaoptout_tui.core.errors import InputRefused

_QUOTE_CHARACTERS = "'\""
_FILE_SCHEME = "file://"


def parse_pasted_paths(words: str, is_there: Callable[[str], bool], *, escapes: bool = True) -> tuple[str, ...]:
    r"""The paths in some words, in their order.

    A line that names something that `is_there` is one path, blanks and all, for a typed path is rarely quoted. Elsewhere
    blanks part paths as in a shell: not within quotes, nor behind a `\` where `escapes` (which Windows has in its paths).
    """
    found: list[str] = []
    for line in words.splitlines():
        whole = line.strip()
        if not whole:
            continue
        plain = _strip_file_scheme(whole)
        found.extend(
            [plain] if is_there(plain) else map(_strip_file_scheme, _split_like_a_shell(whole, escapes=escapes))
        )
    return tuple(dict.fromkeys(path for path in found if path))


def _strip_file_scheme(path: str) -> str:
    """A `file://` address as a path, without the host that some programs write; any other path as it is."""
    if not path.lower().startswith(_FILE_SCHEME):
        return path
    host, slash, rest = path[len(_FILE_SCHEME) :].partition("/")
    plain = unquote(f"/{rest}" if slash else host)
    has_drive = len(plain) > len("/C:") and plain[2] == ":" and plain[1].isalpha()
    return plain[1:] if has_drive else plain


def _split_like_a_shell(line: str, *, escapes: bool) -> list[str]:
    parts, part, quote, escaped = [], "", "", False
    for character in line:
        if escaped:
            part, escaped = part + character, False
        elif escapes and character == "\\" and quote != "'":
            escaped = True
        elif quote:
            part, quote = (part, "") if character == quote else (part + character, quote)
        elif character in _QUOTE_CHARACTERS:
            quote = character
        elif character.isspace():
            parts.append(part)
            part = ""
        else:
            part += character
    if escaped:
        part += "\\"
    return [each for each in (*parts, part) if each]


MAX_ENTRIES_FOR_FILE_PATH = 5_000
_BACKSLASH_ESCAPE = re.compile(r"\\(.)")
_LOCAL_HOSTS = frozenset({"", "localhost"})


def parse_file_path(typed: str) -> Path:
    """The file that is meant. Nothing is opened. Raises InputRefused for nothing, and for more than one."""
    words = typed.strip()
    lines = [each.strip() for each in words.splitlines() if each.strip()]
    if not lines:
        raise InputRefused("Write or drop the path of a file.")
    if len(lines) > 1:
        raise InputRefused("That is more than one file. Add one at a time.")
    words = _strip_quotes(words)
    if words.casefold().startswith("file:"):
        return _path_of_file_url(words)
    plain = _expand_home(words)
    # A terminal escapes the blanks of what is dropped on it; a name may also have a backslash in it.
    if "\\" in words and os.name != "nt" and not _exists(plain):
        return _expand_home(_BACKSLASH_ESCAPE.sub(r"\1", words))
    return plain


def complete_file_path(typed: str) -> str:
    """What was typed, completed as far as the files there leave no choice; as it was where there is nothing to add.

    A folder is followed by its separator.
    """
    words = _strip_quotes(typed.strip())
    if not words or words.casefold().startswith("file:"):
        return typed
    folder, start = os.path.split(words)
    found = []
    try:
        with os.scandir(_expand_home(folder or ".")) as entries:
            for seen, entry in enumerate(entries):
                if seen == MAX_ENTRIES_FOR_FILE_PATH:
                    return typed
                if entry.name.startswith(start) and (start.startswith(".") or not entry.name.startswith(".")):
                    found.append(entry.name + (os.sep if entry.is_dir() else ""))
    except (OSError, ValueError):
        return typed
    common = os.path.commonprefix(found)  # noqa: RUF071 - by letters is what a completion is
    return os.path.join(folder, common) if len(common) > len(start) else typed  # noqa: PTH118 - a text, as typed


def _expand_home(words: str) -> Path:
    """A path with its `~` as the home folder; one of a person who is not known here as it stands."""
    return Path(os.path.expanduser(words))  # noqa: PTH111 - Path.expanduser raises for such a person


def _strip_quotes(words: str) -> str:
    if len(words) > 1 and words[0] == words[-1] and words[0] in "'\"":
        # The two ways in which a shell is told of an apostrophe within quotes.
        return words[1:-1].replace("'\\''", "'").replace("'\"'\"'", "'")
    return words


def _path_of_file_url(url: str) -> Path:
    try:
        parts = urlsplit(url)
        host = (parts.netloc or "").casefold()
    except ValueError:
        host = "unreadable"
    if host not in _LOCAL_HOSTS:
        raise InputRefused("That is a file on another computer. Copy it here first.")
    path = unquote(parts.path)
    return Path(path[1:] if re.match(r"/[A-Za-z]:", path) else path)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


MAX_ENTRIES_FOR_CHAT_PATH = 20_000
"""Entries of a folder that are looked at to complete a path."""

_CHAT_SUFFIXES = (".txt", ".zip")


class PathCompletion(NamedTuple):
    """A typed path as far as it can only go on in one way, and the names it may go on with where there are several."""

    path: str
    candidates: tuple[str, ...] = ()


def may_hold_chats(path: Path) -> bool:
    """Whether it is a folder, a text or a zip that is not hidden. False for what cannot be looked at."""
    try:
        return not path.name.startswith(".") and (path.name.lower().endswith(_CHAT_SUFFIXES) or path.is_dir())
    except OSError:
        return False


def path_exists(path: str) -> bool:
    """Whether there is something at a path, `~` being the person's home."""
    try:
        return Path(path).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False


def complete_chat_path(typed: str) -> PathCompletion:
    """Go on with a path as far as the folder it is in leaves no choice."""
    begun = typed.rpartition("/")[2]
    start = typed[: len(typed) - len(begun)]
    if typed == "~":
        return PathCompletion("~/")
    names = _matching_names(start or ".", begun)
    if not names:
        return PathCompletion(typed)
    longest = _common_prefix(names)
    fitting = longest if len(longest) >= len(begun) else begun
    return PathCompletion(start + fitting, tuple(names) if len(names) > 1 else ())


def _common_prefix(names: list[str]) -> str:
    """The beginning that all of them share."""
    first, last = min(names), max(names)
    differs = (at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1])
    return first[: next(differs, min(len(first), len(last)))]


def _matching_names(folder: str, begun: str) -> list[str]:
    """The names in a folder that go on as begun; a folder's with its `/`. Capitals count only where they decide."""
    found: list[str] = []
    try:
        with os.scandir(Path(folder).expanduser()) as entries:
            for entry in islice(entries, MAX_ENTRIES_FOR_CHAT_PATH):
                if entry.name.startswith(".") and not begun.startswith("."):
                    continue
                if not entry.name.casefold().startswith(begun.casefold()):
                    continue
                if entry.is_dir():
                    found.append(f"{entry.name}/")
                elif entry.name.lower().endswith(_CHAT_SUFFIXES):
                    found.append(entry.name)
    except (OSError, ValueError, RuntimeError):
        return []
    exact = [name for name in found if name.startswith(begun)]
    return sorted(exact or found)
