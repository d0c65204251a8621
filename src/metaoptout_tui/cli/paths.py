"""The `paths` command: where the program keeps its files."""

import os
from argparse import Namespace

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.record_exports import folder_of_exports
from metaoptout_tui.app.paths import AppPaths, may_be_there
from metaoptout_tui.cli.output import Output
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import replace_unsafe_in_line


def run(_unused: Namespace, paths: AppPaths, __: Clock) -> Output:
    """One line for each path, which says so where nothing is there yet. Scripts find a line by its English first word."""
    rows = (
        ("record", paths.progress),
        ("settings", paths.config),
        ("versions", paths.versions),
        ("evidence", paths.evidence),
        ("exports", folder_of_exports(paths)),
        *((("letters", paths.letters),) if may_be_there(paths.letters) else ()),  # which former versions saved there
        ("memory", paths.state),
        ("cache", paths.cache),
        ("guidance", paths.accepted_edition),
    )
    lines = (
        f"{name:<10}{path}" if may_be_there(path) else f"{name:<10}{path}  ({_('not there yet')})"
        for name, path in rows
    )
    return Output("\n".join(map(replace_unsafe_in_line, lines)), _other_people(paths))


def _other_people(paths: AppPaths) -> tuple[str, ...]:
    """Whose records there are besides, and the command that prints the paths of one of them."""
    if paths.without_person is not None or not os.path.isdir(paths.people_folder):
        return ()
    from metaoptout_tui.app.files.people import PeopleOfRecord

    names = PeopleOfRecord(paths).other_names
    if not names:
        return ()
    words = _("There are also records of {names}. `{command}` prints where one of them is.")
    return (words.format(names=format_list(names), command=paths.command("paths --person NAME")),)
