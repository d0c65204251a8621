"""A person in Vienna who has no account of Meta: from a first start to a letter and the authority, in a terminal."""

from terminal.pseudo_terminal import Home, OpenWindow


def test_without_an_account_from_the_first_start_to_a_complaint(home: Home, window: OpenWindow) -> None:
    person = window()
    person.see("Where do you live?")
    person.type("austria")
    person.see("Austria: You can object at any time")
    person.press("f4")
    person.see("How do you want to begin?", "I have no account of Meta")
    person.press("down", "down", "enter")
    person.see("Next: Open the form for Data about you without an account", "you need no")
    person.press("enter")
    person.see("Data about you without an account: open the form", "no account needed")
    person.press("f")
    person.see("Data about you without an account: submit the form", "Prompts and screenshots")
    person.press("p")
    person.see("When did you press Send?")
    person.type("2026-01-05")
    person.see("Mon 5 Jan 2026")
    person.press("enter")
    person.see("Meta's month for Data about you without an account ran out", "Write a reminder, or complain")
    assert home.kinds() == ["account-added", "step-done", "filed"]
    assert home.written["account"][0]["platform"] == "elsewhere"

    person.press("enter")
    person.see(
        "Data about you without an account: letters", "Complaint to the authority", "A message to people who post you"
    )
    person.press("down", "enter")
    person.see("What is your name?")
    person.press("escape")
    person.see("What is your postal address?")
    person.press("escape")
    person.see("Subject: Beschwerde", "Österreichische Datenschutzbehörde")
    person.press("escape")
    person.see("Data about you without an account: letters")
    person.press("a")
    person.see("Österreichische Datenschutzbehörde", "Where to write")
    person.press("escape")
    person.see("Data about you without an account: letters")
    person.press("escape")
    person.see("Next:")
    person.press("q")
    assert person.ended() == 0
