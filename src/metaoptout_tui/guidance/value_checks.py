"""Checks what each value of a playbook must be, as the notes on its field and its type say.

Guidance from elsewhere may contain plain sentences and links to known hosts only: no markup, no control or invisible
characters, no address in a sentence that the program would not open. Values are also described here for error
messages.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, time
from typing import Any, get_args

from metaoptout_tui.core import links
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.guidance.schema import Field, ListOf, Value
from metaoptout_tui.core.hosts import META_DOMAINS
from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.core.text import clean_line

SCHEMA = 1
MAX_TEXT_LENGTH = 600
MAX_ENTRIES = 1000
"""Entries in a list or table."""

_MAX_INT_BITS = 63  # as in TOML

KnownIds = Mapping[str, Collection[str]]
"""The ids of the rows of each table."""


def expected_of(field: Field, value: object, known_ids: KnownIds) -> str:
    """What kind of value was expected, empty if the value is valid."""
    match next((note for note in field.notes if isinstance(note, Value | ListOf)), None):
        case Value(name):
            is_right, expected = _CHECKS[name]
            return "" if is_right(value) else expected
        case ListOf() as list_type:
            return _check_list(value, list_type, known_ids)
    if field.type is bool:
        return "" if isinstance(value, bool) else "true or false"
    if field.type is str:
        return _check_text(value)
    *others, last = get_args(field.type)
    return "" if isinstance(value, str) and value in {*others, last} else f"{', '.join(others)} or {last}"


def printable_excerpt(text: str) -> str:
    """A text from elsewhere for a message: printable and short."""
    excerpt = "".join(character if character.isprintable() else "\ufffd" for character in text[:_EXCERPT_LENGTH])
    return excerpt if len(text) <= _EXCERPT_LENGTH else f"{excerpt[:-1]}…"


def describe_value(value: object) -> str:
    """A value for a message, with at most four items of a list."""
    if isinstance(value, list):
        return f"[{', '.join(map(_describe_scalar, value[:4]))}{', …' if len(value) > 4 else ''}]"
    return _describe_scalar(value)


def text_problem(value: object) -> str:
    """Why a text may not be shown to a person, to be put after its key; empty if it may."""
    if not isinstance(value, str) or not value.strip():
        return f"expected a text, found {describe_value(value)}"
    if len(value) > MAX_TEXT_LENGTH:
        return f"expected at most {MAX_TEXT_LENGTH} characters, found {len(value)}"
    if not value.isprintable() or clean_line(value, MAX_TEXT_LENGTH) != value or _BRACKETS.search(value):
        return f"expected plain text in one line, without brackets, found {describe_value(value)}"
    if host := links.find_unknown_host(value):
        return f'"{printable_excerpt(host)}" reads as an address, and its host is none that this program knows'
    return ""


def is_id(value: str) -> bool:
    """Whether it consists of letters and digits, joined by dots and hyphens."""
    return bool(_ID_PATTERN.fullmatch(value))


def is_language(value: object) -> bool:
    """Whether it is a language code such as en."""
    return isinstance(value, str) and bool(_LANGUAGE_PATTERN.fullmatch(value))


_EXCERPT_LENGTH = 60
_ID_PATTERN = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_LANGUAGE_PATTERN = re.compile(r"[a-z]{2}")
_COUNTRY_PATTERN = re.compile(r"[A-Z]{2}")
_DATE_PATTERN = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_BRACKETS = re.compile(r"[\[\]<>]")


def _describe_scalar(value: object) -> str:
    match value:
        case str():
            return f'"{printable_excerpt(value)}"'
        case bool():
            return "true" if value else "false"
        case int() if value.bit_length() > _MAX_INT_BITS:
            return "a number without end"
        case int() | float() | date():
            return str(value)
        case time():
            return "a time"
        case list():
            return "a list"
        case None:
            return "nothing"
        case Mapping():
            return "a table"
        case _:
            return f"a {type(value).__name__}"


def _check_text(value: object) -> str:
    if not text_problem(value):
        return ""
    if isinstance(value, str) and len(value) <= MAX_TEXT_LENGTH and links.find_unknown_host(value):
        return "a text without the name of a host that this program does not know"
    return "a text in one line, without brackets"


def _check_list(value: object, list_type: ListOf, known_ids: KnownIds) -> str:
    if not isinstance(value, list) or not (value or list_type.may_be_empty) or len(value) > MAX_ENTRIES:
        return f"a list of {list_type.plural}"
    if not all(isinstance(id, str) and is_id(id) for id in value) or len(set(value)) < len(value):
        return f"a list of {list_type.plural}, each once"
    allowed = known_ids[list_type.table] if list_type.table else list_type.allowed or value
    if unknown_ids := [id for id in value if id not in allowed]:
        return f"known {list_type.plural}, not {describe_value(unknown_ids[0])}"
    return ""


_MAX_LETTER_DAYS = 31


def _is_number(value: object) -> bool:
    return type(value) is int and value > 0 and value.bit_length() <= _MAX_INT_BITS


def _is_partial_date(value: object) -> bool:
    if not isinstance(value, str) or not _DATE_PATTERN.fullmatch(value):
        return False
    try:
        date.fromisoformat((value + "-01-01")[: len("2025-05-21")])
    except ValueError:
        return False
    return True


def _is_day(value: object) -> bool:
    return _is_partial_date(value) and len(str(value)) == len("2025-05-21")


def _is_country_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(code, str) and _COUNTRY_PATTERN.fullmatch(code) for code in value)


def _is_accepted(value: object, parse_url: Callable[[str], SafeUrl]) -> bool:
    try:
        return isinstance(value, str) and bool(parse_url(value))
    except LinkRefused:
        return False


_CHECKS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "schema": (lambda value: value == SCHEMA and value is not True, f"{SCHEMA}, the form that this program reads"),
    "id": (lambda value: isinstance(value, str) and is_id(value), "an id of letters, digits, dots and hyphens"),
    "number": (_is_number, "a number from 1"),
    "letter-days": (lambda value: _is_number(value) and value <= _MAX_LETTER_DAYS, f"1 to {_MAX_LETTER_DAYS} days"),
    "partial-date": (_is_partial_date, 'a date in quotes: "2025", "2025-05" or "2025-05-21"'),
    "day": (_is_day, 'a day in quotes, such as "2025-05-21"'),
    "language": (lambda value: value == "" or is_language(value), "a code such as en, or nothing"),
    "source-url": (  # empty where none is known over https
        lambda value: value == "" or _is_accepted(value, links.parse_trusted_url),
        "an https address on a host that this program knows",
    ),
    "watched-url": (
        lambda value: _is_accepted(value, links.parse_watchable_url),
        "an https address, on a host that this program knows, to be looked at",
    ),
    "meta-url": (lambda value: _is_accepted(value, links.parse_meta_url), "an https address on a host of Meta"),
    "countries": (_is_country_list, "a list of country codes such as NL"),
    "hosts": (
        lambda value: isinstance(value, list) and all(host in META_DOMAINS for host in value),
        "a list of domains of Meta",
    ),
}
"""The checks that a field refers to by `Value`, each with what it expects."""
