"""The options of every command, and those of a start without a command, which are read without the parsers of all commands."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

from metaoptout_tui.cli.command_parser import CommandParser, StoreOnce, file_argument, folder_argument
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext

REHEARSE = "rehearse"
"""The command that opens the full screen on an invented person; it is no command that prints."""


def options_without_command(arguments: Sequence[str]) -> argparse.Namespace | None:
    """The options of a start without a command; None where there is more to read, to say or to refuse.

    Nearly every start of the full screen is one, and the parsers of all commands would cost it 5 ms.
    """
    parser = _OptionsParser(add_help=False, parents=[options_of_every_command()])
    add_options_without_command(parser)
    options = argparse.Namespace()
    try:
        parser.parse_args(arguments, options)
    except _MoreThanOptions:
        return None
    return options


class _MoreThanOptions(Exception):
    """The arguments have more than the options of a start without a command, or are wrong."""


class _OptionsParser(CommandParser):
    """Leaves it to the parser of all commands to say what is wrong."""

    def error(self, message: str) -> NoReturn:
        raise _MoreThanOptions(message)


def options_of_every_command() -> CommandParser:
    """A parser of the options that every command has, and the start without a command too."""
    shared = CommandParser(add_help=False)
    shared.add_argument(
        "--config",
        type=file_argument,
        metavar=pgettext("an argument", "FILE"),
        default=argparse.SUPPRESS,
        help=_("settings file to read"),
    )
    shared.add_argument(
        "--data-dir",
        action=StoreOnce,
        type=folder_argument,
        metavar=pgettext("an argument", "DIR"),
        default=argparse.SUPPRESS,
        help=_("folder that holds everything it keeps"),
    )
    shared.add_argument(
        "--person",
        action=StoreOnce,
        metavar=pgettext("an argument", "NAME"),
        default=argparse.SUPPRESS,
        help=_("whose record, where there are several; `people` lists them"),
    )
    return shared


def add_options_without_command(parser: CommandParser) -> None:
    """Add the options that only a start without a command has."""
    parser.add_argument(
        "--plain",
        action="store_true",
        help=_(
            "ask line by line, without the full screen: for a screen reader, a braille display or a "
            "phone (the same with ACCESSIBLE=1)"
        ),
    )
    parser.add_argument("--offline", action="store_true", help=_("make no connection, whatever is asked for"))
    parser.set_defaults(command="")
