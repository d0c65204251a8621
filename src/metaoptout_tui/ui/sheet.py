"""Text for the guide pane: headings, items with hanging indents, quiet tails; as one `Content`, never markup."""

from collections.abc import Iterable
from textwrap import wrap

from textual.content import Content

NARROWEST = 24
WIDEST = 92
"""Columns. Longer lines are hard to read."""


Part = Content | str | tuple[str, str]
"""Text, or text with a style."""


class Sheet:
    """Collects lines of a fixed width. Every string it is given is shown as it stands.

    `line` is the line, from 0, on which what is added next will stand.
    """

    def __init__(self, width: int) -> None:
        self.width = max(NARROWEST, min(WIDEST, width))
        self.line = 0
        self._parts: list[Part] = []

    def _add(self, *parts: Part) -> None:
        self._parts.extend(parts)
        self.line += sum(_plain(part).count("\n") for part in parts)

    def heading(self, words: str) -> None:
        """A section's name, with one blank line before it where something stands above."""
        if self._parts and not "".join(map(_plain, self._parts[-2:])).endswith("\n\n"):
            self._add("\n")
        self._add((words, "bold $text-accent"))
        self._add("\n")

    def paragraph(self, words: str, style: str = "") -> None:
        """Plain lines."""
        for paragraph in words.split("\n"):
            for line in wrap(paragraph, self.width) or [""]:
                self._add((f"{line}\n", style) if style else f"{line}\n")

    def item(self, sign: str, words: str, tail: str = "", *, style: str = "", sign_style: str = "$muted") -> None:
        """A line with a sign in front and, quietly, a tail behind: who says so."""
        indent = " " * (len(sign) + 1)
        room = self.width - len(indent)
        lines = [line for paragraph in words.split("\n") for line in wrap(paragraph, room) or [""]]
        joined = bool(tail) and len(lines[-1]) + 2 + len(tail) <= room
        for index, line in enumerate(lines):
            self._add((f"{sign} ", sign_style) if index == 0 else indent)
            self._add((line, style) if style else line)
            if joined and index == len(lines) - 1:
                self._add((f"  {tail}", "$muted"))
            self._add("\n")
        if tail and not joined:
            for line in wrap(tail, room):
                self._add((f"{indent}{line}\n", "$muted"))

    def pieces(self, sign: str, pieces: Iterable[tuple[str, str]], *, sign_style: str = "$muted") -> None:
        """A paragraph of differently styled pieces, with a sign in front of its first line."""
        indent = " " * (len(sign) + 1)
        words = Content.assemble(*pieces)
        for index, line in enumerate(words.wrap(self.width - len(indent)) or [Content("")]):
            self._add((f"{sign} ", sign_style) if index == 0 else indent)
            self._add(line.rstrip(), "\n")

    def prose(self, pieces: Iterable[tuple[str, str]]) -> None:
        """A paragraph of differently styled pieces over the whole width."""
        for line in Content.assemble(*pieces).wrap(self.width) or [Content("")]:
            self._parts.extend((line.rstrip(), "\n"))

    def add(self, line: Content) -> None:
        """A line that is broken and styled already."""
        self._parts.extend((line, "\n"))

    def blank(self) -> None:
        """One empty line."""
        self._add("\n")

    def content(self) -> Content:
        """All of it."""
        return Content.assemble(*self._parts).rstrip()


def _plain(part: Part) -> str:
    if isinstance(part, Content):
        return part.plain
    return part if isinstance(part, str) else part[0]
