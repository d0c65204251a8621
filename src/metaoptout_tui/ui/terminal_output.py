"""Works out what to write to the terminal: the cells that changed, and where its cursor belongs.

A key that moves in a list then sends some hundred bytes in place of a whole screen, which is what an ssh line and a braille
display notice. The terminal's own cursor stands on the highlighted row or in the field: braille displays, magnifiers and
input methods follow it.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple, Protocol, runtime_checkable
from unicodedata import east_asian_width

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.style import Style
from textual.errors import NoWidget
from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, Tree

_HIDE_CURSOR, _SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
_MAX_GAP = 4
"""How many unchanged cells between two changed ones are written again: moving over them takes as many bytes."""
_MAX_LOOKS = 4_096
_ATTRIBUTES = (
    ("bold", "1"),
    ("dim", "2"),
    ("italic", "3"),
    ("underline", "4"),
    ("blink", "5"),
    ("blink2", "6"),
    ("reverse", "7"),
    ("conceal", "8"),
    ("strike", "9"),
    ("underline2", "21"),
    ("overline", "53"),
)
"""Text attributes by their name in `Style`, with the code that switches each on."""


class PlacedStrip(NamedTuple):
    """A strip and the cell where it begins."""

    row: int
    column: int
    strip: Strip


class _Look(NamedTuple):
    """How a cell looks: the codes of its attributes and of its two colours."""

    attributes: frozenset[str]
    colour: str
    background: str


_PLAIN = _Look(frozenset(), "39", "49")

_Cell = tuple[str, _Look]
"""What stands in a cell. The second half of a wide character is an empty text."""


class TerminalOutput:
    """Remembers what the terminal shows and writes what is different."""

    def __init__(self) -> None:
        self._size = Size(0, 0)
        self._rows: list[list[_Cell | None]] = []
        self._looks: dict[Style | None, _Look] = {}
        self._color_system = ColorSystem.TRUECOLOR
        self._look = _PLAIN
        self._cursor: Offset | None = None
        self._is_cursor_known = False

    def forget(self) -> None:
        """Take nothing for granted: the terminal was resized, or something else wrote to it."""
        self._size = Size(0, 0)
        self._is_cursor_known = False

    def changes(
        self, strips: Iterable[PlacedStrip], size: Size, cursor: Offset | None, color_system: ColorSystem
    ) -> str:
        """What to write so that the terminal shows these strips and its cursor; empty where it does already.

        `size` is that of the terminal. The cursor is hidden for None.
        """
        if size != self._size or color_system is not self._color_system:
            self._size, self._color_system = size, color_system
            self._rows = [[None] * size.width for _ in range(size.height)]
            self._looks.clear()
        self._look = _PLAIN
        drawn = "".join([self._changed_cells(placed) for placed in strips])
        if self._look != _PLAIN:
            drawn += "\x1b[0m"
        is_same_cursor = self._is_cursor_known and cursor == self._cursor
        if not drawn and is_same_cursor:
            return ""
        was_shown = self._cursor is not None or not self._is_cursor_known
        self._cursor, self._is_cursor_known = cursor, True
        hide = _HIDE_CURSOR if was_shown and (drawn or cursor is None) else ""
        if cursor is None:
            return f"{hide}{drawn}"
        show = _SHOW_CURSOR if hide or not was_shown or not is_same_cursor else ""
        return f"{hide}{drawn}\x1b[{cursor.y + 1};{cursor.x + 1}H{show}"

    def _changed_cells(self, placed: PlacedStrip) -> str:
        if not 0 <= placed.row < len(self._rows):
            return ""
        row = self._rows[placed.row]
        cells = self._cells_of(placed.strip)[: len(row) - placed.column]
        before = row[placed.column : placed.column + len(cells)]
        if before == cells:
            return ""
        row[placed.column : placed.column + len(cells)] = cells
        return "".join(
            self._written(cells[start:end], placed.row, placed.column + start)
            for start, end in _changed_runs(before, cells)
        )

    def _cells_of(self, strip: Strip) -> list[_Cell]:
        cells: list[_Cell] = []
        for text, style, control in strip:
            if not control and text:
                look = self._look_of(style)
                cells += zip(text, repeat(look)) if text.isascii() else _cells_of_text(text, look)
        return cells

    def _look_of(self, style: Style | None) -> _Look:
        look = self._looks.get(style)
        if look is None:
            if len(self._looks) >= _MAX_LOOKS:
                self._looks.clear()
            look = self._looks[style] = _PLAIN if style is None else _look_of_style(style, self._color_system)
        return look

    def _written(self, cells: list[_Cell], row: int, column: int) -> str:
        """The sequences that write these cells; what follows an odd character is placed, whatever its width was."""
        parts = [f"\x1b[{row + 1};{column + 1}H"]
        is_position_sure = True
        for at, (text, look) in enumerate(cells, start=column + 1):
            if not text:
                continue
            if look is not self._look:
                parts.append(_transition(self._look, look))
                self._look = look
            if text.isascii():
                if not is_position_sure:
                    parts.append(f"\x1b[{at}G")
                    is_position_sure = True
            elif is_position_sure:
                is_position_sure = not _has_disputed_width(text)
            parts.append(text)
        return "".join(parts)


def _changed_runs(before: list[_Cell | None], cells: list[_Cell]) -> list[tuple[int, int]]:
    """The ranges of cells that differ, those with small gaps between them joined; none begins in a wide character."""
    runs: list[tuple[int, int]] = []
    changed = [at for at, (old, new) in enumerate(zip(before, cells, strict=True)) if old != new]
    start = changed[0]
    end = start
    for at in changed:
        if at - end > _MAX_GAP:
            runs.append((start, end))
            start = at
        end = at + 1
    runs.append((start, end))
    return [(start - (not cells[start][0] and start > 0), end) for start, end in runs]


def _cells_of_text(text: str, look: _Look) -> list[_Cell]:
    """The cells of a text with characters of any width.

    Where characters join into one of another width, the text is one piece over all its cells.
    """
    cells: list[_Cell] = []
    for character in text:
        match get_character_cell_size(character):
            case 1:
                cells.append((character, look))
            case 2:
                cells += ((character, look), ("", look))
            case _ if cells:
                lead = next(at for at in range(len(cells) - 1, -1, -1) if cells[at][0])
                cells[lead] = (cells[lead][0] + character, look)
    width = cell_len(text)
    return cells if len(cells) == width else [(text, look), *repeat(("", look), width - 1)]


@lru_cache(maxsize=2_048)
def _has_disputed_width(text: str) -> bool:
    """Whether terminals may disagree on the width of a text, so that what follows it has to be placed."""
    return len(text) > 1 or east_asian_width(text) in ("A", "W", "F")


def _look_of_style(style: Style, color_system: ColorSystem) -> _Look:
    codes = [
        (";".join(colour.downgrade(color_system).get_ansi_codes(foreground)) if colour is not None else plain)
        for colour, foreground, plain in ((style.color, True, "39"), (style.bgcolor, False, "49"))
    ]
    return _one_look(frozenset(code for name, code in _ATTRIBUTES if getattr(style, name)), *codes)


@lru_cache(maxsize=1_024)
def _one_look(attributes: frozenset[str], colour: str, background: str) -> _Look:
    """The look of a cell: one object for all that look the same, so that they are compared quickly."""
    return _Look(attributes, colour, background)


@lru_cache(maxsize=1_024)
def _transition(before: _Look, after: _Look) -> str:
    """The sequence from one look to another."""
    codes = []
    if before.attributes - after.attributes:
        codes.append("0")
        before = _PLAIN
    codes += sorted(after.attributes - before.attributes)
    codes += [after.colour] * (after.colour != before.colour)
    codes += [after.background] * (after.background != before.background)
    return f"\x1b[{';'.join(codes)}m" if codes else ""


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
