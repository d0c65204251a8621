"""Counts the talks with Meta AI: its own files of Facebook and the AI app, and message threads with it alone.

The labels in these files are not known in any language. So a message is known by its time, and who wrote it by the
name Meta AI, which is not translated; where that name is nowhere, who wrote what is not told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from metaoptout_tui.core.chats.scan_results import is_meta_ai
from metaoptout_tui.core.meta_export import ExposureKind
from metaoptout_tui.imports.files import ReadableStream
from metaoptout_tui.imports.meta_export.html_stream import VOID_TAGS, Tag, stream_page
from metaoptout_tui.imports.meta_export.json_stream import CLOSED, ITEM, JsonPath, stream_values
from metaoptout_tui.imports.meta_export.labels import as_list, as_mapping, clean_value
from metaoptout_tui.imports.meta_export.layout import AUDIO_SUFFIXES
from metaoptout_tui.imports.meta_export.tallies import Tally, day_of, day_of_record

_MAX_AUTHOR_FIELDS = 64
_MAX_AUTHOR_CHARACTERS = 60
_MAX_SENDERS = 3


def names_meta_ai(value: object) -> bool:
    """Whether a name is Meta AI's. It may be escaped as Meta does."""
    return isinstance(value, str) and len(value) <= _MAX_AUTHOR_CHARACTERS and _is_name_of_meta_ai(value)


@lru_cache(maxsize=4096)
def _is_name_of_meta_ai(name: str) -> bool:
    # Asked of the sender of each message, of whom there are few.
    return "meta" in name.casefold() and is_meta_ai(clean_value(name))


@dataclass
class TalkCounts:
    """What one file tells of talks with Meta AI; `by_person` is None where it does not tell who wrote."""

    conversations: Tally = field(default_factory=Tally)
    messages: Tally = field(default_factory=Tally)
    by_person: Tally | None = field(default_factory=Tally)
    voice_recordings: int = 0

    def tallies(self) -> dict[ExposureKind, Tally]:
        """The numbers by kind; without those by the person where these are not told."""
        tallies = {
            ExposureKind.AI_CONVERSATIONS: self.conversations,
            ExposureKind.AI_MESSAGES: self.messages,
            ExposureKind.AI_VOICE: Tally(self.voice_recordings),
        }
        if self.by_person is not None:
            tallies[ExposureKind.AI_MESSAGES_BY_PERSON] = self.by_person
        return tallies


def read_conversations(stream: ReadableStream) -> TalkCounts:
    """Count the conversations of a JSON file, which may be very long. Raises FileRefused for what is no JSON."""
    counter = _ConversationCounter()
    for path, value in stream_values(stream, _is_opened):
        counter.add(path, value)
    return counter.counts()


def _is_opened(path: JsonPath) -> bool:
    """The conversations, at most one key down, and in each the list that holds the messages."""
    if "label_values" in path:
        at = path.index("label_values")
        return at <= 2 and path[at + 1 :] in ((), (ITEM,), (ITEM, "dict"), ("dict",))
    return len(path) <= 2 and path.count(ITEM) <= 1 and path[1:] in ((), (ITEM,))


class _ConversationCounter:
    """Takes the parts of conversations in the order of the file."""

    def __init__(self) -> None:
        self._counts = TalkCounts(by_person=None)
        self._authors = _Authors()
        self._day: date | None = None
        self._is_conversation = False
        self._bare_message: dict[str, object] = {}

    def add(self, path: JsonPath, value: object) -> None:
        """Take the next part."""
        if "label_values" not in path:
            if value is CLOSED:
                self._end_conversation()
            elif path[-1:] == ("timestamp",):
                self._day = day_of(value) or self._day
            return
        inside = path[path.index("label_values") + 1 :]
        self._is_conversation = True
        if value is CLOSED:
            if inside[-1:] == ("dict",):
                self._add_message(self._bare_message)
                self._bare_message = {}
        elif inside in ((ITEM, "dict", ITEM), ("dict", ITEM)):
            self._add_message(as_mapping(value))
        elif inside[-2:] == ("dict", "dict"):
            self._bare_message[inside[-1]] = value

    def counts(self) -> TalkCounts:
        """What was counted."""
        counts = self._counts
        counts.by_person = self._authors.messages_by_person(counts.messages.count)
        return counts

    def _end_conversation(self) -> None:
        if self._is_conversation:
            self._counts.conversations.add(self._day)
        self._is_conversation, self._day = False, None

    def _add_message(self, message: Mapping[str, object]) -> None:
        rows = [row for row in as_list(message.get("dict")) if isinstance(row, dict)]
        times = [row["timestamp_value"] for row in rows if "timestamp_value" in row]
        if not times:
            return
        day = next((day for time in reversed(times) if (day := day_of(time))), None)
        self._counts.messages.add(day)
        self._day = self._day or day
        self._authors.add(rows, day)
        self._counts.voice_recordings += sum(_is_voice_recording(row) for row in rows if "media" in row)


