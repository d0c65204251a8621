"""A rehearsal in a real terminal: ninety days with an invented person, and nothing of it is left anywhere."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal.pseudo_terminal import COMMAND, Home, OpenWindow, Terminal

WATCHED_FROM_OUTSIDE = """
import socket
import sys
from pathlib import Path

from metaoptout_tui.main import main


def connect(*_):
    Path("connected").touch()
    raise OSError("no network")


socket.socket.connect = connect
sys.exit(main(sys.argv[1:]))
"""
"""The program, and a file that tells of any connection."""

RECORD = """\
schema = 1

[person]
country = "DE"
email = "berta@example.org"

[[account]]
id = "facebook"
platform = "facebook"
name = "Berta"
email = "berta@example.org"
hub = ""
"""

Rehearse = Callable[..., Terminal]


@pytest.fixture
def temporary(home: Home) -> Path:
    """The only folder in which a rehearsal may write."""
    folder = home.folder / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def rehearse(home: Home, window: OpenWindow, temporary: Path) -> Rehearse:
    """Begin a rehearsal where a browser, a mail program and a clipboard would write down that they were asked."""
    programs = home.folder / "programs"
    programs.mkdir()
    for name in ("xdg-open", "firefox", "xdg-email", "wl-copy", "xclip", "xsel"):
        (programs / name).write_text(f"#!/bin/sh\necho {name} >> {home.folder}/asked\n", encoding="utf-8")
        (programs / name).chmod(0o755)

    def begin(*arguments: str, command: tuple[str, ...] = (str(COMMAND),)) -> Terminal:
        return window(
            *arguments,
            command=command,
            columns=100,
            rows=30,
            TMPDIR=str(temporary),
            DISPLAY=":0",
            PATH=f"{programs}:/usr/bin:/bin",
        )

    return begin


def outside(temporary: Path, home: Home) -> dict[Path, bytes]:
    """Every file of the home folder that is not in the temporary one."""
    files = (path for path in home.folder.rglob("*") if path.is_file() and not path.is_relative_to(temporary))
    return {path: path.read_bytes() for path in files}


def objects(person: Terminal) -> None:
    """From the prepared welcome to the objection of two linked accounts."""
    person.see("Rehearsal · Welcome", "anna@example.org", "This is a rehearsal with an invented person", "[x] Facebook")
    person.press("f2")
    person.see("Rehearsal · Which of these appear together", "Ctrl+G Let time pass")
    person.press("space", "enter")
    person.see("Rehearsal · ", "open Privacy Centre")
    person.press("o")
    person.see("In a rehearsal nothing is opened. It would be https://")
    person.press("f")
    person.see("Rehearsal · ", "submit the form")
    person.press("1")
    person.see("In a rehearsal nothing is copied. Your clipboard is as it was.")
    person.press("p")
    person.see("When did you press Send?")
    person.press("enter")
    person.see("Recorded.", "Look for Meta's mail to anna@example.org", "1 sent · 1 perhaps covered")


def lets(person: Terminal, happen: str) -> None:
    """Choose what happens next."""
    person.press("ctrl+g")
    person.see("What happens next?")
    rows = [line.strip() for line in person.lines]
    steps = rows.index(happen) - rows.index("A day later")
    person.press(*["down"] * steps, "enter")


def opens_letter(person: Terminal, *questions: str) -> None:
    """Open the highlighted letter and leave open what is asked before it."""
    person.press("enter")
    for question in questions:
        person.see("Rehearsal · ", question, "Esc")
        person.press("escape")
    person.see("To fill in")


def leaves_letters(person: Terminal) -> None:
    """Go back to the checklist from a letter that is not sent yet."""
    person.press("escape")
    person.see("Did you send the letter?", "Not yet")
    person.press("enter")
    person.see("Rehearsal · ", "letters", "Answer to a refusal")
    person.press("escape")
    person.see("Rehearsal · Next:")


def reminds(person: Terminal, temporary: Path) -> None:
    person.command("letters")
    person.see("Rehearsal · ", "Reminder", "Herinnering: mijn bezwaar")
    opens_letter(person, "What is your name?", "What is your postal address?", "what is the address of the profile?")
    person.see("je naam")
    person.press("f5")
    person.see("Saved:")
    (letter,) = temporary.rglob("case-files/*.txt")
    assert "REHEARSAL: the person in this letter is invented." in letter.read_text(encoding="utf-8")
    person.send(b"\x0f")
    person.see("In a rehearsal no mail program is asked.")
    leaves_letters(person)


def test_ninety_days_in_a_rehearsal_leave_nothing_behind(home: Home, temporary: Path, rehearse: Rehearse) -> None:
    home.write(home.record, RECORD)
    home.write(home.settings, 'theme = "metaoptout-light"\n[guidance]\nweekly = true\n')
    person = rehearse("rehearse", command=(sys.executable, "-c", WATCHED_FROM_OUTSIDE))
    person.see("Rehearsal · Welcome")
    before = outside(temporary, home)
    objects(person)
    lets(person, "Three days later")
    person.see("It is now", "Rehearsal · Next:")
    lets(person, "A month later")
    lets(person, "Three days later")
    person.see("no answer, Meta is late")
    reminds(person, temporary)
    lets(person, "A month later")
    lets(person, "Meta refuses")
    person.see("what came back?", "An invented mail has come.", "gives no reason")
    person.press("home", *["down"] * 7)
    person.see("Enter asks which kind")
    person.press("enter")
    person.see("what does the refusal say?")
    person.press(*["down"] * 5)
    person.see("A refusal must say why")
    person.press("enter")
    person.see("Meta refused")
    person.command("letters")
    person.see("Complaint to the authority")
    person.press("down")
    opens_letter(person)
    person.see("artikel 77 AVG")
    person.press("f5")
    person.see("Saved:")
    leaves_letters(person)
    lets(person, "A month later")
    person.see("It is now")
    person.press("ctrl+q")
    assert person.ended() == 0
    assert "The rehearsal is over. Nothing of it was kept." in person.text
    assert outside(temporary, home) == before
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_rehearsal_that_is_ended_from_outside_leaves_nothing_behind(
    home: Home, temporary: Path, rehearse: Rehearse, number: signal.Signals
) -> None:
    home.write(home.record, RECORD)
    person = rehearse("rehearse")
    person.see("Rehearsal · Welcome")
    before = outside(temporary, home)
    objects(person)
    person.signal(number)
    assert person.ended() == 128 + number
    assert list(temporary.iterdir()) == []
    assert outside(temporary, home) == before


def test_a_rehearsal_whose_window_is_closed_leaves_nothing_behind(temporary: Path, rehearse: Rehearse) -> None:
    person = rehearse("rehearse")
    person.see("Rehearsal · Welcome")
    person.close_window()
    person.ended_unseen()
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="no such signal there")
@pytest.mark.parametrize("start", ["purge --yes", "--plain", "", "rehearse"])
def test_what_a_killed_rehearsal_left_is_gone_when_the_program_is_opened_again_and_nothing_is_said_of_it(
    home: Home, temporary: Path, rehearse: Rehearse, start: str
) -> None:
    home.write(home.record, RECORD)
    killed = rehearse("rehearse")
    killed.see("Rehearsal · Welcome")
    (left,) = temporary.iterdir()
    killed.kill()
    assert left.exists()
    next_start = rehearse(*start.split())
    next_start.until(lambda: not left.exists(), "the end of the folder that was left")
    assert left.name not in next_start.text


def test_another_start_leaves_a_rehearsal_that_goes_on_alone(temporary: Path, rehearse: Rehearse) -> None:
    person = rehearse("rehearse")
    person.see("Rehearsal · Welcome")
    before = set(temporary.iterdir())
    assert rehearse("keys").ended() == 0
    assert set(temporary.iterdir()) == before
    objects(person)
    person.press("ctrl+q")
    assert person.ended() == 0
    assert list(temporary.iterdir()) == []


def test_from_the_welcome_to_a_rehearsal_and_back_to_what_was_typed(home: Home, rehearse: Rehearse) -> None:
    person = rehearse()
    person.see("Where do you live?")
    person.type("austria")
    person.see("Austria")
    person.press("f4")
    person.see("How do you want to begin?", "Only try it")
    person.press("end", "enter")
    objects(person)
    person.press("q")
    person.see("Welcome to metaoptout-tui", "The rehearsal is over. Nothing of it was kept.")
    assert "Rehearsal ·" not in person.text
    person.press("ctrl+q")
    assert person.ended() == 0
    assert "account" not in home.written
    assert "anna@example.org" not in home.record.read_text(encoding="utf-8")
