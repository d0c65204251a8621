"""A note to a step."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.wording import step_title
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage


class NoteScreen(FormPage[bool | None]):
    """Free text of any number of lines."""

    PLACE = "note"
    BINDINGS = bindings("note")
    DEFAULT_CSS = """
    NoteScreen TextArea { border: none; height: 1fr; background: $panel; margin: 0 1; }
    NoteScreen TextArea:focus { border: none; }
    """

    def __init__(self, desk: Desk, account: str, step: str) -> None:
        super().__init__(desk, draft_key("note", account, step))
        self._account = account
        self._step = step

    def compose_page(self) -> ComposeResult:
        """One field."""
        with Vertical():
            yield TextArea(id="text", tab_behavior="focus")
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin to write."""
        account = self.session.account(self._account)
        title = step_title(self._step, account.platform, self.session.playbook)
        self.head(f"Note to “{title}”", left=f"It stays in your file. {self.key('note.save')} saves it.")
        self.fill()
        self.query_one(TextArea).focus()

    @property
    def says_unsaved(self) -> bool:
        """A note that is not in the diary yet."""
        return True

    def fill(self) -> None:
        """The note as it was being written."""
        super().fill()
        with self.prevent(TextArea.Changed):
            self.query_one(TextArea).text = self.draft.get("text", "")

    def typed(self) -> dict[str, str]:
        """The text."""
        return {"text": self.query_one(TextArea).text}

    def action_save(self) -> None:
        """Write the note into the diary."""
        note = self.query_one(TextArea).text
        if self.change(lambda: self.session.note(self._account, self._step, note)):
            self.settle(True)
