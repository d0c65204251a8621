"""The small app that asks at the start whose record is to be opened, where there are several people's."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static

from metaoptout_tui.app.paths import own_record_name, who_can_open_records
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.base.app import BaseApp, exit_on_signals
from metaoptout_tui.ui.base.screen_commands import bindings_for
from metaoptout_tui.ui.theme import DARK_THEME
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar
from metaoptout_tui.ui.widgets.lists import ChoiceList

_PERSON = "person-"


class WhoseRecordApp(BaseApp[str]):
    """Lists the names, and returns the chosen one, empty for the person's own record; None where they left."""

    BINDINGS = [*bindings_for("whose"), ("ctrl+c", "quit"), ("j", "down"), ("k", "up")]
    CSS = """
    Screen { background: $background; }
    ChoiceList { height: 1fr; }
    #who-can-open { height: auto; padding: 0 1; color: $muted; }
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        theme: str = DARK_THEME.name,
        keymap: Mapping[str, str] = MappingProxyType({}),
        no_color: bool = False,
    ) -> None:
        super().__init__(theme=theme, keymap=keymap, no_color=no_color)
        self._names = names

    def compose(self) -> ComposeResult:
        """The question and the names."""
        headline = Headline()
        headline.title = _("Whose record?")
        headline.left = _("Only the one that you choose is opened.")
        yield headline
        yield ChoiceList([(f"{_PERSON}{number}", name or own_record_name()) for number, name in enumerate(self._names)])
        yield Static(who_can_open_records(), id="who-can-open", markup=False)
        yield KeyBar(lambda _unused: True)

    def on_mount(self) -> None:
        """Begin on the first name."""
        exit_on_signals(self, self._leave_with_code)
        names = self.query_one(ChoiceList)
        names.goes_round = False
        names.focus()

    def _leave_with_code(self, code: int) -> None:
        self.exit(None, return_code=code)

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Take the highlighted name."""
        number = self.query_one(ChoiceList).highlighted_id.removeprefix(_PERSON)
        self.exit(self._names[int(number)])

    async def action_quit(self) -> None:
        """Leave; no record is opened."""
        self.exit(None)

    def action_up(self) -> None:
        """Go up."""
        self.query_one(ChoiceList).action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.query_one(ChoiceList).action_cursor_down()
