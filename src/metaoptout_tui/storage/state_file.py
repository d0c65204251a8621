"""What the program remembers of the screen between runs, `state.toml`: losing it costs nobody anything, so it never fails."""

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
    """The theme chosen on the screen, what the settings said of the theme then, and the last place: account and step ids."""

    theme: str = ""
    theme_config: str = ""
    account: str = ""
    step: str = ""


def load_state(path: Path) -> State:
    """What was remembered; nothing where the file is missing or not understood."""
    try:
        document = read_toml(read_bytes(path, MOST_BYTES) or b"", path.name)
    except StorageError:
        return State()
    known = {each.name for each in fields(State)}
    return State(
        **{name: text.line(value) for name, value in document.items() if name in known and isinstance(value, str)}
    )


def save_state(path: Path, state: State) -> bool:
    """Remember; False where that was not possible, which nobody needs to be told. Never raises."""
    import tomli_w

    try:
        table = {each.name: text.line(getattr(state, each.name)) for each in fields(state)}
        write_small(path, tomli_w.dumps(table).encode())
    except StorageError:
        return False
    return True
