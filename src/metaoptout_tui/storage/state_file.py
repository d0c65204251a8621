"""What the program remembers between runs, `state.toml`: losing it costs nobody anything, so it never fails."""

from dataclasses import dataclass, fields
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.toml import read_toml
from metaoptout_tui.storage.durable import write_small
from metaoptout_tui.storage.reading import read_bytes

MOST_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class State:
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


_LARGEST = 1 << 63


def load_state(path: Path) -> State:
    """What was remembered; nothing where the file is missing or not understood."""
    try:
        document = read_toml(read_bytes(path, MOST_BYTES) or b"", path.name)
    except StorageError:
        return State()
    known = {each.name: type(each.default) for each in fields(State)}
    kept = {name: _kept(value) for name, value in document.items() if type(value) is known.get(name)}
    return State(**kept)  # type: ignore[arg-type]  # each kept by its type


def save_state(path: Path, state: State) -> bool:
    """Remember; False where that was not possible, which nobody needs to be told. Never raises."""
    import tomli_w

    try:
        table = {each.name: _kept(getattr(state, each.name)) for each in fields(state)}
        write_small(path, tomli_w.dumps(table).encode())
    except StorageError:
        return False
    return True


def _kept(value: object) -> object:
    """A value as it may be kept: a text in one line, a number as wide as TOML has them."""
    match value:
        case str():
            return text.line(value)
        case int():
            return value if abs(value) < _LARGEST else 0
        case _:
            return value
