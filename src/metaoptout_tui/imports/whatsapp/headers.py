"""Recognises the headers of messages in a WhatsApp export, and learns the pattern of one file.

A header is a date and time in the phone's own short format with some signs around them, so no list of locales is
needed. Permissive patterns read the first lines, normalized: without invisible marks, with plain blanks, commas and
digits. From the format that most of them share comes one strict pattern over bytes, fast enough for a gigabyte; a line
of another format is text, such as a pasted chat. The byte pattern begins with a line feed, since a literal prefix is
searched for fastest.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from metaoptout_tui.core.chats.scan_results import ExportOrigin
from metaoptout_tui.core.text import DIRECTION_MARKS, normalize_typography
from metaoptout_tui.imports.whatsapp.day_periods import casefold_letters, hours_covered_by

MAX_HEADER_CHARACTERS = 200
"""Characters of a line in which a header must end."""

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
# Nothing but a blank between the time, with AM or PM if it has that, and the sender.
_HEADER_WITH_BLANK_END = (
    rf"{_DATE_WITH_ERA}{_BETWEEN_DATE_AND_TIME}{_TIME}(?P<tail>(?: ?[AaPp]\.? ?[Mm]\.?)?)(?P<end> )(?=[^:]{{1,60}}: )"
)

# Compiled when first needed: a chat has headers of one or two of these forms.
_HEADERS_IN_BRACKETS = (
    rf"\[ ?{_DATE_WITH_ERA}{_BETWEEN_DATE_AND_TIME}{_TIME}{_BEFORE_END}(?P<end>\])",
    rf"\[ ?{_BEFORE_TIME}{_TIME}{_BETWEEN_DATE_AND_TIME}{_DATE}{_BEFORE_END}(?P<end>\])",
    rf"\[ ?{_DAY_AND_MONTH}{_BETWEEN_DATE_AND_TIME}{_TIME}{_BEFORE_END}(?P<end>\])",
    rf"\[ ?{_BEFORE_TIME}{_TIME}{_BETWEEN_DATE_AND_TIME}{_DAY_AND_MONTH}{_BEFORE_END}(?P<end>\])",
)
_HEADERS_WITHOUT_BRACKETS = (
    rf"{_DATE_WITH_ERA}{_BETWEEN_DATE_AND_TIME}{_TIME}{_BEFORE_END}{_END_WITHOUT_BRACKET}",
    rf"{_BEFORE_TIME}{_TIME}{_BETWEEN_DATE_AND_TIME}{_DATE}{_BEFORE_END}{_END_WITHOUT_BRACKET}",
)
_compiled = cache(re.compile)
_DIGIT = re.compile(r"\d")
DATE_PART = re.compile(r"\d+|[A-Za-z]{3,}")
_DATE_SEPARATOR = re.compile(r"[./-]")


class HeaderFormat(NamedTuple):
    """The format that the headers of one export share.

    `date_parts` has a letter for each part of the date: a number (`n`), a year of four (`Y`) or three digits (`y`),
    or a word (`w`). `date_separators` are the signs between them; `end_sign` is `]`, `-`, `–`, `—`, `:`, `;` or, for
    nothing but a blank, empty.
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
        """The program that wrote the export, as far as the format shows."""
        if not self.has_bracket:
            return ExportOrigin.ANDROID if self.end_sign in ("-", "–", "—") else ExportOrigin.OLD_IOS
        is_copied = self.is_time_first or len(self.date_parts) < 3 or "w" in self.date_parts
        return ExportOrigin.COPIED if is_copied else ExportOrigin.IOS


class HeaderMatch(NamedTuple):
    """The format of a line that could be a header, whether words stand between date and time, and what follows it."""

    format: HeaderFormat
    has_words_between: bool
    rest: str


def parse_header(line: str) -> HeaderMatch | None:
    """The header at the start of `line`, if there is one."""
    start = normalize_typography(line[:MAX_HEADER_CHARACTERS]).lstrip(" ")
    if not (start and _DIGIT.search(start)) or not (start[0] == "[" or start[0].isdigit() or start[0].isalpha()):
        return None
    forms = _HEADERS_IN_BRACKETS if start[0] == "[" else _HEADERS_WITHOUT_BRACKETS
    match = next(filter(None, (_compiled(form).match(start) for form in forms)), None)
    if start[0] != "[" and (match is None or _takes_sender_as_tail(match)):
        match = _compiled(_HEADER_WITH_BLANK_END).match(start) or match
    return _header_match(match) if match else None


