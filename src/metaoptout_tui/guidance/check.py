"""Whether a playbook holds together: every key, type, id, date, address and sentence, checked by hand.

The bundled playbook passes here in the tests; one from elsewhere passes here each time, before any of it is used. So a
playbook can say things and link to genuine hosts, and nothing more: no markup, no control characters, no value in a
sentence that the program did not mean to fill in.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, NoReturn, get_args

from metaoptout_tui.core.diary import REPLIES
from metaoptout_tui.core.errors import GuidanceError, LinkRefused
from metaoptout_tui.core.links import SafeUrl, genuine, published
from metaoptout_tui.core.periods import STATEMENTS
from metaoptout_tui.core.playbook import Right, Role, StepId, Sureness
from metaoptout_tui.core.reason import ReasonWarning
from metaoptout_tui.core.standing import State

SCHEMA = 1
STEPS: tuple[str, ...] = get_args(StepId)
PLACES = ("region", "answer", "coverage", "fraud", "limits", "period")
"""Where a statement may stand besides the steps of a walk."""

LAWS = ("gdpr", "uk-gdpr", "fadp", "lgpd", "none")
QUALITIES = ("primary", "good", "weak", "code")
ANSWERS = ("yes", "no", "done", "not-for-me")
LONGEST_TEXT = 600
MOST_ENTRIES = 1000
"""Bounds of what is taken from elsewhere."""

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Known:
    """The ids that one part of a playbook may name of another."""

    sources: frozenset[str]
    labels: frozenset[str]
    platforms: frozenset[str]
    regions: frozenset[str]


Check = Callable[[object, _Known], str]
"""Says what was expected of a value, or nothing when the value is as it should be."""


def check_playbook(structure: Mapping[str, object], texts: Mapping[str, object], *, file: str, texts_file: str) -> None:
    """Raise GuidanceError for the first thing that does not hold; its sentence names the file and the key."""
    tables = _tables(structure, file)
    for kind in _BY_ID:
        _table(structure, kind, file)
    known = _Known(
        frozenset(_ids(structure.get("source"))),
        frozenset(_ids(structure.get("label"))),
        frozenset(str(row.get("id")) for row in tables["platform"]),
        frozenset(str(row.get("id")) for row in tables["region"]),
    )
    for kind, keys in _ROWS.items():
        seen: set[str] = set()
        for index, row in enumerate(tables[kind]):
            where = f"{kind}[{index}]"
            _check_row(row, keys, known, file, where)
            if row.get("id") in seen:
                _refuse(file, f"{where}.id", f"{_shown(row['id'])} stands here twice")
            seen.add(row.get("id", ""))
    for kind, keys in _BY_ID.items():
        for id, entry in _table(structure, kind, file).items():
            if not _ID.fullmatch(id):
                _refuse(file, f"{kind}.{id}", "expected an id of letters, digits, dots and hyphens")
            _check_row(entry, keys, known, file, f"{kind}.{id}")
    _check_regions(tables, file)
    _check_uses(structure, tables, file)
    _check_texts(structure, texts, file, texts_file)
    _check_walks(tables, file)


def texts_of(structure: Table) -> dict[str, frozenset[str]]:
    """The ids of the sentences that a playbook must have, each with the names that may stand in braces in it."""
    none: frozenset[str] = frozenset()
    needed = dict.fromkeys((f"state.{state}" for state in State), none)
    needed["state.filed"] = needed["state.covered"] = frozenset({"date", "through"})
    needed["state.review-begun"] = frozenset({"done", "all"})
    needed["state.not-reviewed"] = none
    needed |= dict.fromkeys((f"cause.{cause}" for cause in _CAUSES), frozenset({"date", "through"}))
    task_values = frozenset({"account", "email", "ago", "date", "through", "reason"})
    needed |= dict.fromkeys((f"next.{task}" for task in _TASKS), task_values)
    needed["next.add-account"] = needed["next.nothing"] = none
    fixed = [f"step.{step}.{part}" for step in STEPS for part in ("title", "action")]
    fixed += [f"answer.{reply}" for reply in REPLIES]
    fixed += [f"answer-word.{answer}" for answer in ANSWERS]
    fixed += [f"reason-warning.{warning}" for warning in ReasonWarning]
    for kind, patterns in _TEXTS.items():
        fixed += [pattern.format(row["id"]) for row in structure[kind] for pattern in patterns]
    fixed += [f"option.{option}" for row in structure["prompt"] for option in row["options"]]
    return needed | dict.fromkeys(fixed, none)


_CAUSES = ("email-changed", "hub-changed", "moved-to-meta-account", "added-to-hub-later")
_TASKS = (
    "identify",
    "open",
    "submit",
    "review",
    "look-for-mail",
    "look-for-mail-later",
    "file-again-in-browser",
    "answer-more",
    "code-asked",
    "refused",
    "overdue",
    "object-again",
    "file-too",
    "recheck",
    "silent-information",
    "silent-acknowledgement",
    "silent-authority",
)
_TEXTS = {
    "platform": ("platform.{}.hint",),
    "statement": ("{}",),
    "path": ("path.{}",),
    "form": ("form.{}",),
    "field": ("{}.label", "{}.help"),
    "trouble": ("{}.symptom", "{}.helped"),
    "point": ("{}.question", "{}.how"),
    "prompt": ("prompt.{}",),
}


def _ids(of: object) -> Iterator[str]:
    return (str(id) for id in of) if isinstance(of, Mapping) else iter(())


def _tables(structure: Mapping[str, object], file: str) -> dict[str, Sequence[Table]]:
    """The arrays of tables by kind, after a look at the top of the file."""
    for key in structure:
        if key not in _TOP and key not in _ROWS and key not in _BY_ID:
            _refuse(file, key, "unknown key")
    nothing_known = _Known(frozenset(), frozenset(), frozenset(), frozenset())
    for key, check in _TOP.items():
        if key not in structure:
            _refuse(file, key, "missing")
        if expected := check(structure[key], nothing_known):
            _refuse(file, key, f"expected {expected}, found {_shown(structure[key])}")
    tables: dict[str, Sequence[Table]] = {}
    for kind in _ROWS:
        if kind not in structure:
            _refuse(file, kind, "missing")
        rows = structure[kind]
        if not isinstance(rows, list) or not rows or not all(isinstance(row, Mapping) for row in rows):
            _refuse(file, kind, f"expected tables [[{kind}]], found {_shown(rows)}")
        if len(rows) > MOST_ENTRIES:
            _refuse(file, kind, f"expected at most {MOST_ENTRIES} entries, found {len(rows)}")
        tables[kind] = rows
    return tables


def _table(structure: Mapping[str, object], kind: str, file: str) -> Mapping[str, object]:
    rows = structure.get(kind)
    if not isinstance(rows, Mapping) or len(rows) > MOST_ENTRIES:
        _refuse(file, kind, f"expected a table of at most {MOST_ENTRIES} entries, found {_shown(rows)}")
    return rows


def _check_row(row: object, keys: Mapping[str, Check], known: _Known, file: str, where: str) -> None:
    if not isinstance(row, Mapping):
        _refuse(file, where, f"expected a table, found {_shown(row)}")
    for key in row:
        if key not in keys and f"{key}?" not in keys:
            _refuse(file, f"{where}.{key}", "unknown key")
    for key, check in keys.items():
        name = key.removesuffix("?")
        if name not in row:
            if key != name:
                continue
            _refuse(file, f"{where}.{name}", "missing")
        if expected := check(row[name], known):
            _refuse(file, f"{where}.{name}", f"expected {expected}, found {_shown(row[name])}")


def _check_regions(tables: Mapping[str, Sequence[Table]], file: str) -> None:
    """Each country is in one region, the last region is for all others, and a region's statements are its own."""
    regions = tables["region"]
    seen: dict[str, str] = {}
    for index, region in enumerate(regions):
        for country in region["countries"]:
            if country in seen:
                _refuse(file, f"region[{index}].countries", f"{_shown(country)} is in {_shown(seen[country])} too")
            seen[country] = region["id"]
    if regions[-1]["countries"]:
        _refuse(file, f"region[{len(regions) - 1}].countries", "expected none: the last is for every country left")
    own = {f"region.{region['id']}": region["id"] for region in regions}
    for index, row in enumerate(tables["statement"]):
        region_id = own.get(".".join(row["id"].split(".")[:2]))
        if region_id is not None and row.get("regions") != [region_id]:
            _refuse(file, f"statement[{index}].regions", f"expected {_shown([region_id])} by its id")


