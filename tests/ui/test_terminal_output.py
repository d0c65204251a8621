"""Only the cells that changed are written, and what a terminal then shows is what was drawn."""

import re

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset, Size
from textual.strip import Strip

from exhaustive import parametrize_some
from metaoptout_tui.ui.terminal_output import PlacedStrip, TerminalOutput
from ui.driving import EVERYTHING, SOME_PLACES, WAYS, OpenScreen, go, offer_for

SIZE = Size(20, 4)
STYLES = (
    None,
    Style(color="#8ab4f8", bgcolor="#14171c"),
    Style(color="#8ab4f8", bold=True),
    Style(reverse=True),
    Style(underline=True, bgcolor="#2b446c"),
)


class Shown:
    """A terminal that reads what is written."""

    def __init__(self) -> None:
        self.output = TerminalOutput()
        self.screen = pyte.Screen(SIZE.width, SIZE.height)
        self._stream = pyte.Stream(self.screen)

    def draw(self, *strips: PlacedStrip, cursor: Offset | None = None) -> str:
        """Draw strips; what was written."""
        written = self.output.changes(strips, SIZE, cursor, ColorSystem.TRUECOLOR)
        self._stream.feed(written)
        return written

    @property
    def cells(self) -> list[list[tuple[object, ...]]]:
        """Each cell with its text, colours and attributes."""
        return [
            [
                (cell.data, cell.fg, cell.bg, cell.bold, cell.underscore, cell.reverse)
                for cell in (self.screen.buffer[row][column] for column in range(SIZE.width))
            ]
            for row in range(SIZE.height)
        ]


def line(*pieces: tuple[str, Style | None], row: int = 0) -> PlacedStrip:
    strip = Strip([Segment(text, style) for text, style in pieces])
    return PlacedStrip(row, 0, strip.crop_extend(0, SIZE.width, None))


lines = st.builds(
    lambda pieces, row: line(*pieces, row=row),
    st.lists(st.tuples(st.text("ab  é●✓─日語", min_size=1, max_size=9), st.sampled_from(STYLES)), max_size=4),
    st.integers(0, SIZE.height - 1),
)


@given(st.lists(st.lists(lines, min_size=1, max_size=5), min_size=1, max_size=6))
def test_whatever_was_on_the_screen_the_terminal_shows_what_is_drawn(frames: list[list[PlacedStrip]]) -> None:
    shown = Shown()
    last: dict[int, PlacedStrip] = {row: line(row=row) for row in range(SIZE.height)}
    shown.draw(*last.values())
    for frame in frames:
        shown.draw(*frame)
        last |= {each.row: each for each in frame}
    anew = Shown()
    anew.draw(*last.values())
    assert shown.screen.display == anew.screen.display
    assert shown.cells == anew.cells


def test_what_the_terminal_shows_already_is_not_written() -> None:
    shown = Shown()
    assert shown.draw(line(("Next: nothing", STYLES[1])), cursor=Offset(0, 0))
    assert shown.draw(line(("Next: nothing", STYLES[1])), cursor=Offset(0, 0)) == ""


def test_a_changed_letter_is_written_alone() -> None:
    shown = Shown()
    shown.draw(line(("1 sent, 0 confirmed", None)))
    assert re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", shown.draw(line(("1 sent, 1 confirmed", None)))) == "1"


def test_everything_is_written_again_once_the_terminal_may_show_something_else() -> None:
    shown = Shown()
    first = shown.draw(line(("Next: nothing", None)), cursor=Offset(3, 0))
    shown.output.forget()
    assert shown.draw(line(("Next: nothing", None)), cursor=Offset(3, 0)) == first


def test_letters_stand_in_their_columns_where_a_terminal_draws_a_sign_over_two() -> None:
    written = Shown().draw(line(("● Instagram é ok", None)))
    assert "●\x1b[2G Instagram é\x1b[14G ok" in written


def test_the_cursor_shows_where_the_person_is_and_is_hidden_while_it_draws() -> None:
    shown = Shown()
    written = shown.draw(line(("one", None), row=1), cursor=Offset(2, 1))
    assert written.startswith("\x1b[?25l")
    assert written.endswith("\x1b[2;3H\x1b[?25h")
    assert shown.draw(cursor=Offset(0, 3)) == "\x1b[4;1H\x1b[?25h"
    shown.draw(cursor=None)
    assert shown.screen.cursor.hidden


def test_links_and_what_belongs_to_the_mouse_never_reach_the_terminal() -> None:
    shown = Shown()
    hidden = Style(link="https://evil.example", meta={"@click": "app.quit"})
    assert "evil" not in shown.draw(line(("a link", hidden)))


@parametrize_some(SOME_PLACES, "place", WAYS)
async def test_no_field_blinks_and_so_nothing_is_written_at_rest(walk: OpenScreen, place: str) -> None:
    way = WAYS[place]
    async with walk(EVERYTHING, at=(way.account, way.step), offer=offer_for(place)) as me:
        await go(me, place)
        for _ in range(6):
            field = me.app.focused
            assert not getattr(field, "cursor_blink", False)
            await me.press("tab")
