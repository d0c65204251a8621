"""Remembers the files that were written to folders of the person's choice, so that they can be listed and deleted.

A file counts as ours only while its content is what was written; another one of the same name is the person's own.
Folders are remembered where writing was begun and not finished, for what a killed program left there, and those that
were made for it, so that none of them stays behind empty; of calendars,
digests of the ids of their appointments, so that the next one can cancel those that are settled.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.atomic_write import list_leftovers, remove_leftovers, save_table
from metaoptout_tui.storage.file_access import close_quietly, open_regular_descriptor, read_table

MAX_BYTES = 1 << 20
EVIDENCE_FOLDER_SUFFIX = "-evidence"
"""How the folder ends in which an export puts copies of evidence files."""
_MAX_FILES, _MAX_FOLDERS, _MAX_APPOINTMENTS = 2_000, 100, 5_000
_CHUNK_BYTES = 1 << 20


def begin_export(path: Path, folder: Path) -> None:
    """Remember at `path` that files are about to be written to a folder, until `remember_exports` is told which. Never raises.

    Where that never comes, a killed program may have left a temporary file there.
    """
    place = os.path.realpath(os.path.expanduser(folder))  # noqa: PTH111 - as the export itself takes it
    if _is_unicode(place):
        missing = (each for each in (place, *map(str, Path(place).parents)) if not os.path.lexists(each))
        _save(path, _load(path), (*_unfinished(path), place), made=(*_texts(path, "made"), *missing))


def folders_made_for_exports(path: Path) -> tuple[Path, ...]:
    """The folders that were not there before something was written to them."""
    return tuple(map(Path, _texts(path, "made")))


def remember_exports(path: Path, files: Iterable[Path]) -> None:
    """Add written files to those remembered at `path`; the oldest are forgotten. Never raises."""
    known = _load(path)
    finished: set[str] = set()
    for file in files:
        place = os.path.realpath(file)
        finished |= {os.path.dirname(place), os.path.dirname(os.path.dirname(place))}  # noqa: PTH120 - a plain text
        known.pop(place, None)
        if (digest := _digest_of(place)) and _is_unicode(place):
            known[place] = digest
    _save(path, known, tuple(folder for folder in _unfinished(path) if folder not in finished))


def remember_appointments(path: Path, digests: Iterable[str]) -> None:
    """Add the appointments of a calendar that was written to those remembered at `path`. Never raises."""
    kept = tuple(dict.fromkeys((*exported_appointments(path), *digests)))
    _save(path, _load(path), _unfinished(path), kept)


def exported_appointments(path: Path) -> tuple[str, ...]:
    """The digests of the appointments that calendars written before had."""
    return _texts(path, "appointments")


def present_exports(path: Path) -> tuple[Path, ...]:
    """The remembered files that are there and as they were written."""
    return tuple(Path(place) for place, digest in _load(path).items() if _digest_of(place) == digest)


def list_export_leftovers(path: Path) -> tuple[Path, ...]:
    """The temporary files in folders of the person's choice where writing was begun and not finished."""
    return tuple(
        file for folder in _unfinished(path) for place in _with_own_folders(folder) for file in list_leftovers(place)
    )


def remove_export_leftovers(path: Path, now: datetime) -> None:
    """Remove those that are older than a day, and forget folders where none is left. Never raises."""
    unfinished = _unfinished(path)
    for folder in unfinished:
        remove_leftovers(_with_own_folders(folder), now)
    left = {folder for folder in unfinished if any(map(list_leftovers, _with_own_folders(folder)))}
    if unfinished and left != set(unfinished):
        _save(path, _load(path), tuple(folder for folder in unfinished if folder in left))


def _with_own_folders(folder: str) -> tuple[Path, ...]:
    """A folder, and those of evidence files that an export makes in it."""
    return (Path(folder), *Path(folder).glob(f"*{EVIDENCE_FOLDER_SUFFIX}"))


def _save(
    path: Path,
    files: Mapping[str, str],
    unfinished: tuple[str, ...],
    appointments: tuple[str, ...] | None = None,
    made: tuple[str, ...] | None = None,
) -> None:
    table: dict[str, object] = {"file": dict(list(files.items())[-_MAX_FILES:])}
    if unfinished:
        table["unfinished"] = list(dict.fromkeys(unfinished))[-_MAX_FOLDERS:]
    if kept := exported_appointments(path) if appointments is None else appointments:
        table["appointments"] = list(kept)[-_MAX_APPOINTMENTS:]
    if folders := _texts(path, "made") if made is None else made:
        table["made"] = list(dict.fromkeys(folders))[-_MAX_FOLDERS:]
    with suppress(StorageError):  # the export is written all the same; only `purge` will not know of it
        save_table(path, table)


def _load(path: Path) -> dict[str, str]:
    table = read_table(path, MAX_BYTES).get("file")
    rows = table.items() if isinstance(table, Mapping) else ()
    return {place: digest for place, digest in rows if isinstance(digest, str)}


def _unfinished(path: Path) -> tuple[str, ...]:
    return _texts(path, "unfinished")


def _texts(path: Path, name: str) -> tuple[str, ...]:
    values = read_table(path, MAX_BYTES).get(name)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


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
