"""Which accounts an objection covers, why it stops covering one, and when it should be rechecked.

One objection covers the accounts that are in the same linked group from then on. An account that joins the group later, a
changed e-mail address or a changed link asks for a new objection. A link that is only learned of later holds from when it was
made; where nobody knows when that was, from when it was learned of. Rechecking ends nothing: it is offered once a year, and
when new terms take effect, since whether these affect an objection is documented nowhere.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from enum import StrEnum
from itertools import takewhile
from typing import Literal, NamedTuple

from metaoptout_tui.core.guidance.playbook import MetaTerms
from metaoptout_tui.core.objection.legal_periods import months_after
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_fields import SINCE_BEFORE, SINCE_UNKNOWN, WRONG_FORM_REQUESTS
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where
from metaoptout_tui.core.record.events import Event, events_in_force


class InvalidationKind(StrEnum):
    """What asks for a new objection: a kind of event, or a link that was made later or at a time that nobody knows.

    The text `cause.VALUE` says it, and `hole.VALUE` in short.
    """

    EMAIL_CHANGED = EventKind.EMAIL_CHANGED
    HUB_CHANGED = EventKind.HUB_CHANGED
    MOVED_TO_META_ACCOUNT = EventKind.MOVED_TO_META_ACCOUNT
    ADDED_TO_HUB_LATER = "added-to-hub-later"
    LINK_UNDATED = "link-undated"


class InvalidationReason(NamedTuple):
    """Why to object again.

    `at` is since when; of `LINK_UNDATED`, when the link was learned of, because nobody knows since when it is there.
    `covering_account_id` is the account whose objection does not reach this one, where there is one.
    """

    kind: InvalidationKind
    at: datetime
    covering_account_id: str = ""


class FiledObjection(NamedTuple):
    """An objection in a diary: its entry, the linked group its account was in then, and whether it holds for others.

    A refused one does not, nor one that was sent with a form for something else.
    """

    account: Account
    event: Event
    hub: str | None
    covers_group: bool


def find_filed_objections(
    accounts: Iterable[Account], entries: Mapping[str, tuple[Event, ...]]
) -> list[FiledObjection]:
    """Every objection of these accounts, the newest first. `entries` are those in force, by account."""
    found = []
    for account in accounts:
        own_events = entries[account.id]
        links = _HubHistory(account, own_events)
        for index, event in enumerate(own_events):
            if event.kind != EventKind.FILED:
                continue
            found.append(
                FiledObjection(account, event, links.hub_at(event.at), _is_not_refused(own_events[index + 1 :]))
            )
    return sorted(found, key=lambda filing: (filing.event.at, filing.event.id), reverse=True)


class ObjectionIndex:
    """The objections of a record: the newest of each account, and by linked group those that hold for the others in it."""

    def __init__(self, found: Iterable[FiledObjection]) -> None:
        self._newest_by_account: dict[str, Event] = {}
        self._by_hub: dict[str, list[FiledObjection]] = {}
        for filing in sorted(found, key=lambda filing: (filing.event.at, filing.event.id)):
            self._newest_by_account[filing.account.id] = filing.event
            if filing.hub and filing.covers_group:
                self._by_hub.setdefault(filing.hub, []).append(filing)

    def newest_of(self, account: str) -> Event | None:
        """The newest that was sent for an account itself."""
        return self._newest_by_account.get(account)

    def newest_in_hub_before(self, hub: str | None, at: datetime) -> FiledObjection | None:
        """The newest that held in a linked group before a moment."""
        found = self._by_hub.get(hub or "", [])
        index = bisect_left(found, at, key=lambda filing: filing.event.at)
        return found[index - 1] if index else None

    def newest_in_hub_of_others(self, hub: str | None, account: str) -> FiledObjection | None:
        """The newest that holds in a linked group and was sent for another account than this one."""
        found = self._by_hub.get(hub or "", [])
        return next((filing for filing in reversed(found) if filing.account.id != account), None)


class EarliestObjection(NamedTuple):
    """One that was sent: for which account, and when."""

    account: Account
    at: datetime


def find_earliest_objection(record: Record, hub: str, account: str = "") -> EarliestObjection | None:
    """The earliest objection on which it depends since when `account` (empty: a new one) is in a linked group.

    Its own counts, and those of the accounts that were in the group when they sent theirs. None where there is none, so
    that nothing depends on it.
    """
    entries = {account.id: events_in_force(account.events) for account in record.accounts}
    touched = [
        filing
        for filing in find_filed_objections(record.accounts, entries)
        if filing.account.id == account or (filing.hub == hub and filing.covers_group)
    ]
    return EarliestObjection(touched[-1].account, touched[-1].event.at) if touched else None


def invalidation_of(account: Account, events: tuple[Event, ...], filings: ObjectionIndex) -> InvalidationReason | None:
    """Why an objection that once held for this account no longer does; None where none did, or its own still does.

    `told` are its entries in force `without_slips`.
    """
    mine = filings.newest_of(account.id)
    if mine is not None:
        later = [event for event in find_invalidating_events(events) if event.at > mine.at]
        return InvalidationReason(InvalidationKind(later[-1].kind), later[-1].at) if later else None
    lost: InvalidationReason | None = None
    links, joining = _HubHistory(account, events), _GroupMembership()
    for event in events:
        if event.kind not in _LINK_EVENT_KINDS:
            continue
        cover = filings.newest_in_hub_before(_hub_before(links, event), event.at)
        if cover is not None and joining.is_covered_by(cover):
            lost = InvalidationReason(InvalidationKind(event.kind), event.at, cover.account.id)
        joining.apply(event)
    joined = joining.unchanged_since
    if lost is None and joined is not None:
        earlier = filings.newest_in_hub_before(account.hub, joined)
        if earlier is not None:
            undated = any(event.at == joined and event.text("since") == SINCE_UNKNOWN for event in events)
            kind = InvalidationKind.LINK_UNDATED if undated else InvalidationKind.ADDED_TO_HUB_LATER
            return InvalidationReason(kind, joined, earlier.account.id)
    return lost


def find_covering_objection(
    account: Account, events: tuple[Event, ...], filings: ObjectionIndex
) -> FiledObjection | None:
    """The newest objection of another account of the same linked group that holds for this one.

    It does not where Meta said since that it does not for this account.
    """
    joining = _GroupMembership()
    for event in events:
        joining.apply(event)
    newest = filings.newest_in_hub_of_others(account.hub, account.id)
    if newest is None or not joining.is_covered_by(newest):
        return None
    return newest if _is_not_refused(event for event in events if event.at >= newest.event.at) else None


def was_filed_with_other_email(account: Account, cover: FiledObjection) -> bool:
    """Whether the covering objection was filed with another address, which sources treat with caution."""
    theirs = cover.event.text("email") or cover.account.email
    return bool(account.email and theirs and account.email.casefold() != theirs.casefold())


def find_invalidating_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Entries that ask for a new objection. Learning of a link without its date changes nothing by itself."""
    return tuple(
        event
        for event in events
        if event.kind in _INVALIDATING_KINDS and not (event.kind == EventKind.HUB_CHANGED and "since" in event.fields)
    )


