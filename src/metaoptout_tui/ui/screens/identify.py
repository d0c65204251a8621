"""Identify linked accounts: where Meta shows the list, and what the person has written down of it."""

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.diary import Since
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.text import cells, elided
from metaoptout_tui.core.wording import hub_words
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.linking import HUB_NAME, OTHER_HUB, ask_since, hub_of, hub_row, hub_rows
from metaoptout_tui.ui.screens.account import AccountScreen
from metaoptout_tui.ui.screens.ask import Answer, AskScreen, Other

_GAP = 2
_AROUND = 4


class IdentifyScreen(StepPage[str | None]):
    """All accounts with how they are linked; Enter says that the list is complete."""

    PLACE = STEP = "identify"
    LIST = "accounts"
    BINDINGS = bindings("identify")
    DEFAULT_CSS = "IdentifyScreen Choices { max-height: 40%; }"

    def begin(self) -> None:
        """Begin at the account that is walked."""
        self.rows.go_to(self._account)

    def show(self) -> None:
        """The accounts as they are now."""
        super().show()
        self.head("Which of your accounts are linked?", left="Add what is missing, then say that the list is complete.")
        self.rows.show_rows(self._account_rows())
        if self.standing is not None:
            self.read(self.guide(self.standing).walking())

    def _account_rows(self) -> list[tuple[str, Content]]:
        """Each account with its link beside it, or below it where there is no room for both."""
        accounts = self.session.progress.accounts
        names = [account_name(account, self.session.playbook) for account in accounts]
        links = [hub_words(account.hub) for account in accounts]
        room = self.size.width - _AROUND
        column = max(map(cells, names), default=0) + _GAP
        beside = column + max(map(cells, links), default=0) <= room
        rows = []
        for account, name, link in zip(accounts, names, links, strict=True):
            between = " " * (column - cells(name)) if beside else "\n  "
            rows.append(
                (account.id, Content.assemble(elided(name, 2 * room), between, (elided(link, 2 * room), "$muted")))
            )
        return rows

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_link()

    def action_complete(self) -> None:
        """The list is complete."""
        if self.change(lambda: self.session.list_complete(self._account)):
            self.dismiss("identify")

    def action_link(self) -> None:
        """Ask how the highlighted account is linked."""
        account = self.session.progress.account(self.rows.chosen)
        if account is None:
            return

        def linked(answer: Answer | None) -> None:
            if answer is None:
                return
            hub = hub_of(*answer)

            def so(since: Since | None) -> None:
                self.change(lambda: self.session.set_hub(account.id, hub, since))

            ask_since(self, hub, so, platform=account.platform, account=account.id)

        self.app.push_screen(
            AskScreen(
                self.desk,
                f"How is {account_name(account, self.session.playbook)} linked?",
                hub_rows(self.desk),
                chosen=hub_row(account.hub),
                other=Other(OTHER_HUB, HUB_NAME, draft_key("hub", account.id)),
            ),
            linked,
        )

    def action_add(self) -> None:
        """Add an account that is missing."""
        self.open_form(AccountScreen(self.desk))
