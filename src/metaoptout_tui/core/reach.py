"""What an objection reaches: the accounts it covers, and why it no longer holds for one.

One objection covers the accounts of the same hub from then on (facts 1.4, linked accounts); an account that came into the
hub later, a changed e-mail address or a changed link asks for a new one (rule 7). A link that is only learned of later
holds from when it was made; where nobody knows when that was, from when it was learned of (rule 6).
"""

from bisect import bisect_left, bisect_right
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
        links = _Links(account, own)
        for index, event in enumerate(own):
            if event.what != "filed":
                continue
            found.append(Filing(account, event, links.hub_at(event.at), _holds(own[index + 1 :])))
    return sorted(found, key=lambda filing: (filing.event.at, filing.event.id), reverse=True)


class Filings:
    """The objections of a record: the newest of each account, and by hub those that hold for the others in it."""

    def __init__(self, found: Iterable[Filing]) -> None:
        self._own: dict[str, Event] = {}
        self._by_hub: dict[str, list[Filing]] = {}
        for filing in sorted(found, key=lambda filing: (filing.event.at, filing.event.id)):
            self._own[filing.account.id] = filing.event
            if filing.hub and filing.holds:
                self._by_hub.setdefault(filing.hub, []).append(filing)

    def own(self, account: str) -> Event | None:
        """The newest that was sent for an account itself."""
        return self._own.get(account)

    def before(self, hub: str | None, at: datetime) -> Filing | None:
        """The newest that held in a hub before a moment."""
        found = self._by_hub.get(hub or "", [])
        index = bisect_left(found, at, key=lambda filing: filing.event.at)
        return found[index - 1] if index else None

    def of_others(self, hub: str | None, account: str) -> Filing | None:
        """The newest that holds in a hub and was sent for another account than this one."""
        found = self._by_hub.get(hub or "", [])
        return next((filing for filing in reversed(found) if filing.account.id != account), None)


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


def cause_of(account: Account, told: tuple[Event, ...], filings: Filings) -> Cause | None:
    """Why an objection that once held for this account no longer does; None where none did, or its own still does.

    `told` are its entries in force `without_slips`.
    """
    mine = filings.own(account.id)
    if mine is not None:
        later = [event for event in changes(told) if event.at > mine.at]
        return Cause(later[-1].what, later[-1].at) if later else None
    lost: Cause | None = None
    links, joining = _Links(account, told), _Joining()
    for event in told:
        if event.what not in _JOINING:
            continue
        cover = filings.before(_hub_before(links, event), event.at)
        if cover is not None and joining.reaches(cover):
            lost = Cause(event.what, event.at, cover.account.id)
        joining.read(event)
    joined = joining.since
    if lost is None and joined is not None:
        earlier = filings.before(account.hub, joined)
        if earlier is not None:
            undated = any(event.at == joined and event.text("since") == UNKNOWN for event in told)
            return Cause("link-undated" if undated else "added-to-hub-later", joined, earlier.account.id)
    return lost


def cover_of(account: Account, told: tuple[Event, ...], filings: Filings) -> Filing | None:
    """The newest objection of another account of the same hub that holds for this one.

    It does not where Meta said since that it does not for this account.
    """
    joining = _Joining()
    for event in told:
        joining.read(event)
    newest = filings.of_others(account.hub, account.id)
    if newest is None or not joining.reaches(newest):
        return None
    return newest if _holds(event for event in told if event.at >= newest.event.at) else None


def is_other_email(account: Account, cover: Filing) -> bool:
    """Whether the covering objection was filed with another address, which sources treat with caution (facts 1.4)."""
    theirs = cover.event.text("email") or cover.account.email
    return bool(account.email and theirs and account.email.casefold() != theirs.casefold())


def changes(told: Iterable[Event]) -> tuple[Event, ...]:
    """Entries that ask for a new objection. Learning of a link without its date changes nothing by itself."""
    return tuple(
        event
        for event in told
        if event.what in ("email-changed", "moved-to-meta-account")
        or (event.what == "hub-changed" and "since" not in event.fields)
    )


def without_slips(own: Iterable[Event]) -> tuple[Event, ...]:
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


class _Joining:
    """Since when nothing about an account speaks against the objections of its hub, by its entries up to one."""

    def __init__(self) -> None:
        self._linked: datetime | None = None
        self._moved: datetime | None = None
        self._is_dated = False

    def read(self, event: Event) -> None:
        """Go on by one entry. That it was added to the record tells nothing once a link has been dated."""
        if event.what == "hub-changed" or (event.what == "account-added" and not self._is_dated):
            self._linked = None if event.text("since") == BEFORE else event.at
            self._is_dated = event.what == "hub-changed"
        elif event.what in _JOINING and event.what != "account-added":
            self._moved = event.at

    @property
    def since(self) -> datetime | None:
        """When it came into the hub, or when its address changed or it was moved, whichever was later; None for always."""
        return max((at for at in (self._linked, self._moved) if at is not None), default=None)

    def reaches(self, filing: Filing) -> bool:
        """Whether an objection that holds in its hub holds for it too."""
        return self.since is None or self.since <= filing.event.at


class _Links:
    """In which hub an account was when. What was learned after a moment and was so before is no change."""

    def __init__(self, account: Account, own: Iterable[Event]) -> None:
        changed = [event for event in own if event.what == "hub-changed" and event.text("since") != BEFORE]
        self._hub = account.hub
        self._times = [event.at for event in changed]
        self._origins = [event.fields.get("from") for event in changed]

    def hub_at(self, at: datetime) -> str | None:
        """The hub at a moment: what the first change after it changed from, else today's."""
        index = bisect_right(self._times, at)
        if index == len(self._times):
            return self._hub
        origin = self._origins[index]
        return origin if isinstance(origin, str) else None


def _hub_before(links: _Links, event: Event) -> str | None:
    """The hub an account was in right before one of its entries."""
    if event.what == "hub-changed":
        origin = event.fields.get("from")
        return origin if isinstance(origin, str) else None
    return None if event.what == "account-added" else links.hub_at(event.at)


def _holds(later: Iterable[Event]) -> bool:
    """Whether the last word on a filing, up to the next one, is not against it, whatever was complained about since."""
    holds = True
    for event in takewhile(lambda event: event.what != "filed", later):
        if event.what in ("confirmed-on-screen", "confirmed-by-mail"):
            holds = True
        elif event.what == "refused" or event.text("for") in WRONG_FORM:
            holds = False
    return holds
