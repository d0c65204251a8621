"""The base class of screens that ask for files and folders to read: typed, pasted, dropped, or chosen in a tree."""

from pathlib import Path

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import DirectoryTree, Input, OptionList, Static

from metaoptout_tui.app.files.recent_files import folders_of_person
from metaoptout_tui.app.files.typed_paths import parse_pasted_paths, path_exists, with_tilde
from metaoptout_tui.core import text
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.rows import text_with_paths
from metaoptout_tui.ui.widgets.fields import FileTree, PathField, RecentFileList
from metaoptout_tui.ui.widgets.frame import Notice

_MAX_NAMES_SHOWN = 12


class ChoosePathsScreen(InputScreen[tuple[str, ...] | None]):
    """Asks for files and folders to read. Returns their paths. A subclass says what for."""

    TITLE_TEXT = ""
    """The headline; this and the three below are marked, and translated where they are shown."""
    FIELD_LABEL = ""
    """What is asked for."""
    HINT_IN_FIELD = HINT_IN_FILES = ""
    """What the keys do in the field, and among the newest files, with a place for the `key` that begins to read."""
    FILE_SUFFIXES: tuple[str, ...] = ()
    """How the names of files end that can be read."""
    START_COMMAND = ""
    """The name of the command that begins the reading; with an s at its end it says what its key does."""
    needs_writable_record = False
    DEFAULT_CSS = """
    ChoosePathsScreen #names, ChoosePathsScreen #chosen { height: auto; max-height: 4; padding: 0 1; }
    ChoosePathsScreen #names, ChoosePathsScreen #help { color: $muted; }
    ChoosePathsScreen #help { height: auto; }
    ChoosePathsScreen #how { height: auto; max-height: 9; padding: 0 1; border-top: solid $line; }
    ChoosePathsScreen FileTree { height: 1fr; border-top: solid $line; }
    """

    def __init__(self, context: AppContext, draft_key: str) -> None:
        super().__init__(context, draft_key)
        self._chosen_paths: tuple[str, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The field, the chosen paths, and the tree of folders."""
        yield Static(_(self.FIELD_LABEL), classes="field-name", markup=False)
        yield PathField(
            id="path", placeholder=_("type, paste or drop a path"), suffixes=self.FILE_SUFFIXES, posts_drops=True
        )
        yield Notice(id="names")
        yield Static(id="chosen", markup=False)
        yield Static(_("The newest files there are"), id="newest", classes="field-name", markup=False)
        yield RecentFileList(self.FILE_SUFFIXES, self.session.now, id="recent")
        yield FileTree(_start_folder(), self.FILE_SUFFIXES, id="folders")
        with VerticalScroll(id="how"):
            yield Static(id="help", markup=False)

    def on_mount(self) -> None:
        """Begin in the field, with the draft; errors are shown right below it."""
        self.move_child(self.query_one("#trouble"), after=self.query_one(PathField))
        self.query_one("#help", Static).update("\n".join(self.help_lines()))
        self.query_one("#newest").display = self.query_one(RecentFileList).display
        self.fill_fields()
        self._show_key_hint()

    @on(events.DescendantFocus)
    def _show_key_hint(self) -> None:
        if self.query_one(RecentFileList).has_focus:
            key = self.readable_key_of(f"{self.SCREEN_ID}.{self.START_COMMAND}")
            left = _(self.HINT_IN_FILES).format(key=key)
        elif self.query_one(FileTree).has_focus:
            key = self.readable_key_of(f"{self.SCREEN_ID}.add")
            left = _("Enter opens a folder or takes a file; {key} takes a whole folder.").format(key=key)
        else:
            key = self.readable_key_of(f"{self.SCREEN_ID}.{self.START_COMMAND}")
            left = _(self.HINT_IN_FIELD).format(key=key)
        self.set_headline(_(self.TITLE_TEXT), left=left)

    def help_lines(self) -> tuple[str, ...]:
        """How a person comes by such files, in lines."""
        raise NotImplementedError  # each screen asks for other files

    def fill_fields(self) -> None:
        """The typed and the chosen paths of the draft."""
        super().fill_fields()
        self._chosen_paths = tuple(self.draft.get("chosen", "").splitlines())
        field = self.query_one(PathField)
        with self.prevent(Input.Changed):
            field.value = self.draft.get("path", "")
        field.focus()
        self._show_chosen_paths()

    def typed_values(self) -> dict[str, str]:
        """The typed path, and the chosen ones in lines, without those that a text file cannot hold.

        Letters that are no path are not kept: they were meant as keys.
        """
        chosen = "\n".join(path for path in self._chosen_paths if path.isprintable())
        typed = self.query_one(PathField).value
        is_path = any(separator in typed for separator in ("/", "\\")) or path_exists(typed)
        return {"path": typed if is_path else "", "chosen": chosen}

    def rewrap_text(self) -> None:
        """Cut the chosen paths to the new width."""
        self._show_chosen_paths()

    # Paths

    @on(PathField.Dropped)
    def _paths_dropped(self, event: PathField.Dropped) -> None:
        self.query_one(PathField).value = ""
        self._add_paths(event.paths)

    def _add_typed_paths(self, typed: str) -> bool:
        try:
            return self._add_paths(parse_pasted_paths(typed))
        except InputRefused as error:
            self.say_error(error)
            return False

    def _add_paths(self, paths: tuple[str, ...]) -> bool:
        """Choose the paths that exist, and show an error for one that does not. Returns whether all exist."""
        missing = [path for path in paths if not path_exists(path)]
        existing = [str(Path(path).expanduser().absolute()) for path in paths if path_exists(path)]
        self._chosen_paths = tuple(dict.fromkeys((*self._chosen_paths, *existing)))
        words = _("There is no file or folder “{path}”. Empty the field, or type its path.")
        self.show_input_error(words.format(path=text.clean_line(missing[0], 300)) if missing else "")
        if missing:
            self.query_one(PathField).select_all()  # so that the next path replaces the wrong one
        self._show_chosen_paths()
        self.save_draft()
        return not missing

    def _show_chosen_paths(self) -> None:
        lines = [text.clean_line(with_tilde(Path(path)), 2_000) for path in self._chosen_paths[-2:]]
        more = len(self._chosen_paths) - len(lines)
        if more > 0:
            words = ngettext("and {count} more", "and {count} more", more)
            lines.insert(0, words.format(count=format_number(more)))
        words = "\n".join(f"{self.context.symbols.done} {line}" for line in lines)
        self.query_one("#chosen", Static).update(text_with_paths(words or _("Nothing is chosen yet.")))

    def _show_completions(self, names: tuple[str, ...] = ()) -> None:
        shown = "  ".join(text.clean_line(name) for name in names[:_MAX_NAMES_SHOWN])
        more = len(names) - _MAX_NAMES_SHOWN
        if more > 0:
            words = ngettext("and {count} more", "and {count} more", more)
            shown = f"{shown}  {words.format(count=format_number(more))}"
        self.query_one("#names", Notice).show(shown)

    @on(Input.Changed)
    def _clear_hints(self) -> None:
        self._show_completions()
        self.show_input_error("")

    @on(DirectoryTree.FileSelected)
    def _file_selected(self, event: DirectoryTree.FileSelected) -> None:
        self._add_paths((str(event.path),))

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Down goes from the field to the newest files and on to the folders, and Up back."""
        field, recent, tree = self.query_one(PathField), self.query_one(RecentFileList), self.query_one(FileTree)
        to: Widget | None = None
        if event.key == "down" and field.has_focus:
            to = recent if recent.display else tree
        elif event.key == "down" and recent.has_focus and recent.last_is_highlighted:
            to = tree
        elif event.key == "up" and recent.has_focus and recent.first_is_highlighted:
            to = field
        if to is not None:
            event.stop()
            event.prevent_default()
            self.set_focus(to)

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Choose the typed path or the highlighted file; with an empty field, or for a file once more, begin to read."""
        field, recent = self.query_one(PathField), self.query_one(RecentFileList)
        if recent.has_focus:
            if recent.highlighted_id in self._chosen_paths:
                self.start()
            else:
                self._add_paths((recent.highlighted_id,))
        elif not field.value.strip():
            self.start()
        elif self._add_typed_paths(field.value):
            field.value = ""

    def action_complete(self) -> None:
        """Complete the path as far as it is unambiguous, else show the choices; without a path go to the folders."""
        field, tree = self.query_one(PathField), self.query_one(FileTree)
        if tree.has_focus or not field.value:
            self.action_folders()
            return
        with self.prevent(Input.Changed):
            candidates = field.complete()
        self._show_completions(candidates)

    def start(self) -> None:
        """Begin to read the chosen paths and the typed one; where that is none, say so and read what is chosen."""
        field = self.query_one(PathField)
        chosen_before = self._chosen_paths
        if field.value.strip() and not self._add_typed_paths(field.value):
            if not chosen_before:
                return
            words = _("There is no file or folder “{path}”: only what you chose is read.")
            self.say(words.format(path=text.clean_line(field.value, 100)))
        if not self._chosen_paths:
            self.show_input_error(_("Choose a file or a folder first."))
            return
        self.session.drafts.discard(self.draft_key)
        self.finish(self._chosen_paths)

    def action_add(self) -> None:
        """Choose the highlighted file or folder."""
        path = self.query_one(FileTree).selected_path
        if path:
            self._add_paths((path,))

    def action_drop(self) -> None:
        """Remove the path that was chosen last."""
        self._chosen_paths = self._chosen_paths[:-1]
        self._show_chosen_paths()
        self.save_draft()

    def action_folders(self) -> None:
        """Move the focus between the field and the folders."""
        field, tree = self.query_one(PathField), self.query_one(FileTree)
        (field if tree.has_focus else tree).focus()


def _start_folder() -> Path:
    """The folder that the tree begins with: that for downloads, where exports arrive, else the home folder."""
    try:
        home = Path.home()
    except RuntimeError:
        return Path.cwd()
    return next(iter(folders_of_person()), home)
