"""Reading files that a person names: which, how far it is, in lines, and how it is stopped."""

import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from metaoptout_tui.app.files.typed_paths import parse_pasted_paths, path_exists
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.dialogue import how_to_name_a_place

_MEGABYTE = 1_000_000
_STEPS_TOLD = 4
"""How often at most it is told how far a reading is: after each quarter."""

Result = TypeVar("Result")


class ProgressLines:
    """Says how far a reading is, in a line after each quarter of it."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._told = 0

    def report(self, job: Job) -> None:
        """Say it where another quarter is read."""
        if not job.total:
            return
        quarter = _STEPS_TOLD * job.done // job.total
        if quarter > self._told and job.done < job.total:
            self._told = quarter
            self._say(
                _("Read {read} of {whole} MB.").format(
                    read=format_number(round(job.done / _MEGABYTE)), whole=format_number(round(job.total / _MEGABYTE))
                )
            )


def read_until_interrupted(say: Callable[[str], object], read: Callable[[Job], Result], job: Job) -> Result:
    """Read with `job`; Ctrl+C stops the reading, and what was read by then is the result."""

    def stop(*_unused: object) -> None:
        job.cancel()

    before = signal.signal(signal.SIGINT, stop)
    say(_("Reading. Ctrl+C stops it; what was read by then is told."))
    try:
        return read(job)
    finally:
        signal.signal(signal.SIGINT, before)


def ask_paths(context: PlainContext, question: str, help: Sequence[str]) -> tuple[str, ...]:
    """Ask for one or several files and folders that are there."""

    def check(typed: str) -> None:
        paths = parse_pasted_paths(typed)
        for path in paths if any(map(path_exists, paths)) else (typed,):
            if not path_exists(path):
                raise InputRefused(
                    _("There is nothing at {path}.").format(path=path), todo=_("Look how it is written.")
                )

    typed = context.dialogue.ask_line(question, how=how_to_name_a_place("~/Downloads"), help=help, check=check)
    return tuple(str(Path(path).expanduser()) for path in parse_pasted_paths(typed))
