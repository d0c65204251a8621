"""The `review` command: what exported WhatsApp chats show of Meta AI, as text or JSON.

It prints counts, dates, file names and the names of senders, never the text of a message.
"""

import json
import sys
import time
from argparse import Namespace
from datetime import date

from metaoptout_tui.app.chat_files import count_messages
from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_FAILURE, EXIT_OK, Output
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.chats import results
from metaoptout_tui.core.chats.results import format_count, meta_ai_count_text
from metaoptout_tui.core.chats.scan_results import (
    EXPORT_ORIGIN_LABELS,
    MessageKind,
    ScannedChat,
    ScanResults,
    display_path,
    find_sender,
)
from metaoptout_tui.core.jobs import Job, seconds_left

REVIEW_SCHEMA_VERSION = 1
_CHART_WIDTH = 40
_MAX_SENDERS_NAMED = 5
_SECONDS_BETWEEN_UPDATES = 0.2


def run(arguments: Namespace, paths: AppPaths, _: Clock) -> Output:
    """Review the chats under the paths. Plain words only search very large chats; JSON counts every message of all."""
    as_json, me, times = arguments.json, arguments.me, arguments.times
    progress = _ProgressLine() if sys.stderr.isatty() else None
    job = Job(progress.show) if progress else Job()
    results = count_messages(arguments.path, job, in_full=as_json, keep_times=times)
    if progress:
        progress.clear()
    errors = [
        f"{_file_label(unreadable_file.path, unreadable_file.member)}: {unreadable_file.reason}"
        for unreadable_file in results.unreadable
    ]
    if me and results.chats and not any(find_sender(chat, me) for chat in results.chats):
        errors.append(f"No chat names a sender “{text.clean_line(me)}”. Write the name as the export does.")
    words = _review_json(results, me, times=times) if as_json else _review_text(results, me, paths)
    return Output(words, tuple(errors), EXIT_FAILURE if results.unreadable else EXIT_OK)


def _review_text(found: ScanResults, me: str, paths: AppPaths) -> str:
    lines: list[str] = []
    for chat in found.chats:
        lines.extend([*_chat_lines(chat, me), ""])
    if len(found.chats) > 1:
        total = sum(chat.message_count(MessageKind.TO_META_AI) for chat in found.chats)
        among = sum(bool(chat.message_count(MessageKind.TO_META_AI)) for chat in found.chats)
        lines.extend([f"In all: {meta_ai_count_text(total)}, in {among} of {len(found.chats)} chats.", ""])
    if not found.chats:
        return "No chat was read."
    from metaoptout_tui.app.guidance_in_use import load_guidance_in_use

    return "\n".join([*lines, *results.scan_limitations(load_guidance_in_use(paths).playbook.texts)])


def _chat_lines(chat: ScannedChat, me: str) -> list[str]:
    lines = [f"{_file_label(chat.path, chat.member)}  ({EXPORT_ORIGIN_LABELS[chat.origin]})"]
    if chat.totals:
        messages = format_count(chat.totals.messages, "message")
        senders = format_count(len(chat.totals.messages_by_sender), "sender")
        lines.append(f"  {messages} by {senders}{_chat_dates(chat)}")
    else:
        lines.append(f"  only searched, since it is large{_chat_dates(chat)}; --json counts every message")
    if not chat.are_dates_proven:
        lines.append("  The order of day, month and year is not certain in this file, so dates may be wrong.")
    count_text = meta_ai_count_text(chat.message_count(MessageKind.TO_META_AI))
    lines.append(f"  {count_text}{_sender_shares(chat, MessageKind.TO_META_AI)}{_message_dates(chat)}")
    if chat.is_with_meta_ai_alone:
        lines.append("    This is the chat with Meta AI itself, so every message of the person counts.")
    months = chat.messages_by_month(MessageKind.TO_META_AI)
    lines.extend(
        f"    {month}  {count:>6,}  {'#' * max(1, count * _CHART_WIDTH // max(months.values()))}"
        for month, count in months.items()
    )
    if maybe := chat.message_count(MessageKind.MAYBE_TO_META_AI):
        shares = _sender_shares(chat, MessageKind.MAYBE_TO_META_AI)
        lines.append(f"  perhaps {maybe:,} more, written right after its answer{shares}")
    if me and (own := find_sender(chat, me)):
        sure, maybe = (chat.message_count(kind, own) for kind in (MessageKind.TO_META_AI, MessageKind.MAYBE_TO_META_AI))
        lines.append(f"  of these by {own}: {sure:,}, perhaps {maybe:,} more")
    for kind, words in (
        (MessageKind.BY_META_AI, "by Meta AI"),
        (MessageKind.NAMES_META_AI, "only naming Meta AI"),
        (MessageKind.NOTICE, "of WhatsApp's own about Meta AI"),
        (MessageKind.BUSINESS_AI_NOTICE, "of WhatsApp's own about AI or a service of Meta in a business chat"),
    ):
        if count := chat.message_count(kind):
            lines.append(f"  {format_count(count, 'message')} {words}")
    for switch in chat.privacy_switches:
        on = f", {dates.format_full_day(switch.at.date())}" if switch.at else ""
        lines.append(f"  Advanced Chat Privacy switched {'on' if switch.is_on else 'off'}{on}")
    return lines


