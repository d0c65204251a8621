"""The command line: parses what was asked and hands over. Imports nothing heavy; stdout is data, stderr is for people."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from metaoptout_tui import __version__
from metaoptout_tui.storage.paths import Places, places

if TYPE_CHECKING:
    from metaoptout_tui.core.playbook import Texts
    from metaoptout_tui.lookout import Lookout

OK, TROUBLE, USAGE, ATTENTION, INTERRUPTED = 0, 1, 2, 10, 130

_EPILOG = """\
exit status: 0 done; 1 a file cannot be read or written or is not valid, or the program stopped by a fault;
2 wrong usage, or no terminal for the full screen; 10 something is due (status --due), or a kept file is
not as it was (evidence verify, export); 128+N ended by signal N.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status of the process."""
    try:
        asked = _parser().parse_args(arguments)
        _forgiving_streams()
        run: Callable[[argparse.Namespace], int] = asked.run
        return run(asked)
    except BrokenPipeError:
        # Whoever read our output has enough; the interpreter must not try to flush the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback would print what the record holds
        from metaoptout_tui.core.errors import MetaOptOutError
        from metaoptout_tui.core.faults import fault_words

        print(error if isinstance(error, MetaOptOutError) else fault_words(error), file=sys.stderr)
        return TROUBLE


class _Parser(argparse.ArgumentParser):
    """Says in plain words which command there is none of, with the nearest one, where argparse lists them all."""

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if isinstance(action.choices, Mapping) and value not in action.choices:
            from difflib import get_close_matches

            from metaoptout_tui.core.text import line

            near = get_close_matches(str(value), map(str, action.choices), n=1)
            hint = f"Did you mean {near[0]}?" if near else f"`{self.prog} --help` lists them."
            self.error(f"There is no command “{line(str(value), 80)}”. {hint}")
        super()._check_value(action, value)


def _parser() -> argparse.ArgumentParser:
    folders = _Parser(add_help=False)
    folders.add_argument("--config", type=Path, metavar="FILE", default=argparse.SUPPRESS, help="settings file to read")
    folders.add_argument(
        "--data-dir", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="folder that holds everything it keeps"
    )
    parser = _Parser(
        prog="metaoptout-tui",
        description="Walks you through objecting to Meta's use of your data for training AI, account by account.\n"
        "It sends nothing to Meta. Without a command it opens the full screen.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[folders],
    )
    parser.add_argument("--version", action="version", version=f"metaoptout-tui {__version__}")
    parser.add_argument("--offline", action="store_true", help="make no connection, whatever is asked for")
    parser.set_defaults(run=_screen)
    commands = parser.add_subparsers(title="commands", metavar="")
    status = commands.add_parser("status", parents=[folders], help="print accounts, how they stand and what to do next")
    form = status.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="as JSON, for scripts, with holes and causes to object again; see README"
    )
    form.add_argument(
        "--due", action="store_true", help="only what is due, in one or two lines; nothing where nothing is"
    )
    form.add_argument(
        "--coverage", action="store_true", help="what covers each account, by what is linked, with the holes named"
    )
    status.set_defaults(run=_status)
    evidence = commands.add_parser("evidence", help="check the files you kept as evidence")
    verify = evidence.add_subparsers(title="commands", metavar="", required=True).add_parser(
        "verify", parents=[folders], help="say of each kept file whether it is there and unchanged"
    )
    verify.set_defaults(run=_verify)
    review = commands.add_parser(
        "review",
        parents=[folders],
        help="count what exported WhatsApp chats show of Meta AI; nothing leaves this machine",
    )
    review.add_argument(
        "path", nargs="+", metavar="PATH", help="an exported chat (.txt or .zip), a zip of several, or a folder of them"
    )
    review.add_argument("--json", action="store_true", help="as JSON, for scripts; counts every message of every chat")
    review.add_argument("--me", metavar="NAME", default="", help="the sender that you are, as the export names you")
    review.add_argument("--times", action="store_true", help="with --json, when each message to Meta AI was written")
    review.set_defaults(run=_review)
    _export_command(commands.add_parser("export", parents=[folders], help="write the case file, to hand it over"))
    commands.add_parser("paths", parents=[folders], help="print where things are kept").set_defaults(run=_paths)
    about = commands.add_parser("about", parents=[folders], help="print what a bug report needs; nothing personal")
    about.set_defaults(run=_about)
    commands.add_parser("keys", parents=[folders], help="print every key and its action").set_defaults(run=_keys)
    _guidance_commands(commands.add_parser("guidance", parents=[folders], help="how current it is; your own"), folders)
    return parser


def _folder(words: str) -> Path:
    """A folder that was named; an empty name, as of a variable that is not set, is not the folder one is in."""
    if not words.strip():
        raise argparse.ArgumentTypeError("name a folder")
    return Path(words)


def _export_command(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "--to", type=_folder, metavar="DIR", required=True, help="folder to write to; what is there stays as it is"
    )
    export.add_argument("--account", default="", metavar="ID", help="of this account only, by its id in status --json")
    export.add_argument("--redact", action="store_true", help="with masks for names and addresses, and no free text")
    export.add_argument("--with-evidence", action="store_true", help="with a copy of each kept file, checked")
    export.set_defaults(run=_export)


def _guidance_commands(guidance: argparse.ArgumentParser, folders: argparse.ArgumentParser) -> None:
    works = guidance.add_subparsers(title="commands", metavar="COMMAND", required=True)
    show = works.add_parser("show", parents=[folders], help="print the guidance in use, or the text of a watched page")
    show.add_argument("page", nargs="?", default="", metavar="PAGE", help="a watched page, as status names it")
    show.add_argument("--changes", action="store_true", help="what changed in the page since you read it")
    show.add_argument("--mark-read", action="store_true", help="say that you have read it as it is now")
    show.set_defaults(run=_guidance_show)
    status = works.add_parser("status", parents=[folders], help="print how current it is, source by source")
    status.add_argument("--json", action="store_true", help="as JSON, for scripts")
    status.set_defaults(run=_guidance_status)
    refresh = works.add_parser("refresh", parents=[folders], help="ask the watched pages now whether they changed")
    refresh.add_argument("--offline", action="store_true", default=argparse.SUPPRESS, help="make no connection")
    refresh.set_defaults(run=_guidance_refresh)
    check = works.add_parser("check", parents=[folders], help="list every problem of a playbook file")
    check.add_argument("file", type=Path, metavar="FILE", help="a playbook in one file, as a feed holds it")
    check.set_defaults(run=_guidance_check)
    export = works.add_parser("export", parents=[folders], help="print the guidance in use as one such file")
    export.set_defaults(run=_guidance_export)


def _forgiving_streams() -> None:
    """Write what the locale cannot as question marks rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _status(asked: argparse.Namespace) -> int:
    from metaoptout_tui.status import covered, due, status

    where = _where(asked)
    if asked.due:
        words, errors = due(where)
    elif asked.coverage:
        words, errors = covered(where)
    else:
        words, errors = status(where, as_json=asked.json)
    if words:
        print(words)
    for error in errors:
        print(error, file=sys.stderr)
    return ATTENTION if asked.due and words else OK


