"""The other ways to begin than with the first step, and the question which one."""

from enum import StrEnum

from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark


class WayToBegin(StrEnum):
    """A way to begin that somebody may choose in place of the usual one."""

    EARLIER = "earlier"
    DOWNLOAD = "download"
    NO_ACCOUNT = "no-account"
    NO_LOGIN = "no-login"
    WEEKLY_CHECK = "weekly-check"
    REHEARSAL = "rehearsal"


_LABELS = {
    WayToBegin.EARLIER: mark("I objected earlier: write down what I sent and what came back"),
    WayToBegin.DOWNLOAD: mark("I have Meta's download: take my accounts from it"),
    WayToBegin.NO_ACCOUNT: mark("I have no account of Meta: what Meta has of me from others"),
    WayToBegin.NO_LOGIN: mark("I cannot log in: forgotten, hacked, locked or deleted accounts"),
    WayToBegin.WEEKLY_CHECK: mark("As usual, and check once a week whether the public pages changed"),
    WayToBegin.REHEARSAL: mark("Only try it: a rehearsal with an invented person, of which nothing is kept"),
}


def ways_question(*, is_first_start: bool = False, is_rehearsal: bool) -> ChoiceQuestion:
    """Which way; the usual one is among them at the first start, a rehearsal where this is none already."""
    left_out = {WayToBegin.WEEKLY_CHECK: not is_first_start, WayToBegin.REHEARSAL: is_rehearsal}
    return ChoiceQuestion(
        _("How do you want to begin?") if is_first_start else _("What fits you?"),
        tuple((str(way), _(label)) for way, label in _LABELS.items() if not left_out.get(way)),
    )
