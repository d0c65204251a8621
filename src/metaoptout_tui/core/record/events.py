"""Diary events, and which of them are in force at a given time.

An event of an earlier sitting is never edited. A later `date-corrected` corrects its date, a later `text-corrected` its
note or reference, and a later `step-reopened` undoes a done step, or one entry of it. Within a sitting, undo takes events out again, and a
link that is set right rewrites its entry (`app/record/link_entries.py`). Two copies of a diary are merged by uniting their
events; what was taken out of one is in its `removals`, so that it does not return.

Every state of an account is computed from its events.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from metaoptout_tui.core.dates import MonthAlone
from metaoptout_tui.core.record import vocabulary
from metaoptout_tui.core.record.event_ids import moment_of_id
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where, rules_of
from metaoptout_tui.core.record.vocabulary import (
    ANSWER_WORDS,
    ANSWERED_INQUIRY,
    ARRIVAL_UNKNOWN,
    AUTHORITY_DECISIONS,
    AUTHORITY_RECEIVED,
    AUTHORITY_SAYS,
    EMAIL,
    FORM,
    GROUNDS,
    GROUNDS_GIVEN,
    LETTER_SENT_ONLINE,
    MESSAGE_UNKNOWN,
    META_WORDS,
    NOTE,
    NOTE_TEXT,
    REFERENCE,
    RETURNED_LATER_LETTER,
    SENT_BY_LETTER,
    WRONG_FORM_REQUESTS,
    AccountState,
    PeriodKind,
)

NO_FIELDS: Mapping[str, object] = MappingProxyType({})


LinkSince = datetime | Literal["before", "unknown"]
"""Since when a link exists: a moment, or one of the two words of the field `since`."""

_READING_TOLERANCE = timedelta(days=1)
"""How far ahead an event that is read may be: clocks and zones of two machines differ, and a person may type a day."""

EARLIEST_EVENT_DATE = date(2024, 1, 1)
"""Meta announced the training, and the way to object, to people in Europe in May 2024: nothing can be earlier."""


class Event(NamedTuple):
    """One diary entry. Ids sort by when an entry was *written*; `at`, with its zone, is when it *happened*."""

    id: str
    at: datetime
    kind: str
    fields: Mapping[str, object] = NO_FIELDS

    def text(self, name: str) -> str:
        """A text field, empty where it is absent."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else str(value)


def is_in_future(event: Event, now: datetime) -> bool:
    """Whether the date of an event, after corrections, is still to come, as after a typing error in the file."""
    return event.at > _latest_past_moment(now)


@lru_cache(maxsize=1)
def _latest_past_moment(now: datetime) -> datetime:
    """The moment after which an event is still to come, in UTC for fast comparisons; the same for all diaries."""
    return (now + _READING_TOLERANCE).astimezone(UTC)


def events_in_force(events: Iterable[Event], now: datetime | None = None) -> tuple[Event, ...]:
    """The events in force, each with its corrected date, in the order in which they happened.

    An event has the texts that a later `text-corrected` gave it. It is not in force once a `step-reopened` of its step
    was written after it, or one that names it. A corrected date of a link replaces its `since`; a letter has the day of
    its `letter-arrived` as `received`, or `unknown`. What was sent about an objection and came back undeliverable is not
    in force. Events of one moment are ordered by kind, then id: the result depends on the set of events alone. With `now`, those that are still to come are left out, and what cannot
    have been sent yet: of a clock that began again in 1970, nothing is overdue by decades.
    """
    events = list(events)
    latest = _latest_past_moment(now) if now is not None else None
    earliest = EARLIEST_EVENT_DATE if now is not None and now.date() >= EARLIEST_EVENT_DATE else date.min
    if _KINDS_CHANGING_OTHERS.isdisjoint(event.kind for event in events):
        in_force = {event.id: event for event in events if _can_have_happened(event, earliest, latest)}
        return tuple(sorted(in_force.values(), key=event_sort_key))
    corrected: dict[str, tuple[str, datetime]] = {}
    texts = corrected_texts(events)
    reopened: dict[str, str] = {}
    for event in events:
        if event.kind == EventKind.DATE_CORRECTED:
            corrected_id, to = event.text("entry"), event.fields.get("to")
            if isinstance(to, datetime) and corrected.get(corrected_id, ("",))[0] < event.id:
                corrected[corrected_id] = (event.id, to)
        elif event.kind == EventKind.STEP_REOPENED:
            what = event.text("entry") or event.text("step")
            reopened[what] = max(reopened.get(what, ""), event.id)
    in_force = {}
    for event in events:
        taken_back_by = max(reopened.get(step_recorded_by(event), ""), reopened.get(event.id, ""))
        if event.kind in _NEVER_IN_FORCE or event.id < taken_back_by:
            continue
        dated = _with_corrected_date(event, corrected[event.id][1]) if event.id in corrected else event
        dated = with_corrected_texts(dated, texts) if texts else dated
        if _can_have_happened(dated, earliest, latest):
            in_force[event.id] = dated
    if any(is_later_letter_returned(event) for event in in_force.values()):
        in_force = _without_returned_letters(in_force)
    return tuple(sorted(_with_arrival_days(in_force), key=event_sort_key))


