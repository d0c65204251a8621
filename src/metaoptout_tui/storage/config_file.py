"""The person's settings, `config.toml`: read and never written. `config.example.toml` shows every key with its default."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.storage.reading import Malformed, decoded, line_of, read_bytes, read_toml

MOST_BYTES = 256 << 10

_CHOICES: Mapping[str, tuple[str, ...]] = {"marks": ("auto", "unicode", "ascii")}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings; each default is what an absent line means.

    `theme`: empty for the one last chosen; `label_language`: the language of menu labels, empty for the person's own;
    `marks`: `auto`, `unicode` or `ascii`; `mouse`: whether clicks count; `keys`: action id to keys with commas between,
    as written, to be checked by whoever knows the actions, with `key_lines` to name the line.
    """

    theme: str = ""
    label_language: str = ""
    marks: str = "auto"
    mouse: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)
    key_lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)


KNOWN = tuple(each.name for each in fields(Config) if each.name != "key_lines")
"""The names that may stand in the file."""

_DEFAULTS: Mapping[str, object] = {name: getattr(Config(), name) for name in KNOWN}


def load_config(path: Path, *, named: bool = False) -> tuple[Config, tuple[str, ...]]:
    """The settings, and a sentence for each line that could not be taken; such a line counts as absent.

    Without a file all are at their defaults. Raises StorageError where there is none though the person `named` it.
    """
    try:
        data = read_bytes(path, MOST_BYTES)
        document = read_toml(data or b"", path.name)
    except StorageError as error:
        if named and not isinstance(error, Malformed):
            raise
        return Config(), (f"{error.what} All settings are at their defaults.",)
    if data is None and named:
        raise StorageError(f"There is no file {path}.", todo="Check the name after --config.")
    return _taken(document, decoded(data or b"", path.name), path.name)


def _taken(document: Mapping[str, object], written: str, name: str) -> tuple[Config, tuple[str, ...]]:
    taken: dict[str, object] = {}
    problems: list[str] = []

    def problem(what: str, *where: str) -> None:
        line = line_of(written, where)
        problems.append(f"{name}{f', line {line}' if line else ''}: {what}")

    for key, value in document.items():
        if key not in KNOWN:
            problem(f"“{text.line(key)}” is not a setting{_nearest(key)}", key)
        elif key == "keys":
            if not isinstance(value, Mapping):
                problem("“keys” is a table: write [keys] on a line of its own, and the keys below it.", key)
                continue
            taken.update(_keys(value, written, problem))
        elif type(value) is not type(_DEFAULTS[key]):
            problem(
                f"“{key}” is to be {'true or false' if isinstance(_DEFAULTS[key], bool) else 'text in quotes'}.", key
            )
        elif key in _CHOICES and value not in _CHOICES[key]:
            problem(f"“{key}” is to be one of {', '.join(_CHOICES[key])}.", key)
        else:
            taken[key] = text.line(value) if isinstance(value, str) else value
    return replace(Config(), **taken), tuple(problems)  # type: ignore[arg-type]


def _keys(
    table: Mapping[str, object], written: str, problem: Callable[..., None]
) -> dict[str, dict[str, str] | dict[str, int]]:
    """The key table flat, and the line of each row."""
    keys: dict[str, str] = {}
    lines: dict[str, int] = {}
    for where, pressed in _rows(table, ("keys",)):
        action = text.line(".".join(where[1:]))
        if not isinstance(pressed, str):
            problem(f"the keys for “{action}” are text in quotes, with commas between.", *where)
            continue
        keys[action] = text.line(pressed)
        if line := line_of(written, where):
            lines[action] = line
    return {"keys": keys, "key_lines": lines}


def _rows(table: Mapping[str, object], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """The rows of the key table with the way to each: `checklist.undo` may be written in quotes, bare, or as a table."""
    for name, value in table.items():
        where = (*above, name)
        if isinstance(value, Mapping):
            yield from _rows(value, where)
        else:
            yield where, value


def _nearest(key: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, KNOWN, n=1)
    return f"; did you mean “{near[0]}”?" if near else "."
