"""What is printed to be taken over can be copied where there is a clipboard, and else stands alone between two lines."""

import base64
import sys

import pytest

from metaoptout_tui.cli.output import clipboard_of_terminal
from metaoptout_tui.core.text import display_width
from metaoptout_tui.desktop.clipboard import SystemClipboard
from metaoptout_tui.wiring.rehearsal import RehearsedClipboard
from plain_talk import Speak
from samples import account, asked_for_name, at, entry, record

READY = record(account("facebook", entry("step-done", at(1), step="identify")))
TO_FORM = ("account:facebook", "step:submit")
REASON = (*TO_FORM, "reason", "write", "I am a carpenter and show my work to neighbours.", ".")
WAITING = asked_for_name(record(account("facebook", entry("filed", at(9)))))
TO_LETTER = ("account:facebook", "everything-else", "checklist.letters", "reminder")


def clipboard_of(copied: list[str]) -> SystemClipboard:
    """A clipboard that takes what it is given, as a terminal does."""
    return SystemClipboard(copied.append, {}, platform="linux", find_program=lambda _name: None)


def test_what_goes_into_a_field_is_copied_one_after_the_other(speak: Speak) -> None:
    copied: list[str] = []
    talk = speak(*TO_FORM, "copy", "1", "2", "back", "quit", progress=READY, clipboard=clipboard_of(copied))
    assert copied == ["anna@example.org", "Yes"]
    assert "Type copy to put one of these on your clipboard." in talk.heard
    assert "E-mail address: Sent to your clipboard." in talk.text
    assert talk.heard.count("Fill in the form and press Send there. What now?") == 2


def test_what_was_changed_is_copied_as_it_is_now_and_a_reason_whole(speak: Speak) -> None:
    copied: list[str] = []
    clipboard = clipboard_of(copied)
    speak(
        *REASON,
        "copy",
        "2",
        "back",
        "reason",
        "empty",
        "copy",
        "2",
        "back",
        "quit",
        progress=READY,
        clipboard=clipboard,
    )
    assert copied == ["I am a carpenter and show my work to neighbours.", "Yes"]
    other = ("email", "other", "other@example.org")
    speak(*TO_FORM, *other, "copy", "1", "back", "quit", progress=READY, clipboard=clipboard)
    assert copied[-1] == "other@example.org"


def test_a_message_alone_is_copied_at_once(speak: Speak) -> None:
    copied: list[str] = []
    message = ("account:whatsapp", "step:review", "privacy", "==message", "copy", "quit")
    talk = speak(*message, progress=record(account("whatsapp")), clipboard=clipboard_of(copied))
    assert len(copied) == 1
    assert "Type copy to put it on your clipboard." in talk.heard
    assert "The message: Sent to your clipboard." in talk.text


def test_a_link_and_a_letter_are_copied_where_they_are_printed(speak: Speak) -> None:
    copied: list[str] = []
    clipboard = clipboard_of(copied)
    speak("account:facebook", "step:open", "copy", "1", "back", "quit", progress=READY, clipboard=clipboard)
    assert copied == ["https://www.facebook.com/help/contact/6359191084165019"]
    speak(*TO_LETTER, "read", "copy", "quit", progress=WAITING, clipboard=clipboard)
    assert "Article 21 GDPR" in copied[-1]


def test_without_a_clipboard_nothing_is_offered_and_the_word_says_so(speak: Speak) -> None:
    talk = speak(*TO_FORM, "copy", "quit", progress=READY)
    assert "to put one of these on your clipboard" not in talk.text
    assert "There is no way to the clipboard here." in talk.text
    assert "There is nothing here to copy." in speak("copy", "quit", progress=WAITING).heard


def test_in_a_rehearsal_copying_says_that_nothing_is_copied(speak: Speak) -> None:
    talk = speak(*REASON, "copy", "2", "quit", progress=READY, clipboard=RehearsedClipboard())
    assert "In a rehearsal nothing is copied." in talk.text


