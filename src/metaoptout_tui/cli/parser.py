"""The arguments of the command line.

Each command is a module of this folder with a function `run`, imported only when it is to run.
"""

import argparse
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from metaoptout_tui import __version__
from metaoptout_tui.cli.command_parser import (
    CommandParser,
    NameInOneWord,
    file_argument,
    folder_argument,
    path_argument,
    say_in_language_in_use,
)
from metaoptout_tui.cli.options import REHEARSE, add_options_without_command, options_of_every_command
from metaoptout_tui.cli.output import EXIT_STATUS_HELP, Output
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.translation import ENGLISH, in_catalogue, mark, pgettext
from metaoptout_tui.core.language.translation import gettext as _

if TYPE_CHECKING:
    from metaoptout_tui.app.clock import Clock
    from metaoptout_tui.app.guidance.page_watcher import FetchAll
    from metaoptout_tui.app.paths import AppPaths

_WHAT_IT_DOES = mark("Walks you through objecting to Meta's use of your data for training AI, account by account.")
_WHAT_IT_OPENS = mark(
    "It sends nothing to Meta. Without a command it opens the full screen, or asks line by line with --plain."
)


class _CommandModule(Protocol):
    def run(self, arguments: argparse.Namespace, paths: "AppPaths", clock: "Clock") -> Output: ...


COMMANDS_ON_RECORD = frozenset({"evidence", "export", "merge", "purge", "status"})
"""Commands on what a record holds, so that a folder named wrongly must not look like an empty one, or one deleted."""
COMMANDS_ON_ONE_RECORD = COMMANDS_ON_RECORD - {"purge"} | {"backup", "restore"}
"""Commands on one record, so that where only other people have one, they have to be told whose is meant."""


def run_command(arguments: argparse.Namespace, paths: "AppPaths", clock: "Clock", fetch_all: "FetchAll") -> Output:
    """Run the command named in the arguments; only `guidance` is given a way to the network. Raises MetaOptOutError.

    With `--json` all of it is in English, so that what scripts read is the same in every language.
    """
    if not getattr(arguments, "json", False):
        return _run_module(arguments, paths, clock, fetch_all)
    with in_catalogue(ENGLISH):
        return _run_module(arguments, paths, clock, fetch_all)._replace(is_for_scripts=True)


