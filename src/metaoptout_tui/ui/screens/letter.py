"""One letter: changing, copying, mailing and saving it; whether it was sent is asked on leaving."""

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from metaoptout_tui.app.letter_from_diary import is_to_authority
from metaoptout_tui.app.letters import (
    LetterDraft,
    initial_language,
    is_to_people,
    letter_title,
)
from metaoptout_tui.app.own_commands import Command
from metaoptout_tui.app.typed_paths import with_tilde
from metaoptout_tui.core.language.formatting import quoted
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters import EVENT_KIND_BY_LETTER, letter_file_name
from metaoptout_tui.core.record.accounts import evidence_items_of
from metaoptout_tui.ui.base.browser_and_clipboard import BrowserAndClipboardScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.sent_letter import SentLetterForm
from metaoptout_tui.ui.text.pages_and_letters import letter_content, missing_placeholders
from metaoptout_tui.ui.widgets.fields import WholeText
from metaoptout_tui.ui.widgets.frame import Notice
from metaoptout_tui.ui.widgets.letter_text import LetterText
from metaoptout_tui.ui.widgets.reader import Reader

_MIN_ROWS_FOR_PLACE, _MIN_ROWS_FOR_WARNINGS, _MIN_ROWS_FOR_GAPS_IN_LINES = 20, 24, 36
"""Rows of the terminal from which there is room for where to send a letter, for what to mind, and for each gap in a line of its own."""


