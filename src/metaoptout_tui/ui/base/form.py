"""Forms: what is typed is kept as a draft until it is recorded, and slow work runs in a thread that Esc stops."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from textual import on
from textual.app import App, ComposeResult
from textual.dom import DOMNode
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.worker import get_current_worker

from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import Cancelled, MetaOptOutError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.record.accounts import Draft, format_size
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.widgets.frame import Notice

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


Result = TypeVar("Result")

SAVE_DRAFT_DELAY = 0.4
"""Seconds after the last key until what was typed is on the disk."""


class FormScreen(BaseScreen[Result]):
    """A screen with fields. A subclass names its draft, says what is in its fields, and fills them.

    Where `shows_draft_notice`, it is said when fields come from an earlier visit. What was typed can be
    discarded, and as long as the screen is open given back.
    """

    DEFAULT_CSS = """
    FormScreen .field-name { color: $muted; height: 1; padding: 0 1; }
    FormScreen #unsaved { color: $text-warning; }
    FormScreen .field-help { color: $muted; height: auto; padding: 0 1; }
    FormScreen Input { border: none; height: 1; background: $panel; margin: 0 1; padding: 0 1; }
    FormScreen Input:focus { border: none; background: $cursor-blurred; }
    FormScreen #trouble { color: $text-error; }
    """

    def __init__(self, context: AppContext, draft_key: str) -> None:
        super().__init__(context)
        self.draft_key = draft_key
        self._draft_timer: Timer | None = None
        self._is_finished = False
        self._discarded_drafts: dict[str, Draft] = {}

    @property
    def shows_draft_notice(self) -> bool:
        """Whether a person has to be told that what stands here is not in the record."""
        return False

    def compose_below_headline(self) -> ComposeResult:
        """Whether the fields come from an earlier visit."""
        yield Notice(id="unsaved")

    def compose_below_body(self) -> ComposeResult:
        """What is wrong with what is in the fields."""
        yield Notice(id="trouble")

    def fill_fields(self) -> None:
        """Put into the fields what was typed before, else what is offered. Extended by forms with fields to fill."""
        self._update_draft_notice()

    def _update_draft_notice(self) -> None:
        words = ""
        if self.shows_draft_notice and self.draft:
            at = self.session.history.draft_typed_at(self.draft_key)
            typed = f"on {dates.format_day_and_time(at, self.session.now())}" if at else "earlier"
            key = self.readable_key_of(f"{self.SCREEN_ID}.discard")
            words = f"Not saved yet: what you typed {typed} stands in the fields. {key} discards it."
        self.query_one("#unsaved", Notice).show(words)

    def action_discard(self) -> None:
        """Put the fields back as they were before anything was typed, now or at an earlier visit; or give that back."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
        typed = {name: words for name, words in self.typed_values().items() if words}
        before = {} if typed else self._discarded_drafts.get(self.draft_key, {})
        if not typed and not before:
            self.say("There is nothing to discard: nothing was changed here.")
        elif self.make_change(lambda: self._replace_draft(before)):
            self._discarded_drafts[self.draft_key] = typed
            self.show_form_error("")
            self.fill_fields()
            key = self.readable_key_of(f"{self.SCREEN_ID}.discard")
            self.say("What you had typed is back." if before else f"Discarded what you typed. {key} gives it back.")

    def _replace_draft(self, draft: Draft) -> None:
        self.session.history.require_writable()
        self.session.history.save_draft(self.draft_key, draft)

    @property
    def draft(self) -> Mapping[str, str]:
        """What was typed here before and not recorded."""
        return self.session.history.draft(self.draft_key)

    def typed_values(self) -> dict[str, str]:
        """What is in the fields now, by name, empty where a field is as it was offered."""
        raise NotImplementedError  # each form has its own fields

    def save_draft(self) -> None:
        """Put what is typed on the disk, unless it has been recorded."""
        if not self._is_finished and self.is_mounted:
            self.session.history.save_draft(self.draft_key, self.typed_values())

    def finish(self, result: Result) -> None:
        """Leave with what was recorded; there is nothing to keep any more."""
        self._is_finished = True
        self.dismiss(result)

    def show_form_error(self, words: str) -> None:
        """Say in the form itself what is wrong."""
        self.query_one("#trouble", Notice).show(words)

    def say_error(self, error: MetaOptOutError) -> None:
        """What is wrong stands in the form, beside what was typed, until it is right."""
        self.show_form_error(str(error))

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _save_draft_soon(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(SAVE_DRAFT_DELAY, self.save_draft)

    def action_back(self) -> None:
        """Leave; what was typed is kept for the next time."""
        self.save_draft()
        if self.session.history.read_only_reason and any(self.typed_values().values()):
            self.say(f"{self.session.history.read_only_reason} What you typed is not kept.")
        self._is_finished = True
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Stop the timer; the App keeps what is typed when it ends."""
        if self._draft_timer is not None:
            self._draft_timer.stop()


_STOPPING_TEXT = "Stopping."
_PROGRESS_INTERVAL = 0.1
"""Seconds between two looks at how far it is."""


class JobForm(FormScreen[Result]):
    """A form whose last step is slow. One at a time: what is pressed twice is begun once."""

    DEFAULT_CSS = """
    JobForm #busy { color: $text-accent; }
    """

    _job: Job | None = None
    _focused_before_job: Widget | None = None
    _disabled_fields: tuple[Widget, ...] = ()
    _deferred_finish: Callable[[], None] | None = None

    def compose_below_body(self) -> ComposeResult:
        """What is wrong, or how far it is."""
        yield from super().compose_below_body()
        yield Notice(id="busy")

    @property
    def _busy_notice(self) -> Notice:
        return self.query_one("#busy", Notice)

    @property
    def is_busy(self) -> bool:
        """Whether a thread is at work for this form."""
        return self._job is not None

    def run_job(
        self, words: str, work: Callable[[Job], JobResult], then: Callable[[JobResult], object], stopped: str
    ) -> None:
        """Let a thread do `work`, and then here `then` with what it made; either may raise what is shown in the form.

        `words` say what is done, `stopped` what is so after Esc. A thread whose screen is gone is stopped too.
        """
        if self.is_busy:
            return
        job = self._job = Job()
        self._focused_before_job = self.focused
        self.show_form_error("")
        self._disable_fields()
        self._show_job_progress(words, job)
        timer = self.set_interval(_PROGRESS_INTERVAL, lambda: self._show_job_progress(words, job))

        def finish(act: Callable[[], object]) -> None:
            timer.stop()
            if self.is_mounted:
                self._end_job(act)

        def fail(error: MetaOptOutError) -> None:
            is_stopped = isinstance(error, Cancelled)
            finish(partial(self.show_form_error, stopped) if is_stopped else partial(_raise_error, error))

        # The App's own: one of this screen would be cancelled by the end that it brings about itself.
        run_in_thread(self.app, job, work, lambda made: finish(partial(then, made)), on_error=fail, group="form")

    def _end_job(self, act: Callable[[], object]) -> None:
        self._job = None
        self._busy_notice.show("")
        self._enable_fields()
        self.make_change(act)

    @on(Input.Changed)
    def _clear_form_error(self) -> None:
        """What is wrong with another path is not said of this one."""
        self.show_form_error("")

    def say_error(self, error: MetaOptOutError) -> None:
        """What is wrong, with all of the field selected, so that the next path takes the place of the wrong one."""
        super().say_error(error)
        field = self.focused or self._focused_before_job
        if isinstance(field, Input):
            field.select_all()

    def _show_job_progress(self, words: str, job: Job) -> None:
        """How far it is, or that it is about to stop."""
        key = self.readable_key_of(f"{self.SCREEN_ID}.back")
        far = f": {format_size(job.done)} of {format_size(job.total)}" if job.total else ""
        self._busy_notice.show(_STOPPING_TEXT if job.is_cancelled else f"{words}{far}. {key} stops it.")

    def _disable_fields(self) -> None:
        """What is typed while the thread is at work would be lost."""
        self._disabled_fields = tuple(self.query("Input, OptionList"))
        for field in self._disabled_fields:
            field.disabled = True

    def _enable_fields(self) -> None:
        for field in self._disabled_fields:
            field.disabled = False
        if self._focused_before_job is not None:
            self._focused_before_job.focus()

    def action_back(self) -> None:
        """Stop what is under way, else leave."""
        if self._job is not None:
            self._job.cancel()
            self._busy_notice.show(_STOPPING_TEXT)
        else:
            super().action_back()

    def finish(self, result: Result) -> None:
        """Leave, once this screen is in front: help may have been opened over it meanwhile."""
        if self.app.screen is self:
            super().finish(result)
        else:
            self._is_finished = True
            self._deferred_finish = partial(super().finish, result)

    def on_screen_resume(self) -> None:
        """Leave now, if there is nothing left to do here."""
        super().on_screen_resume()
        if self._deferred_finish is not None:
            self._deferred_finish()

    def on_unmount(self) -> None:
        """Cancel the job of a screen that is gone."""
        super().on_unmount()
        if self._job is not None:
            self._job.cancel()


def _raise_error(error: MetaOptOutError) -> None:
    raise error
