"""Diary events, their ids, and which of them are in force at a given time.

An event is never edited. A wrong date is put right by a later `date-corrected`, a ticked step is undone by a later
`step-reopened`; so two copies of a diary are merged by uniting their events, and nothing undone returns. Event ids are ULIDs,
sorted by when the event was written. Every state of an account is computed from its events.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple

from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.vocabulary import SENT_BY_LETTER

NO_FIELDS: Mapping[str, object] = MappingProxyType({})


LinkSince = datetime | Literal["before", "unknown"]
"""Since when a link is there, as a person answers it: from a moment on, or one of the two words of `since`."""

_FUTURE_TOLERANCE = timedelta(days=1)
"""How far an entry may be ahead: clocks and zones of two machines differ, and a day typed is as good as its hour."""


class Event(NamedTuple):
    """One entry: a unique, sortable id; when it happened (with its zone); its kind; and the kind's fields.

    Ids sort by when an entry was *written*, `at` is when the thing *happened*.
    """

    id: str
    at: datetime
    kind: str
    fields: Mapping[str, object] = NO_FIELDS

    def text(self, name: str) -> str:
        """A text field, empty where it is absent."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else str(value)


def is_in_future(event: Event, now: datetime) -> bool:
    """Whether an entry, with its corrected date, is about what has not happened yet: its date was mistyped in the file."""
    return event.at > _latest_past_moment(now)


def _latest_past_moment(now: datetime) -> datetime:
    """The moment after which an entry is still to come, in UTC, so that many are compared with it fast."""
    return (now + _FUTURE_TOLERANCE).astimezone(UTC)


def events_in_force(events: Iterable[Event], now: datetime | None = None) -> tuple[Event, ...]:
    """The entries that count, each with its corrected date, in the order things happened.

    An entry is out of force when a `step-reopened` of its step was written after it. A link whose date was put right has
    that date, whatever its `since` said; a letter of which it was written down when it arrived has that day. Entries of
    one moment are ordered by kind, then id, so that the result depends on the set of entries alone. With `now`, those that
    are still to come do not count.
    """
    every = list(events)
    end = _latest_past_moment(now) if now is not None else None
    corrected: dict[str, tuple[str, datetime]] = {}
    reopened: dict[str, str] = {}
    for event in every:
        if event.kind == EventKind.DATE_CORRECTED:
            entry, to = event.text("entry"), event.fields.get("to")
            if isinstance(to, datetime) and corrected.get(entry, ("",))[0] < event.id:
                corrected[entry] = (event.id, to)
        elif event.kind == EventKind.STEP_REOPENED:
            step = event.text("step")
            reopened[step] = max(reopened.get(step, ""), event.id)
    kept = {}
    for event in every:
        if event.kind in (EventKind.DATE_CORRECTED, EventKind.STEP_REOPENED) or event.id < reopened.get(
            step_recorded_by(event), ""
        ):
            continue
        dated = _with_corrected_date(event, corrected[event.id][1]) if event.id in corrected else event
        if end is None or dated.at <= end:
            kept[event.id] = dated
    return tuple(sorted(_with_arrival_days(kept), key=event_sort_key))


def _with_arrival_days(kept: dict[str, Event]) -> Iterable[Event]:
    """The entries, letters with the day of their arrival as it was written down last; without arrivals of what is gone."""
    arrivals = {event.text("of"): event for _, event in sorted(kept.items()) if event.kind == EventKind.LETTER_ARRIVED}
    for event in kept.values():
        if event.kind == EventKind.LETTER_ARRIVED:
            if event.text("of") in kept:
                yield event
        elif event.id in arrivals:
            yield event._replace(fields={**event.fields, "received": arrivals[event.id].at.date()})
        else:
            yield event


def _with_corrected_date(event: Event, at: datetime) -> Event:
    """An entry of which it is known when it happened."""
    return event._replace(at=at, fields={name: value for name, value in event.fields.items() if name != "since"})


def event_sort_key(event: Event) -> tuple[datetime, int, str]:
    """The place of an entry among others."""
    return (event.at, rules_of(event.kind).sort_rank, event.id)


def step_recorded_by(event: Event) -> str:
    """The step of the walk an entry establishes, empty where it establishes none. A note never does."""
    if event.kind in (EventKind.STEP_DONE, EventKind.STEP_SKIPPED):
        return event.text("step")
    return rules_of(event.kind).step or ""


def went_by_post(event: Event) -> bool:
    """Whether what an event says was sent went by post."""
    return SENT_BY_LETTER in (event.text("form"), event.text("by"))


def arrival_day_of(event: Event) -> date | None:
    """The day on which what was posted arrived; None where that is not known, or lies before the day of posting."""
    day = event.fields.get("received")
    return day if isinstance(day, date) and day >= event.at.date() else None


_ULID_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ULID_LENGTH = 26
_RANDOM_BITS = 80


def new_event_id(written: datetime, random: bytes, *, after: str = "") -> str:
    """A ULID of the moment of writing and ten random bytes, always greater than `after`.

    `after` is the greatest id in the diary: with it the order of writing survives a clock that was set back.
    """
    milliseconds = max(0, int(written.timestamp() * 1000))
    number = (milliseconds << _RANDOM_BITS) | int.from_bytes(random[:10], "big")
    made = _encode_ulid(number)
    if made > after:
        return made
    return _encode_ulid(_decode_ulid(after) + 1) if _is_ulid(after) else after + "0"


def _encode_ulid(number: int) -> str:
    return "".join(_ULID_ALPHABET[(number >> shift) & 31] for shift in range(5 * (_ULID_LENGTH - 1), -1, -5))


def _decode_ulid(id: str) -> int:
    number = 0
    for character in id:
        number = number * 32 + _ULID_ALPHABET.index(character)
    return number


def _is_ulid(id: str) -> bool:
    return len(id) == _ULID_LENGTH and all(character in _ULID_ALPHABET for character in id) and id < "7" + "Z" * 25
