"""A backup is one zip that anybody can read, and that makes everything again on another computer."""

import os
import re
import shutil
import stat
import subprocess
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from command_line import run
from metaoptout_tui.app.files.backup import back_up
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.app.session import OpenRecord, open_record
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.storage import progress_file
from samples import Clock, account, at, entry, record


@pytest.fixture
def folder(tmp_path: Path, playbook: Playbook) -> Path:
    """A record with two kept files and a letter beside it."""
    data = tmp_path / "data"
    filed = entry("filed", at(3))
    progress_file.save_record(data / "progress.toml", record(account("facebook", filed)), None)
    (tmp_path / "mail.eml").write_bytes(b"From: meta@example.org\n\nNo.\n" * 1000)
    (tmp_path / "screen.png").write_bytes(bytes(range(256)) * 100)
    opened = open_record(data / "progress.toml", playbook, clock=Clock())
    assert isinstance(opened, OpenRecord)
    for name in ("mail.eml", "screen.png"):
        opened.session.attachments.attach("facebook", filed.id, tmp_path / name)
    (data / "letters").mkdir(mode=0o700)
    (data / "letters" / "reminder.txt").write_text("Dear Meta", encoding="utf-8")
    (data / "letters" / "reminder.html").write_text("<p>Dear Meta</p>", encoding="utf-8")
    opened.release_lock()
    return data


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def files_in(folder: Path) -> dict[str, bytes]:
    found = (path for name in ("evidence", "letters") for path in (folder / name).iterdir())
    return {path.name: path.read_bytes() for path in found}


@pytest.mark.usefixtures("open_umask")
def test_it_is_one_zip_of_the_persons_own_that_says_that_it_is_private(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.zip"
    ended = run("backup", target, "--data-dir", folder)
    assert (ended.returncode, ended.stdout) == (0, f"{target}\n")
    assert "The record and 4 files are in it." in ended.stderr
    assert "All of it is private and not encrypted" in ended.stderr
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:2] == ["READ ME FIRST.txt", "progress.toml"]
        assert b"ALL OF IT IS PRIVATE" in archive.read("READ ME FIRST.txt")
        assert archive.read("progress.toml") == (folder / "progress.toml").read_bytes()
        assert tomllib.loads(archive.read("progress.toml").decode())["schema"] == 1
        assert {name.partition("/")[2] for name in archive.namelist()[2:]} == set(files_in(folder))
    unzip = shutil.which("unzip")
    if unzip:
        assert subprocess.run([unzip, "-tq", target], check=False, capture_output=True).returncode == 0


def test_on_another_computer_it_makes_everything_again(folder: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "mine.zip", "--data-dir", folder)
    ended = run("restore", tmp_path / "mine.zip", "--data-dir", tmp_path / "new")
    assert ended.returncode == 0
    assert "4 kept files and letters of mine.zip are new here." in ended.stderr
    assert (tmp_path / "new" / "progress.toml").read_bytes() == (folder / "progress.toml").read_bytes()
    assert files_in(tmp_path / "new") == files_in(folder)
    assert run("evidence", "verify", "--data-dir", tmp_path / "new").returncode == 0
    again = run("restore", tmp_path / "mine.zip", "--data-dir", tmp_path / "new")
    assert "0 kept files and letters" in again.stderr
    assert "left as it is" not in again.stderr


def test_it_can_be_joined_and_another_file_of_the_same_name_stays(folder: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "mine.zip", "--data-dir", folder)
    new = tmp_path / "new"
    progress_file.save_record(new / "progress.toml", record(account("instagram")), None)
    (new / "evidence").mkdir()
    (new / "evidence" / "mail.eml").write_bytes(b"mine")
    ended = run("merge", tmp_path / "mine.zip", "--data-dir", new)
    assert ended.returncode == 0
    assert "mail.eml was left as it is: there is another file of that name here." in ended.stderr
    assert (new / "evidence" / "mail.eml").read_bytes() == b"mine"
    loaded = progress_file.load_record(new / "progress.toml")
    assert isinstance(loaded, progress_file.FileLoaded)
    assert {each.id for each in loaded.record.accounts} == {"facebook", "instagram"}


