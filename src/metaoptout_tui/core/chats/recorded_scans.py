"""What the diary holds of scanned chats: counts and names of files, by which a chat is recorded once and recounted."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from metaoptout_tui.core import dates, text
from metaoptout_tui.core.chats.scan_results import BY_OTHERS_COUNT, OWN_SENDER, WITH_META_AI_ALONE, is_meta_ai
from metaoptout_tui.core.chats.scan_summary import (
    BUSINESS_POINT,
    GROUPS_POINT,
    SCANNED_POINTS,
    USED_POINT,
    chat_title_of,
    format_date_span,
    meta_ai_count_text,
)
from metaoptout_tui.core.language.formatting import format_clauses, format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force


class RecordedChatFile(NamedTuple):
    """The chats of one file as a scan recorded them; where `is_own_only`, only the person's messages were counted."""

    at: datetime
    file: str
    to_meta_ai: int
    is_own_only: bool


class RecordedScan(NamedTuple):
    """One recorded scan: an event for each chat, all of one moment."""

    at: datetime
    events: tuple[Event, ...]

    @property
    def meta_ai_counts(self) -> tuple[int, ...]:
        """Messages to Meta AI, chat by chat."""
        return tuple(recorded_count(event, "to_meta_ai") for event in self.events)


def recorded_scans_of(events: Iterable[Event]) -> tuple[RecordedScan, ...]:
    """The recorded scans of an account that are in force, the oldest first."""
    events_by_moment: dict[datetime, list[Event]] = {}
    for event in events_in_force(events):
        if event.kind == EventKind.REVIEWED_CHATS:
            events_by_moment.setdefault(event.at, []).append(event)
    return tuple(RecordedScan(moment, tuple(scan_events)) for moment, scan_events in events_by_moment.items())


def find_last_recording(events: Iterable[Event], file: str, chat_ids: Collection[str] = ()) -> RecordedChatFile | None:
    """The newest recording of a chat with one of these ids; without ids, of the chats of a file, known by its name.

    None where there is none, and where it counted some chats for the person alone and others for all.
    """
    for scan in reversed(recorded_scans_of(events)):
        recordings = [
            event
            for event in scan.events
            if (event.text("chat") in chat_ids if chat_ids else not event.text("chat") and event.text("file") == file)
        ]
        if recordings:
            senders = {event.text("sender") for event in recordings}
            count = sum(recorded_count(event, "to_meta_ai") for event in recordings)
            return RecordedChatFile(scan.at, file, count, senders == {OWN_SENDER}) if len(senders) == 1 else None
    return None


def recording_key(fields: Mapping[str, object]) -> tuple[str, ...]:
    """What is the same in two recordings of a chat with the same counts; the SHA-256 may differ."""
    counts = fields.get("counts")
    known = counts if isinstance(counts, Mapping) else {}
    left_out = () if "messages" in known else _COUNTS_OF_ALL_MESSAGES
    sorted_counts = sorted((name, count) for name, count in known.items() if name not in left_out)
    return (*(str(fields.get(name, "")) for name in ("chat", "file", "sender")), repr(sorted_counts))


def is_recorded(fields: Mapping[str, object], keys: Collection[tuple[str, ...]]) -> bool:
    """Whether a chat stands in the diary with these counts, or as it was when it was only searched."""
    counts = fields.get("counts")
    searched = dict(counts) if isinstance(counts, Mapping) else {}
    for name in _COUNTS_OF_ALL_MESSAGES:
        searched.pop(name, None)
    return recording_key(fields) in keys or recording_key({**fields, "counts": searched}) in keys


_COUNTS_OF_ALL_MESSAGES = ("messages", "privacy_switch")
"""The counts that are known only once all messages of a chat are counted."""


def recorded_keys(events: Iterable[Event]) -> frozenset[tuple[str, ...]]:
    """The keys of all recorded chats."""
    return frozenset(recording_key(event.fields) for scan in recorded_scans_of(events) for event in scan.events)


def count_difference_text(before: int, now: int) -> str:
    """The difference to the recorded number of messages to Meta AI: `3 more than the 20`, `as many`."""
    if now == before:
        return _("as many")
    words = _("{count} more than the {before}") if now > before else _("{count} fewer than the {before}")
    return words.format(count=format_number(abs(now - before)), before=format_number(before))


