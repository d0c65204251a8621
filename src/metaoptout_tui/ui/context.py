"""AppContext: what every screen works with, namely the session, the desktop and how things are shown.

It is passed to each screen, so that no screen reaches for the App. Browser, clipboard and reference data are loaded
when they are first used, which keeps the start fast.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from metaoptout_tui.app.chat_scan import ChatScan
from metaoptout_tui.app.page_check import PageCheck
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.desktop import LinkOpener, MailStarter, QrCodeDrawer, TextCopier
from metaoptout_tui.core.guidance.playbook import LANGUAGES
from metaoptout_tui.ui.messages import StatusMessages
from metaoptout_tui.ui.symbols import Symbols

if TYPE_CHECKING:
    from metaoptout_tui.core.guidance.authorities import AuthorityDirectory
    from metaoptout_tui.core.objection.reason import ReasonPhrases


LANGUAGE_NAMES = dict(
    zip(LANGUAGES, ("English", "Nederlands", "Deutsch", "français", "español", "italiano"), strict=True)
)


@dataclass(frozen=True, slots=True)
class AppContext:
    """What every screen works with.

    `browser`, `clipboard`, `mailer`, `reasons`, `authorities` and `countries` come into being when first asked for;
    `page_check` knows how current the guidance is, `chat_scan` what exported chats are read. `locale_country` is
    proposed in the welcome; `record_location` is where the record is kept, in words a person can follow.
    `label_language` from config.toml goes before the person's, and that before `locale_language`. `evidence_folder` is
    the folder of kept files; where none is set, a place that can hold none.
    """

    session: Session
    browser: Callable[[], LinkOpener]
    clipboard: Callable[[], TextCopier]
    reasons: Callable[[], Mapping[str, ReasonPhrases]]
    countries: Callable[[], Mapping[str, tuple[str, ...]]]
    symbols: Symbols
    record_location: str
    page_check: PageCheck
    locale_country: str = ""
    locale_language: str = ""
    label_language: str = ""
    startup_notices: tuple[str, ...] = ()
    status_messages: StatusMessages = field(default_factory=StatusMessages)
    chat_scan: ChatScan = field(default_factory=ChatScan)
    territories: Callable[[], Mapping[str, str]] = dict
    evidence_folder: Path = Path(os.devnull)
    authorities: Callable[[], AuthorityDirectory] = field(kw_only=True)
    mailer: Callable[[], MailStarter] = field(kw_only=True)
    qr_lines: QrCodeDrawer = field(kw_only=True)

    def territory_note(self, country: str) -> str:
        """That what is said may not hold in a part of a member state of the EU; empty for other countries."""
        state = self.territories().get(country)
        if state is None:
            return ""
        name, of = self.countries()[country][0], self.countries()[state][0]
        return (
            f"{name} is part of {of}, a member of the EU. "
            f"Whether what is said here of {of} goes for it too is not verified."
        )

    def assumed_law_note(self, key: str) -> str:
        """That the law of the EU is assumed, as long as no country is set; `key` is where the person can set it."""
        if self.session.record.person.country:
            return ""
        return f"Counted by the GDPR, because no country is set. {key} sets it."

    @property
    def language(self) -> str:
        """The language of menu labels and reasons: as set by hand, else that of the locale, else English."""
        chosen = self.label_language or self.session.record.person.language or self.locale_language
        return chosen if chosen in LANGUAGES else "en"
