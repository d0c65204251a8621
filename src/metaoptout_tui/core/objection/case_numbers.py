"""Whose case number is meant: that of Meta or that of the authority, in every sentence that asks for one or shows it."""

from collections.abc import Iterable
from typing import NamedTuple

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AUTHORITY_REFERENCE, REFERENCE


class CaseNumberWords(NamedTuple):
    """The label of its field and what the empty field says; the question for it; rows that show, add or correct it; a title."""

    label: str
    placeholder: str
    question: str
    shown: str
    add: str
    correct: str
    question_now: str
    of_entry: str

    def translated(self) -> "CaseNumberWords":
        """These words in the language in use."""
        return CaseNumberWords(*map(_, self))


_OF_META = CaseNumberWords(
    # Translators: the label of a narrow field for the case number that Meta gave.
    mark("Meta's number"),
    mark("case number, if any"),
    mark("Type the case number that Meta gave it, if there is one."),
    mark("Meta's case number: {words}"),
    mark("Add Meta's case number"),
    mark("Correct Meta's case number"),
    mark("What is Meta's case number now?"),
    mark("Meta's case number in “{event}”"),
)
_OF_AUTHORITY = CaseNumberWords(
    # Translators: the label of a narrow field for the case number that the data protection authority gave.
    mark("Authority's number"),
    mark("case number in its letter, if any"),
    mark("Type the case number that the authority gave it, if there is one."),
    mark("The authority's case number: {words}"),
    mark("Add the authority's case number"),
    mark("Correct the authority's case number"),
    mark("What is the authority's case number now?"),
    mark("The authority's case number in “{event}”"),
)


def case_number_words(kind: str) -> CaseNumberWords | None:
    """The words for the case number of a kind of event, in the language in use; None for a kind that has none."""
    match rules_of(kind).fields.get(REFERENCE.name):
        case None:
            return None
        case field:
            return (_OF_AUTHORITY if field == AUTHORITY_REFERENCE else _OF_META).translated()


def number_given_before(kind: str, events: Iterable[Event]) -> str:
    """The authority's number of the newest complaint, to be offered for its next letter; empty for another kind.

    `events` are in force.
    """
    number = ""
    if rules_of(kind).fields.get(REFERENCE.name) != AUTHORITY_REFERENCE:
        return number
    for event in events:
        if event.kind == EventKind.COMPLAINED_TO_AUTHORITY:
            number = ""
        if rules_of(event.kind).fields.get(REFERENCE.name) == AUTHORITY_REFERENCE:
            number = event.text(REFERENCE.name) or number
    return number


def all_case_number_labels() -> tuple[str, str]:
    """The labels of the field, so that it has room for either."""
    return (_(_OF_META.label), _(_OF_AUTHORITY.label))
