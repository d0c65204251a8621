"""What the terminal shows and how it is prepared: its symbols, the colours of states, its size."""

import locale
import os
import sys
from typing import NamedTuple

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.review_sentences import is_something_left
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.vocabulary import AccountState, StepState


class Symbols(NamedTuple):
    """One set of symbols, each one cell wide."""

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
        """The symbol of an account's state."""
        if status.may_have_lost_cover:
            return self.attention
        if status.state is AccountState.REVIEWED and is_something_left(status):
            return self.waiting
        return {
            AccountState.NOT_STARTED: self.todo,
            AccountState.READY: self.todo,
            AccountState.FILED: self.waiting,
            AccountState.CONFIRMED_ON_SCREEN: self.done,
            AccountState.CONFIRMED: self.done,
            AccountState.COVERED: self.covered,
            AccountState.REVIEWED: self.done,
            AccountState.CLOSED: self.skipped,
            AccountState.COMPLAINED_TO_AUTHORITY: self.waiting,
            AccountState.NOT_AVAILABLE: self.skipped,
            AccountState.NO_LOG_IN: self.todo,
            AccountState.DELETED: self.skipped,
        }.get(status.state, self.attention)

    def for_step(self, state: StepState) -> str:
        """The symbol of a step's state."""
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
    AccountState.UNDELIVERED: "$text-warning",
    AccountState.REFUSED: "$text-error",
}


def account_style(status: AccountStatus) -> str:
    """The colour of an account's state, which its word and symbol say too."""
    if status.state is AccountState.COVERED and not status.is_confirmed:
        return "$text-warning" if status.may_have_lost_cover else _STATE_STYLES[AccountState.FILED]
    if status.state is AccountState.REVIEWED and is_something_left(status):
        return "$text-warning"
    return _STATE_STYLES.get(status.state, "$muted")


def step_style(state: StepState) -> str:
    """The colour of a step's symbol."""
    return {
        StepState.DONE: "$text-success",
        StepState.COVERED: "$text-success",
        StepState.WAITING: "$text-accent",
        StepState.ASKED_FOR_MORE: "$text-warning",
        StepState.AGAIN: "$text-warning",
        StepState.REFUSED: "$text-error",
    }.get(state, "$muted")


_HARMLESS_TEXTUAL_VARIABLES = frozenset(
    f"TEXTUAL_{name}"
    for name in (
        *("ANIMATIONS", "COLOR_SYSTEM", "DIM_FACTOR", "DISABLE_KITTY_KEY", "FILTERS", "FPS"),
        *("SLOW_THRESHOLD", "SMOOTH_SCROLL", "SPEEDUPS"),
    )
)
"""The variables of Textual that only change how the screen is drawn. Others write keys and screens to files, send them to a port, or load code."""


def prepare_terminal() -> None:
    """Set the environment variables and the terminal size that Textual reads when it is imported."""
    if not os.environ.get("NO_COLOR", "x"):
        del os.environ["NO_COLOR"]  # no-color.org: an empty value means not set
    for name in [name for name in os.environ if name == "TEXTUAL" or name.startswith("TEXTUAL_")]:
        if name not in _HARMLESS_TEXTUAL_VARIABLES:
            del os.environ[name]
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    _set_missing_terminal_size()


def _set_missing_terminal_size() -> None:
    """Set the size of a terminal that reports 0 × 0, as a serial line or a container may, to the usual 80 × 24.

    Textual would assume two different sizes and draw them in turn without end.
    """
    if sys.platform == "win32":
        return
    import termios

    columns, lines = termios.tcgetwinsize(sys.stdout)[::-1]
    if not columns or not lines:
        termios.tcsetwinsize(sys.stdout, (lines or 24, columns or 80))


def has_shell_to_go_back_to() -> bool:
    """Whether a shell in this terminal can continue the program once it is stopped; else it would stop for ever."""
    if sys.platform == "win32":
        return False
    parent = os.getppid()
    try:
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except OSError:
        return False


def symbols_for_terminal(setting: str) -> tuple[Symbols, tuple[str, ...]]:
    """The symbols for the setting `marks` and the locale, and a notice where the locale cannot show all."""
    encoding = locale.getpreferredencoding(do_setlocale=False)
    is_utf8 = encoding.casefold().replace("-", "") == "utf8"
    if setting == "ascii":
        return ASCII_SYMBOLS, ()
    if setting == "unicode" or is_utf8:
        return UNICODE_SYMBOLS, ()
    return ASCII_SYMBOLS, (
        _(
            "This terminal's locale is {encoding}: signs are plain letters, accents may look wrong, nothing is lost."
        ).format(encoding=encoding),
    )