def _is_voice_recording(row: Mapping[str, object]) -> bool:
    return any(
        clean_value(as_mapping(item).get("uri")).lower().endswith(AUDIO_SUFFIXES) for item in as_list(row.get("media"))
    )


class _Authors:
    """Finds the row that names the author: in some messages it says Meta AI, and each message has it."""

    def __init__(self) -> None:
        self._by_meta_ai: dict[tuple[int, str], int] = {}
        self._by_others: dict[tuple[int, str], Tally] = {}

    def add(self, rows: Sequence[Mapping[str, object]], day: date | None) -> None:
        """Take the rows of a message."""
        for index, row in enumerate(rows[:_MAX_AUTHOR_FIELDS]):
            value = row.get("value")
            if value is None or not isinstance(value, str) or not value or len(value) > _MAX_AUTHOR_CHARACTERS:
                continue
            key = (index, str(row.get("label", ""))[:_MAX_AUTHOR_CHARACTERS])
            if names_meta_ai(value):
                self._by_meta_ai[key] = self._by_meta_ai.get(key, 0) + 1
            elif key in self._by_others or len(self._by_others) < _MAX_AUTHOR_FIELDS:
                self._by_others.setdefault(key, Tally()).add(day)

    def messages_by_person(self, message_count: int) -> Tally | None:
        """The messages by somebody else than Meta AI; None where that is not told of each message."""
        if not message_count:
            return Tally()
        for key, count in self._by_meta_ai.items():
            others = self._by_others.get(key, Tally())
            if count + others.count == message_count:
                return others
        return None


def read_thread(stream: ReadableStream) -> TalkCounts | None:
    """Count the messages of a thread with Meta AI alone; None for any other, of which the least is read.

    Raises FileRefused for what is no JSON.
    """
    participants: set[str] | None = None
    senders: set[str] = set()
    counts, by_person = TalkCounts(), Tally()
    bare: dict[str, object] = {}
    senders_checked = -1
    for path, value in stream_values(stream, lambda path: path in ((), ("messages",))):
        match path:
            case ("participants",):
                participants = {clean_value(as_mapping(each).get("name")) for each in as_list(value)}
                senders_checked = -1
            case ("messages", key) if key != ITEM:
                if key in ("sender_name", "timestamp_ms"):
                    bare[key] = value
            case ("messages", _) if isinstance(value, dict):
                _count_message(value, counts.messages, by_person, senders)
            case _:
                continue
        if len(senders) == senders_checked:
            continue
        senders_checked = len(senders)
        if not may_be_with_meta_ai_alone(senders) or (participants and not _are_with_meta_ai_alone(participants)):
            return None
    if bare:
        _count_message(bare, counts.messages, by_person, senders)
    counts.by_person = by_person
    return counts if _are_with_meta_ai_alone(participants or senders) else None


def _count_message(message: Mapping[str, object], all_messages: Tally, by_person: Tally, senders: set[str]) -> None:
    sender, day = message.get("sender_name"), day_of_record(message)
    all_messages.add(day)
    if isinstance(sender, str) and sender and len(senders) <= _MAX_SENDERS:
        senders.add(sender[:_MAX_AUTHOR_CHARACTERS])
    if not names_meta_ai(sender):
        by_person.add(day)


def may_be_with_meta_ai_alone(senders: set[str]) -> bool:
    """Whether nobody but one person and Meta AI wrote so far."""
    return sum(not names_meta_ai(sender) for sender in senders) <= 1


def _are_with_meta_ai_alone(people: set[str]) -> bool:
    return any(map(names_meta_ai, people)) and may_be_with_meta_ai_alone(people)


_CONVERSATION = re.compile(r"\s*[^\n]{0,60}?\bMeta[ \u00a0]AI(?:_(\d\d)-(\d\d)-(\d{4})_\d{1,9}(?:\.txt)?)?(?!\w)")
_PERSON_LABEL = re.compile(r"\s*(\S{1,20}):(?=\s|$)")
_CARRIED_CHARACTERS = 40
_MAX_HEAD_CHARACTERS = 200


