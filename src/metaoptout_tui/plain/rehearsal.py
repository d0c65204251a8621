"""What is different in a rehearsal in plain mode: an invented person, a clock that can be put ahead, nothing that is kept."""

from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.rehearsal import REHEARSAL_BEGINS_IN_PLAIN_MODE, MovableClock
from metaoptout_tui.core.language.translation import gettext as _


class PlainRehearsal(NamedTuple):
    """A rehearsal: its clock, and the folder that is removed at its end."""

    clock: MovableClock
    folder: Path

    @property
    def first_words(self) -> str:
        """What is said at its beginning."""
        return _(REHEARSAL_BEGINS_IN_PLAIN_MODE)
