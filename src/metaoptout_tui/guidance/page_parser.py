"""From the bytes of a page to the tree of an HTML parser, whoever made the page.

The parser is resiliparse's, which is fast and takes time linear in the size of almost every page. What makes it slow is
taken out of the page before: many thousands of tags, tags of formatting that are never closed, which it opens again in
each paragraph, and tags with thousands of attributes.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from resiliparse.parse.html import ElementNode

MAX_TAGS = 20_000
MAX_ATTRIBUTES = 100
MAX_TAG_LENGTH = 2_000
"""Characters of a tag, from which on only the attributes are kept that say something about the text."""

MAX_ATTRIBUTE_LENGTH = 300
MAX_HREF_LENGTH = 4_000

_MAX_UNDECODABLE_SHARE = 0.05

# Every repeat is possessive, so that no part of a page is scanned twice. A quotation mark counts behind `=` only: there
# are pages with one too many.
_REST_OF_TAG = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+"""
# Atomic, and not possessive: up to Python 3.11.4 a possessive group keeps what a turn that fails had read.
_UNREAD = re.compile(
    r"<!--(?:(?P<short>-?>)|(?>(?:[^-]++|-(?!-!?>))*)(?:(?P<comment>--!?>)|\Z))"
    r"|<(?P<tag>script|style|noscript)(?=[\s/>])(?>(?:[^<]++|<(?!/(?P=tag)[\s/>]))*)(?:(?P<end></(?P=tag)[^>]*+>)|\Z)",
    re.IGNORECASE,
)
_FORMATTING = re.compile(
    r"</?(?=[bcefinpstuw])"  # it takes half the time with this
    r"(?:b(?:ig)?|c(?:enter|ite|ode)|em|font|i(?:mg)?|nobr|plaintext|s(?:mall|trong|u[bp])|tt|u|wbr)(?=[\s/>])"
    rf"{_REST_OF_TAG}>?",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"<(/?)(?:s|strike)(?=[\s/>])", re.IGNORECASE)
_LINK = re.compile(r"<(/?)a(?=[\s/>])", re.IGNORECASE)
_LONG_TAG = re.compile(rf"<(?P<name>[a-zA-Z][^\s/>]*+)(?=[^>]{{{MAX_TAG_LENGTH}}})(?P<attributes>{_REST_OF_TAG})>?")
_IS_LONG = re.compile(rf"<[a-zA-Z][^>]{{{MAX_TAG_LENGTH}}}")
_ATTRIBUTE = re.compile(
    r"""(?P<name>=?[^\s/>=]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?+""",
    re.DOTALL,
)
_NOTHING = "\0"
"""The parser leaves it out, but it keeps what stands before and behind it from becoming a tag together."""

OPEN_LINK_TAG = "x-a"
"""Stands for `a` where links are left open, which the parser would open again in all that follows."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


KEPT_ATTRIBUTES = word_set(
    "aria-controls aria-expanded aria-hidden aria-label aria-modal class hidden href id role start style type"
)
"""The attributes that say something about the text of an element."""

_HTML_TAG = re.compile(
    r"</?(?:a|article|body|br|div|h1|h2|h3|head|header|html|li|main|p|section|span|table|td|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_PASSWORD_FIELD = re.compile(r"""<input(?=[\s/])[^<>]{0,500}?\stype\s*+=\s*+["']?password""", re.IGNORECASE)
_SCRIPT = re.compile(r"<script(?=[\s/>])", re.IGNORECASE)


class ParsedPage(NamedTuple):
    """A page and its tree; what it says of itself hints at why it shows no text."""

    html: str
    body: "ElementNode | None"
    title: str
    base_url: str

    @property
    def is_html(self) -> bool:
        """Whether there is a tag of HTML."""
        return _HTML_TAG.search(self.html) is not None

    @property
    def has_scripts(self) -> bool:
        """Whether it may show its text only by a script."""
        return _SCRIPT.search(self.html) is not None

    @property
    def asks_password(self) -> bool:
        """Whether it may show its text only after a log-in."""
        return _PASSWORD_FIELD.search(self.html) is not None


