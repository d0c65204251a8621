"""The links of a fetched page, with their hosts; those that lead to Meta or stay with the publisher can be opened."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.article import Link
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import SafeUrl, linked_from, published
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.browsing import BrowsingPage
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.lists import Choices


class PageLinksScreen(BrowsingPage[None]):
    """Every link once; a page can name any address, so each is checked before it can be opened."""

    PLACE = "page-links"
    BINDINGS = bindings("page-links")
    DEFAULT_CSS = "PageLinksScreen Choices { height: 1fr; max-height: 100%; }"

    def __init__(self, desk: Desk, page: str, links: Sequence[Link]) -> None:
        super().__init__(desk)
        self._page = page
        self._links = links
        self._safe: dict[str, SafeUrl] = {}
        self._why: dict[str, str] = {}

    def compose_page(self) -> ComposeResult:
        """One list."""
        yield Choices(id="links")

    def on_mount(self) -> None:
        """Check each link once; begin at the first."""
        page = self.session.playbook.page(self._page)
        if page is None:
            self.dismiss(None)
            return
        home = published(page.url)
        for number, link in enumerate(self._links):
            try:
                self._safe[str(number)] = linked_from(home, link.url)
            except LinkRefused as error:
                self._why[str(number)] = str(error)
        self.head(f"{page.publisher}: links", left=f"{len(self._safe)} of {len(self._links)} can be opened from here.")
        self.query_one(Choices).show_rows(
            (str(number), self._row(str(number), link)) for number, link in enumerate(self._links)
        )
        self.query_one(Choices).focus()

    def _row(self, number: str, link: Link) -> Content:
        safe = self._safe.get(number)
        if safe is None:
            return Content.assemble((link.label or link.url, "$muted"), "\n  ", (f"not opened: {link.url}", "$muted"))
        return Content.assemble(link.label or safe.host, "\n  ", (safe.host, "$text-accent"), (safe.path, "$muted"))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_browser()

    def action_browser(self) -> None:
        """Open the link in the browser, or say why not."""
        number = self.query_one(Choices).chosen
        if number in self._safe:
            self.ask_browser(self._safe[number])
        elif number in self._why:
            self.notify(self._why[number], severity="warning", markup=False, timeout=8)

    def action_copy(self) -> None:
        """Copy the link, if it may be opened."""
        number = self.query_one(Choices).chosen
        if number in self._safe:
            self.copy(str(self._safe[number]), "The link")
        elif number in self._why:
            self.notify(self._why[number], severity="warning", markup=False, timeout=8)

    def action_up(self) -> None:
        """Go up."""
        self.query_one(Choices).action_cursor_up()

    def action_down(self) -> None:
        """Go down."""
        self.query_one(Choices).action_cursor_down()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)
