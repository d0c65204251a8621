"""Diary events, their kinds, their ids, and which of them are in force at a given time.

An event is never edited. A wrong date is put right by a later `date-corrected`, a ticked step is undone by a later
`step-reopened`; so two copies of a diary are merged by uniting their events, and nothing undone returns. Event ids are ULIDs,
sorted by when the event was written. Every state of an account is computed from its events.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

NO_FIELDS: Mapping[str, object] = MappingProxyType({})


class EventKind(NamedTuple):
    """One kind of entry: the fields it must have, and those it may have."""

    required_fields: tuple[str, ...] = ()
    optional_fields: tuple[str, ...] = ()


EVENT_KINDS: Mapping[str, EventKind] = MappingProxyType(
    {
        "account-added": EventKind(optional_fields=("email", "hub", "since")),
        "step-done": EventKind(required_fields=("step",)),
        "step-reopened": EventKind(required_fields=("step",)),
        "step-skipped": EventKind(required_fields=("step",)),
        "noted": EventKind(required_fields=("step", "text")),
        "date-corrected": EventKind(required_fields=("entry", "to")),
        "filed": EventKind(optional_fields=("form", "email", "reason", "received")),
        "letter-arrived": EventKind(required_fields=("of",)),
        "confirmed-on-screen": EventKind(optional_fields=("reference",)),
        "confirmed-by-mail": EventKind(optional_fields=("reference",)),
        "code-asked": EventKind(optional_fields=("reference",)),
        "more-asked": EventKind(optional_fields=("for", "reference")),
        "answered": EventKind(optional_fields=("reference",)),
        "refused": EventKind(optional_fields=("grounds", "reference")),
        "extended": EventKind(optional_fields=("until", "reasons", "reference")),
        "answer-missing": EventKind(),
        "reminded": EventKind(),
        "extension-disputed": EventKind(optional_fields=("by", "received")),
        "asked-applied": EventKind(optional_fields=("by", "received")),
        "complained-to-controller": EventKind(optional_fields=("by", "received", "reference")),
        "acknowledged": EventKind(optional_fields=("reference",)),
        "complained": EventKind(optional_fields=("authority", "by", "received", "reference")),
        "authority-wrote": EventKind(optional_fields=("reference",)),
        "closed": EventKind(),
        "email-changed": EventKind(optional_fields=("from", "to")),
        "hub-changed": EventKind(optional_fields=("from", "to", "since")),
        "moved-to-meta-account": EventKind(),
        "country-changed": EventKind(required_fields=("from", "to")),
        "rechecked": EventKind(),
        "review-answered": EventKind(required_fields=("point", "answer")),
        "reviewed-chats": EventKind(required_fields=("counts", "file", "sha256"), optional_fields=("sender",)),
        "evidence": EventKind(required_fields=("file", "sha256", "bytes", "of"), optional_fields=("holds",)),
    }
)
"""The closed list of kinds. An unknown one, from a newer version, is kept and shown as such.

Every kind may also carry `note`. `holds` is `letter` where the file is the text of the letter that `of` says was sent. `received` is the day a posted letter arrived; a later `letter-arrived` of it says the
same, by its own date. `answered` is that the person answered what Meta asked. `sender` is `me` where only the person's own
messages to Meta AI were counted. After `country-changed` what was sent before goes on under the law of where the person
lived then. In `hub-changed` an absent `from` or `to` means unknown and an empty one not linked.

A link is often learned of later than it was made. `since` says so: `before`, it was so already when the objections were
sent; `unknown`, nobody knows since when, and `at` is when it was learned. Without it the link was made at `at`.
"""

SINCE_BEFORE: Final = "before"
SINCE_UNKNOWN: Final = "unknown"
LinkSince = datetime | Literal["before", "unknown"]
"""Since when a link is there, as a person answers it: from a moment on, or one of the two words of `since`."""

FIELD_TYPES: Mapping[str, type] = MappingProxyType({"until": date, "received": date, "bytes": int, "counts": dict})
"""What a field holds where that is not text. `to` is a date and time in `date-corrected`, else text."""

REPLY_KINDS = frozenset(
    {"confirmed-on-screen", "confirmed-by-mail", "code-asked", "more-asked", "refused", "extended", "answer-missing"}
)
"""What may come back after filing; these are what the step `confirm` records."""

_FUTURE_TOLERANCE = timedelta(days=1)
"""How far an entry may be ahead: clocks and zones of two machines differ, and a day typed is as good as its hour."""

_KIND_RANKS = {
    "account-added": 0,
    "email-changed": 1,
    "hub-changed": 1,
    "moved-to-meta-account": 1,
    "country-changed": 1,
    "step-done": 2,
    "filed": 3,
}
_LAST_RANK = 4


def event_field_type(what: str, name: str) -> type:
    """The type that field `name` of an entry of kind `what` holds."""
    if what == "date-corrected" and name == "to":
        return datetime
    return FIELD_TYPES.get(name, str)


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
        if event.kind == "date-corrected":
            entry, to = event.text("entry"), event.fields.get("to")
            if isinstance(to, datetime) and corrected.get(entry, ("",))[0] < event.id:
                corrected[entry] = (event.id, to)
        elif event.kind == "step-reopened":
            step = event.text("step")
            reopened[step] = max(reopened.get(step, ""), event.id)
    kept = {}
    for event in every:
        if event.kind in ("date-corrected", "step-reopened") or event.id < reopened.get(step_recorded_by(event), ""):
            continue
        dated = _with_corrected_date(event, corrected[event.id][1]) if event.id in corrected else event
        if end is None or dated.at <= end:
            kept[event.id] = dated
    return tuple(sorted(_with_arrival_days(kept), key=event_sort_key))


def _with_arrival_days(kept: dict[str, Event]) -> Iterable[Event]:
    """The entries, letters with the day of their arrival as it was written down last; without arrivals of what is gone."""
    arrivals = {event.text("of"): event for _, event in sorted(kept.items()) if event.kind == "letter-arrived"}
    for event in kept.values():
        if event.kind == "letter-arrived":
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
    return (event.at, _KIND_RANKS.get(event.kind, _LAST_RANK), event.id)


def step_recorded_by(event: Event) -> str:
    """The step of the walk an entry establishes, empty where it establishes none. A note never does."""
    match event.kind:
        case "step-done" | "step-skipped":
            return event.text("step")
        case "filed":
            return "submit"
        case "review-answered" | "reviewed-chats":
            return "review"
        case what if what in REPLY_KINDS or what == "answered":
            return "confirm"
        case _:
            return ""


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
