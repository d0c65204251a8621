"""Progress and cancellation of a background job, shared between its thread and the screen that waits."""

from metaoptout_tui.core.errors import Cancelled


class JobProgress:
    """Bytes that are done out of `total` (0: not known yet), and whether the person has had enough of it.

    One thread counts and another looks; each value is written whole, so that no lock is needed.
    """

    def __init__(self) -> None:
        self.done = self.total = 0
        self.is_cancelled = False

    def cancel(self) -> None:
        """Ask for an end; it comes at the next block."""
        self.is_cancelled = True

    def advance(self, count: int = 0) -> None:
        """So many bytes more are done. Raises Stopped where an end was asked for."""
        self.done += count
        if self.is_cancelled:
            raise Cancelled("Stopped.", kept="Nothing was kept.")
