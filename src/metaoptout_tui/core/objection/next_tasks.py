"""The next things to do for each account, with their urgency and date, computed from its status.

While an objection waits for a decision its tasks come from `waiting_tasks`.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from metaoptout_tui.core.dates import MonthAlone
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.account_list_tasks import AccountListTasks, is_written_down_later
from metaoptout_tui.core.objection.coverage import (
    InvalidationKind,
    InvalidationReason,
    is_link_date_unasked,
)
from metaoptout_tui.core.objection.deadlines import Deadline
from metaoptout_tui.core.objection.legal_periods import HolidayLookup
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.rechecks import last_check_of, yearly_check_after
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.task_maker import (
    OUTCOME_CHECK_INTERVAL,
    DayValue,
    FullDayValue,
    SentLetterValue,
    TaskMaker,
    has_later_complaint,
    name_value,
    unanswered_complaint,
)
from metaoptout_tui.core.objection.tasks import (
    Task,
    TaskKind,
)
from metaoptout_tui.core.objection.waiting_tasks import WaitingTasks
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.core.record.vocabulary import (
    CONFIRMED_STATES,
    FINISHED_STEP_STATES,
    NAMES_ONE,
    OPEN_CASE_STATES,
    AccountState,
    PeriodKind,
    StepState,
)

_LETTER_TRAVEL_TIME = timedelta(days=3)
_TASK_BY_MISSED_PERIOD = {
    PeriodKind.INQUIRY: TaskKind.INQUIRY_UNANSWERED,
    PeriodKind.ACKNOWLEDGEMENT: TaskKind.SILENT_ACKNOWLEDGEMENT,
    PeriodKind.AUTHORITY: TaskKind.SILENT_AUTHORITY,
}
"""What to do where this period was missed. The person's own time to complain to the authority is never missed."""
_COMPLAINT_COURSE_KINDS = (EventKind.COMPLAINED_TO_AUTHORITY, EventKind.AUTHORITY_TOLD, EventKind.CASE_CLOSED)
"""The kinds of event that say whether an authority still has to be told that Meta gave in."""

_CHAT_KINDS = (EventKind.REVIEWED_CHATS, EventKind.REVIEW_ANSWERED)
"""The kinds of event from which something may be left to do in chats."""

_DOWNLOAD_KINDS = (EventKind.DOWNLOAD_ASKED, EventKind.DOWNLOAD_READ)

_LOOK_FOR_DOWNLOAD_AFTER = timedelta(days=1)
"""How long after asking Meta for the download to look for it: it is reported to take hours to days."""
_DOWNLOAD_FORGOTTEN_AFTER = timedelta(days=30)
"""How long this program reminds of it."""


def compute_tasks(
    statuses: tuple[AccountStatus, ...],
    record: Record,
    playbook: Playbook,
    now: datetime,
    holiday_lookup: HolidayLookup,
) -> tuple[Task, ...]:
    """The tasks of all accounts: first those that can be done now, by urgency, then later ones by date."""
    builder = _TaskBuilder(record, playbook, now, holiday_lookup)
    tasks = [task for status in statuses for task in builder.tasks_of(status)]
    listing = AccountListTasks(record, playbook, now, holiday_lookup)
    tasks.extend(listing.tasks_of_unknown_links(statuses))
    tasks.extend(listing.tasks_of_other_accounts(statuses))
    tasks.extend(builder.tasks_of_download(statuses))
    return tuple(sorted(tasks, key=lambda task: _task_sort_key(task, now)))


def awaited_download(record: Record) -> Event | None:
    """The event that Meta was asked for the download, where none was read since."""
    events = [event for account in record.accounts for event in account.events if event.kind in _DOWNLOAD_KINDS]
    newest = max(events, key=lambda event: event.id, default=None)
    return newest if newest is not None and newest.kind == EventKind.DOWNLOAD_ASKED else None


def _task_sort_key(task: Task, now: datetime) -> tuple[bool, int, float]:
    if task.is_due(now):
        return (False, task.urgency, 0.0)
    return (True, 0, task.due_at.timestamp() if task.due_at else 0.0)


