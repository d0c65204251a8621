"""The process that plain mode runs in: its terminal as lines, and the signals that end it in order."""

import shutil
import signal
import sys
from collections.abc import Callable

from metaoptout_tui.plain.line_terminal import LineTerminal


def terminal_of_process(print_line: Callable[[str], object], print_prompt: Callable[[str], object]) -> LineTerminal:
    """The standard input and output as lines; the functions print cleaned text, as all output is printed."""

    def read_line() -> str | None:
        line = sys.stdin.readline()
        if not line or not sys.stdin.isatty():
            print_line("")  # a terminal ends the line with the person's Enter
        return line.removesuffix("\n") if line else None

    return LineTerminal(read_line, print_line, print_prompt, lambda: shutil.get_terminal_size().columns)


def leave_on_signals() -> None:
    """End with 128+N on an exit signal N, in order, so that the lock is released; Ctrl+C interrupts in any case.

    A program that a script started beside itself is told to ignore Ctrl+C, and would then not be left with it.
    """

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, end)
    signal.signal(signal.SIGINT, signal.default_int_handler)
