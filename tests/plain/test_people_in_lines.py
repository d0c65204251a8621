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
        speak("everything-else", "everywhere.people", "add-person", "Berta", "y", progress=ANNA)
    assert chosen.value.name == "Berta"
    assert (paths.people_folder / "Berta").is_dir()
    with pytest.raises(WentToPerson):
        speak("everything-else", "everywhere.people", "Berta")
    renamed = speak("everything-else", "everywhere.people", "rename-person", "Berta", "Carla", "quit")
    assert "Berta is called Carla now." in renamed.heard


def test_no_folder_is_made_for_a_name_that_was_not_meant(speak: Speak, paths: AppPaths) -> None:
    talk = speak("everything-else", "everywhere.people", "add-person", "na", "", "quit", progress=ANNA)
    assert "Begin a record for “na”?" in talk.heard
    assert "No folder was made." in talk.heard
    assert not (paths.people_folder / "na").exists()


def test_the_open_record_is_not_opened_again(speak: Speak) -> None:
    talk = speak("everything-else", "everywhere.people", "person-0", "quit", progress=ANNA)
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


def test_the_questions_of_another_persons_welcome_name_them_and_offer_who_helps(speak: Speak) -> None:
    talk = speak(
        "france", "facebook", "sabine@example.org", "y", "Rosa Jansen", "1", "", "do-next", person_name="Sabine"
    )
    for question in (
        "In which country does Sabine live?",
        "What does Sabine use?",
        "Which e-mail address can Sabine read now?",
        "Do you help Sabine, and want to write down who was authorised?",
        "For this, Sabine logs in, in the browser. At a shared computer, Sabine logs out afterwards.",
    ):
        assert question in " ".join(talk.heard)
    assert "helper-authorised" in talk.events()
    assert " you live" not in talk.text


def test_who_helps_is_only_offered(speak: Speak) -> None:
    talk = speak("france", "facebook", "sabine@example.org", "", "quit", person_name="Sabine")
    assert talk.events() == ["account-added"]


def test_what_is_kept_says_that_it_is_of_one_record_alone(speak: Speak) -> None:
    of_one = "This is the record “Sabine” alone. Other people's records are not in it."
    kept = ("everything-else", "everywhere.kept")
    for asked, count in (((), 1), (("kept.backup",), 2), (("kept.purge",), 2)):
        talk = speak(*kept, *asked, progress=ANNA, person_name="Sabine")
        assert talk.heard.count(of_one) == count
    assert "Other people's records" not in speak(*kept, progress=ANNA).text


def test_the_name_of_a_folder_does_not_sound_as_if_it_were_to_be_opened(speak: Speak) -> None:
    lines = ("account:facebook", "step:open", "quit")
    folder = speak(*lines, progress=record(account("facebook")), record_name="data").heard
    assert folder.count("This is the record in the folder “data”.") == 3
    assert not any(line.startswith("Open ") and "data" in line for line in folder)
    assert "This is the record “Rosa”." in speak(*lines, person_name="Rosa").heard
    assert "This is the record “Your own record”." in speak(*lines, record_name="Your own record").heard
    assert not any(line.startswith("This is the record") for line in speak(*lines).heard)
