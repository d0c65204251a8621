"""The `review` command: what exported WhatsApp chats show of Meta AI, as text or JSON.

It prints counts, dates, file names and the names of senders, never the text of a message.
"""

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.imports.chat_files import count_messages
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_FAILURE, EXIT_OK, Output, to_json
from metaoptout_tui.cli.progress import ProgressLine
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.chats.message_total import MessageTotal, counts_of_chat, sum_counts
from metaoptout_tui.core.chats.notices import notice_text, readable_text, statement_names_for
from metaoptout_tui.core.chats.same_chat import join_same_chats
from metaoptout_tui.core.chats.scan_results import (
    EXPORT_ORIGIN_LABELS,
    MessageKind,
    PrivacySwitch,
    ScannedChat,
    ScanResults,
    alone_text,
    answered_text,
    display_path,
    doubts_about,
    find_sender,
)
from metaoptout_tui.core.chats.scan_summary import meta_ai_count_text
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_list, format_number, format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext

REVIEW_SCHEMA_VERSION = 1
_CHART_WIDTH = 40
_MAX_SENDERS_NAMED = 5


def run(arguments: Namespace, paths: AppPaths, _unused: Clock) -> Output:
    """Count messages to Meta AI in the chats under the paths. Only JSON counts every message of a very large chat."""
    as_json, me, times = arguments.json, arguments.me, arguments.times
    progress = ProgressLine() if sys.stderr.isatty() else None
    job = Job(progress.show) if progress else Job()
    results = count_messages(arguments.path, job, in_full=as_json, keep_times=times, digest=_digest_of_this_run)
    if progress:
        progress.clear()
    errors = [f"{_file_label(file.path, file.member)}: {file.reason}" for file in results.unreadable]
    if me and results.chats and not any(find_sender(chat, me) for chat in results.chats):
        errors.append(
            _("No chat names a sender “{me}”. Write the name as the export does.").format(me=text.clean_line(me))
        )
    report = _review_json(results, me, times=times) if as_json else _review_text(results, me, paths)
    return Output(report, tuple(errors), EXIT_FAILURE if results.unreadable else EXIT_OK)


def _digest_of_this_run(data: bytes) -> str:
    """A digest that has a meaning within this run alone: the interpreter chose its key when it started."""
    return f"{hash(data):x}"


def _review_text(results: ScanResults, me: str, paths: AppPaths) -> str:
    lines: list[str] = []
    chats = join_same_chats(results.chats)
    for chat in chats:
        lines.extend([*_chat_lines(chat, me), ""])
    if len(results.chats) > 1:
        lines.extend([_("In all: {messages}.").format(messages=_total_of(chats, me).text), ""])
    if not results.chats:
        return _("No chat was read.")
    from metaoptout_tui.app.guidance.texts_in_use import load_texts_in_use

    texts = load_texts_in_use(paths)
    kinds = {notice.kind for chat in results.chats for notice in chat.notices}
    meanings = [id for id in (f"chats.{name}" for name in statement_names_for(kinds)) if id in texts]
    return "\n".join([*lines, *map(texts.sentence, meanings), *scan_summary.scan_limitations(texts)])


def _chat_lines(chat: ScannedChat, me: str) -> list[str]:
    lines = [f"{_file_label(chat.path, chat.member)}  ({_(EXPORT_ORIGIN_LABELS[chat.origin])})"]
    lines.append(f"  {_size_words(chat)}")
    lines.extend(f"  {doubt}" for doubt in doubts_about(chat))
    for path in chat.also_in:
        same = _("The same chat as in {file}, so it counts once.").format(file=text.clean_line(path, 1000))
        lines.append(f"  {same}")
    lines.append(f"  {_to_meta_ai_words(chat)}")
    if chat.is_with_meta_ai_alone:
        lines.append(f"    {alone_text(chat)}")
    if answered := answered_text([chat]):
        lines.append(f"  {answered}")
    lines.extend(_chart_lines(chat, me))
    if maybe := chat.message_count(MessageKind.MAYBE_TO_META_AI):
        perhaps = ngettext(
            "perhaps {count} more, written right after its answer",
            "perhaps {count} more, written right after its answer",
            maybe,
        ).format(count=format_number(maybe))
        lines.append(f"  {perhaps}{_in_brackets(_sender_shares(chat, MessageKind.MAYBE_TO_META_AI))}")
    if by_sender := _words_by_sender(chat, me):
        lines.append(f"  {by_sender}")
    lines.extend(f"  {words}" for words in _other_messages(chat))
    lines.extend(f"  {words}" for words in map(notice_text, chat.notices) if words)
    own_name = find_sender(chat, me)
    if readable := readable_text(chat.readable_count(), chat.readable_count(own_name) if own_name else None):
        lines.append(f"  {readable}")
    lines.extend(f"  {_switch_words(switch)}" for switch in chat.privacy_switches)
    return lines


