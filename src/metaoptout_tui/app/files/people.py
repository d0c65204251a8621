"""Several people's records: whose there are, where each is, and how much is due. Nothing else of one is told beside another."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.record_on_disk import locked_record
from metaoptout_tui.app.files.restoring import shown_path
from metaoptout_tui.app.files.saved_record import load_saved_record
from metaoptout_tui.app.files.typed_paths import parse_file_path
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.choice_question import ChoiceQuestion, question_before
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.storage.file_access import is_known_missing
from metaoptout_tui.storage.people_folder import (
    accepted_new_name,
    add_person,
    forget_person,
    list_people,
    rename_person,
    require_record_folder,
    take_in_folder,
)
from metaoptout_tui.storage.progress_file import FileGone, load_record


class Due(NamedTuple):
    """Whose record it is, how many things are due, None where it cannot be read, and for how many accounts there is something to do."""

    name: str
    task_count: int | None
    to_do_count: int = 0


def due_of_everybody(paths: AppPaths, clock: Clock) -> Iterator[Due]:
    """How many things are due in each record, the one without a name first; nothing is where there is none of it."""
    for name in ("", *list_people((paths.without_person or paths).people_folder)):
        try:
            overview = load_saved_record(paths.of_person(name), clock).overview
        except (StorageError, InputRefused):
            yield Due(name, None)
        else:
            yield Due(name, len(overview.due_tasks), overview.open_counts.to_do)


def forget_deleted(paths: AppPaths) -> bool:
    """Remove the empty folder of a person whose record was deleted, or the link to it; whether it is gone."""
    if paths.without_person is None:
        return False
    forget_person(paths.people_folder, paths.progress.parent.name)
    return not os.path.lexists(paths.progress.parent)


def other_people_count(paths: AppPaths) -> int:
    """How many people's records stand beside the one without a name; none for a person's own."""
    return 0 if paths.without_person is not None else len(list_people(paths.people_folder))


def why_no_own_record(paths: AppPaths) -> str:
    """What to say where other people have records here and there is none without a name; empty else."""
    if paths.without_person is not None:
        return ""
    names = PeopleOfRecord(paths).names
    if not names or "" in names:
        return ""
    return ngettext(
        "{count} person has a record here, and you have none of your own. Say whose is meant: --person NAME. "
        "`{list_command}` lists the names; `{due_command}` says whose record has something due.",
        "{count} people have records here, and you have none of your own. Say whose is meant: --person NAME. "
        "`{list_command}` lists the names; `{due_command}` says whose record has something due.",
        len(names),
    ).format(
        count=format_number(len(names)),
        list_command=paths.command("people"),
        due_command=paths.command("status --due --all"),
    )


def _is_there_or_gone(progress: Path) -> bool:
    """Whether there is a record, or what is left of one that is gone."""
    return not is_known_missing(progress) or isinstance(load_record(progress), FileGone)


class PeopleOfRecord:
    """The people whose records there are. `open_name` is that of the open record, empty for the one without a name."""

    def __init__(self, paths: AppPaths, *, is_open: bool = False) -> None:
        self._paths = paths.without_person or paths
        self.open_name: str | None = None
        if is_open:
            self.open_name = paths.record_name if paths.without_person else ""

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody's names; an empty one for the record without a name, where there is one or it is open."""
        own = ("",) if self.open_name == "" or _is_there_or_gone(self._paths.progress) else ()
        return (*own, *list_people(self._paths.people_folder))

    @property
    def other_names(self) -> tuple[str, ...]:
        """The names of the people whose records stand beside the one without a name."""
        return list_people(self._paths.people_folder)

    def check_reachable(self, name: str) -> None:
        """Raise InputRefused where there is nobody of that name, or the folder is not there now."""
        self._paths.of_person(name)

    def add(self, typed: str) -> str:
        """Make a folder for one person more; the name. Raises InputRefused or StorageError."""
        return add_person(self._paths.people_folder, typed)

    def check_new_name(self, typed: str) -> str:
        """The name as it would be that of a folder. Raises InputRefused for one that cannot be, or is taken."""
        return accepted_new_name(self._paths.people_folder, typed)

    def question_before_adding(self, name: str) -> ChoiceQuestion:
        """The question whether a name is meant, before a folder is made for it."""
        folder = _("Its folder is made: {folder}").format(folder=shown_path(self._paths.people_folder / name))
        return question_before(
            _("Begin a record for “{name}”?").format(name=name),
            (folder,),
            leave=_("No, make no folder"),
            go_on=_("Yes, begin it and open it"),
        )

    def rename(self, former: str, new: str) -> tuple[str, str]:
        """Give a person another name, unless the record is open in a window; both names. Raises as `add` does."""
        place = self._paths.of_person(former)
        if not place.has_no_record:
            with locked_record(place.progress):
                return rename_person(self._paths.people_folder, former, new)
        return rename_person(self._paths.people_folder, former, new)

    def folder_to_take_in(self, typed: str) -> Path:
        """The folder that a person typed, if it can be taken in. Raises InputRefused for any other."""
        return require_record_folder(self._paths.people_folder, parse_file_path(typed))

    def take_in(self, folder: Path, name: str = "") -> str:
        """Take in a folder that was used with --data-dir; its name here. Raises InputRefused or StorageError."""
        return take_in_folder(self._paths.people_folder, folder, name)
