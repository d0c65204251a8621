"""The outcome of the objections that were sent for one account.

Objections that were sent again, without a change or a decision in between, form a series with the first: a reply to one
answers all, and Meta's month goes on. An outcome is also computed for an objection that is no longer in force.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from metaoptout_tui.core.objection.deadlines import Deadline, current_deadline_of
from metaoptout_tui.core.objection.legal_periods import HolidayLookup, LegalPeriod
from metaoptout_tui.core.record.event_kinds import REPLY_KINDS, EventKind, rules_of
from metaoptout_tui.core.record.events import Event, decision_of_authority, state_after
from metaoptout_tui.core.record.vocabulary import (
    AFTER_DECISION,
    ASKED_FOR,
    AUTHORITY_SAYS,
    CONFIRMED_STATES,
    GROUNDS,
    ID_REQUEST,
    NO_REASONS,
    WENT_TO_COURT,
    WRONG_FORM_GROUNDS,
    WRONG_FORM_REQUESTS,
    AccountState,
    PeriodKind,
)

_UNDECIDED_STATES = frozenset({AccountState.FILED, AccountState.ASKED_FOR_MORE})
STATES_WITHOUT_DECISION = frozenset({*_UNDECIDED_STATES, AccountState.OVERDUE, AccountState.UNDELIVERED})
"""States of a newer objection in which the confirmation of an earlier one still counts."""
_DECIDED_OR_CLOSED_STATES = frozenset({*CONFIRMED_STATES, AccountState.REFUSED, AccountState.CLOSED})

_REPLIES_WITHOUT_DECISION: Mapping[str, str] = {
    EventKind.WILL_BE_REVIEWED: "received",
    EventKind.MAIL_LOST: "mail-lost",
}
"""Replies after which nobody knows of a decision, with the text `state.VALUE` that says so."""


class MissedDeadline(NamedTuple):
    """A deadline whose period ran out without having been ended."""

    deadline: Deadline
    period: LegalPeriod


class EarlierConfirmation(NamedTuple):
    """An earlier objection that Meta confirmed, in which way, and the reply that did so."""

    objection: Event
    state: AccountState
    reply: Event


class ObjectionOutcome(NamedTuple):
    """The state of an account's newest objection, whether or not it is still in force.

    `newest_objection` is the last that was sent, `first_objection` the first of its series. `since` is when the state began,
    `waiting_since` since when Meta's answer is awaited: since the objection, or since the person answered Meta's
    question. `earlier_confirmation` is that of an objection before this series, which counts until Meta decides on the
    newer one or something asks for a new objection. `later_events` are all events about it, `unread_message` is a message of Meta of which nobody wrote down
    what it said, and `mailbox_checked_at` when the person last looked for a mail in vain. `deadlines` are the account's
    deadlines that run, or ran last, and `missed_deadlines` those of them that were missed.
    """

    newest_objection: Event
    first_objection: Event
    state: AccountState
    since: datetime
    waiting_since: datetime
    earlier_confirmation: EarlierConfirmation | None = None
    later_events: tuple[Event, ...] = ()
    last_reply: Event | None = None
    unread_message: Event | None = None
    mailbox_checked_at: datetime | None = None
    deadlines: tuple[Deadline, ...] = ()
    missed_deadlines: tuple[MissedDeadline, ...] = ()

    def last_event(self, *kinds: str) -> Event | None:
        """The last of the later events of these kinds."""
        return next((event for event in reversed(self.later_events) if event.kind in kinds), None)

    @property
    def open_question(self) -> Event | None:
        """Meta's question that the person has not answered; None for none, and for a code or a link that it asks for."""
        reply = self.last_reply if self.state is AccountState.ASKED_FOR_MORE else None
        return reply if reply is not None and reply.kind == EventKind.MORE_ASKED else None

    @property
    def open_request(self) -> str | None:
        """What Meta's open question asks for, empty where nobody wrote that down; None for no open question."""
        question = self.open_question
        return question.text(ASKED_FOR.name) if question is not None else None

    @property
    def is_form_in_doubt(self) -> bool:
        """Whether Meta waits for another form, by its question or its refusal, and the person did not answer that yet."""
        if self.state is AccountState.REFUSED and self.last_reply is not None:
            answer = self.last_event(EventKind.REFUSAL_DISPUTED)
            is_answered = answer is not None and answer.at >= self.last_reply.at
            return self.last_reply.text(GROUNDS.name) == WRONG_FORM_GROUNDS and not is_answered
        return self.open_request in WRONG_FORM_REQUESTS

    @property
    def is_identity_asked(self) -> bool:
        """Whether Meta's open question is for proof of identity."""
        return self.open_request == ID_REQUEST

    @property
    def asked_about(self) -> Event | None:
        """The message of Meta, else the letter of the authority, of which the person is asked what it said; None for none."""
        letter = self.last_event(EventKind.AUTHORITY_WROTE)
        return self.unread_message or (letter if letter is not None and not letter.text(AUTHORITY_SAYS.name) else None)

    @property
    def reply_awaiting_decision(self) -> Event | None:
        """The last reply, where it is only a receipt or a mail that is lost, and the person answered nothing since."""
        reply = self.last_reply
        is_open = self.state is AccountState.FILED and reply is not None and reply.at >= self.waiting_since
        return reply if is_open and reply is not None and reply.kind in _REPLIES_WITHOUT_DECISION else None

    @property
    def decision_of_authority(self) -> Event | None:
        """The letter with which an authority rejected, closed or decided the complaint; None for none."""
        return decision_of_authority(self.later_events)

    @property
    def steps_after_decision(self) -> tuple[Event, ...]:
        """What the person did about the authority's decision."""
        decision = self.decision_of_authority
        since = self.later_events[self.later_events.index(decision) :] if decision is not None else ()
        return tuple(event for event in since if event.kind == EventKind.AFTER_DECISION)

    @property
    def state_text(self) -> str:
        """The name of the text for the state: one of its own where a reply came that is unclear or decides nothing.

        So too where the authority rejected, closed or decided the complaint, and where the person then went to court.
        """
        if self.state is AccountState.COMPLAINED_TO_AUTHORITY and (decision := self.decision_of_authority) is not None:
            is_in_court = any(map(_is_court, self.steps_after_decision))
            return "in-court" if is_in_court else f"complaint-{decision.text(AUTHORITY_SAYS.name)}"
        if self.state is AccountState.FILED and self.unread_message is not None:
            return "message-unread"
        reply = self.reply_awaiting_decision
        return _REPLIES_WITHOUT_DECISION[reply.kind] if reply is not None else self.state

    def current_deadline(self, kind: PeriodKind) -> Deadline | None:
        """The newest deadline of a kind, which is the one that counts."""
        return current_deadline_of(self.deadlines, kind)

    @property
    def answer_deadline(self) -> Deadline | None:
        """Meta's time to answer this objection; None where it has none, as where an earlier series had one that ended."""
        deadline = self.current_deadline(PeriodKind.ANSWER)
        if deadline is None or (deadline.ended_by is not None and deadline.started_by.at < self.first_objection.at):
            return None
        return deadline

    @property
    def is_answered_with_more_than_no(self) -> bool:
        """Whether Meta's time to answer ended with an answer that was more than a refusal without reasons."""
        answer = self.answer_deadline.ended_by if self.answer_deadline is not None else None
        return answer is not None and answer.text(GROUNDS.name) != NO_REASONS

    @property
    def missed_answer_period(self) -> LegalPeriod | None:
        """Meta's time to answer this objection, where it ran out without an answer."""
        deadline = self.current_deadline(PeriodKind.ANSWER)
        return next((missed.period for missed in self.missed_deadlines if missed.deadline == deadline), None)


