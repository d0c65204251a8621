"""Add or change an account."""

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.core.overview import account_name
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.lists import Choices

UNKNOWN, NOT_LINKED, NAMED, NEW = "unknown", "none", "in:", "new"


class AccountScreen(FormPage[str | None]):
    """Platform, name or handle, e-mail address, and how it is linked. Enter in any field saves."""

    PLACE = "account"
    BINDINGS = bindings("account")
    DEFAULT_CSS = """
    AccountScreen Choices { max-height: 7; }
    AccountScreen .field-name { color: $text-accent; }
    """

    def __init__(self, desk: Desk, account: str = "") -> None:
        super().__init__(desk, draft_key("account", account))
        self._account = account

    def compose_page(self) -> ComposeResult:
        """The fields from top to bottom."""
        session, draft = self.session, self.draft
        old = session.progress.account(self._account)
        with VerticalScroll(can_focus=False):
            if old is None:
                yield Static("Platform", classes="field-name", markup=False)
                yield Choices([(each.id, each.name) for each in session.playbook.platforms], id="platform")
            yield Static("Name or handle, or its address on the web", classes="field-name", markup=False)
            yield Input(draft.get("name", old.name if old and not draft else ""), id="name")
            yield Static("E-mail address of this account", classes="field-name", markup=False)
            offered = old.email if old else session.progress.person.email
            yield Input(draft.get("email", "" if draft else offered), id="email", placeholder="you@example.org")
            yield Static("Its Accounts Centre (or Meta Account)", classes="field-name", markup=False)
            yield Choices(hub_rows(self.desk), id="hub")
            yield Input(draft.get("new-hub", ""), id="new-hub", placeholder="a name you choose, such as private")
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin with the name, on the likeliest platform."""
        old = self.session.progress.account(self._account)
        if old is None:
            self.head("Add an account", left="Enter saves. Tab goes from field to field.")
            self.query_one("#platform", Choices).go_to(self.draft.get("platform") or self._likeliest())
        else:
            self.head(f"Change {account_name(old, self.session.playbook)}", left="Enter saves.")
        self.query_one("#hub", Choices).go_to(self.draft.get("hub") or hub_key(old.hub if old else None))
        self._hub_highlighted()
        self.query_one("#name", Input).focus()

    def _likeliest(self) -> str:
        """Of Facebook and Instagram the one without an account yet, else Instagram, of which people have several."""
        used = {account.platform for account in self.session.progress.accounts}
        return next((platform for platform in ("facebook", "instagram") if platform not in used), "instagram")

    @on(Input.Changed, "#name")
    def _name_typed(self, event: Input.Changed) -> None:
        """A pasted address says which platform it is."""
        platforms = self.session.playbook.platforms
        found = next((each.id for each in platforms if any(f"{host}/" in event.value for host in each.hosts)), "")
        if found and not self._account:
            self.query_one("#platform", Choices).go_to(found)

    def typed(self) -> dict[str, str]:
        """The fields; where nothing was typed, nothing."""
        name, email = self.query_one("#name", Input).value, self.query_one("#email", Input).value
        old = self.session.progress.account(self._account)
        hub = self.query_one("#hub", Choices).chosen
        offered = (old.name, old.email) if old else ("", self.session.progress.person.email)
        known = hub_key(old.hub if old else None)
        if (name, email, hub) == (*offered, known) and not self.query_one("#new-hub", Input).value:
            return {}
        typed = {"name": name, "email": email, "hub": hub}
        typed["new-hub"] = self.query_one("#new-hub", Input).value
        if old is None:
            typed["platform"] = self.query_one("#platform", Choices).chosen
        return typed

    @on(OptionList.OptionHighlighted, "#hub")
    def _hub_highlighted(self) -> None:
        self.query_one("#new-hub", Input).display = self.query_one("#hub", Choices).chosen == NEW

    @on(OptionList.OptionSelected, "#platform")
    def _platform_clicked(self) -> None:
        self.query_one("#name", Input).focus()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Save, or say what is wrong."""
        if not self._account and self.query_one("#platform", Choices).has_focus:
            self.query_one("#name", Input).focus()
            return
        chosen, new = self.query_one("#hub", Choices).chosen, self.query_one("#new-hub", Input)
        if chosen == NEW and not new.value.strip():
            new.focus()
            return
        name, email = self.query_one("#name", Input).value, self.query_one("#email", Input).value
        hub = new.value.strip() if chosen == NEW else hub_of(chosen)
        saved: list[str] = [self._account]

        def act() -> None:
            if self._account:
                self.session.edit_account(self._account, name, email, hub)
            else:
                platform = self.query_one("#platform", Choices).chosen
                saved[0] = self.session.add_account(platform, name, email, hub).id

        if self.change(act):
            self.settle(saved[0])


def hub_rows(desk: Desk) -> list[tuple[str, str]]:
    """The ways an account can be linked, the known hubs among them."""
    return [
        (UNKNOWN, "I don't know (counts as not linked)"),
        (NOT_LINKED, "Not linked with another account"),
        *((f"{NAMED}{hub}", f"In “{hub}”") for hub in desk.session.progress.hubs()),
        (NEW, "In an Accounts Centre that is not named here yet"),
    ]


def hub_key(hub: str | None) -> str:
    """The row of a link."""
    if hub is None:
        return UNKNOWN
    return f"{NAMED}{hub}" if hub else NOT_LINKED


def hub_of(key: str) -> str | None:
    """The link of a row."""
    if key == UNKNOWN:
        return None
    return key.removeprefix(NAMED) if key.startswith(NAMED) else ""
