"""The settings, `config.toml`, which are read and never written, and the small files that the program remembers things in."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import LinkRefused, StorageError
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES
from metaoptout_tui.core.settings import Config, GuidanceSettings
from metaoptout_tui.core.toml import MalformedFile, decode_toml, line_of, parse_toml
from metaoptout_tui.storage.atomic_write import save_table, write_durably
from metaoptout_tui.storage.file_access import describe_os_error, read_bytes, read_table

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
