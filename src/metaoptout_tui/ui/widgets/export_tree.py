"""Folders and the files in them that may be exported chats. Read a folder at a time, when it is opened."""

from collections.abc import Iterable
from pathlib import Path

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.widgets import DirectoryTree
from textual.widgets.directory_tree import DirEntry
from textual.widgets.tree import TreeNode

from metaoptout_tui.core import text
from metaoptout_tui.evidence.choosing import may_hold_chats


class ExportTree(DirectoryTree, inherit_bindings=False):
    """Enter opens a folder or takes a file."""

    DEFAULT_CSS = """
    ExportTree { background: $background; padding: 0 1; width: 100%; }
    ExportTree:focus { background-tint: transparent 0%; }
    ExportTree > .tree--cursor { background: $cursor-blurred; color: $foreground; text-style: none; }
    ExportTree:focus > .tree--cursor { background: $cursor; color: $cursor-text; text-style: bold; }
    ExportTree > .tree--highlight-line { background: $background; }
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
    def chosen(self) -> str:
        """The path under the cursor, empty for none."""
        node = self.cursor_node
        return str(node.data.path) if node is not None and node.data is not None else ""

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Folders, texts and zips."""
        return [path for path in paths if may_hold_chats(path)]

    def render_label(self, node: TreeNode[DirEntry], base_style: Style, style: Style) -> Text:
        """The name, that of a folder with a sign whether it is open; cleaned, for others named these files."""
        del base_style
        name = text.line(str(node.label)) or "?"
        if not node.allow_expand:
            return Text.assemble(("  ", style), (name, style))
        sign = "-" if node.is_expanded else "+"
        return Text.assemble((f"{sign} ", style), (name if name.endswith("/") else f"{name}/", style))
