"""Files kept as evidence: whole copies of the person's own, never changed, never replaced, and each looked at again."""

import errno
import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from metaoptout_tui.app.session import OpenRecord, Session, open_record
from metaoptout_tui.core.errors import Cancelled, FileRefused, InputRefused, StorageError
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.record.accounts import EvidenceFile, EvidenceFileState, Record, evidence_items_of
from metaoptout_tui.storage import evidence_folder
from metaoptout_tui.storage.evidence_folder import (
    MAX_BYTES,
    find_unrecorded_files,
    read_stored_text,
    store_file,
    store_text,
    verify_file,
)
from metaoptout_tui.storage.progress_file import FileLoaded, load_record, save_record
from samples import Clock, account, at, entry, record
from storage.test_atomic_write import FailingOs, Killed, replace_os

posix = pytest.mark.skipif(os.name == "nt", reason="modes, links and pipes are those of POSIX")
WORDS = b"We will honour your objection.\n" * 1_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "evidence"


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A file of the person's."""
    path = tmp_path / "answer.eml"
    path.write_bytes(WORDS)
    return path


def holds(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


class TestKeeping:
    def test_a_file_is_copied_whole_and_described(self, answer: Path, folder: Path) -> None:
        kept = store_file(answer, folder)
        assert kept == EvidenceFile("answer.eml", sha256(WORDS).hexdigest(), len(WORDS))
        assert holds(folder) == {"answer.eml": WORDS}
        assert answer.read_bytes() == WORDS

    @posix
    def test_nobody_else_can_read_the_copy(self, answer: Path, folder: Path) -> None:
        before = os.umask(0)
        try:
            store_file(answer, folder)
        finally:
            os.umask(before)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "answer.eml").stat().st_mode) == 0o600

    def test_the_same_file_is_kept_once(self, answer: Path, folder: Path) -> None:
        assert store_file(answer, folder) == store_file(answer, folder)
        assert list(holds(folder)) == ["answer.eml"]

    def test_another_file_of_the_same_name_gets_a_number(self, answer: Path, folder: Path) -> None:
        store_file(answer, folder)
        answer.write_bytes(b"something else")
        assert store_file(answer, folder).name == "answer-2.eml"
        answer.write_bytes(WORDS)
        assert store_file(answer, folder).name == "answer.eml"
        assert holds(folder) == {"answer.eml": WORDS, "answer-2.eml": b"something else"}

    def test_a_file_of_the_folder_itself_stays_what_it_is(self, answer: Path, folder: Path) -> None:
        kept = store_file(answer, folder)
        assert store_file(folder / kept.name, folder) == kept

    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            (".hidden", "hidden"),
            ("a\x1b]0;owned\x07b.png", "a-]0;owned-b.png"),
            ("a\u202egnp.exe", "agnp.exe"),
            ("con.txt", "file-con.txt"),
            ("x" * 240 + ".png", "x" * 96 + ".png"),
            ("é" * 120 + ".png", "é" * 48 + ".png"),
            ("no ending", "no ending"),
        ],
    )
    @posix
    def test_a_name_that_could_hurt_is_made_plain(self, tmp_path: Path, folder: Path, name: str, kept: str) -> None:
        (tmp_path / name).write_bytes(WORDS)
        assert store_file(tmp_path / name, folder).name == kept
        assert list(holds(folder)) == [kept]

    def test_an_empty_file_can_be_kept(self, tmp_path: Path, folder: Path) -> None:
        (tmp_path / "empty.txt").touch()
        assert store_file(tmp_path / "empty.txt", folder).size == 0


