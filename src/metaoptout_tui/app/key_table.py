"""The keys of the commands: how they are written for people, and the user's own table of other keys.

Imports no Textual, so that the command line can list the keys.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from metaoptout_tui.app.commands import COMMANDS, EVERYWHERE, FORMER_COMMAND_IDS, Command, find_command
from metaoptout_tui.app.paths import AppPaths


def readable_key(key: str) -> str:
    """A key as people write it: `enter` is Enter, `question_mark` is ?, `ctrl+p` is Ctrl+P."""
    if len(key) == 1:
        return key
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    return "+".join(_KEY_NAMES.get(part, part.capitalize()) for part in key.split("+"))


_KEY_NAMES = {
    "question_mark": "?",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "escape": "Esc",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "delete": "Del",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def load_key_table(paths: AppPaths) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The usable rows of the user's key table, and what is wrong with the settings besides. Raises StorageError."""
    from metaoptout_tui.storage.settings_files import load_config

    config, problems = load_config(paths.config, is_required=paths.is_config_named)
    return check_key_table(config.keys)[0], problems


def check_key_table(table: Mapping[str, str]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The rows of the user's key table that can be used, and for each other one its id and a sentence about it.

    A row under an id that a command once had counts for the command as it is called now, unless that has a row too.
    """
    known = {command.id for command in COMMANDS}
    used: dict[str, str] = {}
    wrong = []
    for id, keys in table.items():
        current_id = FORMER_COMMAND_IDS.get(id, id)
        if current_id not in known:
            near = get_close_matches(id, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else " `metaoptout-tui keys` lists them."
            wrong.append((id, f"There is no action {id}.{hint}"))
        elif not _split_keys(keys):
            wrong.append((id, f"{id} has no key. Write one or more, separated by commas."))
        elif current_id == id or current_id not in table:
            used[current_id] = ",".join(_split_keys(keys))
    return used, tuple(wrong)


def key_conflicts(table: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """For each row of a key table that takes a key from another action of the same screen, its id and a sentence."""
    clashes = []
    for id, keys in table.items():
        own = find_command(id)
        for command in COMMANDS:
            if own is None or command.id == id or command.screen_id not in (own.screen_id, EVERYWHERE):
                continue
            shared = set(_split_keys(keys)) & set(_split_keys(table.get(command.id, command.keys)))
            if shared:
                clashes.append((id, f"{id} takes {', '.join(map(readable_key, sorted(shared)))} from {command.id}."))
    return tuple(clashes)


def keys_of(command: Command, table: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command under the user's key table."""
    return tuple(_split_keys(table.get(command.id, command.keys)))


def _split_keys(keys: str | Iterable[str]) -> list[str]:
    parts = keys.split(",") if isinstance(keys, str) else keys
    return [part.strip() for part in parts if part.strip()]
