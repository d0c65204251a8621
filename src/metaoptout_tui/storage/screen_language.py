"""Finds the language that the person chose for the program, before anything of the record is read."""

import re
from pathlib import Path

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.file_access import read_bytes

_MAX_BYTES = 64 << 20
_SCREEN_LANGUAGE = re.compile(
    rb'^\[person\]\s*\n(?:[^\[\n].*\n|\s*\n)*?screen_language\s*=\s*"([a-z]{2,3})"', re.MULTILINE
)


def read_screen_language(path: Path) -> str:
    """The language that the person chose for the program, found without reading the rest of the record.

    Empty where none is chosen or the file cannot be read: the reason is told by whoever reads the record.
    """
    try:
        data = read_bytes(path, _MAX_BYTES)
    except StorageError:
        return ""
    match = _SCREEN_LANGUAGE.search(data or b"")
    return match[1].decode() if match else ""
