"""Letters as lines to read, with what is missing marked; and which letter, language and authority a case has."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from textual.content import Content

from metaoptout_tui.core.authority import Authority
from metaoptout_tui.core.diary import KINDS
from metaoptout_tui.core.letters import SENT_AS, Letter, Piece, file_name, filled_in, paragraphs
from metaoptout_tui.core.playbook import LANGUAGES
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.wording import sureness_line
from metaoptout_tui.documents.letters import addressee_of, languages_of, write_letter
from metaoptout_tui.session import Posted
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.sheet import Sheet

GAP = "bold underline $text-warning"
"""How what is missing looks: not by colour alone, and in brackets besides."""
_ROWS_FOR_WHERE = 20
IN_ENGLISH = "— In English —"
"""What stands between a complaint in another language and its English."""


class OpenLetter(NamedTuple):
    """A letter that is being written: of which account, which one, and in which language."""

    desk: Desk
    account: str
    id: str
    language: str

    @property
    def draft_key(self) -> str:
        """Under which what was changed in this language is kept."""
        return draft_key("letter", self.account, f"{self.id}.{self.language}")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in."""
        return languages_of(self.id)

    def in_next_language(self) -> "OpenLetter":
        """The same letter in the next of its languages."""
        every = self.languages
        return self._replace(language=every[(every.index(self.language) + 1) % len(every)])

    @property
    def as_filled(self) -> Letter:
        """As the diary fills it."""
        return written(self.desk, self.account, self.id, self.language)

    @property
    def english_goes_along(self) -> bool:
        """Whether it does: a complaint is in the authority's language, and the lead authority reads English."""
        return is_to_authority(self.id) and self.language != "en"

    def english(self, as_filled: Letter, subject: str, body: str) -> Letter:
        """In English: as it was changed there, else with what was filled in in `subject` and `body`."""
        kept = self.desk.session.draft(self._replace(language="en").draft_key)
        letter = written(self.desk, self.account, self.id, "en", filled_in(as_filled, subject, body))
        return letter._replace(
            subject=(Piece(kept["subject"]),) if "subject" in kept else letter.subject,
            body=(Piece(kept["text"]),) if "text" in kept else letter.body,
        )

    def outgoing(self, as_filled: Letter, subject: str, body: str) -> tuple[str, str]:
        """Subject and text as they go out; of a complaint in another language with the English below."""
        if not self.english_goes_along:
            return subject, body
        english = self.english(as_filled, subject, body)
        return subject, f"{body}\n\n{IN_ENGLISH}\n\n{english.title}\n\n{english.text}"

    def posted(self, at: datetime, by: str, words: str) -> Posted:
        """What is to be recorded of it once it was sent: when, how, and all of it as it went out."""
        authority = addressed(self.desk).authority if is_to_authority(self.id) else None
        name = file_name(self.id, self.account, self.language, at.date())
        to = authority.name if authority else ""
        return Posted(SENT_AS[self.id], at, by, to, self.draft_key, name, words)

    @property
    def asks_how(self) -> bool:
        """Whether the record has a place for how it was sent."""
        what = SENT_AS[self.id]
        return what == "filed" or "by" in KINDS[what].may

    def about(self, rows: int) -> str:
        """What is to be known of its language, and on a screen of enough `rows` of where it goes, which the list says too."""
        where = where_to(self.desk, self.id) if rows >= _ROWS_FOR_WHERE else ()
        return "\n".join(part for part in (*where, language_words(self.desk, self.id, self.language)) if part)


def where_to(desk: Desk, id: str) -> Iterator[str]:
    """What the guidance says of the address of a letter to Meta, each with how sure it is; nothing of any other letter."""
    if addressee_of(id) != "meta":
        return
    playbook = desk.session.playbook
    region = playbook.region_of(desk.session.progress.person.country).id
    for each in playbook.statements_for(step="letter", platform="", region=region):
        yield f"{playbook.texts.say(each.id)} ({sureness_line(each.basis)})"


class Addressed(NamedTuple):
    """The authority a complaint is addressed to, None where that is not known; where to look it up; the language to write in."""

    authority: Authority | None
    near: Authority | None
    language: str


def addressed(desk: Desk) -> Addressed:
    """The authority where the person lives, and the language for it: theirs where it takes it, else English, else its first.

    English too where it takes none of the languages in which letters are written.
    """
    person, known = desk.session.progress.person, desk.authorities()
    near = known.authority_for(person.country, person.land)
    own = desk.language
    if near is not None:
        taken = [each for each in near.languages if each in LANGUAGES]
        own = next((each for each in (own, "en") if each in taken), taken[0] if taken else "en")
    return Addressed(known.addressee_for(person.country, person.land), near, own)


def is_to_authority(id: str) -> bool:
    """Whether a letter goes to an authority."""
    return addressee_of(id) == "authority"


def first_language(desk: Desk, id: str) -> str:
    """The language a letter begins in: a complaint in the authority's, any other in the person's, where it is written."""
    wanted = addressed(desk).language if is_to_authority(id) else desk.language
    return wanted if wanted in languages_of(id) else "en"


def written(
    desk: Desk, account: str, id: str, language: str, filled: Mapping[str, str] = MappingProxyType({})
) -> Letter:
    """A letter as the diary fills it, and `filled` where that does not; KeyError where the law of the account has none such."""
    session = desk.session
    standing = session.overview().standing(account)
    authority = addressed(desk).authority if is_to_authority(id) else None
    facts = session.letter_facts(account, authority=authority.name if authority else "")
    values = {**filled, **facts.values}
    if authority is not None and authority.code == _LEADS:
        values["leads"] = "yes"
    return write_letter(id, language, standing.region.law if standing else "none", facts._replace(values=values))


_LEADS = "IE"
"""Whose authority leads for Meta, so that it has nothing to pass on (facts section 3)."""


def language_words(desk: Desk, id: str, language: str) -> str:
    """What is to be known of the language a letter to an authority is written in; empty for any other letter."""
    if not is_to_authority(id):
        return ""
    to = addressed(desk)
    if to.near is None:
        return "No authority is known for where you live; its name is left open."
    who = "It" if to.authority else "Your Land decides which authority takes it, so the name is left open; it"
    takes = f"{who} takes complaints in {to.near.taken} (one list)"
    if language in to.near.languages:
        return (
            f"{takes}."
            if language == "en"
            else f"{takes}. The English goes along below when you copy, save or mail it."
        )
    if language == "en" and "english-accepted" in to.near.notes:
        return f"{takes}, another list says in English too."
    if any(each in LANGUAGES for each in to.near.languages):
        return f"{takes}: take that language, or ask whether it takes this one."
    return f"{takes}, which no letter here is written in: have this translated, or ask whether it takes English."


def letter_lines(letter: Letter, width: int, *, above: str = "", below: str = "") -> Content:
    """A letter to read: what is said of it, its subject, its body with the gaps marked."""
    sheet = Sheet(width)
    if above:
        sheet.paragraph(above)
        sheet.blank()
    _pieces(sheet, letter.subject, "bold")
    for paragraph in paragraphs(letter.body):
        sheet.blank()
        _pieces(sheet, paragraph, "")
    if below:
        sheet.blank()
        sheet.paragraph(below, "$muted")
    return sheet.content()


def _pieces(sheet: Sheet, pieces: Iterable[Piece], style: str) -> None:
    sheet.prose((piece.text, GAP if piece.missing else style) for piece in pieces)
