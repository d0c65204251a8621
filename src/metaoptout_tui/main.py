"""The command `metaoptout-tui`: runs a command of the command line, or wires the full screen or plain mode and opens it.

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
    print_prompt,
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
    from metaoptout_tui.plain.dialogue import Dialogue
    from metaoptout_tui.plain.rehearsal import RehearsalInLines
    from metaoptout_tui.ui.app import MetaOptOutApp


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, open the full screen or walk line by line; the exit status of the process."""
    try:
        replace_unencodable_characters()
        options = build_parser().parse_args(arguments)
        paths = resolve_paths(getattr(options, "data_dir", None), getattr(options, "config", None), os.environ)
        paths = paths.of_person(getattr(options, "person", "") if options.command != "people" else "")
        if options.command and options.command != REHEARSE:
            for notice in paths.notices:
                narrate(notice)
            if paths.missing_folder and options.command in COMMANDS_ON_RECORD:
                narrate(f"There is no folder {paths.missing_folder}. Look how it is written; nothing was made.")
                return EXIT_USAGE
            return print_output(run_command(options, paths, system_clock, fetch_over_network))
        return _open_in_terminal(options, paths)
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


def _open_in_terminal(options: Namespace, paths: AppPaths) -> int:
    """Open the full screen, or plain mode where that is asked for, on the record that is named or chosen; or a rehearsal."""
    from metaoptout_tui.ui.terminal import is_plain_mode_due, prepare_terminal, why_no_full_screen

    is_plain = options.plain or is_plain_mode_due(os.environ, is_set=_is_plain_set(paths))
    if not is_plain and (obstacle := why_no_full_screen()):
        narrate(
            f"{obstacle} `metaoptout-tui --plain` asks line by line; `metaoptout-tui status` prints how things stand."
        )
        return EXIT_USAGE
    if options.command == REHEARSE:
        if not is_plain:
            prepare_terminal()
        return _rehearse_and_say_so(paths, is_plain=is_plain)
    if paths.missing_folder and not _wants_new_folder(paths.missing_folder):
        return EXIT_USAGE
    asks_whose = not hasattr(options, "person") and paths.people_folder.is_dir()
    if is_plain:
        return walk_in_lines(paths, asks_whose=asks_whose)
    prepare_terminal()
    return _open_for_person(paths, asks_whose=asks_whose, offline=options.offline)


def _open_for_person(paths: AppPaths, *, asks_whose: bool, offline: bool) -> int:
    """Open the full screen; again after a rehearsal or for another person, if that is wanted. The exit status."""
    wanted = _ask_whose_record(paths) if asks_whose else open_full_screen(paths, offline=offline)
    while wanted == REHEARSAL_WANTED or isinstance(wanted, PersonWanted):
        if isinstance(wanted, PersonWanted):
            paths = paths.of_person(wanted.name)
            wanted = open_full_screen(paths, offline=offline)
        else:
            back = Surroundings(notices=(_rehearsal_is_over(),))
            wanted = rehearse(paths) or open_full_screen(paths, offline=offline, surroundings=back)
    return wanted


def _is_plain_set(paths: AppPaths) -> bool:
    """Whether the settings ask for plain mode. What is wrong with them is told once the program is open."""
    from metaoptout_tui.storage.settings_files import load_config

    return load_config(paths.config, is_required=paths.is_config_named)[0].plain


def _wants_new_folder(folder: Path) -> bool:
    """Ask on the terminal whether a record is to be begun in a folder that is not there; by default not."""
    narrate(f"There is no folder {folder}. It may be a slip of the pen, or a disk that is not connected.")
    narrate("Type y and Enter to begin a new record there; Enter alone makes nothing.")
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _ask_whose_record(paths: AppPaths) -> int | PersonWanted:
    """Ask whose record is to be opened, where there are several people's; the answer, or the exit status of the process."""
    from metaoptout_tui.app.key_table import read_key_table
    from metaoptout_tui.app.people import PeopleOfRecord
    from metaoptout_tui.storage import settings_files
    from metaoptout_tui.ui.base.app import run_app
    from metaoptout_tui.ui.screens.whose_record import WhoseRecordApp
    from metaoptout_tui.ui.theme import initial_theme

    names = PeopleOfRecord(paths).names
    if not any(names):
        return PersonWanted("")
    config, _ = settings_files.load_config(paths.config, is_required=paths.is_config_named)
    state = settings_files.load_state(paths.state)
    no_color = bool(os.environ.get("NO_COLOR"))
    theme = initial_theme(
        configured=config.theme, remembered=state.theme, remembered_for=state.theme_config, no_color=no_color
    )
    keymap, _ = read_key_table(config, paths.config.name)
    app = WhoseRecordApp(names, theme=theme, keymap=keymap, no_color=no_color)
    name = run_app(app, mouse=config.mouse)
    return PersonWanted(name) if name is not None else app.return_code or EXIT_OK


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


def walk_in_lines(
    paths: AppPaths, *, asks_whose: bool = False, clock: Clock = system_clock, rehearsal: RehearsalInLines | None = None
) -> int:
    """Walk in plain mode, in one record after the other, until the person leaves; the exit status of the process.

    Where `asks_whose`, the first question is whose record is to be opened. `rehearsal` is the one that this is, if any.
    """
    from metaoptout_tui.app.people import PeopleOfRecord
    from metaoptout_tui.plain.conversation import WentToPerson
    from metaoptout_tui.plain.dialogue import Dialogue
    from metaoptout_tui.plain.people import ask_whose_record
    from metaoptout_tui.plain.process import leave_on_signals, terminal_of_process

    leave_on_signals()
    dialogue = Dialogue(terminal_of_process(print_line, print_prompt))
    names = PeopleOfRecord(paths).names if asks_whose else ()
    if any(names):
        name = ask_whose_record(dialogue, names)
        if name is None:
            return EXIT_OK
        paths = paths.of_person(name)
    while True:
        try:
            return _walk_in_record(paths, dialogue, clock, rehearsal)
        except WentToPerson as chosen:
            paths = paths.of_person(chosen.name)


