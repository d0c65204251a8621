"""How much is sent to the terminal, which an ssh line and a slow terminal feel: little for a key, nothing at rest."""

import statistics

import pytest

from metaoptout_tui.storage import progress_file
from samples import account, at, entry, record
from terminal.pseudo_terminal import Home, OpenWindow

MOST_FOR_A_KEY = 3_000
PEOPLE = record(
    account("facebook", entry("filed", at(2)), entry("confirmed-by-mail", at(1)), hub=""),
    account("instagram", hub=""),
    account("threads"),
    account("whatsapp"),
)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_a_key_that_moves_sends_little(home: Home, window: OpenWindow, columns: int, rows: int) -> None:
    home.write(home.record, progress_file.dump_record(PEOPLE))
    person = window(columns=columns, rows=rows)
    person.see("Next:", "who says so")
    person.press("home")
    person.at(" 1  ")
    person.press("down")
    person.at(" 2  ")
    before = len(person.raw)
    between = ("I cannot log in", " 3  ", "Already sent?")
    rows_of_steps = (*between, " 4  ", *reversed(between), " 2  ", " 1  ")
    for key, row in zip(["down"] * 4 + ["up"] * 5, rows_of_steps, strict=True):
        person.press(key)
        person.at(row)
    person.press("left")
    person.at(" Anna ")
    assert len(person.raw) - before < (len(rows_of_steps) + 1) * MOST_FOR_A_KEY


@pytest.mark.by_default("how little a key sends")
def test_a_letter_typed_into_a_field_sends_itself(home: Home, window: OpenWindow) -> None:
    home.write(home.record, progress_file.dump_record(PEOPLE))
    person = window()
    person.see("Next:")
    person.press("a")
    person.see("Add an account")
    written = []
    for word in ("q", "qz", "qzk", "qzkv", "qzkvw"):
        before = len(person.raw)
        person.type(word[-1])
        person.at(word)
        written.append(len(person.raw) - before)
    # What the screen still owed when it opened may come with the first letters.
    assert statistics.median(written) < 100
