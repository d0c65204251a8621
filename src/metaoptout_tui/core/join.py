"""Two versions of one record joined, so that nothing written in either is lost.

Diaries join by joining their entries. Of two differing values that stand for one another, the second version's is
taken where it says something and the first one's where it does not.
"""

from collections.abc import Mapping
from dataclasses import replace

from metaoptout_tui.core.diary import Event
from metaoptout_tui.core.progress import Account, Person, Progress


def join(first: Progress, second: Progress) -> Progress:
    """Every account of both, every entry of both; the second version decides where both say something different.

    Joining a record with itself changes nothing, and joining again with either changes nothing more.
    """
    mine = {account.id: account for account in second.accounts}
    accounts = [_account(account, mine[account.id]) if account.id in mine else account for account in first.accounts]
    known = {account.id for account in first.accounts}
    accounts.extend(account for account in second.accounts if account.id not in known)
    return Progress(
        _person(first.person, second.person),
        tuple(accounts),
        {**first.drafts, **second.drafts},
        _mapping(first.extra, second.extra),
    )


def _person(first: Person, second: Person) -> Person:
    return Person(
        second.country or first.country,
        second.language,
        second.email or first.email,
        _mapping(first.extra, second.extra),
    )


def _account(first: Account, second: Account) -> Account:
    return replace(
        second,
        email=second.email or first.email,
        hub=first.hub if second.hub is None else second.hub,
        events=_events(first.events, second.events),
        extra=_mapping(first.extra, second.extra),
    )


def _events(first: tuple[Event, ...], second: tuple[Event, ...]) -> tuple[Event, ...]:
    known = {event.id for event in first}
    every = {event.id: event for event in (*first, *second)}
    order = [event.id for event in first] + [event.id for event in second if event.id not in known]
    return tuple(every[id] for id in order)


def _mapping(first: Mapping[str, object], second: Mapping[str, object]) -> Mapping[str, object]:
    return {**first, **second}
