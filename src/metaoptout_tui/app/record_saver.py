"""Saves the open record and keeps its versions.

Where another program changed the file meanwhile, both versions are merged; where it made the file unreadable, changes
are saved in a file beside it. Where another window saved at the same moment, over ours or we over its, both are joined.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.storage import atomic_write, progress_file
from metaoptout_tui.storage.kept_versions import KeptVersion, VersionHistory, digest_of

_MAX_ATTEMPTS, _PAUSE_SECONDS = 24, 0.004
"""How often a save is tried again with what another program has just written, and the pause that grows each time."""

_MAX_OWN_STATES, _MAX_PARSED = 16, 16


class _Save(NamedTuple):
    """A record that was written, the bytes of its file, and those that it replaced."""

    record: Record
    former: bytes | None
    data: bytes


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
        self._own_states = deque([] if data is None else [data], maxlen=_MAX_OWN_STATES)
        """What this window read or saved, the newest last."""
        self._last_record = record or Record()
        self._clock = clock
        self._versions = versions or VersionHistory(path)
        self.notify: Callable[[str], None] = lambda _unused: None
        self._parsed: dict[bytes, Record] = {}
        """What was parsed last, since windows that save all the time come from the same few states again and again."""
        self._substitute: tuple[Path, bytes] | None = None
        self._unsaved_join: tuple[Record, Record] | None = None
        """What was saved, and the same joined with what other windows saved, which could not be saved."""
        self._write = partial(progress_file.save_record, known_texts=progress_file.AccountTexts())

    def save(self, record: Record) -> Record:
        """Write the record durably and return what was written. Raises StorageError; the next save tries again."""
        if self._substitute is not None:
            raise self._save_to_substitute(*self._substitute, record)
        saved = self._save_once(self._with_unsaved_join(record))
        notices: dict[str, None] = {}
        while saved.data != saved.former:
            joined = self._joined_with_others(saved, notices)
            if joined is None:
                self._versions.thin()
                break
            self._unsaved_join = saved.record, joined
            saved = self._save_once(joined)
            self._unsaved_join = None
        for notice in notices:
            self.notify(notice)
        return saved.record

    def _with_unsaved_join(self, record: Record) -> Record:
        if self._unsaved_join is None:
            return record
        from metaoptout_tui.core.record.merge import merge_records

        (base, joined), self._unsaved_join = self._unsaved_join, None
        return merge_records(base, joined, record).record

    def _save_once(self, record: Record) -> _Save:
        """Write the record, joined with what another program wrote since it was read."""
        merged, expected, notice = record, self._last_saved, ""
        for attempt in range(_MAX_ATTEMPTS):
            try:
                data = self._write(self._path, merged, expected, keep=self._keeper(merged))
            except atomic_write.ChangedOnDisk:
                if attempt == _MAX_ATTEMPTS - 1:
                    raise
                # A pause of chance, so that windows that save all the time do not keep step.
                time.sleep(random.uniform(0.0, _PAUSE_SECONDS * attempt))  # noqa: S311 - nothing secret
                merged, expected, notice = self._merge_with_file(merged, expected)
            except atomic_write.NotSaved as error:
                if error.on_disk is not None and merged is record:
                    self._last_saved = error.on_disk
                raise
            else:
                break
        if notice:
            self.notify(notice)
        self._last_saved, self._last_record = data, merged
        self._own_states.append(data)
        return _Save(merged, expected, data)

    def _keeper(self, record: Record) -> atomic_write.KeepVersions:
        before = self._last_record
        untyped = replace(record, drafts={}), replace(before, drafts={})
        is_typing = self._last_saved is not None and untyped[0] == untyped[1] and record.removals == before.removals
        ids = {account.id for account in record.accounts}
        removes_diary = any(account.events and account.id not in ids for account in before.accounts)
        return self._versions.keeper(is_typing=is_typing, pin_former=removes_diary)

    def _merge_with_file(self, record: Record, former: bytes | None) -> tuple[Record, bytes | None, str]:
        """The record, made from `former`, with what the file holds now; the bytes of the file, and a notice."""
        from metaoptout_tui.core.record.merge import common_part, merge_records

        match progress_file.load_record(self._path):
            case progress_file.FileLoaded(theirs, data):
                # All three as parsed from a file, so that a difference only in memory does not count as a change.
                base, ours = self._parse(former), self._parse(progress_file.dump_record(record))
                if not self._is_locked and former is not None:
                    theirs = self._brought_up_to_date(theirs, data, former)
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

    def _brought_up_to_date(self, theirs: Record, data: bytes, former: bytes) -> Record:
        """Their record with what this window changed before, where the window that wrote theirs had not seen that.

        Else a value that it left alone would count as changed back.
        """
        from metaoptout_tui.core.record.merge import merge_records

        line = self._versions.digests_before(data)
        states = [state for state in self._own_states if state != former]
        seen = [number for number, state in enumerate(states) if digest_of(state) in line]
        if seen and digest_of(former) not in line:
            newest = self._parse(former)
            for state in states[seen[-1] :]:
                theirs = merge_records(self._parse(state), newest, theirs).record
        return theirs

    def _joined_with_others(self, save: _Save, notices: dict[str, None]) -> Record | None:
        """The record with what other windows saved at the same moment; None where it has all of that."""
        others = self._versions.versions_of_others(save.former, save.data)
        record = self._joined_with_beside(save, others.beside, notices)
        if not self._is_locked:
            record = _with_entries_of(record, others.unplaced)
        if record is save.record or progress_file.dump_record(record) == save.data:
            return None
        notices[_("Another window saved at the same moment. Both are joined here.")] = None
        return record

    def _joined_with_beside(self, save: _Save, versions: Iterable[KeptVersion], notices: dict[str, None]) -> Record:
        from metaoptout_tui.core.record.merge import common_part, merge_records

        record = save.record
        read = _read_last_of_each_line(versions)
        base = self._parse(save.former) if read else Record()  # mostly nobody else saved
        for version, theirs in read:
            merged = merge_records(common_part(base, theirs), theirs, record)
            record = merged.record
            if merged.conflicts:
                name = f"{atomic_write.VERSIONS_FOLDER}/{version.path.name}"
                notice = _("Another window saved at the same moment. Both are joined here.")
                words = _("{notice} {conflicts} Theirs is kept as {name}.")
                notices[words.format(notice=notice, conflicts=merged.describe_conflicts(), name=name)] = None
        return record

    def _parse(self, data: bytes | None) -> Record:
        if not data:
            return Record()
        if data not in self._parsed:
            parsed = progress_file.parse_record(data, self._path.name)
            self._parsed[data] = parsed.record if isinstance(parsed, progress_file.FileLoaded) else Record()
        while len(self._parsed) > _MAX_PARSED:
            del self._parsed[next(iter(self._parsed))]
        return self._parsed[data]

    def _save_to_substitute(self, path: Path, data: bytes, record: Record) -> StorageError:
        """Save to a file beside the record, which another program made unreadable; the error to raise about that."""
        self._substitute = (path, self._write(path, record, data))
        return StorageError(
            _("{name} was changed by another program and cannot be read now.").format(name=self._path.name),
            kept=_("What you have here is in {name}.").format(name=path.name),
            todo=_("Put {name} right, then start again.").format(name=self._path.name),
        )


def _read_last_of_each_line(versions: Iterable[KeptVersion]) -> list[tuple[KeptVersion, Record]]:
    """The versions that can be read, but none that a later one of them replaced, since that one has all that it has."""
    read: list[tuple[KeptVersion, Record]] = []
    replaced: set[str] = set()
    for version in sorted(versions, key=lambda version: version.written, reverse=True):
        if version.digest not in replaced:
            loaded = progress_file.load_record(version.path)
            if not isinstance(loaded, progress_file.FileLoaded):
                continue
            read.append((version, loaded.record))
        replaced.add(version.former_digest)
    return read


def _with_entries_of(record: Record, versions: Iterable[KeptVersion]) -> Record:
    """The record with entries and accounts that only these versions have, and with no value that they have."""
    from metaoptout_tui.core.record.merge import common_part, merge_records

    for _unused, theirs in _read_last_of_each_line(versions):
        record = merge_records(common_part(theirs, record), theirs, record).record
    return record
