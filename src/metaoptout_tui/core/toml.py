"""Parses TOML that a person may have edited, within bounds, and reports errors by line and column.

`tomllib` alone is not enough for a file from elsewhere: deeply nested brackets raise RecursionError, a number of 5,000 digits
a plain ValueError, and a key with 50,000 dots takes a minute.
"""

import re
import tomllib
from collections.abc import Callable, Iterator

from metaoptout_tui.core.errors import StorageError

TomlPath = tuple[str | int, ...]
"""The way to a value: `("account", 1, "event", 0, "at")`, lists counted from 0."""

MAX_KEY_PARTS = 16

_KEY_PATTERN = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\[^\n]?)*+"?|'[^'\n]*+'?)"""
# Possessive throughout, and a string that is never closed ends with its line or the file: so time is linear in the text.
_TOKEN = (
    r'''(?s)(?P<long>"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\\?\Z)|\'\'\'(?:[^']|'(?!''))*+(?:'{3,5}|\Z))'''
    rf"|(?P<comment>\#[^\n]*+)|(?P<key>{_KEY_PATTERN}(?:[ \t]*+\.[ \t]*+{_KEY_PATTERN})*+)|(?P<sign>[\[\]{{}}=\n])"
)

# What tomllib says (its words are the same from 3.11 to 3.14, but for a prefix), what that means, what would be right.
_EXPLANATIONS = (
    ("Invalid value", "the value cannot be read", 'text in "quotes", a date, a number, true or false'),
    (
        "Invalid date",
        "there is no such date or time",
        "a date like 2026-11-20 or a time like 2026-11-20T14:09:00+01:00",
    ),
    ("Invalid statement", "this is not a line of TOML", 'name = "value", a [table], or a # comment'),
    ("Invalid initial character", "a name cannot begin like this", 'letters, digits, - and _, or a "quoted name"'),
    ("Expected '=' after a key", "there is no = between the name and its value", 'name = "value"'),
    ("Expected newline", "something follows the value on the same line", "one value to a line; # before a comment"),
    ("Expected ']'", "the bracket of the table's name is not closed", "[table] or [[table]]"),
    ("Expected \"'", "the text is not closed", "as many ' at its end as at its beginning"),
    ("Unterminated string", "the text is not closed", 'a second " at its end'),
    (
        "Illegal character",
        "a line ends, or a control character stands, inside a text",
        'a second " at the end of the text',
    ),
    (r"Found invalid character '\n'", "the text is not closed", "as many ' at its end as at its beginning"),
    ("Found invalid character", "a control character stands here", "visible text"),
    ("Unescaped", "a single backslash stands in the text", "\\\\ for each backslash"),
    ("Invalid hex", "the code after the backslash is not a number", "four hexadecimal digits after \\u"),
    ("Escaped character", "the code after the backslash is no character", "four hexadecimal digits after \\u"),
    ("Unclosed array", "the list is not closed", "a ] at its end"),
    ("Unclosed inline table", "the table is not closed", "a } at its end"),
    ("Cannot overwrite", "this name stands twice in the same table", "each name once"),
    ("Duplicate inline", "this name stands twice in the same table", "each name once"),
    ("Cannot declare", "this table stands twice", "[[double brackets]] for one of several"),
    ("Cannot mutate", "this adds to a table that is closed already", "all its names in one place"),
    ("Cannot redefine", "this adds to a table that is closed already", "all its names in one place"),
)
_ERROR_POSITION = r"\(at (?:line (\d+), column (\d+)|end of document)\)$"


class MalformedFile(StorageError):
    """A file that is there and cannot be understood; `line` and `column` count from 1, `key` is the name in question."""

    def __init__(
        self, what: str, *, line: int | None = None, column: int | None = None, key: str = "", expected: str = ""
    ) -> None:
        super().__init__(
            f"{what} Expected: {expected}." if expected else what,
            kept="The file was left as it is.",
            todo="Put it right in a text editor, then start again.",
        )
        self.line = line
        self.column = column
        self.key = key
        self.expected = expected


def malformed_at(
    name: str, problem: str, *, line: int | None = None, column: int | None = None, key: str = "", expected: str = ""
) -> MalformedFile:
    """The error that says where in the file `name` the problem is: `progress.toml, line 12, column 8: …`."""
    place = ", ".join(
        (name, *([f"line {line}"] if line is not None else []), *([f"column {column}"] if column is not None else []))
    )
    about = f"{key}: {problem}" if key else problem
    return MalformedFile(f"{place}: {about}.", line=line, column=column, key=key, expected=expected)


def parse_toml(data: bytes, name: str) -> dict[str, object]:
    """The document in `data`; `name` is what the file is called in errors. Raises MalformedFile and nothing else."""
    text = decode_toml(data, name)
    _check_key_parts(text, name)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _explain_error(str(error), text, name) from error
    except RecursionError as error:
        raise malformed_at(name, "brackets are nested too deeply", expected="at most a few levels") from error
    except (ValueError, OverflowError) as error:
        raise malformed_at(
            name,
            "a number or date is too large",
            line=_line_of_long_number(text),
            expected="a number of at most 19 digits",
        ) from error


