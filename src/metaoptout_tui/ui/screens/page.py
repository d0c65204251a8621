"""One watched page: its text as it was last fetched, or what changed in it since the person read it."""

from textual.content import Content

from metaoptout_tui.core.currency import state_sentences
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import published
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.page_sheet import PageText, compared, written
from metaoptout_tui.ui.reading import ReadingPage


class PageScreen(ReadingPage[None]):
    """Read offline, from the copy that is kept."""

    PLACE = "page"
    BINDINGS = bindings("page")

    def __init__(self, desk: Desk, page: str, *, changes: bool = False) -> None:
        super().__init__(desk)
        self._page = page
        self._changes = changes

    def show(self) -> None:
        """The text, or the changes."""
        super().show()
        page = self.session.playbook.page(self._page)
        if page is None:
            self.dismiss(None)
            return
        record = self.desk.looking.lookout.record(self._page)
        self.read(self._changes, record.digest, record.read)
        what = "What changed" if self._changes else self.session.playbook.texts.say(f"page.{self._page}")
        self.head(f"{page.publisher}: {what}", left=" ".join(state_sentences(record, self.session.now())))

    def written(self, width: int) -> PageText:
        """The text of the page, or what changed in it."""
        lookout = self.desk.looking.lookout
        if self._changes:
            changes = lookout.changes(self._page)
            if changes:
                return compared(changes, width)
            return PageText(Content(f"It is as you read it. {self.key('page.changes')} turns to its text."), ())
        article = lookout.article(self._page)
        if article is None:
            return PageText(
                Content("The copy of this page is gone from the cache. The next look fetches it again."), ()
            )
        return written(article, self.desk.marks, width)

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
        self.to_next_stop()

    def action_last_heading(self) -> None:
        """Go to the one before."""
        self.to_last_stop()

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

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)
