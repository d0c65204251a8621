"""The base class of screens that hold one long text."""

from typing import TypeVar

from textual.app import ComposeResult
from textual.content import Content

from metaoptout_tui.ui.base.screen import BrowserAndClipboardScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.page_text import JumpableText
from metaoptout_tui.ui.widgets.reader import Reader

Result = TypeVar("Result")


class ReaderScreen(BrowserAndClipboardScreen[Result]):
    """A text over the whole screen. A subclass writes it for a width and says what it depends on."""

    DEFAULT_CSS = "ReaderScreen Reader { height: 1fr; padding: 0 1; }"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._shown_text = JumpableText(Content(""), ())
        self._shown_for: tuple[object, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The text."""
        yield Reader()

    def on_mount(self) -> None:
        """Ready to be scrolled."""
        self.reader.focus()
        self.update_content()

    def build_text(self, width: int) -> JumpableText:
        """The text for so many columns."""
        raise NotImplementedError  # each screen has its own

    def show_text(self, *of: object) -> None:
        """Show the text anew where it depends on something that has changed: from its top where the first of `of` has."""
        reader = self.reader
        shown = (*of, reader.columns)
        if shown == self._shown_for:
            return
        fresh = shown[:1] != self._shown_for[:1]
        self._shown_for = shown
        self._shown_text = self.build_text(reader.text_width)
        reader.show_content(self._shown_text.content, from_top=fresh)

    @property
    def moved_by_arrows(self) -> Reader:
        """The text, by a line."""
        return self.reader

    def rewrap_text(self) -> None:
        """Lines are written for the width there is."""
        self.update_content()

    def jump_forward(self) -> None:
        """Go to the next place that begins something."""
        reader = self.reader
        top = reader.scroll_offset.y
        reader.scroll_to(
            y=next((stop for stop in self._shown_text.jump_lines if stop > top), reader.max_scroll_y), animate=False
        )

    def jump_back(self) -> None:
        """Go to the one before."""
        reader = self.reader
        top = reader.scroll_offset.y
        reader.scroll_to(y=max((stop for stop in self._shown_text.jump_lines if stop < top), default=0), animate=False)
