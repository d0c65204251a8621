"""Which accounts an objection covers, and why it stops covering one.

One objection covers the accounts that are in the same linked group when it is sent. An account that joins the group
later, a changed e-mail address or a changed link asks for a new objection. A link counts from when it was made, also
where the person learned of it later; where nobody knows when it was made, from when the person learned of it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where
from metaoptout_tui.core.record.events import Event, events_in_force, state_after
from metaoptout_tui.core.record.vocabulary import (
    CONFIRMED_STATES,
    NAMED_ACCOUNTS,
    SINCE_BEFORE,
    SINCE_UNKNOWN,
    WRONG_FORM_REQUESTS,
    AccountState,
)


class InvalidationKind(StrEnum):
    """What asks for a new objection: a kind of event, or a link that was made later or at an unknown time.

    The text `cause.VALUE` describes it, and `hole.VALUE` does in short.
    """

    EMAIL_CHANGED = EventKind.EMAIL_CHANGED
    LINKED_GROUP_CHANGED = EventKind.LINKED_GROUP_CHANGED
    MOVED_TO_META_ACCOUNT = EventKind.MOVED_TO_META_ACCOUNT
    ADDED_TO_LINKED_GROUP_LATER = "added-to-hub-later"
    LINK_UNDATED = "link-undated"


class InvalidationReason(NamedTuple):
    """Why to object again, and since when.

    With `LINK_UNDATED`, `at` is when the person learned of the link. `covering_account_id` is the account whose
    objection does not cover this one, empty where there is none.
    """

    kind: InvalidationKind
    at: datetime
    covering_account_id: str = ""


class FiledObjection(NamedTuple):
    """An objection in a diary: its event, the linked group of its account then, and whether it covers that group.

    One that was refused or came back does not, nor one that was sent with a form for something else. `is_confirmed`:
    Meta confirmed it, and `named_accounts` which accounts its confirmation names, as far as that was written down.
    `is_replaced`: something asked for a new one, which was sent.
    """

    account: Account
    event: Event
    linked_group: str | None
    covers_linked_group: bool
    is_confirmed: bool = False
    is_replaced: bool = False
    named_accounts: str = ""


def find_filed_objections(
    accounts: Iterable[Account], events_by_account: Mapping[str, tuple[Event, ...]]
) -> list[FiledObjection]:
    """Every objection of these accounts, the newest first. `events_by_account` has those in force by account id."""
    filings = []
    for account in accounts:
        own_events = events_by_account[account.id]
        newest_id = next((event.id for event in reversed(own_events) if event.kind == EventKind.FILED), "")
        invalidating = find_invalidating_events(without_undone_email_changes(own_events))
        for index, event in enumerate(own_events):
            if event.kind != EventKind.FILED:
                continue
            decision = _last_decision(own_events[index + 1 :])
            filings.append(
                FiledObjection(
                    account,
                    event,
                    _LinkedGroupHistory(account, own_events, objection=event).linked_group_at(event.at),
                    covers_linked_group=decision is not False,
                    is_confirmed=decision is True,
                    is_replaced=event.id != newest_id and any(change.at > event.at for change in invalidating),
                    named_accounts=_accounts_named(own_events[index + 1 :]),
                )
            )
    return sorted(filings, key=lambda filing: (filing.event.at, filing.event.id), reverse=True)


class ObjectionIndex:
    """The objections of a record: the newest of each account, and by linked group those that cover the group."""

    def __init__(self, filings: Iterable[FiledObjection]) -> None:
        self._newest_by_account: dict[str, Event] = {}
        self._by_linked_group: dict[str, list[FiledObjection]] = {}
        self._best_first: dict[str, list[FiledObjection]] = {}
        for filing in sorted(filings, key=lambda filing: (filing.event.at, filing.event.id)):
            self._newest_by_account[filing.account.id] = filing.event
            if filing.linked_group and filing.covers_linked_group:
                self._by_linked_group.setdefault(filing.linked_group, []).append(filing)

    def newest_of(self, account_id: str) -> Event | None:
        """The newest that was sent for this account itself."""
        return self._newest_by_account.get(account_id)

    def newest_in_linked_group_before(self, linked_group: str | None, at: datetime) -> FiledObjection | None:
        """The newest before a moment that covers a linked group."""
        filings = self._by_linked_group.get(linked_group or "", [])
        index = bisect_left(filings, at, key=lambda filing: filing.event.at)
        return filings[index - 1] if index else None

    def best_in_linked_group_of_others(self, linked_group: str | None, account_id: str) -> Iterator[FiledObjection]:
        """The objections of other accounts that cover a linked group: first those that Meta confirmed, then the newest.

        Of each account the newest, and the newest that was confirmed where one was only sent since.
        """
        name = linked_group or ""
        if name not in self._best_first:
            filings = self._by_linked_group.get(name, [])
            newest = {filing.account.id: filing for filing in filings}
            confirmed = {
                filing.account.id: filing for filing in filings if filing.is_confirmed and not filing.is_replaced
            }
            self._best_first[name] = sorted(
                {filing.event.id: filing for filing in (*newest.values(), *confirmed.values())}.values(),
                key=lambda filing: (filing.is_confirmed, filing.event.at, filing.event.id),
                reverse=True,
            )
        return (filing for filing in self._best_first[name] if filing.account.id != account_id)


class EarliestObjection(NamedTuple):
    """The account and the entry of the earliest objection."""

    account: Account
    event: Event


def find_earliest_objection(record: Record, linked_group: str, account_id: str = "") -> EarliestObjection | None:
    """The earliest objection whose coverage depends on when an account (empty: a new one) joined a linked group.

    Its own counts, and those of accounts that were in the group when they objected. None where there is none.
    """
    events_by_account = {account.id: events_in_force(account.events) for account in record.accounts}
    filings = [
        filing
        for filing in find_filed_objections(record.accounts, events_by_account)
        if filing.account.id == account_id or (filing.linked_group == linked_group and filing.covers_linked_group)
    ]
    return EarliestObjection(filings[-1].account, filings[-1].event) if filings else None


def invalidation_of(account: Account, events: tuple[Event, ...], filings: ObjectionIndex) -> InvalidationReason | None:
    """Why no objection covers this account any more; None where none ever did, or where one of its own still does.

    `events` are its events in force, as `without_undone_email_changes` returns them.
    """
    own_objection = filings.newest_of(account.id)
    if own_objection is not None:
        later = [event for event in find_invalidating_events(events) if event.at > own_objection.at]
        return InvalidationReason(InvalidationKind(later[-1].kind), later[-1].at) if later else None
    reason: InvalidationReason | None = None
    links, membership = _LinkedGroupHistory(account, events), _LinkedGroupMembership()
    for event in events:
        if event.kind not in _LINK_EVENT_KINDS:
            continue
        covering_filing = filings.newest_in_linked_group_before(_linked_group_before(links, event), event.at)
        if covering_filing is not None and membership.is_covered_by(covering_filing):
            reason = InvalidationReason(InvalidationKind(event.kind), event.at, covering_filing.account.id)
        membership.apply(event)
    joined_at = membership.unchanged_since
    if reason is None and joined_at is not None:
        earlier_filing = filings.newest_in_linked_group_before(account.linked_group, joined_at)
        if earlier_filing is not None:
            is_undated = any(event.at == joined_at and event.text("since") == SINCE_UNKNOWN for event in events)
            kind = InvalidationKind.LINK_UNDATED if is_undated else InvalidationKind.ADDED_TO_LINKED_GROUP_LATER
            return InvalidationReason(kind, joined_at, earlier_filing.account.id)
    return reason


def find_covering_objection(
    account: Account, events: tuple[Event, ...], filings: ObjectionIndex
) -> FiledObjection | None:
    """The objection of another account of the same linked group that covers this one best.

    One that Meta confirmed before one that waits, one with this account's address before one with another, then the
    newest. None also where Meta has since refused it for this account.
    """
    membership = _LinkedGroupMembership()
    for event in events:
        membership.apply(event)
    best: FiledObjection | None = None
    for filing in filings.best_in_linked_group_of_others(account.linked_group, account.id):
        if best is not None and best.is_confirmed and not filing.is_confirmed:
            break
        if not membership.is_covered_by(filing):
            continue
        if not _is_not_refused(event for event in events if event.at >= filing.event.at):
            continue
        if not was_filed_with_other_email(account, filing):
            return filing
        best = best or filing
    return best


def was_filed_with_other_email(account: Account, cover: FiledObjection) -> bool:
    """Whether the covering objection was filed with another address, which sources treat with caution."""
    filed_email = cover.event.text("email") or cover.account.email
    return bool(account.email and filed_email and account.email.casefold() != filed_email.casefold())


def find_invalidating_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events that ask for a new objection; not a link with `since`, which the person only learned of."""
    return tuple(
        event
        for event in events
        if event.kind in _INVALIDATING_KINDS
        and not (event.kind == EventKind.LINKED_GROUP_CHANGED and "since" in event.fields)
    )


