"""The `backup` command: one zip of the record, the kept files and the saved letters."""

from argparse import Namespace
from pathlib import Path

from metaoptout_tui.app.backup import back_up
from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_ATTENTION, EXIT_OK, Output
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.text import replace_unsafe_in_line

_PRIVATE = mark("All of it is private and not encrypted: names, addresses, what you sent and what came back.")


def run(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """Write the backup and print its path. Raises FileRefused or StorageError, and then nothing was written."""
    target = Path(arguments.file).expanduser()
    written = back_up(paths, target, clock)
    count = ngettext(
        "The record and {count} file are in it.", "The record and {count} files are in it.", written.file_count
    ).format(count=format_number(written.file_count))
    code = EXIT_ATTENTION if written.warnings else EXIT_OK
    return Output(replace_unsafe_in_line(str(target)), (count, _(_PRIVATE), *written.warnings), code)
