"""What the screens and plain mode both work with: the open record, what is loaded when it is asked for, and the language."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metaoptout_tui.app.imports.chat_scan import ChatScan
from metaoptout_tui.app.paths import own_record_name
from metaoptout_tui.app.screen_language import ScreenLanguage
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language.translation import gettext as _

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.app.files.record_files import RecordFiles
    from metaoptout_tui.app.session import Session
    from metaoptout_tui.core.guidance.authorities import AuthorityDirectory
    from metaoptout_tui.core.objection.reason import ReasonPhrases


def _no_obstacle(_folder: Path) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SharedContext:
    """What the screens and plain mode both work with.

    `authorities`, `countries`, `territories`, `reasons` and `record_files` are loaded or made when called. `chat_scan`
    is the last or running scan of exported chats. `record_location` describes to the person where the record is kept,
    `record_name` is what it is called where there are several, empty where there is one; `person_name` is the same where
    it is a person's own name. `locale_country` is proposed in the welcome. `label_language` from config.toml takes precedence over the person's language, and that over
    `screen_language`. `evidence_folder` is the folder of evidence files; the null device where there is none.
    `case_folder` is where case files go unless the person writes another folder; None for their documents.
    `export_obstacle` says why case files may not go to a folder, empty where they may. `letter_heading` stands above
    every letter that leaves the program, empty for nothing.
    """

    session: Session
    authorities: Callable[[], AuthorityDirectory]
    countries: Callable[[], Mapping[str, tuple[str, ...]]]
    territories: Callable[[], Mapping[str, str]] = dict
    reasons: Callable[[], Mapping[str, ReasonPhrases]]
    record_files: Callable[[], RecordFiles]
    chat_scan: ChatScan = field(default_factory=ChatScan)
    record_location: str
    record_name: str = ""
    person_name: str = ""
    evidence_folder: Path = Path(os.devnull)
    case_folder: Path | None = None
    locale_country: str = ""
    locale_language: str = ""
    label_language: str = ""
    screen_language: ScreenLanguage = field(default_factory=ScreenLanguage)
    export_obstacle: Callable[[Path], str] = _no_obstacle
    letter_heading: str = ""

    def values(self) -> dict[str, Any]:
        """The values of this context by name, to make the one of the screens or of plain mode from."""
        return {each.name: getattr(self, each.name) for each in fields(SharedContext)}

    @property
    def whose_alone(self) -> str:
        """That what is kept, copied or deleted is of this record alone; empty where there is one record without a name."""
        words = _("This is the record “{record}” alone. Other people's records are not in it.")
        if self.is_record_named_by_folder:
            words = _("This is the record in the folder “{record}” alone. Other people's records are not in it.")
        return words.format(record=self.record_name) if self.record_name else ""

    @property
    def is_record_named_by_folder(self) -> bool:
        """Whether it is called after its folder, for want of a person's name."""
        return bool(self.record_name) and not self.person_name and self.record_name != own_record_name()

    @property
    def whose_log_in(self) -> str:
        """Who logs in at Meta, where the record is one of several people's; empty else. No helper is told to."""
        words = _("For this, {person} logs in, in the browser. At a shared computer, {person} logs out afterwards.")
        return words.format(person=self.person_name) if self.person_name else ""

    @property
    def person_asked_about(self) -> str:
        """Whose details are asked for where somebody else may answer: a name, or words for nobody's; empty for the person.

        That is so where the record bears a person's name, and where it was written down who helps.
        """
        if self.person_name:
            return self.person_name
        from metaoptout_tui.core.case_file.helper import newest_authorisation

        # Translators: stands for a name: in “{person}: what is the full name?”, “In which country does {person} live?”
        return _("the person whose record this is") if newest_authorisation(self.session.record) is not None else ""

    def territory_note(self, country: str) -> str:
        """A warning that a territory may not have the rules of its EU member state; empty for other countries."""
        from metaoptout_tui.core.guidance.countries import territory_note

        return territory_note(country, self.territories(), self.countries)

    @property
    def language(self) -> str:
        """The language of menu labels, reasons and letters: from config.toml or the record, else of the locale, else English."""
        record = self.session.record
        language = self.label_language or record.person.language
        language = language or self.screen_language.followed_by_labels(record, self.locale_language)
        return language if language in CONTENT_LANGUAGES else "en"

    def language_to_begin_with(self, country: str) -> str:
        """The language that was set before, else the one that follows from the country and the computer's."""
        record = self.session.record
        if self.label_language or record.person.language or self.screen_language.is_decided(record):
            return self.language
        from metaoptout_tui.core.guidance.countries import default_language

        authority = self.authorities().authority_for(country)
        return default_language(self.locale_language, authority.languages if authority else ())
