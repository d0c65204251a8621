"""States of accounts and steps, the steps of the walk, and the rules of legal periods.

It imports nothing, so that the table of event kinds can name them.
"""

from enum import StrEnum


class AccountState(StrEnum):
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


CONFIRMED_STATES = frozenset({AccountState.CONFIRMED_ON_SCREEN, AccountState.CONFIRMED})
"""States in which Meta said that it applies the objection."""

OBJECTED_STATES = frozenset({AccountState.FILED, *CONFIRMED_STATES, AccountState.COVERED})
"""States in which an objection stands for the account and nothing speaks against it."""

UNANSWERED_STATES = frozenset({AccountState.FILED, AccountState.OVERDUE})
"""States in which Meta's answer is awaited, in its time or after it."""


class StepId(StrEnum):
    """A step of the walk; its name is the text `step.VALUE.title`."""

    IDENTIFY = "identify"
    OPEN = "open"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    REVIEW = "review"


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


FINISHED_STEP_STATES = frozenset({StepState.DONE, StepState.SKIPPED, StepState.COVERED})
"""Step states that leave nothing to do now."""


class PeriodRule(StrEnum):
    """What a legal period is for; the text `period.VALUE` says it.

    Meta's time to answer an objection, to answer a question about one's data, and to acknowledge a complaint; and the
    time after which an authority has to say how a complaint stands.
    """

    ANSWER = "answer"
    INFORMATION = "information"
    ACKNOWLEDGEMENT = "acknowledgement"
    AUTHORITY = "authority"
