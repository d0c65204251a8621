"""What may come back after an objection, sorted by one question at a time, and the entry that each answer is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from metaoptout_tui.core import when
from metaoptout_tui.core.diary import NO_FIELDS, REPLIES, Event
from metaoptout_tui.core.errors import InputRefused

EARLIEST: Final = date(2024, 1, 1)
"""Meta told people in Europe of the training, and of the way to object, in May 2024 (facts section 5)."""


class Answer(NamedTuple):
    """One answer: the kind of entry that records it and the fields that say which sort it is.

    The text `answer.ID` names it, the statement `answer.ID.help` says what it means. `sorts` are the answers to the next
    question, where it takes one more to know what to do.
    """

    id: str
    what: str
    fields: Mapping[str, object] = NO_FIELDS
    sorts: tuple["Answer", ...] = ()


def _sorted(what: str, field: str, *names: str) -> Answer:
    """An answer with its sorts; the last, `other`, is the one that the field says nothing of."""
    sorts = [Answer(f"{what}.{name}", what, {field: name}) for name in names]
    return Answer(what, what, sorts=(*sorts, Answer(f"{what}.other", what)))


WRONG_FORM: Final = frozenset({"prompts", "other-form"})
"""What `for` says where the objection has to be filed again, in another form (facts 6.1)."""
UNREASONED: Final = "none"
"""What `reasons` says where Meta gave none for taking longer, as it must (GDPR Art. 12(3))."""
NOT_AVAILABLE: Final = "not-available"
"""What `grounds` says where Meta answered that it is not offered there (facts 6.1)."""

NOTHING = Answer("answer-missing", "answer-missing")
"""That nothing has come yet."""

FIRST = (
    Answer("confirmed-on-screen", "confirmed-on-screen"),
    Answer("confirmed-by-mail", "confirmed-by-mail"),
    NOTHING,
    Answer("code-asked", "code-asked"),
    _sorted("more-asked", "for", "reason", "id", "prompts", "other-form"),
    _sorted("refused", "grounds", NOT_AVAILABLE, "given", "none"),
    _sorted("extended", "reasons", "given", UNREASONED),
)
"""The first question: what came back, the commonest first."""

ANSWERED = Answer("answered", "answered")
"""What the person did: answered what Meta asked."""

ACKNOWLEDGED = Answer("acknowledged", "acknowledged")
AUTHORITY_WROTE = Answer("authority-wrote", "authority-wrote")
CLOSED = Answer("closed", "closed")
LATER = (ACKNOWLEDGED, AUTHORITY_WROTE, CLOSED)
"""What may come later in a case, after a complaint or at its end."""


def every_answer() -> tuple[Answer, ...]:
    """All answers with all their sorts."""
    return tuple(each for answer in (ANSWERED, *FIRST, *LATER) for each in (answer, *answer.sorts))


def answer_by_id(id: str) -> Answer | None:
    """One answer by its id."""
    return next((each for each in every_answer() if each.id == id), None)


def answer_of(event: Event) -> Answer | None:
    """The answer that an entry records, as exactly as it says."""
    named = next((event.text(name) for name in ("for", "grounds", "reasons") if event.text(name)), "other")
    return answer_by_id(f"{event.what}.{named}") or answer_by_id(event.what)


def offered(entries: tuple[Event, ...]) -> tuple[Answer, ...]:
    """What can be answered after these entries, which are in force: the later ones only where they can have come."""
    kinds = {event.what for event in entries}
    asked = [event.what for event in entries if event.what in _MOVES][-1:]
    first = (ANSWERED, *FIRST) if asked in (["code-asked"], ["more-asked"]) else FIRST
    later = []
    if "complained-to-controller" in kinds:
        later.append(ACKNOWLEDGED)
    if "complained" in kinds:
        later.append(AUTHORITY_WROTE)
    if kinds & _MAY_CLOSE:
        later.append(CLOSED)
    return (*first, *later)


_MOVES = (REPLIES | {"filed", "answered"}) - {"answer-missing"}
_MAY_CLOSE = frozenset({"refused", "reminded", "extended", "complained-to-controller", "complained"})


def check_when(what: str, at: datetime, begun: Event | None, now: datetime) -> datetime:
    """The moment, never before that of `begun` within the same minute; InputRefused for one that cannot be.

    `what` is the kind of entry, `begun` the first objection, or question about one, that it can be about.
    """
    if at.date() < EARLIEST:
        raise InputRefused(
            f"{when.full_day(at.date())} is before 2024, earlier than this record can hold. Write when it happened."
        )
    if what == "filed" or begun is None:
        return at
    if at < begun.at.replace(second=0, microsecond=0):
        named = "the objection, filed" if begun.what == "filed" else "the question, sent"
        raise InputRefused(f"{when.full_moment(at, now)} is before {named} {when.full_moment(begun.at, now)}.")
    return max(at, begun.at)


def check_order(before: Iterable[Event], after: Iterable[Event], now: datetime) -> None:
    """Raise InputRefused where a corrected date would put what came of an objection before every objection.

    `before` and `after` are the entries in force without and with the correction.
    """
    known = {each.id for each in _without_objection(before)}
    for each in _without_objection(after):
        if each.id not in known:
            raise InputRefused(
                f"That would put the objection after what came of it on {when.day_and_time(each.at, now)}.",
                todo="Put right first what is wrong there.",
            )


def _without_objection(entries: Iterable[Event]) -> Iterator[Event]:
    """What came of an objection, yet stands before every one."""
    every = tuple(entries)
    first = min((each.at for each in every if each.what == "filed"), default=None)
    for each in every:
        if each.what in ABOUT_AN_OBJECTION and (first is None or each.at < first.replace(second=0, microsecond=0)):
            yield each


ABOUT_AN_OBJECTION: Final = REPLIES | {
    *("answered", "reminded", "extension-disputed", "asked-applied", "complained-to-controller", "complained"),
    *("acknowledged", "authority-wrote", "closed"),
}
"""Kinds of entry that are about an objection that was sent."""
