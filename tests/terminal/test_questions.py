"""Commands that must not decide by themselves ask in the terminal, and take no empty answer for one."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pexpect
import pytest

from command_line import COMMAND
from metaoptout_tui.core.record.accounts import Person, Record
from metaoptout_tui.storage.progress_file import FileLoaded, load_record, save_record
from samples import account, at, entry, record
from terminal.pseudo_terminal import PATIENCE

ANNA = record(account("facebook", entry("filed", at(3), email="anna@example.org")))
Run = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Start a command in a terminal, on the record of Anna."""
    save_record(tmp_path / "data" / "progress.toml", ANNA, None)

    def start(*words: str) -> "pexpect.spawn[str]":
        return pexpect.spawn(
            str(COMMAND),
            [*words, "--data-dir", str(tmp_path / "data"), "--config", str(tmp_path / "config.toml")],
            encoding="utf-8",
            timeout=PATIENCE,
            echo=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )

    return start


def ended(child: "pexpect.spawn[str]") -> int | None:
    child.expect(pexpect.EOF)
    child.close()
    status: int | None = child.exitstatus
    return status


def on_disk(tmp_path: Path) -> Record:
    loaded = load_record(tmp_path / "data" / "progress.toml")
    assert isinstance(loaded, FileLoaded)
    return loaded.record


@pytest.mark.parametrize(("answer", "is_masked"), [("w", False), ("m", True)])
def test_export_asks_whether_it_is_whole_or_masked(tmp_path: Path, run: Run, answer: str, *, is_masked: bool) -> None:
    child = run("export", "--to", str(tmp_path / "case"))
    for said in ("", "yes"):
        child.expect_exact("How is it to be written? [w = whole, m = masked]")
        child.sendline(said)
    child.expect_exact("How is it to be written?")
    child.sendline(answer)
    assert ended(child) == 0
    [page] = (tmp_path / "case").glob("*.md")
    assert ("anna@example.org" not in page.read_text(encoding="utf-8")) == is_masked


def test_export_writes_nothing_where_the_question_is_left(tmp_path: Path, run: Run) -> None:
    child = run("export", "--to", str(tmp_path / "case"))
    child.expect_exact("How is it to be written?")
    child.sendeof()
    assert ended(child) == 2
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize(("answer", "country"), [("h", "NL"), ("t", "BE")])
def test_merge_shows_both_values_and_asks(tmp_path: Path, run: Run, answer: str, country: str) -> None:
    save_record(tmp_path / "other.toml", replace(ANNA, person=Person("BE", "en", "anna@example.org")), None)
    child = run("merge", str(tmp_path / "other.toml"))
    child.expect_exact("your country: here NL; there BE")
    child.expect_exact("Which is right? [h = here, t = there]")
    child.sendline(answer)
    assert ended(child) == 0
    assert on_disk(tmp_path).person.country == country


@pytest.mark.by_default("a question that is asked in the terminal")
def test_merge_changes_nothing_where_a_question_is_left(tmp_path: Path, run: Run) -> None:
    save_record(tmp_path / "other.toml", replace(ANNA, person=Person("BE", "en", "anna@example.org")), None)
    child = run("merge", str(tmp_path / "other.toml"))
    child.expect_exact("Which is right?")
    child.sendeof()
    assert ended(child) == 10
    assert on_disk(tmp_path) == ANNA


@pytest.mark.parametrize(("answer", "is_deleted"), [("no", False), ("yes", True)])
def test_purge_lists_the_files_and_deletes_them_only_after_yes(
    tmp_path: Path, run: Run, answer: str, *, is_deleted: bool
) -> None:
    child = run("purge")
    child.expect_exact("your record")
    child.expect_exact("progress.toml")
    child.expect_exact("Delete this one file for good? [yes = delete it, no = leave it]")
    child.sendline("y")
    child.expect_exact("Type the whole word for that: yes.")
    child.expect_exact("for good?")
    child.sendline(answer)
    assert ended(child) == 0
    assert (tmp_path / "data").exists() != is_deleted
