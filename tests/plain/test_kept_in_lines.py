"""What is kept, in lines: a version brought back, a copy joined, one version deleted, all of it deleted."""

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from metaoptout_tui.app.files.record_exports import RecordExports
from metaoptout_tui.app.files.restoring import shown_path
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.record.accounts import Person, Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.plain.conversation import WantsAllDeleted
from metaoptout_tui.storage.progress_file import dump_record, save_record
from plain_talk import Speak, Talk
from samples import account, at, entry, record
from ui.kept_versions_on_disk import (
    CONFLICT_COPY,
    EARLIER,
    ELSEWHERE,
    NOTE,
    write_copies_of_one_day,
    write_copies_of_one_minute,
    write_versions,
)

NOW_HERE = record(account("facebook", entry("filed", at(3))))


class AtKept:
    """A person at “What is kept”, with versions and a conflict copy beside the record."""

    def __init__(self, speak: Speak, paths: AppPaths) -> None:
        self._speak, self._paths = speak, paths

    def types(self, *typed: str, progress: Record = NOW_HERE) -> Talk:
        """One sitting, from the list to the end."""
        if not self._paths.progress.exists():
            save_record(self._paths.progress, progress, None)
            write_versions(self._paths.progress)
        return self._speak("everything-else", "everywhere.kept", *typed, "quit")


@pytest.fixture
def kept(speak: Speak, paths: AppPaths) -> AtKept:
    return AtKept(speak, paths)


def test_a_version_is_brought_back_after_a_question_and_undo_takes_that_back(kept: AtKept) -> None:
    talk = kept.types("kept.choose", "20 Nov", "")
    assert "“What is kept, and where” under “Everything else” joins it." in talk.text
    assert "F10" not in talk.text
    assert "Not in your record now: Threads “old”." in talk.text
    assert "Nothing was changed." in talk.heard
    assert talk.progress == NOW_HERE
    talk = kept.types("kept.choose", "20 Nov", "all")
    assert "Your record has 2 accounts, 1 entry now." in talk.text
    assert "Type undo to take that back." in talk.text
    assert talk.progress == EARLIER
    talk = kept.types("kept.choose", "20 Nov", "all", "undo")
    assert talk.progress == EARLIER


def test_many_versions_of_one_day_are_told_once_it_is_chosen(kept: AtKept, paths: AppPaths) -> None:
    kept.types()
    write_copies_of_one_day(paths.progress, 4)
    talk = kept.types("kept.choose", "4 copies of 18 Nov 2026", "18 Nov 2026, 11:00", "all")
    assert "18 Nov 2026, 11:00: 2 accounts, 1 entry" in talk.text
    assert talk.progress.person.email == "anna2@example.org"


def test_the_copy_of_a_conflict_is_joined_and_both_values_are_told(kept: AtKept, paths: AppPaths) -> None:
    talk = kept.types("kept.choose", "22 Nov", "there", progress=record(account("facebook", NOTE)))
    assert "Both have your country. Which is right?" in talk.text
    assert talk.progress.person == CONFLICT_COPY.person
    assert sorted(talk.account().events) == [NOTE, ELSEWHERE]
    assert "progress (1).toml is kept as" in talk.text
    assert not paths.progress.with_name("progress (1).toml").exists()


def test_a_named_copy_is_joined_unless_it_is_somebody_elses(kept: AtKept, paths: AppPaths) -> None:
    kept.types()
    other = paths.progress.with_name("other.toml")
    zoe = Person("NL", "en", "zoe@example.org")
    accounts = account("instagram", Event("01HF0000000000000000000009", at(2), "filed"), email=zoe.email)
    other.write_bytes(dump_record(replace(record(accounts), person=zoe)))
    talk = kept.types("kept.join", "nowhere.toml", str(other), "n")
    assert "There is no file nowhere.toml." in talk.text
    assert "seems to be another person's record" in talk.text
    assert "Nothing was joined." in talk.heard
    assert talk.progress == NOW_HERE
    talk = kept.types("kept.join", str(other), "y", "here")
    assert {each.id for each in talk.progress.accounts} == {"facebook", "instagram"}


def test_one_version_is_deleted_after_a_question(kept: AtKept) -> None:
    talk = kept.types("kept.delete", "20 Nov", "")
    assert "Nothing was deleted." in talk.heard
    talk = kept.types("kept.delete", "20 Nov", "y")
    assert "The version is deleted; nothing brings it back." in talk.heard
    assert "20 Nov 2026, 09:15" not in kept.types("kept.choose").text


