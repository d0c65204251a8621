"""What was found in scanned chats, in sentences: how many messages there are, and by whom."""

from collections.abc import Callable, Iterable, Iterator

from metaoptout_tui.core import text
from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.chats.scan_results import (
    EXPORT_ORIGIN_LABELS,
    MessageKind,
    ScannedChat,
    ScanResults,
)
from metaoptout_tui.core.chats.scan_summary import meta_ai_count_sentence
from metaoptout_tui.core.language.formatting import format_list, format_number, format_open_list, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext

_MAX_SENDERS_NAMED = 5


def total_sentence(results: ScanResults, total: int) -> str:
    """How many messages to Meta AI there are in all that was read."""
    if not results.chats:
        return _("No chat was read.")
    if len(results.chats) == 1:
        return with_full_stop(meta_ai_count_sentence(total))
    chats = format_number(len(results.chats))
    if not total:
        # Translators: {chats} is always more than one.
        return _("In all {chats} chats: no message to Meta AI found.").format(chats=chats)
    with_messages = sum(bool(chat.message_count(MessageKind.TO_META_AI)) for chat in results.chats)
    return ngettext(
        "In all {chats} chats: at least {count} message to Meta AI, in {chats_with} of them.",
        "In all {chats} chats: at least {count} messages to Meta AI, in {chats_with} of them.",
        total,
    ).format(chats=chats, count=format_number(total), chats_with=format_number(with_messages))


def own_part_sentence(count: int, maybe: int, *, chats: int) -> str:
    """How many of the messages are the person's own; `chats`: in how many of them that is known, 0 for in all."""
    if chats and maybe:
        # Translators: {chats} and {maybe} may be one.
        words = _("By you in {chats} of these chats: {count}, perhaps {maybe} more.")
    elif chats:
        words = _("By you in {chats} of these chats: {count}.")
    elif maybe:
        words = _("By you: {count}, perhaps {maybe} more.")
    else:
        words = _("By you: {count}.")
    return words.format(chats=format_number(chats), count=format_number(count), maybe=format_number(maybe))


def own_names_sentence(chats: Iterable[ScannedChat], own_name_of: Callable[[ScannedChat], str], key: str) -> str:
    """Who the person is in these chats, and the key that changes it; empty where that is not known."""
    names = (own_name_of(chat) for chat in chats if not chat.is_with_meta_ai_alone)
    shown = [text.clean_line(name, 60) for name in dict.fromkeys(filter(None, names))]
    if not shown:
        return ""
    return with_full_stop(_("You are {name} ({key} changes that)").format(name=format_list(shown), key=key))


def own_part_of_chat(count: int, maybe: int) -> str:
    """How many messages of a chat are the person's own, as the end of a sentence."""
    if maybe:
        words = ngettext(
            "{count} of these is yours, perhaps {maybe} more", "{count} of these are yours, perhaps {maybe} more", count
        )
    else:
        words = ngettext("{count} of these is yours", "{count} of these are yours", count)
    return words.format(count=format_number(count), maybe=format_number(maybe))


def counting_sentence(count: int, *, is_only_chat: bool, is_counting: bool) -> str:
    """The sentence that in some chats not all messages are counted yet, or were not."""
    if is_only_chat and is_counting:
        return _("In this chat the messages to Meta AI are found; all others are still being counted.")
    if is_only_chat:
        return _("In this chat only the messages to Meta AI were looked for; not all others were counted.")
    words = (
        ngettext(
            "In {count} chat the messages to Meta AI are found; all others are still being counted.",
            "In {count} chats the messages to Meta AI are found; all others are still being counted.",
            count,
        )
        if is_counting
        else ngettext(
            "In {count} chat only the messages to Meta AI were looked for; not all others were counted.",
            "In {count} chats only the messages to Meta AI were looked for; not all others were counted.",
            count,
        )
    )
    return words.format(count=format_number(count))


def other_messages(chats: Iterable[ScannedChat]) -> Iterator[str]:
    """How many messages of other kinds there are: by Meta AI, and those that only name it."""
    chats = tuple(chats)
    by_meta_ai = sum(chat.message_count(MessageKind.BY_META_AI) for chat in chats)
    naming = sum(chat.message_count(MessageKind.NAMES_META_AI) for chat in chats)
    if by_meta_ai:
        words = ngettext("{count} message by Meta AI", "{count} messages by Meta AI", by_meta_ai)
        yield words.format(count=format_number(by_meta_ai))
    if naming:
        words = ngettext("{count} message only naming Meta AI", "{count} messages only naming Meta AI", naming)
        yield words.format(count=format_number(naming))


def chat_summary(chat: ScannedChat) -> str:
    """From which kind of phone an export is, how many messages are in it, and of which time."""
    parts = [_(EXPORT_ORIGIN_LABELS[chat.origin])]
    if chat.totals:
        parts.append(_messages_by_senders(chat.totals.messages, len(chat.totals.messages_by_sender)))
    if chat.first_message_at and chat.last_message_at:
        parts.append(scan_summary.format_date_span((chat.first_message_at.date(), chat.last_message_at.date())))
    return format_open_list(parts)


def _messages_by_senders(messages: int, senders: int) -> str:
    """How many messages there are, and by how many senders."""
    if senders == 1:
        words = ngettext("{count} message by 1 sender", "{count} messages by 1 sender", messages)
    else:
        words = ngettext("{count} message by {senders} senders", "{count} messages by {senders} senders", messages)
    return words.format(count=format_number(messages), senders=format_number(senders))


def named_senders(chat: ScannedChat, kind: MessageKind) -> str:
    """Who wrote messages of a kind, each with their number; the first few of them, empty for nobody."""
    sender_counts = [sender_count for sender_count in chat.sender_counts if sender_count.kind is kind]
    named = [
        f"{text.clean_line(sender_count.sender, 60) or _('others')} {format_number(sender_count.messages)}"
        for sender_count in sender_counts[:_MAX_SENDERS_NAMED]
    ]
    more = len(sender_counts) - _MAX_SENDERS_NAMED
    if more <= 0:
        return format_list(named)
    return ngettext("{senders} and {count} more", "{senders} and {count} more", more).format(
        senders=format_open_list(named), count=format_number(more)
    )
