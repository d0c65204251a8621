"""From the command line to the screen: settings, record, desktop, then the App; afterwards the lock goes back."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from metaoptout_tui.clock import Clock, system_clock
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.current_guidance import guidance_in_use
from metaoptout_tui.guidance.loader import load_countries, load_reasons, load_territories
from metaoptout_tui.lookout import Lookout, permission_of
from metaoptout_tui.sitting import Begun, Trouble, begin, start_anew
from metaoptout_tui.storage.config_file import Config, load_config
from metaoptout_tui.storage.consent_file import load_consent, save_consent
from metaoptout_tui.storage.paths import Places
from metaoptout_tui.storage.senders_file import load_senders, save_senders
from metaoptout_tui.storage.state_file import load_state, save_state
from metaoptout_tui.ui.app import MetaOptOutApp
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.ending import run
from metaoptout_tui.ui.key_table import check_key_table, key_clashes
from metaoptout_tui.ui.looking import Looking
from metaoptout_tui.ui.marks import ASCII, UNICODE, Marks
from metaoptout_tui.ui.scanning import Scanning
from metaoptout_tui.ui.theme import first_theme

if TYPE_CHECKING:  # imported when they are first used
    from metaoptout_tui.desktop.browser import Browser
    from metaoptout_tui.desktop.clipboard import Clipboard


def start(where: Places, *, config_named: bool, offline: bool = False, clock: Clock = system_clock) -> int:
    """Open the screen and stay until the person leaves; the exit status of the process."""
    config, problems = load_config(where.config, named=config_named)
    state = load_state(where.state)
    no_color = bool(os.environ.get("NO_COLOR"))
    theme = first_theme(
        configured=config.theme, remembered=state.theme, remembered_for=state.theme_config, no_color=no_color
    )
    in_use = guidance_in_use(where)
    begun = begin(where.progress, in_use.playbook, clock=clock)
    if isinstance(begun, Trouble):
        answered = _ask_about(begun, where, in_use.playbook, clock=clock, theme=theme, no_color=no_color)
        if not isinstance(answered, Begun):
            return answered
        begun = answered
    keymap, unknown = check_key_table(config.keys)
    told = [*begun.notices, *problems, *([in_use.notice] if in_use.notice else [])]
    for id, words in (*unknown, *key_clashes(keymap)):
        told.append(f"{where.config.name}, line {config.key_lines.get(id, '?')}: {words}")
    marks, notice = _marks(config)
    told.extend(notice)

    def browser() -> Browser:
        from metaoptout_tui.desktop.browser import Browser

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

    home_language, home_country = home(os.environ)
    permission = permission_of(config.guidance, offline=offline)
    lookout = Lookout(in_use, where, permission, clock=clock)
    looking = Looking(
        lookout, load_consent(where.consent), remember=lambda consent: save_consent(where.consent, consent)
    )
    desk = Desk(
        begun.session,
        browser,
        clipboard,
        load_reasons,
        load_countries,
        marks,
        str(where.progress),
        looking,
        home_country=home_country,
        home_language=home_language,
        label_language=config.label_language,
        notices=tuple(told),
        territories=load_territories,
        evidence=where.evidence,
        scanning=Scanning(
            lambda: load_senders(where.senders), remember=lambda senders: save_senders(where.senders, senders)
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
        run(app, mouse=config.mouse)
    finally:
        begun.session.close()
        begun.end()
    if begun.session.unsaved is not None:
        print(begun.session.unsaved, file=sys.stderr)
        return app.return_code or 1
    return app.return_code or 0


def _ask_about(
    trouble: Trouble, where: Places, playbook: Playbook, *, clock: Clock, theme: str, no_color: bool
) -> Begun | int:
    """Ask what to do with a record that cannot be opened; a begun sitting, or the exit status."""
    from metaoptout_tui.ui.screens.trouble import ANEW, COPY, TroubleApp

    app = TroubleApp(trouble, theme=theme, no_color=no_color)
    answer = run(app, mouse=True)
    if answer not in (ANEW, COPY):
        print(trouble.error, file=sys.stderr)
        return app.return_code or 1
    aside = start_anew(trouble, (trouble.progress or Progress()) if answer == COPY else Progress(), clock=clock)
    print(f"The file that could not be read is kept as {aside}.", file=sys.stderr)
    begun = begin(where.progress, playbook, clock=clock)
    if isinstance(begun, Trouble):
        print(begun.error, file=sys.stderr)
        return 1
    return begun


def _marks(config: Config) -> tuple[Marks, tuple[str, ...]]:
    encoding = locale.getpreferredencoding(do_setlocale=False)
    can = encoding.casefold().replace("-", "") == "utf8"
    if config.marks == "ascii":
        return ASCII, ()
    if config.marks == "unicode" or can:
        return UNICODE, ()
    return ASCII, (
        f"This terminal's locale is {encoding}: signs are plain letters, accents may look wrong, nothing is lost.",
    )


def home(environ: Mapping[str, str]) -> tuple[str, str]:
    """Language and country of the locale, such as `nl` and `NL` of `nl_NL.UTF-8`; empty where it says none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LC_CTYPE"):
        tongue, _, territory = environ.get(name, "").partition(".")[0].partition("@")[0].partition("_")
        if len(territory) == 2 and territory.isalpha() and tongue.isalpha():
            return tongue.lower(), territory.upper()
    return "", ""
