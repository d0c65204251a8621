"""The text of a letter in a field, whose placeholders are selected one after the other, so that typing replaces them."""

from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from metaoptout_tui.core.letters import Letter, repeated_gaps
from metaoptout_tui.ui.text.pages_and_letters import select_next_placeholder


class LetterText(TextArea):
    """A field for the text of a letter; `filled_letter` is the letter as the diary fills it, with its placeholders."""

    def __init__(self) -> None:
        super().__init__(id="text", tab_behavior="focus", soft_wrap=True)
        self.filled_letter: Letter | None = None

    def go_to_start(self) -> None:
        """Show the letter from its first line, and select the first placeholder if it is in view."""
        self.move_cursor((0, 0))
        self.scroll_home(animate=False)
        # Only the layout shows what is in view. By then the person may have typed or moved, which is left alone.
        self.call_after_refresh(self._select_visible_placeholder, self.text)

    def _select_visible_placeholder(self, text: str) -> None:
        selection = self._placeholder_after((0, 0))
        if selection is None or self.selection != Selection() or self.text != text:
            return
        if self.wrapped_document.location_to_offset(selection.end).y < self.content_size.height:
            self.selection = selection

    def select_next_placeholder(self) -> None:
        """Go to the next placeholder, after the last one to the first again; what was filled in already is filled in."""
        self._fill_repeated_gaps()
        selection = self._placeholder_after(self.cursor_location)
        if selection is not None:
            self.focus()
            self.selection = selection
            self.scroll_cursor_visible()

    def _fill_repeated_gaps(self) -> None:
        letter = self.filled_letter
        for gap, value in repeated_gaps(letter, self.text).items() if letter is not None else ():
            rows = [row for row, line in enumerate(self.text.split("\n")) if gap in line]
            for row in reversed(rows):
                column = self.document.get_line(row).index(gap)
                self.replace(value, (row, column), (row, column + len(gap)))

    def _placeholder_after(self, location: tuple[int, int]) -> Selection | None:
        letter = self.filled_letter
        return select_next_placeholder(self.text, location, letter) if letter is not None else None
