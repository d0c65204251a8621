"""Advanced Chat Privacy as a person notes it for each chat: on, off or not known, and who is admin.

A chat that was removed from the list stays in the draft as removed, so that the next scan does not add it again.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple, get_args

from metaoptout_tui.core import text
from metaoptout_tui.core.record.accounts import Draft

PrivacySetting = Literal["unknown", "on", "off"]
PRIVACY_SETTINGS: tuple[PrivacySetting, ...] = get_args(PrivacySetting)

PRIVACY_SETTING_LABELS: Mapping[PrivacySetting, str] = {"unknown": "not known", "on": "on", "off": "off"}

PRIVACY_POINT: Final = "whatsapp.advanced"
"""The point of the review that the list answers."""

_REMOVED_MARK: Final = "out"
MAX_NAME_CHARACTERS = 80


class ChatPrivacy(NamedTuple):
    """One chat; `admin` is empty where nobody is named. One that `is_removed` was taken out of the list."""

    name: str
    setting: PrivacySetting = "unknown"
    admin: str = ""
    is_removed: bool = False

    def with_next_setting(self) -> "ChatPrivacy":
        """The next of not known, on and off."""
        return self._replace(
            setting=PRIVACY_SETTINGS[(PRIVACY_SETTINGS.index(self.setting) + 1) % len(PRIVACY_SETTINGS)]
        )


class ChatPrivacyList(NamedTuple):
    """The chats as a person keeps them, also those that were taken out."""

    chats: tuple[ChatPrivacy, ...] = ()

    @classmethod
    def from_draft(cls, draft: Draft) -> "ChatPrivacyList":
        """What a draft holds: by name, the setting, and the admin after a blank. A setting that is none is not known."""
        return cls(tuple(_chat_from_draft(name, kept) for name, kept in draft.items()))

    def to_draft(self) -> Draft:
        """The list as a draft holds it; one word of its own marks a chat that was taken out."""
        return {
            chat.name: _REMOVED_MARK if chat.is_removed else f"{chat.setting} {chat.admin}".strip()
            for chat in self.chats
        }

    @property
    def listed(self) -> tuple[ChatPrivacy, ...]:
        """The chats that were not taken out."""
        return tuple(chat for chat in self.chats if not chat.is_removed)

    def with_chat(self, chat: ChatPrivacy) -> "ChatPrivacyList":
        """With this chat in the place of the one of its name, or at the end."""
        by_name = {each.name: each for each in self.chats}
        return ChatPrivacyList(tuple((by_name | {chat.name: chat}).values()))

    def with_scanned(self, scanned: Iterable[ChatPrivacy]) -> "ChatPrivacyList":
        """With the chats of a scan that are not in it, in any way, at the end."""
        by_name = {chat.name: chat for chat in self.chats}
        for chat in scanned:
            if chat.name:
                by_name.setdefault(chat.name, chat)
        return ChatPrivacyList(tuple(by_name.values()))

    @property
    def suggested_answer(self) -> str:
        """The answer to `PRIVACY_POINT` that the list supports: `no` where it is off in a chat, `done` where it is on in all."""
        settings = {chat.setting for chat in self.listed}
        if "off" in settings:
            return "no"
        return "done" if settings == {"on"} else ""

    @property
    def note(self) -> str:
        """The list as one note, a line for each setting; empty for no chat."""
        lines = []
        for setting in ("on", "off", "unknown"):
            names = [
                f"{chat.name} (admin: {chat.admin})" if chat.admin else chat.name
                for chat in self.listed
                if chat.setting == setting
            ]
            if names:
                lines.append(f"Advanced Chat Privacy {PRIVACY_SETTING_LABELS[setting]}: {', '.join(names)}")
        return "\n".join(lines)


def _chat_from_draft(name: str, kept: str) -> ChatPrivacy:
    word, _, admin = kept.partition(" ")
    return ChatPrivacy(
        text.clean_line(name, MAX_NAME_CHARACTERS),
        next((setting for setting in PRIVACY_SETTINGS if setting == word), "unknown"),
        text.clean_line(admin, MAX_NAME_CHARACTERS),
        kept == _REMOVED_MARK,
    )
