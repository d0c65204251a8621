"""A chapter of the manual, read from its Markdown and laid out in lines of a width.

Only what the manual uses is read: headings, paragraphs, lists without lists in them, tables, blocks of code, pictures on
a line of their own; within a text code, strong words and links.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from metaoptout_tui.core.language.formatting import labelled, quoted

PieceStyle = Literal["", "code", "strong", "heading"]
BlockKind = Literal["heading", "paragraph", "item", "table", "code", "picture"]


class TextPiece(NamedTuple):
    """Some characters of a line, and how they are shown."""

    text: str
    style: PieceStyle = ""


StyledText = tuple[TextPiece, ...]
TableRow = tuple[StyledText, ...]


class ManualBlock(NamedTuple):
    """One block of a chapter.

    `text` is that of a heading, a paragraph, an item, a picture (what it shows) or a block of code, with its line ends.
    `level` is that of a heading, `number` that of an item in a numbered list, else 0. The first of the `rows` of a table
    is its head.
    """

    kind: BlockKind
    text: StyledText = ()
    level: int = 0
    number: int = 0
    rows: tuple[TableRow, ...] = ()

    @property
    def plain_text(self) -> str:
        """All its words, with a blank between the cells of a table."""
        texts = [self.text, *(cell for row in self.rows for cell in row)]
        return " ".join(filter(None, ("".join(piece.text for piece in text) for text in texts)))


class ManualPage(NamedTuple):
    """A chapter: its title and its blocks, of which the first is the heading with the title."""

    title: str
    blocks: tuple[ManualBlock, ...]

    def heading_above(self, block_number: int) -> str:
        """The nearest heading at or above a block, by its number from 0."""
        return next(block.plain_text for block in reversed(self.blocks[: block_number + 1]) if block.kind == "heading")


_ITEM = re.compile(r"(?:- |(\d+)\. )(.*)")
_HEADING = re.compile(r"(#+) (.*)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_FENCE = "```"
_INLINE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]*)\]\(([^)]*)\)")
_CHAPTER_ADDRESS = re.compile(r"[\w-]+\.md")
_CELL_END = re.compile(r"(?<!\\)\|")


def parse_manual_page(markdown: str) -> ManualPage:
    """Read a chapter, which begins with a heading."""
    blocks = tuple(_blocks(markdown.splitlines()))
    return ManualPage(blocks[0].plain_text, blocks)


def title_of_manual_page(markdown: str) -> str:
    """The title of a chapter, without reading the rest of it."""
    return markdown.partition("\n")[0].removeprefix("# ")


def _blocks(lines: Sequence[str]) -> Iterator[ManualBlock]:
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if line.startswith(_FENCE):
            end = lines.index(_FENCE, number)
            yield ManualBlock("code", (TextPiece("\n".join(lines[number:end]), "code"),))
            number = end + 1
        elif match := _HEADING.fullmatch(line):
            yield ManualBlock("heading", _pieces(match[2]), level=len(match[1]))
        elif match := _PICTURE.fullmatch(line):
            yield ManualBlock("picture", (TextPiece(match[1]),))
        elif line.startswith("|"):
            end = _end_of(lines, number, lambda each: each.startswith("|"))
            head, _, *rows = lines[number - 1 : end]
            yield ManualBlock("table", rows=tuple(_cells(row) for row in (head, *rows)))
            number = end
        elif match := _ITEM.fullmatch(line):
            end = _end_of(lines, number, lambda each: each.startswith("  "))
            words = " ".join([match[2], *(each.strip() for each in lines[number:end])])
            yield ManualBlock("item", _pieces(words), number=int(match[1] or 0))
            number = end
        elif line:
            end = _end_of(lines, number, lambda each: bool(each) and not each.startswith(("|", "- ", "#", _FENCE)))
            yield ManualBlock("paragraph", _pieces(" ".join(lines[number - 1 : end])))
            number = end


def _end_of(lines: Sequence[str], start: int, belongs: Callable[[str], bool]) -> int:
    """The number of the first line from `start` on that does not belong to a block."""
    return next((number for number in range(start, len(lines)) if not belongs(lines[number])), len(lines))


def _cells(row: str) -> TableRow:
    cells = _CELL_END.split(row.strip().removeprefix("|").removesuffix("|"))
    return tuple(_pieces(cell.replace("\\|", "|").strip()) for cell in cells)


def _pieces(words: str) -> StyledText:
    """The pieces of a text; a link is the words that lead there, in quotation marks where they are the title of a chapter."""
    pieces: list[TextPiece] = []
    end = 0
    for match in _INLINE.finditer(words):
        code, strong, link_words, address = match.groups()
        pieces.append(TextPiece(words[end : match.start()]))
        if code or strong:
            pieces.append(TextPiece(code, "code") if code else TextPiece(strong, "strong"))
        else:
            pieces.append(TextPiece(quoted(link_words) if _CHAPTER_ADDRESS.fullmatch(address) else link_words))
        end = match.end()
    return tuple(piece for piece in (*pieces, TextPiece(words[end:])) if piece.text)


class LaidOutPage(NamedTuple):
    """The lines of a chapter, and the line of each block by its number, both from 0."""

    lines: tuple[StyledText, ...]
    block_lines: tuple[int, ...]

    @property
    def plain_text(self) -> str:
        """All lines as text."""
        return "\n".join("".join(piece.text for piece in line) for line in self.lines)


_MIN_WIDTH = 24
_INDENT = "  "
_MAX_UNBROKEN_CODE = 36
_GAP = "  "
_MAX_SHARE_OF_FIRST_COLUMN = 0.45


def lay_out_page(page: ManualPage, width: int, *, code_quote: str = "", is_code_whole: bool = False) -> LaidOutPage:
    """The lines of a chapter, none wider than `width` columns. `code_quote` stands around code within a text.

    Where `is_code_whole`, no command is broken, so that it can be copied; its line may then be wider.
    A table of two columns keeps them where the first one is narrow; of any other, each row becomes lines below one another.
    """
    page_layout = _PageLayout(max(_MIN_WIDTH, width), code_quote, is_code_whole=is_code_whole)
    before: ManualBlock | None = None
    for block in page.blocks:
        page_layout.add_block(block, is_after_item=before is not None and before.kind == "item")
        before = block
    while page_layout.lines and not page_layout.lines[-1]:
        page_layout.lines.pop()
    return LaidOutPage(tuple(page_layout.lines), tuple(page_layout.block_lines))


class _PageLayout:
    """Collects the lines of a chapter, block by block."""

    def __init__(self, width: int, code_quote: str, *, is_code_whole: bool) -> None:
        self.lines: list[StyledText] = []
        self.block_lines: list[int] = []
        self._width = width
        self._code_quote = code_quote
        self._is_code_whole = is_code_whole

    def add_block(self, block: ManualBlock, *, is_after_item: bool) -> None:
        """Add a block, with a blank line before it but for an item after another one; a picture is left out."""
        if self.lines and block.kind != "picture" and not (is_after_item and block.kind == "item"):
            self.lines.append(())
        self.block_lines.append(len(self.lines))
        match block.kind:
            case "heading":
                text = tuple(TextPiece(piece.text, "heading") for piece in block.text)
                self._add_text(text)
            case "paragraph":
                self._add_text(block.text)
            case "item":
                sign = f"{block.number}. " if block.number else "- "
                self._add_text(block.text, sign, " " * len(sign))
            case "code":
                self._add_code(block.text[0].text)
            case "table":
                self._add_table(block.rows)

    def _add_text(self, text: StyledText, first: str = "", indent: str = "") -> None:
        self.lines.extend(self._wrap(text, first, indent))

    def _add_code(self, code: str) -> None:
        room = max(map(len, code.split("\n"))) + 1 if self._is_code_whole else self._width - len(_INDENT)
        for line in code.split("\n"):
            parts = [line[start : start + room] for start in range(0, len(line), room)] or [""]
            self.lines.extend((TextPiece(_INDENT), TextPiece(part, "code")) if part else () for part in parts)

    def _add_table(self, rows: Sequence[TableRow]) -> None:
        head, *body = rows
        column = max(len(self._quoted(row[0])) for row in rows)
        if len(head) == 2 and column <= max(_MIN_WIDTH // 2, int(self._width * _MAX_SHARE_OF_FIRST_COLUMN)):
            self._add_two_columns([_strong_row(head), *body], column + len(_GAP))
            return
        for number, (first, *others) in enumerate(body):
            if number and len(head) > 2:
                self.lines.append(())
            self._add_text(_strong(first))
            for name, cell in zip(head[1:], others, strict=True):
                label = () if len(head) == 2 else (TextPiece(f"{labelled(_plain(name))} "),)
                if cell:
                    self._add_text((*label, *cell), _INDENT, _INDENT)

    def _add_two_columns(self, rows: Iterable[TableRow], column: int) -> None:
        for first, second in rows:
            lines = list(self._wrap(second, "", "", self._width - column)) or [()]
            room = column - len(self._quoted(first))
            [first_line] = self._wrap(first, "", "") or [()]
            self.lines.append((*first_line, *((TextPiece(" " * room), *lines[0]) if lines[0] else ())))
            self.lines.extend((TextPiece(" " * column), *line) for line in lines[1:])

    def _quoted(self, text: StyledText) -> str:
        """The characters of a text as they are shown."""
        quote = self._code_quote
        return "".join(f"{quote}{piece.text}{quote}" if piece.style == "code" else piece.text for piece in text)

    def _wrap(self, text: StyledText, first: str, indent: str, width: int = 0) -> list[StyledText]:
        """The lines of a text, the first one behind `first`, the others behind `indent`."""
        room = (width or self._width) - len(indent)
        lines: list[list[TextPiece]] = []
        length = room + 1
        for word in self._words(text, room):
            word_length = sum(len(piece.text) for piece in word)
            if length + 1 + word_length > room:
                lines.append([])
                length = -1
            if length >= 0:
                is_within_code = word[0].style and lines[-1][-1].style == word[0].style
                lines[-1].append(TextPiece(" ", word[0].style if is_within_code else ""))
            lines[-1].extend(word)
            length += 1 + word_length
        starts = (first, *(indent for _ in lines[1:]))
        return [(*_sign(start), *_joined(line)) for start, line in zip(starts, lines, strict=False)]

    def _words(self, text: StyledText, room: int) -> Iterator[list[TextPiece]]:
        """The words at whose ends a line may end; short code is one word, and a word wider than the room is cut."""
        word: list[TextPiece] = []
        for piece in text:
            quote = self._code_quote if piece.style == "code" else ""
            shown = f"{quote}{piece.text}{quote}"
            is_short = len(shown) <= min(_MAX_UNBROKEN_CODE, room)
            is_unbroken = piece.style == "code" and (is_short or self._is_code_whole)
            for number, part in enumerate([shown] if is_unbroken else shown.split(" ")):
                if number and word:
                    yield from self._cut_unless_code(word, room)
                    word = []
                if part:
                    word.append(TextPiece(part, piece.style))
        if word:
            yield from self._cut_unless_code(word, room)

    def _cut_unless_code(self, word: list[TextPiece], room: int) -> Iterator[list[TextPiece]]:
        if self._is_code_whole and any(piece.style == "code" for piece in word):
            yield word
        else:
            yield from _cut(word, room)


def _cut(word: list[TextPiece], room: int) -> Iterator[list[TextPiece]]:
    """A word, or where it is wider than the room, parts of it."""
    if sum(len(piece.text) for piece in word) <= room:
        yield word
        return
    part: list[TextPiece] = []
    left = room
    for piece in word:
        for start in range(len(piece.text)):
            if not left:
                yield list(_joined(part))
                part, left = [], room
            part.append(TextPiece(piece.text[start], piece.style))
            left -= 1
    yield list(_joined(part))


def _sign(start: str) -> StyledText:
    return (TextPiece(start),) if start else ()


def _joined(line: Sequence[TextPiece]) -> Iterator[TextPiece]:
    """The pieces of a line, those of one style that follow one another as one."""
    joined: list[TextPiece] = []
    for piece in line:
        if joined and joined[-1].style == piece.style:
            joined[-1] = TextPiece(joined[-1].text + piece.text, piece.style)
        else:
            joined.append(piece)
    return iter(joined)


def _plain(text: StyledText) -> str:
    return "".join(piece.text for piece in text)


def _strong(text: StyledText) -> StyledText:
    return tuple(piece if piece.style else TextPiece(piece.text, "strong") for piece in text)


def _strong_row(row: TableRow) -> TableRow:
    return tuple(_strong(cell) for cell in row)
