"""Could this line begin a message? One permissive pattern for the headers of every phone, language and age.

A header is the phone's own short date and time with something around them. So no list of locales: numbers with a sign
between, some glue, a time, perhaps a word for the half of the day, and an end. What comes out is a `Family`, the traits
that all headers of one export share; a line of another family is text, such as a chat that someone pasted.
"""

import re
from typing import NamedTuple

from metaoptout_tui.evidence.whatsapp.shadow import shadow

LONGEST = 200
"""Characters of a line that are looked at."""

_NUMBERS = r"\d{1,4} ?[./-] ?(?:\d{1,2}|[A-Za-z]{3,9}) ?[./-] ?\d{1,4}"
_DATE = rf"(?P<date>{_NUMBERS})(?!\d)"
# `AP 1403/1/6`, `R6/3/25`, `民國113/3/25`: a calendar that counts its years in eras.
_DATE_WITH_ERA = rf"(?P<date>(?:(?:[A-Z]{{1,2}}|[\u4e00-\u9fff]{{2}}) ?)?{_NUMBERS})(?!\d)"
_DAY_AND_MONTH = r"(?P<date>\d{1,2}[./-]\d{1,2})(?!\d)"
_TIME = r"(?P<time>\d{1,2} ?(?:[:.] ?\d{2}(?: ?[:.] ?\d{2})?|[h시] ?\d{1,2}(?: ?(?:min|분) ?\d{1,2})?))(?!\d)"
_GLUE = r"(?P<glue>[^\d\n\[\]]{1,24}?)"
_FRONT = r"(?P<front>[^\d\n\[\]]{0,12}?)"
_TAIL = r"(?P<tail>[^\d\n\[\]]{0,24}?)"
_BARE_END = r"(?P<end> [-–—] |:\ |;\ )"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\[ ?{_DATE_WITH_ERA}{_GLUE}{_TIME}{_TAIL}(?P<end>\])",
        rf"{_DATE_WITH_ERA}{_GLUE}{_TIME}{_TAIL}{_BARE_END}",
        rf"\[ ?{_FRONT}{_TIME}{_GLUE}{_DATE}{_TAIL}(?P<end>\])",
        rf"{_FRONT}{_TIME}{_GLUE}{_DATE}{_TAIL}{_BARE_END}",
        rf"\[ ?{_DAY_AND_MONTH}{_GLUE}{_TIME}{_TAIL}(?P<end>\])",
        rf"\[ ?{_FRONT}{_TIME}{_GLUE}{_DAY_AND_MONTH}{_TAIL}(?P<end>\])",
    )
)
_NUMBER = re.compile(r"\d+|[A-Za-z]{3,}")
_SIGN = re.compile(r"[./-]")


class Family(NamedTuple):
    """What the headers of one export have in common.

    `groups` tells of each part of the date whether it is a number (`n`), a year of four digits (`Y`) or of three (`y`), or a
    word (`w`); `signs` stand between them; `end` is `]`, `-`, `–`, `—`, `:` or `;`.
    """

    bracket: bool
    time_first: bool
    era: bool
    groups: str
    signs: str
    time_sign: str
    end: str

    @property
    def name(self) -> str:
        """What wrote it, as far as the form tells."""
        if not self.bracket:
            return "android" if self.end in "-–—" else "old-ios"
        return "copied" if self.time_first or len(self.groups) < 3 or "w" in self.groups else "ios"


class Seen(NamedTuple):
    """A line that could be a header: its family, and whether words stand between date and time."""

    family: Family
    glue_has_words: bool


def header(line: str) -> Seen | None:
    """How `line` begins a message, if it can."""
    start = shadow(line[:LONGEST]).lstrip(" ")
    if not start or not (start[0] == "[" or start[0].isdigit() or start[0].isalpha()):
        return None
    for pattern in _PATTERNS:
        found = pattern.match(start)
        if found:
            return _seen(found)
    return None


def _seen(found: re.Match[str]) -> Seen:
    date, time = found["date"], found["time"]
    parts = _NUMBER.findall(date)
    family = Family(
        bracket=found.string[0] == "[",
        time_first=found.start("time") < found.start("date"),
        era=date[0].isalpha(),
        groups="".join("w" if part.isalpha() else {4: "Y", 3: "y"}.get(len(part), "n") for part in parts),
        signs="".join(_SIGN.findall(date)),
        time_sign=min((sign for sign in ":.h시" if sign in time), key=time.index),
        end=found["end"].strip(),
    )
    return Seen(family, any(each.isascii() and each.isalpha() for each in found["glue"]))
