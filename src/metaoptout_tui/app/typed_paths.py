"""Parses and completes file paths that a person types, pastes or drops on the terminal.

Such a path may be quoted, escaped with backslashes, a `file://` URL, or plain with blanks in it. Nothing is opened
here.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from metaoptout_tui.core.chats.scan_summary import CHAT_FILE_SUFFIXES
from metaoptout_tui.core.errors import InputRefused

MAX_ENTRIES = 20_000
"""Entries of a folder that are looked at to complete a path."""

_QUOTE_CHARACTERS = "'\""
_LOCAL_HOSTS = frozenset({"", "localhost"})
_HAS_ESCAPES = os.name != "nt"
"""Whether a backslash escapes the next character; Windows has it between folders."""


def path_exists(path: str) -> bool:
    """Whether there is something at a path, `~` being the person's home."""
    try:
        return Path(path).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False


def parse_pasted_paths(
    typed: str, is_there: Callable[[str], bool] = path_exists, *, escapes: bool = _HAS_ESCAPES
) -> tuple[str, ...]:
    r"""The paths in some words, in their order, each once; `~` stays as it is written.

    A line that names something that `is_there` is one path, blanks and all, for a typed path is rarely quoted. Elsewhere
    blanks part paths as in a shell: not within quotes, nor behind a `\` where `escapes`. Raises InputRefused for a file
    on another computer.
    """
    paths = [path for line in typed.splitlines() for path in _paths_in_line(line.strip(), is_there, escapes=escapes)]
    return tuple(dict.fromkeys(path for path in paths if path))


def parse_file_path(typed: str) -> Path:
    """The one file that is meant. Raises InputRefused for nothing, for more than one, and for one on another computer."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not lines:
        raise InputRefused("Write or drop the path of a file.")
    if len(lines) > 1:
        raise InputRefused("That is more than one file. Add one at a time.")
    line = lines[0]
    paths = _paths_in_line(line, path_exists, escapes=_HAS_ESCAPES)
    # Quotes and blanks that no shell would take are part of the name.
    is_shell_word = len(paths) == 1 and (line[0] in _QUOTE_CHARACTERS or "\\" in line)
    return _expand_home(paths[0] if is_shell_word else _strip_file_scheme(line))


def _paths_in_line(line: str, is_there: Callable[[str], bool], *, escapes: bool) -> list[str]:
    whole = _strip_file_scheme(line)
    if whole and is_there(whole):
        return [whole]
    return [_strip_file_scheme(part) for part in _split_like_a_shell(line, escapes=escapes)]


def _strip_file_scheme(path: str) -> str:
    """A `file:` URL as a path, any other path as it is. Raises InputRefused for a file on another computer."""
    if not path.casefold().startswith("file:"):
        return path
    plain = path[len("file:") :]
    if plain.startswith("//"):
        host, slash, rest = plain[2:].partition("/")
        if host.casefold() not in _LOCAL_HOSTS:
            raise InputRefused("That is a file on another computer. Copy it here first.")
        plain = slash + rest
    plain = unquote(plain)
    return plain[1:] if re.match(r"/[A-Za-z]:", plain) else plain


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


def _expand_home(path: str) -> Path:
    """A path with its `~` as the home folder; one of a person who is not known here as it stands."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises for such a person


class PathCompletion(NamedTuple):
    """A typed path as far as it can only go on in one way, and the names it may go on with where there are several."""

    path: str
    candidates: tuple[str, ...] = ()


def complete_path(typed: str, suffixes: tuple[str, ...] = ()) -> PathCompletion:
    """Go on with a path as far as the folder it is in leaves no choice; as it was typed where there is nothing to add.

    With `suffixes` only files that end in one of them count, and folders, which are followed by their separator.
    """
    words = _strip_quotes(typed)
    if words == "~":
        return PathCompletion(f"~{os.sep}")
    if not words or words.casefold().startswith("file:"):
        return PathCompletion(typed)
    begun = os.path.basename(words)  # noqa: PTH119 - Path.name drops a slash at the end
    start = words[: len(words) - len(begun)]
    names = _matching_names(start or ".", begun, suffixes)
    longest = os.path.commonprefix(names)  # noqa: RUF071 - by letters is what a completion is
    is_longer = len(longest) >= len(begun) and longest != begun
    return PathCompletion(start + longest if is_longer else typed, tuple(names) if len(names) > 1 else ())


def _matching_names(folder: str, begun: str, suffixes: tuple[str, ...]) -> list[str]:
    """The names in a folder that go on as begun, none in a huge folder. Capitals count only where they decide."""
    found: list[str] = []
    try:
        with os.scandir(_expand_home(folder)) as entries:
            for seen, entry in enumerate(entries):
                if seen == MAX_ENTRIES:
                    return []
                if entry.name.startswith(".") and not begun.startswith("."):
                    continue
                if not entry.name.casefold().startswith(begun.casefold()):
                    continue
                if entry.is_dir():
                    found.append(f"{entry.name}{os.sep}")
                elif not suffixes or entry.name.lower().endswith(suffixes):
                    found.append(entry.name)
    except (OSError, ValueError):
        return []
    exact = [name for name in found if name.startswith(begun)]
    return sorted(exact or found)


def _strip_quotes(typed: str) -> str:
    words = typed.strip()
    return words[1:-1] if len(words) > 1 and words[0] == words[-1] and words[0] in _QUOTE_CHARACTERS else typed.lstrip()


def may_hold_chats(path: Path) -> bool:
    """Whether it is a folder, a text or a zip that is not hidden. False for what cannot be looked at."""
    try:
        return not path.name.startswith(".") and (path.name.lower().endswith(CHAT_FILE_SUFFIXES) or path.is_dir())
    except OSError:
        return False