def _can_have_happened(event: Event, earliest: date, latest: datetime | None) -> bool:
    """Whether an event can have happened by then: it is not to come, nor a period that began before any could."""
    return (latest is None or event.at <= latest) and (event.at.date() >= earliest or not rules_of(event.kind).starts)


_KINDS_REOPENING = kinds_where(lambda rules: rules.reopens)

CorrectedTexts = Mapping[tuple[str, str], str]
"""The newest corrected text of a field, by the id of the entry and the name of the field."""


def corrected_texts(events: Iterable[Event]) -> CorrectedTexts:
    """The corrected texts of a diary. A correction of a field that the kind of its entry has not is left out."""
    newest: dict[tuple[str, str], Event] = {}
    kinds = {}
    for event in events:
        kinds[event.id] = event.kind
        if event.kind == EventKind.TEXT_CORRECTED and isinstance(event.fields.get("to"), str):
            key = event.text("entry"), event.text("field")
            if key not in newest or newest[key].id < event.id:
                newest[key] = event
    return {
        (id, name): event.text("to")
        for (id, name), event in newest.items()
        if id in kinds and name in correctable_fields(kinds[id])
    }


def with_corrected_texts(event: Event, texts: CorrectedTexts) -> Event:
    """The event with its corrected texts; an empty one removes the field."""
    changed = {name: texts[event.id, name] for name in _TEXT_FIELDS if (event.id, name) in texts}
    if not changed:
        return event
    kept = {name: value for name, value in event.fields.items() if name not in changed}
    return event._replace(fields={**kept, **{name: value for name, value in changed.items() if value}})


def correctable_fields(kind: str) -> tuple[str, ...]:
    """The fields of a kind of event that a person can correct: form, address, words of theirs or of Meta, reference and note."""
    rules = rules_of(kind)
    if rules.role in ("correction", "unknown", "account"):
        return ()
    return tuple(name for name in _TEXT_FIELDS if name in rules.fields)


def fields_to_correct(event: Event) -> tuple[str, ...]:
    """The fields of an entry that can be corrected now; a letter has no form.

    A reference and a form may come later, and the words of Meta's reasons where it gave some.
    """
    has_reasons = event.text(GROUNDS.name) == GROUNDS_GIVEN
    later = (*_MAY_COME_LATER, META_WORDS.name) if has_reasons else _MAY_COME_LATER
    fields = (name for name in correctable_fields(event.kind) if event.text(name) or name in later)
    return tuple(name for name in fields if name != FORM.name or not went_by_letter(event))


_MAY_COME_LATER = (FORM.name, REFERENCE.name)
_TEXT_FIELDS = (FORM.name, EMAIL.name, NOTE_TEXT.name, META_WORDS.name, ANSWER_WORDS.name, REFERENCE.name, NOTE.name)
_NEVER_IN_FORCE = frozenset({EventKind.DATE_CORRECTED, EventKind.TEXT_CORRECTED, EventKind.STEP_REOPENED})
_KINDS_CHANGING_OTHERS = _NEVER_IN_FORCE | {EventKind.UNDELIVERABLE, EventKind.LETTER_ARRIVED}
"""Without one of these in a diary, its events stand as they were written; so it is in most diaries."""


def _without_returned_letters(events_by_id: dict[str, Event]) -> dict[str, Event]:
    """The events without each letter that came back: what was sent about the objection last before it came back."""
    in_order = sorted(events_by_id.values(), key=event_sort_key)
    remaining = dict(events_by_id)
    for index, event in enumerate(in_order):
        if is_later_letter_returned(event):
            sent_before = (
                earlier
                for earlier in reversed(in_order[:index])
                if rules_of(earlier.kind).role == "sent" and earlier.id in remaining
            )
            returned = next(sent_before, None)
            if returned is not None:
                del remaining[returned.id]
    return remaining


