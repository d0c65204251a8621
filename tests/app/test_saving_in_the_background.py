"""On a slow disk the person goes on while the record is saved: in order, nothing lost, and nothing called saved before."""

import threading
from collections.abc import Callable, Iterator
from queue import Queue

import pytest

from metaoptout_tui.app.record.current_record import BackgroundSaving, CurrentRecord
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.record.accounts import Record
from samples import account, record

PATIENCE = 10.0
FULL = StorageError("There is no room left on the disk.", todo="Make room.")


class SlowDisk:
    """A disk that writes one record each time it is let, and fails where it is told to."""

    def __init__(self) -> None:
        self.written: list[Record] = []
        self.begun: Queue[Record] = Queue()
        self._answers: Queue[Callable[[Record], Record]] = Queue()

    def save(self, wanted: Record) -> Record:
        self.begun.put(wanted)
        saved = self._answers.get(timeout=PATIENCE)(wanted)
        self.written.append(saved)
        return saved

    def finish(self, answer: Callable[[Record], Record] = lambda wanted: wanted) -> None:
        self._answers.put(answer)


class Sitting:
    """A record that is saved beside a screen, whose thread is that of the test."""

    def __init__(self, patience: float = 0) -> None:
        self.disk = SlowDisk()
        self.calls: Queue[Callable[[], None]] = Queue()
        self.ends = 0
        self.current = CurrentRecord(Record(), save=self.disk.save)
        self.current.save_in_background(BackgroundSaving(self.calls.put, self._ended, patience))

    def _ended(self) -> None:
        self.ends += 1

    def is_at_rest(self) -> bool:
        return not self.current.is_saving

    def next_end(self) -> None:
        """Let the screen hear that a save ended."""
        self.calls.get(timeout=PATIENCE)()


@pytest.fixture
def sitting() -> Iterator[Sitting]:
    made = Sitting()
    yield made
    for _ in range(4):
        made.disk.finish()
    made.current.wait_until_saved()


def fail(_: Record) -> Record:
    raise FULL


ONE, TWO, THREE = (record(*(account(f"facebook-{number}") for number in range(count))) for count in (1, 2, 3))


def test_a_quick_save_has_ended_when_the_change_is_made() -> None:
    sitting = Sitting(patience=PATIENCE)
    sitting.disk.finish()
    sitting.current.replace(ONE)
    assert sitting.disk.written == [ONE]
    assert sitting.is_at_rest()
    assert sitting.current.warning == ""
    sitting.next_end()
    assert sitting.ends == 0


def test_during_a_slow_save_the_person_goes_on_and_is_told(sitting: Sitting) -> None:
    sitting.current.replace(ONE)
    assert sitting.current.record == ONE
    assert not sitting.is_at_rest()
    assert sitting.current.warning == "Saving …"
    sitting.disk.finish()
    sitting.next_end()
    assert sitting.disk.written == [ONE]
    assert sitting.is_at_rest()
    assert sitting.current.warning == ""
    assert sitting.ends == 1


def test_what_was_changed_meanwhile_is_saved_next_and_in_order(sitting: Sitting) -> None:
    sitting.current.replace(ONE)
    sitting.current.replace(TWO)
    sitting.current.replace(THREE)
    sitting.disk.finish()
    sitting.next_end()
    assert sitting.disk.written == [ONE]
    assert not sitting.is_at_rest()
    sitting.disk.finish()
    sitting.next_end()
    assert sitting.disk.written == [ONE, THREE]
    assert sitting.is_at_rest()


def test_one_save_is_written_at_a_time(sitting: Sitting) -> None:
    sitting.current.replace(ONE)
    sitting.current.replace(TWO)
    assert sitting.disk.begun.get(timeout=PATIENCE) == ONE
    assert sitting.disk.begun.empty()


def test_a_slow_save_that_fails_is_told_and_kept_and_tried_again(sitting: Sitting) -> None:
    sitting.current.replace(ONE)
    assert sitting.current.warning == "Saving …"
    sitting.disk.finish(fail)
    sitting.next_end()
    assert (sitting.current.save_error, sitting.current.warning) == (FULL, FULL.what)
    assert sitting.current.record == ONE
    assert sitting.ends == 1
    sitting.disk.finish()
    sitting.current.retry_save()
    assert sitting.current.warning == ""
    assert sitting.disk.written == [ONE]


def test_what_another_program_wrote_is_joined_with_what_was_changed_meanwhile(sitting: Sitting) -> None:
    theirs = account("instagram")
    sitting.current.replace(ONE)
    sitting.current.replace(TWO)
    sitting.disk.finish(lambda wanted: wanted.with_account(theirs))
    sitting.disk.finish()
    sitting.next_end()
    sitting.current.wait_until_saved()
    assert {each.id for each in sitting.current.record.accounts} == {each.id for each in (*TWO.accounts, theirs)}
    assert sitting.disk.written[-1] == sitting.current.record


def test_leaving_waits_for_every_change(sitting: Sitting) -> None:
    sitting.current.replace(ONE)
    sitting.current.replace(TWO)
    sitting.disk.finish()
    sitting.disk.finish()
    sitting.current.retry_save()
    assert sitting.disk.written == [ONE, TWO]
    assert sitting.is_at_rest()
    assert sitting.current.save_error is None


def test_an_end_that_the_screen_hears_of_too_late_changes_nothing(sitting: Sitting) -> None:
    sitting.current.replace(ONE)
    sitting.disk.finish()
    sitting.current.wait_until_saved()
    sitting.current.replace(TWO)
    sitting.next_end()
    assert not sitting.is_at_rest()
    assert sitting.disk.written == [ONE]


def test_a_fault_in_a_save_is_raised_to_the_screen(sitting: Sitting) -> None:
    def broken(_: Record) -> Record:
        raise ZeroDivisionError

    sitting.current.replace(ONE)
    sitting.disk.finish(broken)
    with pytest.raises(ZeroDivisionError):
        sitting.next_end()


def test_without_a_screen_a_save_has_always_ended() -> None:
    thread_of_save: list[threading.Thread] = []

    def save(wanted: Record) -> Record:
        thread_of_save.append(threading.current_thread())
        return wanted

    current = CurrentRecord(Record(), save=save)
    current.replace(ONE)
    assert thread_of_save == [threading.current_thread()]
