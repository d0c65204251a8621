"""Reads the settings `config.toml`, which is never written, and loads and saves the program's small state files."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import LinkRefused, StorageError
from metaoptout_tui.core.guidance.editions import MAX_EDITION_BYTES
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.formatting import format_alternatives
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.settings import Config, GuidanceSettings
from metaoptout_tui.core.toml import MalformedFile, decode_toml, line_of, parse_toml
from metaoptout_tui.storage.atomic_write import keep_former, save_table, write_durably
from metaoptout_tui.storage.file_access import describe_os_error, read_bytes, read_table

MAX_BYTES = 256 << 10

_ALLOWED_VALUES: Mapping[str, tuple[str, ...]] = {
    "language": ("", *FORMATS),
    "marks": ("auto", "unicode", "ascii"),
    "label_language": ("", *CONTENT_LANGUAGES),
}

CONFIG_KEYS = tuple(name for name in Config._fields if name != "key_lines")
"""The keys at the top of the file."""

GUIDANCE_CONFIG_KEYS = GuidanceSettings._fields
"""The keys below `[guidance]`."""


def load_config(path: Path, *, is_required: bool = False) -> tuple[Config, tuple[str, ...]]:
    """The settings, and a sentence for each invalid line, which is ignored.

    A missing file means all defaults, but raises StorageError if it `is_required` because the person named it.
    """
    try:
        data = read_bytes(path, MAX_BYTES)
        document = parse_toml(data or b"", path.name)
    except StorageError as error:
        if is_required and not isinstance(error, MalformedFile):
            raise
        return Config(), (f"{error.what} {_('All settings are at their defaults.')}",)
    if data is None and is_required:
        raise StorageError(_("There is no file {path}.").format(path=path), todo=_("Check the name after --config."))
    return _parse_config(document, decode_toml(data or b"", path.name), path.name)


def _parse_config(document: Mapping[str, object], source: str, name: str) -> tuple[Config, tuple[str, ...]]:
    problems: list[str] = []

    def add_problem(message: str, *key_path: str) -> None:
        line = line_of(source, key_path)
        place = _("{file}, line {line}").format(file=name, line=line) if line else name
        problems.append(f"{place}: {message}")

    config = Config()
    for key, value in document.items():
        if key in ("guidance", "keys") and not isinstance(value, Mapping):
            add_problem(
                _("“{key}” is a table: write [{key}] on a line of its own, and what belongs to it after that.").format(
                    key=key
                ),
                key,
            )
        elif key == "guidance" and isinstance(value, Mapping):
            config = config._replace(guidance=_parse_guidance(value, add_problem))
        elif key == "keys" and isinstance(value, Mapping):
            keys, lines = _parse_keys(value, source, add_problem)
            config = config._replace(keys=keys, key_lines=lines)
        elif problem := _setting_problem(key, value, config, CONFIG_KEYS):
            add_problem(problem, key)
        else:
            config = config._replace(**{key: text.clean_line(value) if isinstance(value, str) else value})  # type: ignore[arg-type]  # checked above
    return config, tuple(problems)


def _parse_guidance(table: Mapping[str, object], add_problem: Callable[..., None]) -> GuidanceSettings:
    settings = GuidanceSettings()
    for key, value in table.items():
        problem = _setting_problem(key, value, settings, GUIDANCE_CONFIG_KEYS)
        if not problem and key == "feed_url" and isinstance(value, str) and value:
            problem = _feed_url_problem(value)
        if problem:
            add_problem(problem, "guidance", key)
        else:
            settings = settings._replace(**{key: value})  # type: ignore[arg-type]  # checked above
    return settings


def _setting_problem(key: str, value: object, settings: Config | GuidanceSettings, known_keys: tuple[str, ...]) -> str:
    """What is wrong with a line, empty if it is valid."""
    if key not in known_keys:
        return _unknown_setting(key, known_keys)
    default = getattr(settings, key)
    if type(value) is not type(default):
        if isinstance(default, bool):
            return _("“{key}” is to be true or false.").format(key=key)
        return _("“{key}” is to be text in quotes.").format(key=key)
    if key in _ALLOWED_VALUES and value not in _ALLOWED_VALUES[key]:
        return _("“{key}” is to be one of {values}.").format(
            key=key, values=format_alternatives(filter(None, _ALLOWED_VALUES[key]))
        )
    return ""


def _feed_url_problem(url: str) -> str:
    from metaoptout_tui.core.links import parse_feed_url

    try:
        parse_feed_url(url)
    except LinkRefused as error:
        return str(error)
    return ""


def _parse_keys(
    table: Mapping[str, object], source: str, add_problem: Callable[..., None]
) -> tuple[dict[str, str], dict[str, int]]:
    """The keys of each action, and the line of each action in the file."""
    keys: dict[str, str] = {}
    lines: dict[str, int] = {}
    for key_path, value in _flatten_rows(table, ("keys",)):
        action = text.clean_line(".".join(key_path[1:]))
        if not isinstance(value, str):
            add_problem(
                _("The keys for “{action}” are text in quotes, with commas between.").format(action=action), *key_path
            )
            continue
        keys[action] = text.clean_line(value)
        if line := line_of(source, key_path):
            lines[action] = line
    return keys, lines


def _flatten_rows(table: Mapping[str, object], prefix: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """The rows of the key table with their key paths: `checklist.undo` may be quoted, bare, or a table of its own."""
    for name, value in table.items():
        key_path = (*prefix, name)
        if isinstance(value, Mapping):
            yield from _flatten_rows(value, key_path)
        else:
            yield key_path, value


def _unknown_setting(key: str, known_keys: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    shown = text.clean_line(key)
    for known in get_close_matches(key, known_keys, n=1):
        return _("“{key}” is not a setting; did you mean “{known}”?").format(key=shown, known=known)
    return _("“{key}” is not a setting.").format(key=shown)


MAX_STATE_BYTES = 64 << 10


class RememberedState(NamedTuple):
    """What the program remembers between sessions outside the record.

    `theme` was chosen on the screen, while `theme_config` stood in the settings; `account` and `step` are the ids of
    the last place on the screen. `feed_host` and `feed_accepted` (ISO 8601) say where accepted guidance came from and
    when it was accepted; `refused_serial` is the serial of refused guidance, 0 for none.
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
    """The saved state; defaults where the file is missing or invalid."""
    document = read_table(path, MAX_STATE_BYTES)
    types = {name: type(default) for name, default in RememberedState._field_defaults.items()}
    values = {name: _storable_value(value) for name, value in document.items() if type(value) is types.get(name)}
    return RememberedState(**values)  # type: ignore[arg-type]  # the types were compared above


