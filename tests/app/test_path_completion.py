"""A path is completed as far as the folder leaves no choice."""

from pathlib import Path

import pytest

from metaoptout_tui.app.files.typed_paths import complete_path, is_folder_or_file, path_exists
from metaoptout_tui.core.chats.scan_summary import CHAT_FILE_SUFFIXES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("WhatsApp Chat with Anna.txt", "WhatsApp Chat with Bo.zip", "photo.jpg", ".hidden.txt"):
        (tmp_path / name).touch()
    (tmp_path / "old chats").mkdir()
    (tmp_path / "old chats" / "_chat.txt").touch()
    return tmp_path


def test_one_way_on_is_taken_and_several_are_named(folder: Path) -> None:
    assert complete_path(f"{folder}/W", CHAT_FILE_SUFFIXES).path == f"{folder}/WhatsApp Chat with "
    assert complete_path(f"{folder}/w", CHAT_FILE_SUFFIXES).candidates == (
        "WhatsApp Chat with Anna.txt",
        "WhatsApp Chat with Bo.zip",
    )
    assert complete_path(f"{folder}/WhatsApp Chat with B", CHAT_FILE_SUFFIXES) == (
        f"{folder}/WhatsApp Chat with Bo.zip",
        (),
    )
    assert complete_path(f"{folder}/o", CHAT_FILE_SUFFIXES) == (f"{folder}/old chats/", ())
    assert complete_path(f"{folder}/old chats/", CHAT_FILE_SUFFIXES) == (f"{folder}/old chats/_chat.txt", ())


def test_what_cannot_be_a_chat_is_not_offered(folder: Path) -> None:
    assert complete_path(f"{folder}/p", CHAT_FILE_SUFFIXES) == (f"{folder}/p", ())
    assert ".hidden.txt" not in complete_path(f"{folder}/", CHAT_FILE_SUFFIXES).candidates
    assert complete_path(f"{folder}/.h", CHAT_FILE_SUFFIXES).path == f"{folder}/.hidden.txt"


def test_the_home_folder_stays_as_it_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert complete_path("~", CHAT_FILE_SUFFIXES).path == "~/"
    assert complete_path("~/o", CHAT_FILE_SUFFIXES).path == "~/old chats/"
    assert path_exists("~/old chats")


def test_a_path_beside_the_program_needs_no_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert complete_path("o", CHAT_FILE_SUFFIXES).path == "old chats/"


@pytest.mark.parametrize("typed", ["/nowhere/at/all/x", "\0", "~nobody-of-that-name/x", "x" * 9_000])
def test_what_is_nowhere_stays_as_it_was_typed(typed: str) -> None:
    assert complete_path(typed, CHAT_FILE_SUFFIXES) == (typed, ())
    assert not path_exists(typed)


def test_folders_texts_and_zips_may_hold_chats(folder: Path) -> None:
    held = sorted(path.name for path in folder.iterdir() if is_folder_or_file(path, CHAT_FILE_SUFFIXES))
    assert held == ["WhatsApp Chat with Anna.txt", "WhatsApp Chat with Bo.zip", "old chats"]
    assert not is_folder_or_file(folder / "gone", CHAT_FILE_SUFFIXES)
