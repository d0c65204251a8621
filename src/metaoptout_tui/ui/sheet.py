"""Text for the guide pane: headings, items with hanging indents, quiet tails; as one `Content`, never markup."""

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

    def blank(self) -> None:
        """One empty line."""
        self._parts.append("\n")

    def content(self) -> Content:
        """All of it."""
        return Content.assemble(*self._parts).rstrip()
