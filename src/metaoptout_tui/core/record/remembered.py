"""What the program remembers of a person and of each account beside the diary: for letters, and for chats.

It is no draft: nothing of it waits to be recorded, and it stays when something is. No masked case file has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext

PrivacySetting = Literal["unknown", "on", "off"]
PRIVACY_SETTINGS: tuple[PrivacySetting, ...] = get_args(PrivacySetting)
ME = "me"
"""The admin of a chat who is the person."""
MAX_CHAT_NAME_CHARACTERS = 80
OF_PERSON = ""
"""Stands in place of the id of an account where something is remembered of the person."""


def privacy_setting_label(setting: PrivacySetting) -> str:
    """What the setting is called."""
    match setting:
        case "on":
            return pgettext("Advanced Chat Privacy", "on")
        case "off":
            return pgettext("Advanced Chat Privacy", "off")
        case _:
            return pgettext("Advanced Chat Privacy", "not known")


class ChatPrivacy(NamedTuple):
    """One chat with its Advanced Chat Privacy; `admin` is empty where none is named.

    One that `is_removed` was taken out of the list, and stays known so that the next scan does not add it again.
    """

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


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of the person or of one account.

    `for_letters` holds the words that stand in letters in place of a placeholder, by its name, `questions_asked` the
    placeholders that the person was asked for, also those that they left open. `sends_english`: whether the English goes
    along below a letter to the authority, None where that was not chosen. `chats` are those of the list of chats, by name.
    `extra` holds keys that this version does not know, kept as they came.
    """

    for_letters: Mapping[str, str] = field(default_factory=dict)
    questions_asked: frozenset[str] = frozenset()
    sends_english: bool | None = None
    chats: Mapping[str, ChatPrivacy] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


NOTHING_REMEMBERED = Remembered()
