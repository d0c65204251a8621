"""The keys of the commands: how they are written for people, and the user's own table of other keys.

Imports no Textual, so that the command line can list the keys.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from metaoptout_tui.app.commands import COMMANDS, EVERYWHERE, FORMER_COMMAND_IDS, Command, find_command
from metaoptout_tui.app.paths import AppPaths


def readable_key(key: str) -> str:
    """A key as people write it, such as Enter for `enter`, ? for `question_mark` or Ctrl+P for `ctrl+p`."""
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
    """The usable rows of the user's key table, and the problems of the settings file. Raises StorageError."""
    from metaoptout_tui.storage.settings_files import load_config

    config, problems = load_config(paths.config, is_required=paths.is_config_named)
    return check_key_table(config.keys)[0], problems


def check_key_table(table: Mapping[str, str]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The usable rows of the user's key table, and for each other row its id and a sentence about it.

    A row under an id that a command once had counts for the command as it is called now, unless that has a row too.
    """
    command_ids = {command.id for command in COMMANDS}
    usable: dict[str, str] = {}
    problems = []
    for id, keys in table.items():
        current_id = FORMER_COMMAND_IDS.get(id, id)
        if current_id not in command_ids:
            near = get_close_matches(id, command_ids, n=1)
            hint = f" Did you mean {near[0]}?" if near else " `metaoptout-tui keys` lists them."
            problems.append((id, f"There is no action {id}.{hint}"))
        elif not _split_keys(keys):
            problems.append((id, f"{id} has no key. Write one or more, separated by commas."))
        elif current_id == id or current_id not in table:
            usable[current_id] = ",".join(_split_keys(keys))
    return usable, tuple(problems)


def key_conflicts(table: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """For each row of a key table that takes a key from another action of the same screen, its id and a sentence."""
    conflicts = []
    for id, keys in table.items():
        row_command = find_command(id)
        for command in COMMANDS:
            if row_command is None or command.id == id or command.screen_id not in (row_command.screen_id, EVERYWHERE):
                continue
            shared = set(_split_keys(keys)) & set(_split_keys(table.get(command.id, command.keys)))
            if shared:
                conflicts.append((id, f"{id} takes {', '.join(map(readable_key, sorted(shared)))} from {command.id}."))
    return tuple(conflicts)


def keys_of(command: Command, table: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command under the user's key table."""
    return tuple(_split_keys(table.get(command.id, command.keys)))


def _split_keys(keys: str | Iterable[str]) -> list[str]:
    parts = keys.split(",") if isinstance(keys, str) else keys
    return [part.strip() for part in parts if part.strip()]
