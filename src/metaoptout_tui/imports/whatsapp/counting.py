"""Computes the results of a scan from the raw counts of a search: totals, counts by sender, dates.

Also decides which senders are people, and which are only the beginning of a system line.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import PurePath

from metaoptout_tui.core.chats.notices import NoticeKind, SeenNotice
from metaoptout_tui.core.chats.scan_results import ChatTotals, MessageKind, PrivacySwitch, SenderCount, is_meta_ai
from metaoptout_tui.core.chats.scan_summary import COPY_NUMBER, ZIP_MEMBER_SEPARATOR, chat_title_of, names_its_chat
from metaoptout_tui.core.text import normalize_typography
from metaoptout_tui.imports.whatsapp.conversation import MARKED_SENDER_SUFFIX, sender_display_name
from metaoptout_tui.imports.whatsapp.dates import ChatDateFormat
from metaoptout_tui.imports.whatsapp.header_counts import HeaderCounter
from metaoptout_tui.imports.whatsapp.headers import HeaderPatterns
from metaoptout_tui.imports.whatsapp.notice_wording import is_encryption_notice
from metaoptout_tui.imports.whatsapp.search import ReadableChange
from metaoptout_tui.imports.whatsapp.tally import WHATSAPP_NOTICE_KINDS, MessageTally

# As in public samples of exports: Anna created group "Trip: Rome"
_GROUP_NAMING_WORDS = r' (?:created group|changed the (?:subject|group name)(?: from| to)?) ["“]'
# As in the strings of the web client: Anna added you to a group in the community: Trip. No name has both words.
_COMMUNITY_WORDS = (
    r"(?i: (?:group|gruppe|groep|groupe|grupo|gruppo) .*\b(?:community|communauté|comunidad|comunidade|comunità)\b)"
)
_PHONE_NUMBER_AND_WORDS = r"\+\d[\d ()-]{5,20} [^\W\d]"
_QUOTATION_MARKS = (("“", "”"), ("„", "“”"), ("«", "»"), ("「", "」"), ("『", "』"))
# What a desktop puts behind the name of a copy, in the languages of this program.
_COPY_WORD = re.compile(r"[ _-]+(?:copy|kopie|copie|copia|\d{1,2})$")
_MIN_MESSAGES_OF_A_PERSON = 4
"""How many messages make a sender a person, whatever the name looks like: groups are seldom renamed so often."""


def find_false_senders(names: Mapping[str, int]) -> frozenset[str]:
    """Which of these senders, with their numbers of messages, are no senders but the start of a system line.

    Android writes system lines without a sender, but a group's name in them may have a colon. Their start then has an
    open quotation, after known words or after another sender's name or number; an odd name of a person has neither.
    A line about a community has a colon of its own.
    """
    with_open_quotation = [name for name in names if _leaves_a_quotation_open(name)]
    others = frozenset(names).difference(with_open_quotation)
    return frozenset(name for name in names if re.search(_COMMUNITY_WORDS, name)) | frozenset(
        name
        for name in with_open_quotation
        if re.search(_GROUP_NAMING_WORDS, name)
        or (names[name] < _MIN_MESSAGES_OF_A_PERSON and _begins_with_a_sender(name, others))
    )


def _begins_with_a_sender(name: str, others: frozenset[str]) -> bool:
    return bool(re.match(_PHONE_NUMBER_AND_WORDS, name)) or any(
        name[:index] in others for index, character in enumerate(name) if character == " "
    )


def _leaves_a_quotation_open(name: str) -> bool:
    if name.count('"') % 2 and ' "' in name[max(name.rfind('"') - 1, 0) :]:
        return True
    return any(name.rfind(opened) > max(map(name.rfind, closed)) for opened, closed in _QUOTATION_MARKS)


_MAX_HEADERS_BEFORE_NOTICE = 5
_ENCRYPTION_NOTICE_BYTES = 1200


def find_encryption_notice_sender(patterns: HeaderPatterns, head: bytes) -> str:
    """The contact or group whom iOS names as the sender of the encryption notice; empty if there is none."""
    if not patterns.format.has_bracket:
        return ""
    for count, match in enumerate(patterns.header.finditer(b"\n" + head)):
        if count == _MAX_HEADERS_BEFORE_NOTICE:
            break
        start = match.end() - 1
        if match["sender"] and is_encryption_notice(
            head[start : start + _ENCRYPTION_NOTICE_BYTES].decode("utf-8", "replace")
        ):
            return sender_display_name(match["sender"])
    return ""


def is_group_named_meta_ai(patterns: HeaderPatterns, head: bytes) -> bool:
    """Whether one of WhatsApp's own first lines has Meta AI in quotation marks, as the name that somebody gave a group."""
    for count, match in enumerate(patterns.header.finditer(b"\n" + head)):
        if count == _MAX_HEADERS_BEFORE_NOTICE:
            break
        start = match.end() - 1
        line = head[start:].partition(b"\n")[0][:_ENCRYPTION_NOTICE_BYTES].decode("utf-8", "replace")
        is_own_line = not match["sender"] or match["sender"].endswith(MARKED_SENDER_SUFFIX)
        if is_own_line and _QUOTED_META_AI.search(normalize_typography(line)):
            return True
    return False


