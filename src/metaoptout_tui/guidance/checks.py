"""Checks a whole playbook: every value against the schema, and all references between its parts.

The bundled playbook is checked in the tests; one from elsewhere each time, before any of it is used. The checks run
in stages, and a stage runs only where the earlier ones found nothing, since one wrong value would be reported again
by whatever refers to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from string import Formatter
from typing import Any, NamedTuple

from metaoptout_tui.core.chats import results
from metaoptout_tui.core.links import parse_watchable_url
from metaoptout_tui.core.objection.legal_periods import PERIOD_STATEMENTS
from metaoptout_tui.core.objection.reason import ReasonWarning
from metaoptout_tui.core.objection.replies import all_replies
from metaoptout_tui.core.objection.states import AccountState
from metaoptout_tui.core.objection.tasks import KINDS_WITH_LATER_TEXT, TASK_TEXT_VALUES
from metaoptout_tui.core.record.event_kinds import REPLY_KINDS
from metaoptout_tui.core.toml import TomlPath
from metaoptout_tui.guidance.schema import (
    ARRAY_TABLES,
    KEYED_TABLES,
    MAX_ENTRIES,
    REVIEW_ANSWERS,
    SCHEMA,
    STEP_IDS,
    TABLES_WITH_BASIS,
    TOP_LEVEL_KEYS,
    KnownIds,
    ValueCheck,
    describe_value,
    is_id,
    is_language,
    printable_excerpt,
    text_problem,
)

Table = Mapping[str, Any]
Findings = Iterator[tuple[TomlPath, str]]
"""What is wrong, with the way to it."""


class PlaybookProblem(NamedTuple):
    """One thing that does not hold: in which file, the way to it (lists counted from 0), and what is wrong there."""

    file: str
    key_path: TomlPath
    message: str

    @property
    def key(self) -> str:
        """The way as it is written in a sentence: `statement[3].role`."""
        parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.key_path)
        return printable_excerpt("".join(parts).removeprefix("."))

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}"


def find_problems(
    structure: Mapping[str, object],
    texts: object,
    *,
    file: str,
    texts_file: str,
    texts_at: TomlPath = (),
) -> Iterator[PlaybookProblem]:
    """Everything that does not hold, found as it is asked for; a later stage only where the ones before it hold.

    `texts` holds `language` and `sentences`; `texts_at` is the way to it where it is a table of the same file.
    """

    def told_of_texts(found: Findings) -> Findings:
        return (((*texts_at, *where), what) for where, what in found)

    stages: tuple[tuple[tuple[str, Findings], ...], ...] = (
        ((file, _check_schema_version(structure)),),
        ((file, _check_structure(structure, texts_at)), (texts_file, told_of_texts(_check_texts_structure(texts)))),
        ((file, _check_entries(structure)),),
        (
            (
                file,
                chain(
                    _check_dates(structure), _check_regions(structure), _check_usage(structure), _check_pages(structure)
                ),
            ),
            (texts_file, told_of_texts(_check_sentences(structure, texts, "" if file == texts_file else file))),
            (file, _check_walks(structure)),
        ),
    )
    for stage in stages:
        holds = True
        for name, found in stage:
            for where, what in found:
                holds = False
                yield PlaybookProblem(name, where, what)
        if not holds:
            return


def required_texts(structure: Table) -> dict[str, frozenset[str]]:
    """The ids of the sentences that a playbook must have, each with the names that may stand in braces in it."""
    none: frozenset[str] = frozenset()
    needed = dict.fromkeys((f"state.{state}" for state in AccountState), none)
    needed["state.filed"] = needed["state.covered"] = needed["state.in-doubt"] = frozenset({"date", "through"})
    needed["state.review-begun"] = frozenset({"done", "all"})
    needed["state.not-reviewed"] = none
    needed |= dict.fromkeys((f"cause.{cause}" for cause in _INVALIDATION_REASONS), frozenset({"date", "through"}))
    later = (f"{task}-later" for task in KINDS_WITH_LATER_TEXT)
    needed |= dict.fromkeys((f"next.{task}" for task in (*_TASK_IDS, *later)), frozenset(TASK_TEXT_VALUES))
    needed["next.add-account"] = needed["next.nothing"] = none
    needed |= dict.fromkeys((f"terms.{row['id']}" for row in structure["terms"]), frozenset({"date"}))
    needed["doubt.year"] = frozenset({"date"})
    needed["cover.own"] = needed["cover.through"] = frozenset({"date", "through"})
    needed["cover.review"] = none
    needed |= dict.fromkeys((f"hole.{hole}" for hole in (*_COVERAGE_GAPS, *_INVALIDATION_REASONS)), none)
    fixed = [f"step.{step}.{part}" for step in STEP_IDS for part in ("title", "action")]
    fixed += [f"answer.{answer.id}" for answer in all_replies()]
    fixed += [f"answer-word.{answer}" for answer in REVIEW_ANSWERS]
    fixed += [f"reason-warning.{warning}" for warning in ReasonWarning]
    for kind, patterns in _TEXT_ID_PATTERNS.items():
        fixed += [pattern.format(row["id"]) for row in structure[kind] for pattern in patterns]
    fixed += [f"page.{id}" for id in structure["page"]]
    fixed += [f"option.{option}" for row in structure["prompt"] for option in row["options"]]
    return needed | dict.fromkeys(fixed, none)


_INVALIDATION_REASONS = ("email-changed", "hub-changed", "moved-to-meta-account", "added-to-hub-later", "link-undated")
_COVERAGE_GAPS = (
    "none",
    "link-unknown",
    "other-email",
    "refused",
    "asked-for-more",
    "overdue",
    "complained",
    "closed",
    "through",
)
_TASK_IDS = (
    *("identify", "open", "submit", "review"),
    *("look-for-mail", "file-again-in-browser", "remind", "await-answer", "letter-arrived"),
    *("answer-more", "asked-for-id", "code-asked", "wrong-form", "refused", "not-available"),
    *("overdue", "overdue-extended", "overdue-asked", "overdue-reminded"),
    *("complained-to-meta", "complained", "authority-wrote"),
    *("object-again", "file-too", "recheck", "terms-changed"),
    *("silent-information", "silent-acknowledgement", "silent-authority"),
)
_TEXT_ID_PATTERNS = {
    "platform": ("platform.{}.hint",),
    "statement": ("{}",),
    "path": ("path.{}",),
    "form": ("form.{}",),
    "field": ("{}.label", "{}.help"),
    "trouble": ("{}.symptom", "{}.helped"),
    "point": ("{}.question", "{}.how"),
    "prompt": ("prompt.{}",),
}


def _check_schema_version(structure: Table) -> Findings:
    """A form that only a newer program knows: nothing else can be said of it."""
    schema = structure.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        yield (
            ("schema",),
            f"{describe_value(schema)} is newer than this program, which reads {SCHEMA}: update the program",
        )


def _check_structure(structure: Table, texts_at: TomlPath) -> Findings:
    """The top of the file, and that each kind of entry is there as tables."""
    top = {
        key: value
        for key, value in structure.items()
        if key not in ARRAY_TABLES and key not in KEYED_TABLES and (key,) != texts_at
    }
    yield from _check_keys(top, TOP_LEVEL_KEYS, KnownIds(), ())
    for kind in ARRAY_TABLES:
        rows = structure.get(kind)
        if kind not in structure:
            yield (kind,), "missing"
        elif not isinstance(rows, list) or not rows or not all(isinstance(row, Mapping) for row in rows):
            yield (kind,), f"expected tables [[{kind}]], found {describe_value(rows)}"
        elif len(rows) > MAX_ENTRIES:
            yield (kind,), f"expected at most {MAX_ENTRIES} entries, found {len(rows)}"
    for kind in KEYED_TABLES:
        rows = structure.get(kind)
        if not isinstance(rows, Mapping) or len(rows) > MAX_ENTRIES:
            yield (kind,), f"expected a table of at most {MAX_ENTRIES} entries, found {describe_value(rows)}"


def _check_texts_structure(texts: object) -> Findings:
    if not isinstance(texts, Mapping):
        yield (), f"expected a table with language and sentences, found {describe_value(texts)}"
        return
    for key in texts:
        if key not in ("language", "sentences"):
            yield (key,), "unknown key"
    if not is_language(texts.get("language")):
        yield ("language",), f"expected a code such as en, found {describe_value(texts.get('language'))}"
    if not isinstance(texts.get("sentences"), Mapping):
        yield ("sentences",), f"expected a table, found {describe_value(texts.get('sentences'))}"


def _check_entries(structure: Table) -> Findings:
    """Each entry by itself: its keys, what they hold, and that no other has its id."""
    known = KnownIds(
        frozenset(structure["source"]),
        frozenset(structure["label"]),
        frozenset(str(row.get("id")) for row in structure["platform"]),
        frozenset(str(row.get("id")) for row in structure["region"]),
    )
    for kind, keys in ARRAY_TABLES.items():
        seen: set[str] = set()
        for index, row in enumerate(structure[kind]):
            yield from _check_keys(row, keys, known, (kind, index))
            id = row.get("id")
            if isinstance(id, str):
                if id in seen:
                    yield (kind, index, "id"), f"{describe_value(id)} stands here twice"
                seen.add(id)
    for kind, keys in KEYED_TABLES.items():
        for id, row in structure[kind].items():
            if not is_id(id):
                yield (kind, id), "expected an id of letters, digits, dots and hyphens"
            if isinstance(row, Mapping):
                yield from _check_keys(row, keys, known, (kind, id))
            else:
                yield (kind, id), f"expected a table, found {describe_value(row)}"


def _check_keys(row: Table, keys: Mapping[str, ValueCheck], known: KnownIds, at: TomlPath) -> Findings:
    for key in row:
        if key not in keys and f"{key}?" not in keys:
            yield (*at, key), "unknown key"
    for key, check in keys.items():
        name = key.removesuffix("?")
        if name not in row:
            if key == name:
                yield (*at, name), "missing"
        elif expected := check(row[name], known):
            yield (*at, name), f"expected {expected}, found {describe_value(row[name])}"


def _check_dates(structure: Table) -> Findings:
    """Nothing was looked at after the day of publishing, and an edition ends after it begins."""
    published = structure["published"]
    if structure.get("expires", "9999-12-31") <= published:
        yield ("expires",), f"expected a day after {published}, when it was published"
    for kind in TABLES_WITH_BASIS:
        for index, row in enumerate(structure[kind]):
            if row["checked_on"] > published:
                yield (kind, index, "checked_on"), f"expected no day after {published}, when this was published"
    for id, row in structure["source"].items():
        if row.get("date", "") > published:
            yield ("source", id, "date"), f"expected no day after {published}, when this was published"


def _check_regions(structure: Table) -> Findings:
    """Each country is in one region, the last region is for all others, and a region's statements are its own."""
    regions = structure["region"]
    seen: dict[str, str] = {}
    for index, region in enumerate(regions):
        for country in region["countries"]:
            if country in seen:
                yield (
                    ("region", index, "countries"),
                    f"{describe_value(country)} is in {describe_value(seen[country])} too",
                )
            seen[country] = region["id"]
    if regions[-1]["countries"]:
        yield ("region", len(regions) - 1, "countries"), "expected none: the last is for every country left"
    own = {f"region.{region['id']}": region["id"] for region in regions}
    for index, row in enumerate(structure["statement"]):
        region_id = own.get(".".join(row["id"].split(".")[:2]))
        if region_id is not None and row.get("regions") != [region_id]:
            yield ("statement", index, "regions"), f"expected {describe_value([region_id])} by its id"


