"""Shows on stderr how far a slow command is."""

import time

from metaoptout_tui.cli.output import show_progress
from metaoptout_tui.core.jobs import Job, seconds_left
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _

_SECONDS_BETWEEN_UPDATES = 0.2


class ProgressLine:
    """One line on stderr, rewritten while large files are read."""

    def __init__(self) -> None:
        self._started_at = time.monotonic()
        self._last_shown_at = self._started_at
        self._width = 0

    def show(self, job: Job) -> None:
        """Show how much was read and how long the rest takes, a few times a second at most."""
        now = time.monotonic()
        if now - self._last_shown_at < _SECONDS_BETWEEN_UPDATES or not job.total:
            return
        self._last_shown_at = now
        remaining = seconds_left(job.done, job.total, now - self._started_at)
        line = _("{value} of {value_2} MiB, {remaining:.0f} s left").format(
            value=format_number(job.done >> 20), value_2=format_number(job.total >> 20), remaining=remaining
        )
        show_progress(f"{line:<{self._width}}")
        self._width = len(line)

    def clear(self) -> None:
        """Remove the line."""
        if self._width:
            show_progress(" " * self._width)
            show_progress("")
