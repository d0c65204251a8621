"""Results of scanned chats in words and numbers: chat titles, counts, suggested answers and recorded scans.

A count is always a minimum, so no sentence says that nothing was shared. The diary keeps only counts and file names;
a chat is recognised by the name of its file.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import PurePath
from typing import Final, NamedTuple

from metaoptout_tui.core import dates, text
from metaoptout_tui.core.guidance.playbook import GuidanceTexts
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force

CHAT_FILE_SUFFIXES = (".txt", ".zip")
"""How the files end in which an app exports a chat."""

_PREFIXES_AND_SUFFIXES = (
    # iOS, in every language seen
    ("WhatsApp Chat - ", ""),
    # Android: the name behind
    ("WhatsApp Chat with ", ""),
    ("WhatsApp Gesprek met ", ""),
    ("WhatsApp Чат с ", ""),
    ("WhatsApp chat med ", ""),
    ("WhatsApp chatt med ", ""),
    ("WhatsApp samtale med ", ""),
    ("WhatsApp Chat mit ", ""),
    ("WhatsApp chat met ", ""),
    ("WhatsApp Chat kay ", ""),
    ("WhatsApp chat s používateľom ", ""),
    ("WhatsApp csevegés vele: ", ""),
    ("WhatsApp klepet z ", ""),
    ("WhatsApp pokalbis su ", ""),
    ("WhatsApp razgovor s ", ""),
    ("WhatsApp sarakste ar ", ""),
    ("WhatsApp разговор со ", ""),
    ("WhatsApp Ћаскање са ", ""),
    ("WhatsApp чат: ", ""),
    ("WhatsApp'i vestlus kontaktiga ", ""),
    ("Chat WhatsApp con ", ""),
    ("Chat WhatsApp dengan ", ""),
    ("Chat WhatsApp s uživatelem ", ""),
    ("Chat de WhatsApp con ", ""),
    ("Conversa do WhatsApp com ", ""),
    ("Conversa no WhatsApp com ", ""),
    ("Conversație WhatsApp cu ", ""),
    ("Czat WhatsApp z ", ""),
    ("Discussion WhatsApp avec ", ""),
    ("Sembang WhatsApp dengan ", ""),
    ("Soga za WhatsApp na ", ""),
    ("Trò chuyện WhatsApp với ", ""),
    ("Xat de WhatsApp amb ", ""),
    ("Συνομιλία WhatsApp με ", ""),
    ("Бесіда WhatsApp з ", ""),
    ("Чат WhatsApp с контактом ", ""),
    ("Чат WhatsApp с ", ""),
    ("צ'אט WhatsApp עם ", ""),
    ("دردشة واتساب مع ", ""),
    ("گفتگوی WhatsApp با ", ""),
    ("แชท WhatsApp กับ ", ""),
    # the name between
    ("WhatsApp keskustelu henkilön ", " kanssa"),
    ("Biseda me ", " në WhatsApp"),
    ("WhatsApp 与 ", " 的对话"),
    ("WhatsApp 與 ", " 的對話"),
    # the name in front
    ("", " bilan WhatsApp chati"),
    ("", " ile WhatsApp Sohbeti"),
    ("", " ilə WhatsApp Söhbəti"),
    ("", " کے ساتھ WhatsApp بات چیت"),
    ("", " এর সাথে WhatsApp চ্যাট"),
    ("", " के साथ WhatsApp चैट"),
    ("", " सोबतच्या WhatsApp गप्पा"),
    ("", " ਨਾਲ WhatsApp ਗੱਲਬਾਤ"),
    ("", " સાથેની WhatsApp વાત"),
    ("", " உடன் WhatsApp உரையாடல்"),
    ("", " తో WhatsApp సంభాషణ"),
    ("", " ಜೊತೆ WhatsApp ಸಂಭಾಷಣೆ"),
    ("", " മായുള്ള WhatsApp ചാറ്റുകൾ"),
    ("", "とのWhatsAppチャット"),
    ("", "님과의 WhatsApp 대화"),
)
_JOINERS_TO_BLANKS = str.maketrans(dict.fromkeys("-\u2011\u00a0:_’'", " "))


def chat_name_in_file_name(file_name: str) -> str:
    """The chat's own name within the name, without its suffix, that WhatsApp gives to an exported file."""
    plain = file_name.translate(_JOINERS_TO_BLANKS)
    for before, after in _PLAIN_PREFIXES_AND_SUFFIXES:
        end = len(plain) - len(after)
        if (
            len(before) < end
            and _equals_ignoring_case(plain[: len(before)], before)
            and _equals_ignoring_case(plain[end:], after)
        ):
            return file_name[len(before) : end]
    return file_name


