"""The output of a command, and the only place that prints: data to stdout, sentences for people to stderr.

Whatever was put into a line, nothing that leaves here can steer a terminal or hide its direction: names of files,
arguments, and what others wrote are all cleaned once more. In JSON such characters are escaped, so that nothing is lost.
"""

import os
import sys
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import NamedTuple, TextIO

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.text import (
    display_width,
    escape_unsafe_characters,
    replace_unsafe_characters,
    replace_unsafe_in_line,
)

EXIT_OK, EXIT_FAILURE, EXIT_USAGE, EXIT_ATTENTION, EXIT_INTERRUPTED = 0, 1, 2, 10, 130

EXIT_STATUS_HELP = mark(
    "exit status: 0 done; 1 a file cannot be read or written or is not valid; 2 wrong usage, nobody named where only "
    "several people have records, or no terminal for the full screen; 10 something is due (status --due), or a kept "
    "file is not as it was (evidence verify, export); 70 the program stopped by a fault of its own; 128+N ended by "
    "signal N."
)


class Output(NamedTuple):
    """All that a command prints, and the exit status of the process.

    Text in `stdout` is printed with a line feed unless it is empty, bytes as they are. `stderr` are lines for people.
    On a terminal lines are broken at words, but for what `is_for_scripts`.
    """

    stdout: str | bytes = ""
    stderr: tuple[str, ...] = ()
    code: int = EXIT_OK
    is_for_scripts: bool = False


def in_column(words: str, width: int) -> str:
    """The words with blanks behind them up to so many columns of the terminal."""
    return words + " " * (width - display_width(words))


def print_output(output: Output) -> int:
    """Print the output of a command; its exit status. Says so where stdout cannot be written."""
    failure: StorageError | None = None
    try:
        if isinstance(output.stdout, bytes):
            # A file is UTF-8, whatever the terminal is.
            _write(replace_unsafe_characters(output.stdout.decode()).encode())
        elif output.stdout:
            text = replace_unsafe_characters(output.stdout)
            _write(f"{text if output.is_for_scripts else _broken_for(sys.stdout, text)}\n")
    except StorageError as error:
        failure = error
    for sentence in output.stderr:
        narrate(sentence)
    if failure is None:
        return output.code
    narrate(failure)
    return EXIT_FAILURE


def print_line(line: str) -> None:
    """Print a line of data at once, for a command that takes a while. Raises StorageError."""
    _write(f"{replace_unsafe_in_line(line)}\n")


def print_prompt(words: str) -> None:
    """Print what stands before the answer of a person, without ending the line. Raises StorageError."""
    _write(replace_unsafe_in_line(words))


_TERMINALS_WITHOUT_CLIPBOARD = ("", "dumb", "linux")
"""By TERM: what is none, knows no sequences, or is the console without a desktop, which may print them."""


def clipboard_of_terminal(environment: Mapping[str, str] = os.environ) -> Callable[[str], None] | None:
    """What puts a text on the clipboard of the terminal (OSC 52); None where no terminal is there that may have one.

    The text is encoded, so that nothing in it steers the terminal.
    """
    if not sys.stdout.isatty() or environment.get("TERM", "") in _TERMINALS_WITHOUT_CLIPBOARD:
        return None

    def send(text: str) -> None:
        _write(f"\x1b]52;c;{b64encode(text.encode()).decode()}\a")

    return send


def print_help(text: str, *, is_error: bool) -> None:
    """Print what argparse says: to stderr if `is_error`, else to stdout. Raises StorageError."""
    if is_error:
        for line in text.rstrip("\n").split("\n"):
            narrate(line)
    else:
        _write(replace_unsafe_characters(text))


def narrate(sentence: object) -> None:
    """Print a sentence for the person to stderr, at once, on one line; on a terminal on as many as its words need."""
    _tell(f"{_broken_for(sys.stderr, replace_unsafe_in_line(str(sentence)))}\n")


def is_heard_now() -> bool:
    """Whether somebody reads at a terminal what is told to people."""
    return sys.stderr is not None and sys.stderr.isatty()


def _broken_for(stream: TextIO | None, text: str) -> str:
    """The text with its lines broken at words where it goes to a terminal, which would break them anywhere."""
    try:
        width = os.get_terminal_size(stream.fileno()).columns if stream is not None and stream.isatty() else 0
    except (OSError, ValueError):
        return text
    if not width:
        return text
    from metaoptout_tui.core.line_wrapping import wrap_text

    return wrap_text(text, width)


def show_progress(line: str) -> None:
    """Print a line to stderr that the next one overwrites."""
    _tell(f"\r{replace_unsafe_in_line(line)}")


def to_json(document: object, *, sort_keys: bool = False) -> str:
    """A document as JSON in which every character that could steer a terminal or hide is escaped."""
    import json

    return escape_unsafe_characters(json.dumps(document, indent=2, sort_keys=sort_keys, ensure_ascii=False))


def replace_foreign_characters() -> None:
    """Read and print what the locale cannot decode or encode as question marks rather than stop."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def open_closed_streams() -> None:
    """Give a process that was started with its input or error output closed ones that are empty.

    Otherwise a file that is opened later, such as the lock of the record, would take their number, and what is printed
    by a library would go into it. That the output is closed stays known, so that it can be said.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # takes the lowest number that is free
    standard_input: TextIO | None = sys.stdin
    if standard_input is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the whole time
    standard_error: TextIO | None = sys.stderr
    if standard_error is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above


def discard_stdout() -> None:
    """Send the rest of stdout nowhere, once nobody reads it any more."""
    _discard(sys.stdout)


def _discard(stream: TextIO) -> None:
    """Send the rest of a stream nowhere: what Python still holds of it would fail once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _write(data: str | bytes) -> None:
    """Write to stdout at once. Raises StorageError where that fails, and BrokenPipeError where nobody reads it."""
    stdout: TextIO | None = sys.stdout
    if stdout is None:  # closed before the program began
        raise StorageError(_("Nothing could be printed: the standard output is closed."))
    try:
        if isinstance(data, bytes):
            stdout.flush()
            stdout.buffer.write(data)
        else:
            stdout.write(data)
        stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_stdout()
        reason = error.strerror or _("the system gives no reason")
        raise StorageError(
            _("Not all could be printed to the standard output: {reason}.").format(reason=reason)
        ) from error


def _tell(text: str) -> None:
    """Write to stderr; where that is full or closed there is nobody to tell."""
    stderr: TextIO | None = sys.stderr
    if stderr is None:
        return
    try:
        stderr.write(text)
        stderr.flush()
    except OSError:
        _discard(stderr)