def decode_toml(data: bytes, name: str) -> str:
    """The text in `data`, with the line ends that TOML knows and without a byte order mark. Raises MalformedFile."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise malformed_at(
            name, "this is not UTF-8 text", line=line, expected="a file that is saved as UTF-8"
        ) from error
    return text.replace("\r\n", "\n")


def line_of(text: str, where: TomlPath) -> int | None:
    """The line, from 1, on which the value at `where` is set, else that of what it would be in; None where nothing is.

    `text` is as `decode_toml` gives it. What stands in a list or table on one line is on the line of its name.
    """
    best, line = 0, None
    for path, at in _assignments(text):
        depth = len(path)
        if best < depth <= len(where) and where[:depth] == path:
            best, line = depth, at
            if depth == len(where):
                break
    return line


def line_finder(text: str) -> Callable[[TomlPath], int | None]:
    """`line_of` for many ways into the same text, which is gone through once."""
    lines = dict(_assignments(text))
    return lambda where: next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), None)


def format_toml_path(where: TomlPath) -> str:
    """The way to a value as a person counts: `account[2].event[1].at`."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{_quote_key(part)}" for part in where).removeprefix(
        "."
    )


def _explain_error(said: str, text: str, name: str) -> MalformedFile:
    place = re.search(_ERROR_POSITION, said)
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    else:
        # The end of the file is where a text that was not closed is missed, not where it was opened.
        at = next((token.start() for token in re.finditer(_TOKEN, text) if _is_unterminated(token)), len(text))
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    problem, expected = next(
        ((problem, expected) for start, problem, expected in _EXPLANATIONS if said.startswith(start)),
        ("this is not TOML", ""),
    )
    return malformed_at(name, problem, line=line, column=column, expected=expected)


def _check_key_parts(text: str, name: str) -> None:
    # A key cannot pass a line's end, so only a line with many dots can hold one that is too long.
    if all(each.count(".") < MAX_KEY_PARTS for each in text.split("\n")):
        return
    for token in re.finditer(_TOKEN, text):
        if token.lastgroup == "key" and len(re.findall(_KEY_PATTERN, token[0])) > MAX_KEY_PARTS:
            line = text.count("\n", 0, token.start()) + 1
            expected = f"at most {MAX_KEY_PARTS}"
            raise malformed_at(name, "a name has too many parts with dots between", line=line, expected=expected)


def _is_unterminated(token: re.Match[str]) -> bool:
    """Whether the token is a text in quotes without an end."""
    found = token[0]
    if token.lastgroup == "long":
        return len(found) < len("""''''''""") or not found.endswith(found[:3])
    return token.lastgroup == "key" and found[0] in "'\"" and (len(found) == 1 or found[-1] != found[0])


def _line_of_long_number(text: str) -> int | None:
    match = re.search(r"(?<![0-9_])[0-9_]{1000}", text)
    return text.count("\n", 0, match.start()) + 1 if match else None


def _assignments(text: str) -> Iterator[tuple[TomlPath, int]]:
    """Each table header and each name that is given a value, as (way, line)."""
    lengths: dict[TomlPath, int] = {}
    base: TomlPath = ()
    brackets: str | None = ""  # of the header being read; None once the line is past its name
    depth, line = 0, 1
    parts: list[str] = []
    for token in re.finditer(_TOKEN, text):
        kind, found = token.lastgroup, token[0]
        if kind == "long":
            line += found.count("\n")
        elif found == "\n":
            line += 1
            if depth == 0:
                brackets, parts = "", []
        elif brackets is None:
            depth = max(0, depth + (found in ("[", "{")) - (found in ("]", "}"))) if kind == "sign" else depth
        elif kind == "key":
            parts = [_unquote_key(part) for part in re.findall(_KEY_PATTERN, found)]
        elif found == "[" and not parts:
            brackets += "["
        elif found == "]" and brackets and parts:
            base = _enter_table(lengths, tuple(parts), another=brackets == "[[")
            yield base, line
            brackets = None
        elif found == "=" and parts and not brackets:
            yield (*base, *parts), line
            brackets = None


def _enter_table(lengths: dict[TomlPath, int], parts: tuple[str, ...], *, another: bool) -> TomlPath:
    """The way that a header leads to, with the number of each list it goes through: its last, or `another` one."""
    way: TomlPath = ()
    for number, part in enumerate(parts, start=1):
        way = (*way, part)
        if another and number == len(parts):
            lengths[way] = lengths.get(way, 0) + 1
        if way in lengths:
            way = (*way, lengths[way] - 1)
    return way


def _unquote_key(part: str) -> str:
    if part[:1] not in ('"', "'"):
        return part
    if "\\" not in part or part[0] == "'":
        return part[1:-1] if part[-1:] == part[0] else part[1:]
    try:
        return str(tomllib.loads(f"name = {part}")["name"])
    except tomllib.TOMLDecodeError:
        return part


def _quote_key(part: str) -> str:
    return part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else f'"{part}"'
