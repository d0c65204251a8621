"""Advanced Chat Privacy, chat by chat, as a person notes it: on, off or not known, and who is admin.

A chat that was taken out of the list stays in the draft as such, so that the next scan does not bring it back.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple, get_args

from metaoptout_tui.core import text

Setting = Literal["unknown", "on", "off"]
SETTINGS: tuple[Setting, ...] = get_args(Setting)

WORDS: Mapping[Setting, str] = {"unknown": "not known", "on": "on", "off": "off"}

POINT: Final = "whatsapp.advanced"
"""The point of the review that the list answers."""

OUT: Final = "out"
NAME_LIMIT = 80


class ChatPrivacy(NamedTuple):
    """One chat; `admin` is empty where nobody is named. One that is `out` was taken out of the list."""

    name: str
    setting: Setting = "unknown"
    admin: str = ""
    out: bool = False

    def switched(self) -> "ChatPrivacy":
        """The next of not known, on and off."""
        return self._replace(setting=SETTINGS[(SETTINGS.index(self.setting) + 1) % len(SETTINGS)])


def as_draft(chats: Iterable[ChatPrivacy]) -> dict[str, str]:
    """The list as a draft keeps it: by name, the setting, and the admin after a blank; `out` for one that was taken out."""
    return {chat.name: OUT if chat.out else f"{chat.setting} {chat.admin}".strip() for chat in chats}


def from_draft(draft: Mapping[str, str]) -> tuple[ChatPrivacy, ...]:
    """The list as it was kept; a setting that is none is not known."""
    found = []
    for name, kept in draft.items():
        word, _, admin = kept.partition(" ")
        setting: Setting = next((each for each in SETTINGS if each == word), "unknown")
        found.append(ChatPrivacy(text.line(name, NAME_LIMIT), setting, text.line(admin, NAME_LIMIT), kept == OUT))
    return tuple(found)


def joined(noted: Iterable[ChatPrivacy], scanned: Iterable[ChatPrivacy]) -> tuple[ChatPrivacy, ...]:
    """What the person noted, then the chats of a scan that are not among it."""
    first = tuple(noted)
    names = {chat.name for chat in first}
    more: dict[str, ChatPrivacy] = {}
    for chat in scanned:
        if chat.name and chat.name not in names:
            more.setdefault(chat.name, chat)
    return (*first, *more.values())


def suggested_answer(chats: Iterable[ChatPrivacy]) -> str:
    """The answer to `POINT` that the list bears out: `no` where it is off in a chat, `done` where it is on in all."""
    settings = {chat.setting for chat in chats if not chat.out}
    if "off" in settings:
        return "no"
    return "done" if settings == {"on"} else ""


def note_words(chats: Iterable[ChatPrivacy]) -> str:
    """The list as one note, a line for each setting; empty for no chat."""
    lines = []
    every = tuple(chat for chat in chats if not chat.out)
    for setting in ("on", "off", "unknown"):
        named = [
            f"{chat.name} (admin: {chat.admin})" if chat.admin else chat.name
            for chat in every
            if chat.setting == setting
        ]
        if named:
            lines.append(f"Advanced Chat Privacy {WORDS[setting]}: {', '.join(named)}")
    return "\n".join(lines)
