"""The base class of screens that hold one long text."""

from typing import TypeVar

from textual.app import ComposeResult
from textual.content import Content

from metaoptout_tui.ui.base.browser_and_clipboard import BrowserAndClipboardScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.pages_and_letters import JumpableText
from metaoptout_tui.ui.widgets.reader import Reader

Result = TypeVar("Result")


class ReaderScreen(BrowserAndClipboardScreen[Result]):
    """A text over the whole screen. A subclass builds it for a width, and passes what it depends on to `show_text`."""

    DEFAULT_CSS = "ReaderScreen Reader { height: 1fr; padding: 0 1; }"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._shown_text = JumpableText(Content(""), ())
        self._shown_for: tuple[object, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The text."""
        yield Reader()

    def on_mount(self) -> None:
        """Give the text the focus, so that it can be scrolled."""
        self.reader.focus()
        self.update_content()

    def build_text(self, width: int) -> JumpableText:
        """Build the text for a width in columns."""
        raise NotImplementedError  # each screen has its own

    def show_text(self, *dependencies: object) -> None:
        """Build and show the text if one of its dependencies has changed; from the top if the first one has."""
        reader = self.reader
        shown_for = (*dependencies, reader.columns)
        if shown_for == self._shown_for:
            return
        is_other_text = shown_for[:1] != self._shown_for[:1]
        self._shown_for = shown_for
        self._shown_text = self.build_text(reader.text_width)
        reader.show_content(self._shown_text.content, from_top=is_other_text)

    @property
    def moved_by_arrows(self) -> Reader:
        """The text, which moves by a line."""
        return self.reader

    def rewrap_text(self) -> None:
        """Wrap the text for the new width."""
        self.update_content()

    def jump_forward(self) -> None:
        """Go to the next heading or change."""
        reader = self.reader
        top = reader.scroll_offset.y
        lines = (line for line in self._shown_text.jump_lines if line > top)
        reader.scroll_to(y=next(lines, reader.max_scroll_y), animate=False)

    def jump_back(self) -> None:
        """Go to the heading or change before."""
        reader = self.reader
        top = reader.scroll_offset.y
        reader.scroll_to(y=max((line for line in self._shown_text.jump_lines if line < top), default=0), animate=False)
