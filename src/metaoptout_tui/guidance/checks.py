"""Checks a whole playbook: every value against the schema, and all references between its parts.

The bundled playbook is checked in the tests; one from elsewhere each time, before any of it is used. The checks run
in stages, and a stage runs only where the earlier ones found nothing, since one wrong value would be reported again
by whatever refers to it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from string import Formatter
from typing import Any, NamedTuple, cast

from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.guidance.playbook import REVIEW_ANSWERS, Basis, Playbook, StatementRole, StepId
from metaoptout_tui.core.guidance.schema import Field, TableField, fields_of, tables_of
from metaoptout_tui.core.links import parse_watchable_url
from metaoptout_tui.core.objection.coverage import InvalidationKind
from metaoptout_tui.core.objection.coverage_table import CoverageGap
from metaoptout_tui.core.objection.legal_periods import PERIOD_STATEMENTS
from metaoptout_tui.core.objection.reason import ReasonWarning
from metaoptout_tui.core.objection.replies import all_replies
from metaoptout_tui.core.objection.tasks import KINDS_WITH_LATER_TEXT, TASK_TEXT_VALUES, TaskKind
from metaoptout_tui.core.record.event_kinds import REPLY_KINDS
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.core.toml import TomlPath
from metaoptout_tui.guidance.playbook_builder import Table, build_playbook
from metaoptout_tui.guidance.value_checks import (
    MAX_ENTRIES,
    SCHEMA,
    KnownIds,
    describe_value,
    expected_of,
    is_id,
    is_language,
    printable_excerpt,
    text_problem,
)

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

    def of_structure(findings: Findings) -> Iterator[PlaybookProblem]:
        return (PlaybookProblem(file, where, what) for where, what in findings)

    def of_texts(findings: Findings) -> Iterator[PlaybookProblem]:
        return (PlaybookProblem(texts_file, (*texts_at, *where), what) for where, what in findings)

    def references() -> Iterator[PlaybookProblem]:
        playbook = build_playbook(structure, cast(Table, texts))
        yield from of_structure(_check_dates(playbook))
        yield from of_structure(_check_regions(playbook))
        yield from of_structure(_check_usage(playbook))
        yield from of_structure(_check_pages(playbook))
        yield from of_texts(_check_sentences(playbook, "" if file == texts_file else file))
        yield from of_structure(_check_walks(playbook))

    stages: tuple[Callable[[], Iterator[PlaybookProblem]], ...] = (
        lambda: of_structure(_check_schema_version(structure)),
        lambda: chain(of_structure(_check_structure(structure, texts_at)), of_texts(_check_texts_structure(texts))),
        lambda: of_structure(_check_entries(structure)),
        references,
    )
    for stage in stages:
        holds = True
        for problem in stage():
            holds = False
            yield problem
        if not holds:
            return


def required_texts(playbook: Playbook) -> dict[str, frozenset[str]]:
    """The ids of the sentences that a playbook must have, each with the names that may stand in braces in it."""
    none: frozenset[str] = frozenset()
    needed = dict.fromkeys((f"state.{state}" for state in AccountState), none)
    needed["state.filed"] = needed["state.covered"] = needed["state.in-doubt"] = frozenset({"date", "through"})
    needed["state.review-begun"] = frozenset({"done", "all"})
    needed["state.not-reviewed"] = none
    needed |= dict.fromkeys((f"cause.{cause}" for cause in InvalidationKind), frozenset({"date", "through"}))
    later = (f"{task}-later" for task in KINDS_WITH_LATER_TEXT)
    needed |= dict.fromkeys((f"next.{task}" for task in (*TaskKind, *later)), frozenset(TASK_TEXT_VALUES))
    needed["next.add-account"] = needed["next.nothing"] = none
    needed["doubt.year"] = frozenset({"date"})
    needed["cover.own"] = needed["cover.through"] = frozenset({"date", "through"})
    needed["cover.review"] = none
    needed |= dict.fromkeys((f"hole.{hole}" for hole in (*CoverageGap, *InvalidationKind)), none)
    fixed = [f"step.{step}.{part}" for step in StepId for part in ("title", "action")]
    fixed += [f"answer.{answer.id}" for answer in all_replies()]
    fixed += [f"answer-word.{answer}" for answer in REVIEW_ANSWERS]
    fixed += [f"reason-warning.{warning}" for warning in ReasonWarning]
    needed |= dict.fromkeys(fixed, none)
    for table in tables_of(Playbook):
        for row in _rows(playbook, table):
            for text in table.texts:
                needed |= dict.fromkeys((id for _, id in text.ids_for(row)), frozenset(text.values))
    return needed


def _rows(playbook: Playbook, table: TableField) -> tuple[Any, ...]:
    """The rows of a table, each of the type that the table has."""
    rows = getattr(playbook, table.name)
    return tuple(rows.values()) if table.is_by_id else rows


def _rows_with_basis(playbook: Playbook) -> Iterator[tuple[str, int, Basis]]:
    """The basis of each row that has one, with the row's table and number."""
    for table in tables_of(Playbook):
        if table.has_basis:
            yield from ((table.table.name, index, row.basis) for index, row in enumerate(_rows(playbook, table)))


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
    arrays = [each.table.name for each in tables_of(Playbook) if not each.table.is_keyed]
    keyed = [each.table.name for each in tables_of(Playbook) if each.table.is_keyed]
    top = {key: value for key, value in structure.items() if key not in (*arrays, *keyed) and (key,) != texts_at}
    yield from _check_keys(top, [field for field in fields_of(Playbook) if field.notes and not field.is_table], {}, ())
    for kind in arrays:
        rows = structure.get(kind)
        if kind not in structure:
            yield (kind,), "missing"
        elif not isinstance(rows, list) or not rows or not all(isinstance(row, Mapping) for row in rows):
            yield (kind,), f"expected tables [[{kind}]], found {describe_value(rows)}"
        elif len(rows) > MAX_ENTRIES:
            yield (kind,), f"expected at most {MAX_ENTRIES} entries, found {len(rows)}"
    for kind in keyed:
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
    known: dict[str, Collection[str]] = {}
    rows_of: dict[str, Iterable[tuple[Any, Any]]] = {}
    for _, table, *_ in tables_of(Playbook):
        rows = structure[table.name]
        rows_of[table.name] = rows.items() if table.is_keyed else list(enumerate(rows))
        known[table.name] = frozenset(rows if table.is_keyed else (str(row.get("id")) for row in rows))
    for each in tables_of(Playbook):
        kind, keys = each.table.name, each.keys
        seen: set[str] = set()
        for place, row in rows_of[kind]:
            if each.table.is_keyed and not is_id(place):
                yield (kind, place), "expected an id of letters, digits, dots and hyphens"
            if not isinstance(row, Mapping):
                yield (kind, place), f"expected a table, found {describe_value(row)}"
                continue
            yield from _check_keys(row, keys, known, (kind, place))
            id = row.get("id")
            if isinstance(id, str):
                if id in seen:
                    yield (kind, place, "id"), f"{describe_value(id)} stands here twice"
                seen.add(id)