def _check_uses(structure: Mapping[str, object], tables: Mapping[str, Sequence[Table]], file: str) -> None:
    """Something rests on each source, a path has each label, and no option stands in two prompts."""
    used = {id for kind in _WITH_BASIS for row in tables[kind] for id in row["sources"]}
    if idle := [id for id in _table(structure, "source", file) if id not in used]:
        _refuse(file, f"source.{idle[0]}", "nothing rests on this source")
    used = {id for row in tables["path"] for id in row["labels"]}
    if idle := [id for id in _table(structure, "label", file) if id not in used]:
        _refuse(file, f"label.{idle[0]}", "no path has this label")
    seen: set[str] = set()
    for index, row in enumerate(tables["prompt"]):
        if twice := seen.intersection(row["options"]):
            _refuse(file, f"prompt[{index}].options", f"{_shown(min(twice))} stands in an earlier prompt too")
        seen.update(row["options"])


def _check_texts(structure: Table, texts: Mapping[str, object], file: str, texts_file: str) -> None:
    for key in texts:
        if key not in ("language", "sentences"):
            _refuse(texts_file, key, "unknown key")
    language, sentences = texts.get("language"), texts.get("sentences")
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        _refuse(texts_file, "language", f"expected a code such as en, found {_shown(language)}")
    if not isinstance(sentences, Mapping):
        _refuse(texts_file, "sentences", f"expected a table, found {_shown(sentences)}")
    needed = texts_of(structure)
    for id in needed:
        if id not in sentences:
            _refuse(texts_file, f"sentences.{id}", f"missing, and {file} needs it")
    platforms = [row["id"] for row in structure["platform"]]
    own_titles = {f"step.{step}.title.{platform}" for step in STEPS for platform in platforms}
    for id, sentence in sentences.items():
        if id not in needed and id not in own_titles:
            _refuse(texts_file, f"sentences.{id}", "nothing uses this text")
        if wrong := _wrong_with(sentence, needed.get(id, frozenset())):
            _refuse(texts_file, f"sentences.{id}", wrong)


