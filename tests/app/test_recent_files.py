"""The newest files of the folders for downloads and of the desktop."""

import os
from datetime import UTC
from pathlib import Path

import pytest

from metaoptout_tui.app.files.recent_files import MAX_FILES_SHOWN, find_recent_files, folders_of_person


def write(path: Path, hours_ago: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (1_760_000_000 - 3_600 * hours_ago,) * 2)
    return path


def test_the_newest_come_first_from_both_folders() -> None:
    home = Path.home()
    old = write(home / "Downloads/old.zip", 9)
    new = write(home / "Desktop/NEW.ZIP", 1)
    write(home / "Downloads/letter.pdf", 0)
    write(home / "Downloads/.hidden.zip", 0)
    (home / "Downloads/folder.zip").mkdir()
    found = find_recent_files((".zip",), {}, zone=UTC)
    assert [each.path for each in found] == [new, old]
    assert f"{found[0].written_at:%Y-%m-%d %H:%M}" == "2025-10-09 07:53"


def test_only_a_few_are_shown() -> None:
    for number in range(MAX_FILES_SHOWN + 3):
        write(Path.home() / f"Downloads/{number}.eml", number)
    assert [each.path.name for each in find_recent_files((".eml",), {})] == [
        f"{number}.eml" for number in range(MAX_FILES_SHOWN)
    ]


def test_the_folders_have_the_names_of_the_persons_language() -> None:
    home = Path.home()
    settings = home / ".config/user-dirs.dirs"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        '# names\nXDG_DOWNLOAD_DIR="$HOME/Téléchargements"\nXDG_DESKTOP_DIR="$HOME/"\n', encoding="utf-8"
    )
    file = write(home / "Téléchargements/a.zip", 1)
    assert [each.path for each in find_recent_files((".zip",), {})] == [file]


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b'XDG_DOWNLOAD_DIR="/no/such/folder"\n' * 9_000])
def test_without_such_folders_nothing_is_found(content: bytes | None) -> None:
    if content is not None:
        settings = Path.home() / ".config/user-dirs.dirs"
        settings.parent.mkdir(parents=True)
        settings.write_bytes(content)
    assert folders_of_person({}) == ()
    assert find_recent_files((".zip",), {}) == ()
