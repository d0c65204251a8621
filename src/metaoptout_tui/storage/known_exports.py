"""Remembers the files that were written to folders of the person's choice, so that they can be listed and deleted.

A file counts as ours only while its content is what was written; another one of the same name is the person's own.
"""

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.atomic_write import save_table
from metaoptout_tui.storage.file_access import close_quietly, open_regular_descriptor, read_table

MAX_BYTES = 1 << 20
_MAX_FILES = 2_000
_CHUNK_BYTES = 1 << 20


def remember_exports(path: Path, files: Iterable[Path]) -> None:
    """Add written files to those remembered at `path`; the oldest are forgotten. Never raises."""
    known = _load(path)
    for file in files:
        place = os.path.realpath(file)
        known.pop(place, None)
        if (digest := _digest_of(place)) and _is_unicode(place):
            known[place] = digest
    try:
        save_table(path, {"file": dict(list(known.items())[-_MAX_FILES:])})
    except StorageError:  # the export is written all the same; only `purge` will not know of it
        return


def present_exports(path: Path) -> tuple[Path, ...]:
    """The remembered files that are there and as they were written."""
    return tuple(Path(place) for place, digest in _load(path).items() if _digest_of(place) == digest)


def _load(path: Path) -> dict[str, str]:
    table = read_table(path, MAX_BYTES).get("file")
    rows = table.items() if isinstance(table, Mapping) else ()
    return {place: digest for place, digest in rows if isinstance(digest, str)}


def _is_unicode(place: str) -> bool:
    """Whether a path can stand in a text file: one with bytes that are no UTF-8 cannot."""
    try:
        place.encode()
    except UnicodeEncodeError:
        return False
    return True


def _digest_of(place: str) -> str:
    """The SHA-256 of a file; empty where it cannot be read."""
    try:
        descriptor = open_regular_descriptor(place, follow_link=False)
    except (OSError, ValueError):
        return ""
    digest = sha256()
    try:
        while part := os.read(descriptor, _CHUNK_BYTES):
            digest.update(part)
    except OSError:
        return ""
    finally:
        close_quietly(descriptor)
    return digest.hexdigest()
