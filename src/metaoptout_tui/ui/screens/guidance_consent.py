"""Two decisions about guidance: which hosts may be contacted, and whether to use an offered feed edition.

No host is contacted and no edition is used before the person agrees.
"""

from textual.app import ComposeResult
from textual.content import Content

from metaoptout_tui.core import dates
from metaoptout_tui.core.links import parse_trusted_url
from metaoptout_tui.ui.base.reader import ReaderScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.text.builder import TextBuilder
from metaoptout_tui.ui.text.page_text import JumpableText, edition_changes_text
from metaoptout_tui.ui.widgets.reader import Reader


class FeedEditionScreen(ReaderScreen[bool | None]):
    """True when it was accepted, False when it was refused."""

    SCREEN_ID = "edition"

    def update_content(self) -> None:
        """What is offered, by whom."""
        super().update_content()
        offer = self.context.page_check.page_watcher.feed.offered
        if offer is None:
            return  # decided: the screen is about to close
        self.show_text(offer.edition.serial)
        count = len(offer.changes)
        self.set_headline(
            f"Guidance of {dates.format_partial_date(offer.edition.published)} from {offer.host}",
            left=f"{count} change{'' if count == 1 else 's'}; not reviewed by the makers of this program. Read, then decide.",
        )

    def build_text(self, width: int) -> JumpableText:
        """The changes."""
        offer = self.context.page_check.page_watcher.feed.offered
        if offer is None or not offer.changes:
            return JumpableText(Content("It changes nothing but its number and its date."), ())
        return edition_changes_text(offer.changes, width)

    def action_accept(self) -> None:
        """Use it."""
        page_watcher = self.context.page_check.page_watcher
        if self.make_change(page_watcher.feed.accept):
            self.session.view.playbook = page_watcher.playbook
            self.dismiss(True)

    def action_refuse(self) -> None:
        """Leave it."""
        if self.make_change(self.context.page_check.page_watcher.feed.decline):
            self.dismiss(False)

    action_next, action_last = ReaderScreen.jump_forward, ReaderScreen.jump_back


class HostConsentScreen(BaseScreen[bool | None]):
    """True when the person lets them be contacted."""

    SCREEN_ID = "hosts"
    DEFAULT_CSS = "HostConsentScreen Reader { height: 1fr; padding: 0 1; }"

    def compose_body(self) -> ComposeResult:
        """The words and the list."""
        yield Reader()

    def on_mount(self) -> None:
        """Ready to be read."""
        self.set_headline("Look whether the sources changed?", left="Nothing is contacted before you say so.")
        self.reader.focus()
        self.rewrap_text()

    def rewrap_text(self) -> None:
        """Written for the width there is."""
        self.reader.show_content(self._consent_text(self.reader.text_width), from_top=True)

    def _consent_text(self, width: int) -> Content:
        builder = TextBuilder(width)
        page_watcher = self.context.page_check.page_watcher
        known = self.context.page_check.consent.hosts
        builder.paragraph(
            "A look asks each public page below once. Its publisher sees that somebody asked, from your internet "
            "address, as with any visit. Nothing of your record is in the request, and it is the same for everybody: no "
            "cookies, no language, no version. A page that has moved is followed to another host of the same publisher, "
            "and to nobody else's."
        )
        builder.heading("Hosts that will be contacted")
        publishers: dict[str, dict[str, None]] = {}
        for page in page_watcher.pages_to_check():
            publishers.setdefault(parse_trusted_url(page.url).host, {})[page.publisher] = None
        for host in page_watcher.hosts_to_contact():
            new = "  new" if known and host not in known else ""
            who = publishers.get(host) or {"the feed that your settings name": None}
            builder.item(self.context.symbols.bullet, f"{host}{new}", ", ".join(who))
        if not page_watcher.permission.meta_pages:
            builder.heading("Not contacted")
            builder.item(
                self.context.symbols.bullet,
                "Meta's own hosts. A look there tells Meta that somebody looked; the Guidance screen can switch it on.",
            )
        return builder.content()

    def action_agree(self) -> None:
        """Look now."""
        self.dismiss(True)
