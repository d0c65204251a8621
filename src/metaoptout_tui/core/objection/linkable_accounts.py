"""Which accounts could be linked with another one of the list, so that links are worth a word."""

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Account

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
