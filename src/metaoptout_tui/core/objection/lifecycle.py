"""The outcome of the objections that were sent for one account.

An objection that was sent again while nothing had changed and nothing had come back is one with the first: a reply to either
answers both, and Meta's month goes on. An outcome is also computed for an objection that is no longer in force.
"""

from datetime import date, datetime
from typing import NamedTuple

from metaoptout_tui.core.objection.deadlines import Deadline, current_deadline_of
from metaoptout_tui.core.objection.legal_periods import HolidayLookup, LegalPeriod
from metaoptout_tui.core.objection.states import CONFIRMED_STATES, AccountState, PeriodRule
from metaoptout_tui.core.record.event_kinds import REPLY_KINDS, EventKind, kinds_where, rules_of
from metaoptout_tui.core.record.events import Event

_UNDECIDED_STATES = frozenset({AccountState.FILED, AccountState.ASKED_FOR_MORE})
_KINDS_ENDING_SERIES = kinds_where(
    lambda rules: rules.state_after is not None and rules.state_after not in _UNDECIDED_STATES
)
"""What comes after one of these is not one with what was sent before: it was decided upon, or the person went further."""


class MissedDeadline(NamedTuple):
    """A period that ran out with nothing to end it."""

    deadline: Deadline
    period: LegalPeriod


class ObjectionOutcome(NamedTuple):
    """How the newest objection of an account stands, whether or not it is still in force.

    `objection` is the newest, `first_objection` the earliest that is one with it. `since` is when it came to stand so,
    `waiting_since` from when on something is awaited from Meta: since the objection, or since its question was answered.
    `later_events` are all that came of it, `mailbox_checked_at` is when a mail was last looked for in vain. `deadlines` are
    those of the account that run, or ran last; `missed_deadlines` those of them that ran out with nothing to end them.
    """

    objection: Event
    first_objection: Event
    state: AccountState
    since: datetime
    waiting_since: datetime
    later_events: tuple[Event, ...] = ()
    last_reply: Event | None = None
    mailbox_checked_at: datetime | None = None
    deadlines: tuple[Deadline, ...] = ()
    missed_deadlines: tuple[MissedDeadline, ...] = ()

    def last_event(self, *kinds: str) -> Event | None:
        """The last entry of these kinds that came of it."""
        return next((event for event in reversed(self.later_events) if event.kind in kinds), None)

    def current_deadline(self, rule: PeriodRule) -> Deadline | None:
        """Of the deadlines of one rule the one that counts now: the newest."""
        return current_deadline_of(self.deadlines, rule)

    @property
    def missed_answer_period(self) -> LegalPeriod | None:
        """Meta's time to answer this objection, where it ran out without an answer."""
        deadline = self.current_deadline(PeriodRule.ANSWER)
        return next(
            (each.period for each in self.missed_deadlines if deadline is not None and each.deadline == deadline), None
        )


def missed_deadlines_of(
    running: tuple[Deadline, ...], today: date, holiday_lookup: HolidayLookup
) -> tuple[MissedDeadline, ...]:
    """Those of an account's periods that ran out with nothing to end them."""
    return tuple(
        MissedDeadline(deadline, period)
        for deadline in running
        if (period := deadline.missed_period(today, holiday_lookup))
    )


def outcome_of(
    own_events: tuple[Event, ...],
    changed: frozenset[str],
    running: tuple[Deadline, ...],
    missed_deadlines: tuple[MissedDeadline, ...],
) -> ObjectionOutcome | None:
    """The outcome for an account whose entries in force are `own`; None where no objection was sent for it.

    `changed` are the ids of the entries that ask for a new objection, `running` and `missed_deadlines` the account's periods.
    """
    filings = [event for event in own_events if event.kind == EventKind.FILED]
    if not filings:
        return None
    filing, first = filings[-1], _first_of_series(own_events, changed)
    later = _events_after_objection(own_events, filing, first)
    read = _OutcomeStateMachine(filing)
    for event in later:
        read.apply(event)
    outcome = ObjectionOutcome(
        filing,
        first,
        read.state,
        read.since,
        read.waiting_since,
        later,
        last_reply=read.last_reply,
        mailbox_checked_at=max((event.at for event in later if event.kind == EventKind.ANSWER_MISSING), default=None),
        deadlines=running,
        missed_deadlines=missed_deadlines,
    )
    is_overdue = outcome.state is AccountState.FILED and outcome.missed_answer_period is not None
    return outcome._replace(state=AccountState.OVERDUE) if is_overdue else outcome


def _events_after_objection(own_events: tuple[Event, ...], filing: Event, first: Event) -> tuple[Event, ...]:
    """What came of an objection: all after it, and what was dated before it but written down only when it was sent again."""
    after, before = (
        own_events[own_events.index(filing) + 1 :],
        own_events[own_events.index(first) + 1 : own_events.index(filing)],
    )
    return (*(event for event in before if event.id > filing.id), *after)


def _first_of_series(own_events: tuple[Event, ...], changed: frozenset[str]) -> Event:
    """The first objection with which the newest is one.

    What was dated before the newest and written down after it does not part them: they were sent without knowing of it.
    """
    newest = next(event for event in reversed(own_events) if event.kind == EventKind.FILED)
    first = newest
    for event in reversed(own_events[: own_events.index(newest)]):
        if event.id in changed or (event.kind in _KINDS_ENDING_SERIES and event.id < newest.id):
            break
        if event.kind == EventKind.FILED:
            first = event
    return first


class _OutcomeStateMachine:
    """The state after each of the entries that followed an objection."""

    def __init__(self, filing: Event) -> None:
        self.state, self.since, self.waiting_since = AccountState.FILED, filing.at, filing.at
        self.last_reply: Event | None = None

    def apply(self, event: Event) -> None:
        after = rules_of(event.kind).state_after
        if after is None or self._has_no_effect(after, event):
            return
        if event.kind in REPLY_KINDS:
            self.last_reply = event
        if event.kind == EventKind.ANSWERED:
            self.waiting_since = event.at
        if self.state is AccountState.COMPLAINED and after in (AccountState.REFUSED, AccountState.FILED):
            return  # what Meta says now does not take the complaint back
        if event.kind == EventKind.EXTENDED and self.state is not AccountState.ASKED_FOR_MORE:
            return  # more time was taken for what was filed; it stands as it did
        self.state = after
        self.since = self.waiting_since if after is AccountState.FILED else event.at

    def _has_no_effect(self, after: AccountState, event: Event) -> bool:
        """Whether something better has come already, or an answer answers nothing."""
        if event.kind == EventKind.ANSWERED:
            return self.state is not AccountState.ASKED_FOR_MORE
        if after is AccountState.CONFIRMED_ON_SCREEN:
            return self.state is AccountState.CONFIRMED
        return after is AccountState.CLOSED and self.state in CONFIRMED_STATES