_QUOTED_META_AI = re.compile(r"""["“”„«»「『'’‘] ?Meta AI ?["“”«»」』'’‘]""")


def count_totals(counter: HeaderCounter, tally: MessageTally, notice_sender: str, *, has_bracket: bool) -> ChatTotals:
    """Messages by sender, and the number of system lines.

    On Android (no `has_bracket`) a system line has no sender, but its beginning may look like one. On iOS it has the
    name of the group or contact: the recognised notices are subtracted from that name; and the sender of the
    encryption notice is a group if all its lines carry the mark of system lines.
    """
    names: Counter[str] = Counter()
    unmarked: Counter[str] = Counter()
    for sender, count in counter.messages_by_sender.items():
        name = sender_display_name(sender) if sender else ""
        names[name] += count
        if not sender.endswith(MARKED_SENDER_SUFFIX):
            unmarked[name] += count
    for (kind, sender, _unused), count in tally.counts.items():
        if kind in WHATSAPP_NOTICE_KINDS and sender:
            _move_to_system_lines(names, sender_display_name(sender), count)
    if notice_sender:
        _move_to_system_lines(names, notice_sender, names[notice_sender] if not unmarked[notice_sender] else 1)
    for name in () if has_bracket else find_false_senders(names):
        _move_to_system_lines(names, name, names[name])
    system = names.pop("", 0)
    senders = tuple((name, count) for name, count in names.most_common() if count)
    return ChatTotals(counter.header_count, counter.header_count - system, system, senders, counter.messages_by_others)


def _move_to_system_lines(names: Counter[str], name: str, count: int) -> None:
    count = min(count, names[name])
    names[name] -= count
    names[""] += count


def notice_sender_wrote_nothing(notice_sender: str, totals: ChatTotals) -> bool:
    """Whether the sender of the encryption notice wrote nothing, so that iOS gives WhatsApp's own lines that name.

    The name may be that of Meta AI, and one that is given to the group may hold a mention.
    """
    return bool(notice_sender) and notice_sender not in dict(totals.messages_by_sender)


