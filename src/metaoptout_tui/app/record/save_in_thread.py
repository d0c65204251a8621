"""One save of the record in a thread of its own, so that the screen goes on where the disk is slow."""

import threading
from collections.abc import Callable

from metaoptout_tui.core.record.accounts import Record


class SaveInThread:
    """A save that begins at once; `at_end` is called in its thread when it ended, whether or not it succeeded."""

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
