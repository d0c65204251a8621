"""Letters with their placeholders, and which diary events record the sending of one.

A letter states only what the diary holds (`core/letters/letter_facts.py`); what is not known becomes a placeholder that the
person fills in. The wording itself is in `documents/`.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event, went_by_letter
from metaoptout_tui.core.record.vocabulary import HOLDS_LETTER

EVENT_KIND_BY_LETTER: Mapping[str, EventKind] = MappingProxyType(
    {letter: kind for kind in EventKind for letter in rules_of(kind).recorded_letters}
)
"""The kind of event that records the sending of a letter; a letter to friends has none."""


_KINDS_OFTEN_WITHOUT_LETTER = frozenset({EventKind.FILED, EventKind.META_QUESTION_ANSWERED, EventKind.AUTHORITY_TOLD})


def letter_sent_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events, of those in force, that say a letter was sent.

    What can be sent in another way too only where it was sent as a letter.
    """
    all_events = tuple(events)
    ids_with_kept_text = {
        event.text("of")
        for event in all_events
        if event.kind == EventKind.EVIDENCE and event.text("holds") == HOLDS_LETTER
    }
    return tuple(
        event
        for event in all_events
        if rules_of(event.kind).recorded_letters
        and (event.kind not in _KINDS_OFTEN_WITHOUT_LETTER or went_by_letter(event) or event.id in ids_with_kept_text)
    )


class LetterPiece(NamedTuple):
    """A part of a letter. `placeholder` is the name of what the person has to fill in there, empty for fixed words."""

    text: str
    placeholder: str = ""


class Letter(NamedTuple):
    """A letter in one language; subject and body are in pieces, so that a preview can mark the placeholders.

    The first paragraphs of the body, as many as `head_paragraphs`, stand above the subject: sender, recipient, place and
    date.
    """

    id: str
    language: str
    subject: tuple[LetterPiece, ...]
    body: tuple[LetterPiece, ...]
    head_paragraphs: int = 0

    @property
    def title(self) -> str:
        """The subject as one line."""
        return "".join(piece.text for piece in self.subject)

    @property
    def text(self) -> str:
        """The body, with an empty line between paragraphs and placeholders like `[your name]`."""
        return "".join(piece.text for piece in self.body)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What the person has to fill in, each once, in the order it comes."""
        return tuple(dict.fromkeys(piece.placeholder for piece in (*self.subject, *self.body) if piece.placeholder))


def find_placeholder_values(letter: Letter, subject: str, body: str) -> Mapping[str, str]:
    """What a person wrote in place of a letter's placeholders, by name, so that it can go into other languages too.

    Only where the fixed words around a placeholder are unchanged; a rewritten paragraph gives no values. One without
    fixed words, such as name and address at the head, is looked for where it stood.
    """
    values: dict[str, str] = {}
    for pieces, text in ((letter.subject, subject), (letter.body, body)):
        written = text.split("\n\n")
        for index, paragraph in enumerate(split_paragraphs(pieces)):
            if any(piece.placeholder for piece in paragraph):
                fixed = "".join(piece.text for piece in paragraph if not piece.placeholder)
                has_words = any(map(str.isalnum, fixed))
                paragraphs = written if has_words else written[index : index + 1]
                values |= next(filter(None, (_values_in_paragraph(paragraph, each) for each in paragraphs)), {})
    return values


def repeated_gaps(letter: Letter, body: str) -> Mapping[str, str]:
    """The gaps still in a text whose like was filled in elsewhere in it, with what was written there: the name, say."""
    values = find_placeholder_values(letter, "", body)
    return {piece.text: values[piece.placeholder] for piece in letter.body if piece.placeholder in values}


def split_paragraphs(body: Iterable[LetterPiece]) -> list[list[LetterPiece]]:
    """The pieces of each paragraph."""
    paragraphs: list[list[LetterPiece]] = [[]]
    for piece in body:
        first, *rest = piece.text.split("\n\n")
        paragraphs[-1].append(piece._replace(text=first))
        paragraphs.extend([piece._replace(text=part)] for part in rest)
    without_empty = ([piece for piece in paragraph if piece.text] for paragraph in paragraphs)
    return [paragraph for paragraph in without_empty if paragraph]


def _values_in_paragraph(paragraph: list[LetterPiece], text: str) -> dict[str, str]:
    """What is between the fixed words of a paragraph; empty where these are not all in `text`, in their order."""
    values = {
        place.placeholder: place.words for place in _places_in_paragraph(paragraph, text, 0) or () if place.is_filled
    }
    return {name: words for name, words in values.items() if name not in _IN_ONE_LINE or "\n" not in words}


class GapPlace(NamedTuple):
    """Where a placeholder of a letter stands in a text, from `start` to before `end`; `gap` is how it is marked while it is open."""

    placeholder: str
    gap: str
    words: str
    start: int
    end: int

    @property
    def is_filled(self) -> bool:
        """Whether something was written in its place."""
        return self.words not in ("", self.gap)


def places_of_gaps(letter: Letter, body: str) -> tuple[GapPlace, ...]:
    """Where the placeholders of a letter stand in a text, in their order, as far as the fixed words around them do."""
    written: list[tuple[int, str]] = []
    start = 0
    for words in body.split("\n\n"):
        written.append((start, words))
        start += len(words) + 2
    found: list[GapPlace] = []
    for index, paragraph in enumerate(split_paragraphs(letter.body)):
        if not any(piece.placeholder for piece in paragraph):
            continue
        has_words = any(any(map(str.isalnum, piece.text)) for piece in paragraph if not piece.placeholder)
        candidates = written if has_words else written[index : index + 1]
        places = (_places_in_paragraph(paragraph, words, start) for start, words in candidates)
        found.extend(next(filter(None, places), ()))
    return tuple(found)


def _places_in_paragraph(paragraph: list[LetterPiece], text: str, offset: int) -> list[GapPlace] | None:
    """The placeholders between the fixed words of a paragraph; None where these are not all in `text`, in their order."""
    places: list[GapPlace] = []
    placeholder, start = _NO_PLACEHOLDER, 0
    for piece in (*_with_fixed_words_joined(paragraph), _NO_PLACEHOLDER):
        if piece.placeholder:
            placeholder = piece
            continue
        end = text.find(piece.text, start) if piece.text else len(text)
        if end < start or (not placeholder.placeholder and end != start):
            return None
        if placeholder.placeholder:
            words = text[start:end].strip()
            places.append(GapPlace(placeholder.placeholder, placeholder.text, words, offset + start, offset + end))
        placeholder, start = _NO_PLACEHOLDER, end + len(piece.text)
    return places


def _with_fixed_words_joined(paragraph: Iterable[LetterPiece]) -> Iterator[LetterPiece]:
    """The pieces, with all the fixed words between two placeholders as one, which are found more surely."""
    for is_fixed, pieces in groupby(paragraph, key=lambda piece: not piece.placeholder):
        if is_fixed:
            yield LetterPiece("".join(piece.text for piece in pieces))
        else:
            yield from pieces


_IN_ONE_LINE = frozenset({"name", "place"})
"""Placeholders of one line: a text begun with an earlier version has the address below the name at its end."""

_NO_PLACEHOLDER = LetterPiece("")
