"""How current the guidance is, source by source; which hosts may be contacted; and what an offered edition changes."""

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.app.guidance.page_check_questions import (
    hosts_with_publishers,
    how_a_check_asks,
    words_on_meta_pages,
    words_on_weekly,
)
from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.playbook import WatchedPage
from metaoptout_tui.core.guidance.watched_page_status import (
    WatchedPageState,
    WatchedPageStatus,
    page_state_label,
    page_state_sentences,
    uses_of_page,
)
from metaoptout_tui.core.language.formatting import format_list, format_number, labelled, quoted
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.ui.base.list_and_detail import ListAndDetailScreen
from metaoptout_tui.ui.base.reader import ReaderScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import PageCheckRequested, PageCheckStopRequested
from metaoptout_tui.ui.text.builder import TextBuilder, page_check_line
from metaoptout_tui.ui.text.pages_and_letters import JumpableText, edition_changes_text
from metaoptout_tui.ui.text.rows import Column, fixed, row_in_columns
from metaoptout_tui.ui.widgets.frame import Notice
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.reader import Reader


class FeedEditionScreen(ReaderScreen[bool | None]):
    """The changes of an offered edition. Returns True if the person accepted it, False if they refused it."""

    SCREEN_ID = "edition"

    def update_content(self) -> None:
        """The offered edition and where it comes from."""
        super().update_content()
        offer = self.context.page_check.page_watcher.feed.offered
        if offer is None:
            return  # decided: the screen is about to close
        self.show_text(offer.edition.serial)
        count = len(offer.changes)
        self.set_headline(
            _("Guidance of {date} from {host}").format(
                date=dates.format_partial_date(offer.edition.published), host=offer.host
            ),
            left=ngettext(
                "{count} change; not reviewed by the makers of this program. Read, then decide.",
                "{count} changes; not reviewed by the makers of this program. Read, then decide.",
                count,
            ).format(count=format_number(count)),
        )

    def build_text(self, width: int) -> JumpableText:
        """The changes of the edition."""
        offer = self.context.page_check.page_watcher.feed.offered
        if offer is None or not offer.changes:
            return JumpableText(Content(_("It changes nothing but its number and its date.")), ())
        return edition_changes_text(offer.changes, width)

    def action_accept(self) -> None:
        """Use the edition."""
        page_watcher = self.context.page_check.page_watcher
        if self.make_change(page_watcher.feed.accept):
            self.session.view.playbook = page_watcher.playbook
            self.dismiss(True)

    def action_refuse(self) -> None:
        """Decline the edition."""
        if self.make_change(self.context.page_check.page_watcher.feed.decline):
            self.dismiss(False)

    action_next, action_last = ReaderScreen.jump_forward, ReaderScreen.jump_back


class HostConsentScreen(BaseScreen[bool | None]):
    """The hosts that a page check contacts. Returns True if the person agrees."""

    SCREEN_ID = "hosts"
    DEFAULT_CSS = "HostConsentScreen Reader { height: 1fr; padding: 0 1; }"

    def compose_body(self) -> ComposeResult:
        """One text."""
        yield Reader()

    def on_mount(self) -> None:
        """Show the text and give it the focus."""
        self.set_headline(_("Check whether the sources changed?"), left=_("Nothing is contacted before you say so."))
        self.reader.focus()
        self.rewrap_text()

    def rewrap_text(self) -> None:
        """Write the text for the new width."""
        self.reader.show_content(self._consent_text(self.reader.text_width), from_top=True)

    def _consent_text(self, width: int) -> Content:
        builder = TextBuilder(width)
        page_watcher = self.context.page_check.page_watcher
        builder.paragraph(how_a_check_asks())
        builder.heading(_("Hosts that will be contacted"))
        for host, publishers in hosts_with_publishers(self.context.page_check):
            builder.item(self.context.symbols.bullet, host, publishers)
        if notice := page_watcher.feed_lookup_notice():
            builder.paragraph(notice)
        if not page_watcher.permission.meta_pages:
            builder.heading(_("Not contacted"))
            builder.item(
                self.context.symbols.bullet,
                _(
                    "Meta's own hosts. Asking there tells Meta that somebody asked; the Guidance screen can "
                    "switch it on."
                ),
            )
        return builder.content()

    def action_agree(self) -> None:
        """Agree, which begins the page check."""
        self.dismiss(True)


PUBLISHER_KINDS = {
    "authority": mark("Authorities"),
    "consumer": mark("Consumer organisations"),
    "rights": mark("Rights organisations"),
    "press": mark("Press and trackers"),
    "meta": "Meta",
}
"""The headings of the list, marked, by kind of publisher, in their order."""


