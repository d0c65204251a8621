"""The tree of a page as plain elements, each with counts of its content.

The rules in `boilerplate` use these counts of characters, links, headings and buttons.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from operator import sub
from typing import NamedTuple

from metaoptout_tui.guidance.page_parser import OPEN_LINK_TAG, word_set

MAX_DEPTH = 100
"""Elements within one another; what is nested more deeply loses its tags and keeps its text."""

SUBHEADINGS = word_set("h2 h3 h4 h5 h6")
"""Headings of sections; the heading of the page is its `h1`."""

_TEXT_TAGS = word_set("p li tr")
_VOID_TAGS = word_set("br hr")
_TAGS_READ_AS = {OPEN_LINK_TAG: "a", "dd": "p", "dt": "p"}
_IGNORED_TAGS = word_set(
    "abbr acronym area b base basefont bdi bgsound bdo big body center cite code col colgroup data dfn em embed font frame frameset head "
    "html i image img input ins kbd keygen link mark meta nobr optgroup option output param picture plaintext q rb rp rt rtc ruby samp "
    "small source strong sub sup track tt u var wbr"
) | {""}
"""Tags that do not change the meaning of the text; without a name it is a comment."""


class ElementCounts(NamedTuple):
    """Counts of the characters and elements within an element.

    `titles` are `h1`, `headings` the others, and `linked_headings` those that are mostly a link to another page of
    the site. `fragment_links` lead to a place on the same page, `action_buttons` do not unfold a part of the text,
    `text_elements` are paragraphs, items and rows.
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
    cookie_texts: int = 0


_NO_COUNTS = ElementCounts()
_CHARS, _LINKED_CHARS, _PARAGRAPH_CHARS, _TITLES, _HEADINGS, _LINKED_HEADINGS, *_OTHERS = range(len(_NO_COUNTS))
_LINKS, _FRAGMENT_LINKS, _SITE_LINKS, _EXTERNAL_LINKS, _BUTTONS, _ACTION_BUTTONS, *_OTHERS = _OTHERS
_TEXT_ELEMENTS, _COOKIE_TEXTS = _OTHERS

_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=1_000)
def words_of_names(names: str) -> frozenset[str]:
    """The words in an id and classes: `site-navBar` has site, nav and bar."""
    return frozenset(" ".join(_NAME_PARTS.findall(names)).lower().split())


_Attributes = tuple[dict[str, str], str, frozenset[str]]
"""The attributes of an element, its role, and the words in its id and classes."""

_NO_ATTRIBUTES: _Attributes = ({}, "", frozenset())


class PageElement:
    """One element with its content: elements and texts; an excluded one is neither read nor counted.

    `totals_before` and `totals_after` are what was counted on the page where it begins and where it ends.
    """

    __slots__ = (
        *("attributes", "content", "is_excluded", "name_words", "parent", "role", "tag"),
        *("totals_after", "totals_before"),
    )

    def __init__(self, tag: str, totals: Sequence[int] = _NO_COUNTS, parent: "PageElement | None" = None) -> None:
        self.tag = tag
        self.attributes, self.role, self.name_words = _NO_ATTRIBUTES
        self.parent = parent
        self.content: list[PageElement | str] = []
        self.totals_before = self.totals_after = tuple(totals)
        self.is_excluded = False

    @property
    def counts(self) -> ElementCounts:
        """The counts of its content."""
        return ElementCounts._make(map(sub, self.totals_after, self.totals_before))

    @property
    def children(self) -> list["PageElement"]:
        """The elements in it, without excluded ones."""
        return [child for child in self.content if not isinstance(child, str) and not child.is_excluded]

    @property
    def address(self) -> str:
        """Where a link leads, as the page writes it."""
        return self.attributes.get("href", "").strip()

    @property
    def is_button(self) -> bool:
        """Whether it is a button by its tag or role; a link that only looks like one leads somewhere."""
        if self.tag == "button" or self.role != "button":
            return self.tag == "button"
        return not self.address or self.address.lower().startswith(("#", "javascript:"))

    @property
    def is_disclosure_button(self) -> bool:
        """Whether it is a button that unfolds a part of the text, whose title it is."""
        if not self.is_button:
            return False
        if "aria-controls" in self.attributes or "aria-expanded" in self.attributes:
            return True
        return self.parent is not None and self.parent.tag in {*SUBHEADINGS, "summary"}

    @property
    def headings(self) -> int:
        """How many headings of sections are in it."""
        return self.totals_after[_HEADINGS] - self.totals_before[_HEADINGS]

    @property
    def is_card(self) -> bool:
        """Whether it introduces one other page, with a heading that links to it."""
        return self.headings == 1 and self.tag not in SUBHEADINGS and self.counts.linked_headings == 1

    def exclude(self) -> None:
        """Leave it out, with what is in it, and count it no longer in those around it."""
        self.is_excluded = True
        counts, around = self.counts, self.parent
        while around is not None:
            around.totals_after = tuple(map(sub, around.totals_after, counts))
            around = around.parent


