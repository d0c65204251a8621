"""The authority that takes a complaint: its pages to open, its languages, what it wants, and how far that is verified."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.authority import Authority
from metaoptout_tui.core.clocks import BY_LETTER
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import SafeUrl, published
from metaoptout_tui.core.playbook import Region
from metaoptout_tui.core.wording import sureness_line
from metaoptout_tui.session import Posted
from metaoptout_tui.ui.beside import BesidePage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.screens.ask import HOW_SENT, Answer, AskScreen, DateScreen
from metaoptout_tui.ui.screens.link import LinkScreen
from metaoptout_tui.ui.sheet import Sheet
from metaoptout_tui.ui.widgets.reader import Reader

GERMANY = "DE"
_NO_LAND = "none"


class _Link(NamedTuple):
    """One page to begin at: what it is, and its address."""

    what: str
    url: str


def ask_land(page: Page[Any], then: Callable[[], object]) -> None:
    """Ask in which Land a person in Germany lives, keep it, and go on; an unanswered question changes nothing."""
    session = page.session
    rows = [(each.code, each.land) for each in page.desk.authorities().laender()]
    rows.append((_NO_LAND, "I leave it open: show me the page that finds it"))

    def answered(answer: Answer | None) -> None:
        if answer is None:
            return
        land = "" if answer.row == _NO_LAND else answer.row
        if land == session.progress.person.land or page.change(lambda: session.set_land(land)):
            then()

    title = "In which Land do you live?"
    words = "In Germany a complaint about a company goes to the authority of your Land."
    page.open_form(AskScreen(page.desk, title, rows, chosen=session.progress.person.land, words=words), answered)


class AuthorityScreen(BesidePage[None]):
    """Its pages above, about it below."""

    PLACE = "authority"
    BINDINGS = bindings("authority")
    DEFAULT_CSS = """
    AuthorityScreen Choices { max-height: 40%; }
    AuthorityScreen Reader { height: 1fr; padding: 0 1; border-top: solid $line; }
    """

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk)
        self._account = account
        self._links: dict[str, _Link] = {}

    def compose_page(self) -> ComposeResult:
        """The pages above, about the authority below."""
        yield Choices(id="pages")
        yield Reader()

    def on_mount(self) -> None:
        """Begin in the list."""
        self.show()
        self.rows.focus()

    @property
    def _authority(self) -> Authority | None:
        person = self.session.progress.person
        return self.desk.authorities().authority_for(person.country, person.land)

    def show(self) -> None:
        """Pages and words as they are now."""
        super().show()
        authority = self._authority
        lives = self.session.progress.person.country
        title = authority.name if authority else f"No authority is known for {'where you live' if lives else 'you yet'}"
        self.head(title, left=f"{self.key('authority.browser')} asks your browser to open the highlighted page.")
        self._links = {str(number): link for number, link in enumerate(self._pages(authority))}
        self.rows.show_rows([(key, self._row(link)) for key, link in self._links.items()])
        self._show_words()

    def _pages(self, authority: Authority | None) -> list[_Link]:
        known = self.desk.authorities()
        pages = []
        if authority is not None:
            if authority.complaint:
                pages.append(_Link("Page for complaints", authority.complaint))
            pages.append(_Link("Main site", authority.site))
            pages.extend(
                _Link(known.sentences.get(f"also.{each.what}", each.what), each.url) for each in authority.also
            )
        if authority is None or self._region.law == "gdpr":
            pages.append(_Link("All authorities of the EEA", known.fallback))
        return pages

    @property
    def _region(self) -> Region:
        return self.session.playbook.region_of(self.session.progress.person.country)

    def _row(self, link: _Link) -> Content:
        safe = _checked(link.url)
        return Content.assemble((link.what, "bold"), (f"  {safe.host if safe else link.url}", "$muted"))

    def resized(self) -> None:
        """Lines are written for the width there is."""
        self.show()

    @on(OptionList.OptionHighlighted)
    def _show_words(self) -> None:
        reader = self.query_one(Reader)
        reader.show(self._words(reader.columns or self.size.width - 4))

    def _words(self, width: int) -> Content:
        known, authority, bullet = self.desk.authorities(), self._authority, self.desk.marks.bullet
        sheet = Sheet(width)
        link = self._links.get(self.rows.chosen)
        if link is not None:
            sheet.paragraph(link.url)
        if authority is None:
            sheet.heading("What to know")
            if not self.session.progress.person.country:
                sheet.item(bullet, f"No country is set. {self.key('authority.you')} says where you live.")
            sheet.item(bullet, known.sentences["fallback"])
            return sheet.content()
        sheet.heading("What to know")
        if authority.land:
            sheet.item(
                bullet, f"It is the authority of {authority.land}. {self.key('authority.land')} changes the Land."
            )
        elif authority.code == GERMANY:
            sheet.item(bullet, f"{self.key('authority.land')} chooses the Land you live in.")
        sheet.item(bullet, f"It takes complaints in {authority.taken}, according to one public list.")
        for remark in known.remarks(authority):
            sheet.item(bullet, remark)
        region = self._region
        said = self.session.playbook.statements_for(step="region", platform="", region=region.id)
        for statement in said:
            if statement.id in (f"region.{region.id}.authority", f"region.{region.id}.complaint"):
                sheet.item(bullet, self.session.playbook.texts.say(statement.id), sureness_line(statement.basis))
        if authority.emails:
            sheet.item(bullet, f"E-mail, from one public list and not verified: {', '.join(authority.emails)}")
        return sheet.content()

    @property
    def _link(self) -> SafeUrl | None:
        link = self._links.get(self.rows.chosen)
        safe = _checked(link.url) if link else None
        if safe is None:
            self.say("This address cannot be opened from here.")
        return safe

    @on(OptionList.OptionSelected)
    def action_browser(self) -> None:
        """Ask the browser to open the page; where there is none to ask, show its address."""
        if link := self._link:
            self.open_or_show(link)

    def action_copy(self) -> None:
        """Copy the address of the page."""
        if link := self._link:
            self.copy(str(link), "The address")

    def action_show(self) -> None:
        """Show the address in full and as a QR code."""
        if link := self._link:
            self.app.push_screen(LinkScreen(self.desk, link))

    def action_land(self) -> None:
        """Choose the Land."""
        if self.session.progress.person.country == GERMANY:
            ask_land(self, self.show)
        else:
            self.say("Only in Germany does a complaint go to the authority of a part of the country.")

    def action_complained(self) -> None:
        """Write down a complaint that was made on the authority's own page, or in another way without a letter from here."""
        if self._authority is None:
            self.say("Say first where you live: the record names the authority to which you complained.")
            return
        self.app.push_screen(AskScreen(self.desk, "How did you complain?", HOW_SENT), self._ask_when)

    def _ask_when(self, answer: Answer | None) -> None:
        authority = self._authority
        if answer is None or authority is None:
            return
        by = BY_LETTER if answer.row == BY_LETTER else ""

        def write_down(at: datetime) -> None:
            self.session.send(self._account, Posted("complained", at, by, authority.name))

        def done(at: datetime | None) -> None:
            if at is not None:
                self.say(f"Recorded: complaint sent to {authority.name}.")

        self.app.push_screen(DateScreen(self.desk, "When did you complain?", act=write_down), done)


def _checked(url: str) -> SafeUrl | None:
    try:
        return published(url)
    except LinkRefused:
        return None
