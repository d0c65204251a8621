"""The next things to do for each account, with their urgency and date, computed from its status.

Periods that no law sets, such as the reminder after a week, are this program's own advice.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.coverage import yearly_check_after
from metaoptout_tui.core.objection.deadlines import Deadline
from metaoptout_tui.core.objection.legal_periods import HolidayLookup, months_after, next_mailbox_check
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import REMIND_AFTER, TASK_KINDS, Task, TaskKind
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, arrival_day_of, events_in_force, went_by_post
from metaoptout_tui.core.record.vocabulary import (
    FINISHED_STEP_STATES,
    ID_REQUEST,
    NOT_AVAILABLE_GROUNDS,
    WAITING_STATES,
    WRONG_FORM_GROUNDS,
    WRONG_FORM_REQUESTS,
    AccountState,
    PeriodRule,
)

_LETTER_TRAVEL_TIME = timedelta(days=3)
_MAILBOX_CHECKS_END = timedelta(days=30)
_OUTCOME_CHECK_INTERVAL = timedelta(days=30)
_DAY = timedelta(days=1)
_MONTHS_AFTER_COMPLAINT = 3
_TASK_BY_GROUNDS = {NOT_AVAILABLE_GROUNDS: TaskKind.NOT_AVAILABLE, WRONG_FORM_GROUNDS: TaskKind.WRONG_FORM}
"""What to do after a refusal with these grounds."""


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
    return tuple(sorted(tasks, key=lambda task: _task_sort_key(task, now)))


def _task_sort_key(task: Task, now: datetime) -> tuple[bool, int, float]:
    if task.is_due(now):
        return (False, task.urgency, 0.0)
    return (True, 0, task.due_at.timestamp() if task.due_at else 0.0)


class _TaskBuilder:
    """Computes the tasks of an account."""

    def __init__(self, record: Record, playbook: Playbook, now: datetime, holiday_lookup: HolidayLookup) -> None:
        self._record, self._playbook, self._now, self._holiday_lookup = record, playbook, now, holiday_lookup

    def tasks_of(self, status: AccountStatus) -> Iterator[Task]:
        """The tasks of one account."""
        outcome = status.outcome
        yield from self._missed_deadline_tasks(status)
        yield from self._letter_arrival_tasks(status)
        if outcome is not None:
            yield from self._outcome_tasks(status, outcome)
            yield from self._unread_message_tasks(status, outcome)
        match status.state:
            case AccountState.COVERED:
                yield from self._covered_tasks(status)
            case AccountState.OBJECT_AGAIN:
                yield from self._object_again_tasks(status)
            case _ if outcome is not None:
                yield from self._objection_tasks(status, outcome)
            case _:
                yield from self._step_tasks(status)

    def _task(
        self,
        kind: TaskKind,
        status: AccountStatus,
        *,
        on: datetime | None = None,
        day: date | None = None,
        entry: Event | None = None,
    ) -> Task:
        """A task that is due at `on`; `day` is the date in its sentence, that of the objection where it is None."""
        filing = status.outcome.objection if status.outcome and not status.covered_by else status.objection
        values = {"account": account_name(status.account, self._playbook), "email": self._mail_address(status)}
        if filing is not None:
            values["ago"] = dates.format_age(filing.at, self._now)
            day = day or self._local_day(filing.at)
        if day is not None:
            values["date"] = dates.format_day(day, self._now.date())
        if on is not None:
            values["moment"] = dates.format_day_and_time(on, self._now)
            values["day"] = dates.format_day(self._local_day(on), self._now.date())
        if status.covered_by:
            account = self._record.account_by_id(status.covered_by)
            values["through"] = account_name(account, self._playbook) if account else ""
        source = entry or filing
        is_upcoming = on is not None and on > self._now
        source_id = source.id if source else ""
        return Task(kind, status.account.id, TASK_KINDS[kind].step, on, values, source_id, is_upcoming)

    def _local_day(self, at: datetime) -> date:
        return at.astimezone(self._now.tzinfo).date()

    def _mail_address(self, status: AccountStatus) -> str:
        """The address for Meta's mail: that of the objection, else the account's, else the person's."""
        filed_email = status.objection.text("email") if status.objection else ""
        return filed_email or status.account.email or self._record.person.email or "your address"

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=self._now.tzinfo)

    def _missed_deadline_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """A task for each rule with a missed deadline; for the objection only where it has no task of its own."""
        handled_rules: set[PeriodRule] = set()
        outcome = status.outcome
        for deadline, period in status.missed_deadlines:
            if deadline.rule in handled_rules:
                continue
            handled_rules.add(deadline.rule)
            if deadline.rule is PeriodRule.ANSWER:
                missed_period = (
                    outcome.missed_answer_period
                    if outcome is not None and outcome.state is AccountState.ASKED_FOR_MORE
                    else None
                )
                if outcome is not None and missed_period is not None and not outcome.last_event(EventKind.COMPLAINED):
                    yield self._task(TaskKind.OVERDUE_ASKED, status, day=missed_period.last_day)
            elif deadline.rule is PeriodRule.AUTHORITY:
                ended = self._midnight(period.last_day) + _DAY
                on = self._outcome_check_at(ended, outcome)
                yield self._task(
                    TaskKind.SILENT_AUTHORITY,
                    status,
                    on=None if on == ended else on,
                    day=period.last_day,
                    entry=deadline.started_by,
                )
            elif deadline.rule is not PeriodRule.INFORMATION or not self._has_later_complaint(status, deadline):
                yield self._task(
                    TaskKind(f"silent-{deadline.rule}"),
                    status,
                    day=period.last_day,
                    entry=deadline.started_by,
                )

    def _letter_arrival_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """A task for the first letter whose arrival is not recorded, while a deadline depends on that."""
        outcome = status.outcome
        for deadline in status.deadlines:
            is_moot = (
                deadline.rule is PeriodRule.ANSWER and outcome is not None and outcome.state is AccountState.COMPLAINED
            )
            if deadline.ended_by is None and deadline.is_receipt_unknown and not is_moot:
                on, day = deadline.started_by.at + _LETTER_TRAVEL_TIME, self._local_day(deadline.started_by.at)
                yield self._task(TaskKind.LETTER_ARRIVED, status, on=on, day=day, entry=deadline.started_by)
                return

    def _outcome_check_at(self, on: datetime, outcome: ObjectionOutcome | None) -> datetime:
        """When to check for an outcome: on its day, or a month after a later check in vain."""
        checked_at = outcome.mailbox_checked_at if outcome is not None else None
        return checked_at + _OUTCOME_CHECK_INTERVAL if checked_at is not None and checked_at >= on else on

    def _has_later_complaint(self, status: AccountStatus, deadline: Deadline) -> bool:
        """Whether the person complained after what started a deadline."""
        later = status.outcome.later_events if status.outcome else events_in_force(status.account.events)
        complaints = (
            event for event in later if event.kind in (EventKind.COMPLAINED, EventKind.COMPLAINED_TO_CONTROLLER)
        )
        return any(event.at >= deadline.started_by.at for event in complaints)

    def _outcome_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """A check for the outcome of a complaint to Meta; a missed deadline of it is a task of its own."""
        complaint = self._unanswered_complaint(outcome)
        if complaint is not None and not any(
            deadline.started_by == complaint for deadline, _ in outcome.missed_deadlines
        ):
            on = self._outcome_check_at(complaint.at + _OUTCOME_CHECK_INTERVAL, outcome)
            day = self._local_day(complaint.at)
            yield self._task(TaskKind.COMPLAINED_TO_META, status, on=on, day=day, entry=complaint)

    def _unread_message_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """The question what a message of Meta said, asked once where nobody wrote it down."""
        message = outcome.unread_message
        if message is not None and outcome.state in WAITING_STATES:
            yield self._task(TaskKind.MESSAGE_UNREAD, status, on=message.at, entry=message)

    def _unanswered_complaint(self, outcome: ObjectionOutcome) -> Event | None:
        """The complaint to Meta that has no answer, where the person did nothing further."""
        newest = outcome.last_event(EventKind.COMPLAINED_TO_CONTROLLER, EventKind.COMPLAINED, EventKind.CLOSED)
        if (
            newest is None
            or newest.kind != EventKind.COMPLAINED_TO_CONTROLLER
            or self._has_reply_after(outcome, newest)
        ):
            return None
        return newest

    def _covered_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """The tasks of an account that another's objection covers."""
        if status.is_covered_by_other_email:
            yield self._task(TaskKind.FILE_TOO, status)
        yield self._recheck_task(status)
        yield from self._step_tasks(status, only=(StepId.IDENTIFY,))

    def _object_again_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """The task to object again, and those for what is still awaited of the old objection."""
        invalidation = status.invalidation
        opened = status.step(StepId.OPEN)
        step = StepId.SUBMIT if opened is not None and opened.state in FINISHED_STEP_STATES else StepId.OPEN
        day = self._local_day(invalidation.at) if invalidation else self._now.date()
        task = self._task(TaskKind.OBJECT_AGAIN, status, day=day)
        source_id = f"{invalidation.kind}-{day.isoformat()}" if invalidation else task.source_id
        yield task._replace(step_id=step, source_id=source_id)
        outcome = status.outcome
        if outcome is None:
            return
        if outcome.state is AccountState.COMPLAINED:
            yield from self._authority_tasks(status, outcome)
        elif outcome.state is AccountState.OVERDUE:
            yield from self._refusal_tasks(status, outcome)

    def _objection_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """The tasks of an account whose own objection is in force."""
        match status.state:
            case AccountState.OVERDUE | AccountState.REFUSED:
                yield from self._refusal_tasks(status, outcome)
            case AccountState.ASKED_FOR_MORE:
                yield self._question_task(status, outcome)
            case AccountState.FILED:
                yield from self._waiting_tasks(status, outcome)
                yield self._recheck_task(status)
            case AccountState.UNDELIVERED:
                yield self._task(TaskKind.SEND_ANOTHER_WAY, status, on=outcome.since, entry=outcome.last_reply)
            case AccountState.CONFIRMED_ON_SCREEN:
                if mailbox_check := self._mailbox_check_task(status, outcome):
                    yield mailbox_check
                yield self._recheck_task(status)
            case AccountState.COMPLAINED:
                yield from self._authority_tasks(status, outcome)
            case _:
                yield self._recheck_task(status)

    def _question_task(self, status: AccountStatus, outcome: ObjectionOutcome) -> Task:
        """The task for a question of Meta."""
        reply = outcome.last_reply
        request = reply.text("for") if reply is not None else ""
        if request in WRONG_FORM_REQUESTS:
            return self._task(TaskKind.WRONG_FORM, status, entry=reply)
        if reply is not None and reply.kind == EventKind.CODE_ASKED:
            return self._task(TaskKind.CODE_ASKED, status, entry=reply)
        return self._task(TaskKind.ASKED_FOR_ID if request == ID_REQUEST else TaskKind.ANSWER_MORE, status, entry=reply)

    def _refusal_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """The task after a refusal or a missed deadline; after a letter about it, a check for its outcome."""
        sent = outcome.last_event(
            EventKind.REMINDED, EventKind.EXTENSION_DISPUTED, EventKind.COMPLAINED_TO_CONTROLLER, EventKind.ANSWERED
        )
        if self._unanswered_complaint(outcome) is not None:
            return
        if outcome.state is AccountState.REFUSED:
            reply = outcome.last_reply
            kind = _TASK_BY_GROUNDS.get(reply.text("grounds") if reply is not None else "", TaskKind.REFUSED)
            yield self._task(kind, status, on=outcome.since, entry=reply)
        elif (
            sent is not None
            and outcome.missed_answer_period is not None
            and self._local_day(sent.at) > outcome.missed_answer_period.last_day
        ):
            on, day = sent.at + REMIND_AFTER, self._local_day(sent.at)
            yield self._task(TaskKind.OVERDUE_REMINDED, status, on=on, day=day, entry=sent)
        elif outcome.missed_answer_period is not None:
            kind = TaskKind.OVERDUE_EXTENDED if outcome.missed_answer_period.extension_counts else TaskKind.OVERDUE
            yield self._task(kind, status, day=outcome.missed_answer_period.last_day)

    def _has_reply_after(self, outcome: ObjectionOutcome, sent: Event) -> bool:
        """Whether a reply of Meta came after something that was sent to it."""
        return outcome.last_reply is not None and outcome.last_reply.at > sent.at

    def _was_extended(self, outcome: ObjectionOutcome) -> bool:
        """Whether the last reply since the answer is awaited is an extension, so that a mailbox check is not needed."""
        return (
            outcome.last_reply is not None
            and outcome.last_reply.kind == EventKind.EXTENDED
            and outcome.last_reply.at >= outcome.waiting_since
        )

    def _waiting_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """While the answer is awaited: check the mailbox, file again once, remind Meta, then wait for the end."""
        if went_by_post(outcome.objection):
            yield from self._letter_waiting_tasks(status, outcome)
        elif self._was_extended(outcome):
            yield from self._answer_due_tasks(status, outcome)
        elif mailbox_check := self._mailbox_check_task(status, outcome):
            yield mailbox_check
        elif (
            outcome.objection == outcome.first_objection
            and outcome.waiting_since == outcome.objection.at
            and self._is_recent(outcome)
        ):
            yield self._task(TaskKind.FILE_AGAIN_IN_BROWSER, status)
        else:
            yield from self._reminder_tasks(status, outcome)

    def _is_recent(self, outcome: ObjectionOutcome) -> bool:
        return outcome.objection.at + _MAILBOX_CHECKS_END > self._now

    def _mailbox_check_task(self, status: AccountStatus, outcome: ObjectionOutcome) -> Task | None:
        """The next mailbox check; None after the last one, and after a month."""
        check_at = next_mailbox_check(outcome.waiting_since, outcome.mailbox_checked_at)
        if check_at is None or outcome.waiting_since + _MAILBOX_CHECKS_END <= self._now:
            return None
        return self._task(TaskKind.LOOK_FOR_MAIL, status, on=check_at)

    def _letter_waiting_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        deadline = outcome.current_deadline(PeriodRule.ANSWER)
        if deadline is not None and deadline.is_receipt_unknown:
            return
        if self._was_extended(outcome):
            yield from self._answer_due_tasks(status, outcome)
        else:
            yield from self._reminder_tasks(status, outcome)

    def _reminder_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """A reminder a week after the objection, or the answer to Meta's question; once it is sent, wait for the end."""
        if outcome.last_event(EventKind.REMINDED) is None:
            on = self._waiting_start(outcome) + REMIND_AFTER
            yield self._task(TaskKind.REMIND, status, on=on, day=self._local_day(outcome.first_objection.at))
        else:
            yield from self._answer_due_tasks(status, outcome)

    def _waiting_start(self, outcome: ObjectionOutcome) -> datetime:
        """Since when Meta could have answered: a letter's arrival, the answer to its question, or the first objection."""
        if (arrived := arrival_day_of(outcome.objection)) is not None:
            return self._midnight(arrived)
        deadline = outcome.current_deadline(PeriodRule.ANSWER)
        if deadline is not None and deadline.is_receipt_assumed:
            return self._midnight(deadline.receipt.day)
        return outcome.first_objection.at if outcome.waiting_since == outcome.objection.at else outcome.waiting_since

    def _answer_due_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """The day on which Meta's time may have run out."""
        deadline = outcome.current_deadline(PeriodRule.ANSWER)
        if deadline is not None and deadline.ended_by is None:
            on = self._midnight(deadline.may_be_over_from(self._now.date(), self._holiday_lookup))
            yield self._task(TaskKind.AWAIT_ANSWER, status, on=on)

    def _authority_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """A check whether the authority has written: three months after the complaint (GDPR Art. 78(2))."""
        complaint = outcome.last_event(EventKind.COMPLAINED)
        last_event = outcome.last_event(EventKind.COMPLAINED, EventKind.AUTHORITY_WROTE)
        deadline = next(
            (
                deadline
                for deadline in outcome.deadlines
                if deadline.rule is PeriodRule.AUTHORITY and deadline.ended_by is None
            ),
            None,
        )
        if deadline is None and last_event is not None and last_event.kind == EventKind.AUTHORITY_WROTE:
            on, day = (
                self._outcome_check_at(last_event.at + _OUTCOME_CHECK_INTERVAL, outcome),
                self._local_day(last_event.at),
            )
            yield self._task(TaskKind.AUTHORITY_WROTE, status, on=on, day=day, entry=last_event)
        elif deadline is not None:
            if not any(missed == deadline for missed, _ in outcome.missed_deadlines):
                on = self._midnight(deadline.may_be_over_from(self._now.date(), self._holiday_lookup))
                yield self._task(
                    TaskKind.COMPLAINED,
                    status,
                    on=self._outcome_check_at(on, outcome),
                    entry=deadline.started_by,
                )
        elif complaint is not None:
            on = self._midnight(months_after(self._local_day(complaint.at), _MONTHS_AFTER_COMPLAINT))
            yield self._task(TaskKind.COMPLAINED, status, on=self._outcome_check_at(on, outcome), entry=complaint)

    def _recheck_task(self, status: AccountStatus) -> Task:
        """The yearly check of an objection, or an earlier one because of newer terms."""
        terms_reason = next((reason for reason in status.recheck_reasons if reason.kind == "terms"), None)
        if terms_reason is not None and len(status.recheck_reasons) == 1:
            task = self._task(TaskKind.TERMS_CHANGED, status, on=terms_reason.since)
            return task._replace(
                text_values={**task.text_values, "date": dates.format_full_day(terms_reason.since.date())}
            )
        on = yearly_check_after(status.last_checked) if status.last_checked else None
        return self._task(TaskKind.RECHECK, status, on=on)

    def _step_tasks(self, status: AccountStatus, only: tuple[str, ...] = ()) -> Iterator[Task]:
        """The first step that is still to be done, but never `confirm`, which is of use only after an objection."""
        for step in status.steps:
            if step.state in FINISHED_STEP_STATES or (only and step.id not in only) or step.id == StepId.CONFIRM:
                continue
            yield self._task(TaskKind(step.id), status)
            return
