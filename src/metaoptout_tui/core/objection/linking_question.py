"""Which accounts can be linked, and the one question how they are: what is ticked, and what an answer changes."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.account_names import NEW_GROUP_NAME
from metaoptout_tui.core.record.accounts import Account, Record

_MIN_ACCOUNTS = 2


class LinkingQuestion(NamedTuple):
    """Which of `accounts` appear together. Those that are ticked are linked in the group with the name `group`.

    Accounts in another group stay there unless they are ticked.
    """

    accounts: tuple[Account, ...]
    group: str

    @property
    def linked_ids(self) -> tuple[str, ...]:
        """The accounts that are in the group now."""
        return tuple(account.id for account in self.accounts if account.linked_group == self.group)

    @property
    def is_about_both(self) -> bool:
        """Whether there are two accounts only, which appear together or do not: one of them alone is no answer.

        Not where the person gave a linked group its name, or one of them is linked with an account that is gone.
        """
        links = {account.linked_group for account in self.accounts}
        is_named = self.group != NEW_GROUP_NAME
        return len(self.accounts) == _MIN_ACCOUNTS and not is_named and (len(links) == 1 or not any(links))

    @property
    def is_answered(self) -> bool:
        """Whether it is known of every account how it is linked."""
        return all(account.linked_group is not None for account in self.accounts)

    def changes(self, ticked_ids: Collection[str], *, is_rest_known: bool) -> Mapping[str, str | None]:
        """The linked group of each account that an answer changes, as in `Account.linked_group`.

        `is_rest_known`: those that are not ticked are not linked; else that is not known, also where it was before.
        """
        rest = "" if is_rest_known else None
        changes: dict[str, str | None] = {}
        for account in self.accounts:
            if account.id in ticked_ids:
                link: str | None = self.group
            else:
                link = rest if account.linked_group in (None, "", self.group) else account.linked_group
            if link != account.linked_group:
                changes[account.id] = link
        return changes


def linking_question(record: Record, playbook: Playbook) -> LinkingQuestion | None:
    """The question about the accounts that can be linked; None for fewer than two.

    The group is the largest one there is, else one that is named by itself.
    """
    accounts = linkable_accounts(record.accounts, playbook)
    if len(accounts) < _MIN_ACCOUNTS:
        return None
    groups = [account.linked_group for account in accounts if account.linked_group]
    return LinkingQuestion(accounts, max(groups, key=groups.count, default=NEW_GROUP_NAME))


_FEWEST_LINKED = 2


def linkable_accounts(accounts: tuple[Account, ...], playbook: Playbook) -> tuple[Account, ...]:
    """The accounts on the platforms that can be in an Accounts Centre or Meta Account."""
    platforms = {platform.id for platform in playbook.platforms if platform.can_be_linked}
    return tuple(account for account in accounts if account.platform in platforms)


def ids_with_nothing_to_link(accounts: tuple[Account, ...], playbook: Playbook) -> frozenset[str]:
    """The accounts of which nothing is said of links, and that could be linked with no other one of the list."""
    linkable_ids = {account.id for account in linkable_accounts(accounts, playbook)}
    if len(linkable_ids) < _FEWEST_LINKED:
        linkable_ids.clear()
    return frozenset(each.id for each in accounts if each.linked_group is None and each.id not in linkable_ids)
