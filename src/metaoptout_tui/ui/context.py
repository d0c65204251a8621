"""What every screen works with: the session, what the desktop offers, and the messages that screens send to the App."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from metaoptout_tui.app.chat_scan import ChatScan
from metaoptout_tui.app.page_watcher import PageCheck
from metaoptout_tui.app.screen_language import ScreenLanguage
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.terminal import Symbols

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.app.kept_files import RecordFiles
    from metaoptout_tui.core.desktop import FileOpener, LinkOpener, MailStarter, QrCodeDrawer, TextCopier
    from metaoptout_tui.core.guidance.authorities import AuthorityDirectory
    from metaoptout_tui.core.objection.reason import ReasonPhrases


class StepSelected(Message):
    """The person went to an account and a step, which the App remembers for the next start."""

    def __init__(self, account_id: str, step: str) -> None:
        super().__init__()
        self.account_id = account_id
        self.step = step


class FirstScreenComplete(Message):
    """The first screen is complete and can be drawn."""


class QuitRequested(Message):
    """The person wants to leave."""


class PersonChosen(Message):
    """The person wants another person's record to be opened; an empty name is their own."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class PurgeRequested(Message):
    """The person wants to leave, and all that the program made here to be deleted then."""


class FromElsewhereRequested(Message):
    """The person wants to go to what they send about data that Meta has of them from elsewhere."""


class PageCheckRequested(Message):
    """The person wants a page check."""


class PageCheckStopRequested(Message):
    """The person wants the running page check to stop."""


class ChatScanRequested(Message):
    """The person chose chats to scan; the ChatScan is prepared for them."""


class StatusMessage(NamedTuple):
    """A message. A lasting one stays until another screen is opened, any other until the next key.

    `is_new` says that no key was pressed since it appeared.
    """

    text: str
    is_lasting: bool = False
    is_error: bool = False
    is_new: bool = True


class StatusMessages:
    """The messages in view, the newest last.

    A message about a key stays in view until the next key, also on a screen that the key opened.
    """

    def __init__(self) -> None:
        self.current: tuple[StatusMessage, ...] = ()

    def add(self, new: StatusMessage) -> None:
        """Show a message, in place of one with the same text."""
        others = tuple(message for message in self.current if message.text != new.text)
        self.current = (*others, new)

    def drop_on_key(self) -> None:
        """Remove the messages that are not lasting: the person pressed another key."""
        self.current = tuple(message._replace(is_new=False) for message in self.current if message.is_lasting)

    def drop_on_screen_change(self) -> None:
        """Remove the messages from before the key that opened this screen."""
        self.current = tuple(message for message in self.current if message.is_new)


@dataclass(frozen=True, slots=True)
class AppContext:
    """What every screen works with.

    `browser`, `clipboard`, `mailer`, `reasons`, `authorities`, `countries`, `record_files` and `file_opener` are
    made when called. `page_check` and `chat_scan` are the last or running check of the watched pages and scan of
    exported chats. `locale_country` is proposed in the welcome; `record_location` describes to the person where the
    record is kept, `record_name` is what it is called where there are several, empty where there is one.
    `label_language` from config.toml takes precedence over the person's language, and that over `screen_language`.
    `evidence_folder` is the folder of evidence files; the null device where there is none. `case_folder` is where
    case files go unless the person writes another folder; None for their documents. `export_obstacle` says why case
    files may not go to a folder, empty where they may. `letter_heading` stands above every letter that leaves the
    screen. `is_rehearsal` says that the person is invented, so that no other rehearsal begins from here.
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
    screen_language: ScreenLanguage = field(default_factory=ScreenLanguage)
    startup_notices: tuple[str, ...] = ()
    status_messages: StatusMessages = field(default_factory=StatusMessages)
    chat_scan: ChatScan = field(default_factory=ChatScan)
    territories: Callable[[], Mapping[str, str]] = dict
    evidence_folder: Path = Path(os.devnull)
    case_folder: Path | None = None
    record_name: str = ""
    authorities: Callable[[], AuthorityDirectory] = field(kw_only=True)
    mailer: Callable[[], MailStarter] = field(kw_only=True)
    qr_lines: QrCodeDrawer = field(kw_only=True)
    record_files: Callable[[], RecordFiles] = field(kw_only=True)
    file_opener: Callable[[], FileOpener] | None = field(default=None, kw_only=True)
    export_obstacle: Callable[[Path], str] = field(default=lambda _folder: "", kw_only=True)
    letter_heading: str = field(default="", kw_only=True)
    is_rehearsal: bool = field(default=False, kw_only=True)

    def territory_note(self, country: str) -> str:
        """A warning that a territory may not have the rules of its EU member state; empty for other countries."""
        from metaoptout_tui.core.guidance.countries import territory_note

        return territory_note(country, self.territories(), self.countries)

    def assumed_law_note(self, key: str) -> str:
        """A note that the law of the EU is assumed while no country is set; `key` is the key that sets it."""
        if self.session.record.person.country:
            return ""
        return _("Counted by the GDPR, because no country is set. {key} sets it.").format(key=key)

    @property
    def language(self) -> str:
        """The language of menu labels and reasons: from config.toml or the record, else of the locale, else English."""
        record = self.session.record
        language = self.label_language or record.person.language
        language = language or self.screen_language.followed_by_labels(record, self.locale_language)
        return language if language in CONTENT_LANGUAGES else "en"
