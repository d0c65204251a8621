"""The diary: dated entries of what the person did and what happened, from which every state is computed.

An entry is never edited. A wrong date is put right by a later `date-corrected`, a tick taken back by a later
`step-reopened`; so two copies of a diary join by joining their entries, and nothing taken back returns.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

NO_FIELDS: Mapping[str, object] = MappingProxyType({})


class Kind(NamedTuple):
    """One kind of entry: the fields it must have, and those it may have."""

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "account-added": Kind(may=("email", "hub", "since")),
        "step-done": Kind(needs=("step",)),
        "step-reopened": Kind(needs=("step",)),
        "step-skipped": Kind(needs=("step",)),
        "noted": Kind(needs=("step", "text")),
        "date-corrected": Kind(needs=("entry", "to")),
        "filed": Kind(may=("form", "email", "reason", "received")),
        "letter-arrived": Kind(needs=("of",)),
        "confirmed-on-screen": Kind(may=("reference",)),
        "confirmed-by-mail": Kind(may=("reference",)),
        "code-asked": Kind(may=("reference",)),
        "more-asked": Kind(may=("for", "reference")),
        "answered": Kind(may=("reference",)),
        "refused": Kind(may=("grounds", "reference")),
        "extended": Kind(may=("until", "reasons", "reference")),
        "answer-missing": Kind(),
        "reminded": Kind(),
        "extension-disputed": Kind(may=("by", "received")),
        "asked-applied": Kind(may=("by", "received")),
        "complained-to-controller": Kind(may=("by", "received", "reference")),
        "acknowledged": Kind(may=("reference",)),
        "complained": Kind(may=("authority", "by", "received", "reference")),
        "authority-wrote": Kind(may=("reference",)),
        "closed": Kind(),
        "email-changed": Kind(may=("from", "to")),
        "hub-changed": Kind(may=("from", "to", "since")),
        "moved-to-meta-account": Kind(),
        "country-changed": Kind(needs=("from", "to")),
        "rechecked": Kind(),
        "review-answered": Kind(needs=("point", "answer")),
        "reviewed-chats": Kind(needs=("counts", "file", "sha256"), may=("sender",)),
        "evidence": Kind(needs=("file", "sha256", "bytes", "of"), may=("holds",)),
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

BEFORE: Final = "before"
UNKNOWN: Final = "unknown"
Since = datetime | Literal["before", "unknown"]
"""Since when a link is there, as a person answers it: from a moment on, or one of the two words of `since`."""

FIELD_TYPES: Mapping[str, type] = MappingProxyType({"until": date, "received": date, "bytes": int, "counts": dict})
"""What a field holds where that is not text. `to` is a date and time in `date-corrected`, else text."""

REPLIES = frozenset(
    {"confirmed-on-screen", "confirmed-by-mail", "code-asked", "more-asked", "refused", "extended", "answer-missing"}
)
"""What may come back after filing; these are what the step `confirm` records."""

_AHEAD = timedelta(days=1)
"""How far an entry may be ahead: clocks and zones of two machines differ, and a day typed is as good as its hour."""

_RANK = {
    "account-added": 0,
    "email-changed": 1,
    "hub-changed": 1,
    "moved-to-meta-account": 1,
    "country-changed": 1,
    "step-done": 2,
    "filed": 3,
}
_LAST = 4


def field_type(what: str, name: str) -> type:
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
    what: str
    fields: Mapping[str, object] = NO_FIELDS

    def text(self, name: str) -> str:
        """A text field, empty where it is absent."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else str(value)


def is_to_come(event: Event, now: datetime) -> bool:
    """Whether an entry, with its corrected date, is about what has not happened yet: its date was mistyped in the file."""
    return event.at > _ahead_of(now)


def _ahead_of(now: datetime) -> datetime:
    """The moment after which an entry is still to come, in UTC, so that many are compared with it fast."""
    return (now + _AHEAD).astimezone(UTC)


def in_force(events: Iterable[Event], now: datetime | None = None) -> tuple[Event, ...]:
    """The entries that count, each with its corrected date, in the order things happened.

    An entry is out of force when a `step-reopened` of its step was written after it. A link whose date was put right has
    that date, whatever its `since` said; a letter of which it was written down when it arrived has that day. Entries of
    one moment are ordered by kind, then id, so that the result depends on the set of entries alone. With `now`, those that
    are still to come do not count.
    """
    every = list(events)
    end = _ahead_of(now) if now is not None else None
    corrected: dict[str, tuple[str, datetime]] = {}
    reopened: dict[str, str] = {}
    for event in every:
        if event.what == "date-corrected":
            entry, to = event.text("entry"), event.fields.get("to")
            if isinstance(to, datetime) and corrected.get(entry, ("",))[0] < event.id:
                corrected[entry] = (event.id, to)
        elif event.what == "step-reopened":
            step = event.text("step")
            reopened[step] = max(reopened.get(step, ""), event.id)
    kept = {}
    for event in every:
        if event.what in ("date-corrected", "step-reopened") or event.id < reopened.get(step_of(event), ""):
            continue
        dated = _dated(event, corrected[event.id][1]) if event.id in corrected else event
        if end is None or dated.at <= end:
            kept[event.id] = dated
    return tuple(sorted(_with_arrivals(kept), key=moment))


def _with_arrivals(kept: dict[str, Event]) -> Iterable[Event]:
    """The entries, letters with the day of their arrival as it was written down last; without arrivals of what is gone."""
    arrivals = {event.text("of"): event for _, event in sorted(kept.items()) if event.what == "letter-arrived"}
    for event in kept.values():
        if event.what == "letter-arrived":
            if event.text("of") in kept:
                yield event
        elif event.id in arrivals:
            yield event._replace(fields={**event.fields, "received": arrivals[event.id].at.date()})
        else:
            yield event


def _dated(event: Event, at: datetime) -> Event:
    """An entry of which it is known when it happened."""
    return event._replace(at=at, fields={name: value for name, value in event.fields.items() if name != "since"})


def moment(event: Event) -> tuple[datetime, int, str]:
    """The place of an entry among others."""
    return (event.at, _RANK.get(event.what, _LAST), event.id)


def step_of(event: Event) -> str:
    """The step of the walk an entry establishes, empty where it establishes none. A note never does."""
    match event.what:
        case "step-done" | "step-skipped":
            return event.text("step")
        case "filed":
            return "submit"
        case "review-answered" | "reviewed-chats":
            return "review"
        case what if what in REPLIES or what == "answered":
            return "confirm"
        case _:
            return ""
