"""Which sender the person is, by the file name of an exported chat, `senders.toml` in the program's memory: it may be lost."""

from collections.abc import Mapping
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.toml import read_toml
from metaoptout_tui.storage.durable import write_small
from metaoptout_tui.storage.reading import read_bytes

MOST_BYTES = 256 << 10
MOST_NAMES = 300
"""The oldest are dropped beyond that."""


def load_senders(path: Path) -> dict[str, str]:
    """The senders by file name, the newest last; none where the file is missing or not understood."""
    try:
        document = read_toml(read_bytes(path, MOST_BYTES) or b"", path.name)
    except StorageError:
        return {}
    named = document.get("sender")
    rows = named.items() if isinstance(named, Mapping) else ()
    return {text.line(file): text.line(name) for file, name in rows if isinstance(name, str)}


def save_senders(path: Path, senders: Mapping[str, str]) -> bool:
    """Remember them; False where that was not possible, which nobody needs to be told. Never raises."""
    import tomli_w

    kept = list(senders.items())[-MOST_NAMES:]
    table = {text.line(file): text.line(name) for file, name in kept}
    try:
        write_small(path, tomli_w.dumps({"sender": table}).encode())
    except StorageError:
        return False
    return True
