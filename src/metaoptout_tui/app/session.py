"""The open record: opening it, writable or read-only, and the services that change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.files.leftovers import remove_leftovers_of_record
from metaoptout_tui.app.paths import evidence_folder_of
from metaoptout_tui.app.record.account_service import AccountService
from metaoptout_tui.app.record.attachments import NO_ATTACHMENT_STORE, Attachments, AttachmentStore
from metaoptout_tui.app.record.current_record import CurrentRecord
from metaoptout_tui.app.record.drafts import Drafts
from metaoptout_tui.app.record.record_editor import RecordEditor
from metaoptout_tui.app.record.record_saver import RecordSaver
from metaoptout_tui.app.record.record_view import RecordView
from metaoptout_tui.app.record.undo_stack import UndoStack
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.event_sentences import date_warnings
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.record.accounts import Account, EvidenceFile, Person, Record
from metaoptout_tui.storage import atomic_write, progress_file
from metaoptout_tui.storage.kept_versions import VersionHistory
from metaoptout_tui.storage.lock import LockHeld, LockTaken, LockUnavailable, RecordLock

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.app.files.restoring import RestorableVersion
    from metaoptout_tui.app.record.current_record import RememberedValues
    from metaoptout_tui.app.record.diary_service import DiaryService


class Session:
    """The open record for the screens, and the services that change it.

    `current_record` is the record and its saving, `drafts` what is typed and not recorded, `remembered` what is
    kept for letters and chats, `undo_stack` the changes of this sitting, `editor` makes changes, `view` is what is computed from it all.
    """

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
        self.current_record = CurrentRecord(record, save=save, read_only_reason=read_only_reason)
        self.drafts = Drafts(self.current_record, clock)
        self.undo_stack = UndoStack(self.current_record)
        self.editor = RecordEditor(self.current_record, self.undo_stack, clock)
        self.view = RecordView(self.current_record, playbook, clock)
        self.account_service = AccountService(self.editor, self.view, is_new=is_new)
        self.attachments = Attachments(self.editor, attachment_store)

    @cached_property
    def diary_service(self) -> DiaryService:
        """Writes into the diaries what the person says happened."""
        from metaoptout_tui.app.record.diary_service import DiaryService

        return DiaryService(self.editor, self.view, self.attachments, self.undo_stack, self.drafts)

    @cached_property
    def remembered(self) -> RememberedValues:
        """What is remembered beside the diaries."""
        from metaoptout_tui.app.record.current_record import RememberedValues

        return RememberedValues(self.current_record)

    # Short ways to what most screens need

    @property
    def record(self) -> Record:
        """The record as it is now."""
        return self.current_record.record

    @property
    def playbook(self) -> Playbook:
        """The guidance in use."""
        return self.view.playbook

    def now(self) -> datetime:
        """The time by this session's clock."""
        return self.editor.now()

    def account(self, account_id: str) -> Account:
        """An account that must be there; InputRefused where it is not."""
        return self.current_record.account(account_id)

    def overview(self) -> Overview:
        """Everything computed from the record, the guidance and the clock."""
        return self.view.overview()


class RecordOpenFailure(NamedTuple):
    """A record that cannot be opened: what is wrong, and the versions that can be restored, the newest first.

    `is_gone`: there is no file, but what belongs to one.
    """

    error: StorageError
    path: Path
    can_replace: bool
    versions: tuple[RestorableVersion, ...] = ()
    is_gone: bool = False


class OpenRecord(NamedTuple):
    """An open record. `notices` are shown once at the start; `release_lock` lets other windows write the record."""

    session: Session
    notices: tuple[str, ...]
    release_lock: Callable[[], None]


def open_record(
    path: Path, playbook: Playbook, *, clock: Clock = system_clock, way_to_join: str = ""
) -> OpenRecord | RecordOpenFailure:
    """Open the record: writable, read-only with the reason, or not at all.

    `way_to_join` is where copies are joined, for the notice on copies that conflicts left; empty on the screen.
    """
    lock = RecordLock(path)
    lock_result = lock.acquire()
    versions = VersionHistory(path)
    notices: list[str] = []
    record, is_new = Record(), False
    data: bytes | None = None
    match progress_file.load_record(path):
        case progress_file.FileUnreadable(error):
            lock.release()
            return RecordOpenFailure(error, path, can_replace=False)
        case progress_file.FileCorrupt(error):
            lock.release()
            return _open_failure(error, path)
        case progress_file.FileGone() if isinstance(lock_result, LockTaken):
            # The window that has the lock still holds the record: nothing is to be put in its place from here.
            session = _read_only_session(record, playbook, path, clock, _gone_and_locked_sentence())
            return OpenRecord(session, (), lock.release)
        case progress_file.FileGone(error=error):
            lock.release()
            return _open_failure(error, path, is_gone=True)
        case progress_file.FileFromNewerVersion(newer, _, error):
            return OpenRecord(_read_only_session(newer, playbook, path, clock, str(error)), (), lock.release)
        case progress_file.FileLoaded(record, data):
            is_new = _is_welcome_unfinished(record)
            notices.extend(progress_file.describe_conflict_copies(path, way_to_join or _("“What is kept” (F10)")))
            notices.extend(date_warnings(record, playbook, clock()))
        case progress_file.FileMissing():
            is_new = True
            notices.extend(date_warnings(record, playbook, clock()))
    if isinstance(lock_result, LockTaken):
        session = _read_only_session(record, playbook, path, clock, _locked_sentence(lock_result))
        return OpenRecord(session, (), lock.release)
    if isinstance(lock_result, LockUnavailable):
        notices.append(_unlocked_sentence(lock_result))
    is_locked = isinstance(lock_result, LockHeld)
    remove_leftovers_of_record(path, clock, holds_lock=is_locked)
    saver = RecordSaver(path, data, clock=clock, record=record, versions=versions, is_locked=is_locked)
    session = _writable_session(saver, record, playbook, path, clock, is_new=is_new)
    return OpenRecord(session, tuple(notices), lock.release)


