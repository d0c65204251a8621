"""The day that an authority's letter names: until when it wants an answer, or until when one can act against its decision.

Nothing is counted here: the day is the letter's own, as the person wrote it down.
"""

from datetime import date
from typing import NamedTuple

from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AFTER_DECISION, ANSWER_BY, WENT_TO_COURT, AccountState

COURSE_OF_COMPLAINT = (
    EventKind.COMPLAINED_TO_AUTHORITY,
    EventKind.AUTHORITY_WROTE,
    EventKind.AUTHORITY_ANSWERED,
    EventKind.AUTHORITY_ASKED,
    EventKind.AUTHORITY_TOLD,
)
"""The kinds of entry on what was written to an authority, and what it wrote."""


class NamedDay(NamedTuple):
    """The day that a letter of an authority names; `is_against_decision` where it is the last one to act against its decision."""

    day: date
    letter: Event
    is_against_decision: bool

    @property
    def id(self) -> str:
        """The id of its row in a list of periods."""
        return f"named-day.{self.letter.id}"


def named_day_of(outcome: ObjectionOutcome | None) -> NamedDay | None:
    """The day that the authority's last letter names, whether it passed or not; None once the person acted, and for none.

    Of a decision the day that was written down last counts; that the person took advice does not end it.
    """
    if outcome is None:
        return None
    if (decision := outcome.decision_of_authority) is not None:
        steps = outcome.steps_after_decision
        if any(step.text(AFTER_DECISION.name) == WENT_TO_COURT for step in steps):
            return None
        days = [day for event in (decision, *steps) if (day := _day_in(event)) is not None]
        return NamedDay(days[-1], decision, is_against_decision=True) if days else None
    letter = outcome.last_event(*COURSE_OF_COMPLAINT)
    if letter is None or letter.kind != EventKind.AUTHORITY_WROTE or outcome.state is AccountState.CLOSED:
        return None
    day = _day_in(letter)
    return NamedDay(day, letter, is_against_decision=False) if day is not None else None


def _day_in(event: Event) -> date | None:
    day = event.fields.get(ANSWER_BY.name)
    return day if isinstance(day, date) else None
