"""What is asked of a reply besides its variant: until when an authority wants an answer, and to whom a complaint went on."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.replies import Reply
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import (
    ANSWER_BY,
    ANSWER_WORDS,
    AUTHORITY_PASSED_ON,
    AUTHORITY_RECEIVED,
    AUTHORITY_SAYS,
    GROUNDS,
    GROUNDS_GIVEN,
    MESSAGE_UNKNOWN,
    META_WORDS,
    PASSED_TO,
)
from metaoptout_tui.core.text import clean_line

_YEAR = 365
_MAX_WORDS_LENGTH = 1_000


class ReplyDetail(NamedTuple):
    """One detail of a reply: its field, the question with what helps to answer it, and the answer that there is none.

    `parse` gives the value of what was typed, and raises InputRefused for what cannot be.
    """

    field: str
    question: str
    help: str
    none: str
    label: str
    placeholder: str
    parse: Callable[[str, date], object]

    def value(self, typed: str, today: date) -> Mapping[str, object]:
        """The field with its value; nothing for an empty text."""
        return {self.field: self.parse(typed, today)} if typed.strip() else {}


def detail_of(reply: Reply, status: AccountStatus) -> ReplyDetail | None:
    """What is asked besides the variant of a reply about the objection of an account; None for nothing."""
    if reply.fields.get(GROUNDS.name) == GROUNDS_GIVEN:
        return _META_WORDS
    if reply.event_kind == EventKind.META_QUESTION_ANSWERED:
        is_identity_asked = status.outcome is not None and status.outcome.is_identity_asked
        return _ANSWER_WORDS if is_identity_asked else None
    says = reply.fields.get(AUTHORITY_SAYS.name) if reply.event_kind == EventKind.AUTHORITY_WROTE else None
    if says in (None, AUTHORITY_RECEIVED, MESSAGE_UNKNOWN):
        return None
    return _PASSED_TO if says == AUTHORITY_PASSED_ON else _ANSWER_BY


def day_ahead(typed: str, today: date) -> date:
    """A typed day that may be still to come: without a year the next such day. Raises InputRefused for no date."""
    try:
        past, ahead = dates.parse_day(typed, today), dates.parse_day(typed, date.fromordinal(today.toordinal() + _YEAR))
    except ValueError as error:
        raise InputRefused(str(error)) from error
    is_without_year = (past.month, past.day) == (ahead.month, ahead.day) and past.year != ahead.year
    return ahead if is_without_year and past < today else past


_ANSWER_BY = ReplyDetail(
    ANSWER_BY.name,
    mark("Does the letter set you a day? Until when?"),
    mark("If it sets a day, that day holds, whatever is counted here."),
    mark("It sets no day"),
    mark("The day it sets"),
    mark("such as 2026-12-15 or 15/12"),
    day_ahead,
)
_PASSED_TO = ReplyDetail(
    PASSED_TO.name,
    mark("To which authority did it pass your complaint on?"),
    mark("Its name as it stands in the letter."),
    mark("It does not say"),
    mark("The authority"),
    mark("its name"),
    lambda typed, _today: clean_line(typed),
)


_META_WORDS = ReplyDetail(
    META_WORDS.name,
    mark("Which reasons does it give, in Meta's own words?"),
    mark("The sentence that counts is enough. A complaint to an authority quotes it."),
    mark("I leave them out"),
    mark("Meta's words"),
    mark("copied from its message"),
    lambda typed, _today: clean_line(typed, _MAX_WORDS_LENGTH),
)
_ANSWER_WORDS = ReplyDetail(
    ANSWER_WORDS.name,
    mark("Meta asked for proof of who you are: what did you answer?"),
    mark("A complaint to an authority quotes it. Write no number of an identity document."),
    mark("I leave it out"),
    mark("My answer"),
    mark("such as: I can log in to the account"),
    lambda typed, _today: clean_line(typed, _MAX_WORDS_LENGTH),
)


def detail_words(typed: str, detail: ReplyDetail, today: date) -> str:
    """How a typed detail was understood: a day in full, so that a wrong one is seen."""
    value = detail.value(typed, today).get(detail.field)
    return dates.format_full_day(value) if isinstance(value, date) else str(value or _(detail.none))
