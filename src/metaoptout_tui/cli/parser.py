"""The command line: parses the arguments and runs the command that was asked for.

It imports nothing heavy before a command needs it. Data goes to stdout, messages for people go to stderr.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from metaoptout_tui import __version__
from metaoptout_tui.storage.paths import AppPaths, resolve_paths

if TYPE_CHECKING:
    from metaoptout_tui.app.page_watcher import PageWatcher
    from metaoptout_tui.core.guidance.playbook import GuidanceTexts


EXIT_OK, EXIT_FAILURE, EXIT_USAGE, EXIT_ATTENTION, EXIT_INTERRUPTED = 0, 1, 2, 10, 130

_EXIT_STATUS_HELP = """\
exit status: 0 done; 1 a file cannot be read or written or is not valid, or the program stopped by a fault;
2 wrong usage, or no terminal for the full screen; 10 something is due (status --due), or a kept file is
not as it was (evidence verify, export); 128+N ended by signal N.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status of the process."""
    try:
        asked = _build_parser().parse_args(arguments)
        _replace_unencodable_output()
        run: Callable[[argparse.Namespace], int] = asked.run
        return run(asked)
    except BrokenPipeError:
        # Whoever read our output has enough; the interpreter must not try to flush the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback would print what the record holds
        from metaoptout_tui.core.errors import MetaOptOutError, describe_crash

        print(error if isinstance(error, MetaOptOutError) else describe_crash(error), file=sys.stderr)
        return EXIT_FAILURE


class _CommandParser(argparse.ArgumentParser):
    """Says in plain words which command there is none of, with the nearest one, where argparse lists them all."""

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if isinstance(action.choices, Mapping) and value not in action.choices:
            from difflib import get_close_matches

            from metaoptout_tui.core.text import clean_line

            near = get_close_matches(str(value), map(str, action.choices), n=1)
            hint = f"Did you mean {near[0]}?" if near else f"`{self.prog} --help` lists them."
            self.error(f"There is no command “{clean_line(str(value), 80)}”. {hint}")
        super()._check_value(action, value)


def _build_parser() -> argparse.ArgumentParser:
    folders = _CommandParser(add_help=False)
    folders.add_argument("--config", type=Path, metavar="FILE", default=argparse.SUPPRESS, help="settings file to read")
    folders.add_argument(
        "--data-dir", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="folder that holds everything it keeps"
    )
    parser = _CommandParser(
        prog="metaoptout-tui",
        description="Walks you through objecting to Meta's use of your data for training AI, account by account.\n"
        "It sends nothing to Meta. Without a command it opens the full screen.",
        epilog=_EXIT_STATUS_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[folders],
    )
    parser.add_argument("--version", action="version", version=f"metaoptout-tui {__version__}")
    parser.add_argument("--offline", action="store_true", help="make no connection, whatever is asked for")
    parser.set_defaults(run=_run_full_screen)
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
    status.set_defaults(run=_run_status)
    evidence = commands.add_parser("evidence", help="check the files you kept as evidence")
    verify = evidence.add_subparsers(title="commands", metavar="", required=True).add_parser(
        "verify", parents=[folders], help="say of each kept file whether it is there and unchanged"
    )
    verify.set_defaults(run=_run_evidence_verify)
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
    review.set_defaults(run=_run_review)
    _add_export_arguments(commands.add_parser("export", parents=[folders], help="write the case file, to hand it over"))
    commands.add_parser("paths", parents=[folders], help="print where things are kept").set_defaults(run=_run_paths)
    about = commands.add_parser("about", parents=[folders], help="print what a bug report needs; nothing personal")
    about.set_defaults(run=_run_about)
    commands.add_parser("keys", parents=[folders], help="print every key and its action").set_defaults(run=_run_keys)
    _add_guidance_commands(
        commands.add_parser("guidance", parents=[folders], help="how current it is; your own"), folders
    )
    return parser


def _folder_argument(words: str) -> Path:
    """A folder that was named; an empty name, as of a variable that is not set, is not the folder one is in."""
    if not words.strip():
        raise argparse.ArgumentTypeError("name a folder")
    return Path(words)


def _add_export_arguments(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "--to",
        type=_folder_argument,
        metavar="DIR",
        required=True,
        help="folder to write to; what is there stays as it is",
    )
    export.add_argument("--account", default="", metavar="ID", help="of this account only, by its id in status --json")
    export.add_argument("--redact", action="store_true", help="with masks for names and addresses, and no free text")
    export.add_argument("--with-evidence", action="store_true", help="with a copy of each kept file, checked")
    export.set_defaults(run=_run_export)


def _add_guidance_commands(guidance: argparse.ArgumentParser, folders: argparse.ArgumentParser) -> None:
    works = guidance.add_subparsers(title="commands", metavar="COMMAND", required=True)
    show = works.add_parser("show", parents=[folders], help="print the guidance in use, or the text of a watched page")
    show.add_argument("page", nargs="?", default="", metavar="PAGE", help="a watched page, as status names it")
    show.add_argument("--changes", action="store_true", help="what changed in the page since you read it")
    show.add_argument("--mark-read", action="store_true", help="say that you have read it as it is now")
    show.set_defaults(run=_run_guidance_show)
    status = works.add_parser("status", parents=[folders], help="print how current it is, source by source")
    status.add_argument("--json", action="store_true", help="as JSON, for scripts")
    status.set_defaults(run=_run_guidance_status)
    refresh = works.add_parser("refresh", parents=[folders], help="ask the watched pages now whether they changed")
    refresh.add_argument("--offline", action="store_true", default=argparse.SUPPRESS, help="make no connection")
    refresh.set_defaults(run=_run_guidance_refresh)
    check = works.add_parser("check", parents=[folders], help="list every problem of a playbook file")
    check.add_argument("file", type=Path, metavar="FILE", help="a playbook in one file, as a feed holds it")
    check.set_defaults(run=_run_guidance_check)
    export = works.add_parser("export", parents=[folders], help="print the guidance in use as one such file")
    export.set_defaults(run=_run_guidance_export)


def _replace_unencodable_output() -> None:
    """Write what the locale cannot as question marks rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _run_status(asked: argparse.Namespace) -> int:
    from metaoptout_tui.cli.status import coverage_report, due_report, status_report

    where = _data_paths(asked)
    if asked.due:
        words, errors = due_report(where)
    elif asked.coverage:
        words, errors = coverage_report(where)
    else:
        words, errors = status_report(where, as_json=asked.json)
    if words:
        print(words)
    for error in errors:
        print(error, file=sys.stderr)
    return EXIT_ATTENTION if asked.due and words else EXIT_OK


