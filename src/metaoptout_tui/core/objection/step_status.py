"""The state of one step of an account: as the person ticked it, and as the objection that is in force makes it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, went_by_letter
from metaoptout_tui.core.record.vocabulary import FINISHED_STEP_STATES, UNANSWERED_STATES, AccountState, StepState


class StepStatus(NamedTuple):
    """One step: its state and since when."""

    id: str
    state: StepState
    at: datetime | None = None

    @property
    def is_finished(self) -> bool:
        """Whether there is nothing to do at this step."""
        return self.state in FINISHED_STEP_STATES

    @property
    def is_reopenable(self) -> bool:
        """Whether something is recorded at this step that can be taken back."""
        return self.state in (StepState.DONE, StepState.SKIPPED, StepState.ASKED_FOR_MORE, StepState.REFUSED)


_REPLY_STEP_STATES = {
    AccountState.CONFIRMED: StepState.DONE,
    AccountState.CONFIRMED_ON_SCREEN: StepState.DONE,
    AccountState.CLOSED: StepState.DONE,
    AccountState.ASKED_FOR_MORE: StepState.ASKED_FOR_MORE,
    AccountState.REFUSED: StepState.REFUSED,
    AccountState.UNDELIVERED: StepState.TO_DO,
}


def step_of_objected(step_id: str, own_events: tuple[Event, ...], outcome: ObjectionOutcome) -> StepStatus:
    """A step of an account whose own objection is in force."""
    match step_id:
        case StepId.REPLY:
            replied = outcome.last_reply.at if outcome.last_reply else None
            at = replied if outcome.state in UNANSWERED_STATES else outcome.since
            return StepStatus(step_id, _REPLY_STEP_STATES.get(outcome.state, StepState.WAITING), at)
        case StepId.SUBMIT if outcome.state is AccountState.UNDELIVERED:
            return StepStatus(step_id, StepState.AGAIN, outcome.since)
        case StepId.SUBMIT:
            return StepStatus(step_id, StepState.DONE, outcome.newest_objection.at)
    ticked = ticked_step(step_id, own_events)
    if step_id == StepId.OPEN and ticked.state is StepState.TO_DO:
        return StepStatus(step_id, StepState.DONE, outcome.newest_objection.at)
    return ticked


def letter_instead_of_form(step: StepStatus, outcome: ObjectionOutcome | None) -> Event | None:
    """The objection by letter for which a step of the form is done, or not needed; None where it is none."""
    objection = outcome.newest_objection if outcome is not None and step.id in (StepId.OPEN, StepId.SUBMIT) else None
    is_letter = objection is not None and went_by_letter(objection) and step.at == objection.at
    return objection if is_letter else None


def ticked_step(step_id: str, own_events: Iterable[Event], *, reviewed: bool = False) -> StepStatus:
    """A step as the person ticked it or left it out; the review also as the answers made it, where it is `reviewed`."""
    at, state = None, StepState.TO_DO
    for event in own_events:
        if event.kind in (EventKind.STEP_DONE, EventKind.STEP_SKIPPED) and event.text("step") == step_id:
            at, state = event.at, StepState.DONE if event.kind == EventKind.STEP_DONE else StepState.SKIPPED
        elif step_id == StepId.REVIEW and reviewed and event.kind == EventKind.REVIEW_ANSWERED:
            at, state = event.at, StepState.DONE
    return StepStatus(step_id, state, at)


def step_of_covered(step_id: str, own_events: Iterable[Event], cover: Event) -> StepStatus:
    """A step of an account that the objection `cover` of another one covers."""
    ticked = ticked_step(step_id, own_events)
    if step_id == StepId.IDENTIFY or ticked.state is StepState.SKIPPED:
        return ticked
    return StepStatus(step_id, StepState.COVERED, cover.at)


def step_without_valid_objection(
    step_id: str, own_events: Iterable[Event], invalidated_at: datetime | None
) -> StepStatus:
    """A step while no objection is in force. After an invalidation, only what was done since counts, but for `identify`."""
    if invalidated_at is None or step_id == StepId.IDENTIFY:
        return ticked_step(step_id, own_events)
    if step_id == StepId.SUBMIT:
        return StepStatus(step_id, StepState.AGAIN, invalidated_at)
    return ticked_step(step_id, [event for event in own_events if event.at > invalidated_at])
