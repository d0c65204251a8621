"""The small app shown instead of the program when the record file cannot be read, or is gone.

Nothing is written unless the person chooses a kept version or a new record; a file that is there is kept beside that.
"""

from collections.abc import Mapping
from types import MappingProxyType

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.restoring import RestorableVersion, describe_names
from metaoptout_tui.app.session import RecordOpenFailure
from metaoptout_tui.app.typed_paths import with_tilde
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.base.app import BaseApp, exit_on_signals
from metaoptout_tui.ui.base.screen_commands import bindings_for
from metaoptout_tui.ui.theme import DARK_THEME
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar
from metaoptout_tui.ui.widgets.lists import ChoiceList

LEAVE, START_NEW_RECORD = "leave", "anew"
_VERSION = "version-"


def chosen_version(answer: str | None, failure: RecordOpenFailure) -> RestorableVersion | None:
    """The version that an answer stands for; None for the other answers."""
    number = (answer or "").removeprefix(_VERSION)
    return failure.versions[int(number)] if number.isdecimal() else None


class UnreadableRecordApp(BaseApp[str]):
    """Asks what to do with a record that cannot be read or is gone.

    Returns `leave`, `anew`, or an answer for `chosen_version`.
    """

    BINDINGS = [*bindings_for("trouble"), ("ctrl+c", "quit"), ("j", "down"), ("k", "up")]
    CSS = """
    Screen { background: $background; }
    #what { padding: 1 1; height: auto; }
    ChoiceList { height: auto; max-height: 100%; }
    """

    def __init__(
        self,
        failure: RecordOpenFailure,
        *,
        theme: str = DARK_THEME.name,
        keymap: Mapping[str, str] = MappingProxyType({}),
        no_color: bool = False,
        clock: Clock = system_clock,
    ) -> None:
        super().__init__(theme=theme, keymap=keymap, no_color=no_color)
        self._failure = failure
        self._clock = clock

    def compose(self) -> ComposeResult:
        """The error, then the choices."""
        failure = self._failure
        leave = (
            _("Leave, and look for the file, and start again")
            if failure.is_gone
            else _("Leave, put {file} right, and start again").format(file=failure.path.name)
        )
        rows = [(LEAVE, leave)]
        if failure.can_replace:
            rows += [
                (f"{_VERSION}{number}", self._version_row(version)) for number, version in enumerate(failure.versions)
            ]
            rows.append(
                (
                    START_NEW_RECORD,
                    _("Begin a new record; what is left of the old one stays")
                    if failure.is_gone
                    else _("Begin a new record; the file is kept beside it"),
                )
            )
        headline = Headline()
        headline.title = _("Your record is gone") if failure.is_gone else _("Your record cannot be read")
        headline.left = with_tilde(failure.path)
        yield headline
        with VerticalScroll(can_focus=False):
            yield Static(str(failure.error), id="what", markup=False)
            yield ChoiceList(rows)
        yield KeyBar(lambda _unused: True)

    def _version_row(self, version: RestorableVersion) -> str:
        words = _("Go on from {version}").format(version=version.describe(self._clock))
        if names := describe_names(version.record):
            words = f"{words} ({names})"
        if version.program:
            words = f"{words} {_('(a copy that {program} left)').format(program=version.program)}"
        return words

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
