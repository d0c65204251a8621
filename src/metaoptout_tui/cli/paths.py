"""The `paths` command: where the program keeps its files."""

from argparse import Namespace

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.paths import AppPaths, may_be_there
from metaoptout_tui.cli.output import Output
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import replace_unsafe_in_line


def run(_unused: Namespace, paths: AppPaths, __: Clock) -> Output:
    """One line for each path, which says so where nothing is there yet. Scripts find a line by its English first word."""
    rows = (
        ("record", paths.progress),
        ("settings", paths.config),
        ("versions", paths.versions),
        ("evidence", paths.evidence),
        ("letters", paths.letters),
        ("memory", paths.state),
        ("cache", paths.cache),
        ("guidance", paths.accepted_edition),
    )
    lines = (
        f"{name:<10}{path}" if may_be_there(path) else f"{name:<10}{path}  ({_('not there yet')})"
        for name, path in rows
    )
    return Output("\n".join(map(replace_unsafe_in_line, lines)))
