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

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _

MAX_ENTRIES = 20_000
"""Entries up to which a folder is read to complete a path."""

_QUOTE_CHARACTERS = "'\""
_LOCAL_HOSTS = frozenset({"", "localhost"})
_HAS_ESCAPES = os.name != "nt"
"""Whether a backslash escapes the next character; on Windows it separates folders."""


def with_tilde(path: Path) -> str:
    """A path as people write it: with `~` where it is in the home folder."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home) if path.is_relative_to(home) else path)


def path_exists(path: str) -> bool:
    """Whether there is something at a path, which may begin with `~`."""
    try:
        return Path(path).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False


def parse_pasted_paths(
    typed: str, exists: Callable[[str], bool] = path_exists, *, escapes: bool = _HAS_ESCAPES
) -> tuple[str, ...]:
    r"""The paths in a text, in their order, each once; a `~` is kept.

    A line that is the path of something that `exists` is one path, with its blanks. Any other line is split at blanks
    as in a shell: not within quotes, nor after a `\` where `escapes`. Raises InputRefused for a file on another
    computer.
    """
    paths = [path for line in typed.splitlines() for path in _paths_in_line(line.strip(), exists, escapes=escapes)]
    return tuple(dict.fromkeys(path for path in paths if path))


def parse_file_path(typed: str) -> Path:
    """The path of one file. Raises InputRefused for none, for several, and for a file on another computer."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not lines:
        raise InputRefused(_("Write or drop the path of a file."))
    if len(lines) > 1:
        raise InputRefused(_("That is more than one file. Add one at a time."))
    line = lines[0]
    paths = _paths_in_line(line, path_exists, escapes=_HAS_ESCAPES)
    # Quotes and blanks that no shell would take are part of the name.
    is_shell_word = len(paths) == 1 and (line[0] in _QUOTE_CHARACTERS or "\\" in line)
    return _expand_home(paths[0] if is_shell_word else _strip_file_scheme(line))


def _paths_in_line(line: str, exists: Callable[[str], bool], *, escapes: bool) -> list[str]:
    whole = _strip_file_scheme(line)
    if whole and exists(whole):
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
            raise InputRefused(_("That is a file on another computer. Copy it here first."))
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
    return [word for word in (*parts, part) if word]


def _expand_home(path: str) -> Path:
    """A path with its `~` as the home folder, or unchanged where the home folder is not known."""
    try:
        return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser would raise
    except ValueError:  # no user's name holds a null character
        return Path(path)


class PathCompletion(NamedTuple):
    """A typed path with all that can be completed, and the names to choose from where there are several."""

    path: str
    candidates: tuple[str, ...] = ()


def complete_path(typed: str, suffixes: tuple[str, ...] = ()) -> PathCompletion:
    """Complete a path as far as its folder leaves no choice; unchanged where there is nothing to add.

    With `suffixes` only files that end in one of them count, and folders, which get a separator at their end.
    """
    path = _strip_quotes(typed)
    if path == "~":
        return PathCompletion(f"~{os.sep}")
    if not path or path.casefold().startswith("file:"):
        return PathCompletion(typed)
    prefix = os.path.basename(path)  # noqa: PTH119 - Path.name drops a slash at the end
    start = path[: len(path) - len(prefix)]
    names = _matching_names(start or ".", prefix, suffixes)
    longest = os.path.commonprefix(names)  # noqa: RUF071 - by letters is what a completion is
    is_longer = len(longest) >= len(prefix) and longest != prefix
    return PathCompletion(start + longest if is_longer else typed, tuple(names) if len(names) > 1 else ())


def _matching_names(folder: str, prefix: str, suffixes: tuple[str, ...]) -> list[str]:
    """The names in a folder that begin with `prefix`, in its case if there are any; none in a huge folder."""
    names: list[str] = []
    try:
        with os.scandir(_expand_home(folder)) as entries:
            for count, entry in enumerate(entries):
                if count == MAX_ENTRIES:
                    return []
                if entry.name.startswith(".") and not prefix.startswith("."):
                    continue
                if not entry.name.casefold().startswith(prefix.casefold()):
                    continue
                if entry.is_dir():
                    names.append(f"{entry.name}{os.sep}")
                elif not suffixes or entry.name.lower().endswith(suffixes):
                    names.append(entry.name)
    except (OSError, ValueError):
        return []
    exact = [name for name in names if name.startswith(prefix)]
    return sorted(exact or names)


def _strip_quotes(typed: str) -> str:
    path = typed.strip()
    return path[1:-1] if len(path) > 1 and path[0] == path[-1] and path[0] in _QUOTE_CHARACTERS else typed.lstrip()


def is_folder_or_file(path: Path, suffixes: tuple[str, ...]) -> bool:
    """Whether it is a folder, or a file with one of these suffixes, and not hidden; False for what cannot be read."""
    try:
        return not path.name.startswith(".") and (path.name.lower().endswith(suffixes) or path.is_dir())
    except OSError:
        return False
