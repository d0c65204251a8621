"""The messages to Meta AI in several chats as one total, apart by whose they are as far as that is known.

WhatsApp exports one chat at a time, so people scan and record them one after the other. In the total over all scans each
chat counts once, by the largest of its recordings, so that the total is always the least there was.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.chats.recorded_scans import recorded_scans_of
from metaoptout_tui.core.chats.scan_results import BY_OTHERS_COUNT, OWN_SENDER, MessageKind, ScannedChat
from metaoptout_tui.core.language.formatting import format_number, format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.record.events import Event


class ChatCounts(NamedTuple):
    """The messages to Meta AI in one chat; those of the person and of others are None where that is not known."""

    by_anyone: int
    by_person: int | None = None
    by_others: int | None = None


class MessageTotal(NamedTuple):
    """The messages to Meta AI in several chats; `by_unknown` are those of which nobody knows whether the person's."""

    chats: int
    chats_with_messages: int
    by_person: int
    by_others: int
    by_unknown: int

    @property
    def messages(self) -> int:
        """All of them together."""
        return self.by_person + self.by_others + self.by_unknown

    @property
    def apart_text(self) -> str:
        """Whose they are, as `3 by you, 4 by others`; empty where nothing is known of that."""
        if not self.by_person and not self.by_others:
            return ""
        parts = [
            (self.by_person, _("{count} by you")),
            (self.by_others, _("{count} by others")),
            (self.by_unknown, _("{count} not told apart")),
        ]
        shown = parts[:2] if not self.by_unknown else [part for part in parts if part[0]]
        return format_open_list(words.format(count=format_number(count)) for count, words in shown)

    @property
    def text(self) -> str:
        """The total in words."""
        if not self.messages:
            return ngettext(
                "no message to Meta AI found in one chat", "no message to Meta AI found in {chats} chats", self.chats
            ).format(chats=format_number(self.chats))
        return self._words_for_messages.format(
            count=format_number(self.messages),
            whose=self.apart_text,
            with_messages=format_number(self.chats_with_messages),
            chats=format_number(self.chats),
        )

    @property
    def _words_for_messages(self) -> str:
        """The words for at least one message, by whether it is known whose they are, and in one chat or several."""
        if self.chats == 1 and not self.apart_text:
            return ngettext(
                "at least {count} message to Meta AI in one chat",
                "at least {count} messages to Meta AI in one chat",
                self.messages,
            )
        if self.chats == 1:
            # Translators: {whose} is such as “3 by you, 4 by others”.
            return ngettext(
                "at least {count} message to Meta AI ({whose}) in one chat",
                "at least {count} messages to Meta AI ({whose}) in one chat",
                self.messages,
            )
        if not self.apart_text:
            return ngettext(
                "at least {count} message to Meta AI, in {with_messages} of {chats} chats",
                "at least {count} messages to Meta AI, in {with_messages} of {chats} chats",
                self.messages,
            )
        # Translators: {whose} is such as “3 by you, 4 by others”.
        return ngettext(
            "at least {count} message to Meta AI ({whose}), in {with_messages} of {chats} chats",
            "at least {count} messages to Meta AI ({whose}), in {with_messages} of {chats} chats",
            self.messages,
        )


def sum_counts(counts: Iterable[ChatCounts]) -> MessageTotal:
    """The total of several chats."""
    counts = tuple(counts)
    by_person = sum(chat.by_person or 0 for chat in counts)
    by_others = sum(chat.by_others or 0 for chat in counts)
    by_anyone = sum(chat.by_anyone for chat in counts)
    return MessageTotal(
        len(counts),
        sum(bool(chat.by_anyone) for chat in counts),
        by_person,
        by_others,
        by_anyone - by_person - by_others,
    )


def counts_of_chat(chat: ScannedChat, own_name: str) -> ChatCounts:
    """The counts of a scanned chat, with the person's own where their name in it is known."""
    count = chat.message_count(MessageKind.TO_META_AI)
    if chat.is_with_meta_ai_alone:
        return ChatCounts(count, count, 0)
    if not own_name:
        return ChatCounts(count)
    own = chat.message_count(MessageKind.TO_META_AI, own_name)
    return ChatCounts(count, own, count - own)


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
