"""What the program remembers between runs besides the record: state, consent, senders, accepted guidance.

All of it may be lost without harm: a missing or unreadable file means defaults, no consent, no senders. The accepted
guidance is kept byte for byte, as bytes; whoever reads it checks it each time.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES
from metaoptout_tui.storage.atomic_write import save_table, write_durably
from metaoptout_tui.storage.file_access import describe_os_error, read_bytes, read_table

MAX_STATE_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class RememberedState:
    """What was chosen and done, as far as the record does not hold it.

    The theme chosen on the screen, what the settings said of the theme then, and the last place: account and step ids.
    Of accepted guidance the host it came from and when (ISO 8601); of refused guidance its serial, 0 for none.
    """

    theme: str = ""
    theme_config: str = ""
    account: str = ""
    step: str = ""
    feed_host: str = ""
    feed_accepted: str = ""
    refused_serial: int = 0


_INT_LIMIT = 1 << 63


def load_state(path: Path) -> RememberedState:
    """What was remembered; nothing where the file is missing or not understood."""
    document = read_table(path, MAX_STATE_BYTES)
    known = {each.name: type(each.default) for each in fields(RememberedState)}
    kept = {name: _storable_value(value) for name, value in document.items() if type(value) is known.get(name)}
    return RememberedState(**kept)  # type: ignore[arg-type]  # each kept by its type


def save_state(path: Path, state: RememberedState) -> bool:
    """Remember; False where that was not possible, which nobody needs to be told. Never raises."""
    return _save_quietly(path, {each.name: _storable_value(getattr(state, each.name)) for each in fields(state)})


def _save_quietly(path: Path, table: Mapping[str, object]) -> bool:
    try:
        save_table(path, table)
    except StorageError:
        return False
    return True


def _storable_value(value: object) -> object:
    """A value as it may be kept: a text in one line, a number as wide as TOML has them."""
    match value:
        case str():
            return text.clean_line(value)
        case int():
            return value if abs(value) < _INT_LIMIT else 0
        case _:
            return value


MAX_CONSENT_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class NetworkConsent:
    """`hosts` were shown to the person, who let the program contact them; `weekly` and `meta_pages` as they switched them."""

    hosts: frozenset[str] = field(default_factory=frozenset)
    weekly: bool = False
    meta_pages: bool = False


def load_consent(path: Path) -> NetworkConsent:
    """What was allowed; nothing where the file is missing or not understood."""
    document = read_table(path, MAX_CONSENT_BYTES)
    hosts = document.get("hosts")
    named = hosts if isinstance(hosts, list) else []
    return NetworkConsent(
        frozenset(text.clean_line(each) for each in named if isinstance(each, str)),
        weekly=document.get("weekly") is True,
        meta_pages=document.get("meta_pages") is True,
    )


def save_consent(path: Path, consent: NetworkConsent) -> None:
    """Remember it. Raises StorageError."""
    save_table(path, {"hosts": sorted(consent.hosts), "weekly": consent.weekly, "meta_pages": consent.meta_pages})


MAX_SENDERS_BYTES = 256 << 10
MAX_SENDERS = 300
"""The oldest are dropped beyond that."""


def load_senders(path: Path) -> dict[str, str]:
    """The senders by file name, the newest last; none where the file is missing or not understood."""
    named = read_table(path, MAX_SENDERS_BYTES).get("sender")
    rows = named.items() if isinstance(named, Mapping) else ()
    return {text.clean_line(file): text.clean_line(name) for file, name in rows if isinstance(name, str)}


def save_senders(path: Path, senders: Mapping[str, str]) -> bool:
    """Remember them; False where that was not possible, which nobody needs to be told. Never raises."""
    kept = list(senders.items())[-MAX_SENDERS:]
    return _save_quietly(path, {"sender": {text.clean_line(file): text.clean_line(name) for file, name in kept}})


def load_accepted_edition(path: Path) -> bytes | None:
    """The bytes of the accepted edition; None where none was accepted. Raises StorageError."""
    return read_bytes(path, MAX_EDITION_BYTES)


def save_accepted_edition(path: Path, data: bytes) -> None:
    """Keep an edition durably in the place of the one before, which stays beside it as `.1`. Raises StorageError."""
    write_durably(path, data, expected=load_accepted_edition(path), keep=1)


def set_aside_accepted_edition(path: Path) -> None:
    """Take the accepted edition out of use; it stays beside its place as `.1`. Raises StorageError."""
    try:
        os.replace(path, f"{path}.1")  # noqa: PTH105 - a link is moved, and not what it leads to
    except FileNotFoundError:
        return
    except OSError as error:
        what, todo = describe_os_error(error, os.fspath(path.parent))
        raise StorageError(f"{path.name} stays in use: {what}.", kept="Nothing was changed.", todo=todo) from error
