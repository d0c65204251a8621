"""Plain mode in a real terminal: lines go in, and no escape sequence comes out but the one that copies."""

import signal
from base64 import b64encode

import pytest

from leftover_english import english_sentences_in
from metaoptout_tui.storage import progress_file
from samples import account, at, entry, record
from terminal.pseudo_terminal import Home, OpenWindow, Terminal
from terminal.said import LOCALES, said


def answer(person: Terminal, question: str, *lines: str) -> None:
    """Wait for a question and type lines."""
    person.see(question)
    for line in lines:
        person.send(f"{line}\n".encode())


@pytest.mark.parametrize("language", LOCALES)
def test_from_the_first_start_to_the_objection_the_refusal_and_the_complaint(
    home: Home, window: OpenWindow, language: str
) -> None:
    person = window("--plain", rows=60, LANG=LOCALES[language])

    def asked(question: str, *lines: str) -> None:
        answer(person, said(language, question), *lines)
        if language != "en":
            assert english_sentences_in(person.text, language) == []

    asked("In which country do you live?", "nether", "1")
    asked("What do you use?", "facebook")
    asked("What is your e-mail address, the one you can read now?", "anna@example.org")
    asked("What would you like to do?", "next")
    asked("Are these all your accounts?", "")
    asked("How did you get to the form?", "1")
    asked("Fill in the form and press Send there. What now?", "1")
    asked("When did you press Send?", "")
    asked("Until then there is nothing to do.", "2", "step:confirm")
    assert home.kinds()[-1] == "filed"
    asked("What came back?", "refused", "refused.other", "", "", "", "list", "next")
    asked("Which letter?", "complaint")
    asked("What is your name?", "Anna Example")
    asked("What is your postal address?", "Street 1, 1234 AB Example")
    asked("{account}: what is the address of the profile?", "")
    asked("What do you want to do with it?", "sent", "online", "")
    asked("Recorded: {letter}, sent on {day}.", "quit")
    asked("Left. What you recorded is saved.")
    assert person.ended() == 0
    assert home.kinds()[-3:] == ["refused", "complained", "evidence"]
    assert b"\x1b" not in person.raw


def test_a_field_is_put_on_the_clipboard_of_the_terminal_and_never_on_a_console(home: Home, window: OpenWindow) -> None:
    home.record.parent.mkdir(parents=True)
    ready = record(account("facebook", entry("step-done", at(3), step="identify")))
    progress_file.save_record(home.record, ready, None)
    person = window("--plain", rows=60)
    answer(person, "What would you like to do?", "account:facebook", "step:submit")
    answer(person, "Type copy to put one of these on your clipboard.", "copy", "1")
    person.see("E-mail address: Sent to your clipboard.")
    assert b"\x1b]52;c;" + b64encode(b"anna@example.org") + b"\x07" in person.raw
    person.send(b"quit\n")
    assert person.ended() == 0
    console = window("--plain", rows=60, TERM="linux")
    answer(console, "What would you like to do?", "account:facebook", "step:submit")
    answer(console, "Fill in the form and press Send there. What now?", "copy")
    console.see("There is no way to the clipboard here.")
    assert b"\x1b" not in console.raw


@pytest.mark.parametrize("environment", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
def test_plain_mode_opens_by_itself_where_the_surroundings_ask_for_it(
    home: Home, window: OpenWindow, environment: dict[str, str]
) -> None:
    home.record.parent.mkdir(parents=True)
    progress_file.save_record(home.record, record(account("facebook", entry("filed", at(3)))), None)
    person = window(**environment)
    answer(person, "What would you like to do?", "quit")
    person.see("Left. What you recorded is saved.")
    assert b"\x1b" not in person.raw


def test_ctrl_d_and_ctrl_c_leave_with_everything_saved(home: Home, window: OpenWindow) -> None:
    person = window("--plain")
    answer(person, "In which country do you live?", "france", "1")
    person.see("What do you use?")
    person.send(b"\x04")
    person.see("Left. What you recorded is saved.")
    assert person.ended() == 0
    assert home.written["drafts"]["welcome"]["country"] == "FR"
    again = window("--plain")
    again.see("In which country do you live?")
    again.send(b"\x03")
    again.see("Stopped. What you recorded is saved.")
    assert again.ended() == 130


def test_ctrl_c_leaves_also_where_whoever_started_it_ignores_ctrl_c(window: OpenWindow) -> None:
    person = window("--plain", before=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    person.see("In which country do you live?")
    person.send(b"\x03")
    person.see("Stopped. What you recorded is saved.")
    assert person.ended() == 130


def test_the_settings_can_ask_for_plain_mode(home: Home, window: OpenWindow) -> None:
    home.write(home.settings, "plain = true\n")
    person = window()
    answer(person, "In which country do you live?", "quit")
    person.see("Left. What you recorded is saved.")
    assert b"\x1b" not in person.raw


def test_a_signal_ends_it_in_order_and_frees_the_record(home: Home, window: OpenWindow) -> None:
    home.record.parent.mkdir(parents=True)
    progress_file.save_record(home.record, record(account("facebook", entry("filed", at(3)))), None)
    person = window("--plain")
    person.see("What would you like to do?")
    person.signal(signal.SIGTERM)
    assert person.ended() == 128 + signal.SIGTERM
    again = window("--plain", columns=40)
    again.see("What would you like to do?")
    assert "another window" not in again.flowing
    assert all(len(line) <= 40 for line in again.raw.decode().split("\r\n"))


def test_a_record_is_begun_in_a_folder_that_is_not_there_and_odd_bytes_are_no_answer(
    home: Home, window: OpenWindow
) -> None:
    folder = home.folder / "stick/mine"
    person = window("--plain", "--data-dir", str(folder))
    answer(person, "Enter alone makes nothing", "y")
    person.see("In which country do you live?")
    person.send(b"\xff\xfe\n")
    answer(person, "No country is called", "france", "quit")
    person.see("Left. What you recorded is saved.")
    assert person.ended() == 0