def _run_evidence_verify(asked: argparse.Namespace) -> int:
    from metaoptout_tui.cli.status import verify_evidence

    where = _data_paths(asked)
    words, notes, fine = verify_evidence(where)
    print(words)
    for note in notes:
        print(note, file=sys.stderr)
    return EXIT_OK if fine else EXIT_ATTENTION


def _run_review(asked: argparse.Namespace) -> int:
    from metaoptout_tui.cli.review import review_chats

    def texts() -> "GuidanceTexts":
        from metaoptout_tui.app.guidance_in_use import load_guidance_in_use

        return load_guidance_in_use(_data_paths(asked)).playbook.texts

    printed = review_chats(asked.path, texts, as_json=asked.json, me=asked.me, times=asked.times)
    print(printed.stdout)
    for error in printed.stderr_lines:
        print(error, file=sys.stderr)
    return EXIT_FAILURE if printed.has_unreadable_files else EXIT_OK


def _run_export(asked: argparse.Namespace) -> int:
    from metaoptout_tui.app.case_export import CaseExportOptions, export_case_file
    from metaoptout_tui.core.errors import InputRefused

    wanted = CaseExportOptions(asked.account, asked.redact, asked.with_evidence)
    try:
        written, notes = export_case_file(_data_paths(asked), asked.to, wanted)
    except InputRefused as error:
        print(error, file=sys.stderr)
        return EXIT_USAGE
    for path in (*written.paths, *written.evidence_copies):
        print(path)
    for note in (*notes, *written.warnings):
        print(note, file=sys.stderr)
    return EXIT_ATTENTION if written.warnings else EXIT_OK


def _run_paths(asked: argparse.Namespace) -> int:
    where = _data_paths(asked)
    rows = (
        ("record", where.progress),
        ("settings", where.config),
        ("evidence", where.evidence),
        ("letters", where.letters),
        ("memory", where.state),
        ("cache", where.cache),
        ("guidance", where.accepted_edition),
    )
    for name, path in rows:
        print(f"{name:<10}{path}{'' if path.exists() else '  (not there yet)'}")
    return EXIT_OK


def _run_about(asked: argparse.Namespace) -> int:
    import locale
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from metaoptout_tui.app.guidance_in_use import load_guidance_in_use

    home = str(Path.home())
    playbook, origin, notice = load_guidance_in_use(_data_paths(asked))
    whose = " from a feed" if origin.is_from_feed else ""
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
    where = _data_paths(asked)
    for name, path in (("record", where.progress), ("settings", where.config)):
        shown = str(path).replace(home, "~", 1) if str(path).startswith(home) else path.name
        print(f"{name} {shown}, {'there' if path.exists() else 'not there'}")
    return EXIT_OK