def _check_usage(structure: Table) -> Findings:
    """Something rests on each source, a path has each label, and no option stands in two prompts."""
    used = {id for kind in TABLES_WITH_BASIS for row in structure[kind] for id in row["sources"]}
    for id in structure["source"]:
        if id not in used:
            yield ("source", id), "nothing rests on this source"
    used = {id for row in structure["path"] for id in row["labels"]}
    for id in structure["label"]:
        if id not in used:
            yield ("label", id), "no path has this label"
    seen: set[str] = set()
    for index, row in enumerate(structure["prompt"]):
        if twice := seen.intersection(row["options"]):
            yield ("prompt", index, "options"), f"{describe_value(min(twice))} stands in an earlier prompt too"
        seen.update(row["options"])


def _check_pages(structure: Table) -> Findings:
    """A page is of kind meta where Meta itself answers, and only there: a look at it tells Meta."""
    for id, row in structure["page"].items():
        if parse_watchable_url(row["url"]).is_on_meta_site and row["kind"] != "meta":
            yield ("page", id, "kind"), f"expected meta, found {describe_value(row['kind'])}"
        elif row["kind"] == "meta" and not parse_watchable_url(row["url"]).is_on_meta_site:
            yield ("page", id, "kind"), "expected another: Meta does not answer at this address"


