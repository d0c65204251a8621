"""Texts with their sources, numbered in the order in which a text names them, and what rests on each source."""

from collections.abc import Iterable, Iterator

from textual.content import Content

from metaoptout_tui.core.guidance.playbook import (
    Basis,
    GuidanceSource,
    MenuPath,
    ObjectionForm,
    Playbook,
    Statement,
    StatementRole,
    StepId,
)
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.sentences import format_source, format_sureness, recheck_sentence, step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.ui.context import LANGUAGE_NAMES, AppContext
from metaoptout_tui.ui.text.builder import TextBuilder

_SECTION_ORDER: tuple[StatementRole, ...] = ("do", "warn", "know", "why")
"""The order of the sections of a guide; the menu paths follow the first one."""


def describe_menu_path(path: MenuPath, context: AppContext) -> str:
    """A menu path with its name, in one line: `In Facebook: AI at Meta (English) → bezwaar maken`.

    A label that is not known in the language of the person's app is marked as English, or all are where none is known.
    """
    language = context.language
    unknown = [label for label in path.labels if not label.is_known_in(language)]
    is_all_english = all(label in unknown or language not in label.words for label in path.labels)
    words = (
        f"{label.word(language)}{' (English)' if label in unknown and not is_all_english else ''}"
        for label in path.labels
    )
    labels = f" {context.symbols.arrow} ".join(words)
    all_english = " (all in English)" if unknown and is_all_english else ""
    return f"{context.session.playbook.texts.sentence(f'path.{path.id}')}: {labels}{all_english}"


