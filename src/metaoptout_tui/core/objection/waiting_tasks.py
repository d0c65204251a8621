"""The tasks while an objection waits for a decision: at every moment there is one with a date.

Periods that no law sets, such as the reminder after a week, are this program's own advice.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from metaoptout_tui.core.objection.authority_tasks import AuthorityTasks
from metaoptout_tui.core.objection.deadlines import Deadline
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.task_maker import (
    MAILBOX_CHECK_DELAYS,
    EitherDayValue,
    TaskMaker,
    has_later_complaint,
    next_mailbox_check,
    unanswered_complaint,
)
from metaoptout_tui.core.objection.tasks import (
    REMIND_AFTER,
    WAIT_AFTER_POST,
    WAIT_FOR_ANSWER,
    Task,
    TaskKind,
    last_day_before,
)
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, arrival_day_of, day_meta_had, went_by_letter, went_by_post
from metaoptout_tui.core.record.vocabulary import (
    ID_REQUEST,
    LINK_REQUEST,
    NOT_AVAILABLE_GROUNDS,
    WRONG_FORM_GROUNDS,
    WRONG_FORM_REQUESTS,
    AccountState,
    PeriodKind,
)

_MAILBOX_CHECKS_END = timedelta(days=30)
_SILENCE = timedelta(days=30)
"""After how long a silence is one where no law sets Meta a time to answer."""
_TASK_BY_GROUNDS = {NOT_AVAILABLE_GROUNDS: TaskKind.NOT_AVAILABLE, WRONG_FORM_GROUNDS: TaskKind.WRONG_FORM}
"""What to do after a refusal with these grounds."""
_TASK_BY_REQUEST = {
    ID_REQUEST: TaskKind.ASKED_FOR_ID,
    **dict.fromkeys(WRONG_FORM_REQUESTS, TaskKind.WRONG_FORM),
}
"""What to do where Meta asks for this."""
_TASK_BY_DEFECT = {"late": TaskKind.EXTENSION_LATE, "unreasoned": TaskKind.EXTENSION_UNREASONED}
"""What to do about an extension that does not count."""
_LAWS_WITH_INQUIRY = frozenset({"gdpr", "uk-gdpr", "fadp"})
"""Laws that set a time for the answer to an inquiry."""


def wait_is_over_at(letter: Event) -> datetime:
    """When to take the next step after a letter that Meta leaves without an answer."""
    return letter.at + (WAIT_AFTER_POST if went_by_post(letter) else WAIT_FOR_ANSWER)


def answer_reaches_meta_at(answer: Event) -> datetime:
    """When Meta has what the person answered to its question: a letter when it arrived, or as long after as letters take here."""
    days = (WAIT_AFTER_POST - WAIT_FOR_ANSWER).days
    return datetime.combine(day_meta_had(answer, days), answer.at.timetz())


def reminder_fits_from(outcome: ObjectionOutcome) -> datetime:
    """From when a reminder fits: a week after the objection, or after Meta had the answer to its question."""
    answer = _answer_waited_on(outcome)
    return (answer_reaches_meta_at(answer) if answer is not None else outcome.first_objection.at) + REMIND_AFTER


def _answer_waited_on(outcome: ObjectionOutcome) -> Event | None:
    """The person's answer to Meta's question since which Meta's answer is awaited; None where it is since the objection."""
    answer = outcome.last_event(EventKind.META_QUESTION_ANSWERED)
    return answer if answer is not None and answer.at == outcome.waiting_since else None


def _is_mail_unlikely(outcome: ObjectionOutcome) -> bool:
    """Whether no mail is likely to come in the first days: those that Meta sends by itself follow its forms, not letters."""
    answer = _answer_waited_on(outcome)
    return went_by_post(answer) if answer is not None else went_by_letter(outcome.newest_objection)


