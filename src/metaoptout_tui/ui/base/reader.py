"""The widget that shows long text already wrapped, and the base class of screens that hold one such text.

The widget draws only the lines in view, so a new text costs no layout.
"""

from typing import TypeVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from metaoptout_tui.ui.base.screen import BrowserAndClipboardScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.page_text import JumpableText


class Reader(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows lines of `Content`, scrolls with the keys of its screen and the mouse, and keeps its place on an update."""

    BINDINGS = [
        Binding("up", "scroll_up", show=False),
        Binding("down", "scroll_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]

    DEFAULT_CSS = """
    Reader { background: $background; color: $foreground; overflow-x: hidden; scrollbar-gutter: stable; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Content] = []
        self._strip_cache: dict[int, Strip] = {}

    @property
    def columns(self) -> int:
        """How wide a line may be, a blank before the scroll bar left out; 0 before there is a size."""
        return max(0, self.scrollable_content_region.width - 1)

    @property
    def plain_text(self) -> str:
        """The text as it stands."""
        return "\n".join(line.plain for line in self._lines)

    def show_content(self, page: Content, *, from_top: bool = False) -> None:
        """Show a page, from its first line or from where the reader was."""
        self._lines = page.split("\n", allow_blank=True)
        self._strip_cache.clear()
        self.virtual_size = Size(self.columns, len(self._lines))
        if from_top:
            self.scroll_home(animate=False)
        self.refresh()

    def action_scroll_home(self) -> None:
        """To the first line."""
        self.scroll_to(y=0, animate=False, immediate=True)

    def action_scroll_end(self) -> None:
        """To the last line."""
        self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)

    def notify_style_update(self) -> None:
        """Another theme: draw anew."""
        super().notify_style_update()
        self._strip_cache.clear()

    def render_line(self, y: int) -> Strip:
        """One line in view."""
        row = y + self.scroll_offset.y
        width = self.size.width
        if row >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        strip = self._strip_cache.get(row)
        if strip is None:
            # Colour names such as $muted depend on the theme, which only the App knows.
            variables = self.app.theme_variables
            pieces = self._lines[row].render(self.visual_style, "", lambda style: _to_style(style, variables))
            strip = Strip([Segment(text, style.rich_style) for text, style in pieces])
            self._strip_cache[row] = strip
        return strip.crop_extend(0, width, self.rich_style)


def _to_style(style: str | Style, variables: dict[str, str]) -> Style:
    return Style.parse(style, variables) if isinstance(style, str) else style


Result = TypeVar("Result")


class ReaderScreen(BrowserAndClipboardScreen[Result]):
    """A text over the whole screen. A subclass writes it for a width and says what it depends on."""

    DEFAULT_CSS = "ReaderScreen Reader { height: 1fr; padding: 0 1; }"

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        self._shown_text = JumpableText(Content(""), ())
        self._shown_for: tuple[object, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The text."""
        yield Reader()

    def on_mount(self) -> None:
        """Ready to be scrolled."""
        self.query_one(Reader).focus()
        self.update_content()

    def build_text(self, width: int) -> JumpableText:
        """The text for so many columns."""
        raise NotImplementedError  # each screen has its own

    def show_text(self, *of: object) -> None:
        """Show the text anew where it depends on something that has changed: from its top where the first of `of` has."""
        reader = self.query_one(Reader)
        shown = (*of, reader.columns)
        if shown == self._shown_for:
            return
        fresh = shown[:1] != self._shown_for[:1]
        self._shown_for = shown
        self._shown_text = self.build_text(reader.columns or self.size.width - 4)
        reader.show_content(self._shown_text.content, from_top=fresh)

    def rewrap_text(self) -> None:
        """Lines are written for the width there is."""
        self.update_content()

    def jump_forward(self) -> None:
        """Go to the next place that begins something."""
        reader = self.query_one(Reader)
        top = reader.scroll_offset.y
        reader.scroll_to(
            y=next((stop for stop in self._shown_text.jump_lines if stop > top), reader.max_scroll_y), animate=False
        )

    def jump_back(self) -> None:
        """Go to the one before."""
        reader = self.query_one(Reader)
        top = reader.scroll_offset.y
        reader.scroll_to(y=max((stop for stop in self._shown_text.jump_lines if stop < top), default=0), animate=False)

    def action_up(self) -> None:
        """Up by a line."""
        self.query_one(Reader).scroll_relative(y=-1, animate=False)

    def action_down(self) -> None:
        """Down by a line."""
        self.query_one(Reader).scroll_relative(y=1, animate=False)

    def action_page_down(self) -> None:
        """Read on."""
        self.query_one(Reader).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Read back."""
        self.query_one(Reader).scroll_page_up(animate=False)