def _words_by_sender(chat: ScannedChat, me: str) -> str:
    """How many messages to Meta AI a sender wrote; empty where there is none by anybody."""
    sender = find_sender(chat, me)
    kinds = (MessageKind.TO_META_AI, MessageKind.MAYBE_TO_META_AI)
    if not sender or not any(map(chat.message_count, kinds)):
        return ""
    sure, maybe = (chat.message_count(kind, sender) for kind in kinds)
    # Translators: {sure} is a number of messages to Meta AI, {maybe} one of those that may be.
    words = _("of these by {sender}: {sure}, perhaps {maybe} more") if maybe else _("of these by {sender}: {sure}")
    return words.format(sender=sender, sure=format_number(sure), maybe=format_number(maybe))


def _size_words(chat: ScannedChat) -> str:
    """How many messages of how many senders a chat has, and from when to when; a very large one is not counted."""
    days = scan_summary.format_date_span(_days_of(chat))
    if not chat.totals:
        return (
            _("only searched, since it is large, {days}; --json counts every message").format(days=days)
            if days
            else _("only searched, since it is large; --json counts every message")
        )
    messages, senders = chat.totals.messages, len(chat.totals.messages_by_sender)
    parts = [
        ngettext("{count} message", "{count} messages", messages).format(count=format_number(messages)),
        ngettext("{count} sender", "{count} senders", senders).format(count=format_number(senders)),
    ]
    return format_open_list([*parts, days] if days else parts)


def _days_of(chat: ScannedChat) -> tuple[date, date] | None:
    first, last = chat.first_message_at, chat.last_message_at
    return (first.date(), last.date()) if first and last else None


def _to_meta_ai_words(chat: ScannedChat) -> str:
    """How many messages to Meta AI a chat has, by whom, and from when to when."""
    words = meta_ai_count_text(chat.message_count(MessageKind.TO_META_AI))
    days = scan_summary.format_date_span(chat.first_and_last_day(MessageKind.TO_META_AI))
    counted = f"{words}{_in_brackets(_sender_shares(chat, MessageKind.TO_META_AI))}"
    return dates.with_day(counted, days) if days else counted


def _other_messages(chat: ScannedChat) -> Iterator[str]:
    """How many messages are by Meta AI, and how many only name it."""
    if count := chat.message_count(MessageKind.BY_META_AI):
        words = ngettext("{count} message by Meta AI", "{count} messages by Meta AI", count)
        yield words.format(count=format_number(count))
    if count := chat.message_count(MessageKind.NAMES_META_AI):
        words = ngettext("{count} message only naming Meta AI", "{count} messages only naming Meta AI", count)
        yield words.format(count=format_number(count))


def _switch_words(switch: PrivacySwitch) -> str:
    """The sentence that Advanced Chat Privacy was switched on or off, and when, if that can be read."""
    if switch.at is None:
        return _("Advanced Chat Privacy switched on") if switch.is_on else _("Advanced Chat Privacy switched off")
    words = (
        _("Advanced Chat Privacy switched on, {day}")
        if switch.is_on
        else _("Advanced Chat Privacy switched off, {day}")
    )
    return words.format(day=dates.format_full_day(switch.at.date()))


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""


def _chart_lines(chat: ScannedChat, me: str) -> list[str]:
    own_name = find_sender(chat, me)
    chart = scan_summary.chart_of(
        [chat.messages_by_month(MessageKind.TO_META_AI)],
        [chat.messages_by_month(MessageKind.TO_META_AI, own_name)] if own_name else (),
    )
    highest = max(chart.rows.values(), default=0)
    lines = [
        f"    {period}  {format_number(count):>6}  {'#' * scan_summary.bar_length(count, highest, _CHART_WIDTH)} "
        f"{chart.own_text(period)}".rstrip()
        for period, count in chart.rows.items()
    ]
    missing = chart.missing_text(chat.message_count(MessageKind.TO_META_AI))
    return [*lines, f"    {missing}"] if missing else lines