def _verify(asked: argparse.Namespace) -> int:
    from metaoptout_tui.status import verify

    where = _where(asked)
    words, notes, fine = verify(where)
    print(words)
    for note in notes:
        print(note, file=sys.stderr)
    return OK if fine else ATTENTION


def _review(asked: argparse.Namespace) -> int:
    from metaoptout_tui.reviewing import reviewed

    def texts() -> "Texts":
        from metaoptout_tui.current_guidance import guidance_in_use

        return guidance_in_use(_where(asked)).playbook.texts

    printed = reviewed(asked.path, texts, as_json=asked.json, me=asked.me, times=asked.times)
    print(printed.words)
    for error in printed.errors:
        print(error, file=sys.stderr)
    return TROUBLE if printed.trouble else OK


def _export(asked: argparse.Namespace) -> int:
    from metaoptout_tui.case_file import Asked, export
    from metaoptout_tui.core.errors import InputRefused

    wanted = Asked(asked.account, asked.redact, asked.with_evidence)
    try:
        written, notes = export(_where(asked), asked.to, wanted)
    except InputRefused as error:
        print(error, file=sys.stderr)
        return USAGE
    for path in (*written.paths, *written.copies):
        print(path)
    for note in (*notes, *written.notes):
        print(note, file=sys.stderr)
    return ATTENTION if written.notes else OK


def _paths(asked: argparse.Namespace) -> int:
    where = _where(asked)
    rows = (
        ("record", where.progress),
        ("settings", where.config),
        ("evidence", where.evidence),
        ("letters", where.letters),
        ("memory", where.state),
        ("cache", where.cache),
        ("guidance", where.edition),
    )
    for name, path in rows:
        print(f"{name:<10}{path}{'' if path.exists() else '  (not there yet)'}")
    return OK


def _about(asked: argparse.Namespace) -> int:
    import locale
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from metaoptout_tui.current_guidance import guidance_in_use

    home = str(Path.home())
    playbook, origin, notice = guidance_in_use(_where(asked))
    whose = " from a feed" if origin.is_feed else ""
    print(f"metaoptout-tui {__version__}, guide {playbook.serial} of {playbook.published}{whose}")
    if notice:
        print(notice)
    print(f"Python {platform.python_version()} on {platform.system()} {platform.release()}")
    for package in ("textual", "rich", "httpx", "tomli-w", "platformdirs", "segno", "email-validator"):
        try:
            print(f"{package} {version(package)}")
        except PackageNotFoundError:
            print(f"{package} is not installed")
    size = os.get_terminal_size(sys.stderr.fileno()) if sys.stderr.isatty() else None
    print(f"terminal {os.environ.get('TERM', '-')}, {f'{size.columns} × {size.lines}' if size else 'none'}")
    for name in ("COLORTERM", "TERM_PROGRAM", "NO_COLOR", "TMUX", "SSH_CONNECTION"):
        print(f"{name} {'set' if os.environ.get(name) else 'not set'}")
    print(f"locale {locale.getpreferredencoding(do_setlocale=False)}")
    where = _where(asked)
    for name, path in (("record", where.progress), ("settings", where.config)):
        shown = str(path).replace(home, "~", 1) if str(path).startswith(home) else path.name
        print(f"{name} {shown}, {'there' if path.exists() else 'not there'}")
    return OK


