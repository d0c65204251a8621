"""Reads a page (HTML) of any size as a stream of tags and texts, in little memory and in time linear to its size.

Pages of a download are flat and regular, so neither a tree nor the rules of browsers for broken pages are needed.
"""

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.imports.files import ReadableStream
from metaoptout_tui.imports.meta_export.text_window import TextWindow

_MAX_TAG_CHARACTERS = 8_192
_MAX_ENTITY_CHARACTERS = 40

VOID_TAGS = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_TAGS_WITHOUT_TEXT = frozenset({"script", "style", "title"})

_TAG = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30}+)((?>(?:[^<>"']{1,2000}+|"[^"]{0,4000}+"|'[^']{0,4000}+'){0,40}))>""",
)
_CLASS = re.compile(r"""\bclass\s{0,4}=\s{0,4}["']([^"'>]{0,400})""")
_ROLE_MAIN = re.compile(r"""\brole\s{0,4}=\s{0,4}["']main["']""")


class Tag(NamedTuple):
    """A tag that opens or closes an element; classes and `is_main` (the main part of the page) only where it opens."""

    name: str
    is_end: bool
    classes: tuple[str, ...] = ()
    is_main: bool = False


def stream_page(stream: ReadableStream) -> Iterator[Tag | str]:
    """The tags and texts of a page in order, without styles and scripts. A long text comes in several pieces.

    Raises FileRefused for what is no page.
    """
    window = _PageWindow(stream)
    if not window.begins_with_tag():
        raise FileRefused(_("It is not a page, though its name says so."))
    while True:
        text, tag = window.read_to_tag()
        if text:
            yield text
        if tag is None:
            return
        if tag.name in _TAGS_WITHOUT_TEXT and not tag.is_end:
            window.skip_behind(f"</{tag.name}")
            window.skip_behind(">")
        elif tag.name:
            yield tag


_NO_TAG: Final = Tag("", is_end=True)


class _PageWindow(TextWindow):
    """The part of a page that is in memory."""

    def begins_with_tag(self) -> bool:
        """Whether the first character that is no blank opens a tag."""
        while not self._text.strip():
            self._at = len(self._text)
            if not self._read_on():
                return False
        return self._text.lstrip().startswith("<")

    def read_to_tag(self) -> tuple[str, Tag | None]:
        """The text up to the next tag, and the tag; one without a name where the text goes on, None at the end."""
        at = self._text.find("<", self._at)
        if at < 0 or (len(self._text) - at < _MAX_TAG_CHARACTERS and not self._is_at_end):
            end = len(self._text) if at < 0 else at
            if not self._is_at_end:
                # An entity may go on in the next piece.
                entity = self._text.rfind("&", max(self._at, end - _MAX_ENTITY_CHARACTERS), end)
                end = entity if entity >= 0 and at < 0 else end
            text = html.unescape(self._text[self._at : end])
            self._at = end
            has_more = self._read_on()
            return text, _NO_TAG if has_more or self._at < len(self._text) else None
        text = html.unescape(self._text[self._at : at])
        if self._text.startswith("<!--", at):
            self._at = at + 4
            self.skip_behind("-->")
            return text, _NO_TAG
        match = _TAG.match(self._text, at)
        if match is None:
            if self._text.startswith(("<!", "<?"), at):
                self._at = at
                self.skip_behind(">")
                return text, _NO_TAG
            self._at = at + 1
            return text + "<", _NO_TAG
        self._at = match.end()
        slash, name, attributes = match.groups()
        if slash or not attributes:
            return text, Tag(name.lower(), bool(slash))
        classes = _CLASS.search(attributes)
        return text, Tag(
            name.lower(),
            is_end=False,
            classes=tuple(classes[1].split()) if classes else (),
            is_main=bool(_ROLE_MAIN.search(attributes)),
        )

    def skip_behind(self, end: str) -> None:
        """Read to the end of the next such text, or of the page, and keep nothing of it."""
        while (found := self._text.find(end, self._at)) < 0:
            self._at = max(self._at, len(self._text) - len(end) + 1)
            if not self._read_on():
                self._at = len(self._text)
                return
        self._at = found + len(end)
