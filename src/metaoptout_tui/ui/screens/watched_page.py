"""One watched page as it was last fetched, what changed in it since the person read it, and its links.

The page comes from the cache. Its links are untrusted and are checked before one can be opened.
"""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.guidance.page_content import PageLink
from metaoptout_tui.core.guidance.watched_page_status import page_state_sentences
from metaoptout_tui.core.language.formatting import format_number, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.links import SafeUrl, parse_link_on_page, parse_trusted_url
from metaoptout_tui.ui.base.browser_and_clipboard import BrowserAndClipboardScreen
from metaoptout_tui.ui.base.reader import ReaderScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.pages_and_letters import JumpableText, article_text, changes_text
from metaoptout_tui.ui.widgets.lists import ChoiceList


class WatchedPageScreen(ReaderScreen[None]):
    """The text or the changes of one page, from its copy in the cache."""

    SCREEN_ID = "page"

    def __init__(self, context: AppContext, page: str, changes: bool) -> None:  # noqa: FBT001 - by make_screen
        super().__init__(context)
        self._page_id = page
        self._shows_changes = changes

    def update_content(self) -> None:
        """The text, or the changes."""
        super().update_content()
        page = self.session.playbook.page(self._page_id)
        if page is None:
            self.dismiss(None)
            return
        status = self.context.page_check.page_watcher.page_status(self._page_id)
        self.show_text(self._shows_changes, status.digest, status.read_digest)
        title = (
            _("What changed") if self._shows_changes else self.session.playbook.texts.sentence(f"page.{self._page_id}")
        )
        self.set_headline(
            labelled(page.publisher, title), left=" ".join(page_state_sentences(status, self.session.now()))
        )

    def build_text(self, width: int) -> JumpableText:
        """The text of the page, or what changed in it."""
        page_watcher = self.context.page_check.page_watcher
        if self._shows_changes:
            changes = page_watcher.changes_since_read(self._page_id)
            if changes:
                return changes_text(changes, width)
            return JumpableText(
                Content(
                    _("It is as you read it. {key} turns to its text.").format(key=self.readable_key_of("page.changes"))
                ),
                (),
            )
        article = page_watcher.page_content(self._page_id)
        if article is None:
            return JumpableText(
                Content(_("The copy of this page is gone from the cache. The next check fetches it again.")), ()
            )
        return article_text(article, self.context.symbols, width)

    def action_changes(self) -> None:
        """Switch between text and changes."""
        self._shows_changes = not self._shows_changes
        self.update_content()

    def action_mark_read(self) -> None:
        """Mark the change as read."""
        page_watcher = self.context.page_check.page_watcher
        if not page_watcher.page_status(self._page_id).has_unread_change:
            self.say(_("There is nothing new in it."))
        elif self.make_change(lambda: page_watcher.mark_read(self._page_id)):
            self.dismiss(None)

    action_next_heading, action_last_heading = ReaderScreen.jump_forward, ReaderScreen.jump_back

    def action_links(self) -> None:
        """Open the list of links in the page."""
        article = self.context.page_check.page_watcher.page_content(self._page_id)
        if article is None or not article.links():
            self.say(_("There is no link in it."))
        else:
            self.app.push_screen(PageLinksScreen(self.context, self._page_id, article.links()))

    def action_browser(self) -> None:
        """Open the page in the browser."""
        page = self.session.playbook.page(self._page_id)
        if page is not None:
            self.open_page_in_browser(page)


class PageLinksScreen(BrowserAndClipboardScreen[None]):
    """Every link of a page, once. Those that are refused are shown but cannot be opened."""

    SCREEN_ID = "page-links"
    shows_link_without_browser = False
    DEFAULT_CSS = "PageLinksScreen ChoiceList { height: 1fr; max-height: 100%; }"

    def __init__(self, context: AppContext, page: str, links: Sequence[PageLink]) -> None:
        super().__init__(context)
        self._page_id = page
        self._links = links
        self._safe_links: dict[str, SafeUrl] = {}
        self._refusal_texts: dict[str, str] = {}

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield ChoiceList(id="links")

    def on_mount(self) -> None:
        """Check the links; begin at the first."""
        page = self.session.playbook.page(self._page_id)
        if page is None:
            self.dismiss(None)
            return
        home = parse_trusted_url(page.url)
        for number, link in enumerate(self._links):
            try:
                self._safe_links[str(number)] = parse_link_on_page(home, link.url)
            except LinkRefused as error:
                self._refusal_texts[str(number)] = str(error)
        self.set_headline(
            _("{publisher}: links").format(publisher=page.publisher),
            left=ngettext(
                "{count} of {total} can be opened from here.",
                "{count} of {total} can be opened from here.",
                len(self._safe_links),
            ).format(count=format_number(len(self._safe_links)), total=format_number(len(self._links))),
        )
        self.choice_list.show_rows(
            (str(number), self._link_row(str(number), link)) for number, link in enumerate(self._links)
        )
        self.choice_list.focus()

    def _link_row(self, number: str, link: PageLink) -> Content:
        url = self._safe_links.get(number)
        if url is None:
            return Content.assemble(
                (link.label or link.url, "$muted"), "\n  ", (_("not opened: {url}").format(url=link.url), "$muted")
            )
        return Content.assemble(link.label or url.host, "\n  ", (url.host, "$text-accent"), (url.path, "$muted"))

    @property
    def link_in_view(self) -> SafeUrl | None:
        """The highlighted link; if it is refused, show why."""
        number = self.choice_list.highlighted_id
        if number in self._refusal_texts:
            self.notify(self._refusal_texts[number], severity="warning", markup=False, timeout=8)
        return self._safe_links.get(number)

    @on(OptionList.OptionSelected)
    def _link_selected(self) -> None:
        self.action_browser()
