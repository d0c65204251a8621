"""A letter as text on the screen: its placeholders marked, and the way from one to the next."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets.text_area import Selection

from metaoptout_tui.core.letters import Letter, LetterPiece, split_paragraphs
from metaoptout_tui.ui.text.builder import TextBuilder

PLACEHOLDER_STYLE = "bold underline $text-warning"
"""How what is missing looks: not by colour alone, and in brackets besides."""


def missing_placeholders(words: str, letter: Letter) -> tuple[str, ...]:
    """What is still missing, in the words of the letter's language, each once."""
    return tuple(gap.strip("[]") for gap in _placeholders_of(letter) if gap in words)


def select_next_placeholder(body: str, cursor: tuple[int, int], letter: Letter) -> Selection | None:
    """The next gap after the cursor as a selection, else the first one; None where the body has none."""
    lines = body.split("\n")
    offset = sum(len(line) + 1 for line in lines[: cursor[0]]) + cursor[1]
    starts = sorted((at, len(gap)) for gap in _placeholders_of(letter) for at in _offsets_of(body, gap))
    if not starts:
        return None
    start, length = next(((at, size) for at, size in starts if at >= offset), starts[0])
    row = body.count("\n", 0, start)
    column = start - (body.rfind("\n", 0, start) + 1)
    return Selection((row, column), (row, column + length))


def _placeholders_of(letter: Letter) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.text for piece in (*letter.subject, *letter.body) if piece.placeholder))


def _offsets_of(body: str, gap: str) -> list[int]:
    found, at = [], body.find(gap)
    while at >= 0:
        found.append(at)
        at = body.find(gap, at + 1)
    return found


def letter_content(letter: Letter, width: int, *, above: str = "", below: str = "") -> Content:
    """A letter to read: what is said of it, its subject, its body with the gaps marked."""
    builder = TextBuilder(width)
    if above:
        builder.paragraph(above)
        builder.blank_line()
    _add_pieces(builder, letter.subject, "bold")
    for paragraph in split_paragraphs(letter.body):
        builder.blank_line()
        _add_pieces(builder, paragraph, "")
    if below:
        builder.blank_line()
        builder.paragraph(below, "$muted")
    return builder.content()


def _add_pieces(builder: TextBuilder, pieces: Iterable[LetterPiece], style: str) -> None:
    builder.styled_paragraph((piece.text, PLACEHOLDER_STYLE if piece.placeholder else style) for piece in pieces)
