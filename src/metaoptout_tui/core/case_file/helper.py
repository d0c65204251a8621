"""Who was authorised to help the person, for the beginning of the case file."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core.case_file.diary import untruncated_line
from metaoptout_tui.core.record.accounts import EvidenceItem, Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import events_in_force


class CaseHelper(NamedTuple):
    """Who was authorised to help, how (as in the diary), and when; `exhibit` is the number of the file that proves it."""

    name: str
    how: str
    at: datetime
    exhibit: int | None


def find_helper(record: Record, exhibits: Sequence[EvidenceItem]) -> CaseHelper | None:
    """Who was authorised last, if anybody was; `exhibits` are the kept files of the case, numbered from 1."""
    entries = [
        event
        for account in record.accounts
        for event in events_in_force(account.events)
        if event.kind == EventKind.HELPER_AUTHORISED
    ]
    if not entries:
        return None
    newest = max(entries, key=lambda event: (event.at, event.id))
    # Each account has an entry of its own, and the file may have been kept with any of them.
    same = {event.id for event in entries if event.at == newest.at and event.fields == newest.fields}
    proofs = (number for number, item in enumerate(exhibits, 1) if item.belongs_to and item.belongs_to.id in same)
    return CaseHelper(untruncated_line(newest.text("helper")), newest.text("how"), newest.at, next(proofs, None))