def _check_keys(row: Table, keys: Iterable[Field], known: KnownIds, at: TomlPath) -> Findings:
    expected_keys = {field.key for field in keys}
    for key in row:
        if key not in expected_keys:
            yield (*at, key), "unknown key"
    for field in keys:
        if field.key not in row:
            if field.is_required:
                yield (*at, field.key), "missing"
        elif expected := expected_of(field, row[field.key], known):
            yield (*at, field.key), f"expected {expected}, found {describe_value(row[field.key])}"


def _check_dates(playbook: Playbook) -> Findings:
    """Nothing was looked at after the day of publishing, and an edition ends after it begins."""
    published = playbook.published
    if playbook.expires and playbook.expires <= published:
        yield ("expires",), f"expected a day after {published}, when it was published"
    too_late = f"expected no day after {published}, when this was published"
    for kind, index, basis in _rows_with_basis(playbook):
        if basis.checked_on > published:
            yield (kind, index, "checked_on"), too_late
    for source in playbook.sources.values():
        if source.date > published:
            yield ("source", source.id, "date"), too_late


def _check_regions(playbook: Playbook) -> Findings:
    """Each country is in one region, the last region is for all others, and a region's statements are its own."""
    regions = playbook.regions
    seen: dict[str, str] = {}
    for index, region in enumerate(regions):
        where = ("region", index, "countries")
        for country in region.countries:
            if country in seen:
                yield where, f"{describe_value(country)} is in {describe_value(seen[country])} too"
            seen[country] = region.id
    if regions[-1].countries:
        yield ("region", len(regions) - 1, "countries"), "expected none: the last is for every country left"
    own = {f"region.{region.id}": region.id for region in regions}
    for index, statement in enumerate(playbook.statements):
        region_id = own.get(".".join(statement.id.split(".")[:2]))
        if region_id is not None and statement.scope.regions != (region_id,):
            yield ("statement", index, "regions"), f"expected {describe_value([region_id])} by its id"


