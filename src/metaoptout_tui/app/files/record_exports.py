"""What goes from the open record to folders of the person's choice: remembered, so that it can be listed and deleted."""

from collections.abc import Collection, Iterable
from pathlib import Path

from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.storage.export_folder import default_export_folder, write_sent_letter
from metaoptout_tui.storage.known_exports import (
    begin_export,
    exported_appointments,
    present_exports,
    remember_appointments,
    remember_exports,
)


def folder_of_exports(paths: AppPaths) -> Path:
    """Where case files and letters are saved, if the person names no other folder."""
    return paths.offered_case_folder or default_export_folder()


class RecordExports:
    """Case files, letters and reports that were written, and where."""

    def __init__(self, paths: AppPaths) -> None:
        self._paths = paths

    @property
    def person_name(self) -> str:
        """Whose record it is, where it is one of several people's; else empty."""
        return self._paths.person_name

    def begin(self, folder: Path) -> None:
        """Remember that files are about to be written to a folder."""
        begin_export(self._paths.known_exports, folder)

    def remember(self, files: Iterable[Path], appointments: Iterable[str] = ()) -> None:
        """Remember files that were written.

        `appointments` are the digests of those in a calendar among them, so that the next one can cancel what is settled.
        """
        remember_exports(self._paths.known_exports, files)
        remember_appointments(self._paths.known_exports, appointments)

    def present_files(self) -> tuple[Path, ...]:
        """The case files and letters that were written before and are there as they were written."""
        return present_exports(self._paths.known_exports)

    def appointments(self) -> tuple[str, ...]:
        """The digests of the appointments that calendars written before had."""
        return exported_appointments(self._paths.known_exports)

    def save_letter(
        self, name: str, text: str, page: bytes, *, replaceable: Collection[Path] = ()
    ) -> tuple[Path, Path]:
        """Save a letter as a text and as a page to print, where case files go, or over both of `replaceable`; their paths.

        Raises StorageError; then nothing was written.
        """
        folder = folder_of_exports(self._paths)
        self.begin(folder)
        files = write_sent_letter(name, text, page, folder, replaceable)
        self.remember(files)
        return files
