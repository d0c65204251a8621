"""The command `metaoptout-tui`: runs a command of the command line, or wires and opens the full screen.

The only module that may import every room, each only when it is needed.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.paths import AppPaths, resolve_paths
from metaoptout_tui.cli.output import (
    EXIT_FAILURE,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_USAGE,
    discard_stdout,
    narrate,
    print_line,
    print_output,
    replace_unencodable_characters,
)
from metaoptout_tui.cli.parser import COMMANDS_ON_RECORD, build_parser, run_command

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime
    from pathlib import Path

    from metaoptout_tui.app.kept_files import RecordFiles
    from metaoptout_tui.core.chats.known_chats import KnownChats
    from metaoptout_tui.core.desktop import FileOpener, LinkOpener, MailStarter, TextCopier
    from metaoptout_tui.core.links import SafeUrl
    from metaoptout_tui.guidance.fetch_requests import FetchRequest, FetchResult
    from metaoptout_tui.ui.app import MetaOptOutApp


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command or open the full screen; the exit status of the process."""
    try:
        replace_unencodable_characters()
        options = build_parser().parse_args(arguments)
        paths = _paths_of_run(options)
        if options.command and options.command != REHEARSE:
            for notice in paths.notices:
                narrate(notice)
            if paths.missing_folder and options.command in COMMANDS_ON_RECORD:
                narrate(f"There is no folder {paths.missing_folder}. Look how it is written; nothing was made.")
                return EXIT_USAGE
            return print_output(run_command(options, paths, system_clock, fetch_over_network))
        return _open_for_person(paths, is_rehearsal=options.command == REHEARSE, offline=options.offline)
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


def _paths_of_run(options: Namespace) -> AppPaths:
    """Where things are, by the options. Raises InputRefused where that cannot be told, or for an unknown person."""
    paths = resolve_paths(getattr(options, "data_dir", None), getattr(options, "config", None), os.environ)
    person = getattr(options, "person", "")
    if not person or options.command == "people":
        return paths
    from metaoptout_tui.app.people import paths_of_person

    return paths_of_person(paths, person)


def _open_for_person(paths: AppPaths, *, is_rehearsal: bool, offline: bool) -> int:
    """Open the full screen, and again after each rehearsal that is begun from it; the exit status of the process."""
    from metaoptout_tui.ui.terminal import prepare_terminal, why_no_full_screen

    if obstacle := why_no_full_screen():
        narrate(f"{obstacle} `metaoptout-tui status` prints how things stand without one.")
        return EXIT_USAGE
    if not is_rehearsal and paths.missing_folder and not _wants_new_folder(paths.missing_folder):
        return EXIT_USAGE
    prepare_terminal()
    if is_rehearsal:
        return _rehearse_and_say_so(paths)
    status = open_full_screen(paths, offline=offline)
    while status == REHEARSAL_WANTED:
        back = Surroundings(notices=(_rehearsal_is_over(),))
        status = rehearse(paths) or open_full_screen(paths, offline=offline, surroundings=back)
    return status


def _wants_new_folder(folder: Path) -> bool:
    """Ask on the terminal whether a record is to be begun in a folder that is not there; by default not."""
    narrate(f"There is no folder {folder}. It may be a slip of the pen, or a disk that is not connected.")
    narrate("Type y and Enter to begin a new record there; Enter alone makes nothing.")
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def fetch_over_network(
    requests: Mapping[str, FetchRequest], now: datetime
) -> AsyncGenerator[tuple[str, FetchResult], None]:
    """Make the requests over the network; nothing that does so is loaded before."""
    from metaoptout_tui.guidance import concurrent_fetch

    return concurrent_fetch.fetch_all(requests, now=now)


def _load_known_chats(paths: AppPaths) -> KnownChats:
    from metaoptout_tui.storage.known_chats_file import load_known_chats

    return load_known_chats(paths.known_chats)


def _save_known_chats(paths: AppPaths, known: KnownChats) -> None:
    from metaoptout_tui.storage.known_chats_file import save_known_chats

    save_known_chats(paths.known_chats, known)


def _record_files(paths: AppPaths, clock: Clock) -> RecordFiles:
    from metaoptout_tui.app.kept_files import RecordFiles

    return RecordFiles(paths, clock)


def make_browser() -> LinkOpener:
    """The person's browser."""
    from metaoptout_tui.desktop.programs import Browser

    return Browser()


def make_clipboard(send_to_terminal: Callable[[str], None]) -> TextCopier:
    """The person's clipboard, which may be that of the terminal."""
    from metaoptout_tui.desktop.clipboard import Clipboard

    return Clipboard(send_to_terminal)


def make_mail_program(letter_folder: Path | None) -> MailStarter:
    """The person's mail program, which reads letters from a folder."""
    from metaoptout_tui.desktop.mail_program import MailProgram

    return MailProgram(letter_folder=letter_folder)


