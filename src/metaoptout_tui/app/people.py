"""Several people's records: whose there are, where each is, and how much is due. Nothing else of one is told beside another."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.app.record_changes import locked_record
from metaoptout_tui.app.saved_record import load_saved_record
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.people_folder import (
    add_person,
    find_person,
    forget_person,
    list_people,
    rename_person,
    require_person,
    take_in_folder,
)

WITHOUT_NAME = "The record without a name"
"""What the record is called that is no other person's: the one that opens where no name is given."""


def paths_of_person(paths: AppPaths, typed: str) -> AppPaths:
    """The places of one person's record; of the one without a name for an empty name. Raises InputRefused for nobody."""
    base = paths.without_person or paths
    if not typed.strip():
        return base
    folder = base.people_folder / require_person(base.people_folder, typed)
    return base._replace(
        progress=folder / "progress.toml",
        state=folder / "state.toml",
        cache=folder / "cache",
        accepted_edition=folder / "playbook.toml",
        has_data_folder=True,
        without_person=base,
    )


class Due(NamedTuple):
    """Whose record it is, and how many things are due; None where it cannot be read."""

    name: str
    task_count: int | None


def due_of_everybody(paths: AppPaths, clock: Clock) -> Iterator[Due]:
    """How many things are due in each record, the one without a name first, where it is there."""
    for name in PeopleOfRecord(paths).names:
        place = paths_of_person(paths, name)
        try:
            tasks = load_saved_record(place, clock).overview.due_tasks
        except StorageError:
            yield Due(name, None)
        else:
            yield Due(name, None if _is_out_of_reach(place) else len(tasks))


def forget_deleted(paths: AppPaths) -> None:
    """Remove the empty folder of a person whose record was deleted, or the link to it."""
    if paths.without_person is not None:
        forget_person(paths.people_folder, paths.progress.parent.name)


def other_people_count(paths: AppPaths) -> int:
    """How many people's records stand beside the one without a name; none for a person's own."""
    return 0 if paths.without_person is not None else len(list_people(paths.people_folder))


def _is_out_of_reach(paths: AppPaths) -> bool:
    """Whether a person's folder is one that a link leads to, and not there now, such as that of a disk."""
    return not paths.progress.parent.exists()


class PeopleOfRecord:
    """The people beside the open record, for the screen that lists them and for the command."""

    def __init__(self, paths: AppPaths) -> None:
        self._paths = paths.without_person or paths
        self.open_name = paths.record_name if paths.without_person else ""

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody's names; an empty one for the record without a name, where there is one or it is open."""
        own = () if not self._paths.progress.exists() and self.open_name else ("",)
        return (*own, *list_people(self._paths.people_folder))

    def find(self, typed: str) -> str:
        """The name as it is written here; empty for nobody."""
        return find_person(self._paths.people_folder, typed)

    def add(self, typed: str) -> str:
        """Make a folder for one person more; the name. Raises InputRefused or StorageError."""
        return add_person(self._paths.people_folder, typed)

    def rename(self, former: str, new: str) -> tuple[str, str]:
        """Give a person another name, unless the record is open in a window; both names. Raises as `add` does."""
        place = paths_of_person(self._paths, former)
        if place.progress.exists():
            with locked_record(place.progress):
                return rename_person(self._paths.people_folder, former, new)
        return rename_person(self._paths.people_folder, former, new)

    def take_in(self, folder: Path, name: str = "") -> str:
        """Take in a folder that was used with --data-dir; its name here. Raises InputRefused or StorageError."""
        return take_in_folder(self._paths.people_folder, folder, name)
