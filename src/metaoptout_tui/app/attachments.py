"""Evidence: files kept beside the record and named in the diary, and mails that a person brings as files."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.record_history import RecordHistory
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.mail import Mail
from metaoptout_tui.core.record.accounts import EvidenceFile
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import HOLDS_LETTER


class ImportedMail(NamedTuple):
    """The file, and the mail in it."""

    path: Path
    mail: Mail


def is_mail_file(path: Path) -> bool:
    """Whether a file is one by its name."""
    return path.suffix.casefold() == ".eml"


def import_mail(path: Path, job: Job | None = None) -> ImportedMail:
    """Read a mail. Raises FileRefused for a file that is none, Cancelled where `job` was stopped."""
    from metaoptout_tui.imports.mail import read_mail

    return ImportedMail(path, read_mail(path, job))


class AttachmentStore(NamedTuple):
    """What can be put beside the record, each None where it cannot.

    `keep_file` copies a file into the evidence folder, `keep_text` puts a text of a name there; `save_letter` saves a letter
    as a text of a name for the person's own use.
    """

    keep_file: Callable[[Path, Job | None], EvidenceFile] | None = None
    keep_text: Callable[[str, str], EvidenceFile] | None = None
    save_letter: Callable[[str, str], Path] | None = None


NO_ATTACHMENT_STORE = AttachmentStore()


class Attachments:
    """The files beside the record of `history`, and their entries in it."""

    def __init__(self, history: RecordHistory, store: AttachmentStore = NO_ATTACHMENT_STORE) -> None:
        self._history = history
        self._store = store

    def attach(self, id: str, entry: str, source: Path) -> EvidenceFile:
        """Keep a copy of a file as evidence of one entry, and write its name, SHA-256 and size into the diary.

        Undo takes back the entry; the copy stays where it is. Raises FileRefused for a file that cannot be taken,
        StorageError for one that cannot be kept; then nothing is written down.
        """
        file = self.file_copier(id, entry)(source, None)
        self.record_attachment(id, entry, file)
        return file

    def file_copier(self, id: str, entry: str) -> Callable[[Path, Job | None], EvidenceFile]:
        """What copies a file for an entry, for a thread to do; `record_attachment` then writes it down. Raises where it could not."""
        self._history.require_writable()
        if not any(event.id == entry for event in self._history.account(id).events):
            raise InputRefused("The entry this belongs to is not in the diary any more.")
        if self._store.keep_file is None:
            raise StorageError("Files cannot be kept here.", kept="Nothing was recorded.")
        return self._store.keep_file

    def record_attachment(self, id: str, entry: str, file: EvidenceFile) -> None:
        """Write down that a copy of a file is kept as evidence of one entry."""
        self._history.record_event(
            id, EventKind.EVIDENCE, _evidence_fields(file, entry), description=f"keeping {file.name}"
        )

    def save_letter(self, name: str, words: str) -> Path:
        """Save a letter as a text and say where. Raises StorageError; then nothing is there that was not before."""
        if self._store.save_letter is None:
            raise StorageError("Letters cannot be saved here.", kept="It still stands here.")
        return self._store.save_letter(name, words)

    def letter_text_event(self, sent: Event, name: str, words: str) -> Event:
        """Keep the text of a letter that was sent as evidence of `sent`; the entry of that. StorageError where it cannot be."""
        if self._store.keep_text is None:
            raise StorageError("The text of the letter cannot be kept here.")
        file = self._store.keep_text(name, words)
        return self._history.new_event(EventKind.EVIDENCE, {**_evidence_fields(file, sent.id), "holds": HOLDS_LETTER})


def _evidence_fields(file: EvidenceFile, entry: str) -> dict[str, object]:
    return {"file": file.name, "sha256": file.sha256, "bytes": file.size, "of": entry}
