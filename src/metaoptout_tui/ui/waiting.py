"""Forms that let a thread do what takes long: how far it is stands at the foot, Esc stops it, and keys are answered."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from metaoptout_tui.core.errors import MetaOptOutError, Stopped
from metaoptout_tui.core.evidence import size_words
from metaoptout_tui.core.going import Going
from metaoptout_tui.ui.form import FormPage

Result = TypeVar("Result")
Made = TypeVar("Made")

_STOPPING = "Stopping."
_EVERY = 0.1
"""Seconds between two looks at how far it is."""


class WaitingForm(FormPage[Result]):
    """A form whose last step is slow. One at a time: what is pressed twice is begun once."""

    DEFAULT_CSS = """
    WaitingForm #busy { color: $text-accent; height: auto; padding: 0 1; display: none; dock: bottom; }
    WaitingForm #busy.-said { display: block; }
    """

    _going: Going | None = None
    _left_at: Widget | None = None
    _resting: tuple[Widget, ...] = ()
    _leave: Callable[[], None] | None = None

    def compose_foot(self) -> ComposeResult:
        """The line that says what is wrong, or how far it is; a subclass has it at the end of its page."""
        yield Static(id="trouble", markup=False)
        yield Static(id="busy", markup=False)

    @property
    def is_busy(self) -> bool:
        """Whether a thread is at work for this form."""
        return self._going is not None

    def begin(self, words: str, work: Callable[[Going], Made], then: Callable[[Made], object], stopped: str) -> None:
        """Let a thread do `work`, and then here `then` with what it made; either may raise what is shown in the form.

        `words` say what is done, `stopped` what is so after Esc. A thread whose screen is gone is stopped too.
        """
        if self.is_busy:
            return
        app, going = self.app, Going()
        self._going = going
        self._left_at = self.focused
        self.refuse("")
        self._close_fields()
        self._tell(words, going)
        timer = self.set_interval(_EVERY, lambda: self._tell(words, going))

        def finish(act: Callable[[], object]) -> None:
            timer.stop()
            if self.is_mounted:
                self._finish(act)

        def run() -> None:
            worker = get_current_worker()
            outcome: Callable[[], object]
            try:
                made = work(going)
            except Stopped:
                outcome = partial(self.refuse, stopped)
            except MetaOptOutError as error:
                outcome = partial(_raise, error)
            else:
                outcome = partial(then, made)
            if not worker.is_cancelled:
                app.call_from_thread(finish, outcome)

        # The App's own: one of this screen would be cancelled by the end that it brings about itself.
        app.run_worker(run, thread=True, group="waiting")

    def _finish(self, act: Callable[[], object]) -> None:
        self._going = None
        self.query_one("#busy", Static).remove_class("-said")
        self._open_fields()
        self.change(act)

    @on(Input.Changed)
    def _typing(self) -> None:
        """What is wrong with another path is not said of this one."""
        self.refuse("")

    def say_error(self, error: MetaOptOutError) -> None:
        """What is wrong, with all of the field selected, so that the next path takes the place of the wrong one."""
        super().say_error(error)
        field = self.focused or self._left_at
        if isinstance(field, Input):
            field.select_all()

    def _tell(self, words: str, going: Going) -> None:
        """How far it is, or that it is about to stop."""
        busy = self.query_one("#busy", Static)
        busy.add_class("-said")
        key = self.key(f"{self.PLACE}.back")
        far = f": {size_words(going.done)} of {size_words(going.total)}" if going.total else ""
        busy.update(_STOPPING if going.is_stopped else f"{words}{far}. {key} stops it.")

    def _close_fields(self) -> None:
        """What is typed while the thread is at work would be lost."""
        self._resting = tuple(self.query("Input, OptionList"))
        for field in self._resting:
            field.disabled = True

    def _open_fields(self) -> None:
        for field in self._resting:
            field.disabled = False
        if self._left_at is not None:
            self._left_at.focus()

    def action_back(self) -> None:
        """Stop what is under way, else leave."""
        if self._going is not None:
            self._going.stop()
            self.query_one("#busy", Static).update(_STOPPING)
        else:
            super().action_back()

    def settle(self, result: Result) -> None:
        """Leave, once this screen is in front: help may have been opened over it meanwhile."""
        if self.app.screen is self:
            super().settle(result)
        else:
            self._settled = True
            self._leave = partial(super().settle, result)

    def on_screen_resume(self) -> None:
        """Leave now, if there is nothing left to do here."""
        super().on_screen_resume()
        if self._leave is not None:
            self._leave()

    def on_unmount(self) -> None:
        """A screen that is gone waits for nothing."""
        super().on_unmount()
        if self._going is not None:
            self._going.stop()


def _raise(error: MetaOptOutError) -> None:
    raise error
