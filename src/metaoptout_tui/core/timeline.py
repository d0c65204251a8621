"""Everything that was written down, in the order things happened, with what was taken back or put right."""

from typing import NamedTuple

from metaoptout_tui.core.diary import Event, in_force
from metaoptout_tui.core.progress import Account, Progress


class Written(NamedTuple):
    """One entry: as it counts now, with its corrected date, and as it was written.

    `is_dropped` is whether it was taken back; the entry that takes back is not.
    """

    account: Account
    event: Event
    original: Event
    is_dropped: bool


def written(account: Account) -> tuple[Written, ...]:
    """The entries of one account. Corrections of dates are shown by what they corrected."""
    valid = {event.id: event for event in in_force(account.events)}
    every = [
        Written(account, valid.get(event.id, event), event, event.id not in valid and event.what != "step-reopened")
        for event in account.events
        if event.what != "date-corrected"
    ]
    return tuple(sorted(every, key=_when))


def timeline(progress: Progress) -> tuple[Written, ...]:
    """The entries of all accounts."""
    return tuple(sorted((each for account in progress.accounts for each in written(account)), key=_when))


def _when(each: Written) -> tuple[object, str]:
    return (each.event.at, each.original.id)
