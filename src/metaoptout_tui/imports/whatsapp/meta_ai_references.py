"""Detects how a text refers to Meta AI: whether it mentions it, as one addresses a contact, or only has its name."""

import re
from enum import IntEnum

from metaoptout_tui.core.chats.scan_results import META_AI_PHONE_NUMBER
from metaoptout_tui.core.text import DIRECTION_MARKS


class MetaAiReference(IntEnum):
    """Whether a text mentions Meta AI or only has its name. Of several, the greatest counts."""

    NONE = 0
    NAME = 1
    MENTION = 2


META_AI_IDS = (META_AI_PHONE_NUMBER, "867051314767696")
"""The ids that an export may mention instead of Meta AI's name."""

_SPACE = "[ \u00a0\u202f]"
_META_AI_NAME = f"Meta{_SPACE}AI"
_OPTIONAL_MARKS = "[" + "".join(sorted(DIRECTION_MARKS)) + "]*"
_OPTIONAL_MARKS_BUT_ISOLATE = "[" + "".join(sorted(DIRECTION_MARKS - {"\u2068"})) + "]*"
# Begins with a literal, with the lookbehind after it, since a literal prefix is searched for fastest.
_NAME_PATTERN = re.compile(rf"Meta{_SPACE}AI(?<!\wMeta{_SPACE}AI)(?!\w)")
NOTICE_WORDS_BEFORE_MENTION = (
    "messages that mention",
    "people share with",
    "Nachrichten, die",
    "messages partagés avec",
)
"""In these words of WhatsApp's own lines the mention is no message to Meta AI."""
_NOT_AFTER_NOTICE_WORDS = "".join(f"(?<!{words}{_SPACE}@)" for words in NOTICE_WORDS_BEFORE_MENTION)
# As any contact is mentioned: the name alone between isolates, also glued to a word; without them no letter may be at
# either end; or an id.
_MENTION_PATTERN = re.compile(
    rf"@(?:{_NOT_AFTER_NOTICE_WORDS}(?:\u2068(?:~{_SPACE}?)?{_META_AI_NAME}\u2069"
    rf"|(?<!\w@){_OPTIONAL_MARKS_BUT_ISOLATE}(?:~{_SPACE}?)?{_META_AI_NAME}(?!\w))"
    rf"|(?<!\w@){_OPTIONAL_MARKS}(?:{'|'.join(META_AI_IDS)})(?!\d))"
)


def detect_reference(text: str) -> MetaAiReference:
    """The strongest reference in a message or a part of one; a mention inside a quoted notice counts as a name."""
    if "@" in text and _MENTION_PATTERN.search(text):
        return MetaAiReference.MENTION
    return MetaAiReference.NAME if _NAME_PATTERN.search(text) else MetaAiReference.NONE