_PLAIN_PREFIXES_AND_SUFFIXES = tuple(
    (before.translate(_JOINERS_TO_BLANKS), after.translate(_JOINERS_TO_BLANKS))
    for before, after in _PREFIXES_AND_SUFFIXES
)


def _equals_ignoring_case(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


CHAT_STATEMENT_NAMES = ("guess", "least", "nothing", "blocked", "ask-admin")
"""A playbook has the statement `chats.NAME` for each."""

ZIP_MEMBER_SEPARATOR = " › "
"""Between a zip and what is in it, as a person reads it."""

MAX_CONTINUOUS_MONTHS = 24
"""Over a longer time, months without a message are left out of the chart."""


class ChatScanTotals(NamedTuple):
    """Messages to Meta AI by the person, those by anyone in chats with people, and notices of AI in business chats."""

    by_person: int
    in_chats: int
    business_notices: int


SCANNED_POINTS = ("whatsapp.used", "whatsapp.groups", "whatsapp.business")
"""The points of the review that each number of `ChatScanTotals` answers."""


class SuggestedReviewAnswer(NamedTuple):
    """A point of the review and the answer that a scan bears out."""

    point: str
    answer: str


def suggest_scan_answers(found: ChatScanTotals) -> tuple[SuggestedReviewAnswer, ...]:
    """The points that what was found answers. Only yes: what was not found answers nothing."""
    return tuple(
        SuggestedReviewAnswer(point, "yes") for point, count in zip(SCANNED_POINTS, found, strict=True) if count
    )


def suggest_not_linked_answer(hub: str | None) -> str:
    """The answer to whether WhatsApp is kept out of a hub, by how the account is linked; empty where that is not known."""
    if hub is None:
        return ""
    return "no" if hub else "yes"


def chat_title_of(path: str, member: str = "") -> str:
    """What a chat is called, from how its export is named: `WhatsApp Chat with Family.txt`, or the folder of a `_chat.txt`.

    In a zip the text tells where it is named so, as each is in a zip of several; else the inner zip, else the zip.
    """
    zips, _, inner = (
        f"{path}{ZIP_MEMBER_SEPARATOR}{member}".rpartition(ZIP_MEMBER_SEPARATOR) if member else ("", "", path)
    )
    file = PurePath(inner)
    own = text.clean_line(file.stem)
    if member and (chat_name_in_file_name(own) == own or file.stem == "_chat"):
        outer = zips[len(path) + len(ZIP_MEMBER_SEPARATOR) :] or path
        own = text.clean_line(PurePath(outer).stem)
    elif file.stem == "_chat":
        own = text.clean_line(file.parent.name)
    return chat_name_in_file_name(own) or text.clean_line(file.name)


def format_count(count: int, thing: str) -> str:
    """`1 message`, `1,204 messages`."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def meta_ai_count_text(count: int) -> str:
    """How many messages to Meta AI there were, as far as an export can tell."""
    return f"at least {format_count(count, 'message')} to Meta AI" if count else "no message to Meta AI found"


def format_date_span(span: tuple[date, date] | None) -> str:
    """`3 Nov 2025 to 4 Jan 2026`, one day alone, or nothing where no date was readable."""
    if span is None:
        return ""
    first, last = (dates.format_full_day(day) for day in span)
    return first if first == last else f"{first} to {last}"


def scan_limitations(texts: GuidanceTexts) -> tuple[str, ...]:
    """What an export cannot show, in sentences of the guidance: whose guess it is, and that it is the least there was."""
    return tuple(texts.sentence(f"chats.{name}") for name in ("least", "guess", "nothing"))


def sum_by_month(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts by month (`2026-11`) of several chats together, in order, with the months between where those are few."""
    months: dict[str, int] = {}
    for each in counts:
        for month, count in each.items():
            months[month] = months.get(month, 0) + count
    if not months:
        return {}
    first, last = (_month_number(each) for each in (min(months), max(months)))
    if last - first > MAX_CONTINUOUS_MONTHS:
        return dict(sorted(months.items()))
    every = (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))
    return {month: months.get(month, 0) for month in every}


def _month_number(month: str) -> int:
    year, _, of_year = month.partition("-")
    return int(year) * 12 + int(of_year) - 1


