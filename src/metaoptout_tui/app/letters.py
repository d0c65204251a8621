"""The letters of an account: which there are, and in which language and to whom.

Also what the diary fills in, and what is recorded once one was sent.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, Protocol

from metaoptout_tui.app.diary_service import SentLetterInput
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.authorities import Authority, AuthorityDirectory
from metaoptout_tui.core.guidance.playbook import LANGUAGES
from metaoptout_tui.core.letters import (
    EVENT_KIND_BY_LETTER,
    Letter,
    LetterPiece,
    find_placeholder_values,
    letter_file_name,
)
from metaoptout_tui.core.objection.sentences import format_sureness
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.documents.letters import (
    addressee_of,
    letter_ids_for,
    letter_languages_of,
    letter_title_in,
    write_letter,
)

ENGLISH_DIVIDER = "— In English —"
"""What stands between a complaint in another language and its English."""


class LetterContext(Protocol):
    """What a letter is written from: the session, the authorities, and the language of the person."""

    @property
    def session(self) -> Session:
        """The record that is open."""
        ...

    @property
    def authorities(self) -> Callable[[], AuthorityDirectory]:
        """Loads the supervisory authorities."""
        ...

    @property
    def language(self) -> str:
        """The language in which the person reads and writes."""
        ...


def letters_for(status: AccountStatus) -> tuple[str, ...]:
    """The ids of the letters that exist under the law of an account, in the order in which they may be needed."""
    return letter_ids_for(status.region.law)


def letter_title(id: str) -> str:
    """What a letter is called in a list."""
    return letter_title_in(id, "en")


def is_to_authority(id: str) -> bool:
    """Whether a letter goes to an authority."""
    return addressee_of(id) == "authority"


def is_to_people(id: str) -> bool:
    """Whether it is for people whom the person knows."""
    return addressee_of(id) == "people"


class LetterDraft(NamedTuple):
    """A letter that is being written: of which account, which one, and in which language."""

    context: LetterContext
    account: str
    id: str
    language: str

    @property
    def draft_key(self) -> str:
        """Under which what was changed in this language is kept."""
        return make_draft_key("letter", self.account, f"{self.id}.{self.language}")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in."""
        return letter_languages_of(self.id)

    def in_next_language(self) -> "LetterDraft":
        """The same letter in the next of its languages."""
        every = self.languages
        return self._replace(language=every[(every.index(self.language) + 1) % len(every)])

    @property
    def from_diary(self) -> Letter:
        """As the diary fills it."""
        return letter_from_diary(self.context, self.account, self.id, self.language)

    @property
    def includes_english(self) -> bool:
        """Whether it does: a complaint is in the authority's language, and the lead authority reads English."""
        return is_to_authority(self.id) and self.language != "en"

    def english_version(self, as_filled: Letter, subject: str, body: str) -> Letter:
        """In English: as it was changed there, else with what was filled in in `subject` and `body`."""
        kept = self.context.session.history.draft(self._replace(language="en").draft_key)
        letter = letter_from_diary(
            self.context, self.account, self.id, "en", find_placeholder_values(as_filled, subject, body)
        )
        return letter._replace(
            subject=(LetterPiece(kept["subject"]),) if "subject" in kept else letter.subject,
            body=(LetterPiece(kept["text"]),) if "text" in kept else letter.body,
        )

    def subject_and_body_to_send(self, as_filled: Letter, subject: str, body: str) -> tuple[str, str]:
        """Subject and text as they go out; of a complaint in another language with the English below."""
        if not self.includes_english:
            return subject, body
        english = self.english_version(as_filled, subject, body)
        return subject, f"{body}\n\n{ENGLISH_DIVIDER}\n\n{english.title}\n\n{english.text}"

    def to_sent_letter(self, at: datetime, by: str, words: str) -> SentLetterInput:
        """What is to be recorded of it once it was sent: when, how, and all of it as it went out."""
        authority = complaint_addressee(self.context).authority if is_to_authority(self.id) else None
        name = letter_file_name(self.id, self.account, self.language, at.date())
        to = authority.name if authority else ""
        return SentLetterInput(EVENT_KIND_BY_LETTER[self.id], at, by, to, self.draft_key, name, words)

    @property
    def records_how_sent(self) -> bool:
        """Whether the record has a place for how it was sent."""
        what = EVENT_KIND_BY_LETTER[self.id]
        return what == EventKind.FILED or "by" in rules_of(what).optional_fields

    def notes(self, *, with_address: bool) -> str:
        """What is to be known of its language, and of where it goes if that is wanted too."""
        where = address_notes(self.context, self.id) if with_address else ()
        return "\n".join(part for part in (*where, language_note(self.context, self.id, self.language)) if part)


