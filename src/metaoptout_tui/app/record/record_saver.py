"""Saves the open record and keeps its versions, whatever other windows and programs write in the meantime.

Where another program changed the file, both are joined (`app.other_writers`) and the writing is tried again; where it
made the file unreadable, changes are saved in a file beside it.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage import atomic_write, progress_file
from metaoptout_tui.storage.kept_versions import VersionHistory

if TYPE_CHECKING:
    from metaoptout_tui.app.record.other_writers import FinishedSave, OtherWriters, PlannedSave

_MAX_RETRIES, _PAUSE_SECONDS = 23, 0.004
"""How often a save is tried again with what another program has just written, and the pause that grows each time."""

_MAX_SEEN_HERE = 16


class RecordSaver:
    """Saves the record. `data` is what the file holds, None for none, and `record` what was read from it.

    `is_locked`: no other window writes it. Without a lock, what the file lacks may be what another window has just
    written over, so that only what is noted as removed counts as that.
    """

    def __init__(
        self,
        path: Path,
        data: bytes | None,
        *,
        clock: Clock,
        record: Record | None = None,
        versions: VersionHistory | None = None,
        is_locked: bool = True,
    ) -> None:
        self._path = path
        self._is_locked = is_locked
        self._data_on_disk = data
        self._data_seen_here = deque([] if data is None else [data], maxlen=_MAX_SEEN_HERE)
        self._record_on_disk = record or Record()
        self._clock = clock
        self._versions = versions or VersionHistory(path)
        self.notify: Callable[[str], None] = lambda _unused: None
        self._substitute: _SubstituteFile | None = None
        self._unsaved_join: _UnsavedJoin | None = None
        self._save_file = partial(progress_file.save_record, known_texts=progress_file.AccountTexts())

    @cached_property
    def _other_writers(self) -> OtherWriters:
        from metaoptout_tui.app.record.other_writers import OtherWriters

        return OtherWriters(self._path, self._versions, self._data_seen_here, self._clock, is_locked=self._is_locked)

    def save(self, record: Record) -> Record:
        """Write the record durably and return what was written. Raises StorageError; the next save tries again."""
        from metaoptout_tui.app.record.other_writers import FileBecameUnreadable

        if self._substitute is None:
            try:
                return self._save_and_join(record)
            except FileBecameUnreadable as unreadable:
                record = unreadable.record
                self._substitute = _SubstituteFile(self._path, record, self._clock)
        self._substitute.save(record)
        raise self._substitute.error()

    def _save_and_join(self, record: Record) -> Record:
        """Write the record until it has what every other window saved at the same moment."""
        saved = self._write_with_retries(self._with_unsaved_join(record))
        notices: dict[str, None] = {}
        while (joined := self._other_writers.join_versions(saved)) is not None:
            notices.update(dict.fromkeys(joined.notices))
            self._unsaved_join = _UnsavedJoin(saved.record, joined.record)
            saved = self._write_with_retries(joined.record)
            self._unsaved_join = None
        if saved.data != saved.former_data:
            self._versions.thin()
        for notice in notices:
            self.notify(notice)
        return saved.record

    def _with_unsaved_join(self, record: Record) -> Record:
        """The record with what other windows saved and could not be saved here before."""
        unsaved, self._unsaved_join = self._unsaved_join, None
        if unsaved is None:
            return record
        from metaoptout_tui.core.record.merge import merge_records

        return merge_records(unsaved.saved, unsaved.joined, record).record

    def _write_with_retries(self, record: Record) -> FinishedSave:
        """Write the record; where the file was changed since it was read, join that and try again."""
        from metaoptout_tui.app.record.other_writers import PlannedSave

        planned = PlannedSave(record, self._data_on_disk)
        retries = 0
        while True:
            try:
                return self._write_once(planned, is_joined=planned.record is not record)
            except atomic_write.ChangedOnDisk:
                if retries == _MAX_RETRIES:
                    raise
            # A pause of chance, so that windows that save all the time do not keep step.
            time.sleep(random.uniform(0.0, _PAUSE_SECONDS * retries))  # noqa: S311 - nothing secret
            planned = self._other_writers.join_file(planned)
            retries += 1

    def _write_once(self, planned: PlannedSave, *, is_joined: bool) -> FinishedSave:
        """Write what is planned. Raises ChangedOnDisk where the file holds something else than it should, or NotSaved."""
        from metaoptout_tui.app.record.other_writers import FinishedSave

        record, expected_data = planned.record, planned.data_on_disk
        try:
            data = self._save_file(self._path, record, expected_data, keep=self._versions_to_keep(record))
        except atomic_write.NotSaved as error:
            if error.on_disk is not None and not is_joined:
                self._data_on_disk = error.on_disk
            raise
        if planned.notice:
            self.notify(planned.notice)
        self._data_on_disk, self._record_on_disk = data, record
        self._data_seen_here.append(data)
        return FinishedSave(record, expected_data, data)

    def _versions_to_keep(self, record: Record) -> atomic_write.KeepVersions:
        """What is kept as a version where this record takes the place of the one on the disk."""
        former = self._record_on_disk
        records_nothing = record.without_unrecorded == former.without_unrecorded and record.removals == former.removals
        is_typing = self._data_on_disk is not None and records_nothing
        account_ids = {account.id for account in record.accounts}
        removes_diary = any(account.events and account.id not in account_ids for account in former.accounts)
        return self._versions.keeper(is_typing=is_typing, pin_former=removes_diary)


class _UnsavedJoin(NamedTuple):
    """What was saved, and the same joined with what other windows saved, which could not be saved."""

    saved: Record
    joined: Record


class _SubstituteFile:
    """The file beside the record that takes its changes once another program made the record's own unreadable."""

    def __init__(self, path: Path, record: Record, clock: Clock) -> None:
        self._data = progress_file.dump_record(record)
        self._path = progress_file.save_aside(path, self._data, clock().date())
        self._name_of_record = path.name

    def save(self, record: Record) -> None:
        """Write the record into it."""
        self._data = progress_file.save_record(self._path, record, self._data)

    def error(self) -> StorageError:
        """What happened to the record's own file, and where its changes are."""
        return StorageError(
            _("{name} was changed by another program and cannot be read now.").format(name=self._name_of_record),
            kept=_("What you have here is in {name}.").format(name=self._path.name),
            todo=_("Put {name} right, then start again.").format(name=self._name_of_record),
        )
