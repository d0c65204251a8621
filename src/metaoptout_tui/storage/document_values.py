"""The values of a parsed TOML document as a record takes them: of the right kind, cleaned, and fit to be written again."""

from collections.abc import Mapping
from datetime import date

from metaoptout_tui.core import text
from metaoptout_tui.core.dates import YEARS_IN_FILES
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.events import NO_FIELDS
from metaoptout_tui.core.toml import TomlPath

MAX_LINE_CHARS, MAX_BLOCK_CHARS = 1_000, 100_000
"""Characters in a line such as a name, and in a block such as a note. More is refused, since cutting loses text."""
MAX_NESTING = 16
"""Levels of nesting in an unknown value."""

_NO_LIMIT = 1 << 30
_INT_LIMIT = 1 << 63
_EXAMPLES = {"id": "instagram-anna", "platform": "instagram", "what": "filed"}


class InvalidValue(Exception):
    """An invalid value; `key_path` leads to it, and each caller prepends its own keys."""

    def __init__(self, key_path: TomlPath, problem: str, expected: str = "") -> None:
        super().__init__(problem)
        self.key_path = key_path
        self.problem = problem
        self.expected = expected

    def add_prefix(self, *keys: str | int) -> "InvalidValue":
        """Prepend the keys of the enclosing tables, and return the same error."""
        self.key_path = (*keys, *self.key_path)
        return self


def require_table(value: object) -> Mapping[str, object]:
    """A table, or InvalidValue for anything else."""
    if not isinstance(value, Mapping):
        raise InvalidValue((), _("this is a value where a table belongs"), _("a [table] with names and values in it"))
    return value


def require_tables(value: object) -> list[Mapping[str, object]]:
    """A list of tables, or InvalidValue for anything else."""
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise InvalidValue((), _("this is not a list of tables"), _("[[double brackets]] around its name"))
    return value


def get_line(table: Mapping[str, object], name: str, *, required: bool = False) -> str:
    """A line of text under a name, empty where there is none. InvalidValue for what is no text, and where it is `required`."""
    value = clean_line_value(name, table[name]) if name in table else ""
    if required and not value:
        problem = _("it is empty") if name in table else _("it is missing")
        raise InvalidValue(
            (name,), problem, _('a line like {name} = "{examples}"').format(name=name, examples=_EXAMPLES[name])
        )
    return value


def clean_line_value(name: str, value: object) -> str:
    """A value as a line of text, without what cannot be shown. InvalidValue for what is no text."""
    return text.clean_line(_require_text(name, value, MAX_LINE_CHARS), _NO_LIMIT)


def clean_block_value(name: str, value: object) -> str:
    """A value as text of several lines. InvalidValue for what is no text."""
    return text.clean_block(_require_text(name, value, MAX_BLOCK_CHARS), _NO_LIMIT, lines=_NO_LIMIT)


def _require_text(name: str, value: object, max_length: int) -> str:
    if not isinstance(value, str):
        raise InvalidValue((name,), _("this is not text"), _('text in "quotes"'))
    if len(value) > max_length:
        raise InvalidValue(
            (name,),
            _("this is {count} characters long").format(count=format_number(len(value))),
            _("at most {count} characters").format(count=format_number(max_length)),
        )
    return value


def check_year(name: str, value: date) -> None:
    """Raise InvalidValue for a year that no record can hold."""
    if value.year not in YEARS_IN_FILES:
        raise InvalidValue(
            (name,),
            _("the year {year} cannot be right").format(year=value.year),
            _("a year from {first} to {last}").format(first=YEARS_IN_FILES[0], last=YEARS_IN_FILES[-1]),
        )


def unknown_values(table: Mapping[str, object], known: tuple[str, ...]) -> Mapping[str, object]:
    """What a table holds besides the known names, as far as it can be written again."""
    return {name: check_value(name, value) for name, value in table.items() if name not in known} or NO_FIELDS


def check_value(name: str, value: object, depth: int = 1) -> object:
    """Return the value if it can be written to TOML again; raises InvalidValue if not."""
    check_name(name)
    if depth > MAX_NESTING:
        raise InvalidValue(
            (name,), _("this is nested too deeply"), _("at most {count} levels").format(count=MAX_NESTING)
        )
    if isinstance(value, int) and not -_INT_LIMIT <= value < _INT_LIMIT:
        raise InvalidValue((name,), _("this number is too large"), _("at most 18 digits"))
    try:
        if isinstance(value, Mapping):
            for key, item in value.items():
                check_value(key, item, depth + 1)
        elif isinstance(value, list):
            for item in value:
                check_value("", item, depth + 1)
    except InvalidValue as error:
        raise error.add_prefix(name) from None
    return value


def clean_strings(value: object) -> object:
    """A value with all texts in it cleaned."""
    if isinstance(value, str):
        return text.clean_block(value, _NO_LIMIT, lines=_NO_LIMIT)
    if isinstance(value, Mapping):
        return {key: clean_strings(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean_strings(item) for item in value]
    return value


def check_name(name: str) -> str:
    """The name itself; InvalidValue for one that cannot be written again."""
    if len(name) > MAX_LINE_CHARS or "\n" in name or text.replace_unsafe_characters(name) != name:
        raise InvalidValue(
            (), _("a name before an = is too long or holds a character that cannot be seen"), _("a plain name")
        )
    return name
