"""Chats are being read: how far that is, which file, and a way to stop it or to walk on meanwhile."""

from textual.app import ComposeResult
from textual.widgets import Static

from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.page import Page

_EVERY = 0.1
"""Seconds between two looks at how far it is."""


class ScanScreen(Page[bool | None]):
    """True when the reading came to an end, also to one that the person asked for."""

    PLACE = "scan"
    BINDINGS = bindings("scan")
    DEFAULT_CSS = """
    ScanScreen > #bar, ScanScreen > #file { height: auto; padding: 1 1 0 1; }
    """

    def compose_page(self) -> ComposeResult:
        """Two lines."""
        yield Static(id="bar", markup=False)
        yield Static(id="file", markup=False)

    def on_mount(self) -> None:
        """Follow the reading."""
        self.head("Reading your chats", left="On this machine: no text is kept, and nothing leaves it.")
        self.set_interval(_EVERY, self.show)
        self.show()

    def show(self) -> None:
        """How far it is now."""
        super().show()
        scanning = self.desk.scanning
        self.query_one("#bar", Static).update(scanning.line(self.size.width - 2, self.desk.marks))
        self.query_one("#file", Static).update(scanning.file)

    def scanned(self) -> bool:
        """Show what was found."""
        self.dismiss(True)
        return True

    def action_stop(self) -> None:
        """Stop at the next block; the end of the reading leaves this screen."""
        self.desk.scanning.stop()

    def action_back(self) -> None:
        """Walk on."""
        self.dismiss(None)
