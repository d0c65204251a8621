"""Reads JSON of any size as a stream of values in little memory.

A reader says which objects and lists are to be opened; what is in these comes one by one, decoded by the standard
library from a sliding window, which is as fast as decoding all at once. A value that is larger than the window is read
piece by piece and comes without its further parts, so that one record of 200 MB takes no more memory than many small.
"""

import re
from collections.abc import Callable, Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Final

from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.imports.files import ReadableStream
from metaoptout_tui.imports.meta_export.text_window import TextWindow

JsonPath = tuple[str, ...]
"""Where a value stands: the keys of objects, and `ITEM` for any place of a list."""
ITEM: Final = "*"

MAX_WHOLE_CHARACTERS = 1 << 17
"""Characters up to which a value is decoded at once. It stops all other threads for 5 ms at most."""
MAX_KEPT_CHARACTERS = 1 << 19
"""Characters of the parts that are kept of a larger value."""
MAX_DEPTH = 64
"""Levels down to which a large value is read piece by piece."""


class _Sentinel:
    """A value that no JSON has."""


CLOSED: Final = _Sentinel()
"""Comes in place of a value, at the path of an opened object or list, when its end was read."""
_TOO_LARGE: Final = _Sentinel()

_BLANKS = re.compile(r"[ \t\r\n]*")
_COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
_TEXT = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
_decode_at = JSONDecoder().raw_decode

_EMPTY = mark("It is empty.")
_DAMAGED = mark("It is damaged: it is not JSON to its end.")
_NO_JSON = mark("It is not JSON, though its name says so.")
_HTML_INSIDE = mark("It is a page (HTML), though its name says that it is JSON.")
_TOO_DEEP = mark("It is nested deeper than any file of Meta's.")


def stream_values(stream: ReadableStream, is_opened: Callable[[JsonPath], bool]) -> Iterator[tuple[JsonPath, object]]:
    """Each value of a JSON text, with its path, that stands in no object or list that is not opened.

    `is_opened` is asked for each path at which an object or list may stand. Raises FileRefused for what is no JSON.
    """
    window = _JsonWindow(stream)
    first = window.next_character()
    if first not in ("{", "["):
        reason = _EMPTY if not first else _HTML_INSIDE if first == "<" else _NO_JSON
        raise FileRefused(_(reason))
    yield from _values_at(window, (), is_opened, 0)
    if window.next_character():
        raise FileRefused(_(_DAMAGED))


def _values_at(
    window: "_JsonWindow", path: JsonPath, is_opened: Callable[[JsonPath], bool], depth: int
) -> Iterator[tuple[JsonPath, object]]:
    """What stands at the window's place: an opened object's or list's parts, or one value."""
    if window.next_character() not in ("{", "[") or not is_opened(path):
        yield path, _read_value(window, depth)
        return
    if depth > MAX_DEPTH:
        raise FileRefused(_(_TOO_DEEP))
    if window.next_character() == "[":
        item_path = (*path, ITEM)
        if is_opened(item_path):
            for _unused in window.members():
                yield from _values_at(window, item_path, is_opened, depth + 1)
        else:
            for value in window.items(lambda: _read_value(window, depth + 1)):
                yield item_path, value
    else:
        for key in window.members():
            yield from _values_at(window, (*path, key), is_opened, depth + 1)
    yield path, CLOSED


def _read_value(window: "_JsonWindow", depth: int) -> object:
    """The value at the window's place; of one that is too large as much as may be kept."""
    value = window.decode()
    return _read_large(window, depth, _Budget(MAX_KEPT_CHARACTERS)) if value is _TOO_LARGE else value


class _Budget:
    """How many characters may still be kept of a value that is too large, with all that is in it."""

    def __init__(self, characters: int) -> None:
        self._left = characters

    def take(self, size: int) -> bool:
        """Whether a part of this size may be kept; if so it is counted."""
        if size > self._left:
            return False
        self._left -= size
        return True

    def split(self) -> "_Budget":
        """Half of what is left, for a part that is too large itself, so that the parts behind it have room too."""
        half = self._left // 2
        self._left -= half
        return _Budget(half)


