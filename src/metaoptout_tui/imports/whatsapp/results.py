"""What a scan of chats found, as immutable values, and how they are computed from the raw counts of a search.

Counts, dates and names of senders only; the text of a message appears in snippets, which are never kept. Also tells
which senders are people, and which are only the beginning of a system line.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import PurePath
from typing import NamedTuple

from metaoptout_tui.core import text
from metaoptout_tui.core.chats.results import ZIP_MEMBER_SEPARATOR, chat_title_of
from metaoptout_tui.imports.whatsapp import classify
from metaoptout_tui.imports.whatsapp.classify import MessageKind, is_meta_ai
from metaoptout_tui.imports.whatsapp.dates import ChatDateFormat, DateOrder
from metaoptout_tui.imports.whatsapp.headers import HeaderCounter, HeaderPatterns, normalize_text
from metaoptout_tui.imports.whatsapp.search import MARKED_AUTHOR_SUFFIX, MessageTally, decode_author

PLATFORM_LABELS: Mapping[str, str] = {
    "android": "Android export",
    "ios": "iOS export",
    "old-ios": "export of an old iOS version",
    "copied": "text copied from the app",
}
"""What `Chat.platform` means."""


def display_path(path: str, member: str) -> str:
    """A file, with its member where that is a zip."""
    return f"{path}{ZIP_MEMBER_SEPARATOR}{member}" if member else path


class SenderCount(NamedTuple):
    """The messages of one kind by one sender; an empty sender is a line without one.

    `months` counts those with a readable date by `2026-11`; `first` and `last` are None where no date was readable.
    """

    kind: MessageKind
    author: str
    messages: int
    first_day: date | None
    last_day: date | None
    messages_by_month: tuple[tuple[str, int], ...]


class PrivacySwitch(NamedTuple):
    """Advanced Chat Privacy was switched `on` or off, at a time that may not be readable."""

    at: datetime | None
    is_on: bool


class ChatTotals(NamedTuple):
    """The whole chat: each header is a message of a sender or a line of the system.

    `authors` counts messages by sender, most first; `other_authors` those of senders past the ones told apart.
    """

    header_count: int
    messages: int
    system_lines: int
    messages_by_author: tuple[tuple[str, int], ...]
    messages_by_others: int


class ScannedChat(NamedTuple):
    """One chat that was read. `totals` is None after a quick search, which leaves out all that it counts.

    `member` names the text within a zip, and the inner zip before it where there is one. `with_meta_ai_alone`: every message of the person counts as written to Meta AI.
    `switches` are looked for only where `totals` are counted. Dates are the phone's own, without a zone, and proven only
    where `dates_sure`.
    """

    path: str
    member: str
    size: int
    platform: str
    totals: ChatTotals | None
    sender_counts: tuple[SenderCount, ...]
    first_message_at: datetime | None
    last_message_at: datetime | None
    date_order: DateOrder
    are_dates_proven: bool
    is_with_meta_ai_alone: bool
    privacy_switches: tuple[PrivacySwitch, ...]
    times_to_meta_ai: tuple[datetime, ...]

    @property
    def display_path(self) -> str:
        """The path, with the member where there is one."""
        return display_path(self.path, self.member)

    def message_count(self, kind: MessageKind, author: str | None = None) -> int:
        """How many messages of a kind, of one sender where named."""
        return sum(each.messages for each in self.sender_counts if each.kind is kind and author in (None, each.author))

    def messages_by_month(self, kind: MessageKind, author: str | None = None) -> Mapping[str, int]:
        """The messages of a kind by month, in order."""
        months: dict[str, int] = {}
        for share in self.sender_counts:
            if share.kind is kind and author in (None, share.author):
                for month, count in share.messages_by_month:
                    months[month] = months.get(month, 0) + count
        return dict(sorted(months.items()))

    def first_and_last_day(self, kind: MessageKind, author: str | None = None) -> tuple[date, date] | None:
        """The first and the last day of a kind, None where no date was readable."""
        shares = [each for each in self.sender_counts if each.kind is kind and author in (None, each.author)]
        firsts = [each.first_day for each in shares if each.first_day]
        lasts = [each.last_day for each in shares if each.last_day]
        return (min(firsts), max(lasts)) if firsts and lasts else None


class UnreadableChatFile(NamedTuple):
    """A file, or a member of a zip, that could not be read, and why, in a sentence for the person."""

    path: str
    member: str
    reason: str


class ScanResults(NamedTuple):
    """All chats that were read and all that could not be; `finished` is False where it was cancelled before the end."""

    chats: tuple[ScannedChat, ...]
    unreadable: tuple[UnreadableChatFile, ...]
    is_complete: bool = True


class MessageSnippet(NamedTuple):
    """The beginning of one message, cleaned for showing and never kept."""

    kind: MessageKind
    author: str
    written_at: datetime | None
    text: str


def senders_in(chat: ScannedChat) -> tuple[str, ...]:
    """The people who write in a chat, as far as it was counted: first those who wrote to Meta AI, then by messages."""
    names = [share.author for share in chat.sender_counts]
    names += [name for name, _ in chat.totals.messages_by_author] if chat.totals else []
    return tuple(name for name in dict.fromkeys(names) if name and not is_meta_ai(name))


def find_sender(chat: ScannedChat, name: str) -> str:
    """The sender of a chat who goes by a name, whatever marks and capitals stand in it; empty where there is none."""
    return next((each for each in senders_in(chat) if name and _normalized_name(each) == _normalized_name(name)), "")


# As in public samples of exports: Anna created group "Trip: Rome"
_GROUP_NAMING_WORDS = re.compile(r' (?:created group|changed the (?:subject|group name)(?: from| to)?) ["“]')
_PHONE_NUMBER_AND_WORDS = re.compile(r"\+\d[\d ()-]{5,20} [^\W\d]")
_QUOTATION_MARKS = (("“", "”"), ("„", "“”"), ("«", "»"), ("「", "」"), ("『", "』"))
_MIN_MESSAGES_OF_A_PERSON = 4
"""Messages from which a sender is one, whatever the name looks like; a group is seldom named so often alike."""


def find_false_senders(names: Mapping[str, int]) -> frozenset[str]:
    """Which of these senders, with their messages, are none: lines of the system up to a colon within a group's name.

    Android writes those lines without a sender. Such a beginning leaves a quotation open, behind words that are known or
    behind another sender's name or number; a person whose name merely looks odd has none of these in front.
    """
    quoting = [name for name in names if _leaves_a_quotation_open(name)]
    others = frozenset(names).difference(quoting)
    return frozenset(
        name
        for name in quoting
        if _GROUP_NAMING_WORDS.search(name)
        or (names[name] < _MIN_MESSAGES_OF_A_PERSON and _begins_with_a_sender(name, others))
    )


def _begins_with_a_sender(name: str, others: frozenset[str]) -> bool:
    return bool(_PHONE_NUMBER_AND_WORDS.match(name)) or any(
        name[:at] in others for at, each in enumerate(name) if each == " "
    )


def _leaves_a_quotation_open(name: str) -> bool:
    if name.count('"') % 2 and ' "' in name[max(name.rfind('"') - 1, 0) :]:
        return True
    return any(name.rfind(opened) > max(map(name.rfind, closed)) for opened, closed in _QUOTATION_MARKS)


def _normalized_name(name: str) -> str:
    return normalize_text(name).strip(" ~").casefold()


WHATSAPP_NOTICE_KINDS = frozenset({MessageKind.NOTICE, MessageKind.BUSINESS_AI_NOTICE, MessageKind.PRIVACY_SWITCH})
"""Lines of WhatsApp's own, whoever the file names as their sender."""