def _is_court(event: Event) -> bool:
    """Whether an event is that the person went to court after the authority's decision."""
    return event.kind == EventKind.AFTER_DECISION and event.text(AFTER_DECISION.name) == WENT_TO_COURT


def missed_deadlines_of(
    deadlines: tuple[Deadline, ...], today: date, holiday_lookup: HolidayLookup
) -> tuple[MissedDeadline, ...]:
    """The deadlines, of those of an account, that were missed."""
    return tuple(
        MissedDeadline(deadline, period)
        for deadline in deadlines
        if (period := deadline.missed_period(today, holiday_lookup))
    )


def is_answer_time_over(outcome: ObjectionOutcome | None, today: date, holiday_lookup: HolidayLookup) -> bool:
    """Whether Meta's time to answer is over for certain: where it gave no answer, or no reasons for its refusal.

    False once it answered otherwise: `holiday_lookup`, which is slow at first, is not called for that.
    """
    deadline = outcome.answer_deadline if outcome is not None else None
    if outcome is None or deadline is None or today <= deadline.earliest_end:
        return False
    is_without_reasons = outcome.last_reply is not None and outcome.last_reply.text("grounds") == NO_REASONS
    if deadline.ended_by is not None and not is_without_reasons:
        return False
    period = deadline.legal_period(holiday_lookup)
    return period is not None and period.is_end_certain and period.is_over(today)


