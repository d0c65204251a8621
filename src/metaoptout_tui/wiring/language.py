"""Chooses the language before anything is said: even the help of the command line and the first error are in it."""

from __future__ import annotations

import os
from argparse import ArgumentError, ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from metaoptout_tui.app.screen_language import ScreenLanguage
from metaoptout_tui.core.errors import MetaOptOutError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metaoptout_tui.app.paths import AppPaths
    from metaoptout_tui.core.record.accounts import Record
    from metaoptout_tui.core.settings import Config


def speak_at_start(arguments: Sequence[str]) -> None:
    """Speak the language of the settings, of the record or of the environment, by the files that the arguments name."""
    from metaoptout_tui.app.paths import resolve_paths

    try:
        named = _place_parser().parse_known_args(arguments)[0]
        paths = resolve_paths(named.data_dir, named.config, os.environ).of_person(named.person)
    except (ArgumentError, MetaOptOutError, OSError):  # told by whoever reads the arguments for good
        ScreenLanguage("", os.environ).speak("")
    else:
        speak_for_record(paths)


def speak_for_record(paths: AppPaths) -> None:
    """Speak the language of whoever's record it is."""
    ScreenLanguage(_configured_language(paths), os.environ).speak(_chosen_language(paths))


def screen_language_for(config: Config, record: Record, *, is_begun: bool) -> ScreenLanguage:
    """What decides the language for an open record, which is spoken from now on.

    Where a walk `is_begun` already, as a rehearsal is, it goes on in the language that is spoken.
    """
    screen_language = ScreenLanguage(config.language, os.environ)
    if not is_begun:
        screen_language.speak(record.person.screen_language)
    return screen_language


def _configured_language(paths: AppPaths) -> str:
    if not os.path.isfile(paths.config):
        return ""
    from metaoptout_tui.storage.settings_files import load_config

    return load_config(paths.config)[0].language


def _chosen_language(paths: AppPaths) -> str:
    if not os.path.isfile(paths.progress):
        return ""
    from metaoptout_tui.storage.screen_language import read_screen_language

    return read_screen_language(paths.progress)


def _place_parser() -> ArgumentParser:
    """Reads only what says where the files are."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--config", type=Path)
    parser.add_argument("--person", default="")
    return parser
