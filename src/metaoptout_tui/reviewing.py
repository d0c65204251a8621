"""What `metaoptout-tui review` prints: a review of exported WhatsApp chats, in plain lines and as JSON.

Counts and dates only. No text of a message is printed.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from metaoptout_tui.core import chats, text, when
from metaoptout_tui.core.chats import at_least, counted
from metaoptout_tui.core.playbook import Texts
from metaoptout_tui.evidence.whatsapp.classify import Kind
from metaoptout_tui.evidence.whatsapp.results import PLATFORM_WORDS, Chat, Review, named
from metaoptout_tui.evidence.whatsapp.review import review
from metaoptout_tui.evidence.whatsapp.senders import sender_named

SCHEMA = 1
_CHART = 40
_SENDERS_NAMED = 5
_BETWEEN_PROGRESS = 0.2


class Printed(NamedTuple):
    """What goes to stdout, what to stderr, and whether something could not be read."""

    words: str
    errors: tuple[str, ...]
    trouble: bool


def reviewed(
    paths: Iterable[str], texts: Callable[[], Texts], *, as_json: bool, me: str = "", times: bool = False
) -> Printed:
    """Review the chats under `paths`. Plain words only search very large chats; JSON counts every message of all.

    `texts` is asked for the guidance's sentences where plain words end with what an export cannot show.
    """
    progress = _Progress() if sys.stderr.isatty() else None
    found = review(paths, quick=not as_json, times=times, progress=progress)
    if progress:
        progress.clear()
    errors = [f"{_place(each.path, each.member)}: {each.why}" for each in found.unread]
    if me and found.chats and not any(sender_named(chat, me) for chat in found.chats):
        errors.append(f"No chat names a sender “{text.line(me)}”. Write the name as the export does.")
    words = _json(found, me, times=times) if as_json else _lines(found, me, texts)
    return Printed(words, tuple(errors), bool(found.unread))


def _lines(found: Review, me: str, texts: Callable[[], Texts]) -> str:
    lines: list[str] = []
    for chat in found.chats:
        lines.extend([*_chat_lines(chat, me), ""])
    if len(found.chats) > 1:
        total = sum(chat.number(Kind.TO) for chat in found.chats)
        among = sum(bool(chat.number(Kind.TO)) for chat in found.chats)
        lines.extend([f"In all: {at_least(total)}, in {among} of {len(found.chats)} chats.", ""])
    return "\n".join([*lines, *chats.limits(texts())]) if found.chats else "No chat was read."


def _chat_lines(chat: Chat, me: str) -> list[str]:
    lines = [f"{_place(chat.path, chat.member)}  ({PLATFORM_WORDS[chat.platform]})"]
    if chat.totals:
        count = chat.totals.messages
        lines.append(f"  {counted(count, 'message')} by {counted(len(chat.totals.authors), 'sender')}{_when(chat)}")
    else:
        lines.append(f"  only searched, since it is large{_when(chat)}; --json counts every message")
    if not chat.dates_sure:
        lines.append("  The order of day, month and year is not certain in this file, so dates may be wrong.")
    lines.append(f"  {at_least(chat.number(Kind.TO))}{_by_whom(chat, Kind.TO)}{_span(chat)}")
    if chat.with_meta_ai_alone:
        lines.append("    This is the chat with Meta AI itself, so every message of the person counts.")
    months = chat.months(Kind.TO)
    lines.extend(
        f"    {month}  {count:>6,}  {'#' * max(1, count * _CHART // max(months.values()))}"
        for month, count in months.items()
    )
    if maybe := chat.number(Kind.MAYBE):
        lines.append(f"  perhaps {maybe:,} more, written right after its answer{_by_whom(chat, Kind.MAYBE)}")
    if me and (own := sender_named(chat, me)):
        lines.append(
            f"  of these by {own}: {chat.number(Kind.TO, own):,}, perhaps {chat.number(Kind.MAYBE, own):,} more"
        )
    for kind, words in (
        (Kind.BY, "by Meta AI"),
        (Kind.NAMES, "only naming Meta AI"),
        (Kind.NOTICE, "of WhatsApp's own about Meta AI"),
        (Kind.BUSINESS, "of WhatsApp's own about AI or a service of Meta in a business chat"),
    ):
        if count := chat.number(kind):
            lines.append(f"  {counted(count, 'message')} {words}")
    for switch in chat.switches:
        on = f", {when.full_day(switch.at.date())}" if switch.at else ""
        lines.append(f"  Advanced Chat Privacy switched {'on' if switch.on else 'off'}{on}")
    return lines


def _by_whom(chat: Chat, kind: Kind) -> str:
    shares = [each for each in chat.shares if each.kind is kind]
    if not shares:
        return ""
    named = ", ".join(f"{each.author or 'others'} {each.messages:,}" for each in shares[:_SENDERS_NAMED])
    more = len(shares) - _SENDERS_NAMED
    return f" ({named}{f' and {more} more' if more > 0 else ''})"


def _span(chat: Chat) -> str:
    span = chat.span(Kind.TO)
    return f", {when.full_day(span[0])} to {when.full_day(span[1])}" if span else ""


def _when(chat: Chat) -> str:
    if not chat.first or not chat.last:
        return ""
    return f", {when.full_day(chat.first.date())} to {when.full_day(chat.last.date())}"


def _place(path: str, member: str) -> str:
    return text.line(named(path, member), 1_000)


def _json(found: Review, me: str, *, times: bool) -> str:
    document = {
        "schema": SCHEMA,
        "chats": [_chat_document(chat, me, times=times) for chat in found.chats],
        "unreadable": [{"path": each.path, "member": each.member, "why": each.why} for each in found.unread],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _chat_document(chat: Chat, me: str, *, times: bool) -> dict[str, object]:
    totals = chat.totals
    document: dict[str, object] = {
        "path": chat.path,
        "member": chat.member,
        "platform_shape": chat.platform,
        "headers": totals.headers if totals else None,
        "messages": totals.messages if totals else None,
        "system": totals.system if totals else None,
        "authors": dict(totals.authors) if totals else None,
        "first": chat.first.isoformat() if chat.first else None,
        "last": chat.last.isoformat() if chat.last else None,
        "date_order": chat.order,
        "date_order_sure": chat.dates_sure,
        "to_meta_ai": chat.number(Kind.TO),
        "maybe_to_meta_ai": chat.number(Kind.MAYBE),
        "by_meta_ai": chat.number(Kind.BY),
        "names_meta_ai": chat.number(Kind.NAMES),
        "notices": chat.number(Kind.NOTICE),
        "business_ai_notices": chat.number(Kind.BUSINESS),
        "privacy_switch": [{"at": each.at.isoformat() if each.at else None, "on": each.on} for each in chat.switches],
        "with_meta_ai_alone": chat.with_meta_ai_alone,
        "to_meta_ai_by": {each.author: each.messages for each in chat.shares if each.kind is Kind.TO},
        "to_meta_ai_months": dict(chat.months(Kind.TO)),
    }
    if me and (own := sender_named(chat, me)):
        document["me"] = {
            "name": own,
            "to_meta_ai": chat.number(Kind.TO, own),
            "maybe_to_meta_ai": chat.number(Kind.MAYBE, own),
        }
    if times:
        document["times"] = [each.isoformat() for each in chat.times]
    return document


class _Progress:
    """One line on stderr, rewritten while large files are read."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._told = self._begun
        self._width = 0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told < _BETWEEN_PROGRESS or not total:
            return
        self._told = now
        left = (now - self._begun) * (total - done) / max(done, 1)
        words = f"{done >> 20:,} of {total >> 20:,} MiB, {left:.0f} s left"
        sys.stderr.write(f"\r{words:<{self._width}}")
        sys.stderr.flush()
        self._width = len(words)

    def clear(self) -> None:
        """Leave no line behind."""
        if self._width:
            sys.stderr.write(f"\r{'':<{self._width}}\r")
            sys.stderr.flush()
