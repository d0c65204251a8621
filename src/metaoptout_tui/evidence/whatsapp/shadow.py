"""A text as a header is compared: without marks that nobody sees, with plain blanks, commas and digits.

WhatsApp strews direction marks over its headers and writes them with the phone's own digits and blanks. What is compared
is this shadow; what is shown is the text itself, through `core.text`.
"""

import unicodedata

MARKS = frozenset("\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Byte order mark, direction marks, embeddings and isolates: they may stand anywhere in a header."""

_BLANKS = frozenset("\u00a0\u2007\u2009\u202f\u3000")
_COMMAS = frozenset("،，、")


class _Table(dict[int, str | int | None]):
    """What each character is written as; filled as characters are met, so that translating runs in C."""

    def __missing__(self, code: int) -> str | int | None:
        self[code] = shadow = _shadow_of(chr(code), code)
        return shadow


def _shadow_of(character: str, code: int) -> str | int | None:
    if character in MARKS:
        return None
    if character in _BLANKS:
        return " "
    if character in _COMMAS:
        return ","
    digit = unicodedata.decimal(character, None)
    return code if digit is None else str(digit)


_TABLE = _Table()


def shadow(text: str) -> str:
    """`text` without marks, with ASCII blanks, commas and digits."""
    return text if text.isascii() else text.translate(_TABLE)


def word(text: str) -> str:
    """Only the letters and their marks of `text`, case-folded: `p. m.` and `PM` are the same word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(each for each in folded if unicodedata.category(each)[0] in "LM")
