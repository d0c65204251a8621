"""What stands on a real terminal, where something else writes to it as well."""

from collections.abc import Callable
from functools import partial

import pytest

from metaoptout_tui.storage import progress_file
from samples import account, at, entry, record
from terminal.pseudo_terminal import Home, OpenWindow, Terminal

SHOW_CURSOR = b"\x1b[?25h"


def test_ctrl_l_draws_everything_again_where_something_wrote_over_the_screen(home: Home, window: OpenWindow) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    person = window("--offline")
    person.see("Next: List what is linked")
    person.until(lambda: person.raw.endswith(SHOW_CURSOR), "the end of what it draws")
    person.scribble("Broadcast message: the printer is out of paper")
    person.see("the printer is out of paper")
    person.press("ctrl+l")
    person.see_no("the printer is out of paper")
    person.see("Next: List what is linked")


OWN_KEYS = """[keys]
"checklist.letters" = "m"
"checklist.diary" = "d"
"checklist.periods" = "t"
"checklist.you" = "y"
"checklist.overview" = "v"
"checklist.guidance" = "r"
"checklist.export" = "E"
"""


@pytest.mark.parametrize(
    "key", [pytest.param("?", marks=pytest.mark.by_default), "f6", "m", "d", "t", "y", "v", "r", "E"]
)
def test_a_screen_is_seen_once_it_is_complete_and_never_before_it_is_wrapped(
    home: Home, window: OpenWindow, key: str
) -> None:
    home.write(
        home.record,
        progress_file.dump_record(record(account("facebook", entry("filed", at(40))), account("instagram"))),
    )
    home.write(home.settings, OWN_KEYS)
    person = window("--offline", columns=60, rows=20)
    person.ask_for_whole_pictures()
    person.see("Next: Meta's month for Facebook")

    def pictures_of(act: Callable[[], object]) -> int:
        """How many other pictures come after something was done, until nothing more does."""
        before = len(person.pictures)
        act()
        person.until(lambda: len(person.pictures) > before and person.is_picture_whole, "another picture")
        for _ in range(3):  # what is drawn for what was done has come when all has been drawn anew, and anew once more
            _draw_anew(person)
        return len(person.pictures) - before

    assert len(person.pictures) == 1, "it begins with one picture"
    assert pictures_of(partial(person.press, key)) == 1, "it opens"
    for columns, rows in ((120, 40), (80, 24), (60, 20)):
        assert pictures_of(partial(person.resize, columns, rows)) == 1, f"at {columns} × {rows}"
    assert pictures_of(partial(person.press, "escape")) == 1, "back"


def _draw_anew(person: Terminal) -> None:
    """Have all drawn again, and wait until it is."""
    person.scribble("written over")
    person.press("ctrl+l")
    person.see_no("written over")
    person.until(lambda: person.is_picture_whole, "the end of what it draws")
