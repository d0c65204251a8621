"""The small app that asks at the start whose record is to be opened, where there are several people's."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from textual.app import ComposeResult
from textual.widgets import Static

from metaoptout_tui.app.paths import own_record_name, who_can_open_records
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.base.question_app import QuestionApp
from metaoptout_tui.ui.base.screen_commands import bindings_for
from metaoptout_tui.ui.theme import DARK_THEME
from metaoptout_tui.ui.widgets.frame import Headline, KeyBar
from metaoptout_tui.ui.widgets.lists import ChoiceList

_PERSON = "person-"


class WhoseRecordApp(QuestionApp):
    """Lists the names, and returns the chosen one, empty for the person's own record; None where they left."""

    BINDINGS = [*bindings_for("whose")]
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

    def answer_of_row(self, row_id: str) -> str | None:
        """The name of the person in the row."""
        return self._names[int(row_id.removeprefix(_PERSON))]
