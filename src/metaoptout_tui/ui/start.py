"""Builds the App from settings, record and desktop, runs it, and releases the record's lock afterwards."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from metaoptout_tui.app.chat_scan import ChatScan
from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.guidance_in_use import load_guidance_in_use
from metaoptout_tui.app.key_table import check_key_table, key_conflicts
from metaoptout_tui.app.open_record import OpenRecord, RecordOpenFailure, open_record, replace_unreadable_record
from metaoptout_tui.app.page_check import PageCheck
from metaoptout_tui.app.page_watcher import PageWatcher, permission_from_settings
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.guidance.loader import load_countries, load_reason_texts, load_territories
from metaoptout_tui.storage.config_file import Config, load_config
from metaoptout_tui.storage.paths import AppPaths
from metaoptout_tui.storage.remembered import (
    load_consent,
    load_senders,
    load_state,
    save_consent,
    save_senders,
    save_state,
)
from metaoptout_tui.ui.app import MetaOptOutApp
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.shutdown import run_app
from metaoptout_tui.ui.symbols import ASCII_SYMBOLS, UNICODE_SYMBOLS, Symbols
from metaoptout_tui.ui.theme import initial_theme

if TYPE_CHECKING:
    from metaoptout_tui.desktop.browser_and_mail import Browser
    from metaoptout_tui.desktop.clipboard import Clipboard


def run_ui(where: AppPaths, *, config_named: bool, offline: bool = False, clock: Clock = system_clock) -> int:
    """Open the screen and stay until the person leaves; the exit status of the process."""
    config, problems = load_config(where.config, named=config_named)
    state = load_state(where.state)
    no_color = bool(os.environ.get("NO_COLOR"))
    theme = initial_theme(
        configured=config.theme, remembered=state.theme, remembered_for=state.theme_config, no_color=no_color
    )
    in_use = load_guidance_in_use(where)
    begun = open_record(where.progress, in_use.playbook, clock=clock)
    if isinstance(begun, RecordOpenFailure):
        answered = _resolve_unreadable_record(
            begun, where, in_use.playbook, clock=clock, theme=theme, no_color=no_color
        )
        if not isinstance(answered, OpenRecord):
            return answered
        begun = answered
    keymap, unknown = check_key_table(config.keys)
    told = [*begun.notices, *problems, *([in_use.notice] if in_use.notice else [])]
    for id, words in (*unknown, *key_conflicts(keymap)):
        told.append(f"{where.config.name}, line {config.key_lines.get(id, '?')}: {words}")
    marks, notice = _symbols_for_terminal(config)
    told.extend(notice)

    def browser() -> Browser:
        from metaoptout_tui.desktop.browser_and_mail import Browser

        return Browser()

    def clipboard() -> Clipboard:
        from metaoptout_tui.desktop.clipboard import Clipboard

        return Clipboard(lambda words: app.call_from_thread(app.copy_to_clipboard, words))

    def remember(theme_now: str, place: tuple[str, str]) -> None:
        kept_theme, kept_for = (state.theme, state.theme_config)
        if theme_now != theme and not no_color:
            kept_theme, kept_for = theme_now, config.theme
        account, step = place
        now = load_state(where.state)  # others write there too
        save_state(where.state, replace(now, theme=kept_theme, theme_config=kept_for, account=account, step=step))

    home_language, home_country = language_and_country_of_locale(os.environ)
    permission = permission_from_settings(config.guidance, offline=offline)
    lookout = PageWatcher(in_use, where, permission, clock=clock)
    looking = PageCheck(
        lookout, load_consent(where.consent), save_consent=lambda consent: save_consent(where.consent, consent)
    )
    desk = AppContext(
        begun.session,
        browser,
        clipboard,
        load_reason_texts,
        load_countries,
        marks,
        str(where.progress),
        looking,
        locale_country=home_country,
        locale_language=home_language,
        label_language=config.label_language,
        startup_notices=tuple(told),
        territories=load_territories,
        evidence_folder=where.evidence,
        chat_scan=ChatScan(
            lambda: load_senders(where.senders), save_senders=lambda senders: save_senders(where.senders, senders)
        ),
    )
    app = MetaOptOutApp(
        desk,
        theme=theme,
        place=(state.account, state.step),
        keymap=keymap,
        remember=remember,
        no_color=no_color,
    )
    try:
        run_app(app, mouse=config.mouse)
    finally:
        begun.session.history.retry_save()
        begun.release_lock()
    if begun.session.history.save_error is not None:
        print(begun.session.history.save_error, file=sys.stderr)
        return app.return_code or 1
    return app.return_code or 0


def _resolve_unreadable_record(
    trouble: RecordOpenFailure, where: AppPaths, playbook: Playbook, *, clock: Clock, theme: str, no_color: bool
) -> OpenRecord | int:
    """Ask what to do with a record that cannot be opened; a begun sitting, or the exit status."""
    from metaoptout_tui.ui.screens.unreadable_record import START_NEW_RECORD, USE_LAST_GOOD_COPY, UnreadableRecordApp

    app = UnreadableRecordApp(trouble, theme=theme, no_color=no_color)
    answer = run_app(app, mouse=True)
    if answer not in (START_NEW_RECORD, USE_LAST_GOOD_COPY):
        print(trouble.error, file=sys.stderr)
        return app.return_code or 1
    aside = replace_unreadable_record(
        trouble, (trouble.backup_record or Record()) if answer == USE_LAST_GOOD_COPY else Record(), clock=clock
    )
    print(f"The file that could not be read is kept as {aside}.", file=sys.stderr)
    begun = open_record(where.progress, playbook, clock=clock)
    if isinstance(begun, RecordOpenFailure):
        print(begun.error, file=sys.stderr)
        return 1
    return begun


def _symbols_for_terminal(config: Config) -> tuple[Symbols, tuple[str, ...]]:
    encoding = locale.getpreferredencoding(do_setlocale=False)
    can = encoding.casefold().replace("-", "") == "utf8"
    if config.marks == "ascii":
        return ASCII_SYMBOLS, ()
    if config.marks == "unicode" or can:
        return UNICODE_SYMBOLS, ()
    return ASCII_SYMBOLS, (
        f"This terminal's locale is {encoding}: signs are plain letters, accents may look wrong, nothing is lost.",
    )


def language_and_country_of_locale(environ: Mapping[str, str]) -> tuple[str, str]:
    """Language and country of the locale, such as `nl` and `NL` of `nl_NL.UTF-8`; empty where it says none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LC_CTYPE"):
        tongue, _, territory = environ.get(name, "").partition(".")[0].partition("@")[0].partition("_")
        if len(territory) == 2 and territory.isalpha() and tongue.isalpha():
            return tongue.lower(), territory.upper()
    return "", ""
