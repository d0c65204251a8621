"""The schema of a playbook: which keys each table has, and what each value must be.

Guidance from elsewhere can say things and link to genuine hosts, and nothing more: no markup, no control or invisible
characters, no address in a sentence that the program would not open. Values are also put into words here, for error
messages.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import get_args

from metaoptout_tui.core import links
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.guidance.playbook import LANGUAGES, PageKind, RightToObject, StatementRole, StepId, Sureness
from metaoptout_tui.core.hosts import META_DOMAINS
from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.core.text import clean_line

SCHEMA = 1
STEP_IDS: tuple[str, ...] = get_args(StepId)
OTHER_STATEMENT_CONTEXTS = ("region", "answer", "coverage", "fraud", "limits", "period", "chats", "letter")
"""Where a statement may stand besides the steps of a walk."""

LAWS = ("gdpr", "uk-gdpr", "fadp", "lgpd", "none")
SOURCE_QUALITIES = ("primary", "good", "weak", "code")
REVIEW_ANSWERS = ("yes", "no", "done", "not-for-me")
MAX_TEXT_LENGTH = 600
MAX_ENTRIES = 1000
"""Bounds of what is taken from elsewhere."""

_MAX_INT_BITS = 63  # bits, as TOML has them


@dataclass(frozen=True, slots=True)
class KnownIds:
    """The ids that one part of a playbook may name of another."""

    sources: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()


ValueCheck = Callable[[object, KnownIds], str]
"""Says what was expected of a value, or nothing when the value is as it should be."""


def printable_excerpt(text: str) -> str:
    """A text from elsewhere in a sentence of ours: printable and short."""
    shown = "".join(character if character.isprintable() else "\ufffd" for character in text[:_EXCERPT_LENGTH])
    return shown if len(text) <= _EXCERPT_LENGTH else f"{shown[:-1]}…"


def describe_value(value: object) -> str:
    """A value in a sentence."""
    match value:
        case list():
            return f"[{', '.join(_describe_scalar(each) for each in value[:4])}{', …' if len(value) > 4 else ''}]"
        case _:
            return _describe_scalar(value)


def text_problem(value: object) -> str:
    """Why a text may not be shown to a person, in words that go on from the key; nothing where it may."""
    if not isinstance(value, str) or not value.strip():
        return f"expected a text, found {describe_value(value)}"
    if len(value) > MAX_TEXT_LENGTH:
        return f"expected at most {MAX_TEXT_LENGTH} characters, found {len(value)}"
    if not value.isprintable() or clean_line(value, MAX_TEXT_LENGTH) != value or _BRACKETS.search(value):
        return f"expected plain text in one line, without brackets, found {describe_value(value)}"
    if strange := links.find_unknown_host(value):
        return f'"{printable_excerpt(strange)}" reads as an address, and its host is none that this program knows'
    return ""


def is_id(value: str) -> bool:
    """Whether it is of letters, digits, dots and hyphens."""
    return bool(_ID_PATTERN.fullmatch(value))


def is_language(value: object) -> bool:
    """Whether it is a code such as en."""
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


def _check_text(value: object, _: KnownIds) -> str:
    if not text_problem(value):
        return ""
    if isinstance(value, str) and len(value) <= MAX_TEXT_LENGTH and links.find_unknown_host(value):
        return "a text without the name of a host that this program does not know"
    return "a text in one line, without brackets"


def _check_id(value: object, _: KnownIds) -> str:
    return (
        "" if isinstance(value, str) and _ID_PATTERN.fullmatch(value) else "an id of letters, digits, dots and hyphens"
    )


def _check_number(value: object, _: KnownIds) -> str:
    fine = isinstance(value, int) and not isinstance(value, bool) and value > 0 and value.bit_length() <= _MAX_INT_BITS
    return "" if fine else "a number from 1"


def _check_schema(value: object, _: KnownIds) -> str:
    return "" if value == SCHEMA and not isinstance(value, bool) else f"{SCHEMA}, the form that this program reads"


def _check_flag(value: object, _: KnownIds) -> str:
    return "" if isinstance(value, bool) else "true or false"


def _check_partial_date(value: object, _: KnownIds) -> str:
    expected = 'a date in quotes: "2025", "2025-05" or "2025-05-21"'
    if not isinstance(value, str) or not _DATE_PATTERN.fullmatch(value):
        return expected
    try:
        date.fromisoformat(value + "-01-01"[: 10 - len(value)] if len(value) == len("2025") else (value + "-01")[:10])
    except ValueError:
        return expected
    return ""


def _check_full_date(value: object, known: KnownIds) -> str:
    whole = isinstance(value, str) and len(value) == len("2025-05-21") and not _check_partial_date(value, known)
    return "" if whole else 'a day in quotes, such as "2025-05-21"'


def _check_source_url(value: object, _: KnownIds) -> str:
    """A source's address, empty where none is known over https."""
    return (
        ""
        if value == "" or _is_accepted_url(links.parse_trusted_url, value)
        else "an https address on a host that this program knows"
    )


def _check_watched_url(value: object, _: KnownIds) -> str:
    """The address of a page to look at."""
    return (
        ""
        if _is_accepted_url(links.parse_watchable_url, value)
        else "an https address, on a host that this program knows, to be looked at"
    )


