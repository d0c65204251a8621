"""A path is completed as far as the folder leaves no choice."""

from pathlib import Path

import pytest

from metaoptout_tui.evidence.choosing import complete, is_there, may_hold_chats


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("WhatsApp Chat with Anna.txt", "WhatsApp Chat with Bo.zip", "photo.jpg", ".hidden.txt"):
        (tmp_path / name).touch()
    (tmp_path / "old chats").mkdir()
    (tmp_path / "old chats" / "_chat.txt").touch()
    return tmp_path


def test_one_way_on_is_taken_and_several_are_named(folder: Path) -> None:
    assert complete(f"{folder}/W").typed == f"{folder}/WhatsApp Chat with "
    assert complete(f"{folder}/w").names == ("WhatsApp Chat with Anna.txt", "WhatsApp Chat with Bo.zip")
    assert complete(f"{folder}/WhatsApp Chat with B") == (f"{folder}/WhatsApp Chat with Bo.zip", ())
    assert complete(f"{folder}/o") == (f"{folder}/old chats/", ())
    assert complete(f"{folder}/old chats/") == (f"{folder}/old chats/_chat.txt", ())


def test_what_cannot_be_a_chat_is_not_offered(folder: Path) -> None:
    assert complete(f"{folder}/p") == (f"{folder}/p", ())
    assert ".hidden.txt" not in complete(f"{folder}/").names
    assert complete(f"{folder}/.h").typed == f"{folder}/.hidden.txt"


def test_the_home_folder_stays_as_it_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert complete("~").typed == "~/"
    assert complete("~/o").typed == "~/old chats/"
    assert is_there("~/old chats")


def test_a_path_beside_the_program_needs_no_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert complete("o").typed == "old chats/"


@pytest.mark.parametrize("typed", ["/nowhere/at/all/x", "\0", "~nobody-of-that-name/x", "x" * 9_000])
def test_what_is_nowhere_stays_as_it_was_typed(typed: str) -> None:
    assert complete(typed) == (typed, ())
    assert not is_there(typed)


def test_folders_texts_and_zips_may_hold_chats(folder: Path) -> None:
    held = sorted(path.name for path in folder.iterdir() if may_hold_chats(path))
    assert held == ["WhatsApp Chat with Anna.txt", "WhatsApp Chat with Bo.zip", "old chats"]
    assert not may_hold_chats(folder / "gone")
