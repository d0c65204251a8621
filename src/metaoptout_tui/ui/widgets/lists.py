"""Lists of rows to choose from. What Enter does is decided by the screen."""

from collections.abc import Iterable
from typing import Self

from textual import events
from textual.binding import Binding
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.geometry import Offset, Size
from textual.widgets.option_list import Option

from metaoptout_tui.ui.text.rows import hanging_row
from metaoptout_tui.ui.textual_private import RowwiseOptionList, first_lines, line_of_option


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

    def on_key(self, event: events.Key) -> None:
        """Go on by the rows in view with the keys for a page, where they are not the screen's, as beside a text to read."""
        if event.key in ("pageup", "pagedown") and _is_free_for_lists(self, event.key):
            event.stop()
            event.prevent_default()
            self._move_page(-1 if event.key == "pageup" else 1)

    def action_cursor_down(self) -> None:
        """Go to the next row, if there is one."""
        if self.highlighted is None or self._has_enabled(range(self.highlighted + 1, self.option_count)):
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Go to the row before, if there is one; to the first where none is highlighted, as the key down does."""
        if self.highlighted is None:
            self.action_first()
        elif self._has_enabled(range(self.highlighted)):
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
        if not first_line:
            return
        starts = first_lines(self)
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


def _is_free_for_lists(widget: PlainOptionList, key: str) -> bool:
    """Whether a key does nothing on the screen but scroll what the list stands in."""
    binding = widget.screen.active_bindings.get(key)
    return binding is None or isinstance(binding.node, ScrollableContainer)


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

    def replace_option_prompt(self, option_id: str, prompt: str | Content) -> Self:  # type: ignore[override]  # narrower: every row has an id
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


def _to_option(key: str, row: str | Content) -> Option:
    return Option(hanging_row(row), id=key, disabled=key.startswith("-"))
