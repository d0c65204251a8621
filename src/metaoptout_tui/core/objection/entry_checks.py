"""Checks of what a person writes down of an objection and what came of it: what cannot be is refused with a sentence."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from metaoptout_tui.core import dates, text
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where
from metaoptout_tui.core.record.events import (
    EARLIEST_EVENT_DATE,
    Event,
    arrival_day_of,
    correctable_fields,
    events_in_force,
    is_month_alone,
    went_by_letter,
    went_by_post,
)
from metaoptout_tui.core.record.vocabulary import (
    ANSWER_WORDS,
    EMAIL,
    FORM,
    MAX_WORDS_LENGTH,
    META_WORDS,
    NOTE_TEXT,
    REFERENCE,
)


def earliest_subject_of_reply(kind: str, status: AccountStatus) -> Event:
    """The first event that one of this kind can be about; InputRefused where there is none.

    That is the first objection that was sent for the account itself, else the inquiry whether another account's
    objection was applied to this one; of that inquiry itself, the other account's objection.
    """
    filed = next((event for event in events_in_force(status.account.events) if event.kind == EventKind.FILED), None)
    if filed is not None:
        return filed
    subject = (
        status.objection_in_force
        if kind == EventKind.INQUIRY_SENT and status.covering_account_id
        else status.first_inquiry
    )
    if subject is None:
        raise InputRefused(_("Nothing is filed for this account. Record the objection first, then what came of it."))
    return subject


def accepted_moment_of_reply(kind: str, at: datetime | None, status: AccountStatus, now: datetime) -> datetime | None:
    """The moment of an event about an objection (None: now).

    Raises InputRefused for an impossible moment, where nothing was sent that the event can be about, and for an answer
    before the question of Meta that waits for one.
    """
    subject = earliest_subject_of_reply(kind, status)
    if at is None:
        return None
    if not is_in_month_of_objection(at, subject):
        at = accepted_moment(kind, at, subject, now)
    return _accepted_moment_of_answer(at, status, now) if kind == EventKind.META_QUESTION_ANSWERED else at


def _accepted_moment_of_answer(at: datetime, status: AccountStatus, now: datetime) -> datetime:
    """The moment of an answer to Meta's question, not before that where both are in the same minute.

    Raises InputRefused where every question that Meta asked until then was answered before, and one of later waits.
    """
    waiting: Event | None = None
    for event in events_in_force(status.account.events):
        if event.kind == EventKind.MORE_ASKED:
            if waiting is None:
                waiting = event
        elif event.kind in (EventKind.META_QUESTION_ANSWERED, EventKind.FILED):
            waiting = None
    if waiting is None or (is_month_alone(waiting) and is_in_month_of(at, waiting.at)):
        return at
    if at < waiting.at.replace(second=0, microsecond=0):
        raise InputRefused(
            _("{moment} is before Meta's question, which came {moment_before}.").format(
                moment=dates.format_moment_as_known(at, now),
                moment_before=dates.format_moment_as_known(waiting.at, now),
            )
        )
    return max(at, waiting.at)


def is_in_month_of_objection(at: datetime, subject: Event) -> bool:
    """Whether something came in the very month of an objection of which only the month is known."""
    return subject.kind == EventKind.FILED and is_month_alone(subject) and is_in_month_of(at, subject.at)


def earlier_events_of_month(kind: str, at: datetime, status: AccountStatus) -> tuple[Event, ...]:
    """What came before an event of this kind and has a later date only because no more than its month is known.

    That is the objection, and the question of Meta that the person answered.
    """
    before = (earliest_subject_of_reply(kind, status), _meta_question_answered_by(kind, status))
    return tuple(
        event for event in before if event and is_month_alone(event) and at < event.at and is_in_month_of(at, event.at)
    )


def _meta_question_answered_by(kind: str, status: AccountStatus) -> Event | None:
    return status.last_reply if kind == EventKind.META_QUESTION_ANSWERED else None


def is_in_month_of(at: datetime, other: datetime) -> bool:
    """Whether two moments are in the same month."""
    return (at.year, at.month) == (other.year, other.month)


def check_letter_arrival(events: Iterable[Event], letter_id: str, at: datetime) -> None:
    """Raise InputRefused for an event that is no posted letter, and for an arrival before the day of sending."""
    letter = next((event for event in events_in_force(tuple(events)) if event.id == letter_id), None)
    if letter is None or not went_by_post(letter):
        raise InputRefused(_("This was not sent by post, so it counts from the day it was sent."))
    if at.date() < letter.at.date():
        raise InputRefused(
            _("{day} is before it was sent, {day_sent}.").format(
                day=dates.format_full_day(at.date()), day_sent=dates.format_full_day(letter.at.date())
            )
        )


def check_date_correction(events: tuple[Event, ...], correction: Event, to: datetime, now: datetime) -> None:
    """Raise InputRefused where a correction to `to` makes a date impossible, or puts a reply before the objection."""
    corrected = next((event for event in events if event.id == correction.text("entry")), None)
    if corrected is not None and corrected.kind in KINDS_ABOUT_OBJECTIONS | {EventKind.FILED}:
        accepted_moment(EventKind.FILED, to, None, now)
    before, after = events_in_force(events), events_in_force((*events, correction))
    check_correction_order(before, after, now)
    if _letters_with_arrival(before) - _letters_with_arrival(after):
        raise InputRefused(_("That would put the arrival of a letter before the day it was sent."))


def _letters_with_arrival(events: Iterable[Event]) -> set[str]:
    return {event.id for event in events if arrival_day_of(event) is not None}


def check_day_of_objection(at: datetime, *, now: Callable[[], datetime]) -> None:
    """Raise InputRefused for a moment at which no objection can have been sent."""
    accepted_moment(EventKind.FILED, at, None, now())


def accepted_moment(kind: str, at: datetime, subject: Event | None, now: datetime) -> datetime:
    """The moment, not before `subject` where both are in the same minute; InputRefused for an impossible one.

    `kind` is that of the event, `subject` the first objection, or inquiry about one, that it can be about.
    """
    if at.date() < EARLIEST_EVENT_DATE:
        raise InputRefused(
            _("{day} is before 2024, earlier than this record can hold. Write when it happened.").format(
                day=dates.format_full_day(at.date())
            )
        )
    if kind == EventKind.FILED or subject is None:
        return at
    if at < subject.at.replace(second=0, microsecond=0):
        words = (
            _("{moment} is before the objection, filed {moment_before}.")
            if subject.kind == EventKind.FILED
            else _("{moment} is before the question, sent {moment_before}.")
        )
        raise InputRefused(
            words.format(
                moment=dates.format_moment_as_known(at, now),
                moment_before=dates.format_moment_as_known(subject.at, now),
            )
        )
    return max(at, subject.at)


def check_correction_order(before: Iterable[Event], after: Iterable[Event], now: datetime) -> None:
    """Raise InputRefused where a corrected date would put an event about an objection before every objection.

    `before` and `after` are the events in force without and with the correction.
    """
    ids_before = {event.id for event in _events_before_objection(before)}
    for event in _events_before_objection(after):
        if event.id not in ids_before:
            raise InputRefused(
                _("That would put the objection after what came of it on {moment}.").format(
                    moment=dates.format_day_and_time(event.at, now)
                ),
                todo=_("Put right first what is wrong there."),
            )


def _events_before_objection(events: Iterable[Event]) -> Iterator[Event]:
    """The events about an objection that are dated before every objection."""
    events = tuple(events)
    first = min((event.at for event in events if event.kind == EventKind.FILED), default=None)
    for event in events:
        if event.kind in KINDS_ABOUT_OBJECTIONS and (
            first is None or event.at < first.replace(second=0, microsecond=0)
        ):
            yield event


def events_before_subject(events: Iterable[Event]) -> tuple[Event | None, tuple[Event, ...]]:
    """The first objection or inquiry about one, and the events about an objection that are dated before it.

    Where there is none, those are all of them.
    """
    events = tuple(events)
    subject = next((event for event in events if event.kind in (EventKind.FILED, EventKind.INQUIRY_SENT)), None)
    limit = subject.at.replace(second=0, microsecond=0) if subject is not None else None
    return subject, tuple(
        event
        for event in events
        if event.kind in KINDS_ABOUT_OBJECTIONS and event is not subject and (limit is None or event.at < limit)
    )


KINDS_ABOUT_OBJECTIONS: Final = kinds_where(lambda rules: rules.role in ("reply", "sent", "later-reply", "closing"))
"""Kinds of event that are about an objection that was sent."""


def corrected_text(event: Event | None, field: str, to: str, limit: int) -> str:
    """What a person wrote to correct a field, cleaned; `limit` is the most characters of a note.

    Raises InputRefused for a correction of what an entry has not, or that would leave a note without words. Whether
    something went by letter is no matter of words: what follows depends on it.
    """
    if field in (META_WORDS.name, ANSWER_WORDS.name):
        to = text.clean_line(to, MAX_WORDS_LENGTH)
    else:
        is_line = field in (REFERENCE.name, FORM.name, EMAIL.name)
        to = text.clean_line(to) if is_line else text.clean_block(to, limit).strip()
    if event is None or field not in correctable_fields(event.kind):
        raise InputRefused(_("There is nothing of that kind to correct in this entry."))
    if field == FORM.name and (went_by_letter(event) or to in FORM.known_values):
        raise InputRefused(_("Whether it went by letter cannot be corrected. Take it back and record it again."))
    if field == EMAIL.name and not to:
        raise InputRefused(_("It was sent with an address. Write that one, or go back."))
    if field == NOTE_TEXT.name and not to:
        raise InputRefused(_("A note needs words. Write some, or go back."))
    return to