def _wrong_with(sentence: object, names: frozenset[str]) -> str:
    """Why a text may not be shown, or nothing."""
    if not isinstance(sentence, str) or not sentence.strip():
        return f"expected a text, found {_shown(sentence)}"
    if len(sentence) > LONGEST_TEXT:
        return f"expected at most {LONGEST_TEXT} characters, found {len(sentence)}"
    if not sentence.isprintable() or _MARKUP.search(sentence):
        return f"expected plain text in one line, without brackets, found {_shown(sentence)}"
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError as error:
        return f"its braces do not fit ({error})"
    for _, name, format_spec, conversion in parts:
        if name is not None and (name not in names or format_spec or conversion):
            return f"{{{_plain(name)}}} cannot be filled in here"
    return ""


def _check_walks(tables: Mapping[str, Sequence[Table]], file: str) -> None:
    """Every account has a walk, every step of it says what to do and why, and every reply has its help."""
    for platform in tables["platform"]:
        for region in tables["region"]:
            place = {"platforms": platform["id"], "regions": region["id"]}
            name = f"{platform['id']} in region {region['id']}"
            walk = next((row for row in tables["walk"] if _holds(row, place)), None)
            if walk is None:
                _refuse(file, "walk", f"none holds for {name}")
            for step in walk["steps"]:
                _check_step(tables, step, place, name, file)
    spoken = {row["id"] for row in tables["statement"] if "answer" in row["steps"]}
    for reply in sorted(REPLIES):
        if f"answer.{reply}.help" not in spoken:
            _refuse(file, "statement", f"none with id answer.{reply}.help and step answer")
    counted = {row["id"] for row in tables["statement"] if "period" in row["steps"]}
    for name in STATEMENTS:
        if f"period.{name}" not in counted:
            _refuse(file, "statement", f"none with id period.{name} and step period")


def _check_step(tables: Mapping[str, Sequence[Table]], step: str, place: dict[str, str], name: str, file: str) -> None:
    here = {**place, "steps": step}
    for role in ("do", "why"):
        if not any(row["role"] == role and _holds(row, here) for row in tables["statement"]):
            _refuse(file, "statement", f"none with role {role} for step {step} of {name}")
    match step:
        case "open":
            if not any(_holds(row, here) for row in tables["form"]):
                _refuse(file, "form", f"none for {name}")
        case "submit":
            if not any(row["fills"] == "email" and row["always"] and _holds(row, place) for row in tables["field"]):
                _refuse(file, "field", f"no e-mail address for {name}")
        case "review":
            if not any(_holds(row, place) for row in tables["point"]):
                _refuse(file, "point", f"none for {name}")


def _holds(row: Table, place: Mapping[str, str]) -> bool:
    """Whether a place, given by `platforms`, `regions` and where wanted `steps`, is inside the scope of a row."""
    return all(not row.get(key) or value in row[key] for key, value in place.items())


def _refuse(file: str, key: str, why: str) -> NoReturn:
    raise GuidanceError(f"{file}: {_plain(key)}: {why}")


