"""The record as it is now, in memory and on the disk, and saves of it that go on in a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.remembered import OF_PERSON, Remembered


class SaveInThread:
    """A save that begins at once in a thread of its own; `at_end` is called in its thread when it ended, whether or not it succeeded."""

    def __init__(self, save: Callable[[Record], Record], record: Record, at_end: Callable[[], None]) -> None:
        self.record = record
        self._save = save
        self._at_end = at_end
        self._ended = threading.Event()
        self._saved: Record | None = None
        self._error: BaseException | None = None
        # No daemon: a program that ends meanwhile waits for the file to be whole.
        threading.Thread(target=self._run, name="save the record").start()

    def _run(self) -> None:
        try:
            self._saved = self._save(self.record)
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            self._error = error
        self._ended.set()
        self._at_end()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it ended, at most so long (None: however long it takes). Returns whether it ended."""
        return self._ended.wait(seconds)

    def result(self) -> Record:
        """What was written, once it ended. Raises what the save raised."""
        if self._error is not None:
            raise self._error
        return self._saved or self.record


class BackgroundSaving(NamedTuple):
    """How a record is saved in the background of a screen that goes on.

    `call_on_screen` has a function called in the screen's own thread, from any thread; `at_end` is called there after a
    save for which nobody waited; `patience` is how many seconds the screen waits for a save before it goes on.
    """

    call_on_screen: Callable[[Callable[[], None]], None]
    at_end: Callable[[], None]
    patience: float = 0.2


class CurrentRecord:
    """The record of this session. It is frozen: each change replaces it by another, which is saved at once.

    `read_only_reason` says why nothing can be recorded, empty where it can. `save_error` is set while something
    is not on the disk, and from the start where it is foreseen that nothing can be saved. `notices` are sentences that the person has not seen yet. `save` writes a record durably and
    returns what was written, which has the changes of another program too; it raises StorageError.

    After `save_in_background`, a save that takes longer than a moment goes on in a thread (`is_saving`). Saves stay in their
    order: one at a time, and the next has all that was changed meanwhile. Nothing counts as saved before it ended.
    """

    def __init__(self, record: Record, *, save: Callable[[Record], Record], read_only_reason: str = "") -> None:
        self._record = record
        self._save = save
        self._background: BackgroundSaving | None = None
        self._running: SaveInThread | None = None
        self.read_only_reason = read_only_reason
        self.save_error: StorageError | None = None
        self.notices: list[str] = []

    def save_in_background(self, background: BackgroundSaving | None) -> None:
        """Save in the background of a screen from now on; None: no screen is there any more."""
        self.wait_until_saved()
        self._background = background

    @property
    def record(self) -> Record:
        """The record, with everything up to the last change."""
        return self._record

    def account(self, account_id: str) -> Account:
        """An account that must be there; InputRefused where it is not."""
        account = self._record.account_by_id(account_id)
        if account is None:
            raise InputRefused(_("This account is not in the record any more."))
        return account

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way for which nobody waits."""
        return self._running is not None

    @property
    def failed_save(self) -> StorageError | None:
        """Why the last change is not saved; None where it is, and while it is being saved."""
        return None if self.is_saving else self.save_error

    def replace(self, record: Record) -> None:
        """Put another record in its place and save that; what cannot be saved stays in memory, with its `save_error`."""
        self._record = record
        if self._background is None:
            self._take_result(record, lambda: self._save(record))
        elif self._running is None:
            self._begin_save(self._background, self._background.patience)

    def _begin_save(self, background: BackgroundSaving, patience: float | None) -> None:
        self._running = SaveInThread(self._save, self._record, lambda: background.call_on_screen(self._save_ended))
        if self._running.wait(patience):
            self._finish_save()

    def _finish_save(self) -> bool:
        """Take over what the save came to. Returns whether the record was changed after the save had begun."""
        if self._running is None:
            return False
        ended, self._running = self._running, None
        is_behind = self._record is not ended.record
        self._take_result(ended.record, ended.result)
        return is_behind

    def _save_ended(self) -> None:
        """On the screen's thread, once a save ended; it may have been waited for, and another may be under way."""
        if self._background is None or self._running is None or not self._running.wait(0):
            return
        if self._finish_save():
            self._begin_save(self._background, 0)
        self._background.at_end()

    def _take_result(self, submitted: Record, result: Callable[[], Record]) -> None:
        try:
            saved = result()
        except StorageError as error:
            self.save_error = error
            return
        self.save_error = None
        if self._record is submitted:
            self._record = saved
        elif saved is not submitted:  # joined with what another program wrote, while more was changed here
            from metaoptout_tui.core.record.merge import merge_records

            self._record = merge_records(submitted, saved, self._record).record

    def wait_until_saved(self) -> None:
        """Wait until every change is on the disk, or could not be saved. Raises nothing of the latter."""
        while self._running is not None:
            self._running.wait()
            if self._finish_save() and self._background is not None:
                self._begin_save(self._background, None)

    def retry_save(self) -> None:
        """Wait for a save that is under way, and try once more to save what could not be saved."""
        self.wait_until_saved()
        if self.save_error is not None:
            self.replace(self._record)
            self.wait_until_saved()

    def require_writable(self) -> None:
        """Raise StorageError where this window may only read."""
        if self.read_only_reason:
            raise StorageError(self.read_only_reason, todo=_("Nothing was changed."))

    @property
    def warning(self) -> str:
        """Why the last change is not in the file yet, or why none can be made; empty where nothing is in the way."""
        if self.save_error is not None:
            return self.save_error.what
        return _("Saving …") if self.is_saving else self.read_only_reason

    def add_notice(self, sentence: str) -> None:
        """Show a sentence to the person soon."""
        self.notices.append(sentence)


class RememberedValues:
    """What the record remembers of the person (`OF_PERSON`) and of each account by its id: kept at once, and no step of undo."""

    def __init__(self, current_record: CurrentRecord) -> None:
        self._current_record = current_record

    def of(self, account_id: str = OF_PERSON) -> Remembered:
        """What is remembered."""
        return self._current_record.record.remembered_of(account_id)

    def save(self, account_id: str, remembered: Remembered) -> None:
        """Remember this, and nothing else, of an account or the person. A read-only session drops it."""
        if not self._current_record.read_only_reason and remembered != self.of(account_id):
            self._current_record.replace(self._current_record.record.with_remembered(account_id, remembered))
