"""The scroll bar of every list and text. Arrows at its ends say that there is more above or below."""

from math import ceil

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBar, ScrollBarRender

MORE_ABOVE, MORE_BELOW = "▴", "▾"
MORE_ABOVE_ASCII, MORE_BELOW_ASCII = "^", "v"


class ArrowedScrollBar(ScrollBarRender):
    """Textual's bar, whose colours alone would say that it is one, with an arrow where there is more.

    It is drawn in words of the terminal too: who reads the lines, copies them or has no colours sees the arrows.
    """

    arrows = (MORE_ABOVE, MORE_BELOW)

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,  # noqa: FBT001, FBT002 - as Textual has it
        back_color: Color = Color.parse("#555555"),  # noqa: B008 - as Textual has it
        bar_color: Color = Color.parse("bright_magenta"),  # noqa: B008 - as Textual has it
    ) -> Segments:
        """The bar, with the arrows in its first and last cell."""
        bar = super().render_bar(size, virtual_size, window_size, position, thickness, vertical, back_color, bar_color)
        segments = bar.segments
        if not vertical or not segments or virtual_size <= window_size:
            return bar
        arrow = Style(color=bar_color, bgcolor=back_color, bold=True, reverse=False)
        if position > 0 and len(segments) > 1:
            segments[0] = _with_arrow(segments[0], cls.arrows[0], arrow)
        if ceil(position) + window_size < virtual_size:
            segments[-1] = _with_arrow(segments[-1], cls.arrows[1], arrow)
        return bar


def _with_arrow(segment: Segment, sign: str, style: Style) -> Segment:
    """A cell with an arrow, which a click still moves."""
    return Segment(sign, (segment.style or Style()) + style)


def use_scroll_bars_with_arrows(*, is_ascii: bool) -> None:
    """Draw every scroll bar with arrows."""
    ArrowedScrollBar.arrows = (MORE_ABOVE_ASCII, MORE_BELOW_ASCII) if is_ascii else (MORE_ABOVE, MORE_BELOW)
    ScrollBar.renderer = ArrowedScrollBar
