"""The step that records a reply of Meta or an authority, with its date, reference and note; or that none came.

The fields can be filled in from a saved e-mail, which is then attached to the new diary entry.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from textwrap import wrap
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from metaoptout_tui.app.commands.commands import screen_title
from metaoptout_tui.app.record.attachments import ImportedMail
from metaoptout_tui.app.record.diary_service import ReplyInput
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.mail import reply_id_of_mail
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.case_numbers import number_given_before
from metaoptout_tui.core.objection.replies import (
    AFTER_DECISION,
    PROGRAM_MEANINGS,
    Reply,
    likely_reply_of,
    message_asked_about,
    possible_replies,
    reply_by_id,
    reply_with_variant,
    reply_words,
)
from metaoptout_tui.core.objection.reply_details import (
    ReplyDetail,
    closing_question,
    detail_of,
    fields_of_named_accounts,
    named_accounts_question,
    understood_words,
)
from metaoptout_tui.core.objection.reply_sentences import recorded_sentences, sent_ago
from metaoptout_tui.core.objection.sentences import what_comes_next
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.asking import ask_before, ask_choice
from metaoptout_tui.ui.screens.attached_mail import AttachedMail, ask_for_mail
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, FreeTextOption
from metaoptout_tui.ui.text.step_guide import StepGuide
from metaoptout_tui.ui.text.step_sources import SourceList
from metaoptout_tui.ui.widgets.lists import RecordingList
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.reply_fields import ReplyFields

_ROWS_FOR_ALL_REPLIES = 32
"""The rows of a terminal from which a mail that was read leaves room for all replies and what one means."""


class ReplyScreen(InputScreen[str | None]):
    """Enter on a reply records it, as of now, or asks a second question about its variants.

    The fields below change the date and add a reference or a note. A line above them shows what Enter will record.
    """

    SCREEN_ID = StepId.REPLY
    shows_draft_notice = True
    _is_choice_missing = False
    """Whether the person was told to choose a reply first."""
    DEFAULT_CSS = """
    ReplyScreen #answers { max-height: 60%; }
    ReplyScreen #answers.-beside-mail { max-height: 25%; min-height: 3; }
    ReplyScreen #answers.-alone { max-height: 100%; }
    ReplyScreen #meaning { height: 1fr; padding: 0 1; border-top: solid $line; }
    """

    def __init__(
        self, context: AppContext, account_id: str, mail: ImportedMail | None = None, highlighted_id: str = ""
    ) -> None:
        super().__init__(context, make_draft_key(StepId.REPLY, account_id))
        self._account_id = account_id
        self._initial_mail, self._asked_for_id = mail, highlighted_id
        self._follow_up_of: Reply | None = None
        self._attached_mail = AttachedMail(self.session.now)
        self._fields = ReplyFields(self.session.now, id="fields")

    def compose_body(self) -> ComposeResult:
        """The replies, the meaning of the highlighted one, and the fields."""
        with Vertical():
            yield self._attached_mail
            yield RecordingList(id="answers")
            meaning = Reader(id="meaning")
            meaning.can_focus = False  # Tab goes from the reply to its date
            yield meaning
        yield self._fields

    def on_mount(self) -> None:
        """Begin in the list of replies."""
        self.fill_fields()
        if self._initial_mail is not None:
            self._fill_from_mail(self._initial_mail)
        else:
            self._attached_mail.read_again()
        self.choice_list.focus()

    def fill_fields(self) -> None:
        """The likeliest reply, as of now; or the texts of the draft."""
        super().fill_fields()
        draft = self.draft
        with self.prevent(Input.Changed):
            self._fields.fill(draft)
        self._attached_mail.attach(Path(draft["mail"]) if draft.get("mail") else None)
        likely_reply = likely_reply_of(self.account_status)
        self._show_question(
            None, self._asked_for_id or draft.get("answer") or (likely_reply.id if likely_reply is not None else "")
        )

    @property
    def account_in_view(self) -> str:
        """The account of the reply."""
        return self._account_id

    def _show_question(self, follow_up_of: Reply | None, highlighted_id: str) -> None:
        """Ask the first question, or the one about the variants of `follow_up_of` or of the reply with that variant.

        An empty `highlighted_id` highlights nothing, so that Enter records no reply that the person did not choose.
        """
        self._follow_up_of = follow_up_of or reply_with_variant(highlighted_id)
        account = self.session.account(self._account_id)
        replies = (
            self._follow_up_of.variants_for(account)
            if self._follow_up_of
            else possible_replies(events_in_force(account.events))
        )
        self.choice_list.show_rows(
            [(reply.id, reply_words(reply, account, self.session.playbook)) for reply in replies], chosen=highlighted_id
        )
        if not highlighted_id:
            self.choice_list.highlighted = None
        self.update_content()

    @property
    def _highlighted_reply(self) -> Reply | None:
        return reply_by_id(self.choice_list.highlighted_id)

    def update_content(self) -> None:
        """The title and the meaning of the highlighted reply."""
        super().update_content()
        status = self.account_status
        if status is None:
            self.dismiss(None)
            return
        name = account_name(status.account, self.session.playbook)
        texts = self.session.playbook.texts
        if self._follow_up_of is not None:
            title = labelled(name, texts.sentence(f"answer.{self._follow_up_of.id}.question"))
        else:
            title = _("{account}: what came back?").format(account=name)
        self.set_headline(title, left=self._filed_text(status))
        reply = self._highlighted_reply
        guide = StepGuide(self.context, status, StepId.REPLY, self.reader.text_width)
        meaning = Content("")
        if reply is not None:
            words = PROGRAM_MEANINGS.get(reply.event_kind)
            meaning = Content("\n".join(wrap(_(words), guide.width))) if words else guide.reply_explanation(reply)
        self.reader.show_content(meaning)
        _share_room(self, reply, has_mail=self._attached_mail.path is not None)
        asked_about = reply or self._follow_up_of
        kind = asked_about.event_kind if asked_about else EventKind.CONFIRMED_BY_MAIL
        self._fields.ask_for_number_of(kind, number_given_before(kind, events_in_force(status.account.events)))
        self._show_enter_effect()

    def _moment_of_message(self, reply: Reply) -> datetime | None:
        """When the message came of which the person is asked what it said; None for another question."""
        message = message_asked_about(reply, self.account_status)
        return message.at if message is not None else None

    def _filed_text(self, status: AccountStatus) -> str:
        """When the objection or inquiry was sent; after a refusal or a missed deadline, also the key to the letters."""
        sent = status.newest_subject_of_replies
        if sent is None:
            return _("Nothing is filed yet. Record the objection first.")
        words = sent_ago(sent, status, self.session.now())
        if status.is_refused_or_overdue:
            key = self.readable_key_of("confirm.letters")
            words = f"{words} {_('{key} has the letters that remain.').format(key=key)}"
        return words

    @on(Input.Changed)
    def _field_changed(self) -> None:
        """Remove the error, and show the new date."""
        self.show_input_error("")
        self._show_enter_effect()

    @property
    def _words_to_choose(self) -> str:
        if self._follow_up_of == AFTER_DECISION:
            return _("Choose above what you did, or what its letter names.")
        return _("Choose above what it said.") if self._follow_up_of else _("Choose above what came back.")

    def _show_enter_effect(self) -> None:
        """Show what Enter does now: which reply it records, with which date."""
        reply = self._highlighted_reply
        words = self._words_to_choose
        if reply is not None:
            name = reply_words(reply, self.session.account(self._account_id), self.session.playbook)
            records = _("Enter records: {reply}, {moment}").format(
                reply=name, moment=self._fields.moment_text(self._moment_of_message(reply))
            )
            words = _("Enter asks which kind: {reply}").format(reply=name) if reply.variants else records
        self._fields.show_enter_effect(words)

    def rewrap_text(self) -> None:
        """Write the meaning for the new width."""
        self.update_content()

    @on(OptionList.OptionHighlighted)
    def _reply_highlighted(self) -> None:
        if self._is_choice_missing and self._highlighted_reply is not None:
            self._is_choice_missing = False
            self.show_input_error("")
        self.update_content()

    def typed_values(self) -> dict[str, str]:
        """The texts, the date if it was changed, the mail; and with any of these the highlighted reply."""
        typed = self._fields.typed_values
        if self._attached_mail.path is not None:
            typed["mail"] = str(self._attached_mail.path)
        if any(typed.values()):
            typed["answer"] = self.choice_list.highlighted_id
        return typed

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Record the reply, ask about its variants, or show what is wrong."""
        reply = self._highlighted_reply
        if reply is None:
            self._is_choice_missing = True
            self.show_input_error(self._words_to_choose)
            self.choice_list.focus()
        elif reply.variants:
            self._show_question(reply, "")
            self.choice_list.focus()
        elif (detail := self._detail_of(reply)) is not None:
            ask_detail(self, self._account_id, detail, partial(self._record_and_finish, reply))
        else:
            question = closing_question(reply, self.account_status, self.session.now())
            record = partial(self._record_and_finish, reply)
            ask_before(self, question, partial(ask_named_accounts, self, self._account_id, reply, record))

    def _detail_of(self, reply: Reply) -> ReplyDetail | None:
        """What is asked of a reply besides its variant; None for nothing."""
        status = self.account_status
        return detail_of(reply, status) if status is not None else None

    def _record_and_finish(self, reply: Reply, details: Mapping[str, object]) -> None:
        recorded: list[Event] = []
        if not self.make_change(lambda: recorded.append(self._record(reply, details))):
            self._fields.focus_day()
            return
        self._say_recorded(recorded[0])
        self._attached_mail.keep(self, self._account_id, recorded[0].id)
        self.finish(StepId.REPLY)

    def _record(self, reply: Reply, details: Mapping[str, object]) -> Event:
        try:
            at = self._fields.moment() or self._moment_of_message(reply)
        except ValueError as error:
            raise InputRefused(str(error)) from error
        reply_input = ReplyInput(reply.event_kind, at, **self._fields.texts, fields={**reply.fields, **details})
        return self.session.diary_service.record_reply(self._account_id, reply_input)

    def _say_recorded(self, event: Event) -> None:
        status = self.account_status
        if status is not None:
            session, is_kept = self.session, self._attached_mail.path is not None
            recorded_words = recorded_sentences(event, status, session.playbook, session.now(), is_mail_kept=is_kept)
            next_words = what_comes_next(session.overview(), status.account.id, session.playbook)
            self.say(" ".join(filter(None, (*recorded_words, next_words))))

    def action_sources(self) -> None:
        """Show who says what the highlighted reply means."""
        self.open_screen("sources", partial(self._sources_of, self._highlighted_reply))

    def _sources_of(self, reply: Reply | None) -> SourceList | None:
        status = self.account_status
        return None if status is None else _sources_of_reply(self.context, status, reply)

    def action_mail(self) -> None:
        """Ask for a mail that was saved as a file, and fill the fields from it."""
        ask_for_mail(self, self._account_id, self._fill_from_mail)

    def _fill_from_mail(self, imported: ImportedMail) -> None:
        """Fill the fields from a mail; the person confirms or changes that."""
        mail = imported.mail
        self._attached_mail.attach(*imported)
        self._fields.fill_from_mail(mail)
        self._show_question(None, reply_id_of_mail(mail))
        self.choice_list.focus()
        self.save_draft()

    def action_back(self) -> None:
        """Go from the second question to the first, and from there to the checklist with the texts kept as a draft."""
        if self._follow_up_of is not None:
            self._show_question(None, self._follow_up_of.id)
            self.choice_list.focus()
        else:
            super().action_back()