_MAX_HEADERS_BEFORE_NOTICE = 5
_ENCRYPTION_NOTICE_BYTES = 1200


def author_display_name(author: bytes) -> str:
    """A sender as a person reads it: on one line, without marks."""
    return text.clean_line(decode_author(author).replace("\u202f", " ").replace("\u00a0", " "))


def find_encryption_notice_sender(shape: HeaderPatterns, head: bytes) -> str:
    """The sender under whom iOS wrote the encryption notice, a contact or a group; empty where there is none."""
    if not shape.format.has_bracket:
        return ""
    for count, found in enumerate(shape.header.finditer(b"\n" + head)):
        if count == _MAX_HEADERS_BEFORE_NOTICE:
            break
        start = found.end() - 1
        if found["author"] and classify.is_encryption_notice(
            head[start : start + _ENCRYPTION_NOTICE_BYTES].decode("utf-8", "replace")
        ):
            return author_display_name(found["author"])
    return ""


def count_totals(census: HeaderCounter, tally: MessageTally, noticed: str, *, bracket: bool) -> ChatTotals:
    """Messages by sender and lines of the system, the latter without those that only carry a sender's name.

    On Android (no `bracket`) a line of the system has no sender, and what looks like one may be its beginning.
    On iOS a line of the system stands under the name of the group or contact. Those known are taken off; and a name that
    the encryption notice carries and that never wrote anything without the mark of such lines is a group's.
    """
    names: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for author, count in census.messages_by_author.items():
        name = author_display_name(author) if author else ""
        names[name] += count
        if not author.endswith(MARKED_AUTHOR_SUFFIX):
            written[name] += count
    for (kind, author, _), count in tally.counts.items():
        if kind in WHATSAPP_NOTICE_KINDS and author:
            _move_to_system_lines(names, author_display_name(author), count)
    if noticed:
        _move_to_system_lines(names, noticed, names[noticed] if not written[noticed] else 1)
    for name in () if bracket else find_false_senders(names):
        _move_to_system_lines(names, name, names[name])
    system = names.pop("", 0)
    authors = tuple((name, count) for name, count in names.most_common() if count)
    return ChatTotals(census.header_count, census.header_count - system, system, authors, census.messages_by_others)


