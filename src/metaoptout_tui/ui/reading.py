"""Screens that hold one text, with places in it to jump to."""

from typing import TypeVar

from textual.app import ComposeResult
from textual.content import Content

from metaoptout_tui.ui.browsing import BrowsingPage
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.page_sheet import PageText
from metaoptout_tui.ui.widgets.reader import Reader

Result = TypeVar("Result")


class ReadingPage(BrowsingPage[Result]):
    """A text over the whole screen. A subclass writes it for a width and says what it depends on."""

    DEFAULT_CSS = "ReadingPage Reader { height: 1fr; padding: 0 1; }"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._text = PageText(Content(""), ())
        self._shown: tuple[object, ...] = ()

    def compose_page(self) -> ComposeResult:
        """The text."""
        yield Reader()

    def on_mount(self) -> None:
        """Ready to be scrolled."""
        self.query_one(Reader).focus()
        self.show()

    def written(self, width: int) -> PageText:
        """The text for so many columns."""
        raise NotImplementedError  # each screen has its own

    def read(self, *of: object) -> None:
        """Show the text anew where it depends on something that has changed: from its top where the first of `of` has."""
        reader = self.query_one(Reader)
        shown = (*of, reader.columns)
        if shown == self._shown:
            return
        fresh = shown[:1] != self._shown[:1]
        self._shown = shown
        self._text = self.written(reader.columns or self.size.width - 4)
        reader.show(self._text.content, from_top=fresh)

    def resized(self) -> None:
        """Lines are written for the width there is."""
        self.show()

    def to_next_stop(self) -> None:
        """Go to the next place that begins something."""
        reader = self.query_one(Reader)
        top = reader.scroll_offset.y
        reader.scroll_to(y=next((stop for stop in self._text.stops if stop > top), reader.max_scroll_y), animate=False)

    def to_last_stop(self) -> None:
        """Go to the one before."""
        reader = self.query_one(Reader)
        top = reader.scroll_offset.y
        reader.scroll_to(y=max((stop for stop in self._text.stops if stop < top), default=0), animate=False)

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
