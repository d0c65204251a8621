"""What is drawn, at the very end. The last gate before the terminal: no control character and no foreign link leaves the program, whatever slipped by."""

from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from metaoptout_tui.core.text import exit_scrub


class GroundAsReverse(LineFilter):
    """In the terminal's own colours, or without any: a row on a ground of its own, such as the cursor's, is reversed.

    Which of sixteen colours can be read on which is for the terminal to know; its reverse always can. A ground in true
    colour, which is a QR code's white, stays.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, those with a ground reversed."""
        del background
        return [
            Segment(text, style.without_color + _REVERSE, control)
            if style is not None and style.bgcolor is not None and style.bgcolor.type in _OWN_COLOURS
            else Segment(text, style, control)
            for text, style, control in segments
        ]


_REVERSE = Style(reverse=True)
_OWN_COLOURS = frozenset({ColorType.STANDARD, ColorType.EIGHT_BIT})


class WithoutColour(LineFilter):
    """For NO_COLOR: no colour at all but a QR code's black on white, which a camera needs and no theme chose."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments with their weight and lines only."""
        del background
        return [
            Segment(text, style.without_color, control)
            if style is not None and not (style.bgcolor is not None and style.bgcolor.triplet == _WHITE)
            else Segment(text, style, control)
            for text, style, control in segments
        ]


_WHITE = (255, 255, 255)


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
