"""The overview of the whole record: status of each account, linked groups, tasks, and counts."""

from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.legal_periods import HolidayLookup
from metaoptout_tui.core.objection.linking_question import ids_with_nothing_to_link
from metaoptout_tui.core.objection.next_tasks import compute_tasks
from metaoptout_tui.core.objection.status import AccountStatus, compute_statuses
from metaoptout_tui.core.objection.tasks import Task, Urgency
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.vocabulary import AccountState

GROUP_LINKED, GROUP_UNLINKED, GROUP_UNKNOWN, GROUP_ALONE = "linked", "unlinked", "unknown", "alone"


class AccountGroup(NamedTuple):
    """A linked group with its `name`, or all accounts that are not linked, of which that is not known, or with nothing to link."""

    kind: str
    name: str
    account_ids: tuple[str, ...]


class CoverageCounts(NamedTuple):
    """The numbers of accounts whose objection was sent and waits for Meta, is confirmed, or was closed or deleted.

    `still_open` are all others: nothing was sent, or something remains to be done.
    """

    sent: int
    confirmed: int
    still_open: int
    closed: int


class OpenCounts(NamedTuple):
    """How the accounts that are still open stand: refused, asked by Meta, without an answer in time, and all others.

    Of those there is something to do now, or it waits for an authority or for something else, or it was left out.
    """

    refused: int
    asked: int
    late: int
    complained: int
    to_do: int
    waiting: int
    left_out: int


class Overview(NamedTuple):
    """Everything the first screen shows, computed for one moment."""

    statuses: tuple[AccountStatus, ...]
    groups: tuple[AccountGroup, ...]
    tasks: tuple[Task, ...]
    now: datetime

    @property
    def next_task(self) -> Task | None:
        """The one thing to do next; None when nothing is left, now or later."""
        return self.tasks[0] if self.tasks else None

    @property
    def due_tasks(self) -> tuple[Task, ...]:
        """The tasks that are due now, the most urgent first: those with a date that has come, or of a high urgency.

        A step of the checklist that is still to be done is not among them.
        """
        return tuple(
            task
            for task in self.tasks
            if task.is_due(self.now) and (task.due_at is not None or task.urgency <= Urgency.OBJECT_AGAIN)
        )

    def status_of(self, account_id: str) -> AccountStatus | None:
        """The status of one account."""
        return next((status for status in self.statuses if status.account.id == account_id), None)

    def next_task_for(self, account_id: str) -> Task | None:
        """The next thing to do for one account."""
        return next((task for task in self.tasks if task.account_id == account_id), None)

    def step_opened_after(self, account_id: str, finished_step: str) -> str:
        """The step whose screen opens at once after another was finished; empty where the person goes on from the list.

        A form that is open is followed by sending it, also where it was sent before. After sending, and where only what came
        back is left, the person sees the list first.
        """
        status = self.status_of(account_id)
        if status is None or finished_step == StepId.SUBMIT:
            return ""
        if finished_step == StepId.OPEN:
            return StepId.SUBMIT
        unfinished = (step.id for step in status.steps_after(finished_step) if not step.is_finished)
        return next((step for step in unfinished if step != StepId.REPLY), "")

    def task_to_go_on_with(self, account_id: str) -> Task | None:
        """The next thing to do for an account as long as there is one now, else the next of all."""
        task = self.next_task_for(account_id)
        return task if task is not None and task.is_due(self.now) else self.next_task

    @property
    def objected_count(self) -> int:
        """The number of accounts with a valid objection."""
        return sum(1 for status in self.statuses if status.can_object and status.has_valid_objection)

    @property
    def coverage_counts(self) -> "CoverageCounts":
        """How many of the accounts for which an objection can be filed stand how."""
        objectable = [status for status in self.statuses if status.can_object]
        confirmed = sum(1 for status in objectable if status.is_confirmed)
        closed = sum(1 for status in objectable if status.state in (AccountState.CLOSED, AccountState.DELETED))
        sent = sum(1 for status in objectable if status.has_valid_objection) - confirmed
        return CoverageCounts(sent, confirmed, len(objectable) - sent - confirmed - closed, closed)

    @property
    def open_counts(self) -> OpenCounts:
        """What is so with each of the accounts that are still open."""
        settled = (AccountState.CLOSED, AccountState.DELETED)
        first_tasks = [
            (status.state, self.next_task_for(status.account.id))
            for status in self.statuses
            if status.can_object and not status.has_valid_objection and status.state not in settled
        ]
        states = [state for state, _task in first_tasks]
        told = (AccountState.REFUSED, AccountState.ASKED_FOR_MORE, AccountState.OVERDUE)
        refused, asked, late = map(states.count, told)
        others = [(state, task) for state, task in first_tasks if state not in told]
        to_do = sum(1 for _state, task in others if task is not None and not task.is_upcoming)
        waiting = [state for state, task in others if task is not None and task.is_upcoming]
        complained = waiting.count(AccountState.COMPLAINED_TO_AUTHORITY)
        left_out = len(others) - to_do - len(waiting)
        return OpenCounts(refused, asked, late, complained, to_do, len(waiting) - complained, left_out)

    @property
    def unconfirmed_cover_count(self) -> int:
        """The number of accounts counted as sent for which only a linked account's objection was sent."""
        covered = (status for status in self.statuses if status.can_object and status.is_cover_unconfirmed)
        return sum(1 for status in covered if status.has_valid_objection)

    def with_unconfirmed_cover_of(self, account_id: str) -> tuple[AccountStatus, ...]:
        """The accounts that are perhaps covered by the objection of an account, so that one of their own makes it sure."""
        return tuple(
            status
            for status in self.statuses
            if status.covering_account_id == account_id and status.can_object and status.is_cover_unconfirmed
        )

    @property
    def objectable_count(self) -> int:
        """The number of accounts for which an objection can be filed."""
        return sum(1 for status in self.statuses if status.can_object)


def compute_overview(record: Record, playbook: Playbook, now: datetime, holiday_lookup: HolidayLookup) -> Overview:
    """The whole record at one moment. `holiday_lookup` is called only where a period may have run out."""
    statuses = compute_statuses(record, playbook, now, holiday_lookup)
    groups = group_accounts(record.accounts, playbook)
    return Overview(statuses, groups, compute_tasks(statuses, record, playbook, now, holiday_lookup), now)


def group_accounts(accounts: tuple[Account, ...], playbook: Playbook) -> tuple[AccountGroup, ...]:
    """The accounts by linked group: the named ones in order of first use, then not linked, unknown, nothing to link."""
    named: dict[str, list[str]] = {}
    unnamed: dict[str, list[str]] = {GROUP_UNLINKED: [], GROUP_UNKNOWN: [], GROUP_ALONE: []}
    alone_ids = ids_with_nothing_to_link(accounts, playbook)
    for account in accounts:
        if account.linked_group:
            named.setdefault(account.linked_group, []).append(account.id)
        elif account.id in alone_ids:
            unnamed[GROUP_ALONE].append(account.id)
        else:
            unnamed[GROUP_UNKNOWN if account.linked_group is None else GROUP_UNLINKED].append(account.id)
    return (
        *(AccountGroup(GROUP_LINKED, name, tuple(ids)) for name, ids in named.items()),
        *(AccountGroup(kind, "", tuple(ids)) for kind, ids in unnamed.items() if ids),
    )
