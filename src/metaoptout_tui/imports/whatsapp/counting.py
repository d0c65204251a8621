"""Computes the results of a scan from the raw counts of a search: totals, counts by sender, dates.

Also tells which senders are people, and which are only the beginning of a system line.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import PurePath

from metaoptout_tui.core import text
from metaoptout_tui.core.chats.results import ZIP_MEMBER_SEPARATOR, chat_title_of
from metaoptout_tui.core.chats.scan_results import (
    ChatTotals,
    MessageKind,
    PrivacySwitch,
    SenderCount,
    is_meta_ai,
)
from metaoptout_tui.core.text import normalize_typography
from metaoptout_tui.imports.whatsapp.classify import is_encryption_notice
from metaoptout_tui.imports.whatsapp.dates import ChatDateFormat
from metaoptout_tui.imports.whatsapp.headers import HeaderCounter, HeaderPatterns
from metaoptout_tui.imports.whatsapp.search import MARKED_SENDER_SUFFIX, MessageTally, decode_sender

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


WHATSAPP_NOTICE_KINDS = frozenset({MessageKind.NOTICE, MessageKind.BUSINESS_AI_NOTICE, MessageKind.PRIVACY_SWITCH})
"""Lines of WhatsApp's own, whoever the file names as their sender."""

_MAX_HEADERS_BEFORE_NOTICE = 5
_ENCRYPTION_NOTICE_BYTES = 1200


def sender_display_name(sender: bytes) -> str:
    """A sender as a person reads it: on one line, without marks."""
    return text.clean_line(decode_sender(sender).replace("\u202f", " ").replace("\u00a0", " "))


def find_encryption_notice_sender(shape: HeaderPatterns, head: bytes) -> str:
    """The sender under whom iOS wrote the encryption notice, a contact or a group; empty where there is none."""
    if not shape.format.has_bracket:
        return ""
    for count, match in enumerate(shape.header.finditer(b"\n" + head)):
        if count == _MAX_HEADERS_BEFORE_NOTICE:
            break
        start = match.end() - 1
        if match["sender"] and is_encryption_notice(
            head[start : start + _ENCRYPTION_NOTICE_BYTES].decode("utf-8", "replace")
        ):
            return sender_display_name(match["sender"])
    return ""


def count_totals(census: HeaderCounter, tally: MessageTally, notice_sender: str, *, has_bracket: bool) -> ChatTotals:
    """Messages by sender and lines of the system, the latter without those that only carry a sender's name.

    On Android (no `has_bracket`) a line of the system has no sender, and what looks like one may be its beginning.
    On iOS a line of the system stands under the name of the group or contact. Those known are taken off; and a name that
    the encryption notice carries and that never wrote anything without the mark of such lines is a group's.
    """
    names: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for sender, count in census.messages_by_sender.items():
        name = sender_display_name(sender) if sender else ""
        names[name] += count
        if not sender.endswith(MARKED_SENDER_SUFFIX):
            written[name] += count
    for (kind, sender, _), count in tally.counts.items():
        if kind in WHATSAPP_NOTICE_KINDS and sender:
            _move_to_system_lines(names, sender_display_name(sender), count)
    if notice_sender:
        _move_to_system_lines(names, notice_sender, names[notice_sender] if not written[notice_sender] else 1)
    for name in () if has_bracket else find_false_senders(names):
        _move_to_system_lines(names, name, names[name])
    system = names.pop("", 0)
    senders = tuple((name, count) for name, count in names.most_common() if count)
    return ChatTotals(census.header_count, census.header_count - system, system, senders, census.messages_by_others)


def _move_to_system_lines(names: Counter[str], name: str, count: int) -> None:
    count = min(count, names[name])
    names[name] -= count
    names[""] += count


def people_among(senders: Iterable[str]) -> set[str]:
    """The senders that are people."""
    return {name for name in senders if name and not is_meta_ai(name)}


def is_chat_with_meta_ai_alone(totals: ChatTotals, tally: MessageTally, path: str, member: str) -> bool:
    """Whether this is the chat with Meta AI itself: its name says so, or one person and Meta AI write without a mention."""
    names = [name for name, _ in totals.messages_by_sender]
    if len(people_among(names)) != 1:
        return False
    if any(_is_file_named_after_meta_ai(each) for each in (path, *member.split(ZIP_MEMBER_SEPARATOR))) or is_meta_ai(
        chat_title_of(path, member)
    ):
        return True
    kinds = {kind for kind, _, _ in tally.counts}
    return MessageKind.BY_META_AI in kinds and MessageKind.TO_META_AI not in kinds


def _is_file_named_after_meta_ai(path: str) -> bool:
    """Whether a file is named as the export of the chat with Meta AI is, in a language that is not known too."""
    stem = normalize_typography(PurePath(path).stem).casefold()
    return stem == "meta ai" or (stem.endswith(" meta ai") and "whatsapp" in stem)


def count_by_sender(tally: MessageTally, dating: ChatDateFormat) -> tuple[SenderCount, ...]:
    """The messages of each kind by sender, most first; lines of WhatsApp's own have none."""
    day_of = cache(dating.parse_date)
    counts: Counter[tuple[MessageKind, str]] = Counter()
    days: defaultdict[tuple[MessageKind, str], Counter[date]] = defaultdict(Counter)
    names = cache(sender_display_name)
    for (kind, sender, written), count in tally.counts.items():
        key = (kind, "" if kind in WHATSAPP_NOTICE_KINDS else names(sender))
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
        PrivacySwitch(dating.parse_datetime(written, time), on) for written, time, on in tally.privacy_switches
    )


def message_times_in(tally: MessageTally, dating: ChatDateFormat) -> tuple[datetime, ...]:
    """When each message to Meta AI was written, those with a readable time."""
    moments = (dating.parse_datetime(written, time) for written, time in tally.times_to_meta_ai)
    return tuple(moment for moment in moments if moment)
