"""Extracts the text of a fetched web page: HTML in, plain blocks with normalized links out.

Meant for a worker thread: it takes time linear in the page's size. `resiliparse` is imported when the first page is
read, for its encodings and its parser only: its own choice of the main text drops lists of links and hidden panels,
which here are the objection forms and the answers of an accordion.
"""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from metaoptout_tui.core import text
from metaoptout_tui.core.guidance.page_check_results import PageUnreadable
from metaoptout_tui.core.guidance.page_content import (
    MAX_BLOCK_CHARACTERS,
    MAX_LINK_LENGTH,
    MAX_LINKS,
    BlockKind,
    PageBlock,
    PageContent,
    PageLink,
    limit_blocks,
)
from metaoptout_tui.core.guidance.page_faults import LARGER_THAN_MB, WORD_MISSING
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.guidance.boilerplate import find_main_content
from metaoptout_tui.guidance.fetch_requests import MAX_PAGE_BYTES
from metaoptout_tui.guidance.gate_pages import why_gate
from metaoptout_tui.guidance.page_parser import ParsedPage, decode_html, parse_page, word_set
from metaoptout_tui.guidance.page_tree import PageElement

_TRACKING_PARAMETER = re.compile(
    r"(?:utm_|pk_|mtm_|mc_|wt_|at_|hsa_|_hs|vero_|oly_).*|(?:fb|g|d|ms|y|tt|tw|li_fat_|igsh|wbra|gbra)(?:cl)?id"
    r"|igsh|ref_src|_ga|_gl|xtor|wtmc|jsessionid|phpsessid|sessionid|sid",
    re.IGNORECASE,
)
_URL_WITHOUT_HOST = re.compile(r"https?:(?!//[^/?#])", re.IGNORECASE)
_PLAIN_URL = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]+/(?:[a-zA-Z0-9_~-]+(?:[./][a-zA-Z0-9_~-]+)*+/?)?")
"""An address that is as it should be."""
_ABSOLUTE_URL = re.compile(r"https?://")
_SESSION_ID = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_UNESCAPED = "%/:=&?~+!$,;'@()*[]"


def normalize_url(address: str, base: str) -> str:
    """The absolute http or https address of a link on the page at `base`; empty where it is not usable.

    Without its fragment, session and tracking parameters, its host in lower case and ASCII, everything else escaped.
    An address with a user name is refused: no honest page has one, and it can be mistaken for another host.
    """
    address = address.strip()
    if len(address) <= MAX_LINK_LENGTH and _PLAIN_URL.fullmatch(address):
        return address
    if not address or len(address) > MAX_LINK_LENGTH or address.startswith("#") or _URL_WITHOUT_HOST.match(address):
        return ""
    try:
        parts = urlsplit(address if _ABSOLUTE_URL.match(address) else urljoin(base, address))
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            return ""
        host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:  # UnicodeError is one
        return ""
    query = "&".join(
        parameter
        for parameter in parts.query.split("&")
        if parameter and not _TRACKING_PARAMETER.fullmatch(parameter.partition("=")[0])
    )
    path = quote(_SESSION_ID.sub("", parts.path) or "/", safe=_UNESCAPED)
    url = urlunsplit((parts.scheme, f"{host}{port}", path, quote(query, safe=_UNESCAPED), ""))
    return url if len(url) <= MAX_LINK_LENGTH and text.clean_line(url, MAX_LINK_LENGTH) == url else ""