def _plain(text: str) -> str:
    """A text from elsewhere in a sentence of ours: printable and short."""
    plain = "".join(character if character.isprintable() else "\ufffd" for character in text[:_SHOWN])
    return plain if len(text) <= _SHOWN else f"{plain[:-1]}…"


def _shown(value: object) -> str:
    """A value in a sentence."""
    match value:
        case str():
            return f'"{_plain(value)}"'
        case bool():
            return "true" if value else "false"
        case int() | float() | date():
            return str(value)
        case list():
            return f"[{', '.join(_shown(each) for each in value[:4])}{', …' if len(value) > 4 else ''}]"
        case None:
            return "nothing"
        case Mapping():
            return "a table"
        case _:
            return f"a {type(value).__name__}"


_SHOWN = 60
_ID = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_MARKUP = re.compile(r"[\[\]<>]")


def _text(value: object, _: _Known) -> str:
    fine = isinstance(value, str) and value.strip() and value.isprintable() and not _MARKUP.search(value)
    return "" if fine and len(str(value)) <= LONGEST_TEXT else "a text in one line, without brackets"


def _id(value: object, _: _Known) -> str:
    return "" if isinstance(value, str) and _ID.fullmatch(value) else "an id of letters, digits, dots and hyphens"


def _number(value: object, _: _Known) -> str:
    return "" if isinstance(value, int) and not isinstance(value, bool) and value > 0 else "a number from 1"


def _schema(value: object, _: _Known) -> str:
    return "" if value == SCHEMA and not isinstance(value, bool) else f"{SCHEMA}, the form that this program reads"


def _flag(value: object, _: _Known) -> str:
    return "" if isinstance(value, bool) else "true or false"


def _partial_date(value: object, _: _Known) -> str:
    expected = 'a date in quotes: "2025", "2025-05" or "2025-05-21"'
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return expected
    try:
        date.fromisoformat(value + "-01-01"[: 10 - len(value)] if len(value) == len("2025") else (value + "-01")[:10])
    except ValueError:
        return expected
    return ""


def _full_date(value: object, known: _Known) -> str:
    whole = isinstance(value, str) and len(value) == len("2025-05-21") and not _partial_date(value, known)
    return "" if whole else 'a day in quotes, such as "2025-05-21"'


def _page(value: object, _: _Known) -> str:
    """A source's address, empty where none is known over https."""
    return "" if value == "" or _opens(published, value) else "an https address on a host that this program knows"


def _genuine(value: object, _: _Known) -> str:
    return "" if _opens(genuine, value) else "an https address on a host of Meta"


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


def _listed(allowed: Callable[[_Known], Iterable[str]] | None, what: str, *, empty: bool = False) -> Check:
    def check(value: object, known: _Known) -> str:
        if not isinstance(value, list) or not (value or empty) or len(value) > MOST_ENTRIES:
            return f"a list of {what}"
        if not all(isinstance(each, str) and _ID.fullmatch(each) for each in value) or len(set(value)) < len(value):
            return f"a list of {what}, each once"
        if allowed is not None and (strange := [each for each in value if each not in allowed(known)]):
            return f"known {what}, not {_shown(strange[0])}"
        return ""

    return check


def _countries(value: object, _: _Known) -> str:
    fine = isinstance(value, list) and all(isinstance(each, str) and _COUNTRY.fullmatch(each) for each in value)
    return "" if fine else "a list of country codes such as NL"


def _hosts(value: object, _: _Known) -> str:
    fine = isinstance(value, list) and all(isinstance(each, str) and _HOST.fullmatch(each) for each in value)
    return "" if fine else "a list of hosts"


def _language(value: object, _: _Known) -> str:
    fine = isinstance(value, str) and (value == "" or _LANGUAGE.fullmatch(value))
    return "" if fine else "a code such as en, or nothing"


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

_TOP: dict[str, Check] = {"schema": _schema, "id": _id, "serial": _number, "published": _full_date}
_ROWS: dict[str, dict[str, Check]] = {
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
    "prompt": {
        "id": _id,
        "group": _one_of("data", "situation", "effects", "requests"),
        "options": _listed(None, "options"),
        **_BASIS,
    },
}
_BY_ID: dict[str, dict[str, Check]] = {
    "label": {"en": _text, **{f"{language}?": _text for language in ("nl", "de", "fr", "es", "it")}},
    "source": {
        "publisher": _text,
        "url": _page,
        "language": _language,
        "quality": _one_of(*QUALITIES),
        "date?": _partial_date,
    },
}
_WITH_BASIS = [kind for kind, keys in _ROWS.items() if "sources" in keys]
