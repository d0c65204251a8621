"""Which hours does a word like `PM`, `nachm.` or `下午` cover? From the Unicode CLDR, all its languages in one table.

`periods.txt` holds a row for each set of hours: 24 bits in hexadecimal, the lowest for midnight, then the words, as
`shadow.word` makes them. A word that several languages use covers the hours of all.
"""

from functools import cache
from pathlib import Path


def hours_of(word: str) -> int:
    """The hours that `word` covers, as bits; 0 for a word that is none."""
    return _table().get(word, 0)


@cache
def _table() -> dict[str, int]:
    rows = Path(__file__).with_name("periods.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(row.split()[0], 16) for row in rows for word in row.split()[1:]}
