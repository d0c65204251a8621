"""The state of an account or of a step in a word or two, for a narrow column."""

from collections.abc import Callable, Mapping

from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.record.vocabulary import (
    AUTHORITY_DECIDED,
    AUTHORITY_REJECTED,
    AUTHORITY_UPHELD,
    AccountState,
    StepState,
)


def step_state_words(state: StepState) -> str:
    """The state of a step in a word or two; empty for one that is done, or still to be done."""
    match state:
        case StepState.SKIPPED:
            return pgettext("state of a step", "skipped")
        case StepState.COVERED:
            return pgettext("state of a step", "covered")
        case StepState.WAITING:
            return pgettext("state of a step", "waiting")
        case StepState.ASKED_FOR_MORE:
            return pgettext("state of a step", "asked for more")
        case StepState.REFUSED:
            return pgettext("state of a step", "refused")
        case StepState.AGAIN:
            return pgettext("state of a step", "object again")
        case _:
            return ""


def short_state_words(state: AccountState) -> str:
    """A state in one or two words."""
    return _SHORT_STATE_WORDS[state]()


_SHORT_STATE_WORDS: Mapping[AccountState, Callable[[], str]] = {
    AccountState.NOT_STARTED: lambda: pgettext("state of an account", "to do"),
    AccountState.READY: lambda: pgettext("state of an account", "to send"),
    AccountState.FILED: lambda: pgettext("state of an account", "waiting"),
    AccountState.CONFIRMED_ON_SCREEN: lambda: pgettext("state of an account", "on screen"),
    AccountState.CONFIRMED: lambda: pgettext("state of an account", "confirmed"),
    AccountState.COVERED: lambda: pgettext("state of an account", "covered"),
    AccountState.ASKED_FOR_MORE: lambda: pgettext("state of an account", "asked"),
    AccountState.REFUSED: lambda: pgettext("state of an account", "refused"),
    AccountState.UNDELIVERED: lambda: pgettext("state of an account", "came back"),
    AccountState.OVERDUE: lambda: pgettext("state of an account", "Meta is late"),
    AccountState.OBJECT_AGAIN: lambda: pgettext("state of an account", "again"),
    AccountState.COMPLAINED_TO_AUTHORITY: lambda: pgettext("state of an account", "complained"),
    AccountState.CLOSED: lambda: pgettext("state of an account", "closed"),
    AccountState.REVIEWED: lambda: pgettext("state of an account", "reviewed"),
    AccountState.NOT_AVAILABLE: lambda: pgettext("state of an account", "no form"),
    AccountState.NO_LOG_IN: lambda: pgettext("state of an account", "no log-in"),
    AccountState.DELETED: lambda: pgettext("state of an account", "deleted"),
}
"""Each is looked up alone: a list shows the state of every account."""


def words_after_complaint(text: str) -> str:
    """What became of a complaint, by the text of its state (`complaint-rejected`), in one or two words; empty for any other."""
    words = _WORDS_AFTER_COMPLAINT.get(text)
    return words() if words is not None else ""


_WORDS_AFTER_COMPLAINT: Mapping[str, Callable[[], str]] = {
    f"complaint-{AUTHORITY_REJECTED}": lambda: pgettext("state of an account", "rejected"),
    f"complaint-{AUTHORITY_UPHELD}": lambda: pgettext("state of an account", "decided for you"),
    f"complaint-{AUTHORITY_DECIDED}": lambda: pgettext("state of an account", "decided"),
    "in-court": lambda: pgettext("state of an account", "in court"),
}
TEXTS_AFTER_COMPLAINT = tuple(_WORDS_AFTER_COMPLAINT)
"""The texts of the states that `words_after_complaint` has words for."""