def _takes_sender_as_tail(match: re.Match[str]) -> bool:
    """Whether what stands between the time and a colon is no word for the time of day, but a sender."""
    tail = casefold_letters(match["tail"])
    if match["end"] != ": " or not tail:
        return False
    is_of_24_hours = int(re.match(r"\d+", match["time"])[0]) > 12  # type: ignore[index]  # a time begins with digits
    return is_of_24_hours or not hours_covered_by(tail)


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
    has_words_between = any(character.isascii() and character.isalpha() for character in match["glue"])
    return HeaderMatch(header_format, has_words_between, match.string[match.end() :].strip())


HEAD_BYTES = 64 * 1024
"""Bytes at the start of a file in which a header must stand."""
_STEP_BACK_BYTES = 2048
MAX_HEADERS_SAMPLED = 50
"""Headers that decide the format of all."""

# Blanks, marks and anything else that is not ASCII: deliberately loose, since the rest of the pattern is strict.
_OPTIONAL_FILLER = rb"[ \x80-\xff]*?"
_MARK = b"|".join(sorted(re.escape(mark.encode()) for mark in DIRECTION_MARKS))
_AM_OR_PM = rb"(?:%s[AaPp]\.?%s[Mm]\.?)?" % (2 * (rb"(?: |\xc2\xa0|\xe2\x80\xaf)?",))
_OPTIONAL_MARKS = rb"(?:(?=[\[0-9])|(?:%s)*?)" % _MARK
# The name up to the first `: ` or a colon at the end of the line; then the mark that iOS puts before its own notices.
_SENDER_PATTERN = (
    rb"(?P<sender>[^:\n]{1,400}+:(?![^ \r\n])(?: \xe2\x80\x8e)?"
    rb"|[^:\n]{1,400}+(?::[^ \r\n][^:\n]{0,400}+){1,4}:(?![^ \r\n])(?: \xe2\x80\x8e)?|)"
)
# Two numbers as in a date or a time, loosely.
_OTHER_FORMAT_LINE = rb"(?:\xe2\x80[\x8e\x8f])?\[? ?[0-9]{1,4} ?[./:-] ?[0-9]{1,2}[^\n]{6,200}"
# Where no blank follows the colon, the name goes up to the first colon.
_GLUED_SENDER_PATTERN = rb"(?P<sender>[^:\n]{1,400}+:(?: \xe2\x80\x8e)?|)"
_GLUED_SENDER = re.compile(r"[^:]{1,60}:[^ ]")
_SPACED_SENDER = re.compile(r"[^:]{1,60}:(?: |$)")
_MIN_SHARE_OF_GLUED_SENDERS = 4
"""One header of so many must have its sender glued to the text, so that all are read so."""


class HeaderPatterns(NamedTuple):
    """The patterns for the headers of one file: `header` has the groups date, time and sender.

    `date_and_sender` has these two and a third, which is a whole line that may be a header of another format.
    `make_line_pattern` makes the source of one for any line, which has these three groups. `line_end` ends each message. Where that is CRLF, a bare line feed is within a message, and begins
    no other.
    """

    format: HeaderFormat
    header: re.Pattern[bytes]
    date_and_sender: re.Pattern[bytes]
    make_line_pattern: Callable[[bytes, bytes], bytes]
    line_end: bytes

    def last_header(self, data: bytearray, start: int, before: int, end: int) -> re.Match[bytes] | None:
        """The last header in a block that begins between `start` and `before`, both included."""
        step = _STEP_BACK_BYTES
        while True:
            search_start = max(start, before - step)
            last = None
            for match in self.header.finditer(data, search_start, end):
                if match.start() > before:
                    break
                last = match
            if last or search_start == start:
                return last
            step *= 8


