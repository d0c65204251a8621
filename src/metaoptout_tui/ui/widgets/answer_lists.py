"""Answers to a question of a form: rows of which one is the answer, and those with a field for another answer."""

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.text_field import TextField

CHOSEN, NOT_CHOSEN = "(x) ", "( ) "
"""The sign before a row that is the answer, and before one that is not."""


class AnswerList(ChoiceList):
    """Rows of which one is the answer to one of several questions: a sign says which, also while the focus is elsewhere."""

    _index_of_answer: int | None = None
    DEFAULT_CSS = """
    AnswerList.-unanswered:focus { background: $cursor-blurred; }
    """
    BINDINGS = [Binding("space", "answer", show=False)]

    def __init__(
        self, rows: Iterable[tuple[str, str | Content]] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        self._labels = dict(rows)
        super().__init__(((key, self._row(key, is_answer=False)) for key in self._labels), id=id, classes=classes)

    def _row(self, key: str, *, is_answer: bool) -> Content:
        sign = (CHOSEN, "bold") if is_answer else (NOT_CHOSEN, "$muted")
        return Content.assemble(sign, self._labels[key])

    def action_answer(self) -> None:
        """Go to the first row where none is the answer; one that is gone to is the answer already."""
        if self.highlighted is None:
            self.action_first()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the sign to the highlighted row; where there is none, the list itself shows that the focus is in it."""
        self.set_class(highlighted is None, "-unanswered")
        super().watch_highlighted(highlighted)
        for index in {self._index_of_answer, highlighted} - {None}:
            if index is not None and index < self.option_count and (key := self.options[index].id) in self._labels:
                self.replace_option_prompt(key, self._row(key, is_answer=index == highlighted))
        self._index_of_answer = highlighted


OTHER_ROW = "other"
"""The id of the row for another answer, which shows the field."""


class ChoiceListWithOther(Vertical):
    """Rows to choose from, and with `other`, the label of one more row, a field for another answer.

    The field is shown while that row is highlighted. The screen handles Enter, and first calls `require_answer`. It
    `is_one_of_several` where it is one of several questions of a form.
    """

    DEFAULT_CSS = """
    ChoiceListWithOther { height: auto; }
    ChoiceListWithOther ChoiceList { max-height: 7; }
    """

    def __init__(
        self,
        rows: Sequence[tuple[str, str | Content]],
        *,
        other: str = "",
        placeholder: str = "",
        is_one_of_several: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._list_class = AnswerList if is_one_of_several else ChoiceList
        self._rows = [*rows, *([(OTHER_ROW, other)] if other else [])]
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """The rows and the field."""
        yield self._list_class(self._rows)
        yield TextField(id="written", placeholder=self._placeholder)

    @property
    def choice_list(self) -> ChoiceList:
        """The list."""
        return self.query_one(ChoiceList)

    @property
    def other_input(self) -> Input:
        """The field for another answer."""
        return self.query_one(Input)

    @property
    def highlighted_id(self) -> str:
        """The id of the highlighted row."""
        return self.choice_list.highlighted_id

    @property
    def other_text(self) -> str:
        """The text in the field, whichever row is highlighted."""
        return self.other_input.value.strip()

    def set_answer(self, row: str, other_text: str = "") -> None:
        """Highlight a row, and fill the field; without such a row only one that is alone is highlighted."""
        with self.prevent(Input.Changed):
            self.other_input.value = other_text
        self.choice_list.highlighted = 0 if len(self._rows) == 1 else None
        self.choice_list.go_to(row)
        self._update_input_display()

    def focus_list_or_input(self) -> None:
        """Focus the list, or the field where the list has no other row."""
        (self.other_input if self.highlighted_id == OTHER_ROW and len(self._rows) == 1 else self.choice_list).focus()

    def require_answer(self) -> bool:
        """Whether there is an answer; where only the text in the field is missing, focus the field."""
        if self.highlighted_id == OTHER_ROW and not self.other_text:
            self.other_input.focus()
            return False
        return bool(self.highlighted_id)

    @on(OptionList.OptionHighlighted)
    def _update_input_display(self) -> None:
        self.other_input.display = self.highlighted_id == OTHER_ROW
