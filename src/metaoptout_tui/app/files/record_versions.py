"""The kept versions of the open record and the copies that conflicts left: going back to one, deleting one, joining one."""

from pathlib import Path

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.joining import base_from_versions
from metaoptout_tui.app.files.record_on_disk import put_away_copies, put_back_files_of
from metaoptout_tui.app.files.restoring import RestorableVersion, list_restorable, shown_path
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.storage.kept_versions import delete_version


class RecordVersions:
    """The versions beside the record; `clock` is the time that their age is told by."""

    def __init__(self, paths: AppPaths, clock: Clock) -> None:
        self._paths = paths
        self.clock = clock
        self._read_versions: dict[Path, RestorableVersion | None] = {}

    def restorable(self) -> tuple[RestorableVersion, ...]:
        """Every kept version and conflict copy that can be read, newest first."""
        return list_restorable(self._paths.progress, self._read_versions)

    def delete(self, version: RestorableVersion) -> None:
        """Delete one kept version. Raises StorageError."""
        delete_version(self._paths.progress, version.path)

    def common_base(self, ours: Record, copy_path: Path, copy: Record) -> Record:
        """What is sure of the version from which the record and a copy began."""
        return base_from_versions(self._paths.progress, ours, copy_path, copy)

    def put_away_joined(self, copy: Path) -> tuple[str, ...]:
        """Put away a conflict copy that was joined, and take the files of a backup; sentences for the person.

        Raises StorageError or FileRefused.
        """
        moved = put_away_copies([copy], self._paths.progress)
        kept = (
            _("{name} is kept as {shown_path}.").format(name=clean_line(old.name), shown_path=shown_path(new))
            for old, new in moved
        )
        return (*kept, *put_back_files_of([copy], self._paths))
