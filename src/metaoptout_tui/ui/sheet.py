"""Text for the guide pane: headings, items with hanging indents, quiet tails; as one `Content`, never markup."""

from collections.abc import Iterable
from textwrap import wrap

from textual.content import Content

NARROWEST = 24
WIDEST = 92
"""Columns. Longer lines are hard to read."""


class Sheet:
    """Collects lines of a fixed width. Every string it is given is shown as it stands."""

    def __init__(self, width: int) -> None:
        self.width = max(NARROWEST, min(WIDEST, width))
        self._parts: list[Content | str | tuple[str, str]] = []

    @property
    def line(self) -> int:
        """The line, from 0, on which what is added next will stand."""
        texts = (
            part if isinstance(part, str) else part.plain if isinstance(part, Content) else part[0]
            for part in self._parts
        )
        return sum(text.count("\n") for text in texts)

    def heading(self, words: str) -> None:
        """A section's name, with a blank line before it where something stands above."""
        if self._parts:
            self._parts.append("\n")
        self._parts.append((words, "bold $text-accent"))
        self._parts.append("\n")

    def paragraph(self, words: str, style: str = "") -> None:
        """Plain lines."""
        for paragraph in words.split("\n"):
            for line in wrap(paragraph, self.width) or [""]:
                self._parts.append((f"{line}\n", style) if style else f"{line}\n")

    def item(self, sign: str, words: str, tail: str = "", *, style: str = "", sign_style: str = "$muted") -> None:
        """A line with a sign in front and, quietly, a tail behind: who says so."""
        indent = " " * (len(sign) + 1)
        room = self.width - len(indent)
        lines = [line for paragraph in words.split("\n") for line in wrap(paragraph, room) or [""]]
        joined = bool(tail) and len(lines[-1]) + 2 + len(tail) <= room
        for index, line in enumerate(lines):
            self._parts.append((f"{sign} ", sign_style) if index == 0 else indent)
            self._parts.append((line, style) if style else line)
            if joined and index == len(lines) - 1:
                self._parts.append((f"  {tail}", "$muted"))
            self._parts.append("\n")
        if tail and not joined:
            for line in wrap(tail, room):
                self._parts.append((f"{indent}{line}\n", "$muted"))

    def pieces(self, sign: str, pieces: Iterable[tuple[str, str]], *, sign_style: str = "$muted") -> None:
        """A paragraph of differently styled pieces, with a sign in front of its first line."""
        indent = " " * (len(sign) + 1)
        words = Content.assemble(*pieces)
        for index, line in enumerate(words.wrap(self.width - len(indent)) or [Content("")]):
            self._parts.append((f"{sign} ", sign_style) if index == 0 else indent)
            self._parts.extend((line.rstrip(), "\n"))

    def add(self, line: Content) -> None:
        """A line that is broken and styled already."""
        self._parts.extend((line, "\n"))

    def blank(self) -> None:
        """One empty line."""
        self._parts.append("\n")

    def content(self) -> Content:
        """All of it."""
        return Content.assemble(*self._parts).rstrip()
