"""Up, down and by the page: the same keys in every list and every text, and between the fields of a screen."""

from typing import Any, Protocol

from textual.containers import ScrollableContainer
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

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


def is_key_for_scrolling(screen: Screen[Any], key: str) -> bool:
    """Whether a key, Up or Down, would scroll what the focused widget stands in."""
    binding = screen.active_bindings.get(key) if key in ("up", "down") else None
    return binding is not None and isinstance(binding.node, ScrollableContainer)


def field_next_to(screen: Screen[Any], key: str) -> Widget | None:
    """What Up or Down leads to from the focused widget: what is above or below it, and at the ends itself."""
    chain, focused = screen.focus_chain, screen.focused
    if focused not in chain:
        return focused
    index = chain.index(focused) + (1 if key == "down" else -1)
    return chain[index] if 0 <= index < len(chain) else focused