class ReadableMessages:
    """Counts, by raw sender, the messages behind a line that says that Meta can read new ones."""

    def __init__(self) -> None:
        self._counts: Counter[bytes] = Counter()
        self._counts_before: Counter[bytes] | None = None
        self._changes_left = _MAX_READABLE_CHANGES

    def add_changes(self, counter: HeaderCounter, data: bytearray, end: int, changes: Iterable[ReadableChange]) -> None:
        """Take the changes within a block that `counter` has just counted."""
        for position, is_readable in changes:
            if self._changes_left and is_readable is not (self._counts_before is not None):
                self._changes_left -= 1
                self._change(counter.messages_by_sender - counter.senders_from(data, position, end))

    def by_sender(
        self, counter: HeaderCounter, totals: ChatTotals, notices: Mapping[bytes, int]
    ) -> tuple[tuple[str, int], ...]:
        """The messages of each person, most first; WhatsApp's own lines that carry a person's name are left out.

        `notices` has how many of these there are behind such a line, by raw sender.
        """
        if self._counts_before is not None:
            self._change(counter.messages_by_sender)
        names: Counter[str] = Counter()
        for sender, count in self._counts.items():
            names[sender_display_name(sender)] += count
        for sender, count in notices.items():
            names[sender_display_name(sender)] -= count
        senders = dict(totals.messages_by_sender)
        people = people_among(senders)
        counts = {name: min(count, senders[name]) for name, count in names.most_common() if name in people}
        return tuple((name, count) for name, count in counts.items() if count > 0)

    def _change(self, counts_so_far: Counter[bytes]) -> None:
        if self._counts_before is None:
            self._counts_before = counts_so_far.copy()
        else:
            self._counts += counts_so_far - self._counts_before
            self._counts_before = None


_MAX_READABLE_CHANGES = 100


def people_among(senders: Iterable[str]) -> set[str]:
    """The senders that are people, not system lines or Meta AI."""
    return {name for name in senders if name and not is_meta_ai(name)}


def looks_like_chat_with_meta_ai(head_counter: HeaderCounter, path: str, member: str) -> bool:
    """Whether by its first messages an export may be the chat with Meta AI alone: one person and it write."""
    names = {sender_display_name(sender) for sender in head_counter.messages_by_sender if sender}
    return not names_its_chat(path, member) and len(people_among(names)) == 1 and any(map(is_meta_ai, names))


def is_chat_with_meta_ai_alone(
    totals: ChatTotals, tally: MessageTally, path: str, member: str, notice_sender: str, *, is_group: bool
) -> bool:
    """Whether this is the chat with Meta AI itself: by its name, or one person and Meta AI write without mentions.

    A file that WhatsApp named after somebody else is another chat, though only one person wrote in it; so is one whose
    encryption notice is that of somebody else, and a group with that name (`is_group`) in which Meta AI did not write.
    """
    names = [name for name, _unused in totals.messages_by_sender]
    if len(people_among(names)) != 1 or (is_group and not any(map(is_meta_ai, names))):
        return False
    if is_named_after_meta_ai(path, member):
        return True
    if notice_sender and not is_meta_ai(notice_sender):
        return False
    has_mentions = any(kind is MessageKind.TO_META_AI for kind, _unused, _unused in tally.counts)
    has_meta_ai = any(map(is_meta_ai, names)) or (not notice_sender and _opens_with_meta_ai(tally))
    return not names_its_chat(path, member) and has_meta_ai and not has_mentions


def _opens_with_meta_ai(tally: MessageTally) -> bool:
    """Whether iOS gives Meta AI as the sender of a line about generated messages, though it did not answer."""
    notices = (tally.notices.get(kind) for kind in (NoticeKind.AI_GENERATED, NoticeKind.FIRST_USE))
    return any(notice and is_meta_ai(sender_display_name(notice.sender)) for notice in notices)


def is_named_after_meta_ai(path: str, member: str) -> bool:
    """Whether an export is named as that of the chat with Meta AI."""
    names = (path, *member.split(ZIP_MEMBER_SEPARATOR))
    return any(map(_is_file_named_after_meta_ai, names)) or is_meta_ai(chat_title_of(path, member))


