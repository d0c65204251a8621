"""The guidance that the person accepted from a feed, `playbook.toml`: kept as it came, byte for byte.

What is in it is checked each time it is read, by the room that knows guidance; here it is bytes.
"""

import os
from pathlib import Path

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.in_use import MOST_BYTES
from metaoptout_tui.storage.durable import write_durably
from metaoptout_tui.storage.faults import meaning
from metaoptout_tui.storage.reading import read_bytes


def load_edition(path: Path) -> bytes | None:
    """The bytes of the accepted edition; None where none was accepted. Raises StorageError."""
    return read_bytes(path, MOST_BYTES)


def keep_edition(path: Path, data: bytes) -> None:
    """Keep an edition durably in the place of the one before, which stays beside it as `.1`. Raises StorageError."""
    write_durably(path, data, expected=load_edition(path), keep=1)


def put_aside(path: Path) -> None:
    """Take the accepted edition out of use; it stays beside its place as `.1`. Raises StorageError."""
    try:
        os.replace(path, f"{path}.1")  # noqa: PTH105 - a link is moved, and not what it leads to
    except FileNotFoundError:
        return
    except OSError as error:
        what, todo = meaning(error, os.fspath(path.parent))
        raise StorageError(f"{path.name} stays in use: {what}.", kept="Nothing was changed.", todo=todo) from error
