"""The results of a scan of exported chats: for each chat the numbers of messages by kind, sender and month.

Counts, dates and names of senders only; the text of a message appears in snippets, which are never kept.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Final, NamedTuple

from metaoptout_tui.core.chats.notices import BUSINESS_KINDS, PRIVACY_KINDS, NoticeKind, SeenNotice
from metaoptout_tui.core.chats.scan_summary import ZIP_MEMBER_SEPARATOR
from metaoptout_tui.core.jobs import UnreadableFile
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.text import clean_line, normalize_typography

META_AI_PHONE_NUMBER = "13135550002"
"""Meta AI's telephone number, which is its name in an export when it is not in the contacts."""


OWN_SENDER: Final = "me"
"""The value of `sender` in an event whose messages to Meta AI are those of the person alone."""
BY_OTHERS_COUNT: Final = "to_meta_ai_by_others"
"""The count of other people's messages to Meta AI in an event, where those of the person alone are counted."""


class MessageKind(StrEnum):
    """How a message relates to Meta AI. Each message has exactly one kind."""

    BY_META_AI = "by_meta_ai"
    TO_META_AI = "to_meta_ai"
    MAYBE_TO_META_AI = "maybe_to_meta_ai"
    NAMES_META_AI = "names_meta_ai"
    NOTICE = "notice"
    BUSINESS_AI_NOTICE = "business_ai_notice"
    PRIVACY_SWITCH = "privacy_switch"
    OTHER = "other"


def kind_of_notice(notice: NoticeKind) -> MessageKind:
    """The kind of message that one of WhatsApp's own lines is."""
    if notice in BUSINESS_KINDS:
        return MessageKind.BUSINESS_AI_NOTICE
    return MessageKind.PRIVACY_SWITCH if notice in PRIVACY_KINDS else MessageKind.NOTICE


class ExportOrigin(StrEnum):
    """What wrote an export, judged by the format of its headers."""

    ANDROID = "android"
    IOS = "ios"
    OLD_IOS = "old-ios"
    COPIED = "copied"


EXPORT_ORIGIN_LABELS: Mapping[ExportOrigin, str] = {
    ExportOrigin.ANDROID: mark("Android export"),
    ExportOrigin.IOS: mark("iOS export"),
    ExportOrigin.OLD_IOS: mark("export of an old iOS version"),
    ExportOrigin.COPIED: mark("text copied from the app"),
}


