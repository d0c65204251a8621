"""Shows on stderr how far a slow command is."""

import time

from metaoptout_tui.cli.output import in_column, show_progress
from metaoptout_tui.core.jobs import Job, seconds_left
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import display_width

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
        line = _("{read} of {whole} MiB, {seconds} s left").format(
            read=format_number(job.done >> 20),
            whole=format_number(job.total >> 20),
            seconds=format_number(round(remaining)),
        )
        show_progress(in_column(line, self._width))
        self._width = display_width(line)

    def clear(self) -> None:
        """Remove the line."""
        if self._width:
            show_progress(" " * self._width)
            show_progress("")
