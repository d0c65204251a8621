"""Checks a whole playbook: every value against the schema, and all references between its parts.

The bundled playbook is checked in the tests; any other each time before it is used. The checks run in stages, and a
stage runs only if the earlier ones found nothing, since one wrong value would be reported again by every reference
to it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from string import Formatter
from typing import Any, NamedTuple, cast

from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.guidance.basis import Basis
from metaoptout_tui.core.guidance.playbook import REVIEW_ANSWERS, Playbook, StatementRole, StepId
from metaoptout_tui.core.guidance.schema import Field, TableField, fields_of, tables_of
from metaoptout_tui.core.links import parse_watchable_url
from metaoptout_tui.core.objection.coverage import InvalidationKind
from metaoptout_tui.core.objection.coverage_table import CoverageGap
from metaoptout_tui.core.objection.legal_periods import PERIOD_STATEMENTS
from metaoptout_tui.core.objection.lifecycle import STATES_WITHOUT_DECISION
from metaoptout_tui.core.objection.reason import ReasonWarning
from metaoptout_tui.core.objection.replies import all_replies
from metaoptout_tui.core.objection.tasks import KINDS_WITH_LATER_TEXT, TASK_TEXT_VALUES, TaskKind
from metaoptout_tui.core.record.event_kinds import REPLY_KINDS
from metaoptout_tui.core.record.vocabulary import ANSWER_UNKNOWN, AccountState, LogIn
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
"""Key paths with what is wrong there."""


class PlaybookProblem(NamedTuple):
    """One error: its file, its key path (lists counted from 0), and what is wrong there."""

    file: str
    key_path: TomlPath
    message: str

    @property
    def key(self) -> str:
        """The key path as it is written in a message: `statement[3].role`."""
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
    texts_key_path: TomlPath = (),
) -> Iterator[PlaybookProblem]:
    """Yield every error; a later stage runs only if the earlier ones found none.

    `texts` holds `language` and `sentences`; `texts_key_path` leads to it where it is a table of the same file.
    """

    def of_structure(findings: Findings) -> Iterator[PlaybookProblem]:
        return (PlaybookProblem(file, key_path, message) for key_path, message in findings)

    def of_texts(findings: Findings) -> Iterator[PlaybookProblem]:
        return (PlaybookProblem(texts_file, (*texts_key_path, *key_path), message) for key_path, message in findings)

    def references() -> Iterator[PlaybookProblem]:
        playbook = build_playbook(structure, cast(Table, texts))
        yield from of_structure(_check_dates(playbook))
        yield from of_structure(_check_regions(playbook))
        yield from of_structure(_check_usage(playbook))
        yield from of_structure(_check_pages(playbook))
        yield from of_texts(_check_sentences(playbook, "" if file == texts_file else file))
        yield from of_texts(_check_translations(playbook))
        yield from of_structure(_check_step_sequences(playbook))

    stages: tuple[Callable[[], Iterator[PlaybookProblem]], ...] = (
        lambda: of_structure(_check_schema_version(structure)),
        lambda: chain(
            of_structure(_check_structure(structure, texts_key_path)), of_texts(_check_texts_structure(texts))
        ),
        lambda: of_structure(_check_entries(structure)),
        references,
    )
    for stage in stages:
        has_problems = False
        for problem in stage():
            has_problems = True
            yield problem
        if has_problems:
            return


def required_texts(playbook: Playbook) -> dict[str, frozenset[str]]:
    """The ids of the sentences that a playbook must have, each with its permitted placeholders."""
    no_placeholders: frozenset[str] = frozenset()
    needed = dict.fromkeys((f"state.{state}" for state in AccountState), no_placeholders)
    for id in ("complaint-rejected", "complaint-upheld", "complaint-decided", "in-court"):
        needed[f"state.{id}"] = frozenset({"date", "through"})
    needed["state.filed-again"] = needed["state.filed-since"] = frozenset({"date", "sent"})
    needed["state.message-unread"] = needed["state.covered-sent"] = frozenset({"date", "through"})
    needed["state.received"] = needed["state.mail-lost"] = frozenset({"date", "through"})
    needed["state.filed"] = needed["state.covered"] = needed["state.in-doubt"] = frozenset({"date", "through"})
    needed |= dict.fromkeys(
        (f"state.again-{state}" for state in STATES_WITHOUT_DECISION), frozenset({"confirmed", "sent"})
    )
    needed["state.review-begun"] = frozenset({"done", "all"})
    needed["state.not-reviewed"] = no_placeholders
    needed |= dict.fromkeys((f"cause.{cause}" for cause in InvalidationKind), frozenset({"date", "through"}))
    later = (f"{task}-later" for task in KINDS_WITH_LATER_TEXT)
    needed |= dict.fromkeys((f"next.{task}" for task in (*TaskKind, *later)), frozenset(TASK_TEXT_VALUES))
    needed[f"next.{TaskKind.RECHECK}-past"] = frozenset(TASK_TEXT_VALUES)
    needed["next.add-account"] = needed["next.nothing"] = no_placeholders
    needed["doubt.year"] = frozenset({"date"})
    needed["state.covered-perhaps"] = needed["state.object-itself"] = frozenset({"date", "through"})
    needed["cover.own"] = needed["cover.through"] = needed["cover.perhaps"] = frozenset({"date", "through"})
    needed["cover.review"] = no_placeholders
    needed |= dict.fromkeys((f"hole.{gap}" for gap in (*CoverageGap, *InvalidationKind)), no_placeholders)
    fixed = [f"step.{step}.{part}" for step in StepId for part in ("title", "action")]
    fixed += [f"answer.{answer.id}" for answer in all_replies()]
    fixed += [f"answer.{answer.id}.question" for answer in all_replies() if answer.variants]
    fixed += [f"log-in.{log_in}" for log_in in LogIn]
    fixed += [f"answer-word.{answer}" for answer in (*REVIEW_ANSWERS, ANSWER_UNKNOWN)]
    fixed += [f"reason-warning.{warning}" for warning in ReasonWarning]
    needed |= dict.fromkeys(fixed, no_placeholders)
    for table in tables_of(Playbook):
        for row in _rows(playbook, table):
            for text in table.texts:
                needed |= dict.fromkeys((id for _, id in text.ids_for(row)), frozenset(text.values))
    return needed


def _rows(playbook: Playbook, table: TableField) -> tuple[Any, ...]:
    """The typed rows of a table."""
    rows = getattr(playbook, table.name)
    return tuple(rows.values()) if table.is_by_id else rows


def _rows_with_basis(playbook: Playbook) -> Iterator[tuple[str, int, Basis]]:
    """The table, index and basis of each row that has a basis."""
    for table in tables_of(Playbook):
        if table.has_basis:
            yield from ((table.table.name, index, row.basis) for index, row in enumerate(_rows(playbook, table)))


def _check_schema_version(structure: Table) -> Findings:
    """A newer schema version ends the checks, since nothing else in the file can be judged."""
    schema = structure.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        yield (
            ("schema",),
            f"{describe_value(schema)} is newer than this program, which reads {SCHEMA}: update the program",
        )


def _check_structure(structure: Table, texts_key_path: TomlPath) -> Findings:
    """The keys at the top, and that each kind of entry is a list or table of tables."""
    arrays = [field.table.name for field in tables_of(Playbook) if not field.table.is_keyed]
    keyed = [field.table.name for field in tables_of(Playbook) if field.table.is_keyed]
    top = {key: value for key, value in structure.items() if key not in (*arrays, *keyed) and (key,) != texts_key_path}
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
        if key not in ("language", "sentences", "translations"):
            yield (key,), "unknown key"
    if not is_language(texts.get("language")):
        yield ("language",), f"expected a code such as en, found {describe_value(texts.get('language'))}"
    if not isinstance(texts.get("sentences"), Mapping):
        yield ("sentences",), f"expected a table, found {describe_value(texts.get('sentences'))}"
    translations = texts.get("translations", {})
    if not isinstance(translations, Mapping) or not all(isinstance(each, Mapping) for each in translations.values()):
        yield ("translations",), f"expected a table for each language, found {describe_value(translations)}"


def _check_entries(structure: Table) -> Findings:
    """Each entry by itself: its keys, its values, and that its id is unique."""
    known_ids: dict[str, Collection[str]] = {}
    rows_of: dict[str, Iterable[tuple[Any, Any]]] = {}
    for _, table, *_ in tables_of(Playbook):
        rows = structure[table.name]
        rows_of[table.name] = rows.items() if table.is_keyed else list(enumerate(rows))
        known_ids[table.name] = frozenset(rows if table.is_keyed else (str(row.get("id")) for row in rows))
    for table_field in tables_of(Playbook):
        kind, keys = table_field.table.name, table_field.keys
        ids: set[str] = set()
        for row_key, row in rows_of[kind]:
            if table_field.table.is_keyed and not is_id(row_key):
                yield (kind, row_key), "expected an id of letters, digits, dots and hyphens"
            if not isinstance(row, Mapping):
                yield (kind, row_key), f"expected a table, found {describe_value(row)}"
                continue
            yield from _check_keys(row, keys, known_ids, (kind, row_key))
            id = row.get("id")
            if isinstance(id, str):
                if id in ids:
                    yield (kind, row_key, "id"), f"{describe_value(id)} stands here twice"
                ids.add(id)


def _check_keys(row: Table, keys: Iterable[Field], known_ids: KnownIds, key_path: TomlPath) -> Findings:
    expected_keys = {field.key for field in keys}
    for key in row:
        if key not in expected_keys:
            yield (*key_path, key), "unknown key"
    for field in keys:
        if field.key not in row:
            if field.is_required:
                yield (*key_path, field.key), "missing"
        elif expected := expected_of(field, row[field.key], known_ids):
            yield (*key_path, field.key), f"expected {expected}, found {describe_value(row[field.key])}"


def _check_dates(playbook: Playbook) -> Findings:
    """No source or check is dated after the day of publishing, and the edition expires after that day."""
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
    """Each country is in one region, the last region has none, and statements named after a region hold only there."""
    regions = playbook.regions
    region_by_country: dict[str, str] = {}
    for index, region in enumerate(regions):
        key_path = ("region", index, "countries")
        for country in region.countries:
            if country in region_by_country:
                yield key_path, f"{describe_value(country)} is in {describe_value(region_by_country[country])} too"
            region_by_country[country] = region.id
    if regions[-1].countries:
        yield ("region", len(regions) - 1, "countries"), "expected none: the last is for every country left"
    region_ids = {f"region.{region.id}": region.id for region in regions}
    for index, statement in enumerate(playbook.statements):
        region_id = region_ids.get(".".join(statement.id.split(".")[:2]))
        if region_id is not None and statement.scope.regions != (region_id,):
            yield ("statement", index, "regions"), f"expected {describe_value([region_id])} by its id"


def _check_usage(playbook: Playbook) -> Findings:
    """Every source and label is used, and no option stands in two prompts."""
    cited = {id for _, _, basis in _rows_with_basis(playbook) for id in basis.sources}
    yield from ((("source", id), "nothing rests on this source") for id in playbook.sources if id not in cited)
    used = {label.id for path in playbook.paths for label in path.labels}
    yield from ((("label", id), "no path has this label") for id in playbook.labels if id not in used)
    earlier_options: set[str] = set()
    for index, prompt in enumerate(playbook.prompts):
        if repeated := earlier_options.intersection(prompt.options):
            yield ("prompt", index, "options"), f"{describe_value(min(repeated))} stands in an earlier prompt too"
        earlier_options.update(prompt.options)


def _check_pages(playbook: Playbook) -> Findings:
    """A page is of kind meta if and only if it is on a site of Meta, since checking it tells Meta something."""
    for page in playbook.pages:
        is_on_meta_site = parse_watchable_url(page.url).is_on_meta_site
        if is_on_meta_site and page.kind != "meta":
            yield ("page", page.id, "kind"), f"expected meta, found {describe_value(page.kind)}"
        elif page.kind == "meta" and not is_on_meta_site:
            yield ("page", page.id, "kind"), "expected another: Meta does not answer at this address"


def _check_sentences(playbook: Playbook, needed_by: str) -> Findings:
    """Every needed sentence is there, every sentence is used, and all are plain text with valid placeholders."""
    sentences = playbook.texts.sentences
    needed = required_texts(playbook)
    for id in needed:
        if id not in sentences:
            yield ("sentences", id), f"missing, and {needed_by} needs it" if needed_by else "missing"
    platform_titles = {f"step.{step}.title.{platform.id}" for step in StepId for platform in playbook.platforms}
    for id, sentence in sentences.items():
        if id not in needed and id not in platform_titles:
            yield ("sentences", id), "nothing uses this text"
        if problem := _placeholder_problem(sentence, needed.get(id, frozenset())) or text_problem(sentence):
            yield ("sentences", id), problem


def _check_translations(playbook: Playbook) -> Findings:
    """Every translation is of a sentence that is there, is plain text, and has its placeholders."""
    texts = playbook.texts
    for language, sentences in texts.translations.items():
        if not is_language(language) or language == texts.language:
            yield ("translations", language), f"expected the code of another language than {texts.language}"
        for id, sentence in sentences.items():
            if id not in texts.sentences:
                yield ("translations", language, id), "there is no such sentence to translate"
                continue
            names = frozenset(name for _, name, *_rest in Formatter().parse(texts.sentences[id]) if name is not None)
            if problem := _placeholder_problem(sentence, names) or text_problem(sentence):
                yield ("translations", language, id), problem


def _placeholder_problem(sentence: object, names: frozenset[str]) -> str:
    """Why the placeholders of a sentence cannot be filled in, empty if they can."""
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


def _check_step_sequences(playbook: Playbook) -> Findings:
    """Every platform has steps in every region, each says what to do and why, and statements used by name exist."""
    for platform in playbook.platforms:
        for region in playbook.regions:
            steps = playbook.steps_for(platform.id, region.id)
            if not steps:
                yield ("walk",), f"none holds for {platform.id} in region {region.id}"
            for step in steps:
                yield from _check_step(playbook, step, platform.id, region.id)
    replies = [f"{reply}.help" for reply in sorted(REPLY_KINDS)]
    for step_name, names in (
        ("answer", replies),
        ("period", PERIOD_STATEMENTS),
        ("chats", scan_summary.CHAT_STATEMENT_NAMES),
    ):
        ids = {statement.id for statement in playbook.statements if step_name in statement.scope.places}
        for name in names:
            if f"{step_name}.{name}" not in ids:
                yield ("statement",), f"none with id {step_name}.{name} and step {step_name}"


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
