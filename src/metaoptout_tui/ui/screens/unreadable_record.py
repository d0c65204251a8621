"""The small app shown instead of the program when the record file cannot be read.

The file stays unchanged unless the person chooses the last good copy or a new record; then it is kept beside that.
"""

from collections.abc import Mapping
from types import MappingProxyType

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from metaoptout_tui.app.commands import commands_of
from metaoptout_tui.app.key_table import keys_of, readable_key
from metaoptout_tui.app.session import RecordOpenFailure
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.ui.base.app import BaseApp, exit_on_signals
from metaoptout_tui.ui.base.screen_commands import bindings_for
from metaoptout_tui.ui.theme import DARK_THEME
from metaoptout_tui.ui.widgets.lists import ChoiceList

LEAVE, USE_LAST_GOOD_COPY, START_NEW_RECORD = "leave", "copy", "anew"


class UnreadableRecordApp(BaseApp[str]):
    """Asks what to do with a record file that cannot be read.

    Returns `leave`, `copy` (go on from the newest earlier version) or `anew`.
    """

    BINDINGS = [*bindings_for("trouble"), ("ctrl+c", "quit", "Leave"), ("j", "down", "Down"), ("k", "up", "Up")]
    CSS = """
    Screen { background: $background; }
    #what { padding: 1 2; height: auto; }
    ChoiceList { margin: 0 1; height: auto; }
    #keys { dock: bottom; height: 1; background: $panel; padding: 0 1; }
    """

    def __init__(
        self,
        failure: RecordOpenFailure,
        *,
        theme: str = DARK_THEME.name,
        keymap: Mapping[str, str] = MappingProxyType({}),
        no_color: bool = False,
    ) -> None:
        super().__init__(theme=theme, keymap=keymap, no_color=no_color)
        self._failure = failure
        self._keymap_by_id = keymap

    def compose(self) -> ComposeResult:
        """The error, then the choices."""
        failure = self._failure
        rows = [(LEAVE, f"Leave, put {failure.path.name} right, and start again")]
        if failure.can_replace and failure.backup_path is not None:
            count = len((failure.backup_record or Record()).accounts)
            accounts = f"{count} account{'' if count == 1 else 's'}"
            words = f"Go on from the last good version, {failure.backup_path.name} ({accounts})"
            rows.append((USE_LAST_GOOD_COPY, f"{words}; the file is kept beside it"))
        if failure.can_replace:
            rows.append((START_NEW_RECORD, "Begin a new record; the file is kept beside it"))
        with VerticalScroll(can_focus=False):
            yield Static(f"{failure.error}\n\n{failure.path}", id="what", markup=False)
            yield ChoiceList(rows)
        keys = (
            f"{readable_key(keys_of(command, self._keymap_by_id)[0])} {command.title.lower()}"
            for command in commands_of("trouble")
        )
        yield Static("   ".join(keys), id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin on the row that leaves, which changes nothing."""
        exit_on_signals(self, self._leave_with_code)
        self.query_one(ChoiceList).focus()

    def _leave_with_code(self, code: int) -> None:
        self.exit(LEAVE, return_code=code)

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Take the highlighted row."""
        self.exit(self.query_one(ChoiceList).highlighted_id or LEAVE)

    async def action_quit(self) -> None:
        """Leave; the file stays unchanged."""
        self.exit(LEAVE)

    def action_up(self) -> None:
        """Go up."""
        self.query_one(ChoiceList).action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.query_one(ChoiceList).action_cursor_down()
