"""What the full screen and plain mode start with alike: settings, guidance, the open record, its language, the chats."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.wiring.language import screen_language_for
from metaoptout_tui.wiring.outside import (
    fetch_over_network,
    known_chats_of,
    record_files_of,
    save_known_chats_of,
)

if TYPE_CHECKING:
    from metaoptout_tui.app.clock import Clock
    from metaoptout_tui.app.guidance.page_watcher import PageCheck
    from metaoptout_tui.app.paths import AppPaths
    from metaoptout_tui.app.session import OpenRecord
    from metaoptout_tui.app.shared_context import SharedContext
    from metaoptout_tui.core.guidance.playbook import Playbook
    from metaoptout_tui.core.settings import Config
    from metaoptout_tui.wiring.outside import RehearsalLimits


class Settings(NamedTuple):
    """The settings, and sentences on what is wrong with them."""

    config: Config
    problems: tuple[str, ...]


class CommonStart(NamedTuple):
    """What is open once a way of use starts. `notices` are shown once, those of the record first."""

    opened: OpenRecord
    context: SharedContext
    page_check: PageCheck
    notices: tuple[str, ...]


def load_settings(paths: AppPaths) -> Settings:
    """The settings; where their file cannot be read, those that hold without one."""
    from metaoptout_tui.storage.settings_files import load_config

    return Settings(*load_config(paths.config, is_required=paths.is_config_named))


def start_on_record(
    paths: AppPaths,
    settings: Settings,
    open_or_ask: Callable[[Playbook], OpenRecord | int],
    *,
    clock: Clock,
    offline: bool,
    rehearsal: RehearsalLimits | None,
) -> CommonStart | int:
    """Load and open what both ways of use work with, and speak the language of the record.

    `open_or_ask` opens the record, and asks where it cannot be read; its exit status where none was opened. `rehearsal`
    has what a rehearsal does otherwise, None for the person's own record.
    """
    from metaoptout_tui.app.files.leftovers import remove_leftovers_of
    from metaoptout_tui.app.guidance.guidance_in_use import load_guidance_in_use
    from metaoptout_tui.app.guidance.page_watcher import PageCheck, PageWatcher, permission_from_settings
    from metaoptout_tui.storage.settings_files import load_consent, save_consent

    guidance = load_guidance_in_use(paths)
    opened = open_or_ask(guidance.playbook)
    if isinstance(opened, int):
        return opened
    remove_leftovers_of(paths, clock)
    # First of all that is said from here on: it speaks the language of the record.
    context = _shared_context(paths, settings.config, opened, clock, rehearsal)
    permission = permission_from_settings(settings.config.guidance, offline=offline)
    if rehearsal is not None:
        permission = permission._replace(offline_reason=rehearsal.offline_reason)
    return CommonStart(
        opened,
        context,
        PageCheck(
            PageWatcher(guidance, paths, permission, fetch_over_network, clock=clock),
            load_consent(paths.consent),
            save_consent=partial(save_consent, paths.consent),
        ),
        (*opened.notices, *paths.notices, *settings.problems, *filter(None, [guidance.notice])),
    )


def _shared_context(
    paths: AppPaths, config: Config, opened: OpenRecord, clock: Clock, rehearsal: RehearsalLimits | None
) -> SharedContext:
    from metaoptout_tui.app.imports.chat_scan import ChatScan
    from metaoptout_tui.app.shared_context import SharedContext
    from metaoptout_tui.core.language.choice import language_and_country_of_locale
    from metaoptout_tui.guidance.loader import load_authorities, load_countries, load_reason_texts, load_territories
    from metaoptout_tui.storage.settings_files import load_senders

    locale_language, locale_country = language_and_country_of_locale(os.environ)
    context = SharedContext(
        session=opened.session,
        authorities=load_authorities,
        countries=load_countries,
        territories=load_territories,
        reasons=load_reason_texts,
        record_files=partial(record_files_of, paths, clock),
        chat_scan=ChatScan(
            partial(known_chats_of, paths),
            save_known_chats=partial(save_known_chats_of, paths),
            load_former_names=lambda: load_senders(paths.senders).values(),
        ),
        record_location=str(paths.progress),
        record_name=paths.shown_record_name,
        person_name=paths.person_name,
        evidence_folder=paths.evidence,
        case_folder=paths.offered_case_folder,
        locale_country=locale_country,
        locale_language=locale_language,
        label_language=config.label_language,
        screen_language=screen_language_for(config, opened.session.record, is_begun=rehearsal is not None),
    )
    if rehearsal is None:
        return context
    return replace(context, export_obstacle=rehearsal.export_obstacle, letter_heading=rehearsal.letter_heading)
