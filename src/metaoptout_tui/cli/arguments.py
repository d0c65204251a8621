"""Kinds of arguments of the command line: files and folders that are named, and options given at most once."""

import argparse
from pathlib import Path

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line


def put_in_quotes(command: str) -> str:
    """How a name of which the shell made several words is typed."""
    return _("Put a name of several words in quotes: {command}").format(command=command)


class StoreOnce(argparse.Action):
    """Stores the value of an option and refuses a second one, which would silently take the place of the first.

    The option stands before or after the command, and each command is parsed for itself: the action remembers.
    """

    given: str | None = None

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, option: str | None = None
    ) -> None:
        """Store it, or end with what was given twice."""
        if self.given is not None:
            twice = (
                _("{option} was given twice: name one folder.")
                if option == "--data-dir"
                else _("{option} was given twice: name one person.")
            )
            parser.error(twice.format(option=option))
        self.given = str(values)
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


class NameInOneWord(argparse.Action):
    """Stands behind a name, and refuses words that follow it: a shell makes several of a name without quotes.

    `const` is how the command is typed, with `{name}` for the name and all words that follow it.
    """

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, _option: str | None = None
    ) -> None:
        """Say how the name is typed, where words follow it."""
        if isinstance(values, list) and values:
            name = clean_line(" ".join((namespace.name, *values))).replace("'", "")
            command = f"{parser.prog} {self.const}".format(**{**vars(namespace), "name": name})
            parser.error(put_in_quotes(command))