def tally_of_chat_with_meta_ai(counter: HeaderCounter, found: MessageTally) -> MessageTally:
    """The messages of the chat with Meta AI alone by their headers: all of the person are to it.

    `found` has WhatsApp's own lines, which are no messages.
    """
    messages = Counter(counter.messages_by_day)
    tally = MessageTally()
    tally.take_notices_from(found)
    for (kind, sender, raw_date), count in found.counts.items():
        if kind in WHATSAPP_NOTICE_KINDS:
            messages[raw_date, sender] -= count
            tally.add_many(kind, sender, raw_date, count)
    is_by_meta_ai = cache(lambda sender: is_meta_ai(sender_display_name(sender)))
    for (raw_date, sender), count in messages.items():
        if sender and count > 0:
            kind = MessageKind.BY_META_AI if is_by_meta_ai(sender) else MessageKind.TO_META_AI
            tally.add_many(kind, sender, raw_date, count)
    return tally


def _is_file_named_after_meta_ai(path: str) -> bool:
    """Whether a file is named as the export of the chat with Meta AI, in any language."""
    stem = COPY_NUMBER.sub("", normalize_typography(PurePath(path).stem)).casefold()
    stem = _COPY_WORD.sub("", COPY_NUMBER.sub("", stem))
    return stem == "meta ai" or (stem.endswith(" meta ai") and "whatsapp" in stem)


def find_ai_character(totals: ChatTotals, tally: MessageTally, path: str, member: str) -> str:
    """The name of the AI in a chat with one of Meta's AIs by another name; empty where the chat is none.

    On iOS the line about it has the name as its sender; on Android the file has.
    """
    notice = tally.notices.get(NoticeKind.CHARACTER)
    if notice is None:
        return ""
    name = sender_display_name(notice.sender) if notice.sender else chat_title_of(path, member)
    people = people_among(name for name, _unused in totals.messages_by_sender)
    return name if len(people - {name}) == 1 and not is_meta_ai(name) else ""


def notices_in(tally: MessageTally, date_format: ChatDateFormat) -> tuple[SeenNotice, ...]:
    """WhatsApp's own lines about Meta AI and business chats by kind, with the time of the first of each."""
    return tuple(
        SeenNotice(kind, tally.notices[kind].lines, date_format.parse_datetime(*tally.notices[kind][2:]))
        for kind in NoticeKind
        if kind in tally.notices
    )


def count_by_sender(tally: MessageTally, date_format: ChatDateFormat) -> tuple[SenderCount, ...]:
    """The messages of each kind by sender, most first; WhatsApp's own lines have no sender."""
    day_of = cache(date_format.parse_date)
    counts: Counter[tuple[MessageKind, str]] = Counter()
    days: defaultdict[tuple[MessageKind, str], Counter[date]] = defaultdict(Counter)
    names = cache(sender_display_name)
    for (kind, sender, raw_date), count in tally.counts.items():
        key = (kind, "" if kind in WHATSAPP_NOTICE_KINDS else names(sender))
        counts[key] += count
        if day := day_of(raw_date):
            days[key][day] += count
    order = list(MessageKind)
    sender_counts = []
    for key in sorted(counts, key=lambda key: (order.index(key[0]), -counts[key], key[1])):
        days_with_counts = sorted(days[key].items())
        months: Counter[str] = Counter()
        for day, count in days_with_counts:
            months[f"{day:%Y-%m}"] += count
        first, last = (days_with_counts[0][0], days_with_counts[-1][0]) if days_with_counts else (None, None)
        sender_counts.append(SenderCount(*key, counts[key], first, last, tuple(months.items())))
    return tuple(sender_counts)


def privacy_switches_in(tally: MessageTally, date_format: ChatDateFormat) -> tuple[PrivacySwitch, ...]:
    """The times at which Advanced Chat Privacy was switched on or off."""
    return tuple(
        PrivacySwitch(date_format.parse_datetime(raw_date, time), on) for raw_date, time, on in tally.privacy_switches
    )


def message_times_in(tally: MessageTally, date_format: ChatDateFormat) -> tuple[datetime, ...]:
    """The readable times of the messages to Meta AI."""
    moments = (date_format.parse_datetime(raw_date, time) for _, raw_date, time in tally.times_to_meta_ai)
    return tuple(moment for moment in moments if moment)