def without_undone_email_changes(own_events: Iterable[Event]) -> tuple[Event, ...]:
    """The events without the changes of address that do not affect an objection.

    Those are changes to no address, and changes back to the address with which the objection was sent or that the
    account had then: one was mistyped, or another was used for a while.
    """
    own_events = tuple(own_events)
    if all(event.kind != EventKind.EMAIL_CHANGED for event in own_events):
        return own_events
    events: list[Event] = []
    later_events: list[Event] = []
    filed_email = ""
    for event in own_events:
        if event.kind == EventKind.FILED:
            events, later_events, filed_email = [*events, *later_events, event], [], event.text("email").casefold()
        elif event.kind != EventKind.EMAIL_CHANGED:
            later_events.append(event)
        elif new_email := event.text("to").casefold():
            changes = [event for event in later_events if event.kind == EventKind.EMAIL_CHANGED]
            old_email = changes[0].text("from").casefold() if changes else ""
            if new_email in (filed_email, old_email):
                later_events = [event for event in later_events if event.kind != EventKind.EMAIL_CHANGED]
            else:
                later_events.append(event)
    return (*events, *later_events)


_INVALIDATING_KINDS = kinds_where(lambda rules: rules.can_invalidate)
_LINK_EVENT_KINDS = _INVALIDATING_KINDS | {EventKind.ACCOUNT_ADDED}


