"""Cleaning, measuring and shortening text that others wrote, so that it is safe to keep and to show.

A terminal obeys what it receives: an escape sequence in a fetched page can write to the clipboard or redraw the screen,
and a direction override can make one host read as another. Textual lets both through. So whatever comes from a page, a
file or a person passes `clean_line` or `clean_block` where it enters, and `replace_unsafe_characters` checks once more
what leaves for the terminal. All functions are pure and take time in proportion to the length of the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

MAX_LINE_LENGTH = 200
MAX_BLOCK_LENGTH = 10_000
MAX_BLOCK_LINES = 1_000
MAX_MARKS_PER_BASE = 8
ELLIPSIS = "…"
_MOST_SIGNS_IN_FILE_NAME = 40

_ZWNJ, _ZWJ, _EMOJI_SELECTOR = "\u200c", "\u200d", "\ufe0f"
_EMOJI_CAPABLE_SIGNS = frozenset("#*0123456789‼⁉ℹ")
_REPLACEMENT = "\ufffd"

# A line may end in any of these: what str.splitlines knows, so that no reader of the text sees a line that we did not.
_OTHER_LINE_BREAKS = r"\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029"
_NONCHARACTERS = r"\ufdd0-\ufdef" + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17))
# C0, DEL, C1, lone surrogates, and the code points that are no characters.
_CONTROLS = r"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff" + _NONCHARACTERS
# Unicode's Default_Ignorable_Code_Point and the interlinear annotations, without what writing needs: the two joiners
# (kept in their place only) and the variation selectors (counted as marks).
_INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    r"\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)

# Patterns are compiled when first used: most text is plain ASCII and needs none.
_LINE_BREAK = rf"\r\n|[{_OTHER_LINE_BREAKS}]"
_WHITESPACE_RUN = rf"[ \t\n{_OTHER_LINE_BREAKS}]+"
_CONTROL_RUN = f"[{_CONTROLS}]+"
_INVISIBLE_RUN = f"[{_INVISIBLE}]+"
_UNSAFE_CHARACTER = f"[{_CONTROLS}{_INVISIBLE}{_OTHER_LINE_BREAKS}]"

_HAS_NO_MARKS = re.compile("[\x00-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20cf]*")
"""Latin letters, dashes, quotation marks and currencies: in NFC as they are, and no mark or joiner among them."""

# Hangul vowels and finals, which join the initial before them, and skin tones, which join the emoji.
_ZERO_WIDTH = (range(0x1160, 0x1200), range(0xD7B0, 0xD800), range(0x1F3FB, 0x1F400))
# Formats that are drawn: the soft hyphen and the signs over numbers.
_VISIBLE_FORMATS = (range(0xAD, 0xAE), range(0x600, 0x8E3), range(0x110BD, 0x110CE))
# Hexagrams and counting rods, wide since Unicode 16.
_WIDE_SINCE_UNICODE_16 = (range(0x2630, 0x2638), range(0x268A, 0x2690), range(0x4DC0, 0x4E00), range(0x1D300, 0x1D377))
# Where emoji and ideographs are added.
_WIDE_IF_UNASSIGNED = (range(0x1F300, 0x1FB00), range(0x20000, 0x3FFFE))


def clean_line(value: str, limit: int = MAX_LINE_LENGTH) -> str:
    """One line of at most `limit` characters that cannot steer a terminal, so that it may be kept and shown anywhere.

    In NFC. A run of control characters becomes one U+FFFD, so that a person sees that something was there; characters
    that nobody sees (bidi controls, zero-width, tags) are dropped; line ends and tabs become one blank; the ends are
    trimmed; a base keeps at most eight combining marks. `clean_line(clean_line(x)) == clean_line(x)`.
    """
    if _is_clean(value):
        return _truncate(value.strip(), limit)
    value = _without_controls(re.sub(_WHITESPACE_RUN, _single_space, value))
    return _truncate(_normalize(value[_first_visible(value) :].rstrip()).rstrip(), limit)


def _is_clean(value: str) -> bool:
    """Whether all of a text is seen and none of it joins what is beside it, as in most languages of Europe."""
    return value.isprintable() and (value.isascii() or _HAS_NO_MARKS.fullmatch(value) is not None)


def clean_block(value: str, limit: int = MAX_BLOCK_LENGTH, *, lines: int = MAX_BLOCK_LINES) -> str:
    r"""Several lines, cleaned as `clean_line` does but with their `\n`: at most `limit` characters and `lines` lines.

    Every other line end becomes `\n`, a tab a blank; empty lines at the start and blanks at the end go.
    `clean_block(clean_block(x)) == clean_block(x)`.
    """
    if not _is_clean(value.replace("\n", "")):
        value = _normalize(_without_controls(re.sub(_LINE_BREAK, "\n", value).replace("\t", " ")))
    value = value.lstrip("\n").rstrip()
    if value.count("\n") >= lines:
        value = "\n".join([*value.split("\n", max(lines - 1, 0))[: max(lines - 1, 0)], ELLIPSIS])
    return _truncate(value, limit)


def replace_unsafe_characters(value: str) -> str:
    r"""The text with U+FFFD for each character that could steer a terminal or mislead a reader: the last defence.

    For everything that is sent to the terminal. What `clean_line` or `clean_block` returned is left unchanged, and so
    are `\n` and `\t`, which only move the cursor.
    """
    if value.isascii() and value.isprintable():
        return value
    return re.sub(_UNSAFE_CHARACTER, _REPLACEMENT, value)


def replace_unsafe_in_line(value: str) -> str:
    """The text on one line: line feeds and tabs, which could make it look like two, are replaced too.

    For the name of a file or an argument, which has to stay as it is wherever that is safe.
    """
    return re.sub(r"[\t\n]", _REPLACEMENT, replace_unsafe_characters(value))


def escape_unsafe_characters(json_text: str) -> str:
    r"""The JSON with `\uXXXX` for each character that could steer a terminal, mislead a reader or not be seen."""
    if json_text.isascii() and "\x7f" not in json_text:
        return json_text
    return re.sub(f"{_UNSAFE_CHARACTER}|[{_ZWNJ}{_ZWJ}]", _json_escape, json_text)


def _json_escape(character: re.Match[str]) -> str:
    units = character[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def capitalize_first(value: str) -> str:
    """The text with its first letter in upper case and the rest unchanged."""
    return value[:1].upper() + value[1:]


def display_width(value: str) -> int:
    """How many columns of a terminal a text takes."""
    if value.isascii() and value.isprintable():
        return len(value)
    return sum(size for _, size in _clusters(value))


def first_sentences(value: str, most_characters: int) -> str:
    """The first sentence, and those after it that fit in `most_characters` together with it."""
    kept = ""
    for sentence in re.split(r"(?<=[.!?]) ", value):
        longer = f"{kept} {sentence}" if kept else sentence
        if kept and len(longer) > most_characters:
            break
        kept = longer
    return kept


def elide_to_width(value: str, width: int) -> str:
    """`value` if it fits in `width` columns, else its beginning with an ellipsis, cut between visible characters."""
    if width <= 0:
        return ""
    if value.isascii() and value.isprintable():
        return value if len(value) <= width else value[: width - 1].rstrip() + ELLIPSIS
    available, cut, used = width - len(ELLIPSIS), 0, 0
    for start, size in _clusters(value):
        if used <= available:
            cut = start
        used += size
        if used > width:
            return value[:cut].rstrip() + ELLIPSIS
    return value


def elide_middle_to_width(value: str, width: int) -> str:
    """`value` if it fits in `width` columns, else its beginning and twice as much of its end: names that begin alike end otherwise."""
    if elide_to_width(value, width) == value:
        return value
    room, end, used = 2 * (width - len(ELLIPSIS)) // 3, "", 0
    for start, size in reversed(tuple(_clusters(value))):
        if used + size > room:
            break
        end, used = value[start:], used + size
    return elide_to_width(value, width - used) + end


def _single_space(blanks: re.Match[str]) -> str:
    return " " if blanks[0].strip(" ") else blanks[0]


def _without_controls(value: str) -> str:
    return re.sub(_INVISIBLE_RUN, "", re.sub(_CONTROL_RUN, _REPLACEMENT, value))


def _first_visible(value: str) -> int:
    """The index of the first character that is no blank, mark or joiner: a leading mark would land on its neighbour."""
    for index, character in enumerate(value):
        if not (character.isspace() or character in (_ZWJ, _ZWNJ) or _is_mark(character)):
            return index
    return len(value)


def _normalize(value: str) -> str:
    """NFC with bounded runs of marks and joiners where they belong.

    The runs are bounded before NFC, whose sorting of marks takes quadratic time, and after it, since it can take apart
    what had counted as one.
    """
    if _HAS_NO_MARKS.fullmatch(value):
        return value
    return unicodedata.normalize("NFC", _limit_marks(unicodedata.normalize("NFC", _limit_marks(value))))


def _limit_marks(value: str) -> str:
    output: list[str] = []
    mark_count = 0
    for index, character in enumerate(value):
        if character < "\u0300":
            mark_count = 0
        elif character in (_ZWJ, _ZWNJ):
            if not (output and _may_precede_joiner(output[-1]) and _may_follow_joiner(value[index + 1 : index + 2])):
                continue
        elif _is_mark(character):
            mark_count += 1
            if mark_count > MAX_MARKS_PER_BASE or not output or output[-1] == "\n":
                continue
        else:
            mark_count = 0
        output.append(character)
    return "".join(output)


def _is_mark(character: str) -> bool:
    return character >= "\u0300" and unicodedata.category(character)[0] == "M"


def _may_follow_joiner(character: str) -> bool:
    """Whether a joiner may stand before it: a letter beyond Latin, or an emoji (unassigned ones too)."""
    return character >= "\u0300" and unicodedata.category(character) in {"Lo", "Ll", "Lu", "Lm", "So", "Sm", "Cn"}


def _may_precede_joiner(character: str) -> bool:
    """Whether a joiner may stand after it: also after a mark (virama, emoji style) or a skin tone."""
    return _may_follow_joiner(character) or (
        character >= "\u0300" and unicodedata.category(character) in {"Mn", "Mc", "Sk"}
    )


def _truncate(value: str, limit: int) -> str:
    if len(value) <= limit:
        return value
    return value[: limit - 1].rstrip().rstrip(_ZWJ + _ZWNJ) + ELLIPSIS if limit > 0 else ""


def _clusters(value: str) -> Iterator[tuple[int, int]]:
    """Start and columns of each character as a reader sees it: a base with its marks, or a joined emoji.

    What follows a joiner takes no columns, and an emoji style makes a narrow sign wide: as the layout of the screen
    counts.
    """
    start, width, last, joined = 0, 0, "", False
    for index, character in enumerate(value):
        if joined:
            joined = False
        elif character == _ZWJ:
            joined = True
        elif character == _EMOJI_SELECTOR:
            width += _emoji_widening(last)
            last = ""
        elif own_width := _character_width(character):
            if width:
                yield start, width
            start, width, last = (index if width else start), own_width, character
    if value:
        yield start, width


def _emoji_widening(base: str) -> bool:
    drawn_as_emoji = base in _EMOJI_CAPABLE_SIGNS or (base > "\x7f" and unicodedata.category(base) in {"So", "Sm"})
    return drawn_as_emoji and _character_width(base) == 1


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    code, category = ord(character), unicodedata.category(character)
    if category in {"Mn", "Me", "Mc", "Cc", "Zl", "Zp"} or _is_in_ranges(code, _ZERO_WIDTH):
        return 0
    if category == "Cf":
        return int(_is_in_ranges(code, _VISIBLE_FORMATS))
    if category == "Cn":  # unassigned in this Python's Unicode, which calls all of them wide
        return 2 if _is_in_ranges(code, _WIDE_IF_UNASSIGNED) else 1
    return 2 if unicodedata.east_asian_width(character) in "WF" or _is_in_ranges(code, _WIDE_SINCE_UNICODE_16) else 1


def _is_in_ranges(code: int, ranges: tuple[range, ...]) -> bool:
    return any(code in part for part in ranges)


DIRECTION_MARKS = frozenset("\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Byte order mark, direction marks, embeddings and isolates: an app puts them anywhere."""

