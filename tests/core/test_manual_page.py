"""Chapters of the manual: what is read of their Markdown, and how it is laid out in lines."""

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.manual_page import lay_out_page, parse_manual_page

PAGE = parse_manual_page(
    dedent("""\
        # Letters

        Press `F4` to **copy** it, or read
        [Your file](your-file.md) and [the licence](../LICENSE).

        - One thing, which
          goes on.
        - Another one.

        ![A picture](picture.svg)

        ## Keys

        1. First.
        2. Second.

        | Key | What it does |
        | --- | --- |
        | `F4` | copies, also with \\| in it |
        | Enter | goes on to the next of all the things that there are to do |

        ```sh
        metaoptout-tui status  # | as it is
        ```
        """)
)


def test_every_block_is_read_with_its_kind() -> None:
    assert PAGE.title == "Letters"
    assert [(block.kind, block.level, block.number) for block in PAGE.blocks] == [
        ("heading", 1, 0),
        ("paragraph", 0, 0),
        ("item", 0, 0),
        ("item", 0, 0),
        ("picture", 0, 0),
        ("heading", 2, 0),
        ("item", 0, 1),
        ("item", 0, 2),
        ("table", 0, 0),
        ("code", 0, 0),
    ]
    assert PAGE.heading_above(4) == "Letters"
    assert PAGE.heading_above(8) == "Keys"


def test_code_and_strong_words_keep_their_style_and_a_chapter_its_quotation_marks() -> None:
    assert [(piece.text, piece.style) for piece in PAGE.blocks[1].text] == [
        ("Press ", ""),
        ("F4", "code"),
        (" to ", ""),
        ("copy", "strong"),
        (" it, or read ", ""),
        ("“Your file”", ""),
        (" and ", ""),
        ("the licence", ""),
        (".", ""),
    ]


def test_it_is_laid_out_as_plain_text() -> None:
    assert lay_out_page(PAGE, 40, code_quote="`").plain_text == dedent("""\
        Letters

        Press `F4` to copy it, or read “Your
        file” and the licence.

        - One thing, which goes on.
        - Another one.

        Keys

        1. First.
        2. Second.

        Key    What it does
        `F4`   copies, also with | in it
        Enter  goes on to the next of all the
               things that there are to do

          metaoptout-tui status  # | as it is""")


def test_the_line_of_each_block_is_known() -> None:
    layout = lay_out_page(PAGE, 40)
    first_words = ["Letters", "Press", "- One", "- Another", "", "Keys", "1. First", "2. Second", "Key", "  metaoptout"]
    lines = layout.plain_text.splitlines()
    for line, words in zip(layout.block_lines, first_words, strict=True):
        assert lines[line].startswith(words)


def test_rows_of_a_table_with_a_wide_first_column_become_paragraphs() -> None:
    page = parse_manual_page(
        "# T\n\n| What leaves the computer | When | Where |\n| --- | --- | --- |\n| A question | you ask | hosts |\n| A letter | | you |\n"
    )
    assert lay_out_page(page, 60).plain_text == dedent("""\
        T

        A question
          When: you ask
          Where: hosts

        A letter
          Where: you""")


@given(words=st.lists(st.text("abc`*[]()|. -", min_size=1), min_size=1), width=st.integers(24, 120))
def test_no_line_is_wider_than_it_may_be(words: list[str], width: int) -> None:
    page = parse_manual_page("# T\n\nx " + " ".join("".join(words).split()))
    layout = lay_out_page(page, width, code_quote="`")
    assert max(map(len, layout.plain_text.splitlines())) <= width


@given(words=st.lists(st.text("abcdefgh", min_size=1, max_size=60), min_size=1), width=st.integers(24, 120))
def test_no_word_is_lost(words: list[str], width: int) -> None:
    page = parse_manual_page("# T\n\n" + " ".join(words))
    assert "".join(lay_out_page(page, width).plain_text.split()) == "T" + "".join(words)


@given(words=st.lists(st.text("abc`*. -", min_size=1), min_size=1), width=st.integers(24, 120))
def test_code_that_is_to_be_copied_is_never_broken(words: list[str], width: int) -> None:
    page = parse_manual_page("# T\n\nx " + " ".join("".join(words).split()) + "\n\n```\n" + "ab " * 60 + "\n```\n")
    lines = lay_out_page(page, width, code_quote="`", is_code_whole=True).plain_text.splitlines()
    code = [piece.text for block in page.blocks for piece in block.text if piece.style == "code"]
    assert all(any(each in line for line in lines) for each in code)