def address_notes(context: LetterContext, id: str) -> Iterator[str]:
    """What the guidance says of where a letter to Meta goes, each with how sure it is; nothing of any other letter."""
    if addressee_of(id) != "meta":
        return
    playbook = context.session.playbook
    region = playbook.region_of_country(context.session.record.person.country).id
    for statement in playbook.statements_for(step="letter", platform="", region=region):
        yield f"{playbook.texts.sentence(statement.id)} ({format_sureness(statement.basis)})"


class ComplaintAddressee(NamedTuple):
    """Whom a complaint is addressed to, and the language to write in.

    `authority` is None where that is not known; `local_authority` is the one where the person lives.
    """

    authority: Authority | None
    local_authority: Authority | None
    language: str


def complaint_addressee(context: LetterContext) -> ComplaintAddressee:
    """The authority where the person lives, and the language for it.

    That is the person's where the authority takes it, else English, else the authority's first; English too where it
    takes none of the languages in which letters are written.
    """
    person, authorities = context.session.record.person, context.authorities()
    near = authorities.authority_for(person.country, person.land)
    own = context.language
    if near is not None:
        taken = [each for each in near.languages if each in LANGUAGES]
        own = next((each for each in (own, "en") if each in taken), taken[0] if taken else "en")
    return ComplaintAddressee(authorities.addressee_for(person.country, person.land), near, own)


def initial_language(context: LetterContext, id: str) -> str:
    """The language a letter begins in: a complaint in the authority's, any other in the person's, else English."""
    wanted = complaint_addressee(context).language if is_to_authority(id) else context.language
    return wanted if wanted in letter_languages_of(id) else "en"


def letter_from_diary(
    context: LetterContext, account: str, id: str, language: str, filled_in: Mapping[str, str] = MappingProxyType({})
) -> Letter:
    """A letter as the diary fills it, and `filled_in` where that does not.

    Raises KeyError for a letter that does not exist under the law of the account.
    """
    session = context.session
    status = session.view.require_status(account)
    authority = complaint_addressee(context).authority if is_to_authority(id) else None
    facts = session.view.letter_facts(status, authority=authority.name if authority else "")
    leads = authority is not None and authority.code == _LEAD_AUTHORITY_COUNTRY
    return write_letter(id, language, status.region.law, replace(facts, leads=leads, filled_in=filled_in))


_LEAD_AUTHORITY_COUNTRY = "IE"
"""Whose authority leads for Meta (GDPR Art. 56), so that it has nothing to pass on."""


def language_note(context: LetterContext, id: str, language: str) -> str:
    """What is to be known of the language a letter to an authority is written in; empty for any other letter."""
    if not is_to_authority(id):
        return ""
    to = complaint_addressee(context)
    if to.local_authority is None:
        return "No authority is known for where you live; its name is left open."
    who = "It" if to.authority else "Your Land decides which authority takes it, so the name is left open; it"
    takes = f"{who} takes complaints in {to.local_authority.complaint_languages} (one list)"
    if language in to.local_authority.languages:
        return (
            f"{takes}."
            if language == "en"
            else f"{takes}. The English goes along below when you copy, save or mail it."
        )
    if language == "en" and "english-accepted" in to.local_authority.note_ids:
        return f"{takes}, another list says in English too."
    if any(each in LANGUAGES for each in to.local_authority.languages):
        return f"{takes}: take that language, or ask whether it takes this one."
    return f"{takes}, which no letter here is written in: have this translated, or ask whether it takes English."
