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
    WRONG_FORM_REQUESTS,
    AccountState,
    PeriodRule,
)

_LETTER_TRAVEL_TIME = timedelta(days=3)
_MAILBOX_CHECKS_END = timedelta(days=30)
_OUTCOME_CHECK_INTERVAL = timedelta(days=30)
_DAY = timedelta(days=1)
_MONTHS_AFTER_COMPLAINT = 3


def compute_tasks(
    statuses: tuple[AccountStatus, ...],
    record: Record,
    playbook: Playbook,
    now: datetime,
    holiday_lookup: HolidayLookup,
) -> tuple[Task, ...]:
    """What is to do for all accounts: what can be done now by urgency, then what comes later by date."""
    writer = _TaskBuilder(record, playbook, now, holiday_lookup)
    tasks = [task for status in statuses for task in writer.tasks_of(status)]
    return tuple(sorted(tasks, key=lambda task: _task_sort_key(task, now)))


def _task_sort_key(task: Task, now: datetime) -> tuple[bool, int, float]:
    if task.is_due(now):
        return (False, task.urgency, 0.0)
    return (True, 0, task.due_at.timestamp() if task.due_at else 0.0)


class _TaskBuilder:
    """Writes the tasks of one account after the other."""

    def __init__(self, record: Record, playbook: Playbook, now: datetime, holiday_lookup: HolidayLookup) -> None:
        self._progress, self._playbook, self._now, self._holiday = record, playbook, now, holiday_lookup

    def tasks_of(self, status: AccountStatus) -> Iterator[Task]:
        """What is to do for one account."""
        outcome = status.outcome
        yield from self._missed_deadline_tasks(status)
        yield from self._letter_arrival_tasks(status)
        if outcome is not None:
            yield from self._outcome_tasks(status, outcome)
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
        """A task in which `day` is the date that its sentence names, the filing's unless given."""
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
            account = self._progress.account_by_id(status.covered_by)
            values["through"] = account_name(account, self._playbook) if account else ""
        anchor = entry or filing
        of = anchor.id if anchor else ""
        is_later = on is not None and on > self._now
        return Task(kind, status.account.id, TASK_KINDS[kind].step, on, values, of, is_later)

    def _local_day(self, at: datetime) -> date:
        return at.astimezone(self._now.tzinfo).date()

    def _mail_address(self, status: AccountStatus) -> str:
        """Where Meta's mail is expected: the address of the filing, else the account's, else the person's."""
        filed = status.objection.text("email") if status.objection else ""
        return filed or status.account.email or self._progress.person.email or "your address"

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=self._now.tzinfo)

    def _missed_deadline_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """What nobody answered in its time, once for each rule; of the objection only where its task does not tell of it."""
        told: set[PeriodRule] = set()
        outcome = status.outcome
        for deadline, period in status.missed_deadlines:
            if deadline.rule in told:
                continue
            told.add(deadline.rule)
            if deadline.rule is PeriodRule.ANSWER:
                silence = (
                    outcome.missed_answer_period
                    if outcome is not None and outcome.state is AccountState.ASKED_FOR_MORE
                    else None
                )
                if outcome is not None and silence is not None and not outcome.last_event(EventKind.COMPLAINED):
                    yield self._task(TaskKind.OVERDUE_ASKED, status, day=silence.last_day)
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
        """The first letter of which nobody wrote down when it arrived, while a period waits for that."""
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
        """When to ask what came: on its day, and once it was looked for in vain after that, a month later."""
        moment = outcome.mailbox_checked_at if outcome is not None else None
        return moment + _OUTCOME_CHECK_INTERVAL if moment is not None and moment >= on else on

    def _has_later_complaint(self, status: AccountStatus, deadline: Deadline) -> bool:
        """Whether a complaint was made since about what was not answered."""
        later = status.outcome.later_events if status.outcome else events_in_force(status.account.events)
        complaints = (
            event for event in later if event.kind in (EventKind.COMPLAINED, EventKind.COMPLAINED_TO_CONTROLLER)
        )
        return any(event.at >= deadline.started_by.at for event in complaints)

    def _outcome_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """To look what became of a complaint to Meta, besides its silence, which is told of by itself."""
        complaint = self._unanswered_complaint(outcome)
        if complaint is not None and not any(
            deadline.started_by == complaint for deadline, _ in outcome.missed_deadlines
        ):
            on, day = (
                self._outcome_check_at(complaint.at + _OUTCOME_CHECK_INTERVAL, outcome),
                self._local_day(complaint.at),
            )
            yield self._task(TaskKind.COMPLAINED_TO_META, status, on=on, day=day, entry=complaint)

    def _unanswered_complaint(self, outcome: ObjectionOutcome) -> Event | None:
        """The complaint to Meta that it has not answered, where the person took no further step."""
        newest = outcome.last_event(EventKind.COMPLAINED_TO_CONTROLLER, EventKind.COMPLAINED, EventKind.CLOSED)
        if (
            newest is None
            or newest.kind != EventKind.COMPLAINED_TO_CONTROLLER
            or self._has_reply_after(outcome, newest)
        ):
            return None
        return newest

    def _covered_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """An account for which another's objection holds."""
        if status.is_covered_by_other_email:
            yield self._task(TaskKind.FILE_TOO, status)
        yield self._recheck_task(status)
        yield from self._step_tasks(status, only=(StepId.IDENTIFY,))

    def _object_again_tasks(self, status: AccountStatus) -> Iterator[Task]:
        """To object again; and what is still to come of what was sent before."""
        cause = status.invalidation
        opened = status.step(StepId.OPEN)
        step = StepId.SUBMIT if opened is not None and opened.state in FINISHED_STEP_STATES else StepId.OPEN
        on = self._local_day(cause.at) if cause else self._now.date()
        again = self._task(TaskKind.OBJECT_AGAIN, status, day=on)
        source_id = f"{cause.kind}-{on.isoformat()}" if cause else again.source_id
        yield again._replace(step_id=step, source_id=source_id)
        outcome = status.outcome
        if outcome is None:
            return
        if outcome.state is AccountState.COMPLAINED:
            yield from self._authority_tasks(status, outcome)
        elif outcome.state is AccountState.OVERDUE:
            yield from self._refusal_tasks(status, outcome)

    def _objection_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """What an objection that was sent asks for."""
        match status.state:
            case AccountState.OVERDUE | AccountState.REFUSED:
                yield from self._refusal_tasks(status, outcome)
            case AccountState.ASKED_FOR_MORE:
                yield self._question_task(status, outcome)
            case AccountState.FILED:
                yield from self._waiting_tasks(status, outcome)
                yield self._recheck_task(status)
            case AccountState.CONFIRMED_ON_SCREEN:
                look = self._mailbox_check_task(status, outcome)
                if look is not None and not self._was_extended(outcome):
                    yield look
                yield self._recheck_task(status)
            case AccountState.COMPLAINED:
                yield from self._authority_tasks(status, outcome)
            case _:
                yield self._recheck_task(status)

    def _question_task(self, status: AccountStatus, outcome: ObjectionOutcome) -> Task:
        """What Meta's question asks for."""
        reply = outcome.last_reply
        about = reply.text("for") if reply is not None else ""
        if about in WRONG_FORM_REQUESTS:
            return self._task(TaskKind.WRONG_FORM, status, entry=reply)
        if reply is not None and reply.kind == EventKind.CODE_ASKED:
            return self._task(TaskKind.CODE_ASKED, status, entry=reply)
        return self._task(TaskKind.ASKED_FOR_ID if about == ID_REQUEST else TaskKind.ANSWER_MORE, status, entry=reply)

    def _refusal_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """What a refusal, or a month of silence, asks for; after a letter, to look what came of that."""
        sent = outcome.last_event(
            EventKind.REMINDED, EventKind.EXTENSION_DISPUTED, EventKind.COMPLAINED_TO_CONTROLLER, EventKind.ANSWERED
        )
        if self._unanswered_complaint(outcome) is not None:
            return
        if outcome.state is AccountState.REFUSED:
            reply = outcome.last_reply
            refused = reply is not None and reply.text("grounds") == NOT_AVAILABLE_GROUNDS
            yield self._task(TaskKind.NOT_AVAILABLE if refused else TaskKind.REFUSED, status, entry=reply)
        elif (
            sent is not None
            and outcome.missed_answer_period is not None
            and self._local_day(sent.at) > outcome.missed_answer_period.last_day
        ):
            on, day = sent.at + REMIND_AFTER, self._local_day(sent.at)
            yield self._task(TaskKind.OVERDUE_REMINDED, status, on=on, day=day, entry=sent)
        elif outcome.missed_answer_period is not None:
            what = TaskKind.OVERDUE_EXTENDED if outcome.missed_answer_period.extension_counts else TaskKind.OVERDUE
            yield self._task(what, status, day=outcome.missed_answer_period.last_day)

    def _has_reply_after(self, outcome: ObjectionOutcome, sent: Event) -> bool:
        """Whether Meta said anything of its own after something was sent to it."""
        return outcome.last_reply is not None and outcome.last_reply.at > sent.at

    def _was_extended(self, outcome: ObjectionOutcome) -> bool:
        """Whether Meta wrote since something was last awaited from it, so that the mailbox holds no first answer."""
        return (
            outcome.last_reply is not None
            and outcome.last_reply.kind == EventKind.EXTENDED
            and outcome.last_reply.at >= outcome.waiting_since
        )

    def _waiting_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """While Meta has its time: look for the mail, file again once, remind it, then wait for the end."""
        if went_by_post(outcome.objection):
            yield from self._letter_waiting_tasks(status, outcome)
        elif self._was_extended(outcome):
            yield from self._answer_due_tasks(status, outcome)
        elif look := self._mailbox_check_task(status, outcome):
            yield look
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
        """When to look for the mail next; None after the last look in vain, and after a month."""
        look = next_mailbox_check(outcome.waiting_since, outcome.mailbox_checked_at)
        if look is None or outcome.waiting_since + _MAILBOX_CHECKS_END <= self._now:
            return None
        return self._task(TaskKind.LOOK_FOR_MAIL, status, on=look)

    def _letter_waiting_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        deadline = outcome.current_deadline(PeriodRule.ANSWER)
        if deadline is not None and deadline.is_receipt_unknown:
            return
        if self._was_extended(outcome):
            yield from self._answer_due_tasks(status, outcome)
        else:
            yield from self._reminder_tasks(status, outcome)

    def _reminder_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """A reminder a week after the objection, or after Meta's question was answered; once it is sent, the end."""
        if outcome.last_event(EventKind.REMINDED) is None:
            on = self._waiting_start(outcome) + REMIND_AFTER
            yield self._task(TaskKind.REMIND, status, on=on, day=self._local_day(outcome.first_objection.at))
        else:
            yield from self._answer_due_tasks(status, outcome)

    def _waiting_start(self, outcome: ObjectionOutcome) -> datetime:
        """Since when Meta could have answered: what was posted arrived then, its question was answered, or the first filing."""
        if (arrived := arrival_day_of(outcome.objection)) is not None:
            return self._midnight(arrived)
        return outcome.first_objection.at if outcome.waiting_since == outcome.objection.at else outcome.waiting_since

    def _answer_due_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """The day on which Meta's time may have run out."""
        deadline = outcome.current_deadline(PeriodRule.ANSWER)
        if deadline is not None and deadline.ended_by is None:
            on = self._midnight(deadline.may_be_over_from(self._now.date(), self._holiday))
            yield self._task(TaskKind.AWAIT_ANSWER, status, on=on)

    def _authority_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """The day to look whether the authority has written: three months after the complaint (GDPR Art. 78(2))."""
        complaint = outcome.last_event(EventKind.COMPLAINED)
        wrote = outcome.last_event(EventKind.COMPLAINED, EventKind.AUTHORITY_WROTE)
        deadline = next(
            (
                deadline
                for deadline in outcome.deadlines
                if deadline.rule is PeriodRule.AUTHORITY and deadline.ended_by is None
            ),
            None,
        )
        if deadline is None and wrote is not None and wrote.kind == EventKind.AUTHORITY_WROTE:
            on, day = self._outcome_check_at(wrote.at + _OUTCOME_CHECK_INTERVAL, outcome), self._local_day(wrote.at)
            yield self._task(TaskKind.AUTHORITY_WROTE, status, on=on, day=day, entry=wrote)
        elif deadline is not None:
            if not any(each == deadline for each, _ in outcome.missed_deadlines):
                on = self._midnight(deadline.may_be_over_from(self._now.date(), self._holiday))
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
        """The yearly look at an objection, or one that terms newer than it ask for earlier."""
        of_terms = next((doubt for doubt in status.recheck_reasons if doubt.kind == "terms"), None)
        if of_terms is not None and len(status.recheck_reasons) == 1:
            task = self._task(TaskKind.TERMS_CHANGED, status, on=of_terms.since)
            return task._replace(text_values={**task.text_values, "date": dates.format_full_day(of_terms.since.date())})
        on = yearly_check_after(status.last_checked) if status.last_checked else None
        return self._task(TaskKind.RECHECK, status, on=on)

    def _step_tasks(self, status: AccountStatus, only: tuple[str, ...] = ()) -> Iterator[Task]:
        """The first step that is still to be done; where sending was left out there is nothing to confirm."""
        for step in status.steps:
            if step.state in FINISHED_STEP_STATES or (only and step.id not in only) or step.id == StepId.CONFIRM:
                continue
            yield self._task(TaskKind(step.id), status)
            return