@pytest.mark.parametrize("in_the_way", ["file", "link", "no folder"])
def test_what_exists_is_not_touched(folder: Path, tmp_path: Path, in_the_way: str) -> None:
    target = tmp_path / "there" / "mine.zip"
    if in_the_way != "no folder":
        target.parent.mkdir()
    if in_the_way == "file":
        target.write_bytes(b"mine")
    elif in_the_way == "link":
        (tmp_path / "elsewhere").write_bytes(b"mine")
        target.symlink_to(tmp_path / "elsewhere")
    ended = run("backup", target, "--data-dir", folder)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Nothing was written." in ended.stderr
    if in_the_way in ("file", "link"):
        assert target.read_bytes() == b"mine"
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith("tmp")]


def test_a_folder_gets_one_with_a_dated_name_and_a_name_without_its_ending_gets_that(
    folder: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    for _unused in range(2):
        assert run("backup", there, "--data-dir", folder).returncode == 0
    ended = run("backup", there / "of 2026.11", "--data-dir", folder)
    assert ended.stdout == f"{there}/of 2026.11.zip\n"
    made = sorted(path.name for path in there.iterdir())
    assert len(made) == 3
    assert all(re.fullmatch(r"metaoptout-\d{4}-\d\d-\d\d(-2)?\.zip", name) for name in made[:2])
    assert run("restore", there / made[0], "--data-dir", tmp_path / "new").returncode == 0
    refused = run("backup", f"{tmp_path}/nowhere/", "--data-dir", folder)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"There is no folder {tmp_path}/nowhere/. Nothing was written." in refused.stderr


def test_the_name_of_one_persons_backup_says_whose_it_is(folder: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    paths = resolve_paths(folder, None, {})
    of_rosa = paths._replace(progress=folder / "people" / "Rosa M." / "progress.toml", without_person=paths)
    of_rosa.progress.parent.mkdir(parents=True)
    of_rosa.progress.write_bytes(paths.progress.read_bytes())
    made = back_up(of_rosa, str(there), Clock())
    assert made.path.name == "metaoptout-2026-11-23-Rosa-M.zip"


def test_what_was_typed_and_not_recorded_is_in_it_and_comes_back(tmp_path: Path) -> None:
    typed = replace(record(account("facebook")), drafts={"note-facebook-open": {"text": "Half a note"}})
    progress_file.save_record(tmp_path / "data" / "progress.toml", typed, None)
    ended = run("backup", tmp_path / "mine.zip", "--data-dir", tmp_path / "data")
    assert "What you typed and did not record is in it too" in ended.stderr
    run("restore", tmp_path / "mine.zip", "--data-dir", tmp_path / "new")
    loaded = progress_file.load_record(tmp_path / "new" / "progress.toml")
    assert isinstance(loaded, progress_file.FileLoaded)
    assert loaded.record.drafts == typed.drafts


def test_a_kept_file_that_is_not_as_it_was_is_said_and_a_first_start_has_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "evidence" / "mail.eml").write_bytes(b"changed")
    ended = run("backup", tmp_path / "mine.zip", "--data-dir", folder)
    assert ended.returncode == 10
    assert "mail.eml is missing, or not the file that was kept." in ended.stderr
    assert run("backup", tmp_path / "other.zip", "--data-dir", tmp_path / "new").returncode == 1
    (folder / "progress.toml").unlink()
    ended = run("backup", tmp_path / "other.zip", "--data-dir", folder)
    assert ended.returncode == 1
    assert "is gone from" in ended.stderr
    assert not (tmp_path / "other.zip").exists()


@pytest.mark.parametrize("kind", ["no zip", "no record", "escaping", "broken record", "bzip2"])
def test_a_bad_backup_is_refused_and_nothing_is_changed(folder: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "bad.zip"
    good = (folder / "progress.toml").read_bytes()
    if kind == "no zip":
        target.write_bytes(b"no zip")
    else:
        packing = zipfile.ZIP_BZIP2 if kind == "bzip2" else zipfile.ZIP_STORED
        with zipfile.ZipFile(target, "w", packing) as archive:
            if kind != "no record":
                archive.writestr("progress.toml", b"broken" if kind == "broken record" else good)
            archive.writestr("evidence/../../../escaped.txt" if kind == "escaping" else "evidence/a.txt", b"x")
    ended = run("restore", target, "--data-dir", tmp_path / "new")
    assert ended.returncode == (0 if kind == "escaping" else 1)
    assert not list(tmp_path.rglob("escaped.txt"))
    if kind != "escaping":
        assert not (tmp_path / "new" / "progress.toml").exists()
