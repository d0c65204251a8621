"""Parses TOML that a person may have edited, within bounds, and reports errors by line and column.

`tomllib` alone is not enough for a file from elsewhere: deeply nested brackets raise RecursionError, a number of 5,000
digits a plain ValueError, and a key with 50,000 dots takes a minute.
"""

import re
import tomllib
from collections.abc import Callable, Iterator

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark

TomlPath = tuple[str | int, ...]
"""The keys and list indices that lead to a value: `("account", 1, "event", 0, "at")`."""

MAX_KEY_PARTS = 16

_KEY_PATTERN = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\[^\n]?)*+"?|'[^'\n]*+'?)"""
# Nothing is tried twice, and a string that is never closed ends with its line or the file: so time is linear in the text.
# Up to Python 3.11.4 a possessive group whose last turn fails inside a lookahead or after a repeat keeps what that turn
# had read; so the strings are spelled out without lookaheads, and dotted keys are an atomic group.
_TOKEN = (
    r'''(?s)(?P<long>"""(?:[^"\\]|\\.|"[^"\\]|"\\.|""[^"\\]|""\\.)*+(?:"{3,5}|"{0,2}\\?\Z)'''
    r"""|'''(?:[^']|'[^']|''[^'])*+(?:'{3,5}|'{0,2}\Z))"""
    rf"|(?P<comment>\#[^\n]*+)|(?P<key>(?>{_KEY_PATTERN}(?:[ \t]*+\.[ \t]*+{_KEY_PATTERN})*))|(?P<sign>[\[\]{{}}=\n])"
)

# How a message of tomllib begins (the same from 3.11 to 3.14), the problem in plain words, and what is expected.
_EXPLANATIONS = (
    ("Invalid value", mark("the value cannot be read"), mark('text in "quotes", a date, a number, true or false')),
    (
        "Invalid date",
        mark("there is no such date or time"),
        mark("a date like 2026-11-20 or a time like 2026-11-20T14:09:00+01:00"),
    ),
    ("Invalid statement", mark("this is not a line of TOML"), mark('name = "value", a [table], or a # comment')),
    (
        "Invalid initial character",
        mark("a name cannot begin like this"),
        mark('letters, digits, - and _, or a "quoted name"'),
    ),
    ("Expected '=' after a key", mark("there is no = between the name and its value"), 'name = "value"'),
    (
        "Expected newline",
        mark("something follows the value on the same line"),
        mark("one value to a line; # before a comment"),
    ),
    ("Expected ']'", mark("the bracket of the table's name is not closed"), "[table] or [[table]]"),
    ("Expected \"'", mark("the text is not closed"), mark("as many ' at its end as at its beginning")),
    ("Unterminated string", mark("the text is not closed"), mark('a second " at its end')),
    (
        "Illegal character",
        mark("a line ends, or a control character stands, inside a text"),
        mark('a second " at the end of the text'),
    ),
    (r"Found invalid character '\n'", mark("the text is not closed"), mark("as many ' at its end as at its beginning")),
    ("Found invalid character", mark("a control character stands here"), mark("visible text")),
    ("Unescaped", mark("a single backslash stands in the text"), mark("\\\\ for each backslash")),
    ("Invalid hex", mark("the code after the backslash is not a number"), mark("four hexadecimal digits after \\u")),
    (
        "Escaped character",
        mark("the code after the backslash is no character"),
        mark("four hexadecimal digits after \\u"),
    ),
    ("Unclosed array", mark("the list is not closed"), mark("a ] at its end")),
    ("Unclosed inline table", mark("the table is not closed"), mark("a } at its end")),
    ("Cannot overwrite", mark("this name stands twice in the same table"), mark("each name once")),
    ("Duplicate inline", mark("this name stands twice in the same table"), mark("each name once")),
    ("Cannot declare", mark("this table stands twice"), mark("[[double brackets]] for one of several")),
    ("Cannot mutate", mark("this adds to a table that is closed already"), mark("all its names in one place")),
    ("Cannot redefine", mark("this adds to a table that is closed already"), mark("all its names in one place")),
)
_ERROR_POSITION = r"\(at (?:line (\d+), column (\d+)|end of document)\)$"


class MalformedFile(StorageError):
    """A file that cannot be understood; `line` and `column` count from 1, `key` is the key in question."""

    def __init__(
        self, what: str, *, line: int | None = None, column: int | None = None, key: str = "", expected: str = ""
    ) -> None:
        super().__init__(
            f"{what} {_('Expected: {sample}.').format(sample=expected)}" if expected else what,
            kept=_("The file was left as it is."),
            todo=_("Put it right in a text editor, then start again."),
        )
        self.line = line
        self.column = column
        self.key = key
        self.expected = expected


def malformed_at(
    name: str, problem: str, *, line: int | None = None, column: int | None = None, key: str = "", expected: str = ""
) -> MalformedFile:
    """The error with the place of the problem in the file `name`: `progress.toml, line 12, column 8: …`."""
    place = ", ".join(
        (
            name,
            *([_("line {line}").format(line=line)] if line is not None else []),
            *([_("column {column}").format(column=column)] if column is not None else []),
        )
    )
    located_problem = f"{key}: {problem}" if key else problem
    return MalformedFile(f"{place}: {located_problem}.", line=line, column=column, key=key, expected=expected)


