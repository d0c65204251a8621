"""The folders of the program's own, and what a killed program left half-written in them."""

import os
from pathlib import Path

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.paths import AppPaths, evidence_folder_of, letters_folder_of
from metaoptout_tui.storage.atomic_write import VERSIONS_FOLDER, list_leftovers, remove_leftovers


def own_folders(paths: AppPaths) -> tuple[Path, ...]:
    """The folders in which the program writes of its own accord, each once."""
    return tuple(dict.fromkeys((*_folders_of_record(paths.progress), *_neighbouring_folders(paths))))


def _folders_of_record(progress: Path) -> tuple[Path, ...]:
    folder = Path(os.path.realpath(progress)).parent
    return folder, folder / VERSIONS_FOLDER, evidence_folder_of(progress), letters_folder_of(progress)


def _neighbouring_folders(paths: AppPaths) -> tuple[Path, ...]:
    return paths.state.parent, paths.cache, paths.accepted_edition.parent


def leftovers_of(paths: AppPaths) -> tuple[Path, ...]:
    """The files that were never finished, in folders of the program's own and where it wrote an export."""
    from metaoptout_tui.storage.known_exports import list_export_leftovers

    own = (path for folder in own_folders(paths) for path in list_leftovers(folder))
    return tuple(dict.fromkeys((*own, *list_export_leftovers(paths.known_exports))))


def remove_leftovers_of_record(progress: Path, clock: Clock, *, holds_lock: bool) -> None:
    """Remove temporary files in the folders of one record: all of them with its lock, else only old ones."""
    remove_leftovers(_folders_of_record(progress), clock(), holds_lock=holds_lock)


def remove_leftovers_of(paths: AppPaths, clock: Clock) -> None:
    """Remove old temporary files of all that is beside the records' own folders, and of exports."""
    remove_leftovers(_neighbouring_folders(paths), clock())
    if os.path.exists(paths.known_exports):
        from metaoptout_tui.storage.known_exports import remove_export_leftovers

        remove_export_leftovers(paths.known_exports, clock())
