"""Finds the byte strings around which a search reads messages: Meta AI's name, mentions, and WhatsApp's own lines."""

import re
from collections.abc import Callable, Sequence

from metaoptout_tui.core.chats.scan_results import META_AI_PHONE_NUMBER
from metaoptout_tui.imports.whatsapp.meta_ai_references import META_AI_IDS

NO_HIT = 1 << 62
"""The position where there is no further hit."""

# Its first letter is rare, so that it is searched for fastest; the lookarounds decide.
_META_AI_BYTES = re.compile(
    rb"Meta(?:(?: |\xc2\xa0|\xe2\x80\xaf)AI(?![A-Za-z0-9_])|(?<= from Meta)|(?<=\. Meta)(?= receives))"
)
_NOTICE_STRINGS = (b"This is an AI, not a real", b"using a secure service")
"""What stands in WhatsApp's own lines that have none of the other strings."""
_MENTION_BYTES = re.compile(rb"@(?:AI|(?:\xe2\x81\xa8)?(?:%s))" % "|".join(META_AI_IDS).encode())
_MAX_AT_SIGN_HOPS = 2_000
# As a person reads it: +1 (313) 555-0002
_NUMBER_PARTS = META_AI_PHONE_NUMBER[1:4], META_AI_PHONE_NUMBER[4:7], META_AI_PHONE_NUMBER[7:]
# The privacy switch and a sender shown as a number have no rare letter and triple the cost, so a quick scan omits them.
_RARE_PATTERNS = (
    re.compile(rb"dvanced [Cc]hat [Pp]rivacy"),
    re.compile(rb"Chat-Datenschutz"),
    re.compile(rb"%s[^0-9\n]{1,8}%s[^0-9\n]{1,8}%s" % tuple(part.encode() for part in _NUMBER_PARTS)),
)
_Finder = Callable[[bytearray, int, int], int]


def make_finders(*, search_rare_strings: bool) -> list[_Finder]:
    """The searches for the next hit; without the rare strings they are three times as fast."""
    rare_patterns = _RARE_PATTERNS if search_rare_strings else ()
    return [
        _find_mention,
        *map(_make_string_finder, _NOTICE_STRINGS),
        *map(_make_finder, (_META_AI_BYTES, *rare_patterns)),
    ]


class HitPositions:
    """The positions of the hits in a block; the next hit of each finder is cached until it was passed."""

    def __init__(self, finders: Sequence[_Finder], data: bytearray, end: int) -> None:
        self._finders = finders
        self._data = data
        self._end = end
        self._next_positions = [-1] * len(finders)

    def at_or_after(self, position: int) -> int:
        """The first hit from `position` on; `NO_HIT` if there is none."""
        next_positions = self._next_positions
        for index, hit in enumerate(next_positions):
            if hit < position:
                next_positions[index] = self._finders[index](self._data, position, self._end)
        return min(next_positions)


def _make_finder(pattern: re.Pattern[bytes]) -> _Finder:
    def find(data: bytearray, start: int, end: int) -> int:
        match = pattern.search(data, start, end)
        return match.start() if match else NO_HIT

    return find


def _make_string_finder(string: bytes) -> _Finder:
    def find(data: bytearray, start: int, end: int) -> int:
        position = data.find(string, start, end)
        return NO_HIT if position < 0 else position

    return find


def _find_mention(data: bytearray, start: int, end: int) -> int:
    """Find a mention. `@` is rare, so hopping from one to the next is ten times as fast as a pattern search."""
    at = data.find(b"@", start, end)
    for _ in range(_MAX_AT_SIGN_HOPS):
        if at < 0:
            return NO_HIT
        if _MENTION_BYTES.match(data, at, end):
            return at
        at = data.find(b"@", at + 1, end)
    match = _MENTION_BYTES.search(data, at, end) if at >= 0 else None
    return match.start() if match else NO_HIT
