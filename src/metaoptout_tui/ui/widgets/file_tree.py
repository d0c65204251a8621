"""The tree of folders and files in which the person picks exported chats; read one folder at a time."""

from collections.abc import Iterable
from pathlib import Path

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.widgets import DirectoryTree
from textual.widgets.directory_tree import DirEntry
from textual.widgets.tree import TreeNode

from metaoptout_tui.app.typed_paths import may_hold_chats
from metaoptout_tui.core import text


class ChatFileTree(DirectoryTree, inherit_bindings=False):
    """Enter opens a folder or takes a file."""

    DEFAULT_CSS = """
    ChatFileTree { background: $background; padding: 0 1; width: 100%; }
    ChatFileTree:focus { background-tint: transparent 0%; }
    """
    BINDINGS = [
        Binding("up,k", "cursor_up", show=False),
        Binding("down,j", "cursor_down", show=False),
        Binding("enter", "select_cursor", show=False),
        Binding("space,right,left", "toggle_node", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]

    def __init__(self, path: Path, *, id: str | None = None) -> None:
        super().__init__(path, id=id)
        self.show_guides = False
        self.guide_depth = 2

    @property
    def selected_path(self) -> str:
        """The path under the cursor, empty for none."""
        node = self.cursor_node
        return str(node.data.path) if node is not None and node.data is not None else ""

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Folders, texts and zips."""
        return [path for path in paths if may_hold_chats(path)]

    def render_label(self, node: TreeNode[DirEntry], base_style: Style, style: Style) -> Text:
        """The name, that of a folder with a sign whether it is open; cleaned, for others named these files."""
        del base_style
        name = text.clean_line(str(node.label)) or "?"
        if not node.allow_expand:
            return Text.assemble(("  ", style), (name, style))
        sign = "-" if node.is_expanded else "+"
        return Text.assemble((f"{sign} ", style), (name if name.endswith("/") else f"{name}/", style))
