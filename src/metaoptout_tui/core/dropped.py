"""Paths out of what a person pastes or drops on the terminal: quoted, escaped, or as file:// addresses, one or several."""

from collections.abc import Callable
from urllib.parse import unquote

_QUOTES = "'\""
_SCHEME = "file://"


def dropped_paths(words: str, is_there: Callable[[str], bool], *, escapes: bool = True) -> tuple[str, ...]:
    r"""The paths in some words, in their order.

    A line that names something that `is_there` is one path, blanks and all, for a typed path is rarely quoted. Elsewhere
    blanks part paths as in a shell: not within quotes, nor behind a `\` where `escapes` (which Windows has in its paths).
    """
    found: list[str] = []
    for line in words.splitlines():
        whole = line.strip()
        if not whole:
            continue
        plain = _from_address(whole)
        found.extend([plain] if is_there(plain) else map(_from_address, _parted(whole, escapes=escapes)))
    return tuple(dict.fromkeys(path for path in found if path))


def _from_address(path: str) -> str:
    """A `file://` address as a path, without the host that some programs write; any other path as it is."""
    if not path.lower().startswith(_SCHEME):
        return path
    host, slash, rest = path[len(_SCHEME) :].partition("/")
    plain = unquote(f"/{rest}" if slash else host)
    has_drive = len(plain) > len("/C:") and plain[2] == ":" and plain[1].isalpha()
    return plain[1:] if has_drive else plain


def _parted(line: str, *, escapes: bool) -> list[str]:
    parts, part, quote, escaped = [], "", "", False
    for character in line:
        if escaped:
            part, escaped = part + character, False
        elif escapes and character == "\\" and quote != "'":
            escaped = True
        elif quote:
            part, quote = (part, "") if character == quote else (part + character, quote)
        elif character in _QUOTES:
            quote = character
        elif character.isspace():
            parts.append(part)
            part = ""
        else:
            part += character
    if escaped:
        part += "\\"
    return [each for each in (*parts, part) if each]
