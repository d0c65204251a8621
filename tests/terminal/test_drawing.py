"""What stands on a real terminal, where something else writes to it as well."""

from metaoptout_tui.storage import progress_file
from samples import account, record
from terminal.pseudo_terminal import Home, OpenWindow

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