def _move_to_system_lines(names: Counter[str], name: str, count: int) -> None:
    count = min(count, names[name])
    names[name] -= count
    names[""] += count


def people_among(authors: Iterable[str]) -> set[str]:
    """The senders that are people."""
    return {name for name in authors if name and not classify.is_meta_ai(name)}


def is_chat_with_meta_ai_alone(totals: ChatTotals, tally: MessageTally, path: str, member: str) -> bool:
    """Whether this is the chat with Meta AI itself: its name says so, or one person and Meta AI write without a mention."""
    names = [name for name, _ in totals.messages_by_author]
    if len(people_among(names)) != 1:
        return False
    if any(
        _is_file_named_after_meta_ai(each) for each in (path, *member.split(ZIP_MEMBER_SEPARATOR))
    ) or classify.is_meta_ai(chat_title_of(path, member)):
        return True
    kinds = {kind for kind, _, _ in tally.counts}
    return MessageKind.BY_META_AI in kinds and MessageKind.TO_META_AI not in kinds


def _is_file_named_after_meta_ai(path: str) -> bool:
    """Whether a file is named as the export of the chat with Meta AI is, in a language that is not known too."""
    stem = normalize_text(PurePath(path).stem).casefold()
    return stem == "meta ai" or (stem.endswith(" meta ai") and "whatsapp" in stem)


def count_by_sender(tally: MessageTally, dating: ChatDateFormat) -> tuple[SenderCount, ...]:
    """The messages of each kind by sender, most first; lines of WhatsApp's own have none."""
    day_of = cache(dating.parse_date)
    counts: Counter[tuple[MessageKind, str]] = Counter()
    days: defaultdict[tuple[MessageKind, str], Counter[date]] = defaultdict(Counter)
    names = cache(author_display_name)
    for (kind, author, written), count in tally.counts.items():
        key = (kind, "" if kind in WHATSAPP_NOTICE_KINDS else names(author))
        counts[key] += count
        if day := day_of(written):
            days[key][day] += count
    order = list(MessageKind)
    made = []
    for key in sorted(counts, key=lambda key: (order.index(key[0]), -counts[key], key[1])):
        own = sorted(days[key].items())
        months: Counter[str] = Counter()
        for day, count in own:
            months[f"{day:%Y-%m}"] += count
        first, last = (own[0][0], own[-1][0]) if own else (None, None)
        made.append(SenderCount(*key, counts[key], first, last, tuple(months.items())))
    return tuple(made)


def privacy_switches_in(tally: MessageTally, dating: ChatDateFormat) -> tuple[PrivacySwitch, ...]:
    """When Advanced Chat Privacy was switched."""
    return tuple(
        PrivacySwitch(dating.parse_datetime(written, clock), on) for written, clock, on in tally.privacy_switches
    )


def message_times_in(tally: MessageTally, dating: ChatDateFormat) -> tuple[datetime, ...]:
    """When each message to Meta AI was written, those with a readable time."""
    moments = (dating.parse_datetime(written, clock) for written, clock in tally.times_to_meta_ai)
    return tuple(moment for moment in moments if moment)
