"""Records what Meta or an authority replied: which reply, when, with what reference; or that none came.

The form can be filled in from a saved e-mail, which is then attached to the new diary entry.
"""

from datetime import datetime
from functools import partial
from pathlib import Path
from textwrap import wrap

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.app.diary_service import ReplyInput
from metaoptout_tui.app.mail_import import ImportedMail, import_mail
from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.mail import describe_mail, describe_trust, reply_id_of_mail
from metaoptout_tui.core.objection.legal_periods import MAILBOX_CHECK_DELAYS
from metaoptout_tui.core.objection.replies import (
    FIRST_REPLIES,
    NO_REPLY,
    QUESTION_ANSWERED,
    Reply,
    possible_replies,
    reply_by_id,
)
from metaoptout_tui.core.objection.sentences import describe_event
from metaoptout_tui.core.objection.states import AccountState
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.event_kinds import REPLY_KINDS, EventKind
from metaoptout_tui.core.record.events import events_in_force
from metaoptout_tui.ui.base.form import FormScreen
from metaoptout_tui.ui.base.jobs import run_in_thread
from metaoptout_tui.ui.base.reader import Reader
from metaoptout_tui.ui.base.screen import BaseScreen, bindings_for
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.dialogs import ChooseFileScreen
from metaoptout_tui.ui.text.step_guide import StepGuide
from metaoptout_tui.ui.widgets.lists import ChoiceList

_FOLLOW_UP_QUESTIONS = {
    EventKind.MORE_ASKED: "what does Meta ask for?",
    EventKind.REFUSED: "what does the refusal say?",
    EventKind.EXTENDED: "does it say why?",
}
_MEANING_FOR_PROGRAM = {
    EventKind.ANSWERED: "Your objection waits for Meta's answer again, and the looks at the mailbox begin anew.",
    EventKind.AUTHORITY_WROTE: "Keep the letter. What it means for you stands in it; write the gist into the note.",
    EventKind.CLOSED: "You leave it at that. The periods of this case end here; a new objection can be sent at any time.",
}
"""What an answer means for this program, where that is no statement about Meta or the law."""