def _share_room(screen: ReplyScreen, reply: Reply | None, *, has_mail: bool) -> None:
    """Give the replies the room of a meaning while there is none, and that of a small terminal to mail and meaning."""
    screen.reader.display = reply is not None
    screen.choice_list.set_class(reply is None, "-alone")
    screen.choice_list.set_class(has_mail and screen.size.height < _ROWS_FOR_ALL_REPLIES, "-beside-mail")


def _sources_of_reply(context: AppContext, status: AccountStatus, reply: Reply | None) -> SourceList:
    """Who says what a reply means."""
    playbook = context.session.playbook
    applicable = ApplicableGuidance(playbook, status, StepId.REPLY)
    statements = applicable.reply_statements(reply) if reply is not None else ()
    sourced_sentences = [(statement.basis, playbook.texts.sentence(statement.id)) for statement in statements]
    return SourceList(context, screen_title(StepId.REPLY), sourced_sentences)


_NONE = "none"


def ask_detail(
    screen: BaseScreen[Any], account_id: str, detail: ReplyDetail, then: Callable[[Mapping[str, object]], object]
) -> None:
    """Ask for a detail of a reply, and call `then` with its field; with nothing where that is not told. Esc goes back."""
    today = screen.session.now().date()

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None:
            then(detail.value("" if answer.option_id == _NONE else answer.typed_text, today))

    other = FreeTextOption(
        _(detail.label),
        _(detail.placeholder),
        make_draft_key("reply-detail", account_id),
        validate=lambda typed: detail.value(typed, today),
        understood=lambda typed: understood_words(typed, detail, today),
        is_first=detail.is_none_last,
    )
    rows = [(_NONE, _(detail.none))]
    screen.open_made_screen(
        ChoiceScreen(screen.context, _(detail.question), rows, help_text=_(detail.help), other=other),
        answered,
    )


def ask_named_accounts(
    screen: BaseScreen[Any], account_id: str, reply: Reply, then: Callable[[Mapping[str, object]], object]
) -> None:
    """Ask which linked accounts a confirmation names, and call `then` with that field; with none where there is nothing to ask."""
    session = screen.session
    question = named_accounts_question(reply, account_id, session.overview(), session.playbook)
    if question is None:
        then({})
    else:
        ask_choice(screen, question, lambda answer: then(fields_of_named_accounts(answer)))
