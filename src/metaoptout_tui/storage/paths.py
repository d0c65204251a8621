"""Where things are kept: one answer, computed from what the person asked for and where their system puts such files."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

APP = "metaoptout-tui"

_UNFINISHED = r"\.\d+-[0-9a-f]{16}\.metaoptout-tmp"


@dataclass(frozen=True, slots=True)
class Places:
    """Every place the program may touch: record, the person's settings, its own memory, what it fetched, guidance.

    Absolute paths that need not exist: folders are made 0700 at the first write, files 0600. `cache` is a folder,
    `edition` the guidance that the person accepted from a feed.
    """

    progress: Path
    config: Path
    state: Path
    cache: Path
    edition: Path

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
        return letters_beside(self.progress)

    @property
    def evidence(self) -> Path:
        """The folder of kept files, beside the record itself where the record is a link."""
        return evidence_beside(self.progress)


def evidence_beside(progress: Path) -> Path:
    """The folder of kept files that belongs to a record."""
    return Path(os.path.realpath(progress)).parent / "evidence"


def letters_beside(progress: Path) -> Path:
    """The folder of letters saved as text that belongs to a record."""
    return Path(os.path.realpath(progress)).parent / "letters"


def places(data_dir: Path | None, config: Path | None, environ: Mapping[str, str]) -> Places:
    """The places of this run, creating nothing.

    `data_dir` takes record, memory and cache into one folder (a helper's folder for each person); `config` names the
    settings file. Elsewhere `environ` decides, as the XDG base directory specification says.
    """
    chosen = _whole(config) if config else _folder("config", environ) / "config.toml"
    if data_dir:
        folder = _whole(data_dir)
        return Places(
            folder / "progress.toml", chosen, folder / "state.toml", folder / "cache", folder / "playbook.toml"
        )
    state = _folder("state", environ)
    return Places(
        _folder("data", environ) / "progress.toml",
        chosen,
        state / "state.toml",
        _folder("cache", environ),
        state / "playbook.toml",
    )


def written(where: Places) -> tuple[Path, ...]:
    """Every file that the program has written and that is still there, so that `purge` can list and remove it.

    Record, kept generations, conflict and set-aside copies, what a kill left behind, the lock, the memory, accepted
    guidance, the kept files, the cache; links as they are, with what they lead to. The settings are the person's own and
    not among them.
    """
    found: dict[Path, None] = {}
    for path in (where.progress, where.state, where.consent, where.senders, where.edition):
        for each in dict.fromkeys((path, Path(os.path.realpath(path)))):
            found.update(dict.fromkeys(_family(each)))
    for folder, _, names in (*os.walk(where.evidence), *os.walk(where.cache)):
        found.update(dict.fromkeys(Path(folder, name) for name in sorted(names)))
    return tuple(found)


def family(name: str) -> re.Pattern[str]:
    """What the files of a kept file are called: it, `.1`, set aside or in conflict, the lock, what a kill left unfinished."""
    stem, _, end = name.rpartition(".")
    each = rf"{re.escape(stem)}(?:\.(?:conflict|set-aside)-\d{{4}}-\d\d-\d\d(?:-\d+)?)?\.{re.escape(end)}(?:\.[1-9])?"
    return re.compile(rf"{each}(?:\.lock)?|\.{each}{_UNFINISHED}")


def unfinished(name: str) -> re.Pattern[str]:
    """What the half-written files of a kept file and of its generations are called."""
    return re.compile(rf"\.{re.escape(name)}(?:\.[1-9])?{_UNFINISHED}")


def _family(path: Path) -> Iterator[Path]:
    pattern = family(path.name)
    with suppress(OSError):
        yield from (each for each in sorted(path.parent.iterdir()) if pattern.fullmatch(each.name))


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - a link stays the person's link


_XDG = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}


def _folder(kind: str, environ: Mapping[str, str]) -> Path:
    if sys.platform in ("darwin", "win32"):
        import platformdirs

        found = {
            "data": platformdirs.user_data_path,
            "config": platformdirs.user_config_path,
            "state": platformdirs.user_state_path,
            "cache": platformdirs.user_cache_path,
        }[kind]
        return found(APP, appauthor=False)
    # Here platformdirs would say the same, and bring tempfile and 7 ms into every `status`.
    variable, usual = _XDG[kind]
    value = Path(environ.get(variable, ""))
    if value.is_absolute():  # the specification: a relative path is to be ignored
        return value / APP
    home = Path(environ.get("HOME", ""))
    return (home if home.is_absolute() else Path.home()) / usual / APP
