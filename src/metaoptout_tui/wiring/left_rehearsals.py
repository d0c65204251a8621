"""Looks for what a killed rehearsal left, whenever the program is opened. Loads next to nothing where there is nothing."""

import os
from contextlib import suppress

from metaoptout_tui.core.temporary_names import REHEARSAL_PREFIX


def remove_left_rehearsals() -> None:
    """Remove what rehearsals left that were ended at once, where temporary folders are made. Never raises."""
    place = _temporary_place()
    names: list[str] = []
    with suppress(OSError):
        names = os.listdir(place)  # noqa: PTH208 - pathlib would be slower
    if any(name.startswith(REHEARSAL_PREFIX) for name in names):
        from metaoptout_tui.storage.rehearsal_folder import remove_rehearsals_left_in

        remove_rehearsals_left_in(place)


def _temporary_place() -> str:
    """Where Python makes temporary folders, without loading what makes them."""
    named = (os.environ.get(name, "") for name in ("TMPDIR", "TEMP", "TMP"))
    return next((place for place in (*named, "/tmp", "/var/tmp") if os.path.isdir(place)), os.curdir)  # noqa: S108 - only looked at
