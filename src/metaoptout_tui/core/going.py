"""How far something slow is, shared between the thread that does it and the screen that waits for it."""

from metaoptout_tui.core.errors import Stopped


class Going:
    """Bytes that are done out of `total` (0: not known yet), and whether the person has had enough of it.

    One thread counts and another looks; each value is written whole, so that no lock is needed.
    """

    def __init__(self) -> None:
        self.done = self.total = 0
        self.is_stopped = False

    def stop(self) -> None:
        """Ask for an end; it comes at the next block."""
        self.is_stopped = True

    def on(self, count: int = 0) -> None:
        """So many bytes more are done. Raises Stopped where an end was asked for."""
        self.done += count
        if self.is_stopped:
            raise Stopped("Stopped.", kept="Nothing was kept.")