def decode_html(data: bytes, charset: str = "") -> str:
    """The text in `data`, whose HTTP header named `charset`, with U+FFFD for what cannot be decoded. Never raises.

    A byte order mark decides first. Bytes that are valid UTF-8 are UTF-8 whatever was declared, since other text is
    never valid by chance. Then the header, the page's own `<meta>` and a guess from its bytes are tried.
    """
    from resiliparse.parse.encoding import detect_encoding

    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    # UTF-16 has zero bytes and the Japanese 7-bit encodings have escapes, and both are valid UTF-8.
    if b"\x00" not in data and b"\x1b" not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    meta = detect_encoding(data[:4096], from_html_meta=True) or ""
    for declared in (_known_encoding(charset), _known_encoding(meta)):
        text = data.decode(declared, "replace") if declared else ""
        if text and text.count("\ufffd") <= _MAX_UNDECODABLE_SHARE * sum(map(len, re.findall(rb"[\x80-\xff]+", data))):
            return text
    guessed = _known_encoding(detect_encoding(data) or "") or "cp1252"
    return data.decode(guessed, "replace")


def _known_encoding(charset: str) -> str:
    """Python's name for an encoding of the HTML standard; empty for others, some of which take quadratic time."""
    from resiliparse.parse.encoding import map_encoding_to_html5

    name = map_encoding_to_html5(charset.strip()[:40], fallback_utf8=False) if charset.isascii() else None
    try:
        b"".decode(name or "undefined")
    except (LookupError, ValueError):
        return ""
    return name or ""


def parse_page(page: str) -> ParsedPage:
    """The tree of `page` within the limits."""
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(bound_html(page))
    base = tree.head.query_selector("base[href]") if tree.head else None
    base_url = (base.getattr("href") or "")[:MAX_HREF_LENGTH] if base else ""
    return ParsedPage(page, tree.body, (tree.title or "").replace("\ufffd", ""), base_url)


def bound_html(page: str) -> str:
    """`page` as far as the limit of tags, without formatting and with short tags."""
    page = _UNREAD.sub(_nothing_of_closed, _first_tags(page, 10 * MAX_TAGS))
    page = _first_tags(_FORMATTING.sub(_NOTHING, _STRUCK.sub(r"<\1del", page)), MAX_TAGS)
    links = _LINK.findall(page)
    if len(links) > 2 * links.count("/"):
        page = _LINK.sub(rf"<\1{OPEN_LINK_TAG}", page)
    return _LONG_TAG.sub(_shortened_tag, page) if _IS_LONG.search(page) else page


def _first_tags(page: str, most: int) -> str:
    """The page up to that many tags."""
    return page if page.count("<") <= most else "<".join(page.split("<", most + 1)[: most + 1])


def _nothing_of_closed(part: re.Match[str]) -> str:
    """Nothing, or the part itself where it is never closed: then it may have stood in the value of an attribute."""
    return _NOTHING if part["short"] or part["comment"] or part["end"] else part[0]


def _shortened_tag(tag: re.Match[str]) -> str:
    return f"<{tag['name']}{''.join(_kept_attributes(tag['attributes']))}>"


def _kept_attributes(attributes: str) -> Iterator[str]:
    for match in islice(_ATTRIBUTE.finditer(attributes), MAX_ATTRIBUTES):
        name, double, single, bare = match.groups()
        value = double or single or bare or ""
        longest = MAX_HREF_LENGTH if name.lower() == "href" else MAX_ATTRIBUTE_LENGTH
        if name.lower() in KEPT_ATTRIBUTES and len(value) <= longest:
            quoted = value.replace('"', "&quot;")
            yield f' {name}="{quoted}"'
