"""What a person sent about an objection before and still waits for, so that no letter is written as if it were the first."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from metaoptout_tui.core.objection.deadlines import Deadline
from metaoptout_tui.core.objection.legal_periods import months_after
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where
from metaoptout_tui.core.record.events import Event, day_or_month_of, reopened_decisions, state_after, went_by_post
from metaoptout_tui.core.record.vocabulary import CONFIRMED_STATES, AccountState

_STATES_META_DECIDED = frozenset({*CONFIRMED_STATES, AccountState.REFUSED})
_LONG_AGO_MONTHS = 2
"""A letter posted more months ago than this has had its month, whenever it arrived."""


class SentBefore(NamedTuple):
    """The days on which something was sent that Meta has not decided about since; None where nothing was."""

    reminded: date | None = None
    extension_disputed: date | None = None
    refusal_disputed: date | None = None
    complaint_open: date | None = None


def find_sent_before(events: Sequence[Event]) -> SentBefore:
    """What was sent after Meta's last decision, by the last of each; `events` are those in force, in their order."""
    decisions = decisions_of(events)
    waiting = events[events.index(decisions[-1]) + 1 :] if decisions else events
    days = {event.kind: event.at.date() for event in waiting}
    return SentBefore(
        reminded=days.get(EventKind.REMINDED),
        extension_disputed=days.get(EventKind.EXTENSION_DISPUTED),
        refusal_disputed=days.get(EventKind.REFUSAL_DISPUTED),
        complaint_open=days.get(EventKind.COMPLAINED_TO_META),
    )


def decisions_of(events: Sequence[Event]) -> list[Event]:
    """The events with which Meta decided, without those that a later one shows to have decided nothing."""
    reopened = reopened_decisions(events)
    return [event for event in events if state_after(event) in _STATES_META_DECIDED and event.id not in reopened]


_KINDS_CHANGING_STATE = kinds_where(lambda rules: rules.state_after is not None)


def is_form_unfinished(later_events: Sequence[Event]) -> bool:
    """Whether the form waits for a code or a link, so that nothing was sent for certain."""
    last = next((event for event in reversed(later_events) if event.kind in _KINDS_CHANGING_STATE), None)
    return last is not None and last.kind == EventKind.CODE_ASKED


def posted_with_unknown_arrival(deadline: Deadline) -> date | None:
    """The day on which an objection was posted whose arrival is not known; None where its day of receipt is."""
    is_unknown = went_by_post(deadline.started_by) and not deadline.is_receipt_certain
    return day_or_month_of(deadline.started_by) if is_unknown else None


def is_month_over_whenever_it_arrived(deadline: Deadline, today: date) -> bool:
    """Whether an objection was posted so long ago, without an answer, that its month is over whenever it arrived.

    Never while Meta waits for an answer to a question, nor where it announced that it takes longer.
    """
    posted = posted_with_unknown_arrival(deadline)
    is_open = deadline.ended_by is not None or deadline.extended_by is not None or deadline.meta_questions
    return posted is not None and not is_open and today > months_after(posted, _LONG_AGO_MONTHS)


def whole_months_passed(since: date, today: date) -> int:
    """The whole months that more than passed since a day: 2 on the day after two months, 0 within the first."""
    months = 0
    while today > months_after(since, months + 1):
        months += 1
    return months
