"""A record that cannot be opened: what is wrong with the file, and what can be done without losing anything."""

from textual import on
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from metaoptout_tui.core.progress import Progress
from metaoptout_tui.sitting import Trouble
from metaoptout_tui.ui.ending import stop_by_fault, watch_ending
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.scrub import Scrub
from metaoptout_tui.ui.theme import DARK, OWN, borrowed_variables

LEAVE, COPY, ANEW = "leave", "copy", "anew"


class TroubleApp(App[str]):
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
    Choices { margin: 0 1; height: auto; }
    #keys { dock: bottom; height: 1; background: $panel; padding: 0 1; }
    """

    def __init__(self, trouble: Trouble, *, theme: str = DARK.name, no_color: bool = False) -> None:
        super().__init__(ansi_color=True if no_color else None)
        self._trouble = trouble
        self._scrub = Scrub()
        self.animation_level = "none"
        for own in OWN:
            self.register_theme(own)
        self.theme = theme if theme in self.available_themes else DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colour names of ours that a theme may lack."""
        return {} if self.current_theme in OWN else borrowed_variables(self.current_theme)

    def get_line_filters(self) -> list[object]:  # type: ignore[override]  # the scrub is a filter by its shape
        """The last gate before the terminal."""
        return [*super().get_line_filters(), self._scrub]

    def compose(self) -> ComposeResult:
        """What is wrong, then the choices."""
        trouble = self._trouble
        rows = [(LEAVE, f"Leave, put {trouble.path.name} right, and start again")]
        if trouble.can_replace and trouble.copy is not None:
            count = len((trouble.progress or Progress()).accounts)
            words = (
                f"Go on from the last good version, {trouble.copy.name} ({count} account{'' if count == 1 else 's'})"
            )
            rows.append((COPY, f"{words}; the file is kept beside it"))
        if trouble.can_replace:
            rows.append((ANEW, "Begin a new record; the file is kept beside it"))
        with VerticalScroll(can_focus=False):
            yield Static(f"{trouble.error}\n\n{trouble.path}", id="what", markup=False)
            yield Choices(rows)
        yield Static("Enter take it   q leave", id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin on leaving, which changes nothing."""
        watch_ending(self, self._leave_by)
        self.query_one(Choices).focus()

    def _leave_by(self, code: int) -> None:
        self.exit(LEAVE, return_code=code)

    def _fatal_error(self) -> None:
        """Say where it broke, without the values of anything."""
        stop_by_fault(self)

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Do what the highlighted row says."""
        self.exit(self.query_one(Choices).chosen or LEAVE)

    def action_leave(self) -> None:
        """Leave; the file stays as it is."""
        self.exit(LEAVE)

    def action_up(self) -> None:
        """Go up."""
        self.query_one(Choices).action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.query_one(Choices).action_cursor_down()