def make_file_viewer() -> FileOpener:
    """The person's programs for pictures, documents and mails."""
    from metaoptout_tui.desktop.file_viewer import FileViewer

    return FileViewer()


class Surroundings(NamedTuple):
    """What a full screen works with outside of itself; a rehearsal has others.

    `make_app` makes the App from what every App is made from, None for the usual one. `offline_reason` says why no
    connection is made, where none is whatever the settings say. `notices` are shown once at the start. The others are
    those of `AppContext`.
    """

    make_browser: Callable[[], LinkOpener] = make_browser
    make_clipboard: Callable[[Callable[[str], None]], TextCopier] = make_clipboard
    make_mail_program: Callable[[Path | None], MailStarter] = make_mail_program
    make_file_viewer: Callable[[], FileOpener] = make_file_viewer
    make_app: Callable[..., MetaOptOutApp] | None = None
    offline_reason: str = ""
    notices: tuple[str, ...] = ()
    export_obstacle: Callable[[Path], str] = lambda _folder: ""
    letter_heading: str = ""
    offers_rehearsal: bool = True


REHEARSE = "rehearse"
"""The command that opens the full screen on an invented person."""
REHEARSAL_WANTED = -1
"""What a full screen ends with, in place of an exit status, when the person leaves it for a rehearsal."""


def _rehearsal_is_over() -> str:
    from metaoptout_tui.app.rehearsal import REHEARSAL_IS_OVER
    from metaoptout_tui.core.language.translation import gettext as _

    return _(REHEARSAL_IS_OVER)


def _rehearse_and_say_so(paths: AppPaths) -> int:
    """Rehearse, and say on the terminal that nothing was kept."""
    try:
        return rehearse(paths)
    finally:
        narrate(_rehearsal_is_over())


def rehearse(paths: AppPaths) -> int:
    """Open the full screen on an invented person, of whom nothing is left at the end; the exit status.

    Of the person's own files only the settings and the theme are read.
    """
    from metaoptout_tui.app import rehearsal
    from metaoptout_tui.core.language.translation import gettext as _
    from metaoptout_tui.desktop import rehearsed
    from metaoptout_tui.guidance.loader import load_playbook
    from metaoptout_tui.ui.base.app import exit_signals_raised
    from metaoptout_tui.ui.rehearsal_app import RehearsalApp
    from metaoptout_tui.ui.terminal import language_and_country_of_locale

    clock = rehearsal.MovableClock()
    country = language_and_country_of_locale(os.environ)[1]
    with exit_signals_raised(), rehearsal.rehearsal_folder(paths, load_playbook(), country) as invented:
        surroundings = Surroundings(
            make_browser=rehearsed.RehearsedBrowser,
            make_clipboard=lambda _: rehearsed.RehearsedClipboard(),
            make_mail_program=lambda _: rehearsed.RehearsedMailProgram(),
            make_file_viewer=rehearsed.RehearsedFileViewer,
            make_app=partial(RehearsalApp, clock=clock),
            offline_reason=_(rehearsal.OFFLINE_REASON),
            notices=(_(rehearsal.REHEARSAL_BEGINS),),
            export_obstacle=rehearsal.export_obstacle_in(invented.progress.parent),
            letter_heading=_(rehearsal.LETTER_HEADING),
            offers_rehearsal=False,
        )
        return open_full_screen(invented, clock=clock, surroundings=surroundings)


