"""Accounts by what covers them: one row each, with its holes, what to do next, and the words for a table."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core import when
from metaoptout_tui.core.overview import Group, Overview
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import State
from metaoptout_tui.core.tasks import Task
from metaoptout_tui.core.wording import through_name


class Row(NamedTuple):
    """One account in the table.

    `email` is the address that the objection in force for it was sent with; empty where there is none.
    `holes` are why it is not, or not surely, covered: ids of texts `hole.ID`. `is_due` is whether something waits for the
    person now.
    """

    standing: Standing
    group: Group
    email: str
    holes: tuple[str, ...]
    task: Task | None
    is_due: bool

    @property
    def account(self) -> Account:
        """The account."""
        return self.standing.account


class Show(StrEnum):
    """Which rows to show."""

    ALL = "all"
    DUE = "due now"
    WAITING = "waiting"
    HOLES = "holes"


WAITING = frozenset({State.FILED, State.CONFIRMED_ON_SCREEN, State.COMPLAINED})
"""States in which something is still to come from Meta or an authority."""

_HOLES = {
    State.REFUSED: "refused",
    State.ASKED_FOR_MORE: "asked-for-more",
    State.OVERDUE: "overdue",
    State.COMPLAINED: "complained",
    State.CLOSED: "closed",
}


def coverage(overview: Overview) -> tuple[Row, ...]:
    """Every account, by hub, in the order of the groups."""
    standings = {standing.account.id: standing for standing in overview.standings}
    tasks: dict[str, Task] = {}
    for task in overview.tasks:
        tasks.setdefault(task.account, task)
    due = {task.account for task in overview.due}
    return tuple(
        Row(standings[id], group, _email(standings[id]), _holes(standings[id]), tasks.get(id), id in due)
        for group in overview.groups
        for id in group.accounts
    )


def covered_words(overview: Overview) -> str:
    """How many accounts an objection stands for, and how many have a hole: `3 of 3 covered, 1 hole`.

    A hole may be in an account that counts as covered, where it is so only through another one, or by another address.
    """
    if not overview.objectable:
        return "nothing to file"
    holes = sum(1 for standing in overview.standings if _holes(standing))
    told = f", {holes} {'hole' if holes == 1 else 'holes'}" if holes else ""
    return f"{overview.objected} of {overview.objectable} covered{told}"


def shown(rows: Iterable[Row], show: Show) -> tuple[Row, ...]:
    """The rows that a filter leaves."""
    match show:
        case Show.ALL:
            return tuple(rows)
        case Show.DUE:
            return tuple(row for row in rows if row.is_due)
        case Show.WAITING:
            return tuple(row for row in rows if row.standing.state in WAITING)
        case Show.HOLES:
            return tuple(row for row in rows if row.holes)


def _email(standing: Standing) -> str:
    return standing.filing.text("email") if standing.files and standing.filing is not None else ""


def _holes(standing: Standing) -> tuple[str, ...]:
    if not standing.files:
        return ()
    if standing.cause is not None:
        return (standing.cause.what,)
    match standing.state:
        case State.NOT_STARTED | State.READY:
            return ("none",) if standing.account.hub is not None else ("none", "link-unknown")
        case State.COVERED:
            doubts = {"through": not standing.is_objected, "other-email": standing.other_email}
            return tuple(hole for hole, is_there in doubts.items() if is_there)
        case state if state in _HOLES:
            return (_HOLES[state],)
        case _:
            return ()


def cover_words(row: Row, progress: Progress, playbook: Playbook, now: datetime) -> str:
    """What covers an account: `its own, of 20 Nov`, `through Facebook “Anna”, of 3 Nov`; empty for nothing."""
    standing, texts = row.standing, playbook.texts
    if standing.state is State.NOT_AVAILABLE:
        return texts.say("state.not-available")
    if not standing.files:
        return texts.say("cover.review")
    if standing.filing is None:
        return ""
    date = when.day(standing.filing.at.astimezone(now.tzinfo).date(), now.date())
    through = through_name(standing.covered_by, progress, playbook)
    return texts.say("cover.through" if through else "cover.own", date=date, through=through)


def hole_words(row: Row, playbook: Playbook) -> str:
    """The holes of an account; empty for none."""
    return "; ".join(playbook.texts.say(f"hole.{hole}") for hole in row.holes)


def due_words(task: Task | None, now: datetime) -> str:
    """The next thing in a few words, and when: `look for the mail, now`, `yearly check, 13 Nov 2027`."""
    if task is None:
        return ""
    words = FEW_WORDS.get(task.what, task.what.replace("-", " "))
    if task.on is None:
        return words
    if task.is_due(now):
        return f"{words}, now"
    on = task.on.astimezone(now.tzinfo)
    return f"{words}, today {on:%H:%M}" if on.date() == now.date() else f"{words}, {when.day(on.date(), now.date())}"


FEW_WORDS = {
    "identify": "list what is linked",
    "open": "open the form",
    "submit": "send the form",
    "review": "go through the review",
    "look-for-mail": "look for the mail",
    "file-again-in-browser": "file again",
    "remind": "remind Meta",
    "await-answer": "wait for Meta",
    "letter-arrived": "did it arrive?",
    "answer-more": "answer Meta",
    "asked-for-id": "check who asks",
    "code-asked": "type the code",
    "refused": "see what remains",
    "overdue": "remind Meta",
    "overdue-extended": "remind Meta",
    "overdue-asked": "answer, remind",
    "overdue-reminded": "no answer: see",
    "wrong-form": "file the right form",
    "not-available": "see what helps",
    "complained-to-meta": "did Meta answer?",
    "complained": "did it write?",
    "authority-wrote": "did it write again?",
    "object-again": "object again",
    "file-too": "object for it too",
    "recheck": "yearly check",
    "terms-changed": "new terms: check",
    "silent-information": "no answer: see",
    "silent-acknowledgement": "no answer: see",
    "silent-authority": "no answer: see",
}
"""What is to be done, short enough for a column of a table."""