def without_undone_email_changes(own_events: Iterable[Event]) -> tuple[Event, ...]:
    """Without the changes of address that say nothing of an objection.

    Those are by which one was only taken away, and those that ended at the address with which the objection was sent, or
    that was there then: it was mistyped, or another one for a while.
    """
    events: list[Event] = []
    since: list[Event] = []
    sent_with = ""
    for event in own_events:
        if event.kind == EventKind.FILED:
            events, since, sent_with = [*events, *since, event], [], event.text("email").casefold()
        elif event.kind != EventKind.EMAIL_CHANGED:
            since.append(event)
        elif to := event.text("to").casefold():
            changed = [event for event in since if event.kind == EventKind.EMAIL_CHANGED]
            then = changed[0].text("from").casefold() if changed else ""
            if to in (sent_with, then):
                since = [event for event in since if event.kind != EventKind.EMAIL_CHANGED]
            else:
                since.append(event)
    return (*events, *since)


_INVALIDATING_KINDS = kinds_where(lambda rules: rules.can_invalidate)
_LINK_EVENT_KINDS = _INVALIDATING_KINDS | {EventKind.ACCOUNT_ADDED}


class _GroupMembership:
    """Since when nothing about an account speaks against the objections of its linked group, by its entries up to one."""

    def __init__(self) -> None:
        self._linked_at: datetime | None = None
        self._changed_at: datetime | None = None
        self._is_link_dated = False

    def apply(self, event: Event) -> None:
        """Go on by one entry. That it was added to the record tells nothing once a link has been dated."""
        if event.kind == EventKind.HUB_CHANGED or (event.kind == EventKind.ACCOUNT_ADDED and not self._is_link_dated):
            self._linked_at = None if event.text("since") == SINCE_BEFORE else event.at
            self._is_link_dated = event.kind == EventKind.HUB_CHANGED
        elif event.kind in _INVALIDATING_KINDS:
            self._changed_at = event.at

    @property
    def unchanged_since(self) -> datetime | None:
        """When it came into the group, or when its address changed or it was moved, whichever was later; None for always."""
        return max((at for at in (self._linked_at, self._changed_at) if at is not None), default=None)

    def is_covered_by(self, filing: FiledObjection) -> bool:
        """Whether an objection that holds in its group holds for it too."""
        return self.unchanged_since is None or self.unchanged_since <= filing.event.at


