"""Wires plain mode: the record, the guidance and the terminal, for a walk line by line."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.cli.output import EXIT_FAILURE, EXIT_OK, print_line, print_output, print_prompt
from metaoptout_tui.wiring.language import screen_language_for
from metaoptout_tui.wiring.outside import fetch_over_network, known_chats_of, record_files_of, save_known_chats_of

if TYPE_CHECKING:
    from metaoptout_tui.app.paths import AppPaths
    from metaoptout_tui.plain.dialogue import Dialogue
    from metaoptout_tui.plain.rehearsal import RehearsalInLines


def walk_in_lines(
    paths: AppPaths,
    *,
    asks_whose: bool = False,
    offline: bool = False,
    clock: Clock = system_clock,
    rehearsal: RehearsalInLines | None = None,
) -> int:
    """Walk in plain mode, in one record after the other, until the person leaves; the exit status of the process.

    With `offline` no connection is made. Where `asks_whose`, the first question is whose record is to be opened. `rehearsal` is the one that this is, if any.
    """
    from metaoptout_tui.app.people import PeopleOfRecord
    from metaoptout_tui.plain.conversation import WantsAllDeleted, WentToPerson
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
            return _walk_in_record(paths, dialogue, clock, rehearsal, offline=offline)
        except WentToPerson as chosen:
            paths = paths.of_person(chosen.name)
        except WantsAllDeleted:
            from metaoptout_tui.cli.purge import delete_everything

            return print_output(delete_everything(paths))


def _walk_in_record(
    paths: AppPaths, dialogue: Dialogue, clock: Clock, rehearsal: RehearsalInLines | None, *, offline: bool
) -> int:
    """Walk in one record until the person leaves it; the exit status of the process. Raises WentToPerson or WantsAllDeleted."""
    from metaoptout_tui.app.chat_scan import ChatScan
    from metaoptout_tui.app.guidance_in_use import load_guidance_in_use
    from metaoptout_tui.app.leftovers import remove_leftovers_of
    from metaoptout_tui.app.page_watcher import PageCheck, PageWatcher, permission_from_settings
    from metaoptout_tui.guidance.loader import load_authorities, load_countries, load_reason_texts, load_territories
    from metaoptout_tui.plain.context import PlainContext
    from metaoptout_tui.plain.start import open_record_in_lines, walk_until_left
    from metaoptout_tui.storage import settings_files
    from metaoptout_tui.ui.terminal import language_and_country_of_locale

    config, problems = settings_files.load_config(paths.config, is_required=paths.is_config_named)
    guidance = load_guidance_in_use(paths)
    opened = open_record_in_lines(dialogue, paths.progress, guidance.playbook, clock=clock)
    if opened is None:
        return EXIT_FAILURE
    screen_language = screen_language_for(config, opened.session.record, is_begun=rehearsal is not None)
    remove_leftovers_of(paths, clock)
    locale_language, locale_country = language_and_country_of_locale(os.environ)
    permission = permission_from_settings(config.guidance, offline=offline)
    if rehearsal is not None:
        permission = permission._replace(offline_reason=rehearsal.offline_reason)
    page_check = PageCheck(
        PageWatcher(guidance, paths, permission, fetch_over_network, clock=clock),
        settings_files.load_consent(paths.consent),
        save_consent=lambda consent: settings_files.save_consent(paths.consent, consent),
    )
    context = PlainContext(
        session=opened.session,
        dialogue=dialogue,
        authorities=load_authorities,
        countries=load_countries,
        territories=load_territories,
        reasons=load_reason_texts,
        page_check=page_check,
        chat_scan=ChatScan(
            lambda: known_chats_of(paths),
            save_known_chats=lambda known: save_known_chats_of(paths, known),
            load_former_names=lambda: settings_files.load_senders(paths.senders).values(),
        ),
        record_files=partial(record_files_of, paths, clock),
        record_location=str(paths.progress),
        evidence_folder=paths.evidence,
        case_folder=paths.case_files,
        record_name=paths.shown_record_name,
        rehearsal=rehearsal,
        locale_country=locale_country,
        locale_language=locale_language,
        label_language=config.label_language,
        screen_language=screen_language,
    )
    notices = (*opened.notices, *paths.notices, *problems, *filter(None, [guidance.notice]))
    return walk_until_left(context, notices, opened.release_lock, exit_failure=EXIT_FAILURE)
