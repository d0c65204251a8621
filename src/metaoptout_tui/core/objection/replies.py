"""What may come back after an objection: the questions that sort it, the event that each answer records, and when it can have been."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where, rules_of
from metaoptout_tui.core.record.events import NO_FIELDS, Event, arrival_day_of, events_in_force, went_by_post
from metaoptout_tui.core.record.vocabulary import EventField


def subject_of_reply(kind: str, status: AccountStatus) -> Event:
    """The first entry that one of this kind can be about; InputRefused where there is none.

    That is the first objection that was sent for the account itself. Where none was, another's may cover it: whether
    that was applied can be asked, and what came of the question be written down.
    """
    filed = next((event for event in events_in_force(status.account.events) if event.kind == EventKind.FILED), None)
    if filed is not None:
        return filed
    subject = status.objection if kind == EventKind.ASKED_APPLIED and status.covered_by else status.first_inquiry
    if subject is None:
        raise InputRefused("Nothing is filed for this account. Record the objection first, then what came of it.")
    return subject


def check_reply(kind: str, at: datetime | None, status: AccountStatus, now: datetime) -> datetime | None:
    """When an entry about an objection happened (None: now).

    Raises InputRefused for a moment that cannot be, and where nothing was sent that it can be about.
    """
    subject = subject_of_reply(kind, status)
    return check_event_date(kind, at, subject, now) if at else None


def check_letter_arrival(events: Iterable[Event], letter_id: str, at: datetime) -> None:
    """Raise InputRefused for an entry that is no posted letter, and for an arrival before the day it was sent."""
    letter = next((event for event in events_in_force(tuple(events)) if event.id == letter_id), None)
    if letter is None or not went_by_post(letter):
        raise InputRefused("This was not sent by post, so it counts from the day it was sent.")
    if at.date() < letter.at.date():
        raise InputRefused(
            f"{dates.format_full_day(at.date())} is before it was sent, {dates.format_full_day(letter.at.date())}."
        )


def check_date_correction(events: tuple[Event, ...], correction: Event, to: datetime, now: datetime) -> None:
    """Raise InputRefused where a correction to the moment `to` puts an entry where it cannot be, or before what it needs."""
    corrected = next((event for event in events if event.id == correction.text("entry")), None)
    if corrected is not None and corrected.kind in KINDS_ABOUT_OBJECTIONS | {EventKind.FILED}:
        check_event_date(EventKind.FILED, to, None, now)
    before, after = events_in_force(events), events_in_force((*events, correction))
    check_correction_order(before, after, now)
    if _letters_with_arrival(before) - _letters_with_arrival(after):
        raise InputRefused("That would put the arrival of a letter before the day it was sent.")


def _letters_with_arrival(events: Iterable[Event]) -> set[str]:
    return {event.id for event in events if arrival_day_of(event) is not None}


EARLIEST_EVENT_DATE: Final = date(2024, 1, 1)
"""Meta told people in Europe of the training, and of the way to object, in May 2024."""


class Reply(NamedTuple):
    """One reply: the kind of event that records it and the fields that say which variant it is.

    The text `answer.ID` names it, the statement `answer.ID.help` says what it means. `variants` are the answers to the next
    question, where it takes one more to know what to do.
    """

    id: str
    event_kind: EventKind
    fields: Mapping[str, object] = NO_FIELDS
    variants: tuple["Reply", ...] = ()


def _reply_of_kind(kind: EventKind) -> Reply:
    """The reply that a kind of event records, with a variant for each word of the field that tells them apart.

    The last one, `other`, is that of which the field says nothing.
    """
    field = _variant_field(kind)
    if field is None:
        return Reply(str(kind), kind)
    variants = [Reply(f"{kind}.{word}", kind, {field.name: word}) for word in field.words]
    return Reply(str(kind), kind, variants=(*variants, Reply(f"{kind}.other", kind)))


def _variant_field(kind: str) -> EventField | None:
    """The field that tells the variants of a reply apart; None where it has none."""
    rules = rules_of(kind)
    if not rules.text_id:
        return None
    return next((field for field in rules.optional_fields.values() if field.words), None)


NO_REPLY = _reply_of_kind(EventKind.ANSWER_MISSING)
"""That nothing has come yet."""

FIRST_REPLIES = (
    _reply_of_kind(EventKind.CONFIRMED_ON_SCREEN),
    _reply_of_kind(EventKind.CONFIRMED_BY_MAIL),
    NO_REPLY,
    _reply_of_kind(EventKind.CODE_ASKED),
    _reply_of_kind(EventKind.MORE_ASKED),
    _reply_of_kind(EventKind.REFUSED),
    _reply_of_kind(EventKind.EXTENDED),
)
"""The first question: what came back, the commonest first."""

QUESTION_ANSWERED = _reply_of_kind(EventKind.ANSWERED)
"""What the person did: answered what Meta asked."""

COMPLAINT_ACKNOWLEDGED = _reply_of_kind(EventKind.ACKNOWLEDGED)
AUTHORITY_WROTE = _reply_of_kind(EventKind.AUTHORITY_WROTE)
CASE_CLOSED = _reply_of_kind(EventKind.CLOSED)
LATER_REPLIES = (COMPLAINT_ACKNOWLEDGED, AUTHORITY_WROTE, CASE_CLOSED)
"""What may come later in a case, after a complaint or at its end."""


def all_replies() -> tuple[Reply, ...]:
    """All replies with all their variants."""
    return tuple(_REPLY_BY_ID.values())


def reply_by_id(id: str) -> Reply | None:
    """One reply by its id."""
    return _REPLY_BY_ID.get(id)


def reply_of(event: Event) -> Reply | None:
    """The reply that an event records, as exactly as it says."""
    field = _variant_field(event.kind)
    variant = (event.text(field.name) if field is not None else "") or "other"
    return reply_by_id(f"{event.kind}.{variant}") or reply_by_id(event.kind)


_REPLY_BY_ID = {
    each.id: each for reply in (QUESTION_ANSWERED, *FIRST_REPLIES, *LATER_REPLIES) for each in (reply, *reply.variants)
}


def possible_replies(entries: tuple[Event, ...]) -> tuple[Reply, ...]:
    """What can be answered after these entries, which are in force: the later ones only where they can have come."""
    kinds = {event.kind for event in entries}
    asked = [event.kind for event in entries if event.kind in _STATE_CHANGING_KINDS][-1:]
    first = (
        (QUESTION_ANSWERED, *FIRST_REPLIES)
        if asked in ([EventKind.CODE_ASKED], [EventKind.MORE_ASKED])
        else FIRST_REPLIES
    )
    later = []
    if EventKind.COMPLAINED_TO_CONTROLLER in kinds:
        later.append(COMPLAINT_ACKNOWLEDGED)
    if EventKind.COMPLAINED in kinds:
        later.append(AUTHORITY_WROTE)
    if kinds & _KINDS_BEFORE_CLOSING:
        later.append(CASE_CLOSED)
    return (*first, *later)


_STATE_CHANGING_KINDS = {EventKind.FILED} | kinds_where(
    lambda rules: rules.step is StepId.CONFIRM and rules.state_after is not None
)
_KINDS_BEFORE_CLOSING = kinds_where(lambda rules: rules.allows_closing)


def check_event_date(what: str, at: datetime, begun: Event | None, now: datetime) -> datetime:
    """The moment, never before that of `begun` within the same minute; InputRefused for one that cannot be.

    `what` is the kind of entry, `begun` the first objection, or question about one, that it can be about.
    """
    if at.date() < EARLIEST_EVENT_DATE:
        raise InputRefused(
            f"{dates.format_full_day(at.date())} is before 2024, earlier than this record can hold. Write when it happened."
        )
    if what == EventKind.FILED or begun is None:
        return at
    if at < begun.at.replace(second=0, microsecond=0):
        named = "the objection, filed" if begun.kind == EventKind.FILED else "the question, sent"
        raise InputRefused(
            f"{dates.format_full_moment(at, now)} is before {named} {dates.format_full_moment(begun.at, now)}."
        )
    return max(at, begun.at)


def check_correction_order(before: Iterable[Event], after: Iterable[Event], now: datetime) -> None:
    """Raise InputRefused where a corrected date would put what came of an objection before every objection.

    `before` and `after` are the entries in force without and with the correction.
    """
    known = {event.id for event in _events_before_objection(before)}
    for event in _events_before_objection(after):
        if event.id not in known:
            raise InputRefused(
                f"That would put the objection after what came of it on {dates.format_day_and_time(event.at, now)}.",
                todo="Put right first what is wrong there.",
            )


def _events_before_objection(entries: Iterable[Event]) -> Iterator[Event]:
    """What came of an objection, yet stands before every one."""
    events = tuple(entries)
    first = min((event.at for event in events if event.kind == EventKind.FILED), default=None)
    for event in events:
        if event.kind in KINDS_ABOUT_OBJECTIONS and (
            first is None or event.at < first.replace(second=0, microsecond=0)
        ):
            yield event


KINDS_ABOUT_OBJECTIONS: Final = kinds_where(lambda rules: rules.role in ("reply", "sent", "later-reply"))
"""Kinds of event that are about an objection that was sent."""
