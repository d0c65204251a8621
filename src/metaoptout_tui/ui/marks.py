"""The signs in front of accounts and steps. A sign never stands without its word."""

from typing import NamedTuple

from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import State, StepState


class Marks(NamedTuple):
    """One set of signs, each one cell wide."""

    done: str
    waiting: str
    todo: str
    trouble: str
    covered: str
    skipped: str
    arrow: str
    bullet: str
    separator: str
    bar: str
    rest: str

    def of_account(self, standing: Standing) -> str:
        """The sign of an account."""
        if _is_doubtful(standing):
            return self.trouble
        return {
            State.NOT_STARTED: self.todo,
            State.READY: self.todo,
            State.FILED: self.waiting,
            State.CONFIRMED_ON_SCREEN: self.done,
            State.CONFIRMED: self.done,
            State.COVERED: self.covered,
            State.REVIEWED: self.done,
            State.CLOSED: self.done,
            State.COMPLAINED: self.waiting,
            State.NOT_AVAILABLE: self.skipped,
        }.get(standing.state, self.trouble)

    def of_step(self, state: StepState) -> str:
        """The sign of a step."""
        return {
            StepState.TO_DO: self.todo,
            StepState.DONE: self.done,
            StepState.SKIPPED: self.skipped,
            StepState.COVERED: self.covered,
            StepState.WAITING: self.waiting,
        }.get(state, self.trouble)


UNICODE = Marks("✓", "●", "○", "!", "≈", "–", "→", "•", "·", "█", "░")
ASCII = Marks("x", "*", "o", "!", "=", "-", ">", "-", "-", "#", ".")

_STATE_STYLES = {
    State.FILED: "$text-accent",
    State.CONFIRMED_ON_SCREEN: "$text-success",
    State.CONFIRMED: "$text-success",
    State.COVERED: "$text-success",
    State.REVIEWED: "$text-success",
    State.ASKED_FOR_MORE: "$text-warning",
    State.OBJECT_AGAIN: "$text-warning",
    State.OVERDUE: "$text-warning",
    State.REFUSED: "$text-error",
}


def account_style(standing: Standing) -> str:
    """The colour of how an account stands; its word and sign say the same without it."""
    return "$text-warning" if _is_doubtful(standing) else _STATE_STYLES.get(standing.state, "$muted")


def _is_doubtful(standing: Standing) -> bool:
    """Whether it is covered only through an objection that something speaks against."""
    return standing.state is State.COVERED and not standing.is_objected


def step_style(state: StepState) -> str:
    """The colour of a step's sign."""
    return {
        StepState.DONE: "$text-success",
        StepState.COVERED: "$text-success",
        StepState.WAITING: "$text-accent",
        StepState.ASKED_FOR_MORE: "$text-warning",
        StepState.AGAIN: "$text-warning",
        StepState.REFUSED: "$text-error",
    }.get(state, "$muted")
