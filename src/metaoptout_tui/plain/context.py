"""What everything in plain mode works with: the open record, the dialogue, and what is told or kept besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from metaoptout_tui.app.screen_language import ScreenLanguage
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, Playbook
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.plain.dialogue import Dialogue

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.app.chat_scan import ChatScan
    from metaoptout_tui.app.kept_files import RecordFiles
    from metaoptout_tui.app.page_watcher import PageWatcher
    from metaoptout_tui.core.guidance.authorities import AuthorityDirectory
    from metaoptout_tui.core.objection.reason import ReasonPhrases
    from metaoptout_tui.plain.rehearsal import RehearsalInLines


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainContext:
    """What every part of plain mode works with.

    `authorities`, `countries`, `territories`, `reasons` and `record_files` are loaded or made when called.
    `record_location` describes where the record is kept, `record_name` is what it is called where there are several.
    `label_language` from config.toml takes precedence over the person's language, and that over `screen_language`.
    `rehearsal` is the one that this is, None for the person's own walk. `evidence_folder` has the kept files; case files go into `case_folder` unless the person writes another folder.
    """

    session: Session
    dialogue: Dialogue
    authorities: Callable[[], AuthorityDirectory]
    countries: Callable[[], Mapping[str, tuple[str, ...]]]
    territories: Callable[[], Mapping[str, str]]
    reasons: Callable[[], Mapping[str, ReasonPhrases]]
    page_watcher: PageWatcher
    chat_scan: ChatScan
    record_files: Callable[[], RecordFiles]
    record_location: str
    evidence_folder: Path
    case_folder: Path | None = None
    record_name: str = ""
    rehearsal: RehearsalInLines | None = None
    locale_country: str = ""
    locale_language: str = ""
    label_language: str = ""
    screen_language: ScreenLanguage = field(default_factory=ScreenLanguage)

    @property
    def letter_heading(self) -> str:
        """What stands above every letter that leaves the program; empty for nothing."""
        return self.rehearsal.letter_heading if self.rehearsal is not None else ""

    @property
    def playbook(self) -> Playbook:
        """The guidance in use."""
        return self.session.playbook

    @property
    def language(self) -> str:
        """The language of menu labels and letters: from config.toml or the record, else of the locale, else English."""
        record = self.session.record
        language = self.label_language or record.person.language
        language = language or self.screen_language.followed_by_labels(record, self.locale_language)
        return language if language in CONTENT_LANGUAGES else "en"

    def say(self, *statements: str) -> None:
        """Print statements, each beginning on a line of its own."""
        self.dialogue.say(*statements)

    def sentence(self, id: str) -> str:
        """A sentence of the guidance."""
        return self.playbook.texts.sentence(id)

    def status(self, account_id: str) -> AccountStatus:
        """The status of an account that must be there; InputRefused where it is not."""
        return self.session.view.require_status(account_id)

    def name_of(self, account_id: str) -> str:
        """The name of an account in a sentence."""
        return account_name(self.session.account(account_id), self.playbook)

    def change(self, make: Callable[[], object]) -> bool:
        """Make a change and say what came of it, or say why it was not made. Returns whether it was made."""
        try:
            make()
        except MetaOptOutError as error:
            self.say(str(error))
            return False
        self.say_notices()
        return True

    def say_notices(self) -> None:
        """Say what the record has to tell since the last change, and that something is not saved."""
        current_record = self.session.current_record
        while current_record.notices:
            self.say(current_record.notices.pop(0))
        if current_record.save_error is not None:
            self.say(str(current_record.save_error))

    def territory_note(self, country: str) -> str:
        """A warning that a territory may not have the rules of its EU member state; empty for other countries."""
        from metaoptout_tui.core.guidance.countries import territory_note

        return territory_note(country, self.territories(), self.countries)
