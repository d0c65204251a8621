"""From a first start to a recorded objection, and back again tomorrow: in a terminal, counted in key presses."""

import re
from pathlib import Path

import pytest

from terminal.pseudo_terminal import Home, OpenWindow, Terminal

MOST_FOR_ONE_ACCOUNT, MOST_FOR_THREE_LINKED, MOST_FOR_ANOTHER = 9, 14, 6


def welcome(person: Terminal) -> None:
    """Answer the three questions."""
    person.see("Where do you live?", "Nothing is sent to Meta", "progress.toml")
    person.type("nether")
    person.see("You can object at any time")
    person.press("enter")
    person.see("? More")  # letters are keys again: the focus is in the list
    person.press("space")
    person.see("[x] Facebook")
    person.press("enter")
    person.at("you@example.org")
    person.type("anna@example.org")
    person.see("anna@example.org")
    person.press("enter")
    person.see("Next: List what is linked with Facebook", "Objections: 1 to do")


def walk(person: Terminal) -> None:
    """From the checklist, on an account's first step, to its recorded objection."""
    person.press("enter")
    person.see("Are these all your accounts?")
    person.press("enter")
    send_the_form(person)


def send_the_form(person: Terminal) -> None:
    """From the form that is being opened to the recorded objection."""
    person.see("open Privacy Centre", "Enter when the form is in front of you")
    person.press("enter")
    person.see("submit the form", "I pressed Send")
    person.press("p")
    person.see("When did you press Send?")
    person.press("enter")
    person.see("Recorded.", "Look for Meta's mail to")


@pytest.mark.by_default("the walk to the first objection, and what is there after a kill")
def test_first_start_to_recorded_objection_then_another_account_then_a_kill(home: Home, window: OpenWindow) -> None:
    person = window()
    welcome(person)
    walk(person)
    person.see("Look for Meta's mail to anna@example.org")
    assert person.presses <= MOST_FOR_ONE_ACCOUNT
    assert home.kinds() == ["account-added", "step-done", "step-done", "filed"]

    person.presses = 0
    person.press("a")
    person.see("Add an account", "? More")
    person.type("Instagram @anna.nl")  # as the program writes it: this says which platform, too
    person.see("(x) Instagram", "@anna.nl")
    person.press("enter")
    person.see("Next: Open the form for Instagram @anna.nl", "1 sent · 1 to do")
    person.press("enter")
    send_the_form(person)
    # The account in view stays: what is next of all is a key away.
    person.see(
        "Instagram @anna.nl · filed, waiting since",
        "2 sent",
        "Recorded. Look for Meta's mail to anna@example.org about Instagram @anna.nl",
    )
    assert person.presses <= MOST_FOR_ANOTHER

    def remembered() -> bool:
        return (
            home.memory.exists()
            and 'step = "confirm"' in home.memory.read_text()
            and "instagram" in home.memory.read_text()
        )

    person.until(remembered, "the place in the program's memory")
    person.kill()

    record = home.written
    assert record["person"]["country"] == "NL"
    assert [(each["platform"], each["name"]) for each in record["account"]] == [
        ("facebook", "Facebook"),
        ("instagram", "@anna.nl"),
    ]
    for each in record["account"]:
        assert [event["what"] for event in each["event"]] == ["account-added", "step-done", "step-done", "filed"]
        assert each["event"][-1]["email"] == "anna@example.org"
        assert "form" not in each["event"][-1]  # nobody said which form it was
    assert "drafts" not in record

    tomorrow = window()
    tomorrow.see("Facebook · filed, waiting since", "2 sent", "Did a message appear after sending?")
    tomorrow.press("q")
    assert tomorrow.ended() == 0


def test_three_linked_accounts_are_one_question_and_one_objection(home: Home, window: OpenWindow) -> None:
    person = window()
    person.see("Where do you live?")
    person.type("nether")
    person.see("You can object at any time")
    person.press("enter")
    person.see("? More")
    person.press("space", "down", "2", "down", "down", "space")
    person.see("[x] Facebook", "[x] Instagram 2 accounts", "[x] WhatsApp")
    person.press("enter")
    person.at("you@example.org")
    person.type("anna@example.org")
    person.see("anna@example.org")
    person.press("enter")
    person.see("Which of these appear together in the Accounts Centre?", "[ ] All 3 of Facebook and Instagram")
    person.press("space")
    person.see("[x] Instagram 2", "[ ] WhatsApp")
    person.press("enter")
    send_the_form(person)
    assert person.presses <= MOST_FOR_THREE_LINKED
    person.see("Accounts Centre", "1 sent · 2 perhaps covered")
    assert [(each["name"], each["hub"]) for each in home.written["account"]] == [
        ("Facebook", "Accounts Centre"),
        ("Instagram 1", "Accounts Centre"),
        ("Instagram 2", "Accounts Centre"),
        ("WhatsApp", ""),
    ]
    assert home.kinds() == ["account-added", "hub-changed", "step-done", "step-done", "filed"]


def test_accounts_that_are_not_linked_are_walked_one_after_the_other(home: Home, window: OpenWindow) -> None:
    person = window()
    person.see("Where do you live?")
    person.type("nether")
    person.see("You can object at any time")
    person.press("enter")
    person.see("? More")
    person.press("space", "down", "space", "enter")
    person.at("you@example.org")
    person.type("anna@example.org")
    person.press("enter")
    person.see("[ ] Both: Facebook and Instagram")
    person.press("enter")
    person.see("Tick those that appear together")
    person.press("end", "up", "space")
    person.see("[x] None of them appears with another")
    person.press("enter")
    send_the_form(person)
    person.presses = 0
    person.see("1 sent · 1 to do")
    person.press("g", "enter")
    send_the_form(person)
    person.see("2 sent")
    assert person.presses <= MOST_FOR_ANOTHER
    assert [each["hub"] for each in home.written["account"]] == ["", ""]


README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SEEN_AFTER = (
    ("You can object at any time", "? More"),
    ("[x] Facebook",),
    ("you@example.org",),
    ("Next: List what is linked with Facebook",),
    ("Are these all your accounts?",),
    ("open Privacy Centre",),
    ("I pressed Send",),
    ("When did you press Send?",),
    ("Recorded. Look for Meta's mail to",),
)
"""What a person sees after each of the nine keys."""


@pytest.mark.parametrize("has_browser", [False, True])
def test_the_nine_keys_of_the_readme_lead_there_with_a_browser_and_without(
    home: Home, window: OpenWindow, *, has_browser: bool
) -> None:
    keys = re.findall(r"^\| `?(Enter|Space|\w)`? \|", README, re.MULTILINE)
    assert len(keys) == len(SEEN_AFTER) == MOST_FOR_ONE_ACCOUNT
    browser = home.folder / "browser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    person = window(BROWSER=str(browser) if has_browser else "")
    person.see("Where do you live?")
    person.type("nether")
    person.see("You can object at any time")
    for number, (key, words) in enumerate(zip(keys, SEEN_AFTER, strict=True), start=1):
        if number == 4:
            person.type("anna@example.org")
            person.see("anna@example.org")
        if number == 7:
            person.see("Enter asks your browser to open the form" if has_browser else "Enter when the form is in front")
        person.press(key.casefold())
        person.see(*words)
    assert home.kinds() == ["account-added", "step-done", "step-done", "filed"]
    assert person.presses == MOST_FOR_ONE_ACCOUNT
