"""A record that another window holds, a newer version wrote, or nobody can read: each is told, with the same choices."""

from collections.abc import Callable
from pathlib import Path

import pytest

from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.lock import LockHeld, RecordLock
from plain_talk import Speak
from samples import account, at, entry, record

ANNA = record(account("facebook", entry("filed", at(3), email="anna@example.org")))


def test_a_record_in_another_window_is_read_and_not_changed(speak: Speak, paths: AppPaths) -> None:
    speak("quit", progress=ANNA)
    before = paths.progress.read_bytes()
    other = RecordLock(paths.progress)
    assert isinstance(other.acquire(), LockHeld)
    try:
        talk = speak(
            "next", "account:facebook", "step:confirm", "everything-else", "checklist.diary", "list", "add", "quit"
        )
    finally:
        other.release()
    assert "your record is open in another window" in talk.text
    assert "Look for Meta's mail" in talk.text
    assert "What came back?" not in talk.text
    assert "What is it?" not in talk.text
    assert "Objection sent, with anna@example.org." in talk.text
    assert talk.heard[-1] == "Left. Nothing was changed."
    assert paths.progress.read_bytes() == before


def test_a_record_of_a_newer_version_is_read_and_not_changed(speak: Speak, paths: AppPaths) -> None:
    speak("quit", progress=ANNA)
    newer = paths.progress.read_text(encoding="utf-8").replace("schema = 1", "schema = 9")
    paths.progress.write_text(newer, encoding="utf-8")
    talk = speak("add", "quit")
    assert "newer" in talk.text
    assert paths.progress.read_text(encoding="utf-8") == newer


def broken(path: Path) -> None:
    path.write_text("schema = 1\n[person\n", encoding="utf-8")


@pytest.mark.parametrize(("state", "told"), [(broken, "cannot be read"), (Path.unlink, "is gone")])
def test_a_record_that_cannot_be_opened_is_left_as_it_is_by_enter_and_by_the_end_of_the_input(
    speak: Speak, paths: AppPaths, state: Callable[[Path], None], told: str
) -> None:
    speak("next", "answer-missing", "", "", "", "quit", progress=ANNA)
    state(paths.progress)
    before = {path: path.read_bytes() for path in paths.progress.parent.rglob("*") if path.is_file()}
    for typed in ((), ("",), ("quit",), ("back", "list", "")):
        talk = speak(*typed)
        assert talk.session is None
        assert told in talk.text
        assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("state", [broken, Path.unlink])
def test_a_kept_version_is_gone_on_from(speak: Speak, paths: AppPaths, state: Callable[[Path], None]) -> None:
    speak("next", "answer-missing", "", "", "", "quit", progress=ANNA)
    state(paths.progress)
    talk = speak("version-0", "quit")
    assert talk.account().events[0].kind == "filed"
    assert isinstance(progress_file.load_record(paths.progress), progress_file.FileLoaded)


def test_a_new_record_is_begun_and_the_broken_file_kept(speak: Speak, paths: AppPaths) -> None:
    speak("quit", progress=ANNA)
    broken(paths.progress)
    talk = speak("anew", "france", "1", "facebook", "", "quit")
    assert "The file that could not be read is kept as:" in talk.heard
    assert talk.progress.person.country == "FR"


def test_what_could_not_be_saved_is_said_at_once_and_on_leaving(speak: Speak, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_full(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.", kept="The change is still here.")

    speak("quit", progress=ANNA)
    monkeypatch.setattr(progress_file, "save_record", is_full)
    talk = speak("next", "answer-missing", "", "", "", "quit")
    assert talk.text.count("The disk is full.") >= 2
    assert talk.exit_status == 1