def _walk_in_record(
    paths: AppPaths, dialogue: Dialogue, clock: Clock, rehearsal: RehearsalInLines | None = None
) -> int:
    """Walk in one record until the person leaves it; the exit status of the process. Raises WentToPerson."""
    from metaoptout_tui.app.chat_scan import ChatScan
    from metaoptout_tui.app.guidance_in_use import load_guidance_in_use
    from metaoptout_tui.app.page_watcher import PageWatcher, permission_from_settings
    from metaoptout_tui.guidance.loader import load_authorities, load_countries, load_reason_texts, load_territories
    from metaoptout_tui.plain.context import PlainContext
    from metaoptout_tui.plain.start import open_record_in_lines, walk_until_left
    from metaoptout_tui.storage import settings_files
    from metaoptout_tui.storage.atomic_write import remove_leftovers
    from metaoptout_tui.ui.terminal import language_and_country_of_locale

    config, problems = settings_files.load_config(paths.config, is_required=paths.is_config_named)
    guidance = load_guidance_in_use(paths)
    opened = open_record_in_lines(dialogue, paths.progress, guidance.playbook, clock=clock)
    if opened is None:
        return EXIT_FAILURE
    remove_leftovers((paths.state.parent, paths.cache, paths.accepted_edition.parent), clock())
    locale_language, locale_country = language_and_country_of_locale(os.environ)
    # Nothing here asks the network; `guidance refresh` does.
    permission = permission_from_settings(config.guidance, offline=True)
    context = PlainContext(
        session=opened.session,
        dialogue=dialogue,
        authorities=load_authorities,
        countries=load_countries,
        territories=load_territories,
        reasons=load_reason_texts,
        page_watcher=PageWatcher(guidance, paths, permission, fetch_over_network, clock=clock),
        chat_scan=ChatScan(
            lambda: _load_known_chats(paths),
            save_known_chats=lambda known: _save_known_chats(paths, known),
            load_former_names=lambda: settings_files.load_senders(paths.senders).values(),
        ),
        record_files=partial(_record_files, paths, clock),
        record_location=str(paths.progress),
        evidence_folder=paths.evidence,
        case_folder=paths.case_files,
        record_name=paths.shown_record_name,
        rehearsal=rehearsal,
        locale_country=locale_country,
        locale_language=locale_language,
        label_language=config.label_language,
    )
    notices = (*opened.notices, *paths.notices, *problems, *filter(None, [guidance.notice]))
    return walk_until_left(context, notices, opened.release_lock, exit_failure=EXIT_FAILURE)


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


class PersonWanted(NamedTuple):
    """What a full screen ends with when the person leaves it for another one's record; an empty name is their own."""

    name: str


def _rehearsal_is_over() -> str:
    from metaoptout_tui.app.rehearsal import REHEARSAL_IS_OVER
    from metaoptout_tui.core.language.translation import gettext as _

    return _(REHEARSAL_IS_OVER)


def _rehearse_and_say_so(paths: AppPaths, *, is_plain: bool) -> int:
    """Rehearse, on the screen or in lines, and say on the terminal that nothing was kept."""
    try:
        return _rehearse_in_lines(paths) if is_plain else rehearse(paths)
    finally:
        narrate(_rehearsal_is_over())


def _rehearse_in_lines(paths: AppPaths) -> int:
    """Walk in plain mode with an invented person, of whom nothing is left at the end; the exit status."""
    from metaoptout_tui.app import rehearsal
    from metaoptout_tui.guidance.loader import load_playbook
    from metaoptout_tui.plain.rehearsal import RehearsalInLines
    from metaoptout_tui.ui.terminal import language_and_country_of_locale

    clock = rehearsal.MovableClock()
    country = language_and_country_of_locale(os.environ)[1]
    with rehearsal.rehearsal_folder(paths, load_playbook(), country) as invented:
        folder = invented.progress.parent
        return walk_in_lines(invented, clock=clock, rehearsal=RehearsalInLines(clock, folder))


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
        status = open_full_screen(invented, clock=clock, surroundings=surroundings)
        return status if isinstance(status, int) else EXIT_OK


def open_full_screen(
    paths: AppPaths,
    *,
    offline: bool = False,
    clock: Clock = system_clock,
    surroundings: Surroundings = Surroundings(),  # noqa: B008 - it cannot be changed
) -> int | PersonWanted:
    """Open the full screen and stay until the person leaves; the exit status of the process, or what they leave it for."""
    # What is loaded and built for the start lives as long as the program: looking through it for garbage costs a tenth of it.
    gc.disable()
    import dataclasses

    from metaoptout_tui.app.chat_scan import ChatScan
    from metaoptout_tui.app.guidance_in_use import load_guidance_in_use
    from metaoptout_tui.app.key_table import read_key_table
    from metaoptout_tui.app.leftovers import remove_leftovers_of
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
    remove_leftovers_of(paths, clock)
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
        record_name=paths.shown_record_name,
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
    if app.next_person is not None:
        return PersonWanted(app.next_person)
    if app.wants_purge:
        from metaoptout_tui.cli.purge import delete_everything

        return print_output(delete_everything(paths))
    return status
