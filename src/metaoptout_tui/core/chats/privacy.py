"""The list of chats in which a person notes Advanced Chat Privacy: on, off or not known, and who is admin."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.record.remembered import ChatPrivacy

PRIVACY_POINT: Final = "whatsapp.advanced"
"""The review point that the list answers."""


class ChatPrivacyList(NamedTuple):
    """The chats of the list, also the removed ones."""

    chats: tuple[ChatPrivacy, ...] = ()

    @property
    def by_name(self) -> Mapping[str, ChatPrivacy]:
        """The chats by name, as they are remembered."""
        return {chat.name: chat for chat in self.chats}

    @property
    def listed(self) -> tuple[ChatPrivacy, ...]:
        """The chats that were not removed."""
        return tuple(chat for chat in self.chats if not chat.is_removed)

    def with_chat(self, chat: ChatPrivacy) -> "ChatPrivacyList":
        """The list with this chat in place of the one with the same name, or at the end."""
        return ChatPrivacyList(tuple({**self.by_name, chat.name: chat}.values()))

    def with_scanned(self, scanned: Iterable[ChatPrivacy]) -> "ChatPrivacyList":
        """The list with the chats of a scan at the end that are neither in it nor removed."""
        by_name = dict(self.by_name)
        for chat in scanned:
            if chat.name:
                by_name.setdefault(chat.name, chat)
        return ChatPrivacyList(tuple(by_name.values()))

    @property
    def suggested_answer(self) -> str:
        """The answer to `PRIVACY_POINT`: `no` where it is off in a chat, else empty.

        That it is done nobody else can say: the person alone knows whether these are all the chats they want it for.
        """
        return "no" if any(chat.setting == "off" for chat in self.listed) else ""

    @property
    def known_text(self) -> str:
        """In how many of the listed chats it is on, as a sentence; empty for no chat."""
        listed = self.listed
        if not listed:
            return ""
        return ngettext(
            "On in {on_count} of {count} chat on your list.",
            "On in {on_count} of {count} chats on your list.",
            len(listed),
        ).format(on_count=format_number(sum(chat.setting == "on" for chat in listed)), count=format_number(len(listed)))

    @property
    def is_on_in_all(self) -> bool:
        """Whether it is on in every chat of the list, which has at least one."""
        return {chat.setting for chat in self.listed} == {"on"}

    @property
    def note(self) -> str:
        """The list as one note, a line for each setting; empty for no chat. It goes into the record, so it is English."""
        lines = []
        for setting, words in (("on", "on"), ("off", "off"), ("unknown", "not known")):
            names = [
                f"{chat.name} (admin: {chat.admin})" if chat.admin else chat.name
                for chat in self.listed
                if chat.setting == setting
            ]
            if names:
                lines.append(f"Advanced Chat Privacy {words}: {', '.join(names)}")
        return "\n".join(lines)