class _HubHistory:
    """In which linked group an account was when. What was learned after a moment and was so before is no change."""

    def __init__(self, account: Account, own_events: Iterable[Event]) -> None:
        changed = [
            event for event in own_events if event.kind == EventKind.HUB_CHANGED and event.text("since") != SINCE_BEFORE
        ]
        self._hub = account.hub
        self._change_times = [event.at for event in changed]
        self._previous_hubs = [event.fields.get("from") for event in changed]

    def hub_at(self, at: datetime) -> str | None:
        """The linked group at a moment: what the first change after it changed from, else today's."""
        index = bisect_right(self._change_times, at)
        if index == len(self._change_times):
            return self._hub
        origin = self._previous_hubs[index]
        return origin if isinstance(origin, str) else None


def _hub_before(links: _HubHistory, event: Event) -> str | None:
    """The linked group an account was in right before one of its entries."""
    if event.kind == EventKind.HUB_CHANGED:
        origin = event.fields.get("from")
        return origin if isinstance(origin, str) else None
    return None if event.kind == EventKind.ACCOUNT_ADDED else links.hub_at(event.at)


def _is_not_refused(later: Iterable[Event]) -> bool:
    """Whether the last word on a filing, up to the next one, is not against it, whatever was complained about since."""
    holds = True
    for event in takewhile(lambda event: event.kind != EventKind.FILED, later):
        if event.kind in (EventKind.CONFIRMED_ON_SCREEN, EventKind.CONFIRMED_BY_MAIL):
            holds = True
        elif event.kind == EventKind.REFUSED or event.text("for") in WRONG_FORM_REQUESTS:
            holds = False
    return holds


_MONTHS_BETWEEN_CHECKS = 12


class RecheckReason(NamedTuple):
    """One reason for a look: `year` or `terms`, and then the id of these.

    `at` is since when there is this reason, `looked` when the objection was sent or last checked.
    """

    kind: Literal["year", "terms"]
    since: datetime
    last_checked: datetime
    terms_id: str = ""


def last_check_of(sent: datetime, entries: Iterable[Event]) -> datetime:
    """When an objection was last looked at: when it was sent, or at the newest check after that."""
    return max((sent, *(event.at for event in entries if event.kind == EventKind.RECHECKED)))


def yearly_check_after(since: datetime) -> datetime:
    """When the yearly check is due, a year after an objection was sent or last checked."""
    return datetime.combine(months_after(since.date(), _MONTHS_BETWEEN_CHECKS), since.timetz())


def recheck_reasons_of(since: datetime, terms: Iterable[MetaTerms], now: datetime) -> tuple[RecheckReason, ...]:
    """Why an objection that was sent or last checked at `since` is worth a look now; of several terms the newest."""
    found = []
    if yearly_check_after(since) <= now:
        found.append(RecheckReason("year", yearly_check_after(since), since))
    newer = [terms for terms in terms if since.date() < terms.effective_on <= now.date()]
    if newer:
        newest = max(newer, key=lambda terms: terms.effective_on)
        found.append(
            RecheckReason("terms", datetime.combine(newest.effective_on, time(), now.tzinfo), since, newest.id)
        )
    return tuple(found)
