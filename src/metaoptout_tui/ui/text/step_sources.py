"""Texts whose sentences rest on sources, and for each sentence who says so, when, and how sure it is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from metaoptout_tui.core.guidance.basis import Basis, GuidanceSource, dated_sureness_sentence, doubt_note
from metaoptout_tui.core.guidance.playbook import MenuPath, ObjectionForm, Playbook, Statement, StatementRole, StepId
from metaoptout_tui.core.guidance.source_sentences import format_source
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance, menu_path_words, unknown_labels_note
from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_advice import Advice, StepAdvice
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.builder import TextBuilder

_SECTION_ORDER: tuple[StatementRole, ...] = ("do", "warn", "know", "why")
"""The order of the sections of a guide, after what to do now and the menu paths."""


def describe_menu_path(path: MenuPath, context: AppContext) -> str:
    """A menu path with its name, in one line: `In Facebook: AI at Meta (English) → bezwaar maken`."""
    words = menu_path_words(path, context.language, f" {context.symbols.arrow} ")
    return labelled(context.session.playbook.texts.sentence(f"path.{path.id}"), words)


def _other_label_words(path: MenuPath, language: str) -> Iterator[str]:
    """For each label that guides write in more than one way, how one of them writes it."""
    for label in path.labels:
        for words in label.other_words(language):
            yield _("One guide writes “{other_words}” for “{label}”").format(
                other_words=words, label=label.word(language)
            )


class SourcedText:
    """A text of sentences that rest on sources. How sure one is stands behind it only where it is not sure.

    `sentence_lines` has the line, from 0, on which each sentence begins, with its words.
    """

    def __init__(self, context: AppContext, width: int) -> None:
        self._context = context
        self._playbook = context.session.playbook
        self._written_statement_ids: set[str] = set()
        self.sentence_lines: list[tuple[int, str]] = []
        self.builder = TextBuilder(width)

    def add_item(self, words: str, basis: Basis | None = None, *, is_warning: bool = False) -> None:
        """Write an item of a list, with how sure it is."""
        symbols = self._context.symbols
        sign, style = (symbols.attention, "$text-warning") if is_warning else (symbols.bullet, "$muted")
        if basis is not None:
            self.note_sentence(words)
        self.builder.item(sign, words, doubt_note(basis), sign_style=style)

    def note_sentence(self, words: str) -> None:
        """Remember that a sentence begins on the next line."""
        self.sentence_lines.append((self.builder.next_line, words))

    def add_statements(self, statements: Iterable[Statement]) -> None:
        """Write each statement that the text does not have yet."""
        for statement in statements:
            if statement.id not in self._written_statement_ids:
                words = self._playbook.texts.sentence(statement.id)
                self.add_item(words, statement.basis, is_warning=statement.role == "warn")
                self._written_statement_ids.add(statement.id)

    def content(self) -> Content:
        """The whole text."""
        return self.builder.content()


def sentence_in_view(sentence_lines: Sequence[tuple[int, str]], top_line: int) -> str:
    """The words of the first sentence that begins at the top line of what is in view, or below it; empty for none."""
    return next((words for line, words in sentence_lines if line >= top_line), "")


class StepText(SourcedText):
    """A text about one step of one account."""

    def __init__(self, context: AppContext, status: AccountStatus, step: str, width: int) -> None:
        super().__init__(context, width)
        self._applicable = ApplicableGuidance(self._playbook, status, step)
        self._is_label_note_written = False

    def add_section(self, heading: str, role: StatementRole, *, only_what_applies: bool = False) -> None:
        """Write the statements of one role that the text does not have yet, under a heading; nothing where none is left.

        `only_what_applies` leaves out what no longer applies to the account.
        """
        statements = tuple(
            statement
            for statement in self._applicable.statements_of_role(role)
            if statement.id not in self._written_statement_ids
            and (not only_what_applies or self._applicable.applies_now(statement))
        )
        if statements:
            self.builder.heading(heading)
            self.add_statements(statements)

    def add_advice(self, advice: Iterable[Advice]) -> None:
        """Write what is to be done now."""
        for each in advice:
            if each.statement is not None:
                self.add_statements((each.statement,))
            else:
                self.add_item(each.words, each.basis, is_warning=each.is_warning)

    def add_first_menu_path(self, heading: str) -> None:
        """Write the first path through Meta's menus, under a heading; nothing where there is none."""
        if paths := self._applicable.menu_paths():
            self.builder.heading(self._with_language_note(heading))
            self._add_path(paths[0])

    def add_menu_paths(self, *, about: str = "", heading: str = mark("Where to find it"), skipped: int = 0) -> None:
        """Write the paths through Meta's menus, in the language of the person's app; `about` as for `menu_paths`.

        The heading is a marked one, or empty for none. The first `skipped` paths are left out.
        """
        paths = self._applicable.menu_paths(about)[skipped:]
        if paths and heading:
            self.builder.heading(self._with_language_note(_(heading)))
        for path in paths:
            self._add_path(path)

    def _add_path(self, path: MenuPath) -> None:
        self.add_item(describe_menu_path(path, self._context), path.basis)
        note = unknown_labels_note([path], self._context.language)
        if note and not self._is_label_note_written:
            self.add_item(note)
            self._is_label_note_written = True

    def _with_language_note(self, heading: str) -> str:
        language = self._context.language
        if language == "en":
            return heading
        return _("{heading} ({language} where known, else English)").format(
            heading=heading, language=language_name(language)
        )


