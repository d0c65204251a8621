"""The widget for long text that is already wrapped. It draws only the lines in view, so a new text needs no layout."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset
from textual.strip import Strip
from textual.style import Style

from metaoptout_tui.ui.textual_private import LinesView

_ENDS_OF_TITLE = 4
"""Columns of the line above a text that stay a line beside its title."""


class Reader(LinesView, can_focus=True, inherit_bindings=False):
    """Shows lines of `Content`, scrolls with the screen's keys and the mouse, and keeps its scroll position."""

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
        self._line_style: RichStyle | None = None

    @property
    def columns(self) -> int:
        """The width for a line, without a blank before the scroll bar; 0 before the widget has a size."""
        return max(0, self.scrollable_content_region.width - 1)

    @property
    def text_width(self) -> int:
        """The width to write for; an estimate before the widget has a size."""
        return self.columns or self.screen.size.width - 4

    @property
    def cursor_screen_offset(self) -> Offset:
        """The first cell of the first line in view, where the terminal's cursor stands."""
        return self.content_region.offset

    @property
    def plain_text(self) -> str:
        """The text without styles."""
        return "\n".join(line.plain for line in self._lines)

    @property
    def line_widths(self) -> list[int]:
        """The width of each line in cells."""
        return [line.cell_length for line in self._lines]

    def show_content(self, content: Content, *, from_top: bool | None = None) -> None:
        """Show a text from its first line or the present position; by default from the first if it is another text."""
        before, self._lines = self._lines, content.split("\n", allow_blank=True)
        if from_top is None:
            from_top = [line.plain for line in before] != [line.plain for line in self._lines]
        self._strip_cache.clear()
        self.set_line_count(self.columns, len(self._lines))
        if from_top:
            self.scroll_home(animate=False)
        self.refresh()

    def show_title(self, *titles: str) -> None:
        """Show the first of these titles that fits into the line above the text; the last, which is the shortest, else."""
        room = self.text_width - _ENDS_OF_TITLE
        self.border_title = Content(next((each for each in titles if cell_len(each) <= room), titles[-1]))

    def action_cursor_up(self) -> None:
        """Scroll up by a line."""
        self.scroll_relative(y=-1, animate=False)

    def action_cursor_down(self) -> None:
        """Scroll down by a line."""
        self.scroll_relative(y=1, animate=False)

    def action_scroll_home(self) -> None:
        """Scroll to the first line."""
        self.scroll_to(y=0, animate=False, immediate=True)

    def action_scroll_end(self) -> None:
        """Scroll to the last line."""
        self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)

    def notify_style_update(self) -> None:
        """Draw all lines again for another theme."""
        super().notify_style_update()
        self._strip_cache.clear()
        self._line_style = None

    def on_resize(self) -> None:
        """Draw all lines again for another width."""
        self._strip_cache.clear()
        self._line_style = None

    def render_line(self, y: int) -> Strip:
        """One line in view."""
        row = y + self.scroll_offset.y
        if self._line_style is None:
            self._line_style = self.rich_style
        if row >= len(self._lines):
            return Strip.blank(self.size.width, self._line_style)
        strip = self._strip_cache.get(row)
        if strip is None:
            # Colour names such as $muted depend on the theme, which only the App knows.
            variables = self.app.theme_variables
            pieces = self._lines[row].render(self.visual_style, "", lambda style: _to_style(style, variables))
            strip = Strip([Segment(text, style.rich_style) for text, style in pieces])
            strip = self._strip_cache[row] = strip.crop_extend(0, self.size.width, self._line_style)
        return strip


def _to_style(style: str | Style, variables: dict[str, str]) -> Style:
    return Style.parse(style, variables) if isinstance(style, str) else style
