"""Turns the bytes of a web page into HTML that is safe and cheap to parse.

On 100,000 nested tags, or one tag with 100,000 attributes, the HTML parser takes minutes in which nothing else runs.
So the tags are scanned first, in time linear in the page's length, and only what matters to the text is kept: no
scripts, no bold or italic, few attributes, bounded nesting.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

MAX_TAGS = 20_000
MAX_DEPTH = 100
MAX_ATTRIBUTES = 100
MAX_ATTRIBUTE_LENGTH = 300
MAX_HREF_LENGTH = 4_000
MAX_TEXT_RUN = 40_000
"""Characters between two tags, before they are cleaned."""

_MAX_TOKENS = 10 * MAX_TAGS
_MAX_UNDECODABLE_SHARE = 0.05

# Every repeat is possessive and every construct may end with the page, so that no part of it is scanned twice.
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


def word_set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


_TAG_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_DROPPED_WITH_CONTENT = word_set(
    "audio canvas datalist del iframe map math noembed noframes noscript object s script select strike style svg "
    "template textarea title video xmp"
)
"""Tags that are dropped with their content."""

_DROPPED_TAG_ONLY = word_set(
    "abbr acronym area b base basefont bdi bgsound bdo big body center cite code col colgroup data dfn em embed font frame frameset head "
    "html i image img input ins kbd keygen link mark meta nobr optgroup option output param picture plaintext q rb rp rt rtc ruby samp "
    "small source strong sub sup track tt u var wbr"
)
"""Tags that do not change the meaning of the text, so that only their content is kept."""

_HEADING = re.compile(r"\Ah[1-6]\Z")
"""Headings, whose end tags close a heading of any level."""

_VOID_TAGS = frozenset({"br", "hr"})
_PARAGRAPH_LIKE_TAGS = frozenset({"dd", "dt"})
"""Kept as `p`, since the parser would nest them without end where list items stand between them."""

_IMPLICITLY_CLOSED_TAGS = word_set("caption li p tbody td tfoot th thead tr")
"""Tags that the parser closes by itself, so that a page may omit their end tags."""

_KEPT_ATTRIBUTES = word_set(
    "aria-controls aria-expanded aria-hidden aria-label aria-modal class hidden href id role start"
)
_HTML_TAGS = word_set("a article body br div h1 h2 h3 head header html li main p section span table td ul")
_NOTED_TAGS = _HTML_TAGS | {"script", "input", "base"}


class SanitizedHtml(NamedTuple):
    """Bounded HTML, and what the dropped tags said.

    `title` and `base_url` are as written, with their references (`&amp;`); `is_html` is false where no HTML tag was
    found; `asks_password` and `has_scripts` hint at a page that shows its text only after a login or by a script.
    """

    html: str
    title: str = ""
    base_url: str = ""
    is_html: bool = False
    asks_password: bool = False
    has_scripts: bool = False


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


def sanitize_html(page: str) -> SanitizedHtml:
    """`page` within the limits: what is nested too deeply loses its tags but not its text; what is too long is cut."""
    return _Sanitizer(page).run()


class _Sanitizer:
    """One pass through the tags of a page."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.output: list[str] = []
        self.open_tags: dict[str, int] = {}
        self.tag_count = 0
        self.depth = 0
        self.link_depth = 0
        self.dropped_tags: dict[str, int] = {}
        self.never_closed: set[str] = set()
        self.kept_attributes: dict[str, str] = {"": ""}
        self.result = SanitizedHtml("")
        self.is_html = self.has_scripts = False

    def run(self) -> SanitizedHtml:
        position = 0
        for _ in range(_MAX_TOKENS):
            token = _TOKEN.search(self.page, position)
            if not token or self.tag_count >= MAX_TAGS:
                break
            self._emit_text(position, token.start())
            position = token.end()
            is_end, name, rest = token.groups()
            if name is None:  # a comment
                continue
            name = name.lower()
            if name in _NOTED_TAGS:
                self._note_features(name, rest)
            if name in _DROPPED_TAG_ONLY or not _TAG_NAME.fullmatch(name):
                continue
            name = "p" if name in _PARAGRAPH_LIKE_TAGS else name
            if name in _DROPPED_WITH_CONTENT:
                position = self._skip_content(name, position) if not is_end else position
            elif is_end:
                self._handle_end_tag(name)
            else:
                self._handle_start_tag(name, rest)
        else:
            position = len(self.page)
        if self.tag_count < MAX_TAGS:
            self._emit_text(position, len(self.page))
        return self.result._replace(html="".join(self.output), is_html=self.is_html, has_scripts=self.has_scripts)

    def _emit_text(self, start: int, end: int) -> None:
        if start < end:
            # An unescaped sign could form a new tag with the text behind a dropped tag.
            self.output.append(self.page[start : min(end, start + MAX_TEXT_RUN)].replace("<", "&lt;"))

    def _note_features(self, name: str, rest: str) -> None:
        if name in _HTML_TAGS:
            self.is_html = True
        elif name == "script":
            self.has_scripts = True
        elif name == "input" and dict(_parse_attributes(rest)).get("type", "").strip().lower() == "password":
            self.result = self.result._replace(asks_password=True)
        elif name == "base" and not self.result.base_url:
            self.result = self.result._replace(base_url=dict(_parse_attributes(rest)).get("href", "")[:MAX_HREF_LENGTH])

    def _skip_content(self, name: str, position: int) -> int:
        """The position after the element; `position` itself where nothing closes it."""
        if name in self.never_closed:
            return position
        end = re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE).search(self.page, position)
        if not end:
            self.never_closed.add(name)
            return len(self.page) if name in {"script", "style"} else position
        if name == "title" and not self.result.title:
            self.result = self.result._replace(title=self.page[position : min(end.start(), position + 1_000)])
        return end.end()

    def _emit_tag(self, tag: str) -> None:
        self.tag_count += 1
        self.output.append(tag)

    def _handle_start_tag(self, name: str, rest: str) -> None:
        if name not in _VOID_TAGS and name not in _IMPLICITLY_CLOSED_TAGS:
            counted_name = _HEADING.sub("h", name)
            if name == "a" and self.open_tags.get("a"):
                self._handle_end_tag("a")
            if self.depth >= MAX_DEPTH:
                self.dropped_tags[counted_name] = self.dropped_tags.get(counted_name, 0) + 1
                return
            self.open_tags[counted_name] = self.open_tags.get(counted_name, 0) + 1
            self.depth += 1
            self.link_depth = self.depth if name == "a" else self.link_depth
        if rest not in self.kept_attributes:
            self.kept_attributes[rest] = "".join(_render_kept_attributes(rest))
        self._emit_tag(f"<{name}{self.kept_attributes[rest]}>")

    def _handle_end_tag(self, name: str) -> None:
        if name in _VOID_TAGS:
            return
        if name not in _IMPLICITLY_CLOSED_TAGS:
            counted_name = _HEADING.sub("h", name)
            if name != "a" and self.open_tags.get("a") and self.depth == self.link_depth:
                self._handle_end_tag("a")  # left open, it would make links of all that follows
            if self.dropped_tags.get(counted_name):
                self.dropped_tags[counted_name] -= 1
                return
            if not self.open_tags.get(counted_name):
                return
            self.open_tags[counted_name] -= 1
            self.depth -= 1
        self._emit_tag(f"</{name}>")


def _parse_attributes(rest: str) -> Iterator[tuple[str, str]]:
    for match in islice(_ATTRIBUTE.finditer(rest), MAX_ATTRIBUTES):
        name, double, single, bare = match.groups()
        yield name.lower(), double or single or bare or ""


def _render_kept_attributes(rest: str) -> Iterator[str]:
    for name, value in _parse_attributes(rest):
        if name == "style" and _HIDING_STYLE.search(value[:MAX_ATTRIBUTE_LENGTH]):
            yield " hidden"
        elif name in _KEPT_ATTRIBUTES and len(value) <= (MAX_HREF_LENGTH if name == "href" else MAX_ATTRIBUTE_LENGTH):
            quoted = value.replace('"', "&quot;")
            yield f' {name}="{quoted}"'
