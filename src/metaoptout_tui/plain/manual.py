"""Reads the manual aloud, chapter by chapter: each block as a statement."""

from collections.abc import Iterator

from metaoptout_tui.app.manual import chapter_titles, manual_page
from metaoptout_tui.core.language.formatting import format_clauses, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.manual_page import ManualBlock
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.typed_words import typed_word


def read_manual(context: PlainContext) -> None:
    """Offer the chapters of the manual and tell the chosen one, until the person goes back."""
    while True:
        options = list(chapter_titles().items())
        chapter = context.dialogue.choose(
            _("Which chapter? Type {back} when you are done.").format(back=typed_word("back")), options
        )
        context.dialogue.say_part()
        for block in manual_page(chapter).blocks:
            _tell_block(context, block)


def _tell_block(context: PlainContext, block: ManualBlock) -> None:
    match block.kind:
        case "heading":
            context.dialogue.say_part(f"{block.plain_text}.")
        case "item" if block.number:
            context.say(f"{block.number}. {block.plain_text}")
        case "table":
            context.say(*_row_sentences(block))
        case "code":
            context.dialogue.say_copyable(block.plain_text)
        case "picture":
            context.say(_("A picture: {shown}.").format(shown=block.plain_text))
        case _:
            context.say(block.plain_text)


def _row_sentences(block: ManualBlock) -> Iterator[str]:
    """Each row of a table: what stands in each column, after the column's name."""
    head, *rows = (["".join(piece.text for piece in cell) for cell in row] for row in block.rows)
    for row in rows:
        yield format_clauses(labelled(name, words) if name else words for name, words in zip(head, row, strict=False))