def _run_keys(asked: argparse.Namespace) -> int:
    from metaoptout_tui.app.commands import SCREEN_TITLES, commands_of
    from metaoptout_tui.app.key_table import check_key_table, keys_of, readable_key
    from metaoptout_tui.storage.config_file import load_config

    config, problems = load_config(_data_paths(asked).config, named=hasattr(asked, "config"))
    table, _ = check_key_table(config.keys)
    for place, title in SCREEN_TITLES.items():
        actions = commands_of(place)
        if not actions:
            continue
        print(title)
        for action in actions:
            keys = ", ".join(readable_key(key) for key in keys_of(action, table))
            print(f"  {keys:<20}{action.id:<24}{action.help}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return EXIT_OK


def _run_guidance_check(asked: argparse.Namespace) -> int:
    from metaoptout_tui.app.clock import system_clock
    from metaoptout_tui.cli.guidance import check_guidance_file

    problems, words = check_guidance_file(asked.file, _data_paths(asked), today=system_clock().date())
    for problem in problems:
        print(problem)
    print(words, file=sys.stderr)
    return EXIT_FAILURE if problems else EXIT_OK


def _run_guidance_export(asked: argparse.Namespace) -> int:
    from metaoptout_tui.cli.guidance import export_guidance

    sys.stdout.flush()
    sys.stdout.buffer.write(export_guidance(_data_paths(asked)))  # a file is UTF-8, whatever the terminal is
    return EXIT_OK


def _create_page_watcher(asked: argparse.Namespace) -> "PageWatcher":
    """The lookout as settings, consent and command line allow."""
    from metaoptout_tui.app.guidance_in_use import load_guidance_in_use
    from metaoptout_tui.app.page_watcher import PageWatcher, permission_from_settings
    from metaoptout_tui.storage.config_file import load_config
    from metaoptout_tui.storage.remembered import load_consent

    where = _data_paths(asked)
    config, problems = load_config(where.config, named=hasattr(asked, "config"))
    in_use = load_guidance_in_use(where)
    for problem in (*problems, *([in_use.notice] if in_use.notice else [])):
        print(problem, file=sys.stderr)
    permission = permission_from_settings(config.guidance, offline=asked.offline)
    meta_pages = permission.meta_pages or load_consent(where.consent).meta_pages
    return PageWatcher(in_use, where, permission._replace(meta_pages=meta_pages))


def _run_guidance_show(asked: argparse.Namespace) -> int:
    from metaoptout_tui.cli import guidance
    from metaoptout_tui.storage import progress_file

    lookout = _create_page_watcher(asked)
    if asked.page:
        print(guidance.page_report(lookout, asked.page, changes=asked.changes))
        if asked.mark_read:
            lookout.mark_read(asked.page)
        return EXIT_OK
    loaded = progress_file.load_record(_data_paths(asked).progress)
    country = loaded.record.person.country if isinstance(loaded, progress_file.FileLoaded) else ""
    print(guidance.guidance_listing(lookout, lookout.playbook.region_of_country(country).id))
    return EXIT_OK


def _run_guidance_status(asked: argparse.Namespace) -> int:
    from metaoptout_tui.cli import guidance

    lookout = _create_page_watcher(asked)
    print(guidance.freshness_json(lookout) if asked.json else guidance.freshness_report(lookout))
    return EXIT_OK


def _run_guidance_refresh(asked: argparse.Namespace) -> int:
    from metaoptout_tui.cli import guidance

    def tell(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    answered = guidance.refresh_pages(_create_page_watcher(asked), lambda line: print(line, flush=True), tell)
    return EXIT_OK if answered else EXIT_FAILURE


def _data_paths(asked: argparse.Namespace) -> AppPaths:
    return resolve_paths(getattr(asked, "data_dir", None), getattr(asked, "config", None), os.environ)


def _run_full_screen(asked: argparse.Namespace) -> int:
    """Open the full screen, or say why that cannot be here."""
    why = _why_no_full_screen()
    if why:
        print(f"{why} `metaoptout-tui status` prints how things stand without one.", file=sys.stderr)
        return EXIT_USAGE
    if not os.environ.get("NO_COLOR", "x"):
        del os.environ["NO_COLOR"]  # its standard: an empty one is none
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    _set_missing_terminal_size()
    from metaoptout_tui.ui.start import run_ui

    return run_ui(_data_paths(asked), config_named=hasattr(asked, "config"), offline=asked.offline)


def _set_missing_terminal_size() -> None:
    """Tell a terminal that says it is 0 × 0, as a serial line or a container may, that it has the usual 80 × 24.

    Textual takes two different sizes for it and draws them in turn without end.
    """
    if sys.platform == "win32":
        return
    import termios

    columns, lines = termios.tcgetwinsize(sys.stdout)[::-1]
    if not columns or not lines:
        termios.tcsetwinsize(sys.stdout, (lines or 24, columns or 80))


def _why_no_full_screen() -> str:
    if not sys.stdin.isatty() or sys.__stderr__ is None or not sys.__stderr__.isatty() or not sys.stdout.isatty():
        return "The full screen needs a terminal, and this is not one."
    if os.environ.get("TERM", "") in ("dumb", "") and sys.platform != "win32":
        return "The full screen needs a terminal that can move its cursor, and TERM says this one cannot."
    return ""
