"""The diary entries that say how an account is linked, and since when; also by an answer of a review."""

from dataclasses import replace
from datetime import datetime

from metaoptout_tui.app.record.record_editor import RecordEditor
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.core.record.vocabulary import SINCE_UNKNOWN


def with_link_change(editor: RecordEditor, account: Account, former: str | None, since: LinkSince | None) -> Account:
    """The account, whose linked group was `former`, with an entry of the change.

    What was set in this sitting and is set right now leaves no entry: it was never so.
    """
    account, former = _without_link_of_this_sitting(editor, account, former)
    if account.linked_group == former:
        return account
    fields = {name: group for name, group in (("from", former), ("to", account.linked_group)) if group is not None}
    if not account.linked_group:
        since = None
    if isinstance(since, datetime):
        return account.with_event(editor.new_event(EventKind.LINKED_GROUP_CHANGED, fields, since))
    is_only_forgotten = former == "" and account.linked_group is None
    if since or former is None or is_only_forgotten:
        fields["since"] = since or SINCE_UNKNOWN
    return account.with_event(editor.new_event(EventKind.LINKED_GROUP_CHANGED, fields))


def with_linked_account(
    editor: RecordEditor, record: Record, account_id: str, linked_group: str | None, since: LinkSince | None
) -> Record:
    """The record with an account (empty: none) in the linked group of the one that is said to be linked with it."""
    other = record.account_by_id(account_id)
    if other is None or not linked_group:
        return record
    joined = replace(other, linked_group=linked_group)
    return record.with_account(with_link_change(editor, joined, other.linked_group, since))


def with_review_answer(editor: RecordEditor, account_id: str, point: str, answer: str) -> Record:
    """The record with an answer of an account's review, and with an entry of its link where the answer says another."""
    account = editor.account(account_id)
    from metaoptout_tui.core.chats.scan_summary import linked_group_by_answer

    link = linked_group_by_answer(point, answer, account.linked_group)
    if link != account.linked_group:
        account = with_link_change(editor, replace(account, linked_group=link), account.linked_group, None)
    event = editor.new_event(EventKind.REVIEW_ANSWERED, {"point": point, "answer": answer})
    return editor.record.with_account(account.with_event(event))


def _without_link_of_this_sitting(
    editor: RecordEditor, account: Account, former: str | None
) -> tuple[Account, str | None]:
    """The account without the entries of this sitting on how it is linked, and the linked group before them."""
    events = list(account.events)
    named_ids = {event.text("entry") for event in events}
    for event in sorted(account.events, key=lambda event: event.id, reverse=True):
        if not editor.is_of_this_sitting(event) or event.id in named_ids:
            continue
        if event.kind == EventKind.LINKED_GROUP_CHANGED:
            events.remove(event)
            origin = event.fields.get("from")
            former = origin if isinstance(origin, str) else None
        elif event.kind == EventKind.ACCOUNT_ADDED and "hub" in event.fields:
            kept = {name: value for name, value in event.fields.items() if name not in ("hub", "since")}
            events[events.index(event)], former = event._replace(fields=kept), None
    return replace(account, events=tuple(events)), former
