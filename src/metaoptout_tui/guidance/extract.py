"""The text of a fetched page: HTML in, plain blocks out, and nothing of what stands around them.

Meant for a thread: it takes time in proportion to the page, within bounds, and lets the rest of the program go on.
`resiliparse` is imported when the first page is read, and used for its encodings and its tree. Its own choice of the
main text is not: it leaves out lists of links and hidden panels, which here are the objection forms and the answers of
an accordion.
"""

import html
import re
from collections.abc import Iterator

from metaoptout_tui.core import text
from metaoptout_tui.core.article import LONGEST_BLOCK, Article, Block, Kind, Link, bounded
from metaoptout_tui.core.watch import Unreadable
from metaoptout_tui.guidance import addresses
from metaoptout_tui.guidance.clutter import reading_part
from metaoptout_tui.guidance.elements import Element, parsed, steps
from metaoptout_tui.guidance.markup import LARGEST, Markup, decoded, names, tamed

MOST_LINKS = 1_000
"""Addresses that are kept of one page."""

_LEAST_TEXT = 100
_LEAST_BESIDE_A_PASSWORD = 1_000
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = names("a br span time label")
_BETWEEN_CELLS = " | "

_DATE_LINE = 60
_UPDATED = re.compile(
    r"(?:(?:page |article )?(?:last |date )?(?:updated|modified|reviewed|published|changed)|stand|(?:zuletzt )?aktualisiert"
    r"|veröffentlicht|letzte änderung|dernière mise à jour|mise? à jour|publié|laatst (?:bijgewerkt|gewijzigd)|bijgewerkt"
    r"|gepubliceerd|aggiornato|ultimo aggiornamento|pubblicato|actualizado|última actualización|publicado)"
    r"(?: on| am| le| op| il| el| den| vom)?[\s:–-]*(?:\w+\.? )?[0-9]\S*(?: \S+){0,3}(?:,? (?:at|um|à|om|alle) \S+)?",
    re.IGNORECASE,
)
"""A line that tells nothing but the date of the page."""