def _with_arrival_days(events_by_id: dict[str, Event]) -> Iterable[Event]:
    """The events, letters with the day of their last recorded arrival; without arrivals of letters not in force."""
    arrivals = {
        event.text("of"): event for _, event in sorted(events_by_id.items()) if event.kind == EventKind.LETTER_ARRIVED
    }
    for event in events_by_id.values():
        if event.kind == EventKind.LETTER_ARRIVED:
            if event.text("of") in events_by_id:
                yield event
        elif event.id in arrivals:
            arrival = arrivals[event.id]
            is_unknown = arrival.text("day") == ARRIVAL_UNKNOWN
            yield event._replace(
                fields={**event.fields, "received": ARRIVAL_UNKNOWN if is_unknown else arrival.at.date()}
            )
        else:
            yield event


def _with_corrected_date(event: Event, at: datetime) -> Event:
    """The event at its corrected date, without what was said of the former one."""
    said_of_date = ("since", vocabulary.DAY_KNOWN.name)
    return event._replace(
        at=at, fields={name: value for name, value in event.fields.items() if name not in said_of_date}
    )


def event_sort_key(event: Event) -> tuple[datetime, int, str]:
    """The key that orders events: moment, rank of the kind, id."""
    return (event.at, rules_of(event.kind).sort_rank, event.id)


def step_recorded_by(event: Event) -> str:
    """The step that an event records as done or skipped, empty for none. A note records none."""
    if event.kind in (EventKind.STEP_DONE, EventKind.STEP_SKIPPED):
        return event.text("step")
    return rules_of(event.kind).step or ""


def state_after(event: Event) -> AccountState | None:
    """The state that an event alone would give the objection it is about, None for none; `lifecycle.py` decides."""
    if is_later_letter_returned(event):
        return None
    return rules_of(event.kind).state_after if is_decisive(event) else AccountState.FILED


def periods_ended_by(event: Event, *, has_objection: bool = True) -> tuple[PeriodKind, ...]:
    """The kinds of the periods that an event ends. That the form was the wrong one counts as an answer.

    A confirmation of the objection answers an inquiry only where it says so, and where that inquiry is all that was sent
    for the account.
    """
    without_end = rules_of(event.kind).ends_nothing_with
    is_without_end = without_end is not None and event.text(without_end[0]) == without_end[1]
    if is_later_letter_returned(event) or is_without_end or not is_decisive(event):
        return ()
    ends = rules_of(event.kind).ends
    if event.text("answers") == ANSWERED_INQUIRY:
        ends = (*ends, PeriodKind.INQUIRY)
    elif not has_objection:
        ends = (*ends, *rules_of(event.kind).ends_without_objection)
    return (*ends, PeriodKind.ANSWER) if event.text("for") in WRONG_FORM_REQUESTS else ends


def reopened_decisions(events: Iterable[Event]) -> frozenset[str]:
    """The ids of the events, of those in force and in their order, whose decision a later one shows to be none.

    A message that the objection applies decided nothing where Meta still asked a question afterwards; but a question
    that came after a letter with a period of its own may be about that letter.
    """
    events = tuple(events)
    if _KINDS_REOPENING.isdisjoint([event.kind for event in events]):
        return frozenset()
    reopened: set[str] = set()
    reopened_states: frozenset[AccountState] = frozenset()
    for event in reversed(events):
        rules = rules_of(event.kind)
        if rules.starts:
            reopened_states = frozenset()
        elif reopened_states and state_after(event) in reopened_states:
            reopened.add(event.id)
        reopened_states |= rules.reopens
    return frozenset(reopened)


def authority_letters_told_again(events: Iterable[Event]) -> frozenset[str]:
    """The ids of authority's letters without a word on what they said, where an entry of the same day has it."""
    letters = [event for event in events if event.kind == EventKind.AUTHORITY_WROTE]
    if not letters:
        return frozenset()
    days_with_words = {event.at.date() for event in letters if event.text(AUTHORITY_SAYS.name)}
    return frozenset(
        event.id for event in letters if not event.text(AUTHORITY_SAYS.name) and event.at.date() in days_with_words
    )