def _keys(asked: argparse.Namespace) -> int:
    from metaoptout_tui.storage.config_file import load_config
    from metaoptout_tui.ui.actions import actions_of
    from metaoptout_tui.ui.key_table import check_key_table, keys_of, readable_key
    from metaoptout_tui.ui.places import PLACES

    config, problems = load_config(_where(asked).config, named=hasattr(asked, "config"))
    table, _ = check_key_table(config.keys)
    for place, title in PLACES.items():
        actions = actions_of(place)
        if not actions:
            continue
        print(title)
        for action in actions:
            keys = ", ".join(readable_key(key) for key in keys_of(action, table))
            print(f"  {keys:<20}{action.id:<24}{action.help}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return OK


def _guidance_check(asked: argparse.Namespace) -> int:
    from metaoptout_tui.clock import system_clock
    from metaoptout_tui.guidance_command import check

    problems, words = check(asked.file, _where(asked), today=system_clock().date())
    for problem in problems:
        print(problem)
    print(words, file=sys.stderr)
    return TROUBLE if problems else OK


def _guidance_export(asked: argparse.Namespace) -> int:
    from metaoptout_tui.guidance_command import export

    sys.stdout.flush()
    sys.stdout.buffer.write(export(_where(asked)))  # a file is UTF-8, whatever the terminal is
    return OK


def _lookout(asked: argparse.Namespace) -> "Lookout":
    """The lookout as settings, consent and command line allow."""
    from metaoptout_tui.current_guidance import guidance_in_use
    from metaoptout_tui.lookout import Lookout, permission_of
    from metaoptout_tui.storage.config_file import load_config
    from metaoptout_tui.storage.consent_file import load_consent

    where = _where(asked)
    config, problems = load_config(where.config, named=hasattr(asked, "config"))
    in_use = guidance_in_use(where)
    for problem in (*problems, *([in_use.notice] if in_use.notice else [])):
        print(problem, file=sys.stderr)
    permission = permission_of(config.guidance, offline=asked.offline)
    meta_pages = permission.meta_pages or load_consent(where.consent).meta_pages
    return Lookout(in_use, where, permission._replace(meta_pages=meta_pages))


def _guidance_show(asked: argparse.Namespace) -> int:
    from metaoptout_tui import guidance_report
    from metaoptout_tui.storage import progress_file

    lookout = _lookout(asked)
    if asked.page:
        print(guidance_report.page(lookout, asked.page, changes=asked.changes))
        if asked.mark_read:
            lookout.mark_read(asked.page)
        return OK
    loaded = progress_file.load(_where(asked).progress)
    country = loaded.progress.person.country if isinstance(loaded, progress_file.Good) else ""
    print(guidance_report.show(lookout, lookout.playbook.region_of(country).id))
    return OK


def _guidance_status(asked: argparse.Namespace) -> int:
    from metaoptout_tui import guidance_report

    lookout = _lookout(asked)
    print(guidance_report.status_json(lookout) if asked.json else guidance_report.status(lookout))
    return OK


def _guidance_refresh(asked: argparse.Namespace) -> int:
    from metaoptout_tui import guidance_report

    def tell(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    answered = guidance_report.refresh(_lookout(asked), lambda line: print(line, flush=True), tell)
    return OK if answered else TROUBLE


def _where(asked: argparse.Namespace) -> Places:
    return places(getattr(asked, "data_dir", None), getattr(asked, "config", None), os.environ)


def _screen(asked: argparse.Namespace) -> int:
    """Open the full screen, or say why that cannot be here."""
    why = _no_screen()
    if why:
        print(f"{why} `metaoptout-tui status` prints how things stand without one.", file=sys.stderr)
        return USAGE
    if not os.environ.get("NO_COLOR", "x"):
        del os.environ["NO_COLOR"]  # its standard: an empty one is none
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    _size_the_terminal()
    from metaoptout_tui.ui.start import start

    return start(_where(asked), config_named=hasattr(asked, "config"), offline=asked.offline)


def _size_the_terminal() -> None:
    """Tell a terminal that says it is 0 × 0, as a serial line or a container may, that it has the usual 80 × 24.

    Textual takes two different sizes for it and draws them in turn without end.
    """
    if sys.platform == "win32":
        return
    import termios

    columns, lines = termios.tcgetwinsize(sys.stdout)[::-1]
    if not columns or not lines:
        termios.tcsetwinsize(sys.stdout, (lines or 24, columns or 80))


def _no_screen() -> str:
    if not sys.stdin.isatty() or sys.__stderr__ is None or not sys.__stderr__.isatty() or not sys.stdout.isatty():
        return "The full screen needs a terminal, and this is not one."
    if os.environ.get("TERM", "") in ("dumb", "") and sys.platform != "win32":
        return "The full screen needs a terminal that can move its cursor, and TERM says this one cannot."
    return ""
