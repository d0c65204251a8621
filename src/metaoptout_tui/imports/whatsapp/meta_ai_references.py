"""Detects how a text refers to Meta AI: whether it mentions it, as one addresses a contact, or only has its name."""

import re
from enum import IntEnum
from itertools import islice

from metaoptout_tui.core.chats.scan_results import META_AI_PHONE_NUMBER
from metaoptout_tui.core.text import DIRECTION_MARKS
from metaoptout_tui.imports.whatsapp.headers import MAX_HEADER_CHARACTERS, parse_header


class MetaAiReference(IntEnum):
    """Whether a text mentions Meta AI or only has its name. Of several, the greatest counts."""

    NONE = 0
    NAME = 1
    MENTION = 2


META_AI_IDS = (META_AI_PHONE_NUMBER, "867051314767696")
"""The ids that an export may mention instead of Meta AI's name."""

_SPACE = "[ \u00a0\u202f]"
_OPTIONAL_MARKS = "[" + "".join(sorted(DIRECTION_MARKS)) + "]*"
_META_AI_NAME = f"Meta{_OPTIONAL_MARKS}{_SPACE}{_OPTIONAL_MARKS}AI"
_OPTIONAL_MARKS_BUT_ISOLATE = "[" + "".join(sorted(DIRECTION_MARKS - {"\u2068"})) + "]*"
_OPTIONAL_MARKS_BUT_END = "[" + "".join(sorted(DIRECTION_MARKS - {"\u2069"})) + "]*"
# As a person reads it: +1 (313) 555-0002
_SPELLED_NUMBER = r"\+1[^\d\n]{1,8}313[^\d\n]{1,8}555[^\d\n]{1,8}0002"
# Begins with a literal, with the lookbehind after it, since a literal prefix is searched for fastest.
_NAME_PATTERN = re.compile(rf"Meta(?<!\wMeta){_META_AI_NAME.removeprefix('Meta')}(?!\w)")
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
    rf"@(?:{_NOT_AFTER_NOTICE_WORDS}(?:\u2068{_OPTIONAL_MARKS}(?:~{_SPACE}?)?{_META_AI_NAME}{_OPTIONAL_MARKS_BUT_END}\u2069"
    rf"|(?<!\w@){_OPTIONAL_MARKS_BUT_ISOLATE}(?:~{_SPACE}?)?{_META_AI_NAME}(?!\w))"
    rf"|(?<!\w@){_OPTIONAL_MARKS}(?:{'|'.join(META_AI_IDS)}|{_SPELLED_NUMBER})(?!\d))"
)


_PASTED_BEGINNING = re.compile(r" ?[\u200e\u200f]?\[? ?[0-9]{1,4} ?[./:-]")
"""How a message begins that may be a pasted chat; `line_pattern.py` has the same over bytes."""
_QUOTATION_OR_POLL = re.compile(r" ?[\u200e\u200f]?(?:>|OP[A-ZÓ]{1,5} ?:)")
"""How a line begins that is quoted, or one of a poll's answers: OPTION, OPTIE, OPCIÓN; `line_pattern.py` has less of it."""
_PASTED_SENDER = re.compile(r"[^:\n]{1,60}:")
_MAX_PASTED_LINES = 1_000


def has_mention(text: str) -> bool:
    """Whether Meta AI is mentioned anywhere in a text, which may be a whole chat."""
    return "@" in text and _MENTION_PATTERN.search(text) is not None


def detect_reference(text: str) -> MetaAiReference:
    """The strongest reference in a message, or in a part of one.

    A mention inside a quoted notice, in a line of a pasted chat, in a quotation or an answer of a poll counts as a name:
    it addresses nobody.
    """
    if has_mention(text) and _mentions_in_own_words(text):
        return MetaAiReference.MENTION
    return MetaAiReference.NAME if _NAME_PATTERN.search(text) else MetaAiReference.NONE


def _mentions_in_own_words(text: str) -> bool:
    for match in islice(_MENTION_PATTERN.finditer(text), _MAX_PASTED_LINES):
        line_start = text.rfind("\n", 0, match.start()) + 1
        if _QUOTATION_OR_POLL.match(text, line_start):
            continue
        if not line_start and not _PASTED_BEGINNING.match(text):
            return True
        header = parse_header(text[line_start : line_start + MAX_HEADER_CHARACTERS])
        if header is None or not _PASTED_SENDER.match(header.rest):
            return True
    return False
