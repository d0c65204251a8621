"""Finds the newest files that a person may mean: those of their folders for downloads and on their desktop."""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.app.files.typed_paths import MAX_ENTRIES

MAIL_SUFFIXES = (".eml",)
PROOF_SUFFIXES = (*MAIL_SUFFIXES, ".pdf", ".png", ".jpg", ".jpeg", ".webp", ".heic")
"""How the names of files end that people keep as proof: mails, prints and pictures of a screen."""

MAX_FILES_SHOWN = 5
_FOLDERS = {"DOWNLOAD": "Downloads", "DESKTOP": "Desktop"}
"""The names of the XDG user folders, with what they are called where no other name is set."""
_MAX_SETTINGS_BYTES = 64_000
_SETTING = re.compile(r'^\s*XDG_(\w+)_DIR="((?:[^"\\]|\\.)*)"', re.MULTILINE)


class RecentFile(NamedTuple):
    """A file, and when it was last written."""

    path: Path
    written_at: datetime


def find_recent_files(
    suffixes: tuple[str, ...], environ: Mapping[str, str] = os.environ, *, zone: tzinfo | None = None
) -> tuple[RecentFile, ...]:
    """The newest files whose names end so, the newest first. Folders that cannot be read are left out."""
    changed_at_by_path: dict[Path, float] = {}
    for folder in folders_of_person(environ):
        changed_at_by_path |= _files_in(folder, suffixes)
    newest = sorted(changed_at_by_path, key=lambda path: (-changed_at_by_path[path], path.name))[:MAX_FILES_SHOWN]
    return tuple(
        RecentFile(path, datetime.fromtimestamp(changed_at_by_path[path], zone).astimezone(zone)) for path in newest
    )


def folders_of_person(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """The folders for downloads and of the desktop that exist, also where they have a name in another language."""
    try:
        home = Path.home()
    except RuntimeError:
        return ()
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    named = _named_folders(config / "user-dirs.dirs", home)
    folders = (named.get(name, home / usual) for name, usual in _FOLDERS.items())
    return tuple(folder for folder in dict.fromkeys(folders) if folder != home and _is_folder(folder))


def _named_folders(settings: Path, home: Path) -> dict[str, Path]:
    try:
        with settings.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_MAX_SETTINGS_BYTES)
    except OSError:
        return {}
    written = {name: re.sub(r"\\(.)", r"\1", value) for name, value in _SETTING.findall(text)}
    return {name: Path(value.replace("$HOME", str(home), 1)) for name, value in written.items()}


def _is_folder(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _files_in(folder: Path, suffixes: Iterable[str]) -> dict[Path, float]:
    endings = tuple(suffixes)
    files: dict[Path, float] = {}
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                if count == MAX_ENTRIES:
                    break
                if not entry.name.startswith(".") and entry.name.lower().endswith(endings) and entry.is_file():
                    files[Path(entry.path)] = entry.stat().st_mtime
    except OSError:
        return files
    return files
