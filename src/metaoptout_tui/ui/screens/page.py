"""One watched page: its text as it was last fetched, or what changed in it since the person read it."""

from textual.app import ComposeResult
from textual.content import Content

from metaoptout_tui.core.currency import state_sentences
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import published
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.browsing import BrowsingPage
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.page_sheet import PageText, compared, written
from metaoptout_tui.ui.widgets.reader import Reader


class PageScreen(BrowsingPage[None]):
    """Read offline, from the copy that is kept."""

    PLACE = "page"
    BINDINGS = bindings("page")
    DEFAULT_CSS = "PageScreen Reader { height: 1fr; padding: 0 1; }"

    def __init__(self, desk: Desk, page: str, *, changes: bool = False) -> None:
        super().__init__(desk)
        self._page = page
        self._changes = changes
        self._text = PageText(Content(""), ())
        self._shown: tuple[object, ...] = ()

    def compose_page(self) -> ComposeResult:
        """The text."""
        yield Reader()

    def on_mount(self) -> None:
        """Ready to be scrolled."""
        self.query_one(Reader).focus()
        self.show()

    def show(self) -> None:
        """The text, or the changes, for the width there is."""
        super().show()
        lookout = self.desk.looking.lookout
        page = self.session.playbook.page(self._page)
        if page is None:
            self.dismiss(None)
            return
        record = lookout.record(self._page)
        reader = self.query_one(Reader)
        shown = (self._changes, reader.columns, record.digest, record.read)
        if shown != self._shown:
            fresh = shown[:1] != self._shown[:1]
            self._shown = shown
            self._text = self._written(reader.columns or self.size.width - 4)
            reader.show(self._text.content, from_top=fresh)
        what = "What changed" if self._changes else self.session.playbook.texts.say(f"page.{self._page}")
        self.head(
            f"{page.publisher}: {what}",
            left=" ".join(state_sentences(record, self.session.now())),
        )

    def _written(self, width: int) -> PageText:
        lookout = self.desk.looking.lookout
        if self._changes:
            changes = lookout.changes(self._page)
            if changes:
                return compared(changes, width)
            return PageText(Content(f"It is as you read it. {self.key('page.changes')} turns to its text."), ())
        article = lookout.article(self._page)
        if article is None:
            return PageText(
                Content("The copy of this page is gone from the cache folder. The next look fetches it."), ()
            )
        return written(article, self.desk.marks, width)

    def resized(self) -> None:
        """Lines are written for the width there is."""
        self.show()

    def action_changes(self) -> None:
        """Turn between text and changes."""
        self._changes = not self._changes
        self.show()

    def action_mark_read(self) -> None:
        """The page is read."""
        lookout = self.desk.looking.lookout
        if not lookout.record(self._page).unread:
            self.say("There is nothing new in it.")
        elif self.change(lambda: lookout.mark_read(self._page)):
            self.dismiss(None)

    def action_next_heading(self) -> None:
        """Go to the next heading or change."""
        reader = self.query_one(Reader)
        top = reader.scroll_offset.y
        reader.scroll_to(y=next((stop for stop in self._text.stops if stop > top), reader.max_scroll_y), animate=False)

    def action_last_heading(self) -> None:
        """Go to the one before."""
        reader = self.query_one(Reader)
        top = reader.scroll_offset.y
        reader.scroll_to(y=max((stop for stop in self._text.stops if stop < top), default=0), animate=False)

    def action_links(self) -> None:
        """List the links."""
        from metaoptout_tui.ui.screens.page_links import PageLinksScreen

        article = self.desk.looking.lookout.article(self._page)
        if article is None or not article.links():
            self.say("There is no link in it.")
        else:
            self.app.push_screen(PageLinksScreen(self.desk, self._page, article.links()))

    def action_browser(self) -> None:
        """Open the page in the browser."""
        page = self.session.playbook.page(self._page)
        if page is not None:
            try:
                self.ask_browser(published(page.url))
            except LinkRefused as error:
                self.say_error(error)

    def action_up(self) -> None:
        """Up by a line."""
        self.query_one(Reader).scroll_relative(y=-1, animate=False)

    def action_down(self) -> None:
        """Down by a line."""
        self.query_one(Reader).scroll_relative(y=1, animate=False)

    def action_page_down(self) -> None:
        """Read on."""
        self.query_one(Reader).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Read back."""
        self.query_one(Reader).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)