def save_state(path: Path, state: RememberedState) -> bool:
    """Save the state; False where that failed, which is no reason to interrupt anybody. Never raises."""
    return _save_quietly(path, {name: _storable_value(value) for name, value in state._asdict().items()})


def _save_quietly(path: Path, table: Mapping[str, object]) -> bool:
    try:
        save_table(path, table)
    except StorageError:
        return False
    return True


def _storable_value(value: object) -> object:
    """A value that TOML can hold: a text on one line, an integer of at most 64 bits (else 0)."""
    match value:
        case str():
            return text.clean_line(value)
        case int():
            return value if abs(value) < _INT_LIMIT else 0
        case _:
            return value


MAX_CONSENT_BYTES = 64 << 10


class NetworkConsent(NamedTuple):
    """The hosts that the person allowed to contact, and their switches for weekly checks and pages of Meta."""

    hosts: frozenset[str] = frozenset()
    weekly: bool = False
    meta_pages: bool = False


def load_consent(path: Path) -> NetworkConsent:
    """The saved consent; nothing is allowed where the file is missing or invalid."""
    document = read_table(path, MAX_CONSENT_BYTES)
    hosts = document.get("hosts")
    return NetworkConsent(
        frozenset(text.clean_line(host) for host in hosts if isinstance(host, str))
        if isinstance(hosts, list)
        else frozenset(),
        weekly=document.get("weekly") is True,
        meta_pages=document.get("meta_pages") is True,
    )


def save_consent(path: Path, consent: NetworkConsent) -> None:
    """Save the consent. Raises StorageError."""
    save_table(path, {"hosts": sorted(consent.hosts), "weekly": consent.weekly, "meta_pages": consent.meta_pages})


MAX_SENDERS_BYTES = 256 << 10


def load_senders(path: Path) -> dict[str, str]:
    """The person's own name in each chat file, the newest last; none where the file is missing or invalid."""
    table = read_table(path, MAX_SENDERS_BYTES).get("sender")
    rows = table.items() if isinstance(table, Mapping) else ()
    return {text.clean_line(file): text.clean_line(name) for file, name in rows if isinstance(name, str)}


def load_accepted_edition(path: Path) -> bytes | None:
    """The bytes of the accepted edition; None where none was accepted. Raises StorageError."""
    return read_bytes(path, MAX_EDITION_BYTES)


def save_accepted_edition(path: Path, data: bytes) -> None:
    """Write an edition durably in place of the last one, which stays beside it as `.1`. Raises StorageError."""
    write_durably(path, data, expected=load_accepted_edition(path), keep=keep_former)


def set_aside_accepted_edition(path: Path) -> None:
    """Rename the accepted edition to `.1`, so that it is no longer used. Raises StorageError."""
    try:
        os.replace(path, f"{path}.1")  # noqa: PTH105 - moves a link, not its target
    except FileNotFoundError:
        return
    except OSError as error:
        reason, todo = describe_os_error(error, os.fspath(path.parent))
        raise StorageError(
            _("{name} stays in use: {reason}.").format(name=path.name, reason=reason),
            kept=_("Nothing was changed."),
            todo=todo,
        ) from error
