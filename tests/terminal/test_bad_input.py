"""Files, terminals and words that are not as they should be: each gets a sentence, and nothing is lost."""

import re
import resource
import sys
import termios

import pytest

from exhaustive import parametrize_some
from metaoptout_tui import __version__
from metaoptout_tui.storage import progress_file
from samples import account, at, entry, record
from terminal.pseudo_terminal import Home, OpenWindow

BROKEN = 'schema = 1\n\n[person]\ncountry = "NL\n'


@pytest.mark.by_default("a record that cannot be read")
def test_a_broken_record_is_told_with_its_line_and_left_alone(home: Home, window: OpenWindow) -> None:
    before = home.write(home.record, BROKEN)
    person = window()
    person.see("progress.toml, line 4", "Leave, put progress.toml right")
    person.press("enter")
    assert person.ended() == 1
    assert home.record.read_bytes() == before
    assert "line 4" in person.text


def test_a_broken_record_can_be_set_aside_and_begun_anew(home: Home, window: OpenWindow) -> None:
    before = home.write(home.record, BROKEN)
    person = window()
    person.see("Begin a new record")
    person.press("down", "enter")
    person.see("Where do you live?")
    person.press("ctrl+q")
    assert person.ended() == 0
    [aside] = home.record.parent.glob("progress.set-aside-*.toml")
    assert aside.read_bytes() == before
    assert home.written["schema"] == 1


def test_a_broken_record_gives_way_to_the_last_good_one(home: Home, window: OpenWindow) -> None:
    home.write(home.record.with_name("progress.toml.1"), progress_file.dump_record(record(account("facebook"))))
    home.write(home.record, BROKEN)
    person = window()
    person.see("Go on from ", "1 account, 0 entries (Anna)")
    person.press("down", "enter")
    person.see("Next: List what is linked with Facebook")


def test_a_record_that_is_gone_comes_back_with_the_last_thing_that_was_done(home: Home, window: OpenWindow) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    person = window()
    person.see("Next:", "Space Tick")
    person.press("space")
    person.until(lambda: b"step-done" in home.record.read_bytes(), "the entry")
    person.press("q")
    assert person.ended() == 0
    before = home.record.read_bytes()
    home.record.unlink()
    person = window()
    person.see("is gone from", "2 earlier versions", "Leave, and look for the file", "1 account, 1 entry (Anna)")
    person.press("enter")
    assert person.ended() == 1
    assert not home.record.exists()
    person = window()
    person.see("is gone from")
    person.press("down", "enter")
    person.see("Next:", "Space Tick")
    assert home.record.read_bytes() == before


def test_a_newer_record_is_shown_and_not_touched(home: Home, window: OpenWindow) -> None:
    newer = 'schema = 2\n[[account]]\nid = "a"\nplatform = "facebook"\nname = "Anna"\nshade = "blue"\n'
    before = home.write(home.record, newer)
    person = window()
    person.see("newer version", "Facebook Anna")
    person.press("space")
    person.see("Nothing was", "changed.")  # a line may end between them
    person.press("q")
    assert person.ended() == 0
    assert home.record.read_bytes() == before


def test_a_folder_in_the_place_of_the_record_is_told(home: Home, window: OpenWindow) -> None:
    home.record.mkdir(parents=True)
    person = window()
    person.see("progress.toml", "Leave, put progress.toml right")
    person.press("q")
    assert person.ended() == 1


