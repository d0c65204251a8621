"""A page as a small tree of plain values, to be judged and read without going back to its HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from metaoptout_tui.guidance.markup import names

_PARTS_OF_NAMES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


HEADINGS = names("h2 h3 h4 h5 h6")
"""Headings of parts; that of the page is the `h1`."""

_LAID_OUT = frozenset({"h1", *HEADINGS, "ul", "ol", "div"})


@dataclass(slots=True)
class Tally:
    """What is in an element, counted: characters (`linked` in links, `prose` in paragraphs of their own) and elements.

    `jumps` are links to a place on the same page, `inward` those within the site and `outward` those to others;
    `asking` are buttons that do not unfold a part of the text, `leading` headings that are nothing but a link to another
    page of the site, `flow` paragraphs, items and rows, `laid_out` what no table of facts holds, `cookies` texts that speak of cookies.
    """

    chars: int = 0
    linked: int = 0
    prose: int = 0
    titles: int = 0
    headings: int = 0
    leading: int = 0
    links: int = 0
    jumps: int = 0
    inward: int = 0
    outward: int = 0
    buttons: int = 0
    asking: int = 0
    flow: int = 0
    tables: int = 0
    laid_out: int = 0
    cookies: int = 0

    def add(self, other: "Tally") -> None:
        """Take in what is in a part of the element."""
        self.chars += other.chars
        self.linked += other.linked
        self.prose += other.prose
        self.titles += other.titles
        self.headings += other.headings
        self.leading += other.leading
        self.links += other.links
        self.jumps += other.jumps
        self.inward += other.inward
        self.outward += other.outward
        self.buttons += other.buttons
        self.asking += other.asking
        self.flow += other.flow
        self.tables += other.tables
        self.laid_out += other.laid_out
        self.cookies += other.cookies


@dataclass(slots=True, eq=False)
class Element:
    """One element with what is in it; `left_out` marks what is not read and does not count.

    `words` are those that its id and classes are made of: `site-navBar` is site, nav and bar. `cards` are the parts right
    in it that have one heading, which is a link to another page.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    content: list["Element | str"] = field(default_factory=list)
    left_out: bool = False
    tally: Tally = field(default_factory=Tally)
    cards: int = 0
    role: str = ""
    words: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.attributes:
            return
        self.role = self.attributes.get("role", "").strip().lower()
        called = f"{self.attributes.get('id', '')} {self.attributes.get('class', '')}"
        if called != " ":
            self.words = frozenset(part.lower() for part in _PARTS_OF_NAMES.findall(called))

    @property
    def children(self) -> list["Element"]:
        """The elements in it that are read."""
        return [each for each in self.content if isinstance(each, Element) and not each.left_out]

    @property
    def is_button(self) -> bool:
        """Whether it is there to be pressed."""
        return self.tag == "button" or self.role == "button"

    @property
    def unfolds(self) -> bool:
        """Whether it is a button that is the title of a part of the text."""
        if not self.is_button:
            return False
        if "aria-controls" in self.attributes or "aria-expanded" in self.attributes:
            return True
        return self.parent is not None and self.parent.tag in {*HEADINGS, "summary"}

    @property
    def is_card(self) -> bool:
        """Whether it tells of one other page, with a heading that leads there."""
        return self.tally.headings == self.tally.leading == 1 and self.tag not in HEADINGS

    def within(self) -> Iterator["Element"]:
        """Itself and every element in it that is read, from top to bottom; what is left out meanwhile is passed over."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if not element.left_out:
                yield element
                waiting.extend(reversed(element.children))

    def count(self) -> None:
        """Fill in the tallies, here and in all that is within."""
        for element in reversed(list(self.within())):
            element.tally = tally = Tally()
            for each in element.content:
                if isinstance(each, str):
                    tally.chars += len("".join(each.split()))
                    tally.cookies += "cookie" in each.lower()
                elif not each.left_out:
                    tally.add(each.tally)
            _count_itself(element)


def _count_itself(element: Element) -> None:
    tally, tag = element.tally, element.tag
    tally.prose = tally.chars if tag == "p" else tally.prose
    tally.titles += tag == "h1"
    tally.flow += tag in {"p", "li", "tr"}
    tally.tables += tag == "table"
    tally.laid_out += tag in _LAID_OUT
    tally.buttons += element.is_button
    tally.asking += element.is_button and not element.unfolds
    if tag == "a":
        address = element.attributes.get("href", "").strip().lower()
        is_inward = ":" not in address and not address.startswith(("#", "//"))
        tally.linked = tally.chars
        tally.links += 1
        tally.jumps += address.startswith("#")
        tally.inward += is_inward
        tally.outward += address.startswith(("http:", "https:", "//"))
        tally.leading = tally.headings if is_inward else 0
    elif tag in HEADINGS:
        tally.headings += 1
        tally.leading += 0 < tally.chars == tally.linked and tally.inward > 0
    element.cards = sum(1 for child in element.children if child.is_card)


class Step(NamedTuple):
    """One step of the way through an element: into one, out of it, or over some text."""

    what: Literal["enter", "leave", "text"]
    element: Element
    text: str = ""


def steps(root: Element) -> Iterator[Step]:
    """The way through all that is read, from top to bottom; without recursion, since pages nest deeply."""
    if root.left_out:
        return
    yield Step("enter", root)
    way = [(root, iter(root.content))]
    while way:
        element, rest = way[-1]
        child = next(rest, None)
        if child is None:
            way.pop()
            yield Step("leave", element)
        elif isinstance(child, str):
            yield Step("text", element, child)
        elif not child.left_out:
            yield Step("enter", child)
            way.append((child, iter(child.content)))


def parsed(html: str, host: str = "") -> Element:
    """The body of `html`, which has to be within bounds (`markup.tamed`), as the parser of HTML5 sees it.

    Addresses on `host` lose it, so that every link within the site looks like one.
    """
    from resiliparse.parse.html import ElementNode, HTMLTree, TextNode

    own = re.compile(rf"https?://(?:www\.)?{re.escape(host)}(?:/|\Z)", re.IGNORECASE)
    body = Element("body")
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
            element = Element(node.tag or "", attributes, parent)
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
