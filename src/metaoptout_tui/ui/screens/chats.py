"""Choose exported chats: a path typed, pasted or dropped, or one found in the folders below; several of them."""

import sys
from pathlib import Path

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widgets import DirectoryTree, Input, Static

from metaoptout_tui.core import text
from metaoptout_tui.core.dropped import dropped_paths
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.text import elided
from metaoptout_tui.evidence.choosing import complete, is_there
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.widgets.export_tree import ExportTree

_NAMES_SHOWN = 12


class PathField(Input):
    """A field for a path that hands on what is dropped on it: a terminal pastes that, quoted in its own way."""

    BINDINGS = [Binding("down", "screen.folders", show=False)]

    class Dropped(Message):
        """Something was pasted that names files that are there."""

        def __init__(self, paths: tuple[str, ...]) -> None:
            super().__init__()
            self.paths = paths

    def _on_paste(self, event: events.Paste) -> None:
        paths = _paths_in(event.text)
        is_free = not self.value.strip() or self.selected_text == self.value
        if paths and all(map(is_there, paths)) and is_free:
            event.prevent_default()
            event.stop()
            self.post_message(self.Dropped(paths))


class ChatsScreen(FormPage[tuple[str, ...] | None]):
    """The paths that are to be scanned."""

    PLACE = "chats"
    BINDINGS = bindings("chats")
    DEFAULT_CSS = """
    ChatsScreen #names, ChatsScreen #chosen { height: auto; max-height: 4; padding: 0 1; }
    ChatsScreen #trouble { dock: none; }
    ChatsScreen #names { color: $muted; display: none; }
    ChatsScreen #names.-said { display: block; }
    ChatsScreen ExportTree { height: 1fr; border-top: solid $line; }
    """

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk, draft_key("chats", account))
        self._chosen: tuple[str, ...] = ()

    def compose_page(self) -> ComposeResult:
        """The field, what is chosen, and the folders."""
        yield Static("An exported chat (.txt or .zip), or a folder of them", classes="field-name", markup=False)
        yield PathField(id="path", placeholder="type, paste or drop a path")
        yield Static(id="trouble", markup=False)
        yield Static(id="names", markup=False)
        yield Static(id="chosen", markup=False)
        yield ExportTree(_start(), id="folders")

    def on_mount(self) -> None:
        """Begin in the field, with what was chosen before."""
        self.fill()
        self._show_what_keys_do()

    @on(events.DescendantFocus)
    def _show_what_keys_do(self) -> None:
        if self.query_one(ExportTree).has_focus:
            left = f"Enter opens a folder or takes a file; {self.key('chats.add')} takes a whole folder."
        else:
            left = f"{self.key('chats.scan')} scans what is chosen, on this machine; nothing leaves it."
        self.head("Scan exported chats", left=left)

    def fill(self) -> None:
        """What was typed and chosen before."""
        super().fill()
        self._chosen = tuple(self.draft.get("chosen", "").splitlines())
        field = self.query_one(PathField)
        with self.prevent(Input.Changed):
            field.value = self.draft.get("path", "")
        field.focus()
        self._show_chosen()

    def typed(self) -> dict[str, str]:
        """The field, and the paths, one in a line; those that no text can hold are chosen for this visit only."""
        kept = "\n".join(path for path in self._chosen if path.isprintable())
        return {"path": self.query_one(PathField).value, "chosen": kept}

    def resized(self) -> None:
        """Paths are cut to the width there is."""
        self._show_chosen()

    # Paths

    @on(PathField.Dropped)
    def _dropped(self, event: PathField.Dropped) -> None:
        self.query_one(PathField).value = ""
        self._add(event.paths)

    def _add(self, paths: tuple[str, ...]) -> bool:
        """Choose these; those that are not there are said and not chosen."""
        missing = [path for path in paths if not is_there(path)]
        there = [str(Path(path).expanduser().absolute()) for path in paths if is_there(path)]
        self._chosen = tuple(dict.fromkeys((*self._chosen, *there)))
        self.refuse(f"There is no {text.line(missing[0], 300)}." if missing else "")
        if missing:
            self.query_one(PathField).select_all()  # so that the next path takes the place of the wrong one
        self._show_chosen()
        self.keep()
        return not missing

    def _show_chosen(self) -> None:
        room = self.size.width - 4
        lines = [elided(text.line(path, 2_000), room) for path in self._chosen[-2:]]
        more = len(self._chosen) - len(lines)
        if more > 0:
            lines.insert(0, f"and {more} more")
        words = "\n".join(f"{self.desk.marks.done} {line}" for line in lines)
        self.query_one("#chosen", Static).update(words or "Nothing is chosen yet.")

    def _show_names(self, names: tuple[str, ...] = ()) -> None:
        shown = "  ".join(text.line(name) for name in names[:_NAMES_SHOWN])
        more = f"  and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
        field = self.query_one("#names", Static)
        field.update(f"{shown}{more}")
        field.set_class(bool(names), "-said")

    @on(Input.Changed)
    def _typing(self) -> None:
        self._show_names()
        self.refuse("")

    @on(DirectoryTree.FileSelected)
    def _file_selected(self, event: DirectoryTree.FileSelected) -> None:
        self._add((str(event.path),))

    # Keys

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Add what is typed; with nothing typed, scan what is chosen."""
        field = self.query_one(PathField)
        if not field.value.strip():
            self.action_scan()
        elif self._add(_paths_in(field.value)):
            field.value = ""

    def action_complete(self) -> None:
        """Go on with the path as far as there is no choice; else say the choice; without a path go to the folders."""
        field, tree = self.query_one(PathField), self.query_one(ExportTree)
        if tree.has_focus or not field.value:
            self.action_folders()
            return
        completed = complete(field.value)
        with self.prevent(Input.Changed):
            field.value = completed.typed
        field.cursor_position = len(field.value)
        self._show_names(completed.names)

    def action_scan(self) -> None:
        """Scan what is chosen, with what is typed."""
        field = self.query_one(PathField)
        if field.value.strip() and not self._add(_paths_in(field.value)):
            return
        if not self._chosen:
            self.refuse("Choose a file or a folder first.")
            return
        self.session.keep_draft(self.draft_key, {})
        self.settle(self._chosen)

    def action_add(self) -> None:
        """Add what is highlighted in the folders."""
        chosen = self.query_one(ExportTree).chosen
        if chosen:
            self._add((chosen,))

    def action_drop(self) -> None:
        """Take the newest path out again."""
        self._chosen = self._chosen[:-1]
        self._show_chosen()
        self.keep()

    def action_folders(self) -> None:
        """Go between the field and the folders."""
        field, tree = self.query_one(PathField), self.query_one(ExportTree)
        (field if tree.has_focus else tree).focus()


def _paths_in(words: str) -> tuple[str, ...]:
    return dropped_paths(words, is_there, escapes=sys.platform != "win32")


def _start() -> Path:
    """The folder to begin in: the downloads, where exports arrive, or the home folder."""
    try:
        home = Path.home()
    except RuntimeError:
        return Path.cwd()
    downloads = home / "Downloads"
    return downloads if downloads.is_dir() else home