def _sender_shares(chat: ScannedChat, kind: MessageKind) -> str:
    shares = [sender_count for sender_count in chat.sender_counts if sender_count.kind is kind]
    if not shares:
        return ""
    named = ", ".join(
        f"{sender_count.sender or 'others'} {sender_count.messages:,}" for sender_count in shares[:_MAX_SENDERS_NAMED]
    )
    more = len(shares) - _MAX_SENDERS_NAMED
    return f" ({named}{f' and {more} more' if more > 0 else ''})"


def _message_dates(chat: ScannedChat) -> str:
    span = chat.first_and_last_day(MessageKind.TO_META_AI)
    return _span_text(*span) if span else ""


def _chat_dates(chat: ScannedChat) -> str:
    first, last = chat.first_message_at, chat.last_message_at
    return _span_text(first.date(), last.date()) if first and last else ""


def _span_text(first: date, last: date) -> str:
    return f", {dates.format_full_day(first)} to {dates.format_full_day(last)}"


def _file_label(path: str, member: str) -> str:
    return text.clean_line(display_path(path, member), 1_000)


def _review_json(results: ScanResults, me: str, *, times: bool) -> str:
    document = {
        "schema": REVIEW_SCHEMA_VERSION,
        "chats": [_chat_json(chat, me, times=times) for chat in results.chats],
        "unreadable": [
            {"path": unreadable_file.path, "member": unreadable_file.member, "why": unreadable_file.reason}
            for unreadable_file in results.unreadable
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


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
        "to_meta_ai": chat.message_count(MessageKind.TO_META_AI),
        "maybe_to_meta_ai": chat.message_count(MessageKind.MAYBE_TO_META_AI),
        "by_meta_ai": chat.message_count(MessageKind.BY_META_AI),
        "names_meta_ai": chat.message_count(MessageKind.NAMES_META_AI),
        "notices": chat.message_count(MessageKind.NOTICE),
        "business_ai_notices": chat.message_count(MessageKind.BUSINESS_AI_NOTICE),
        "privacy_switch": [
            {"at": each.at.isoformat() if each.at else None, "on": each.is_on} for each in chat.privacy_switches
        ],
        "with_meta_ai_alone": chat.is_with_meta_ai_alone,
        "to_meta_ai_by": {
            sender_count.sender: sender_count.messages
            for sender_count in chat.sender_counts
            if sender_count.kind is MessageKind.TO_META_AI
        },
        "to_meta_ai_months": dict(chat.messages_by_month(MessageKind.TO_META_AI)),
    }
    if me and (own := find_sender(chat, me)):
        document["me"] = {
            "name": own,
            "to_meta_ai": chat.message_count(MessageKind.TO_META_AI, own),
            "maybe_to_meta_ai": chat.message_count(MessageKind.MAYBE_TO_META_AI, own),
        }
    if times:
        document["times"] = [moment.isoformat() for moment in chat.times_to_meta_ai]
    return document


class _ProgressLine:
    """One line on stderr, rewritten while large files are read."""

    def __init__(self) -> None:
        self._started_at = time.monotonic()
        self._last_shown_at = self._started_at
        self._width = 0

    def show(self, job: Job) -> None:
        """Say how far it is, unless that was said just before."""
        now = time.monotonic()
        if now - self._last_shown_at < _SECONDS_BETWEEN_UPDATES or not job.total:
            return
        self._last_shown_at = now
        left = seconds_left(job.done, job.total, now - self._started_at)
        words = f"{job.done >> 20:,} of {job.total >> 20:,} MiB, {left:.0f} s left"
        sys.stderr.write(f"\r{words:<{self._width}}")
        sys.stderr.flush()
        self._width = len(words)

    def clear(self) -> None:
        """Leave no line behind."""
        if self._width:
            sys.stderr.write(f"\r{'':<{self._width}}\r")
            sys.stderr.flush()
