"""What every screen works with: the session, what the desktop offers, and the messages that screens send to the App."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from metaoptout_tui.app.chat_scan import ChatScan
from metaoptout_tui.app.page_check import PageCheck
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import LANGUAGES
from metaoptout_tui.ui.terminal import Symbols

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.core.desktop import LinkOpener, MailStarter, QrCodeDrawer, TextCopier
    from metaoptout_tui.core.guidance.authorities import AuthorityDirectory
    from metaoptout_tui.core.objection.reason import ReasonPhrases


class StepSelected(Message):
    """The person went to an account and a step; remembered for the next start."""

    def __init__(self, account: str, step: str) -> None:
        super().__init__()
        self.account = account
        self.step = step


class FirstScreenComplete(Message):
    """The first screen has all that it shows, and can be drawn."""


class QuitRequested(Message):
    """The person wants to leave."""


class PageCheckRequested(Message):
    """The person wants the watched pages looked at."""


class PageCheckStopRequested(Message):
    """The person wants the look under way to stop."""


class ChatScanRequested(Message):
    """The person chose chats to be read, which `Scanning` is ready for."""


class StatusMessage(NamedTuple):
    """One message. A lasting one stays until the person has gone to another screen, any other until the next key."""

    text: str
    is_lasting: bool = False
    is_error: bool = False
    is_new: bool = True


class StatusMessages:
    """The messages that stand now, the newest last.

    What a key says stands after that key, also on the screen it led to; so a message belongs to what the person did, and
    goes when they do something else.
    """

    def __init__(self) -> None:
        self.current: tuple[StatusMessage, ...] = ()

    def add(self, saying: StatusMessage) -> None:
        """Say something; said twice it stands once."""
        others = tuple(message for message in self.current if message.text != saying.text)
        self.current = (*others, saying)

    def drop_on_key(self) -> None:
        """The person did something: what only comments on what they did before goes."""
        self.current = tuple(message._replace(is_new=False) for message in self.current if message.is_lasting)

    def drop_on_screen_change(self) -> None:
        """Another screen is in front: what was said before the key that led to it goes."""
        self.current = tuple(message for message in self.current if message.is_new)


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