def outcome_of(
    own_events: tuple[Event, ...],
    invalidating_ids: frozenset[str],
    deadlines: tuple[Deadline, ...],
    missed_deadlines: tuple[MissedDeadline, ...],
) -> ObjectionOutcome | None:
    """The outcome for an account with these events in force; None where no objection was sent for it.

    `invalidating_ids` are those of the events that ask for a new objection, `deadlines` and `missed_deadlines` its
    deadlines.
    """
    filings = [event for event in own_events if event.kind == EventKind.FILED]
    if not filings:
        return None
    filing, first = filings[-1], _first_of_series(own_events, invalidating_ids)
    later = _events_after_objection(own_events, filing, first)
    machine = _OutcomeStateMachine(filing)
    for event in later:
        machine.apply(event)
    outcome = ObjectionOutcome(
        filing,
        first,
        machine.state,
        machine.since,
        machine.waiting_since,
        later_events=later,
        last_reply=machine.last_reply,
        unread_message=machine.unread_message,
        mailbox_checked_at=max((event.at for event in later if event.kind == EventKind.ANSWER_MISSING), default=None),
        deadlines=deadlines,
        missed_deadlines=missed_deadlines,
    )
    if outcome.state is AccountState.FILED and outcome.missed_answer_period is not None:
        outcome = outcome._replace(state=AccountState.OVERDUE)
    if outcome.state is AccountState.COMPLAINED_TO_AUTHORITY and (decision := outcome.decision_of_authority):
        court = next(filter(_is_court, outcome.steps_after_decision), None)
        outcome = outcome._replace(since=(court or decision).at)
    if outcome.state in STATES_WITHOUT_DECISION:
        earlier = _earlier_confirmation(own_events[: own_events.index(first)], invalidating_ids)
        outcome = outcome._replace(earlier_confirmation=earlier)
    return outcome


def _earlier_confirmation(
    earlier_events: tuple[Event, ...], invalidating_ids: frozenset[str]
) -> EarlierConfirmation | None:
    """The confirmation that stands after these events, if nothing has asked for a new objection since it was sent."""
    outcome = outcome_of(earlier_events, invalidating_ids, (), ())
    if outcome is None or any(
        event.id in invalidating_ids for event in _events_since(outcome.newest_objection, earlier_events)
    ):
        return None
    if outcome.state in CONFIRMED_STATES:
        of_then = (event for event in outcome.later_events if event.at == outcome.since)
        reply = next(event for event in of_then if state_after(event) is outcome.state)
        return EarlierConfirmation(outcome.newest_objection, outcome.state, reply)
    return outcome.earlier_confirmation


def _events_since(objection: Event, own_events: tuple[Event, ...]) -> tuple[Event, ...]:
    return own_events[own_events.index(objection) + 1 :]


def former_country_of_objection(outcome: ObjectionOutcome, own_events: tuple[Event, ...]) -> str:
    """The country where the person lived when they objected; empty where they did not move since.

    It goes on under the law of that country: the one under which Meta's time to answer runs, and where no law sets one,
    that of the first objection of the series. `own_events` are in force and in their order.
    """
    deadline = outcome.answer_deadline
    return former_country_since(deadline.started_by if deadline is not None else outcome.first_objection, own_events)


def former_country_since(sent: Event, events: tuple[Event, ...]) -> str:
    """The country where the person lived when they sent something; empty where they did not move since.

    `events` are those of its account, in force and in their order.
    """
    later = events[next(index for index, event in enumerate(events) if event.id == sent.id) :]
    move = next((event for event in later if event.kind == EventKind.COUNTRY_CHANGED), None)
    return move.text("from") if move is not None else ""


def _events_after_objection(own_events: tuple[Event, ...], filing: Event, first: Event) -> tuple[Event, ...]:
    """The events about an objection: those after it, and those that were written after it with an earlier date."""
    first_index, index = own_events.index(first), own_events.index(filing)
    return (*(event for event in own_events[first_index + 1 : index] if event.id > filing.id), *own_events[index + 1 :])


