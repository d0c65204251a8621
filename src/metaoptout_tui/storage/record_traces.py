"""Tells a record that is gone from a first start: by what is left beside the place where it was."""

import os
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.storage.atomic_write import TEMP_SUFFIX
from metaoptout_tui.storage.conflict_copies import ConflictCopy
from metaoptout_tui.storage.kept_versions import KeptVersion, distinct_versions, list_versions

FOLDERS_BESIDE = {
    "evidence": (mark("kept file"), mark("kept files")),
    "letters": (mark("saved letter"), mark("saved letters")),
}
"""The folders beside a record, with what is in them: one, several."""


class RecordTraces(NamedTuple):
    """What is left of a record: versions, newest first, conflict copies, and how many files each folder beside it has."""

    versions: tuple[KeptVersion, ...]
    conflict_copies: tuple[ConflictCopy, ...]
    file_counts: tuple[tuple[str, int], ...]

    @property
    def description(self) -> str:
        """Such as `3 earlier versions, 1 conflict copy and 2 kept files`; empty for none."""
        parts = [
            _count(len(self.versions), _("earlier version"), _("earlier versions")),
            _count(len(self.conflict_copies), _("conflict copy"), _("conflict copies")),
            *(_count(count, *FOLDERS_BESIDE[name]) for name, count in self.file_counts),
        ]
        said = [part for part in parts if part]
        return " and ".join([*([", ".join(said[:-1])] if said[1:] else []), *said[-1:]])


def find_traces(path: Path, conflict_copies: tuple[ConflictCopy, ...]) -> RecordTraces:
    """What is left beside the place of a record that is not there."""
    folder = Path(os.path.realpath(path)).parent
    counts = tuple((name, _count_files(folder / name)) for name in FOLDERS_BESIDE)
    return RecordTraces(distinct_versions(list_versions(path)), conflict_copies, counts)


def record_gone_error(path: Path, traces: RecordTraces) -> StorageError:
    """What to tell a person whose record is gone."""
    return StorageError(
        f"{path.name} is gone from {path.parent}, and this is no first start: {traces.description} "
        f"{'is' if traces.description.startswith('1 ') and ' and ' not in traces.description else 'are'} there.",
        kept=_("Nothing was written."),
        todo=_("`metaoptout-tui restore` lists what can be brought back."),
    )


def _count_files(folder: Path) -> int:
    try:
        return sum(not name.endswith(TEMP_SUFFIX) for name in os.listdir(folder))  # noqa: PTH208 - the names are wanted, not paths
    except OSError:
        return 0


def _count(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}" if count else ""