def newest_link_of(own_events: Iterable[Event]) -> Event | None:
    """The entry that was written last on how an account is linked."""
    links = (event for event in own_events if event.kind in (EventKind.LINKED_GROUP_CHANGED, EventKind.ACCOUNT_ADDED))
    return max(links, key=lambda event: event.id, default=None)


def is_link_date_unasked(own_events: Iterable[Event], filing: Event) -> bool:
    """Whether nobody was asked since when an account is linked: it matters only since `filing` was written down later."""
    link = newest_link_of(own_events)
    return link is not None and link.text("since") == SINCE_UNKNOWN and link.id < filing.id


class _LinkedGroupMembership:
    """Since when an account is unchanged in its linked group, after the events that were applied."""

    def __init__(self) -> None:
        self._linked_at: datetime | None = None
        self._changed_at: datetime | None = None
        self._is_link_dated = False

    def apply(self, event: Event) -> None:
        """Apply the next event. `account-added` changes nothing once a link has been dated."""
        if event.kind == EventKind.LINKED_GROUP_CHANGED or (
            event.kind == EventKind.ACCOUNT_ADDED and not self._is_link_dated
        ):
            self._linked_at = None if event.text("since") == SINCE_BEFORE else event.at
            self._is_link_dated = event.kind == EventKind.LINKED_GROUP_CHANGED
        elif event.kind in _INVALIDATING_KINDS:
            self._changed_at = event.at

    @property
    def unchanged_since(self) -> datetime | None:
        """When it joined the group, changed its address or was moved, whichever was last; None for always."""
        return max((at for at in (self._linked_at, self._changed_at) if at is not None), default=None)

    def is_covered_by(self, filing: FiledObjection) -> bool:
        """Whether an objection that covers its group covers it too."""
        return self.unchanged_since is None or self.unchanged_since <= filing.event.at


class _LinkedGroupHistory:
    """The linked group of an account over time. A link that existed before the objections is no change.

    Nor is, for an `objection` that was written down later, a first link of which nobody knows since when it is there: the
    question whether the other account was linked then is asked of that account.
    """

    def __init__(self, account: Account, own_events: Iterable[Event], *, objection: Event | None = None) -> None:
        changed = [
            event
            for event in own_events
            if event.kind == EventKind.LINKED_GROUP_CHANGED
            and event.text("since") != SINCE_BEFORE
            and not (objection is not None and _is_first_link_undated(event) and event.id < objection.id)
        ]
        self._linked_group = account.linked_group
        self._change_times = [event.at for event in changed]
        self._previous_linked_groups = [event.fields.get("from") for event in changed]

    def linked_group_at(self, at: datetime) -> str | None:
        """The linked group at a moment: the old value of the first change after it, else the present one."""
        index = bisect_right(self._change_times, at)
        if index == len(self._change_times):
            return self._linked_group
        origin = self._previous_linked_groups[index]
        return origin if isinstance(origin, str) else None


def _is_first_link_undated(link: Event) -> bool:
    return link.text("since") == SINCE_UNKNOWN and "from" not in link.fields


def _linked_group_before(links: _LinkedGroupHistory, event: Event) -> str | None:
    """The linked group of an account right before one of its events."""
    if event.kind == EventKind.LINKED_GROUP_CHANGED:
        origin = event.fields.get("from")
        return origin if isinstance(origin, str) else None
    return None if event.kind == EventKind.ACCOUNT_ADDED else links.linked_group_at(event.at)


def _is_not_refused(later: Iterable[Event]) -> bool:
    """Whether the last decision on an objection, up to the next objection, is no refusal; complaints do not count."""
    return _last_decision(later) is not False


def _last_decision(later: Iterable[Event]) -> bool | None:
    """Whether Meta applies an objection, by the last of the events up to the next objection; None where it is open.

    Who answers Meta's word that the form was the wrong one, in place of filing again, says that it was the right one: then
    it is open again.
    """
    is_applied: bool | None = None
    is_asked = False
    for event in takewhile(lambda event: event.kind != EventKind.FILED, later):
        after = state_after(event)
        if after in CONFIRMED_STATES:
            is_applied = True
        elif after in (AccountState.REFUSED, AccountState.UNDELIVERED):
            is_applied = False
        elif event.text("for") in WRONG_FORM_REQUESTS:
            is_applied, is_asked = False, True
        elif is_asked and event.kind == EventKind.META_QUESTION_ANSWERED:
            is_applied = None
        if after is not None and event.text("for") not in WRONG_FORM_REQUESTS:
            is_asked = False
    return is_applied


def _accounts_named(later: Iterable[Event]) -> str:
    """Which accounts the confirmations of an objection name, by the newest that says so; empty where none does."""
    named = ""
    for event in takewhile(lambda event: event.kind != EventKind.FILED, later):
        if state_after(event) in CONFIRMED_STATES:
            named = event.text(NAMED_ACCOUNTS.name) or named
    return named
