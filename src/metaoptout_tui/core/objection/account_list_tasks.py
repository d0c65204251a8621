"""The tasks about the list of accounts: which others there are, and how they are linked."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.legal_periods import HolidayLookup
from metaoptout_tui.core.objection.linking_question import linking_question
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.task_maker import TaskMaker
from metaoptout_tui.core.objection.tasks import Task, TaskKind
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, moment_written
from metaoptout_tui.core.record.vocabulary import FINISHED_STEP_STATES

_WRITTEN_AT_ONCE = timedelta(days=1)
"""What is written down within this time is no objection of long ago."""


class AccountListTasks:
    """Computes what is asked about all accounts together."""

    def __init__(self, record: Record, playbook: Playbook, now: datetime, holiday_lookup: HolidayLookup) -> None:
        self._record, self._playbook = record, playbook
        self._maker = TaskMaker(record, now, holiday_lookup)

    def tasks_of_unknown_links(self, statuses: tuple[AccountStatus, ...]) -> Iterator[Task]:
        """One question for all accounts of which it is not known how they are linked, after the first objection.

        Only where that objection may cover one that has none, and not again once the person answered it since.
        """
        if len(statuses) < 2 or all(status.account.linked_group is not None for status in statuses):
            return
        question = linking_question(self._record, self._playbook)
        if question is None or question.is_answered:
            return
        events = [event for each in statuses for event in each.events_now]
        first_sent = min(((event.at, event.id) for event in events if event.kind == EventKind.FILED), default=None)
        listed = [
            (event.at, event.id)
            for event in events
            if event.kind == EventKind.STEP_DONE and event.text("step") == StepId.IDENTIFY
        ]
        if first_sent is None or any(moment > first_sent for moment in listed):
            return
        for status in statuses:
            identify = status.step(StepId.IDENTIFY)
            is_listed = identify is not None and identify.state in FINISHED_STEP_STATES
            if (
                is_listed
                and status.account.linked_group is None
                and status.can_object
                and status.objection_in_force is None
            ):
                yield self._maker.make(TaskKind.LINKS_UNKNOWN, status)
                return

    def tasks_of_other_accounts(self, statuses: tuple[AccountStatus, ...]) -> Iterator[Task]:
        """The question which other accounts there are, where an objection of long ago was written down first of all."""
        listed = (status.step(StepId.IDENTIFY) for status in statuses)
        if any(step is not None and step.state in FINISHED_STEP_STATES for step in listed):
            return
        for status in statuses:
            own = status.objection_in_force if not status.covering_account_id else None
            if own is not None and is_written_down_later(own) and status.step(StepId.IDENTIFY) is not None:
                yield self._maker.make(TaskKind.OTHER_ACCOUNTS, status)
                return


def is_written_down_later(objection: Event) -> bool:
    """Whether an objection was sent days before it was written down."""
    return moment_written(objection) - objection.at > _WRITTEN_AT_ONCE