def host_of(address: str) -> str:
    """The host of an absolute address, without `www.`."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


_MIN_TEXT_CHARS = 100
_MIN_TEXT_CHARS_BESIDE_LOGIN = 1_000
_BLOCKS_OF_BEGINNING = 3
_HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}
_LAYOUT_TAGS = word_set("table h1 h2 h3 h4 h5 h6 ul ol div")
_INLINE_TAGS = word_set("a br span time label")
_CELL_SEPARATOR = " | "

_MAX_DATE_LINE_CHARS = 60
_UPDATED_LINE = re.compile(
    r"(?:(?:page |article )?(?:last |date )?(?:updated|modified|reviewed|published|changed)|stand|(?:zuletzt )?aktualisiert"
    r"|veröffentlicht|letzte änderung|dernière mise à jour|mise? à jour|publié|laatst (?:bijgewerkt|gewijzigd)|bijgewerkt"
    r"|gepubliceerd|aggiornato|ultimo aggiornamento|pubblicato|actualizado|última actualización|publicado)"
    r"(?: on| am| le| op| il| el| den| vom)?[\s:–-]*(?:\w+\.? )?[0-9]\S*(?: \S+){0,3}(?:,? (?:at|um|à|om|alle) \S+)?",
    re.IGNORECASE,
)
"""A line that only gives the date of the page."""

_COPYRIGHT = re.compile(r"©|\bcopyright\b|\(c\) ?[0-9]{4}", re.IGNORECASE)
_NUMERIC_DATE = re.compile(r"\b[0-9]{1,2}[./-] ?[0-9]{1,2}[./-] ?[0-9]{2,4}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


def extract_page_content(
    data: bytes, *, charset: str = "", address: str = "", expect_text: str = ""
) -> PageContent | PageUnreadable:
    """The main text of the page in `data`, or why there is none. Never raises.

    `charset` comes from the HTTP header; `address` is that of the page, to resolve its links; `expect_text` must
    occur in the text, in any letter case. The title is the page's first heading, which is among the blocks too, or
    its `<title>`.
    """
    if len(data) > MAX_PAGE_BYTES:
        return PageUnreadable(LARGER_THAN_MB.format(size=MAX_PAGE_BYTES >> 20))
    page = parse_page(decode_html(data, charset))
    if not page.is_html or page.body is None:
        return PageUnreadable(mark("it is not a web page") if data.strip() else mark("there is nothing on it"))
    host = host_of(address)
    base = normalize_url(page.base_url, address) or address
    part = find_main_content(page.body, host if base == address else "")
    blocks = limit_blocks(_trim_blocks(_BlockBuilder(base).blocks(part), host))
    return _why_unreadable(page, blocks, expect_text) or PageContent(_page_title(page, blocks), blocks)


def _why_unreadable(page: ParsedPage, blocks: tuple[PageBlock, ...], expect_text: str) -> PageUnreadable | None:
    size = sum(len(block.text) for block in blocks if block.kind != "heading")
    if size < _MIN_TEXT_CHARS_BESIDE_LOGIN and page.asks_password:
        return PageUnreadable(mark("it asks for a log-in first"))
    if why := why_gate((page.title, *(block.text for block in blocks[:_BLOCKS_OF_BEGINNING])), size):
        return PageUnreadable(why)
    if size < _MIN_TEXT_CHARS:
        return PageUnreadable(
            mark("it shows its text only to a browser that runs its scripts")
            if page.has_scripts
            else mark("there is no text on it")
        )
    expected = _clean_line(expect_text).casefold()
    words = " ".join(block.text for block in blocks).casefold() if expected else ""
    if expected and not re.search(rf"(?<!\w){re.escape(expected)}(?!\w)", words):
        return PageUnreadable(WORD_MISSING.format(word=_clean_line(expect_text)))
    return None


def _page_title(page: ParsedPage, blocks: tuple[PageBlock, ...]) -> str:
    first = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    return text.clean_line(first or _clean_line(page.title))


def _trim_blocks(blocks: list[PageBlock], host: str) -> list[PageBlock]:
    """The blocks from the title on, without breadcrumbs, trailing navigation, imprint and the page's date."""
    characters = [0]
    for block in blocks:
        characters.append(characters[-1] + len(block.text))
    titles = (index for index, block in enumerate(blocks) if block.kind == "heading" and block.level == 1)
    start = next((index for index in titles if 2 * characters[index] < characters[-1]), 0)
    end = len(blocks)
    while start + 1 < end and _is_breadcrumb(blocks[start], host):
        start += 1
    while start + 1 < end and (_is_trailing_navigation(blocks[end - 1], host) or _is_imprint(blocks[end - 2 : end])):
        end -= 1
    return [block for block in blocks[start:end] if not _is_page_date(block)]


