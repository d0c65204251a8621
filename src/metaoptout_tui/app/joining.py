"""Joins another copy of the record: what both had in common before they parted is looked for in the kept versions."""

import os
from pathlib import Path

from metaoptout_tui.app.restoring import time_of_file
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.common_base import EarlierVersion, RecordCopy, find_common_base
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.kept_versions import digest_of, distinct_versions, list_versions

_WHAT_TO_CHOOSE = mark(
    "Choose a progress.toml, or a zip that `metaoptout-tui backup` wrote; a case file cannot be read back."
)


def read_copy(path: Path) -> Record:
    """The record in a file or backup that a person named. Raises FileRefused for none that this version can read."""
    from metaoptout_tui.app.backup import is_backup_name, read_backup

    if is_backup_name(path):
        return read_backup(path)
    if os.path.isdir(path):
        raise FileRefused(
            _("{path} is a folder.").format(path=clean_line(str(path))),
            kept=_("Nothing was changed."),
            todo=_(_WHAT_TO_CHOOSE),
        )
    match progress_file.load_record(path):
        case progress_file.FileLoaded(record, _):
            return record
        case progress_file.FileMissing() | progress_file.FileGone():
            raise FileRefused(
                _("There is no file {path}.").format(path=clean_line(str(path))),
                kept=_("Nothing was changed."),
                todo=_("Look how it is written."),
            )
        case progress_file.FileCorrupt(error):
            raise FileRefused(error.what, kept=_("Nothing was changed."), todo=_(_WHAT_TO_CHOOSE))
        case other:
            raise FileRefused(other.error.what, kept=_("Nothing was changed."), todo=other.error.todo)


def base_from_versions(path: Path, ours: Record, copy_path: Path, copy: Record) -> Record:
    """What is sure of the version from which the record at `path` and a copy began, by the versions beside both.

    An empty record where nothing is sure.
    """
    kept = distinct_versions((*list_versions(path), *list_versions(copy_path)))
    versions = [
        EarlierVersion(
            loaded.record,
            version.written,
            digest_of(loaded.data),
            version.former_digest,
            # One that came with accounts had a past elsewhere.
            is_beginning=version.is_first and not loaded.record.accounts,
        )
        for version in kept
        if isinstance(loaded := progress_file.load_record(version.path), progress_file.FileLoaded)
        and version.digest in ("", digest_of(loaded.data))
    ]
    return find_common_base(ours, _digest_in_file(path, ours), _described_copy(copy_path, copy), versions)


def _described_copy(path: Path, copy: Record) -> RecordCopy:
    """The copy with what its file says; a backup is a zip, so that its own digest says nothing."""
    return RecordCopy(copy, _digest_in_file(path, copy), time_of_file(path))


def _digest_in_file(path: Path, record: Record) -> str:
    """The digest of the file, where it holds this record; else empty."""
    loaded = progress_file.load_record(path)
    is_it = isinstance(loaded, progress_file.FileLoaded) and loaded.record == record
    return digest_of(loaded.data) if isinstance(loaded, progress_file.FileLoaded) and is_it else ""
