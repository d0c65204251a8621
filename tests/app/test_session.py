"""A file that is changed by hand or by a sync program while the program runs: both go on from what was saved last."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from metaoptout_tui.app.session import OpenRecord, Session, open_record
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Person, Record
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.kept_versions import VersionKind, list_versions
from samples import Clock, account, at, entry, record

START = record(
    account("facebook", entry("filed", at(3)), hub="private"),
    account("instagram", entry("step-done", at(2), step="identify")),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record on the disk."""
    path = tmp_path / "progress.toml"
    progress_file.save_record(path, START, None)
    return path


@pytest.fixture
def session(path: Path, playbook: Playbook, clock: Clock) -> Iterator[Session]:
    """A sitting on it."""
    begun = open_record(path, playbook, clock=clock)
    assert isinstance(begun, OpenRecord)
    yield begun.session
    begun.release_lock()


def on_disk(path: Path) -> Record:
    loaded = progress_file.load_record(path)
    assert isinstance(loaded, progress_file.FileLoaded)
    return loaded.record


def edit(path: Path, old: str, new: str) -> None:
    """Change the file as an editor does."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_value_changed_by_hand_is_taken_over_with_the_next_change_here(path: Path, session: Session) -> None:
    edit(path, 'country = "NL"', 'country = "BE"')
    session.diary_service.tick_step("instagram", "open")
    assert session.record == on_disk(path)
    assert session.record.person.country == "BE"
    assert [event.kind for event in session.account("instagram").events] == ["step-done", "step-done"]
    assert session.current_record.notices == ["Another program changed your file; its changes are taken over here."]
    assert [each.name for each in path.parent.glob("*conflict*")] == []


def test_what_was_changed_here_stays_where_they_changed_something_else(path: Path, session: Session) -> None:
    edit(path, 'name = "Anna"', 'name = "Anna Jansen"')
    session.account_service.set_person(country="DE", email="anna@example.org", language="de")
    assert session.account("facebook").name == "Anna Jansen"
    assert session.record.person == Person("DE", "de", "anna@example.org")


def test_what_both_changed_is_ours_and_it_is_said_which_and_where_theirs_is(path: Path, session: Session) -> None:
    edit(path, 'country = "NL"', 'country = "BE"')
    edit(path, 'name = "Anna"', 'name = "Anna Jansen"')
    session.account_service.edit_account("facebook", "Anna J", "anna@example.org", "private")
    assert session.record.person.country == "BE"
    assert session.account("facebook").name == "Anna J"
    [said] = session.current_record.notices
    assert "its changes are taken over here" in said
    assert "Changed in both: the name of Anna J; what you have here stands." in said
    assert "Theirs is kept as progress.conflict-2026-11-23.toml." in said
    assert on_disk(path.with_name("progress.conflict-2026-11-23.toml")).accounts[0].name == "Anna Jansen"


def test_an_account_removed_by_hand_stays_removed(path: Path, session: Session) -> None:
    progress_file.save_record(path, START.without_account("facebook"), path.read_bytes())
    session.diary_service.tick_step("instagram", "open")
    assert [each.id for each in on_disk(path).accounts] == ["instagram"]


def test_an_account_removed_by_hand_that_was_written_in_here_is_kept_and_said(path: Path, session: Session) -> None:
    progress_file.save_record(path, START.without_account("facebook"), path.read_bytes())
    session.diary_service.record_note("facebook", "submit", "It opened.")
    assert [event.kind for event in session.account("facebook").events] == ["filed", "noted"]
    assert "Removed in one and changed in the other, and therefore kept: Anna." in session.current_record.notices[0]


def test_an_entry_taken_back_here_does_not_come_back_from_the_file(path: Path, session: Session) -> None:
    session.diary_service.tick_step("instagram", "open")
    edit(path, 'country = "NL"', 'country = "BE"')
    session.undo_stack.undo()
    assert session.record.person.country == "BE"
    assert on_disk(path).accounts == START.accounts


def test_undo_leaves_what_came_from_elsewhere(path: Path, session: Session) -> None:
    session.diary_service.tick_step("instagram", "open")
    edit(path, 'country = "NL"', 'country = "BE"')
    session.diary_service.tick_step("instagram", "submit")
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.record == replace(START, person=replace(START.person, country="BE"))
    session.undo_stack.redo()
    session.undo_stack.redo()
    assert session.record.person.country == "BE"
    assert len(session.account("instagram").events) == 3
    assert session.record == on_disk(path)


def test_a_date_to_come_is_said_at_the_start(tmp_path: Path, playbook: Playbook, clock: Clock) -> None:
    path = tmp_path / "progress.toml"
    progress_file.save_record(
        path, record(account("facebook", entry("filed", at(-30), email="anna@example.org"))), None
    )
    begun = open_record(path, playbook, clock=clock)
    assert isinstance(begun, OpenRecord)
    begun.release_lock()
    assert begun.notices == (
        (
            "Facebook “Anna”: “Objection sent, with anna@example.org” is dated 23 Dec 2026, which is still to come. "
            "It does not count before; correct its date in the diary."
        ),
    )


def test_a_file_that_was_taken_away_is_not_replaced_while_another_window_has_the_record(
    path: Path, session: Session, playbook: Playbook, clock: Clock
) -> None:
    session.diary_service.tick_step("instagram", "open")
    path.unlink()
    second = open_record(path, playbook, clock=clock)
    assert isinstance(second, OpenRecord)
    assert second.session.current_record.read_only_reason == (
        "Read-only: the file of your record is gone, but the record is still open in another window. "
        "Change something there, and the file is written again."
    )
    assert not second.session.account_service.is_new
    with pytest.raises(StorageError, match="gone"):
        second.session.account_service.add_account("threads", "anna", "", None)
    second.release_lock()
    assert not path.exists()
    session.diary_service.tick_step("instagram", "submit")
    third = open_record(path, playbook, clock=clock)
    assert isinstance(third, OpenRecord)
    assert third.session.record == session.record


def test_a_first_start_beside_another_one_is_read_only_and_asks_nothing(
    tmp_path: Path, playbook: Playbook, clock: Clock
) -> None:
    path = tmp_path / "progress.toml"
    first, second = (open_record(path, playbook, clock=clock) for _ in range(2))
    assert isinstance(first, OpenRecord)
    assert isinstance(second, OpenRecord)
    assert first.session.account_service.is_new
    assert not second.session.account_service.is_new
    assert second.session.current_record.read_only_reason.startswith("Read-only: your record is open in another window")
    first.release_lock()


def test_a_file_that_was_taken_away_is_written_again(path: Path, session: Session) -> None:
    path.unlink()
    session.diary_service.tick_step("instagram", "open")
    assert session.record == on_disk(path)
    assert session.current_record.notices == ["Your file had been taken away meanwhile. It is written again."]


def test_a_file_that_cannot_be_read_any_more_is_left_alone(path: Path, session: Session) -> None:
    path.write_text("schema = 1\n[person\n")
    session.diary_service.tick_step("instagram", "open")
    assert path.read_text() == "schema = 1\n[person\n"
    assert session.current_record.save_error is not None
    assert "progress.conflict-2026-11-23.toml" in str(session.current_record.save_error)
    beside = path.with_name("progress.conflict-2026-11-23.toml")
    assert on_disk(beside) == session.record
    session.diary_service.tick_step("instagram", "submit")
    assert on_disk(beside) == session.record


def test_what_was_undone_or_removed_is_not_brought_back_by_an_old_copy_of_the_file(
    path: Path, session: Session
) -> None:
    session.diary_service.tick_step("instagram", "open")
    old = path.read_bytes()
    session.undo_stack.undo()
    session.account_service.remove_account("facebook")
    path.write_bytes(old)  # as a sync program does
    session.diary_service.tick_step("instagram", "submit")
    assert [each.id for each in on_disk(path).accounts] == ["instagram"]
    assert [event.text("step") for event in session.account("instagram").events] == ["identify", "submit"]


def test_an_account_that_is_added_anew_has_an_id_that_no_removed_one_had(session: Session) -> None:
    first = session.account_service.add_account("threads", "anna.nl", "", None)
    session.account_service.remove_account(first.id)
    assert session.account_service.add_account("threads", "anna.nl", "", None).id == f"{first.id}-2"


def test_redo_brings_back_what_undo_took_and_its_mark_says_so(path: Path, session: Session) -> None:
    session.diary_service.tick_step("instagram", "open")
    event = session.account("instagram").events[-1]
    session.undo_stack.undo()
    assert dict(on_disk(path).removals) == {event.id: 1}
    session.undo_stack.redo()
    assert dict(on_disk(path).removals) == {event.id: 2}
    assert event in on_disk(path).accounts[1].events


def test_what_is_only_typed_pushes_out_no_version(path: Path, session: Session) -> None:
    session.diary_service.tick_step("instagram", "open")
    for number in range(50):
        session.drafts.save("account", {"name": f"anna{number}"})
    kinds = [version.kind for version in list_versions(path)]
    assert kinds.count(VersionKind.CHANGE) == 2
    assert set(kinds) == {VersionKind.CHANGE, VersionKind.TYPED}


def test_the_version_from_before_a_removal_is_kept_for_long(path: Path, session: Session) -> None:
    before = path.read_bytes()
    session.account_service.remove_account("facebook")
    [pinned] = [version for version in list_versions(path) if version.kind is VersionKind.PINNED]
    assert pinned.path.read_bytes() == before
