"""The messages to Meta AI in several chats as one total, apart by whose they are as far as that is known."""

from collections.abc import Iterable
from typing import NamedTuple

from metaoptout_tui.core.chats.scan_results import MessageKind, ScannedChat
from metaoptout_tui.core.language.formatting import format_number, format_open_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext


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
            (self.by_person, _("{count} by you")),
            (self.by_others, _("{count} by others")),
            (self.by_unknown, _("{count} not told apart")),
        ]
        shown = parts[:2] if not self.by_unknown else [part for part in parts if part[0]]
        return format_open_list(words.format(count=format_number(count)) for count, words in shown)

    @property
    def text(self) -> str:
        """The total in words."""
        if not self.messages:
            return ngettext(
                "no message to Meta AI found in one chat", "no message to Meta AI found in {chats} chats", self.chats
            ).format(chats=format_number(self.chats))
        return self._words_for_messages.format(
            count=format_number(self.messages),
            whose=self.apart_text,
            with_messages=format_number(self.chats_with_messages),
            chats=format_number(self.chats),
        )

    @property
    def _words_for_messages(self) -> str:
        """The words for at least one message, by whether it is known whose they are, and in one chat or several."""
        if self.chats == 1 and not self.apart_text:
            return ngettext(
                "at least {count} message to Meta AI in one chat",
                "at least {count} messages to Meta AI in one chat",
                self.messages,
            )
        if self.chats == 1:
            # Translators: {whose} is such as “3 by you, 4 by others”.
            return ngettext(
                "at least {count} message to Meta AI ({whose}) in one chat",
                "at least {count} messages to Meta AI ({whose}) in one chat",
                self.messages,
            )
        if not self.apart_text:
            return ngettext(
                "at least {count} message to Meta AI, in {with_messages} of {chats} chats",
                "at least {count} messages to Meta AI, in {with_messages} of {chats} chats",
                self.messages,
            )
        # Translators: {whose} is such as “3 by you, 4 by others”.
        return ngettext(
            "at least {count} message to Meta AI ({whose}), in {with_messages} of {chats} chats",
            "at least {count} messages to Meta AI ({whose}), in {with_messages} of {chats} chats",
            self.messages,
        )


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
