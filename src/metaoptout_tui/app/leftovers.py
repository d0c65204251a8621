"""Cleans up, at the start, what a killed program left half-written."""

import os

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.storage.atomic_write import remove_leftovers


def remove_leftovers_of(paths: AppPaths, clock: Clock) -> None:
    """Remove old temporary files beside the record's own folders, which are seen to with the lock, and of exports."""
    remove_leftovers((paths.state.parent, paths.cache, paths.accepted_edition.parent), clock())
    if os.path.exists(paths.known_exports):
        from metaoptout_tui.storage.known_exports import remove_export_leftovers

        remove_export_leftovers(paths.known_exports, clock())
