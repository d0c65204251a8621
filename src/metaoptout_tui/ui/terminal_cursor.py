"""Where the terminal's own cursor stands: on the highlighted row, in the field, or at the first line of a text."""

from typing import Any, Protocol, runtime_checkable

from textual.errors import NoWidget
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input, Tree


@runtime_checkable
class HasTerminalCursor(Protocol):
    """A widget, or a screen, that knows where the terminal's cursor belongs while it is used."""

    @property
    def cursor_screen_offset(self) -> Offset | None:
        """The cell on the screen; None for nowhere."""


def find_terminal_cursor(screen: Screen[Any]) -> Offset | None:
    """The cell for the cursor; None where nothing has the focus or the cell is out of view."""
    focused, own_cell = screen.focused, _cell_of(screen)
    if own_cell is not None:
        return own_cell
    cell = _label_of_highlighted_line(focused) if isinstance(focused, Tree) else _cell_of(focused)
    if isinstance(focused, Input) and cell is not None:
        cell -= Offset(int(focused.cursor_at_end), 0)  # there Textual counts one cell more
    if focused is None or cell is None:
        return None
    try:
        return cell if screen.find_widget(focused).visible_region.contains_point(cell) else None
    except NoWidget:
        return None


def _cell_of(holder: object) -> Offset | None:
    return holder.cursor_screen_offset if isinstance(holder, HasTerminalCursor) else None


def _label_of_highlighted_line(tree: Tree[Any]) -> Offset | None:
    """The first cell of the highlighted label; its line is indented by its depth."""
    node, depth = tree.cursor_node, -1 if tree.show_root else -2
    if node is None:
        return None
    while node is not None:
        node, depth = node.parent, depth + 1
    x, y = tree.content_region.offset - tree.scroll_offset
    return Offset(x + depth * tree.guide_depth, y + tree.cursor_line)
