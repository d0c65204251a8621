"""The command `metaoptout-tui`: runs a command of the command line, or opens the full screen or plain mode.

What it opens is wired in `wiring/`; both may import every room, each only when it is needed. Which of both ways of use a
terminal calls for is found out without Textual, since plain mode needs none.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import TYPE_CHECKING

from metaoptout_tui.app.clock import system_clock
from metaoptout_tui.app.paths import AppPaths, resolve_paths
from metaoptout_tui.cli.options import REHEARSE, options_without_command
from metaoptout_tui.cli.output import (
    EXIT_FAILURE,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_USAGE,
    discard_stdout,
    narrate,
    open_closed_streams,
    print_output,
    replace_foreign_characters,
)
from metaoptout_tui.core.language.translation import gettext as _

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime
    from pathlib import Path

    from metaoptout_tui.guidance.fetch_requests import FetchRequest, FetchResult
    from metaoptout_tui.ui.leaving import AfterLeaving, InterruptedSitting

_CLEAN_UP_AFTER_SECONDS = 1.0
"""How long after the start a look is taken for what a killed rehearsal left; the first screen stands by then."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, open the full screen or plain mode; the exit status of the process."""
    # What is loaded at the start lives as long as the program: looking through it for garbage would make it later.
    gc.disable()
    try:
        open_closed_streams()
        replace_foreign_characters()
        words = sys.argv[1:] if arguments is None else arguments
        if "--version" not in words:
            from metaoptout_tui.wiring.language import speak_at_start

            speak_at_start(words)
        options = options_without_command(words) or _parse_command(words)
        paths = resolve_paths(getattr(options, "data_dir", None), getattr(options, "config", None), os.environ)
        paths = paths.of_person(getattr(options, "person", "") if options.command != "people" else "")
        if options.command and options.command != REHEARSE:
            gc.enable()
            return _run_and_print(options, paths)
        return _open_and_clean_up(options, paths)
    except BrokenPipeError:
        discard_stdout()
        return EXIT_OK
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback would print what the record holds
        from metaoptout_tui.core.errors import FAULT_EXIT_STATUS, MetaOptOutError, describe_crash

        is_foreseen = isinstance(error, MetaOptOutError)
        for sentence in [error] if is_foreseen else describe_crash(error).splitlines():
            narrate(sentence)
        return EXIT_FAILURE if is_foreseen else FAULT_EXIT_STATUS
    finally:
        gc.enable()


def _parse_command(arguments: Sequence[str]) -> Namespace:
    from metaoptout_tui.cli.parser import build_parser

    return build_parser().parse_args(arguments)


def _run_and_print(options: Namespace, paths: AppPaths) -> int:
    """Run a command of the command line, unless it is not told on which record."""
    from metaoptout_tui.cli.parser import COMMANDS_ON_RECORD, run_command

    for notice in paths.notices:
        narrate(notice)
    if paths.missing_folder and options.command in COMMANDS_ON_RECORD:
        words = _("There is no folder {folder}. Look how it is written; nothing was made.")
        narrate(words.format(folder=paths.missing_folder))
        return EXIT_USAGE
    if words := _why_person_needed(options, paths):
        narrate(words)
        return EXIT_USAGE
    status = print_output(run_command(options, paths, system_clock, _fetch_when_asked))
    if options.command == "purge":  # after it nothing is to be left, also where the program is never opened again
        _remove_left_rehearsals()
    return status


def _why_person_needed(options: Namespace, paths: AppPaths) -> str:
    """What to say of a command on one record where nobody is named and only other people have one; empty else."""
    from metaoptout_tui.cli.parser import COMMANDS_ON_ONE_RECORD

    is_for_everybody = getattr(options, "all", False)
    if hasattr(options, "person") or is_for_everybody or options.command not in COMMANDS_ON_ONE_RECORD:
        return ""
    if not os.path.isdir(paths.people_folder):
        return ""
    from metaoptout_tui.app.files.people import why_no_own_record

    return why_no_own_record(paths)


def _fetch_when_asked(
    requests: Mapping[str, FetchRequest], now: datetime
) -> AsyncGenerator[tuple[str, FetchResult], None]:
    """Fetch over the network, which is loaded only now: most commands need none."""
    from metaoptout_tui.wiring.outside import fetch_over_network

    return fetch_over_network(requests, now)


def _remove_left_rehearsals() -> None:
    from metaoptout_tui.storage.rehearsal_folder import remove_left_rehearsals

    remove_left_rehearsals()


def _open_and_clean_up(options: Namespace, paths: AppPaths) -> int:
    """Open in the terminal, and remove what a killed rehearsal left: once the first screen stands, or at a sooner end."""
    import threading

    cleaning = threading.Timer(_CLEAN_UP_AFTER_SECONDS, _remove_left_rehearsals)
    cleaning.daemon = True
    cleaning.start()
    try:
        return _open_in_terminal(options, paths)
    finally:
        is_cleaned = cleaning.finished.is_set()
        cleaning.cancel()
        if not is_cleaned:
            _remove_left_rehearsals()


