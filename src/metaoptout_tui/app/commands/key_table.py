"""The keys of the commands: how they are written for people, and the user's own table of other keys.

Imports no Textual, so that the command line can list the keys.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from metaoptout_tui.app.commands.commands import COMMANDS, EVERYWHERE, FORMER_COMMAND_IDS, find_command
from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.settings import Config

NO_KEY = "no key for "
"""What the name of a key begins with that no terminal sends: that of a command without a key, for the user's key table."""


KEY_CONTEXT = "key"
"""The context of the names of keys, for translators."""
KEY_WORDS = (
    *("Enter", "Esc", "Tab", "Space", "Backspace", "Insert", "Del", "Home", "End", "PgUp", "PgDn"),
    *("Alt", "Ctrl", "Shift", "Super", "Colon", "Semicolon", "Comma"),
)
"""The names of keys that have another name on the keyboards of another language."""


def readable_key(key: str) -> str:
    """A key as the keyboards of the language in use have it: Enter for `enter`, ? for `question_mark`, Ctrl+P for `ctrl+p`.

    A capital letter is Shift+U, for a U alone is a word in some languages.
    """
    written = f"Shift+{key}" if len(key) == 1 and key.isupper() else written_key(key)
    parts = written.split("+") if len(written) > 1 else [written]
    return "+".join(pgettext(KEY_CONTEXT, part) if part in KEY_WORDS else part for part in parts)


def written_key(key: str) -> str:
    """A key as people write it into their key table, in every language: Enter, ?, Ctrl+P."""
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
_KEYS_BY_READABLE_NAME = {readable.casefold(): key for key, readable in _KEY_NAMES.items()}


_NAMED_KEYS = frozenset(
    [
        "enter",
        "escape",
        "tab",
        "space",
        "backspace",
        "insert",
        "delete",
        "home",
        "end",
        "pageup",
        "pagedown",
        "up",
        "down",
        "left",
        "right",
    ]
) | {f"f{number}" for number in range(1, 25)}
_MODIFIERS = ("alt", "ctrl", "shift", "super")
_CHARACTER_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Textual's names of characters, where they are not Unicode's."""

_YIELDING_IDS = frozenset({"everywhere.pause", "rehearsal.go-on", "submit.sources", "review.sources"})
"""Commands that came to a key which people may have given to another: theirs has it, and no word is said of that."""
_LEAVE_ID, _ALWAYS_LEAVES = "everywhere.leave", "ctrl+q"
_LEAVING_NAMES = frozenset({"leave", "quit"})


def load_key_table(paths: AppPaths) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The usable rows of the user's key table, and what is wrong with it and the settings. Raises StorageError."""
    from metaoptout_tui.storage.settings_files import load_config

    config, problems = load_config(paths.config, is_required=paths.is_config_named)
    table, notices = read_key_table(config, paths.config.name)
    return table, (*problems, *notices)


