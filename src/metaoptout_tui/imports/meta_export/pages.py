"""Takes the pages (HTML) of a download apart into blocks: one record each, with its texts, labelled values and day.

The names of the classes that Meta gives are no words. They are used as a hint; without them a block is an element
right in the main part of the page. Dates are written in the account's language and have no zone. Only what is certain of
them is read: a name of a month that is known, the year first, or a day above 12. Else there is no day.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.text import normalize_typography
from metaoptout_tui.imports.files import ReadableStream
from metaoptout_tui.imports.meta_export.html_stream import VOID_TAGS, Tag, stream_page
from metaoptout_tui.imports.meta_export.labels import MAX_VALUE_CHARACTERS, LabelledValue, clean_value

_BLOCK_CLASS, _HEADING_CLASS, _TIME_CLASS = "_a6-g", "_a6-h", "_a6-o"
_HEADINGS = frozenset({"h1", "h2", "h3"})
_CELLS = frozenset({"td", "th"})
_MAX_OPEN_TAGS = 500
_MAX_TEXTS = 400
"""Texts, and labelled values, that are kept of one block."""


@dataclass
class ExportPageBlock:
    """One record of a page. `heading` is who wrote or what it is about."""

    is_hinted: bool
    depth: int
    heading: str = ""
    time: str = ""
    texts: list[str] = field(default_factory=list)
    values: list[LabelledValue] = field(default_factory=list)

    def day(self) -> date | None:
        """The day that the block names: in the place of times, among its values, else in its last text of that kind."""
        candidates = [self.time, *(each.value for each in self.values), *reversed(self.texts)]
        return next((day for text in candidates if (day := parse_page_day(text))), None)

    def holds_several_days(self) -> bool:
        """Whether it may be several records, since it has more days than one record would have."""
        return sum(parse_page_day(text) is not None for text in self.texts) > 2


def read_page_blocks(stream: ReadableStream) -> Iterator[ExportPageBlock]:
    """The blocks of a page in order. Raises FileRefused for what is no page, or has texts and yet no blocks."""
    reader = _BlockReader()
    found = False
    for part in stream_page(stream):
        if isinstance(part, str):
            reader.add_text(part)
        elif (block := reader.follow(part)) is not None:
            if not block.is_hinted and block.holds_several_days():
                raise FileRefused(_(_UNKNOWN_PAGE))
            found = True
            yield block
    if not found and reader.has_text_in_unknown_place:
        raise FileRefused(_(_UNKNOWN_PAGE))


_UNKNOWN_PAGE = mark("It is a page of a kind that is not known here.")


class _BlockReader:
    """Follows the tags of a page."""

    def __init__(self) -> None:
        self.has_text_in_unknown_place = False
        self._open_tags: list[Tag] = []
        self._open_names: list[str] = []
        self._main_depth: int | None = None
        self._has_main = False
        self._block: ExportPageBlock | None = None
        self._text = ""
        self._rows: list[list[list[str]]] = []
        """For each open row of a table its cells, each with its texts."""

    def add_text(self, text: str) -> None:
        """Take a piece of text."""
        if len(self._text) < 4 * MAX_VALUE_CHARACTERS:
            self._text += text[: 4 * MAX_VALUE_CHARACTERS]

    def follow(self, tag: Tag) -> ExportPageBlock | None:
        """Take a tag; the block that ends with it, if one does."""
        self._end_text()
        if tag.name in VOID_TAGS:
            return None
        return self._close(tag.name) if tag.is_end else self._open(tag)

    def _open(self, tag: Tag) -> ExportPageBlock | None:
        if len(self._open_tags) >= _MAX_OPEN_TAGS:
            return None
        self._open_tags.append(tag)
        self._open_names.append(tag.name)
        depth = len(self._open_tags)
        if tag.is_main or (tag.name == "main" and self._main_depth is None):
            self._main_depth = depth
            self._has_main = True
            self._block = None
        elif _BLOCK_CLASS in tag.classes:
            if self._block is None or not self._block.is_hinted:
                self._block = ExportPageBlock(is_hinted=True, depth=depth)
                self._rows.clear()
        elif self._block is None and self._main_depth is not None and depth == self._main_depth + 1:
            self._block = ExportPageBlock(is_hinted=False, depth=depth)
            self._rows.clear()
        if tag.name == "tr" and self._block is not None:
            self._rows.append([])
        elif tag.name in _CELLS and self._rows:
            self._rows[-1].append([])
        return None

    def _close(self, name: str) -> ExportPageBlock | None:
        ended: ExportPageBlock | None = None
        if name not in self._open_names:
            return None
        index = len(self._open_names) - 1 - self._open_names[::-1].index(name)
        for tag in reversed(self._open_tags[index:]):
            if tag.name == "tr" and self._rows:
                self._end_row(self._rows.pop())
        del self._open_tags[index:], self._open_names[index:]
        if self._block is not None and len(self._open_tags) < self._block.depth:
            block, self._block = self._block, None
            if block.is_hinted or block.time or block.values or block.day():
                ended = block
        if self._main_depth is not None and len(self._open_tags) < self._main_depth:
            self._main_depth = None
        return ended

    def _end_text(self) -> None:
        text, self._text = clean_value(self._text), ""
        if not text:
            return
        block = self._block
        if block is None:
            if not self._has_main and not self._is_head():
                self.has_text_in_unknown_place = True
            return
        if self._rows and self._rows[-1]:
            if len(self._rows[-1][-1]) < _MAX_TEXTS:
                self._rows[-1][-1].append(text)
            return
        inside = self._open_tags[block.depth - 1 :]
        if any(_TIME_CLASS in tag.classes for tag in inside):
            block.time = text
        elif not block.heading and any(tag.name in _HEADINGS or _HEADING_CLASS in tag.classes for tag in inside):
            block.heading = text
        elif len(block.texts) < _MAX_TEXTS:
            block.texts.append(text)

    def _is_head(self) -> bool:
        """Whether the text is of what stands above every page: a heading, or a note on what the page is."""
        return not any(tag.name in {"table", "ul", "section", "article"} for tag in self._open_tags)

    def _end_row(self, cells: list[list[str]]) -> None:
        block = self._block
        texts = [cell for cell in cells if cell]
        if block is None or not texts or len(block.values) >= _MAX_TEXTS:
            return
        if len(texts) == 1:
            label, *values = texts[0]
            if not values:
                block.texts.append(label)
                return
        else:
            label, values = " ".join(texts[0]), [value for cell in texts[1:] for value in cell]
        block.values.extend(LabelledValue(label, value) for value in values)


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
