"""What the program keeps and where; and deleting it, with nothing of anybody else's."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from command_line import run
from metaoptout_tui.app.case_export import CaseExportOptions, export_case_file
from metaoptout_tui.app.files.kept_files import list_kept
from metaoptout_tui.app.paths import AppPaths, resolve_paths
from metaoptout_tui.app.session import OpenRecord, open_record
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.storage import atomic_write, export_folder, progress_file, settings_files
from metaoptout_tui.storage.known_exports import (
    begin_export,
    list_export_leftovers,
    present_exports,
    remember_exports,
    remove_export_leftovers,
)
from samples import Clock, account, at, entry, record
from ui.kept_versions_on_disk import write_versions

CANARY = b"anna@example.org"


def fill(paths: AppPaths, playbook: Playbook, tmp_path: Path) -> None:
    """Let there be something of every kind, as after months of use."""
    filed = entry("filed", at(3), email="anna@example.org")
    progress_file.save_record(paths.progress, record(account("facebook", filed)), None)
    opened = open_record(paths.progress, playbook, clock=Clock())
    assert isinstance(opened, OpenRecord)
    (tmp_path / "mail.eml").write_bytes(CANARY)
    opened.session.attachments.attach("facebook", filed.id, tmp_path / "mail.eml")
    opened.release_lock()
    folder = paths.progress.parent
    paths.letters.mkdir(mode=0o700)
    (paths.letters / "reminder.txt").write_bytes(CANARY)
    for name in (
        "progress.toml.1",
        "progress (1).toml",
        "progress.set-aside-2026-11-23.toml",
        ".progress.toml.12-0123456789abcdef.metaoptout-tmp",
        "evidence/.mail.eml.12-0123456789abcdef.metaoptout-tmp",
    ):
        (folder / name).write_bytes(CANARY)
    settings_files.save_state(paths.state, settings_files.RememberedState(account="anna@example.org"))
    for path in (
        paths.consent,
        paths.senders,
        paths.known_chats,
        paths.known_exports,
        paths.accepted_edition,
        paths.config,
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(CANARY)
    (paths.cache / "pages" / "deep").mkdir(parents=True)
    (paths.cache / "pages" / "deep" / "page").write_bytes(CANARY)
    if paths.case_files is not None:
        paths.case_files.mkdir()
        (paths.case_files / "case.html").write_bytes(CANARY)


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("layout", ["one folder", "where systems keep them"])
def test_purge_lists_and_deletes_every_file_and_names_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, playbook: Playbook, layout: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    words: tuple[str, ...] = ("--data-dir", str(home / "mine")) if layout == "one folder" else ()
    paths = resolve_paths(Path(words[1]) if words else None, None, os.environ)
    fill(paths, playbook, tmp_path)
    before = files_below(home)
    ended = run("purge", *words)
    assert ended.returncode == 10
    assert "Nothing was deleted." in ended.stderr
    assert files_below(home) == before
    for path in before - {paths.config}:
        assert f"~/{path.relative_to(home)}\n" in ended.stdout
    ended = run("purge", "--yes", *words)
    assert ended.returncode == 0
    assert files_below(home) == {paths.config}
    assert f"Left alone: your settings, ~/{paths.config.relative_to(home)}." in ended.stderr
    assert "- The clipboard, and the history of your browser and your terminal." in ended.stderr
    assert not paths.progress.parent.exists()
    assert not paths.cache.exists()
    again = run("purge", "--yes", *words)
    # A named folder that is not there may be a slip of the pen: that must not look like one that was emptied.
    assert ("There is no folder" if "--data-dir" in words else "There is nothing to delete.") in again.stderr


def test_what_is_not_the_programs_own_stays(tmp_path: Path, playbook: Playbook) -> None:
    data = tmp_path / "data"
    fill(resolve_paths(data, tmp_path / "config.toml", {}), playbook, tmp_path)
    for name in ("diary.txt", "holiday.jpg", "progress report.odt"):
        (data / name).write_bytes(b"mine")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_bytes(b"mine")
    (data / "evidence" / "elsewhere").symlink_to(outside)
    run("purge", "--yes", "--data-dir", data, "--config", tmp_path / "config.toml")
    assert {path.name for path in files_below(data)} == {"diary.txt", "holiday.jpg", "progress report.odt"}
    assert (outside / "mine.txt").exists()


def test_a_record_that_is_a_link_goes_with_what_it_leads_to(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "progress.toml"
    progress_file.save_record(real, record(account()), None)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "progress.toml").symlink_to(real)
    run("purge", "--yes", "--data-dir", tmp_path / "data")
    assert not real.exists()
    assert not (tmp_path / "data" / "progress.toml").is_symlink()


def test_nothing_is_deleted_under_an_open_window(tmp_path: Path, playbook: Playbook) -> None:
    fill(resolve_paths(tmp_path, tmp_path / "config.toml", {}), playbook, tmp_path)
    opened = open_record(tmp_path / "progress.toml", playbook, clock=Clock())
    assert isinstance(opened, OpenRecord)
    before = files_below(tmp_path)
    ended = run("purge", "--yes", "--data-dir", tmp_path)
    opened.release_lock()
    assert ended.returncode == 1
    assert "open in another window" in ended.stderr
    assert files_below(tmp_path) == before


def test_what_cannot_be_deleted_is_said(tmp_path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(resolve_paths(tmp_path, tmp_path / "config.toml", {}), playbook, tmp_path)
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "mail.eml":
            raise PermissionError(13, "no")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    ended = run("purge", "--yes", "--data-dir", tmp_path)
    assert ended.returncode == 1
    assert "mail.eml is still there: the system gives no permission" in ended.stderr


def test_every_place_that_the_program_names_is_in_the_list(tmp_path: Path, playbook: Playbook) -> None:
    paths = resolve_paths(tmp_path / "data", None, {"HOME": str(tmp_path)})
    fill(paths, playbook, tmp_path)
    listed = {path for kind in list_kept(paths) for path in kind.files}
    assert files_below(tmp_path / "data") <= listed


@pytest.mark.parametrize("is_deleted", [False, True])
def test_what_was_written_to_other_folders_is_listed_first_and_stays_unless_the_person_says_otherwise(
    tmp_path: Path, *, is_deleted: bool
) -> None:
    data, folder = tmp_path / "data", tmp_path / "for the authority"
    progress_file.save_record(data / "progress.toml", record(account("facebook", entry("filed", at(3)))), None)
    words = ("--data-dir", str(data), "--config", str(tmp_path / "config.toml"))
    exported = [Path(line) for line in run("export", "--whole", "--to", folder, *words).stdout.splitlines()]
    assert run("backup", tmp_path / "mine.zip", *words).returncode == 0
    exported[0].write_text("mine now")
    listed = run("purge", *words).stdout
    assert str(exported[0]) not in listed
    written = {*exported[1:], tmp_path / "mine.zip"}
    assert listed.startswith("Case files, letters and backups in folders of your choice, ")
    for path in written:
        assert f"  {path}\n" in listed
        assert listed.index(str(path)) < listed.index("your record")
    ended = run("purge", "--yes", *(["--exports"] if is_deleted else []), *words)
    assert ended.returncode == 0
    assert files_below(tmp_path) == {exported[0], *(() if is_deleted else written)}
    assert all((f"folders of your choice, {path}." in ended.stderr) is not is_deleted for path in written)
    assert folder.is_dir()
    assert not data.exists()


def test_a_folder_that_was_made_for_what_is_deleted_does_not_stay_behind_empty(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "to hand over" / "case"
    (tmp_path / "mine").mkdir()
    progress_file.save_record(data / "progress.toml", record(account("facebook", entry("filed", at(3)))), None)
    words = ("--data-dir", str(data), "--config", str(tmp_path / "config.toml"))
    run("export", "--whole", "--to", folder, *words)
    run("export", "--whole", "--to", tmp_path / "mine", *words)
    assert run("purge", "--yes", "--exports", *words).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_what_a_killed_export_left_in_another_folder_is_named_and_goes_when_it_is_a_day_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, folder = tmp_path / "data", tmp_path / "for the authority"
    progress_file.save_record(data / "progress.toml", record(account("facebook", entry("filed", at(3)))), None)
    paths = resolve_paths(data, tmp_path / "config.toml", {})
    kills: list[str] = []

    def killed(temp: str, target: str) -> None:
        kills.extend([temp, target])
        raise SystemExit(137)

    with monkeypatch.context() as patch:
        patch.setattr(export_folder, "rename_over", killed)
        patch.setattr(atomic_write, "remove_quietly", lambda _: None)
        patch.setattr(export_folder, "_remove_all", lambda _: None)
        with pytest.raises(SystemExit):
            export_case_file(paths, folder, CaseExportOptions())
    left = Path(kills[0])
    foreign = folder / ".their.html.1-0123456789abcdef.tmp"
    foreign.touch()
    words = ("--data-dir", str(data), "--config", str(tmp_path / "config.toml"))
    assert f"{left} was never finished." in run("evidence", "verify", *words).stderr
    assert f"  {left}\n" in run("purge", *words).stdout
    now = datetime.fromtimestamp(left.stat().st_mtime, UTC)
    remove_export_leftovers(paths.known_exports, now + timedelta(hours=2))
    assert left.exists()
    remove_export_leftovers(paths.known_exports, now + timedelta(hours=30))
    assert not left.exists()
    assert foreign.exists()
    assert "never finished" not in run("evidence", "verify", *words).stderr


def test_a_folder_below_home_is_looked_through_where_it_really_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "out"
    folder.mkdir(parents=True)
    left = folder / ".case.html.1-0123456789abcdef.metaoptout-tmp"
    left.touch()
    begin_export(tmp_path / "exports.toml", Path("~/out"))
    assert list_export_leftovers(tmp_path / "exports.toml") == (left,)
    (folder / "case.html").touch()
    remember_exports(tmp_path / "exports.toml", [folder / "case.html"])
    assert list_export_leftovers(tmp_path / "exports.toml") == ()


def test_a_list_of_written_files_that_is_damaged_names_none(tmp_path: Path) -> None:
    paths = resolve_paths(tmp_path, tmp_path / "config.toml", {})
    paths.known_exports.write_text("file = 3\nunfinished = 3")
    assert list_export_leftovers(paths.known_exports) == ()
    assert present_exports(paths.known_exports) == ()
    (tmp_path / "a.txt").touch()
    remember_exports(paths.known_exports, [tmp_path / "a.txt", tmp_path / "gone.txt"])
    assert present_exports(paths.known_exports) == (tmp_path / "a.txt",)


def test_one_version_is_deleted_by_its_number_after_a_question(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    write_versions(folder / "progress.toml")
    progress_file.save_record(folder / "progress.toml", record(account("facebook")), None)
    copies = {path.name for path in folder.glob("backups/*2026-11-20*")}
    assert copies
    listed = run("restore", "--data-dir", folder).stdout
    number = next(line.split()[0] for line in listed.splitlines() if "20 Nov 2026" in line)
    asked = run("purge", "--only", number, "--data-dir", folder)
    assert asked.returncode == 10
    assert "Delete this version for good? Nothing was deleted." in asked.stderr.replace("\n", " ")
    assert {path.name for path in folder.glob("backups/*2026-11-20*")} == copies
    copy = next(line.split()[0] for line in listed.splitlines() if "a copy that Google Drive left" in line)
    assert run("purge", "--only", copy, "--yes", "--data-dir", folder).returncode == 2
    assert run("purge", "--only", "99", "--yes", "--data-dir", folder).returncode == 2
    assert "The version is deleted." in run("purge", "--only", number, "--yes", "--data-dir", folder).stderr
    assert not list(folder.glob("backups/*2026-11-20*"))
    assert (folder / "progress (1).toml").exists()
    assert (folder / "progress.toml").exists()
