"""Writing a note to a step, and correcting the text of an entry of the diary."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import TextArea

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.case_numbers import case_number_words
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.record.accounts import (
    make_draft_key,
)
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import ANSWER_WORDS, EMAIL, META_WORDS, NOTE, NOTE_TEXT, REFERENCE
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.context import AppContext


class NoteScreen(InputScreen[bool | None]):
    """A note to one step, of any number of lines."""

    SCREEN_ID = "note"
    shows_draft_notice = True
    DEFAULT_CSS = """
    NoteScreen TextArea { border: none; height: 1fr; background: $panel; margin: 0 1; }
    NoteScreen TextArea:focus { border: none; }
    """

    def __init__(self, context: AppContext, account_id: str, step: str) -> None:
        super().__init__(context, make_draft_key("note", account_id, step))
        self._account_id = account_id
        self._step_id = step

    def compose_body(self) -> ComposeResult:
        """One field."""
        with Vertical():
            yield TextArea(id="text", tab_behavior="focus")

    def on_mount(self) -> None:
        """Begin in the field."""
        self._show_headline()
        self.fill_fields()
        self.query_one(TextArea).focus()

    def _show_headline(self) -> None:
        """The step that the note belongs to."""
        account = self.session.account(self._account_id)
        title = step_title(self._step_id, account.platform, self.session.playbook)
        self.set_headline(
            _("Note to “{step}”").format(step=title),
            left=_("It stays in your file. {key} saves it.").format(key=self.readable_key_of("note.save")),
        )

    def fill_fields(self) -> None:
        """The text of the draft."""
        super().fill_fields()
        with self.prevent(TextArea.Changed):
            self.query_one(TextArea).text = self.draft.get("text", "")

    def typed_values(self) -> dict[str, str]:
        """The text."""
        return {"text": self.query_one(TextArea).text}

    def action_save(self) -> None:
        """Write the note into the diary."""
        note = self.query_one(TextArea).text
        if self.make_change(lambda: self.session.diary_service.record_note(self._account_id, self._step_id, note)):
            self.finish(True)


class CorrectTextScreen(NoteScreen):
    """Another text for a field of an entry: a note, its words or Meta's, or a reference. An empty one removes it."""

    def __init__(self, context: AppContext, account_id: str, event: Event, field: str) -> None:
        super().__init__(context, account_id, "")
        self.draft_key = make_draft_key(f"text-{field}", account_id, event.id)
        self._event = event
        self._field = field

    def _show_headline(self) -> None:
        """The field, and the entry that it belongs to."""
        number = case_number_words(self._event.kind) if self._field == REFERENCE.name else None
        event = describe_event(self._event, self.session.playbook)
        self.set_headline(
            (number.of_entry if number is not None else _(_HEADLINES[self._field])).format(event=event),
            left=_("What you wrote first stays in your file. {key} saves it.").format(
                key=self.readable_key_of("note.save")
            ),
        )

    def fill_fields(self) -> None:
        """The text of the draft, else the present one."""
        super().fill_fields()
        if "text" not in self.draft:
            area = self.query_one(TextArea)
            with self.prevent(TextArea.Changed):
                area.text = self._event.text(self._field)
            area.move_cursor(area.document.end)

    def action_save(self) -> None:
        """Write the correction into the diary."""
        words = self.query_one(TextArea).text
        if words.strip() == self._event.text(self._field):
            self.session.drafts.discard(self.draft_key)
            self.finish(False)
        elif self.make_change(
            lambda: self.session.diary_service.correct_event_text(self._account_id, self._event.id, self._field, words)
        ):
            self.session.drafts.discard(self.draft_key)
            self.finish(True)


_HEADLINES = {
    EMAIL.name: mark("The address in “{event}”"),
    NOTE_TEXT.name: mark("Words of “{event}”"),
    META_WORDS.name: mark("Meta's words in “{event}”"),
    ANSWER_WORDS.name: mark("Your words in “{event}”"),
    NOTE.name: mark("Note to “{event}”"),
}
