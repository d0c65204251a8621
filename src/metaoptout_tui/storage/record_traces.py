"""Tells a record that is gone from a first start: by what is left beside the place where it was."""

import os
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.formatting import format_list, format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.storage.atomic_write import TEMP_SUFFIX
from metaoptout_tui.storage.conflict_copies import ConflictCopy
from metaoptout_tui.storage.kept_versions import KeptVersion, distinct_versions, list_versions

FOLDERS_BESIDE = ("evidence", "letters")
"""The folders beside a record."""


class RecordTraces(NamedTuple):
    """What is left of a record: versions, newest first, conflict copies, and how many files each folder beside it has."""

    versions: tuple[KeptVersion, ...]
    conflict_copies: tuple[ConflictCopy, ...]
    file_counts: tuple[tuple[str, int], ...]

    @property
    def description(self) -> str:
        """What was found, such as `3 earlier versions, 1 conflict copy and 2 kept files`; empty for none."""
        versions, copies, files = len(self.versions), len(self.conflict_copies), dict(self.file_counts)
        evidence, letters = files.get("evidence", 0), files.get("letters", 0)
        counted = (
            (versions, ngettext("{count} earlier version", "{count} earlier versions", versions)),
            (copies, ngettext("{count} conflict copy", "{count} conflict copies", copies)),
            (evidence, ngettext("{count} kept file", "{count} kept files", evidence)),
            (letters, ngettext("{count} saved letter", "{count} saved letters", letters)),
        )
        return format_list(words.format(count=format_number(count)) for count, words in counted if count)


def find_traces(path: Path, conflict_copies: tuple[ConflictCopy, ...]) -> RecordTraces:
    """What is left beside the place of a record that is not there."""
    folder = Path(os.path.realpath(path)).parent
    counts = tuple((name, _count_files(folder / name)) for name in FOLDERS_BESIDE)
    return RecordTraces(distinct_versions(list_versions(path)), conflict_copies, counts)


def record_gone_error(path: Path, traces: RecordTraces) -> StorageError:
    """What to tell a person whose record is gone."""
    return StorageError(
        _("{file} is gone from {folder}, and this is no first start. Still there: {what_is_left}.").format(
            file=path.name, folder=path.parent, what_is_left=traces.description
        ),
        kept=_("Nothing was written."),
    )


def with_way_back(error: StorageError, restore_command: str) -> StorageError:
    """The error of a record that is gone, with the command that lists what can be brought back, as it is typed for it."""
    todo = _("`{command}` lists what can be brought back.").format(command=restore_command)
    return StorageError(error.what, kept=error.kept, todo=todo)


def _count_files(folder: Path) -> int:
    try:
        return sum(not name.endswith(TEMP_SUFFIX) for name in os.listdir(folder))  # noqa: PTH208 - the names are wanted, not paths
    except OSError:
        return 0
