"""How a screen ends against its will: by a signal, by a window that is closed over it, by a fault. The terminal is given back."""

import asyncio
import select
import signal
import sys
from collections.abc import Callable
from typing import Any

from textual.app import App

from metaoptout_tui.core.faults import fault_words

ENDING_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
_LOOK_EVERY = 1.0
"""Seconds between two looks at whether the window is still there."""


def watch_ending(app: App[Any], leave: Callable[[int], object]) -> None:
    """Call `leave` with 128+N for an ending signal N, and for a window that went without one (as SIGHUP)."""
    if sys.platform == "win32" or app.is_headless:
        return
    loop = asyncio.get_running_loop()
    for name in ENDING_SIGNALS:
        number = getattr(signal, name)
        loop.add_signal_handler(number, leave, 128 + number)

    # Where nobody sends SIGHUP, Textual would read the end of its input over and over.
    gone = select.poll()
    gone.register(sys.__stdin__ or 0, 0)  # 0 asks for nothing: a hang-up is always told

    def look() -> None:
        if any(event & select.POLLHUP for _, event in gone.poll(0)):
            leave(128 + signal.SIGHUP)

    app.set_interval(_LOOK_EVERY, look)


def stop_by_fault(app: App[Any]) -> None:
    """End with a sentence about where it broke and nothing else: values hold a person's e-mail addresses and notes."""
    from rich.text import Text

    app.bell()
    app._exit_renderables.append(Text(fault_words(sys.exc_info()[1])))  # noqa: SLF001 - as Textual's own does
    app._close_messages_no_wait()  # noqa: SLF001
