"""What the letters to an authority may state of the complaint to it, by the names of `LetterFacts`."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AUTHORITY_RECEIVED, AUTHORITY_SAYS, REFERENCE


def facts_about_authority(events: Sequence[Event]) -> dict[str, Any]:
    """The last complaint to an authority, its reference as last written down, and what came of it."""
    complaint = _last(events, EventKind.COMPLAINED_TO_AUTHORITY)
    since = events[events.index(complaint) :] if complaint is not None else ()
    letter = _last(since, EventKind.AUTHORITY_WROTE)
    is_receipt = letter is not None and letter.text(AUTHORITY_SAYS.name) == AUTHORITY_RECEIVED
    return {
        "authority_complained": _day_of(complaint),
        "authority_reference": last_reference(events, _KINDS_WITH_REFERENCE_OF_AUTHORITY),
        "authority_wrote": _day_of(letter),
        "authority_received": _day_of(letter) if is_receipt else None,
        "authority_asked": _day_of(_last(since, EventKind.AUTHORITY_ASKED)),
        "closed": any(event.kind == EventKind.CASE_CLOSED for event in events),
    }


def last_reference(events: Sequence[Event], kinds: Collection[str]) -> str:
    """The reference that was written down last, of the entries of these kinds; empty for none."""
    references = [event.text(REFERENCE.name) for event in events if event.kind in kinds]
    return next(filter(None, reversed(references)), "")


_KINDS_WITH_REFERENCE_OF_AUTHORITY = frozenset(
    {EventKind.COMPLAINED_TO_AUTHORITY, EventKind.AUTHORITY_WROTE, EventKind.AUTHORITY_TOLD}
)
KINDS_WITH_REFERENCE_OF_META = (
    kinds_where(lambda rules: REFERENCE.name in rules.fields) - _KINDS_WITH_REFERENCE_OF_AUTHORITY
)
"""The kinds of entry whose reference is one that Meta gave."""


def _last(events: Sequence[Event], kind: EventKind) -> Event | None:
    return next((event for event in reversed(events) if event.kind == kind), None)


def _day_of(event: Event | None) -> date | None:
    return event.at.date() if event is not None else None
