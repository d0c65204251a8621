"""A page's bytes as HTML that is safe to parse: decoded whatever its charset says, and small enough in every direction.

The parser builds the tree that browsers would build, and for 100,000 nested tags, or one tag with 100,000 attributes,
that takes minutes in which nothing else of the program runs. So the tags are looked through first, in time in proportion
to the length, and only what matters to the text goes on: no scripts, no bold or italic, few attributes, bounded nesting.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

LARGEST = 2 << 20
"""Bytes of a page that are looked at."""

MOST_TAGS = 20_000
DEEPEST = 100
MOST_ATTRIBUTES = 100
LONGEST_ATTRIBUTE = 300
LONGEST_ADDRESS = 4_000
LONGEST_TEXT = 40_000
"""Characters between two tags, before they are cleaned."""

_MOST_TOKENS = 10 * MOST_TAGS
_FEW = 0.05

# Every repeat is possessive and every construct may end with the page, so that no part of it is looked at twice.
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+)"""
_TOKEN = re.compile(
    rf"""<!--(?:-?>|.*?(?:--!?>|\Z))
    |<[!?][^>]*+>? | </[^a-zA-Z>][^>]*+>? | </>
    |<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[\s/]++|=?[^\s/>=]++(?:{_VALUE})?+|=)*+)(?:>|\Z)""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>=?[^\s/>=]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?+""",
    re.DOTALL,
)


def names(listed: str) -> frozenset[str]:
    """The names in a list with blanks between."""
    return frozenset(listed.split())


_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_WITH_CONTENT = names(
    "audio canvas datalist del iframe map math noembed noframes noscript object s script select strike style svg "
    "template textarea title video xmp"
)
"""Tags that go with all that is in them."""

_TAG_ONLY = names(
    "abbr acronym area b base basefont bdi bgsound bdo big body center cite code col colgroup data dfn em embed font frame frameset head "
    "html i image img input ins kbd keygen link mark meta nobr optgroup option output param picture plaintext q rb rp rt rtc ruby samp "
    "small source strong sub sup track tt u var wbr"
)
"""Tags that change nothing in what is said."""

_HEADING = re.compile(r"\Ah[1-6]\Z")
"""Headings, each of which closes any other."""

_VOID = frozenset({"br", "hr"})
_AS_PARAGRAPHS = frozenset({"dd", "dt"})
"""Paragraphs to a reader, and to the parser two tags that nest without end where items of a list stand between them."""

_CLOSED_BY_OTHERS = names("caption li p tbody td tfoot th thead tr")
"""Tags that the parser closes by itself, so that a page may leave that out."""

_KEPT = names("aria-controls aria-expanded aria-hidden aria-label aria-modal class hidden href id role start")
_HTML = names("a article body br div h1 h2 h3 head header html li main p section span table td ul")


class Markup(NamedTuple):
    """HTML within bounds, and what its tags told on the way.

    `title` and `base` are as written, with their references (`&amp;`); `is_html` is false where no tag of HTML was
    found, `asks_password` and `has_scripts` tell of a page that shows its text only later or elsewhere.
    """

    html: str
    title: str = ""
    base: str = ""
    is_html: bool = False
    asks_password: bool = False
    has_scripts: bool = False


def decoded(data: bytes, charset: str = "") -> str:
    """The text in `data`, whose header named `charset`, with U+FFFD for what cannot be read. Raises nothing.

    A byte order mark comes first. Text that is UTF-8 by its bytes is UTF-8 whatever was declared, since other text is
    never so by chance. Then the header, the page's own `<meta>` and what its bytes look like are tried.
    """
    from resiliparse.parse.encoding import detect_encoding

    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    # Zero bytes and escapes are how UTF-16 and the Japanese 7-bit encodings look when taken for UTF-8.
    if b"\x00" not in data and b"\x1b" not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    meta = detect_encoding(data[:4096], from_html_meta=True) or ""
    for declared in (_known(charset), _known(meta)):
        text = data.decode(declared, "replace") if declared else ""
        if text and text.count("\ufffd") <= _FEW * sum(map(len, re.findall(rb"[\x80-\xff]+", data))):
            return text
    guessed = _known(detect_encoding(data) or "") or "cp1252"
    return data.decode(guessed, "replace")


def _known(charset: str) -> str:
    """Python's name for an encoding that the web knows; empty for others, some of which would take quadratic time."""
    from resiliparse.parse.encoding import map_encoding_to_html5

    name = map_encoding_to_html5(charset.strip()[:40], fallback_utf8=False) if charset.isascii() else None
    try:
        b"".decode(name or "undefined")
    except (LookupError, ValueError):
        return ""
    return name or ""


