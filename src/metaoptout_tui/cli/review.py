"""The `review` command: what exported WhatsApp chats show of Meta AI, as text or JSON.

It prints counts, dates, file names and the names of senders, never the text of a message.
"""

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from metaoptout_tui.app.chat_files import count_messages
from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_FAILURE, EXIT_OK, Output, to_json
from metaoptout_tui.cli.progress import ProgressLine
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.chats.message_total import MessageTotal, counts_of_chat, sum_counts
from metaoptout_tui.core.chats.notices import NoticeKind, notice_text, readable_text, statement_names_for
from metaoptout_tui.core.chats.same_chat import join_same_chats
from metaoptout_tui.core.chats.scan_results import (
    EXPORT_ORIGIN_LABELS,
    MessageKind,
    ScannedChat,
    ScanResults,
    alone_text,
    answered_text,
    display_path,
    doubts_about,
    find_sender,
)
from metaoptout_tui.core.chats.scan_summary import format_count, meta_ai_count_text
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _

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
        lines.extend([_("In all: {text}.").format(text=_total_of(chats, me).text), ""])
    if not results.chats:
        return _("No chat was read.")
    from metaoptout_tui.app.texts_in_use import load_texts_in_use

    texts = load_texts_in_use(paths)
    kinds = {notice.kind for chat in results.chats for notice in chat.notices}
    meanings = [id for id in (f"chats.{name}" for name in statement_names_for(kinds)) if id in texts]
    return "\n".join([*lines, *map(texts.sentence, meanings), *scan_summary.scan_limitations(texts)])


def _chat_lines(chat: ScannedChat, me: str) -> list[str]:
    lines = [f"{_file_label(chat.path, chat.member)}  ({EXPORT_ORIGIN_LABELS[chat.origin]})"]
    if chat.totals:
        messages = format_count(chat.totals.messages, "message")
        senders = format_count(len(chat.totals.messages_by_sender), "sender")
        lines.append(
            _("  {messages} by {senders}{chat_dates}").format(
                messages=messages, senders=senders, chat_dates=_chat_dates(chat)
            )
        )
    else:
        lines.append(
            _("  only searched, since it is large{chat_dates}; --json counts every message").format(
                chat_dates=_chat_dates(chat)
            )
        )
    lines.extend(f"  {doubt}" for doubt in doubts_about(chat))
    lines.extend(
        _("  The same chat as in {path}, so it counts once.").format(path=text.clean_line(path, 1000))
        for path in chat.also_in
    )
    count_text = meta_ai_count_text(chat.message_count(MessageKind.TO_META_AI))
    lines.append(f"  {count_text}{_sender_shares(chat, MessageKind.TO_META_AI)}{_message_dates(chat)}")
    if chat.is_with_meta_ai_alone:
        lines.append(f"    {alone_text(chat)}")
    if answered := answered_text([chat]):
        lines.append(f"  {answered}")
    lines.extend(_chart_lines(chat, me))
    if maybe := chat.message_count(MessageKind.MAYBE_TO_META_AI):
        shares = _sender_shares(chat, MessageKind.MAYBE_TO_META_AI)
        lines.append(
            _("  perhaps {maybe} more, written right after its answer{shares}").format(
                maybe=format_number(maybe), shares=shares
            )
        )
    if me and (sender := find_sender(chat, me)):
        sure, maybe = (
            chat.message_count(kind, sender) for kind in (MessageKind.TO_META_AI, MessageKind.MAYBE_TO_META_AI)
        )
        lines.append(
            _("  of these by {sender}: {sure}, perhaps {maybe} more").format(
                sender=sender, sure=format_number(sure), maybe=format_number(maybe)
            )
        )
    for kind, description in (
        (MessageKind.BY_META_AI, _("by Meta AI")),
        (MessageKind.NAMES_META_AI, _("only naming Meta AI")),
    ):
        if count := chat.message_count(kind):
            lines.append(f"  {format_count(count, 'message')} {description}")
    lines.extend(f"  {words}" for words in map(notice_text, chat.notices) if words)
    if chat.has_notice(NoticeKind.MEMBER):
        own_name = find_sender(chat, me)
        lines.append(f"  {readable_text(chat.readable_count(), chat.readable_count(own_name) if own_name else None)}")
    for switch in chat.privacy_switches:
        day = f", {dates.format_full_day(switch.at.date())}" if switch.at else ""
        lines.append(f"  Advanced Chat Privacy switched {'on' if switch.is_on else 'off'}{day}")
    return lines


def _chart_lines(chat: ScannedChat, me: str) -> list[str]:
    own_name = find_sender(chat, me)
    chart = scan_summary.chart_of(
        [chat.messages_by_month(MessageKind.TO_META_AI)],
        [chat.messages_by_month(MessageKind.TO_META_AI, own_name)] if own_name else (),
    )
    highest = max(chart.rows.values(), default=0)
    lines = [
        f"    {period}  {count:>6,}  {'#' * scan_summary.bar_length(count, highest, _CHART_WIDTH)} {chart.own_text(period)}".rstrip()
        for period, count in chart.rows.items()
    ]
    missing = chart.missing_text(chat.message_count(MessageKind.TO_META_AI))
    return [*lines, f"    {missing}"] if missing else lines


def _sender_shares(chat: ScannedChat, kind: MessageKind) -> str:
    counts = [count for count in chat.sender_counts if count.kind is kind]
    if not counts:
        return ""
    names = ", ".join(f"{count.sender or 'others'} {count.messages:,}" for count in counts[:_MAX_SENDERS_NAMED])
    more = len(counts) - _MAX_SENDERS_NAMED
    return f" ({names}{_(' and {more} more').format(more=more) if more > 0 else ''})"


def _message_dates(chat: ScannedChat) -> str:
    span = chat.first_and_last_day(MessageKind.TO_META_AI)
    return _span_text(*span) if span else ""


def _chat_dates(chat: ScannedChat) -> str:
    first, last = chat.first_message_at, chat.last_message_at
    return _span_text(first.date(), last.date()) if first and last else ""


def _span_text(first: date, last: date) -> str:
    return _(", {full_day} to {full_day_2}").format(
        full_day=dates.format_full_day(first), full_day_2=dates.format_full_day(last)
    )


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