def _is_welcome_unfinished(record: Record) -> bool:
    """Whether the welcome was left half-way, or undone: its first answer makes the file, and a chosen language may too."""
    has_language_alone = bool(record.person.screen_language) and replace(record.person, screen_language="") == Person()
    return not record.accounts and (bool(record.drafts.get("welcome")) or has_language_alone)


def _writable_session(
    saver: RecordSaver, record: Record, playbook: Playbook, path: Path, clock: Clock, *, is_new: bool
) -> Session:
    """A session whose changes `saver` writes; where that is foreseen to fail, it says so from the start."""
    session = Session(
        record,
        playbook,
        clock=clock,
        save=saver.save,
        attachment_store=AttachmentStore(
            keep_file=lambda source, job: _keep_file(source, path, job),
            keep_text=lambda name, text: _keep_text(name, text, path),
            find_file=lambda file: _find_file(file, path),
        ),
        is_new=is_new,
    )
    saver.notify = session.current_record.add_notice
    obstacle = atomic_write.find_write_obstacle(path)
    if obstacle is not None:
        session.current_record.save_error = obstacle
    return session


def replace_unreadable_record(
    failure: RecordOpenFailure, record: Record, *, clock: Clock = system_clock
) -> Path | None:
    """Put a record in place of one that cannot be read or is gone; the path under which the old file is kept, if any.

    No version is pushed out by it.
    """
    history = VersionHistory(failure.path)
    history.pin_newest()
    keep = history.keeper()
    if failure.is_gone:
        progress_file.save_record(failure.path, record, None, keep=keep)
        return None
    aside, _unused = progress_file.replace_corrupt_file(failure.path, record, clock().date(), keep=keep)
    return aside


class ReplacedRecord(NamedTuple):
    """What was opened once another record stands in place of one that could not be opened.

    `kept_path` is the path under which the old file is kept, None where there was none.
    """

    opened: OpenRecord | RecordOpenFailure
    kept_path: Path | None


def replace_and_open(
    failure: RecordOpenFailure, version: RestorableVersion | None, playbook: Playbook, *, clock: Clock = system_clock
) -> ReplacedRecord:
    """Go on from a kept version, or with a new record (None), in place of one that cannot be read or is gone."""
    from metaoptout_tui.app.files.restoring import restored_without_file

    record = Record() if version is None else restored_without_file(version, failure.versions)
    kept_path = replace_unreadable_record(failure, record, clock=clock)
    opened = open_record(failure.path, playbook, clock=clock)
    if isinstance(opened, OpenRecord):
        opened.session.account_service.is_new |= version is None
    return ReplacedRecord(opened, kept_path)


def _keep_file(source: Path, path: Path, job: Job | None) -> EvidenceFile:
    from metaoptout_tui.storage import evidence_folder

    return evidence_folder.store_file(source, evidence_folder_of(path), job)


def _keep_text(name: str, text: str, path: Path) -> EvidenceFile:
    from metaoptout_tui.storage import evidence_folder

    return evidence_folder.store_text(name, text, evidence_folder_of(path))


def _find_file(file: EvidenceFile, path: Path) -> Path | None:
    from metaoptout_tui.storage import evidence_folder

    return evidence_folder.find_stored_file(file, evidence_folder_of(path))


def _read_only_session(record: Record, playbook: Playbook, path: Path, clock: Clock, reason: str) -> Session:
    def refuse(_unused: Record) -> Record:
        raise StorageError(reason)

    store = AttachmentStore(find_file=lambda file: _find_file(file, path))
    return Session(record, playbook, clock=clock, save=refuse, attachment_store=store, read_only_reason=reason)


def _locked_sentence(lock: LockTaken) -> str:
    if not lock.pid:
        return _("Read-only: your record is open in another window. Close that one, then start this one again.")
    return _(
        "Read-only: your record is open in another window (process {pid}). Close that one, then start this one again."
    ).format(pid=lock.pid)


def _gone_and_locked_sentence() -> str:
    return _(
        "Read-only: the file of your record is gone, but the record is still open in another window. "
        "Change something there, and the file is written again."
    )


def _unlocked_sentence(lock: LockUnavailable) -> str:
    return _(
        "Your record cannot be locked here: {reason}. A second window may write it at the same "
        "time; each save looks for that and joins both."
    ).format(reason=lock.reason)


def _open_failure(error: StorageError, path: Path, *, is_gone: bool = False) -> RecordOpenFailure:
    from metaoptout_tui.app.files.restoring import list_restorable

    return RecordOpenFailure(error, path, can_replace=True, versions=list_restorable(path), is_gone=is_gone)
