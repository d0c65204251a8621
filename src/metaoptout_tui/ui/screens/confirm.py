"""What came back: which answer, by one question at a time, when, with what reference; or that nothing has come yet."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from textwrap import wrap

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.worker import get_current_worker

from metaoptout_tui.core import when
from metaoptout_tui.core.answers import ANSWERED, FIRST, NOTHING, Answer, answer_by_id, offered
from metaoptout_tui.core.diary import REPLIES, in_force
from metaoptout_tui.core.errors import FileRefused, MetaOptOutError
from metaoptout_tui.core.mail_wording import answer_of_mail, mail_words, trust_words
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.periods import LOOKS
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import State
from metaoptout_tui.core.wording import entry_words
from metaoptout_tui.session import Reply
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.guide import StepGuide
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.mails import Brought, brought
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.screens.attach import AttachScreen
from metaoptout_tui.ui.widgets.reader import Reader

_QUESTIONS = {
    "more-asked": "what does Meta ask for?",
    "refused": "what does the refusal say?",
    "extended": "does it say why?",
}
_OWN_WORDS = {
    "answered": "Your objection waits for Meta's answer again, and the looks at the mailbox begin anew.",
    "authority-wrote": "Keep the letter. What it means for you stands in it; write the gist into the note.",
    "closed": "You leave it at that. The periods of this case end here; a new objection can be sent at any time.",
}
"""What an answer means for this program, where that is no statement about Meta or the law."""


class ConfirmScreen(FormPage[str | None]):
    """Enter on an answer records it as of now, or asks the one question more that it takes to know what to do.

    The fields below change when, and add a reference or a note. Answers and their meaning share what room there is above
    the fields, so that what will be recorded, and as of when, is in view wherever the focus is.
    """

    PLACE = "confirm"
    BINDINGS = bindings("confirm")
    DEFAULT_CSS = """
    ConfirmScreen #mail { height: auto; max-height: 40%; padding: 0 1; display: none; }
    ConfirmScreen #answers { max-height: 60%; }
    ConfirmScreen #meaning { height: 1fr; padding: 0 1; border-top: solid $line; }
    ConfirmScreen #fields { height: auto; border-top: solid $line; }
    ConfirmScreen #records { height: auto; padding: 0 1; text-style: bold; }
    ConfirmScreen .field { height: 1; }
    ConfirmScreen .field .field-name { width: 12; }
    ConfirmScreen .field .-short { width: 6; }
    ConfirmScreen #trouble { dock: none; }
    ConfirmScreen Input { width: 1fr; }
    """

    def __init__(self, desk: Desk, account: str, mail: Brought | None = None) -> None:
        super().__init__(desk, draft_key("confirm", account))
        self._account = account
        self._mail = mail
        self._file: Path | None = None
        self._asked: Answer | None = None

    def compose_page(self) -> ComposeResult:
        """Answers, what the highlighted one means, and the fields."""
        now = self.session.now()
        self._offered = (now.date().isoformat(), f"{now:%H:%M}")
        with Vertical():
            yield Static(id="mail", markup=False)
            yield Choices(id="answers")
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
        self.fill()
        if brought_along is not None:
            self._take_mail(brought_along)
        elif self._file is not None:
            self._read_again(self._file)
        self.query_one(Choices).focus()

    @property
    def says_unsaved(self) -> bool:
        """An answer that is not recorded yet."""
        return True

    def fill(self) -> None:
        """The answer that holds now, as of now; or one as it was being written."""
        super().fill()
        draft = self.draft
        given = {"day": self._offered[0], "time": self._offered[1], "reference": "", "note": ""}
        with self.prevent(Input.Changed):
            for name, value in given.items():
                self.query_one(f"#{name}", Input).value = draft.get(name, value)
        self._mail, self._file = None, Path(draft["mail"]) if draft.get("mail") else None
        self._ask(None, draft.get("answer", "") or self._likely)

    @property
    def _likely(self) -> str:
        """The answer to begin with: right after sending the message on the screen, later one that does no harm by mistake."""
        standing = self.session.overview().standing(self._account)
        became = standing.course if standing is not None else None
        if became is None or became.state is State.ASKED_FOR_MORE:
            return ANSWERED.id
        is_fresh = became.reply is None and self.session.now() < became.filing.at + LOOKS[0]
        return FIRST[0].id if is_fresh else NOTHING.id

    def _ask(self, about: Answer | None, chosen: str) -> None:
        """Ask the first question, or the one about an answer; a sort that is chosen brings its question.

        Where nothing is `chosen`, nothing is highlighted, so that no answer is recorded that nobody chose.
        """
        of_sort = next((each for each in FIRST if chosen in {sort.id for sort in each.sorts}), None)
        self._asked = about or of_sort
        texts = self.session.playbook.texts
        account = self.session.account(self._account)
        answers = self._asked.sorts if self._asked else offered(in_force(account.events))
        rows = [(each.id, texts.say(f"answer.{each.id}")) for each in answers]
        choices = self.query_one(Choices)
        choices.show_rows(rows, chosen=chosen)
        if not chosen:
            choices.highlighted = None
        self.show()

    @property
    def _answer(self) -> Answer | None:
        return answer_by_id(self.query_one(Choices).chosen)

    def show(self) -> None:
        """The title and the meaning of the highlighted answer."""
        super().show()
        standing = self.session.overview().standing(self._account)
        if standing is None:
            self.dismiss(None)
            return
        name = account_name(standing.account, self.session.playbook)
        answer = self._answer
        left = "Nothing is filed yet. Record the objection first."
        if standing.course is not None:
            left = f"Filed {when.ago(standing.course.filing.at, self.session.now())}.{self._letters_words(standing)}"
        elif standing.question is not None:
            left = f"Asked {when.ago(standing.question.at, self.session.now())}.{self._letters_words(standing)}"
        asked = _QUESTIONS[self._asked.id] if self._asked else "what came back?"
        self.head(f"{name}: {asked}", left=left)
        mail = self.query_one("#mail", Static)
        mail.display = self._mail is not None
        mail.update(mail_words(self._mail.mail, self.session.now()) if self._mail else "")
        reader = self.query_one(Reader)
        guide = StepGuide(self.desk, standing, "confirm", reader.columns or self.size.width - 4)
        meaning = Content("")
        if answer is not None:
            own = _OWN_WORDS.get(answer.id)
            meaning = Content("\n".join(wrap(own, guide.width))) if own else guide.answer(answer)
        reader.show(meaning, from_top=meaning.plain != reader.words)
        self._show_what_is_recorded()

    def _letters_words(self, standing: Standing) -> str:
        """Where an answer is refused or missing, the key to the letters."""
        if standing.state not in (State.REFUSED, State.OVERDUE):
            return ""
        return f" {self.key('confirm.letters')} has the letters that remain."

    @on(Input.Changed)
    def _typing(self) -> None:
        """What was wrong before is no longer said."""
        self.refuse("")
        self._show_what_is_recorded()

    def _show_what_is_recorded(self) -> None:
        """What Enter does now: which answer it records, and as of when."""
        answer = self._answer
        words = "Choose above what came back."
        if answer is not None:
            name = self.session.playbook.texts.say(f"answer.{answer.id}")
            words = f"Enter asks which kind: {name}" if answer.sorts else f"Enter records: {name}{self._when_words()}"
        self.query_one("#records", Static).update(words)

    def _when_words(self) -> str:
        now = self.session.now()
        try:
            return f", {when.read_as(self._typed_moment() or now, now)}"
        except ValueError:
            return ", when?"

    def _typed_moment(self) -> datetime | None:
        """When it came; None where that was left as it is offered: now. Raises ValueError for what cannot be read."""
        day, time = self.query_one("#day", Input).value, self.query_one("#time", Input).value
        return None if (day, time) == self._offered else when.local(day, time, self.session.now())

    def resized(self) -> None:
        """The meaning is written for the width there is."""
        self.show()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self.show()

    def typed(self) -> dict[str, str]:
        """The fields that were changed from what was offered."""
        day, time = self.query_one("#day", Input).value, self.query_one("#time", Input).value
        typed = {name: self.query_one(f"#{name}", Input).value for name in ("reference", "note")}
        if (day, time) != self._offered:
            typed.update(day=day, time=time)
        if self._file is not None:
            typed["mail"] = str(self._file)
        if any(typed.values()):
            typed["answer"] = self.query_one(Choices).chosen
        return typed

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Record it, ask the next question, or say what is wrong."""
        answer = self._answer
        if answer is None:
            self.refuse("Choose above what came back.")
            self.query_one(Choices).focus()
            return
        if answer.sorts:
            self._ask(answer, answer.sorts[0].id)
            self.query_one(Choices).focus()
            return
        try:
            at = self._typed_moment()
        except ValueError as error:
            self.refuse(str(error))
            self.query_one("#day", Input).focus()
            return
        words = {name: self.query_one(f"#{name}", Input).value for name in ("reference", "note")}
        reply = Reply(answer.what, at, **words, fields=answer.fields)
        if not self.change(lambda: self.session.reply(self._account, reply)):
            self.query_one("#day", Input).focus()
            return
        self._say_recorded()
        self._keep_mail()
        self.settle("confirm")

    def _say_recorded(self) -> None:
        """What was written down, and where it changes nothing, what is newer."""
        event, standing = (
            self.session.account(self._account).events[-1],
            self.session.overview().standing(self._account),
        )
        newer = standing.reply if standing is not None else None
        words = f"Recorded: {entry_words(event, self.session.playbook)}."
        if newer is not None and newer.id != event.id and event.what in REPLIES and newer.at > event.at:
            on = when.day_and_time(newer.at, self.session.now())
            words = f"{words} What came on {on} is newer and still counts; the diary corrects dates."
        self.say(words)

    def _keep_mail(self) -> None:
        """Keep the mail as proof of the entry that was just made; where that fails, the entry stands and it is said."""
        if self._file is None:
            return
        entry = self.session.account(self._account).events[-1].id
        try:
            self.session.attach(self._account, entry, self._file)
        except MetaOptOutError as error:
            Page.say_error(self, error)

    def action_mail(self) -> None:
        """Read a mail that was saved as a file, and fill the form from it."""

        def taken(mail: Brought | None) -> None:
            if mail is not None:
                self._take_mail(mail)

        words = "Save the mail as a file (.eml) in your mail program first. It is read here and sent nowhere."
        key = draft_key("attach-mail", self._account)
        self.app.push_screen(AttachScreen(self.desk, key, "Read a mail", words, brought), taken)

    @work(thread=True, group="mail")
    def _read_again(self, path: Path) -> None:
        """Read the mail that was being recorded at an earlier visit; what cannot be read any more is said when it is kept."""
        worker = get_current_worker()
        with suppress(FileRefused):
            mail = brought(path)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._show_mail, mail)

    def _show_mail(self, mail: Brought) -> None:
        if mail.path == self._file:
            self._mail = mail
            self.show()

    def _take_mail(self, mail: Brought) -> None:
        """Fill in what the mail says; the person confirms it or changes it."""
        self._mail, self._file = mail, mail.path
        now = self.session.now()
        note = f"From {mail.mail.sender}: “{mail.mail.subject}”. {trust_words(mail.mail.verdict)}"
        given = {"reference": mail.mail.message_id, "note": note, "day": self._offered[0], "time": self._offered[1]}
        if mail.mail.sent is not None and mail.mail.sent <= now:
            sent = mail.mail.sent.astimezone(now.tzinfo)
            given |= {"day": sent.date().isoformat(), "time": f"{sent:%H:%M}"}
        for name, value in given.items():
            self.query_one(f"#{name}", Input).value = value
        self._ask(None, answer_of_mail(mail.mail))
        self.query_one(Choices).focus()
        self.keep()

    def action_periods(self) -> None:
        """See the legal periods."""
        from metaoptout_tui.ui.screens.periods import PeriodsScreen

        self.keep()
        self.app.push_screen(PeriodsScreen(self.desk, self._account))

    def action_letters(self) -> None:
        """Choose a letter."""
        from metaoptout_tui.ui.screens.letters import LettersScreen

        self.keep()
        self.app.push_screen(LettersScreen(self.desk, self._account))

    def action_page_down(self) -> None:
        """Read on."""
        self.query_one(Reader).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Read back."""
        self.query_one(Reader).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """From the second question to the first, from the first to the checklist; what was typed is kept."""
        if self._asked is not None:
            self._ask(None, self._asked.id)
            self.query_one(Choices).focus()
        else:
            super().action_back()
