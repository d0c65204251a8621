"""Reads the person's settings, `config.toml`, which is never written.

`config.example.toml` shows every key with its default.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import LinkRefused, StorageError
from metaoptout_tui.core.settings import Config, GuidanceSettings
from metaoptout_tui.core.toml import MalformedFile, decode_toml, line_of, parse_toml
from metaoptout_tui.storage.file_access import read_bytes

MAX_BYTES = 256 << 10

_ALLOWED_VALUES: Mapping[str, tuple[str, ...]] = {"marks": ("auto", "unicode", "ascii")}


CONFIG_KEYS = tuple(each.name for each in fields(Config) if each.name != "key_lines")
"""The names that may stand in the file, at its top."""

GUIDANCE_CONFIG_KEYS = tuple(each.name for each in fields(GuidanceSettings))
"""The names that may stand below `[guidance]`."""


def load_config(path: Path, *, named: bool = False) -> tuple[Config, tuple[str, ...]]:
    """The settings, and a sentence for each line that could not be taken; such a line counts as absent.

    Without a file all are at their defaults. Raises StorageError where there is none though the person `named` it.
    """
    try:
        data = read_bytes(path, MAX_BYTES)
        document = parse_toml(data or b"", path.name)
    except StorageError as error:
        if named and not isinstance(error, MalformedFile):
            raise
        return Config(), (f"{error.what} All settings are at their defaults.",)
    if data is None and named:
        raise StorageError(f"There is no file {path}.", todo="Check the name after --config.")
    return _parse_config(document, decode_toml(data or b"", path.name), path.name)


def _parse_config(document: Mapping[str, object], written: str, name: str) -> tuple[Config, tuple[str, ...]]:
    problems: list[str] = []

    def problem(what: str, *where: str) -> None:
        line = line_of(written, where)
        problems.append(f"{name}{f', line {line}' if line else ''}: {what}")

    config = Config()
    for key, value in document.items():
        if key in ("guidance", "keys") and not isinstance(value, Mapping):
            problem(f"“{key}” is a table: write [{key}] on a line of its own, and what belongs to it below.", key)
        elif key == "guidance" and isinstance(value, Mapping):
            config = replace(config, guidance=_parse_guidance(value, problem))
        elif key == "keys" and isinstance(value, Mapping):
            keys, lines = _parse_keys(value, written, problem)
            config = replace(config, keys=keys, key_lines=lines)
        elif wrong := _setting_problem(key, value, config, CONFIG_KEYS):
            problem(wrong, key)
        else:
            config = replace(config, **{key: text.clean_line(value) if isinstance(value, str) else value})  # type: ignore[arg-type]  # checked above
    return config, tuple(problems)


def _parse_guidance(table: Mapping[str, object], problem: Callable[..., None]) -> GuidanceSettings:
    settings = GuidanceSettings()
    for key, value in table.items():
        wrong = _setting_problem(key, value, settings, GUIDANCE_CONFIG_KEYS)
        if not wrong and key == "feed_url" and isinstance(value, str) and value:
            wrong = _feed_url_problem(value)
        if wrong:
            problem(wrong, "guidance", key)
        else:
            settings = replace(settings, **{key: value})  # type: ignore[arg-type]  # checked above
    return settings


def _setting_problem(key: str, value: object, settings: Config | GuidanceSettings, known: tuple[str, ...]) -> str:
    """Why a line cannot be taken, or nothing."""
    if key not in known:
        return f"“{text.clean_line(key)}” is not a setting{_suggest_name(key, known)}"
    default = getattr(settings, key)
    if type(value) is not type(default):
        return f"“{key}” is to be {'true or false' if isinstance(default, bool) else 'text in quotes'}."
    if key in _ALLOWED_VALUES and value not in _ALLOWED_VALUES[key]:
        return f"“{key}” is to be one of {', '.join(_ALLOWED_VALUES[key])}."
    return ""


def _feed_url_problem(url: str) -> str:
    from metaoptout_tui.core.links import parse_feed_url

    try:
        parse_feed_url(url)
    except LinkRefused as error:
        return str(error)
    return ""


def _parse_keys(
    table: Mapping[str, object], written: str, problem: Callable[..., None]
) -> tuple[dict[str, str], dict[str, int]]:
    """The key table flat, and the line of each row."""
    keys: dict[str, str] = {}
    lines: dict[str, int] = {}
    for where, pressed in _flatten_rows(table, ("keys",)):
        action = text.clean_line(".".join(where[1:]))
        if not isinstance(pressed, str):
            problem(f"the keys for “{action}” are text in quotes, with commas between.", *where)
            continue
        keys[action] = text.clean_line(pressed)
        if line := line_of(written, where):
            lines[action] = line
    return keys, lines


def _flatten_rows(table: Mapping[str, object], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """The rows of the key table with the way to each: `checklist.undo` may be written in quotes, bare, or as a table."""
    for name, value in table.items():
        where = (*above, name)
        if isinstance(value, Mapping):
            yield from _flatten_rows(value, where)
        else:
            yield where, value


def _suggest_name(key: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, known, n=1)
    return f"; did you mean “{near[0]}”?" if near else "."
