"""The command line: parses what was asked and hands over. Imports nothing heavy; stdout is data, stderr is for people."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from metaoptout_tui import __version__
from metaoptout_tui.storage.paths import Places, places

OK, TROUBLE, USAGE, INTERRUPTED = 0, 1, 2, 130

_EPILOG = """\
exit status: 0 done; 1 a file cannot be read or written, or the program stopped by a fault;
2 wrong usage, or no terminal for the full screen; 128+N ended by signal N.
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


def _parser() -> argparse.ArgumentParser:
    folders = argparse.ArgumentParser(add_help=False)
    folders.add_argument("--config", type=Path, metavar="FILE", default=argparse.SUPPRESS, help="settings file to read")
    folders.add_argument(
        "--data-dir", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="folder that holds everything it keeps"
    )
    parser = argparse.ArgumentParser(
        prog="metaoptout-tui",
        description="Walks you through objecting to Meta's use of your data for training AI, account by account.\n"
        "It sends nothing to Meta. Without a command it opens the full screen.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[folders],
    )
    parser.add_argument("--version", action="version", version=f"metaoptout-tui {__version__}")
    parser.set_defaults(run=_screen)
    commands = parser.add_subparsers(title="commands", metavar="")
    status = commands.add_parser("status", parents=[folders], help="print accounts, how they stand and what to do next")
    status.add_argument("--json", action="store_true", help="as JSON, for scripts")
    status.set_defaults(run=_status)
    review = commands.add_parser(
        "review",
        parents=[folders],
        help="count what exported WhatsApp chats show of Meta AI; nothing leaves this machine",
    )
    review.add_argument("path", nargs="+", metavar="PATH", help="an exported chat (.txt or .zip), or a folder of them")
    review.add_argument("--json", action="store_true", help="as JSON, for scripts; counts every message of every chat")
    review.add_argument("--me", metavar="NAME", default="", help="the sender that you are, as the export names you")
    review.add_argument("--times", action="store_true", help="in JSON, when each message to Meta AI was written")
    review.set_defaults(run=_review)
    commands.add_parser("paths", parents=[folders], help="print where things are kept").set_defaults(run=_paths)
    about = commands.add_parser("about", parents=[folders], help="print what a bug report needs; nothing personal")
    about.set_defaults(run=_about)
    commands.add_parser("keys", parents=[folders], help="print every key and its action").set_defaults(run=_keys)
    return parser


def _forgiving_streams() -> None:
    """Write what the locale cannot as question marks rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _status(asked: argparse.Namespace) -> int:
    from metaoptout_tui.status import status

    words, errors = status(_where(asked).progress, as_json=asked.json)
    print(words)
    for error in errors:
        print(error, file=sys.stderr)
    return OK


def _review(asked: argparse.Namespace) -> int:
    from metaoptout_tui.reviewing import reviewed

    printed = reviewed(asked.path, as_json=asked.json, me=asked.me, times=asked.times)
    print(printed.words)
    for error in printed.errors:
        print(error, file=sys.stderr)
    return TROUBLE if printed.trouble else OK


def _paths(asked: argparse.Namespace) -> int:
    where = _where(asked)
    rows = (
        ("record", where.progress),
        ("settings", where.config),
        ("memory", where.state),
        ("cache", where.cache),
    )
    for name, path in rows:
        print(f"{name:<10}{path}{'' if path.exists() else '  (not there yet)'}")
    return OK


def _about(asked: argparse.Namespace) -> int:
    import locale
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from metaoptout_tui.guidance.loader import load_playbook

    home = str(Path.home())
    playbook = load_playbook()
    print(f"metaoptout-tui {__version__}, guide {playbook.serial} of {playbook.published}")
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
    from metaoptout_tui.ui.actions import PLACES, actions_of, check_key_table, keys_of, readable_key

    config, problems = load_config(_where(asked).config, named=hasattr(asked, "config"))
    table, _ = check_key_table(config.keys)
    for place, title in PLACES.items():
        actions = actions_of(place)
        if not actions:
            continue
        print(title)
        for action in actions:
            keys = ", ".join(readable_key(key) for key in keys_of(action, table))
            print(f"  {keys:<18}{action.id:<24}{action.help}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return OK


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

    return start(_where(asked), config_named=hasattr(asked, "config"))


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
