"""Copies that sync programs leave beside the record, in the languages of those programs."""

import unicodedata
from pathlib import Path

import pytest

from metaoptout_tui.storage.progress_file import find_conflict_copies

COPIES = (
    ("progress.sync-conflict-20261123-101010-ABCDEFG.toml", "Syncthing"),
    ("progress.conflict-2026-11-23.toml", "this program"),
    ("progress.conflict-2026-11-23-2.toml", "this program"),
    ("progress_conflict-20261123-101010.toml", "Nextcloud or ownCloud"),
    ("progress (conflicted copy 2026-11-23 101010).toml", "Nextcloud or ownCloud"),
    ("progress (conflicted copy Anna 2026-11-23 101010).toml", "Nextcloud or ownCloud"),
    ("progress (SFConflict anna@example.org 2026-11-23-10-10-10).toml", "Seafile"),
    ("progress (Anna's conflicted copy 2026-11-23).toml", "Dropbox"),
    ("progress (In Konflikt stehende Kopie von Anna 2026-11-23).toml", "Dropbox"),
    ("progress (Annas Konfliktkopie 2026-11-23).toml", "Dropbox"),
    ("progress (Copie en conflit de Anna 2026-11-23).toml", "Dropbox"),
    ("progress (Copia en conflicto de Anna 2026-11-23).toml", "Dropbox"),
    ("progress (copia in conflitto di Anna 2026-11-23).toml", "Dropbox"),
    ("progress (Conflicterende kopie van Anna 2026-11-23).toml", "Dropbox"),
    ("progress (Cópia em conflito de Anna 2026-11-23).toml", "Dropbox"),
    ("progress (Annas modstridende kopi 2026-11-23).toml", "Dropbox"),
    ("progress (Annas motstridende kopi 2026-11-23).toml", "Dropbox"),
    ("progress (kopia powodująca konflikt użytkownika Anna 2026-11-23).toml", "Dropbox"),
    ("progress (конфликтующая копия, Anna 2026-11-23).toml", "Dropbox"),
    ("progress (Anna の競合コピー 2026-11-23).toml", "Dropbox"),
    ("progress [Conflict].toml", "Google Drive"),
    ("progress (1).toml", "Google Drive"),
    ("progress(1).toml", "Google Drive"),
    ("progress 2.toml", "iCloud"),
    ("progress-Konflikt Anna.toml", "a sync program"),
    ("progress-PC.toml", "OneDrive"),
    ("progress-DESKTOP-1A2B3C4.toml", "OneDrive"),
    ("progress-PC-2.toml", "OneDrive"),
    ("progress-Annas-MacBook-Pro.toml", "OneDrive"),
    ("progress-Anna’s MacBook Pro 16.toml", "OneDrive"),
)
NO_COPIES = (
    "progress.toml",
    "progress.toml.1",
    "progress.toml.lock",
    "progress.set-aside-2026-11-23.toml",
    ".progress.toml.12-0123456789abcdef.metaoptout-tmp",
    "progressive.toml",
    "progress 2024 notes.toml",
    "config.toml",
    "other (1).toml",
)


@pytest.mark.parametrize(("name", "program"), COPIES, ids=[name for name, _ in COPIES])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_copy_is_recognised_by_its_name_and_so_is_its_program(
    tmp_path: Path, name: str, program: str, form: str
) -> None:
    written = unicodedata.normalize("NFC" if form == "NFC" else "NFD", name)
    (tmp_path / written).touch()
    [copy] = find_conflict_copies(tmp_path / "progress.toml")
    assert (copy.path, copy.program) == (tmp_path / written, program)


def test_other_files_beside_the_record_are_no_copies(tmp_path: Path) -> None:
    for name in NO_COPIES:
        (tmp_path / name).touch()
    assert find_conflict_copies(tmp_path / "progress.toml") == ()
    assert find_conflict_copies(tmp_path / "nowhere" / "progress.toml") == ()


def test_the_copies_of_a_record_that_is_a_link_are_looked_for_beside_the_file_itself(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "anna.toml").touch()
    (tmp_path / "dotfiles" / "anna (1).toml").touch()
    (tmp_path / "progress (1).toml").touch()
    (tmp_path / "progress.toml").symlink_to("dotfiles/anna.toml")
    assert [copy.path.name for copy in find_conflict_copies(tmp_path / "progress.toml")] == ["anna (1).toml"]
