"""However the program is left, nothing is lost and the terminal is given back."""

import fcntl
import signal
import sys
import termios
from pathlib import Path

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage import progress_file
from samples import account, record
from terminal.pseudo_terminal import COMMAND, Home, OpenWindow, Terminal

TWO = record(account("facebook"), account("instagram"))


@pytest.fixture
def kept(home: Home) -> Home:
    """A home with a record of two accounts."""
    return keep(home, TWO)


def keep(home: Home, progress: Record) -> Home:
    home.write(home.record, progress_file.dump_record(progress))
    return home


def half_a_note(person: Terminal) -> None:
    """Begin a note and stop in the middle."""
    person.see("Next:", "who says so")
    person.command("write a note")
    person.see("Note to", "F2 Save note")
    person.type("half a not")
    person.see("half a not")


@pytest.mark.by_default("leaving")
@parametrize_some(1, "key", ["q", "ctrl+q", "ctrl+c"])
def test_three_keys_leave_and_give_the_terminal_back(kept: Home, window: OpenWindow, key: str) -> None:
    person = window()
    person.see("Next:", "who says so")
    person.press(key)
    assert person.ended() == 0
    assert person.taken == []
    assert kept.written["schema"] == 1


def test_who_recorded_something_is_told_on_leaving_where_it_is_and_what_comes_next(
    kept: Home, window: OpenWindow
) -> None:
    person = window()
    person.see("Next:", "who says so")
    person.press("down", "space")
    person.until(lambda: "step-done" in kept.record.read_text(encoding="utf-8"), "the tick on the disk")
    person.press("q")
    assert person.ended() == 0
    assert person.raw.count(b"Saved in ~/") == 1
    farewell = b"Saved in ~/" + person.raw.partition(b"Saved in ~/")[2]
    assert b"Next: " in farewell.replace(b"\r\n", b" ")
    assert max(map(len, farewell.split(b"\r\n"))) <= 80
    looking = window()
    looking.see("Next:", "who says so")
    looking.press("q")
    assert looking.ended() == 0
    assert b"Saved in" not in looking.raw


