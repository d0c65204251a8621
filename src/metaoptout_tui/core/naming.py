"""How accounts are called, in sentences and in columns."""

from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Account


def account_name(account: Account, playbook: Playbook) -> str:
    """How an account is called in a sentence: `Instagram @anna.nl`, `Facebook “Anna”`."""
    platform = playbook.platform_name(account.platform)
    if not account.name or account.name == platform:
        return platform
    name = account.name if account.name[0] in "@+" else f"“{account.name}”"
    return f"{platform} {name}"


def short_name(account: Account, playbook: Playbook) -> str:
    """An account for a narrow column: `Instagram @anna.nl`, `Facebook Anna Jansen`."""
    platform = playbook.platform_name(account.platform)
    if not account.name or account.name == platform:
        return platform
    return f"{platform} {account.name}"
