"""Several people's records: begun, renamed, taken in, opened by name; of one nothing is told beside another."""

import json
import os
from pathlib import Path

import pytest

from command_line import Ended, run, save_in
from metaoptout_tui.app.clock import system_clock
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.cli import status
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.storage.lock import RecordLock
from metaoptout_tui.storage.people_folder import accepted_person_name
from samples import account, entry, record

POSIX = pytest.mark.skipif(os.name == "nt", reason="links need a right that few have there")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the record of the helper, in which nothing is due, and of two other people."""
    save_in(tmp_path, record(account("facebook", entry("filed", system_clock()), hub="")))
    for name in ("Rosa", "Omar"):
        assert call(tmp_path, "people", "add", name).returncode == 0
    late = system_clock().replace(year=system_clock().year - 1)
    filed = entry("filed", late, email="rosa@example.org")
    save_in(
        tmp_path / "people" / "Rosa",
        record(
            account("facebook", filed, hub=""),
            account("instagram", filed._replace(id="01HF0000000000000000000009"), hub=""),
        ),
    )
    return tmp_path


def call(data: Path, *words: str | Path) -> Ended:
    return run(*words, "--data-dir", data)


def test_they_are_listed_by_name_and_the_record_without_one_is_told_apart(data: Path) -> None:
    told = call(data, "people")
    assert told == (0, "Omar\nRosa\n", "Your own record opens with --person ''.\n")


def test_nobody_is_listed_where_there_is_one_record(tmp_path: Path) -> None:
    save_in(tmp_path, record(account("facebook")))
    told = call(tmp_path, "people")
    assert (told.returncode, told.stdout) == (0, "")
    assert "people add NAME" in told.stderr
    assert not (tmp_path / "people").exists()


def test_a_record_that_is_gone_names_the_command_for_its_own_person(data: Path) -> None:
    gone = data / "people" / "Rosa"
    (gone / "evidence").mkdir(exist_ok=True)
    (gone / "evidence" / "mail.eml").write_text("mail")
    (gone / "progress.toml").unlink()
    for command in (("status",), ("backup", data / "mine.zip"), ("export", "--to", data / "case")):
        told = call(data, *command, "--person", "rosa")
        assert told.returncode == 1
        assert f"`metaoptout-tui restore --data-dir '{data}' --person 'Rosa'` lists what can be brought back." in (
            told.stderr
        )


def test_a_name_opens_that_record_alone_whatever_its_capitals(data: Path) -> None:
    rosa = call(data, "status", "--person", "rosa")
    assert all(line.startswith("Rosa: ") for line in rosa.stdout.splitlines() if line)
    assert "Instagram" in rosa.stdout
    assert "Instagram" not in call(data, "status").stdout
    assert json.loads(call(data, "status", "--json", "--person", "Rosa").stdout)["record"] == "Rosa"
    paths = call(data, "paths", "--person", "Rosa").stdout
    assert all(str(data / "people" / "Rosa") in line for line in paths.splitlines() if not line.startswith("settings"))


def test_what_is_written_for_one_lies_in_their_folder_alone(data: Path, tmp_path: Path) -> None:
    before = {path for path in data.rglob("*") if path.is_file()}
    assert call(data, "export", "--whole", "--to", tmp_path / "out", "--person", "Rosa").returncode == 0
    new = {path for path in data.rglob("*") if path.is_file()} - before
    assert all(path.is_relative_to(data / "people" / "Rosa") or path.parent == tmp_path / "out" for path in new)
    [page] = (tmp_path / "out").glob("*.md")
    assert "on the computer where the record is kept" in " ".join(page.read_text(encoding="utf-8").split())


@pytest.mark.parametrize("command", ["status", "backup x.zip", "export --whole --to x", "purge --yes", "paths"])
def test_an_unknown_name_is_told_and_makes_nothing(data: Path, command: str) -> None:
    told = call(data, *command.split(), "--person", "Rose")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("There is no record called Rose.")
    assert not (data / "people" / "Rose").exists()


def test_of_everybody_only_name_and_number_are_told(data: Path) -> None:
    told = call(data, "status", "--due", "--all")
    assert told == (10, "Rosa: 2 due\n", "")
    assert call(data, "status", "--all").returncode == 2
    assert call(data, "status", "--due", "--all", "--person", "Rosa").returncode == 2


def test_one_that_cannot_be_read_is_told_and_the_others_too(data: Path) -> None:
    (data / "people" / "Omar" / "progress.toml").write_text("schema = broken")
    told = call(data, "status", "--due", "--all")
    assert told == (1, "Rosa: 2 due\n", "Omar cannot be read.\n")


def test_a_record_of_ones_own_that_is_gone_is_no_record_with_nothing_due(data: Path) -> None:
    (data / "evidence").mkdir()
    (data / "evidence" / "mail.eml").touch()
    (data / "progress.toml").unlink()
    assert call(data, "status", "--due", "--all") == (1, "Rosa: 2 due\n", "Your own record cannot be read.\n")
    (data / "evidence" / "mail.eml").unlink()
    assert call(data, "status", "--due", "--all") == (10, "Rosa: 2 due\n", "")


def test_another_name_keeps_all_of_the_record(data: Path) -> None:
    before = (data / "people" / "Rosa" / "progress.toml").read_bytes()
    assert call(data, "people", "rename", "rosa", "Rosa M").stdout == "Rosa M\n"
    assert (data / "people" / "Rosa M" / "progress.toml").read_bytes() == before
    assert call(data, "people").stdout == "Omar\nRosa M\n"
    assert call(data, "people", "rename", "Rosa M", "ROSA M").stdout == "ROSA M\n"


def test_a_record_that_is_open_is_not_renamed(data: Path) -> None:
    lock = RecordLock(data / "people" / "Rosa" / "progress.toml")
    lock.acquire()
    told = call(data, "people", "rename", "Rosa", "Rose")
    lock.release()
    assert told.returncode == 1
    assert "open in another window" in told.stderr
    assert (data / "people" / "Rosa").is_dir()


@pytest.mark.parametrize("name", ["Omar", "omar", "OMAR", "ｏｍａｒ"])
def test_no_name_is_given_twice_whatever_its_letters_look_like(data: Path, name: str) -> None:
    for words in (("add", name), ("rename", "Rosa", name)):
        told = call(data, "people", *words)
        assert (told.returncode, told.stdout) == (1, "")
        assert "There is a record called Omar already." in told.stderr


@pytest.mark.parametrize(
    "name", ["", "  ", ".", "..", ".rosa", "rosa.", "a/b", "a\\b", "a:b", "con", "NUL.txt", "-rosa", "x" * 61, "a\nb", "a\x1b[2J", "a\u202eb"]
)  # fmt: skip
def test_a_name_that_no_folder_can_have_everywhere_is_refused(name: str) -> None:
    with pytest.raises(InputRefused):
        accepted_person_name(name)


@pytest.mark.parametrize("name", ["Rosa", "Tante Erika", "José", "Łukasz", "王小明", "Anna-Marie 2", "O’Brien"])
def test_names_of_people_are_taken(name: str) -> None:
    assert accepted_person_name(f" {name} ") == name


@POSIX
def test_a_folder_that_was_used_before_is_taken_in_and_stays_where_it_is(data: Path, tmp_path: Path) -> None:
    own = save_in(tmp_path / "elsewhere" / "grandma", record(account("threads")))
    assert call(data, "people", "take", own).stdout == "grandma\n"
    assert call(data, "people").stdout == "grandma\nOmar\nRosa\n"
    assert "Threads" in call(data, "status", "--person", "Grandma").stdout
    assert "Threads" in run("status", "--data-dir", own).stdout
    for words in ((own,), (own, "twice"), (data / "people" / "Rosa", "twice"), (tmp_path / "nowhere",), (data,)):
        assert call(data, "people", "take", *words).returncode == 1
    (own.parent / "grandma").rename(own.parent / "moved")
    assert call(data, "status", "--due", "--all").stderr == "grandma cannot be read.\n"


def test_purge_of_one_leaves_the_others_and_says_so_of_the_one_without_a_name(data: Path) -> None:
    deleted = call(data, "purge", "--yes", "--person", "Rosa")
    assert deleted.returncode == 0
    assert deleted.stderr.startswith("1 file of Rosa is deleted.\n")
    assert "Nobody else's files were touched." in deleted.stderr
    assert call(data, "people").stdout == "Omar\n"
    assert not (data / "people" / "Rosa").exists()
    assert (data / "progress.toml").exists()
    told = call(data, "purge", "--yes")
    assert "Left alone: 1 other person's record." in told.stderr
    for words in ("people", "purge --person NAME"):
        assert f"`metaoptout-tui {words} --data-dir '{data}'`" in told.stderr
    assert (data / "people" / "Omar").is_dir()


@pytest.mark.parametrize(
    "command",
    ["status", "status --due", "status --json", "backup x.zip", "export --whole --to x", "restore", "merge", "evidence verify", "purge", "purge --yes"],
)  # fmt: skip
def test_where_only_others_have_a_record_a_command_asks_whose_is_meant(data: Path, command: str) -> None:
    (data / "progress.toml").unlink()
    told = call(data, *command.split())
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("2 people have records here, and you have none of your own.")
    assert "--person NAME" in told.stderr
    assert "status --due --all" in told.stderr
    assert "Rosa" not in told.stderr
    assert call(data, "people").stdout == "Omar\nRosa\n"


def test_a_record_of_ones_own_that_is_not_there_can_be_asked_for_by_no_name(data: Path) -> None:
    (data / "progress.toml").unlink()
    assert call(data, "purge", "--person", "") == (0, "", "There is nothing to delete.\n")


def test_of_one_who_was_just_added_it_is_said_that_there_is_no_account_yet(data: Path) -> None:
    for words in (("status",), ("status", "--due")):
        told = call(data, *words, "--person", "Omar")
        assert (told.returncode, told.stdout) == (0, "")
        assert told.stderr.startswith("Omar has no account yet; `metaoptout-tui --data-dir ")
        assert "--person 'Omar'` opens the record" in told.stderr


def test_a_hint_at_a_command_names_the_record_that_it_is_about(data: Path, tmp_path: Path) -> None:
    paths = resolve_paths(None, None, {"HOME": str(tmp_path), "XDG_DATA_HOME": str(data.parent)})
    assert paths.command("purge") == "metaoptout-tui purge"
    assert resolve_paths(data, None, {}).command("purge") == f"metaoptout-tui purge --data-dir '{data}'"
    named = resolve_paths(data, None, {}).of_person("rosa")
    assert named.command("restore") == f"metaoptout-tui restore --data-dir '{data}' --person 'Rosa'"


def test_purge_of_one_without_a_record_removes_the_empty_folder(data: Path) -> None:
    told = call(data, "purge", "--person", "Omar")
    assert told == (0, "", "There is nothing to delete.\nThe empty folder of Omar is removed.\n")
    assert call(data, "people").stdout == "Rosa\n"


@POSIX
def test_purge_of_one_that_was_taken_in_removes_the_link_too(data: Path, tmp_path: Path) -> None:
    own = save_in(tmp_path / "elsewhere" / "grandma", record(account("threads")))
    call(data, "people", "take", own)
    assert call(data, "purge", "--yes", "--person", "grandma").returncode == 0
    assert not (own / "progress.toml").exists()
    assert call(data, "people").stdout == "Omar\nRosa\n"


def test_without_any_people_the_places_are_as_they_were(tmp_path: Path) -> None:
    paths = resolve_paths(tmp_path, None, {"HOME": str(tmp_path)})
    assert paths.of_person("") == paths


@pytest.mark.parametrize(
    ("typed", "as_it_is_typed"),
    [
        ("people add Mrs Okafor", "metaoptout-tui people add 'Mrs Okafor'"),
        ("people rename Omar Mrs Okafor", "metaoptout-tui people rename 'NAME' 'NEW'"),
        ("people take omar Mrs Okafor", "metaoptout-tui people take 'omar' 'Mrs Okafor'"),
        ("status --person Mrs Okafor", "--person 'Mrs Okafor'"),
        ("--person Mrs Okafor", "--person 'Mrs Okafor'"),
    ],
)
def test_a_name_of_several_words_is_asked_for_in_quotes(data: Path, typed: str, as_it_is_typed: str) -> None:
    told = run("--data-dir", data, *typed.split())
    assert told.returncode == 2
    assert told.stderr.endswith(f"Put a name of several words in quotes: {as_it_is_typed}\n")
    assert not (data / "people" / "Mrs").exists()


def test_a_name_without_quotes_is_no_matter_where_a_word_is_missing(data: Path) -> None:
    assert "required: FOLDER\n" in call(data, "people", "take").stderr
    assert "unrecognized arguments: Okafor" in call(data, "status", "Okafor").stderr


def test_paths_names_the_other_people_and_how_to_see_where_one_is(data: Path) -> None:
    told = call(data, "paths")
    assert "record    " in told.stdout
    command = f"metaoptout-tui paths --person NAME --data-dir '{data}'"
    assert told.stderr == f"There are also records of Omar and Rosa. `{command}` prints where one of them is.\n"
    assert call(data, "paths", "--person", "Rosa").stderr == ""


def test_somebody_at_a_terminal_hears_also_of_whom_nothing_is_due(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_in(data / "people" / "Omar", record(account("facebook")))
    assert call(data, "status", "--due", "--all").stderr == ""
    monkeypatch.setattr(status, "is_heard_now", lambda: True)
    told = call(data, "status", "--due", "--all")
    assert told == (10, "Rosa: 2 due\n", "Your own record: nothing due\nOmar: nothing due, 1 to do\n")
