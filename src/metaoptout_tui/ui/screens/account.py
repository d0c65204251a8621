"""Add or change an account."""

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.core.diary import Since
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.form import FormPage
from metaoptout_tui.ui.linking import HUB_NAME, OTHER_HUB, ask_since, hub_of, hub_row, hub_rows
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.widgets.open_choices import OpenChoices


class AccountScreen(FormPage[str | None]):
    """Platform, name or handle, e-mail address, and how it is linked. Enter in any field saves."""

    PLACE = "account"
    BINDINGS = bindings("account")
    DEFAULT_CSS = """
    AccountScreen #platform { max-height: 7; }
    AccountScreen .field-name { color: $text-accent; }
    """

    def __init__(self, desk: Desk, account: str = "") -> None:
        super().__init__(desk, draft_key("account", account))
        self._account = account

    def compose_page(self) -> ComposeResult:
        """The fields from top to bottom."""
        session = self.session
        old = session.progress.account(self._account)
        with VerticalScroll(can_focus=False):
            if old is None:
                yield Static("Platform", classes="field-name", markup=False)
                yield Choices([(each.id, each.name) for each in session.playbook.platforms], id="platform")
            yield Static("Name or handle, or its address on the web", classes="field-name", markup=False)
            yield Input(id="name")
            yield Static("E-mail address of this account", classes="field-name", markup=False)
            yield Input(id="email", placeholder="you@example.org")
            yield Static("Its Accounts Centre (or Meta Account)", classes="field-name", markup=False)
            yield OpenChoices(hub_rows(self.desk), other=OTHER_HUB, placeholder=HUB_NAME, id="hub")
            yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin with the name, on the likeliest platform."""
        old = self.session.progress.account(self._account)
        if old is None:
            self.head("Add an account", left="Enter saves. Tab goes from field to field.")
        else:
            self.head(f"Change {account_name(old, self.session.playbook)}", left="Enter saves.")
        self.fill()

    @property
    def says_unsaved(self) -> bool:
        """An account that is not in the list yet, or a change of one that is not made."""
        return True

    def fill(self) -> None:
        """The account as it is, or as it was being typed."""
        super().fill()
        draft, old = self.draft, self.session.progress.account(self._account)
        name, email = self._offered
        with self.prevent(Input.Changed):
            self.query_one("#name", Input).value = draft.get("name", "" if draft else name)
            self.query_one("#email", Input).value = draft.get("email", "" if draft else email)
        if old is None:
            self.query_one("#platform", Choices).go_to(draft.get("platform") or self._likeliest())
        hub = self.query_one(OpenChoices)
        hub.begin(draft.get("hub") or hub_row(old.hub if old else None), draft.get("new-hub", ""))
        self.query_one("#name", Input).focus()

    @property
    def _offered(self) -> tuple[str, str]:
        """Name and e-mail address as they stand before anything is typed."""
        old = self.session.progress.account(self._account)
        return (old.name, old.email) if old else ("", self.session.progress.person.email)

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
        hub = self.query_one(OpenChoices)
        known = hub_row(old.hub if old else None)
        if (name, email, hub.row) == (*self._offered, known) and not hub.written:
            return {}
        typed = {"name": name, "email": email, "hub": hub.row, "new-hub": hub.written}
        if old is None:
            typed["platform"] = self.query_one("#platform", Choices).chosen
        return typed

    @on(OptionList.OptionSelected, "#platform")
    def _platform_clicked(self) -> None:
        self.query_one("#name", Input).focus()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Save, or say what is wrong."""
        if not self._account and self.query_one("#platform", Choices).has_focus:
            self.query_one("#name", Input).focus()
            return
        choices = self.query_one(OpenChoices)
        if choices.is_answered() and self.change(self._check):
            hub = hub_of(choices.row, choices.written)
            ask_since(self, hub, self._save, platform=self._platform, account=self._account)

    @property
    def _platform(self) -> str:
        old = self.session.progress.account(self._account)
        return old.platform if old else self.query_one("#platform", Choices).chosen

    def _check(self) -> None:
        """What cannot be is said before anything is asked."""
        name, email = self.query_one("#name", Input).value, self.query_one("#email", Input).value
        self.session.must_write()
        self.session.check_account(self._platform, name, email, but=self._account)

    def _save(self, since: Since | None) -> None:
        name, email = self.query_one("#name", Input).value, self.query_one("#email", Input).value
        choices = self.query_one(OpenChoices)
        hub = hub_of(choices.row, choices.written)
        saved: list[str] = [self._account]

        def act() -> None:
            if self._account:
                self.session.edit_account(self._account, name, email, hub, since)
            else:
                saved[0] = self.session.add_account(self._platform, name, email, hub, since).id

        if self.change(act):
            self.settle(saved[0])