def chat_scan_event_text(event: Event, *, is_for_others: bool = False) -> str:
    """A `reviewed-chats` entry of the diary in words, to the person or, `is_for_others`, about the person."""
    counts = event.fields.get("counts")
    counts = counts if isinstance(counts, Mapping) else {}
    to_meta_ai, maybe_to_meta_ai = (recorded_count(event, name) for name in ("to_meta_ai", "maybe_to_meta_ai"))
    of_person = (
        ngettext(
            "at least {count} message of the person to Meta AI",
            "at least {count} messages of the person to Meta AI",
            to_meta_ai,
        )
        if is_for_others
        else ngettext(
            "at least {count} message to Meta AI by you", "at least {count} messages to Meta AI by you", to_meta_ai
        )
    )
    is_of_person = to_meta_ai and event.text("sender") == OWN_SENDER
    found = of_person.format(count=format_number(to_meta_ai)) if is_of_person else meta_ai_count_text(to_meta_ai)
    span = _date_span_text(counts.get("first"), counts.get("last"))
    parts = [dates.with_day(found, span) if span else found]
    if maybe_to_meta_ai:
        parts.append(_("perhaps {count} more").format(count=format_number(maybe_to_meta_ai)))
    if event.text("sender") == OWN_SENDER and (by_others := recorded_count(event, BY_OTHERS_COUNT)):
        parts.append(_("{count} by others").format(count=format_number(by_others)))
    if could_be_read := sum(recorded_count(event, name) for name in ("could_be_read", "could_be_read_by_others")):
        as_member = ngettext(
            "{count} message that Meta could read, as Meta AI was in the chat",
            "{count} messages that Meta could read, as Meta AI was in the chat",
            could_be_read,
        )
        parts.append(as_member.format(count=format_number(could_be_read)))
    # Translators: {counts} is such as “at least 3 messages to Meta AI, 3 Nov 2025; perhaps 2 more”.
    words = (
        _("Chat scanned, {file}: {counts}")
        if to_meta_ai
        else _("Chat scanned, {file}: {counts}, which does not mean that nothing was shared")
    )
    return words.format(file=text.clean_line(event.text("file")), counts=format_clauses(parts))


def recorded_count(event: Event, name: str) -> int:
    """A count of an entry; 0 where there is none that can be read."""
    return _count_of(event.fields, name)


def is_of_chat_with_meta_ai(fields: Mapping[str, object]) -> bool:
    """Whether the entry with these fields is of the chat with Meta AI alone, in earlier releases known by its name."""
    return bool(_count_of(fields, WITH_META_AI_ALONE)) or is_meta_ai(chat_title_of(str(fields.get("file", ""))))


def points_found(rows: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """The review points that scanned chats answer with yes, by the fields of their entries.

    What was not found answers none. Where Meta AI answered in a chat with people, somebody called it.
    """
    found: set[str] = set()
    for fields in rows:
        to_meta_ai, is_alone = _count_of(fields, "to_meta_ai"), is_of_chat_with_meta_ai(fields)
        if to_meta_ai and (is_alone or fields.get("sender") == OWN_SENDER):
            found.add(USED_POINT)
        if not is_alone and (to_meta_ai or _count_of(fields, BY_OTHERS_COUNT) or _count_of(fields, "by_meta_ai")):
            found.add(GROUPS_POINT)
        if _count_of(fields, "business_ai_notice"):
            found.add(BUSINESS_POINT)
    return tuple(point for point in SCANNED_POINTS if point in found)


def points_answered_otherwise(events: Iterable[Event], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The review points that the recorded scans of an account answer with yes, and the person with something else."""
    rows = (event.fields for scan in recorded_scans_of(events) for event in scan.events)
    return tuple(point for point in points_found(rows) if answers.get(point, "yes") != "yes")


def _count_of(fields: Mapping[str, object], name: str) -> int:
    counts = fields.get("counts")
    value = counts.get(name) if isinstance(counts, Mapping) else None
    return value if isinstance(value, int) else 0


def _date_span_text(first: object, last: object) -> str:
    try:
        return format_date_span((date.fromisoformat(str(first)), date.fromisoformat(str(last))))
    except ValueError:
        return ""
