"""Before the first look: which hosts will be contacted, and what they learn."""

from textual.app import ComposeResult
from textual.content import Content

from metaoptout_tui.core.links import published
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.sheet import Sheet
from metaoptout_tui.ui.widgets.reader import Reader


class HostsScreen(Page[bool | None]):
    """True when the person lets them be contacted."""

    PLACE = "hosts"
    BINDINGS = bindings("hosts")
    DEFAULT_CSS = "HostsScreen Reader { height: 1fr; padding: 0 1; }"

    def compose_page(self) -> ComposeResult:
        """The words and the list."""
        yield Reader()

    def on_mount(self) -> None:
        """Ready to be read."""
        self.head("Look whether the sources changed?", left="Nothing is contacted before you say so.")
        self.query_one(Reader).focus()
        self.resized()

    def resized(self) -> None:
        """Written for the width there is."""
        reader = self.query_one(Reader)
        reader.show(self._words(reader.columns or self.size.width - 4), from_top=True)

    def _words(self, width: int) -> Content:
        sheet = Sheet(width)
        lookout = self.desk.looking.lookout
        known = self.desk.looking.consent.hosts
        sheet.paragraph(
            "A look asks each public page below once. Its publisher sees that somebody asked, from your internet "
            "address, as with any visit. Nothing of your record is in the request, and it is the same for everybody: no "
            "cookies, no language, no version. A page that has moved is followed to another host of the same publisher, "
            "and to nobody else's."
        )
        sheet.heading("Hosts that will be contacted")
        publishers: dict[str, dict[str, None]] = {}
        for page in lookout.pages():
            publishers.setdefault(published(page.url).host, {})[page.publisher] = None
        for host in lookout.hosts():
            new = "  new" if known and host not in known else ""
            who = publishers.get(host) or {"the feed that your settings name": None}
            sheet.item(self.desk.marks.bullet, f"{host}{new}", ", ".join(who))
        if not lookout.permission.meta_pages:
            sheet.heading("Not contacted")
            sheet.item(
                self.desk.marks.bullet,
                "Meta's own hosts. A look there tells Meta that somebody looked; the Guidance screen can switch it on.",
            )
        return sheet.content()

    def action_agree(self) -> None:
        """Look now."""
        self.dismiss(True)

    def action_page_down(self) -> None:
        """Read on."""
        self.query_one(Reader).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Read back."""
        self.query_one(Reader).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Not now."""
        self.dismiss(False)
