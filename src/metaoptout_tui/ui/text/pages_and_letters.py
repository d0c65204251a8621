"""Watched pages, their changes, and letters with their placeholders marked, as lines to read."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from textual.content import Content
from textual.widgets.text_area import Selection

from metaoptout_tui.core.guidance.editions import EditionChange
from metaoptout_tui.core.guidance.page_text import PageBlock, PageContent, ParagraphChange
from metaoptout_tui.core.letters import Letter, LetterPiece, split_paragraphs
from metaoptout_tui.ui.terminal import Symbols
from metaoptout_tui.ui.text.builder import TextBuilder


class JumpableText(NamedTuple):
    """Lines, and the numbers of those that begin a heading or a change."""

    content: Content
    jump_lines: tuple[int, ...]


def article_text(article: PageContent, symbols: Symbols, width: int) -> JumpableText:
    """The text of a page."""
    builder, stops = TextBuilder(width), []
    for before, block in zip((None, *article.blocks), article.blocks, strict=False):
        if block.kind == "heading":
            if before is not None:
                builder.blank_line()
            stops.append(builder.next_line)
            builder.paragraph(block.text, "bold $text-accent" if block.level <= 2 else "bold")
        elif block.kind == "paragraph":
            if before is not None:
                builder.blank_line()
            builder.paragraph(block.text)
        else:
            if before is not None and before.kind not in ("item", "row"):
                builder.blank_line()
            builder.item(_item_sign(block, symbols), block.text)
    return JumpableText(builder.content(), tuple(stops))


def changes_text(changes: Sequence[ParagraphChange], width: int) -> JumpableText:
    """What changed, with one unchanged paragraph around each change and the rest counted.

    A sign stands before each changed paragraph: + new, - gone, ~ other words; the words themselves are underlined where
    they came and struck through where they went, so that colour is nowhere needed.
    """
    builder, stops = TextBuilder(width), []
    for index, run in enumerate(_changes_in_context(changes)):
        if isinstance(run, int):
            builder.blank_line()
            builder.paragraph(f"({run} paragraph{'' if run == 1 else 's'} unchanged)", "$muted")
            continue
        if index:
            builder.blank_line()
        for change in run:
            if change.kind != "same":
                stops.append(builder.next_line)
            sign, style = _CHANGE_SIGNS[change.kind]
            around = "bold" if change.block.kind == "heading" else "$muted" if change.kind == "same" else ""
            styles = {**_PIECE_STYLES, "same": around}
            builder.styled_item(sign, ((piece.text, styles[piece.kind]) for piece in change.pieces), sign_style=style)
            for link in change.links:
                builder.item(" ", link.sentence, style="$text-warning")
    return JumpableText(builder.content(), tuple(stops))


_CHANGE_SIGNS = {
    "same": (" ", "$muted"),
    "added": ("+", "bold $text-success"),
    "removed": ("-", "bold $text-error"),
    "changed": ("~", "bold $text-warning"),
}
_PIECE_STYLES = {"added": "underline bold $text-success", "removed": "strike $text-error"}


def edition_changes_text(changes: Sequence[EditionChange], width: int) -> JumpableText:
    """What another edition of the guidance would change, part by part: how it reads now, and how it would."""
    builder, stops = TextBuilder(width), []
    for part, run in groupby(changes, key=lambda change: change.part):
        builder.heading(str(part).capitalize())
        for change in run:
            builder.blank_line()
            stops.append(builder.next_line)
            sign, style = _CHANGE_SIGNS[change.kind]
            builder.item(sign, change.name, style="bold", sign_style=style)
            for aspect in change.aspects:
                if aspect.before:
                    builder.item(
                        "  -", f"{aspect.label}: {aspect.before}", style="$text-error", sign_style="$text-error"
                    )
                if aspect.after:
                    builder.item(
                        "  +", f"{aspect.label}: {aspect.after}", style="$text-success", sign_style="$text-success"
                    )
    return JumpableText(builder.content(), tuple(stops))


def _item_sign(block: PageBlock, symbols: Symbols) -> str:
    if block.kind != "item":
        return " "
    return "  " * max(0, block.level - 1) + (f"{block.number}." if block.number else symbols.bullet)


def _changes_in_context(changes: Iterable[ParagraphChange]) -> list[list[ParagraphChange] | int]:
    """Changes with a neighbour on each side, and between them how many paragraphs are left out."""
    every = list(changes)
    near = {at + step for at, change in enumerate(every) if change.kind != "same" for step in (-1, 0, 1)}
    runs: list[list[ParagraphChange] | int] = []
    for shown, run in groupby(range(len(every)), key=near.__contains__):
        members = [every[at] for at in run]
        runs.append(members if shown else len(members))
    return runs


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
