"""What was fetched as lines to read, and what changed in it: plain text throughout, with the places a key can jump to."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from textual.content import Content

from metaoptout_tui.core.article import Article, Block
from metaoptout_tui.core.difference import Change
from metaoptout_tui.core.edition import EditionChange
from metaoptout_tui.ui.marks import Marks
from metaoptout_tui.ui.sheet import Sheet


class PageText(NamedTuple):
    """Lines, and the numbers of those that begin a heading or a change."""

    content: Content
    stops: tuple[int, ...]


def written(article: Article, marks: Marks, width: int) -> PageText:
    """The text of a page."""
    sheet, stops = Sheet(width), []
    for before, block in zip((None, *article.blocks), article.blocks, strict=False):
        if block.kind == "heading":
            if before is not None:
                sheet.blank()
            stops.append(sheet.line)
            sheet.paragraph(block.text, "bold $text-accent" if block.level <= 2 else "bold")
        elif block.kind == "paragraph":
            if before is not None:
                sheet.blank()
            sheet.paragraph(block.text)
        else:
            if before is not None and before.kind not in ("item", "row"):
                sheet.blank()
            sheet.item(_sign(block, marks), block.text)
    return PageText(sheet.content(), tuple(stops))


def compared(changes: Sequence[Change], width: int) -> PageText:
    """What changed, with one unchanged paragraph around each change and the rest counted.

    A sign stands before each changed paragraph: + new, - gone, ~ other words; the words themselves are underlined where
    they came and struck through where they went, so that colour is nowhere needed.
    """
    sheet, stops = Sheet(width), []
    for index, run in enumerate(_runs(changes)):
        if isinstance(run, int):
            sheet.blank()
            sheet.paragraph(f"({run} paragraph{'' if run == 1 else 's'} unchanged)", "$muted")
            continue
        if index:
            sheet.blank()
        for change in run:
            if change.kind != "same":
                stops.append(sheet.line)
            sign, style = _CHANGE_SIGNS[change.kind]
            around = "bold" if change.block.kind == "heading" else "$muted" if change.kind == "same" else ""
            styles = {**_PIECE_STYLES, "same": around}
            sheet.pieces(sign, ((piece.text, styles[piece.change]) for piece in change.pieces), sign_style=style)
            for link in change.links:
                sheet.item(" ", link.words, style="$text-warning")
    return PageText(sheet.content(), tuple(stops))


_CHANGE_SIGNS = {
    "same": (" ", "$muted"),
    "added": ("+", "bold $text-success"),
    "removed": ("-", "bold $text-error"),
    "changed": ("~", "bold $text-warning"),
}
_PIECE_STYLES = {"added": "underline bold $text-success", "removed": "strike $text-error"}


def offered(changes: Sequence[EditionChange], width: int) -> PageText:
    """What another edition of the guidance would change, part by part: how it reads now, and how it would."""
    sheet, stops = Sheet(width), []
    for part, run in groupby(changes, key=lambda change: change.part):
        sheet.heading(str(part).capitalize())
        for change in run:
            sheet.blank()
            stops.append(sheet.line)
            sign, style = _CHANGE_SIGNS[change.kind]
            sheet.item(sign, change.name, style="bold", sign_style=style)
            for aspect in change.aspects:
                if aspect.before:
                    sheet.item("  -", f"{aspect.label}: {aspect.before}", style="$text-error", sign_style="$text-error")
                if aspect.after:
                    sheet.item(
                        "  +", f"{aspect.label}: {aspect.after}", style="$text-success", sign_style="$text-success"
                    )
    return PageText(sheet.content(), tuple(stops))


def _sign(block: Block, marks: Marks) -> str:
    if block.kind != "item":
        return " "
    return "  " * max(0, block.level - 1) + (f"{block.number}." if block.number else marks.bullet)


def _runs(changes: Iterable[Change]) -> list[list[Change] | int]:
    """Changes with a neighbour on each side, and between them how many paragraphs are left out."""
    every = list(changes)
    near = {at + step for at, change in enumerate(every) if change.kind != "same" for step in (-1, 0, 1)}
    runs: list[list[Change] | int] = []
    for shown, run in groupby(range(len(every)), key=near.__contains__):
        members = [every[at] for at in run]
        runs.append(members if shown else len(members))
    return runs