class ReplyScreen(FormScreen[str | None]):
    """Enter on an answer records it as of now, or asks the one question more that it takes to know what to do.

    The fields below change when, and add a reference or a note. Answers and their meaning share what room there is above
    the fields, so that what will be recorded, and as of when, is in view wherever the focus is.
    """

    SCREEN_ID = "confirm"
    BINDINGS = bindings_for("confirm")
    DEFAULT_CSS = """
    ReplyScreen #mail { height: auto; max-height: 40%; padding: 0 1; display: none; }
    ReplyScreen #answers { max-height: 60%; }
    ReplyScreen #meaning { height: 1fr; padding: 0 1; border-top: solid $line; }
    ReplyScreen #fields { height: auto; border-top: solid $line; }
    ReplyScreen #records { height: auto; padding: 0 1; text-style: bold; }
    ReplyScreen .field { height: 1; }
    ReplyScreen .field .field-name { width: 12; }
    ReplyScreen .field .-short { width: 6; }
    ReplyScreen #trouble { dock: none; }
    ReplyScreen Input { width: 1fr; }
    """

    def __init__(self, desk: AppContext, account: str, mail: ImportedMail | None = None) -> None:
        super().__init__(desk, make_draft_key("confirm", account))
        self._account_id = account
        self._mail = mail
        self._mail_path: Path | None = None
        self._follow_up_of: Reply | None = None

    def compose_body(self) -> ComposeResult:
        """Answers, what the highlighted one means, and the fields."""
        now = self.session.now()
        self._initial_moment_texts = (now.date().isoformat(), f"{now:%H:%M}")
        with Vertical():
            yield Static(id="mail", markup=False)
            yield ChoiceList(id="answers")
            meaning = Reader(id="meaning")
            meaning.can_focus = False  # Tab goes from the answer to its date
            yield meaning
        with Vertical(id="fields"):
            yield Static(id="records", markup=False)
            with Horizontal(classes="field"):
                yield Static("Day", classes="field-name", markup=False)
                yield Input(id="day", placeholder="2026-11-20, 20/11, yesterday")
                yield Static("Time", classes="field-name -short", markup=False)
                yield Input(id="time", placeholder="14:09")
            with Horizontal(classes="field"):
                yield Static("Reference", classes="field-name", markup=False)
                yield Input(id="reference", placeholder="case number, if there is one")
            with Horizontal(classes="field"):
                yield Static("Note", classes="field-name", markup=False)
                yield Input(id="note", placeholder="sender, subject, what it says")
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin with the answers."""
        brought_along = self._mail
        self.fill_fields()
        if brought_along is not None:
            self._fill_from_mail(brought_along)
        elif self._mail_path is not None:
            self._reread_mail(self._mail_path)
        self.query_one(ChoiceList).focus()

    @property
    def shows_draft_notice(self) -> bool:
        """An answer that is not recorded yet."""
        return True

    def fill_fields(self) -> None:
        """The answer that holds now, as of now; or one as it was being written."""
        super().fill_fields()
        draft = self.draft
        given = {
            "day": self._initial_moment_texts[0],
            "time": self._initial_moment_texts[1],
            "reference": "",
            "note": "",
        }
        with self.prevent(Input.Changed):
            for name, value in given.items():
                self.query_one(f"#{name}", Input).value = draft.get(name, value)
        self._mail, self._mail_path = None, Path(draft["mail"]) if draft.get("mail") else None
        self._show_question(None, draft.get("answer", "") or self._likely_reply_id)

    @property
    def _likely_reply_id(self) -> str:
        """The answer to begin with: right after sending the message on the screen, later one that does no harm by mistake."""
        standing = self.session.overview().status_of(self._account_id)
        became = standing.outcome if standing is not None else None
        if became is None or became.state is AccountState.ASKED_FOR_MORE:
            return QUESTION_ANSWERED.id
        is_fresh = became.last_reply is None and self.session.now() < became.objection.at + MAILBOX_CHECK_DELAYS[0]
        return FIRST_REPLIES[0].id if is_fresh else NO_REPLY.id

    def _show_question(self, about: Reply | None, chosen: str) -> None:
        """Ask the first question, or the one about an answer; a sort that is chosen brings its question.

        Where nothing is `chosen`, nothing is highlighted, so that no answer is recorded that nobody chose.
        """
        of_sort = next((each for each in FIRST_REPLIES if chosen in {sort.id for sort in each.variants}), None)
        self._follow_up_of = about or of_sort
        texts = self.session.playbook.texts
        account = self.session.account(self._account_id)
        answers = (
            self._follow_up_of.variants if self._follow_up_of else possible_replies(events_in_force(account.events))
        )
        rows = [(each.id, texts.sentence(f"answer.{each.id}")) for each in answers]
        choices = self.query_one(ChoiceList)
        choices.show_rows(rows, chosen=chosen)
        if not chosen:
            choices.highlighted = None
        self.update_content()

    @property
    def _highlighted_reply(self) -> Reply | None:
        return reply_by_id(self.query_one(ChoiceList).highlighted_id)

    def update_content(self) -> None:
        """The title and the meaning of the highlighted answer."""
        super().update_content()
        standing = self.session.overview().status_of(self._account_id)
        if standing is None:
            self.dismiss(None)
            return
        name = account_name(standing.account, self.session.playbook)
        answer = self._highlighted_reply
        left = "Nothing is filed yet. Record the objection first."
        if standing.outcome is not None:
            left = f"Filed {dates.format_age(standing.outcome.objection.at, self.session.now())}.{self._letters_hint(standing)}"
        elif standing.first_inquiry is not None:
            left = f"Asked {dates.format_age(standing.first_inquiry.at, self.session.now())}.{self._letters_hint(standing)}"
        asked = _FOLLOW_UP_QUESTIONS[self._follow_up_of.event_kind] if self._follow_up_of else "what came back?"
        self.set_headline(f"{name}: {asked}", left=left)
        mail = self.query_one("#mail", Static)
        mail.display = self._mail is not None
        mail.update(describe_mail(self._mail.mail, self.session.now()) if self._mail else "")
        reader = self.query_one(Reader)
        guide = StepGuide(self.context, standing, "confirm", reader.columns or self.size.width - 4)
        meaning = Content("")
        if answer is not None:
            own = _MEANING_FOR_PROGRAM.get(answer.event_kind)
            meaning = Content("\n".join(wrap(own, guide.width))) if own else guide.reply_explanation(answer)
        reader.show_content(meaning, from_top=meaning.plain != reader.plain_text)
        self._show_enter_effect()

    def _letters_hint(self, standing: AccountStatus) -> str:
        """Where an answer is refused or missing, the key to the letters."""
        if standing.state not in (AccountState.REFUSED, AccountState.OVERDUE):
            return ""
        return f" {self.readable_key_of('confirm.letters')} has the letters that remain."

    @on(Input.Changed)
    def _field_changed(self) -> None:
        """What was wrong before is no longer said."""
        self.show_form_error("")
        self._show_enter_effect()

    def _show_enter_effect(self) -> None:
        """What Enter does now: which answer it records, and as of when."""
        answer = self._highlighted_reply
        words = "Choose above what came back."
        if answer is not None:
            name = self.session.playbook.texts.sentence(f"answer.{answer.id}")
            words = (
                f"Enter asks which kind: {name}" if answer.variants else f"Enter records: {name}{self._moment_text()}"
            )
        self.query_one("#records", Static).update(words)

    def _moment_text(self) -> str:
        now = self.session.now()
        try:
            return f", {dates.format_understood_moment(self._entered_moment() or now, now)}"
        except ValueError:
            return ", when?"

    def _entered_moment(self) -> datetime | None:
        """When it came; None where that was left as it is offered: now. Raises ValueError for what cannot be read."""
        day, time = self.query_one("#day", Input).value, self.query_one("#time", Input).value
        return None if (day, time) == self._initial_moment_texts else dates.parse_moment(day, time, self.session.now())

    def rewrap_text(self) -> None:
        """The meaning is written for the width there is."""
        self.update_content()

    @on(OptionList.OptionHighlighted)
    def _reply_highlighted(self) -> None:
        self.update_content()

    def typed_values(self) -> dict[str, str]:
        """The fields that were changed from what was offered."""
        day, time = self.query_one("#day", Input).value, self.query_one("#time", Input).value
        typed = {name: self.query_one(f"#{name}", Input).value for name in ("reference", "note")}
        if (day, time) != self._initial_moment_texts:
            typed.update(day=day, time=time)
        if self._mail_path is not None:
            typed["mail"] = str(self._mail_path)
        if any(typed.values()):
            typed["answer"] = self.query_one(ChoiceList).highlighted_id
        return typed

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Record it, ask the next question, or say what is wrong."""
        answer = self._highlighted_reply
        if answer is None:
            self.show_form_error("Choose above what came back.")
            self.query_one(ChoiceList).focus()
            return
        if answer.variants:
            self._show_question(answer, answer.variants[0].id)
            self.query_one(ChoiceList).focus()
            return
        try:
            at = self._entered_moment()
        except ValueError as error:
            self.show_form_error(str(error))
            self.query_one("#day", Input).focus()
            return
        words = {name: self.query_one(f"#{name}", Input).value for name in ("reference", "note")}
        reply = ReplyInput(answer.event_kind, at, **words, fields=answer.fields)
        if not self.make_change(lambda: self.session.diary.record_reply(self._account_id, reply)):
            self.query_one("#day", Input).focus()
            return
        self._say_recorded()
        self._attach_mail()
        self.finish("confirm")

    def _say_recorded(self) -> None:
        """What was written down, and where it changes nothing, what is newer."""
        event, standing = (
            self.session.account(self._account_id).events[-1],
            self.session.overview().status_of(self._account_id),
        )
        newer = standing.last_reply if standing is not None else None
        words = f"Recorded: {describe_event(event, self.session.playbook)}."
        if newer is not None and newer.id != event.id and event.kind in REPLY_KINDS and newer.at > event.at:
            on = dates.format_day_and_time(newer.at, self.session.now())
            words = f"{words} What came on {on} is newer and still counts; the diary corrects dates."
        self.say(words)

    def _attach_mail(self) -> None:
        """Keep the mail as proof of the entry that was just made; where that fails, the entry stands and it is said."""
        if self._mail_path is None:
            return
        entry = self.session.account(self._account_id).events[-1].id
        try:
            self.session.attachments.attach(self._account_id, entry, self._mail_path)
        except MetaOptOutError as error:
            BaseScreen.say_error(self, error)

    def action_mail(self) -> None:
        """Read a mail that was saved as a file, and fill the form from it."""

        def taken(mail: ImportedMail | None) -> None:
            if mail is not None:
                self._fill_from_mail(mail)

        words = "Save the mail as a file (.eml) in your mail program first. It is read here and sent nowhere."
        key = make_draft_key("attach-mail", self._account_id)
        self.app.push_screen(ChooseFileScreen(self.context, key, "Read a mail", words, import_mail), taken)

    def _reread_mail(self, path: Path) -> None:
        """Read the mail that was being recorded at an earlier visit; what cannot be read any more is said when it is kept."""
        run_in_thread(self, Job(), partial(import_mail, path), self._mail_reread, group="mail")

    def _mail_reread(self, mail: ImportedMail) -> None:
        if mail.path == self._mail_path:
            self._mail = mail
            self.update_content()

    def _fill_from_mail(self, mail: ImportedMail) -> None:
        """Fill in what the mail says; the person confirms it or changes it."""
        self._mail, self._mail_path = mail, mail.path
        now = self.session.now()
        note = f"From {mail.mail.sender}: “{mail.mail.subject}”. {describe_trust(mail.mail.verdict)}"
        given = {
            "reference": mail.mail.message_id,
            "note": note,
            "day": self._initial_moment_texts[0],
            "time": self._initial_moment_texts[1],
        }
        if mail.mail.sent_at is not None and mail.mail.sent_at <= now:
            sent = mail.mail.sent_at.astimezone(now.tzinfo)
            given |= {"day": sent.date().isoformat(), "time": f"{sent:%H:%M}"}
        for name, value in given.items():
            self.query_one(f"#{name}", Input).value = value
        self._show_question(None, reply_id_of_mail(mail.mail))
        self.query_one(ChoiceList).focus()
        self.save_draft()

    def action_periods(self) -> None:
        """See the legal periods."""
        from metaoptout_tui.ui.screens.deadlines import DeadlinesScreen

        self.save_draft()
        self.app.push_screen(DeadlinesScreen(self.context, self._account_id))

    def action_letters(self) -> None:
        """Choose a letter."""
        from metaoptout_tui.ui.screens.letters import LettersScreen

        self.save_draft()
        self.app.push_screen(LettersScreen(self.context, self._account_id))

    def action_page_down(self) -> None:
        """Read on."""
        self.query_one(Reader).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Read back."""
        self.query_one(Reader).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """From the second question to the first, from the first to the checklist; what was typed is kept."""
        if self._follow_up_of is not None:
            self._show_question(None, self._follow_up_of.id)
            self.query_one(ChoiceList).focus()
        else:
            super().action_back()
