"""Rows and words of the coverage table: what covers each account, its gaps, and what to do next."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.coverage import InvalidationKind
from metaoptout_tui.core.objection.overview import AccountGroup, Overview
from metaoptout_tui.core.objection.sentences import covering_account_name
from metaoptout_tui.core.objection.states import AccountState
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import TASK_KINDS, Task
from metaoptout_tui.core.record.accounts import Account, Record


class CoverageGap(StrEnum):
    """Why an account is not, or not surely, covered where nothing asks for a new objection; the text `hole.VALUE` says it."""

    NO_OBJECTION = "none"
    LINK_UNKNOWN = "link-unknown"
    OTHER_EMAIL = "other-email"
    REFUSED = AccountState.REFUSED
    ASKED_FOR_MORE = AccountState.ASKED_FOR_MORE
    OVERDUE = AccountState.OVERDUE
    COMPLAINED = AccountState.COMPLAINED
    CLOSED = AccountState.CLOSED
    COVERING_OBJECTION_IN_DOUBT = "through"


class CoverageRow(NamedTuple):
    """One account in the table.

    `email` is the address that the objection in force for it was sent with; empty where there is none.
    `gaps` are why it is not, or not surely, covered: ids of texts `hole.ID`. `is_due` is whether something waits for the
    person now.
    """

    status: AccountStatus
    group: AccountGroup
    filed_email: str
    gaps: tuple[CoverageGap | InvalidationKind, ...]
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


_STATES_WITH_GAP = frozenset(
    {
        *(AccountState.REFUSED, AccountState.ASKED_FOR_MORE, AccountState.OVERDUE),
        *(AccountState.COMPLAINED, AccountState.CLOSED),
    }
)


def coverage_rows_of(overview: Overview) -> tuple[CoverageRow, ...]:
    """Every account, by linked group, in the order of the groups."""
    statuses = {status.account.id: status for status in overview.statuses}
    tasks: dict[str, Task] = {}
    for task in overview.tasks:
        tasks.setdefault(task.account_id, task)
    due = {task.account_id for task in overview.due_tasks}
    return tuple(
        CoverageRow(statuses[id], group, _filed_email(statuses[id]), _gaps_of(statuses[id]), tasks.get(id), id in due)
        for group in overview.groups
        for id in group.account_ids
    )


def summarize_coverage(overview: Overview) -> str:
    """How many accounts an objection stands for, and how many have a hole: `3 of 3 covered, 1 hole`.

    A hole may be in an account that counts as covered, where it is so only through another one, or by another address.
    """
    if not overview.objectable_count:
        return "nothing to file"
    holes = sum(1 for status in overview.statuses if _gaps_of(status))
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


def _filed_email(status: AccountStatus) -> str:
    return status.objection.text("email") if status.can_object and status.objection is not None else ""


def _gaps_of(status: AccountStatus) -> tuple[CoverageGap | InvalidationKind, ...]:
    if not status.can_object:
        return ()
    if status.invalidation is not None:
        return (status.invalidation.kind,)
    match status.state:
        case AccountState.NOT_STARTED | AccountState.READY:
            gap = CoverageGap.NO_OBJECTION
            return (gap,) if status.account.hub is not None else (gap, CoverageGap.LINK_UNKNOWN)
        case AccountState.COVERED:
            doubts = {
                CoverageGap.COVERING_OBJECTION_IN_DOUBT: not status.has_valid_objection,
                CoverageGap.OTHER_EMAIL: status.is_covered_by_other_email,
            }
            return tuple(gap for gap, is_there in doubts.items() if is_there)
        case state if state in _STATES_WITH_GAP:
            return (CoverageGap(state),)
        case _:
            return ()


def describe_cover(row: CoverageRow, record: Record, playbook: Playbook, now: datetime) -> str:
    """What covers an account: `its own, of 20 Nov`, `through Facebook “Anna”, of 3 Nov`; empty for nothing."""
    status, texts = row.status, playbook.texts
    if status.state is AccountState.NOT_AVAILABLE:
        return texts.sentence("state.not-available")
    if not status.can_object:
        return texts.sentence("cover.review")
    if status.objection is None:
        return ""
    date = dates.format_local_day(status.objection.at, now)
    through = covering_account_name(status.covered_by, record, playbook)
    return texts.sentence("cover.through" if through else "cover.own", date=date, through=through)


def describe_gaps(row: CoverageRow, playbook: Playbook) -> str:
    """The holes of an account; empty for none."""
    return "; ".join(playbook.texts.sentence(f"hole.{hole}") for hole in row.gaps)


def describe_task_briefly(task: Task | None, now: datetime) -> str:
    """The next thing in a few words, and when: `look for the mail, now`, `yearly check, 13 Nov 2027`."""
    if task is None:
        return ""
    words = TASK_KINDS[task.kind].brief_words
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