def parse_toml(data: bytes, name: str) -> dict[str, object]:
    """The document in `data`; `name` is what the file is called in errors. Raises MalformedFile and nothing else."""
    text = decode_toml(data, name)
    _check_key_parts(text, name)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _explain_error(str(error), text, name) from error
    except RecursionError as error:
        raise malformed_at(name, _("brackets are nested too deeply"), expected=_("at most a few levels")) from error
    except (ValueError, OverflowError) as error:
        raise malformed_at(
            name,
            _("a number or date is too large"),
            line=_line_of_long_number(text),
            expected=_("a number of at most 19 digits"),
        ) from error


def decode_toml(data: bytes, name: str) -> str:
    """The text in `data` with plain line feeds as its line ends and without a byte order mark. Raises MalformedFile."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise malformed_at(
            name, _("this is not UTF-8 text"), line=line, expected=_("a file that is saved as UTF-8")
        ) from error
    return text.replace("\r\n", "\n")


def line_of(text: str, toml_path: TomlPath) -> int | None:
    """The line, from 1, on which a value is set, else that of the innermost table around it; None without either.

    `text` is what `decode_toml` returned. What is inside a list or an inline table has the line of its key.
    """
    best_depth, line = 0, None
    for path, line_of_path in _assignments(text):
        depth = len(path)
        if best_depth < depth <= len(toml_path) and toml_path[:depth] == path:
            best_depth, line = depth, line_of_path
            if depth == len(toml_path):
                break
    return line


def line_finder(text: str) -> Callable[[TomlPath], int | None]:
    """`line_of` for many paths in the same text, which is parsed once."""
    lines = dict(_assignments(text))
    return lambda path: next((lines[path[:depth]] for depth in range(len(path), 0, -1) if path[:depth] in lines), None)


def format_toml_path(path: TomlPath) -> str:
    """The path to a value, its lists counted from 1: `account[2].event[1].at`."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{_quote_key(part)}" for part in path)
    return "".join(parts).removeprefix(".")


def _explain_error(message: str, text: str, name: str) -> MalformedFile:
    position = re.search(_ERROR_POSITION, message)
    if position and position[1]:
        line, column = int(position[1]), int(position[2])
    else:
        # tomllib names the end of the file where a text is not closed; the place where it was opened is of more use.
        offset = next((token.start() for token in re.finditer(_TOKEN, text) if _is_unterminated(token)), len(text))
        line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    problem, expected = next(
        ((_(problem), _(expected)) for start, problem, expected in _EXPLANATIONS if message.startswith(start)),
        (_("this is not TOML"), ""),
    )
    return malformed_at(name, problem, line=line, column=column, expected=expected)


def _check_key_parts(text: str, name: str) -> None:
    # A key cannot pass a line's end, so only a line with many dots can hold one that is too long.
    if all(line.count(".") < MAX_KEY_PARTS for line in text.split("\n")):
        return
    for token in re.finditer(_TOKEN, text):
        if token.lastgroup == "key" and len(re.findall(_KEY_PATTERN, token[0])) > MAX_KEY_PARTS:
            line = text.count("\n", 0, token.start()) + 1
            expected = _("at most {count} parts").format(count=MAX_KEY_PARTS)
            raise malformed_at(name, _("a name has too many parts with dots between"), line=line, expected=expected)


def _is_unterminated(token: re.Match[str]) -> bool:
    """Whether the token is a text in quotes without an end."""
    text = token[0]
    if token.lastgroup == "long":
        return len(text) < len("""''''''""") or not text.endswith(text[:3])
    return token.lastgroup == "key" and text[0] in "'\"" and (len(text) == 1 or text[-1] != text[0])


def _line_of_long_number(text: str) -> int | None:
    match = re.search(r"(?<![0-9_])[0-9_]{1000}", text)
    return text.count("\n", 0, match.start()) + 1 if match else None


def _assignments(text: str) -> Iterator[tuple[TomlPath, int]]:
    """The path and line of each table header and of each key that has a value."""
    lengths: dict[TomlPath, int] = {}
    base: TomlPath = ()
    brackets: str | None = ""  # of the header being read; None once the key of the line has been read
    depth, line = 0, 1
    parts: list[str] = []
    for token in re.finditer(_TOKEN, text):
        kind, lexeme = token.lastgroup, token[0]
        if kind == "long":
            line += lexeme.count("\n")
        elif lexeme == "\n":
            line += 1
            if depth == 0:
                brackets, parts = "", []
        elif brackets is None:
            depth = max(0, depth + (lexeme in ("[", "{")) - (lexeme in ("]", "}"))) if kind == "sign" else depth
        elif kind == "key":
            parts = [_unquote_key(part) for part in re.findall(_KEY_PATTERN, lexeme)]
        elif lexeme == "[" and not parts:
            brackets += "["
        elif lexeme == "]" and brackets and parts:
            base = _enter_table(lengths, tuple(parts), is_list_item=brackets == "[[")
            yield base, line
            brackets = None
        elif lexeme == "=" and parts and not brackets:
            yield (*base, *parts), line
            brackets = None


def _enter_table(lengths: dict[TomlPath, int], parts: tuple[str, ...], *, is_list_item: bool) -> TomlPath:
    """The path of a table header, with the index of each list in it: the last one, or a new one for a list item."""
    path: TomlPath = ()
    for depth, part in enumerate(parts, start=1):
        path = (*path, part)
        if is_list_item and depth == len(parts):
            lengths[path] = lengths.get(path, 0) + 1
        if path in lengths:
            path = (*path, lengths[path] - 1)
    return path


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
