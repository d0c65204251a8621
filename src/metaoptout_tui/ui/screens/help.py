"""Help: every key that works on the screen it was asked from, as it is bound now."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from metaoptout_tui.ui.actions import action_by_id
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.key_table import readable_key
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.places import EVERYWHERE, PLACES
from metaoptout_tui.ui.sheet import Sheet

_KEYS = 15


class HelpScreen(Page[None]):
    """Made from the live bindings, so that it follows the user's key table."""

    PLACE = "help"
    BINDINGS = bindings("help")
    DEFAULT_CSS = """
    HelpScreen VerticalScroll { padding: 0 1; }
    HelpScreen Static { height: auto; }
    """

    def __init__(self, desk: Desk, place: str, keys: list[tuple[str, Binding]]) -> None:
        super().__init__(desk)
        self._place = place
        self._live = keys

    def compose_page(self) -> ComposeResult:
        """The keys by screen, then how to get on."""
        with VerticalScroll():
            yield Static(id="words", markup=False)

    def on_mount(self) -> None:
        """Scrollable at once."""
        self.head(f"Help: {PLACES.get(self._place, self._place)}", left=f"Your record: {self.desk.file}")
        self.query_one(VerticalScroll).focus()

    def resized(self) -> None:
        """The words are written for the width there is."""
        self.query_one("#words", Static).update(self._words())

    def _words(self) -> Content:
        keys: dict[str, list[str]] = {}
        for key, binding in self._live:
            if binding.id and action_by_id(binding.id):
                keys.setdefault(binding.id, []).append(readable_key(key))
        sheet = Sheet(self.size.width - 4)
        for place in (self._place, EVERYWHERE):
            rows = [(action_by_id(id), names) for id, names in keys.items() if id.startswith(f"{place}.")]
            if not rows:
                continue
            sheet.heading(PLACES.get(place, place))
            for action, names in rows:
                if action is not None:
                    sheet.item(f"{', '.join(names):<{_KEYS}}", action.help, sign_style="bold")
        sheet.heading("Lists and fields")
        for name, words in _LISTS:
            sheet.item(f"{name:<{_KEYS}}", words, sign_style="bold")
        return sheet.content()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


_LISTS = (
    ("↑ ↓", "Move in a list."),
    ("Tab, Shift+Tab", "Go to the next or the previous pane or field."),
    ("Home, End", "Go to the first or the last row."),
    ("Shift+drag", "Select text with the mouse, as your terminal does it."),
)
