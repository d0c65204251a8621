"""The files beside the open record, by what they are for; each part is made when it is asked for."""

from functools import cached_property

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.backup import BackupWritten, back_up
from metaoptout_tui.app.files.kept_files import KeptFiles, list_kept
from metaoptout_tui.app.files.people import PeopleOfRecord
from metaoptout_tui.app.files.record_exports import RecordExports
from metaoptout_tui.app.files.record_versions import RecordVersions
from metaoptout_tui.app.paths import AppPaths


class RecordFiles:
    """Versions to go back to, exports that were written, the records of other people, and the list of all that is kept."""

    def __init__(self, paths: AppPaths, clock: Clock) -> None:
        self._paths = paths
        self._clock = clock

    @cached_property
    def versions(self) -> RecordVersions:
        """The kept versions and conflict copies."""
        return RecordVersions(self._paths, self._clock)

    @cached_property
    def exports(self) -> RecordExports:
        """What was written to folders of the person's choice."""
        return RecordExports(self._paths)

    @cached_property
    def people(self) -> PeopleOfRecord:
        """Whose records there are beside the open one."""
        return PeopleOfRecord(self._paths, is_open=True)

    def kinds(self) -> tuple[KeptFiles, ...]:
        """All that the program keeps, kind by kind."""
        return list_kept(self._paths)

    def back_up(self, typed: str, *, makes_folder: bool) -> BackupWritten:
        """Write a backup to a typed folder, which is made where it `makes_folder`, or to a file.

        Raises FileRefused or StorageError; then there is none.
        """
        return back_up(self._paths, typed, self._clock, makes_folder=makes_folder)
