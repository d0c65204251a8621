"""The path of a file that a person brings: typed, completed, pasted or dropped on the terminal."""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from metaoptout_tui.core import text
from metaoptout_tui.core.going import Going
from metaoptout_tui.evidence.dropped import completion, path_of
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.waiting import WaitingForm

Found = TypeVar("Found")


class AttachScreen(WaitingForm[Found | None], Generic[Found]):
    """Asks for one file. `work` reads or copies it in a thread, `take` is then told of it here.

    Both may raise what is wrong with the file, which is itself never changed.
    """

    PLACE = "attach"
    BINDINGS = bindings("attach")
    DEFAULT_CSS = "AttachScreen Input { width: 1fr; }"

    def __init__(
        self,
        desk: Desk,
        draft_key: str,
        title: str,
        words: str,
        work: Callable[[Path, Going], Found],
        take: Callable[[Found], object] = lambda _: None,
        *,
        doing: str = "Reading",
    ) -> None:
        super().__init__(desk, draft_key)
        self._title = title
        self._words = words
        self._work = work
        self._take = take
        self._doing = doing

    def compose_page(self) -> ComposeResult:
        """One field."""
        with Vertical():
            yield Static(self._words, classes="field-help", markup=False)
            yield Static("File: type its path, or drop it on this window", classes="field-name", markup=False)
            yield Input(self.draft.get("path", ""), id="path")
            yield from self.compose_foot()

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
        self.change(self._begin)

    def _begin(self) -> None:
        path = path_of(self.query_one(Input).value)
        self.begin(
            f"{self._doing} {text.line(path.name)}",
            lambda going: self._work(path, going),
            self._taken,
            "Stopped. Nothing was kept and nothing was recorded.",
        )

    def _taken(self, found: Found) -> None:
        self._take(found)
        self.session.keep_draft(self.draft_key, {})
        self.settle(found)

    def action_complete(self) -> None:
        """Complete the path as far as there is no choice."""
        if self.is_busy:
            return
        field = self.query_one(Input)
        field.value = completion(field.value)
        field.cursor_position = len(field.value)
