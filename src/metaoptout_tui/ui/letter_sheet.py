"""Letters as lines to read, with what is missing marked; and which letter, language and authority a case has."""

from collections.abc import Iterable
from typing import NamedTuple

from textual.content import Content

from metaoptout_tui.core.authority import Authority
from metaoptout_tui.core.letters import Letter, Piece
from metaoptout_tui.core.playbook import LANGUAGES
from metaoptout_tui.documents.letters import languages_of
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.sheet import Sheet

COMPLAINT = "complaint"
GAP = "bold underline $text-warning"
"""How what is missing looks: not by colour alone, and in brackets besides."""


class Addressed(NamedTuple):
    """The authority of the person, and the language in which they can write to it."""

    authority: Authority | None
    language: str


def addressed(desk: Desk) -> Addressed:
    """The authority where the person lives, and its language: theirs where it takes it, else its first that is written here."""
    person = desk.session.progress.person
    authority = desk.authorities().authority_for(person.country, person.land)
    known = [each for each in (authority.languages if authority else ()) if each in LANGUAGES]
    return Addressed(authority, desk.language if desk.language in known or not known else known[0])


def first_language(desk: Desk, id: str) -> str:
    """The language a letter begins in: a complaint in the authority's, any other in the person's, where it is written."""
    wanted = addressed(desk).language if id == COMPLAINT else desk.language
    return wanted if wanted in languages_of(id) else "en"


def letter_lines(letter: Letter, width: int, *, above: str = "", below: str = "") -> Content:
    """A letter to read: what is said of it, its subject, its body with the gaps marked."""
    sheet = Sheet(width)
    if above:
        sheet.paragraph(above)
        sheet.blank()
    _pieces(sheet, letter.subject, "bold")
    for paragraph in _paragraphs(letter.body):
        sheet.blank()
        _pieces(sheet, paragraph, "")
    if below:
        sheet.blank()
        sheet.paragraph(below, "$muted")
    return sheet.content()


def _paragraphs(body: Iterable[Piece]) -> list[list[Piece]]:
    paragraphs: list[list[Piece]] = [[]]
    for piece in body:
        first, *rest = piece.text.split("\n\n")
        paragraphs[-1].append(piece._replace(text=first))
        paragraphs.extend([piece._replace(text=part)] for part in rest)
    return [[piece for piece in paragraph if piece.text] for paragraph in paragraphs if any(p.text for p in paragraph)]


def _pieces(sheet: Sheet, pieces: Iterable[Piece], style: str) -> None:
    sheet.prose((piece.text, GAP if piece.missing else style) for piece in pieces)
