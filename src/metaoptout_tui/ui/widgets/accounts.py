"""The accounts, grouped by hub. A Tree, because a move in it redraws two rows and not the list."""

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from metaoptout_tui.core.naming import short_name
from metaoptout_tui.core.overview import Overview
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.text import cells, elided
from metaoptout_tui.core.wording import group_words, short_state
from metaoptout_tui.ui.marks import Marks, account_style


class AccountTree(Tree[str], inherit_bindings=False):
    """Headings are hubs, leaves are accounts; the cursor stands on accounts only."""

    DEFAULT_CSS = """
    AccountTree { padding: 0 1; scrollbar-size-horizontal: 0; overflow-x: hidden; }
    AccountTree > .tree--cursor { background: $cursor-blurred; color: $foreground; text-style: none; }
    AccountTree:focus > .tree--cursor { background: $cursor; color: $cursor-text; text-style: bold; }
    AccountTree > .tree--highlight-line { background: $background; }
    """
    BINDINGS = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]
    auto_expand = False

    def __init__(self, marks: Marks, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self._marks = marks
        self._standings: dict[str, Standing] = {}
        self._names: dict[str, str] = {}
        self._shape: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def show_accounts(self, overview: Overview, playbook: Playbook) -> None:
        """Show these accounts; rows that are there already are kept, with the cursor."""
        self._standings = {standing.account.id: standing for standing in overview.standings}
        self._names = {id: short_name(each.account, playbook) for id, each in self._standings.items()}
        shape = tuple((group.kind, group.name, group.accounts) for group in overview.groups)
        if shape != self._shape:
            self._shape = shape
            self.clear()
            for group in overview.groups:
                heading = self.root.add(Text(group_words(group)), expand=True, allow_expand=False)
                for id in group.accounts:
                    heading.add_leaf(Text(id), data=id)
        self._updates += 1
        self._invalidate()

    @property
    def account(self) -> str:
        """The account under the cursor, empty for none."""
        node = self.cursor_node
        return (node.data or "") if node is not None else ""

    def go_to(self, account: str) -> None:
        """Put the cursor on an account, or on the first one where it is not there."""
        leaves = [leaf for heading in self.root.children for leaf in heading.children]
        target = next((leaf for leaf in leaves if leaf.data == account), leaves[0] if leaves else None)
        if target is not None:
            _ = self._tree_lines  # lines are laid out on demand; the cursor needs them
            self.move_cursor(target)

    def action_cursor_down(self) -> None:
        """Go down, over headings."""
        self._step(1)

    def action_cursor_up(self) -> None:
        """Go up, over headings."""
        self._step(-1)

    def action_scroll_home(self) -> None:
        """Go to the first account."""
        self.cursor_line = 1

    def action_scroll_end(self) -> None:
        """Go to the last account."""
        self.cursor_line = self.last_line

    def _step(self, by: int) -> None:
        line = self.cursor_line + by
        while 0 <= line <= self.last_line:
            node = self.get_node_at_line(line)
            if node is not None and node.data:
                self.cursor_line = line
                self.scroll_to_line(line if line > 1 else 0, animate=False)
                return
            line += by

    def validate_cursor_line(self, value: int) -> int:
        """Keep the cursor off the headings: a click on one goes to its first account."""
        line = super().validate_cursor_line(value)
        node = self.get_node_at_line(line) if line >= 0 else None
        if node is not None and not node.data and self.get_node_at_line(line + 1) is not None:
            return line + 1
        return line

    def render_label(self, node: TreeNode[str], base_style: Style, style: Style) -> Text:
        """A heading, or an account with its sign, name and state, fitted to the width."""
        if not node.data or node.data not in self._standings:
            label = node.label if isinstance(node.label, Text) else Text(str(node.label))
            return Text(
                elided(label.plain, max(4, self.scrollable_content_region.width)), style=base_style + self._muted()
            )
        standing = self._standings[node.data]
        state = short_state(standing)
        room = self.scrollable_content_region.width - self.guide_depth - 2
        state = elided(state, max(4, room // 2))
        name = elided(self._names[node.data], max(4, room - cells(state) - 2))
        gap = " " * max(1, room - cells(name) - cells(state))
        sign = self._marks.of_account(standing)
        on_cursor = node is self.cursor_node
        colour = None if on_cursor else self._rich(account_style(standing))
        return Text.assemble((sign, colour or ""), " ", name, gap, (state, colour or ""), style=base_style + style)

    def _rich(self, token: str) -> Style:
        variables = self.app.theme_variables
        colour = variables.get(token.removeprefix("$"), "")
        if not colour or "auto" in colour:
            return Style()
        from textual.color import Color

        return Style(color=Color.parse(colour).rich_color)

    def _muted(self) -> Style:
        return self._rich("$muted")
