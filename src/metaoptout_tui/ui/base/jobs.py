"""Runs a slow job in a thread for a screen or the App, and hands what came of it back to the screen's own thread."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from textual.app import App
from textual.dom import DOMNode
from textual.worker import get_current_worker

from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.jobs import Job

JobResult = TypeVar("JobResult")


def run_in_thread(
    owner: DOMNode,
    job: Job,
    work: Callable[[Job], JobResult],
    on_done: Callable[[JobResult], object],
    *,
    on_error: Callable[[MetaOptOutError], object] = lambda _error: None,
    group: str,
) -> None:
    """Let a thread do `work`, then call `on_done` with its result, or `on_error` where it was cancelled or failed.

    A job whose owner is gone is cancelled, and nothing is called. One begun in the same group takes its place.
    """
    app: App[Any] = owner.app

    def run() -> None:
        worker = get_current_worker()
        job.cancel_when(lambda: worker.is_cancelled)
        try:
            outcome = partial(on_done, work(job))
        except MetaOptOutError as error:
            outcome = partial(on_error, error)
        if not worker.is_cancelled:
            app.call_from_thread(outcome)

    owner.run_worker(run, thread=True, group=group, exclusive=True)
