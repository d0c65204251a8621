"""What a value of a playbook must be, key by key, and how one is shown in a sentence.

A value from elsewhere can say things and link to genuine hosts, and nothing more: no markup, no control or invisible
characters, no address in a sentence that the program would not open (reliability W7).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import get_args

from metaoptout_tui.core import links
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.hosts import GENUINE_DOMAINS
from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.core.playbook import LANGUAGES, PageKind, Right, Role, StepId, Sureness
from metaoptout_tui.core.text import line

SCHEMA = 1
STEPS: tuple[str, ...] = get_args(StepId)
PLACES = ("region", "answer", "coverage", "fraud", "limits", "period", "chats", "letter")
"""Where a statement may stand besides the steps of a walk."""

LAWS = ("gdpr", "uk-gdpr", "fadp", "lgpd", "none")
QUALITIES = ("primary", "good", "weak", "code")
ANSWERS = ("yes", "no", "done", "not-for-me")
LONGEST_TEXT = 600
MOST_ENTRIES = 1000
"""Bounds of what is taken from elsewhere."""

_WIDEST = 63  # bits, as TOML has them


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that one part of a playbook may name of another."""

    sources: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()


Check = Callable[[object, Known], str]
"""Says what was expected of a value, or nothing when the value is as it should be."""


def plain(text: str) -> str:
    """A text from elsewhere in a sentence of ours: printable and short."""
    shown = "".join(character if character.isprintable() else "\ufffd" for character in text[:_SHOWN])
    return shown if len(text) <= _SHOWN else f"{shown[:-1]}…"


def shown(value: object) -> str:
    """A value in a sentence."""
    match value:
        case list():
            return f"[{', '.join(_shown_inside(each) for each in value[:4])}{', …' if len(value) > 4 else ''}]"
        case _:
            return _shown_inside(value)


def unfit(value: object) -> str:
    """Why a text may not be shown to a person, in words that go on from the key; nothing where it may."""
    if not isinstance(value, str) or not value.strip():
        return f"expected a text, found {shown(value)}"
    if len(value) > LONGEST_TEXT:
        return f"expected at most {LONGEST_TEXT} characters, found {len(value)}"
    if not value.isprintable() or line(value, LONGEST_TEXT) != value or _MARKUP.search(value):
        return f"expected plain text in one line, without brackets, found {shown(value)}"
    if strange := links.strange_host(value):
        return f'"{plain(strange)}" reads as an address, and its host is none that this program knows'
    return ""


def is_id(value: str) -> bool:
    """Whether it is of letters, digits, dots and hyphens."""
    return bool(_ID.fullmatch(value))


def is_language(value: object) -> bool:
    """Whether it is a code such as en."""
    return isinstance(value, str) and bool(_LANGUAGE.fullmatch(value))


_SHOWN = 60
_ID = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_MARKUP = re.compile(r"[\[\]<>]")


def _shown_inside(value: object) -> str:
    match value:
        case str():
            return f'"{plain(value)}"'
        case bool():
            return "true" if value else "false"
        case int() if value.bit_length() > _WIDEST:
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


def _text(value: object, _: Known) -> str:
    if not unfit(value):
        return ""
    if isinstance(value, str) and len(value) <= LONGEST_TEXT and links.strange_host(value):
        return "a text without the name of a host that this program does not know"
    return "a text in one line, without brackets"


def _id(value: object, _: Known) -> str:
    return "" if isinstance(value, str) and _ID.fullmatch(value) else "an id of letters, digits, dots and hyphens"


def _number(value: object, _: Known) -> str:
    fine = isinstance(value, int) and not isinstance(value, bool) and value > 0 and value.bit_length() <= _WIDEST
    return "" if fine else "a number from 1"


def _schema(value: object, _: Known) -> str:
    return "" if value == SCHEMA and not isinstance(value, bool) else f"{SCHEMA}, the form that this program reads"


def _flag(value: object, _: Known) -> str:
    return "" if isinstance(value, bool) else "true or false"


def _partial_date(value: object, _: Known) -> str:
    expected = 'a date in quotes: "2025", "2025-05" or "2025-05-21"'
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return expected
    try:
        date.fromisoformat(value + "-01-01"[: 10 - len(value)] if len(value) == len("2025") else (value + "-01")[:10])
    except ValueError:
        return expected
    return ""


def _full_date(value: object, known: Known) -> str:
    whole = isinstance(value, str) and len(value) == len("2025-05-21") and not _partial_date(value, known)
    return "" if whole else 'a day in quotes, such as "2025-05-21"'