class TestWhatCannotBeKept:
    def test_a_file_that_was_never_there(self, tmp_path: Path, folder: Path) -> None:
        with pytest.raises(FileRefused) as refused:
            store_file(tmp_path / "slip.png", folder)
        path = tmp_path / "slip.png"
        assert str(refused.value) == f"There is no file {path}. Nothing was recorded. Look how it is written."
        assert not folder.exists()

    def test_a_folder(self, tmp_path: Path, folder: Path) -> None:
        with pytest.raises(FileRefused, match="is not a file"):
            store_file(tmp_path, folder)

    @posix
    def test_a_pipe_is_refused_without_waiting(self, tmp_path: Path, folder: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(FileRefused, match="is not a file"):
            store_file(tmp_path / "pipe", folder)

    def test_a_name_that_no_file_can_have(self, folder: Path) -> None:
        with pytest.raises(FileRefused, match="no name of a file"):
            store_file(Path("a\x00b"), folder)

    def test_a_huge_file_is_refused_unread(self, tmp_path: Path, folder: Path) -> None:
        huge = tmp_path / "film.mp4"
        with huge.open("wb") as file:
            file.truncate(MAX_BYTES + 1)
        with pytest.raises(FileRefused, match="larger than 100 MB"):
            store_file(huge, folder)
        assert not folder.exists()

    def test_a_file_that_grows_while_it_is_copied(
        self, answer: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Growing(FailingOs):
            def __getattr__(self, name: str) -> object:
                if name == "read":
                    return lambda *_: b"x" * 4_096
                return getattr(os, name)

        monkeypatch.setattr(evidence_folder, "MAX_BYTES", 1 << 20)
        monkeypatch.setattr(evidence_folder, "os", Growing())
        with pytest.raises(FileRefused, match="larger than"):
            store_file(answer, folder)
        assert holds(folder) == {}

    @posix
    @pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
    def test_a_file_that_may_not_be_read(self, answer: Path, folder: Path) -> None:
        answer.chmod(0)
        with pytest.raises(FileRefused, match="no permission"):
            store_file(answer, folder)

    def test_a_folder_that_cannot_be_made(self, answer: Path, folder: Path) -> None:
        folder.parent.mkdir()
        folder.write_bytes(b"in the way")
        with pytest.raises(StorageError, match="was not kept"):
            store_file(answer, folder)
        assert folder.read_bytes() == b"in the way"


def calls_of_one_copy(answer: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    watched = FailingOs()
    with monkeypatch.context() as patch:
        replace_os(patch, watched)
        patch.setattr(evidence_folder, "os", watched)
        store_file(answer, folder)
    return len(watched.calls)


@pytest.mark.parametrize("failure", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_whatever_call_fails_the_copy_is_whole_or_not_there_and_nothing_else_changes(
    tmp_path: Path, answer: Path, monkeypatch: pytest.MonkeyPatch, failure: int
) -> None:
    for number in range(1, calls_of_one_copy(answer, tmp_path / "first", monkeypatch) + 1):
        folder = tmp_path / f"{failure}-{number}"
        folder.mkdir(mode=0o700)
        (folder / "answer.eml").write_bytes(b"an older one")
        failing = FailingOs(number, failure)
        with monkeypatch.context() as patch:
            replace_os(patch, failing)
            patch.setattr(evidence_folder, "os", failing)
            kept = kept_or_refused(answer, folder)
        named = {name: data for name, data in holds(folder).items() if not name.startswith(".")}
        assert named.pop("answer.eml") == b"an older one"
        assert named == ({kept.name: WORDS} if kept else {})
        assert answer.read_bytes() == WORDS


def kept_or_refused(source: Path, folder: Path) -> EvidenceFile | None:
    """What was kept, or None where it was refused in a sentence; whatever else is raised fails the test."""
    try:
        return store_file(source, folder)
    except (FileRefused, StorageError):
        return None


@pytest.mark.parametrize("failure", ["before", "after", "middle"])
def test_a_kill_at_any_call_leaves_no_half_copy_under_a_name_in_use(
    tmp_path: Path, answer: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    for number in range(1, calls_of_one_copy(answer, tmp_path / "first", monkeypatch) + 1):
        folder = tmp_path / f"{failure}-{number}"
        killing = FailingOs(number, failure)
        with monkeypatch.context() as patch:
            replace_os(patch, killing)
            patch.setattr(evidence_folder, "os", killing)
            with pytest.raises(Killed):
                store_file(answer, folder)
        named = {name: data for name, data in holds(folder).items() if not name.startswith(".")}
        assert named in ({}, {"answer.eml": b""}, {"answer.eml": WORDS})
        # The next try is not in the way of what the last one left.
        assert (folder / store_file(answer, folder).name).read_bytes() == WORDS


class TestLookingAgain:
    def test_an_unchanged_file_is_ok(self, answer: Path, folder: Path) -> None:
        assert verify_file(store_file(answer, folder), folder) is EvidenceFileState.OK

    def test_a_file_changed_in_one_byte_is_changed(self, answer: Path, folder: Path) -> None:
        kept = store_file(answer, folder)
        (folder / kept.name).write_bytes(b"w" + WORDS[1:])
        assert verify_file(kept, folder) is EvidenceFileState.CHANGED
        (folder / kept.name).write_bytes(WORDS[:-1])
        assert verify_file(kept, folder) is EvidenceFileState.CHANGED

    def test_a_file_taken_away_is_missing(self, answer: Path, folder: Path) -> None:
        kept = store_file(answer, folder)
        (folder / kept.name).unlink()
        assert verify_file(kept, folder) is EvidenceFileState.MISSING

    @posix
    def test_what_is_no_file_of_ours_is_unreadable(self, answer: Path, folder: Path) -> None:
        kept = store_file(answer, folder)
        (folder / kept.name).unlink()
        (folder / kept.name).symlink_to(answer)
        assert verify_file(kept, folder) is EvidenceFileState.UNREADABLE
        (folder / kept.name).unlink()
        os.mkfifo(folder / kept.name)
        assert verify_file(kept, folder) is EvidenceFileState.UNREADABLE

    @pytest.mark.parametrize("name", ["", ".", "..", "../answer.eml", "sub/answer.eml", "a\x00b"])
    def test_a_name_that_leads_out_of_the_folder_is_never_followed(self, answer: Path, folder: Path, name: str) -> None:
        kept = store_file(answer, folder)
        assert verify_file(kept._replace(name=name), folder) is EvidenceFileState.UNREADABLE

    def test_a_file_that_no_entry_names_is_told_apart(self, answer: Path, folder: Path) -> None:
        kept = store_file(answer, folder)
        assert find_unrecorded_files(folder, [kept.name]) == ()
        assert find_unrecorded_files(folder, []) == (kept.name,)
        assert find_unrecorded_files(folder / "none", []) == ()


class TestInASitting:
    @pytest.fixture
    def begun(self, tmp_path: Path, playbook: Playbook, clock: Clock) -> OpenRecord:
        path = tmp_path / "data" / "progress.toml"
        save_record(path, record(account("facebook", entry("filed", at(5)))), None)
        begun = open_record(path, playbook, clock=clock)
        assert isinstance(begun, OpenRecord)
        return begun

    def test_a_file_is_kept_beside_the_record_and_written_into_the_diary(
        self, begun: OpenRecord, answer: Path, folder: Path
    ) -> None:
        filing = begun.session.record.accounts[0].events[0]
        kept = begun.session.attachments.attach("facebook", filing.id, answer)
        begun.release_lock()
        loaded = load_record(folder.parent / "progress.toml")
        assert isinstance(loaded, FileLoaded)
        [exhibit] = evidence_items_of(loaded.record)
        assert (exhibit.file, exhibit.belongs_to, exhibit.account.id) == (kept, filing, "facebook")
        assert verify_file(exhibit.file, folder) is EvidenceFileState.OK

    def test_undo_takes_back_the_entry_and_leaves_the_copy(self, begun: OpenRecord, answer: Path, folder: Path) -> None:
        session = begun.session
        session.attachments.attach("facebook", session.record.accounts[0].events[0].id, answer)
        session.undo_stack.undo()
        assert evidence_items_of(session.record) == ()
        assert holds(folder) == {"answer.eml": WORDS}
        begun.release_lock()

    def test_a_file_that_cannot_be_taken_changes_nothing(self, begun: OpenRecord, tmp_path: Path) -> None:
        session = begun.session
        before = session.record
        with pytest.raises(FileRefused):
            session.attachments.attach("facebook", before.accounts[0].events[0].id, tmp_path / "none")
        assert session.record is before
        assert session.undo_stack.undo() is None
        begun.release_lock()

    def test_an_entry_that_is_not_there_gets_no_evidence(self, begun: OpenRecord, answer: Path, folder: Path) -> None:
        with pytest.raises(InputRefused, match="not in the diary any more"):
            begun.session.attachments.attach("facebook", "01NONE", answer)
        assert not folder.exists()
        begun.release_lock()

    def test_a_window_that_only_reads_keeps_nothing(
        self, begun: OpenRecord, answer: Path, folder: Path, playbook: Playbook, clock: Clock
    ) -> None:
        second = open_record(folder.parent / "progress.toml", playbook, clock=clock)
        assert isinstance(second, OpenRecord)
        with pytest.raises(StorageError, match="another window"):
            second.session.attachments.attach("facebook", begun.session.record.accounts[0].events[0].id, answer)
        assert not folder.exists()
        second.release_lock()
        begun.release_lock()


def test_an_entry_whose_subject_is_gone_is_still_an_exhibit() -> None:
    lonely = entry("evidence", at(1), file="a.png", sha256="00", bytes=3, of="01GONE")
    [exhibit] = evidence_items_of(record(account("facebook", lonely)))
    assert (exhibit.file, exhibit.belongs_to) == (EvidenceFile("a.png", "00", 3), None)


def test_a_session_without_a_folder_says_so(session: Session, saved: list[Record], tmp_path: Path) -> None:
    session.account_service.add_account("facebook", "Anna", "", None)
    [added] = session.record.accounts[0].events
    with pytest.raises(StorageError, match="cannot be kept here"):
        session.attachments.attach(session.record.accounts[0].id, added.id, tmp_path)
    assert len(saved) == 1


class StopsAfter(Job):
    """Somebody who has had enough after so many blocks."""

    def __init__(self, blocks: int) -> None:
        super().__init__()
        self.left = blocks

    def advance(self, count: int = 0) -> None:
        self.left -= 1
        if self.left < 0:
            self.cancel()
        super().advance(count)


@pytest.mark.parametrize("blocks", [0, 1, 2, 3])
def test_a_copy_that_is_stopped_at_any_block_leaves_nothing(tmp_path: Path, folder: Path, blocks: int) -> None:
    (tmp_path / "film.mp4").write_bytes(bytes(3 << 20))
    with pytest.raises(Cancelled):
        store_file(tmp_path / "film.mp4", folder, StopsAfter(blocks))
    assert list(folder.iterdir()) == []
    job = StopsAfter(10)
    kept = store_file(tmp_path / "film.mp4", folder, job)
    assert job.done == job.total == kept.size
    with pytest.raises(Cancelled):
        store_file(tmp_path / "film.mp4", folder, StopsAfter(3))
    assert verify_file(kept, folder) is EvidenceFileState.OK


class TestATextOfTheProgramsOwn:
    def test_it_is_kept_privately_and_read_back_word_for_word(self, tmp_path: Path) -> None:
        folder = tmp_path / "evidence"
        kept = store_text("2026-11-23-reminder-facebook-de", "Grüße\n", folder)
        assert (kept.name, kept.size) == ("2026-11-23-reminder-facebook-de.txt", 8)
        assert verify_file(kept, folder) is EvidenceFileState.OK
        assert read_stored_text(kept, folder) == "Grüße\n"
        if os.name != "nt":
            assert stat.S_IMODE((folder / kept.name).stat().st_mode) == 0o600

    def test_another_text_of_the_name_gets_a_number_and_the_same_one_is_kept_once(self, tmp_path: Path) -> None:
        names = [store_text("letter", words, tmp_path).name for words in ("one", "two", "one")]
        assert names == ["letter.txt", "letter-2.txt", "letter.txt"]
        assert (tmp_path / "letter.txt").read_text() == "one"

    @pytest.mark.parametrize("words", ["changed", "a letter that is longer", None])
    def test_a_text_that_is_not_the_one_that_was_kept_is_not_told(self, tmp_path: Path, words: str | None) -> None:
        kept = store_text("letter", "a letter", tmp_path)
        if words is None:
            (tmp_path / kept.name).unlink()
        else:
            (tmp_path / kept.name).write_text(words)
        assert read_stored_text(kept, tmp_path) == ""
        assert read_stored_text(kept._replace(name=f"../{tmp_path.name}/{kept.name}"), tmp_path) == ""

    def test_a_full_disk_is_said_and_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StorageError, match=r"The text of the letter was not kept"):
            store_text("letter", "words", tmp_path / "evidence")
        assert list((tmp_path / "evidence").iterdir()) == []