class SourceNumbers:
    """Numbers the sources of a text in the order in which it first names them, after those with the given `ids`."""

    def __init__(self, playbook: Playbook, ids: Iterable[str] = ()) -> None:
        self._playbook = playbook
        self._numbers: dict[str, int] = {}
        for id in ids:
            self._number_of(id)

    def _number_of(self, id: str) -> int:
        return self._numbers.setdefault(id, len(self._numbers) + 1)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the sources that have a number, in its order."""
        return tuple(self._numbers)

    def basis_note(self, basis: Basis) -> str:
        """How sure a statement is, as of when, and the numbers of its sources: `sure, May 2025 [1, 2]`."""
        return f"{format_sureness(basis)} {sorted(map(self._number_of, basis.sources))}"

    def numbered_sources(self) -> tuple[tuple[int, GuidanceSource], ...]:
        """The sources that have a number, each with it."""
        numbered = ((number, self._playbook.sources.get(id)) for id, number in self._numbers.items())
        return tuple((number, source) for number, source in numbered if source is not None)

    def add_source_list(self, builder: TextBuilder) -> None:
        """Write the numbered sources at the end of a text; nothing where it names none."""
        if self._numbers:
            builder.heading("Sources")
        for number, source in self.numbered_sources():
            builder.item(str(number), format_source(source))


class SourcedText:
    """A text in which each statement has its sureness and the numbers of its sources, with the sources at the end."""

    def __init__(self, context: AppContext, width: int) -> None:
        self._context = context
        self._playbook = context.session.playbook
        self._sources = SourceNumbers(self._playbook)
        self._written_statement_ids: set[str] = set()
        self.builder = TextBuilder(width)

    @property
    def numbered_source_ids(self) -> tuple[str, ...]:
        """The ids of the sources that the text has numbered so far, in that order."""
        return self._sources.ids

    def basis_note(self, basis: Basis | None) -> str:
        """The note of `SourceNumbers`; empty for what rests on no source."""
        return self._sources.basis_note(basis) if basis is not None else ""

    def add_item(self, words: str, basis: Basis | None = None) -> None:
        """Write an item of a list, with its basis."""
        self.builder.item(self._context.symbols.bullet, words, self.basis_note(basis))

    def add_statements(self, statements: Iterable[Statement]) -> None:
        """Write each statement with its sureness and the numbers of its sources."""
        symbols = self._context.symbols
        for statement in statements:
            sign, style = (
                (symbols.attention, "$text-warning") if statement.role == "warn" else (symbols.bullet, "$muted")
            )
            words = self._playbook.texts.sentence(statement.id)
            self.builder.item(sign, words, self.basis_note(statement.basis), sign_style=style)
            self._written_statement_ids.add(statement.id)

    def content_with_sources(self) -> Content:
        """The whole text, with the list of its sources."""
        self._sources.add_source_list(self.builder)
        return self.builder.content()


class StepText(SourcedText):
    """A text about one step of one account."""

    def __init__(self, context: AppContext, status: AccountStatus, step: str, width: int) -> None:
        super().__init__(context, width)
        self._applicable = ApplicableGuidance(self._playbook, status, step)

    def add_section(self, heading: str, role: StatementRole) -> None:
        """Write the statements of one role that the text does not have yet, under a heading; nothing where none is left."""
        statements = tuple(
            statement
            for statement in self._applicable.statements_of_role(role)
            if statement.id not in self._written_statement_ids
        )
        if statements:
            self.builder.heading(heading)
            self.add_statements(statements)

    def add_menu_paths(self, *, about: str = "") -> None:
        """Write the paths through Meta's menus, in the language of the person's app; `about` as for `menu_paths`."""
        paths = self._applicable.menu_paths(about)
        if not paths:
            return
        language = self._context.language
        labels = "" if language == "en" else f" ({LANGUAGE_NAMES[language]} where known, else English)"
        self.builder.heading(f"Where to find it{labels}")
        for path in paths:
            self.add_item(describe_menu_path(path, self._context), path.basis)


def form_row(form: ObjectionForm, playbook: Playbook) -> Content:
    """A form in a list: what it is, how sure that is where it is not sure, and below it the address."""
    sureness = "" if form.basis.is_sure else f" ({format_sureness(form.basis)})"
    return Content.assemble(playbook.texts.sentence(f"form.{form.id}"), (f"{sureness}\n  {form.url}", "$muted"))


class SourceList:
    """The sources of what is said in one place, in the order in which it is said; `title` names the place."""

    def __init__(self, context: AppContext, title: str, statements: Iterable[tuple[Basis, str]]) -> None:
        self._context = context
        self.title = title
        self._statements = tuple(dict.fromkeys(statements))

    def numbered_sources(self, first: Iterable[str] = ()) -> tuple[tuple[int, GuidanceSource], ...]:
        """All sources with their numbers: those with the ids `first`, then the others in the order of the place."""
        numbers = SourceNumbers(self._context.session.playbook, first)
        for basis, _ in self._statements:
            numbers.basis_note(basis)
        return numbers.numbered_sources()

    def source_detail(self, source: GuidanceSource, width: int) -> Content:
        """One source: what it is, its address, and what of the place is based on it."""
        builder = TextBuilder(width)
        builder.paragraph(format_source(source), "bold")
        if source.url:
            builder.paragraph(source.url)
        builder.heading("Based on this source")
        for basis, words in self._statements:
            if source.id in basis.sources:
                builder.item(self._context.symbols.bullet, words, format_sureness(basis))
        return builder.content()


def form_sources(context: AppContext, form: ObjectionForm) -> SourceList:
    """The sources of one form."""
    words = context.session.playbook.texts.sentence(f"form.{form.id}")
    return SourceList(context, words, ((form.basis, f"{words}: {form.url}"),))


def step_sources(context: AppContext, account_id: str, step: str) -> SourceList | None:
    """The sources of everything that is said about one step of one account; None if the account was removed."""
    status = context.session.overview().status_of(account_id)
    if status is None:
        return None
    title = step_title(step, status.account.platform, context.session.playbook)
    return SourceList(context, title, _StepStatements(context, status, step).in_order())


class _StepStatements:
    """Everything that is said about one step of one account and has sources."""

    def __init__(self, context: AppContext, status: AccountStatus, step: str) -> None:
        self._context = context
        self._playbook = context.session.playbook
        self._status = status
        self._step_id = step

    def in_order(self) -> Iterator[tuple[Basis, str]]:
        """Each with its basis, in the order of the guide."""
        yield from self._guide_statements()
        yield from self._form_statements()
        yield from self._trouble_statements()
        yield from self._review_statements()

    def _guide_statements(self) -> Iterator[tuple[Basis, str]]:
        playbook, sentence = self._playbook, self._playbook.texts.sentence
        applicable, now = ApplicableGuidance(playbook, self._status, self._step_id), self._context.session.now()
        for reason in applicable.recheck_reasons:
            basis = applicable.basis_of_recheck(reason)
            if basis is not None:
                yield basis, recheck_sentence(reason, playbook, now)
        for statement in applicable.all_statements():
            yield statement.basis, sentence(statement.id)
        for role in _SECTION_ORDER:
            for statement in applicable.statements_of_role(role):
                yield statement.basis, sentence(statement.id)
            if role == "do":
                for path in applicable.menu_paths():
                    yield path.basis, describe_menu_path(path, self._context)

    @property
    def _scope(self) -> dict[str, str]:
        return {"step": self._step_id, "platform": self._status.account.platform, "region": self._status.region.id}

    def _form_statements(self) -> Iterator[tuple[Basis, str]]:
        for form in self._playbook.forms_for(**self._scope):
            yield form.basis, f"{self._playbook.texts.sentence(f'form.{form.id}')}: {form.url}"

    def _trouble_statements(self) -> Iterator[tuple[Basis, str]]:
        sentence = self._playbook.texts.sentence
        for trouble in self._playbook.troubles_for(**self._scope):
            yield trouble.basis, f"{sentence(f'{trouble.id}.symptom')}: {sentence(f'{trouble.id}.helped')}"

    def _review_statements(self) -> Iterator[tuple[Basis, str]]:
        """What the review says besides: about scanned chats and about each of its points."""
        if self._step_id != StepId.REVIEW:
            return
        playbook, sentence = self._playbook, self._playbook.texts.sentence
        for statement in ApplicableGuidance(playbook, self._status, self._step_id).statements_at("chats"):
            yield statement.basis, sentence(statement.id)
        for point in playbook.points_for(platform=self._scope["platform"], region=self._scope["region"]):
            yield point.basis, f"{sentence(f'{point.id}.question')} {sentence(f'{point.id}.how')}"
