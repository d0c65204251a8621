"""Rows to choose from, the last of which opens a field for an answer that is not among them."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList

from metaoptout_tui.ui.lists import Choices

OTHER = "other"
"""The id of the row that opens the field."""


class OpenChoices(Vertical):
    """One answer of several. `other` is what the last row says, empty where only the answers given are ones.

    Going to the last row shows the field below it; Enter there leads into it. Enter is answered by the screen, which asks
    for the `answer`.
    """

    DEFAULT_CSS = """
    OpenChoices { height: auto; }
    OpenChoices Choices { max-height: 7; }
    """

    def __init__(
        self, rows: Sequence[tuple[str, str]], *, other: str = "", placeholder: str = "", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._rows = [*rows, *([(OTHER, other)] if other else [])]
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """The rows, and the field, which is there while its row is highlighted."""
        yield Choices(self._rows)
        yield Input(id="written", placeholder=self._placeholder)

    @property
    def rows(self) -> Choices:
        """The list."""
        return self.query_one(Choices)

    @property
    def field(self) -> Input:
        """The field for another answer."""
        return self.query_one(Input)

    @property
    def row(self) -> str:
        """The id of the highlighted row."""
        return self.rows.chosen

    @property
    def written(self) -> str:
        """What is typed as another answer, whichever row is highlighted."""
        return self.field.value.strip()

    def begin(self, row: str, written: str = "") -> None:
        """Highlight a row, or the first where it is gone, with what was typed as another answer."""
        with self.prevent(Input.Changed):
            self.field.value = written
        self.rows.action_first()
        self.rows.go_to(row)
        self._show_field()

    def take_focus(self) -> None:
        """Begin in the list; where it has only the row for another answer, in the field."""
        (self.field if self.row == OTHER and len(self._rows) == 1 else self.rows).focus()

    def is_answered(self) -> bool:
        """Whether there is an answer to take; where the field is still empty, go there."""
        if self.row == OTHER and not self.written:
            self.field.focus()
            return False
        return bool(self.row)

    @on(OptionList.OptionHighlighted)
    def _show_field(self) -> None:
        self.field.display = self.row == OTHER
