"""The accounts of the checklist as a tree, under headings for their linked groups."""

from collections.abc import Iterator
from contextlib import contextmanager
from operator import is_
from typing import Self

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import Catalogue, catalogue_in_use
from metaoptout_tui.core.objection.overview import AccountGroup, Overview
from metaoptout_tui.core.objection.sentences import describe_group, describe_state_briefly
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import short_account_name
from metaoptout_tui.core.text import elide_middle_to_width, elide_to_width
from metaoptout_tui.ui.terminal import Symbols, account_style

_SIGN_WIDTH, _LEAST_NAME_WIDTH, _LEAST_PLATFORM_WIDTH = 2, 14, 2


def fitted_name(short_name: str, own_name: str, width: int) -> str:
    """The name of an account in a narrow column: what the person calls it is whole where it fits, and its platform gives way."""
    platform = short_name.removesuffix(own_name).rstrip() if short_name.endswith(own_name) else ""
    room = width - cell_len(own_name) - 1
    if cell_len(short_name) <= width or not platform or not own_name or room < _LEAST_PLATFORM_WIDTH:
        return elide_middle_to_width(short_name, width)
    return f"{elide_to_width(platform, room)} {own_name}"


class AccountTree(Tree[str], inherit_bindings=False):
    """The accounts under headings for their linked groups. The cursor is always on an account."""

    DEFAULT_CSS = """
    AccountTree { padding: 0 1; scrollbar-size-horizontal: 0; overflow-x: hidden; }
    """
    BINDINGS = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]
    auto_expand = False
    _style_of_lines: Style | None = None

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        self._is_filling = False
        super().__init__(Text(), id=id)  # Textual would read a str as markup, and load all that markup may have
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self._symbols = symbols
        self._rows: dict[str, tuple[AccountStatus, str]] = {}
        self._had_size = False
        self._shown: tuple[Overview | None, Playbook | None, Catalogue | None] = (None, None, None)
        self._shown_groups: tuple[AccountGroup, ...] = ()
        self._width_of_words = 0

    def show_accounts(self, overview: Overview, playbook: Playbook) -> None:
        """Show the accounts; rows that exist already are kept, with the cursor."""
        shown = (overview, playbook, catalogue_in_use())
        if all(map(is_, shown, self._shown)):
            return
        self._shown = shown
        rows = {
            status.account.id: (status, short_account_name(status.account, playbook)) for status in overview.statuses
        }
        changed_ids = {id for id, row in rows.items() if self._rows.get(id) != row}
        self._rows = rows
        if overview.groups != self._shown_groups:
            self._shown_groups = overview.groups
            with self._filling():
                self.clear()
                for group in overview.groups:
                    heading = self.root.add(Text(describe_group(group)), expand=True, allow_expand=False)
                    for id in group.account_ids:
                        heading.add_leaf(Text(id), data=id)
        else:
            for leaf in self._leaves:
                if leaf.data in changed_ids:
                    leaf.refresh()
        headings = [cell_len(describe_group(group)) for group in overview.groups]
        states = {describe_state_briefly(status) for status in overview.statuses}
        beside_state = self.guide_depth + _SIGN_WIDTH + _LEAST_NAME_WIDTH + 1
        width = max((*headings, *(beside_state + cell_len(state) for state in states)), default=0)
        if width != self._width_of_words:
            self._width_of_words = width
            self.refresh(layout=True)

    @contextmanager
    def _filling(self) -> Iterator[None]:
        """Ask for a new layout once, at the end of the block, and not for each row that is added in it."""
        self._is_filling = True
        try:
            yield
        finally:
            self._is_filling = False
            self.refresh(layout=True)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw again, unless rows are being added."""
        if self._is_filling:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @property
    def _leaves(self) -> list[TreeNode[str]]:
        return [leaf for heading in self.root.children for leaf in heading.children]

    @property
    def highlighted_account(self) -> str:
        """The account under the cursor, empty for none."""
        node = self.cursor_node
        return (node.data or "") if node is not None else ""

    def go_to(self, account_id: str) -> None:
        """Put the cursor on an account, or on the first one if that is not in the tree."""
        leaves = self._leaves
        target = next((leaf for leaf in leaves if leaf.data == account_id), leaves[0] if leaves else None)
        if target is not None and self.last_line > 0:  # reading `last_line` also gives each node its line
            if self.size:
                self.move_cursor(target)
            else:
                self.cursor_line = target.line

    def on_resize(self, event: events.Resize) -> None:
        """Bring the cursor into view where it was set before the widget had a size."""
        if not self._had_size and self.cursor_line >= 0:
            self.scroll_to_line(self.cursor_line, animate=False)
        self._had_size = self._had_size or bool(event.size)

    def action_cursor_down(self) -> None:
        """Go to the next account."""
        self._move_over_headings(1)

    def action_cursor_up(self) -> None:
        """Go to the account before."""
        self._move_over_headings(-1)

    def action_scroll_home(self) -> None:
        """Go to the first account."""
        self.cursor_line = 1

    def action_scroll_end(self) -> None:
        """Go to the last account."""
        self.cursor_line = self.last_line

    def _move_over_headings(self, by: int) -> None:
        line = self.cursor_line + by
        while 0 <= line <= self.last_line:
            node = self.get_node_at_line(line)
            if node is not None and node.data:
                self.cursor_line = line
                self.scroll_to_line(line if line > 1 else 0, animate=False)
                return
            line += by

    def validate_cursor_line(self, value: int) -> int:
        """Keep the cursor off headings: a click on one goes to its first account."""
        line = super().validate_cursor_line(value)
        node = self.get_node_at_line(line) if line >= 0 else None
        if node is not None and not node.data and self.get_node_at_line(line + 1) is not None:
            return line + 1
        return line

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The width that headings and states need, with a shortened name; names alone make it no wider."""
        del container, viewport
        return self._width_of_words + 1  # the scroll bar

    def get_label_width(self, node: TreeNode[str]) -> int:
        """The width of a heading, which is that of the tree: `render_label` fits each row to it, so an account adds nothing."""
        return 1 if node.data else self.scrollable_content_region.width

    @property
    def rich_style(self) -> Style:
        """The style of the tree; while lines are drawn the one that they all have, which Textual works out for each."""
        return self._style_of_lines or super().rich_style

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some of the lines."""
        self._style_of_lines = super().rich_style
        try:
            return super().render_lines(crop)
        finally:
            self._style_of_lines = None

    def render_label(self, node: TreeNode[str], base_style: Style, style: Style) -> Text:
        """A heading, or an account with its symbol, name and state, fitted to the width."""
        if not node.data or node.data not in self._rows:
            label = node.label if isinstance(node.label, Text) else Text(str(node.label))
            return Text(
                elide_to_width(label.plain, max(4, self.scrollable_content_region.width)),
                style=base_style + self._muted_style(),
            )
        status, short_name = self._rows[node.data]
        state = describe_state_briefly(status)
        room = self.scrollable_content_region.width - self.guide_depth - _SIGN_WIDTH
        state = elide_to_width(state, max(4, room // 2, room - _LEAST_NAME_WIDTH - 1))
        name = fitted_name(short_name, status.account.name, max(4, room - cell_len(state) - 1))
        gap = " " * max(1, room - cell_len(name) - cell_len(state))
        sign = self._symbols.for_account(status)
        on_cursor = node is self.cursor_node
        colour = None if on_cursor else self._theme_style(account_style(status))
        return Text.assemble((sign, colour or ""), " ", name, gap, (state, colour or ""), style=base_style + style)

    def _theme_style(self, token: str) -> Style:
        variables = self.app.theme_variables
        colour = variables.get(token.removeprefix("$"), "")
        if not colour or "auto" in colour:
            return Style()
        from textual.color import Color

        return Style(color=Color.parse(colour).rich_color)

    def _muted_style(self) -> Style:
        return self._theme_style("$muted")
