"""Letters saved as text in the folder `letters` beside the record: 0600, each under a name of its own, never replaced."""
# ruff: noqa: PTH118

import os
from pathlib import Path

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.text import line
from metaoptout_tui.storage.durable import FILE_MODE, NEW_FILE, drop, make_private_folder, sync_folder
from metaoptout_tui.storage.faults import meaning

_MOST_OF_ONE_NAME = 1_000


def write(name: str, words: str, folder: Path) -> Path:
    """Write a text as a new file `NAME.txt`, or `NAME-2.txt` where that is taken, and say where it is.

    `name` is one of this program's own, not a person's. Raises StorageError; then no part of the file is left.
    """
    try:
        make_private_folder(folder)
        place, descriptor = _new(name, folder)
    except OSError as error:
        raise _not_saved(folder, error) from error
    try:
        try:
            rest = memoryview(words.encode())
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        sync_folder(os.fspath(folder))
    except BaseException as error:
        drop(place)
        if isinstance(error, OSError):
            raise _not_saved(folder, error) from error
        raise
    return Path(place)


def _new(name: str, folder: Path) -> tuple[str, int]:
    """The first name that is free, taken at once, so that no file of that name can be replaced. Raises OSError."""
    for number in range(1, _MOST_OF_ONE_NAME):
        place = os.path.join(folder, f"{name}.txt" if number == 1 else f"{name}-{number}.txt")
        try:
            return place, os.open(place, NEW_FILE, FILE_MODE)
        except FileExistsError:
            continue
    raise FileExistsError(f"there are {_MOST_OF_ONE_NAME - 1} letters called {name} already")


def _not_saved(folder: Path, error: OSError) -> StorageError:
    what, todo = meaning(error, os.fspath(folder))
    return StorageError(f"The letter was not saved: {line(what)}.", kept="It still stands here.", todo=todo)