def learn_header_patterns(head: bytes) -> HeaderPatterns | None:
    """The patterns for the headers among the first lines of a file; None where no line looks like a header."""
    lines = head[:HEAD_BYTES].decode("utf-8", "replace").split("\n")
    headers: list[tuple[int, HeaderMatch]] = []
    first_is_header = False
    only_blank_lines = True
    for number, line in enumerate(lines):
        header = parse_header(line)
        if header:
            first_is_header |= only_blank_lines
            headers.append((number, header))
            if len(headers) == MAX_HEADERS_SAMPLED:
                break
        only_blank_lines = only_blank_lines and not line.strip()
    if not headers:
        return None
    formats = Counter(header.format for _, header in headers)
    header_format = headers[0][1].format if first_is_header else formats.most_common(1)[0][0]
    matching = [(number, header) for number, header in headers if header.format == header_format]
    first_line = lines[matching[0][0]][:MAX_HEADER_CHARACTERS]
    compiler = _HeaderPatternCompiler(
        header_format,
        next((character for character in first_line if character.isdecimal()), "0"),
        has_words=any(header.has_words_between for _, header in matching),
        has_glued_senders=_has_glued_senders(
            [header.rest for _, header in matching], has_bracket=header_format.has_bracket
        ),
        line_end=_line_end_of(
            lines,
            [number for number, _ in matching],
            is_whole=len(head) < HEAD_BYTES,
            is_of_ios=header_format.has_bracket,
        ),
        usual_times=_usual_times([lines[number] for number, _ in matching], header_format),
    )
    patterns = HeaderPatterns(
        header_format,
        compiler.compile_header(),
        compiler.compile_date_and_sender(),
        compiler.make_line_pattern,
        compiler.line_end,
    )
    # Better no chat than one without a message.
    return patterns if patterns.header.search(b"\n" + head) else None


def _has_glued_senders(texts: Sequence[str], *, has_bracket: bool) -> bool:
    """Whether no blank follows a sender's colon; on Android only where none does, since its own lines have no sender."""
    glued = [text for text in texts if ": " not in text and _GLUED_SENDER.match(text)]
    if not has_bracket and any(map(_SPACED_SENDER.match, texts)):
        return False
    return bool(glued) and len(glued) * _MIN_SHARE_OF_GLUED_SENDERS >= len(texts)


def _usual_times(lines: Sequence[str], header_format: HeaderFormat) -> bytes:
    """A pattern for the times of these headers with all that is around them, word for word; empty where they differ."""
    sign = re.escape(header_format.time_separator)
    time = rf"[0-9]{{1,2}}{sign}[0-9]{{2}}(?:{sign}[0-9]{{2}})?"
    separators = map(re.escape, header_format.date_separators)
    date = "[0-9]+" + "".join(f"{separator}[0-9]+" for separator in separators)
    around = rf"(?P<glue>[^\d\n\[\]]{{1,24}}){time}(?P<tail>[^\d\n\[\]]{{0,24}}?){re.escape(header_format.end_sign)}"
    if header_format.is_time_first or not header_format.end_sign:
        return b""
    found = [match.group("glue", "tail") for line in lines if (match := re.search(date + around, line))]
    if len({glue for glue, _ in found}) != 1:
        return b""
    tails = sorted({re.escape(tail) for _, tail in found})
    return f"{re.escape(found[0][0])}{time}(?:{'|'.join(tails)})".encode()


def _line_end_of(lines: Sequence[str], header_numbers: Sequence[int], *, is_whole: bool, is_of_ios: bool) -> bytes:
    """What ends each message: CRLF if it stands before the most headers, or before one and at the end of the file.

    On Android, where messages end with LF, the first header must have it too.
    """
    before_headers = [lines[number - 1].endswith("\r") for number in header_numbers if number]
    with_crlf = sum(before_headers)
    ends_file = is_whole and not lines[-1] and lines[-2].endswith("\r")
    ends_first = is_of_ios or lines[header_numbers[0]].endswith("\r")
    is_crlf = with_crlf * 2 > len(before_headers) or (with_crlf and ends_file and ends_first)
    return b"\r\n" if is_crlf else b"\n"


