"""Several people's records in plain mode: asked for at the start, and one opened from another, never beside it."""

from pathlib import Path

import pytest

from command_line import save_in
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.plain.conversation import WentToPerson
from plain_talk import Speak
from samples import account, at, entry, record

ANNA = record(account("facebook", entry("filed", at(3))))


def test_another_persons_record_is_begun_and_opened(speak: Speak, paths: AppPaths) -> None:
    with pytest.raises(WentToPerson) as chosen:
        speak("everything-else", "everywhere.people", "add-person", "Berta", progress=ANNA)
    assert chosen.value.name == "Berta"
    assert (paths.people_folder / "Berta").is_dir()
    with pytest.raises(WentToPerson):
        speak("everything-else", "everywhere.people", "Berta")
    renamed = speak("everything-else", "everywhere.people", "rename-person", "Berta", "Carla", "quit")
    assert "Berta is called Carla now." in renamed.heard


def test_the_open_record_is_not_opened_again(speak: Speak) -> None:
    talk = speak("everything-else", "everywhere.people", "1", "quit", progress=ANNA)
    assert "This record is open." in talk.heard


def test_a_folder_that_was_used_with_data_dir_is_taken_in_under_a_name(
    speak: Speak, paths: AppPaths, tmp_path: Path
) -> None:
    save_in(tmp_path / "omar", record(account("facebook")))
    asked = ("everything-else", "everywhere.people", "take-in-person")
    talk = speak(*asked, str(tmp_path / "nobody"), str(tmp_path / "omar"), "Omar", "quit", progress=ANNA)
    assert "There is no record in " in talk.text
    assert "Omar is in the list." in talk.heard
    assert (paths.people_folder / "Omar").resolve() == tmp_path / "omar"
    assert "Whoever can use your account on this computer can open each of these records." in talk.text


def test_who_helps_stands_in_the_diary(speak: Speak) -> None:
    talk = speak(
        "account:facebook", "everything-else", "checklist.helper", "Rosa Jansen", "", "2", "", "quit", progress=ANNA
    )
    assert "Nothing was typed." in talk.heard
    assert "Written down: Rosa Jansen was authorised to help, by word of mouth, on " in talk.text
    event = talk.last()
    assert (event.kind, event.text("helper"), event.text("how")) == ("helper-authorised", "Rosa Jansen", "orally")
    again = speak("account:facebook", "everything-else", "checklist.helper", "quit")
    assert "Written down already: Rosa Jansen was authorised to help, by word of mouth, on " in again.text