class _TurnCounter:
    """Counts turns that are run together in one text: a label counts where it is the other's turn."""

    def __init__(self, head: re.Match[str]) -> None:
        self.date_parts = tuple(map(int, head.groups())) if head[1] else ()
        self.turns = self.turns_by_person = 0
        self._pending = ""
        self._label: re.Pattern[str] | None = None
        self._is_turn_of_person: bool | None = None

    def feed(self, text: str) -> None:
        """Take the next piece of the text."""
        self._pending += text
        if self._label is None and len(self._pending) > _MAX_HEAD_CHARACTERS:
            self._learn_label()
        if self._label is not None and len(self._pending) > 4 * _CARRIED_CHARACTERS:
            self._count(len(self._pending) - _CARRIED_CHARACTERS)

    def finish(self) -> None:
        """Count what is left."""
        if self._label is None:
            self._learn_label()
        self._count(len(self._pending))

    def _learn_label(self) -> None:
        match = _PERSON_LABEL.match(self._pending)
        name = match[1] if match and match[1] not in {"AI", "Meta"} else "You"
        self._label = re.compile(rf"(?<!\S)(?:({re.escape(name)})|Meta[ \u00a0]AI):(?=\s|$)")

    def _count(self, end: int) -> None:
        if self._label is None:
            return
        done = 0
        for match in self._label.finditer(self._pending):
            if match.start() >= end:
                break
            done = match.end()
            is_person = match[1] is not None
            if is_person is not self._is_turn_of_person:
                self._is_turn_of_person = is_person
                self.turns += 1
                self.turns_by_person += is_person
        # One blank stays, so that a label at the start of what is left is seen to begin a word.
        self._pending = self._pending[max(end - 1, done) :]


def read_conversation_page(stream: ReadableStream) -> TalkCounts:
    """Count the conversations of a page of the AI app. Raises FileRefused for what is no page."""
    found = list(_conversations_of_page(stream))
    with_turns = [each for each in found if each.turns]
    dated = [each.date_parts for each in found if each.date_parts]
    counts, by_person = TalkCounts(), Tally()
    is_day_first = _is_day_first(dated)
    # The date stands in the name of a file, which may be a text of its own beside the conversation.
    names_only = [each.date_parts for each in found if each.date_parts and not each.turns]
    undated = [each for each in with_turns if not each.date_parts]
    if len(names_only) == len(undated):
        for each, parts in zip(undated, names_only, strict=True):
            each.date_parts = parts
    for each in with_turns:
        day = _day_of_parts(each.date_parts, is_day_first=is_day_first)
        counts.conversations.add(day)
        for number in range(each.turns):
            counts.messages.add(day)
            if number < each.turns_by_person:
                by_person.add(day)
    counts.by_person = by_person
    return counts


def _conversations_of_page(stream: ReadableStream) -> Iterator[_TurnCounter]:
    open_tags: list[str] = []
    current: _TurnCounter | None = None
    depth = 0
    for part in stream_page(stream):
        if isinstance(part, str):
            if current is not None:
                current.feed(part)
            elif part.strip() and (head := _CONVERSATION.match(part)):
                current = _TurnCounter(head)
                current.feed(part[head.end() :])
                depth = _depth_of_cell(open_tags)
            continue
        if part.name in VOID_TAGS:
            if current is not None:
                current.feed(" ")
            continue
        _follow(open_tags, part)
        if current is not None:
            current.feed(" ")
            if len(open_tags) < depth:
                current.finish()
                yield current
                current = None
    if current is not None:
        current.finish()
        yield current


def _depth_of_cell(open_tags: list[str]) -> int:
    """How many elements are open in the innermost cell, else in the element, with it."""
    for index in range(len(open_tags) - 1, -1, -1):
        if open_tags[index] == "td":
            return index + 1
    return len(open_tags)


_MAX_OPEN_TAGS = 500


def _follow(open_tags: list[str], tag: Tag) -> None:
    if not tag.is_end:
        if len(open_tags) < _MAX_OPEN_TAGS:
            open_tags.append(tag.name)
        return
    if tag.name in open_tags:
        del open_tags[len(open_tags) - 1 - open_tags[::-1].index(tag.name) :]


def _is_day_first(dates: list[tuple[int, ...]]) -> bool | None:
    """Whether the day stands before the month in all dates; None where none of them shows it."""
    if any(first > 12 for first, *_ in dates):
        return True
    return False if any(second > 12 for _, second, *_ in dates) else None


def _day_of_parts(parts: tuple[int, ...], *, is_day_first: bool | None) -> date | None:
    if not parts:
        return None
    first, second, year = parts
    if is_day_first is None and first != second:
        return None
    month, day = (second, first) if is_day_first else (first, second)
    try:
        return date(year, month, day)
    except ValueError:
        return None
