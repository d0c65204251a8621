"""What strangers wrote cannot steer the terminal, and is otherwise left as it was."""

import re
import unicodedata
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from metaoptout_tui.core.text import (
    MAX_BLOCK_LINES,
    clean_block,
    clean_line,
    elide_middle_to_width,
    elide_to_width,
    replace_unsafe_characters,
)

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = "\u00ad\u200b\u2060\u2061\u2064\ufeff\u180e\u034f\u3164\u115f"
TAGS = "\U000e0001\U000e0020\U000e0041\U000e007f"
CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(CONTROLS + BIDI + ZERO_WIDTH + TAGS + "\ud800\udfff\u200c\u200d\ufe0f\u2028\u2029\ufffe"),
        st.sampled_from("ab \n\t é\u0301\u0316\u0344\u0f73\u0958\u1112\u1161\u11abسکक\u094d👩🏽❤…\u212a\u2000\u3000"),
    ),
    max_size=80,
)


def steers(text: str, *, allowed: str = "") -> list[str]:
    """The characters of `text` that a terminal could obey or that nobody sees, by a rule of their own."""
    joiners_and_styles = {"\u200c", "\u200d"} | {chr(code) for code in range(0xFE00, 0xFE10)}
    return [
        character
        for character in text
        if character not in allowed
        and character not in joiners_and_styles
        and (
            unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
            or unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
            or character in BIDI + ZERO_WIDTH
            or 0xE0000 <= ord(character) <= 0xE007F
        )
    ]


@given(HOSTILE)
def test_no_control_or_bidi_character_survives(value: str) -> None:
    assert steers(clean_line(value)) == []
    assert steers(clean_block(value), allowed="\n") == []
    assert steers(replace_unsafe_characters(value), allowed="\n\t") == []


@given(HOSTILE, st.integers(0, 40), st.integers(1, 5))
def test_cleaning_twice_is_cleaning_once(value: str, limit: int, lines: int) -> None:
    once = clean_line(value, limit)
    assert clean_line(once, limit) == once
    once = clean_block(value, limit, lines=lines)
    assert clean_block(once, limit, lines=lines) == once


@given(HOSTILE, st.integers(0, 40), st.integers(1, 5))
def test_the_limits_hold(value: str, limit: int, lines: int) -> None:
    assert len(clean_line(value, limit)) <= limit
    assert len(clean_line(value, limit).splitlines()) <= 1
    kept = clean_block(value, limit, lines=lines)
    assert len(kept) <= limit
    assert len(kept.splitlines()) <= lines


@given(HOSTILE)
def test_text_is_composed_and_passes_the_exit_unchanged(value: str) -> None:
    for kept in (clean_line(value), clean_block(value)):
        assert unicodedata.is_normalized("NFC", kept)
        assert replace_unsafe_characters(kept) == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Anna Jansen", "Anna Jansen"),
        ("  two  blanks  ", "two  blanks"),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("one \n\n\t two", "one two"),
        ("\x1b]52;c;ZXZpbA==\x07done", "\ufffd]52;c;ZXZpbA==\ufffddone"),
        ("\x9b31mred", "\ufffd31mred"),
        ("\x00\x00\x00full of nothing", "\ufffdfull of nothing"),
        ("facebook.com\u202emoc.live", "facebook.commoc.live"),
        ("insta\u200bgram\ufeff", "instagram"),
        ("Wider\u00adspruch", "Widerspruch"),
        ("\U000e0068\U000e0069hello", "hello"),
        ("half a pair \ud83d", "half a pair \ufffd"),
        ("Jo\u0308rg", "Jörg"),
        ("\u0301leading mark", "leading mark"),
        ("\n \u0301 \u0301x", "x"),
        ("[@click=app.quit]press[/]", "[@click=app.quit]press[/]"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_one_line_of_it(given: str, kept: str) -> None:
    assert clean_line(given) == kept


@pytest.mark.parametrize(
    "writing",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, with a non-joiner within the word
        "\u0d15\u0d4d\u200d\u0d37",  # Malayalam, with a joiner after a virama
        "👩🏽\u200d🚀",
        "❤\ufe0f\u200d🔥",
        "🏳\ufe0f\u200d🌈",
        "שלום",
        "葛\U000e0100飾",
        "ขั้นตอน",
    ],
)
def test_writing_and_emoji_keep_their_joiners_and_marks(writing: str) -> None:
    assert clean_line(writing) == unicodedata.normalize("NFC", writing)


@pytest.mark.parametrize(
    "spoof", ["face\u200cbook.com", "face\u200dbook.com", "a\u200d", "\u200da", "5\u200c5", "é\u200cé"]
)
def test_a_joiner_hides_in_no_latin_word(spoof: str) -> None:
    assert clean_line(spoof) == spoof.replace("\u200c", "").replace("\u200d", "")


def test_a_base_keeps_eight_marks() -> None:
    for kept in (clean_line("x" + "\u0316" * 500 + "y"), clean_block("x" + "\u0316" * 500 + "y")):
        assert kept == "x" + "\u0316" * 8 + "y"


def test_marks_are_counted_after_composing_too() -> None:
    kept = clean_line("\u0958" + "\u0301" * 8)  # comes apart into a letter and a mark
    assert kept == "\u0915\u093c" + "\u0301" * 7


def test_no_line_of_a_block_begins_with_a_mark() -> None:
    assert clean_block("a\n\u0301b\n\u0301\nc") == "a\nb\n\nc"


