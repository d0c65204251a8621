"""Reads TOML of the simplest form, as this program writes it, in a quarter of the time that `tomllib` takes.

A record of a hundred accounts is read before anything is shown. Whatever is of any other form, or wrong, is left to
`tomllib`: so nothing is read here that `tomllib` would read otherwise or refuse.
"""

from collections.abc import Iterator
from datetime import date, datetime

_CONTROL_CHARACTERS = (*map(chr, range(0x09)), *map(chr, range(0x0B, 0x20)), "\x7f")
"""What TOML allows nowhere; a tab may stand in a text or a comment."""
_LONG_QUOTES = '"""'
_MAX_HEADER_PARTS = 4
_MAX_DIGITS = 18
_BOOLEANS = {"true": True, "false": False}


class _NotSimple(Exception):
    """A part of the document is not of the simplest form."""


def parse_simple_toml(text: str) -> dict[str, object] | None:
    """The document as `tomllib` reads it; None where a part of it is not of the simplest form, right or wrong.

    `text` has plain line feeds. Of the simplest form is an empty line, a comment, a header of bare names, of which the
    last may be in quotes, and a bare name with one value that is neither a list nor an inline table.
    """
    if any(character in text for character in _CONTROL_CHARACTERS):
        return None
    try:
        return _parse_lines(iter(text.split("\n")))
    except _NotSimple:
        return None


def _parse_lines(lines: Iterator[str]) -> dict[str, object]:
    document: dict[str, object] = {}
    table = document
    bare_names: set[str] = set()
    for line in lines:
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            table = _open_table(document, line)
            continue
        name, equals, value = line.partition(" = ")
        if name not in bare_names:
            if not _is_bare(name):
                raise _NotSimple
            bare_names.add(name)
        if not equals or name in table:
            raise _NotSimple
        words = value[1:-1]
        if value[:1] == value[-1:] == '"' and '"' not in words and "\\" not in words and len(value) > 1:
            table[name] = words
        elif value == _LONG_QUOTES:
            table[name] = _parse_long_text(lines)
        else:
            table[name] = _parse_value(value)
    return document


def _is_bare(name: str) -> bool:
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum()


def _open_table(document: dict[str, object], header: str) -> dict[str, object]:
    """The new table of a header, put in its place. The tables around it need not be there."""
    is_item = header.startswith("[[")
    brackets = 2 if is_item else 1
    if not header.endswith("]" * brackets):
        raise _NotSimple
    *parents, name = _header_parts(header[brackets:-brackets])
    around = document
    for parent in parents:
        inner = around.setdefault(parent, {})
        if isinstance(inner, list):
            inner = inner[-1]
        if not isinstance(inner, dict):
            raise _NotSimple
        around = inner
    table: dict[str, object] = {}
    items = around.setdefault(name, [] if is_item else table)
    if is_item and isinstance(items, list):
        items.append(table)
    elif items is not table:
        raise _NotSimple
    return table


def _header_parts(path: str) -> list[str]:
    bare, quote, quoted = path.partition('."')
    parts = bare.split(".")
    if not all(map(_is_bare, parts)) or len(parts) >= _MAX_HEADER_PARTS:
        raise _NotSimple
    if not quote:
        return parts
    name = quoted[:-1]
    if quoted[-1:] != '"' or '"' in name or "\\" in name:
        raise _NotSimple
    return [*parts, name]


def _parse_long_text(lines: Iterator[str]) -> object:
    """The text between three quotes at the end of a line and the next three, which must end their line."""
    parts: list[str] = []
    for line in lines:
        end = line.find(_LONG_QUOTES)
        if end < 0:
            parts.append(line)
        elif end == len(line) - len(_LONG_QUOTES):
            parts.append(line[:end])
            words = "\n".join(parts)
            return words if "\\" not in words else _parse_by_tomllib(f"{_LONG_QUOTES}\n{words}{_LONG_QUOTES}")
        else:
            raise _NotSimple
    raise _NotSimple


def _parse_value(value: str) -> object:
    """A moment with its offset, a day, a number, true or false; any other value by `tomllib`."""
    try:
        if len(value) == len("2026-11-20 14:09:00+01:00") and _is_shaped_as_moment(value):
            return datetime.fromisoformat(value)
        if len(value) == len("2026-11-20") and value[4] == value[7] == "-":
            return date.fromisoformat(value)
    except ValueError:
        raise _NotSimple from None
    if value.isdecimal() and value.isascii() and len(value) <= _MAX_DIGITS and (value[0] != "0" or value == "0"):
        return int(value)
    return _BOOLEANS[value] if value in _BOOLEANS else _parse_by_tomllib(value)


def _is_shaped_as_moment(value: str) -> bool:
    """Whether the signs stand where they belong, and hours and minutes are none that only `fromisoformat` takes."""
    signs = value[4] + value[7] + value[10] + value[13] + value[16] + value[22]
    is_in_range = value[11:13] < "24" and value[20:22] < "24" and value[23] < "6"
    return signs in ("-- :::", "--T:::") and value[19] in "+-" and is_in_range


def _parse_by_tomllib(value: str) -> object:
    if value[:1] in ("[", "{"):  # it may have names, which the caller bounds
        raise _NotSimple
    import tomllib

    try:
        return tomllib.loads(f"value = {value}")["value"]
    except (tomllib.TOMLDecodeError, ValueError, OverflowError):
        raise _NotSimple from None
