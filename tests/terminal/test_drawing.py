"""What stands on a real terminal, where something else writes to it as well."""

from terminal.pseudo_terminal import Home, OpenWindow


def test_ctrl_l_draws_everything_again_where_something_wrote_over_the_screen(home: Home, window: OpenWindow) -> None:
    home.write(home.record, 'schema = 1\n[person]\ncountry = "NL"\n')
    person = window("--offline")
    person.see("Add your first account")
    person.scribble("Broadcast message: the printer is out of paper")
    person.see("the printer is out of paper")
    person.press("ctrl+l")
    person.see_no("the printer is out of paper")
    person.see("Add your first account")