def form_row(form: ObjectionForm, playbook: Playbook, *, lead: str = "") -> Content:
    """A form in a list: when to take it, what it is, and below it the address."""
    words = playbook.texts.sentence(f"form.{form.id}")
    return Content.assemble((lead, "bold $text-accent"), words, (f"\n  {form.url}", "$muted"))


class SourcedSentence(NamedTuple):
    """One thing that is said, and what it rests on."""

    basis: Basis
    words: str


class SourceList:
    """What is said in one place, in its order, with what each sentence rests on; `title` names the place."""

    def __init__(self, context: AppContext, title: str, statements: Iterable[tuple[Basis, str]]) -> None:
        self._context = context
        self.title = title
        self.sentences = tuple(SourcedSentence(*each) for each in dict.fromkeys(statements))

    def sources_of(self, sentence: SourcedSentence) -> tuple[GuidanceSource, ...]:
        """The sources of a sentence, those of the person's own country first."""
        from metaoptout_tui.core.guidance.source_sentences import nearest_first

        session = self._context.session
        sources = session.playbook.sources
        sources_of_sentence = (sources[id] for id in sentence.basis.sources if id in sources)
        return nearest_first(sources_of_sentence, session.record.person.country)

    def sentence_detail(self, sentence: SourcedSentence, width: int) -> Content:
        """One sentence: how sure it is and as of when, and who says so."""
        builder = TextBuilder(width)
        builder.paragraph(dated_sureness_sentence(sentence.basis), "bold")
        if sentence.basis.provision:
            builder.paragraph(_("The law: {provision}.").format(provision=sentence.basis.provision_words))
        builder.heading(_("Who says so"))
        for source in self.sources_of(sentence):
            builder.item(self._context.symbols.bullet, format_source(source), source.url)
        return builder.content()


def form_sources(context: AppContext, form: ObjectionForm) -> SourceList:
    """The sources of one form."""
    words = context.session.playbook.texts.sentence(f"form.{form.id}")
    return SourceList(context, words, ((form.basis, labelled(words, form.url)),))


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
        session = self._context.session
        overview, record = session.overview(), session.record
        for advice in StepAdvice(playbook, record, overview, self._status, self._step_id).in_order():
            if advice.basis is not None:
                yield advice.basis, advice.words
        applicable = ApplicableGuidance(playbook, self._status, self._step_id)
        for path in applicable.menu_paths():
            words = (describe_menu_path(path, self._context), *_other_label_words(path, self._context.language))
            yield path.basis, ". ".join(words)
        for statement in applicable.all_statements():
            yield statement.basis, sentence(statement.id)
        for role in _SECTION_ORDER:
            for statement in applicable.statements_of_role(role):
                if self._step_id != StepId.REPLY or applicable.applies_now(statement):
                    yield statement.basis, sentence(statement.id)

    @property
    def _scope(self) -> dict[str, str]:
        return {"step": self._step_id, "platform": self._status.account.platform, "region": self._status.region.id}

    def _form_statements(self) -> Iterator[tuple[Basis, str]]:
        for form in self._playbook.forms_for(**self._scope):
            yield form.basis, labelled(self._playbook.texts.sentence(f"form.{form.id}"), form.url)

    def _trouble_statements(self) -> Iterator[tuple[Basis, str]]:
        sentence = self._playbook.texts.sentence
        for trouble in self._playbook.troubles_for(**self._scope):
            yield trouble.basis, labelled(sentence(f"{trouble.id}.symptom"), sentence(f"{trouble.id}.helped"))

    def _review_statements(self) -> Iterator[tuple[Basis, str]]:
        """What the review says besides: about scanned chats and about each of its points."""
        if self._step_id != StepId.REVIEW:
            return
        playbook, sentence = self._playbook, self._playbook.texts.sentence
        for statement in ApplicableGuidance(playbook, self._status, self._step_id).statements_at("chats"):
            yield statement.basis, sentence(statement.id)
        for point in playbook.points_for(platform=self._scope["platform"], region=self._scope["region"]):
            yield point.basis, f"{sentence(f'{point.id}.question')} {sentence(f'{point.id}.how')}"
