"""The list of chats in which a person notes Advanced Chat Privacy: on, off or not known, and who is admin.

A chat that was removed from the list stays in the draft as removed, so that the next scan does not add it again.
"""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, get_args

from metaoptout_tui.core import text
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.record.accounts import Draft

PrivacySetting = Literal["unknown", "on", "off"]
PRIVACY_SETTINGS: tuple[PrivacySetting, ...] = get_args(PrivacySetting)


def privacy_setting_label(setting: PrivacySetting) -> str:
    """What the setting is called."""
    match setting:
        case "on":
            return pgettext("Advanced Chat Privacy", "on")
        case "off":
            return pgettext("Advanced Chat Privacy", "off")
        case _:
            return pgettext("Advanced Chat Privacy", "not known")


PRIVACY_POINT: Final = "whatsapp.advanced"
"""The review point that the list answers."""

_REMOVED_MARK: Final = "out"
ME: Final = "me"
"""The admin who is the person."""
MAX_NAME_CHARACTERS = 80


class ChatPrivacy(NamedTuple):
    """One chat; `admin` is empty where none is named. One that `is_removed` was removed from the list."""

    name: str
    setting: PrivacySetting = "unknown"
    admin: str = ""
    is_removed: bool = False

    @property
    def shown_admin(self) -> str:
        """Who is admin, in the language in use where it is the person."""
        return _("me") if self.admin == ME else self.admin

    def with_next_setting(self) -> "ChatPrivacy":
        """The chat with the next setting: not known, on, off."""
        return self._replace(
            setting=PRIVACY_SETTINGS[(PRIVACY_SETTINGS.index(self.setting) + 1) % len(PRIVACY_SETTINGS)]
        )


class ChatPrivacyList(NamedTuple):
    """The chats of the list, also the removed ones."""

    chats: tuple[ChatPrivacy, ...] = ()

    @classmethod
    def from_draft(cls, draft: Draft) -> "ChatPrivacyList":
        """The list in a draft: by name, the setting, then a blank and the admin. An invalid setting is unknown."""
        return cls(tuple(_chat_from_draft(name, value) for name, value in draft.items()))

    def to_draft(self) -> Draft:
        """The list as a draft; a removed chat has a mark in place of its setting."""
        return {
            chat.name: _REMOVED_MARK if chat.is_removed else f"{chat.setting} {chat.admin}".strip()
            for chat in self.chats
        }

    @property
    def listed(self) -> tuple[ChatPrivacy, ...]:
        """The chats that were not removed."""
        return tuple(chat for chat in self.chats if not chat.is_removed)

    def with_chat(self, chat: ChatPrivacy) -> "ChatPrivacyList":
        """The list with this chat in place of the one with the same name, or at the end."""
        return ChatPrivacyList(tuple(({old.name: old for old in self.chats} | {chat.name: chat}).values()))

    def with_scanned(self, scanned: Iterable[ChatPrivacy]) -> "ChatPrivacyList":
        """The list with the chats of a scan at the end that are neither in it nor removed."""
        by_name = {chat.name: chat for chat in self.chats}
        for chat in scanned:
            if chat.name:
                by_name.setdefault(chat.name, chat)
        return ChatPrivacyList(tuple(by_name.values()))

    @property
    def suggested_answer(self) -> str:
        """The answer to `PRIVACY_POINT`: `no` where it is off in a chat, `done` where it is on in all, else empty."""
        settings = {chat.setting for chat in self.listed}
        if "off" in settings:
            return "no"
        return "done" if settings == {"on"} else ""

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


def _chat_from_draft(name: str, value: str) -> ChatPrivacy:
    word, _unused, admin = value.partition(" ")
    return ChatPrivacy(
        text.clean_line(name, MAX_NAME_CHARACTERS),
        next((setting for setting in PRIVACY_SETTINGS if setting == word), "unknown"),
        text.clean_line(admin, MAX_NAME_CHARACTERS),
        value == _REMOVED_MARK,
    )
