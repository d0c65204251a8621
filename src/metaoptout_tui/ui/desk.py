"""What every screen works with: the session, the desktop, and how the person wants things shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from metaoptout_tui.core.playbook import LANGUAGES
from metaoptout_tui.session import Session
from metaoptout_tui.ui.looking import Looking
from metaoptout_tui.ui.marks import Marks
from metaoptout_tui.ui.said import Said
from metaoptout_tui.ui.scanning import Scanning

if TYPE_CHECKING:  # these are imported when they are first used, which the start does not pay for
    from metaoptout_tui.core.authority import Authorities
    from metaoptout_tui.core.reason import ReasonWords
    from metaoptout_tui.desktop.browser import Browser
    from metaoptout_tui.desktop.clipboard import Clipboard
    from metaoptout_tui.desktop.mailer import Mailer

LANGUAGE_NAMES = dict(
    zip(LANGUAGES, ("English", "Nederlands", "Deutsch", "français", "español", "italiano"), strict=True)
)


def _authorities() -> Authorities:
    from metaoptout_tui.guidance.authorities import load_authorities

    return load_authorities()


def _mailer() -> Mailer:
    from metaoptout_tui.desktop.mailer import Mailer

    return Mailer()


@dataclass(frozen=True, slots=True)
class Desk:
    """Passed to each screen in place of reaching for the App.

    `browser`, `clipboard`, `mailer`, `reasons`, `authorities` and `countries` come into being when first asked for;
    `looking` knows how current the guidance is, `scanning` what exported chats are read. `home_country` is proposed in the
    welcome; `file` is where the record is kept, in words a person can
    follow. `label_language` from config.toml goes before the person's, and that before `home_language`.
    `evidence` is the folder of kept files; where none is set, a place that can hold none.
    """

    session: Session
    browser: Callable[[], Browser]
    clipboard: Callable[[], Clipboard]
    reasons: Callable[[], Mapping[str, ReasonWords]]
    countries: Callable[[], Mapping[str, tuple[str, ...]]]
    marks: Marks
    file: str
    looking: Looking
    home_country: str = ""
    home_language: str = ""
    label_language: str = ""
    notices: tuple[str, ...] = ()
    said: Said = field(default_factory=Said)
    scanning: Scanning = field(default_factory=Scanning)
    territories: Callable[[], Mapping[str, str]] = dict
    evidence: Path = Path(os.devnull)
    authorities: Callable[[], Authorities] = _authorities
    mailer: Callable[[], Mailer] = _mailer

    def territory_words(self, country: str) -> str:
        """What is so of a part of a member state of the EU that the guidance does not name; empty for other countries."""
        state = self.territories().get(country)
        if state is None:
            return ""
        name, of = self.countries()[country][0], self.countries()[state][0]
        return f"{name} is part of {of}, a member of the EU. Whether what is said here of {of} goes for it too is not verified."

    def assumed_words(self, key: str) -> str:
        """That the law of the EU is assumed where nobody said in which country they live; `key` is where they can say it."""
        if self.session.progress.person.country:
            return ""
        return f"Counted by the GDPR, because no country is set. {key} sets it."

    @property
    def language(self) -> str:
        """The language of menu labels and reasons: as set by hand, else that of the locale, else English."""
        chosen = self.label_language or self.session.progress.person.language or self.home_language
        return chosen if chosen in LANGUAGES else "en"
