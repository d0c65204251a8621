"""What is kept beside the record: files that prove something, letters as they were sent, letters saved to be sent."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.clock import Clock, system_clock
from metaoptout_tui.core.diary import Event
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.evidence import LETTER, KeptFile
from metaoptout_tui.core.going import Going
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.journal import Journal


class Beside(NamedTuple):
    """What can be put beside the record, each None where it cannot.

    `keep` copies a file into the evidence folder, `keep_text` puts a text of a name there; `write` saves a letter as a text
    of a name for the person's own use.
    """

    keep: Callable[[Path, Going | None], KeptFile] | None = None
    keep_text: Callable[[str, str], KeptFile] | None = None
    write: Callable[[str, str], Path] | None = None


NOTHING_BESIDE = Beside()


class Keeping(Journal):
    """The record and the files beside it."""

    def __init__(
        self,
        progress: Progress,
        *,
        clock: Clock = system_clock,
        save: Callable[[Progress], Progress],
        beside: Beside = NOTHING_BESIDE,
        read_only: str = "",
    ) -> None:
        super().__init__(progress, clock=clock, save=save, read_only=read_only)
        self._beside = beside

    def attach(self, id: str, entry: str, source: Path) -> KeptFile:
        """Keep a copy of a file as evidence of one entry, and write its name, SHA-256 and size into the diary.

        Undo takes back the entry; the copy stays where it is. Raises FileRefused for a file that cannot be taken,
        StorageError for one that cannot be kept; then nothing is written down.
        """
        file = self.keeper(id, entry)(source, None)
        self.attached(id, entry, file)
        return file

    def keeper(self, id: str, entry: str) -> Callable[[Path, Going | None], KeptFile]:
        """What copies a file for an entry, for a thread to do; `attached` then writes it down. Raises where it could not."""
        self.must_write()
        if not any(event.id == entry for event in self.account(id).events):
            raise InputRefused("The entry this belongs to is not in the diary any more.")
        if self._beside.keep is None:
            raise StorageError("Files cannot be kept here.", kept="Nothing was recorded.")
        return self._beside.keep

    def attached(self, id: str, entry: str, file: KeptFile) -> None:
        """Write down that a copy of a file is kept as evidence of one entry."""
        self.record(id, "evidence", _named(file, entry), name=f"keeping {file.name}")

    def save_text(self, name: str, words: str) -> Path:
        """Save a letter as a text and say where. Raises StorageError; then nothing is there that was not before."""
        if self._beside.write is None:
            raise StorageError("Letters cannot be saved here.", kept="It still stands here.")
        return self._beside.write(name, words)

    def _with_text(self, account: Account, sent: Event, name: str, words: str) -> Account:
        """An account with the text of a letter that was sent kept as evidence of `sent`; StorageError where it cannot be."""
        if self._beside.keep_text is None:
            raise StorageError("The text of the letter cannot be kept here.")
        file = self._beside.keep_text(name, words)
        return account.with_event(self._event("evidence", {**_named(file, sent.id), "holds": LETTER}))


def _named(file: KeptFile, entry: str) -> dict[str, object]:
    return {"file": file.name, "sha256": file.sha256, "bytes": file.size, "of": entry}