class LetterScreen(SentLetterForm, BrowserAndClipboardScreen[bool | None]):
    """Subject and text of a letter in fields, with placeholders for what the diary does not know.

    Beside a letter in another language its English version is shown.
    """

    SCREEN_ID = "letter"
    shows_draft_notice = True
    DEFAULT_CSS = """
    LetterScreen Input { width: 1fr; margin: 0 1 1 1; }
    LetterScreen #about { color: $muted; }
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

    def __init__(self, context: AppContext, account_id: str, letter: str) -> None:
        self._account_id = account_id
        self._letter = LetterDraft(context, account_id, letter, initial_language(context, letter, account_id))
        super().__init__(context, self._letter.draft_key)
        self._filled_letter = self._letter.from_diary

    def compose_body(self) -> ComposeResult:
        """Subject, text, the English version beside it, and the placeholders left."""
        yield Notice(id="about")
        with Vertical():
            yield Input(id="subject")
            yield WholeText(_("Subject"), id="whole-subject")
            with Horizontal(id="sides"):
                yield LetterText()
                yield Reader()
            yield Static(id="gaps", markup=False)

    def on_mount(self) -> None:
        """Begin at the top of the text."""
        self.fill_fields()
        area = self.query_one(LetterText)
        area.focus()
        area.go_to_start()

    def fill_fields(self) -> None:
        """The texts of the draft, else the letter filled in from the diary."""
        super().fill_fields()
        self._filled_letter = self._letter.from_diary
        draft = self._letter.changed_texts
        with self.prevent(TextArea.Changed, Input.Changed):
            self.query_one("#subject", Input).value = draft.get("subject", self._filled_letter.title)
            area = self.query_one(LetterText)
            area.filled_letter = self._filled_letter
            area.text = draft.get("text", self._filled_letter.text)
        self.update_content()

    def update_content(self) -> None:
        """Title, notes, the placeholders left, and the English version."""
        super().update_content()
        letter, key = self._letter, self.readable_key_of("letter.language")
        language = language_name(letter.language)
        if len(letter.languages) > 1:
            left = _("In {language}. {key} changes the language.").format(language=language, key=key)
        else:
            left = _("In {language}.").format(language=language)
        self.set_headline(letter_title(letter.id), left=f"{left} {self._record_hint()}")
        words = letter.notes(
            with_place=self.size.height >= _MIN_ROWS_FOR_PLACE, with_warnings=self.size.height >= _MIN_ROWS_FOR_WARNINGS
        )
        if letter.has_english_version and not self.has_class("-roomy"):
            english = _("{key} shows the English.").format(key=self.readable_key_of("letter.english"))
            added = _("{key} leaves it out.") if letter.includes_english else _("{key} adds it below.")
            added = added.format(key=self.readable_key_of("letter.with-english"))
            words = f"{words} {english} {added}"
        self.query_one("#about", Notice).show(words)
        self.set_class(letter.language != "en", "-foreign")
        if letter.language == "en":
            self.remove_class("-english")
        self._show_placeholders()
        # Only the layout shows whether there is room for the English version, and how much.
        self.call_after_refresh(self._show_english)

    def _record_hint(self) -> str:
        if self._letter.id not in EVENT_KIND_BY_LETTER:
            return _("For people: nothing is recorded.")
        return _("{key} records that you sent it.").format(key=self.readable_key_of("letter.sent"))

    def rewrap_text(self) -> None:
        """Lay notes and the English version out for the new width."""
        self.update_content()

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _show_placeholders(self) -> None:
        missing = self.missing
        line = self.query_one("#gaps", Static)
        line.set_class(bool(missing), "-some")
        key = self.readable_key_of("letter.next-gap")
        has_room = self.size.height >= _MIN_ROWS_FOR_GAPS_IN_LINES
        line.styles.max_height = 1 + len(missing) if has_room else 3
        listed = "".join(f"\n  {each}" for each in missing) if has_room else " · ".join(map(quoted, missing))
        line.update(
            _("To fill in ({key}): {missing}").format(key=key, missing=listed) if missing else _("Nothing is missing.")
        )
        self.query_one(WholeText).show_where_cut(self.query_one("#subject", Input))
        self._show_english()

    def _show_english(self) -> None:
        """Show the English version, with the texts filled in here, where there is room."""
        if self._letter.language != "en" and self.reader.display:
            english = self._letter.english_version(self._filled_letter, *self._subject_and_body)
            content = letter_content(english, self.reader.text_width, above=_("In English:"))
            self.reader.show_content(content, from_top=False)

    @property
    def _subject_and_body(self) -> tuple[str, str]:
        return self.query_one("#subject", Input).value, self.query_one(TextArea).text

    def save_draft(self) -> None:
        """Save what was changed, and remember the name and address for the next letter."""
        super().save_draft()
        if self.is_mounted:
            self._letter.remember_sender(*self._subject_and_body)

    def typed_values(self) -> dict[str, str]:
        """The texts that differ from the letter filled in from the diary."""
        subject, body = self._subject_and_body
        typed = {"subject": (subject, self._filled_letter.title), "text": (body, self._filled_letter.text)}
        return {name: words for name, (words, offered) in typed.items() if words != offered}

    def action_next_gap(self) -> None:
        """Select the next placeholder, so that typing replaces it."""
        self.query_one(LetterText).select_next_placeholder()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow another language only where the letter exists in several."""
        is_offered = action != "language" or len(self._letter.languages) > 1
        return is_offered and super().check_action(action, parameters)

    def has_effect(self, command: Command) -> bool:
        """Whether a command does something here: a message to people is not recorded, so “sent” is not offered for one."""
        is_recorded = self._letter.id in EVENT_KIND_BY_LETTER
        return super().has_effect(command) and (is_recorded or command.action_name != "sent")

    def action_language(self) -> None:
        """Show the letter in its next language; changes in this one are kept as a draft."""
        self.save_draft()
        self._letter = self._letter.in_next_language()
        self.draft_key = self._letter.draft_key
        self.fill_fields()
        self.query_one(LetterText).go_to_start()

    def action_english(self) -> None:
        """Show the English version, or the letter again."""
        if self._letter.language == "en":
            self.say(_("The letter is in English."))
        else:
            self.toggle_class("-english")
            if not self.has_class("-english"):
                self.query_one(TextArea).focus()
            self.call_after_refresh(self.update_content)

    def action_with_english(self) -> None:
        """Let the English version go along below the letter, or leave it out again."""
        letter = self._letter
        if not letter.has_english_version:
            self.say(_("Only a letter to an authority in another language has an English version to send."))
            return
        letter.add_english(is_added=not letter.includes_english)
        self.say(
            _("The English goes along below the letter.") if letter.includes_english else _("The English is left out.")
        )
        self.update_content()

    @property
    def _outgoing_parts(self) -> tuple[str, str]:
        return self._letter.subject_and_body_to_send(self._filled_letter, *self._subject_and_body)

    @property
    def letter_draft(self) -> LetterDraft:
        """The letter that is being written."""
        return self._letter

    @property
    def outgoing_text(self) -> str:
        """Subject and body as they are sent."""
        return self._letter.text_to_copy(self._filled_letter, *self._subject_and_body)

    @property
    def missing(self) -> tuple[str, ...]:
        """The placeholders still in the text, and in the English that goes along."""
        in_english = self._letter.gaps_in_english(self._filled_letter, *self._subject_and_body)
        return (
            *missing_placeholders("\n".join(self._subject_and_body), self._filled_letter),
            *(_("in the English: {gap}").format(gap=gap.strip("[]")) for gap in in_english),
        )

    def action_copy(self) -> None:
        """Copy subject and text; of a message to people only the text, which goes into a chat or a post."""
        self._is_taken_out = True
        if is_to_people(self._letter.id):
            self.copy_to_clipboard(self._subject_and_body[1], _("The message"))
            return
        self.copy_to_clipboard(
            self.outgoing_text,
            _("The letter, with the English below") if self._letter.includes_english else _("The letter"),
        )

    def action_save(self) -> None:
        """Save the letter as a page to print, and as a text, where case files go."""
        letter = self._letter
        name = letter_file_name(letter.id, self._account_id, letter.language, self.session.now().date())

        def save() -> None:
            page = letter.page_to_print(*self._outgoing_parts)
            text_file, page_file = self.context.record_files().save_letter(name, self.outgoing_text, page)
            self._is_taken_out = True
            self.say(
                _("Saved: {page}. Open that file to print it. As a text it is {file}, beside it.").format(
                    page=with_tilde(page_file), file=text_file.name
                )
            )

        self.make_change(save)

    def action_mail(self) -> None:
        """Open the letter in the mail program."""
        self._is_taken_out = True
        has_files = any(item.account.id == self._account_id for item in evidence_items_of(self.session.record))
        hint = (
            _("Attach the files it names yourself, from {folder}.").format(folder=self.context.evidence_folder)
            if has_files
            else ""
        )
        self._open_in_mail_program(*self._outgoing_parts, hint if is_to_authority(self._letter.id) else "")

    @work(thread=True, exclusive=True, group="mailer", exit_on_error=False)
    def _open_in_mail_program(self, subject: str, body: str, hint: str) -> None:
        result = self.context.mailer().begin_mail(subject, body)
        words = f"{result.explanation} {hint}" if result.can_open and hint else result.explanation
        self.app.call_from_thread(self.say, words)

    def action_authority(self) -> None:
        """Open the screen about the authority; its Land may change the letter."""
        self.save_draft()
        self.open_screen("authority", self._account_id, then=lambda _unused: self.fill_fields())