def _page(value: object, _: Known) -> str:
    """A source's address, empty where none is known over https."""
    return "" if value == "" or _opens(links.published, value) else "an https address on a host that this program knows"


def _watched(value: object, _: Known) -> str:
    """The address of a page to look at."""
    return (
        "" if _opens(links.watched, value) else "an https address, on a host that this program knows, to be looked at"
    )


def _genuine(value: object, _: Known) -> str:
    return "" if _opens(links.genuine, value) else "an https address on a host of Meta"


def _opens(door: Callable[[str], SafeUrl], value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        door(value)
    except LinkRefused:
        return False
    return True


def _one_of(*allowed: str) -> Check:
    expected = f"{', '.join(allowed[:-1])} or {allowed[-1]}"
    return lambda value, _: "" if isinstance(value, str) and value in allowed else expected


def _listed(allowed: Callable[[Known], Iterable[str]] | None, what: str, *, empty: bool = False) -> Check:
    def check(value: object, known: Known) -> str:
        if not isinstance(value, list) or not (value or empty) or len(value) > MOST_ENTRIES:
            return f"a list of {what}"
        if not all(isinstance(each, str) and _ID.fullmatch(each) for each in value) or len(set(value)) < len(value):
            return f"a list of {what}, each once"
        if allowed is not None and (strange := [each for each in value if each not in allowed(known)]):
            return f"known {what}, not {shown(strange[0])}"
        return ""

    return check


def _countries(value: object, _: Known) -> str:
    fine = isinstance(value, list) and all(isinstance(each, str) and _COUNTRY.fullmatch(each) for each in value)
    return "" if fine else "a list of country codes such as NL"


def _hosts(value: object, _: Known) -> str:
    """The hosts of a platform, as bare names."""
    fine = isinstance(value, list) and all(each in GENUINE_DOMAINS for each in value)
    return "" if fine else "a list of domains of Meta"


def _language(value: object, _: Known) -> str:
    return "" if value == "" or is_language(value) else "a code such as en, or nothing"


_SCOPE: dict[str, Check] = {
    "platforms?": _listed(lambda known: known.platforms, "platforms"),
    "regions?": _listed(lambda known: known.regions, "regions"),
}
_BASIS: dict[str, Check] = {
    "sources": _listed(lambda known: known.sources, "sources"),
    "sureness": _one_of(*get_args(Sureness)),
    "checked_on": _partial_date,
}
_WHERE = {"steps": _listed(lambda _: (*STEPS, *PLACES), "steps"), **_SCOPE, **_BASIS}

TOP: dict[str, Check] = {
    "schema": _schema,
    "id": _id,
    "serial": _number,
    "published": _full_date,
    "expires?": _full_date,
}
ROWS: dict[str, dict[str, Check]] = {
    "region": {"id": _id, "right": _one_of(*get_args(Right)), "law": _one_of(*LAWS), "countries": _countries},
    "platform": {"id": _id, "name": _text, "hosts": _hosts, "handle": _one_of("handle", "name", "phone"), "hub": _flag},
    "walk": {"steps": _listed(lambda _: STEPS, "steps"), **_SCOPE},
    "statement": {"id": _id, "role": _one_of(*get_args(Role)), **_WHERE},
    "path": {"id": _id, "labels": _listed(lambda known: known.labels, "labels"), **_WHERE},
    "form": {"id": _id, "url": _genuine, **_WHERE},
    "field": {
        "id": _id,
        "fills": _one_of("email", "reason", "country", "yes", "nothing"),
        "always": _flag,
        **_SCOPE,
        **_BASIS,
    },
    "trouble": {"id": _id, **_WHERE},
    "point": {"id": _id, "answers": _listed(lambda _: ANSWERS, "answers"), **_SCOPE, **_BASIS},
    "terms": {"id": _id, "effective": _full_date, **_SCOPE, **_BASIS},
    "prompt": {
        "id": _id,
        "group": _one_of("data", "situation", "effects", "requests"),
        "options": _listed(None, "options"),
        **_BASIS,
    },
}
BY_ID: dict[str, dict[str, Check]] = {
    "label": {"en": _text, **{f"{language}?": _text for language in LANGUAGES if language != "en"}},
    "source": {
        "publisher": _text,
        "url": _page,
        "language": _language,
        "quality": _one_of(*QUALITIES),
        "date?": _partial_date,
    },
    "page": {
        "url": _watched,
        "language": _language,
        "publisher": _text,
        "kind": _one_of(*get_args(PageKind)),
        "expect_text": _text,
        "sources": _listed(lambda known: known.sources, "sources", empty=True),
    },
}
WITH_BASIS = [kind for kind, keys in ROWS.items() if "sources" in keys]