def _check_sentences(structure: Table, texts: Any, needed_by: str) -> Findings:
    """Each use has its text and each text its use, and no text can do more than be read."""
    sentences = texts["sentences"]
    needed = required_texts(structure)
    for id in needed:
        if id not in sentences:
            yield ("sentences", id), f"missing, and {needed_by} needs it" if needed_by else "missing"
    own_titles = {f"step.{step}.title.{row['id']}" for step in STEP_IDS for row in structure["platform"]}
    for id, sentence in sentences.items():
        if id not in needed and id not in own_titles:
            yield ("sentences", id), "nothing uses this text"
        if wrong := _placeholder_problem(sentence, needed.get(id, frozenset())) or text_problem(sentence):
            yield ("sentences", id), wrong


def _placeholder_problem(sentence: object, names: frozenset[str]) -> str:
    """Why the values of a sentence cannot be filled in, or nothing."""
    if not isinstance(sentence, str):
        return ""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError as error:
        return f"its braces do not fit ({error})"
    for _, name, format_spec, conversion in parts:
        if name is not None and (name not in names or format_spec or conversion):
            return f"{{{printable_excerpt(name)}}} cannot be filled in here"
    return ""


def _check_walks(structure: Table) -> Findings:
    """Every account has a walk, every step of it says what to do and why, and every reply has its help."""
    for platform in structure["platform"]:
        for region in structure["region"]:
            place = {"platforms": platform["id"], "regions": region["id"]}
            name = f"{platform['id']} in region {region['id']}"
            walk = next((row for row in structure["walk"] if _applies_to(row, place)), None)
            if walk is None:
                yield ("walk",), f"none holds for {name}"
                continue
            for step in walk["steps"]:
                yield from _check_step(structure, step, place, name)
    spoken = {row["id"] for row in structure["statement"] if "answer" in row["steps"]}
    for reply in sorted(REPLY_KINDS):
        if f"answer.{reply}.help" not in spoken:
            yield ("statement",), f"none with id answer.{reply}.help and step answer"
    for spoken_at, names in (("period", PERIOD_STATEMENTS), ("chats", results.CHAT_STATEMENT_NAMES)):
        yield from _check_named_statements(structure, spoken_at, names)


