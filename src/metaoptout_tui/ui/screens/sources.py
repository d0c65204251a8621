"""Where what a step says comes from: each source with its host, to open it, copy its address, or see what rests on it."""

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core import when
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import SafeUrl, published
from metaoptout_tui.core.playbook import Source
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.text import elided
from metaoptout_tui.core.wording import step_title
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.screens.link import LinkScreen


class SourcesScreen(StepPage[None]):
    """The sources above, about the highlighted one below; numbered as in the guide, or as the page before has them `first`."""

    PLACE = "sources"
    LIST = "sources"
    BINDINGS = bindings("sources")

    def __init__(self, desk: Desk, account: str, step: str, first: Sequence[str] = ()) -> None:
        super().__init__(desk, account)
        self.STEP = step
        self._first = first

    def show_account(self, standing: Standing) -> None:
        """Title and rows."""
        title = step_title(self.STEP, standing.account.platform, self.session.playbook)
        what = f"{self.key('sources.browser')} asks your browser to open the highlighted page."
        self.head(f"Sources of “{title}”", left=what)
        self.rows.show_rows([(source.id, self._row(number, source)) for number, source in self._sources])
        self.show_words()

    @property
    def _sources(self) -> tuple[tuple[int, Source], ...]:
        standing = self.standing
        return self.guide(standing).sources(self._first) if standing is not None else ()

    def _row(self, number: int, source: Source) -> Content:
        date = when.partial(source.date) if source.date else "undated"
        link = _link(source)
        host = link.host if link else "no public address"
        words = elided(f"{source.publisher}, {date}", max(_NARROWEST, self.size.width - _AROUND - len(host)))
        return Content.assemble((f"{number:>2} ", "bold $text-accent"), words, (f"  {host}", "$muted"))

    def show_words(self) -> None:
        """About the highlighted row."""
        standing, source = self.standing, self._source
        if standing is not None and source is not None:
            self.read(self.guide(standing).source(source))

    @property
    def _source(self) -> Source | None:
        return self.session.playbook.sources.get(self.rows.chosen)

    @on(OptionList.OptionSelected)
    def action_browser(self) -> None:
        """Ask the browser to open the page; where there is none to ask, show its address."""
        if link := self._opened_link():
            self.open_or_show(link)

    def action_copy(self) -> None:
        """Copy the address of the page."""
        link = self._opened_link()
        if link is not None:
            self.copy(str(link), "The address")

    def action_show(self) -> None:
        """Show the address in full and as a QR code."""
        link = self._opened_link()
        if link is not None:
            self.app.push_screen(LinkScreen(self.desk, link))

    def _opened_link(self) -> SafeUrl | None:
        source = self._source
        link = _link(source) if source is not None else None
        if link is None:
            self.say("No public address of this source is known.")
        return link


_AROUND, _NARROWEST = 8, 20


def _link(source: Source) -> SafeUrl | None:
    """The checked address of a source; None where it has none that may be opened."""
    try:
        return published(source.url) if source.url else None
    except LinkRefused:
        return None
