"""Watched pages, their changes, and letters with their placeholders marked, as lines to read."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from textual.content import Content

from metaoptout_tui.core.guidance.edition_changes import EditionChange
from metaoptout_tui.core.guidance.page_content import PageBlock, PageContent, ParagraphChange
from metaoptout_tui.core.language.formatting import format_number, labelled
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.letters.letters import Letter, LetterPiece, split_paragraphs
from metaoptout_tui.ui.terminal import Symbols
from metaoptout_tui.ui.text.builder import TextBuilder


class JumpableText(NamedTuple):
    """A text, and the numbers of its lines that begin a heading or a change."""

    content: Content
    jump_lines: tuple[int, ...]


def article_text(article: PageContent, symbols: Symbols, width: int) -> JumpableText:
    """The text of a page."""
    builder, jump_lines = TextBuilder(width), []
    for before, block in zip((None, *article.blocks), article.blocks, strict=False):
        if block.kind == "heading":
            if before is not None:
                builder.blank_line()
            jump_lines.append(builder.next_line)
            builder.paragraph(block.text, "bold $text-accent" if block.level <= 2 else "bold")
        elif block.kind == "paragraph":
            if before is not None:
                builder.blank_line()
            builder.paragraph(block.text)
        else:
            if before is not None and before.kind not in ("item", "row"):
                builder.blank_line()
            builder.item(_item_sign(block, symbols), block.text)
    return JumpableText(builder.content(), tuple(jump_lines))


def changes_text(changes: Sequence[ParagraphChange], width: int) -> JumpableText:
    """The changes, with one unchanged paragraph before and after each, and the number of the other paragraphs.

    A changed paragraph has a sign in front: + added, - removed, ~ changed. Added words are underlined and removed ones
    struck through, so that no change is marked by colour alone.
    """
    builder, jump_lines = TextBuilder(width), []
    for index, block in enumerate(_changes_in_context(changes)):
        if isinstance(block, int):
            builder.blank_line()
            words = ngettext("({count} paragraph unchanged)", "({count} paragraphs unchanged)", block)
            builder.paragraph(words.format(count=format_number(block)), "$muted")
            continue
        if index:
            builder.blank_line()
        for change in block:
            if change.kind != "same":
                jump_lines.append(builder.next_line)
            sign, style = _CHANGE_SIGNS[change.kind]
            unchanged_style = "bold" if change.block.kind == "heading" else "$muted" if change.kind == "same" else ""
            styles = {**_PIECE_STYLES, "same": unchanged_style}
            builder.styled_item(sign, ((piece.text, styles[piece.kind]) for piece in change.pieces), sign_style=style)
            for link in change.links:
                builder.item(" ", link.sentence, style="$text-warning")
    return JumpableText(builder.content(), tuple(jump_lines))


_CHANGE_SIGNS = {
    "same": (" ", "$muted"),
    "added": ("+", "bold $text-success"),
    "removed": ("-", "bold $text-error"),
    "changed": ("~", "bold $text-warning"),
}
_PIECE_STYLES = {"added": "underline bold $text-success", "removed": "strike $text-error"}


def edition_changes_text(changes: Sequence[EditionChange], width: int) -> JumpableText:
    """What another edition of the guidance would change, part by part, with the present and the new text."""
    builder, jump_lines = TextBuilder(width), []
    for part, changes_of_part in groupby(changes, key=lambda change: change.part):
        builder.heading(part.words)
        for change in changes_of_part:
            builder.blank_line()
            jump_lines.append(builder.next_line)
            sign, style = _CHANGE_SIGNS[change.kind]
            builder.item(sign, change.name, style="bold", sign_style=style)
            for aspect in change.aspects:
                if aspect.before:
                    builder.item(
                        "  -", labelled(aspect.label, aspect.before), style="$text-error", sign_style="$text-error"
                    )
                if aspect.after:
                    builder.item(
                        "  +", labelled(aspect.label, aspect.after), style="$text-success", sign_style="$text-success"
                    )
    return JumpableText(builder.content(), tuple(jump_lines))


def _item_sign(block: PageBlock, symbols: Symbols) -> str:
    if block.kind != "item":
        return " "
    return "  " * max(0, block.level - 1) + (f"{block.number}." if block.number else symbols.bullet)


def _changes_in_context(changes: Iterable[ParagraphChange]) -> list[list[ParagraphChange] | int]:
    """Blocks of changes with an unchanged paragraph on each side, and between them the number of those left out."""
    paragraphs = list(changes)
    shown = {
        index + offset for index, change in enumerate(paragraphs) if change.kind != "same" for offset in (-1, 0, 1)
    }
    blocks: list[list[ParagraphChange] | int] = []
    for is_shown, indexes in groupby(range(len(paragraphs)), key=shown.__contains__):
        block = [paragraphs[index] for index in indexes]
        blocks.append(block if is_shown else len(block))
    return blocks


PLACEHOLDER_STYLE = "bold underline $text-warning"
"""How a placeholder is marked: not by colour alone; it also stands in brackets."""


def letter_content(letter: Letter, width: int, *, above: str = "", below: str = "", with_head: bool = True) -> Content:
    """A letter to read: a note above, its head, subject and text with the placeholders marked, a note below."""
    builder = TextBuilder(width)
    if above:
        builder.paragraph(above)
        builder.blank_line()
    paragraphs = [(paragraph, "") for paragraph in split_paragraphs(letter.body)]
    paragraphs.insert(letter.head_paragraphs, (list(letter.subject), "bold"))
    if not with_head:
        del paragraphs[: letter.head_paragraphs]
    for index, (paragraph, style) in enumerate(paragraphs):
        if index:
            builder.blank_line()
        _add_pieces(builder, paragraph, style)
    if below:
        builder.blank_line()
        builder.paragraph(below, "$muted")
    return builder.content()


def _add_pieces(builder: TextBuilder, pieces: Iterable[LetterPiece], style: str) -> None:
    builder.styled_paragraph((piece.text, PLACEHOLDER_STYLE if piece.placeholder else style) for piece in pieces)
