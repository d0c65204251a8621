"""A page as a small tree of plain values, to be judged and read without going back to its HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

_PARTS_OF_NAMES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass(slots=True, eq=False)
class Element:
    """One element with what is in it. `left_out` marks what is not read; the numbers count what is, in characters.

    `chars` are all, `linked` those in links, `prose` those in paragraphs of their own; `buttons`, `links` and `titles`
    (headings of level 1) count elements.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    content: list["Element | str"] = field(default_factory=list)
    left_out: bool = False
    chars: int = 0
    linked: int = 0
    prose: int = 0
    buttons: int = 0
    links: int = 0
    titles: int = 0

    @property
    def children(self) -> list["Element"]:
        """The elements in it that are read."""
        return [each for each in self.content if isinstance(each, Element) and not each.left_out]

    @property
    def role(self) -> str:
        """Its ARIA role."""
        return self.attributes.get("role", "").strip().lower()

    def words(self) -> frozenset[str]:
        """The words that its id and classes are made of: `site-navBar` is site, nav and bar."""
        names = f"{self.attributes.get('id', '')} {self.attributes.get('class', '')}"
        return frozenset(part.lower() for part in _PARTS_OF_NAMES.findall(names))

    def within(self) -> Iterator["Element"]:
        """Itself and every element in it that is read, from top to bottom."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if not element.left_out:
                yield element
                waiting.extend(reversed(element.children))

    def text(self) -> str:
        """All that is read in it, with single blanks."""
        return " ".join("".join(f" {step.text}" for step in steps(self) if step.what == "text").split())

    def count(self) -> None:
        """Fill in the numbers, here and in all that is within."""
        for element in reversed(list(self.within())):
            own = sum(len("".join(each.split())) for each in element.content if isinstance(each, str))
            children = element.children
            element.chars = own + sum(child.chars for child in children)
            element.linked = element.chars if element.tag == "a" else sum(child.linked for child in children)
            element.prose = element.chars if element.tag == "p" else sum(child.prose for child in children)
            element.buttons = (element.tag == "button") + sum(child.buttons for child in children)
            element.links = (element.tag == "a") + sum(child.links for child in children)
            element.titles = (element.tag == "h1") + sum(child.titles for child in children)


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


def parsed(html: str) -> Element:
    """The body of `html`, which has to be within bounds (`markup.tamed`), as the parser of HTML5 sees it."""
    from resiliparse.parse.html import ElementNode, HTMLTree, TextNode

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
