"""Ends the App cleanly on a signal or a closed terminal window, so that the terminal is restored."""

import asyncio
import select
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

from textual.app import App

from metaoptout_tui.ui.textual_private import has_given_terminal_back

Result = TypeVar("Result")

EXIT_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
_HANGUP_CHECK_SECONDS = 1.0
"""Seconds between two looks at whether the window is still there."""
_RETRY_SECONDS = 0.02


def run_app(app: App[Result], *, mouse: bool = True) -> Result | None:
    """Run a screen until it ends; its result.

    Ending signals wait until `watch_ending`: one that came while the terminal is being taken would leave it so.
    """
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, _exit_signals())
    try:
        return app.run(mouse=mouse)
    finally:
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _exit_signals())


def _exit_signals() -> list[signal.Signals]:
    return [signal.Signals[name] for name in EXIT_SIGNALS]


def exit_on_signals(app: App[Any], leave: Callable[[int], object]) -> None:
    """Call `leave` with 128+N for an ending signal N, and for a window that went without one (as SIGHUP)."""
    if sys.platform == "win32" or app.is_headless:
        return

    def end(code: int) -> None:
        if app.screen.is_mounted:
            leave(code)
        else:  # a screen that is taken away while it is put together breaks
            app.set_timer(_RETRY_SECONDS, lambda: end(code))

    loop = asyncio.get_running_loop()
    for number in _exit_signals():
        loop.add_signal_handler(number, end, 128 + number)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _exit_signals())

    _resume_only_after_suspend(app, loop)

    # Where nobody sends SIGHUP, Textual would read the end of its input over and over.
    gone = select.poll()
    gone.register(sys.__stdin__ or 0, 0)  # 0 asks for nothing: a hang-up is always reported

    def look() -> None:
        if any(event & select.POLLHUP for _, event in gone.poll(0)):
            end(128 + signal.SIGHUP)

    app.set_interval(_HANGUP_CHECK_SECONDS, look)


def _resume_only_after_suspend(app: App[Any], loop: asyncio.AbstractEventLoop) -> None:
    """Let Textual take the terminal again only where it gave it back.

    It does so at every SIGCONT, and each time with one more thread that reads the keys; the way out ends only the last.
    """
    take_again = signal.getsignal(signal.SIGCONT)

    def go_on(number: int, frame: FrameType | None) -> None:
        if callable(take_again) and has_given_terminal_back(app):
            take_again(number, frame)
        else:
            loop.call_soon_threadsafe(app.refresh)

    signal.signal(signal.SIGCONT, go_on)
