"""Two windows that save at the same moment lose nothing, with a lock or without one."""

import errno
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.record import record_saver
from metaoptout_tui.app.session import OpenRecord, Session, open_record
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage import atomic_write, kept_versions, lock, progress_file
from metaoptout_tui.storage.kept_versions import list_versions
from metaoptout_tui.storage.lock import LockTaken, LockUnavailable, RecordLock
from samples import Clock, account, at, entry, record

START = record(
    account("facebook", entry("filed", at(3))),
    account("instagram", entry("step-done", at(2), step="identify")),
    account("threads"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record whose lock cannot be taken: a folder stands in its place."""
    path = tmp_path / "progress.toml"
    progress_file.save_record(path, START, None)
    (tmp_path / "progress.toml.lock").mkdir()
    return path


def open_at(path: Path, playbook: Playbook) -> OpenRecord:
    opened = open_record(path, playbook, clock=Clock())
    assert isinstance(opened, OpenRecord)
    assert not opened.session.current_record.read_only_reason
    return opened


def on_disk(path: Path) -> Record:
    loaded = progress_file.load_record(path)
    assert isinstance(loaded, progress_file.FileLoaded)
    return loaded.record


def notes_of(progress: Record) -> list[str]:
    return [event.text("text") for each in progress.accounts for event in each.events if event.text("text")]


def interrupt_rename(patch: pytest.MonkeyPatch, path: Path, other: Callable[[], object]) -> None:
    """Between the last look at the file and its replacement, let the other window do something, once."""
    rename = atomic_write.rename_over
    done: list[int] = []

    def rename_later(temp: str, target: str) -> None:
        if target == os.fspath(path) and not done:
            done.append(1)
            other()
        rename(temp, target)

    patch.setattr(atomic_write, "rename_over", rename_later)


def note(session: Session, text: str) -> None:
    session.diary_service.record_note("facebook", "open", text)


def test_a_window_without_a_lock_says_so(path: Path, playbook: Playbook) -> None:
    [said] = open_at(path, playbook).notices
    assert said == (
        f"Your record cannot be locked here: {path}.lock is a folder. A second window may write it at the same time; "
        "each save looks for that and joins both."
    )


@pytest.mark.parametrize("way", ["no locks here", "link"])
def test_a_disk_without_locks_and_a_link_in_its_place_are_no_lock_either(
    path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    (path.parent / "progress.toml.lock").rmdir()
    if way == "link":
        (path.parent / "progress.toml.lock").symlink_to("elsewhere")
        found = RecordLock(path).acquire()
        assert isinstance(found, LockUnavailable)
        assert found.reason == f"{path}.lock is a link"
    else:

        def refuse(_: int) -> bool:
            raise OSError(errno.ENOLCK, "No locks available")

        monkeypatch.setattr(lock, "_lock", refuse)
        assert isinstance(RecordLock(path).acquire(), LockUnavailable)


def test_a_save_over_that_of_another_window_joins_both(
    path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = open_at(path, playbook).session, open_at(path, playbook).session
    interrupt_rename(monkeypatch, path, lambda: note(there, "theirs"))
    note(here, "ours")
    assert sorted(notes_of(on_disk(path))) == ["ours", "theirs"]
    assert here.record == on_disk(path)
    assert here.current_record.notices == ["Another window saved at the same moment. Both are joined here."]
    note(there, "later")
    assert sorted(notes_of(on_disk(path))) == ["later", "ours", "theirs"]


MORE_SAVES_THAN_ARE_KEPT = 70


def test_however_much_the_other_window_saves_meanwhile_nothing_of_it_is_lost(
    path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = open_at(path, playbook).session, open_at(path, playbook).session
    theirs = [f"theirs {number}" for number in range(MORE_SAVES_THAN_ARE_KEPT)]

    def save_all() -> None:
        for each in theirs:
            note(there, each)

    interrupt_rename(monkeypatch, path, save_all)
    note(here, "ours")
    assert sorted(notes_of(on_disk(path))) == sorted(["ours", *theirs])
    assert len(list_versions(path)) < MORE_SAVES_THAN_ARE_KEPT


def test_a_window_alone_saves_without_reading_its_whole_record_again(
    path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_at(path, playbook).session
    read, again = progress_file.parse_record, []

    def read_and_tell(data: bytes, name: str) -> object:
        again.append(name)
        return read(data, name)

    with monkeypatch.context() as patch:
        patch.setattr(progress_file, "parse_record", read_and_tell)
        note(window, "first")
        note(window, "second")
    assert again == []
    assert notes_of(on_disk(path)) == ["first", "second"]


def test_what_the_other_window_undid_or_removed_meanwhile_stays_so(
    path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = open_at(path, playbook).session, open_at(path, playbook).session
    note(there, "undone")
    note(here, "first")
    interrupt_rename(monkeypatch, path, lambda: there.account_service.remove_account("instagram"))
    note(here, "ours")
    assert [each.id for each in on_disk(path).accounts] == ["facebook", "threads"]
    there.undo_stack.undo()
    assert {"ours", "first"} <= set(notes_of(on_disk(path)))


def test_a_first_save_of_two_windows_at_once_has_both(
    tmp_path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "progress.toml"
    (tmp_path / "progress.toml.lock").mkdir()
    here, there = open_at(path, playbook).session, open_at(path, playbook).session
    interrupt_rename(monkeypatch, path, lambda: there.account_service.add_account("instagram", "there", "", None))
    here.account_service.add_account("facebook", "here", "", None)
    assert {each.name for each in on_disk(path).accounts} == {"here", "@there"}


def test_a_file_that_is_changed_again_and_again_while_it_is_saved_is_joined_all_the_same(
    path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = open_at(path, playbook).session, open_at(path, playbook).session
    check, left = atomic_write._check_unchanged, [4]

    def check_later(checked: Path, target: str, expected: bytes | None) -> None:
        if checked == path and left[0] > 0 and here.record is not there.record:
            left[0] -= 1
            number, left[0] = left[0], 0
            note(there, f"theirs {number}")
            left[0] = number
        check(checked, target, expected)

    monkeypatch.setattr(atomic_write, "_check_unchanged", check_later)
    note(here, "ours")
    assert here.current_record.save_error is None
    assert sorted(notes_of(on_disk(path))) == ["ours", "theirs 0", "theirs 1", "theirs 2", "theirs 3"]


PATIENCE = 60


class TakingTurns:
    """Lets one of several threads run at a time, and another one go on by chance wherever `switch` is called."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same order at every run
        self._turn = threading.Condition()
        self._waiting: list[int] = []
        self._running: int | None = None

    def run(self, works: Sequence[Callable[[], None]]) -> None:
        """Do all works, and raise what one of them raised."""
        failures: list[BaseException] = []

        def work_in_turn(number: int, work: Callable[[], None]) -> None:
            self._wait(number)
            try:
                work()
            except BaseException as error:  # noqa: BLE001 - raised below, in the thread of the test
                failures.append(error)
            finally:
                self._let_go()

        self._waiting = list(range(len(works)))
        threads = [threading.Thread(target=work_in_turn, args=each) for each in enumerate(works)]
        for thread in threads:
            thread.start()
        with self._turn:
            self._pass_on()
        for thread in threads:
            thread.join(PATIENCE)
        for failure in failures:
            raise failure

    def switch(self) -> None:
        """Let another thread go on, by chance."""
        number = self._running
        if number is not None and threading.current_thread() is not threading.main_thread():
            with self._turn:
                self._waiting.append(number)
                self._pass_on()
            self._wait(number)

    def before(self, function: Callable[..., object]) -> Callable[..., object]:
        """The function, before which and after which another thread may go on."""

        def switching(*args: object, **named: object) -> object:
            self.switch()
            try:
                return function(*args, **named)
            finally:
                self.switch()

        return switching

    def _wait(self, number: int) -> None:
        with self._turn:
            assert self._turn.wait_for(lambda: self._running == number, PATIENCE)

    def _let_go(self) -> None:
        with self._turn:
            self._running = None
            self._pass_on()

    def _pass_on(self) -> None:
        if self._waiting:
            self._running = self._waiting.pop(self._chance.randrange(len(self._waiting)))
            self._turn.notify_all()


LONG_ORDERS, SHORT_ORDERS = [(seed, 5) for seed in range(10)], [(seed, 2) for seed in range(20, 60)]
"""Orders of few saves are cheap, so many are tried; of more saves, in which a window falls far behind, some."""


@pytest.mark.parametrize("young_versions", [1, 64])  # with one of them hardly any is kept
@parametrize_some((LONG_ORDERS[0], SHORT_ORDERS[0]), ("seed", "saves"), [*LONG_ORDERS, *SHORT_ORDERS])
def test_three_windows_in_any_order_of_their_calls_lose_nothing(
    path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch, seed: int, saves: int, young_versions: int
) -> None:
    names, numbers = ("one", "two", "three"), range(saves)
    for name in ("_LAST_CHANGES", "_HOURS", "_DAYS", "_WEEKS"):
        monkeypatch.setattr(kept_versions, name, 1)
    monkeypatch.setattr(kept_versions, "_MAX_RECENT", young_versions)
    monkeypatch.setattr(record_saver, "_PAUSE_SECONDS", 0)
    monkeypatch.setattr(record_saver, "_MAX_RETRIES", 1_000)
    turns = TakingTurns(seed)
    for module, name in (
        (atomic_write, "_check_unchanged"),
        (atomic_write, "rename_over"),
        (kept_versions, "give_second_name"),
        (kept_versions, "remove_quietly"),
        (kept_versions, "_names_in"),
        (progress_file, "load_record"),
    ):
        monkeypatch.setattr(module, name, turns.before(getattr(module, name)))
    sessions = {name: open_at(path, playbook).session for name in names}

    def write(name: str) -> None:
        for number in numbers:
            note(sessions[name], f"{name} {number}")
            sessions[name].drafts.save(f"form-{name}", {"text": f"{name} {number}"})
            assert sessions[name].current_record.save_error is None

    turns.run([partial(write, name) for name in names])
    written = on_disk(path)
    assert sorted(notes_of(written)) == sorted(f"{name} {number}" for name in names for number in numbers)
    assert {key: draft["text"] for key, draft in written.drafts.items()} == {
        f"form-{name}": f"{name} {saves - 1}" for name in names
    }


WRITER = """
import sys
from pathlib import Path
from metaoptout_tui.app.session import open_record
from metaoptout_tui.guidance.loader import load_playbook
path, name, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
session = open_record(path, load_playbook()).session
assert not session.current_record.read_only_reason
print("ready", flush=True)
sys.stdin.readline()
for each in range(number):
    session.diary_service.record_note(name, "open", f"{name} {each}")
for _ in range(100):
    session.current_record.retry_save()
assert session.current_record.save_error is None, session.current_record.save_error
"""


@parametrize_some(1, "number", [8, MORE_SAVES_THAN_ARE_KEPT])
def test_three_processes_that_write_as_fast_as_they_can_lose_no_note(path: Path, number: int) -> None:
    writing = [each.id for each in START.accounts]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, path, name, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for name in writing
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=600)
        assert writer.returncode == 0
    expected = {f"{name} {each}" for name in writing for each in range(number)}
    assert expected - set(notes_of(on_disk(path))) == set()


def test_with_a_lock_the_second_window_only_reads(path: Path, playbook: Playbook) -> None:
    (path.parent / "progress.toml.lock").rmdir()
    first = open_at(path, playbook)
    assert first.notices == ()
    assert isinstance(RecordLock(path).acquire(), LockTaken)
    first.release_lock()
