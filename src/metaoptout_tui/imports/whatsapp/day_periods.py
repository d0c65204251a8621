"""Words for the time of day, such as `PM`, `nachm.` and `下午`, in all languages of the Unicode CLDR.

Each row of `day_period_words.txt` is a set of hours as 24 bits in hexadecimal, the lowest for midnight, and the words
that cover them.
"""

import unicodedata
from functools import cache
from pathlib import Path


def casefold_letters(text: str) -> str:
    """The letters and combining marks of `text`, case-folded: `p. m.` and `PM` are the same word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if unicodedata.category(character)[0] in "LM")


def hours_covered_by(word: str) -> int:
    """The hours that `word` covers, as bits; 0 for any other word."""
    return _hours_by_word().get(word, 0)


@cache
def _hours_by_word() -> dict[str, int]:
    rows = Path(__file__).with_name("day_period_words.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(row.split()[0], 16) for row in rows for word in row.split()[1:]}
