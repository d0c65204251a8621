"""The progress and cancellation of a slow job, which its thread shares with who waits for it, and files that one cannot read."""

from collections.abc import Callable
from typing import NamedTuple

from metaoptout_tui.core.errors import Cancelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line


class Job:
    """How much of `total` is `done` (0: not known yet), what it is working on (`detail`), and whether it was cancelled.

    One thread writes and another reads; each value is written whole, so that no lock is needed. `on_report` is called
    in the thread that reports.
    """

    def __init__(self, on_report: Callable[["Job"], None] = lambda _job: None) -> None:
        self.done = self.total = 0
        self.detail = ""
        self._on_report = on_report
        self._is_stop_requested = False
        self._is_abandoned: Callable[[], bool] = lambda: False

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled, or nobody waits for it any more."""
        return self._is_stop_requested or self._is_abandoned()

    def cancel(self) -> None:
        """Ask it to stop; it does at its next call of `check` or `advance`."""
        self._is_stop_requested = True

    def cancel_when(self, is_abandoned: Callable[[], bool]) -> None:
        """Cancel it also once `is_abandoned()` is true, which is called at every check."""
        self._is_abandoned = is_abandoned

    def check(self) -> None:
        """Raise Cancelled where it was cancelled."""
        if self.is_cancelled:
            raise Cancelled(_("Stopped."), kept=_("Nothing was kept."))

    def report(self, done: int, total: int, detail: str = "") -> None:
        """Set the progress; an empty `detail` leaves the last one."""
        self.done, self.total, self.detail = done, total, detail or self.detail
        self._on_report(self)

    def advance(self, count: int = 0) -> None:
        """Add to what is done. Raises Cancelled where it was cancelled."""
        self.report(self.done + count, self.total)
        self.check()


def seconds_left(done: int, total: int, elapsed: float) -> float:
    """How many seconds the rest takes at the average speed so far; `elapsed` is in seconds."""
    return elapsed * (total - done) / max(done, 1)


_SECONDS_BEFORE_ESTIMATE = 0.5


class FileReading:
    """One reading of files after another: the last one's `job`, and what can be told of it while it runs."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.job = Job()
        self._clock = clock
        self._started_at = 0.0

    def start_job(self) -> None:
        """Begin with a new job."""
        self.job, self._started_at = Job(), self._clock()

    @property
    def current_file(self) -> str:
        """The file that is being read."""
        return clean_line(self.job.detail, 1_000)

    @property
    def seconds_left(self) -> float | None:
        """The estimated seconds that remain; None at its beginning, when nothing can be told of its speed."""
        elapsed = self._clock() - self._started_at
        if not self.job.done or elapsed < _SECONDS_BEFORE_ESTIMATE:
            return None
        return seconds_left(self.job.done, self.job.total, elapsed)


class UnreadableFile(NamedTuple):
    """A file, or a member of a zip, that could not be read, and why, in a sentence for the person."""

    path: str
    member: str
    reason: str