class DateOrder(StrEnum):
    """The order of the three numbers of a date; `UNKNOWN` where there are not three."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"
    UNKNOWN = "unknown"


def display_path(path: str, member: str) -> str:
    """The path of a file, with the member where that is a zip."""
    return f"{path}{ZIP_MEMBER_SEPARATOR}{member}" if member else path


class SenderCount(NamedTuple):
    """The messages of one kind by one sender; an empty sender is a line without one.

    `messages_by_month` counts those with a readable date by `2026-11`; the days are None where no date was readable.
    """

    kind: MessageKind
    sender: str
    messages: int
    first_day: date | None
    last_day: date | None
    messages_by_month: tuple[tuple[str, int], ...]


class PrivacySwitch(NamedTuple):
    """Advanced Chat Privacy was switched on or off, at a time that may not be readable."""

    at: datetime | None
    is_on: bool


class ChatTotals(NamedTuple):
    """The totals of a chat: each header is a message of a sender or a line of the system.

    `messages_by_sender` begins with the most; `messages_by_others` counts those of further senders together.
    """

    header_count: int
    messages: int
    system_lines: int
    messages_by_sender: tuple[tuple[str, int], ...]
    messages_by_others: int


class MessageToMetaAi(NamedTuple):
    """A message to Meta AI without its text: its digest, its sender, and its day where that is readable."""

    digest: str
    sender: str
    day: date | None


class ScannedChat(NamedTuple):
    """One chat that was read. `totals` is None after a quick search.

    `member` names the text within a zip, and the inner zip before it where there is one. In the chat with Meta AI alone
    every message of the person counts as written to it; so in one with an AI of Meta's by another name, `ai_name`.
    `readable_by_sender` counts people's messages behind a line that says Meta can read new messages, those to Meta AI
    included. `other_format_lines` look like messages of another form and were read as text; `other_format_shape` shows
    the first, with letters as x. Privacy switches are found only where totals are counted.
    Dates are the phone's own, without a zone, and proven only where `are_dates_proven`.
    """

    path: str
    member: str
    size: int
    origin: ExportOrigin
    totals: ChatTotals | None
    sender_counts: tuple[SenderCount, ...]
    first_message_at: datetime | None
    last_message_at: datetime | None
    date_order: DateOrder
    are_dates_proven: bool
    is_with_meta_ai_alone: bool
    privacy_switches: tuple[PrivacySwitch, ...]
    times_to_meta_ai: tuple[datetime, ...]
    notices: tuple[SeenNotice, ...] = ()
    readable_by_sender: tuple[tuple[str, int], ...] = ()
    ai_name: str = ""
    other_format_lines: int = 0
    other_format_shape: str = ""
    has_changed: bool = False
    """Whether the file changed while it was read."""
    beginnings: tuple[str, ...] = ()
    """Keyed digests of the first messages, by which other exports of the chat are recognised."""
    messages_to_meta_ai: tuple[MessageToMetaAi, ...] | None = None
    """Each message to Meta AI; None where there are too many to keep."""
    also_in: tuple[str, ...] = ()
    """Other files that hold the same chat, which counts once."""

    @property
    def display_path(self) -> str:
        """The path, with the member where there is one."""
        return display_path(self.path, self.member)

    @property
    def is_with_business(self) -> bool:
        """Whether a line says that the other side is a business that uses AI or a service of Meta."""
        return bool(self.message_count(MessageKind.BUSINESS_AI_NOTICE))

    def message_count(self, kind: MessageKind, sender: str | None = None) -> int:
        """How many messages of a kind, of one sender where named."""
        return sum(count.messages for count in self._counts_of(kind, sender))

    def readable_count(self, sender: str | None = None) -> int:
        """How many messages, of one sender where named, Meta could read because Meta AI was a member of the chat."""
        return sum(count for name, count in self.readable_by_sender if sender in (None, name))

    def has_notice(self, kind: NoticeKind) -> bool:
        """Whether one of WhatsApp's own lines of this kind is seen."""
        return any(notice.kind is kind for notice in self.notices)

    def messages_by_month(self, kind: MessageKind, sender: str | None = None) -> Mapping[str, int]:
        """The messages of a kind by month, in order."""
        months: dict[str, int] = {}
        for sender_count in self._counts_of(kind, sender):
            for month, count in sender_count.messages_by_month:
                months[month] = months.get(month, 0) + count
        return dict(sorted(months.items()))

    def first_and_last_day(self, kind: MessageKind, sender: str | None = None) -> tuple[date, date] | None:
        """The first and the last day of a kind, None where no date was readable."""
        firsts = [count.first_day for count in self._counts_of(kind, sender) if count.first_day]
        lasts = [count.last_day for count in self._counts_of(kind, sender) if count.last_day]
        return (min(firsts), max(lasts)) if firsts and lasts else None

    def _counts_of(self, kind: MessageKind, sender: str | None) -> Iterator[SenderCount]:
        return (count for count in self.sender_counts if count.kind is kind and sender in (None, count.sender))


class ScanResults(NamedTuple):
    """The chats that were read and the files that could not be; incomplete where the scan was cancelled."""

    chats: tuple[ScannedChat, ...]
    unreadable: tuple[UnreadableFile, ...]
    is_complete: bool = True


class MessageSnippet(NamedTuple):
    """The beginning of one message, cleaned for showing and never kept."""

    kind: MessageKind
    sender: str
    written_at: datetime | None
    text: str


def is_meta_ai(sender: str) -> bool:
    """Whether this sender is Meta AI: by its name, which is not translated, or by its number."""
    name = unicodedata.normalize("NFKC", normalize_typography(sender)).strip(" ~")
    if name.casefold() == "meta ai":
        return True
    return "".join(filter(str.isdigit, name)) == META_AI_PHONE_NUMBER and not any(map(str.isalpha, name))


def doubts_about(chat: ScannedChat) -> tuple[str, ...]:
    """What makes the counts of a chat unsure, in sentences."""
    doubts: list[str] = []
    if chat.has_changed:
        doubts.append(_("The file changed while it was read, so the counts may be wrong. Scan it again."))
    if chat.other_format_lines:
        words = ngettext(
            "{count} line looks like a message of another form and was read as text. It has the shape {shape}",
            "{count} lines look like messages of another form and were read as text. The first has the shape {shape}",
            chat.other_format_lines,
        )
        doubts.append(words.format(count=format_number(chat.other_format_lines), shape=chat.other_format_shape))
    if chat.has_notice(NoticeKind.CHARACTER) and not chat.is_with_meta_ai_alone:
        doubts.append(
            _("Which sender is the AI cannot be told from this file, so what was written to it is not counted.")
        )
    if not chat.are_dates_proven:
        doubts.append(_("The order of day, month and year is not certain in this file, so dates may be wrong."))
    return tuple(doubts)


