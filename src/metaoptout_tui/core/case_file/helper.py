"""Who was authorised to help the person, for the beginning of the case file."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core.case_file.entry_details import untruncated_line
from metaoptout_tui.core.record.accounts import EvidenceItem, Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force


class CaseHelper(NamedTuple):
    """Who was authorised to help, how (as in the diary), and when; `exhibit` is the number of the file that proves it."""

    name: str
    how: str
    at: datetime
    exhibit: int | None


def newest_authorisation(record: Record) -> Event | None:
    """The entry about who was authorised last, if anybody was; each account has one of its own."""
    return max(_authorisations(record), key=lambda event: (event.at, event.id), default=None)


def _authorisations(record: Record) -> list[Event]:
    return [
        event
        for account in record.accounts
        for event in events_in_force(account.events)
        if event.kind == EventKind.HELPER_AUTHORISED
    ]


def find_helper(record: Record, exhibits: Sequence[EvidenceItem]) -> CaseHelper | None:
    """Who was authorised last, if anybody was; `exhibits` are the kept files of the case, numbered from 1."""
    newest = newest_authorisation(record)
    if newest is None:
        return None
    # The file may have been kept with the entry of any account.
    same = {event.id for event in _authorisations(record) if event.at == newest.at and event.fields == newest.fields}
    proofs = (number for number, item in enumerate(exhibits, 1) if item.belongs_to and item.belongs_to.id in same)
    return CaseHelper(untruncated_line(newest.text("helper")), newest.text("how"), newest.at, next(proofs, None))
