"""Plain mode as a process: lines through a pipe, what it loads, and that nothing hostile steers a terminal."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import COMMAND, save_in
from metaoptout_tui.core.text import replace_unsafe_characters
from sample_case import full_record
from samples import account, at, entry, record

STEERING = "x\x1b]0;title\x07\x1b[2J\x9b31m\x7f\u202egnp\u2066\u200b\u2028y"


def talk(folder: Path, *typed: str, person: str | None = None) -> subprocess.CompletedProcess[str]:
    """Plain mode with lines from a pipe."""
    options = [] if person is None else ["--person", person]
    return subprocess.run(
        [COMMAND, "--plain", "--data-dir", folder, *options],
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_lines_come_through_a_pipe_and_the_end_of_the_input_ends_it(tmp_path: Path) -> None:
    save_in(tmp_path, record(account("facebook", entry("filed", at(3)))))
    ended = talk(tmp_path, "next", "answer-missing")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "What came back?" in ended.stdout
    assert ended.stdout.endswith("Left. What you recorded is saved.\n")
    assert "Your answer: \n" in ended.stdout  # a pipe shows no typed line, so the prompt ends its own


def test_nothing_hostile_reaches_the_terminal(tmp_path: Path) -> None:
    save_in(tmp_path, full_record(STEERING))
    typed = ["1", "list", "everything-else", "overview.timeline", "everything-else", "checklist.overview", STEERING]
    ended = talk(tmp_path, *typed, "quit")
    assert ended.returncode == 0
    assert ended.stdout == replace_unsafe_characters(ended.stdout)


def test_bytes_that_are_no_text_are_an_unclear_answer(tmp_path: Path) -> None:
    save_in(tmp_path, record(account("facebook")))
    ended = subprocess.run(
        [COMMAND, "--plain", "--data-dir", tmp_path],
        input=b"\xff\xfe\x00\nquit\n",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0
    assert b"is none of the answers" in ended.stdout


def test_neither_the_screen_nor_the_network_is_loaded(tmp_path: Path) -> None:
    save_in(tmp_path, record(account("facebook", entry("filed", at(3)))))
    program = (
        "import sys\nfrom metaoptout_tui.main import main\n"
        f"main(['--plain', '--data-dir', {str(tmp_path)!r}])\n"
        "assert not {'textual', 'rich', 'httpx', 'readline'} & {*sys.modules}, sorted(sys.modules)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        input="next\nanswer-missing\n\n\n\nquit\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


@pytest.mark.exhaustive
def test_whose_record_is_asked_where_there_are_several_and_one_leads_to_another(tmp_path: Path) -> None:
    save_in(tmp_path, record(account("facebook", entry("filed", at(3)))))
    own = talk(
        tmp_path, "everything-else", "everywhere.people", "add-person", "Berta", "yes", "france", "none", "", "quit"
    )
    assert "This is the record “Berta”." in own.stdout
    again = talk(tmp_path, "Berta", "everything-else", "everywhere.people", "Your own", "quit")
    assert "Whose record?" in again.stdout
    before, after = again.stdout.split("Which record do you want to open?")
    assert "Facebook" not in before
    assert "Facebook" in after
    assert "Whose record?" not in talk(tmp_path, "quit", person="Berta").stdout


@pytest.mark.exhaustive
def test_a_rehearsal_in_lines_leaves_nothing(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    ended = subprocess.run(
        [COMMAND, "--plain", "--data-dir", tmp_path / "mine", "rehearse"],
        input="\n\n\nlist\nnext\nquit\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(scratch)},
    )
    assert ended.returncode == 0, ended.stderr
    assert "This is a rehearsal with an invented person." in " ".join(ended.stdout.split())
    assert "Nothing of it was kept." in ended.stderr
    assert list(scratch.iterdir()) == []
    assert not (tmp_path / "mine").exists()


_STOPPED_WHILE_THE_FOLDER_IS_MADE = """
import os, signal, sys
from metaoptout_tui.app import rehearsal
from metaoptout_tui.main import main

rehearsal._write_invented_person = lambda *_: os.kill(os.getpid(), signal.SIGTERM)
sys.exit(main(["--plain", "rehearse"]))
"""


def test_a_rehearsal_in_lines_that_is_stopped_at_its_very_beginning_leaves_nothing(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", _STOPPED_WHILE_THE_FOLDER_IS_MADE],
        input="",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "HOME": str(tmp_path), "TMPDIR": str(scratch)},
    )
    assert ended.returncode == 128 + signal.SIGTERM, ended.stderr
    assert "In which country do you live?" not in ended.stdout
    assert list(scratch.iterdir()) == []
