"""Finds files in a folder that a person chose and in those below it, within bounds. Links are not followed."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.imports.files import CheckCancelled, reason_for_error

_ENTRIES_BETWEEN_CHECKS = 200

FolderParts = tuple[str, ...]
"""A folder as the parts of its path below the chosen one."""


class FolderSearch(NamedTuple):
    """What is looked for and how far; hidden files and folders are left out.

    `too_many` is the sentence where more than `max_entries` entries or `max_files` wanted files are there: the rest is
    not looked at.
    """

    is_wanted_name: Callable[[str], bool]
    is_entered: Callable[[FolderParts], bool]
    max_depth: int
    max_entries: int
    max_files: int
    too_many: str


def iter_folder(
    folder: Path,
    search: FolderSearch,
    check: CheckCancelled,
    on_unreadable: Callable[[Path, str], None],
    on_folder: Callable[[FolderParts], None] = lambda _: None,
) -> Iterator[os.DirEntry[str]]:
    """The wanted files. A folder that cannot be read is told to `on_unreadable` and does not stop the rest.

    `check` is called often and may raise; `on_folder` is called for each folder before its files come.
    """
    pending: list[tuple[Path, FolderParts]] = [(folder, ())]
    entry_count = file_count = 0
    while pending:
        current, parts = pending.pop()
        on_folder(parts)
        try:
            with os.scandir(current) as entries:
                for entry in entries:
                    entry_count += 1
                    if entry_count % _ENTRIES_BETWEEN_CHECKS == 0:
                        check()
                    if entry_count > search.max_entries or file_count >= search.max_files:
                        on_unreadable(folder, search.too_many)
                        return
                    if entry.name.startswith("."):
                        continue
                    if search.is_wanted_name(entry.name) and entry.is_file(follow_symlinks=False):
                        file_count += 1
                        yield entry
                    elif (
                        len(parts) < search.max_depth
                        and entry.is_dir(follow_symlinks=False)
                        and search.is_entered((*parts, entry.name))
                    ):
                        pending.append((Path(entry.path), (*parts, entry.name)))
        except OSError as error:
            on_unreadable(current, reason_for_error(error))
