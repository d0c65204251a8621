"""A letter saved as a text and as a page to print: for the person's eyes alone, and never over another one."""

import os
import stat
from pathlib import Path

import pytest

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.export_folder import write_sent_letter


def test_each_letter_is_a_new_private_file(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    first, page = write_sent_letter("reminder", "Grüße\n", b"<p>page</p>", folder)
    second, second_page = write_sent_letter("reminder", "other", b"", folder)
    assert (first.name, second.name) == ("reminder.txt", "reminder-2.txt")
    assert (page.name, second_page.name) == ("reminder.html", "reminder-2.html")
    assert page.read_bytes() == b"<p>page</p>"
    assert first.read_bytes() == "Grüße\n".encode()
    assert second.read_text() == "other"
    if os.name != "nt":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_stands_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "reminder.txt").symlink_to(tmp_path / "precious")
    assert write_sent_letter("reminder", "words", b"", tmp_path)[0].name == "reminder-2.txt"
    assert not (tmp_path / "precious").exists()


def test_a_letter_that_cannot_be_saved_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "letters").write_text("a file where the folder belongs")
    with pytest.raises(StorageError, match=r"was not saved.*still stands here"):
        write_sent_letter("reminder", "words", b"", tmp_path / "letters")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="was not saved"):
        write_sent_letter("reminder", "words", b"", tmp_path / "other")
    assert list((tmp_path / "other").iterdir()) == []


def test_an_earlier_save_is_written_over_only_where_both_of_its_files_may_be(tmp_path: Path) -> None:
    first, page = write_sent_letter("reminder", "with gaps", b"", tmp_path)
    again = write_sent_letter("reminder", "finished", b"<p>finished", tmp_path, (first, page))
    assert again == (first, page)
    assert (first.read_text(), page.read_bytes()) == ("finished", b"<p>finished")
    changed_outside = write_sent_letter("reminder", "another", b"", tmp_path, (page,))
    assert changed_outside[0].name == "reminder-2.txt"
    assert first.read_text() == "finished"
