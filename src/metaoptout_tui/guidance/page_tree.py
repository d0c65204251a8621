"""Parses sanitized HTML into a tree of plain elements, each with counts of what is in it.

The counts (characters, links, headings, buttons) are what the rules in `boilerplate` go by.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from metaoptout_tui.guidance.html_sanitizer import word_set

_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


SUBHEADINGS = word_set("h2 h3 h4 h5 h6")
"""Headings of parts; that of the page is the `h1`."""

_LAYOUT_TAGS = frozenset({"h1", *SUBHEADINGS, "ul", "ol", "div"})


@dataclass(slots=True)
class ElementCounts:
    """What is in an element, counted: characters (`linked` in links, `prose` in paragraphs of their own) and elements.

    `jumps` are links to a place on the same page, `inward` those within the site and `outward` those to others;
    `asking` are buttons that do not unfold a part of the text, `leading` headings that are nothing but a link to another
    page of the site, `flow` paragraphs, items and rows, `laid_out` what no table of facts holds, `cookies` texts that speak of cookies.
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
        """Take in what is in a part of the element."""
        self.chars += other.chars
        self.linked_chars += other.linked_chars
        self.paragraph_chars += other.paragraph_chars
        self.titles += other.titles
        self.headings += other.headings
        self.linked_headings += other.linked_headings
        self.links += other.links
        self.fragment_links += other.fragment_links
        self.site_links += other.site_links
        self.external_links += other.external_links
        self.buttons += other.buttons
        self.action_buttons += other.action_buttons
        self.text_elements += other.text_elements
        self.tables += other.tables
        self.layout_elements += other.layout_elements
        self.cookie_texts += other.cookie_texts


@dataclass(slots=True, eq=False)
class PageElement:
    """One element with what is in it; `left_out` marks what is not read and does not count.

    `words` are those that its id and classes are made of: `site-navBar` is site, nav and bar. `cards` are the parts right
    in it that have one heading, which is a link to another page.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "PageElement | None" = None
    content: list["PageElement | str"] = field(default_factory=list)
    is_excluded: bool = False
    counts: ElementCounts = field(default_factory=ElementCounts)
    card_children: int = 0
    role: str = ""
    name_words: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.attributes:
            return
        self.role = self.attributes.get("role", "").strip().lower()
        called = f"{self.attributes.get('id', '')} {self.attributes.get('class', '')}"
        if called != " ":
            self.name_words = frozenset(part.lower() for part in _NAME_PARTS.findall(called))

    @property
    def children(self) -> list["PageElement"]:
        """The elements in it that are read."""
        return [each for each in self.content if isinstance(each, PageElement) and not each.is_excluded]

    @property
    def is_button(self) -> bool:
        """Whether it is there to be pressed."""
        return self.tag == "button" or self.role == "button"

    @property
    def is_disclosure_button(self) -> bool:
        """Whether it is a button that is the title of a part of the text."""
        if not self.is_button:
            return False
        if "aria-controls" in self.attributes or "aria-expanded" in self.attributes:
            return True
        return self.parent is not None and self.parent.tag in {*SUBHEADINGS, "summary"}

    @property
    def is_card(self) -> bool:
        """Whether it tells of one other page, with a heading that leads there."""
        return self.counts.headings == self.counts.linked_headings == 1 and self.tag not in SUBHEADINGS

    def iter_tree(self) -> Iterator["PageElement"]:
        """Itself and every element in it that is read, from top to bottom; what is left out meanwhile is passed over."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if not element.is_excluded:
                yield element
                waiting.extend(reversed(element.children))

    def update_counts(self) -> None:
        """Fill in the tallies, here and in all that is within."""
        for element in reversed(list(self.iter_tree())):
            element.counts = tally = ElementCounts()
            for each in element.content:
                if isinstance(each, str):
                    tally.chars += len("".join(each.split()))
                    tally.cookie_texts += "cookie" in each.lower()
                elif not each.is_excluded:
                    tally.add(each.counts)
            _add_own_counts(element)


def _add_own_counts(element: PageElement) -> None:
    tally, tag = element.counts, element.tag
    tally.paragraph_chars = tally.chars if tag == "p" else tally.paragraph_chars
    tally.titles += tag == "h1"
    tally.text_elements += tag in {"p", "li", "tr"}
    tally.tables += tag == "table"
    tally.layout_elements += tag in _LAYOUT_TAGS
    tally.buttons += element.is_button
    tally.action_buttons += element.is_button and not element.is_disclosure_button
    if tag == "a":
        address = element.attributes.get("href", "").strip().lower()
        is_inward = ":" not in address and not address.startswith(("#", "//"))
        tally.linked_chars = tally.chars
        tally.links += 1
        tally.fragment_links += address.startswith("#")
        tally.site_links += is_inward
        tally.external_links += address.startswith(("http:", "https:", "//"))
        tally.linked_headings = tally.headings if is_inward else 0
    elif tag in SUBHEADINGS:
        tally.headings += 1
        tally.linked_headings += 0 < tally.chars == tally.linked_chars and tally.site_links > 0
    element.card_children = sum(1 for child in element.children if child.is_card)


class TreeVisit(NamedTuple):
    """One step of the way through an element: into one, out of it, or over some text."""

    kind: Literal["enter", "leave", "text"]
    element: PageElement
    text: str = ""


def traverse_tree(root: PageElement) -> Iterator[TreeVisit]:
    """The way through all that is read, from top to bottom; without recursion, since pages nest deeply."""
    if root.is_excluded:
        return
    yield TreeVisit("enter", root)
    way = [(root, iter(root.content))]
    while way:
        element, rest = way[-1]
        child = next(rest, None)
        if child is None:
            way.pop()
            yield TreeVisit("leave", element)
        elif isinstance(child, str):
            yield TreeVisit("text", element, child)
        elif not child.is_excluded:
            yield TreeVisit("enter", child)
            way.append((child, iter(child.content)))


def parse_tree(html: str, host: str = "") -> PageElement:
    """The body of `html`, which has to be within bounds (`markup.tamed`), as the parser of HTML5 sees it.

    Addresses on `host` lose it, so that every link within the site looks like one.
    """
    from resiliparse.parse.html import ElementNode, HTMLTree, TextNode

    own = re.compile(rf"https?://(?:www\.)?{re.escape(host)}(?:/|\Z)", re.IGNORECASE)
    body = PageElement("body")
    root = HTMLTree.parse(html).body
    node = root.first_child if root else None
    parent, depth = body, 0
    while node:
        below = None
        if isinstance(node, TextNode):
            parent.content.append(node.value or "")
        elif isinstance(node, ElementNode):
            attributes = {name: node.getattr(name) or "" for name in node.attrs}
            if host and "href" in attributes:
                attributes["href"] = own.sub("/", attributes["href"].strip())
            element = PageElement(node.tag or "", attributes, parent)
            parent.content.append(element)
            below = node.first_child
            if below:
                parent, depth = element, depth + 1
        beside = below or node.next
        while node and not beside and depth:
            node = node.parent
            parent, depth = parent.parent or body, depth - 1
            beside = node.next if node else None
        node = beside
    return body