def _check_meta_url(value: object, _: KnownIds) -> str:
    return "" if _is_accepted_url(links.parse_meta_url, value) else "an https address on a host of Meta"


def _is_accepted_url(door: Callable[[str], SafeUrl], value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        door(value)
    except LinkRefused:
        return False
    return True


def _choice_check(*allowed: str) -> ValueCheck:
    expected = f"{', '.join(allowed[:-1])} or {allowed[-1]}"
    return lambda value, _: "" if isinstance(value, str) and value in allowed else expected


def _list_check(allowed: Callable[[KnownIds], Iterable[str]] | None, what: str, *, empty: bool = False) -> ValueCheck:
    def check(value: object, known: KnownIds) -> str:
        if not isinstance(value, list) or not (value or empty) or len(value) > MAX_ENTRIES:
            return f"a list of {what}"
        if not all(isinstance(each, str) and _ID_PATTERN.fullmatch(each) for each in value) or len(set(value)) < len(
            value
        ):
            return f"a list of {what}, each once"
        if allowed is not None and (strange := [each for each in value if each not in allowed(known)]):
            return f"known {what}, not {describe_value(strange[0])}"
        return ""

    return check


def _check_countries(value: object, _: KnownIds) -> str:
    fine = isinstance(value, list) and all(isinstance(each, str) and _COUNTRY_PATTERN.fullmatch(each) for each in value)
    return "" if fine else "a list of country codes such as NL"


def _check_hosts(value: object, _: KnownIds) -> str:
    """The hosts of a platform, as bare names."""
    fine = isinstance(value, list) and all(each in META_DOMAINS for each in value)
    return "" if fine else "a list of domains of Meta"


def _check_language(value: object, _: KnownIds) -> str:
    return "" if value == "" or is_language(value) else "a code such as en, or nothing"


_SCOPE_KEYS: dict[str, ValueCheck] = {
    "platforms?": _list_check(lambda known: known.platforms, "platforms"),
    "regions?": _list_check(lambda known: known.regions, "regions"),
}
_BASIS_KEYS: dict[str, ValueCheck] = {
    "sources": _list_check(lambda known: known.sources, "sources"),
    "sureness": _choice_check(*get_args(Sureness)),
    "checked_on": _check_partial_date,
}
_STEPS_SCOPE_BASIS_KEYS = {
    "steps": _list_check(lambda _: (*STEP_IDS, *OTHER_STATEMENT_CONTEXTS), "steps"),
    **_SCOPE_KEYS,
    **_BASIS_KEYS,
}

TOP_LEVEL_KEYS: dict[str, ValueCheck] = {
    "schema": _check_schema,
    "id": _check_id,
    "serial": _check_number,
    "published": _check_full_date,
    "expires?": _check_full_date,
}
ARRAY_TABLES: dict[str, dict[str, ValueCheck]] = {
    "region": {
        "id": _check_id,
        "right": _choice_check(*get_args(RightToObject)),
        "law": _choice_check(*LAWS),
        "countries": _check_countries,
    },
    "platform": {
        "id": _check_id,
        "name": _check_text,
        "hosts": _check_hosts,
        "handle": _choice_check("handle", "name", "phone"),
        "hub": _check_flag,
    },
    "walk": {"steps": _list_check(lambda _: STEP_IDS, "steps"), **_SCOPE_KEYS},
    "statement": {"id": _check_id, "role": _choice_check(*get_args(StatementRole)), **_STEPS_SCOPE_BASIS_KEYS},
    "path": {"id": _check_id, "labels": _list_check(lambda known: known.labels, "labels"), **_STEPS_SCOPE_BASIS_KEYS},
    "form": {"id": _check_id, "url": _check_meta_url, **_STEPS_SCOPE_BASIS_KEYS},
    "field": {
        "id": _check_id,
        "fills": _choice_check("email", "reason", "country", "yes", "nothing"),
        "always": _check_flag,
        **_SCOPE_KEYS,
        **_BASIS_KEYS,
    },
    "trouble": {"id": _check_id, **_STEPS_SCOPE_BASIS_KEYS},
    "point": {
        "id": _check_id,
        "answers": _list_check(lambda _: REVIEW_ANSWERS, "answers"),
        **_SCOPE_KEYS,
        **_BASIS_KEYS,
    },
    "terms": {"id": _check_id, "effective": _check_full_date, **_SCOPE_KEYS, **_BASIS_KEYS},
    "prompt": {
        "id": _check_id,
        "group": _choice_check("data", "situation", "effects", "requests"),
        "options": _list_check(None, "options"),
        **_BASIS_KEYS,
    },
}
KEYED_TABLES: dict[str, dict[str, ValueCheck]] = {
    "label": {"en": _check_text, **{f"{language}?": _check_text for language in LANGUAGES if language != "en"}},
    "source": {
        "publisher": _check_text,
        "url": _check_source_url,
        "language": _check_language,
        "quality": _choice_check(*SOURCE_QUALITIES),
        "date?": _check_partial_date,
    },
    "page": {
        "url": _check_watched_url,
        "language": _check_language,
        "publisher": _check_text,
        "kind": _choice_check(*get_args(PageKind)),
        "expect_text": _check_text,
        "sources": _list_check(lambda known: known.sources, "sources", empty=True),
    },
}
TABLES_WITH_BASIS = [kind for kind, keys in ARRAY_TABLES.items() if "sources" in keys]
