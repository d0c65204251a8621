"""The terminal's cursor follows the person: braille displays, magnifiers and input methods go where it is."""

import pytest

from metaoptout_tui.storage import progress_file
from samples import account, at, entry, record
from terminal.pseudo_terminal import Home, OpenWindow, Terminal

PEOPLE = record(
    account("facebook", entry("filed", at(2)), entry("noted", at(1), step="open", text="It was in Dutch."), hub=""),
    account("instagram", hub=""),
    account("whatsapp"),
)


@pytest.fixture
def person(home: Home, window: OpenWindow) -> Terminal:
    """Somebody at the first step of their Facebook account."""
    home.write(home.record, progress_file.dump_record(PEOPLE))
    home.write(home.memory, 'account = "facebook"\nstep = "identify"\n')
    person = window()
    person.see("Next:", "who says so")
    person.press("home")
    person.at(" 1  ")
    return person


def test_it_goes_along_in_the_lists_of_the_checklist(person: Terminal) -> None:
    for key, number in (("down", 2), ("down", 3), ("up", 2)):
        person.press(key)
        person.at(f" {number}  ")
    person.press("left")
    person.at("Facebook Anna")
    person.press("down")
    person.at("Instagram Anna")


def test_it_goes_along_in_a_dialog_and_stands_in_its_field(person: Terminal) -> None:
    person.press("down", "down")
    person.at(" 3  ")
    person.press("enter")
    person.at("Leave it as it is")
    person.press("down")
    person.at("Send it again all the same")
    person.press("enter")
    person.at("E-mail address")
    person.press("m")
    person.at("anna@example.org")
    person.press("down")
    person.at("Another address")


def end_of(person: Terminal, words: str) -> tuple[int, int]:
    """Column and line behind these words, wherever they stand by now; (-1, -1) while they stand nowhere."""
    places = ((line.index(words) + len(words), row) for row, line in enumerate(person.lines) if words in line)
    return next(places, (-1, -1))


@pytest.mark.by_default("where the cursor stands")
def test_it_stands_in_a_field_behind_what_is_typed(person: Terminal) -> None:
    person.press("a")
    person.see("Add an account")
    person.type("anna.nl")
    person.at("anna.nl")
    person.until(lambda: person.cursor == end_of(person, "anna.nl"), "a cursor behind what is typed")
    person.press("left")
    person.until(lambda: person.cursor[0] == end_of(person, "anna.nl")[0] - 1, "a cursor one cell before")


def test_it_goes_along_in_the_palette(person: Terminal) -> None:
    person.press("ctrl+p")
    person.at("Search for commands")
    person.type("diary")
    person.see("All entries of the account")
    person.at("diary")
    person.press("down")
    person.until(lambda: person.cursor[1] > person.line_of("All entries of the account"), "a cursor on an entry")


def test_it_stands_at_the_first_line_in_view_of_a_text(person: Terminal) -> None:
    person.press("?")
    person.see("Help: Checklist")
    top = person.lines[person.cursor[1]]
    person.press("down")
    person.until(lambda: person.lines[person.cursor[1]] != top, "the next line under the cursor")


def test_it_is_seen_and_no_field_draws_another_one(person: Terminal) -> None:
    person.press("a")
    person.see("Add an account")
    person.type("x")
    person.at("x")
    assert person.is_cursor_shown
    assert not any(person.is_reversed(column, person.cursor[1]) for column in range(80))