class WaitingTasks:
    """Computes the tasks of an account whose own objection waits."""

    def __init__(self, maker: TaskMaker) -> None:
        self._maker = maker
        self.authority = AuthorityTasks(maker)

    def tasks_of(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """The tasks in a state in which the objection waits."""
        match outcome.state:
            case AccountState.OVERDUE:
                yield from self._overdue_tasks(status, outcome)
            case AccountState.REFUSED:
                yield from self._refusal_tasks(status, outcome)
            case AccountState.ASKED_FOR_MORE:
                yield self._meta_question_task(status, outcome)
            case AccountState.UNDELIVERED:
                reply = outcome.last_reply
                yield self._maker.make(TaskKind.SEND_ANOTHER_WAY, status, due_at=outcome.since, event=reply)
            case AccountState.FILED:
                yield from self._answer_tasks(status, outcome)
            case AccountState.COMPLAINED_TO_AUTHORITY:
                yield from self.authority.waiting_tasks(status, outcome)

    def mailbox_check(self, status: AccountStatus, outcome: ObjectionOutcome) -> Task | None:
        """The next mailbox check; None after the last one, and after a month."""
        check_at = next_mailbox_check(outcome.waiting_since, outcome.mailbox_checked_at)
        if check_at is None or outcome.waiting_since + _MAILBOX_CHECKS_END <= self._maker.now:
            return None
        return self._maker.make(TaskKind.LOOK_FOR_MAIL, status, due_at=check_at)

    def _meta_question_task(self, status: AccountStatus, outcome: ObjectionOutcome) -> Task:
        """The task for a question of Meta."""
        reply = outcome.last_reply
        request = reply.text("for") if reply is not None else ""
        if reply is not None and reply.kind == EventKind.CODE_ASKED:
            kind = TaskKind.LINK_ASKED if request == LINK_REQUEST else TaskKind.CODE_ASKED
        else:
            kind = _TASK_BY_REQUEST.get(request, TaskKind.ANSWER_MORE)
        return self._maker.make(kind, status, due_at=outcome.since, event=reply)

    def _refusal_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """What remains after a refusal; once the person answered it, a check for the outcome.

        A complaint to Meta about it has a task of its own.
        """
        if unanswered_complaint(outcome) is not None:
            return
        reply, answer = outcome.last_reply, outcome.last_event(EventKind.REFUSAL_DISPUTED)
        if answer is not None and reply is not None and answer.at >= reply.at:
            due_at, sentence_day = wait_is_over_at(answer), self._maker.local_day(answer.at)
            yield self._maker.make(
                TaskKind.LETTER_UNANSWERED, status, due_at=due_at, sentence_day=sentence_day, event=answer
            )
        else:
            kind = _TASK_BY_GROUNDS.get(reply.text("grounds") if reply is not None else "", TaskKind.REFUSED)
            yield self._maker.make(kind, status, due_at=outcome.since, event=reply)

    def _overdue_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """After a missed deadline: write or complain; after a letter about it, a check for its outcome, then complain."""
        period = outcome.missed_answer_period
        if period is None or unanswered_complaint(outcome) is not None:
            return
        if defect_task := self._extension_task(status, outcome, since=self._maker.day_after(period)):
            yield defect_task
            return
        sent = outcome.last_event(
            EventKind.REMINDED,
            EventKind.EXTENSION_DISPUTED,
            EventKind.COMPLAINED_TO_META,
            EventKind.META_QUESTION_ANSWERED,
        )
        if sent is not None and self._maker.local_day(sent.at) > period.last_possible_day:
            due_at, sentence_day = wait_is_over_at(sent), self._maker.local_day(sent.at)
            yield self._maker.make(
                TaskKind.LETTER_UNANSWERED, status, due_at=due_at, sentence_day=sentence_day, event=sent
            )
        else:
            kind = TaskKind.OVERDUE_EXTENDED if period.extension_counts else TaskKind.OVERDUE
            yield self._maker.make(
                kind, status, due_at=self._maker.day_after(period), sentence_day=period.last_possible_day
            )

    def _extension_task(self, status: AccountStatus, outcome: ObjectionOutcome, *, since: datetime) -> Task | None:
        """The letter about an extension that does not count, due at `since`; None once it was sent, and without one."""
        deadline = outcome.current_deadline(PeriodKind.ANSWER)
        extension = deadline.extended_by if deadline is not None else None
        period = self._maker.period_of(deadline) if deadline is not None and extension is not None else None
        if period is None or extension is None or not period.extension_defect:
            return None
        disputed = outcome.last_event(EventKind.EXTENSION_DISPUTED)
        if disputed is not None and disputed.at >= extension.at:
            return None
        kind = _TASK_BY_DEFECT[period.extension_defect]
        sentence_day = self._maker.local_day(extension.at)
        return self._maker.make(
            kind, status, due_at=max(since, extension.at), sentence_day=sentence_day, event=extension
        )

    def _answer_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """While the answer is awaited: check the mailbox, file again once, remind Meta, then wait for the end."""
        reply = outcome.last_reply
        is_extended = reply is not None and reply.kind == EventKind.EXTENDED and reply.at >= outcome.waiting_since
        deadline = outcome.current_deadline(PeriodKind.ANSWER)
        undecided = outcome.reply_awaiting_decision
        if undecided is not None and undecided.kind == EventKind.MAIL_LOST:
            yield from self._lost_mail_tasks(status, outcome, undecided)
        elif undecided is not None:
            yield from self._answer_due_tasks(status, outcome)
        elif is_extended:
            if defect_task := self._extension_task(status, outcome, since=outcome.waiting_since):
                yield defect_task
            yield from self._answer_due_tasks(status, outcome)
        elif _is_mail_unlikely(outcome):
            # The question when it arrived is a task of its own.
            if deadline is None or deadline.ended_by is not None or not deadline.is_arrival_unreported:
                yield from self._reminder_tasks(status, outcome)
        elif mailbox_check := self.mailbox_check(status, outcome):
            yield mailbox_check
        elif (
            outcome.newest_objection == outcome.first_objection
            and outcome.waiting_since == outcome.newest_objection.at
            and outcome.newest_objection.at + _MAILBOX_CHECKS_END > self._maker.now
        ):
            due_at = outcome.mailbox_checked_at or outcome.newest_objection.at + MAILBOX_CHECK_DELAYS[-1]
            yield self._maker.make(TaskKind.FILE_AGAIN_IN_BROWSER, status, due_at=due_at)
        else:
            yield from self._reminder_tasks(status, outcome)

    def _lost_mail_tasks(self, status: AccountStatus, outcome: ObjectionOutcome, mail: Event) -> Iterator[Task]:
        """Look for a mail whose words nobody knows, or ask Meta; once that was asked, wait for the answer."""
        if outcome.last_event(EventKind.INQUIRY_SENT) is None:
            yield self._maker.make(TaskKind.MAIL_LOST, status, due_at=mail.at, event=mail)
        else:
            yield from self._silence_tasks(status, outcome)

    def _reminder_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """A reminder a week after the objection, or the answer to Meta's question; once it is sent, wait for the end.

        Where no law sets Meta a time to answer, a longer silence is for more than a reminder.
        """
        start = self._waiting_start(outcome)
        is_long_silence = not self._has_running_answer_period(outcome) and start + _SILENCE <= self._maker.now
        if outcome.last_event(EventKind.REMINDED) is None and not is_long_silence:
            sentence_day = self._maker.day_of(outcome.first_objection)
            yield self._maker.make(TaskKind.REMIND, status, due_at=start + REMIND_AFTER, sentence_day=sentence_day)
        else:
            yield from self._answer_due_tasks(status, outcome)

    def _waiting_start(self, outcome: ObjectionOutcome) -> datetime:
        """Since when Meta could have answered: a letter's arrival, the answer to its question, or the first objection."""
        if (answer := _answer_waited_on(outcome)) is not None:
            return answer_reaches_meta_at(answer)
        deadline = outcome.current_deadline(PeriodKind.ANSWER)
        if (arrived := arrival_day_of(outcome.newest_objection)) is not None:
            return self._maker.midnight(arrived)
        if deadline is not None and deadline.is_receipt_assumed:
            return self._maker.midnight(deadline.receipt.day)
        return (
            outcome.first_objection.at
            if outcome.waiting_since == outcome.newest_objection.at
            else outcome.waiting_since
        )

    def _has_running_answer_period(self, outcome: ObjectionOutcome) -> bool:
        deadline = outcome.current_deadline(PeriodKind.ANSWER)
        return deadline is not None and deadline.ended_by is None

    def _answer_due_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """The day on which Meta's time may have run out, or what to do about its silence where no law sets one."""
        deadline = outcome.current_deadline(PeriodKind.ANSWER)
        if deadline is not None and deadline.ended_by is None:
            yield self._await_answer_task(status, deadline)
        elif unanswered_complaint(outcome) is None:
            yield from self._silence_tasks(status, outcome)

    def _await_answer_task(self, status: AccountStatus, deadline: Deadline) -> Task:
        """The task to wait until Meta's time is over; where two days may be its last, both are named."""
        task = self._maker.make(TaskKind.AWAIT_ANSWER, status, due_at=self._maker.may_be_over_from(deadline))
        if deadline.later_end is None or (due_at := task.due_at) is None:
            return task
        days = EitherDayValue(deadline.earliest_end, last_day_before(due_at), self._maker.now.date())
        return task._replace(text_values={**task.text_values, "last": days})

    def _silence_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """Where no law sets a time to answer: ask about one's data where a law sets one for that, then see what remains."""
        inquiry = outcome.current_deadline(PeriodKind.INQUIRY)
        if inquiry is not None and inquiry.ended_by is None and not has_later_complaint(status, inquiry):
            return  # that it is awaited, or was missed, is a task of its own
        start, sent = (
            self._waiting_start(outcome),
            outcome.last_event(EventKind.REMINDED, EventKind.META_QUESTION_ANSWERED),
        )
        asked = outcome.last_event(EventKind.INQUIRY_SENT)
        if asked is None and status.objection_law in _LAWS_WITH_INQUIRY:
            due_at = max(start + _SILENCE, wait_is_over_at(sent)) if sent is not None else start + _SILENCE
            yield self._maker.make(TaskKind.SEND_INQUIRY, status, due_at=due_at)
            return
        moves = [event for event in (sent, asked, outcome.last_reply) if event is not None]
        since = max([start, *(event.at for event in moves)])
        days = (self._maker.day_of(event) for event in (*moves, outcome.first_objection) if event.at == since)
        sentence_day = next(days, self._maker.local_day(since))
        yield self._maker.make(TaskKind.SILENT_NO_PERIOD, status, due_at=since + _SILENCE, sentence_day=sentence_day)
