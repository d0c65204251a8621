"""The path of a file that a person brings: typed, completed, pasted or dropped on the terminal."""

from collections.abc import Callable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from metaoptout_tui.evidence.dropped import completion, path_of
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage


class AttachScreen(FormPage[Path | None]):
    """Asks for one file and hands it to `take`, which raises what is wrong with it; the file itself is never changed."""

    PLACE = "attach"
    BINDINGS = bindings("attach")
    DEFAULT_CSS = "AttachScreen Input { width: 1fr; }"

    def __init__(self, desk: Desk, draft_key: str, title: str, words: str, take: Callable[[Path], object]) -> None:
        super().__init__(desk, draft_key)
        self._title = title
        self._words = words
        self._take = take

    def compose_page(self) -> ComposeResult:
        """One field."""
        with Vertical():
            yield Static(self._words, classes="field-help", markup=False)
            yield Static("File: type its path, or drop it on this window", classes="field-name", markup=False)
            yield Input(self.draft.get("path", ""), id="path")
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin in the field."""
        self.head(self._title, left=f"{self.key('attach.complete')} completes what you typed.")
        field = self.query_one(Input)
        field.focus()
        field.cursor_position = len(field.value)

    def typed(self) -> dict[str, str]:
        """The path as it was typed."""
        return {"path": self.query_one(Input).value}

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Take the file, or say what is wrong with it."""
        self.refuse("")
        taken: list[Path] = []

        def take() -> None:
            path = path_of(self.query_one(Input).value)
            self._take(path)
            taken.append(path)

        if self.change(take):
            self.session.keep_draft(self.draft_key, {})
            self.settle(taken[0])

    def action_complete(self) -> None:
        """Complete the path as far as there is no choice."""
        field = self.query_one(Input)
        field.value = completion(field.value)
        field.cursor_position = len(field.value)
