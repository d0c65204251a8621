"""Recognises the headers of messages in a WhatsApp export, learns the pattern of one file, and counts by it.

A header is the phone's own short date and time with something around them, so there is no list of locales. One
permissive pattern reads the first lines, normalised: without invisible marks, with plain blanks, commas and digits.
From the format that most of them share comes one strict pattern over bytes, fast enough for a gigabyte; a line of
another format is text, such as a pasted chat. The byte pattern begins with a line feed, since a pattern that begins
with a literal is searched for fastest. Messages are then counted by sender and date in bounded memory.
"""

import re
import unicodedata
from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from metaoptout_tui.core.chats.scan_results import ExportOrigin
from metaoptout_tui.core.text import DIRECTION_MARKS, normalize_typography


def casefold_letters(text: str) -> str:
    """Only the letters and their marks of `text`, case-folded: `p. m.` and `PM` are the same word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(each for each in folded if unicodedata.category(each)[0] in "LM")


MAX_HEADER_CHARACTERS = 200
"""Characters of a line that are looked at."""

_DATE_NUMBERS = r"\d{1,4} ?[./-] ?(?:\d{1,2}|[A-Za-z]{3,9}) ?[./-] ?\d{1,4}"
_DATE = rf"(?P<date>{_DATE_NUMBERS})(?!\d)"
# `AP 1403/1/6`, `R6/3/25`, `民國113/3/25`: a calendar that counts its years in eras.
_DATE_WITH_ERA = rf"(?P<date>(?:(?:[A-Z]{{1,2}}|[\u4e00-\u9fff]{{2}}) ?)?{_DATE_NUMBERS})(?!\d)"
_DAY_AND_MONTH = r"(?P<date>\d{1,2}[./-]\d{1,2})(?!\d)"
_TIME = r"(?P<time>\d{1,2} ?(?:[:.] ?\d{2}(?: ?[:.] ?\d{2})?|[h시] ?\d{1,2}(?: ?(?:min|분) ?\d{1,2})?))(?!\d)"
_BETWEEN_DATE_AND_TIME = r"(?P<glue>[^\d\n\[\]]{1,24}?)"
_BEFORE_TIME = r"(?P<front>[^\d\n\[\]]{0,12}?)"
_BEFORE_END = r"(?P<tail>[^\d\n\[\]]{0,24}?)"
_END_WITHOUT_BRACKET = r"(?P<end> [-–—] |:\ |;\ )"

_HEADER_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\[ ?{_DATE_WITH_ERA}{_BETWEEN_DATE_AND_TIME}{_TIME}{_BEFORE_END}(?P<end>\])",
        rf"{_DATE_WITH_ERA}{_BETWEEN_DATE_AND_TIME}{_TIME}{_BEFORE_END}{_END_WITHOUT_BRACKET}",
        rf"\[ ?{_BEFORE_TIME}{_TIME}{_BETWEEN_DATE_AND_TIME}{_DATE}{_BEFORE_END}(?P<end>\])",
        rf"{_BEFORE_TIME}{_TIME}{_BETWEEN_DATE_AND_TIME}{_DATE}{_BEFORE_END}{_END_WITHOUT_BRACKET}",
        rf"\[ ?{_DAY_AND_MONTH}{_BETWEEN_DATE_AND_TIME}{_TIME}{_BEFORE_END}(?P<end>\])",
        rf"\[ ?{_BEFORE_TIME}{_TIME}{_BETWEEN_DATE_AND_TIME}{_DAY_AND_MONTH}{_BEFORE_END}(?P<end>\])",
    )
)
DATE_PART = re.compile(r"\d+|[A-Za-z]{3,}")
_DATE_SEPARATOR = re.compile(r"[./-]")


class HeaderFormat(NamedTuple):
    """What the headers of one export have in common.

    `date_parts` tells of each part of the date whether it is a number (`n`), a year of four digits (`Y`) or of three (`y`), or a
    word (`w`); `date_separators` stand between them; `end_sign` is `]`, `-`, `–`, `—`, `:` or `;`.
    """

    has_bracket: bool
    is_time_first: bool
    has_era: bool
    date_parts: str
    date_separators: str
    time_separator: str
    end_sign: str

    @property
    def origin(self) -> ExportOrigin:
        """What wrote it, as far as the form tells."""
        if not self.has_bracket:
            return ExportOrigin.ANDROID if self.end_sign in "-–—" else ExportOrigin.OLD_IOS
        is_copied = self.is_time_first or len(self.date_parts) < 3 or "w" in self.date_parts
        return ExportOrigin.COPIED if is_copied else ExportOrigin.IOS


class HeaderMatch(NamedTuple):
    """A line that could be a header: its format, and whether words stand between date and time."""

    format: HeaderFormat
    has_words_between: bool


def parse_header(line: str) -> HeaderMatch | None:
    """How `line` begins a message, if it can."""
    start = normalize_typography(line[:MAX_HEADER_CHARACTERS]).lstrip(" ")
    if not start or not (start[0] == "[" or start[0].isdigit() or start[0].isalpha()):
        return None
    for pattern in _HEADER_PATTERNS:
        match = pattern.match(start)
        if match:
            return _header_match(match)
    return None


def _header_match(match: re.Match[str]) -> HeaderMatch:
    date, time = match["date"], match["time"]
    parts = DATE_PART.findall(date)
    header_format = HeaderFormat(
        has_bracket=match.string[0] == "[",
        is_time_first=match.start("time") < match.start("date"),
        has_era=date[0].isalpha(),
        date_parts="".join("w" if part.isalpha() else {4: "Y", 3: "y"}.get(len(part), "n") for part in parts),
        date_separators="".join(_DATE_SEPARATOR.findall(date)),
        time_separator=min((sign for sign in ":.h시" if sign in time), key=time.index),
        end_sign=match["end"].strip(),
    )
    return HeaderMatch(header_format, any(each.isascii() and each.isalpha() for each in match["glue"]))


HEAD_BYTES = 64 * 1024
"""Bytes at the start of a file in which a header must stand."""
MAX_HEADERS_SAMPLED = 50
"""Headers that decide the format of all."""

# A mark, a blank of another script, and whatever else is not ASCII: loose on purpose, since the header_format holds the rest.
_OPTIONAL_FILLER = rb"[ \x80-\xff]*?"
_OPTIONAL_MARKS = b"(?:%s)*" % b"|".join(sorted(re.escape(mark.encode()) for mark in DIRECTION_MARKS))
# The name up to the first `: `, or a colon at the end of the line; then the mark by which iOS tells what is no text.
_SENDER_PATTERN = (
    rb"(?P<sender>[^:\n]{1,400}+:(?![^ \r\n])(?: \xe2\x80\x8e)?"
    rb"|[^:\n]{1,400}+(?::[^ \r\n][^:\n]{0,400}+){1,4}:(?![^ \r\n])(?: \xe2\x80\x8e)?|)"
)


class HeaderPatterns(NamedTuple):
    """The headers of one file. `header` has the groups date, time and sender; `date_and_sender` only these two."""

    format: HeaderFormat
    header: re.Pattern[bytes]
    date_and_sender: re.Pattern[bytes]


def learn_header_patterns(head: bytes) -> HeaderPatterns | None:
    """The shape that the first lines of a file show, None where none of them looks like a header."""
    lines = head[:HEAD_BYTES].decode("utf-8", "replace").split("\n")
    seen: list[tuple[HeaderMatch, str]] = []
    first_is_header = False
    blank = True
    for line in lines:
        header = parse_header(line)
        if header:
            first_is_header |= blank
            seen.append((header, line[:MAX_HEADER_CHARACTERS]))
            if len(seen) == MAX_HEADERS_SAMPLED:
                break
        blank = blank and not line.strip()
    if not seen:
        return None
    formats = Counter(header.format for header, _ in seen)
    header_format = seen[0][0].format if first_is_header else formats.most_common(1)[0][0]
    own = [(header, line) for header, line in seen if header.format == header_format]
    digits = next((each for each in own[0][1] if each.isdecimal()), "0")
    words = any(header.has_words_between for header, _ in own)
    find = _compile_header_pattern(header_format, digits, words=words, time_group=True)
    # Better no chat than one without a message.
    return (
        HeaderPatterns(header_format, find, _compile_header_pattern(header_format, digits, words=words))
        if find.search(b"\n" + head)
        else None
    )


def _compile_header_pattern(
    header_format: HeaderFormat, digit: str, *, words: bool, time_group: bool = False
) -> re.Pattern[bytes]:
    numbers = _DigitPatterns(digit)
    sign = re.escape(header_format.time_separator.encode())
    two = numbers(2 if header_format.time_separator in ":." else 1, 2)
    seconds = b"(?:%s(?:[:.]|%s)%s%s)?" % (_OPTIONAL_FILLER, "min|분".encode(), _OPTIONAL_FILLER, two)
    time = numbers(1, 2) + _OPTIONAL_FILLER + sign + _OPTIONAL_FILLER + two + seconds
    date = b"(?P<date>%s)" % numbers.date_pattern(header_format)
    named = b"(?P<time>%s)" if time_group else b"(?:%s)"
    # Bounds in bytes: four for each character that the permissive pattern lets pass.
    glue = rb"[^\n\[\]0-9%s]{1,96}?" % (b"" if words or header_format.is_time_first else b"A-Za-z")
    front, tail = rb"[^\n\[\]0-9]{0,48}?", rb"[^\n\[\]0-9]{0,96}?"
    middle = (
        named % (front + time + glue) + date + tail
        if header_format.is_time_first
        else date + named % (glue + time + tail)
    )
    opening = rb"\[ ?" + _OPTIONAL_MARKS if header_format.has_bracket else b""
    end = {"]": rb"\] ?", ":": b": ", ";": b"; "}.get(
        header_format.end_sign, re.escape(header_format.end_sign.encode()) + b" "
    )
    return re.compile(b"\\n" + _OPTIONAL_MARKS + opening + middle + end + _SENDER_PATTERN)


class _DigitPatterns:
    """Patterns for numbers in the digits of one script, as UTF-8: ten characters that differ in their last byte only."""

    def __init__(self, digit: str) -> None:
        zero = chr(ord(digit) - int(digit)).encode()
        last = b"[\\x%02x-\\x%02x]" % (zero[-1], zero[-1] + 9)
        self._any_digit = last if len(zero) == 1 else b"(?:%s%s)" % (re.escape(zero[:-1]), last)

    def __call__(self, fewest: int, most: int) -> bytes:
        return b"%s{%d,%d}" % (self._any_digit, fewest, most)

    def date_pattern(self, header_format: HeaderFormat) -> bytes:
        written = {"n": self(1, 2), "Y": self(4, 4), "y": self(3, 3), "w": b"[A-Za-z]{3,9}"}
        pattern = rb"(?:[A-Z]{1,2}|(?:[\xe4-\xe9][\x80-\xbf]{2}){2}) ?" if header_format.has_era else b""
        for index, group in enumerate(header_format.date_parts):
            if index:
                pattern += (
                    _OPTIONAL_FILLER + re.escape(header_format.date_separators[index - 1].encode()) + _OPTIONAL_FILLER
                )
            pattern += written[group]
        # A longer number would be the year of another header_format.
        return pattern + b"(?!%s)" % self._any_digit


MAX_SENDERS = 20_000
"""Senders that are told apart; the messages of later ones are counted together."""
MAX_DATE_CHANGES = 50_000
"""Changes of the day that are kept, to decide the order of dates."""

_SAMPLES_PER_BLOCK = 8


class DateSequence:
    """The dates of a file as they follow one another, without repeats in a row."""

    def __init__(self) -> None:
        self.dates: list[bytes] = []

    def add(self, date: bytes) -> None:
        """The date of a later header."""
        if (not self.dates or self.dates[-1] != date) and len(self.dates) < MAX_DATE_CHANGES:
            self.dates.append(date)


class HeaderCounter:
    """The count of one chat, block by block. Senders are as they stand, with colon and mark; empty for none."""

    def __init__(self, shape: HeaderPatterns) -> None:
        self.header_count = 0
        self.messages_by_sender: Counter[bytes] = Counter()
        self.messages_by_others = 0
        self.date_sequence = DateSequence()
        self._find_dates_and_senders = shape.date_and_sender.findall

    def add_block(self, data: bytearray, end: int) -> None:
        """Count the next piece of the file, as `read_blocks` cuts them."""
        pairs = self._find_dates_and_senders(data, 0, end)
        if not pairs:
            return
        self.header_count += len(pairs)
        for date, _ in groupby(pairs, itemgetter(0)):
            self.date_sequence.add(date)
        self._add_senders(Counter(map(itemgetter(1), pairs)))

    def _add_senders(self, senders: Counter[bytes]) -> None:
        if len(self.messages_by_sender) + len(senders) <= MAX_SENDERS:
            self.messages_by_sender.update(senders)
            return
        for sender, count in senders.items():
            if sender in self.messages_by_sender or len(self.messages_by_sender) < MAX_SENDERS:
                self.messages_by_sender[sender] += count
            else:
                self.messages_by_others += count


class DateSampler:
    """A few dates of each block, for a search that counts nothing."""

    def __init__(self, shape: HeaderPatterns) -> None:
        self.date_sequence = DateSequence()
        self._find_date_and_sender = shape.date_and_sender.search

    def add_block(self, data: bytearray, end: int) -> None:
        """Take the dates of some headers of the next piece of the file."""
        step = max(end // _SAMPLES_PER_BLOCK, 1)
        for start in range(0, end, step):
            match = self._find_date_and_sender(data, start, min(start + step, end))
            if match:
                self.date_sequence.add(match["date"])
