"""The last gate before the terminal: no control character and no foreign link leaves the program, whatever slipped by."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from metaoptout_tui.core.text import exit_scrub


class Scrub(LineFilter):
    """Replaces control and direction characters in what is about to be drawn, and drops terminal hyperlinks."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, safe to write; the list itself when nothing had to be changed."""
        del background
        changed = False
        safe = []
        for segment in segments:
            text, style, control = segment
            clean = text if text.isascii() and text.isprintable() else exit_scrub(text)
            if style is not None and style.link:
                style = style.update_link(None)
                changed = True
            if clean is not text:
                changed = True
            safe.append(Segment(clean, style, control))
        return safe if changed else segments
