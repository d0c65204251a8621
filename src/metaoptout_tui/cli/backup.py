"""The `backup` command: one zip of the record, the kept files and the saved letters."""

from argparse import Namespace

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.backup import back_up
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_ATTENTION, EXIT_OK, Output
from metaoptout_tui.core.text import replace_unsafe_in_line


def run(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """Write the backup and print its path. Raises FileRefused or StorageError, and then nothing was written."""
    written = back_up(paths, arguments.file, clock)
    code = EXIT_ATTENTION if written.warnings else EXIT_OK
    return Output(replace_unsafe_in_line(str(written.path)), written.sentences, code)
