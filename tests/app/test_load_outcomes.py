"""What each way of asking says of each state in which a record may be: nothing is taken for a first start that is none."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import run
from metaoptout_tui.app.paths import resolve_paths
from metaoptout_tui.app.session import OpenRecord, RecordOpenFailure, open_record, replace_unreadable_record
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage.atomic_write import VERSIONS_FOLDER, write_durably
from metaoptout_tui.storage.kept_versions import VersionHistory
from metaoptout_tui.storage.progress_file import dump_record
from metaoptout_tui.storage.record_traces import FOLDERS_BESIDE
from samples import Clock, account, at, entry, record

ANNA = record(account("facebook", entry("filed", at(3), email="anna@example.org")), account("instagram"))


def gone_with_generations_of_the_first_release(folder: Path) -> None:
    (folder / "progress.toml").rename(folder / "progress.toml.1")


def gone_with_a_conflict_copy(folder: Path) -> None:
    (folder / "progress.toml").rename(folder / "progress (1).toml")


def gone_with_evidence(folder: Path) -> None:
    (folder / "progress.toml").unlink()
    (folder / "evidence").mkdir()
    (folder / "evidence" / "mail.eml").touch()


def gone_with_letters(folder: Path) -> None:
    (folder / "progress.toml").unlink()
    (folder / "letters").mkdir()
    (folder / "letters" / "letter.txt").touch()


def broken(folder: Path) -> None:
    shutil.copy(folder / "progress.toml", folder / "progress.toml.1")
    (folder / "progress.toml").write_text("schema = 1\n[person\n")


def newer(folder: Path) -> None:
    path = folder / "progress.toml"
    path.write_text(path.read_text().replace("schema = 1", "schema = 9"))


def unreadable(folder: Path) -> None:
    (folder / "progress.toml").unlink()
    (folder / "progress.toml").mkdir()


def conflict(folder: Path) -> None:
    shutil.copy(folder / "progress.toml", folder / "progress (Copie en conflit de Anna 2026-11-23).toml")


COMMANDS = {
    "status": ("status",),
    "json": ("status", "--json"),
    "due": ("status", "--due"),
    "verify": ("evidence", "verify"),
    "export": ("export", "--to", "case"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the record of Anna in it."""
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "data"
    data.mkdir()
    (data / "progress.toml").write_bytes(dump_record(ANNA))
    (data / "progress.toml").chmod(0o600)
    return data


def open_in(folder: Path, playbook: Playbook) -> OpenRecord | RecordOpenFailure:
    found = open_record(folder / "progress.toml", playbook, clock=Clock())
    if isinstance(found, OpenRecord):
        found.release_lock()
    return found


def files_in(folder: Path) -> dict[Path, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path: path.read_bytes() for path in found}


def gone_with_versions(folder: Path) -> None:
    data = (folder / "progress.toml").read_bytes()
    path = folder / "progress.toml"
    write_durably(path, data + b"# more", expected=data, keep=VersionHistory(path).keeper())
    path.unlink()


GONE = (
    gone_with_versions,
    gone_with_generations_of_the_first_release,
    gone_with_a_conflict_copy,
    gone_with_evidence,
    gone_with_letters,
)
REFUSED = (
    *((state, "is gone from") for state in GONE),
    (broken, "progress.toml, line 2"),
    (unreadable, "is not a file"),
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("state", "words"), REFUSED, ids=[state.__name__ for state, _ in REFUSED])
def test_a_command_says_that_there_is_no_record_to_read_and_ends_1(
    folder: Path, state: Callable[[Path], None], words: str, command: str
) -> None:
    state(folder)
    before = files_in(folder)
    ended = run(*COMMANDS[command], "--data-dir", folder)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert words in ended.stderr
    assert files_in(folder) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_first_start_is_none_of_that(tmp_path: Path, command: str) -> None:
    ended = run(*COMMANDS[command], "--data-dir", tmp_path)
    assert ended.returncode == (2 if command in ("export", "status", "due") else 0)
    assert "gone" not in ended.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_record_of_a_newer_version_is_shown_as_far_as_it_is_understood(folder: Path, command: str) -> None:
    newer(folder)
    ended = run(*COMMANDS[command], "--data-dir", folder)
    assert ended.returncode != 1
    assert "newer version of this program" in ended.stderr


