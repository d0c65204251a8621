"""What the letters to an authority may state of the complaint to it, by the names of `LetterFacts`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AUTHORITY_RECEIVED, AUTHORITY_SAYS


def facts_about_authority(events: Sequence[Event]) -> dict[str, Any]:
    """The last complaint to an authority, its reference as last written down, and what came of it."""
    complaint = _last(events, EventKind.COMPLAINED_TO_AUTHORITY)
    since = events[events.index(complaint) :] if complaint is not None else ()
    letter = _last(since, EventKind.AUTHORITY_WROTE)
    is_receipt = letter is not None and letter.text(AUTHORITY_SAYS.name) == AUTHORITY_RECEIVED
    references = [
        reference
        for event in events
        if event.kind in (EventKind.COMPLAINED_TO_AUTHORITY, EventKind.AUTHORITY_WROTE)
        and (reference := event.text("reference"))
    ]
    return {
        "authority_complained": _day_of(complaint),
        "authority_reference": references[-1] if references else "",
        "authority_wrote": _day_of(letter),
        "authority_received": _day_of(letter) if is_receipt else None,
        "authority_asked": _day_of(_last(since, EventKind.AUTHORITY_ASKED)),
        "closed": any(event.kind == EventKind.CASE_CLOSED for event in events),
    }


def _last(events: Sequence[Event], kind: EventKind) -> Event | None:
    return next((event for event in reversed(events) if event.kind == kind), None)


def _day_of(event: Event | None) -> date | None:
    return event.at.date() if event is not None else None
