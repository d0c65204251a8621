"""What argparse says by itself, in the language in use.

It looks each sentence up, as gettext has it, by two names of its own module, which ask for the sentences of the whole
process instead of this program's. Here these names are made to ask for this program's.
"""

import argparse

from metaoptout_tui.core.language.translation import gettext, mark, ngettext

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
