"""Wires the full screen: the record, the guidance, the settings and what is outside, for the App."""

from __future__ import annotations

import gc
import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.cli.output import EXIT_OK, narrate, print_line, print_output
from metaoptout_tui.wiring.language import screen_language_for
from metaoptout_tui.wiring.outside import (
    Surroundings,
    draw_qr_code,
    fetch_over_network,
    known_chats_of,
    record_files_of,
    save_known_chats_of,
)

if TYPE_CHECKING:
    from metaoptout_tui.app.paths import AppPaths

REHEARSAL_WANTED = -1
"""What a full screen ends with, in place of an exit status, when the person leaves it for a rehearsal."""


class PersonWanted(NamedTuple):
    """What a full screen ends with when the person leaves it for another one's record; an empty name is their own."""

    name: str


def choose_record_on_screen(paths: AppPaths) -> int | PersonWanted:
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
    screen_language = screen_language_for(config, opened.session.record, is_begun=surroundings.is_rehearsal)
    symbols, symbol_notices = symbols_for_terminal(config.marks)

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
        screen_language=screen_language,
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
            lambda: known_chats_of(paths),
            save_known_chats=lambda known: save_known_chats_of(paths, known),
            load_former_names=lambda: settings_files.load_senders(paths.senders).values(),
        ),
        authorities=load_authorities,
        mailer=lambda: surroundings.make_mail_program(paths.handed_letters),
        qr_lines=draw_qr_code,
        file_opener=surroundings.make_file_viewer,
        export_obstacle=surroundings.export_obstacle,
        letter_heading=surroundings.letter_heading,
        is_rehearsal=surroundings.is_rehearsal,
        record_files=partial(record_files_of, paths, clock),
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
    is_rehearsal = surroundings.is_rehearsal
    status = run_until_left(
        app,
        opened,
        path=None if is_rehearsal else paths.progress,
        is_one_of_several=os.path.isdir(paths.people_folder),
        mouse=config.mouse,
        narrate=narrate,
        print_line=print_line,
    )
    if app.leaving.wants_rehearsal:
        return REHEARSAL_WANTED
    if app.leaving.next_person is not None:
        return PersonWanted(app.leaving.next_person)
    if app.leaving.wants_purge:
        from metaoptout_tui.cli.purge import delete_everything

        return print_output(delete_everything(paths))
    return status