def _read_large(window: "_JsonWindow", depth: int, budget: _Budget) -> object:
    """A value that is too large to be decoded at once, without the parts that the budget has no room for."""
    first = window.next_character()
    if first == '"':
        window.skip_string()
        return ""
    if first not in ("{", "["):
        raise FileRefused(_(_DAMAGED))
    if depth > MAX_DEPTH:
        raise FileRefused(_(_TOO_DEEP))
    return _large_object(window, depth, budget) if first == "{" else _large_list(window, depth, budget)


def _large_object(window: "_JsonWindow", depth: int, budget: _Budget) -> dict[str, object]:
    by_key: dict[str, object] = {}
    for key in window.members():
        start = window.position
        part = window.decode()
        size = window.position - start
        if part is _TOO_LARGE:
            part, size = _read_large(window, depth + 1, budget.split()), 0
        if budget.take(len(key) + size):
            by_key[key] = part
    return by_key


def _large_list(window: "_JsonWindow", depth: int, budget: _Budget) -> list[object]:
    items: list[object] = []
    start = window.position

    def read_part() -> object:
        nonlocal start
        part = window.decode()
        if part is _TOO_LARGE:
            part, start = _read_large(window, depth + 1, budget.split()), window.position
        return part

    for part in window.items(read_part):
        size, start = window.position - start, window.position
        if budget.take(size):
            items.append(part)
    return items


class _JsonWindow(TextWindow):
    """The part of a JSON text that is in memory, and the place in it up to which it was read."""

    def next_character(self) -> str:
        """The next character that is no blank, which is not read yet; empty at the end."""
        while True:
            match = _BLANKS.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_on():
                return ""

    def decode(self) -> object:
        """Decode the next value; `_TOO_LARGE` and nothing read where it does not fit the window."""
        self.next_character()
        while True:
            try:
                value, end = _decode_at(self._text, self._at)
            except JSONDecodeError:
                if self._is_at_end:
                    raise FileRefused(_(_DAMAGED)) from None
            except RecursionError:
                raise FileRefused(_(_TOO_DEEP)) from None
            except ValueError:
                raise FileRefused(_("It holds a number that is longer than any of Meta's.")) from None
            else:
                # A number that ends with the window may go on behind it.
                if end < len(self._text) or self._is_at_end:
                    self._at = end
                    return value
            in_window = len(self._text) - self._at
            if in_window > MAX_WHOLE_CHARACTERS:
                return _TOO_LARGE
            self._read_on(in_window)

    def members(self) -> Iterator[str]:
        """Enter an object or list; at each key, or `ITEM`, its value is next and has to be read before going on."""
        is_object = self._take("{[") == "{"
        if self.next_character() == ("}" if is_object else "]"):
            self._at += 1
            return
        while True:
            if is_object:
                yield self._read_key()
            else:
                yield ITEM
            if self._take(",}" if is_object else ",]") != ",":
                return

    def items(self, read_item: Callable[[], object]) -> Iterator[object]:
        """Enter a list and decode its items one by one, most of them without a step between; else by `read_item`."""
        for _unused in self.members():
            yield read_item()
            while comma := _COMMA.match(self._text, self._at):
                try:
                    value, end = _decode_at(self._text, comma.end())
                except (ValueError, RecursionError):
                    break  # at the end of the window, or damaged: the long way tells
                # A number that ends with the window may go on behind it.
                if end >= len(self._text):
                    break
                self._at = end
                yield value

    def skip_string(self) -> None:
        """Read to the end of the string that begins here, and keep nothing of it."""
        self._at += 1
        while True:
            match = _TEXT.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._text.startswith('"', self._at):
                self._at += 1
                return
            # What is left is at most the first half of an escape.
            if not self._read_on():
                raise FileRefused(_(_DAMAGED))

    def _read_key(self) -> str:
        if self.next_character() != '"':
            raise FileRefused(_(_DAMAGED))
        key = self.decode()
        if key is _TOO_LARGE:
            self.skip_string()
            key = ""
        self._take(":")
        return str(key)

    def _take(self, expected: str) -> str:
        character = self.next_character()
        if not character or character not in expected:
            raise FileRefused(_(_DAMAGED))
        self._at += 1
        return character
