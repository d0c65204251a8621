"""What a reader has to know of an account before anything else: what was sent, what came back, what is asked."""

from collections.abc import Iterable
from typing import NamedTuple

from metaoptout_tui.core import when
from metaoptout_tui.core.case_diary import Entry, own_line
from metaoptout_tui.core.diary import REPLIES
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import State

_OF_AUTHORITY = frozenset({"acknowledged", "authority-wrote", "closed"})


class Gist(NamedTuple):
    """One account in a few lines, each empty where there is nothing of it.

    `can_object` says whether an objection can be filed for it at all, `objected` is the objection in force, `sent` and `came_back` what followed it, `asked` what the person wants now.
    """

    can_object: bool
    objected: str
    sent: tuple[str, ...]
    came_back: tuple[str, ...]
    asked: str


def gist(standing: Standing, diary: Iterable[Entry], through: str, letters: frozenset[str]) -> Gist:
    """The gist of an account; `through` is the name of the one that covers it, `letters` the kinds of what may follow."""
    filing = standing.filing
    if filing is None:
        return Gist(standing.files, "", (), (), _ASKED.get(standing.state, ""))
    own = filing.id if not standing.covered_by else ""
    later = [each for each in diary if own and each.standing == "in force" and each.at >= filing.at and each.id != own]
    return Gist(
        standing.files,
        _objected(standing, through),
        tuple(_line(each) for each in later if each.what in letters),
        tuple(_line(each) for each in later if each.what in REPLIES | _OF_AUTHORITY),
        _ASKED.get(standing.state, ""),
    )


def _objected(standing: Standing, through: str) -> str:
    filing = standing.filing
    if filing is None:
        return ""
    email = own_line(filing.text("email"))
    parts = [
        when.full_day(filing.at.date()),
        f"with {email}" if email else "",
        f"for {through}, linked with this account" if through else "",
    ]
    return ", ".join(part for part in parts if part)


def _line(entry: Entry) -> str:
    return f"{when.full_day(entry.at.date())}: {' '.join(entry.words.split())}"


_APPLIED = "That Meta applies the objection to this account"
_ASKED = {
    State.FILED: f"{_APPLIED} and confirms it.",
    State.CONFIRMED_ON_SCREEN: f"{_APPLIED} and confirms it.",
    State.CONFIRMED: "That Meta keeps to the objection that it confirmed.",
    State.COVERED: f"{_APPLIED} too.",
    State.ASKED_FOR_MORE: f"{_APPLIED}.",
    State.REFUSED: f"{_APPLIED}, which it refused.",
    State.OVERDUE: f"{_APPLIED} and answers it; the diary holds no answer in time.",
    State.COMPLAINED: f"That the authority deals with the complaint. {_APPLIED}.",
}
