"""Answers to a question of a form: rows of which one is the answer, and those with a field for another answer."""

from collections.abc import Iterable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList

from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.text_field import TextField

CHOSEN, NOT_CHOSEN = "(x) ", "( ) "
"""The sign before a row that is the answer, and before one that is not."""


class AnswerList(ChoiceList):
    """Rows of which one is the answer to one of several questions: a sign says which, also while the focus is elsewhere.

    Space chooses the highlighted row, and so does Enter, which the screen then acts on. Up and Down only look: whoever
    leaves without choosing finds the highlight on the answer again. Where no row is highlighted, the list itself shows that
    the focus is in it, and Space goes to the first row.
    """

    DEFAULT_CSS = """
    AnswerList.-unanswered:focus { background: $cursor-blurred; }
    """
    BINDINGS = [Binding("space", "choose", show=False)]

    class Chosen(Message):
        """Another row is the answer now."""

        def __init__(self, answer_list: "AnswerList") -> None:
            super().__init__()
            self.answer_list = answer_list

        @property
        def control(self) -> "AnswerList":
            """The list, for the selectors of handlers."""
            return self.answer_list

    answer_id = ""
    """The id of the row that is the answer, empty for none."""

    def __init__(
        self, rows: Iterable[tuple[str, str | Content]] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        self._labels = dict(rows)
        super().__init__(((key, self._row(key, is_answer=False)) for key in self._labels), id=id, classes=classes)

    def _row(self, key: str, *, is_answer: bool) -> Content:
        sign = (CHOSEN, "bold") if is_answer else (NOT_CHOSEN, "$muted")
        return Content.assemble(sign, self._labels[key])

    def set_answer(self, id: str) -> None:
        """Make the row with this id the answer, and highlight it; without such a row there is no answer."""
        self._mark(id if id in self._labels else "")
        self._highlight_answer()

    def _mark(self, id: str) -> None:
        before, self.answer_id = self.answer_id, id
        for key in {before, id} - {""}:
            self.replace_option_prompt(key, self._row(key, is_answer=key == id))

    def _highlight_answer(self) -> None:
        self.highlighted = None
        self.go_to(self.answer_id)

    def action_choose(self) -> None:
        """Make the highlighted row the answer; where there is none, go to the first."""
        if self.highlighted is None:
            self.action_first()
            return
        if self.highlighted_id and self.highlighted_id != self.answer_id:
            self._mark(self.highlighted_id)
            self.post_message(self.Chosen(self))

    def on_key(self, event: events.Key) -> None:
        """Enter chooses too, before the screen acts on it; where no row is highlighted, that an answer is missing is left to it."""
        if event.key == "enter" and self.highlighted is not None:
            self.action_choose()

    def action_select(self) -> None:
        """Choose the row that was clicked."""
        self.action_choose()
        super().action_select()

    def on_blur(self) -> None:
        """Show the answer again where another row was only looked at."""
        self._highlight_answer()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Show by the list itself that the focus is in it while no row is highlighted."""
        self.set_class(highlighted is None, "-unanswered")
        super().watch_highlighted(highlighted)


OTHER_ROW = "other"
"""The id of the row for another answer, which shows the field."""


class ChoiceListWithOther(Vertical):
    """Rows to choose from, and with `other`, the label of one more row, a field for another answer.

    The field is shown while that row is highlighted, and what is typed in the list goes into it. The screen handles
    Enter, and first calls `require_answer`. Where it `is_one_of_several` questions of a form, the rows are an
    `AnswerList`: one is chosen by a key of its own. The row with the field stands last unless `is_other_first`.
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
        is_other_first: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._list_class = AnswerList if is_one_of_several else ChoiceList
        other_rows = [(OTHER_ROW, other)] if other else []
        self._rows = [*other_rows, *rows] if is_other_first else [*rows, *other_rows]
        self._has_other = bool(other)
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
    def answer_id(self) -> str:
        """The id of the chosen row; where none is chosen by a key of its own, of the highlighted one."""
        choices = self.choice_list
        return choices.answer_id if isinstance(choices, AnswerList) else choices.highlighted_id

    @property
    def other_text(self) -> str:
        """The text in the field, whichever row is highlighted."""
        return self.other_input.value.strip()

    def set_answer(self, row: str, other_text: str = "") -> None:
        """Highlight a row, and fill the field; without such a row only one that is alone is highlighted."""
        with self.prevent(Input.Changed):
            self.other_input.value = other_text
        choices, only_row = self.choice_list, self._rows[0][0] if len(self._rows) == 1 else ""
        answer = row if row in [key for key, _row in self._rows] else only_row
        if isinstance(choices, AnswerList):
            choices.set_answer(answer)
        else:
            choices.highlighted = None
            choices.go_to(answer)
        self._update_input_display()

    def focus_list_or_input(self) -> None:
        """Focus the list, or the field where the list has no other row."""
        (self.other_input if self.answer_id == OTHER_ROW and len(self._rows) == 1 else self.choice_list).focus()

    def require_answer(self) -> bool:
        """Whether there is an answer; where only the text in the field is missing, focus the field."""
        if self.answer_id == OTHER_ROW and not self.other_text:
            self.other_input.focus()
            return False
        return bool(self.answer_id)

    def on_key(self, event: events.Key) -> None:
        """Begin the other answer with a letter or digit that is typed in the list, where it is no key of the screen."""
        character = event.character or ""
        is_free = event.is_printable and character.isalnum() and event.key not in self.screen.active_bindings
        if not is_free or not self._has_other or not self.choice_list.has_focus:
            return
        event.stop()
        event.prevent_default()
        self.set_answer(OTHER_ROW, self.other_input.value)
        field = self.other_input
        field.select_on_focus = False  # else the next letter would replace this one
        field.focus()
        field.cursor_position = len(field.value)
        field.insert_text_at_cursor(character)

    @on(OptionList.OptionHighlighted)
    @on(AnswerList.Chosen)
    def _update_input_display(self) -> None:
        self.other_input.display = self.answer_id == OTHER_ROW