_UNICODE_SPACES = frozenset("\u00a0\u2007\u2009\u202f\u3000")
_FOREIGN_COMMAS = frozenset("،，、")


class _NormalizationTable(dict[int, str | int | None]):
    """What each character is replaced with; filled on first use, so that translating runs in C."""

    def __missing__(self, code: int) -> str | int | None:
        self[code] = character = _normalized_character(chr(code), code)
        return character


def _normalized_character(character: str, code: int) -> str | int | None:
    if character in DIRECTION_MARKS:
        return None
    if character in _UNICODE_SPACES:
        return " "
    if character in _FOREIGN_COMMAS:
        return ","
    digit = unicodedata.decimal(character, None)
    return code if digit is None else str(digit)


_NORMALIZATION = _NormalizationTable()


def normalize_typography(value: str) -> str:
    """The text without direction marks and with ASCII blanks, commas and digits, for comparing it."""
    return value if value.isascii() else value.translate(_NORMALIZATION)


def name_in_file_name(name: str) -> str:
    """A name with letters and digits of any script, in characters that every system allows in the name of a file."""
    signs = (sign if unicodedata.category(sign)[0] in "LMN" else "-" for sign in clean_line(name))
    return re.sub("-+", "-", "".join(signs)).strip("-")[:_MOST_SIGNS_IN_FILE_NAME].strip("-")