def _run_module(arguments: argparse.Namespace, paths: "AppPaths", clock: "Clock", fetch_all: "FetchAll") -> Output:
    if arguments.command == "guidance":
        from metaoptout_tui.cli import guidance

        return guidance.run(arguments, paths, clock, fetch_all)
    return cast(_CommandModule, import_module(f"metaoptout_tui.cli.{arguments.command}")).run(arguments, paths, clock)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the command line; `command` of its result names a module here, empty for the full screen.

    It speaks the language that is in use when it is made.
    """
    say_in_language_in_use()
    shared = options_of_every_command()
    parser = CommandParser(
        prog="metaoptout-tui",
        description=f"{_(_WHAT_IT_DOES)}\n{_(_WHAT_IT_OPENS)}",
        epilog=f"{_('`metaoptout-tui manual` explains all of it, chapter by chapter.')}\n\n{_(EXIT_STATUS_HELP)}",
        parents=[shared],
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"metaoptout-tui {__version__}",
        help=_("show program's version number and exit"),
    )
    add_options_without_command(parser)
    commands = parser.add_subparsers(title=mark("commands"), metavar="")
    status = commands.add_parser(
        "status", parents=[shared], help=_("print accounts, how they stand and what to do next")
    )
    report = status.add_mutually_exclusive_group()
    report.add_argument(
        "--json",
        action="store_true",
        help=_("as JSON, for scripts, with what is still open and why; `manual json` says what each key means"),
    )
    report.add_argument(
        "--due", action="store_true", help=_("only what is due, in one or two lines; nothing where nothing is")
    )
    report.add_argument(
        "--coverage",
        action="store_true",
        help=_("what covers each account, by what is linked, with what is still open"),
    )
    status.add_argument(
        "--all", action="store_true", help=_("with --due, whose record has how many things due; nothing else of any")
    )
    status.set_defaults(command="status")
    evidence = commands.add_parser("evidence", help=_("check the files you kept as evidence"))
    verify = evidence.add_subparsers(title=mark("commands"), metavar="", required=True).add_parser(
        "verify", parents=[shared], help=_("say of each kept file whether it is there and unchanged")
    )
    verify.set_defaults(command="evidence")
    review = commands.add_parser(
        "review",
        parents=[shared],
        help=_("count what exported WhatsApp chats show of Meta AI; nothing leaves this machine"),
    )
    review.add_argument(
        "path",
        nargs="+",
        type=path_argument,
        metavar=pgettext("an argument", "PATH"),
        help=_("an exported chat (.txt or .zip), a zip of several, or a folder of them"),
    )
    review.add_argument(
        "--json", action="store_true", help=_("as JSON, for scripts; counts every message of every chat")
    )
    review.add_argument(
        "--me",
        metavar=pgettext("an argument", "NAME"),
        default="",
        help=_("the sender that you are, as the export names you"),
    )
    review.add_argument("--times", action="store_true", help=_("with --json, when each message to Meta AI was written"))
    review.set_defaults(command="review")
    read = commands.add_parser(
        "import",
        parents=[shared],
        help=_(
            "list accounts, links and what Meta has, as its “Download your information” tells; "
            "nothing leaves this machine"
        ),
    )
    read.add_argument(
        "path",
        nargs="+",
        type=path_argument,
        metavar=pgettext("an argument", "PATH"),
        help=_("a download: its zips, the folder it was unpacked to, or files of it"),
    )
    read.add_argument("--json", action="store_true", help=_("as JSON, for scripts"))
    read.set_defaults(command="meta_export")
    _add_export_arguments(
        commands.add_parser("export", parents=[shared], help=_("write the case file, to hand it over"))
    )
    _add_record_commands(commands, shared)
    _add_people_commands(
        commands.add_parser("people", parents=[shared], help=_("whose records are here; begin one")), shared
    )
    rehearsal = commands.add_parser(
        REHEARSE, parents=[shared], help=_("the full screen with an invented person; nothing of it is kept")
    )
    rehearsal.set_defaults(command=REHEARSE)
    commands.add_parser("paths", parents=[shared], help=_("print where things are kept")).set_defaults(command="paths")
    about = commands.add_parser("about", parents=[shared], help=_("print what a bug report needs; nothing personal"))
    about.set_defaults(command="about")
    commands.add_parser("keys", parents=[shared], help=_("print every key and its action")).set_defaults(command="keys")
    manual = commands.add_parser(
        "manual", parents=[shared], help=_("print a chapter of the manual, or the list of chapters")
    )
    manual.add_argument(
        "chapter",
        nargs="?",
        default="",
        metavar=pgettext("an argument", "CHAPTER"),
        help=_("its name in the list; none: the list itself"),
    )
    manual.set_defaults(command="manual")
    _add_guidance_commands(
        commands.add_parser(
            "guidance", parents=[shared], help=_("print the guidance, see how current it is, or check your own")
        ),
        shared,
    )
    return parser


def _add_record_commands(commands: "argparse._SubParsersAction[CommandParser]", shared: CommandParser) -> None:
    backup = commands.add_parser(
        "backup", parents=[shared], help=_("write one zip of your record, kept files and letters; all of it is private")
    )
    backup.add_argument(
        "file",
        type=path_argument,
        metavar=pgettext("an argument", "FILE"),
        help=_("the zip, or a folder for one with a dated name; one that exists is not touched"),
    )
    backup.set_defaults(command="backup")
    any_copy = CommandParser(add_help=False)
    any_copy.add_argument(
        "--somebody-elses", action="store_true", help=_("take a copy that seems to be another person's without asking")
    )
    restore = commands.add_parser(
        "restore", parents=[shared, any_copy], help=_("list the kept versions of your record, or bring one back")
    )
    restore.add_argument(
        "version",
        nargs="?",
        default="",
        metavar=pgettext("an argument", "VERSION"),
        help=_("its number in the list, or a file, such as a backup; what was is kept"),
    )
    restore.add_argument(
        "--account",
        default="",
        metavar=pgettext("an argument", "ID"),
        help=_("only this account of it, which was removed since"),
    )
    restore.set_defaults(command="restore")
    merge = commands.add_parser(
        "merge",
        parents=[shared, any_copy],
        help=_("join copies into your record: of a sync conflict, or of another computer"),
    )
    merge.add_argument(
        "copy",
        nargs="*",
        type=path_argument,
        metavar=pgettext("an argument", "FILE"),
        help=_("a copy; none: those that conflicts left beside it"),
    )
    merge.add_argument("--take", choices=("here", "there"), default="", help=_("where both differ, instead of asking"))
    merge.set_defaults(command="merge")
    purge = commands.add_parser(
        "purge", parents=[shared], help=_("list every file this program made here, ask, and delete them")
    )
    purge.add_argument("--yes", action="store_true", help=_("delete without asking"))
    purge.add_argument(
        "--exports",
        action="store_true",
        help=_("also case files, letters and backups in folders of your choice, which stay else"),
    )
    purge.add_argument(
        "--only",
        default="",
        metavar=pgettext("an argument", "VERSION"),
        help=_("only this kept version, by its number in the list of restore"),
    )
    purge.set_defaults(command="purge")


def _add_people_commands(people: argparse.ArgumentParser, shared: CommandParser) -> None:
    people.set_defaults(command="people", action="")
    commands = people.add_subparsers(title=mark("commands"), metavar=pgettext("an argument", "COMMAND"))
    add = commands.add_parser("add", parents=[shared], help=_("begin a record for one person more"))
    add.add_argument("name", metavar=pgettext("an argument", "NAME"))
    add.add_argument("unquoted", nargs="*", default=(), action=NameInOneWord, const="'{name}'", help=argparse.SUPPRESS)
    add.set_defaults(command="people", action="add")
    rename = commands.add_parser("rename", parents=[shared], help=_("give a record another name"))
    rename.add_argument("name", metavar=pgettext("an argument", "NAME"))
    rename.add_argument("new", metavar=pgettext("an argument", "NEW"))
    # Which words are of which name is not known here.
    names = f"'{pgettext('an argument', 'NAME')}' '{pgettext('an argument', 'NEW')}'"
    rename.add_argument("unquoted", nargs="*", default=(), action=NameInOneWord, const=names, help=argparse.SUPPRESS)
    rename.set_defaults(command="people", action="rename")
    take = commands.add_parser("take", parents=[shared], help=_("take in a folder that you used with --data-dir"))
    take.add_argument(
        "folder", type=path_argument, metavar=pgettext("an argument", "FOLDER"), help=_("it stays where it is")
    )
    take.add_argument(
        "name",
        nargs="?",
        default="",
        metavar=pgettext("an argument", "NAME"),
        help=_("its name here; by default that of the folder"),
    )
    take.add_argument(
        "unquoted", nargs="*", default=(), action=NameInOneWord, const="'{folder}' '{name}'", help=argparse.SUPPRESS
    )
    take.set_defaults(command="people", action="take")


def _add_export_arguments(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "--to",
        type=folder_argument,
        metavar=pgettext("an argument", "DIR"),
        required=True,
        help=_("folder to write to; what is there stays as it is"),
    )
    export.add_argument(
        "--account",
        default="",
        metavar=pgettext("an argument", "ID"),
        help=_("of this account only, by its id in status --json"),
    )
    extent = export.add_mutually_exclusive_group()
    extent.add_argument("--whole", action="store_true", help=_("with all names, addresses and texts"))
    extent.add_argument("--redact", action="store_true", help=_("with masks for names and addresses, and no free text"))
    export.add_argument("--with-evidence", action="store_true", help=_("with a copy of each kept file, checked"))
    export.add_argument(
        "--language",
        choices=tuple(FORMATS),
        default="",
        help=_("its language, such as that of the authority; by default the one that the program speaks"),
    )
    export.set_defaults(command="export")


def _add_guidance_commands(guidance: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    commands = guidance.add_subparsers(
        title=mark("commands"), metavar=pgettext("an argument", "COMMAND"), required=True
    )
    show = commands.add_parser(
        "show", parents=[shared], help=_("print the guidance in use, or the text of a watched page")
    )
    show.add_argument(
        "page",
        nargs="?",
        default="",
        metavar=pgettext("an argument", "PAGE"),
        help=_("a watched page, as status names it"),
    )
    show.add_argument("--changes", action="store_true", help=_("what changed in the page since you read it"))
    show.add_argument("--mark-read", action="store_true", help=_("say that you have read it as it is now"))
    show.set_defaults(command="guidance", action="show")
    status = commands.add_parser("status", parents=[shared], help=_("print how current it is, source by source"))
    status.add_argument("--json", action="store_true", help=_("as JSON, for scripts"))
    status.set_defaults(command="guidance", action="status")
    refresh = commands.add_parser("refresh", parents=[shared], help=_("ask the watched pages now whether they changed"))
    refresh.add_argument("--offline", action="store_true", default=argparse.SUPPRESS, help=_("make no connection"))
    refresh.set_defaults(command="guidance", action="refresh")
    check = commands.add_parser("check", parents=[shared], help=_("list every problem of a playbook file"))
    check.add_argument(
        "file",
        type=file_argument,
        metavar=pgettext("an argument", "FILE"),
        help=_("a playbook in one file, as a feed holds it"),
    )
    check.set_defaults(command="guidance", action="check")
    export = commands.add_parser("export", parents=[shared], help=_("print the guidance in use as one such file"))
    export.set_defaults(command="guidance", action="export")
