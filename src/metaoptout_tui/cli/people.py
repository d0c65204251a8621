"""The `people` command: lists whose records there are, and adds, renames or takes in one."""

from argparse import Namespace
from pathlib import Path

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.people import PeopleOfRecord
from metaoptout_tui.app.files.restoring import shown_path
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import Output
from metaoptout_tui.core.language.translation import gettext as _


def run(arguments: Namespace, paths: AppPaths, _unused: Clock) -> Output:
    """List, add, rename or take in. Raises InputRefused or StorageError, and then nothing was changed."""
    people = PeopleOfRecord(paths)
    if arguments.action == "add":
        name = people.add(arguments.name)
        return Output(name, (_("`{command}` opens it.").format(command=paths.of_person(name).command("")),))
    if arguments.action == "rename":
        former, name = people.rename(arguments.name, arguments.new)
        return Output(name, (_("{former} is called {name} now.").format(former=former, name=name),))
    if arguments.action == "take":
        folder = Path(arguments.folder).expanduser()
        name = people.take_in(folder, arguments.name)
        return Output(
            name,
            (
                _("{folder} stays where it is. `{command}` opens it.").format(
                    folder=shown_path(folder), command=paths.of_person(name).command("")
                ),
            ),
        )
    paths.require_listable(paths.people_folder)
    names = [name for name in people.names if name]
    if not names:
        return Output(stderr=(_("There is nobody here yet. `metaoptout-tui people add NAME` begins a record."),))
    own = (_("Your own record opens with --person ''."),) if not paths.has_no_record else ()
    return Output("\n".join(names), own)