def _sender_shares(chat: ScannedChat, kind: MessageKind) -> str:
    """Who wrote how many messages of a kind, the first few by name; empty where there are none."""
    counts = [count for count in chat.sender_counts if count.kind is kind]
    # Translators: senders of messages whose name is not known.
    others = _("others")
    shares = [f"{count.sender or others} {format_number(count.messages)}" for count in counts[:_MAX_SENDERS_NAMED]]
    if (more := len(counts) - _MAX_SENDERS_NAMED) <= 0:
        return format_list(shares)
    # Translators: senders.
    return format_list([*shares, _("{count} more").format(count=format_number(more))])


def _file_label(path: str, member: str) -> str:
    return text.clean_line(display_path(path, member), 1_000)


def _review_json(results: ScanResults, me: str, *, times: bool) -> str:
    joined = join_same_chats(results.chats)
    first_path_by_other = {other: chat.display_path for chat in joined for other in chat.also_in}
    total = _total_of(joined, me)
    document = {
        "schema": REVIEW_SCHEMA_VERSION,
        "chats": [
            _chat_json(chat, me, times=times) | {"same_chat_as": first_path_by_other.get(chat.display_path)}
            for chat in results.chats
        ],
        "total": {
            "chats": total.chats,
            "to_meta_ai": total.messages,
            "by_me": total.by_person,
            "by_others": total.by_others,
            "by_whom_unknown": total.by_unknown,
            "could_be_read": sum(chat.readable_count() for chat in joined),
        },
        "unreadable": [{"path": file.path, "member": file.member, "why": file.reason} for file in results.unreadable],
    }
    return to_json(document)


def _chat_json(chat: ScannedChat, me: str, *, times: bool) -> dict[str, object]:
    totals = chat.totals
    document: dict[str, object] = {
        "path": chat.path,
        "member": chat.member,
        "platform_shape": chat.origin,
        "headers": totals.header_count if totals else None,
        "messages": totals.messages if totals else None,
        "system": totals.system_lines if totals else None,
        "authors": dict(totals.messages_by_sender) if totals else None,
        "first": chat.first_message_at.isoformat() if chat.first_message_at else None,
        "last": chat.last_message_at.isoformat() if chat.last_message_at else None,
        "date_order": chat.date_order,
        "date_order_sure": chat.are_dates_proven,
        "other_form": {"lines": chat.other_format_lines, "first": chat.other_format_shape},
        "changed_while_read": chat.has_changed,
        "to_meta_ai": chat.message_count(MessageKind.TO_META_AI),
        "maybe_to_meta_ai": chat.message_count(MessageKind.MAYBE_TO_META_AI),
        "by_meta_ai": chat.message_count(MessageKind.BY_META_AI),
        "names_meta_ai": chat.message_count(MessageKind.NAMES_META_AI),
        "notices": chat.message_count(MessageKind.NOTICE),
        "business_ai_notices": chat.message_count(MessageKind.BUSINESS_AI_NOTICE),
        "privacy_switch": [
            {"at": switch.at.isoformat() if switch.at else None, "on": switch.is_on} for switch in chat.privacy_switches
        ],
        "with_meta_ai_alone": chat.is_with_meta_ai_alone,
        "ai_name": chat.ai_name,
        "to_meta_ai_by": {
            count.sender: count.messages for count in chat.sender_counts if count.kind is MessageKind.TO_META_AI
        },
        "to_meta_ai_months": dict(chat.messages_by_month(MessageKind.TO_META_AI)),
        "notices_seen": [
            {
                "kind": notice.kind,
                "lines": notice.lines,
                "first": notice.first_at.isoformat() if notice.first_at else None,
            }
            for notice in chat.notices
        ],
        "could_be_read": chat.readable_count(),
        "could_be_read_by": dict(chat.readable_by_sender),
    }
    if me and (sender := find_sender(chat, me)):
        document["me"] = {
            "name": sender,
            "to_meta_ai": chat.message_count(MessageKind.TO_META_AI, sender),
            "maybe_to_meta_ai": chat.message_count(MessageKind.MAYBE_TO_META_AI, sender),
            "could_be_read": chat.readable_count(sender),
        }
    if times:
        document["times"] = [moment.isoformat() for moment in chat.times_to_meta_ai]
    return document


def _total_of(chats: Sequence[ScannedChat], me: str) -> MessageTotal:
    return sum_counts(counts_of_chat(chat, find_sender(chat, me)) for chat in chats)
