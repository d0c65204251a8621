"""One letter: changing, copying, mailing and saving it; whether it was sent is asked on leaving."""

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Selection

from metaoptout_tui.app.letters.letter_notes import letter_notes
from metaoptout_tui.app.letters.letter_sender import put_back_memory, sender_memory
from metaoptout_tui.app.letters.letters import LetterDraft, WrittenLetter, initial_language, letter_title
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.record.accounts import Draft
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.asking import ask_choice
from metaoptout_tui.ui.screens.outgoing_letter import OutgoingLetterScreen
from metaoptout_tui.ui.text.pages_and_letters import letter_content
from metaoptout_tui.ui.widgets.frame import Notice
from metaoptout_tui.ui.widgets.letter_text import GapLine, LetterFields, LetterText

_MIN_ROWS_FOR_PLACE, _MIN_ROWS_FOR_WARNINGS, _MIN_ROWS_FOR_WHOLE_HEAD = 20, 24, 36
"""Rows of the terminal from which there is room for where to send a letter, for what to mind, and for both beside the text."""


class LetterScreen(OutgoingLetterScreen):
    """Subject and text of a letter in fields, with placeholders for what the diary does not know.

    Beside a letter in another language its English version is shown.
    """

    SCREEN_ID = "letter"
    shows_draft_notice = True
    DEFAULT_CSS = """
    LetterScreen #about { color: $muted; }
    LetterScreen TextArea { border: none; height: 1fr; width: 1fr; background: $panel; padding: 0 0 0 1; }
    LetterScreen TextArea:focus { border: none; }
    LetterScreen Reader { display: none; width: 1fr; height: 1fr; border-left: solid $line; padding: 0 1; }
    LetterScreen.-folded #about, LetterScreen.-folded #unsaved, LetterScreen.-folded #whole-subject { display: none; }
    LetterScreen.-folded #subject { margin: 0 1; }
    LetterScreen.-english TextArea { display: none; }
    LetterScreen.-english Reader { display: block; border-left: none; }
    LetterScreen.-roomy.-foreign Reader { display: block; border-left: solid $line; }
    LetterScreen.-roomy.-english TextArea { display: block; }
    """

    def __init__(self, context: AppContext, account_id: str, letter: str) -> None:
        self._account_id = account_id
        self._letter = LetterDraft(context, account_id, letter, initial_language(context, letter, account_id))
        super().__init__(context, self._letter.draft_key)
        self._prefilled_letter = self._letter.prefilled
        self._memory_at_opening = sender_memory(context.session, account_id)
        self._waits_for_room = False
        self._answered_on_shorter = self._letter.written.question_on_shorter

    def compose_body(self) -> ComposeResult:
        """Subject, text, the English version beside it, and the placeholders left."""
        yield Notice(id="about")
        yield LetterFields()

    def on_mount(self) -> None:
        """Begin at the top of the text."""
        self.fill_fields()
        self.query_one(LetterText).focus()
        self._fields.go_to_start()

    def fill_fields(self) -> None:
        """The texts of the draft, else the letter filled in from the diary."""
        super().fill_fields()
        _unused, self._prefilled_letter, subject, body = self._letter.written
        self._fields.fill(self._prefilled_letter, subject, body)
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
        hint = self._record_hint()
        self.set_headline(letter_title(letter.id), left=hint if self.has_class("-folded") else f"{left} {hint}")
        words = letter_notes(
            letter,
            with_place=self.size.height >= _MIN_ROWS_FOR_PLACE,
            with_warnings=self.size.height >= _MIN_ROWS_FOR_WARNINGS,
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
        self._show_gaps()
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
    def _show_gaps(self) -> None:
        """List what is to be filled in, and show the English that follows from it."""
        self._fields.show_missing(self.missing, self.readable_key_of("letter.next-gap"))
        self._show_english()

    @on(TextArea.SelectionChanged)
    def _moved_in_text(self, event: TextArea.SelectionChanged) -> None:
        """Say in which gap the cursor stands; once somebody moves in the text, its head leaves it the room."""
        self._fields.show_present_gap()
        is_at_start = event.selection == Selection() or self._fields.is_at_first_gap
        if self.query_one(LetterText).has_focus and (self._fields.has_gone_to_gap or not is_at_start):
            self._fold_head(is_folded=True)

    @on(events.DescendantFocus, "#subject")
    def _unfold_head(self) -> None:
        self._fold_head(is_folded=False)

    def _fold_head(self, *, is_folded: bool) -> None:
        """Leave the rows of notes and headline to the text, or show them again; in a high terminal they stay."""
        is_folded = is_folded and self.size.height < _MIN_ROWS_FOR_WHOLE_HEAD
        if is_folded != self.has_class("-folded"):
            self.set_class(is_folded, "-folded")
            self.update_content()
            self.call_after_refresh(self._show_gaps)

    def _show_english(self) -> None:
        """Show the English version, with the texts filled in here, where there is room."""
        if self._letter.language != "en" and self.reader.display:
            if not self.reader.columns and not self._waits_for_room:  # a screen that comes back is laid out after that
                self._waits_for_room = True
                self.call_after_refresh(self._show_english)
                return
            self._waits_for_room = False
            content = letter_content(self.written.english_version, self.reader.text_width, above=_("In English:"))
            self.reader.show_content(content, from_top=False)

    @property
    def written(self) -> WrittenLetter:
        """The letter as it stands in the fields."""
        return WrittenLetter(self._letter, self._prefilled_letter, *self._fields.subject_and_body)

    @property
    def _fields(self) -> LetterFields:
        return self.query_one(LetterFields)

    def save_draft(self) -> None:
        """Save what was changed, and remember the name and address for the next letter."""
        super().save_draft()
        if self.is_mounted:
            self.written.remember_sender()
            self._show_remembered()

    def _show_remembered(self) -> None:
        remembered = self._letter.remembered_since(self._memory_at_opening)
        self.query_one(GapLine).show_remembered(remembered, self.written.words_on_kept_for_others)

    def replace_draft(self, draft: Draft) -> None:
        """Put back what was typed, and what was remembered of the sender before this letter was opened."""
        super().replace_draft(draft)
        put_back_memory(self.session, self._memory_at_opening)
        if draft:
            offered = self._letter.prefilled
            subject, body = draft.get("subject", offered.title), draft.get("text", offered.text)
            WrittenLetter(self._letter, offered, subject, body).remember_sender()
        self._show_remembered()

    def words_on_draft(self, typed_on: str, key: str) -> str:
        """That a letter which was begun was not recorded as sent: it may have been saved or printed all the same."""
        if since := self._letter.words_on_recorded_since():
            return f"{since} {_('{key} takes the new text instead.').format(key=key)}"
        if self._letter.id not in EVENT_KIND_BY_LETTER or not typed_on:
            return _("What you typed earlier stands in the fields. {key} discards it.").format(key=key)
        sentence = _(
            "Not recorded as sent yet: what you typed on {day_and_time} stands in the fields. {key} discards it."
        )
        return sentence.format(day_and_time=typed_on, key=key)

    def typed_values(self) -> dict[str, str]:
        """The texts that differ from the letter filled in from the diary."""
        subject, body = self._fields.subject_and_body
        typed = {"subject": (subject, self._prefilled_letter.title), "text": (body, self._prefilled_letter.text)}
        return {name: words for name, (words, offered) in typed.items() if words != offered}

    def action_next_gap(self) -> None:
        """Select the next thing that is missing, so that typing takes its place."""
        self._fields.go_to_next_gap()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow another language only where the letter exists in several."""
        is_offered = action != "language" or len(self._letter.languages) > 1
        return is_offered and super().check_action(action, parameters)

    def action_language(self) -> None:
        """Ask for the language, and show the letter in it; changes in this one are kept as a draft."""
        self.save_draft()
        ask_choice(self, self._letter.language_question, self._show_in_language)

    def _show_in_language(self, language: str) -> None:
        if language == self._letter.language:
            return
        self._letter = self._letter._replace(language=language)
        self.draft_key = self._letter.draft_key
        self.remove_class("-folded")
        self.fill_fields()
        self._fields.go_to_start()

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
    def missing(self) -> tuple[str, ...]:
        """The gaps still in the text, and in the English that goes along."""
        in_english = (_("in the English: {gap}").format(gap=gap.strip("[]")) for gap in self.written.gaps_in_english)
        return (*self._fields.names_of_gaps, *in_english)

    def action_authority(self) -> None:
        """Open the screen about the authority; its Land may change the letter."""
        self.save_draft()
        self.open_screen("authority", self._account_id, then=lambda _unused: self.fill_fields())