def _is_page_date(block: PageBlock) -> bool:
    return (
        block.kind != "heading" and len(block.text) < _MAX_DATE_LINE_CHARS and bool(_UPDATED_LINE.fullmatch(block.text))
    )


def _is_breadcrumb(block: PageBlock, host: str) -> bool:
    """Whether it shows the path to the page within the site."""
    return (
        block.kind != "heading"
        and bool(block.links)
        and len(block.text) < 2 * _MAX_DATE_LINE_CHARS
        and _links_stay_on_site(block, host)
    )


def _is_trailing_navigation(block: PageBlock, host: str) -> bool:
    """Whether the last block is a heading without text, or only links within the site."""
    return block.kind == "heading" or (
        sum(len(link.label) for link in block.links) >= 0.8 * len(block.text) and _links_stay_on_site(block, host)
    )


def _links_stay_on_site(block: PageBlock, host: str) -> bool:
    return all(host_of(link.url) == host for link in block.links)


def _is_imprint(last_two: list[PageBlock]) -> bool:
    """Whether the last block says who published the page and when, rather than being the last row of a table."""
    before, block = last_two[0], last_two[-1]
    if len(block.text) > 4 * _MAX_DATE_LINE_CHARS or (block.kind == "row" and before.kind == "row"):
        return False
    is_sentence = block.text.endswith((".", "!", "?", "”", "»"))
    return bool(
        _COPYRIGHT.search(block.text) or (not is_sentence and block.kind != "item" and _NUMERIC_DATE.search(block.text))
    )


def _clean_line(value: str) -> str:
    """One line without tags, with every kind of blank made a plain one."""
    return text.clean_line(" ".join(value[: 4 * MAX_BLOCK_CHARACTERS].split()), MAX_BLOCK_CHARACTERS)


_BULLET = re.compile(r"[•▪◦‣●·]\s*")
_LONE_BULLET = re.compile(r"(?:[•▪◦‣●·–-]|[0-9]{1,2}[.)])")


