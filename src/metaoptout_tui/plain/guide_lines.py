"""What there is to know about a step, a reply or a topic, as statements to read one by one, and who says so."""

from collections.abc import Iterable, Iterator

from metaoptout_tui.core.guidance.basis import Basis, dated_sureness_sentence, with_doubt
from metaoptout_tui.core.guidance.playbook import (
    FormField,
    MenuPath,
    Playbook,
    ReviewPoint,
    Statement,
    StatementRole,
    StepId,
)
from metaoptout_tui.core.guidance.source_sentences import format_source
from metaoptout_tui.core.guidance.topics import TOPICS, TopicId, topic_forms, topic_statements
from metaoptout_tui.core.guidance.watched_page_status import sources_changed_sentence
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.applicable_guidance import (
    ApplicableGuidance,
    is_in_english_alone,
    menu_labels_of,
    menu_path_words,
    unknown_labels_note,
)
from metaoptout_tui.core.objection.event_sentences import moment_of_event
from metaoptout_tui.core.objection.offers import words_on_own_objection
from metaoptout_tui.core.objection.replies import Reply
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_advice import Advice, StepAdvice
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import SourcedStatement
from metaoptout_tui.plain.line_terminal import then
from metaoptout_tui.plain.typed_words import typed_word

_SECTIONS: tuple[tuple[StatementRole, str], ...] = (
    ("do", mark("What else to do:")),
    ("warn", ""),
    ("know", mark("Good to know:")),
    ("why", mark("Why:")),
)
"""The sections of everything there is to know, in their order; each warning says itself that it is one."""


def statement_line(statement: Statement, playbook: Playbook) -> str:
    """A statement of the guidance; a warning says that it is one."""
    words = with_doubt(playbook.texts.sentence(statement.id), statement.basis)
    return _("Take care: {warning}").format(warning=words) if statement.role == "warn" else words


def menu_path_line(path: MenuPath, context: PlainContext) -> str:
    """A way through Meta's menus in one line, for a list of such: where it begins, then each label after the other."""
    words = menu_path_words(path, context.language, then())
    return with_doubt(labelled(context.sentence(f"path.{path.id}"), words), path.basis)


def menu_path_lines(path: MenuPath, context: PlainContext) -> Iterator[str]:
    """A way through Meta's menus: where it begins, then what to tap, a line each."""
    begins = with_doubt(context.sentence(f"path.{path.id}"), path.basis)
    # Translators: {place} is such as “In Facebook”, and menus follow whose words are all English.
    yield labelled(
        _("{place}, all in English").format(place=begins) if is_in_english_alone(path, context.language) else begins
    )
    for number, label in enumerate(menu_labels_of(path, context.language), start=1):
        # Translators: {label} is a word on Meta's screens, or what stands there, such as “three lines”.
        yield f"{number}. {_('Tap {label}.').format(label=_without_brackets(label))}"


def _without_brackets(label: str) -> str:
    """A label; of a description, such as (three lines), what it says."""
    return label[1:-1] if label.startswith("(") and label.endswith(")") else label


def who_says_so(basis: Basis, playbook: Playbook) -> Iterator[str]:
    """How sure a statement is, and its sources."""
    yield dated_sureness_sentence(basis)
    if basis.provision:
        yield _("The law: {provision}.").format(provision=basis.provision_words)
    for id in basis.sources:
        if (source := playbook.sources.get(id)) is not None:
            yield _("Source: {source}.").format(source=format_source(source))
            if source.url:
                yield source.url


def sources_of_statements(sentences: Iterable[tuple[Basis, str]], playbook: Playbook) -> Iterator[SourcedStatement]:
    """Each sentence with who says so."""
    for basis, words in dict.fromkeys(sentences):
        yield SourcedStatement(words, tuple(who_says_so(basis, playbook)))


