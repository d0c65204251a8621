"""Saves the open record and keeps its versions.

Where another program changed the file meanwhile, both versions are merged; where it made the file unreadable, changes
are saved in a file beside it. Where another window saved at the same moment, over ours or we over its, both are joined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage import atomic_write, progress_file
from metaoptout_tui.storage.kept_versions import KeptVersion, VersionHistory

_MAX_ATTEMPTS = 8
"""How often a save is tried again with what another program has just written."""


class RecordSaver:
    """Saves the record. `data` is what the file holds, None for none, and `record` what was read from it.

    `is_locked`: no other window writes it. Without a lock, what the file lacks may be what another window has just
    written over, so that only a mark counts as removed.
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
        self._last_saved = data
        self._last_record = record or Record()
        self._clock = clock
        self._versions = versions or VersionHistory(path)
        self.notify: Callable[[str], None] = lambda _unused: None
        self._substitute: tuple[Path, bytes] | None = None
        self._write = partial(progress_file.save_record, known_texts=progress_file.AccountTexts())

    def save(self, record: Record) -> Record:
        """Write the record durably and return what was written. Raises StorageError; the next save tries again."""
        if self._substitute is not None:
            raise self._save_to_substitute(*self._substitute, record)
        merged, expected, notice = record, self._last_saved, ""
        for attempt in range(_MAX_ATTEMPTS):
            try:
                data = self._write(self._path, merged, expected, keep=self._keeper(merged))
            except atomic_write.ChangedOnDisk:
                if attempt == _MAX_ATTEMPTS - 1:
                    raise
                merged, expected, notice = self._merge_with_file(record)
            except atomic_write.NotSaved as error:
                if error.on_disk is not None and merged is record:
                    self._last_saved = error.on_disk
                raise
            else:
                break
        if notice:
            self.notify(notice)
        self._last_saved, self._last_record = data, merged
        return merged if data == expected else self._join_simultaneous(merged, expected, data)

    def _keeper(self, record: Record) -> atomic_write.KeepVersions:
        before = self._last_record
        untyped = replace(record, drafts={}), replace(before, drafts={})
        is_typing = self._last_saved is not None and untyped[0] == untyped[1] and record.removals == before.removals
        ids = {account.id for account in record.accounts}
        removes_diary = any(account.events and account.id not in ids for account in before.accounts)
        return self._versions.keeper(is_typing=is_typing, pin_former=removes_diary)

    def _merge_with_file(self, record: Record) -> tuple[Record, bytes | None, str]:
        """The record with what the file holds now; the bytes of the file, and a notice for the person."""
        from metaoptout_tui.core.record.merge import common_part, merge_records

        match progress_file.load_record(self._path):
            case progress_file.FileLoaded(theirs, data):
                # All three as parsed from a file, so that a difference only in memory does not count as a change.
                base, ours = self._parse(self._last_saved), self._parse(progress_file.dump_record(record))
                merged = merge_records(base if self._is_locked else common_part(base, theirs), theirs, ours)
                notice = _("Another program changed your file; its changes are taken over here.")
                if merged.conflicts:
                    aside = progress_file.save_aside(self._path, data, self._clock().date())
                    notice = _("{notice} {conflicts} Theirs is kept as {name}.").format(
                        notice=notice, conflicts=merged.describe_conflicts(), name=aside.name
                    )
                return merged.record, data, notice
            case progress_file.FileMissing() | progress_file.FileGone():
                return record, None, _("Your file had been taken away meanwhile. It is written again.")
            case _:
                data = progress_file.dump_record(record)
                aside = progress_file.save_aside(self._path, data, self._clock().date())
                raise self._save_to_substitute(aside, data, record)

    def _join_simultaneous(self, record: Record, former: bytes | None, saved: bytes) -> Record:
        """The record with what other windows saved at the same moment, in place of the same former version."""
        others = self._versions.versions_beside(former, saved)
        self._versions.thin()
        if not others:
            return record
        joined = self._joined_with(record, former, others)
        if progress_file.dump_record(joined) == saved:
            return record
        self.notify(_("Another window saved at the same moment. Both are joined here."))
        return self.save(joined)

    def _joined_with(self, record: Record, former: bytes | None, others: tuple[KeptVersion, ...]) -> Record:
        from metaoptout_tui.core.record.merge import common_part, merge_records

        base = self._parse(former)
        for version in others:
            theirs = progress_file.load_record(version.path)
            if isinstance(theirs, progress_file.FileLoaded):
                record = merge_records(common_part(base, theirs.record), theirs.record, record).record
        return record

    def _parse(self, data: bytes | None) -> Record:
        parsed = progress_file.parse_record(data, self._path.name) if data else None
        return parsed.record if isinstance(parsed, progress_file.FileLoaded) else Record()

    def _save_to_substitute(self, path: Path, data: bytes, record: Record) -> StorageError:
        """Save to a file beside the record, which another program made unreadable; the error to raise about that."""
        self._substitute = (path, self._write(path, record, data))
        return StorageError(
            _("{name} was changed by another program and cannot be read now.").format(name=self._path.name),
            kept=_("What you have here is in {name}.").format(name=path.name),
            todo=_("Put {name} right, then start again.").format(name=self._path.name),
        )
