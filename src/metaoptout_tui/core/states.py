"""The states an account and a step of it can be in."""

from enum import StrEnum


class State(StrEnum):
    """The state of an account; the words for it are the text `state.VALUE`."""

    NOT_STARTED = "not-started"
    READY = "ready"
    FILED = "filed"
    CONFIRMED_ON_SCREEN = "confirmed-on-screen"
    CONFIRMED = "confirmed"
    COVERED = "covered"
    ASKED_FOR_MORE = "asked-for-more"
    REFUSED = "refused"
    OVERDUE = "overdue"
    OBJECT_AGAIN = "object-again"
    COMPLAINED = "complained"
    CLOSED = "closed"
    REVIEWED = "reviewed"
    NOT_AVAILABLE = "not-available"


OBJECTED = frozenset({State.FILED, State.CONFIRMED_ON_SCREEN, State.CONFIRMED, State.COVERED})
"""States in which an objection stands for the account and nothing speaks against it."""


class StepState(StrEnum):
    """The state of one step."""

    TO_DO = "to-do"
    DONE = "done"
    SKIPPED = "skipped"
    COVERED = "covered"
    WAITING = "waiting"
    ASKED_FOR_MORE = "asked-for-more"
    REFUSED = "refused"
    AGAIN = "again"


FINISHED = frozenset({StepState.DONE, StepState.SKIPPED, StepState.COVERED})
"""Step states that leave nothing to do now."""
