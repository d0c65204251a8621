"""Up, down and by the page: the same keys in every list and every text."""

from typing import Protocol

from textual.dom import DOMNode

from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader


class MovedByArrows(Protocol):
    """A list, a tree or a text."""

    def action_cursor_up(self) -> None:
        """Go up by a row."""

    def action_cursor_down(self) -> None:
        """Go down by a row."""


class MovesAbout(DOMNode):
    """What the keys for up, down and the page do on a screen; a screen says in which of its widgets."""

    @property
    def choice_list(self) -> ChoiceList:
        """The list of a screen that has one."""
        return self.query_one(ChoiceList)

    @property
    def reader(self) -> Reader:
        """The text of a screen that has one."""
        return self.query_one(Reader)

    @property
    def moved_by_arrows(self) -> MovedByArrows:
        """The widget that the keys for up and down move in."""
        return self.choice_list

    def action_up(self) -> None:
        """Go up."""
        self.moved_by_arrows.action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.moved_by_arrows.action_cursor_down()

    def action_page_down(self) -> None:
        """Read on."""
        self.reader.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Read back."""
        self.reader.scroll_page_up(animate=False)
