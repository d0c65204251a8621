"""One letter: filled from the diary, the person's to change, then copied, saved, handed to the mail program, and sent."""

from datetime import datetime

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from metaoptout_tui.core.authority import LANGUAGES_OF_COMPLAINTS
from metaoptout_tui.core.clocks import BY_LETTER
from metaoptout_tui.core.diary import KINDS
from metaoptout_tui.core.evidence import exhibits
from metaoptout_tui.core.letters import SENT_AS, Letter, Piece, filled_in
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.documents.letters import addressee_of, languages_of, letter_title
from metaoptout_tui.session import Posted
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.browsing import BrowsingPage
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.gaps import gaps_in, next_gap
from metaoptout_tui.ui.letter_sheet import (
    IN_ENGLISH,
    addressed,
    first_language,
    is_to_authority,
    language_words,
    letter_lines,
    written,
)
from metaoptout_tui.ui.screens.ask import HOW_SENT, Answer, AskScreen, DateScreen
from metaoptout_tui.ui.widgets.reader import Reader


class LetterScreen(FormPage[bool | None], BrowsingPage[bool | None]):
    """Subject and text in fields; what the diary does not hold stands in brackets. English beside it where it is another."""

    PLACE = "letter"
    BINDINGS = bindings("letter")
    DEFAULT_CSS = """
    LetterScreen Input { width: 1fr; margin: 0 1 1 1; }
    LetterScreen #about { height: auto; padding: 0 1; color: $muted; display: none; }
    LetterScreen #about.-said { display: block; }
    LetterScreen #sides { height: 1fr; width: 100%; padding: 0 1; }
    LetterScreen TextArea { border: none; height: 1fr; width: 1fr; background: $panel; padding: 0 0 0 1; }
    LetterScreen TextArea:focus { border: none; }
    LetterScreen Reader { display: none; width: 1fr; height: 1fr; border-left: solid $line; padding: 0 1; }
    LetterScreen #gaps { height: auto; max-height: 3; padding: 0 1; color: $muted; }
    LetterScreen #gaps.-some { color: $text-warning; }
    LetterScreen.-english TextArea { display: none; }
    LetterScreen.-english Reader { display: block; border-left: none; }
    LetterScreen.-roomy.-foreign Reader { display: block; border-left: solid $line; }
    LetterScreen.-roomy.-english TextArea { display: block; }
    """

    def __init__(self, desk: Desk, account: str, letter: str) -> None:
        self._account = account
        self._kind = letter
        self._language = first_language(desk, letter)
        super().__init__(desk, self._key())
        self._written = self._write(self._language)

    def _key(self) -> str:
        return draft_key("letter", self._account, f"{self._kind}.{self._language}")

    def _write(self, language: str) -> Letter:
        return written(self.desk, self._account, self._kind, language)

    @property
    def _with_english(self) -> bool:
        """Whether the English goes along: a complaint is in the authority's language, and the lead authority reads English."""
        return is_to_authority(self._kind) and self._language != "en"

    @property
    def _english(self) -> Letter:
        """The letter in English: as it was changed there, else with what was filled in here."""
        kept = self.session.draft(draft_key("letter", self._account, f"{self._kind}.en"))
        filled = filled_in(self._written, *self._parts)
        letter = written(self.desk, self._account, self._kind, "en", filled)
        subject = (Piece(kept["subject"]),) if "subject" in kept else letter.subject
        body = (Piece(kept["text"]),) if "text" in kept else letter.body
        return letter._replace(subject=subject, body=body)

    def compose_page(self) -> ComposeResult:
        """Subject, text, the English beside it, and what is still missing."""
        yield Static(id="about", markup=False)
        with Vertical():
            yield Input(id="subject")
            with Horizontal(id="sides"):
                yield TextArea(id="text", tab_behavior="focus", soft_wrap=True)
                yield Reader()
            yield Static(id="gaps", markup=False)
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin in the text, at the first thing that is missing; a complaint in Germany asks for the Land first."""
        self.fill()
        self.query_one(TextArea).focus()
        self.action_next_gap()
        person = self.session.progress.person
        if is_to_authority(self._kind) and person.country == "DE" and not person.land:
            self.call_after_refresh(self._ask_land)

    def _ask_land(self) -> None:
        from metaoptout_tui.ui.screens.authority import ask_land

        ask_land(self, self.fill)

    @property
    def says_unsaved(self) -> bool:
        """A letter that was changed and not sent yet."""
        return True

    def fill(self) -> None:
        """The letter as it was being changed, else as the diary fills it."""
        super().fill()
        self._written = self._write(self._language)
        draft = self.draft
        with self.prevent(TextArea.Changed, Input.Changed):
            self.query_one("#subject", Input).value = draft.get("subject", self._written.title)
            self.query_one(TextArea).text = draft.get("text", self._written.text)
        self.show()

    def show(self) -> None:
        """Title, what is missing, and the English."""
        super().show()
        title = letter_title(self._kind, "en")
        several = len(languages_of(self._kind)) > 1
        change = f" {self.key('letter.language')} changes the language." if several else ""
        self.head(title, left=f"In {LANGUAGES_OF_COMPLAINTS[self._language]}.{change} {self._record_words()}")
        words = language_words(self.desk, self._kind, self._language)
        if self._with_english and not self.has_class("-roomy"):
            words = f"{words} {self.key('letter.english')} shows the English."
        about = self.query_one("#about", Static)
        about.update(words)
        about.set_class(bool(words), "-said")
        self.set_class(self._language != "en", "-foreign")
        if self._language == "en":
            self.remove_class("-english")
        self._show_gaps()

    def _record_words(self) -> str:
        if self._kind not in SENT_AS:
            return "For people: nothing is recorded."
        return f"{self.key('letter.sent')} records that you sent it."

    def resized(self) -> None:
        """Lines are written for the width there is."""
        self.show()

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _show_gaps(self) -> None:
        subject, body = self._parts
        missing = gaps_in(f"{subject}\n{body}", self._written)
        line = self.query_one("#gaps", Static)
        line.set_class(bool(missing), "-some")
        key = self.key("letter.next-gap")
        line.update(f"To fill in ({key}): {' · '.join(missing)}" if missing else "Nothing is missing.")
        self._show_english()

    def _show_english(self) -> None:
        """The English beside it, with what was filled in here."""
        reader = self.query_one(Reader)
        if self._language != "en" and reader.display:
            reader.show(letter_lines(self._english, reader.columns or self.size.width - 4, above="In English:"))

    @property
    def _parts(self) -> tuple[str, str]:
        return self.query_one("#subject", Input).value, self.query_one(TextArea).text

    def typed(self) -> dict[str, str]:
        """What was changed from what the diary fills in."""
        subject, body = self._parts
        typed = {"subject": subject, "text": body}
        as_filled = {"subject": self._written.title, "text": self._written.text}
        return {name: words for name, words in typed.items() if words != as_filled[name]}

    def action_next_gap(self) -> None:
        """Select the next thing that is missing, so that typing takes its place."""
        area = self.query_one(TextArea)
        found = next_gap(area.text, area.cursor_location, self._written)
        if found is not None:
            area.focus()
            area.selection = found
            area.scroll_cursor_visible()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a next language only where the letter is written in several."""
        del parameters
        return action != "language" or len(languages_of(self._kind)) > 1

    def action_language(self) -> None:
        """Take the next language; what was changed in this one is kept."""
        every = languages_of(self._kind)
        self.keep()
        self._language = every[(every.index(self._language) + 1) % len(every)]
        self.draft_key = self._key()
        self.fill()
        self.action_next_gap()

    def action_english(self) -> None:
        """Show the English, or the letter again."""
        if self._language == "en":
            self.say("The letter is in English.")
        else:
            self.toggle_class("-english")
            if not self.has_class("-english"):
                self.query_one(TextArea).focus()
            self.call_after_refresh(self.show)

    @property
    def _outgoing(self) -> tuple[str, str]:
        """Subject and text as they go out; of a complaint in another language with the English below."""
        subject, body = self._parts
        if not self._with_english:
            return subject, body
        english = self._english
        return subject, f"{body}\n\n{IN_ENGLISH}\n\n{english.title}\n\n{english.text}"

    @property
    def _whole(self) -> str:
        return "\n\n".join(self._outgoing)

    def action_copy(self) -> None:
        """Copy subject and text; of a message to people the text alone, which goes into a chat or a post."""
        if addressee_of(self._kind) == "people":
            self.copy(self._parts[1], "The message")
            return
        self.copy(self._whole, "The letter, with the English below" if self._with_english else "The letter")

    def action_save(self) -> None:
        """Save it as a text beside the record, as a new file."""
        day = self.session.now().date().isoformat()
        name = f"{day}-{self._kind}-{self._account}-{self._language}"

        def save() -> None:
            self.say(f"Saved as {self.session.save_text(name, self._whole)}.")

        self.change(save)

    def action_mail(self) -> None:
        """Hand it to the mail program."""
        kept = any(each.account.id == self._account for each in exhibits(self.session.progress))
        files = f" Attach the files it names yourself, from {self.desk.evidence}." if kept else ""
        self._hand_over(*self._outgoing, files if is_to_authority(self._kind) else "")

    @work(thread=True, exclusive=True, group="mailer", exit_on_error=False)
    def _hand_over(self, subject: str, body: str, files: str) -> None:
        asked = self.desk.mailer().begin(subject, body)
        self.app.call_from_thread(self.say, asked.why + files if asked.can_open else asked.why)

    def action_authority(self) -> None:
        """See the authority, where the letter is one to it."""
        from metaoptout_tui.ui.screens.authority import AuthorityScreen

        self.keep()
        self.app.push_screen(AuthorityScreen(self.desk, self._account), lambda _: self.fill())

    def action_sent(self) -> None:
        """Ask how and when it was sent, and record that."""
        what = SENT_AS.get(self._kind)
        if what is None:
            self.say("This is for people you know; there is nothing to record.")
        elif what == "filed" or "by" in KINDS[what].may:
            self.app.push_screen(AskScreen(self.desk, "How did you send it?", HOW_SENT), self._sent_so)
        else:
            self._ask_when("")

    def _sent_so(self, answer: Answer | None) -> None:
        if answer is not None:
            self._ask_when(BY_LETTER if answer.row == BY_LETTER else "")

    def _ask_when(self, by: str) -> None:
        missing = gaps_in("\n".join(self._parts), self._written)
        words = f"In the text here this was still missing: {', '.join(missing)}." if missing else ""

        def dated(at: datetime | None) -> None:
            if at is not None:
                self._record(at, by)

        self.app.push_screen(DateScreen(self.desk, "When did you send it?", words=words), dated)

    def _record(self, at: datetime, by: str) -> None:
        authority = addressed(self.desk).authority if is_to_authority(self._kind) else None
        sent = Posted(SENT_AS[self._kind], at, by, authority.name if authority else "", self.draft_key)
        if self.change(lambda: self.session.send(self._account, sent)):
            self.settle(True)
