"""Guidance: how current it is, source by source, and the key that asks them anew."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from metaoptout_tui.core.currency import sentence, state_sentences, state_words
from metaoptout_tui.core.errors import LinkRefused, MetaOptOutError
from metaoptout_tui.core.links import published
from metaoptout_tui.core.playbook import WatchedPage
from metaoptout_tui.core.text import cells, elided
from metaoptout_tui.core.watch import PageRecord, PageState
from metaoptout_tui.core.wording import step_title
from metaoptout_tui.ui.beside import BesidePage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import LANGUAGE_NAMES
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.messages import LookAsked, LookStopAsked
from metaoptout_tui.ui.sheet import Sheet
from metaoptout_tui.ui.widgets.reader import Reader

KINDS = {
    "authority": "Authorities",
    "consumer": "Consumer organisations",
    "rights": "Rights organisations",
    "press": "Press and trackers",
    "meta": "Meta",
}
"""The kinds of publishers in the order of the list, as it calls them."""


class GuidanceScreen(BesidePage[None]):
    """The pages by publisher with their states; below, all there is to say about the highlighted one."""

    PLACE = "guidance"
    BINDINGS = bindings("guidance")
    DEFAULT_CSS = """
    GuidanceScreen Choices { height: 1fr; max-height: 100%; }
    GuidanceScreen #look { height: auto; padding: 0 1; color: $text-accent; }
    GuidanceScreen Reader { height: 9; padding: 0 1; border-top: solid $line; }
    GuidanceScreen.-roomy Reader { height: 12; }
    GuidanceScreen.-narrow Reader { height: 7; }
    """

    def compose_page(self) -> ComposeResult:
        """The list above, the look under way, and the words about one page below."""
        yield Choices(id="pages")
        yield Static(id="look", markup=False)
        yield Reader()

    def on_mount(self) -> None:
        """Begin with the first page that changed, else with the first."""
        self.show()
        rows = self.query_one(Choices)
        unread = self.desk.looking.lookout.unread()
        rows.go_to(unread[0].id if unread else self.session.playbook.pages[0].id)
        rows.focus()

    def show(self) -> None:
        """What is known now."""
        super().show()
        looking = self.desk.looking
        lookout = looking.lookout
        permission = lookout.permission
        weekly = "on" if permission.weekly else "off"
        self.head(
            "How current is the guidance?",
            left=permission.offline or f"{sentence(lookout.age())} · weekly look {weekly}",
        )
        line = self.query_one("#look", Static)
        words = "\n".join(filter(None, (looking.line(self.size.width - 2, self.desk.marks), self._feed_words())))
        line.display = bool(words)
        line.update(words)
        self._show_rows()
        self._show_words()

    def _feed_words(self) -> str:
        """Whose guidance is in use where it is not the program's own, and what the feed offers."""
        lookout = self.desk.looking.lookout
        parts = [lookout.feed_words] if lookout.feed_words and not self.desk.looking.running else []
        if lookout.offer is not None:
            parts.append(f"{self.key('guidance.edition')} shows what it would change.")
        elif lookout.in_use.origin.is_feed:
            parts.append(lookout.in_use.words(self.session.now().date()))
            parts.append(f"{self.key('guidance.own')} goes back to the program's own.")
        return " ".join(parts)

    def _show_rows(self) -> None:
        rows: list[tuple[str, str | Content]] = []
        headings = []
        for kind, title in KINDS.items():
            pages = [page for page in self.session.playbook.pages if page.kind == kind]
            if not pages:
                continue
            unseen = kind == "meta" and not self.desk.looking.lookout.permission.meta_pages
            why = ": not looked at, since the look itself tells Meta" if unseen else ""
            rows.append((f"-{kind}", Content.styled(f"{title}{why}", "$text-accent")))
            headings.append(f"-{kind}")
            rows.extend((page.id, self._row(page)) for page in pages)
        choices = self.query_one(Choices)
        choices.show_rows(rows)
        for heading in headings:
            choices.disable_option(heading)

    def _row(self, page: WatchedPage) -> Content:
        record = self.desk.looking.lookout.record(page.id)
        marks = self.desk.marks
        sign, style = {
            PageState.NOT_FETCHED: (marks.todo, "$muted"),
            PageState.UNCHANGED: (marks.done, "$text-success"),
            PageState.CHANGED: (marks.waiting, "$text-warning"),
        }.get(record.state, (marks.trouble, "$text-warning"))
        words = state_words(record, self.session.now())
        room = max(1, self.size.width - 4 - 2 - 4 - cells(words) - 2)
        name = elided(f"{page.publisher}: {self.session.playbook.texts.say(f'page.{page.id}')}", room)
        gap = " " * (room - cells(name) + 2)
        return Content.assemble(
            (f"{sign} ", style),
            (f"{page.language:<4}", "$muted"),
            f"{name}{gap}",
            (words, style if record.unread or record.fault else "$muted"),
        )

    def _show_words(self) -> None:
        page = self._page
        reader = self.query_one(Reader)
        if page is None:
            return
        texts = self.session.playbook.texts
        lookout = self.desk.looking.lookout
        sheet = Sheet(reader.columns or self.size.width - 4)
        sheet.paragraph(f"{page.publisher}: {texts.say(f'page.{page.id}')}", "bold")
        language = LANGUAGE_NAMES.get(page.language, page.language)
        sheet.paragraph(f"{page.url}  ({language})", "$muted")
        sheet.paragraph(" ".join(state_sentences(lookout.record(page.id), self.session.now())))
        sheet.paragraph(self._rests(page))
        reader.show(sheet.content(), from_top=True)

    def _rests(self, page: WatchedPage) -> str:
        steps, told = self.session.playbook.resting_on(page)
        if not told:
            return "Nothing that this program says rests on it; it is watched for news."
        names = [step_title(step, "", self.session.playbook) for step in steps]
        where = f", in {', '.join(f'“{name}”' for name in names)}" if names else ""
        return f"{told} thing{'' if told == 1 else 's'} that this program says rest{'s' if told == 1 else ''} on it{where}."

    @property
    def _page(self) -> WatchedPage | None:
        return self.session.playbook.page(self.query_one(Choices).chosen)

    @property
    def _record(self) -> PageRecord:
        return self.desk.looking.lookout.record(self.query_one(Choices).chosen)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show_words()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_read()

    def looked(self) -> None:
        """The look went on."""
        self.show()

    def resized(self) -> None:
        """Rows and words are written for the width there is."""
        self.show()

    # What the keys do

    def action_look(self) -> None:
        """Ask the pages."""
        self.app.post_message(LookAsked())

    def action_read(self) -> None:
        """Read a page."""
        self._open_page(changes=False)

    def action_changes(self) -> None:
        """See what changed in a page."""
        self._open_page(changes=True)

    def _open_page(self, *, changes: bool) -> None:
        from metaoptout_tui.ui.screens.page import PageScreen

        page = self._page
        if page is None:
            return
        if not self._record.digest:
            self.say(f"Nothing of it is here yet. {self.key('guidance.look')} looks now.")
        elif changes and not self._record.unread:
            self.say("It has not changed since you read it.")
        else:
            self.app.push_screen(PageScreen(self.desk, page.id, changes=changes))

    def action_mark_read(self) -> None:
        """The page is read."""
        if self._record.unread:
            id = self._record.id
            self.change(lambda: self.desk.looking.lookout.mark_read(id))
        else:
            self.say("There is nothing new in it.")

    def action_browser(self) -> None:
        """Open the page in the browser."""
        page = self._page
        if page is None:
            return
        try:
            self.ask_browser(published(page.url))
        except LinkRefused as error:
            self.say_error(error)

    def action_edition(self) -> None:
        """Read what the feed offers."""
        from metaoptout_tui.ui.screens.edition import EditionScreen

        if self.desk.looking.lookout.offer is not None:
            self.app.push_screen(EditionScreen(self.desk))
        elif self.desk.looking.lookout.permission.feed_url:
            self.say(f"The feed has offered nothing yet. {self.key('guidance.look')} looks now.")
        else:
            self.say("No feed is set. Your settings can name one: guidance.feed_url.")

    def action_own(self) -> None:
        """Go back to the program's own guidance."""
        lookout = self.desk.looking.lookout
        if not lookout.in_use.origin.is_feed:
            self.say("The program's own guidance is in use.")
        elif self.change(lookout.go_back):
            self.session.use_guidance(lookout.playbook)
            self.show()

    def action_weekly(self) -> None:
        """Switch the weekly look."""
        looking = self.desk.looking
        on = not looking.consent.weekly
        if self._switched(weekly=on):
            self.say("Once a week, at a start, the pages are looked at." if on else "Nothing is looked at unasked.")

    def action_meta_pages(self) -> None:
        """Switch the pages on Meta's hosts."""
        on = not self.desk.looking.consent.meta_pages
        if self._switched(meta_pages=on):
            self.say("Meta's pages are looked at too; that tells Meta." if on else "Meta's pages are not looked at.")

    def _switched(self, *, weekly: bool | None = None, meta_pages: bool | None = None) -> bool:
        try:
            self.desk.looking.switch(weekly=weekly, meta_pages=meta_pages)
        except MetaOptOutError as error:
            self.say_error(error)
            return False
        self.show()
        return True

    def action_back(self) -> None:
        """Stop the look, or leave."""
        if self.desk.looking.running:
            self.app.post_message(LookStopAsked())
        else:
            super().action_back()
