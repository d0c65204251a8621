"""The walk to the first objection in other languages, in a real terminal, with only that language on the screen."""

import pytest

from leftover_english import english_sentences_in
from terminal.pseudo_terminal import Home, OpenWindow, Terminal
from terminal.said import LOCALES, said

MOST_KEYS = 9


class Reader:
    """A person who reads one language, and looks whether anything else is said."""

    def __init__(self, person: Terminal, language: str) -> None:
        self._language = language
        self.person = person

    def see(self, english: str, context: str = "") -> None:
        """Wait for a sentence in the person's language, up to its first place, and for nothing in English."""
        self.person.see(said(self._language, english, context))
        assert english_sentences_in(self.person.text, self._language) == []


@pytest.mark.parametrize("language", [language for language in LOCALES if language != "en"])
def test_first_start_to_recorded_objection(home: Home, window: OpenWindow, language: str) -> None:
    person = window(LANG=LOCALES[language])
    reader = Reader(person, language)
    reader.see("1  Where do you live? Type to search.")
    person.type("nether")
    reader.see(
        "You can object at any time. Meta relies on its legitimate interests to use your data, and the GDPR gives "
        "you the right to object to that.",
        "region.eea.right",
    )
    person.press("enter")
    reader.see("More", "action")
    person.press("space")
    person.see("[x] Facebook")
    person.press("enter")
    person.at(said(language, "you@example.org"))
    person.type("anna@example.org")
    person.see("anna@example.org")
    person.press("enter")
    reader.see("List what is linked with {account}", "next.identify")
    person.press("enter")
    reader.see("Are these all your accounts?")
    person.press("enter")
    reader.see("Enter when the form is in front of you")
    person.press("enter")
    reader.see("I pressed Send", "action")
    person.press("p")
    reader.see("When did you press Send?")
    person.press("enter")
    reader.see("Look for Meta's mail to {email} after {moment}", "next.look-for-mail-later")
    assert person.presses <= MOST_KEYS
    assert home.kinds() == ["account-added", "step-done", "step-done", "filed"]
    assert home.written["person"] == {"country": "NL", "language": language, "email": "anna@example.org"}
    person.press("?")
    reader.see("Go between the accounts and their steps.")
    reader.see("Back", "action")  # on the last line: the help stands whole
    person.press("escape")
    reader.see("Look for Meta's mail to {email} after {moment}", "next.look-for-mail-later")
    person.press("q")
    assert person.ended() == 0
    assert person.taken == []


def test_the_help_of_the_command_line_is_in_the_language_of_the_settings(home: Home, window: OpenWindow) -> None:
    home.write(home.settings, 'language = "nl"\n')
    person = window("--help", LANG="de_DE.UTF-8", rows=80)
    assert person.ended() == 0
    assert english_sentences_in(person.text, "nl") == []
    assert "--data-dir" in person.text