def test_a_full_disk_is_told_and_asked_about_before_leaving(home: Home, window: OpenWindow) -> None:
    before = home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    person = window(before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
    person.see("Next:", "who says so")
    person.press("space")
    person.see("Not saved", "still holds what was saved before")
    person.press("q")
    person.see("Leave once more")
    person.press("q")
    assert person.ended() == 1
    assert home.record.read_bytes() == before


def test_a_small_terminal_says_what_it_needs_and_a_larger_one_goes_on(home: Home, window: OpenWindow) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    person = window(columns=30, rows=8)
    person.see("This terminal is 30 × 8.", "nothing is lost meanwhile.")
    person.resize(80, 24)
    person.see("Next: List what is linked with Facebook")


def test_a_terminal_of_no_size_is_taken_for_a_usual_one(home: Home, window: OpenWindow) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    person = window(before=lambda: termios.tcsetwinsize(0, (0, 0)))
    person.see("Next:")
    person.press("q")
    assert person.ended() == 0


@parametrize_some(1, "locale", [{"LC_ALL": "C"}, {"LC_ALL": "en_US.ISO-8859-1"}])
def test_a_locale_without_utf8_is_told_and_served(home: Home, window: OpenWindow, locale: dict[str, str]) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    person = window(PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", **locale)
    person.see("Next:", "Identify linked accounts")
    person.press("q")
    assert person.ended() == 0
    assert "Traceback" not in person.flowing


ODD_BYTES = {
    "old mouse": b"\x1b[M \xa0\xff",
    "old mouse, often": b"\x1b[M\xff\xff\xff" * 40,
    "no UTF-8": b"\xff\xfe\xc3",
    "large key code": b"\x1b[99999999999u",
    "no character": b"\x1b[1114112u",
    "far click": b"\x1b[<0;999999999;99999999M",
    "negative": b"\x1b[<35;-5;-5M",
    "large size": b"\x1b[48;999999;999999;0;0t",
}


@pytest.mark.by_default("odd bytes from the terminal")
@pytest.mark.parametrize(
    "sent",
    [tuple(ODD_BYTES.values()), *(pytest.param((each,), marks=pytest.mark.exhaustive) for each in ODD_BYTES.values())],
    ids=["one after the other", *ODD_BYTES],
)
def test_nothing_that_a_terminal_sends_ends_the_program(
    home: Home, window: OpenWindow, sent: tuple[bytes, ...]
) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    person = window()
    for odd_bytes in sent:
        person.see("Next:", "who says so")
        person.send(odd_bytes)
        person.press("?")
        person.see("Help:")
        person.press("b")
    person.press("q")
    assert person.ended() == 0
    assert "Traceback" not in person.flowing


def test_a_plain_key_sent_as_a_code_types_its_character(window: OpenWindow) -> None:
    person = window()
    person.see("Where do you live?")
    person.type("new")
    person.send(b"\x1b[32u\x1b[122u\x1b[101;2u")
    person.see("new zE", "New Zealand")


def test_a_paste_without_brackets_presses_no_enter(home: Home, window: OpenWindow) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    person = window()
    person.see("Next:", "who says so")
    person.press("a")
    person.see("Add an account")
    person.type("@anna.nl\ris what I am called there\rX\rX\r")
    person.see("@anna.nl", "of 4 pasted lines the first was taken")
    person.press("escape")
    person.see("Next:", "who says so")
    person.type("X\rsome lines that belong into another window\rX\r")
    person.see("There is no field here to paste into.")
    person.press("?")
    person.see("Help: Checklist")
    assert len(home.written["account"]) == 1


def test_every_f_key_has_alt_and_its_digit_beside_it(home: Home, window: OpenWindow) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    person = window()
    person.see("Next:", "who says so")
    person.command("write a note")
    person.see("Note to")
    person.send(b"\x1b1")
    person.see("Help: Note")
    person.press("b")
    person.see("Note to")
    person.send(b"\x1bp")
    person.see("Search for commands")


def test_no_color_means_none(home: Home, window: OpenWindow) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook", entry("filed", at(2))))))
    person = window(NO_COLOR="1", COLORTERM="truecolor")
    person.see("Next:", "who says so")
    person.press("left", "w", "s")
    person.see("Who says so:")
    person.press("b", "?")
    person.see("Help:")
    person.press("b")
    person.press("q")
    assert person.ended() == 0
    sent = {code for codes in re.findall(rb"\x1b\[([\d;]*)m", person.raw) for code in codes.split(b";")}
    assert sent <= {b"", b"0", b"1", b"4", b"7", b"9", b"39", b"49"}


def test_keys_that_do_not_exist_are_told_with_their_line(home: Home, window: OpenWindow) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    home.write(home.settings, '[keys]\nchecklist.undo = "z"\nchecklist.und = "y"\n')
    person = window()
    person.see("config.toml, line 3")
    person.see("checklist.und.")


def test_a_malformed_address_in_the_welcome_is_told_and_kept(window: OpenWindow) -> None:
    person = window()
    person.see("Where do you live?")
    person.type("atlantis")
    person.see("No country is called “atlantis”.")
    person.press("enter")
    person.see("? More")  # letters are keys again: the focus is in the list
    person.press("enter")
    person.at("you@example.org")
    person.type("anna.example.org")
    person.see("anna.example.org")
    person.press("f2")
    person.see("Welcome", "anna.example.org", "no @")


HOSTILE = {
    "name": "[/] [@click=app.quit]x[/] \x1b]0;CANARY\x07 \x1b]52;c;Q0FOQVJZ\x07 \u202ecanary\u202c \x9b31m \u200bend",
    "note": "\x1b[2J[b]CANARY[/b]\n" + "long " * 2_000,
}


def test_hostile_words_in_the_record_reach_no_terminal(home: Home, window: OpenWindow) -> None:
    events = (
        entry("noted", at(3), step="identify", text=HOSTILE["note"]),
        entry("filed", at(2), email="anna@example.org", reason=HOSTILE["note"]),
        entry("confirmed-by-mail", at(1), reference=HOSTILE["name"], note=HOSTILE["note"]),
    )
    lines = ["schema = 1", "[[account]]", 'id = "facebook"', 'platform = "facebook"']
    lines += [f"{key} = {_toml(HOSTILE['name'])}" for key in ("name", "hub")]
    for event in events:
        lines += ["[[account.event]]", f'id = "{event.id}"', f"at = {event.at.isoformat()}", f'what = "{event.kind}"']
        lines += [f"{key} = {_toml(str(value))}" for key, value in event.fields.items()]
    home.write(home.record, "\n".join(lines) + "\n")
    home.write(home.settings, '[keys]\nchecklist.diary = "d"\nchecklist.note = "n"\nchecklist.edit = "e"\n')
    person = window()
    person.see("Next:")
    person.press("left", "right", "up", "up", "up")
    person.command("diary")
    person.see("Diary of")
    person.press("b")
    person.command("write a note")
    person.see("Note to")
    person.press("escape")
    person.see("Next:")
    person.command("change account")
    person.see("Enter saves.")
    person.press("escape")
    person.see("Next:")
    person.press("q")
    assert person.ended() == 0
    for forbidden in (
        b"\x1b]0;",
        b"\x1b]52;",
        b"\x1b]8;",
        b"\x9b31m",
        "\u202e".encode(),
        "\u200b".encode(),
        b"\x1b[31mCANARY",
    ):
        assert forbidden not in person.raw


def _toml(words: str) -> str:
    """A TOML string, every odd character escaped."""
    escaped = "".join(each if each.isalnum() or each in " .@=[]/" else f"\\U{ord(each):08X}" for each in words)
    return f'"{escaped}"'


CRASH = """
import sys
import termios
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.checklist import ChecklistScreen

def fail(self):
    private = "secret.canary@example.org"
    raise RuntimeError("no " + private)

{where}
from metaoptout_tui.main import main
sys.exit(main())
"""


@pytest.mark.by_default("the end by a fault")
@parametrize_some(
    1,
    "where",
    [
        "ChecklistScreen.compose_body = fail",
        "ChecklistScreen.update_content = fail",
        "ChecklistScreen.action_next = fail",
        "ChecklistScreen.action_next = lambda self: self.set_timer(0.01, lambda: fail(self))",
        "ChecklistScreen.action_next = lambda self: self.run_worker(lambda: fail(self), thread=True)",
    ],
    ids=["compose", "show", "action", "timer", "worker"],
)
def test_a_crash_shows_nothing_private_and_is_an_error(home: Home, window: OpenWindow, where: str) -> None:
    home.write(home.record, progress_file.dump_record(record(account("facebook"))))
    person = window(command=(sys.executable, "-c", CRASH.format(where=where)))
    if "action_next" in where:
        person.see("Next:", "who says so")
        person.press("g")
    assert person.ended() == 70
    assert person.taken == []
    assert b"secret.canary" not in person.raw
    assert b"anna@example.org" not in person.raw
    assert "metaoptout-tui stopped: RuntimeError" in person.flowing
    report = person.flowing.partition("it holds nothing of yours:")[2]
    assert f"metaoptout-tui {__version__}, Python" in report
    assert "RuntimeError" in report