@pytest.mark.parametrize("columns", [20, 80])
def test_a_reason_stands_alone_between_two_lines_and_no_word_is_broken(speak: Speak, columns: int) -> None:
    talk = speak(*REASON, "fields", "quit", progress=READY, columns=columns)
    begins = max(number for number, line in enumerate(talk.heard) if line.startswith("The text begins"))
    begins = begins if columns == 80 else begins + 1  # the sentence takes two lines there
    ends = talk.heard.index("It ends here.", begins)
    lines = talk.heard[begins + 1 : ends]
    assert " ".join(lines) == "I am a carpenter and show my work to neighbours."
    assert all(display_width(line) <= columns for line in lines)


def test_a_letter_is_printed_with_the_signs_that_go_out(speak: Speak) -> None:
    written = (*TO_LETTER, "rewrite", "Objection", "A … B → C · D", ".")
    talk = speak(*written, "read", "quit", progress=WAITING)
    assert "A … B → C · D" in talk.heard


def test_the_terminal_is_given_a_text_only_where_it_may_have_a_clipboard(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    xterm = {"TERM": "xterm-256color"}
    assert clipboard_of_terminal(xterm) is None, "what is printed goes into a file"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    for no_clipboard in ("linux", "dumb", ""):
        assert clipboard_of_terminal({"TERM": no_clipboard}) is None
    send = clipboard_of_terminal(xterm)
    assert send is not None
    send("Grüße")
    assert capsys.readouterr().out == f"\x1b]52;c;{base64.b64encode('Grüße'.encode()).decode()}\a"


def test_what_was_told_for_something_else_is_no_longer_copied(speak: Speak) -> None:
    copied: list[str] = []
    clipboard = clipboard_of(copied)
    talk = speak("copy", "netherlands", "", "copy", clipboard=clipboard)
    assert talk.heard.count("There is nothing here to copy.") == 2, "at the first question and later"
    lines = ("account:facebook", "step:open", "back", "copy", "list", "copy", "quit")
    left = speak(*lines, progress=READY, clipboard=clipboard)
    assert left.heard.count("There is nothing here to copy.") == 2, "on the page of the account and at the list"
    assert copied == []


def test_what_can_be_copied_stays_where_an_answer_was_not_understood_or_something_else_was_copied(
    speak: Speak,
) -> None:
    copied: list[str] = []
    lines = ("step:open", "what", "again", "copy", "1", "back", "copy", "2", "back", "quit")
    speak("account:facebook", *lines, progress=READY, clipboard=clipboard_of(copied))
    assert len(set(copied)) == 2


def test_where_the_clipboard_is_not_sure_the_lines_are_named_and_nothing_is_to_be_shown(speak: Speak) -> None:
    def fail(_text: str) -> None:
        raise OSError

    for send, told in ((lambda _text: None, "If pasting does not work, take it"), (fail, "be copied. Take it")):
        clipboard = SystemClipboard(send, {}, platform="linux", find_program=lambda _name: None, is_for_plain_mode=True)
        talk = speak("account:facebook", "step:open", "copy", "1", "quit", progress=READY, clipboard=clipboard)
        assert f"{told} from the lines in which it was told." in talk.text
        assert "show it" not in talk.text.casefold()


@pytest.mark.parametrize(("aside", "number"), [("copy", "1"), ("sources", "1")])
def test_after_something_aside_help_names_where_back_leads(speak: Speak, aside: str, number: str) -> None:
    aside_lines = (aside, "help", number, "help", "back")
    lines = ("account:facebook", "step:submit", *aside_lines, "reason", "help", "quit")
    talk = speak(*lines, progress=READY, clipboard=clipboard_of([]))
    assert talk.text.count("leads back to this: the question that waits for your answer.") == 2
    assert "leads back to this: “Fill in the form and press Send there. What now?”" in talk.text
