"""What an objection reaches: the accounts it covers, and why it no longer holds for one.

One objection covers the accounts of the same hub from then on (facts 1.4, linked accounts); an account that came into the
hub later, a changed e-mail address or a changed link asks for a new one (rule 7). A link that is only learned of later
holds from when it was made; where nobody knows when that was, from when it was learned of (rule 6).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from metaoptout_tui.core.answers import WRONG_FORM
from metaoptout_tui.core.diary import BEFORE, UNKNOWN, Event, in_force
from metaoptout_tui.core.progress import Account, Progress


class Cause(NamedTuple):
    """Why to object again: `email-changed`, `hub-changed`, `moved-to-meta-account`, `added-to-hub-later` or `link-undated`.

    `at` is since when; of `link-undated`, when the link was learned of, because nobody knows since when it is there.
    `through` is the id of the account whose objection does not reach this one, where there is one.
    """

    what: str
    at: datetime
    through: str = ""


class Filing(NamedTuple):
    """An objection in a diary: its entry, the hub its account was in then, and whether it holds for others.

    A refused one does not, nor one that was sent with a form for something else (facts 6.1).
    """

    account: Account
    event: Event
    hub: str | None
    holds: bool


def filings_of(accounts: Iterable[Account], entries: Mapping[str, tuple[Event, ...]]) -> list[Filing]:
    """Every objection of these accounts, the newest first. `entries` are those in force, by account."""
    found = []
    for account in accounts:
        own = entries[account.id]
        for index, event in enumerate(own):
            if event.what != "filed":
                continue
            found.append(Filing(account, event, _hub_at(account, own, event.at), _holds(own[index + 1 :])))
    return sorted(found, key=lambda filing: (filing.event.at, filing.event.id), reverse=True)


class Objection(NamedTuple):
    """One that was sent: for which account, and when."""

    account: Account
    at: datetime


def first_objection(progress: Progress, hub: str, account: str = "") -> Objection | None:
    """The earliest objection on which it depends since when `account` (empty: a new one) is in a hub.

    Its own counts, and those of the accounts that were in the hub when they sent theirs. None where there is none, so
    that nothing depends on it.
    """
    entries = {each.id: in_force(each.events) for each in progress.accounts}
    touched = [
        filing
        for filing in filings_of(progress.accounts, entries)
        if filing.account.id == account or (filing.hub == hub and filing.holds)
    ]
    return Objection(touched[-1].account, touched[-1].event.at) if touched else None


def cause_of(account: Account, own: tuple[Event, ...], filings: list[Filing]) -> Cause | None:
    """Why an objection that once held for this account no longer does; None where none did, or its own still does."""
    mine = next((each.event for each in filings if each.account.id == account.id), None)
    own = _without_slips(own)
    if mine is not None:
        later = [event for event in changes(own) if event.at > mine.at]
        return Cause(later[-1].what, later[-1].at) if later else None
    lost: Cause | None = None
    for index, event in enumerate(own):
        if event.what not in _JOINING:
            continue
        held, joined = _hub_before(account, own, event), _joined(own[:index])
        cover = next((f for f in filings if _reaches(f, held, joined) and f.event.at < event.at), None)
        if cover is not None:
            lost = Cause(event.what, event.at, cover.account.id)
    joined = _joined(own)
    if lost is None and joined is not None:
        earlier = next((f for f in filings if _reaches(f, account.hub, None) and f.event.at < joined), None)
        if earlier is not None:
            undated = any(event.at == joined and event.text("since") == UNKNOWN for event in own)
            return Cause("link-undated" if undated else "added-to-hub-later", joined, earlier.account.id)
    return lost


def cover_of(account: Account, own: tuple[Event, ...], filings: list[Filing]) -> Filing | None:
    """The newest objection of another account of the same hub that holds for this one.

    None holds of which Meta said since that it does not for this account.
    """
    joined = _joined(_without_slips(own))
    others = (filing for filing in filings if filing.account.id != account.id)
    found = (filing for filing in others if _reaches(filing, account.hub, joined))
    return next((each for each in found if _holds(event for event in own if event.at >= each.event.at)), None)


def is_other_email(account: Account, cover: Filing) -> bool:
    """Whether the covering objection was filed with another address, which sources treat with caution (facts 1.4)."""
    theirs = cover.event.text("email") or cover.account.email
    return bool(account.email and theirs and account.email.casefold() != theirs.casefold())


def _reaches(filing: Filing, hub: str | None, joined: datetime | None) -> bool:
    """Whether an objection holds for an account that has been in `hub` since `joined`."""
    return bool(hub) and filing.hub == hub and filing.holds and (joined is None or joined <= filing.event.at)


def changes(own: Iterable[Event]) -> tuple[Event, ...]:
    """Entries that ask for a new objection. Learning of a link without its date changes nothing by itself."""
    return tuple(
        event
        for event in _without_slips(own)
        if event.what in ("email-changed", "moved-to-meta-account")
        or (event.what == "hub-changed" and "since" not in event.fields)
    )


def _without_slips(own: Iterable[Event]) -> tuple[Event, ...]:
    """Without the changes of address that say nothing of an objection.

    Those are by which one was only taken away, and those that ended at the address with which the objection was sent, or
    that was there then: it was mistyped, or another one for a while.
    """
    kept: list[Event] = []
    since: list[Event] = []
    sent_with = ""
    for event in own:
        if event.what == "filed":
            kept, since, sent_with = [*kept, *since, event], [], event.text("email").casefold()
        elif event.what != "email-changed":
            since.append(event)
        elif to := event.text("to").casefold():
            changed = [each for each in since if each.what == "email-changed"]
            then = changed[0].text("from").casefold() if changed else ""
            if to in (sent_with, then):
                since = [each for each in since if each.what != "email-changed"]
            else:
                since.append(event)
    return (*kept, *since)


_JOINING = frozenset({"account-added", "email-changed", "hub-changed", "moved-to-meta-account"})


def _joined(own: Iterable[Event]) -> datetime | None:
    """Since when nothing about an account speaks against the objections of its hub; None for always.

    That is when it came into the hub, or when its address changed or it was moved, whichever was later. That it was
    added to the record tells nothing once a link has been dated.
    """
    linked: datetime | None = None
    moved: datetime | None = None
    is_dated = False
    for event in own:
        if event.what == "hub-changed" or (event.what == "account-added" and not is_dated):
            linked = None if event.text("since") == BEFORE else event.at
            is_dated = event.what == "hub-changed"
        elif event.what in _JOINING and event.what != "account-added":
            moved = event.at
    return max((at for at in (linked, moved) if at is not None), default=None)


def _hub_before(account: Account, own: tuple[Event, ...], event: Event) -> str | None:
    """The hub an account was in right before one of its entries."""
    if event.what == "hub-changed":
        origin = event.fields.get("from")
        return origin if isinstance(origin, str) else None
    return None if event.what == "account-added" else _hub_at(account, own, event.at)


def _hub_at(account: Account, own: Iterable[Event], at: datetime) -> str | None:
    """The hub an account was in at a moment: what the first change after it changed from, else today's.

    What was learned after it and was so before is no change.
    """
    for event in own:
        if event.what == "hub-changed" and event.at > at and event.text("since") != BEFORE:
            origin = event.fields.get("from")
            return origin if isinstance(origin, str) else None
    return account.hub


def _holds(later: Iterable[Event]) -> bool:
    """Whether the last word on a filing, up to the next one, is not against it, whatever was complained about since."""
    holds = True
    for event in takewhile(lambda event: event.what != "filed", later):
        if event.what in ("confirmed-on-screen", "confirmed-by-mail"):
            holds = True
        elif event.what == "refused" or event.text("for") in WRONG_FORM:
            holds = False
    return holds