# What a parser writes of its tree: every tag is closed but the void ones, every value is in double quotes.
_WRITTEN = re.compile(r"""<(/?)([^\s>/]++)((?>(?:\s=?[^\s=>]++="[^"]*+")*))>|([^<]++)|<!--.*?-->|<""", re.DOTALL)
_WRITTEN_ATTRIBUTE = re.compile(r'\s(class|href|id|role|start|aria-(?:controls|expanded|label))="([^"]*)"')


def read_tree(written: str, host: str = "") -> PageElement:
    """The tree of the element that a parser has written as text, with links to `host` known as those within the site.

    The parser's tree is read as the text that the parser writes of it: asking for each of its nodes takes four times as
    long.
    """
    return _TreeReader(host).read(written)


class _TreeReader:
    """Reads a written tree once; the counts of an element are what its content adds to the totals of the page."""

    def __init__(self, host: str) -> None:
        self.site_address = re.compile(rf"https?://(?:www\.)?{re.escape(host or '/')}(?:/|\Z)")
        self.totals = [0] * len(_NO_COUNTS)
        self.known_attributes: dict[str, _Attributes] = {"": _NO_ATTRIBUTES}

    def read(self, written: str) -> PageElement:
        page = element = PageElement("body")
        depth = too_deep = 0
        for is_end, name, attributes, text in _WRITTEN.findall(written):
            if text:
                element.content.append(self._read_text(text))
            elif name in _IGNORED_TAGS:
                continue
            elif is_end and too_deep:
                too_deep -= 1
            elif is_end:
                element = self._close(element)
                depth -= 1
            elif name in _VOID_TAGS:
                element.content.append(PageElement(name, parent=element))
            elif depth >= MAX_DEPTH:
                too_deep += 1
            else:
                child = PageElement(_TAGS_READ_AS.get(name, name), self.totals, element)
                if attributes:
                    child.attributes, child.role, child.name_words = self._attributes(attributes)
                element.content.append(child)
                element = child
                depth += 1
        while element is not page:
            element = self._close(element)
        page.totals_after = tuple(self.totals)
        return page

    def _read_text(self, written: str) -> str:
        if written.isspace():
            return " "
        text = unescape(written) if "&" in written else written
        words = text.strip()
        self.totals[_CHARS] += len(words) - words.count(" ")
        self.totals[_COOKIE_TEXTS] += "cookie" in words.lower()
        return text

    def _attributes(self, written: str) -> _Attributes:
        found = self.known_attributes.get(written)
        if found is None:
            values = dict(_WRITTEN_ATTRIBUTE.findall(written))
            if "&" in written:
                values = {name: unescape(value) for name, value in values.items()}
            names = f"{values.get('id', '')} {values.get('class', '')}"
            found = values, values.get("role", "").strip().lower(), words_of_names(names)
            self.known_attributes[written] = found
        return found

    def _close(self, element: PageElement) -> PageElement:
        """Count the end of an element and go back to the one around it; the page itself stays open."""
        if element.parent is None:
            return element
        before, totals, tag = element.totals_before, self.totals, element.tag
        if tag == "a":
            self._count_link(element)
        elif tag in SUBHEADINGS:
            totals[_HEADINGS] += 1
            linked_chars, chars = totals[_LINKED_CHARS] - before[_LINKED_CHARS], totals[_CHARS] - before[_CHARS]
            totals[_LINKED_HEADINGS] += 2 * linked_chars > chars and totals[_SITE_LINKS] > before[_SITE_LINKS]
        elif tag == "p":
            totals[_PARAGRAPH_CHARS] = before[_PARAGRAPH_CHARS] + totals[_CHARS] - before[_CHARS]
        elif tag == "h1":
            totals[_TITLES] += 1
        if tag in _TEXT_TAGS:
            totals[_TEXT_ELEMENTS] += 1
        if (tag == "button" or element.role) and element.is_button:
            totals[_BUTTONS] += 1
            totals[_ACTION_BUTTONS] += not element.is_disclosure_button
        element.totals_after = tuple(totals)
        return element.parent

    def _count_link(self, link: PageElement) -> None:
        before, totals, address = link.totals_before, self.totals, link.address.lower()
        totals[_LINKS] += 1
        totals[_LINKED_CHARS] = before[_LINKED_CHARS] + totals[_CHARS] - before[_CHARS]
        totals[_LINKED_HEADINGS] = before[_LINKED_HEADINGS]
        if address.startswith("#"):
            totals[_FRAGMENT_LINKS] += 1
        elif self.site_address.match(address) or (":" not in address and not address.startswith("//")):
            totals[_SITE_LINKS] += 1
            totals[_LINKED_HEADINGS] += totals[_HEADINGS] - before[_HEADINGS]
        elif address.startswith(("http:", "https:", "//")):
            totals[_EXTERNAL_LINKS] += 1