class _TaskBuilder:
    """Computes the tasks of an account."""

    def __init__(self, record: Record, playbook: Playbook, now: datetime, holiday_lookup: HolidayLookup) -> None:
        self._record, self._playbook = record, playbook
        self._maker = TaskMaker(record, now, holiday_lookup)
        self._waiting = WaitingTasks(self._maker)

    def tasks_of(self, status: AccountStatus) -> Iterator[Task]:
        """The tasks of one account."""
        outcome = status.outcome
        if status.deadlines:
            yield from self._other_missed_deadline_tasks(status)
            yield from self._inquiry_tasks(status)
            yield from self._letter_arrival_tasks(status)
        if outcome is not None:
            yield from self._outcome_tasks(status, outcome)
            yield from self._unread_message_tasks(status, outcome)
            yield from self._tell_authority_tasks(status, outcome)
            if outcome.state is not AccountState.COMPLAINED_TO_AUTHORITY:
                yield from self._waiting.authority.letter_tasks(status, outcome)
        match status.state:
            case AccountState.COVERED:
                yield from self._covered_tasks(status)
            case AccountState.OBJECT_AGAIN:
                yield from self._object_again_tasks(status)
            case _ if outcome is not None:
                yield from self._objection_tasks(status, outcome)
            case AccountState.NO_LOG_IN:
                yield self._maker.make(TaskKind.NO_LOG_IN, status)
            case AccountState.DELETED:
                pass
            case _:
                yield from self._step_tasks(status)
        yield from self._chat_tasks(status)

    def tasks_of_download(self, statuses: tuple[AccountStatus, ...]) -> Iterator[Task]:
        """The look for the download that Meta was asked for last, until one was read or long after."""
        asked = awaited_download(self._record)
        status = next((each for each in statuses if asked is not None and asked in each.account.events), None)
        if asked is not None and status is not None and self._maker.now < asked.at + _DOWNLOAD_FORGOTTEN_AFTER:
            yield self._maker.make(
                TaskKind.LOOK_FOR_DOWNLOAD,
                status,
                due_at=asked.at + _LOOK_FOR_DOWNLOAD_AFTER,
                sentence_day=self._maker.local_day(asked.at),
                event=asked,
            )

    def _other_missed_deadline_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """A task for each kind of missed deadline; of Meta's month `WaitingTasks` tells as long as it waits."""
        handled_kinds: set[PeriodKind] = set()
        for deadline, period in status.missed_deadlines:
            is_settled = deadline.kind is not PeriodKind.ANSWER and _is_missed_deadline_settled(deadline, status)
            if deadline.kind in handled_kinds or is_settled:
                continue
            handled_kinds.add(deadline.kind)
            if deadline.kind is PeriodKind.ANSWER:
                yield from self._overdue_asked_tasks(status)
                continue
            due_at = self._maker.day_after(period)
            if deadline.kind is PeriodKind.AUTHORITY:
                due_at = self._waiting.authority.moment_after_silence(due_at, status.outcome)
            yield self._maker.make(
                _TASK_BY_MISSED_PERIOD[deadline.kind],
                status,
                due_at=due_at,
                sentence_day=period.last_day,
                event=deadline.started_by,
            )

    def _overdue_asked_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """The task where Meta's month is over and what Meta asked for is open, until the authority has a complaint."""
        outcome = status.outcome
        if outcome is None or outcome.state is not AccountState.ASKED_FOR_MORE:
            return
        period = outcome.missed_answer_period
        if period is not None and not outcome.last_event(EventKind.COMPLAINED_TO_AUTHORITY):
            due_at = self._maker.day_after(period)
            yield self._maker.make(TaskKind.OVERDUE_ASKED, status, due_at=due_at, sentence_day=period.last_day)

    def _inquiry_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """The task to await Meta's answer to an inquiry, and until when.

        Once that day was missed, that is a task of its own; a complaint about it is followed instead.
        """
        inquiry = _awaited_inquiry(status)
        if inquiry is not None:
            due_at = self._maker.may_be_over_from(inquiry)
            yield self._maker.make(TaskKind.AWAIT_INQUIRY_ANSWER, status, due_at=due_at, event=inquiry.started_by)

    def _letter_arrival_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """A task for each letter whose arrival is not recorded, while a deadline depends on that.

        One of several is named, with its day where another of its kind is asked about.
        """
        outcome = status.outcome
        letters: dict[tuple[str, date], Event] = {}
        for deadline in status.deadlines:
            is_moot = (
                deadline.kind is PeriodKind.ANSWER
                and outcome is not None
                and outcome.state is AccountState.COMPLAINED_TO_AUTHORITY
            )
            if deadline.ended_by is None and deadline.is_arrival_unreported and not is_moot:
                sent = deadline.started_by
                letters.setdefault((sent.kind, sent.at.date()), sent)  # of two posted on one day, one after the other
        count_by_kind = Counter(sent.kind for sent in letters.values())
        for sent in letters.values():
            due_at, sentence_day = sent.at + _LETTER_TRAVEL_TIME, self._maker.local_day(sent.at)
            task = self._maker.make(
                TaskKind.LETTER_ARRIVED, status, due_at=due_at, sentence_day=sentence_day, event=sent
            )
            if len(letters) > 1:
                letter = SentLetterValue(sent, self._maker.now, has_its_like=count_by_kind[sent.kind] > 1)
                task = task._replace(text_values={**task.text_values, "letter": letter})
            yield task

    def _outcome_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """A check for the outcome of a complaint to Meta; a missed deadline of it is a task of its own."""
        complaint = unanswered_complaint(outcome)
        if complaint is not None and not any(
            deadline.started_by == complaint for deadline, _ in outcome.missed_deadlines
        ):
            last_day = self._last_day_to_acknowledge(complaint, outcome)
            may_be_late_at = self._maker.midnight(last_day + timedelta(days=1)) if last_day is not None else None
            due_at = self._maker.outcome_check_at(may_be_late_at or complaint.at + OUTCOME_CHECK_INTERVAL, outcome)
            sentence_day = self._maker.local_day(complaint.at)
            task = self._maker.make(
                TaskKind.COMPLAINED_TO_META, status, due_at=due_at, sentence_day=sentence_day, event=complaint
            )
            if last_day is not None and due_at == may_be_late_at:
                # Told as on the page of the periods: the last day itself.
                day = DayValue(last_day, self._maker.now.date())
                task = task._replace(text_values={**task.text_values, "day": day})
            yield task

    def _last_day_to_acknowledge(self, complaint: Event, outcome: ObjectionOutcome) -> date | None:
        """The last day on which Meta can acknowledge a complaint in time; None where no law sets one, or it did."""
        for deadline in outcome.deadlines:
            if deadline.kind is PeriodKind.ACKNOWLEDGEMENT and deadline.started_by == complaint:
                period = self._maker.period_of(deadline) if deadline.ended_by is None else None
                return period.last_day if period is not None else None
        return None

    def _unread_message_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """The question what a message of Meta said, asked once where nobody wrote it down."""
        message = outcome.unread_message
        if message is not None and outcome.state in OPEN_CASE_STATES:
            yield self._maker.make(TaskKind.MESSAGE_UNREAD, status, due_at=message.at, event=message)

    def _tell_authority_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """Where Meta confirmed after a complaint: tell the authority, until it was told, it decided, or the case closed."""
        if outcome.state not in CONFIRMED_STATES or outcome.decision_of_authority is not None:
            return
        course = [event for event in status.events_now if event.kind in _COMPLAINT_COURSE_KINDS]
        if course and course[-1].kind == EventKind.COMPLAINED_TO_AUTHORITY:
            yield self._maker.make(TaskKind.TELL_AUTHORITY, status, due_at=outcome.since, event=course[-1])

    def _chat_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """What the scans of chats and the answers about them left to do."""
        account = status.account
        if not account.has_chats_to_scan or not any(event.kind in _CHAT_KINDS for event in account.events):
            return
        from metaoptout_tui.core.chats.chat_todos import todos_in_chats

        for todo in todos_in_chats(account, self._record):
            task = self._maker.make(TaskKind(todo.kind), status)
            yield task._replace(text_values={**task.text_values, "chats": todo}, source_id=todo.source_id)

    def _covered_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """The tasks of an account that another's objection covers.

        One of its own makes it sure; not offered to who left it out, nor while Meta's answer to an inquiry may do so.
        """
        submit = status.step(StepId.SUBMIT)
        is_left_out = submit is not None and submit.state is StepState.SKIPPED
        can_be_sure = status.is_cover_unconfirmed and status.why_no_log_in is None
        if can_be_sure and not is_left_out and _awaited_inquiry(status) is None:
            yield self._maker.make(TaskKind.FILE_TOO, status)
        yield self._recheck_task(status)
        is_of_long_ago = status.objection_in_force is not None and is_written_down_later(status.objection_in_force)
        is_address_other = status.is_covered_by_other_email or status.accounts_named_by_cover == NAMES_ONE
        if not is_of_long_ago and (status.is_confirmed or not is_address_other):
            yield from self._step_tasks(status, only=(StepId.IDENTIFY,))

    def _object_again_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """The task to object again, and those for what is still awaited of the old objection."""
        invalidation = status.invalidation
        if invalidation is not None and invalidation.kind is InvalidationKind.LINK_UNDATED:
            yield from self._linked_then_tasks(status, invalidation)
        opened = status.step(StepId.OPEN)
        step = StepId.SUBMIT if opened is not None and opened.state in FINISHED_STEP_STATES else StepId.OPEN
        at = invalidation.at if invalidation else None
        sentence_day = self._maker.local_day(at) if at is not None else self._maker.now.date()
        kind = TaskKind.OBJECT_AGAIN if status.outcome is not None else TaskKind.OBJECT_ITSELF
        task = self._maker.make(kind, status, due_at=at, sentence_day=sentence_day)
        source_id = f"{invalidation.kind}-{sentence_day.isoformat()}" if invalidation else task.source_id
        yield task._replace(step_id=step, source_id=source_id)
        outcome = status.outcome
        if outcome is not None and outcome.state in (AccountState.COMPLAINED_TO_AUTHORITY, AccountState.OVERDUE):
            yield from self._waiting.tasks_of(status, outcome)

    def _linked_then_tasks(self, status: AccountStatus, invalidation: InvalidationReason) -> Iterator[Task]:
        """The question whether an account was linked already when another's objection was sent, until it is answered."""
        covering = self._record.account_by_id(invalidation.covering_account_id)
        if covering is None:
            return
        sent = [event for event in events_in_force(covering.events) if event.kind == EventKind.FILED]
        earlier = [event for event in sent if event.at < invalidation.at]
        if not earlier or not is_link_date_unasked(events_in_force(status.account.events), earlier[-1]):
            return
        sentence_day = self._maker.day_of(earlier[-1])
        task = self._maker.make(TaskKind.LINKED_THEN, status, sentence_day=sentence_day, event=earlier[-1])
        yield task._replace(text_values={**task.text_values, "through": name_value(covering)})

    def _objection_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """The tasks of an account whose own objection is in force. Who closed the case is asked for no check of it."""
        if status.state in OPEN_CASE_STATES:
            yield from self._waiting.tasks_of(status, outcome)
        if status.state is AccountState.CONFIRMED_ON_SCREEN and (check := self._waiting.mailbox_check(status, outcome)):
            yield check
        if status.state not in OPEN_CASE_STATES or status.state is AccountState.FILED:
            if status.state is not AccountState.CLOSED:
                yield self._recheck_task(status)
        elif status.state is not AccountState.UNDELIVERED:
            yield from _rechecks_of_open_case(self._maker, status, outcome)

    def _recheck_task(self, status: AccountStatus) -> Task:
        """The yearly check of an objection, or an earlier one because of newer terms."""
        terms_reason = next((reason for reason in status.recheck_reasons if reason.kind == "terms"), None)
        if terms_reason is not None and len(status.recheck_reasons) == 1:
            task = self._maker.make(TaskKind.TERMS_CHANGED, status, due_at=terms_reason.since)
            return task._replace(text_values={**task.text_values, "date": FullDayValue(terms_reason.since.date())})
        due_at = yearly_check_after(status.last_checked) if status.last_checked else None
        task = self._maker.make(TaskKind.RECHECK, status, due_at=due_at)
        if due_at is None or not status.is_last_check_month_alone:
            return task
        month = FullDayValue(MonthAlone.of(due_at.date()))
        return task._replace(text_values={**task.text_values, "month": month})

    def _step_tasks(self, status: AccountStatus, only: tuple[str, ...] = ()) -> Iterator[Task]:
        """The first step that is still to be done, but never `confirm`, which is of use only after an objection."""
        for step in status.steps:
            if step.state in FINISHED_STEP_STATES or (only and step.id not in only) or step.id == StepId.REPLY:
                continue
            is_link_known = step.id == StepId.IDENTIFY and status.account.linked_group == ""
            yield self._maker.make(TaskKind.OTHER_ACCOUNTS if is_link_known else TaskKind(step.id), status)
            return


