"""Evidence, which is files kept beside the record and named in the diary, and mails that the person saved as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.record.record_editor import RecordEditor
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import EvidenceFile
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import HOLDS_LETTER

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.core.mail import Mail


class ImportedMail(NamedTuple):
    """A mail, and the file it was read from."""

    path: Path
    mail: Mail


def is_mail_file(path: Path) -> bool:
    """Whether the name of a file ends as that of a mail does."""
    return path.suffix.casefold() == ".eml"


def import_mail(path: Path, job: Job | None = None) -> ImportedMail:
    """Read a mail. Raises FileRefused for a file that is no mail, Cancelled where `job` was stopped."""
    from metaoptout_tui.imports.mail import read_mail

    return ImportedMail(path, read_mail(path, job))


class AttachmentStore(NamedTuple):
    """The functions that write files beside the record, each None where that is not possible.

    `find_file` gives the path of an evidence file, or None where it is missing; `keep_file` copies a file into the evidence
    folder, `keep_text` writes a text there under a file name.
    """

    keep_file: Callable[[Path, Job | None], EvidenceFile] | None = None
    keep_text: Callable[[str, str], EvidenceFile] | None = None
    find_file: Callable[[EvidenceFile], Path | None] | None = None


NO_ATTACHMENT_STORE = AttachmentStore()


class Attachments:
    """Keeps files beside the record of `editor`, and writes them into its diaries."""

    def __init__(self, editor: RecordEditor, store: AttachmentStore = NO_ATTACHMENT_STORE) -> None:
        self._editor = editor
        self._store = store

    @property
    def knows_evidence_files(self) -> bool:
        """Whether it can be told which evidence files are there."""
        return self._store.find_file is not None

    def find_file(self, file: EvidenceFile) -> Path | None:
        """The path of an evidence file; None where it is missing, or where there is no folder."""
        return self._store.find_file(file) if self._store.find_file is not None else None

    def attach(self, account_id: str, event_id: str, source: Path) -> EvidenceFile:
        """Keep a copy of a file as evidence of one entry, and write its name, SHA-256 and size into the diary.

        Undo takes back the entry, but not the copy. Raises FileRefused for a file that is not accepted, StorageError
        for one that cannot be copied; then nothing is recorded.
        """
        file = self.file_copier(account_id, event_id)(source, None)
        self.record_attachment(account_id, event_id, file)
        return file

    def file_copier(self, account_id: str, event_id: str) -> Callable[[Path, Job | None], EvidenceFile]:
        """A function to copy a file in a thread, before `record_attachment`. Raises where no file can be kept."""
        self._editor.current_record.require_writable()
        if not any(event.id == event_id for event in self._editor.account(account_id).events):
            raise InputRefused(_("The entry this belongs to is not in the diary any more."))
        if self._store.keep_file is None:
            raise StorageError(_("Files cannot be kept here."), kept=_("Nothing was recorded."))
        return self._store.keep_file

    def record_attachment(self, account_id: str, event_id: str, file: EvidenceFile) -> None:
        """Record a copy of a file as evidence of one entry."""
        self._editor.record_event(
            account_id,
            EventKind.EVIDENCE,
            _evidence_fields(file, event_id),
            description=_("keeping {name}").format(name=file.name),
        )

    def letter_text_event(self, sent: Event, name: str, text: str) -> Event:
        """Keep the text of a sent letter as evidence of the entry `sent`; the new entry for it. Raises StorageError."""
        if self._store.keep_text is None:
            raise StorageError(_("The text of the letter cannot be kept here."))
        file = self._store.keep_text(name, text)
        return self._editor.new_event(EventKind.EVIDENCE, {**_evidence_fields(file, sent.id), "holds": HOLDS_LETTER})


def _evidence_fields(file: EvidenceFile, event_id: str) -> dict[str, object]:
    return {"file": file.name, "sha256": file.sha256, "bytes": file.size, "of": event_id}
