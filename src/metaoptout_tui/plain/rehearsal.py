"""What is different in a rehearsal in lines: an invented person, a clock that can be put ahead, nothing that is kept."""

from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.rehearsal import (
    LETTER_HEADING,
    OFFLINE_REASON,
    REHEARSAL_BEGINS_IN_LINES,
    MovableClock,
    export_obstacle_in,
)
from metaoptout_tui.core.language.translation import gettext as _


class RehearsalInLines(NamedTuple):
    """A rehearsal: its clock, and the folder that is removed at its end."""

    clock: MovableClock
    folder: Path

    @property
    def first_words(self) -> str:
        """What is said at its beginning."""
        return _(REHEARSAL_BEGINS_IN_LINES)

    @property
    def offline_reason(self) -> str:
        """Why no connection is made."""
        return _(OFFLINE_REASON)

    @property
    def letter_heading(self) -> str:
        """What stands above every letter."""
        return _(LETTER_HEADING)

    def export_obstacle(self, target: Path) -> str:
        """Why case files may not go to a folder; empty where they may."""
        return export_obstacle_in(self.folder)(target)
