"""The files that go along with a letter, each as what it is: the reminder of that day, Meta's refusal of this."""

from datetime import date
from typing import NamedTuple

from metaoptout_tui.core.record.accounts import Account, Record, evidence_items_of
from metaoptout_tui.core.record.events import day_or_month_of, events_in_force


class LetterAttachment(NamedTuple):
    """A kept file: its name, and the kind and day of the event that it proves; empty and None where that is gone."""

    file_name: str
    event_kind: str = ""
    day: date | None = None


def letter_attachments(account: Account, record: Record) -> tuple[LetterAttachment, ...]:
    """The files kept for an account, in the order of what they prove."""
    in_force = {event.id: (index, event) for index, event in enumerate(events_in_force(account.events))}
    numbered_attachments = []
    for item in evidence_items_of(record):
        if item.account.id == account.id:
            index, event = in_force.get(item.event.text("of"), (len(in_force), None))
            day = day_or_month_of(event) if event is not None else None
            numbered_attachments.append(
                (index, LetterAttachment(item.file.name, event.kind if event is not None else "", day))
            )
    return tuple(attachment for _index, attachment in sorted(numbered_attachments, key=lambda each: each[0]))