def _check_named_statements(structure: Table, place: str, names: Iterable[str]) -> Findings:
    """What is said by name at a place outside of the steps is there."""
    told = {row["id"] for row in structure["statement"] if place in row["steps"]}
    for name in names:
        if f"{place}.{name}" not in told:
            yield ("statement",), f"none with id {place}.{name} and step {place}"


def _check_step(structure: Table, step: str, place: dict[str, str], name: str) -> Findings:
    here = {**place, "steps": step}
    for role in ("do", "why"):
        if not any(row["role"] == role and _applies_to(row, here) for row in structure["statement"]):
            yield ("statement",), f"none with role {role} for step {step} of {name}"
    match step:
        case "open":
            if not any(_applies_to(row, here) for row in structure["form"]):
                yield ("form",), f"none for {name}"
        case "submit":
            if not any(
                row["fills"] == "email" and row["always"] and _applies_to(row, place) for row in structure["field"]
            ):
                yield ("field",), f"no e-mail address for {name}"
        case "review":
            if not any(_applies_to(row, place) for row in structure["point"]):
                yield ("point",), f"none for {name}"


def _applies_to(row: Table, place: Mapping[str, str]) -> bool:
    """Whether a place, given by `platforms`, `regions` and where wanted `steps`, is inside the scope of a row."""
    return all(not row.get(key) or value in row[key] for key, value in place.items())
