"""How argparse reads a command line here: it says what is wrong in the language in use, and how that is put right.

argparse looks each of its sentences up, as gettext has it, by two names of its own module, which ask for the sentences of
the whole process. `say_in_language_in_use` makes these names ask for this program's.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from metaoptout_tui.cli.output import print_help
from metaoptout_tui.core.language.translation import gettext, mark, ngettext
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line, replace_unsafe_in_line


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


SENTENCES = (
    mark("usage: "),
    mark("positional arguments"),
    mark("subcommands"),
    mark("%(heading)s:"),
    mark("options"),
    mark("show this help message and exit"),
    mark("%(prog)s: error: %(message)s\n"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("unrecognized arguments: %s"),
    mark("the following arguments are required: %s"),
    mark("one of the arguments %s is required"),
    mark("not allowed with argument %s"),
    mark("expected one argument"),
    mark("expected at most one argument"),
    mark("expected at least one argument"),
    mark("ignored explicit argument %r"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
)
"""Every sentence of argparse that the command line of this program can come to."""


def say_in_language_in_use() -> None:
    """Let argparse find its sentences where this program's are found. A parser is made after the language is chosen."""
    vars(argparse).update(_=_look_up, ngettext=ngettext)


def _look_up(sentence: str | None) -> str | None:
    """The sentence in the language in use. argparse looks up the titles of commands too, and what is not there."""
    return gettext(sentence) if sentence else sentence


def sentence_of(error: argparse.ArgumentError) -> str:
    """What is wrong with an argument, after its name. Python 3.11 would say this frame in English."""
    if error.argument_name is None:
        return error.message
    return gettext("argument %(argument_name)s: %(message)s") % vars(error)


class ParagraphFormatter(argparse.RawDescriptionHelpFormatter):
    """Wraps each paragraph of what stands before and after the options for itself; a percent sign in a help is one.

    No line ends within a command or an option.
    """

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if len(text) + len(indent) <= width:
            return f"{indent}{text}"
        from metaoptout_tui.core.line_wrapping import wrap_text

        return wrap_text("\n".join(f"{indent}{line}" for line in text.split("\n")), width)

    def _split_lines(self, text: str, width: int) -> list[str]:
        from metaoptout_tui.core.line_wrapping import wrap_line

        return wrap_line(" ".join(text.split()), width)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return action.help.replace("%", "%%") if action.help else action.help


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
