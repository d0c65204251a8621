"""Writes what there is to know about a step: what to do now in a few sentences, and for who asks for more, all of it.

How sure a statement is stands behind it where it is not sure; who says so is on the screen of the sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual.content import Content

from metaoptout_tui.core.guidance.basis import doubt_note
from metaoptout_tui.core.guidance.playbook import FormField, Playbook, ReviewPoint, StepId
from metaoptout_tui.core.guidance.watched_page_status import sources_changed_sentence
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.event_sentences import moment_of_event
from metaoptout_tui.core.objection.replies import Reply
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_advice import StepAdvice
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.builder import TextBuilder
from metaoptout_tui.ui.text.step_sources import StepText

if TYPE_CHECKING:
    from metaoptout_tui.core.chats.chat_todos import ChatTodo

NO_KEYS: Mapping[str, str] = MappingProxyType({})

_TOPICS_NAMED: Mapping[str, str] = {
    "third-party": mark("data about you without an account"),
    "no-login": mark("accounts you cannot log in to"),
    "reach": mark("what an objection reaches"),
    "frauds": mark("frauds and rumours"),
}
"""The topics as the guide names them, beside their keys."""


class StepGuide:
    """Writes the pages of one step of one account for a given width.

    `keys` holds the screen's keys that the guide names, by command: `changes` shows what changed in a source, `you` leads
    to the person's country, `reach`, `frauds`, `third-party` and `no-login` to topics, `different` to a report.
    """

    def __init__(
        self, context: AppContext, status: AccountStatus, step: str, width: int, *, keys: Mapping[str, str] = NO_KEYS
    ) -> None:
        self._context = context
        self._keys = keys
        self._status = status
        self._step_id = step
        self._applicable = ApplicableGuidance(context.session.playbook, status, step)
        self._text = StepText(context, status, step, width)
        self._builder = self._text.builder

    @property
    def _playbook(self) -> Playbook:
        return self._context.session.playbook

    @property
    def _record(self) -> Record:
        return self._context.session.record

    @property
    def width(self) -> int:
        """The columns that a line may have."""
        return self._builder.width

    @property
    def sentence_lines(self) -> list[tuple[int, str]]:
        """The line, from 0, on which each sentence that rests on sources begins, with its words."""
        return self._text.sentence_lines

    def guide(self, *, is_whole: bool) -> Content:
        """What is to be done now; where `is_whole`, also everything else there is to know here."""
        self._add_freshness_warnings()
        if self._step_id == StepId.REPLY:
            add_assumed_law(self._builder, self._context, self._keys)
        self._add_territory()
        self._add_advice()
        self._add_last_scan()
        self._add_own_notes(only_last=not is_whole)
        if is_whole:
            self._add_everything_else()
        return self._text.content()

    def _add_advice(self) -> None:
        """What is to be done now, with the first way through the menus."""
        overview = self._context.session.overview()
        if self._shows_path_first and self._context.whose_log_in:
            self._text.add_item(self._context.whose_log_in)
        advice = StepAdvice(self._playbook, self._record, overview, self._status, self._step_id)
        self._text.add_advice(advice.in_order())
        if self._shows_path_first:
            leads = {StepId.OPEN: _("1  Try this first")}
            self._text.add_first_menu_path(leads.get(StepId(self._step_id), _("Where to find it")))
            if self._step_id == StepId.OPEN and self._applicable.menu_paths():
                self._builder.heading(_("2  If it fails"))
                self._text.add_item(_("Open this step: it has the links."))

    @property
    def _shows_path_first(self) -> bool:
        """Whether the way through the menus belongs to what is to be done now."""
        step = self._status.step(self._step_id)
        is_to_do = step is not None and not step.is_finished
        return is_to_do and self._status.why_no_log_in is None and self._step_id in (StepId.IDENTIFY, StepId.OPEN)

    def _add_everything_else(self) -> None:
        """All that is known here and still applies, in the order in which a person needs it."""
        applicable = self._applicable
        self._text.add_statements(applicable.all_statements())
        self._text.add_section(_("What else to do"), "do", only_what_applies=True)
        heading = mark("Other ways") if self._shows_path_first else mark("Where to find it")
        self._text.add_menu_paths(heading=heading, skipped=1 if self._shows_path_first else 0)
        self._text.add_section(_("Take care"), "warn", only_what_applies=True)
        self._add_troubles()
        self._text.add_section(_("Good to know"), "know", only_what_applies=True)
        self._text.add_section(_("Why"), "why")
        self._add_topics()

    def _add_topics(self) -> None:
        """Name the keys that lead to topics."""
        keys = [f"{self._keys[name]} {_(words)}" for name, words in _TOPICS_NAMED.items() if name in self._keys]
        if keys:
            self._builder.heading(_("More to know"))
            self._builder.paragraph(" · ".join(keys))

    def step_instructions(self, *, is_whole: bool = True) -> Content:
        """What is needed while doing the step; where `is_whole`, also everything else that helps with it."""
        self._text.add_statements(self._applicable.things_to_do())
        self._text.add_first_menu_path(_("Where to find it"))
        if is_whole:
            self._text.add_section(_("What else to do"), "do")
            self._text.add_menu_paths(heading=mark("Other ways"), skipped=1)
            self._add_rest()
        return self._text.content()

    def form_instructions(self, *, is_whole: bool = True) -> Content:
        """How to get to the form: the menus first; where `is_whole`, also everything else that helps with it."""
        self._text.add_statements(self._applicable.profile_statements(self._record))
        self._text.add_first_menu_path(_("1  Try this first"))
        self._text.add_statements(self._applicable.things_to_do())
        if is_whole:
            self._text.add_section(_("What else to do"), "do")
            self._text.add_menu_paths(heading=mark("Other ways through the menus"), skipped=1)
            self._add_rest()
            self._add_topics()
        return self._text.content()

    def field_help(self, field: FormField, *, is_whole: bool = True) -> Content:
        """What to know about one field of the form; where `is_whole`, also about the form."""
        texts = self._playbook.texts
        self._builder.heading(texts.sentence(f"{field.id}.label"))
        self._text.add_item(texts.sentence(f"{field.id}.help"), field.basis)
        if is_whole:
            self._text.add_section(_("What to do"), "do")
            self._add_rest()
        return self._text.content()

    def _add_rest(self) -> None:
        """What to take care of, what may go wrong, and what is good to know."""
        self._text.add_section(_("Take care"), "warn")
        self._add_troubles()
        self._text.add_section(_("Good to know"), "know")
        self._text.add_section(_("Why"), "why")

    def reply_explanation(self, reply: Reply) -> Content:
        """What a reply means, by its variant where the guidance has that, else by its kind; then what the law says."""
        self._text.add_statements(self._applicable.reply_statements(reply))
        return self._text.content()

    def review_point_help(
        self, point: ReviewPoint, suggested: str = "", known: str = "", key: str = "", *, is_whole: bool = True
    ) -> Content:
        """One point of a review: how to find out; where `is_whole`, also why it matters.

        `suggested` is a sentence with the suggested answer, `known` what is known already, `key` a sentence about the
        key that helps to find out.
        """
        texts = self._playbook.texts
        self._builder.paragraph(texts.sentence(f"{point.id}.question"), "bold")
        if suggested:
            self._builder.paragraph(suggested, "$text-warning")
        if known:
            self._builder.paragraph(known)
        self._text.add_item(texts.sentence(f"{point.id}.how"), point.basis)
        if key:
            self._text.add_item(key)
        self._text.add_menu_paths(about=point.id)
        if is_whole:
            self._text.add_section(_("What to do"), "do")
            self._add_rest()
        return self._text.content()

    def chat_todo_help(self, todo: ChatTodo, keys: str) -> Content:
        """What a scan of chats or the answers left to do: in which chats, how it is done, and the keys."""
        from metaoptout_tui.core.chats.chat_todos import HOW_TO_SENTENCES

        self._builder.paragraph(todo.label, "bold")
        sentence_id = HOW_TO_SENTENCES[todo.kind]
        bases = {f"{point.id}.how": point.basis for point in self._applicable.review_points}
        bases |= {statement.id: statement.basis for statement in self._applicable.statements_at("chats")}
        self._text.add_item(self._playbook.texts.sentence(sentence_id), bases.get(sentence_id))
        self._builder.blank_line()
        for chat in todo.chats if len(todo.chats) > 1 else ():
            self._builder.item(self._context.symbols.bullet, chat)
        self._builder.paragraph(keys)
        return self._text.content()

    def _add_freshness_warnings(self) -> None:
        """Warn that a source of this step has changed, and of guidance that is out of date or not the makers' own."""
        unread = self._context.page_check.page_watcher.unread_pages_for(**self._applicable.scope)
        if unread:
            words = sources_changed_sentence(unread)
            if "changes" in self._keys:
                words = f"{words} {_('{key} shows what changed.').format(key=self._keys['changes'])}"
            self._builder.paragraph(words, "$text-warning")
            self._builder.blank_line()
        guidance, today = self._context.page_check.page_watcher.guidance, self._context.session.now().date()
        if guidance.needs_warning(today):
            self._builder.paragraph(guidance.describe(today), "$text-warning")
            self._builder.blank_line()

    def _add_territory(self) -> None:
        """What is to be known of a territory for which no form is known."""
        if self._status.state is AccountState.NOT_AVAILABLE:
            territory = self._context.territory_note(self._record.person.country)
            if territory:
                self._builder.paragraph(territory)
                self._builder.blank_line()

    def _add_last_scan(self) -> None:
        """What all recorded scans of chats found; without one, that chats can be scanned."""
        account = self._status.account
        if self._step_id == StepId.REVIEW and account.has_chats_to_scan:
            words = self._context.chat_scan.recorded_sentence(account.events, self._context.session.now())
            self._builder.paragraph(words or _("In it you can scan chats that you exported, on this machine."))
            self._add_chat_todos(account)

    def _add_chat_todos(self, account: Account) -> None:
        from metaoptout_tui.core.chats.chat_todos import todos_in_chats

        todos = todos_in_chats(account, self._context.session.record)
        if todos:
            self._builder.heading(_("Still to do in your chats"))
        for todo in todos:
            self._builder.item(self._context.symbols.waiting, todo.label, sign_style="$text-warning")

    def _add_troubles(self) -> None:
        """What went wrong for others here, and what helped."""
        texts = self._playbook.texts
        troubles = self._playbook.troubles_for(**self._applicable.scope)
        if troubles:
            self._builder.heading(_("If it goes wrong"))
        for trouble in troubles:
            symptom, helped = texts.sentence(f"{trouble.id}.symptom"), texts.sentence(f"{trouble.id}.helped")
            self._text.note_sentence(labelled(symptom, helped))
            self._builder.item(self._context.symbols.attention, symptom, style="bold")
            self._builder.item(" ", helped, doubt_note(trouble.basis))
        if troubles and "different" in self._keys:
            sentence = _("Did it look different? {key} makes a text to report it.")
            self._text.add_item(sentence.format(key=self._keys["different"]))

    def _add_own_notes(self, *, only_last: bool) -> None:
        """The person's own notes to this step, or the last of them."""
        now, notes = self._context.session.now(), self._status.notes_at(self._step_id)
        if notes:
            self._builder.heading(_("Your last note") if only_last and len(notes) > 1 else _("Your notes"))
            for event in notes[-1:] if only_last else notes:
                words = event.text("text") or event.text("note")
                self._builder.item(self._context.symbols.bullet, words, moment_of_event(event, now))


def titles_about_keys(more: str, sources: str, *, is_whole: bool) -> tuple[str, str]:
    """What stands above a guide: the keys for more of it, or less, and for who says so; the first of them alone."""
    if is_whole:
        words = _("{less_key} less · {sources_key} who says so").format(less_key=more, sources_key=sources)
        return words, _("{less_key} less").format(less_key=more)
    words = _("{more_key} more · {sources_key} who says so").format(more_key=more, sources_key=sources)
    return words, _("{more_key} more").format(more_key=more)


def add_assumed_law(builder: TextBuilder, context: AppContext, keys: Mapping[str, str]) -> None:
    """Warn that the law of the EU is assumed while no country is set; nothing without the key `you` that sets one."""
    note = context.assumed_law_note(keys["you"]) if "you" in keys else ""
    if note:
        builder.paragraph(note, "$text-warning")
        builder.blank_line()