def test_a_block_keeps_its_lines() -> None:
    assert clean_block("\n\nDear Meta,\r\n\r\n\tI object.\u2029Anna \n") == "Dear Meta,\n\n I object.\nAnna"


def test_a_block_has_a_limit_of_lines_and_says_so() -> None:
    kept = clean_block("x\n" * (2 * MAX_BLOCK_LINES))
    assert kept.count("\n") == MAX_BLOCK_LINES - 1
    assert kept.endswith("x\n…")


def test_a_long_line_ends_in_an_ellipsis() -> None:
    assert clean_line("a" * 300) == "a" * 199 + "…"
    assert clean_line("ab cd", 4) == "ab…"
    assert clean_line("abc", 0) == ""


@pytest.mark.parametrize(
    "clean", ["", "Anna", "Grüße, 👩🏽‍🚀 und ❤️", "two\nlines\tand a tab", "می‌خواهم", "[b]no[/b]", "▀▄█"]
)
def test_the_exit_leaves_clean_text_alone(clean: str) -> None:
    assert replace_unsafe_characters(clean) is clean


def test_the_exit_shows_where_something_was() -> None:
    for bad in (*CONTROLS.replace("\n", "").replace("\t", ""), *BIDI, *ZERO_WIDTH, *TAGS, "\ud800", "\u2028"):
        assert replace_unsafe_characters(f"a{bad}b") == "a\ufffdb"


def columns_of(text: str) -> int:
    """The narrowest column into which a text goes whole."""
    return next(width for width in count() if elide_to_width(text, width) == text)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("Anna", 4),
        ("Jo\u0308rg", 4),
        ("日本", 4),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("👩🏽\u200d🚀", 2),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("a\u0301\u0316", 1),
        ("✓ ● ○ ▸", 7),
        ("☰䷀𝌀", 6),
    ],
)
def test_columns_of_a_text(text: str, columns: int) -> None:
    assert columns_of(text) == columns


@given(
    st.text(
        st.characters(exclude_categories=["Cn", "Cc", "Cf", "Cs"], include_characters="\u200d\ufe0f👩🚀❤日"),
        max_size=20,
    )
)
@settings(max_examples=300, deadline=None)
def test_columns_are_those_the_screen_counts(text: str) -> None:
    kept = clean_line(text)
    assert columns_of(kept) == max(cell_len(kept), bool(kept))  # nothing is shown in no columns


@given(HOSTILE, st.integers(0, 30))
def test_an_elided_text_fits_and_is_the_beginning(value: str, width: int) -> None:
    text = clean_line(value)
    shown = elide_to_width(text, width)
    assert columns_of(shown) <= width
    assert text.startswith(shown.removesuffix("…"))
    if columns_of(text) <= width:
        assert shown == text or not width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Anna Jansen", 11, "Anna Jansen"),
        ("Anna Jansen", 6, "Anna…"),
        ("Anna Jansen", 1, "…"),
        ("Anna", 0, ""),
        ("日本語です", 6, "日本…"),
        ("日本語です", 5, "日本…"),
        ("👩🏽\u200d🚀👩🏽\u200d🚀👩🏽\u200d🚀", 5, "👩🏽\u200d🚀👩🏽\u200d🚀…"),
        ("e\u0316\u0301\u0317fgh", 2, "e\u0316\u0301\u0317…"),
    ],
)
def test_a_name_is_cut_to_its_column(text: str, width: int, shown: str) -> None:
    assert elide_to_width(text, width) == shown


def test_every_character_alone_is_safe() -> None:
    everything = "".join(
        f"a{chr(code)}" for code in range(0x11_0000) if code % 7 == 0 or code < 0x3000 or 0xE0000 <= code < 0xE0200
    )
    kept = clean_line(everything, len(everything))
    assert steers(kept) == []
    assert not re.search("[\ufdd0-\ufdef\ufffe\uffff]", kept)


def test_a_sign_between_letters_leaves_the_text_composed() -> None:
    beside = [clean_line(f"a{chr(code)}e") for code in range(0x20, 0x2100)]
    assert [text for text in beside if unicodedata.normalize("NFC", text) != text] == []


@given(
    st.text(alphabet="ab \n\t\r\x07\x85\xa0\xadéßŁŉǅ\u0149\u02ff", max_size=30), st.integers(1, 12), st.integers(1, 3)
)
def test_text_of_european_letters_is_cleaned_as_it_is_beside_others(value: str, limit: int, lines: int) -> None:
    assert clean_line(f"{value}x", limit).replace("x", "漢") == clean_line(f"{value}漢", limit)
    assert clean_block(f"{value}x", limit, lines=lines).replace("x", "漢") == clean_block(
        f"{value}漢", limit, lines=lines
    )


def test_no_european_letter_changes_by_being_composed() -> None:
    letters = [chr(code) for code in range(0x300) if chr(code).isprintable()]
    assert [each for each in letters if unicodedata.normalize("NFC", f"a{each}b") != f"a{each}b"] == []


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("@anna.example.shop", 18, "@anna.example.shop"),
        ("@anna.example.shop", 14, "@anna…ple.shop"),
        ("@anna.example.blog", 14, "@anna…ple.blog"),
        ("アンナ・クリスティーナ一号", 14, "アン…ーナ一号"),
        ("Instagram @anna.nl", 15, "Insta… @anna.nl"),
        ("Anna", 3, "A…a"),
    ],
)
def test_what_is_cut_in_the_middle_keeps_its_end(text: str, width: int, shown: str) -> None:
    assert elide_middle_to_width(text, width) == shown