def answered_text(chats: Iterable[ScannedChat]) -> str:
    """The sentence that somebody asked where Meta AI answered though no message to it is found; empty where that is not so."""
    count = sum(
        bool(chat.message_count(MessageKind.BY_META_AI) and not chat.message_count(MessageKind.TO_META_AI))
        for chat in chats
    )
    if not count:
        return ""
    return ngettext(
        "Meta AI answered here, so somebody asked, though no message to it is found.",
        "Meta AI answered in {count} chats, so somebody asked, though no message to it is found.",
        count,
    ).format(count=format_number(count))


def alone_text(chat: ScannedChat) -> str:
    """Why every message of the person counts in a chat with Meta AI alone."""
    if not chat.ai_name:
        return _("This is the chat with Meta AI itself, so each of your messages counts.")
    return _("This is a chat with an AI of Meta's, {name}, so each of your messages counts.").format(name=chat.ai_name)


def senders_in(chat: ScannedChat) -> tuple[str, ...]:
    """The people who write in a chat: first those who wrote to Meta AI, then by number of messages."""
    names = [count.sender for count in chat.sender_counts]
    names += [name for name, _unused in chat.totals.messages_by_sender] if chat.totals else []
    return tuple(name for name in dict.fromkeys(names) if name and name != chat.ai_name and not is_meta_ai(name))


def find_sender(chat: ScannedChat, name: str) -> str:
    """The sender of a chat with this name, compared without marks and case; empty where there is none."""
    return next(
        (sender for sender in senders_in(chat) if name and fold_sender_name(sender) == fold_sender_name(name)), ""
    )


def fold_sender_name(name: str) -> str:
    """A sender's name for comparing it: without marks and case."""
    return normalize_typography(name).strip(" ~").casefold()


WITH_META_AI_ALONE: Final = "with_meta_ai_alone"
"""The count of an event that is 1 in the chat with Meta AI alone, and absent elsewhere."""
META_AI_ADDED_COUNT: Final = "meta_ai_added"
"""The count of lines in an event that say that Meta AI was added to the chat and Meta can read it; absent for none."""

META_AI_REMOVED_COUNT: Final = "meta_ai_removed"
"""The count of lines in an event that say that Meta AI was removed from the chat; absent for none."""
_LINE_COUNTS = ((META_AI_ADDED_COUNT, NoticeKind.MEMBER), (META_AI_REMOVED_COUNT, NoticeKind.MEMBER_REMOVED))


def scan_event_fields(chat: ScannedChat, sha256: str, me: str = "") -> Mapping[str, object]:
    """The fields of a `reviewed-chats` event for one chat: counts, first and last day, file name and SHA-256.

    With `me`, the counts of messages to Meta AI are those of that sender, and other people's stand beside them.
    """
    sender = me or None
    counts: dict[str, object] = {
        str(kind): chat.message_count(
            kind, sender if kind in (MessageKind.TO_META_AI, MessageKind.MAYBE_TO_META_AI) else None
        )
        for kind in MessageKind
        if kind is not MessageKind.OTHER
    }
    counts["could_be_read"] = chat.readable_count(sender)
    if me:
        counts[BY_OTHERS_COUNT] = chat.message_count(MessageKind.TO_META_AI) - chat.message_count(
            MessageKind.TO_META_AI, me
        )
        counts["could_be_read_by_others"] = chat.readable_count() - chat.readable_count(me)
    if chat.is_with_meta_ai_alone:
        counts[WITH_META_AI_ALONE] = 1
    for name, kind in _LINE_COUNTS:
        if lines := sum(notice.lines for notice in chat.notices if notice.kind is kind):
            counts[name] = lines
    if chat.totals:
        counts["messages"] = chat.totals.messages
    if span := chat.first_and_last_day(MessageKind.TO_META_AI, sender):
        counts["first"], counts["last"] = (day.isoformat() for day in span)
        counts["dates_sure"] = chat.are_dates_proven
    return {"counts": counts, "file": clean_line(PurePath(chat.path).name), "sha256": sha256}
