"""The rows of the coverage table, in words too: what covers each account, why it is not covered, the next task."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import format_clauses
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.objection.coverage import InvalidationKind
from metaoptout_tui.core.objection.event_sentences import day_of_event
from metaoptout_tui.core.objection.lifecycle import first_of_sent_again
from metaoptout_tui.core.objection.overview import GROUP_UNKNOWN, AccountGroup, Overview
from metaoptout_tui.core.objection.sentences import covering_account_name
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import TASK_KINDS, TASKS_OF_WAITING, Task, last_day_before
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.vocabulary import AccountState


class CoverageGap(StrEnum):
    """Why an account is not, or not surely, covered, besides `InvalidationKind`; its name is the text `hole.VALUE`."""

    NO_OBJECTION = "none"
    LINK_UNKNOWN = "link-unknown"
    OTHER_EMAIL = "other-email"
    REFUSED = AccountState.REFUSED
    UNDELIVERED = AccountState.UNDELIVERED
    ASKED_FOR_MORE = AccountState.ASKED_FOR_MORE
    OVERDUE = AccountState.OVERDUE
    COMPLAINED_TO_AUTHORITY = AccountState.COMPLAINED_TO_AUTHORITY
    COMPLAINT_DECIDED = "complaint-decided"
    CLOSED = AccountState.CLOSED
    COVERING_OBJECTION_IN_DOUBT = "through"


class CoverageRow(NamedTuple):
    """One account in the table.

    `filed_email` is the address in the objection in force for it, empty where there is none. `gaps` are the reasons why
    it is not, or not surely, covered. `is_due` is whether a task for it is due now.
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
    GAPS = "not covered"

    @property
    def words(self) -> str:
        """The name of the filter in the language in use."""
        match self:
            case CoverageFilter.ALL:
                return pgettext("which accounts to show", "all")
            case CoverageFilter.DUE:
                return pgettext("which accounts to show", "due now")
            case CoverageFilter.WAITING:
                return pgettext("which accounts to show", "waiting")
            case CoverageFilter.GAPS:
                return pgettext("which accounts to show", "not covered")


STATES_WITH_NOTHING_TO_DO_YET = frozenset(
    {AccountState.FILED, AccountState.CONFIRMED_ON_SCREEN, AccountState.COMPLAINED_TO_AUTHORITY}
)
"""States in which there is only to wait for an answer of Meta or an authority."""

_STATES_WITH_GAP = frozenset(
    {
        *(AccountState.REFUSED, AccountState.UNDELIVERED, AccountState.ASKED_FOR_MORE, AccountState.OVERDUE),
        *(AccountState.COMPLAINED_TO_AUTHORITY, AccountState.CLOSED),
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
        CoverageRow(
            statuses[id],
            group,
            _filed_email(statuses[id]),
            _gaps_of(statuses[id], is_link_open=group.kind == GROUP_UNKNOWN),
            tasks.get(id),
            id in due,
        )
        for group in overview.groups
        for id in group.account_ids
    )


def filter_rows(rows: Iterable[CoverageRow], filter: CoverageFilter) -> tuple[CoverageRow, ...]:
    """The rows that a filter shows."""
    match filter:
        case CoverageFilter.ALL:
            return tuple(rows)
        case CoverageFilter.DUE:
            return tuple(row for row in rows if row.is_due)
        case CoverageFilter.WAITING:
            return tuple(row for row in rows if row.status.state in STATES_WITH_NOTHING_TO_DO_YET)
        case CoverageFilter.GAPS:
            return tuple(row for row in rows if row.gaps)


def _filed_email(status: AccountStatus) -> str:
    return (
        status.objection_in_force.text("email") if status.can_object and status.objection_in_force is not None else ""
    )


def _gaps_of(status: AccountStatus, *, is_link_open: bool) -> tuple[CoverageGap | InvalidationKind, ...]:
    if not status.can_object:
        return ()
    if status.invalidation is not None:
        return (status.invalidation.kind,)
    match status.state:
        case AccountState.NOT_STARTED | AccountState.READY | AccountState.NO_LOG_IN:
            gap = CoverageGap.NO_OBJECTION
            return (gap, CoverageGap.LINK_UNKNOWN) if is_link_open else (gap,)
        case AccountState.COVERED:
            conditions = {
                CoverageGap.COVERING_OBJECTION_IN_DOUBT: not status.has_valid_objection,
                CoverageGap.OTHER_EMAIL: status.is_covered_by_other_email,
            }
            return tuple(gap for gap, applies in conditions.items() if applies)
        case AccountState.COMPLAINED_TO_AUTHORITY if status.outcome and status.outcome.decision_of_authority:
            return (CoverageGap.COMPLAINT_DECIDED,)
        case state if state in _STATES_WITH_GAP and not status.is_confirmed:
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
    if status.objection_in_force is None:
        return ""
    date = day_of_event(first_of_sent_again(status.outcome) or status.objection_in_force, now)
    through = covering_account_name(status.covering_account_id, record, playbook)
    through_words = "cover.perhaps" if status.is_cover_unconfirmed else "cover.through"
    return texts.sentence(through_words if through else "cover.own", date=date, through=through)


def describe_gaps(row: CoverageRow, playbook: Playbook) -> str:
    """Why an account is not, or not surely, covered; empty for no gap."""
    return format_clauses(playbook.texts.sentence(f"hole.{gap}") for gap in row.gaps)


def describe_task_briefly(task: Task | None, now: datetime) -> str:
    """A task in a few words, with its date: `look for the mail, now`, `yearly check, 13 Nov 2027`."""
    if task is None:
        return ""
    words = TASK_KINDS[task.kind].brief_words
    if task.due_at is None:
        return words
    if task.is_due(now):
        return _("{task}, now").format(task=words)
    due_at = task.due_at.astimezone(now.tzinfo)
    if due_at.date() == now.date() and not dates.is_day_alone(due_at, now):
        return _("{task}, today {time}").format(task=words, time=dates.format_time(due_at))
    day = last_day_before(due_at) if task.kind in TASKS_OF_WAITING else due_at.date()
    return dates.with_day(words, dates.format_day(day, now.date()))