def test_all_of_it_is_deleted_for_the_typed_word_alone_once_the_program_is_left(
    kept: AtKept, speak: Speak, paths: AppPaths
) -> None:
    talk = kept.types("kept.purge", "yes please")
    assert str(paths.progress) in talk.heard
    assert "- " not in [line[:2] for line in talk.heard]
    assert "Nothing was deleted." in talk.heard
    with pytest.raises(WantsAllDeleted):
        speak("everything-else", "everywhere.kept", "kept.purge", "yes")
    assert paths.progress.exists()


def test_what_lies_in_a_folder_of_the_persons_choice_is_asked_about_first(speak: Speak, paths: AppPaths) -> None:
    save_record(paths.progress, NOW_HERE, None)
    page = paths.progress.parent.parent / "case.html"
    page.touch()
    for typed, is_deleted in (("y", True), ("", False)):
        RecordExports(paths).remember([page])
        with pytest.raises(WantsAllDeleted) as wanted:
            speak("everything-else", "everywhere.kept", "kept.purge", typed, "yes")
        assert wanted.value.with_handed_out is is_deleted


def test_after_a_deletion_undo_names_what_it_would_take_back_and_asks(speak: Speak, paths: AppPaths) -> None:
    save_record(paths.progress, NOW_HERE, None)
    write_versions(paths.progress)
    reply = ("account:facebook", "step:confirm", "answer-missing", "", "", "", "list")
    deletion = ("everything-else", "everywhere.kept", "kept.delete", "20 Nov", "y")
    talk = speak(*reply, *deletion, "undo", "", "list", "quit")
    assert "What you did last cannot be taken back." in talk.heard
    assert "Undo would take back what was before it: “Nothing came” of 23 Nov, in Facebook “Anna”." in talk.text
    after = talk.heard[talk.heard.index("Nothing was taken back.") :]
    assert "What would you like to do?" in after[:8]
    assert talk.events() == ["filed", "answer-missing"]
    assert speak("undo", "quit").events() == ["filed", "answer-missing"]
    again = speak(*reply, *deletion[:-2], "14 Nov", "y", "undo", "y", "quit")
    assert again.events() == ["filed", "answer-missing"]
    assert "“redo” brings it back." in again.text


def test_a_backup_is_made_in_a_folder_under_a_dated_name_or_under_a_name_with_its_ending(
    speak: Speak, paths: AppPaths, tmp_path: Path
) -> None:
    save_record(paths.progress, replace(NOW_HERE, drafts={"note-facebook-open": {"text": "Half a note"}}), None)
    here = tmp_path / "backups of mine"
    here.mkdir()
    to_backup = ("everything-else", "everywhere.kept", "kept.backup")
    talk = speak(*to_backup, str(here), *to_backup, str(here), *to_backup, f"{here}/all", "quit")
    made = ["all.zip", "metaoptout-2026-11-23-2.zip", "metaoptout-2026-11-23.zip"]
    assert sorted(path.name for path in here.iterdir()) == made
    for name in made:
        assert shown_path(here / name) in talk.heard
        with ZipFile(here / name) as archive:
            assert b"Half a note" in archive.read("progress.toml")
    assert "What you typed and did not record is in it too, and comes back with it." in talk.text
    assert paths.case_files is not None
    assert not paths.case_files.exists()
    offered = speak(*to_backup, "", "quit")
    assert shown_path(paths.case_files / "metaoptout-2026-11-23.zip") in offered.heard
    assert "The record is in it. There are no kept files and no saved letters." in offered.heard
    refused = speak(*to_backup, f"{here}/nowhere/", "quit")
    assert f"There is no folder {here}/nowhere/." in refused.text
    assert sorted(path.name for path in here.iterdir()) == made


def test_versions_of_one_minute_are_told_apart_and_which_is_asked_for_is_said(kept: AtKept, paths: AppPaths) -> None:
    kept.types()
    write_copies_of_one_minute(paths.progress)
    talk = kept.types("kept.choose", "18 Nov 2026, 11:00:20", "back", "kept.delete", "back")
    assert "18 Nov 2026, 11:00:05: 2 accounts, 1 entry" in talk.text
    assert "The version of 18 Nov 2026, 11:00:20." in talk.text
    assert "To which version do you want to go back? The newest comes first." in talk.text
    assert "Which version do you want to delete? The newest comes first." in talk.text
