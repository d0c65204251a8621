"""Lists: rows to choose from, rows with checkboxes, choices with a field for another answer, and steps.

What Enter does is decided by the screen.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Self

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.ui.text.rows import hanging_row
from metaoptout_tui.ui.textual_private import RowwiseOptionList, line_of_option


class PlainOptionList(RowwiseOptionList, inherit_bindings=False):
    """A list with only the keys that move in it: Enter and the page keys are left to the screen.

    It ends at its ends, so that a key that is held down takes nobody to another row by surprise.
    """

    BINDINGS = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    def action_cursor_down(self) -> None:
        """Go to the next row, if there is one."""
        if self.highlighted is None or self._has_enabled(range(self.highlighted + 1, self.option_count)):
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Go to the row before, if there is one."""
        if self.highlighted is None or self._has_enabled(range(self.highlighted)):
            super().action_cursor_up()

    def _has_enabled(self, indices: range) -> bool:
        return any(not self.get_option_at_index(index).disabled for index in indices)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The first cell of the highlighted row, where the terminal's cursor stands."""
        line = 0 if self.highlighted is None else line_of_option(self, self.highlighted) or 0
        x, y = self.content_region.offset
        return Offset(x, y + line - self.scroll_offset.y)

    def on_resize(self) -> None:
        """Keep the highlighted row in view when the list gets shorter."""
        self.scroll_to_highlight()

    def scroll_to_highlight(self, top: bool = False) -> None:  # noqa: FBT001, FBT002 - as Textual has it
        """Scroll to the highlighted row, and show no half of a row of several lines above it."""
        super().scroll_to_highlight(top)
        first_line = self.scroll_offset.y
        starts = [line_of_option(self, index) or 0 for index in range(self.option_count)]
        if first_line in starts or not starts or self.highlighted is None:
            return
        next_start = next((start for start in starts if start > first_line), None)
        if next_start is not None and next_start <= min(self.max_scroll_y, starts[self.highlighted]):
            self.scroll_to(y=next_start, animate=False, immediate=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line a row where the list is too narrow to wrap, for which Textual's own calculation fails."""
        if width <= _MIN_WRAP_WIDTH:
            return self.option_count
        return super().get_content_height(container, viewport, width)


_MIN_WRAP_WIDTH = 4
_MIN_ROWS_TO_SEARCH = 8


class ChoiceList(PlainOptionList):
    """Rows with ids; nothing is read as markup. Rows whose id begins with `-` are headings, never highlighted.

    In a long list letters that are no key of the screen go to the row with a word that begins with them.
    """

    finds_typed_letters = True
    _typed_letters = ""
    DEFAULT_CSS = """
    ChoiceList { border: none; background: $background; height: auto; padding: 0 1; max-height: 100%; }
    ChoiceList:focus { border: none; background: $background; background-tint: transparent 0%; }
    ChoiceList > .option-list--option-highlighted { background: $cursor-blurred; color: $foreground; text-style: none; }
    ChoiceList:focus > .option-list--option-highlighted { background: $cursor; color: $cursor-text; text-style: bold; }
    """

    def __init__(
        self, rows: Iterable[tuple[str, str | Content]] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(*(_to_option(key, row) for key, row in rows), id=id, classes=classes, markup=False)

    def show_rows(self, rows: Iterable[tuple[str, str | Content]], chosen: str | None = None) -> None:
        """Show these rows; the highlight goes to the id `chosen`, or stays on its id for None."""
        highlighted_id = self.highlighted_id if chosen is None else chosen
        new_rows = list(rows)
        ids = [key for key, _unused in new_rows]
        if ids == [option.id for option in self.options]:
            for key, row in new_rows:
                self.replace_option_prompt(key, row)
            self.measure_rows()
            if chosen is not None:
                self.go_to(chosen)
            return
        self.set_options([_to_option(key, row) for key, row in new_rows])
        if highlighted_id in ids:
            self.highlighted = ids.index(highlighted_id)
        elif ids:
            self.action_first()

    def replace_option_prompt(self, option_id: str, prompt: str | Content) -> Self:  # type: ignore[override]
        """Show other words in a row."""
        return super().replace_option_prompt(option_id, hanging_row(prompt))

    def on_key(self, event: events.Key) -> None:
        """Go to the row that the typed letters begin."""
        is_letter = event.is_printable and event.character is not None and event.character.isalnum()
        if not is_letter or event.key in self.screen.active_bindings:
            self._typed_letters = ""
        elif self.finds_typed_letters and self.option_count >= _MIN_ROWS_TO_SEARCH:
            event.stop()
            letter = (event.character or "").casefold()
            if not self._go_to_row_with(self._typed_letters + letter):
                self._typed_letters = ""
                self._go_to_row_with(letter)

    def _go_to_row_with(self, letters: str) -> bool:
        """Highlight the next row with a word that begins with these letters; False where there is none."""
        start = (-1 if self.highlighted is None else self.highlighted) + (0 if self._typed_letters else 1)
        for offset in range(self.option_count):
            index = (start + offset) % self.option_count
            option = self.options[index]
            words = str(option.prompt).casefold().split()
            if not option.disabled and any(word.lstrip('“„«"(').startswith(letters) for word in words):
                self.highlighted = index
                self._typed_letters = letters
                return True
        return False

    @property
    def highlighted_id(self) -> str:
        """The id of the highlighted row, empty for none."""
        option = self.highlighted_option
        return option.id or "" if option is not None else ""

    def go_to(self, id: str) -> None:
        """Highlight the row with an id, if there is one."""
        ids = [option.id for option in self.options]
        if id in ids:
            self.highlighted = ids.index(id)


class RecordingList(ChoiceList):
    """Rows of which Enter records one: no letter goes to a row by surprise."""

    finds_typed_letters = False


_CHOSEN, _NOT_CHOSEN = "(x) ", "( ) "


class AnswerList(ChoiceList):
    """Rows of which one is the answer to one of several questions: a sign says which, also while the focus is elsewhere."""

    _index_of_answer: int | None = None

    def __init__(
        self, rows: Iterable[tuple[str, str | Content]] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        self._labels = dict(rows)
        super().__init__(((key, self._row(key, is_answer=False)) for key in self._labels), id=id, classes=classes)

    def _row(self, key: str, *, is_answer: bool) -> Content:
        sign = (_CHOSEN, "bold") if is_answer else (_NOT_CHOSEN, "$muted")
        return Content.assemble(sign, self._labels[key])

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the sign to the highlighted row."""
        super().watch_highlighted(highlighted)
        for index in {self._index_of_answer, highlighted} - {None}:
            if index is not None and index < self.option_count and (key := self.options[index].id) in self._labels:
                self.replace_option_prompt(key, self._row(key, is_answer=index == highlighted))
        self._index_of_answer = highlighted


class CheckboxList(ChoiceList):
    """Rows to tick with Space."""

    BINDINGS = [Binding("space", "tick", show=False)]

    class Changed(Message):
        """A row was ticked or its tick removed."""

        def __init__(self, checkbox_list: "CheckboxList") -> None:
            super().__init__()
            self.checkbox_list = checkbox_list

    def __init__(
        self, rows: Iterable[tuple[str, str | Content]], checked_ids: Iterable[str] = (), *, id: str | None = None
    ) -> None:
        self._labels = dict(rows)
        self.checked_ids = [key for key in checked_ids if key in self._labels]
        super().__init__(((key, self._row_content(key)) for key in self._labels), id=id)

    def _row_content(self, key: str) -> Content:
        if key.startswith("-"):
            label = self._labels[key]
            return Content.styled(label, "$text-accent") if isinstance(label, str) else label
        sign = "[x]" if key in self.checked_ids else "[ ]"
        return Content.assemble((f"{sign} ", "bold" if key in self.checked_ids else "$muted"), self._labels[key])

    def show_checkboxes(self, rows: Iterable[tuple[str, str | Content]], checked_ids: Iterable[str]) -> None:
        """Show other rows, with these of them ticked."""
        self._labels = dict(rows)
        self.checked_ids = [key for key in checked_ids if key in self._labels]
        self.show_rows((key, self._row_content(key)) for key in self._labels)

    def action_tick(self) -> None:
        """Tick the highlighted row, or remove its tick."""
        self.toggle(self.highlighted_id)

    def toggle(self, key: str) -> None:
        """Tick a row, or remove its tick."""
        if not key or key.startswith("-"):
            return
        if key in self.checked_ids:
            self.checked_ids.remove(key)
        else:
            self.checked_ids.append(key)
        self.replace_option_prompt(key, self._row_content(key))
        self.post_message(self.Changed(self))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Toggle the row that was clicked."""
        event.stop()
        self.toggle(event.option.id or "")


class CheckboxListWithChoice(CheckboxList):
    """Rows to tick with Space, of which at most one of the `exclusive_ids` is ticked; these have round signs."""

    def __init__(self, rows: Iterable[tuple[str, str | Content]], exclusive_ids: Collection[str], *, id: str) -> None:
        self._exclusive_ids = exclusive_ids
        super().__init__(rows, id=id)

    def _row_content(self, key: str) -> Content:
        if key not in self._exclusive_ids:
            return super()._row_content(key)
        is_chosen = key in self.checked_ids
        return Content.assemble(
            (_CHOSEN if is_chosen else _NOT_CHOSEN, "bold" if is_chosen else "$muted"), self._labels[key]
        )

    def toggle(self, key: str) -> None:
        """Tick a row, or remove its tick; one that excludes others takes theirs away."""
        for other in self._exclusive_ids if key in self._exclusive_ids else ():
            if other != key and other in self.checked_ids:
                super().toggle(other)
        super().toggle(key)


class CountedCheckboxList(CheckboxList):
    """Rows to tick with Space; a digit ticks a row and says how many of it there are, 0 removes the tick.

    `counted_ids` has each ticked id as many times as that.
    """

    # Bindings, since a handler of keys would be called before the keys that came earlier have moved the highlight.
    BINDINGS = [Binding(f"{count}", f"count({count})", show=False) for count in range(10)]

    def __init__(self, rows: Iterable[tuple[str, str]], counted_ids: Iterable[str] = (), *, id: str) -> None:
        self._counts = Counter(counted_ids)
        super().__init__(rows, self._counts, id=id)

    @property
    def counted_ids(self) -> list[str]:
        """The ticked ids in the order of the rows, each as many times as was said."""
        return [key for key in self._labels if key in self.checked_ids for _unused in range(max(1, self._counts[key]))]

    def _row_content(self, key: str) -> Content:
        row = super()._row_content(key)
        count = self._counts[key]
        if key not in self.checked_ids:
            return row
        if count > 1:
            words = ngettext("{count} account", "{count} accounts", count).format(count=format_number(count))
            return Content.assemble(row, "  ", (words, "bold"))
        return Content.assemble(row, "  ", (_("one; press 2 for two"), "$muted"))

    def toggle(self, key: str) -> None:
        """Tick a row, once, or remove its tick."""
        self._counts[key] = 1
        super().toggle(key)

    def action_count(self, count: int) -> None:
        """Say how many there are of the highlighted row."""
        key = self.highlighted_id
        if (key in self.checked_ids) != bool(count):
            self.toggle(key)
        self._counts[key] = count
        self.replace_option_prompt(key, self._row_content(key))
        self.post_message(self.Changed(self))


def _to_option(key: str, row: str | Content) -> Option:
    return Option(hanging_row(row), id=key, disabled=key.startswith("-"))


OTHER_ROW = "other"
"""The id of the row for another answer, which shows the field."""


class ChoiceListWithOther(Vertical):
    """Rows to choose from, and with `other`, the label of one more row, a field for another answer.

    The field is shown while that row is highlighted. The screen handles Enter, and first calls `require_answer`. It
    `is_one_of_several` where other questions stand on the screen too.
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
        yield Input(id="written", placeholder=self._placeholder)

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
