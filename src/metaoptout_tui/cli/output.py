"""The output of a command, and the only place that prints: data to stdout, sentences for people to stderr."""

import os
import sys
from typing import NamedTuple

EXIT_OK, EXIT_FAILURE, EXIT_USAGE, EXIT_ATTENTION, EXIT_INTERRUPTED = 0, 1, 2, 10, 130

EXIT_STATUS_HELP = """\
exit status: 0 done; 1 a file cannot be read or written or is not valid; 2 wrong usage, or no terminal for
the full screen; 10 something is due (status --due), or a kept file is not as it was (evidence verify,
export); 70 the program stopped by a fault of its own; 128+N ended by signal N.
"""


class Output(NamedTuple):
    """All that a command prints, and the exit status of the process.

    Text in `stdout` is printed with a line feed unless it is empty, bytes as they are. `stderr` are lines for people.
    """

    stdout: str | bytes = ""
    stderr: tuple[str, ...] = ()
    code: int = EXIT_OK


def print_output(output: Output) -> int:
    """Print the output of a command; its exit status."""
    if isinstance(output.stdout, bytes):
        sys.stdout.flush()
        sys.stdout.buffer.write(output.stdout)  # a file is UTF-8, whatever the terminal is
    elif output.stdout:
        print(output.stdout)
    for sentence in output.stderr:
        narrate(sentence)
    return output.code


def print_line(line: str) -> None:
    """Print a line of data at once, for a command that takes a while."""
    print(line, flush=True)


def narrate(sentence: object) -> None:
    """Print a sentence for the person to stderr, at once."""
    print(sentence, file=sys.stderr, flush=True)


def replace_unencodable_characters() -> None:
    """Print what the locale cannot encode as question marks rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def discard_stdout() -> None:
    """Send the rest of stdout nowhere, once nobody reads it any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
