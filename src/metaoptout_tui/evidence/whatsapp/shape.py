"""Which lines of this file begin a message? Fixed by its first headers, then looked for as bytes.

The permissive pattern reads the first lines only. From the family they share comes one pattern over bytes, which is at
once the rule what a header of this file is and fast enough for a gigabyte. It begins with a line feed, since a pattern
that begins with a literal is searched for at the speed of memory; so text is handed to it from line feed to line feed.
"""

import re
from collections import Counter
from typing import NamedTuple

from metaoptout_tui.evidence.whatsapp.headers import LONGEST, Family, Seen, header
from metaoptout_tui.evidence.whatsapp.shadow import MARKS

HEAD = 64 * 1024
"""Bytes at the start of a file in which a header must stand."""
DECIDING = 50
"""Headers that fix the family."""

# A mark, a blank of another script, and whatever else is not ASCII: loose on purpose, since the family holds the rest.
_LOOSE = rb"[ \x80-\xff]*?"
_MARKS = b"(?:%s)*" % b"|".join(sorted(re.escape(mark.encode()) for mark in MARKS))
# The name up to the first `: `, or a colon at the end of the line; then the mark by which iOS tells what is no text.
_AUTHOR = (
    rb"(?P<author>[^:\n]{1,400}+:(?![^ \r\n])(?: \xe2\x80\x8e)?"
    rb"|[^:\n]{1,400}+(?::[^ \r\n][^:\n]{0,400}+){1,4}:(?![^ \r\n])(?: \xe2\x80\x8e)?|)"
)


class Shape(NamedTuple):
    """The headers of one file. `find` has the groups date, clock and author; `pairs` only date and author, in this order."""

    family: Family
    find: re.Pattern[bytes]
    pairs: re.Pattern[bytes]


def learn(head: bytes) -> Shape | None:
    """The shape that the first lines of a file show, None where none of them looks like a header."""
    lines = head[:HEAD].decode("utf-8", "replace").split("\n")
    seen: list[tuple[Seen, str]] = []
    first_is_header = False
    blank = True
    for line in lines:
        found = header(line)
        if found:
            first_is_header |= blank
            seen.append((found, line[:LONGEST]))
            if len(seen) == DECIDING:
                break
        blank = blank and not line.strip()
    if not seen:
        return None
    families = Counter(each.family for each, _ in seen)
    family = seen[0][0].family if first_is_header else families.most_common(1)[0][0]
    own = [(each, line) for each, line in seen if each.family == family]
    digits = next((each for each in own[0][1] if each.isdecimal()), "0")
    words = any(each.glue_has_words for each, _ in own)
    find = _pattern(family, digits, words=words, clock=True)
    # Better no chat than one without a message.
    return Shape(family, find, _pattern(family, digits, words=words)) if find.search(b"\n" + head) else None


def _pattern(family: Family, digit: str, *, words: bool, clock: bool = False) -> re.Pattern[bytes]:
    numbers = _Numbers(digit)
    sign = re.escape(family.time_sign.encode())
    two = numbers(2 if family.time_sign in ":." else 1, 2)
    seconds = b"(?:%s(?:[:.]|%s)%s%s)?" % (_LOOSE, "min|분".encode(), _LOOSE, two)
    time = numbers(1, 2) + _LOOSE + sign + _LOOSE + two + seconds
    date = b"(?P<date>%s)" % numbers.date(family)
    named = b"(?P<clock>%s)" if clock else b"(?:%s)"
    # Bounds in bytes: four for each character that the permissive pattern lets pass.
    glue = rb"[^\n\[\]0-9%s]{1,96}?" % (b"" if words or family.time_first else b"A-Za-z")
    front, tail = rb"[^\n\[\]0-9]{0,48}?", rb"[^\n\[\]0-9]{0,96}?"
    middle = named % (front + time + glue) + date + tail if family.time_first else date + named % (glue + time + tail)
    opening = rb"\[ ?" + _MARKS if family.bracket else b""
    end = {"]": rb"\] ?", ":": b": ", ";": b"; "}.get(family.end, re.escape(family.end.encode()) + b" ")
    return re.compile(b"\\n" + _MARKS + opening + middle + end + _AUTHOR)


class _Numbers:
    """Patterns for numbers in the digits of one script, as UTF-8: ten characters that differ in their last byte only."""

    def __init__(self, digit: str) -> None:
        zero = chr(ord(digit) - int(digit)).encode()
        self._ascii = len(zero) == 1
        last = b"[\\x%02x-\\x%02x]" % (zero[-1], zero[-1] + 9)
        self._any = last if self._ascii else b"(?:%s%s)" % (re.escape(zero[:-1]), last)

    def __call__(self, fewest: int, most: int) -> bytes:
        return b"%s{%d,%d}" % (self._any, fewest, most)

    def date(self, family: Family) -> bytes:
        written = {"n": self(1, 2), "Y": self(4, 4), "y": self(3, 3), "w": b"[A-Za-z]{3,9}"}
        pattern = rb"(?:[A-Z]{1,2}|(?:[\xe4-\xe9][\x80-\xbf]{2}){2}) ?" if family.era else b""
        for index, group in enumerate(family.groups):
            if index:
                pattern += _LOOSE + re.escape(family.signs[index - 1].encode()) + _LOOSE
            pattern += written[group]
        # A longer number would be the year of another family.
        return pattern + b"(?!%s)" % self._any