def is_decision(event: Event | None) -> bool:
    """Whether an event is a letter with which an authority rejects, closes or decides a complaint."""
    is_letter = event is not None and event.kind == EventKind.AUTHORITY_WROTE
    return event is not None and is_letter and event.text(AUTHORITY_SAYS.name) in AUTHORITY_DECISIONS


def decision_of_authority(events: Iterable[Event]) -> Event | None:
    """The letter with which an authority ended its handling of the last complaint; None for none, and once the case is closed.

    `events` are in force and in their order. A later letter that asks something, or that passes the complaint on, shows
    that it is not at its end.
    """
    decision: Event | None = None
    for event in events:
        if event.kind in (EventKind.COMPLAINED_TO_AUTHORITY, EventKind.CASE_CLOSED):
            decision = None
        elif event.kind == EventKind.AUTHORITY_WROTE and event.text(AUTHORITY_SAYS.name) not in _SAYS_LITTLE:
            decision = event if is_decision(event) else None
    return decision


_SAYS_LITTLE = ("", AUTHORITY_RECEIVED, MESSAGE_UNKNOWN)


def is_later_letter_returned(event: Event) -> bool:
    """Whether an event records that not the objection came back, but what was sent about it last."""
    return event.kind == EventKind.UNDELIVERABLE and event.text("returned") == RETURNED_LATER_LETTER


def is_decisive(event: Event) -> bool:
    """Whether an event has the value without which one of its kind decides nothing, where there is such a value."""
    deciding = rules_of(event.kind).deciding_value
    return deciding is None or event.text(deciding[0]) == deciding[1]


def is_month_alone(event: Event) -> bool:
    """Whether only the month of an event is known; its date is then the last day of that, unless it was corrected."""
    return event.text(vocabulary.DAY_KNOWN.name) == vocabulary.MONTH_ONLY


def day_or_month_of(event: Event) -> date:
    """The day of an event; one that stands for its month where only that is known."""
    day = event.at.date()
    return MonthAlone.of(day) if is_month_alone(event) else day


def partial_date_of(event: Event) -> str:
    """The date of a link or of a lost log-in as exactly as a person gave it: `2020`, `2020-06` or `2020-06-21`; else empty.

    It is kept as the first moment of the year, month or day that was typed, so the first day of a month may be that month.
    """
    at = event.at
    if event.kind not in (EventKind.LINKED_GROUP_CHANGED, EventKind.LOG_IN) or at.time() != time():
        return ""
    if at.day > 1:
        return f"{at:%Y-%m-%d}"
    return f"{at:%Y-%m}" if at.month > 1 else f"{at:%Y}"


def way_in_file(*, is_by_post: bool) -> str:
    """What the fields `form` and `by` hold of how something was sent: that it went by post, else nothing."""
    return SENT_BY_LETTER if is_by_post else ""


def went_by_post(event: Event) -> bool:
    """Whether the event records something that was sent by post."""
    return SENT_BY_LETTER in (event.fields.get("form"), event.fields.get("by"))


def went_by_letter(event: Event) -> bool:
    """Whether the event records a letter, by post or otherwise, where an objection can also be sent with Meta's form."""
    return went_by_post(event) or event.fields.get(FORM.name) == LETTER_SENT_ONLINE


def arrival_day_of(event: Event) -> date | None:
    """The day on which a letter arrived; None where that is not known, or is before the day of posting."""
    day = event.fields.get("received")
    return day if isinstance(day, date) and day >= event.at.date() else None


def day_meta_had(event: Event, assumed_letter_days: int) -> date:
    """The day on which Meta had what was sent: its day, of a letter that of its arrival, by assumption where it is not known."""
    if not went_by_post(event):
        return event.at.date()
    return arrival_day_of(event) or event.at.date() + timedelta(days=assumed_letter_days)


def is_arrival_declared_unknown(event: Event) -> bool:
    """Whether the person said that they do not know when a letter arrived."""
    return event.fields.get("received") == ARRIVAL_UNKNOWN


def moment_written(event: Event) -> datetime:
    """When an entry was written, by its id; never before it happened, which is used where the id does not tell."""
    written = moment_of_id(event.id)
    return event.at if written is None else max(event.at, written)


def is_written_in_future(event: Event, now: datetime) -> bool:
    """Whether an entry was written later than now by its id: then this clock is behind, or the one of then was ahead."""
    written = moment_of_id(event.id)
    return written is not None and written > _latest_past_moment(now)
