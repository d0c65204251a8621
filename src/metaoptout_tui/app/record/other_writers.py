"""What other windows and programs wrote in the meantime, joined with what is saved here.

A file that changed since it was read is joined before ours is written; what another window wrote at the same moment, over
ours or we over its, is found among the versions and joined after that.
"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.merge import common_part, merge_records
from metaoptout_tui.storage import atomic_write, progress_file
from metaoptout_tui.storage.kept_versions import KeptVersion, VersionHistory, digest_of

_MAX_PARSED = 16


class PlannedSave(NamedTuple):
    """A record to be written in place of `data_on_disk`, the bytes of the file (None: there is none), and what to say then."""

    record: Record
    data_on_disk: bytes | None
    notice: str = ""


class FinishedSave(NamedTuple):
    """A record that was written, the bytes that its file had before (None: there was none), and those it has now."""

    record: Record
    former_data: bytes | None
    data: bytes


class JoinedRecord(NamedTuple):
    """A record with what others wrote, and sentences for the person about that."""

    record: Record
    notices: tuple[str, ...]


class FileBecameUnreadable(Exception):
    """Another program made the file unreadable; `record` is what was to be written into it."""

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record


class OtherWriters:
    """Joins what others wrote into the file at `path`.

    `is_locked`: no other window writes it. Without a lock, what the file lacks may be what another window has just
    written over, so that only what is noted as removed counts as that. `data_seen_here` is what this window read or saved, the newest last.
    """

    def __init__(
        self, path: Path, versions: VersionHistory, data_seen_here: Collection[bytes], clock: Clock, *, is_locked: bool
    ) -> None:
        self._path = path
        self._versions = versions
        self._data_seen_here = data_seen_here
        self._clock = clock
        self._is_locked = is_locked
        self._parsed: dict[bytes, Record] = {}
        """What was parsed last, since windows that save all the time come from the same few states again and again."""

    # In the file, before ours is written

    def join_file(self, planned: PlannedSave) -> PlannedSave:
        """The planned save with all that the file holds now, to be written in place of that.

        Raises FileBecameUnreadable, and StorageError where what cannot be joined cannot be kept beside the file.
        """
        match progress_file.load_record(self._path):
            case progress_file.FileLoaded(theirs, data):
                return self._joined_with_file(planned, theirs, data)
            case progress_file.FileMissing() | progress_file.FileGone():
                notice = _("Your file had been taken away meanwhile. It is written again.")
                return PlannedSave(planned.record, None, notice)
            case _:
                raise FileBecameUnreadable(planned.record)

    def _joined_with_file(self, planned: PlannedSave, theirs: Record, data: bytes) -> PlannedSave:
        # All three as parsed from a file, so that a difference only in memory does not count as a change.
        base, ours = self._parse(planned.data_on_disk), self._parse(progress_file.dump_record(planned.record))
        if not self._is_locked and planned.data_on_disk is not None:
            theirs = self._brought_up_to_date(theirs, data, planned.data_on_disk)
        merged = merge_records(base if self._is_locked else common_part(base, theirs), theirs, ours)
        notice = _("Another program changed your file; its changes are taken over here.")
        if merged.conflicts:
            aside = progress_file.save_aside(self._path, data, self._clock().date())
            notice = _("{notice} {conflicts} Theirs is kept as {name}.").format(
                notice=notice, conflicts=merged.describe_conflicts(), name=aside.name
            )
        return PlannedSave(merged.record, data, notice)

    def _brought_up_to_date(self, theirs: Record, data: bytes, data_on_disk: bytes) -> Record:
        """Their record with what this window changed before, where the window that wrote theirs had not seen that.

        Else a value that it left alone would count as changed back.
        """
        digests_before_theirs = self._versions.digests_before(data)
        seen_here = [each for each in self._data_seen_here if each != data_on_disk]
        seen_by_both = [number for number, each in enumerate(seen_here) if digest_of(each) in digests_before_theirs]
        if seen_by_both and digest_of(data_on_disk) not in digests_before_theirs:
            newest = self._parse(data_on_disk)
            for each in seen_here[seen_by_both[-1] :]:
                theirs = merge_records(self._parse(each), newest, theirs).record
        return theirs

    # Among the versions, after ours is written

    def join_versions(self, save: FinishedSave) -> JoinedRecord | None:
        """The saved record with what other windows saved at the same moment; None where it has all of that."""
        if save.data == save.former_data:
            return None
        others = self._versions.versions_of_others(save.former_data, save.data)
        joined = self._joined_with_siblings(save, others.siblings)
        record = joined.record if self._is_locked else _with_entries_of(joined.record, others.unplaced)
        if record is save.record or progress_file.dump_record(record) == save.data:
            return None
        return JoinedRecord(
            record, (*joined.notices, _("Another window saved at the same moment. Both are joined here."))
        )

    def _joined_with_siblings(self, save: FinishedSave, versions: Iterable[KeptVersion]) -> JoinedRecord:
        record, notices = save.record, list[str]()
        read = _read_last_of_each_line(versions)
        base = self._parse(save.former_data) if read else Record()  # mostly nobody else saved
        for version, theirs in read:
            merged = merge_records(common_part(base, theirs), theirs, record)
            record = merged.record
            if merged.conflicts:
                name = f"{atomic_write.VERSIONS_FOLDER}/{version.path.name}"
                notice = _("Another window saved at the same moment. Both are joined here.")
                words = _("{notice} {conflicts} Theirs is kept as {name}.")
                notices.append(words.format(notice=notice, conflicts=merged.describe_conflicts(), name=name))
        return JoinedRecord(record, tuple(notices))

    def _parse(self, data: bytes | None) -> Record:
        if not data:
            return Record()
        if data not in self._parsed:
            parsed = progress_file.parse_record(data, self._path.name)
            self._parsed[data] = parsed.record if isinstance(parsed, progress_file.FileLoaded) else Record()
        while len(self._parsed) > _MAX_PARSED:
            del self._parsed[next(iter(self._parsed))]
        return self._parsed[data]


def _read_last_of_each_line(versions: Iterable[KeptVersion]) -> list[tuple[KeptVersion, Record]]:
    """The versions that can be read and that no later one of them replaced: a later one has all of an earlier one."""
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
    for _unused, theirs in _read_last_of_each_line(versions):
        record = merge_records(common_part(theirs, record), theirs, record).record
    return record