class _BlockBuilder:
    """Splits an element into blocks; its links are relative to `base_url`."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.found: list[PageBlock] = []
        self.text_parts: list[str] = []
        self.links: list[PageLink] = []
        self.open_links: list[tuple[str, int]] = []
        self.link_count = 0
        self.line_breaks = 0
        self.is_after_link = False
        self.heading_level = 0
        self.last_heading_level = 1
        self.list_counters: list[int | None] = []
        self.is_item_start = False
        self.data_table: PageElement | None = None

    def blocks(self, part: PageElement) -> list[PageBlock]:
        """Every block in `part`, from top to bottom; without recursion, since pages nest deeply."""
        entered = [(part, iter(part.content))]
        while entered:
            element, remaining = entered[-1]
            for child in remaining:
                if isinstance(child, str):
                    self._add_text(child)
                elif not child.is_excluded:
                    self._enter_element(child)
                    entered.append((child, iter(child.content)))
                    break
            else:
                entered.pop()
                self._leave_element(element)
        self._flush_block()
        return self.found

    def _enter_element(self, element: PageElement) -> None:
        tag = element.tag
        if tag == "a":
            if self.is_after_link:
                self._add_text(" ")
            self.open_links.append((element.attributes.get("href", ""), len(self.text_parts)))
        elif self.data_table and tag not in _INLINE_TAGS:
            self.text_parts.append(" ")
            if tag == "tr":
                self._flush_block()
            elif tag in {"td", "th"} and len(self.text_parts) > 1:
                self.text_parts.append(_CELL_SEPARATOR)
        elif tag == "br":
            self.line_breaks += 1
            if self.line_breaks > 1:
                self._flush_block()
            self.text_parts.append(" ")
        elif tag not in _INLINE_TAGS or _is_disclosure_title(element):
            self._flush_block()
            self._open_block(element)

    def _add_text(self, part: str) -> None:
        self.is_after_link = False
        if not part.isspace():
            self.line_breaks = 0
        elif not self.text_parts:
            return
        self.text_parts.append(part)

    def _open_block(self, element: PageElement) -> None:
        tag = element.tag
        if tag in _HEADING_LEVELS:
            self.heading_level = self.last_heading_level = _HEADING_LEVELS[tag]
        elif _is_disclosure_title(element) and not self.heading_level:
            self.heading_level = min(self.last_heading_level + 1, 6)
        elif tag in {"ul", "ol"}:
            self.list_counters.append(_first_item_number(element))
        elif tag == "li":
            self.is_item_start = True
        elif tag == "table" and _is_data_table(element):
            self.data_table = element

    def _leave_element(self, element: PageElement) -> None:
        tag = element.tag
        if tag == "a":
            self._close_link(element)
            self.is_after_link = True
        elif element is self.data_table:
            self._flush_block()
            self.data_table = None
        elif self.data_table and tag not in _INLINE_TAGS:
            self.text_parts.append(" ")
        elif tag not in _INLINE_TAGS or _is_disclosure_title(element):
            self._flush_block()
            if tag in _HEADING_LEVELS or _is_disclosure_title(element):
                self.heading_level = 0
            elif tag in {"ul", "ol"} and self.list_counters:
                self.list_counters.pop()

    def _close_link(self, element: PageElement) -> None:
        if self.open_links:
            href, start = self.open_links.pop()
            self._add_link(href, "".join(self.text_parts[start:]) or element.attributes.get("aria-label", ""))

    def _add_link(self, href: str, label: str) -> None:
        label = text.clean_line(" ".join(label[: 4 * MAX_BLOCK_CHARACTERS].split()))
        url = normalize_url(href, self.base_url)
        if url and label and self.link_count < MAX_LINKS:
            self.link_count += 1
            self.links.append(PageLink(label, url))

    def _flush_block(self) -> None:
        if not self.text_parts:
            self.links.clear()
            return
        block_text = _clean_line("".join(self.text_parts))
        if _LONE_BULLET.fullmatch(block_text):  # it belongs to what follows
            self.text_parts[:] = [block_text, " "]
            return
        for href, start in self.open_links:  # a link around several blocks is in each of them
            self._add_link(href, "".join(self.text_parts[start:]))
        self.open_links = [(href, 0) for href, _ in self.open_links]
        links = tuple(self.links)
        self.text_parts.clear()
        self.links.clear()
        if block_text.strip("|· "):
            kind, level = self._block_kind()
            if kind == "paragraph" and (bullet := _BULLET.match(block_text)):
                kind, level, block_text = "item", 1, block_text[bullet.end() :]
            number = self._item_number() if kind == "item" else 0
            self.found.append(PageBlock(kind, block_text, level, links, number))

    def _block_kind(self) -> tuple[BlockKind, int]:
        if self.heading_level:
            level, self.heading_level = self.heading_level, 0
            return "heading", level
        if self.data_table:
            return "row", 0
        if self.list_counters and self.is_item_start:
            return "item", len(self.list_counters)
        return "paragraph", 0

    def _item_number(self) -> int:
        if not self.list_counters:
            return 0
        self.is_item_start = False
        number = self.list_counters[-1]
        if number is None:
            return 0
        self.list_counters[-1] = number + 1
        return number


def _first_item_number(items: PageElement) -> int | None:
    """The number of the first item of a list; None for an unnumbered list."""
    if items.tag == "ul":
        return None
    start = items.attributes.get("start", "").strip()
    return int(start) if re.fullmatch("[0-9]{1,3}", start) else 1


def _is_disclosure_title(element: PageElement) -> bool:
    """Whether it is the title of a part that can be unfolded."""
    return element.tag == "summary" or element.is_disclosure_button


def _is_data_table(table: PageElement) -> bool:
    """Whether a table holds data rather than the layout of the page."""
    waiting = table.children
    for element in waiting:
        if element.tag in _LAYOUT_TAGS:
            return False
        waiting += element.children
    return True