_COPYRIGHT = re.compile(r"©|\bcopyright\b|\(c\) ?[0-9]{4}", re.IGNORECASE)
_DATE = re.compile(r"\b[0-9]{1,2}[./-] ?[0-9]{1,2}[./-] ?[0-9]{2,4}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


def article_of(data: bytes, *, charset: str = "", address: str = "", expect_text: str = "") -> Article | Unreadable:
    """The main text of the page in `data`, or why there is none. Raises nothing for whatever came.

    `charset` is what the header said, `address` where the page is, so that its links can be made whole. `expect_text`
    is a word, or several, that the text has to hold, in any case. The title is the page's first heading, which stands
    among the blocks too, or what the browser would show in its window.
    """
    if len(data) > LARGEST:
        return Unreadable(f"it is larger than {LARGEST >> 20} MB")
    markup = tamed(decoded(data, charset))
    if not markup.is_html:
        return Unreadable("it is not a web page" if data.strip() else "there is nothing on it")
    host = addresses.host(address)
    base = addresses.plain(html.unescape(markup.base), address) or address
    part = reading_part(parsed(markup.html, host if base == address else ""))
    blocks = bounded(_trimmed(list(_Reader(base).blocks(part)), host))
    return _fault(markup, blocks, expect_text) or Article(_title(markup, blocks), blocks)


def _fault(markup: Markup, blocks: tuple[Block, ...], expect_text: str) -> Unreadable | None:
    words = " ".join(block.text for block in blocks)
    size = sum(len(block.text) for block in blocks if block.kind != "heading")
    if markup.asks_password and size < _LEAST_BESIDE_A_PASSWORD:
        return Unreadable("it asks for a log-in first")
    if size < _LEAST_TEXT:
        return Unreadable(
            "it shows its text only to a browser that runs its scripts"
            if markup.has_scripts
            else "there is no text on it"
        )
    expected = _cleaned(expect_text).casefold()
    if expected and not re.search(rf"(?<!\w){re.escape(expected)}(?!\w)", words.casefold()):
        return Unreadable(f"the word “{_cleaned(expect_text)}” is not on it, so it is not the page that it was")
    return None


def _title(markup: Markup, blocks: tuple[Block, ...]) -> str:
    first = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    return text.line(first or _cleaned(html.unescape(markup.title)))


def _trimmed(blocks: list[Block], host: str) -> list[Block]:
    """The blocks from the title on, without those around it that lead on within the site, or tell the page's date."""
    characters = [0]
    for block in blocks:
        characters.append(characters[-1] + len(block.text))
    titles = (index for index, block in enumerate(blocks) if block.kind == "heading" and block.level == 1)
    start = next((index for index in titles if 2 * characters[index] < characters[-1]), 0)
    end = len(blocks)
    while start + 1 < end and _leads_back(blocks[start], host):
        start += 1
    while start + 1 < end and (_leads_on(blocks[end - 1], host) or _is_imprint(blocks[end - 2 : end])):
        end -= 1
    return [block for block in blocks[start:end] if not _is_date_of_page(block)]


def _is_date_of_page(block: Block) -> bool:
    return block.kind != "heading" and len(block.text) < _DATE_LINE and bool(_UPDATED.fullmatch(block.text))


def _leads_back(block: Block, host: str) -> bool:
    """Whether it tells the way to the page."""
    return block.kind != "heading" and bool(block.links) and len(block.text) < 2 * _DATE_LINE and _stays(block, host)


def _leads_on(block: Block, host: str) -> bool:
    """Whether a last block is a heading of nothing, or nothing but links within the site."""
    return block.kind == "heading" or (
        sum(len(link.label) for link in block.links) >= 0.8 * len(block.text) and _stays(block, host)
    )


def _stays(block: Block, host: str) -> bool:
    return all(addresses.host(link.url) == host for link in block.links)


def _is_imprint(last: list[Block]) -> bool:
    """Whether the last of two blocks says who made the page and when, rather than being the last row of a table."""
    before, block = last[0], last[-1]
    if len(block.text) > 4 * _DATE_LINE or (block.kind == "row" and before.kind == "row"):
        return False
    is_sentence = block.text.endswith((".", "!", "?", "”", "»"))
    return bool(
        _COPYRIGHT.search(block.text) or (not is_sentence and block.kind != "item" and _DATE.search(block.text))
    )


def _cleaned(value: str) -> str:
    """One line without tags; every kind of blank becomes a plain one, since nobody sees the difference."""
    return text.line(" ".join(value[: 4 * LONGEST_BLOCK].split()), LONGEST_BLOCK)


_BULLET = re.compile(r"[•▪◦‣●·]\s*")
_LONE_MARK = re.compile(r"(?:[•▪◦‣●·–-]|[0-9]{1,2}[.)])")


class _Reader:
    """Takes an element apart into blocks; `base` is what its links are relative to."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.words: list[str] = []
        self.links: list[Link] = []
        self.opened: list[tuple[str, int]] = []
        self.taken = 0
        self.breaks = 0
        self.after_link = False
        self.heading = 0
        self.level = 1
        self.lists: list[int | None] = []
        self.item_starts = False
        self.table: Element | None = None

    def blocks(self, part: Element) -> Iterator[Block]:
        """Every block in `part`, from top to bottom."""
        for step in steps(part):
            if step.what == "text":
                self._say(step.text)
            elif step.what == "enter":
                yield from self._enter(step.element)
            else:
                yield from self._leave(step.element)
        yield from self._flush()

    def _enter(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag == "a":
            if self.after_link:
                self._say(" ")
            self.opened.append((element.attributes.get("href", ""), len(self.words)))
        elif self.table and tag not in _INLINE:
            self.words.append(" ")
            if tag == "tr":
                yield from self._flush()
            elif tag in {"td", "th"} and len(self.words) > 1:
                self.words.append(_BETWEEN_CELLS)
        elif tag == "br":
            self.breaks += 1
            if self.breaks > 1:
                yield from self._flush()
            self.words.append(" ")
        elif tag not in _INLINE or _is_title(element):
            yield from self._flush()
            self._open(element)

    def _say(self, said: str) -> None:
        self.words.append(said)
        self.after_link = False
        if not said.isspace():
            self.breaks = 0

    def _open(self, element: Element) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self.heading = self.level = _HEADINGS[tag]
        elif _is_title(element) and not self.heading:
            self.heading = min(self.level + 1, 6)
        elif tag in {"ul", "ol"}:
            self.lists.append(_first_number(element))
        elif tag == "li":
            self.item_starts = True
        elif tag == "table" and _is_data(element):
            self.table = element

    def _leave(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag == "a":
            self._link(element)
            self.after_link = True
        elif element is self.table:
            yield from self._flush()
            self.table = None
        elif self.table and tag not in _INLINE:
            self.words.append(" ")
        elif tag not in _INLINE or _is_title(element):
            yield from self._flush()
            if tag in _HEADINGS or _is_title(element):
                self.heading = 0
            elif tag in {"ul", "ol"} and self.lists:
                self.lists.pop()

    def _link(self, element: Element) -> None:
        if self.opened:
            href, start = self.opened.pop()
            self._take(href, "".join(self.words[start:]) or element.attributes.get("aria-label", ""))

    def _take(self, href: str, label: str) -> None:
        label, url = text.line(_cleaned(label)), addresses.plain(href, self.base)
        if url and label and self.taken < MOST_LINKS:
            self.taken += 1
            self.links.append(Link(label, url))

    def _flush(self) -> Iterator[Block]:
        said = _cleaned("".join(self.words))
        if _LONE_MARK.fullmatch(said):  # it belongs to what follows
            self.words[:] = [said, " "]
            return
        for href, start in self.opened:  # a link around several blocks is in each of them
            self._take(href, "".join(self.words[start:]))
        self.opened = [(href, 0) for href, _ in self.opened]
        links = tuple(self.links)
        self.words.clear()
        self.links.clear()
        if said.strip("|· "):
            kind, level = self._kind()
            if kind == "paragraph" and (bullet := _BULLET.match(said)):
                kind, level, said = "item", 1, said[bullet.end() :]
            number = self._number() if kind == "item" else 0
            yield Block(kind, said, level, links, number)

    def _kind(self) -> tuple[Kind, int]:
        if self.heading:
            level, self.heading = self.heading, 0
            return "heading", level
        if self.table:
            return "row", 0
        if self.lists and self.item_starts:
            return "item", len(self.lists)
        return "paragraph", 0

    def _number(self) -> int:
        if not self.lists:
            return 0
        self.item_starts = False
        number = self.lists[-1]
        if number is None:
            return 0
        self.lists[-1] = number + 1
        return number


def _first_number(of: Element) -> int | None:
    """The number of the first item of a list, where it counts them."""
    if of.tag == "ul":
        return None
    start = of.attributes.get("start", "").strip()
    return int(start) if re.fullmatch("[0-9]{1,3}", start) else 1


def _is_title(element: Element) -> bool:
    """Whether it is the title of a part that unfolds."""
    return element.tag == "summary" or element.unfolds


def _is_data(table: Element) -> bool:
    """Whether a table holds facts in rows, rather than laying out the page."""
    return table.tally.tables == 1 and not table.tally.laid_out