def _check_usage(playbook: Playbook) -> Findings:
    """Something rests on each source, a path has each label, and no option stands in two prompts."""
    resting = {id for _, _, basis in _rows_with_basis(playbook) for id in basis.sources}
    yield from ((("source", id), "nothing rests on this source") for id in playbook.sources if id not in resting)
    named = {label.id for path in playbook.paths for label in path.labels}
    yield from ((("label", id), "no path has this label") for id in playbook.labels if id not in named)
    seen: set[str] = set()
    for index, prompt in enumerate(playbook.prompts):
        if twice := seen.intersection(prompt.options):
            yield ("prompt", index, "options"), f"{describe_value(min(twice))} stands in an earlier prompt too"
        seen.update(prompt.options)


def _check_pages(playbook: Playbook) -> Findings:
    """A page is of kind meta where Meta itself answers, and only there: a look at it tells Meta."""
    for page in playbook.pages:
        is_on_meta_site = parse_watchable_url(page.url).is_on_meta_site
        if is_on_meta_site and page.kind != "meta":
            yield ("page", page.id, "kind"), f"expected meta, found {describe_value(page.kind)}"
        elif page.kind == "meta" and not is_on_meta_site:
            yield ("page", page.id, "kind"), "expected another: Meta does not answer at this address"


def _check_sentences(playbook: Playbook, needed_by: str) -> Findings:
    """Each use has its text and each text its use, and no text can do more than be read."""
    sentences = playbook.texts.sentences
    needed = required_texts(playbook)
    for id in needed:
        if id not in sentences:
            yield ("sentences", id), f"missing, and {needed_by} needs it" if needed_by else "missing"
    own_titles = {f"step.{step}.title.{platform.id}" for step in StepId for platform in playbook.platforms}
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


def _check_walks(playbook: Playbook) -> Findings:
    """Every account has a walk, every step of it says what to do and why, and what is said by name is there."""
    for platform in playbook.platforms:
        for region in playbook.regions:
            steps = playbook.steps_for(platform.id, region.id)
            if not steps:
                yield ("walk",), f"none holds for {platform.id} in region {region.id}"
            for step in steps:
                yield from _check_step(playbook, step, platform.id, region.id)
    replies = [f"{reply}.help" for reply in sorted(REPLY_KINDS)]
    for place, names in (
        ("answer", replies),
        ("period", PERIOD_STATEMENTS),
        ("chats", scan_summary.CHAT_STATEMENT_NAMES),
    ):
        told = {statement.id for statement in playbook.statements if place in statement.scope.steps}
        for name in names:
            if f"{place}.{name}" not in told:
                yield ("statement",), f"none with id {place}.{name} and step {place}"


def _check_step(playbook: Playbook, step: StepId, platform: str, region: str) -> Findings:
    name = f"{platform} in region {region}"
    for role in _NEEDED_ROLES:
        if not playbook.statements_for(step=step, platform=platform, region=region, role=role):
            yield ("statement",), f"none with role {role} for step {step} of {name}"
    match step:
        case StepId.OPEN:
            if not playbook.forms_for(platform=platform, region=region):
                yield ("form",), f"none for {name}"
        case StepId.SUBMIT:
            fields = playbook.fields_for(platform=platform, region=region)
            if not any(field.fills == "email" and field.is_always_asked for field in fields):
                yield ("field",), f"no e-mail address for {name}"
        case StepId.REVIEW:
            if not playbook.points_for(platform=platform, region=region):
                yield ("point",), f"none for {name}"


_NEEDED_ROLES: tuple[StatementRole, ...] = ("do", "why")
