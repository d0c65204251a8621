"""The open record: opening it, writable or read-only, saving its changes, and the services that change it.

Where another program changed the file meanwhile, both versions are merged; where it made the file unreadable, changes
are saved in a file beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from metaoptout_tui.app.account_service import AccountService
from metaoptout_tui.app.attachments import NO_ATTACHMENT_STORE, Attachments, AttachmentStore
from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.paths import evidence_folder_of, letters_folder_of
from metaoptout_tui.app.record_history import RecordHistory, RecordView
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import date_warnings
from metaoptout_tui.core.record.accounts import Account, EvidenceFile, Record
from metaoptout_tui.storage import atomic_write, progress_file
from metaoptout_tui.storage.lock import LockHeld, LockTaken, RecordLock

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.app.diary_service import DiaryService


class Session:
    """The open record for the screens: its `history`, a `view` of it, and the services that change it."""

    def __init__(
        self,
        record: Record,
        playbook: Playbook,
        *,
        clock: Clock = system_clock,
        save: Callable[[Record], Record],
        attachment_store: AttachmentStore = NO_ATTACHMENT_STORE,
        read_only_reason: str = "",
        is_new: bool = False,
    ) -> None:
        self.history = RecordHistory(record, clock=clock, save=save, read_only_reason=read_only_reason)
        self.view = RecordView(self.history, playbook)
        self.accounts = AccountService(self.view, is_new=is_new)
        self.attachments = Attachments(self.history, attachment_store)

    @cached_property
    def diary(self) -> DiaryService:
        """Writes into the diaries what the person says happened."""
        from metaoptout_tui.app.diary_service import DiaryService

        return DiaryService(self.view, self.attachments)

    # Short ways to what most screens need

    @property
    def record(self) -> Record:
        """The record as it is now."""
        return self.history.record

    @property
    def playbook(self) -> Playbook:
        """The guidance in use."""
        return self.view.playbook

    def now(self) -> datetime:
        """The time by this session's clock."""
        return self.history.now()

    def account(self, id: str) -> Account:
        """An account that must be there; InputRefused where it is not."""
        return self.history.account(id)

    def overview(self) -> Overview:
        """Everything computed from the record, the guidance and the clock."""
        return self.view.overview()


@dataclass(frozen=True, slots=True)
class RecordOpenFailure:
    """A record that cannot be opened: what is wrong, and its newest backup that can be read, if there is one."""

    error: StorageError
    path: Path
    can_replace: bool
    backup_path: Path | None = None
    backup_record: Record | None = None


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """An open record. `notices` are shown once at the start; `release_lock` lets other windows write the record."""

    session: Session
    notices: tuple[str, ...]
    release_lock: Callable[[], None]


class RecordSaver:
    """Saves the record. Where another program changed the file since the last save, its changes and ours are merged."""

    def __init__(self, path: Path, data: bytes | None, *, clock: Clock) -> None:
        self._path = path
        self._last_saved = data
        self._clock = clock
        self.notify: Callable[[str], None] = lambda _: None
        self._substitute: tuple[Path, bytes] | None = None
        self._write = partial(progress_file.save_record, known_texts=progress_file.AccountTexts())

    def save(self, record: Record) -> Record:
        """Write the record durably and return what was written. Raises StorageError; the next save tries again."""
        if self._substitute is not None:
            raise self._save_to_substitute(*self._substitute, record)
        try:
            self._last_saved = self._write(self._path, record, self._last_saved)
        except atomic_write.ChangedOnDisk:
            return self._merge_and_save(record)
        except atomic_write.NotSaved as error:
            if error.on_disk is not None:
                self._last_saved = error.on_disk
            raise
        return record

    def _merge_and_save(self, record: Record) -> Record:
        from metaoptout_tui.core.record.merge import merge_records

        today = self._clock().date()
        match progress_file.load_record(self._path):
            case progress_file.FileLoaded(theirs, data):
                # All three as parsed from a file, so that a difference only in memory does not count as a change.
                base, ours = self._parse(self._last_saved), self._parse(progress_file.dump_record(record))
                merged = merge_records(base, theirs, ours)
                notice = "Another program changed your file; its changes are taken over here."
                if merged.conflicts:
                    aside = progress_file.save_aside(self._path, data, today)
                    notice = f"{notice} {merged.describe_conflicts()} Theirs is kept as {aside.name}."
                self._last_saved = self._write(self._path, merged.record, data)
                self.notify(notice)
                return merged.record
            case progress_file.FileMissing():
                self._last_saved = self._write(self._path, record, None)
                self.notify("Your file had been taken away meanwhile. It is written again.")
                return record
            case _:
                data = progress_file.dump_record(record)
                aside = progress_file.save_aside(self._path, data, today)
                raise self._save_to_substitute(aside, data, record)

    def _parse(self, data: bytes | None) -> Record:
        parsed = progress_file.parse_record(data, self._path.name) if data else None
        return parsed.record if isinstance(parsed, progress_file.FileLoaded) else Record()

    def _save_to_substitute(self, path: Path, data: bytes, record: Record) -> StorageError:
        """Save to a file beside the record, which another program made unreadable; the error to raise about that."""
        self._substitute = (path, self._write(path, record, data, generations=0))
        return StorageError(
            f"{self._path.name} was changed by another program and cannot be read now.",
            kept=f"What you have here is in {path.name}.",
            todo=f"Put {self._path.name} right, then start again.",
        )


