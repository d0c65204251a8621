"""Ninety days in a real terminal with a clock passed in: filed, silence, reminder, refusal, complaint, closed."""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from terminal.pseudo_terminal import Home, OpenWindow, Terminal

ON_A_DAY = """
import os
import sys
from datetime import datetime

from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.wiring.full_screen import open_full_screen

now = datetime.fromisoformat(sys.argv[1])
paths = resolve_paths(None, None, os.environ)
sys.exit(open_full_screen(paths, offline=True, clock=lambda: now).exit_status)
"""
"""The program as the command starts it, on a day that the test says."""

BEGIN = datetime(2026, 11, 2, 9, 30, tzinfo=timezone(timedelta(hours=1)))

RECORD = """\
schema = 1

[person]
country = "NL"
language = "en"
email = "anna@example.org"

[[account]]
id = "facebook"
platform = "facebook"
name = "Anna"
email = "anna@example.org"
hub = ""
"""

TO_THE_GAP = b"\x0e"
"""Ctrl+N."""


def objects(person: Terminal) -> None:
    """The objection is sent, in five keys."""
    person.see("Facebook “Anna”", "not started")
    person.press("enter")
    person.see("Are these all your accounts?")
    person.press("enter")
    person.see("open Privacy Centre")
    person.press("enter")
    person.see("submit the form")
    person.press("p")
    person.see("When did you press Send?")
    person.press("enter")
    person.see("Next: Look for Meta's mail to anna@example.org after 2 Nov, 10:30")


def looks_in_vain(person: Terminal) -> None:
    """The mail has not come."""
    person.see("Next: Look for Meta's mail", "filed 24 hours ago")
    person.press("enter")
    person.see("what came back?", "Choose above what came back.")
    person.press("home", *["down"] * 4)
    person.see("Check the spam folder")
    person.press("enter")
    person.see("after 5 Nov, 09:30")


def reads_the_period(person: Terminal) -> None:
    """The last day of the month, a Wednesday."""
    person.see("filed, waiting since 2 Nov")
    person.command("legal periods")
    person.see("legal periods", "until 2 Dec", "ends today", "Worked out like this", "GDPR Art. 12(3)", "PgUp Page up")
    person.press("escape")
    person.see("waiting since 2 Nov")


def reminds(person: Terminal) -> None:
    """The month has run out: a reminder, which asks for name, address and profile, and lacks nothing more."""
    person.see("no answer, Meta is late", "ran out (2 Dec): remind or complain")
    person.command("letters")
    person.see("letters", "Your objection is not answered yet.")
    person.press("enter")
    person.see("What is your name?")
    person.type("Anna Example")
    person.press("enter")
    person.see("What is your postal address?")
    person.type("Street 1, 1234 AB Example")
    person.press("enter")
    person.see("what is the address of the profile?")
    person.type("https://www.facebook.com/anna.example")
    person.press("enter")
    person.see("Example, 3 December 2026", "Dear Sir or Madam", "Nothing is missing.")
    person.press("f2")
    person.see("How did you send it?")
    person.press("down", "enter")
    person.see("When did you send it?")
    person.press("enter")
    person.see("on your letter of 3 Dec, or complain")


def is_refused(person: Terminal) -> None:
    """A refusal comes, which gives no reasons."""
    person.see("Still no answer since 3 Dec", "Keep proof")
    person.press("up", "up")
    person.at("4  Confirm")
    person.press("enter")
    person.see("what came back?")
    person.press("home", *["down"] * 7)
    person.see("Enter asks which kind: Meta refuses")
    person.press("enter")
    person.see("what does the refusal say?")
    person.press(*["down"] * 5)
    person.see("A refusal must say why")
    person.press("enter")
    person.see("Meta refused for Facebook “Anna”: see what you can do")


def complains(person: Terminal) -> None:
    """A complaint to the authority, in its language, kept as a text."""
    person.see("Meta refused")
    person.command("letters")
    person.see("Answer to a refusal", "Complaint to the authority")
    person.press("down", "enter")
    person.see(
        "Klacht op grond van artikel 77 AVG", "Example, 20 december 2026"
    )  # name and address were written once already
    person.send(TO_THE_GAP)
    person.at(
        "geen kopie van mijn bezwaar]"
    )  # no proof of the objection itself is kept, so a copy of it is still asked for
    person.type("een afdruk van het formulier")
    person.see("Nothing is missing.")
    person.press("f5")
    person.see("Saved:")
    person.press("f2")
    person.see("How did you send it?")
    person.press("down", "enter")
    person.see("When did you send it?")
    person.press("enter")
    person.see("for the authority to write about", "complained")


def closes(person: Terminal) -> None:
    """The person leaves it at that."""
    person.see("for the authority to write about Facebook “Anna”")
    person.command("legal periods")
    person.see("Court, if the authority is silent", "from 23 Mar on", "PgUp Page up")
    person.press("escape")
    person.see("Facebook “Anna” · complained", "Enter Open")
    person.press("enter")
    person.see("what came back?", "The authority wrote")
    person.press("end")
    person.see("The case is closed")
    person.see("You leave it at that.")
    person.press("enter")
    person.see("Your complaint is still running. Close it all the same?")
    person.press("down", "enter")
    person.see("Next: Nothing to do now", "Facebook “Anna” · closed")


DAYS: dict[int, Callable[[Terminal], None]] = {
    0: objects,
    1: looks_in_vain,
    30: reads_the_period,
    31: reminds,
    47: is_refused,
    48: complains,
    90: closes,
}


@pytest.mark.exhaustive
def test_a_case_from_its_objection_to_its_end(home: Home, window: OpenWindow) -> None:
    home.write(home.record, RECORD)
    for number, happens in DAYS.items():
        command = (sys.executable, "-c", ON_A_DAY, (BEGIN + timedelta(days=number)).isoformat())
        person = window(command=command, columns=100, rows=30)
        happens(person)
        person.press("q")
        assert person.ended() == 0
        assert person.taken == []

    assert home.kinds() == [
        *("step-done", "step-done", "filed", "answer-missing", "reminded", "evidence", "refused"),
        *("complained", "evidence", "closed"),
    ]
    complained = next(each for each in home.written["account"][0]["event"] if each["what"] == "complained")
    assert complained["authority"] == "Autoriteit Persoonsgegevens"
    (letter,) = home.folder.glob("*.txt")  # where case files go: this home has no folder of documents
    assert letter.name == "2026-12-20-klacht-facebook-nl.txt"
    assert letter.stat().st_mode & 0o777 == 0o600
    words = letter.read_text(encoding="utf-8")
    assert "- 2 november 2026: ik heb mijn bezwaar naar Meta gestuurd." in words
    assert "- 19 december 2026: Meta wees mijn bezwaar af zonder redenen te geven." in words
    assert "Anna Example" in words
    assert "— In English —" not in words  # which nobody asked for
    kept = home.record.parent / "evidence"
    assert sorted(each.name for each in kept.iterdir()) == ["2026-12-03-reminder-facebook-en.txt", letter.name]
    assert (kept / letter.name).read_text(encoding="utf-8") == words
