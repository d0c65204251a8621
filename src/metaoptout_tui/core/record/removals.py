"""Counts of what was removed from the record, so that no join, restore or late save of another window brings it back.

The removal count of an entry or account says how often it was taken out and put back: an odd one, that it is out. Counts
only grow, so that two copies agree by taking the larger one, whatever their clocks say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from metaoptout_tui.core.record.accounts import Account, Record

Removals = Mapping[str, int]
"""The removal count of each entry or account that was ever removed, by its id."""


def is_removed(removals: Removals, id: str) -> bool:
    """Whether an entry or account is out."""
    return removals.get(id, 0) % 2 == 1


def ids_of(record: Record) -> Iterator[str]:
    """The ids of all accounts and entries."""
    for account in record.accounts:
        yield account.id
        for event in account.events:
            yield event.id


def with_removals_noted(before: Record, after: Record) -> Record:
    """`after` with the removal counts raised of what it has no longer, and of what it has again."""
    present, former = set(ids_of(after)), set(ids_of(before))
    changed = {id for id in former - present if not is_removed(after.removals, id)}
    changed |= {id for id in present - former if is_removed(after.removals, id)}
    return _with_next_counts(after, changed) if changed else after


def with_returned(record: Record, ids: Iterable[str]) -> Record:
    """The record with removal counts that say that these ids are back in it, where they were out."""
    returned = {id for id in ids if is_removed(record.removals, id)}
    return _with_next_counts(record, returned) if returned else record


def _with_next_counts(record: Record, ids: Iterable[str]) -> Record:
    counts = {id: record.removals.get(id, 0) + 1 for id in ids}
    return replace(record, removals=dict(sorted({**record.removals, **counts}.items())))


def join_removals(one: Removals, other: Removals) -> Removals:
    """The removal counts of two copies: of each the larger."""
    if one == other:
        return one
    return {id: max(one.get(id, 0), other.get(id, 0)) for id in sorted({*one, *other})}


def without_removed(record: Record) -> Record:
    """The record without what is out. An account stays as long as it holds an entry that is not out."""
    accounts = []
    for account in record.accounts:
        events = tuple(event for event in account.events if not is_removed(record.removals, event.id))
        if events or not is_removed(record.removals, account.id):
            accounts.append(account if len(events) == len(account.events) else replace(account, events=events))
    return record if _same_accounts(record.accounts, accounts) else replace(record, accounts=tuple(accounts))


def _same_accounts(one: tuple[Account, ...], other: list[Account]) -> bool:
    return len(one) == len(other) and all(left is right for left, right in zip(one, other, strict=True))
