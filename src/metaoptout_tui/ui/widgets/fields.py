"""Fields for what is typed: a day with a time, a path with completion, and a tree of files to choose from."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.message import Message
from textual.widgets import DirectoryTree, Input, Static
from textual.widgets.directory_tree import DirEntry
from textual.widgets.tree import TreeNode

from metaoptout_tui.app.typed_paths import complete_path, may_hold_chats, parse_pasted_paths, path_exists
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.errors import InputRefused


class MomentTexts(NamedTuple):
    """Day and time as they stand in the fields."""

    day: str
    time: str


class MomentFields(Container):
    """A day and a time, which begin as the moment that is offered: now, unless it is another."""

    DEFAULT_CSS = "MomentFields { height: auto; }"

    def __init__(
        self,
        clock: Callable[[], datetime],
        offered: datetime | None = None,
        *,
        day_label: str = "Day",
        placeholders: tuple[str, str] = ("", ""),
        classes: str | None = None,
    ) -> None:
        super().__init__(classes=classes)
        self._clock = clock
        self._offered = offered
        self._labels = (day_label, "Time")
        self._placeholders = placeholders
        self.offered_texts = self.texts_of(offered or clock())

    def compose(self) -> ComposeResult:
        """Each field behind its name."""
        for name, label, placeholder in zip(MomentTexts._fields, self._labels, self._placeholders, strict=True):
            yield Static(label, classes=f"field-name -{name}", markup=False)
            yield Input(id=name, placeholder=placeholder)

    def texts_of(self, at: datetime) -> MomentTexts:
        """A moment as it is written here."""
        local = at.astimezone(self._clock().tzinfo)
        return MomentTexts(local.date().isoformat(), f"{local:%H:%M}")

    @property
    def texts(self) -> MomentTexts:
        """What stands in the fields."""
        return MomentTexts(*(self.query_one(f"#{name}", Input).value for name in MomentTexts._fields))

    @property
    def changed_texts(self) -> dict[str, str]:
        """What stands in a field otherwise than it was offered, by its name."""
        offered = self.offered_texts._asdict()
        return {name: words for name, words in self.texts._asdict().items() if words != offered[name]}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into the fields, by name; what is offered where there is none."""
        for name, offered in self.offered_texts._asdict().items():
            self.query_one(f"#{name}", Input).value = texts.get(name, offered)

    def focus_day(self) -> None:
        """Go to the first field."""
        self.query_one("#day", Input).focus()

    def moment(self) -> datetime | None:
        """What the fields say; what was offered, None for now, where it was left. Raises ValueError, with a sentence."""
        if not self.changed_texts:
            return self._offered
        return dates.parse_moment(*self.texts, self._clock())


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


class PathField(Input):
    """A field for a path. Of files only those that end in one of `suffixes`, where there are any, are named.

    Where `hands_on_drops`, files that are dropped on the field, which a terminal pastes quoted in its own way, come as a
    message and not into the field.
    """

    class Dropped(Message):
        """Something was pasted that names files that are there."""

        def __init__(self, paths: tuple[str, ...]) -> None:
            super().__init__()
            self.paths = paths

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,
        placeholder: str = "",
        suffixes: tuple[str, ...] = (),
        hands_on_drops: bool = False,
    ) -> None:
        super().__init__(value, id=id, placeholder=placeholder)
        self._suffixes = suffixes
        self._hands_on_drops = hands_on_drops

    def complete(self) -> tuple[str, ...]:
        """Go on with the path as far as there is no choice; the names it may go on with where there are several."""
        completed = complete_path(self.value, self._suffixes)
        self.value = completed.path
        self.cursor_position = len(self.value)
        return completed.candidates

    def on_paste(self, event: events.Paste) -> None:
        """Hand on files that are there; anything else goes into the field, where nothing is lost by it."""
        try:
            paths = parse_pasted_paths(event.text) if self._hands_on_drops else ()
        except InputRefused:  # said once it is to be taken
            return
        is_free = not self.value.strip() or self.selected_text == self.value
        if paths and all(map(path_exists, paths)) and is_free:
            event.prevent_default()
            event.stop()
            self.post_message(self.Dropped(paths))