@pytest.mark.by_default("the end by a signal")
@parametrize_some(1, "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_loses_nothing_and_gives_the_terminal_back(kept: Home, window: OpenWindow, number: int) -> None:
    person = window()
    half_a_note(person)
    person.signal(number)
    assert person.ended() == 128 + number
    assert person.taken == []
    assert [draft["text"] for draft in kept.written["drafts"].values()] == ["half a not"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the threads of a process are listed in /proc")
@pytest.mark.usefixtures("kept")
def test_told_to_go_on_without_having_been_stopped_it_reads_the_keys_once(window: OpenWindow) -> None:
    person = window()
    person.see("Next:", "who says so")
    person.press("?")
    person.see("Esc Back")
    person.press("escape")
    person.see("Next:", "who says so")  # whatever starts late has started
    before = person.threads
    for _ in range(3):
        person.signal(signal.SIGCONT)
    person.press("?")
    person.see("Esc Back")
    assert person.threads < before + 3  # one more for each that was taken for a return
    person.press("escape")
    person.see("Next:", "who says so")
    person.press("ctrl+q")
    assert person.ended() == 0
    assert person.taken == []


@pytest.mark.by_default("going on after the window was closed")
def test_what_was_typed_is_offered_again_after_the_window_was_closed(kept: Home, window: OpenWindow) -> None:
    person = window()
    half_a_note(person)
    person.close_window()
    assert person.ended_unseen() < 10
    assert [draft["text"] for draft in kept.written["drafts"].values()] == ["half a not"]
    again = window()
    again.see("Next:", "who says so")
    again.command("write a note")
    again.see("half a not")
    again.press("f2")
    again.see("Next:")
    again.press("q")
    assert again.ended() == 0
    assert "noted" in kept.kinds()
    assert "drafts" not in kept.written


def test_deleting_everything_leaves_nothing_behind_and_says_what_it_cannot_reach(
    kept: Home, window: OpenWindow
) -> None:
    person = window()
    half_a_note(person)
    person.press("escape")
    person.see("Next:", "who says so")
    person.press("f10")
    person.see("What is kept, and where")
    person.press("X")
    person.see("Delete everything?")
    person.type("yes\r")
    assert person.ended() == 0
    assert "Copies that a sync or backup program took, and their history." in person.raw.decode()
    assert [path for path in kept.folder.rglob("*") if path.is_file()] == []


def leave_the_terminal() -> None:
    """Have no controlling terminal, so that nobody is told when the line drops."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    fcntl.ioctl(0, termios.TIOCNOTTY)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere a terminal cannot be left like this")
def test_what_was_typed_is_kept_when_a_line_drops_and_nobody_says_so(kept: Home, window: OpenWindow) -> None:
    person = window(before=leave_the_terminal)
    person.see("Next:", "who says so")
    person.command("write a note")
    person.see("Note to", "F2 Save note")
    person.type("half a not")
    person.see("half a not")
    person.close_window()
    assert person.ended_unseen() < 10
    assert [draft["text"] for draft in kept.written["drafts"].values()] == ["half a not"]


BASH = Path("/bin/bash")


@pytest.mark.skipif(not BASH.exists(), reason="no bash here, which stops and continues programs")
@pytest.mark.usefixtures("kept")
def test_ctrl_z_goes_to_the_shell_and_fg_comes_back_to_the_same_screen(window: OpenWindow) -> None:
    person = window(command=(str(BASH), "--norc", "--noprofile", "-i"), PS1="shell> ")
    person.see("shell>")
    person.type(f"{COMMAND}\r")
    person.see("Next:", "who says so")
    person.press("down")
    person.at(" 2  ")
    for _ in range(2):
        person.press("ctrl+z")
        person.see("metaoptout-tui waits. Type fg", "To take back your last change, press u there.", "Stopped")
        assert not {mode for mode in ("1000", "1003", "1004", "1049") if mode in " ".join(person.taken)}
        person.type("fg\r")
        person.see("Next:", "who says so")
        person.see_no("metaoptout-tui waits")
        person.see_no("Stopped")
    person.press("down", "down")
    person.at(" 3  ")
    person.press("q")
    person.see("shell>")
    person.type("exit\r")
    person.ended()


@pytest.mark.usefixtures("kept")
def test_ctrl_z_stays_where_no_shell_could_come_back(window: OpenWindow) -> None:
    person = window()
    person.see("Next:", "who says so")
    person.press("ctrl+z")
    person.see("There is no shell to go back to")
    person.press("q")
    assert person.ended() == 0


def test_a_killed_program_keeps_what_was_typed_a_second_ago(kept: Home, window: OpenWindow) -> None:
    person = window()
    half_a_note(person)
    person.until(lambda: "half a not" in kept.record.read_text(encoding="utf-8"), "the draft on the disk")
    person.kill()
    again = window()
    again.see("Next:", "who says so")
    again.command("write a note")
    again.see("half a not")


def test_a_second_window_is_told_and_changes_nothing(kept: Home, window: OpenWindow) -> None:
    first = window()
    first.see("Next:", "who says so")
    before = kept.record.read_bytes()
    second = window()
    second.see("Read-only: your record is open in another window")
    second.press("down", "space")
    second.see("Nothing was", "changed.")  # a line may end between them
    second.press("q")
    assert second.ended() == 0
    assert kept.record.read_bytes() == before
    first.press("q")
    assert first.ended() == 0
    third = window()
    third.see("Next:", "who says so")
    assert "Read-only" not in third.flowing


def test_variables_for_debugging_textual_write_nothing_of_what_is_typed(kept: Home, window: OpenWindow) -> None:
    folder = kept.folder / "debug"
    folder.mkdir()
    person = window(
        TEXTUAL="debug,devtools",
        TEXTUAL_DEBUG="1",
        TEXTUAL_LOG=str(folder / "textual.log"),
        TEXTUAL_SCREENSHOT="1",
        TEXTUAL_SCREENSHOT_LOCATION=str(folder),
        TEXTUAL_SCREENSHOT_FILENAME="screen.svg",
        TEXTUAL_PRESS="q",
        TEXTUAL_DRIVER="nowhere:Driver",
        TEXTUAL_SHOW_RETURN="1",
    )
    half_a_note(person)
    person.press("ctrl+q")
    assert person.ended() == 0
    assert list(folder.iterdir()) == []
    files = (path for path in kept.folder.rglob("*") if path.is_file() and b"half" in path.read_bytes())
    assert [path.name for path in files if not path.name.startswith("progress.")] == []


def test_a_folder_that_is_not_there_is_asked_about_and_not_made(home: Home, window: OpenWindow) -> None:
    folder = home.folder / "stick/mine"
    person = window("--data-dir", str(folder))
    person.see("There is no folder", "Enter alone makes nothing")
    person.press("enter")
    assert person.ended() == 2
    assert not folder.parent.exists()

    again = window("--data-dir", str(folder))
    again.see("Enter alone makes nothing")
    again.press("y", "enter")
    again.see("Welcome to metaoptout-tui")
    again.press("ctrl+q")
    assert again.ended() == 0
