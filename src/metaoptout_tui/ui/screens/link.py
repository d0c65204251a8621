"""A link in full, and as a QR code for the phone."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from metaoptout_tui.core.links import SafeUrl
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.browsing import BrowsingPage
from metaoptout_tui.ui.desk import Desk


class LinkScreen(BrowsingPage[None]):
    """Black on white whatever the theme, because cameras want it so."""

    PLACE = "link"
    BINDINGS = bindings("link")
    DEFAULT_CSS = """
    LinkScreen #link { height: auto; padding: 0 1; }
    LinkScreen #code { width: auto; height: auto; margin: 0 1; }
    """

    def __init__(self, desk: Desk, link: SafeUrl) -> None:
        super().__init__(desk)
        self._link = link

    def compose_page(self) -> ComposeResult:
        """The code above, the link below."""
        with VerticalScroll():
            yield Static(id="code", markup=False)
            yield Static(Content(str(self._link)), id="link", markup=False)

    def on_mount(self) -> None:
        """Draw the code for the room there is."""
        self._draw()

    def resized(self) -> None:
        """Draw it again."""
        self._draw()

    def _draw(self) -> None:
        from metaoptout_tui.desktop.qr import qr_lines

        rows = self.size.height - 3 - 1 - len(str(self._link)) // max(1, self.size.width - 2)
        lines = qr_lines(self._link, max_columns=self.size.width - 2, max_rows=rows)
        self.head(
            f"Link on {self._link.host}",
            left="Point your phone's camera at it, or copy the link." if lines else "No room for a QR code here.",
        )
        code = self.query_one("#code", Static)
        code.display = lines is not None
        if lines is not None:
            code.update(Content.styled("\n".join(lines), "#000000 on #ffffff"))

    def action_browser(self) -> None:
        """Ask the browser."""
        self.ask_browser(self._link)

    def action_copy(self) -> None:
        """Copy the link."""
        self.copy(str(self._link), "The link")

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)