class GuidanceScreen(ListAndDetailScreen[None]):
    """The watched pages by kind of publisher with their states; the details of the highlighted one below."""

    SCREEN_ID = "guidance"
    DEFAULT_CSS = """
    GuidanceScreen ChoiceList { height: 1fr; max-height: 100%; }
    GuidanceScreen #look { color: $text-accent; }
    GuidanceScreen Reader { height: 9; padding: 0 1; border-top: solid $line; }
    GuidanceScreen.-roomy Reader { height: 12; }
    GuidanceScreen.-narrow Reader { height: 7; }
    """

    def compose_body(self) -> ComposeResult:
        """The list, the progress of the page check, and the details of one page."""
        yield ChoiceList(id="pages")
        yield Notice(id="look")
        yield Reader()

    def highlight_first_row(self) -> None:
        """Begin at the first page with an unread change, else at the first."""
        unread = self.context.page_check.page_watcher.unread_pages()
        self.choice_list.go_to(unread[0].id if unread else self.session.playbook.pages[0].id)

    def update_content(self) -> None:
        """The present state of the page check, the feed and the pages."""
        super().update_content()
        page_check = self.context.page_check
        permission = page_check.page_watcher.permission
        left = _("Weekly check on · {freshness}") if permission.weekly else _("Weekly check off · {freshness}")
        left = permission.offline_reason or left.format(freshness=page_check.page_watcher.freshness_line())
        self.set_headline(_("How current is the guidance?"), left=left)
        lines = (page_check_line(page_check, self.size.width - 2, self.context.symbols), self._feed_text())
        self.query_one("#look", Notice).show("\n".join(filter(None, lines)))
        self._show_rows()
        self.show_detail()

    def _feed_text(self) -> str:
        """The outcome of the last request to the feed, what the feed offers, and guidance in use that came from it."""
        page_watcher = self.context.page_check.page_watcher
        outcome = page_watcher.feed.outcome
        parts = [outcome] if outcome and not self.context.page_check.is_running else []
        if page_watcher.feed.offered is not None:
            parts.append(_("{key} shows what it would change.").format(key=self.readable_key_of("guidance.edition")))
        elif page_watcher.guidance.origin.is_from_feed:
            parts.append(page_watcher.guidance.describe(self.session.now().date()))
            parts.append(_("{key} goes back to the program's own.").format(key=self.readable_key_of("guidance.own")))
        return " ".join(parts)

    def _show_rows(self) -> None:
        rows: list[tuple[str, str | Content]] = []
        for kind, title in PUBLISHER_KINDS.items():
            pages = [page for page in self.session.playbook.pages if page.kind == kind]
            if not pages:
                continue
            is_left_out = kind == "meta" and not self.context.page_check.page_watcher.permission.meta_pages
            heading = _(title)
            if is_left_out:
                heading = _("{publishers}: not checked, since the check itself tells Meta").format(publishers=heading)
            rows.append((f"-{kind}", Content.styled(heading, "$text-accent")))
            rows.extend((page.id, self._page_row(page)) for page in pages)
        self.choice_list.show_rows(rows)

    def _page_row(self, page: WatchedPage) -> Content:
        status = self.context.page_check.page_watcher.page_status(page.id)
        symbols = self.context.symbols
        sign, style = {
            WatchedPageState.NOT_FETCHED: (symbols.todo, "$muted"),
            WatchedPageState.UNCHANGED: (symbols.done, "$text-success"),
            WatchedPageState.CHANGED: (symbols.waiting, "$text-warning"),
        }.get(status.state, (symbols.attention, "$text-warning"))
        words = page_state_label(status, self.session.now())
        room = max(1, self.size.width - 4 - 2 - 4 - cell_len(words) - 2)
        return row_in_columns(
            fixed(f"{sign} ", style),
            Column(page.language, 4, "$muted"),
            Column(labelled(page.publisher, self.session.playbook.texts.sentence(f"page.{page.id}")), room),
            fixed(f"  {words}", style if status.has_unread_change or status.fault else "$muted"),
        )

    def show_detail(self) -> None:
        """The details of the highlighted page."""
        page = self._highlighted_page
        if page is None:
            return
        texts = self.session.playbook.texts
        page_watcher = self.context.page_check.page_watcher
        builder = TextBuilder(self.reader.text_width)
        builder.paragraph(labelled(page.publisher, texts.sentence(f"page.{page.id}")), "bold")
        language = language_name(page.language)
        builder.paragraph(f"{page.url}  ({language})", "$muted")
        builder.paragraph(" ".join(page_state_sentences(page_watcher.page_status(page.id), self.session.now())))
        builder.paragraph(self._dependents_text(page))
        self.reader.show_content(builder.content(), from_top=True)

    def _dependents_text(self, page: WatchedPage) -> str:
        steps, count = uses_of_page(page, self.session.playbook)
        if not count:
            return _("Nothing that this program says rests on it; it is watched for news.")
        titles = format_list(quoted(step_title(step, "", self.session.playbook)) for step in steps)
        if titles:
            words = ngettext(
                "{count} thing that this program says rests on it, in {steps}.",
                "{count} things that this program says rest on it, in {steps}.",
                count,
            )
        else:
            words = ngettext(
                "{count} thing that this program says rests on it.",
                "{count} things that this program says rest on it.",
                count,
            )
        return words.format(count=format_number(count), steps=titles)

    @property
    def _highlighted_page(self) -> WatchedPage | None:
        return self.session.playbook.page(self.choice_list.highlighted_id)

    @property
    def _highlighted_page_status(self) -> WatchedPageStatus:
        return self.context.page_check.page_watcher.page_status(self.choice_list.highlighted_id)

    def page_check_updated(self) -> None:
        """Show how the page check went on."""
        self.update_content()

    # Actions

    def action_look(self) -> None:
        """Begin a page check."""
        self.app.post_message(PageCheckRequested())

    @on(OptionList.OptionSelected)
    def action_read(self) -> None:
        """Open the text of the highlighted page."""
        self._open_page(changes=False)

    def action_changes(self) -> None:
        """Open the changes of the highlighted page."""
        self._open_page(changes=True)

    def _open_page(self, *, changes: bool) -> None:
        page = self._highlighted_page
        if page is None:
            return
        if not self._highlighted_page_status.digest:
            self.say(
                _("Nothing of it is here yet. {key} checks now.").format(key=self.readable_key_of("guidance.look"))
            )
        elif changes and not self._highlighted_page_status.has_unread_change:
            self.say(_("It has not changed since you read it."))
        else:
            self.open_screen("page", page.id, changes)

    def action_mark_read(self) -> None:
        """Mark the change of the highlighted page as read."""
        if self._highlighted_page_status.has_unread_change:
            id = self._highlighted_page_status.id
            self.make_change(lambda: self.context.page_check.page_watcher.mark_read(id))
        else:
            self.say(_("There is nothing new in it."))

    def action_browser(self) -> None:
        """Open the highlighted page in the browser."""
        if self._highlighted_page is not None:
            self.open_page_in_browser(self._highlighted_page)

    def action_edition(self) -> None:
        """Open the edition that the feed offers."""
        if self.context.page_check.page_watcher.feed.offered is not None:
            self.open_screen("edition")
        elif self.context.page_check.page_watcher.permission.feed_url:
            self.say(
                _("The feed has offered nothing yet. {key} checks now.").format(
                    key=self.readable_key_of("guidance.look")
                )
            )
        else:
            self.say(_("No feed is set. Your settings can name one: guidance.feed_url."))

    def action_own(self) -> None:
        """Return to the program's own guidance."""
        page_watcher = self.context.page_check.page_watcher
        if not page_watcher.guidance.origin.is_from_feed:
            self.say(_("The program's own guidance is in use."))
        elif self.make_change(page_watcher.feed.return_to_bundled):
            self.session.view.playbook = page_watcher.playbook
            self.update_content()

    def action_weekly(self) -> None:
        """Switch the weekly page check on or off."""
        is_on = not self.context.page_check.consent.weekly
        if self._switch_permission(weekly=is_on):
            self.say(words_on_weekly(is_on=is_on))

    def action_meta_pages(self) -> None:
        """Switch the check of pages on Meta's hosts on or off."""
        is_on = not self.context.page_check.consent.meta_pages
        if self._switch_permission(meta_pages=is_on):
            self.say(words_on_meta_pages(is_on=is_on))

    def _switch_permission(self, *, weekly: bool | None = None, meta_pages: bool | None = None) -> bool:
        try:
            self.context.page_check.change_consent(weekly=weekly, meta_pages=meta_pages)
        except MetaOptOutError as error:
            self.say_error(error)
            return False
        self.update_content()
        return True

    def action_back(self) -> None:
        """Stop the running page check, else leave."""
        if self.context.page_check.is_running:
            self.app.post_message(PageCheckStopRequested())
        else:
            super().action_back()
