"""Who was authorised to help, and the kept file that proves it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core.case_file.diary import untruncated_line
from metaoptout_tui.core.record.accounts import EvidenceFileState, EvidenceItem, Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force


class CaseHelper(NamedTuple):
    """Who was authorised to help, how (as in the diary), and when; `exhibit` is the number of the file that proves it."""

    name: str
    how: str
    at: datetime
    exhibit: int | None


def find_authorisation(record: Record) -> Event | None:
    """The entry that says who was authorised last to help, if anybody was."""
    entries = [
        event
        for account in record.accounts
        for event in events_in_force(account.events)
        if event.kind == EventKind.HELPER_AUTHORISED
    ]
    return max(entries, key=lambda event: (event.at, event.id), default=None)


def case_helper(authorised: Event, in_case: Sequence[tuple[EvidenceItem, EvidenceFileState]]) -> CaseHelper:
    """Who helps, with the kept file that proves it, if one of the case does."""
    proofs = (
        number
        for number, (item, _) in enumerate(in_case, start=1)
        if item.belongs_to is not None
        and item.belongs_to.kind == EventKind.HELPER_AUTHORISED
        and item.belongs_to.fields == authorised.fields
        and item.belongs_to.at == authorised.at
    )
    return CaseHelper(
        untruncated_line(authorised.text("helper")), authorised.text("how"), authorised.at, next(proofs, None)
    )
