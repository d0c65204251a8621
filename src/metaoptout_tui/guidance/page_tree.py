"""Parses sanitized HTML into a tree of plain elements, each with counts of its content.

The rules in `boilerplate` use these counts of characters, links, headings and buttons.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Literal, NamedTuple

from metaoptout_tui.guidance.html_sanitizer import word_set

_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

SUBHEADINGS = word_set("h2 h3 h4 h5 h6")
"""Headings of sections; the heading of the page is its `h1`."""

_LAYOUT_TAGS = frozenset({"h1", *SUBHEADINGS, "ul", "ol", "div"})


@lru_cache(maxsize=1_000)
def _name_words(names: str) -> frozenset[str]:
    return frozenset(part.lower() for part in _NAME_PARTS.findall(names))


@dataclass(slots=True)
class ElementCounts:
    """Counts of the characters and elements within an element.

    `titles` are `h1`, `headings` the others, and `linked_headings` those that are mostly a link to another page of
    the site. `fragment_links` lead to a place on the same page, `action_buttons` do not unfold a part of the text,
    `text_elements` are paragraphs, items and rows, and `layout_elements` are those that no table of data contains.
    """

    chars: int = 0
    linked_chars: int = 0
    paragraph_chars: int = 0
    titles: int = 0
    headings: int = 0
    linked_headings: int = 0
    links: int = 0
    fragment_links: int = 0
    site_links: int = 0
    external_links: int = 0
    buttons: int = 0
    action_buttons: int = 0
    text_elements: int = 0
    tables: int = 0
    layout_elements: int = 0
    cookie_texts: int = 0

    def add(self, other: "ElementCounts") -> None:
        """Add the counts of a child."""
        self.chars += other.chars
        self.paragraph_chars += other.paragraph_chars
        self.cookie_texts += other.cookie_texts
        self.text_elements += other.text_elements
        self.layout_elements += other.layout_elements
        self.tables += other.tables
        if other.links or other.buttons or other.headings or other.titles:
            self._add_links_and_headings(other)

    def _add_links_and_headings(self, other: "ElementCounts") -> None:
        self.linked_chars += other.linked_chars
        self.titles += other.titles
        self.headings += other.headings
        self.linked_headings += other.linked_headings
        self.links += other.links
        self.fragment_links += other.fragment_links
        self.site_links += other.site_links
        self.external_links += other.external_links
        self.buttons += other.buttons
        self.action_buttons += other.action_buttons


_NO_COUNTS = ElementCounts()


class PageElement:
    """One element with its content; an excluded one is neither read nor counted.

    `children` are its elements, `content` those and its texts. `name_words` are the words in its id and classes:
    `site-navBar` has site, nav and bar. `card_children` counts its children that have a single heading, which is a
    link to another page. `text_chars` are the characters, without blanks, of its own texts, and `cookie_texts` those
    of them that speak of cookies.
    """

    __slots__ = (
        *("tag", "attributes", "parent", "content", "children", "is_excluded", "counts", "card_children"),
        *("role", "name_words", "text_chars", "cookie_texts"),
    )

    def __init__(self, tag: str, attributes: dict[str, str], parent: "PageElement | None" = None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.content: list[PageElement | str] = []
        self.children: list[PageElement] = []
        self.is_excluded = False
        self.counts = _NO_COUNTS
        self.card_children = self.text_chars = self.cookie_texts = 0
        self.role = attributes["role"].strip().lower() if "role" in attributes else ""
        self.name_words: frozenset[str] = frozenset()
        if "class" in attributes or "id" in attributes:
            self.name_words = _name_words(f"{attributes.get('id', '')} {attributes.get('class', '')}")

    def add_text(self, text: str) -> None:
        """Add a text behind what is there."""
        self.content.append(text)
        if not text.isspace():
            self.text_chars += len("".join(text.split()))
            self.cookie_texts += "cookie" in text.lower()

    def add_element(self, element: "PageElement") -> None:
        """Add an element behind what is there."""
        self.content.append(element)
        self.children.append(element)

    @property
    def is_button(self) -> bool:
        """Whether it is a button by its tag or role; a link that only looks like one leads somewhere."""
        if self.role != "button" or self.tag == "button":
            return self.tag == "button"
        address = self.attributes.get("href", "").strip().lower()
        return not address or address.startswith(("#", "javascript:"))

    @property
    def is_disclosure_button(self) -> bool:
        """Whether it is a button that unfolds a part of the text, whose title it is."""
        if not self.is_button:
            return False
        if "aria-controls" in self.attributes or "aria-expanded" in self.attributes:
            return True
        return self.parent is not None and self.parent.tag in {*SUBHEADINGS, "summary"}

    @property
    def is_card(self) -> bool:
        """Whether it introduces one other page, with a heading that links to it."""
        return self.counts.headings == self.counts.linked_headings == 1 and self.tag not in SUBHEADINGS

    def elements(self) -> list["PageElement"]:
        """Itself and all elements in it, each behind the one it is in, except excluded ones and what is in them."""
        found = [] if self.is_excluded else [self]
        for element in found:
            found += [child for child in element.children if not child.is_excluded]
        return found

    def update_counts(self) -> None:
        """Compute the counts of this element and of all in it."""
        for element in reversed(self.elements()):
            element.count_content()

    def update_counts_without(self, excluded: list["PageElement"]) -> None:
        """Compute the counts again of those elements in which one of `excluded` is."""
        changed: set[PageElement] = set()
        for element in excluded:
            around = element.parent
            while around is not None and around not in changed:
                changed.add(around)
                around = around.parent
        for element in reversed(self.elements() if changed else ()):
            if element in changed:
                element.count_content()

    def count_content(self) -> None:
        """Compute the counts of this element from those of its children."""
        self.counts = counts = ElementCounts(self.text_chars)
        counts.cookie_texts = self.cookie_texts
        for child in self.children:
            if not child.is_excluded:
                counts.add(child.counts)
        _add_own_counts(self)


def _add_own_counts(element: PageElement) -> None:
    counts, tag = element.counts, element.tag
    counts.paragraph_chars = counts.chars if tag == "p" else counts.paragraph_chars
    counts.titles += tag == "h1"
    counts.text_elements += tag in {"p", "li", "tr"}
    counts.tables += tag == "table"
    counts.layout_elements += tag in _LAYOUT_TAGS
    if element.is_button:
        counts.buttons += 1
        counts.action_buttons += not element.is_disclosure_button
    if tag == "a":
        address = element.attributes.get("href", "").strip().lower()
        is_site_link = ":" not in address and not address.startswith(("#", "//"))
        counts.linked_chars = counts.chars
        counts.links += 1
        counts.fragment_links += address.startswith("#")
        counts.site_links += is_site_link
        counts.external_links += address.startswith(("http:", "https:", "//"))
        counts.linked_headings = counts.headings if is_site_link else 0
    elif tag in SUBHEADINGS:
        counts.headings += 1
        counts.linked_headings += 2 * counts.linked_chars > counts.chars and counts.site_links > 0
    element.card_children = (
        sum(child.is_card for child in element.children if not child.is_excluded) if counts.headings else 0
    )


class TreeVisit(NamedTuple):
    """One step of a traversal: an element is entered or left, or a text is passed."""

    kind: Literal["enter", "leave", "text"]
    element: PageElement
    text: str = ""


def traverse_tree(root: PageElement) -> Iterator[TreeVisit]:
    """Traverse everything that is not excluded in document order; without recursion, since pages nest deeply."""
    if root.is_excluded:
        return
    yield TreeVisit("enter", root)
    stack = [(root, iter(root.content))]
    while stack:
        element, remaining = stack[-1]
        child = next(remaining, None)
        if child is None:
            stack.pop()
            yield TreeVisit("leave", element)
        elif isinstance(child, str):
            yield TreeVisit("text", element, child)
        elif not child.is_excluded:
            yield TreeVisit("enter", child)
            stack.append((child, iter(child.content)))


_VOID_TAGS = word_set("area base br col embed hr img input link meta param source track wbr")
# What a parser writes of its tree: every tag is closed but the void ones, every value is in double quotes.
_WRITTEN = re.compile(
    r"""<(?P<end>/?)(?P<tag>[^\s>/]+)(?P<attributes>(?:\s[^\s="<>]+(?:="[^"]*")?)*)\s*>|(?P<text>[^<]+)|<"""
)
_WRITTEN_ATTRIBUTE = re.compile(r"""\s([^\s="<>]+)(?:="([^"]*)")?""")


def parse_tree(html: str, host: str = "") -> PageElement:
    """The body of `html`, which `sanitize_html` must have bounded, as an HTML5 parser sees it.

    Links to `host` are made relative, so that all links within the site look alike. The parser's tree is read as the
    text that the parser writes of it: asking for each of its nodes takes four times as long.
    """
    from resiliparse.parse.html import HTMLTree

    site_address = re.compile(rf"https?://(?:www\.)?{re.escape(host)}(?:/|\Z)", re.IGNORECASE)
    body = PageElement("body", {})
    root = HTMLTree.parse(html).body
    written = root.html if root else ""
    parent, is_first = body, True
    for token in _WRITTEN.finditer(written):
        text, tag = token["text"], token["tag"]
        if text is not None:
            parent.add_text(unescape(text) if "&" in text else text)
        elif tag is None or (is_first and tag == "body"):
            is_first = False
        elif token["end"]:
            parent = parent.parent or body
        else:
            attributes = {
                name: unescape(value) if "&" in value else value
                for name, value in _WRITTEN_ATTRIBUTE.findall(token["attributes"])
            }
            if host and "href" in attributes:
                attributes["href"] = site_address.sub("/", attributes["href"].strip())
            element = PageElement(tag, attributes, parent)
            parent.add_element(element)
            if tag not in _VOID_TAGS:
                parent = element
    return body
