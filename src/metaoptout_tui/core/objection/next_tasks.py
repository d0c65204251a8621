"""The next things to do for each account, with their urgency and date, computed from its status.

Periods that no law sets, such as the reminder after a week, are this program's own advice.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.coverage import yearly_check_after
from metaoptout_tui.core.objection.deadlines import Deadline
from metaoptout_tui.core.objection.legal_periods import HolidayLookup, months_after, next_mailbox_check
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.states import FINISHED_STEP_STATES, AccountState, PeriodRule, StepId
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import REMIND_AFTER, TASK_KINDS, Task, TaskKind
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_fields import ID_REQUEST, NOT_AVAILABLE_GROUNDS, WRONG_FORM_REQUESTS
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, arrival_day_of, events_in_force, went_by_post

_LETTER_TRAVEL_TIME = timedelta(days=3)
_MAILBOX_CHECKS_END = timedelta(days=30)
_OUTCOME_CHECK_INTERVAL = timedelta(days=30)
_DAY = timedelta(days=1)
_MONTHS_AFTER_COMPLAINT = 3


def compute_tasks(
    every: tuple[AccountStatus, ...], progress: Record, playbook: Playbook, now: datetime, holiday: HolidayLookup
) -> tuple[Task, ...]:
    """What is to do for all accounts: what can be done now by urgency, then what comes later by date."""
    writer = _TaskBuilder(progress, playbook, now, holiday)
    found = [task for standing in every for task in writer.tasks_of(standing)]
    return tuple(sorted(found, key=lambda task: _task_sort_key(task, now)))


def _task_sort_key(task: Task, now: datetime) -> tuple[bool, int, float]:
    if task.is_due(now):
        return (False, task.urgency, 0.0)
    return (True, 0, task.due_at.timestamp() if task.due_at else 0.0)


class _TaskBuilder:
    """Writes the tasks of one account after the other."""

    def __init__(self, progress: Record, playbook: Playbook, now: datetime, holiday: HolidayLookup) -> None:
        self._progress, self._playbook, self._now, self._holiday = progress, playbook, now, holiday

    def tasks_of(self, standing: AccountStatus) -> Iterator[Task]:
        """What is to do for one account."""
        became = standing.outcome
        yield from self._missed_deadline_tasks(standing)
        yield from self._letter_arrival_tasks(standing)
        if became is not None:
            yield from self._outcome_tasks(standing, became)
        match standing.state:
            case AccountState.COVERED:
                yield from self._covered_tasks(standing)
            case AccountState.OBJECT_AGAIN:
                yield from self._object_again_tasks(standing)
            case _ if became is not None:
                yield from self._objection_tasks(standing, became)
            case _:
                yield from self._step_tasks(standing)

    def _task(
        self,
        kind: TaskKind,
        standing: AccountStatus,
        *,
        on: datetime | None = None,
        day: date | None = None,
        entry: Event | None = None,
    ) -> Task:
        """A task in which `day` is the date that its sentence names, the filing's unless given."""
        filing = standing.outcome.objection if standing.outcome and not standing.covered_by else standing.objection
        values = {"account": account_name(standing.account, self._playbook), "email": self._mail_address(standing)}
        if filing is not None:
            values["ago"] = dates.format_age(filing.at, self._now)
            day = day or self._local_day(filing.at)
        if day is not None:
            values["date"] = dates.format_day(day, self._now.date())
        if on is not None:
            values["moment"] = dates.format_day_and_time(on, self._now)
            values["day"] = dates.format_day(self._local_day(on), self._now.date())
        if standing.covered_by:
            other = self._progress.account_by_id(standing.covered_by)
            values["through"] = account_name(other, self._playbook) if other else ""
        anchor = entry or filing
        of = anchor.id if anchor else ""
        is_later = on is not None and on > self._now
        return Task(kind, standing.account.id, TASK_KINDS[kind].step, on, values, of, is_later)

    def _local_day(self, at: datetime) -> date:
        return at.astimezone(self._now.tzinfo).date()

    def _mail_address(self, standing: AccountStatus) -> str:
        """Where Meta's mail is expected: the address of the filing, else the account's, else the person's."""
        filed = standing.objection.text("email") if standing.objection else ""
        return filed or standing.account.email or self._progress.person.email or "your address"

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=self._now.tzinfo)

    def _missed_deadline_tasks(self, standing: AccountStatus) -> Iterator[Task]:
        """What nobody answered in its time, once for each rule; of the objection only where its task does not tell of it."""
        told: set[PeriodRule] = set()
        became = standing.outcome
        for clock, period in standing.missed_deadlines:
            if clock.rule in told:
                continue
            told.add(clock.rule)
            if clock.rule is PeriodRule.ANSWER:
                silence = (
                    became.missed_answer_period
                    if became is not None and became.state is AccountState.ASKED_FOR_MORE
                    else None
                )
                if became is not None and silence is not None and not became.last_event(EventKind.COMPLAINED):
                    yield self._task(TaskKind.OVERDUE_ASKED, standing, day=silence.last_day)
            elif clock.rule is PeriodRule.AUTHORITY:
                ended = self._midnight(period.last_day) + _DAY
                on = self._outcome_check_at(ended, became)
                yield self._task(
                    TaskKind.SILENT_AUTHORITY,
                    standing,
                    on=None if on == ended else on,
                    day=period.last_day,
                    entry=clock.started_by,
                )
            elif clock.rule is not PeriodRule.INFORMATION or not self._has_later_complaint(standing, clock):
                yield self._task(
                    TaskKind(f"silent-{clock.rule}"),
                    standing,
                    day=period.last_day,
                    entry=clock.started_by,
                )

    def _letter_arrival_tasks(self, standing: AccountStatus) -> Iterator[Task]:
        """The first letter of which nobody wrote down when it arrived, while a period waits for that."""
        became = standing.outcome
        for clock in standing.deadlines:
            is_moot = clock.rule is PeriodRule.ANSWER and became is not None and became.state is AccountState.COMPLAINED
            if clock.ended_by is None and clock.is_receipt_unknown and not is_moot:
                on, day = clock.started_by.at + _LETTER_TRAVEL_TIME, self._local_day(clock.started_by.at)
                yield self._task(TaskKind.LETTER_ARRIVED, standing, on=on, day=day, entry=clock.started_by)
                return

    def _outcome_check_at(self, on: datetime, became: ObjectionOutcome | None) -> datetime:
        """When to ask what came: on its day, and once it was looked for in vain after that, a month later."""
        looked = became.mailbox_checked_at if became is not None else None
        return looked + _OUTCOME_CHECK_INTERVAL if looked is not None and looked >= on else on

    def _has_later_complaint(self, standing: AccountStatus, clock: Deadline) -> bool:
        """Whether a complaint was made since about what was not answered."""
        later = standing.outcome.later_events if standing.outcome else events_in_force(standing.account.events)
        complaints = (
            event for event in later if event.kind in (EventKind.COMPLAINED, EventKind.COMPLAINED_TO_CONTROLLER)
        )
        return any(event.at >= clock.started_by.at for event in complaints)

    def _outcome_tasks(self, standing: AccountStatus, became: ObjectionOutcome) -> Iterator[Task]:
        """To look what became of a complaint to Meta, besides its silence, which is told of by itself."""
        complaint = self._unanswered_complaint(became)
        if complaint is not None and not any(clock.started_by == complaint for clock, _ in became.missed_deadlines):
            on, day = (
                self._outcome_check_at(complaint.at + _OUTCOME_CHECK_INTERVAL, became),
                self._local_day(complaint.at),
            )
            yield self._task(TaskKind.COMPLAINED_TO_META, standing, on=on, day=day, entry=complaint)

    def _unanswered_complaint(self, became: ObjectionOutcome) -> Event | None:
        """The complaint to Meta that it has not answered, where the person took no further step."""
        newest = became.last_event(EventKind.COMPLAINED_TO_CONTROLLER, EventKind.COMPLAINED, EventKind.CLOSED)
        if newest is None or newest.kind != EventKind.COMPLAINED_TO_CONTROLLER or self._has_reply_after(became, newest):
            return None
        return newest

    def _covered_tasks(self, standing: AccountStatus) -> Iterator[Task]:
        """An account for which another's objection holds."""
        if standing.is_covered_by_other_email:
            yield self._task(TaskKind.FILE_TOO, standing)
        yield self._recheck_task(standing)
        yield from self._step_tasks(standing, only=(StepId.IDENTIFY,))

    def _object_again_tasks(self, standing: AccountStatus) -> Iterator[Task]:
        """To object again; and what is still to come of what was sent before."""
        cause = standing.invalidation
        opened = standing.step(StepId.OPEN)
        step = StepId.SUBMIT if opened is not None and opened.state in FINISHED_STEP_STATES else StepId.OPEN
        on = self._local_day(cause.at) if cause else self._now.date()
        again = self._task(TaskKind.OBJECT_AGAIN, standing, day=on)
        source_id = f"{cause.kind}-{on.isoformat()}" if cause else again.source_id
        yield again._replace(step_id=step, source_id=source_id)
        became = standing.outcome
        if became is None:
            return
        if became.state is AccountState.COMPLAINED:
            yield from self._authority_tasks(standing, became)
        elif became.state is AccountState.OVERDUE:
            yield from self._refusal_tasks(standing, became)

    def _objection_tasks(self, standing: AccountStatus, became: ObjectionOutcome) -> Iterator[Task]:
        """What an objection that was sent asks for."""
        match standing.state:
            case AccountState.OVERDUE | AccountState.REFUSED:
                yield from self._refusal_tasks(standing, became)
            case AccountState.ASKED_FOR_MORE:
                yield self._question_task(standing, became)
            case AccountState.FILED:
                yield from self._waiting_tasks(standing, became)
                yield self._recheck_task(standing)
            case AccountState.CONFIRMED_ON_SCREEN:
                look = self._mailbox_check_task(standing, became)
                if look is not None and not self._was_extended(became):
                    yield look
                yield self._recheck_task(standing)
            case AccountState.COMPLAINED:
                yield from self._authority_tasks(standing, became)
            case _:
                yield self._recheck_task(standing)

    def _question_task(self, standing: AccountStatus, became: ObjectionOutcome) -> Task:
        """What Meta's question asks for."""
        reply = became.last_reply
        about = reply.text("for") if reply is not None else ""
        if about in WRONG_FORM_REQUESTS:
            return self._task(TaskKind.WRONG_FORM, standing, entry=reply)
        if reply is not None and reply.kind == EventKind.CODE_ASKED:
            return self._task(TaskKind.CODE_ASKED, standing, entry=reply)
        return self._task(TaskKind.ASKED_FOR_ID if about == ID_REQUEST else TaskKind.ANSWER_MORE, standing, entry=reply)

    def _refusal_tasks(self, standing: AccountStatus, became: ObjectionOutcome) -> Iterator[Task]:
        """What a refusal, or a month of silence, asks for; after a letter, to look what came of that."""
        sent = became.last_event(
            EventKind.REMINDED, EventKind.EXTENSION_DISPUTED, EventKind.COMPLAINED_TO_CONTROLLER, EventKind.ANSWERED
        )
        if self._unanswered_complaint(became) is not None:
            return
        if became.state is AccountState.REFUSED:
            reply = became.last_reply
            refused = reply is not None and reply.text("grounds") == NOT_AVAILABLE_GROUNDS
            yield self._task(TaskKind.NOT_AVAILABLE if refused else TaskKind.REFUSED, standing, entry=reply)
        elif (
            sent is not None
            and became.missed_answer_period is not None
            and self._local_day(sent.at) > became.missed_answer_period.last_day
        ):
            on, day = sent.at + REMIND_AFTER, self._local_day(sent.at)
            yield self._task(TaskKind.OVERDUE_REMINDED, standing, on=on, day=day, entry=sent)
        elif became.missed_answer_period is not None:
            what = TaskKind.OVERDUE_EXTENDED if became.missed_answer_period.extension_counts else TaskKind.OVERDUE
            yield self._task(what, standing, day=became.missed_answer_period.last_day)

    def _has_reply_after(self, became: ObjectionOutcome, sent: Event) -> bool:
        """Whether Meta said anything of its own after something was sent to it."""
        return became.last_reply is not None and became.last_reply.at > sent.at

    def _was_extended(self, became: ObjectionOutcome) -> bool:
        """Whether Meta wrote since something was last awaited from it, so that the mailbox holds no first answer."""
        return (
            became.last_reply is not None
            and became.last_reply.kind == EventKind.EXTENDED
            and became.last_reply.at >= became.waiting_since
        )

    def _waiting_tasks(self, standing: AccountStatus, became: ObjectionOutcome) -> Iterator[Task]:
        """While Meta has its time: look for the mail, file again once, remind it, then wait for the end."""
        if went_by_post(became.objection):
            yield from self._letter_waiting_tasks(standing, became)
        elif self._was_extended(became):
            yield from self._answer_due_tasks(standing, became)
        elif look := self._mailbox_check_task(standing, became):
            yield look
        elif (
            became.objection == became.first_objection
            and became.waiting_since == became.objection.at
            and self._is_recent(became)
        ):
            yield self._task(TaskKind.FILE_AGAIN_IN_BROWSER, standing)
        else:
            yield from self._reminder_tasks(standing, became)

    def _is_recent(self, became: ObjectionOutcome) -> bool:
        return became.objection.at + _MAILBOX_CHECKS_END > self._now

    def _mailbox_check_task(self, standing: AccountStatus, became: ObjectionOutcome) -> Task | None:
        """When to look for the mail next; None after the last look in vain, and after a month."""
        look = next_mailbox_check(became.waiting_since, became.mailbox_checked_at)
        if look is None or became.waiting_since + _MAILBOX_CHECKS_END <= self._now:
            return None
        return self._task(TaskKind.LOOK_FOR_MAIL, standing, on=look)

    def _letter_waiting_tasks(self, standing: AccountStatus, became: ObjectionOutcome) -> Iterator[Task]:
        clock = became.current_deadline(PeriodRule.ANSWER)
        if clock is not None and clock.is_receipt_unknown:
            return
        if self._was_extended(became):
            yield from self._answer_due_tasks(standing, became)
        else:
            yield from self._reminder_tasks(standing, became)

    def _reminder_tasks(self, standing: AccountStatus, became: ObjectionOutcome) -> Iterator[Task]:
        """A reminder a week after the objection, or after Meta's question was answered; once it is sent, the end."""
        if became.last_event(EventKind.REMINDED) is None:
            on = self._waiting_start(became) + REMIND_AFTER
            yield self._task(TaskKind.REMIND, standing, on=on, day=self._local_day(became.first_objection.at))
        else:
            yield from self._answer_due_tasks(standing, became)

    def _waiting_start(self, became: ObjectionOutcome) -> datetime:
        """Since when Meta could have answered: what was posted arrived then, its question was answered, or the first filing."""
        if (arrived := arrival_day_of(became.objection)) is not None:
            return self._midnight(arrived)
        return became.first_objection.at if became.waiting_since == became.objection.at else became.waiting_since

    def _answer_due_tasks(self, standing: AccountStatus, became: ObjectionOutcome) -> Iterator[Task]:
        """The day on which Meta's time may have run out."""
        clock = became.current_deadline(PeriodRule.ANSWER)
        if clock is not None and clock.ended_by is None:
            on = self._midnight(clock.may_be_over_from(self._now.date(), self._holiday))
            yield self._task(TaskKind.AWAIT_ANSWER, standing, on=on)

    def _authority_tasks(self, standing: AccountStatus, became: ObjectionOutcome) -> Iterator[Task]:
        """The day to look whether the authority has written: three months after the complaint (GDPR Art. 78(2))."""
        complaint = became.last_event(EventKind.COMPLAINED)
        wrote = became.last_event(EventKind.COMPLAINED, EventKind.AUTHORITY_WROTE)
        clock = next(
            (each for each in became.deadlines if each.rule is PeriodRule.AUTHORITY and each.ended_by is None), None
        )
        if clock is None and wrote is not None and wrote.kind == EventKind.AUTHORITY_WROTE:
            on, day = self._outcome_check_at(wrote.at + _OUTCOME_CHECK_INTERVAL, became), self._local_day(wrote.at)
            yield self._task(TaskKind.AUTHORITY_WROTE, standing, on=on, day=day, entry=wrote)
        elif clock is not None:
            if not any(each == clock for each, _ in became.missed_deadlines):
                on = self._midnight(clock.may_be_over_from(self._now.date(), self._holiday))
                yield self._task(
                    TaskKind.COMPLAINED,
                    standing,
                    on=self._outcome_check_at(on, became),
                    entry=clock.started_by,
                )
        elif complaint is not None:
            on = self._midnight(months_after(self._local_day(complaint.at), _MONTHS_AFTER_COMPLAINT))
            yield self._task(TaskKind.COMPLAINED, standing, on=self._outcome_check_at(on, became), entry=complaint)

    def _recheck_task(self, standing: AccountStatus) -> Task:
        """The yearly look at an objection, or one that terms newer than it ask for earlier."""
        of_terms = next((doubt for doubt in standing.recheck_reasons if doubt.kind == "terms"), None)
        if of_terms is not None and len(standing.recheck_reasons) == 1:
            task = self._task(TaskKind.TERMS_CHANGED, standing, on=of_terms.since)
            return task._replace(text_values={**task.text_values, "date": dates.format_full_day(of_terms.since.date())})
        on = yearly_check_after(standing.last_checked) if standing.last_checked else None
        return self._task(TaskKind.RECHECK, standing, on=on)

    def _step_tasks(self, standing: AccountStatus, only: tuple[str, ...] = ()) -> Iterator[Task]:
        """The first step that is still to be done; where sending was left out there is nothing to confirm."""
        for step in standing.steps:
            if step.state in FINISHED_STEP_STATES or (only and step.id not in only) or step.id == StepId.CONFIRM:
                continue
            yield self._task(TaskKind(step.id), standing)
            return
