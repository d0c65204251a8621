"""Replies that may come after an objection, the questions that sort them, and checks of event dates.

Each reply names the kind of diary event, and the fields, that record it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.record.events import NO_FIELDS, REPLY_KINDS, Event

EARLIEST_EVENT_DATE: Final = date(2024, 1, 1)
"""Meta told people in Europe of the training, and of the way to object, in May 2024 (facts section 5)."""


class Reply(NamedTuple):
    """One answer: the kind of entry that records it and the fields that say which sort it is.

    The text `answer.ID` names it, the statement `answer.ID.help` says what it means. `sorts` are the answers to the next
    question, where it takes one more to know what to do.
    """

    id: str
    event_kind: str
    fields: Mapping[str, object] = NO_FIELDS
    variants: tuple["Reply", ...] = ()


def _reply_with_variants(what: str, field: str, *names: str) -> Reply:
    """An answer with its sorts; the last, `other`, is the one that the field says nothing of."""
    sorts = [Reply(f"{what}.{name}", what, {field: name}) for name in names]
    return Reply(what, what, variants=(*sorts, Reply(f"{what}.other", what)))


WRONG_FORM_REQUESTS: Final = frozenset({"prompts", "other-form"})
"""What `for` says where the objection has to be filed again, in another form (facts 6.1)."""
NO_REASONS: Final = "none"
"""What `reasons` says where Meta gave none for taking longer, as it must (GDPR Art. 12(3))."""
NOT_AVAILABLE_GROUNDS: Final = "not-available"
"""What `grounds` says where Meta answered that it is not offered there (facts 6.1)."""

NO_REPLY = Reply("answer-missing", "answer-missing")
"""That nothing has come yet."""

FIRST_REPLIES = (
    Reply("confirmed-on-screen", "confirmed-on-screen"),
    Reply("confirmed-by-mail", "confirmed-by-mail"),
    NO_REPLY,
    Reply("code-asked", "code-asked"),
    _reply_with_variants("more-asked", "for", "reason", "id", "prompts", "other-form"),
    _reply_with_variants("refused", "grounds", NOT_AVAILABLE_GROUNDS, "given", "none"),
    _reply_with_variants("extended", "reasons", "given", NO_REASONS),
)
"""The first question: what came back, the commonest first."""

QUESTION_ANSWERED = Reply("answered", "answered")
"""What the person did: answered what Meta asked."""

COMPLAINT_ACKNOWLEDGED = Reply("acknowledged", "acknowledged")
AUTHORITY_WROTE = Reply("authority-wrote", "authority-wrote")
CASE_CLOSED = Reply("closed", "closed")
LATER_REPLIES = (COMPLAINT_ACKNOWLEDGED, AUTHORITY_WROTE, CASE_CLOSED)
"""What may come later in a case, after a complaint or at its end."""


def all_replies() -> tuple[Reply, ...]:
    """All answers with all their sorts."""
    return tuple(
        each for answer in (QUESTION_ANSWERED, *FIRST_REPLIES, *LATER_REPLIES) for each in (answer, *answer.variants)
    )


def reply_by_id(id: str) -> Reply | None:
    """One answer by its id."""
    return next((each for each in all_replies() if each.id == id), None)


def reply_of(event: Event) -> Reply | None:
    """The answer that an entry records, as exactly as it says."""
    named = next((event.text(name) for name in ("for", "grounds", "reasons") if event.text(name)), "other")
    return reply_by_id(f"{event.kind}.{named}") or reply_by_id(event.kind)


def possible_replies(entries: tuple[Event, ...]) -> tuple[Reply, ...]:
    """What can be answered after these entries, which are in force: the later ones only where they can have come."""
    kinds = {event.kind for event in entries}
    asked = [event.kind for event in entries if event.kind in _STATE_CHANGING_KINDS][-1:]
    first = (QUESTION_ANSWERED, *FIRST_REPLIES) if asked in (["code-asked"], ["more-asked"]) else FIRST_REPLIES
    later = []
    if "complained-to-controller" in kinds:
        later.append(COMPLAINT_ACKNOWLEDGED)
    if "complained" in kinds:
        later.append(AUTHORITY_WROTE)
    if kinds & _KINDS_BEFORE_CLOSING:
        later.append(CASE_CLOSED)
    return (*first, *later)


_STATE_CHANGING_KINDS = (REPLY_KINDS | {"filed", "answered"}) - {"answer-missing"}
_KINDS_BEFORE_CLOSING = frozenset({"refused", "reminded", "extended", "complained-to-controller", "complained"})


def check_event_date(what: str, at: datetime, begun: Event | None, now: datetime) -> datetime:
    """The moment, never before that of `begun` within the same minute; InputRefused for one that cannot be.

    `what` is the kind of entry, `begun` the first objection, or question about one, that it can be about.
    """
    if at.date() < EARLIEST_EVENT_DATE:
        raise InputRefused(
            f"{dates.format_full_day(at.date())} is before 2024, earlier than this record can hold. Write when it happened."
        )
    if what == "filed" or begun is None:
        return at
    if at < begun.at.replace(second=0, microsecond=0):
        named = "the objection, filed" if begun.kind == "filed" else "the question, sent"
        raise InputRefused(
            f"{dates.format_full_moment(at, now)} is before {named} {dates.format_full_moment(begun.at, now)}."
        )
    return max(at, begun.at)


def check_correction_order(before: Iterable[Event], after: Iterable[Event], now: datetime) -> None:
    """Raise InputRefused where a corrected date would put what came of an objection before every objection.

    `before` and `after` are the entries in force without and with the correction.
    """
    known = {each.id for each in _events_before_objection(before)}
    for each in _events_before_objection(after):
        if each.id not in known:
            raise InputRefused(
                f"That would put the objection after what came of it on {dates.format_day_and_time(each.at, now)}.",
                todo="Put right first what is wrong there.",
            )


def _events_before_objection(entries: Iterable[Event]) -> Iterator[Event]:
    """What came of an objection, yet stands before every one."""
    every = tuple(entries)
    first = min((each.at for each in every if each.kind == "filed"), default=None)
    for each in every:
        if each.kind in KINDS_ABOUT_OBJECTIONS and (first is None or each.at < first.replace(second=0, microsecond=0)):
            yield each


KINDS_ABOUT_OBJECTIONS: Final = REPLY_KINDS | {
    *("answered", "reminded", "extension-disputed", "asked-applied", "complained-to-controller", "complained"),
    *("acknowledged", "authority-wrote", "closed"),
}
"""Kinds of entry that are about an objection that was sent."""
