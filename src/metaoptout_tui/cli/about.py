"""The `about` command: what a bug report needs, and nothing personal; in English, since maintainers read it."""

import locale
import os
import platform
import sys
from argparse import Namespace
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from metaoptout_tui import __version__
from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.paths import AppPaths, may_be_there
from metaoptout_tui.cli.output import Output
from metaoptout_tui.core.language.translation import ENGLISH, in_catalogue, language_in_use
from metaoptout_tui.core.text import replace_unsafe_in_line

_PACKAGES = ("textual", "rich", "httpx", "tomli-w", "platformdirs", "segno", "email-validator")
_VARIABLES = ("COLORTERM", "TERM_PROGRAM", "NO_COLOR", "TMUX", "SSH_CONNECTION")


def run(_unused: Namespace, paths: AppPaths, __: Clock) -> Output:
    """The versions, the system, the terminal and whether record and settings are there."""
    language = language_in_use()
    with in_catalogue(ENGLISH):
        return Output("\n".join(map(replace_unsafe_in_line, _lines(paths, language))))


def _lines(paths: AppPaths, language: str) -> Iterator[str]:
    playbook, origin, notice = load_guidance_in_use(paths)
    source = " from a feed" if origin.is_from_feed else ""
    yield f"metaoptout-tui {__version__}, guide {playbook.serial} of {playbook.published}{source}"
    if notice:
        yield notice
    yield f"Python {platform.python_version()} on {platform.system()} {platform.release()}"
    for package in _PACKAGES:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            yield f"{package} is not installed"
    size = os.get_terminal_size(sys.stderr.fileno()) if sys.stderr.isatty() else None
    yield f"terminal {os.environ.get('TERM', '-')}, {f'{size.columns} × {size.lines}' if size else 'none'}"
    for name in _VARIABLES:
        yield f"{name} {'set' if os.environ.get(name) else 'not set'}"
    yield f"locale {locale.getpreferredencoding(do_setlocale=False)}"
    yield f"language {language}"
    home = str(Path.home())
    for name, path in (("record", paths.progress), ("settings", paths.config)):
        shown = str(path).replace(home, "~", 1) if str(path).startswith(home) else path.name
        yield f"{name} {shown}, {'there' if may_be_there(path) else 'not there'}"
