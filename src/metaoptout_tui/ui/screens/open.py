"""Open Privacy Centre: the way through the menus first, then the forms' links, until the form is in front of the person."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import SafeUrl, genuine
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.desktop.programs import Opening
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.screens.link import LinkScreen
from metaoptout_tui.ui.widgets.reader import Reader


class OpenScreen(StepPage[str | None]):
    """Enter asks the browser once, and the next time says that the form is there."""

    PLACE = STEP = "open"
    BINDINGS = bindings("open")
    DEFAULT_CSS = """
    OpenScreen Reader { border-top: none; }
    OpenScreen #way { height: auto; padding: 0 1; border-top: solid $line; color: $text-accent; }
    OpenScreen Choices { max-height: 8; }
    """

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk, account)
        self._asked = not desk.browser().probe().can_open
        self._links: dict[str, SafeUrl] = {}

    def compose_page(self) -> ComposeResult:
        """Menus above, links below."""
        yield Reader()
        yield Static(id="way", markup=False)
        yield Choices(id="forms")

    def show_account(self, standing: Standing) -> None:
        """Menus, forms and what Enter does now."""
        session = self.session
        name = account_name(standing.account, session.playbook)
        what = "Enter when the form is in front of you" if self._asked else "Enter asks your browser to open the form"
        self.head(f"{name}: open Privacy Centre", left=what)
        self.read(self.guide(standing).opening())
        probe = self.desk.browser().probe()
        way = "Or by link, in the browser you are logged in to. The likeliest form first:"
        if not probe.can_open:
            way = f"{probe.why} Use the link or its QR code, in a browser you are logged in to:"
        self.query_one("#way", Static).update(way)
        rows = []
        self._links.clear()
        for form in session.playbook.forms_for(platform=standing.account.platform, region=standing.region.id):
            try:
                link = genuine(form.url)
            except LinkRefused:
                continue
            self._links[form.id] = link
            words = session.playbook.texts.say(f"form.{form.id}")
            rows.append((form.id, Content.assemble(words, "\n  ", (str(link), "$muted"))))
        self.rows.show_rows(rows)

    @property
    def _link(self) -> SafeUrl | None:
        return self._links.get(self.rows.chosen)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_browser()

    def action_go(self) -> None:
        """Ask the browser, or say that the form is there."""
        if self._asked:
            self.action_there()
        else:
            self.action_browser()

    def action_browser(self) -> None:
        """Ask the browser to open the highlighted form."""
        link = self._link
        if link is None:
            self.say("There is no form to open. Go by the menus.")
            return

        def asked(opening: Opening) -> None:
            self._asked = True
            if not opening.can_open:
                self.app.push_screen(LinkScreen(self.desk, link))
            self.show()

        self._asked = True
        self.ask_browser(link, asked)
        self.show()

    def action_copy(self) -> None:
        """Copy the highlighted link."""
        if self._link is not None:
            self.copy(str(self._link), "The link")

    def action_show(self) -> None:
        """Show the highlighted link in full and as a QR code."""
        if self._link is not None:
            self.app.push_screen(LinkScreen(self.desk, self._link))

    def action_there(self) -> None:
        """The form is in front of the person."""
        if self.change(lambda: self.session.tick(self._account, "open")):
            key = draft_key("submit", self._account)
            self.session.keep_draft(key, {**self.session.draft(key), "form": self.rows.chosen})
            self.dismiss("open")
