"""The step that lists the linked accounts: the person says how each is linked, and that the list is complete."""

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.objection.sentences import describe_link
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.core.text import elide_to_width
from metaoptout_tui.ui.base.list_and_detail import StepScreen
from metaoptout_tui.ui.screens.account import (
    GROUP_NAME_PLACEHOLDER,
    NEW_GROUP_LABEL,
    AccountScreen,
    ask_linked_since,
    linked_group_from_option,
    linked_group_option_id,
    linked_group_options,
)
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, FreeTextOption

_COLUMN_GAP = 2
_ROW_MARGIN = 4


class LinkedAccountsScreen(StepScreen[str | None]):
    """All accounts with their links; Enter says that the list is complete."""

    SCREEN_ID = STEP = StepId.IDENTIFY
    LIST_ID = "accounts"
    DEFAULT_CSS = "LinkedAccountsScreen ChoiceList { max-height: 40%; }"

    def highlight_first_row(self) -> None:
        """Begin at the account of the step."""
        self.choice_list.go_to(self._account_id)

    def update_content(self) -> None:
        """The present accounts and links."""
        super().update_content()
        self.set_headline(
            "Which of your accounts are linked?", left="Add what is missing, then say that the list is complete."
        )
        self.choice_list.show_rows(self._account_rows())
        if self.account_status is not None:
            guide = self.step_guide(self.account_status)
            self.show_text(guide.step_instructions(is_whole=self._is_whole), guide.sentence_lines)

    def _account_rows(self) -> list[tuple[str, Content]]:
        """Each account with its link beside it, or below it where there is no room for both."""
        accounts = self.session.record.accounts
        names = [account_name(account, self.session.playbook) for account in accounts]
        links = [describe_link(account.hub) for account in accounts]
        room = self.size.width - _ROW_MARGIN
        column = max(map(cell_len, names), default=0) + _COLUMN_GAP
        beside = column + max(map(cell_len, links), default=0) <= room
        rows = []
        for account, name, link in zip(accounts, names, links, strict=True):
            between = " " * (column - cell_len(name)) if beside else "\n  "
            rows.append(
                (
                    account.id,
                    Content.assemble(
                        elide_to_width(name, 2 * room), between, (elide_to_width(link, 2 * room), "$muted")
                    ),
                )
            )
        return rows

    def action_complete(self) -> None:
        """Record that the list is complete."""
        if self.make_change(lambda: self.session.diary.mark_list_complete(self._account_id)):
            self.dismiss(self.STEP)

    @on(OptionList.OptionSelected)
    def action_link(self) -> None:
        """Ask how the highlighted account is linked."""
        account = self.session.record.account_by_id(self.choice_list.highlighted_id)
        if account is None:
            return

        def group_chosen(answer: ChosenOption | None) -> None:
            if answer is None:
                return
            linked_group = linked_group_from_option(*answer)

            def save(since: LinkSince | None) -> None:
                self.make_change(lambda: self.session.accounts.set_linked_group(account.id, linked_group, since))

            ask_linked_since(self, linked_group, save, platform=account.platform, account_id=account.id)

        self.app.push_screen(
            ChoiceScreen(
                self.context,
                f"How is {account_name(account, self.session.playbook)} linked?",
                linked_group_options(self.context),
                chosen=linked_group_option_id(account.hub),
                other=FreeTextOption(NEW_GROUP_LABEL, GROUP_NAME_PLACEHOLDER, make_draft_key("hub", account.id)),
            ),
            group_chosen,
        )

    def action_add(self) -> None:
        """Add an account that is missing."""
        self.open_form(AccountScreen(self.context))

    def action_download(self) -> None:
        """Take the accounts from Meta's download."""
        self.app.call_later(self.app.run_action, "app.download")
