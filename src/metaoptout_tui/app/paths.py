"""Where the program's files are, from the command line, the environment and the system's conventions."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "metaoptout-tui"


@dataclass(frozen=True, slots=True)
class AppPaths:
    """Every place the program may touch: record, the person's settings, its own memory, what it fetched, guidance.

    Absolute paths that need not exist: folders are made 0700 at the first write, files 0600. `cache` is a folder,
    `accepted_edition` the guidance that the person accepted from a feed. `is_config_named`: the person named the
    settings file, so it has to be there.
    """

    progress: Path
    config: Path
    state: Path
    cache: Path
    accepted_edition: Path
    is_config_named: bool = False

    @property
    def consent(self) -> Path:
        """What the person allowed the program to contact, beside its memory."""
        return self.state.with_name("consent.toml")

    @property
    def senders(self) -> Path:
        """Which sender the person is in exported chats, beside the program's memory."""
        return self.state.with_name("senders.toml")

    @property
    def letters(self) -> Path:
        """The folder of letters saved as text."""
        return letters_folder_of(self.progress)

    @property
    def evidence(self) -> Path:
        """The folder of kept files, beside the record itself where the record is a link."""
        return evidence_folder_of(self.progress)


def evidence_folder_of(progress: Path) -> Path:
    """The folder of kept files that belongs to a record."""
    return Path(os.path.realpath(progress)).parent / "evidence"


def letters_folder_of(progress: Path) -> Path:
    """The folder of letters saved as text that belongs to a record."""
    return Path(os.path.realpath(progress)).parent / "letters"


def resolve_paths(data_dir: Path | None, config: Path | None, environ: Mapping[str, str]) -> AppPaths:
    """The places of this run, creating nothing.

    `data_dir` takes record, memory and cache into one folder (a helper's folder for each person); `config` names the
    settings file. Elsewhere `environ` decides, as the XDG base directory specification says.
    """
    chosen = _absolute_path(config) if config else _base_folder("config", environ) / "config.toml"
    if data_dir:
        folder = _absolute_path(data_dir)
        return AppPaths(
            folder / "progress.toml",
            chosen,
            folder / "state.toml",
            folder / "cache",
            folder / "playbook.toml",
            is_config_named=config is not None,
        )
    state = _base_folder("state", environ)
    return AppPaths(
        _base_folder("data", environ) / "progress.toml",
        chosen,
        state / "state.toml",
        _base_folder("cache", environ),
        state / "playbook.toml",
        is_config_named=config is not None,
    )


def list_written_files(paths: AppPaths) -> tuple[Path, ...]:
    """Every file that the program has written and that is still there, so that `purge` can list and remove it.

    Record, kept generations, conflict and set-aside copies, what a kill left behind, the lock, the memory, accepted
    guidance, the kept files, the cache; links as they are, with what they lead to. The settings are the person's own
    and not among them.
    """
    found: dict[Path, None] = {}
    for path in (paths.progress, paths.state, paths.consent, paths.senders, paths.accepted_edition):
        for each in dict.fromkeys((path, Path(os.path.realpath(path)))):
            found.update(dict.fromkeys(_related_files(each)))
    for folder, _, names in (*os.walk(paths.evidence), *os.walk(paths.cache)):
        found.update(dict.fromkeys(Path(folder, name) for name in sorted(names)))
    return tuple(found)


def _related_files(path: Path) -> Iterator[Path]:
    from metaoptout_tui.storage.atomic_write import related_names_pattern

    pattern = related_names_pattern(path.name)
    with suppress(OSError):
        yield from (path for path in sorted(path.parent.iterdir()) if pattern.fullmatch(path.name))


def _absolute_path(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - a link stays the person's link


_XDG_FOLDERS = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}


def _base_folder(kind: str, environ: Mapping[str, str]) -> Path:
    if sys.platform in ("darwin", "win32"):
        import platformdirs

        found = {
            "data": platformdirs.user_data_path,
            "config": platformdirs.user_config_path,
            "state": platformdirs.user_state_path,
            "cache": platformdirs.user_cache_path,
        }[kind]
        return found(APP_NAME, appauthor=False)
    # Here platformdirs would say the same, and bring tempfile and 7 ms into every `status`.
    variable, usual = _XDG_FOLDERS[kind]
    value = Path(environ.get(variable, ""))
    if value.is_absolute():  # the specification: a relative path is to be ignored
        return value / APP_NAME
    home = Path(environ.get("HOME", ""))
    return (home if home.is_absolute() else Path.home()) / usual / APP_NAME
