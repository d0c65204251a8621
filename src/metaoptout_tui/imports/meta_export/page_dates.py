"""Reads the dates of pages (HTML), which are written in the account's language and have no zone.

Only what is certain is read: a name of a month that is known, the year first, or a day above 12. Else there is no day.
"""

import re
import unicodedata
from datetime import date

from metaoptout_tui.core.text import normalize_typography

MAX_DATE_CHARACTERS = 60

# By month, the beginnings of its names in the languages of Meta's pages, without accents.
_MONTHS = (
    "jan ene gen sty led tam oca ιαν янв січ",
    "feb fev lut uno hel sub subat φεβ фев лют",
    "mar maa mrt bre бер мар μαρ",
    "apr avr abr kwi dub huh nis απρ апр кві",
    "may mai maj mag mei kve tou μαι май мая тра",
    "jun juin giu czerwiec czerwca cze cerven kes haz ιουν июн чер",
    "jul juil lug lip cervenec cervence hei tem ιουλ июл лип",
    "aug aou ago sie srp elo agu αυγ авг сер",
    "sep set wrz zar syy eyl σεπ сен вер",
    "oct okt oct out ott paz rij lok eki οκτ окт жов",
    "nov lis mar-ras kas νοε ноя лис",
    "dec dez dic gru pro jou ara δεκ дек гру",
)
_MONTH_OF_PREFIX = {prefix: number for number, prefixes in enumerate(_MONTHS, 1) for prefix in prefixes.split()}
_EXACT_MONTHS = {"marras": 11, "marraskuu": 11, "marraskuuta": 11, "listopad": 11, "listopadu": 11, "mei": 5}
_LONGEST_PREFIX = max(map(len, _MONTH_OF_PREFIX))

_TIME = re.compile(r"\b[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2})?(?![0-9.])\s?(?:[ap]\.?\s?m\.?)?", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})\s?[-/.年년]\s?([0-9]{1,2})\s?[-/.月월]\s?([0-9]{1,2})(?![0-9])"
)
_YEAR_LAST = re.compile(r"(?<![0-9])([0-9]{1,2})([-/.])\s?([0-9]{1,2})\2\s?((?:19|20)[0-9]{2})(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_DAY = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])")
_WORD = re.compile(r"[^\W\d_]{2,}")


def parse_page_day(text: str) -> date | None:
    """The day that a short text names; None for any other text, and where its parts can be read in two ways."""
    if not 6 <= len(text) <= MAX_DATE_CHARACTERS or not any(map(str.isdecimal, text)):
        return None
    plain = normalize_typography(text)
    if match := _YEAR_FIRST.search(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_LAST.search(plain):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        # With dots the day is first everywhere.
        if match[2] == "." or first > 12:
            return _day(year, second, first)
        return _day(year, first, second) if second > 12 or first == second else None
    year_match = _YEAR.search(plain)
    if not year_match:
        return None
    rest = _TIME.sub(" ", plain[: year_match.start()] + " " + plain[year_match.end() :])
    months = [month for word in _WORD.findall(rest) if (month := _month_of(word))]
    day_match = _DAY.search(rest)
    return _day(int(year_match[0]), months[0], int(day_match[0])) if months and day_match else None


def _month_of(word: str) -> int | None:
    plain = "".join(each for each in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(each))
    if plain in _EXACT_MONTHS:
        return _EXACT_MONTHS[plain]
    for length in range(_LONGEST_PREFIX, 2, -1):
        if month := _MONTH_OF_PREFIX.get(plain[:length]):
            return month
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
