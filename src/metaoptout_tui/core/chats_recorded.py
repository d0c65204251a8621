"""What the diary holds of scanned chats: each recorded scan, in words, and how a new one differs from it.

A scan keeps counts and file names only, so a chat is known again by the name of its file.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from metaoptout_tui.core import text, when
from metaoptout_tui.core.chats import at_least, days
from metaoptout_tui.core.diary import Event, in_force

OWN: Final = "me"
"""The `sender` of an entry whose messages to Meta AI are those of the person alone."""


class Recorded(NamedTuple):
    """The chats of one file as a scan recorded them together. `own`: only the person's messages were counted."""

    at: datetime
    file: str
    to_meta_ai: int
    own: bool


class Scan(NamedTuple):
    """What was recorded at one moment, an entry for each chat."""

    at: datetime
    entries: tuple[Event, ...]

    @property
    def to_meta_ai(self) -> tuple[int, ...]:
        """Messages to Meta AI, chat by chat."""
        return tuple(number(entry, "to_meta_ai") for entry in self.entries)


def scans(events: Iterable[Event]) -> tuple[Scan, ...]:
    """The recorded scans of an account that are in force, the oldest first."""
    at: dict[datetime, list[Event]] = {}
    for event in in_force(events):
        if event.what == "reviewed-chats":
            at.setdefault(event.at, []).append(event)
    return tuple(Scan(moment, tuple(entries)) for moment, entries in at.items())


def last_scan_words(events: Iterable[Event], now: datetime) -> str:
    """The newest recorded scan in a sentence, never saying that nothing was shared; empty where none is recorded."""
    every = scans(events)
    if not every:
        return ""
    counts = every[-1].to_meta_ai
    on = when.day(every[-1].at.astimezone(now.tzinfo).date(), now.date())
    some = sum(map(bool, counts))
    own = " by you" if some and all(entry.text("sender") == OWN for entry in every[-1].entries) else ""
    if len(counts) == 1:
        where = " in one chat"
    else:
        where = f", in {some} of {len(counts)} chats" if some else f" in {len(counts)} chats"
    return f"Recorded scan of {on}: {at_least(sum(counts))}{own}{where}."


def recorded_before(events: Iterable[Event], file: str) -> Recorded | None:
    """What the newest scan with a file of this name recorded of it.

    None where there is none, and where its chats were counted partly for the person alone and partly for all.
    """
    for scan in reversed(scans(events)):
        entries = [entry for entry in scan.entries if entry.text("file") == file]
        if entries:
            senders = {entry.text("sender") for entry in entries}
            count = sum(number(entry, "to_meta_ai") for entry in entries)
            return Recorded(scan.at, file, count, senders == {OWN}) if len(senders) == 1 else None
    return None


def are_recorded(events: Iterable[Event], rows: Iterable[Mapping[str, object]]) -> bool:
    """Whether each row, as a `reviewed-chats` entry would hold it, was recorded with the same counts; its hash aside."""
    kept: dict[object, list[Mapping[str, object]]] = {}
    for entry in in_force(events):
        if entry.what == "reviewed-chats":
            kept.setdefault(entry.fields.get("file"), []).append(entry.fields)
    asked = list(rows)
    return bool(asked) and all(any(_is_same(row, fields) for fields in kept.get(row["file"], ())) for row in asked)


def _is_same(row: Mapping[str, object], fields: Mapping[str, object]) -> bool:
    return all(row.get(name, "") == fields.get(name, "") for name in ("counts", "file", "sender"))


def difference_words(before: int, now: int) -> str:
    """How many messages to Meta AI there are now against those recorded: `3 more than the 20`, `as many`."""
    if now == before:
        return "as many"
    how = "more" if now > before else "fewer"
    return f"{abs(now - before):,} {how} than the {before:,}"


def entry_words(event: Event) -> str:
    """A `reviewed-chats` entry of the diary in words."""
    counts = event.fields.get("counts")
    counts = counts if isinstance(counts, Mapping) else {}
    to, maybe = (number(event, name) for name in ("to_meta_ai", "maybe_to_meta_ai"))
    own = " by you" if to and event.text("sender") == OWN else ""
    span = _span(counts.get("first"), counts.get("last"))
    parts = [at_least(to) + own + (f", {span}" if span else "")]
    if maybe:
        parts.append(f"perhaps {maybe:,} more")
    least = "" if to else ", which does not mean that nothing was shared"
    return f"Chat scanned, {text.line(event.text('file'))}: {'; '.join(parts)}{least}"


def number(event: Event, name: str) -> int:
    """A count of an entry; 0 where there is none that can be read."""
    counts = event.fields.get("counts")
    value = counts.get(name) if isinstance(counts, Mapping) else None
    return value if isinstance(value, int) else 0


def _span(first: object, last: object) -> str:
    try:
        return days((date.fromisoformat(str(first)), date.fromisoformat(str(last))))
    except ValueError:
        return ""
