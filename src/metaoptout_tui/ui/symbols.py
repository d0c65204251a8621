"""The one-cell symbols and the colours that show the state of accounts and steps, in Unicode and in ASCII.

A symbol never stands without a word that says the same.
"""

from typing import NamedTuple

from metaoptout_tui.core.objection.states import AccountState, StepState
from metaoptout_tui.core.objection.status import AccountStatus


class Symbols(NamedTuple):
    """One set of signs, each one cell wide."""

    done: str
    waiting: str
    todo: str
    attention: str
    covered: str
    skipped: str
    arrow: str
    bullet: str
    separator: str
    bar_full: str
    bar_empty: str

    def for_account(self, status: AccountStatus) -> str:
        """The sign of an account."""
        if _is_coverage_doubtful(status):
            return self.attention
        return {
            AccountState.NOT_STARTED: self.todo,
            AccountState.READY: self.todo,
            AccountState.FILED: self.waiting,
            AccountState.CONFIRMED_ON_SCREEN: self.done,
            AccountState.CONFIRMED: self.done,
            AccountState.COVERED: self.covered,
            AccountState.REVIEWED: self.done,
            AccountState.CLOSED: self.done,
            AccountState.COMPLAINED: self.waiting,
            AccountState.NOT_AVAILABLE: self.skipped,
        }.get(status.state, self.attention)

    def for_step(self, state: StepState) -> str:
        """The sign of a step."""
        return {
            StepState.TO_DO: self.todo,
            StepState.DONE: self.done,
            StepState.SKIPPED: self.skipped,
            StepState.COVERED: self.covered,
            StepState.WAITING: self.waiting,
        }.get(state, self.attention)


UNICODE_SYMBOLS = Symbols("✓", "●", "○", "!", "≈", "–", "→", "•", "·", "█", "░")
ASCII_SYMBOLS = Symbols("x", "*", "o", "!", "=", "-", ">", "-", "-", "#", ".")

_STATE_STYLES = {
    AccountState.FILED: "$text-accent",
    AccountState.CONFIRMED_ON_SCREEN: "$text-success",
    AccountState.CONFIRMED: "$text-success",
    AccountState.COVERED: "$text-success",
    AccountState.REVIEWED: "$text-success",
    AccountState.ASKED_FOR_MORE: "$text-warning",
    AccountState.OBJECT_AGAIN: "$text-warning",
    AccountState.OVERDUE: "$text-warning",
    AccountState.REFUSED: "$text-error",
}


def account_style(status: AccountStatus) -> str:
    """The colour of how an account stands; its word and sign say the same without it."""
    return "$text-warning" if _is_coverage_doubtful(status) else _STATE_STYLES.get(status.state, "$muted")


def _is_coverage_doubtful(status: AccountStatus) -> bool:
    """Whether it is covered only through an objection that something speaks against."""
    return status.state is AccountState.COVERED and not status.has_valid_objection


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
