"""One letter: filled from the diary, the person's to change, then copied, saved, handed to the mail program, and sent."""

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea
from textual.widgets.text_area import Selection

from metaoptout_tui.core.authority import LANGUAGES_OF_COMPLAINTS
from metaoptout_tui.core.evidence import exhibits
from metaoptout_tui.core.letters import SENT_AS, file_name
from metaoptout_tui.documents.letters import addressee_of, letter_title
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.browsing import BrowsingPage
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.gaps import gaps_in, next_gap
from metaoptout_tui.ui.letter_sheet import OpenLetter, first_language, is_to_authority, letter_lines
from metaoptout_tui.ui.sending import ask_sent
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
        self._letter = OpenLetter(desk, account, letter, first_language(desk, letter))
        super().__init__(desk, self._letter.draft_key)
        self._written = self._letter.as_filled

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
        """Begin at the top of the text; a complaint in Germany asks for the Land first."""
        self.fill()
        self.query_one(TextArea).focus()
        self._begin()
        person = self.session.progress.person
        if is_to_authority(self._letter.id) and person.country == "DE" and not person.land:
            self.call_after_refresh(self._ask_land)

    def _begin(self) -> None:
        """Show the letter from its first line; the first thing that is missing is selected where that is in view."""
        area = self.query_one(TextArea)
        area.move_cursor((0, 0))
        area.scroll_home(animate=False)
        # What is in view is known when it was laid out; who typed or moved by then is left where they are.
        self.call_after_refresh(self._select_gap_in_view)

    def _select_gap_in_view(self) -> None:
        area = self.query_one(TextArea)
        found = next_gap(area.text, (0, 0), self._written)
        is_untouched = area.selection == Selection() and area.text == self.draft.get("text", self._written.text)
        if found is None or not is_untouched:
            return
        if area.wrapped_document.location_to_offset(found.end).y < area.content_size.height:
            area.selection = found

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
        self._written = self._letter.as_filled
        draft = self.draft
        with self.prevent(TextArea.Changed, Input.Changed):
            self.query_one("#subject", Input).value = draft.get("subject", self._written.title)
            self.query_one(TextArea).text = draft.get("text", self._written.text)
        self.show()

    def show(self) -> None:
        """Title, what is missing, and the English."""
        super().show()
        letter = self._letter
        change = f" {self.key('letter.language')} changes the language." if len(letter.languages) > 1 else ""
        left = f"In {LANGUAGES_OF_COMPLAINTS[letter.language]}.{change} {self._record_words()}"
        self.head(letter_title(letter.id, "en"), left=left)
        words = letter.about(self.size.height)
        if letter.english_goes_along and not self.has_class("-roomy"):
            words = f"{words} {self.key('letter.english')} shows the English."
        about = self.query_one("#about", Static)
        about.update(words)
        about.set_class(bool(words), "-said")
        self.set_class(letter.language != "en", "-foreign")
        if letter.language == "en":
            self.remove_class("-english")
        self._show_gaps()
        # Whether the English stands beside it, and how wide, is known when that was laid out.
        self.call_after_refresh(self._show_english)

    def _record_words(self) -> str:
        if self._letter.id not in SENT_AS:
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
        if self._letter.language != "en" and reader.display:
            english = self._letter.english(self._written, *self._parts)
            reader.show(letter_lines(english, reader.columns or self.size.width - 4, above="In English:"))

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
        is_offered = action != "language" or len(self._letter.languages) > 1
        return is_offered and super().check_action(action, parameters)

    def action_language(self) -> None:
        """Take the next language; what was changed in this one is kept."""
        self.keep()
        self._letter = self._letter.in_next_language()
        self.draft_key = self._letter.draft_key
        self.fill()
        self._begin()

    def action_english(self) -> None:
        """Show the English, or the letter again."""
        if self._letter.language == "en":
            self.say("The letter is in English.")
        else:
            self.toggle_class("-english")
            if not self.has_class("-english"):
                self.query_one(TextArea).focus()
            self.call_after_refresh(self.show)

    @property
    def _outgoing(self) -> tuple[str, str]:
        return self._letter.outgoing(self._written, *self._parts)

    @property
    def _whole(self) -> str:
        return "\n\n".join(self._outgoing)

    def action_copy(self) -> None:
        """Copy subject and text; of a message to people the text alone, which goes into a chat or a post."""
        if addressee_of(self._letter.id) == "people":
            self.copy(self._parts[1], "The message")
            return
        self.copy(
            self._whole, "The letter, with the English below" if self._letter.english_goes_along else "The letter"
        )

    def action_save(self) -> None:
        """Save it as a text beside the record, as a new file."""
        letter = self._letter
        name = file_name(letter.id, self._account, letter.language, self.session.now().date())

        def save() -> None:
            self.say(f"Saved as {self.session.save_text(name, self._whole)}.")

        self.change(save)

    def action_mail(self) -> None:
        """Hand it to the mail program."""
        kept = any(each.account.id == self._account for each in exhibits(self.session.progress))
        files = f" Attach the files it names yourself, from {self.desk.evidence}." if kept else ""
        self._hand_over(*self._outgoing, files if is_to_authority(self._letter.id) else "")

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
        missing = gaps_in("\n".join(self._parts), self._written)
        ask_sent(self, self._letter, lambda: self._whole, missing)