def _awaited_inquiry(status: AccountStatus) -> Deadline | None:
    """The time for Meta's answer to an inquiry, as long as it runs and no complaint about it is followed instead."""
    inquiry = status.current_deadline(PeriodKind.INQUIRY)
    if inquiry is None or inquiry.ended_by is not None or has_later_complaint(status, inquiry):
        return None
    return None if any(missed == inquiry for missed, _unused in status.missed_deadlines) else inquiry


def _rechecks_of_open_case(maker: TaskMaker, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
    """The yearly check of a case that is still open; once a year is over its other tasks lead on."""
    due_at = yearly_check_after(last_check_of(outcome.newest_objection.at, events_in_force(status.account.events)))
    if due_at > maker.now:
        yield maker.make(TaskKind.RECHECK, status, due_at=due_at)


def _is_missed_deadline_settled(deadline: Deadline, status: AccountStatus) -> bool:
    """Whether a missed deadline asks for nothing: an authority is first told that Meta gave in, or the person complained.

    An acknowledgement that is missing asks for a complaint to an authority, until one has it.
    """
    if deadline.kind is PeriodKind.ACKNOWLEDGEMENT:
        complaint = status.outcome.last_event(EventKind.COMPLAINED_TO_AUTHORITY) if status.outcome else None
        return complaint is not None and complaint.at >= deadline.started_by.at
    if deadline.kind is PeriodKind.AUTHORITY:
        return status.outcome is not None and status.outcome.state in CONFIRMED_STATES
    return deadline.kind is PeriodKind.INQUIRY and has_later_complaint(status, deadline)
