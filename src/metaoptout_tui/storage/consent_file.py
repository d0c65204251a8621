"""What the person allowed the program to contact, `consent.toml` in its memory: lost or not understood, nothing is allowed."""

from dataclasses import dataclass, field
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.toml import read_toml
from metaoptout_tui.storage.durable import write_small
from metaoptout_tui.storage.reading import read_bytes

MOST_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class Consent:
    """`hosts` were shown to the person, who let the program contact them; `weekly` and `meta_pages` as they switched them."""

    hosts: frozenset[str] = field(default_factory=frozenset)
    weekly: bool = False
    meta_pages: bool = False


def load_consent(path: Path) -> Consent:
    """What was allowed; nothing where the file is missing or not understood."""
    try:
        document = read_toml(read_bytes(path, MOST_BYTES) or b"", path.name)
    except StorageError:
        return Consent()
    hosts = document.get("hosts")
    named = hosts if isinstance(hosts, list) else []
    return Consent(
        frozenset(text.line(each) for each in named if isinstance(each, str)),
        weekly=document.get("weekly") is True,
        meta_pages=document.get("meta_pages") is True,
    )


def save_consent(path: Path, consent: Consent) -> None:
    """Remember it. Raises StorageError."""
    import tomli_w

    table = {"hosts": sorted(consent.hosts), "weekly": consent.weekly, "meta_pages": consent.meta_pages}
    write_small(path, tomli_w.dumps(table).encode())