def read_key_table(config: Config, file_name: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The usable rows of the key table in the settings, and a sentence with its line for each thing wrong with it."""
    table, problems = check_key_table(config.keys)

    def place(id: str) -> str:
        return (
            _("{file}, line {line}").format(file=file_name, line=config.key_lines[id])
            if id in config.key_lines
            else file_name
        )

    return table, tuple(f"{place(id)}: {sentence}" for id, sentence in (*problems, *key_conflicts(table)))


def check_key_table(table: Mapping[str, str]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The usable rows of the user's key table, and for each other row or key its id and a sentence about it.

    A row under an id that a command once had counts for the command as it is called now, unless that has a row too.
    Ctrl+Q leaves whatever the table says.
    """
    commands = {command.id: command for command in COMMANDS}
    usable: dict[str, str] = {}
    problems: list[tuple[str, str]] = []
    for id, keys in table.items():
        current_id = FORMER_COMMAND_IDS.get(id, id)
        if current_id not in commands:
            near = get_close_matches(id, commands, n=1)
            problem = (
                _("There is no action {id}. Did you mean {near}?").format(id=id, near=near[0])
                if near
                else _("There is no action {id}. `metaoptout-tui keys` lists them.").format(id=id)
            )
            problems.append((id, problem))
        elif not _split_keys(keys):
            problems.append((id, _("{id} has no key. Write one or more, separated by commas.").format(id=id)))
        elif current_id == id or current_id not in table:
            known = []
            for key in _split_keys(keys):
                if problem := _key_problem(commands[current_id], key):
                    problems.append((id, f"{id}: {problem}"))
                else:
                    known.append(parse_key(key))
            if current_id == _LEAVE_ID and _ALWAYS_LEAVES not in known:
                known.append(_ALWAYS_LEAVES)
            if known:
                usable[current_id] = ",".join(dict.fromkeys(known))
    return usable, tuple(problems)


def _key_problem(command: Command, written: str) -> str:
    """Why a command cannot have a key, in a sentence; empty where it can."""
    key = parse_key(written)
    if not key:
        near = _nearest_key(written)
        if near:
            return _("There is no key “{written}”. Did you mean {near}?").format(written=written, near=near)
        return _("There is no key “{written}”. `metaoptout-tui keys` shows how keys are written.").format(
            written=written
        )
    if key == _ALWAYS_LEAVES and command.action_name not in _LEAVING_NAMES:
        return _("Ctrl+Q always leaves the program.")
    if command.priority and key not in _NAMED_KEYS and not key.startswith(("alt+", "ctrl+")):
        return _("{key} would do this while you type. Take a key with Ctrl or Alt, or F1 to F12.").format(
            key=written_key(key)
        )
    return ""


def parse_key(written: str) -> str:
    """Textual's name of a key, written as Textual, `written_key` or a keyboard has it; empty where there is none."""
    if len(written) == 1:
        return _KEYS_BY_READABLE_NAME.get(written) or _key_of_character(written)
    *modifiers, base = written.split("+")
    modifiers = sorted({modifier.strip().lower() for modifier in modifiers})
    if not set(modifiers) <= set(_MODIFIERS):
        return ""
    name = base.strip()
    if len(name) == 1:
        if modifiers == ["shift"] and name.isalpha():
            return name.upper()
        key = _key_of_character(name.lower() if modifiers else name)
    else:
        key = _KEYS_BY_READABLE_NAME.get(name.casefold(), "") or _key_of_name(name.lower())
    return "+".join([*modifiers, key]) if key else ""


def _key_of_character(character: str) -> str:
    """Textual's name of the key that types a character."""
    if character.isalnum():
        return character
    if character.isspace() or not character.isprintable():
        return ""
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _CHARACTER_NAMES.get(name, name)


def _key_of_name(name: str) -> str:
    """The name itself, if it is one of Textual's."""
    if name in _NAMED_KEYS or name in _CHARACTER_NAMES.values():
        return name
    # Unicode writes some of its names with hyphens, which Textual does not.
    for unicode_name in (name.replace("_", " "), name.replace("_", "-")):
        try:
            return name if _key_of_character(unicodedata.lookup(unicode_name)) == name else ""
        except KeyError:
            continue
    return ""


def _nearest_key(written: str) -> str:
    """The key that was probably meant, as it is to be written; empty where none is near."""
    *modifiers, base = (part.strip().casefold() for part in written.split("+"))
    names = [*_NAMED_KEYS, *_CHARACTER_NAMES.values(), *_KEYS_BY_READABLE_NAME]
    near = [get_close_matches(modifier, _MODIFIERS, n=1) for modifier in modifiers]
    near.append([base] if len(base) == 1 and base.isalnum() else get_close_matches(base, sorted(names), n=1))
    return parse_key("+".join(match[0] for match in near)) if all(near) else ""


def key_conflicts(table: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """For each row of a key table that takes a key from another action of the same screen, its id and a sentence."""
    conflicts = []
    for id, keys in table.items():
        row_command = find_command(id)
        for command in COMMANDS:
            if row_command is None or command.id == id or not _are_on_one_screen(row_command, command):
                continue
            shared = set(_split_keys(keys)) & set(_split_keys(table.get(command.id, command.keys)))
            shared -= set(_split_keys(row_command.keys)) & set(_split_keys(command.keys))  # meant so
            if command.id in _YIELDING_IDS and command.id not in table:
                continue
            if shared:
                conflicts.append(
                    (
                        id,
                        _("{action} takes {keys} from {other_action}.").format(
                            action=id, keys=format_list(map(written_key, sorted(shared))), other_action=command.id
                        ),
                    )
                )
    return tuple(conflicts)


def _are_on_one_screen(one: Command, other: Command) -> bool:
    return one.screen_id == other.screen_id or EVERYWHERE in (one.screen_id, other.screen_id)


def keys_of(command: Command, table: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command under the user's key table."""
    return tuple(_split_keys(table.get(command.id, command.keys)))


def _split_keys(keys: str | Iterable[str]) -> list[str]:
    parts = keys.split(",") if isinstance(keys, str) else keys
    return [part.strip() for part in parts if part.strip()]
