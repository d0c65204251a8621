"""What a reader has to know of an account before anything else: what was sent, what came back, what is asked."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core import when
from metaoptout_tui.core.case_diary import Entry, own_line
from metaoptout_tui.core.clocks import went_by_post
from metaoptout_tui.core.diary import REPLIES, Event, in_force
from metaoptout_tui.core.letters import letters_sent
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import State

_CAME = REPLIES | {"acknowledged", "authority-wrote", "closed"}


class Gist(NamedTuple):
    """One account in a few lines, each empty where there is nothing of it.

    `can_object` says whether an objection can be filed for it at all. `objected` are the objections that were sent for it,
    from the first of the newest ones on, and the other account's that holds for it; `sent` and `came_back` what followed,
    `asked` what the person wants now.
    """

    can_object: bool
    objected: tuple[str, ...]
    sent: tuple[str, ...]
    came_back: tuple[str, ...]
    asked: str


def gist(standing: Standing, diary: Iterable[Entry], through: str) -> Gist:
    """The gist of an account; `through` is the name of the one that covers it."""
    own = in_force(standing.account.events)
    begun = _begun(standing)
    later = [event for event in own if begun is not None and event.at >= begun]
    filings = [event for event in later if event.what == "filed"]
    answers = [event for event in later if event.what == "answered"]
    sent = {own_line(event.id) for event in (*letters_sent(later), *answers) if event.what != "filed"}
    came = {own_line(event.id) for event in later if event.what in _CAME}
    told = [each for each in diary if each.standing == "in force"]
    return Gist(
        standing.files,
        tuple(_objected(standing, filings, through)),
        tuple(_line(each) for each in told if each.id in sent),
        tuple(_line(each) for each in told if each.id in came),
        _asked(standing),
    )


def _begun(standing: Standing) -> datetime | None:
    """From when on it is told: from the objections of its own, else from the one that covers it; else from a question."""
    if standing.course is not None:
        return standing.course.first.at
    begun = standing.filing or standing.question
    return begun.at if begun is not None else None


def _objected(standing: Standing, filings: Iterable[Event], through: str) -> Iterator[str]:
    """The objections in the order in which they were sent."""
    theirs = [standing.filing] if standing.covered_by and standing.filing else []
    for filing in sorted([*filings, *theirs], key=lambda event: event.at):
        email = own_line(filing.text("email"))
        parts = [
            when.full_day(filing.at.date()),
            "by post" if went_by_post(filing) else "",
            f"with {email}" if email else "",
            f"for {through}, linked with this account" if filing in theirs else "",
        ]
        yield ", ".join(part for part in parts if part)


def _line(entry: Entry) -> str:
    return f"{when.full_day(entry.at.date())}: {' '.join(entry.words.split())}"


_APPLIED = "That Meta applies the objection to this account"
_ASKED = {
    State.FILED: f"{_APPLIED} and confirms it.",
    State.CONFIRMED_ON_SCREEN: f"{_APPLIED} and confirms it in writing.",
    State.CONFIRMED: "That Meta keeps to the objection that it confirmed.",
    State.COVERED: f"{_APPLIED} too.",
    State.ASKED_FOR_MORE: f"{_APPLIED}.",
    State.REFUSED: f"{_APPLIED} all the same.",
    State.OVERDUE: f"{_APPLIED} and answers it.",
    State.COMPLAINED: f"That the authority deals with the complaint. {_APPLIED}.",
    State.OBJECT_AGAIN: f"{_APPLIED}. The diary holds no new one yet.",
}
"""What the person wants by how it stands; it says nothing of what Meta or anybody else did or must do."""


def _asked(standing: Standing) -> str:
    """That, and an answer to a question that still has none."""
    question = standing.clock("information")
    wanted = _ASKED.get(standing.state, "")
    if question is None or question.ended is not None or standing.state is State.CLOSED:
        return wanted
    return f"{wanted} That Meta answers whether it did.".strip()