def tamed(page: str) -> Markup:
    """`page` within bounds. What is nested too deeply loses its tags but not its text; what is beyond the bounds is left out."""
    return _Tamer(page).run()


class _Tamer:
    """One way through the tags of a page."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.out: list[str] = []
        self.open: dict[str, int] = {}
        self.tags = 0
        self.depth = 0
        self.link_depth = 0
        self.flattened: dict[str, int] = {}
        self.never_closed: set[str] = set()
        self.markup = Markup("")

    def run(self) -> Markup:
        position = 0
        for _ in range(_MOST_TOKENS):
            token = _TOKEN.search(self.page, position)
            if not token or self.tags >= MOST_TAGS:
                break
            self._text(position, token.start())
            position = token.end()
            name = (token["name"] or "").lower()
            if not _NAME.fullmatch(name):
                continue
            self._note(name, token)
            name = "p" if name in _AS_PARAGRAPHS else name
            if name in _WITH_CONTENT:
                position = self._past(name, position) if not token["end"] else position
            elif name not in _TAG_ONLY and token["end"]:
                self._closed(name)
            elif name not in _TAG_ONLY:
                self._opened(name, token["rest"])
        else:
            position = len(self.page)
        if self.tags < MOST_TAGS:
            self._text(position, len(self.page))
        return self.markup._replace(html="".join(self.out))

    def _text(self, start: int, end: int) -> None:
        if start < end:
            # A sign left in the text could make a tag of what stood behind a tag that is not kept.
            self.out.append(self.page[start : min(end, start + LONGEST_TEXT)].replace("<", "&lt;"))

    def _note(self, name: str, token: re.Match[str]) -> None:
        if name in _HTML:
            self.markup = self.markup._replace(is_html=True)
        elif name == "script":
            self.markup = self.markup._replace(has_scripts=True)
        elif name == "input" and dict(_attributes(token["rest"])).get("type", "").strip().lower() == "password":
            self.markup = self.markup._replace(asks_password=True)
        elif name == "base" and not self.markup.base:
            self.markup = self.markup._replace(base=dict(_attributes(token["rest"])).get("href", "")[:LONGEST_ADDRESS])

    def _past(self, name: str, position: int) -> int:
        """Where the content of an element ends, which is here if nothing closes it."""
        if name in self.never_closed:
            return position
        end = re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE).search(self.page, position)
        if not end:
            self.never_closed.add(name)
            return len(self.page) if name in {"script", "style"} else position
        if name == "title" and not self.markup.title:
            self.markup = self.markup._replace(title=self.page[position : min(end.start(), position + 1_000)])
        return end.end()

    def _tag(self, tag: str) -> None:
        self.tags += 1
        self.out.append(tag)

    def _opened(self, name: str, rest: str) -> None:
        if name not in _VOID and name not in _CLOSED_BY_OTHERS:
            counted = _HEADING.sub("h", name)
            if name == "a" and self.open.get("a"):
                self._closed("a")
            if self.depth >= DEEPEST:
                self.flattened[counted] = self.flattened.get(counted, 0) + 1
                return
            self.open[counted] = self.open.get(counted, 0) + 1
            self.depth += 1
            self.link_depth = self.depth if name == "a" else self.link_depth
        self._tag(f"<{name}{''.join(_kept(rest))}>")

    def _closed(self, name: str) -> None:
        if name in _VOID:
            return
        if name not in _CLOSED_BY_OTHERS:
            counted = _HEADING.sub("h", name)
            if name != "a" and self.open.get("a") and self.depth == self.link_depth:
                self._closed("a")  # left open, it would make links of all that follows
            if self.flattened.get(counted):
                self.flattened[counted] -= 1
                return
            if not self.open.get(counted):
                return
            self.open[counted] -= 1
            self.depth -= 1
        self._tag(f"</{name}>")


def _attributes(rest: str) -> Iterator[tuple[str, str]]:
    for found in islice(_ATTRIBUTE.finditer(rest), MOST_ATTRIBUTES):
        if found["name"]:
            yield found["name"].lower(), found["double"] or found["single"] or found["bare"] or ""


def _kept(rest: str) -> Iterator[str]:
    if not rest or rest.isspace():
        return
    for name, value in _attributes(rest):
        if name == "style" and _NOT_SHOWN.search(value[:LONGEST_ATTRIBUTE]):
            yield " hidden"
        elif name in _KEPT and len(value) <= (LONGEST_ADDRESS if name == "href" else LONGEST_ATTRIBUTE):
            quoted = value.replace('"', "&quot;")
            yield f' {name}="{quoted}"'