class _HeaderPatternCompiler:
    """Makes strict patterns over bytes for the headers of one file, whose digits are those of the script of `digit`."""

    def __init__(
        self,
        header_format: HeaderFormat,
        digit: str,
        *,
        has_words: bool,
        has_glued_senders: bool,
        line_end: bytes,
        usual_times: bytes,
    ) -> None:
        self.line_end = line_end
        self._usual_times = usual_times
        self._format = header_format
        self._numbers = _DigitPatterns(digit)
        self._has_words = has_words
        self._sender = _GLUED_SENDER_PATTERN if has_glued_senders else _SENDER_PATTERN

    def compile_header(self) -> re.Pattern[bytes]:
        """The pattern with the groups date, time and sender."""
        return re.compile(self._line_start + self._header_after_line_start(b"(?P<time>%s)"))

    def compile_date_and_sender(self) -> re.Pattern[bytes]:
        """The pattern with the groups date, sender and line of another format."""
        header = self._header_after_line_start(b"(?:%s)")
        return re.compile(rb"%s(?:%s|(?P<other>%s))" % (self._line_start, header, _OTHER_FORMAT_LINE))

    def make_line_pattern(self, after_header: bytes, in_line: bytes) -> bytes:
        """The source of a pattern for any line: what is matched behind a header, and in a line without one."""
        header = self._header_after_line_start(b"(?:%s)") + after_header
        after_line_feed = self._line_start.removeprefix(rb"\n")
        return rb"\n(?:%s%s|(?:%s(?=(?P<other>%s)))?%s)" % (
            after_line_feed,
            header,
            after_line_feed,
            _OTHER_FORMAT_LINE,
            in_line,
        )

    @property
    def _line_start(self) -> bytes:
        # A block begins with a line end, of which it has only the line feed.
        return rb"\n(?<![^\r]\n)" if self.line_end == b"\r\n" else rb"\n"

    def _header_after_line_start(self, time_group_pattern: bytes) -> bytes:
        header_format, numbers = self._format, self._numbers
        sign = re.escape(header_format.time_separator.encode())
        two_digits = numbers(2 if header_format.time_separator in ":." else 1, 2)
        seconds = b"(?:%s(?:[:.]|%s)%s%s)?" % (_OPTIONAL_FILLER, "min|분".encode(), _OPTIONAL_FILLER, two_digits)
        time = numbers(1, 2) + _OPTIONAL_FILLER + sign + _OPTIONAL_FILLER + two_digits + seconds
        date = b"(?P<date>%s)" % numbers.date_pattern(header_format)
        # Limits in bytes: four for each character that the permissive patterns allow.
        without_letters = not (self._has_words or header_format.is_time_first)
        glue = rb"[^\n\[\]0-9%s]{1,96}?" % (b"A-Za-z" if without_letters else b"")
        front, tail = rb"[^\n\[\]0-9]{0,48}?", rb"[^\n\[\]0-9]{0,96}?" if header_format.end_sign else _AM_OR_PM
        # What most headers have is asked for first, since it takes half the time.
        usual_times = self._usual_times + b"|" if self._usual_times else b""
        middle = (
            time_group_pattern % (front + time + glue) + date + tail
            if header_format.is_time_first
            else date + time_group_pattern % (usual_times + glue + time + tail)
        )
        opening = rb"\[ ?" + _OPTIONAL_MARKS if header_format.has_bracket else b""
        end = {"]": rb"\] ?", ":": b": ", ";": b"; ", "": rb"(?: |\xc2\xa0|\xe2\x80\xaf)"}.get(
            header_format.end_sign, re.escape(header_format.end_sign.encode()) + b" "
        )
        return _OPTIONAL_MARKS + opening + middle + end + self._sender


class _DigitPatterns:
    """Patterns for numbers in the digits of one script in UTF-8, where they differ in the last byte only."""

    def __init__(self, digit: str) -> None:
        zero = chr(ord(digit) - int(digit)).encode()
        last = b"[\\x%02x-\\x%02x]" % (zero[-1], zero[-1] + 9)
        self._any_digit = last if len(zero) == 1 else b"(?:%s%s)" % (re.escape(zero[:-1]), last)

    def __call__(self, min_digits: int, max_digits: int) -> bytes:
        return b"%s{%d,%d}" % (self._any_digit, min_digits, max_digits)

    def date_pattern(self, header_format: HeaderFormat) -> bytes:
        part_patterns = {"n": self(1, 2), "Y": self(4, 4), "y": self(3, 3), "w": b"[A-Za-z]{3,9}"}
        pattern = rb"(?:[A-Z]{1,2}|(?:[\xe4-\xe9][\x80-\xbf]{2}){2}) ?" if header_format.has_era else b""
        for index, group in enumerate(header_format.date_parts):
            if index:
                pattern += (
                    _OPTIONAL_FILLER + re.escape(header_format.date_separators[index - 1].encode()) + _OPTIONAL_FILLER
                )
            pattern += part_patterns[group]
        # A longer number would be the year of another format.
        return pattern + b"(?!%s)" % self._any_digit
