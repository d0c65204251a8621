"""Work on a record on the disk that no window has open: restoring a version, joining copies, holding its lock meanwhile.

The commands `restore` and `merge` change it here, and keep it as it was as a version. What the screens share with them
is here too: the lock, which conflicts can be asked about, and where the files of a joined copy go.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.joining import base_from_versions, read_copy
from metaoptout_tui.app.files.restoring import (
    RestorableVersion,
    conflict_copies_of,
    lost_accounts,
    restored_record,
    restored_without_file,
    with_returned_account,
)
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.app.record.record_saver import RecordSaver
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.merge import MergeConflict, MergeResult, join_records
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.kept_versions import VersionHistory, put_away
from metaoptout_tui.storage.lock import LockTaken, RecordLock
from metaoptout_tui.storage.record_traces import with_way_back


class RecordCommandResult(NamedTuple):
    """The record after a change, the file that could not be read and was kept, and notices for the person.

    `left_out` are the accounts of a restored version that stay out, because they were removed since. `former` is the
    record as it was before, None where there was none that could be read.
    """

    record: Record
    set_aside: Path | None = None
    left_out: tuple[Account, ...] = ()
    notices: tuple[str, ...] = ()
    former: Record | None = None


@contextmanager
def locked_record(path: Path) -> Iterator[None]:
    """Hold the lock of a record. Raises StorageError where a window has it; without any lock it goes on."""
    lock = RecordLock(path)
    try:
        if isinstance(lock.acquire(), LockTaken):
            raise StorageError(
                _("Your record is open in another window."),
                kept=_("Nothing was changed."),
                todo=_("Close that one, then try again."),
            )
        yield
    finally:
        lock.release()


def restore_version(
    path: Path,
    version: RestorableVersion,
    versions: Sequence[RestorableVersion],
    *,
    account_id: str = "",
    clock: Clock,
) -> RecordCommandResult:
    """Put a version in place of the record, or one account of it back into it. Raises StorageError or InputRefused."""
    with locked_record(path):
        history = VersionHistory(path)
        loaded = progress_file.load_record(path)
        match loaded:
            case progress_file.FileLoaded(present, data):
                restored = (
                    with_returned_account(present, version.record, account_id)
                    if account_id
                    else restored_record(version.record, present)
                )
                left_out = () if account_id else lost_accounts(version.record, restored)
                saved, notices = _save(path, data, present, restored, history, clock)
                return RecordCommandResult(saved, left_out=left_out, notices=notices, former=present)
            case progress_file.FileFromNewerVersion(error=error) | progress_file.FileUnreadable(error=error):
                raise StorageError(str(error))
            case _ if account_id:
                raise InputRefused(
                    _("There is no record that the account could come back to."), todo=_("Restore a version first.")
                )
            case progress_file.FileCorrupt():
                restored = restored_without_file(version, versions)
                aside, _unused = progress_file.replace_corrupt_file(
                    path, restored, clock().date(), keep=history.keeper()
                )
                return RecordCommandResult(restored, aside, lost_accounts(version.record, restored))
            case progress_file.FileMissing() | progress_file.FileGone():
                restored = restored_without_file(version, versions)
                saved, notices = _save(path, None, Record(), restored, history, clock)
                return RecordCommandResult(saved, left_out=lost_accounts(version.record, restored), notices=notices)


def join_copies(
    path: Path,
    copies: Sequence[Path],
    choose: Callable[[Record, Record, tuple[MergeConflict, ...]], Sequence[MergeConflict] | None],
    *,
    clock: Clock,
    restore_command: str,
) -> RecordCommandResult | None:
    """Join copies into the record, one after another.

    `choose` is asked which of the values that both changed in different ways are to be taken from the copy; None from
    it: nothing is changed, and None is returned. Raises FileRefused or StorageError; that of a record that is gone names
    the `restore_command`.
    """
    with locked_record(path):
        history, present = VersionHistory(path), Record()
        data: bytes | None = None
        loaded = progress_file.load_record(path)
        if isinstance(loaded, progress_file.FileLoaded):
            present, data = loaded.record, loaded.data
        elif isinstance(loaded, progress_file.FileGone):
            raise with_way_back(loaded.error, restore_command)
        elif not isinstance(loaded, progress_file.FileMissing):
            raise StorageError(str(loaded.error))
        joined = present
        for place, copy in [(place, read_copy(place)) for place in copies]:
            base = base_from_versions(path, joined, place, copy)
            result: MergeResult = join_records(joined, copy, base=base)
            asked = askable(result.conflicts)
            if asked:
                chosen = choose(joined, copy, asked)
                if chosen is None:
                    return None
                result = join_records(joined, copy, base=base, take_theirs=chosen)
            joined = result.record
        saved, notices = _save(path, data, present, joined, history, clock)
        return RecordCommandResult(saved, notices=notices)


def askable(conflicts: Sequence[MergeConflict]) -> tuple[MergeConflict, ...]:
    """The conflicts of which one of two values can be taken."""
    from metaoptout_tui.core.record.merge import CONFLICT_REMOVED

    return tuple(conflict for conflict in conflicts if conflict.subject != CONFLICT_REMOVED)


def put_away_copies(copies: Sequence[Path], path: Path) -> tuple[tuple[Path, Path], ...]:
    """Move those of the joined copies that conflicts left beside the record to its versions; from where and to where."""
    beside = set(conflict_copies_of(path))
    return tuple((copy, put_away(copy, path)) for copy in copies if copy in beside)


def put_back_files_of(copies: Sequence[Path], paths: AppPaths) -> tuple[str, ...]:
    """Put what backups hold beside the record in its place; sentences for the person. Raises as `put_back_files` does."""
    from metaoptout_tui.app.files.backup import is_backup_name, put_back_files

    sentences: list[str] = []
    for copy in filter(is_backup_name, copies):
        count, taken = put_back_files(copy, paths)
        words = ngettext(
            "{count} kept file or letter of {backup} is new here.",
            "{count} kept files and letters of {backup} are new here.",
            count,
        )
        sentences.append(words.format(count=format_number(count), backup=clean_line(copy.name)))
        sentences.extend(
            _("{name} was left as it is: there is another file of that name here.").format(name=name) for name in taken
        )
    return tuple(sentences)


def _save(
    path: Path, data: bytes | None, before: Record, after: Record, history: VersionHistory, clock: Clock
) -> tuple[Record, tuple[str, ...]]:
    notices: list[str] = []
    saver = RecordSaver(path, data, clock=clock, record=before, versions=history)
    saver.notify = notices.append
    return saver.save(after), tuple(notices)
