"""The reading of Meta's download: its progress and its results.

It runs in a thread and belongs to no screen, so the person can go elsewhere. The results stay in memory alone.
"""

import time
from collections.abc import Callable, Iterable

from metaoptout_tui.app.meta_export import read_meta_exports
from metaoptout_tui.core import text
from metaoptout_tui.core.jobs import Job, estimate_seconds_left
from metaoptout_tui.core.meta_export import MetaExports


class MetaExportReading:
    """One reading after another: the progress (`job`) of the last one, and its `results`, None before there are any."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.job = Job()
        self.is_running = False
        self.results: MetaExports | None = None
        self._paths: tuple[str, ...] = ()
        self._clock = clock
        self._started_at = 0.0

    def prepare(self, paths: Iterable[str]) -> None:
        """Set what is to be read."""
        self._paths = tuple(paths)
        self.job, self.is_running, self._started_at = Job(), True, self._clock()

    def run(self, job: Job) -> MetaExports:
        """Read; call it in a thread. Returns what was read so far when `job` is cancelled."""
        return read_meta_exports(self._paths, job)

    def finish(self, results: MetaExports) -> None:
        """Keep the results of a reading that has ended."""
        self.results, self.is_running = results, False

    @property
    def current_file(self) -> str:
        """The file that is being read."""
        return text.clean_line(self.job.detail, 1_000)

    @property
    def seconds_left(self) -> float | None:
        """The estimated seconds that remain; None while there is no estimate."""
        return estimate_seconds_left(self.job, self._clock() - self._started_at)
