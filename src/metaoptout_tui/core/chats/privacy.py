"""Advanced Chat Privacy as a person notes it for each chat: on, off or not known, and who is admin.

A chat that was removed from the list stays in the draft as removed, so that the next scan does not add it again.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple, get_args

from metaoptout_tui.core import text

PrivacySetting = Literal["unknown", "on", "off"]
PRIVACY_SETTINGS: tuple[PrivacySetting, ...] = get_args(PrivacySetting)

PRIVACY_SETTING_LABELS: Mapping[PrivacySetting, str] = {"unknown": "not known", "on": "on", "off": "off"}

PRIVACY_POINT: Final = "whatsapp.advanced"
"""The point of the review that the list answers."""

REMOVED_MARK: Final = "out"
MAX_NAME_CHARACTERS = 80


class ChatPrivacy(NamedTuple):
    """One chat; `admin` is empty where nobody is named. A removed one was taken out of the list."""

    name: str
    setting: PrivacySetting = "unknown"
    admin: str = ""
    is_removed: bool = False

    def with_next_setting(self) -> "ChatPrivacy":
        """The next of not known, on and off."""
        return self._replace(
            setting=PRIVACY_SETTINGS[(PRIVACY_SETTINGS.index(self.setting) + 1) % len(PRIVACY_SETTINGS)]
        )


def privacy_to_draft(chats: Iterable[ChatPrivacy]) -> dict[str, str]:
    """The list as a draft keeps it: by name, the setting, and the admin after a blank; `out` for one that was taken out."""
    return {chat.name: REMOVED_MARK if chat.is_removed else f"{chat.setting} {chat.admin}".strip() for chat in chats}


def privacy_from_draft(draft: Mapping[str, str]) -> tuple[ChatPrivacy, ...]:
    """The list as it was kept; a setting that is none is not known."""
    found = []
    for name, kept in draft.items():
        word, _, admin = kept.partition(" ")
        setting: PrivacySetting = next((each for each in PRIVACY_SETTINGS if each == word), "unknown")
        found.append(
            ChatPrivacy(
                text.clean_line(name, MAX_NAME_CHARACTERS),
                setting,
                text.clean_line(admin, MAX_NAME_CHARACTERS),
                kept == REMOVED_MARK,
            )
        )
    return tuple(found)


def merge_chat_privacy(noted: Iterable[ChatPrivacy], scanned: Iterable[ChatPrivacy]) -> tuple[ChatPrivacy, ...]:
    """What the person noted, then the chats of a scan that are not among it."""
    first = tuple(noted)
    names = {chat.name for chat in first}
    more: dict[str, ChatPrivacy] = {}
    for chat in scanned:
        if chat.name and chat.name not in names:
            more.setdefault(chat.name, chat)
    return (*first, *more.values())


def suggest_privacy_answer(chats: Iterable[ChatPrivacy]) -> str:
    """The answer to `PRIVACY_POINT` that the list bears out: `no` where it is off in a chat, `done` where it is on in all."""
    settings = {chat.setting for chat in chats if not chat.is_removed}
    if "off" in settings:
        return "no"
    return "done" if settings == {"on"} else ""


def format_privacy_note(chats: Iterable[ChatPrivacy]) -> str:
    """The list as one note, a line for each setting; empty for no chat."""
    lines = []
    every = tuple(chat for chat in chats if not chat.is_removed)
    for setting in ("on", "off", "unknown"):
        named = [
            f"{chat.name} (admin: {chat.admin})" if chat.admin else chat.name
            for chat in every
            if chat.setting == setting
        ]
        if named:
            lines.append(f"Advanced Chat Privacy {PRIVACY_SETTING_LABELS[setting]}: {', '.join(named)}")
    return "\n".join(lines)
