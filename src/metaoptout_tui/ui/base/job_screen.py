"""Slow work: it runs in a thread that Esc stops, while the screen goes on."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from textual import on
from textual.app import App, ComposeResult
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import get_current_worker

from metaoptout_tui.core.errors import Cancelled, MetaOptOutError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.accounts import format_size
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.widgets.frame import Notice

Result = TypeVar("Result")
JobResult = TypeVar("JobResult")

_LONGEST_TURN_SECONDS = 0.001
"""How long a thread keeps the interpreter while the screen wants it; Python's own 5 ms are felt with each key."""


def run_in_thread(
    owner: DOMNode,
    job: Job,
    work: Callable[[Job], JobResult],
    on_done: Callable[[JobResult], object],
    *,
    on_error: Callable[[MetaOptOutError], object] = lambda _error: None,
    group: str,
) -> None:
    """Run `work` in a thread, then call `on_done` with its result, or `on_error` if it failed or was cancelled.

    When the owner is removed, the job is cancelled and nothing is called. A new job of the same group replaces the old.
    """
    app: App[Any] = owner.app

    def run() -> None:
        sys.setswitchinterval(_LONGEST_TURN_SECONDS)
        worker = get_current_worker()
        job.cancel_when(lambda: worker.is_cancelled)
        try:
            callback = partial(on_done, work(job))
        except MetaOptOutError as error:
            callback = partial(on_error, error)
        if not worker.is_cancelled:
            app.call_from_thread(callback)

    owner.run_worker(run, thread=True, group=group, exclusive=True)


_STOPPING_TEXT = mark("Stopping.")
_PROGRESS_INTERVAL = 0.1
"""Seconds between two updates of the progress."""


class JobScreen(InputScreen[Result]):
    """An input screen whose last step is a slow job in a thread. A second one is not started while one is running."""

    DEFAULT_CSS = """
    JobScreen #busy { color: $text-accent; }
    """

    _job: Job | None = None
    _focused_before_job: Widget | None = None
    _disabled_fields: tuple[Widget, ...] = ()
    _deferred_finish: Callable[[], None] | None = None

    def compose_below_body(self) -> ComposeResult:
        """The line for errors, and the one for the progress of the job."""
        yield from super().compose_below_body()
        yield Notice(id="busy")

    @property
    def _busy_notice(self) -> Notice:
        return self.query_one("#busy", Notice)

    @property
    def is_busy(self) -> bool:
        """Whether a job is running."""
        return self._job is not None

    def run_job(
        self, activity: str, work: Callable[[Job], JobResult], on_done: Callable[[JobResult], object], stopped: str
    ) -> None:
        """Run `work` in a thread, then `on_done` with its result; an error of either is shown below the fields.

        `activity` is shown while it runs, `stopped` after Esc. A job whose screen was left is cancelled too.
        """
        if self.is_busy:
            return
        job = self._job = Job()
        self._focused_before_job = self.focused
        self.show_input_error("")
        self._disable_fields()
        self._show_job_progress(activity, job)
        timer = self.set_interval(_PROGRESS_INTERVAL, lambda: self._show_job_progress(activity, job))

        def finish(change: Callable[[], object]) -> None:
            timer.stop()
            if self.is_mounted:
                self._end_job(change)

        def fail(error: MetaOptOutError) -> None:
            is_stopped = isinstance(error, Cancelled)
            finish(partial(self.show_input_error, stopped) if is_stopped else partial(_raise_error, error))

        # Owned by the App: a worker of this screen would be cancelled when its own result closes the screen.
        run_in_thread(self.app, job, work, lambda result: finish(partial(on_done, result)), on_error=fail, group="form")

    def _end_job(self, change: Callable[[], object]) -> None:
        self._job = None
        self._busy_notice.show("")
        self._enable_fields()
        self.make_change(change)

    @on(Input.Changed)
    def _clear_input_error(self) -> None:
        """Remove the error, which is about the text before the change."""
        self.show_input_error("")

    def say_error(self, error: MetaOptOutError) -> None:
        """Show the error and select the whole field, so that the next path replaces the wrong one."""
        super().say_error(error)
        field = self.focused or self._focused_before_job
        if isinstance(field, Input):
            field.select_all()

    def _show_job_progress(self, activity: str, job: Job) -> None:
        key = self.readable_key_of(f"{self.SCREEN_ID}.back")
        if job.is_cancelled:
            words = _(_STOPPING_TEXT)
        elif job.total:
            words = _("{activity}: {size_read} of {whole_size}. {key} stops it.").format(
                activity=activity, size_read=format_size(job.done), whole_size=format_size(job.total), key=key
            )
        else:
            words = _("{activity}. {key} stops it.").format(activity=activity, key=key)
        self._busy_notice.show(words)

    def _disable_fields(self) -> None:
        """Disable the fields: text typed while the job runs would be lost."""
        self._disabled_fields = tuple(self.query("Input, OptionList"))
        for field in self._disabled_fields:
            field.disabled = True

    def _enable_fields(self) -> None:
        for field in self._disabled_fields:
            field.disabled = False
        if self._focused_before_job is not None:
            self._focused_before_job.focus()

    def action_back(self) -> None:
        """Stop the running job, else leave."""
        if self._job is not None:
            self._job.cancel()
            self._busy_notice.show(_(_STOPPING_TEXT))
        else:
            super().action_back()

    def finish(self, result: Result) -> None:
        """Leave as soon as this screen is in front: help may have been opened over it meanwhile."""
        if self.app.screen is self:
            super().finish(result)
        else:
            self._is_finished = True
            self._deferred_finish = partial(super().finish, result)

    def on_screen_resume(self) -> None:
        """Leave, if this screen was finished while another screen was in front."""
        if self._deferred_finish is not None:
            self.call_next(self._deferred_finish)

    def on_unmount(self) -> None:
        """Cancel the job of a screen that is gone."""
        if self._job is not None:
            self._job.cancel()


def _raise_error(error: MetaOptOutError) -> None:
    raise error