def open_full_screen(
    paths: AppPaths,
    *,
    offline: bool = False,
    clock: Clock = system_clock,
    surroundings: Surroundings = Surroundings(),  # noqa: B008 - it cannot be changed
) -> int:
    """Open the full screen and stay until the person leaves; the exit status of the process, or REHEARSAL_WANTED."""
    # What is loaded and built for the start lives as long as the program: looking through it for garbage costs a tenth of it.
    gc.disable()
    import dataclasses

    from metaoptout_tui.app.chat_scan import ChatScan
    from metaoptout_tui.app.guidance_in_use import load_guidance_in_use
    from metaoptout_tui.app.key_table import read_key_table
    from metaoptout_tui.app.page_watcher import PageCheck, PageWatcher, permission_from_settings
    from metaoptout_tui.guidance.loader import load_authorities, load_countries, load_reason_texts, load_territories
    from metaoptout_tui.storage import settings_files
    from metaoptout_tui.ui.app import MetaOptOutApp
    from metaoptout_tui.ui.context import AppContext
    from metaoptout_tui.ui.start import open_record_or_ask, run_until_left
    from metaoptout_tui.ui.terminal import language_and_country_of_locale, symbols_for_terminal
    from metaoptout_tui.ui.theme import initial_theme, unknown_theme_notices

    config, problems = settings_files.load_config(paths.config, is_required=paths.is_config_named)
    state = settings_files.load_state(paths.state)
    no_color = bool(os.environ.get("NO_COLOR"))
    theme = initial_theme(
        configured=config.theme, remembered=state.theme, remembered_for=state.theme_config, no_color=no_color
    )
    guidance = load_guidance_in_use(paths)
    keymap, key_notices = read_key_table(config, paths.config.name)
    opened = open_record_or_ask(
        paths.progress, guidance.playbook, clock=clock, theme=theme, keymap=keymap, no_color=no_color, narrate=narrate
    )
    if isinstance(opened, int):
        return opened
    _remove_leftovers(paths, clock)
    symbols, symbol_notices = symbols_for_terminal(config.marks)

    def qr_lines(url: SafeUrl, *, max_columns: int, max_rows: int) -> tuple[str, ...] | None:
        from metaoptout_tui.desktop import qr

        return qr.qr_lines(url, max_columns=max_columns, max_rows=max_rows)

    def save_ui_state(current_theme: str, position: tuple[str, str]) -> None:
        latest = settings_files.load_state(paths.state)  # others write there too
        account, step = position
        latest = dataclasses.replace(
            latest, theme=state.theme, theme_config=state.theme_config, account=account, step=step
        )
        if current_theme != theme and not no_color:
            latest = dataclasses.replace(latest, theme=current_theme, theme_config=config.theme)
        settings_files.save_state(paths.state, latest)

    locale_language, locale_country = language_and_country_of_locale(os.environ)
    permission = permission_from_settings(config.guidance, offline=offline)
    if surroundings.offline_reason:
        permission = permission._replace(offline_reason=surroundings.offline_reason)
    page_watcher = PageWatcher(guidance, paths, permission, fetch_over_network, clock=clock)
    context = AppContext(
        opened.session,
        surroundings.make_browser,
        lambda: surroundings.make_clipboard(lambda text: app.call_from_thread(app.copy_to_clipboard, text)),
        load_reason_texts,
        load_countries,
        symbols,
        str(paths.progress),
        PageCheck(
            page_watcher,
            settings_files.load_consent(paths.consent),
            save_consent=lambda consent: settings_files.save_consent(paths.consent, consent),
        ),
        locale_country=locale_country,
        locale_language=locale_language,
        label_language=config.label_language,
        startup_notices=(
            *surroundings.notices,
            *opened.notices,
            *paths.notices,
            *problems,
            *filter(None, [guidance.notice]),
            *unknown_theme_notices(config.theme, paths.config.name),
            *key_notices,
            *symbol_notices,
        ),
        territories=load_territories,
        evidence_folder=paths.evidence,
        case_folder=paths.case_files,
        record_name=paths.record_name,
        chat_scan=ChatScan(
            lambda: _load_known_chats(paths),
            save_known_chats=lambda known: _save_known_chats(paths, known),
            load_former_names=lambda: settings_files.load_senders(paths.senders).values(),
        ),
        authorities=load_authorities,
        mailer=lambda: surroundings.make_mail_program(paths.handed_letters),
        qr_lines=qr_lines,
        file_opener=surroundings.make_file_viewer,
        export_obstacle=surroundings.export_obstacle,
        letter_heading=surroundings.letter_heading,
        offers_rehearsal=surroundings.offers_rehearsal,
        record_files=partial(_record_files, paths, clock),
    )
    app = (surroundings.make_app or MetaOptOutApp)(
        context,
        theme=theme,
        position=(state.account, state.step),
        keymap=keymap,
        save_ui_state=save_ui_state,
        no_color=no_color,
    )
    gc.freeze()
    gc.enable()
    is_rehearsal = not surroundings.offers_rehearsal
    status = run_until_left(
        app,
        opened,
        path=None if is_rehearsal else paths.progress,
        mouse=config.mouse,
        narrate=narrate,
        print_line=print_line,
    )
    if app.wants_rehearsal:
        return REHEARSAL_WANTED
    return _delete_everything(paths) if app.wants_purge else status


def _remove_leftovers(paths: AppPaths, clock: Clock) -> None:
    """Remove what a killed program left half-written, beside the record's own folders, which are seen to with the lock."""
    from metaoptout_tui.storage.atomic_write import remove_leftovers

    remove_leftovers((paths.state.parent, paths.cache, paths.accepted_edition.parent), clock())
    if paths.known_exports.exists():
        from metaoptout_tui.storage.known_exports import remove_export_leftovers

        remove_export_leftovers(paths.known_exports, clock())


def _delete_everything(paths: AppPaths) -> int:
    """Delete all that the program made here, once nothing writes any more, and tell what is left."""
    from metaoptout_tui.app.kept_files import list_kept
    from metaoptout_tui.cli.purge import delete_and_tell

    return print_output(delete_and_tell(paths, list_kept(paths)))