def _open_in_terminal(options: Namespace, paths: AppPaths) -> int:
    """Open the full screen, or plain mode where that is asked for, on the record that is named or chosen; or a rehearsal."""
    is_plain = options.plain or is_plain_mode_due(os.environ, is_set=_is_plain_set(paths))
    if not is_plain and (obstacle := why_no_full_screen()):
        hint = _("`metaoptout-tui --plain` asks line by line; `metaoptout-tui status` prints how things stand.")
        narrate(f"{obstacle} {hint}")
        return EXIT_USAGE
    if not is_plain:
        from metaoptout_tui.ui.terminal import prepare_terminal

        prepare_terminal()
    if options.command == REHEARSE:
        from metaoptout_tui.wiring.rehearsal import rehearse_and_say_so

        return rehearse_and_say_so(paths, is_plain=is_plain)
    if paths.missing_folder and not _wants_new_folder(paths.missing_folder):
        return EXIT_USAGE
    asks_whose = not hasattr(options, "person") and os.path.isdir(paths.people_folder)
    if is_plain:
        from metaoptout_tui.wiring.plain_mode import open_plain_mode

        gc.enable()
        return open_plain_mode(paths, asks_whose=asks_whose, offline=options.offline)
    return _open_for_person(paths, asks_whose=asks_whose, offline=options.offline)


def _open_for_person(paths: AppPaths, *, asks_whose: bool, offline: bool) -> int:
    """Open the full screen; again after a rehearsal or for another person, if that is wanted. The exit status."""
    from metaoptout_tui.wiring.full_screen import choose_record_on_screen, open_full_screen

    after = choose_record_on_screen(paths) if asks_whose else open_full_screen(paths, offline=offline)
    from metaoptout_tui.ui.leaving import LeftForPerson, LeftToEnd, LeftToPurge, LeftToRehearse

    while True:
        match after:
            case LeftToEnd(exit_status):
                return exit_status
            case LeftForPerson(name):
                paths = paths.of_person(name)
                after = open_full_screen(paths, offline=offline)
            case LeftToRehearse(interrupted):
                after = _rehearse_and_return(paths, interrupted, offline=offline)
            case LeftToPurge(with_handed_out):
                from metaoptout_tui.cli.purge import delete_everything

                return print_output(delete_everything(paths, with_handed_out=with_handed_out))


def _rehearse_and_return(paths: AppPaths, interrupted: InterruptedSitting, *, offline: bool) -> AfterLeaving:
    """Rehearse, and open the record again, unless the rehearsal was ended by a signal or a fault."""
    from metaoptout_tui.ui.leaving import LeftToEnd
    from metaoptout_tui.wiring.full_screen import open_full_screen
    from metaoptout_tui.wiring.outside import Surroundings
    from metaoptout_tui.wiring.rehearsal import rehearsal_is_over, rehearse

    if exit_status := rehearse(paths):
        return LeftToEnd(exit_status)
    surroundings = Surroundings(notices=(rehearsal_is_over(),), interrupted=interrupted)
    return open_full_screen(paths, offline=offline, surroundings=surroundings)


def _is_plain_set(paths: AppPaths) -> bool:
    """Whether the settings ask for plain mode. What is wrong with them is told once the program is open."""
    from metaoptout_tui.storage.settings_files import load_config

    return load_config(paths.config, is_required=paths.is_config_named)[0].plain


def _wants_new_folder(folder: Path) -> bool:
    """Ask on the terminal whether a record is to be begun in a folder that is not there; by default not."""
    from metaoptout_tui.core.language.typed_answers import letter_for_yes, understand_yes_or_no

    there_is_none = _("There is no folder {folder}. It may be a slip of the pen, or a disk that is not connected.")
    narrate(there_is_none.format(folder=folder))
    asked = _("Type {y} and Enter to begin a new record there; Enter alone makes nothing.")
    narrate(asked.format(y=letter_for_yes()))
    return understand_yes_or_no(sys.stdin.readline()) is True


def why_no_full_screen() -> str:
    """Why the full screen cannot be opened here, in a sentence; empty where it can."""
    if _is_terminal() and sys.__stderr__ is not None and sys.__stderr__.isatty():
        return ""
    return _("The full screen needs a terminal, and this is not one.")


def is_plain_mode_due(environ: Mapping[str, str], *, is_set: bool) -> bool:
    """Whether a terminal is to be spoken to line by line.

    The settings (`is_set`) or ACCESSIBLE ask for it, or TERM says that its cursor cannot be moved.
    """
    is_asked = environ.get("ACCESSIBLE", "") not in ("", "0")
    is_without_cursor = environ.get("TERM", "") in ("dumb", "") and sys.platform != "win32"
    return (is_set or is_asked or is_without_cursor) and _is_terminal()


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout is not None and sys.stdout.isatty()
