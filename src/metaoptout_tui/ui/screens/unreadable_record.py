"""The small app shown instead of the program when the record file cannot be read.

The file stays as it is unless the person chooses the last good copy or a new record; then it is kept beside the new one.
"""

from textual import on
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from metaoptout_tui.app.open_record import RecordOpenFailure
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.ui.shutdown import exit_on_signals, exit_with_crash_report
from metaoptout_tui.ui.theme import DARK_THEME, OWN_THEMES, SanitizingFilter, variables_for_foreign_theme
from metaoptout_tui.ui.widgets.lists import ChoiceList

LEAVE, USE_LAST_GOOD_COPY, START_NEW_RECORD = "leave", "copy", "anew"


class UnreadableRecordApp(App[str]):
    """Asks what to do with a file that is not understood. The file stays as it is unless the person chooses otherwise.

    The result is `leave`, `copy` (go on from the newest earlier version) or `anew`.
    """

    BINDINGS = [
        ("q,escape,ctrl+c", "leave", "Leave"),
        ("j", "down", "Down"),
        ("k", "up", "Up"),
        ("enter", "choose", "Take it"),
    ]
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { background: $background; }
    #what { padding: 1 2; height: auto; }
    ChoiceList { margin: 0 1; height: auto; }
    #keys { dock: bottom; height: 1; background: $panel; padding: 0 1; }
    """

    def __init__(self, trouble: RecordOpenFailure, *, theme: str = DARK_THEME.name, no_color: bool = False) -> None:
        super().__init__(ansi_color=True if no_color else None)
        self._trouble = trouble
        self._scrub = SanitizingFilter()
        self.animation_level = "none"
        for own in OWN_THEMES:
            self.register_theme(own)
        self.theme = theme if theme in self.available_themes else DARK_THEME.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colour names of ours that a theme may lack."""
        return {} if self.current_theme in OWN_THEMES else variables_for_foreign_theme(self.current_theme)

    def get_line_filters(self) -> list[object]:  # type: ignore[override]  # the scrub is a filter by its shape
        """The last gate before the terminal."""
        return [*super().get_line_filters(), self._scrub]

    def compose(self) -> ComposeResult:
        """What is wrong, then the choices."""
        trouble = self._trouble
        rows = [(LEAVE, f"Leave, put {trouble.path.name} right, and start again")]
        if trouble.can_replace and trouble.backup_path is not None:
            count = len((trouble.backup_record or Record()).accounts)
            words = f"Go on from the last good version, {trouble.backup_path.name} ({count} account{'' if count == 1 else 's'})"
            rows.append((USE_LAST_GOOD_COPY, f"{words}; the file is kept beside it"))
        if trouble.can_replace:
            rows.append((START_NEW_RECORD, "Begin a new record; the file is kept beside it"))
        with VerticalScroll(can_focus=False):
            yield Static(f"{trouble.error}\n\n{trouble.path}", id="what", markup=False)
            yield ChoiceList(rows)
        yield Static("Enter take it   q leave", id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin on leaving, which changes nothing."""
        exit_on_signals(self, self._leave_with_code)
        self.query_one(ChoiceList).focus()

    def _leave_with_code(self, code: int) -> None:
        self.exit(LEAVE, return_code=code)

    def _fatal_error(self) -> None:
        """Say where it broke, without the values of anything."""
        exit_with_crash_report(self)

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Do what the highlighted row says."""
        self.exit(self.query_one(ChoiceList).highlighted_id or LEAVE)

    def action_leave(self) -> None:
        """Leave; the file stays as it is."""
        self.exit(LEAVE)

    def action_up(self) -> None:
        """Go up."""
        self.query_one(ChoiceList).action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.query_one(ChoiceList).action_cursor_down()