def bar_length(count: int, most: int, width: int) -> int:
    """How long the bar of a month is, in cells: at least one where there was anything."""
    return max(1, count * width // most) if count and most else 0


OWN_SENDER: Final = "me"
"""The `sender` of an entry whose messages to Meta AI are those of the person alone."""


class RecordedChatFile(NamedTuple):
    """The chats of one file as a scan recorded them together. `own`: only the person's messages were counted."""

    at: datetime
    file: str
    to_meta_ai: int
    is_own_only: bool


class RecordedScan(NamedTuple):
    """What was recorded at one moment, an entry for each chat."""

    at: datetime
    events: tuple[Event, ...]

    @property
    def meta_ai_counts(self) -> tuple[int, ...]:
        """Messages to Meta AI, chat by chat."""
        return tuple(recorded_count(entry, "to_meta_ai") for entry in self.events)


def recorded_scans_of(events: Iterable[Event]) -> tuple[RecordedScan, ...]:
    """The recorded scans of an account that are in force, the oldest first."""
    at: dict[datetime, list[Event]] = {}
    for event in events_in_force(events):
        if event.kind == EventKind.REVIEWED_CHATS:
            at.setdefault(event.at, []).append(event)
    return tuple(RecordedScan(moment, tuple(entries)) for moment, entries in at.items())


def last_scan_sentence(events: Iterable[Event], now: datetime) -> str:
    """The newest recorded scan in a sentence, never saying that nothing was shared; empty where none is recorded."""
    every = recorded_scans_of(events)
    if not every:
        return ""
    counts = every[-1].meta_ai_counts
    on = dates.format_local_day(every[-1].at, now)
    some = sum(map(bool, counts))
    own = " by you" if some and all(entry.text("sender") == OWN_SENDER for entry in every[-1].events) else ""
    if len(counts) == 1:
        where = " in one chat"
    else:
        where = f", in {some} of {len(counts)} chats" if some else f" in {len(counts)} chats"
    return f"Recorded scan of {on}: {meta_ai_count_text(sum(counts))}{own}{where}."


def find_last_recording(events: Iterable[Event], file: str) -> RecordedChatFile | None:
    """What the newest scan with a file of this name recorded of it.

    None where there is none, and where its chats were counted partly for the person alone and partly for all.
    """
    for scan in reversed(recorded_scans_of(events)):
        entries = [entry for entry in scan.events if entry.text("file") == file]
        if entries:
            senders = {entry.text("sender") for entry in entries}
            count = sum(recorded_count(entry, "to_meta_ai") for entry in entries)
            return RecordedChatFile(scan.at, file, count, senders == {OWN_SENDER}) if len(senders) == 1 else None
    return None


def are_all_recorded(events: Iterable[Event], rows: Iterable[Mapping[str, object]]) -> bool:
    """Whether each row, as a `reviewed-chats` entry would hold it, was recorded with the same counts; its hash aside."""
    kept: dict[object, list[Mapping[str, object]]] = {}
    for entry in events_in_force(events):
        if entry.kind == EventKind.REVIEWED_CHATS:
            kept.setdefault(entry.fields.get("file"), []).append(entry.fields)
    asked = list(rows)
    return bool(asked) and all(
        any(_has_same_counts(row, fields) for fields in kept.get(row["file"], ())) for row in asked
    )


def _has_same_counts(row: Mapping[str, object], fields: Mapping[str, object]) -> bool:
    return all(row.get(name, "") == fields.get(name, "") for name in ("counts", "file", "sender"))


def count_difference_text(before: int, now: int) -> str:
    """How many messages to Meta AI there are now against those recorded: `3 more than the 20`, `as many`."""
    if now == before:
        return "as many"
    how = "more" if now > before else "fewer"
    return f"{abs(now - before):,} {how} than the {before:,}"


def chat_scan_event_text(event: Event) -> str:
    """A `reviewed-chats` entry of the diary in words."""
    counts = event.fields.get("counts")
    counts = counts if isinstance(counts, Mapping) else {}
    to, maybe = (recorded_count(event, name) for name in ("to_meta_ai", "maybe_to_meta_ai"))
    own = " by you" if to and event.text("sender") == OWN_SENDER else ""
    span = _date_span_text(counts.get("first"), counts.get("last"))
    parts = [meta_ai_count_text(to) + own + (f", {span}" if span else "")]
    if maybe:
        parts.append(f"perhaps {maybe:,} more")
    least = "" if to else ", which does not mean that nothing was shared"
    return f"Chat scanned, {text.clean_line(event.text('file'))}: {'; '.join(parts)}{least}"


def recorded_count(event: Event, name: str) -> int:
    """A count of an entry; 0 where there is none that can be read."""
    counts = event.fields.get("counts")
    value = counts.get(name) if isinstance(counts, Mapping) else None
    return value if isinstance(value, int) else 0


def _date_span_text(first: object, last: object) -> str:
    try:
        return format_date_span((date.fromisoformat(str(first)), date.fromisoformat(str(last))))
    except ValueError:
        return ""