def _first_of_series(own_events: tuple[Event, ...], invalidating_ids: frozenset[str]) -> Event:
    """The first objection of the newest one's series.

    An event that was written after the newest does not end the series: the person did not know of it when they
    objected.
    """
    newest = next(event for event in reversed(own_events) if event.kind == EventKind.FILED)
    first = newest
    for event in reversed(own_events[: own_events.index(newest)]):
        if event.id in invalidating_ids or (_ends_series(event) and event.id < newest.id):
            break
        if event.kind == EventKind.FILED:
            first = event
    return first


def _ends_series(event: Event) -> bool:
    """Whether a new objection after it begins a new series: the old one was decided, complained about or came back."""
    after = state_after(event)
    return after is not None and after not in _UNDECIDED_STATES


class _OutcomeStateMachine:
    """The state of an objection, updated by each of its later events."""

    def __init__(self, filing: Event) -> None:
        self.state, self.since, self.waiting_since = AccountState.FILED, filing.at, filing.at
        self.last_reply: Event | None = None
        self.unread_message: Event | None = None
        self._complained_at: datetime | None = None
        self._confirmed_before: tuple[AccountState, datetime] | None = None

    def apply(self, event: Event) -> None:
        if rules_of(event.kind).starts and self.state in CONFIRMED_STATES:
            self._confirmed_before = self.state, self.since
        after = state_after(event)
        if after is None:
            return
        self._note_message(event)
        if self._has_no_effect(after, event):
            return
        if event.kind in REPLY_KINDS:
            self.last_reply = event
        if event.kind == EventKind.META_QUESTION_ANSWERED:
            self.waiting_since = event.at
        if self.state is AccountState.COMPLAINED_TO_AUTHORITY and after in (AccountState.REFUSED, AccountState.FILED):
            return  # a later answer of Meta does not undo the complaint
        self._note_decision(after, event.at)
        if after is AccountState.FILED:
            self._wait()
        else:
            self.state, self.since = after, event.at

    def _note_decision(self, after: AccountState, at: datetime) -> None:
        """Keep a complaint while it stands, and forget what a decision replaces."""
        if after is AccountState.COMPLAINED_TO_AUTHORITY:
            self._complained_at = at
        elif after in _DECIDED_OR_CLOSED_STATES:
            self._confirmed_before = None
            if after is not AccountState.REFUSED:
                self._complained_at = None

    def _wait(self) -> None:
        """Wait for Meta's answer; for the authority where the person complained before; or not at all.

        A question that came after a letter about a confirmed objection is about that letter, and undoes nothing.
        """
        if self._complained_at is not None:
            self.state, self.since = AccountState.COMPLAINED_TO_AUTHORITY, self._complained_at
        elif self._confirmed_before is not None:
            self.state, self.since = self._confirmed_before
        else:
            self.state, self.since = AccountState.FILED, self.waiting_since

    def _note_message(self, event: Event) -> None:
        """Keep a message of which nobody was asked what it said, until something newer came."""
        deciding = rules_of(event.kind).deciding_value
        if deciding is not None and deciding[0] not in event.fields:
            self.unread_message = event
        elif event.kind in REPLY_KINDS:
            self.unread_message = None

    def _has_no_effect(self, after: AccountState, event: Event) -> bool:
        """Whether the state is already decided or a better one, or there was no question to answer."""
        if event.kind == EventKind.META_QUESTION_ANSWERED:
            return self.state is not AccountState.ASKED_FOR_MORE
        match after:
            case AccountState.FILED:
                return self.state in _DECIDED_OR_CLOSED_STATES - rules_of(event.kind).reopens
            case AccountState.UNDELIVERED:
                return self.state is not AccountState.FILED
            case AccountState.CONFIRMED_ON_SCREEN:
                return self.state is AccountState.CONFIRMED
            case AccountState.CLOSED:
                return self.state in CONFIRMED_STATES
            case _:
                return False


def first_of_sent_again(outcome: ObjectionOutcome | None) -> Event | None:
    """The first objection of one that was sent again and whose answer is awaited since; None for any other."""
    if outcome is None or outcome.first_objection == outcome.newest_objection:
        return None
    return outcome.first_objection if outcome.waiting_since == outcome.newest_objection.at else None
