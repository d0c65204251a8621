"""Writes what there is to know about a step: what to do, where in Meta's menus, what to take care of, and the sources.

Every statement is shown with how sure it is, since when, and the numbers of its sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual.content import Content

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.page_watch import sources_changed_sentence
from metaoptout_tui.core.guidance.playbook import FormField, Playbook, ReviewPoint, StepId
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.replies import Reply
from metaoptout_tui.core.objection.sentences import (
    covering_account_name,
    invalidation_sentence,
    outcome_sentence,
    recheck_sentence,
    task_sentence,
)
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Account, Record, make_draft_key
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.builder import TextBuilder
from metaoptout_tui.ui.text.step_sources import StepText

if TYPE_CHECKING:
    from metaoptout_tui.core.chats.chat_todos import ChatTodo

NO_KEYS: Mapping[str, str] = MappingProxyType({})

_TOPICS_NAMED: Mapping[str, str] = {
    "third-party": "data from elsewhere",
    "no-login": "accounts you cannot log in to",
    "reach": "what an objection reaches",
    "frauds": "frauds and rumours",
}
"""The topics as the guide names them, beside their keys."""


class GuideTab(StrEnum):
    """The tabs of the guide pane."""

    GUIDE = "guide"
    WENT_WRONG = "went wrong"


class StepGuide:
    """Writes the pages of one step of one account for a given width.

    `keys` holds the screen's keys that the guide names, by command: `changes` shows what changed in a source, `you` leads
    to the person's country, `reach`, `frauds`, `third-party` and `no-login` to topics.
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
    def numbered_source_ids(self) -> tuple[str, ...]:
        """The ids of the sources that the text has numbered so far, in that order."""
        return self._text.numbered_source_ids

    def tab_content(self, tab: GuideTab) -> Content:
        """The text of one tab."""
        match tab:
            case GuideTab.GUIDE:
                return self._guide_tab()
            case GuideTab.WENT_WRONG:
                return self._went_wrong_tab()

    def _guide_tab(self) -> Content:
        self._add_freshness_warnings()
        self._add_outcome_and_next_task()
        if self._step_id == StepId.CONFIRM:
            add_assumed_law(self._builder, self._context, self._keys)
        self._add_account_status()
        self._text.add_section(
            "While you wait for a confirmation" if self._applicable.needs_follow_up else "What to do", "do"
        )
        self._text.add_menu_paths()
        self._text.add_section("Take care", "warn")
        self._text.add_section("Good to know", "know")
        self._text.add_section("Why", "why")
        self._add_topics()
        self._add_own_notes()
        return self._text.content_with_sources()

    def _add_topics(self) -> None:
        """Name the keys that lead to topics."""
        keys = [f"{self._keys[name]} {words}" for name, words in _TOPICS_NAMED.items() if name in self._keys]
        if keys:
            self._builder.heading("More to know")
            self._builder.paragraph(" · ".join(keys))

    def step_instructions(self) -> Content:
        """What is needed while doing the step: what to do, the menus, what to take care of, and the sources."""
        self._text.add_section("What to do", "do")
        self._text.add_menu_paths()
        self._text.add_section("Take care", "warn")
        return self._text.content_with_sources()

    def form_instructions(self) -> Content:
        """How to get to the form: the menus first, then what to do and what to take care of."""
        self._text.add_menu_paths()
        self._text.add_section("What to do", "do")
        self._text.add_section("Take care", "warn")
        self._add_topics()
        return self._text.content_with_sources()

    def field_help(self, field: FormField) -> Content:
        """What to know about one field of the form."""
        texts = self._playbook.texts
        self._builder.heading(texts.sentence(f"{field.id}.label"))
        self._text.add_item(texts.sentence(f"{field.id}.help"), field.basis)
        self._text.add_section("What to do", "do")
        self._text.add_section("Take care", "warn")
        return self._text.content_with_sources()

    def reply_explanation(self, reply: Reply) -> Content:
        """What a reply means, by its variant where the guidance has that, else by its kind; then what the law says."""
        self._text.add_statements(self._applicable.reply_statements(reply))
        return self._text.content_with_sources()

    def review_point_help(self, point: ReviewPoint, suggested: str = "", key: str = "") -> Content:
        """One point of a review: how to find out, and why it matters.

        `suggested` is a sentence with the suggested answer, `key` one about the key that helps to find out.
        """
        texts = self._playbook.texts
        self._builder.paragraph(texts.sentence(f"{point.id}.question"), "bold")
        if suggested:
            self._builder.paragraph(suggested, "$text-warning")
        self._text.add_item(texts.sentence(f"{point.id}.how"), point.basis)
        if key:
            self._text.add_item(key)
        self._text.add_menu_paths(about=point.id)
        self._text.add_section("Take care", "warn")
        self._text.add_section("Good to know", "know")
        return self._text.content_with_sources()

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
        return self._text.content_with_sources()

    def _add_freshness_warnings(self) -> None:
        """Warn that a source of this step has changed, and of guidance that is out of date or not the makers' own."""
        unread = self._context.page_check.page_watcher.unread_pages_for(**self._applicable.scope)
        if unread:
            key = f" {self._keys['changes']} shows what changed." if "changes" in self._keys else ""
            self._builder.paragraph(f"{sources_changed_sentence(unread)}{key}", "$text-warning")
            self._builder.blank_line()
        guidance, today = self._context.page_check.page_watcher.guidance, self._context.session.now().date()
        if guidance.needs_warning(today):
            self._builder.paragraph(guidance.describe(today), "$text-warning")
            self._builder.blank_line()

    def _add_outcome_and_next_task(self) -> None:
        """The outcome of the objection and the next task, above the text about a first confirmation."""
        if not self._applicable.needs_follow_up:
            return
        session, status = self._context.session, self._status
        playbook, overview = session.playbook, session.overview()
        self._builder.paragraph(outcome_sentence(status, session.record, playbook, overview.now), "bold")
        task = overview.next_task_for(status.account.id)
        if task is not None:
            self._builder.paragraph(f"Next: {task_sentence(task, playbook)}")
        self._builder.blank_line()

    def _add_account_status(self) -> None:
        """What applies to this account now: why to object again, what covers it, what the region means."""
        now = self._context.session.now()
        status = self._status
        if status.invalidation is not None:
            words = invalidation_sentence(status.invalidation, self._record, self._playbook, now)
            self._builder.paragraph(words, "$text-warning")
            self._builder.blank_line()
        elif status.state is AccountState.COVERED:
            covering_name = covering_account_name(status.covered_by, self._record, self._playbook)
            since = dates.format_day(status.since.date(), now.date()) if status.since else ""
            if status.is_confirmed:
                self._builder.paragraph(f"Covered through {covering_name} since {since}.", "$text-success")
            else:
                self._builder.paragraph(f"Sent through {covering_name} on {since}, and not confirmed yet.")
            self._text.add_statements(self._applicable.coverage_statements())
            self._builder.paragraph("Enter on “Submit the form” files for this account too.")
            self._builder.blank_line()
        if status.state is AccountState.NOT_AVAILABLE:
            territory = self._context.territory_note(self._record.person.country)
            if territory:
                self._builder.paragraph(territory)
                self._builder.blank_line()
        self._add_recheck_reasons()
        self._add_last_scan()
        for statements in (self._applicable.region_statements(), self._applicable.last_reply_statements()):
            if statements:
                self._text.add_statements(statements)
                self._builder.blank_line()

    def _add_recheck_reasons(self) -> None:
        """Why to check the objection again, and the key that records the check."""
        reasons = self._applicable.recheck_reasons
        for reason in reasons:
            words = recheck_sentence(reason, self._playbook, self._context.session.now())
            self._text.add_item(words, self._applicable.basis_of_recheck(reason))
        if reasons:
            self._text.add_statements(self._applicable.recheck_statements())
            self._builder.blank_line()

    def _add_last_scan(self) -> None:
        """What all recorded scans of chats found; without one, that chats can be scanned."""
        account = self._status.account
        if self._step_id == StepId.REVIEW and account.has_chats_to_scan:
            words = self._context.chat_scan.recorded_sentence(account.events, self._context.session.now())
            self._builder.paragraph(words or "In it you can scan chats that you exported, on this machine.")
            self._builder.blank_line()
            self._add_chat_todos(account)

    def _add_chat_todos(self, account: Account) -> None:
        from metaoptout_tui.core.chats.chat_todos import open_chat_todos

        privacy_draft = self._context.session.history.draft(make_draft_key("chat-privacy", account.id))
        todos = open_chat_todos(account.events, privacy_draft)
        if todos:
            self._builder.heading("Still to do in your chats")
        for todo in todos:
            self._builder.item(self._context.symbols.waiting, todo.label, sign_style="$text-warning")

    def _went_wrong_tab(self) -> Content:
        texts = self._playbook.texts
        troubles = self._playbook.troubles_for(**self._applicable.scope)
        self._builder.heading("It went wrong: what others met, and what helped")
        for trouble in troubles:
            self._builder.item(self._context.symbols.attention, texts.sentence(f"{trouble.id}.symptom"), style="bold")
            self._builder.item(" ", texts.sentence(f"{trouble.id}.helped"), self._text.basis_note(trouble.basis))
        if not troubles:
            self._builder.paragraph("Nothing is known to go wrong here.")
        return self._text.content_with_sources()

    def _add_own_notes(self) -> None:
        now, notes = self._context.session.now(), self._status.notes_at(self._step_id)
        if notes:
            self._builder.heading("Your notes")
            for event in notes:
                words = event.text("text") or event.text("note")
                self._builder.item(self._context.symbols.bullet, words, dates.format_day_and_time(event.at, now))


def add_assumed_law(builder: TextBuilder, context: AppContext, keys: Mapping[str, str]) -> None:
    """Warn that the law of the EU is assumed while no country is set; nothing without the key `you` that sets one."""
    note = context.assumed_law_note(keys["you"]) if "you" in keys else ""
    if note:
        builder.paragraph(note, "$text-warning")
        builder.blank_line()
