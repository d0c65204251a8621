"""Kinds of arguments of the command line: files and folders that are named, and options given at most once."""

import argparse
from pathlib import Path

from metaoptout_tui.core.language.translation import gettext as _


class StoreOnce(argparse.Action):
    """Stores the value of an option and refuses a second one, which would silently take the place of the first.

    The option stands before or after the command, and each command is parsed for itself: the action remembers.
    """

    _is_given = False

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, option: str | None = None
    ) -> None:
        """Store it, or end with what was given twice."""
        if self._is_given:
            twice = (
                _("{option} was given twice: name one folder.")
                if option == "--data-dir"
                else _("{option} was given twice: name one person.")
            )
            parser.error(twice.format(option=option))
        self._is_given = True
        setattr(namespace, self.dest, values)


def folder_argument(name: str) -> Path:
    """A named folder. An empty name, as of an unset shell variable, is refused: it would be the current folder."""
    if not name.strip():
        raise argparse.ArgumentTypeError(_("name a folder"))
    return Path(name)


def file_argument(name: str) -> Path:
    """A named file. An empty name is refused, as for a folder."""
    if not name.strip():
        raise argparse.ArgumentTypeError(_("name a file"))
    return Path(name)


def path_argument(name: str) -> str:
    """A named file or folder. An empty name is refused, as for a folder."""
    if name.strip():
        return name
    raise argparse.ArgumentTypeError(_("name a file or a folder"))