class StepLines:
    """What there is to know about one step of one account."""

    def __init__(self, context: PlainContext, status: AccountStatus, step: str) -> None:
        self._context, self._status, self._step_id = context, status, step
        self._playbook = context.playbook
        self._applicable = ApplicableGuidance(context.playbook, status, step)

    def first(self) -> Iterator[str]:
        """What is to be done now."""
        yield from self._warnings()
        if self._step_id in (StepId.IDENTIFY, StepId.OPEN) and self._status.why_no_log_in is None:
            yield self._context.whose_log_in
        own_objection = words_on_own_objection(self._status)
        for advice in self._advice():
            words = with_doubt(advice.words, advice.basis)
            yield _("Take care: {warning}").format(warning=words) if advice.is_warning else words
            if own_objection and advice.words == own_objection:
                yield _("That is on the page of the account: type {list}, then choose the account.").format(
                    list=typed_word("list")
                )
        if self._step_id in (StepId.IDENTIFY, StepId.OPEN):
            yield from self.menu_lines(first_only=True)
        yield from self._own_notes()

    def _advice(self) -> tuple[Advice, ...]:
        session = self._context.session
        return StepAdvice(self._playbook, session.record, session.overview(), self._status, self._step_id).in_order()

    def menu_lines(self, *, first_only: bool = False, about: str = "") -> Iterator[str]:
        """The ways through Meta's menus; `about` is a review point."""
        paths = self._applicable.menu_paths(about)
        told_paths = paths[:1] if first_only else paths
        for path in told_paths:
            yield from menu_path_lines(path, self._context)
        if not about and (note := unknown_labels_note(told_paths, self._context.language)):
            yield note

    def everything(self) -> Iterator[str]:
        """All that is known here and still applies, each statement once."""
        told_ids = {advice.statement.id for advice in self._advice() if advice.statement is not None}
        yield from self._lines_of(self._applicable.all_statements(), told_ids)
        for role, heading in _SECTIONS:
            statements = [
                statement
                for statement in self._applicable.statements_of_role(role)
                if statement.id not in told_ids and self._applicable.applies_now(statement)
            ]
            if statements:
                yield _(heading)
                yield from self._lines_of(statements, told_ids)
            if role == "do":
                yield from self.menu_lines()
            if role == "warn":
                yield from self.troubles()

    def sources(self) -> Iterator[SourcedStatement]:
        """Everything that rests on sources here, each with who says so."""
        return sources_of_statements(self._sourced(), self._playbook)

    def _sourced(self) -> Iterator[tuple[Basis, str]]:
        sentence = self._playbook.texts.sentence
        for path in self._applicable.menu_paths():
            yield path.basis, menu_path_line(path, self._context)
        roles = [statement for role, _unused in _SECTIONS for statement in self._applicable.statements_of_role(role)]
        for statement in (*self._applicable.all_statements(), *roles):
            if self._applicable.applies_now(statement):
                yield statement.basis, sentence(statement.id)
        for form in self._playbook.forms_for(**self._applicable.scope):
            yield form.basis, labelled(sentence(f"form.{form.id}"), form.url)

    def _lines_of(self, statements: Iterable[Statement], told: set[str]) -> Iterator[str]:
        for statement in statements:
            if statement.id not in told:
                told.add(statement.id)
                yield statement_line(statement, self._playbook)

    def troubles(self) -> Iterator[str]:
        """What may go wrong here, and what helped."""
        troubles = self._playbook.troubles_for(**self._applicable.scope)
        if troubles:
            yield _("If it goes wrong:")
        for trouble in troubles:
            symptom = self._context.sentence(f"{trouble.id}.symptom")
            helped = self._context.sentence(f"{trouble.id}.helped")
            yield with_doubt(labelled(symptom, helped), trouble.basis)

    def _warnings(self) -> Iterator[str]:
        """The sentences that a source of this step changed, that the guidance is out of date, and what holds for a territory."""
        watcher, today = self._context.page_watcher, self._context.session.now().date()
        if unread := watcher.unread_pages_for(**self._applicable.scope):
            yield sources_changed_sentence(unread)
        if watcher.guidance.needs_warning(today):
            yield watcher.guidance.describe(today)
        if self._status.state is AccountState.NOT_AVAILABLE:
            yield self._context.territory_note(self._context.session.record.person.country)

    def _own_notes(self) -> Iterator[str]:
        now = self._context.session.now()
        for event in self._status.notes_at(self._step_id)[-1:]:
            words = event.text("text") or event.text("note")
            yield _("Your last note, of {date}: {note}").format(date=moment_of_event(event, now), note=words)


def field_lines(field: FormField, context: PlainContext) -> Iterator[str]:
    """What to know about one field of the form."""
    yield with_doubt(context.sentence(f"{field.id}.help"), field.basis)


def reply_lines(reply: Reply, context: PlainContext, status: AccountStatus) -> Iterator[str]:
    """What a reply means."""
    for statement in ApplicableGuidance(context.playbook, status, StepId.REPLY).reply_statements(reply):
        yield statement_line(statement, context.playbook)


def point_lines(point: ReviewPoint, context: PlainContext, status: AccountStatus) -> Iterator[str]:
    """How to find out about one point of a review."""
    yield with_doubt(context.sentence(f"{point.id}.how"), point.basis)
    yield from StepLines(context, status, StepId.REVIEW).menu_lines(about=point.id)


def lines_on_genuine_hosts(context: PlainContext) -> Iterator[str]:
    """Which addresses are really Meta's, said before a link to it; nothing where the guidance does not know."""
    for statement in context.playbook.statements:
        if statement.id == "fraud.host":
            yield statement_line(statement, context.playbook)
            yield _("Type your password at no other address.")


def tell_topic(context: PlainContext, topic: TopicId, reasons: frozenset[str] | None = None) -> None:
    """Tell a topic: its sections, and the forms and pages of Meta that it leads to; where the reasons that lead there are known, what fits them."""
    playbook = context.playbook
    region = playbook.region_of_country(context.session.record.person.country).id
    context.dialogue.say_part(with_full_stop(_(TOPICS[topic].title)))
    for heading, statements in topic_statements(playbook, topic, region, reasons):
        context.dialogue.say_part(labelled(heading))
        context.say(*(statement_line(statement, playbook) for statement in statements))
    forms = topic_forms(playbook, topic, region, reasons)
    if forms:
        context.dialogue.say_part(*lines_on_genuine_hosts(context))
    for form in forms:
        name = context.sentence(f"form.{form.id}")
        context.dialogue.say_part(labelled(name))
        context.dialogue.say_copyable(form.url, name)
    if forms:
        context.dialogue.say_how_to_copy()


def topic_sources(
    context: PlainContext, topic: TopicId, reasons: frozenset[str] | None = None
) -> Iterator[SourcedStatement]:
    """Everything a topic says, each with who says so."""
    playbook = context.playbook
    region = playbook.region_of_country(context.session.record.person.country).id
    sections = topic_statements(playbook, topic, region, reasons)
    sentences = ((each.basis, context.sentence(each.id)) for _unused, statements in sections for each in statements)
    return sources_of_statements(sentences, playbook)
