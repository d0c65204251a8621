"""Rows and words of the coverage table: what covers each account, its gaps, and what to do next."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.lifecycle import AccountState
from metaoptout_tui.core.objection.overview import AccountGroup, Overview
from metaoptout_tui.core.objection.sentences import covering_account_name
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import Task
from metaoptout_tui.core.record.accounts import Account, Record


class CoverageRow(NamedTuple):
    """One account in the table.

    `email` is the address that the objection in force for it was sent with; empty where there is none.
    `holes` are why it is not, or not surely, covered: ids of texts `hole.ID`. `is_due` is whether something waits for the
    person now.
    """

    status: AccountStatus
    group: AccountGroup
    filed_email: str
    gaps: tuple[str, ...]
    next_task: Task | None
    is_due: bool

    @property
    def account(self) -> Account:
        """The account."""
        return self.status.account


class CoverageFilter(StrEnum):
    """Which rows to show."""

    ALL = "all"
    DUE = "due now"
    WAITING = "waiting"
    GAPS = "holes"


WAITING_STATES = frozenset({AccountState.FILED, AccountState.CONFIRMED_ON_SCREEN, AccountState.COMPLAINED})
"""States in which something is still to come from Meta or an authority."""

_GAP_BY_STATE = {
    AccountState.REFUSED: "refused",
    AccountState.ASKED_FOR_MORE: "asked-for-more",
    AccountState.OVERDUE: "overdue",
    AccountState.COMPLAINED: "complained",
    AccountState.CLOSED: "closed",
}


def coverage_rows_of(overview: Overview) -> tuple[CoverageRow, ...]:
    """Every account, by hub, in the order of the groups."""
    standings = {standing.account.id: standing for standing in overview.statuses}
    tasks: dict[str, Task] = {}
    for task in overview.tasks:
        tasks.setdefault(task.account_id, task)
    due = {task.account_id for task in overview.due_tasks}
    return tuple(
        CoverageRow(
            standings[id], group, _filed_email(standings[id]), _gaps_of(standings[id]), tasks.get(id), id in due
        )
        for group in overview.groups
        for id in group.account_ids
    )


def summarize_coverage(overview: Overview) -> str:
    """How many accounts an objection stands for, and how many have a hole: `3 of 3 covered, 1 hole`.

    A hole may be in an account that counts as covered, where it is so only through another one, or by another address.
    """
    if not overview.objectable_count:
        return "nothing to file"
    holes = sum(1 for standing in overview.statuses if _gaps_of(standing))
    told = f", {holes} {'hole' if holes == 1 else 'holes'}" if holes else ""
    return f"{overview.objected_count} of {overview.objectable_count} covered{told}"


def filter_rows(rows: Iterable[CoverageRow], show: CoverageFilter) -> tuple[CoverageRow, ...]:
    """The rows that a filter leaves."""
    match show:
        case CoverageFilter.ALL:
            return tuple(rows)
        case CoverageFilter.DUE:
            return tuple(row for row in rows if row.is_due)
        case CoverageFilter.WAITING:
            return tuple(row for row in rows if row.status.state in WAITING_STATES)
        case CoverageFilter.GAPS:
            return tuple(row for row in rows if row.gaps)


def _filed_email(standing: AccountStatus) -> str:
    return standing.objection.text("email") if standing.can_object and standing.objection is not None else ""


def _gaps_of(standing: AccountStatus) -> tuple[str, ...]:
    if not standing.can_object:
        return ()
    if standing.invalidation is not None:
        return (standing.invalidation.kind,)
    match standing.state:
        case AccountState.NOT_STARTED | AccountState.READY:
            return ("none",) if standing.account.hub is not None else ("none", "link-unknown")
        case AccountState.COVERED:
            doubts = {"through": not standing.has_valid_objection, "other-email": standing.is_covered_by_other_email}
            return tuple(hole for hole, is_there in doubts.items() if is_there)
        case state if state in _GAP_BY_STATE:
            return (_GAP_BY_STATE[state],)
        case _:
            return ()


def describe_cover(row: CoverageRow, progress: Record, playbook: Playbook, now: datetime) -> str:
    """What covers an account: `its own, of 20 Nov`, `through Facebook “Anna”, of 3 Nov`; empty for nothing."""
    standing, texts = row.status, playbook.texts
    if standing.state is AccountState.NOT_AVAILABLE:
        return texts.sentence("state.not-available")
    if not standing.can_object:
        return texts.sentence("cover.review")
    if standing.objection is None:
        return ""
    date = dates.format_local_day(standing.objection.at, now)
    through = covering_account_name(standing.covered_by, progress, playbook)
    return texts.sentence("cover.through" if through else "cover.own", date=date, through=through)


def describe_gaps(row: CoverageRow, playbook: Playbook) -> str:
    """The holes of an account; empty for none."""
    return "; ".join(playbook.texts.sentence(f"hole.{hole}") for hole in row.gaps)


def describe_task_briefly(task: Task | None, now: datetime) -> str:
    """The next thing in a few words, and when: `look for the mail, now`, `yearly check, 13 Nov 2027`."""
    if task is None:
        return ""
    words = SHORT_TASK_WORDS.get(task.kind, task.kind.replace("-", " "))
    if task.due_at is None:
        return words
    if task.is_due(now):
        return f"{words}, now"
    on = task.due_at.astimezone(now.tzinfo)
    return (
        f"{words}, today {on:%H:%M}"
        if on.date() == now.date()
        else f"{words}, {dates.format_day(on.date(), now.date())}"
    )


SHORT_TASK_WORDS = {
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
