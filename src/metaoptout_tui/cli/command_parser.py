"""A parser of a command line that says what is wrong with it in the language in use, and how it is put right."""

import argparse
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

from metaoptout_tui.cli.argparse_sentences import ParagraphFormatter, sentence_of
from metaoptout_tui.cli.arguments import StoreOnce, put_in_quotes
from metaoptout_tui.cli.output import print_help
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line, replace_unsafe_in_line


def _words_on_unquoted(name: str) -> str:
    """How a name of which the shell made several words is typed."""
    return put_in_quotes(f"--person '{clean_line(name)}'")


class CommandParser(argparse.ArgumentParser):
    """Names the nearest command for an unknown one, where argparse would list them all, and prints as all else does."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.formatter_class = ParagraphFormatter
        self.color = False  # Python 3.14 would print escape sequences

    def add_subparsers(self, **options: Any) -> Any:
        """Format the help as argparse does, with the title in the language in use, which not every version of Python looks up."""
        commands = super().add_subparsers(**options)
        if self._subparsers is not None:
            self._subparsers.title = _(options["title"])
        return commands

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and say what is wrong in the language in use."""
        self.exit_on_error = False
        try:
            return super().parse_known_args(args, namespace)
        except argparse.ArgumentError as error:
            self.error(sentence_of(error))
        finally:
            self.exit_on_error = True

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and say how a person's name of several words is typed where some were left over behind it."""
        parsed, left_over = self.parse_known_args(args, namespace)
        if left_over:
            person = getattr(parsed, "person", "")
            self.error(
                _words_on_unquoted(" ".join((person, *left_over)))
                if person
                else _("unrecognized arguments: %s") % " ".join(left_over)
            )
        return parsed

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, on one line, and end."""
        super().error(replace_unsafe_in_line(message))

    def _print_message(self, message: str, file: object = None) -> None:
        if message:
            print_help(message, is_error=file is None or file is sys.stderr)

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if isinstance(action.choices, Mapping) and value not in action.choices:
            from difflib import get_close_matches

            near = get_close_matches(str(value), map(str, action.choices), n=1)
            unknown = _("There is no command “{command}”.").format(command=clean_line(str(value), 80))
            hint = (
                _("Did you mean {command}?").format(command=near[0])
                if near
                else _("`{command} --help` lists them.").format(command=self.prog)
            )
            if person := next(
                (each.given for each in self._actions if isinstance(each, StoreOnce) and each.dest == "person"), None
            ):
                hint = _words_on_unquoted(f"{person} {value}")
            self.error(f"{unknown} {hint}")
        super()._check_value(action, value)
