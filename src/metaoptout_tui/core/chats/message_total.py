"""The messages to Meta AI in several chats as one total, apart by whose they are as far as that is known."""

from collections.abc import Iterable
from typing import NamedTuple

from metaoptout_tui.core.chats.scan_results import MessageKind, ScannedChat
from metaoptout_tui.core.chats.scan_summary import meta_ai_count_text
from metaoptout_tui.core.language.translation import gettext as _


class ChatCounts(NamedTuple):
    """The messages to Meta AI in one chat; those of the person and of others are None where that is not known."""

    by_anyone: int
    by_person: int | None = None
    by_others: int | None = None


class MessageTotal(NamedTuple):
    """The messages to Meta AI in several chats; `by_unknown` are those of which nobody knows whether the person's."""

    chats: int
    chats_with_messages: int
    by_person: int
    by_others: int
    by_unknown: int

    @property
    def messages(self) -> int:
        """All of them together."""
        return self.by_person + self.by_others + self.by_unknown

    @property
    def apart_text(self) -> str:
        """Whose they are, as `3 by you, 4 by others`; empty where nothing is known of that."""
        if not self.by_person and not self.by_others:
            return ""
        parts = [
            (self.by_person, _("by you")),
            (self.by_others, _("by others")),
            (self.by_unknown, _("not told apart")),
        ]
        shown = parts[:2] if not self.by_unknown else [part for part in parts if part[0]]
        return ", ".join(f"{count:,} {whose}" for count, whose in shown)

    @property
    def text(self) -> str:
        """The total in words."""
        apart = f" ({self.apart_text})" if self.apart_text else ""
        if self.chats == 1:
            where = _(" in one chat")
        else:
            where = (
                _(", in {chats_with_messages} of {chats} chats").format(
                    chats_with_messages=self.chats_with_messages, chats=self.chats
                )
                if self.messages
                else _(" in {chats} chats").format(chats=self.chats)
            )
        return f"{meta_ai_count_text(self.messages)}{apart}{where}"


def sum_counts(counts: Iterable[ChatCounts]) -> MessageTotal:
    """The total of several chats."""
    counts = tuple(counts)
    by_person = sum(chat.by_person or 0 for chat in counts)
    by_others = sum(chat.by_others or 0 for chat in counts)
    by_anyone = sum(chat.by_anyone for chat in counts)
    return MessageTotal(
        len(counts),
        sum(bool(chat.by_anyone) for chat in counts),
        by_person,
        by_others,
        by_anyone - by_person - by_others,
    )


def counts_of_chat(chat: ScannedChat, own_name: str) -> ChatCounts:
    """The counts of a scanned chat, with the person's own where their name in it is known."""
    count = chat.message_count(MessageKind.TO_META_AI)
    if chat.is_with_meta_ai_alone:
        return ChatCounts(count, count, 0)
    if not own_name:
        return ChatCounts(count)
    own = chat.message_count(MessageKind.TO_META_AI, own_name)
    return ChatCounts(count, own, count - own)
