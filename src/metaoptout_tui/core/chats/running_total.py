"""One total over all scans: each chat adds its messages to Meta AI once, and no scan replaces another.

WhatsApp exports one chat at a time, so people scan and record them one after the other. Of several recordings of one
chat the largest counts, so the total is always the least there was. The person's own messages and other people's are
apart wherever it is known who the person is.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from metaoptout_tui.core import dates
from metaoptout_tui.core.chats.message_total import ChatCounts, MessageTotal, sum_counts
from metaoptout_tui.core.chats.recorded_scans import recorded_scans_of
from metaoptout_tui.core.chats.scan_results import BY_OTHERS_COUNT, OWN_SENDER
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.record.events import Event


def running_total(
    events: Iterable[Event],
    rows: Iterable[Mapping[str, object]] = (),
    main_id_of: Callable[[str], str] = str,
) -> MessageTotal:
    """The total of all recorded scans, and of chats that are not recorded yet, as the fields of their entries (`rows`).

    `main_id_of` gives the one id of a chat that was recorded under several.
    """
    recordings = [event.fields for scan in recorded_scans_of(events) for event in scan.events]
    by_id: dict[str, list[Mapping[str, object]]] = {}
    for fields in (*recordings, *rows):
        if id := _text(fields, "chat"):
            by_id.setdefault(main_id_of(id), []).append(fields)
    counts = [_best_counts([_counts_of_fields(fields) for fields in group]) for group in by_id.values()]
    files: dict[str, int] = {}
    for group, chat_counts in zip(by_id.values(), counts, strict=True):
        for file in {_text(fields, "file") for fields in group}:
            files[file] = files.get(file, 0) + chat_counts.by_anyone
    for file, chats in _chats_without_id(events).items():
        if file not in files:
            counts.extend(chats)
        elif (more := sum(chat.by_anyone for chat in chats) - files[file]) > 0:
            counts.append(ChatCounts(more))
    return sum_counts(counts)


def recorded_total_sentence(events: Iterable[Event], now: datetime, main_id_of: Callable[[str], str]) -> str:
    """The total of all recorded scans in a sentence, never saying that nothing was shared; empty without any."""
    events = tuple(events)
    scans = recorded_scans_of(events)
    if not scans:
        return ""
    until = dates.format_local_day(scans[-1].at, now)
    # Translators: {counts} is such as “at least 3 messages to Meta AI, in 2 of 5 chats”.
    words = ngettext("Recorded scan of {day}: {counts}.", "Recorded scans up to {day}: {counts}.", len(scans))
    return words.format(day=until, counts=running_total(events, main_id_of=main_id_of).text)


def _chats_without_id(events: Iterable[Event]) -> dict[str, list[ChatCounts]]:
    """The chats of each file that were recorded by the file's name alone, at the time when they came to the most."""
    chats_by_file: dict[str, list[ChatCounts]] = {}
    for scan in recorded_scans_of(events):
        of_scan: dict[str, list[ChatCounts]] = {}
        for event in scan.events:
            if not event.text("chat"):
                of_scan.setdefault(event.text("file"), []).append(_counts_of_fields(event.fields))
        for file, chats in of_scan.items():
            known = chats_by_file.get(file)
            if known is None or _sum_by_anyone(chats) >= _sum_by_anyone(known):
                chats_by_file[file] = chats
    return chats_by_file


def _sum_by_anyone(chats: Iterable[ChatCounts]) -> int:
    return sum(chat.by_anyone for chat in chats)


def _best_counts(recordings: list[ChatCounts]) -> ChatCounts:
    """The largest count of one chat; whose they are, by the largest and newest recording that knows it."""
    by_anyone = max(counts.by_anyone for counts in recordings)
    apart = [counts for counts in reversed(recordings) if counts.by_person is not None]
    best = max(apart, key=lambda counts: counts.by_anyone, default=ChatCounts(0))
    return best._replace(by_anyone=by_anyone)


def _counts_of_fields(fields: Mapping[str, object]) -> ChatCounts:
    counts = fields.get("counts")
    counts = counts if isinstance(counts, Mapping) else {}
    to_meta_ai, by_others = counts.get("to_meta_ai"), counts.get(BY_OTHERS_COUNT)
    count = max(to_meta_ai, 0) if isinstance(to_meta_ai, int) else 0
    if _text(fields, "sender") != OWN_SENDER:
        return ChatCounts(count)
    others = max(by_others, 0) if isinstance(by_others, int) else None
    return ChatCounts(count + (others or 0), count, others)


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