@pytest.mark.parametrize("command", ["status", "json", "due"])
def test_status_names_a_copy_that_a_conflict_left(folder: Path, command: str) -> None:
    conflict(folder)
    ended = run(*COMMANDS[command], "--data-dir", folder)
    assert ended.returncode in (0, 10)
    assert "progress (Copie en conflit de Anna 2026-11-23).toml is a copy of your record" in ended.stderr


class TestTheScreen:
    @pytest.mark.parametrize("state", GONE)
    def test_offers_what_is_left_of_a_record_that_is_gone(
        self, folder: Path, playbook: Playbook, state: Callable[[Path], None]
    ) -> None:
        state(folder)
        before = files_in(folder)
        failure = open_in(folder, playbook)
        assert isinstance(failure, RecordOpenFailure)
        assert failure.is_gone
        assert "is gone from" in str(failure.error)
        expected = [] if state in (gone_with_evidence, gone_with_letters) else [ANNA]
        assert [version.record for version in failure.versions[:1]] == expected
        assert files_in(folder) == before

    @pytest.mark.parametrize("state", GONE)
    def test_a_new_record_pushes_out_nothing_of_the_old_one(
        self, folder: Path, playbook: Playbook, state: Callable[[Path], None]
    ) -> None:
        state(folder)
        before = files_in(folder)
        failure = open_in(folder, playbook)
        assert isinstance(failure, RecordOpenFailure)
        assert replace_unreadable_record(failure, Record(), clock=Clock()) is None
        opened = open_in(folder, playbook)
        assert isinstance(opened, OpenRecord)
        for number in range(12):
            opened.session.account_service.add_account("instagram", f"anna{number}", "", None)
        assert opened.session.current_record.save_error is None
        after = files_in(folder)
        assert {path: after.get(path) for path in before} == before

    def test_goes_on_from_the_newest_version_without_anything_lost(self, folder: Path, playbook: Playbook) -> None:
        first = open_in(folder, playbook)
        assert isinstance(first, OpenRecord)
        first.session.diary_service.record_note("facebook", "open", "The last thing I did.")
        (folder / "progress.toml").unlink()
        failure = open_in(folder, playbook)
        assert isinstance(failure, RecordOpenFailure)
        replace_unreadable_record(failure, failure.versions[0].record, clock=Clock())
        again = open_in(folder, playbook)
        assert isinstance(again, OpenRecord)
        assert again.session.record == first.session.record

    @pytest.mark.parametrize("state", [broken, unreadable])
    def test_a_record_that_cannot_be_read_is_not_gone(
        self, folder: Path, playbook: Playbook, state: Callable[[Path], None]
    ) -> None:
        state(folder)
        failure = open_in(folder, playbook)
        assert isinstance(failure, RecordOpenFailure)
        assert not failure.is_gone
        assert failure.can_replace == (state is broken)

    def test_a_first_start_is_welcomed_and_a_newer_record_is_only_shown(
        self, folder: Path, tmp_path: Path, playbook: Playbook
    ) -> None:
        first = open_in(tmp_path / "new", playbook)
        assert isinstance(first, OpenRecord)
        assert first.session.account_service.is_new
        newer(folder)
        shown = open_in(folder, playbook)
        assert isinstance(shown, OpenRecord)
        assert "newer version" in shown.session.current_record.read_only_reason

    def test_a_conflict_copy_is_named_at_the_start(self, folder: Path, playbook: Playbook) -> None:
        conflict(folder)
        opened = open_in(folder, playbook)
        assert isinstance(opened, OpenRecord)
        assert "a conflict left (Dropbox)" in opened.notices[0]


def test_the_folders_that_tell_a_record_that_is_gone_are_those_of_the_program(tmp_path: Path) -> None:
    paths = resolve_paths(tmp_path, None, {})
    assert {paths.evidence, paths.letters} == {tmp_path / name for name in FOLDERS_BESIDE}
    assert paths.versions == tmp_path / VERSIONS_FOLDER
