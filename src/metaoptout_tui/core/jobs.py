"""A slow job: how far it is and whether to stop, shared between the thread that does it and the screen that waits."""

from collections.abc import Callable

from metaoptout_tui.core.errors import Cancelled


class Job:
    """What is done out of `total` (0: not known yet), what it is at (`detail`), and whether the person has had enough of it.

    One thread reports and another looks; each value is written whole, so that no lock is needed. `on_report` is called by
    the thread that reports.
    """

    def __init__(self, on_report: Callable[["Job"], None] = lambda _job: None) -> None:
        self.done = self.total = 0
        self.detail = ""
        self._on_report = on_report
        self._is_stop_requested = False
        self._is_abandoned: Callable[[], bool] = lambda: False

    @property
    def is_cancelled(self) -> bool:
        """Whether an end was asked for, or nobody waits for it any more."""
        return self._is_stop_requested or self._is_abandoned()

    def cancel(self) -> None:
        """Ask for an end; it comes at the next block."""
        self._is_stop_requested = True

    def cancel_when(self, is_abandoned: Callable[[], bool]) -> None:
        """End also once this is true; it is asked at every block."""
        self._is_abandoned = is_abandoned

    def check(self) -> None:
        """Raise Cancelled where an end was asked for."""
        if self.is_cancelled:
            raise Cancelled("Stopped.", kept="Nothing was kept.")

    def report(self, done: int, total: int, detail: str = "") -> None:
        """So far it is now; `detail` stays as it was where none is given."""
        self.done, self.total, self.detail = done, total, detail or self.detail
        self._on_report(self)

    def advance(self, count: int = 0) -> None:
        """So much more is done. Raises Cancelled where an end was asked for."""
        self.report(self.done + count, self.total)
        self.check()


def seconds_left(done: int, total: int, elapsed: float) -> float:
    """How long the rest takes if it goes on as in the seconds until now."""
    return elapsed * (total - done) / max(done, 1)