def open_record(path: Path, playbook: Playbook, *, clock: Clock = system_clock) -> OpenRecord | RecordOpenFailure:
    """Open the record: writable, read-only with the reason, or not at all."""
    lock = RecordLock(path)
    lock_result = lock.acquire()
    loaded = progress_file.load_record(path)
    notices: list[str] = []
    record, is_new = Record(), False
    data: bytes | None = None
    match loaded:
        case progress_file.FileUnreadable(error):
            lock.release()
            return RecordOpenFailure(error, path, can_replace=False)
        case progress_file.FileCorrupt(error):
            lock.release()
            return _open_failure(error, path)
        case progress_file.FileFromNewerVersion(newer, _, error):
            return OpenRecord(_read_only_session(newer, playbook, clock, str(error)), (), lock.release)
        case progress_file.FileLoaded():
            record, data = loaded.record, loaded.data
            # The file exists from the first answer of the welcome on, so that one left half-way can be continued.
            is_new = not record.accounts and bool(record.drafts.get("welcome"))
            if isinstance(lock_result, LockTaken):
                session = _read_only_session(record, playbook, clock, _locked_sentence(lock_result))
                return OpenRecord(session, (), lock.release)
            atomic_write.remove_leftovers(path, clock(), holds_lock=isinstance(lock_result, LockHeld))
            notices.extend(
                f"{copy.name} is a version of your file that a conflict left. It is not read."
                for copy in progress_file.find_conflict_copies(path)
            )
            notices.extend(date_warnings(record, playbook, clock()))
        case progress_file.FileMissing():
            if isinstance(lock_result, LockTaken):
                session = _read_only_session(record, playbook, clock, _locked_sentence(lock_result))
                return OpenRecord(session, (), lock.release)
            is_new = True
    saver = RecordSaver(path, data, clock=clock)
    session = Session(
        record,
        playbook,
        clock=clock,
        save=saver.save,
        attachment_store=AttachmentStore(
            keep_file=lambda source, job: _keep_file(source, path, job),
            keep_text=lambda name, text: _keep_text(name, text, path),
            save_letter=lambda name, text, page: _save_letter(name, text, page, path),
        ),
        is_new=is_new,
    )
    saver.notify = session.history.add_notice
    obstacle = atomic_write.find_write_obstacle(path)
    if obstacle is not None:
        session.history.save_error = obstacle
    return OpenRecord(session, tuple(notices), lock.release)


def replace_unreadable_record(failure: RecordOpenFailure, record: Record, *, clock: Clock = system_clock) -> Path:
    """Replace the file of an unreadable record; the path under which the old file is kept."""
    aside, _ = progress_file.replace_corrupt_file(failure.path, record, clock().date())
    return aside


def _keep_file(source: Path, path: Path, job: Job | None) -> EvidenceFile:
    from metaoptout_tui.storage import evidence_folder

    return evidence_folder.store_file(source, evidence_folder_of(path), job)


def _keep_text(name: str, text: str, path: Path) -> EvidenceFile:
    from metaoptout_tui.storage import evidence_folder

    return evidence_folder.store_text(name, text, evidence_folder_of(path))


def _save_letter(name: str, text: str, page: bytes, path: Path) -> tuple[Path, Path]:
    from metaoptout_tui.storage import export_folder

    return export_folder.write_sent_letter(name, text, page, letters_folder_of(path))


def _read_only_session(record: Record, playbook: Playbook, clock: Clock, reason: str) -> Session:
    def refuse(_: Record) -> Record:
        raise StorageError(reason)

    return Session(record, playbook, clock=clock, save=refuse, read_only_reason=reason)


def _locked_sentence(lock: LockTaken) -> str:
    process = f" (process {lock.pid})" if lock.pid else ""
    return f"Read-only: your record is open in another window{process}. Close that one, then start this one again."


def _open_failure(error: StorageError, path: Path) -> RecordOpenFailure:
    for copy in atomic_write.list_generations(path):
        loaded = progress_file.load_record(copy)
        if isinstance(loaded, progress_file.FileLoaded):
            return RecordOpenFailure(error, path, can_replace=True, backup_path=copy, backup_record=loaded.record)
    return RecordOpenFailure(error, path, can_replace=True)
