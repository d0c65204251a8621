"""The tasks of a complaint to an authority: what its last letter asks of the person, else when to look again."""

from collections.abc import Iterator
from datetime import date, datetime

from metaoptout_tui.core.objection.legal_periods import months_after
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.named_days import COURSE_OF_COMPLAINT, named_day_of
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.task_maker import OUTCOME_CHECK_INTERVAL, TaskMaker, is_missed
from metaoptout_tui.core.objection.tasks import Task, TaskKind
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import (
    AFTER_DECISION,
    AUTHORITY_AMICABLE,
    AUTHORITY_ASKS,
    AUTHORITY_DECIDED,
    AUTHORITY_RECEIVED,
    AUTHORITY_REJECTED,
    AUTHORITY_SAYS,
    AUTHORITY_UPHELD,
    CONFIRMED_STATES,
    NO_DAY_NAMED,
    TOOK_ADVICE,
    WENT_TO_COURT,
    AccountState,
    PeriodKind,
)

_MONTHS_AFTER_COMPLAINT = 3
_TASK_BY_LETTER = {AUTHORITY_ASKS: TaskKind.AUTHORITY_ASKS, AUTHORITY_AMICABLE: TaskKind.AUTHORITY_AMICABLE}
"""What to do after a letter that says this and sets no day."""
_TASK_BY_DECISION = {
    AUTHORITY_REJECTED: TaskKind.AUTHORITY_REJECTED,
    AUTHORITY_DECIDED: TaskKind.AUTHORITY_DECIDED,
}
"""What to do after a decision whose letter names no day."""
_TURNS = (TOOK_ADVICE, WENT_TO_COURT)
"""What the person did about the decision. Only going to court ends the day that the letter names: advice does not."""


class AuthorityTasks:
    """Computes what an authority's letters ask for, and when to look again."""

    def __init__(self, maker: TaskMaker) -> None:
        self._maker = maker

    def letter_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """What the last letter of the authority asks of the person, however Meta has decided since."""
        if (decision := outcome.decision_of_authority) is not None:
            yield from self._decision_tasks(status, outcome, decision)
            return
        letter = outcome.last_event(*COURSE_OF_COMPLAINT)
        if letter is None or letter.kind != EventKind.AUTHORITY_WROTE or outcome.state is AccountState.CLOSED:
            return
        if (named := named_day_of(outcome)) is not None:
            kind = TaskKind.AUTHORITY_DAY_OVER if named.day < self._today else TaskKind.AUTHORITY_SETS_DAY
            yield self._maker.make(kind, status, due_at=letter.at, sentence_day=named.day, event=letter)
        elif kind_of_letter := _TASK_BY_LETTER.get(letter.text(AUTHORITY_SAYS.name)):
            sentence_day = self._maker.local_day(letter.at)
            yield self._maker.make(kind_of_letter, status, due_at=letter.at, sentence_day=sentence_day, event=letter)

    @property
    def _today(self) -> date:
        return self._maker.now.date()

    def _decision_tasks(self, status: AccountStatus, outcome: ObjectionOutcome, decision: Event) -> Iterator[Task]:
        """After a decision against the person: act by the day that its letter names, or look for one; then what became of it.

        After one for them: whether Meta acted.

        Where Meta gave in, only a day that is known is told, so that nobody misses it unawares.
        """
        steps = outcome.steps_after_decision
        last = next((step for step in reversed(steps) if step.text(AFTER_DECISION.name) in _TURNS), None)
        if (named := named_day_of(outcome)) is not None:
            kind = TaskKind.DECISION_DAY if last is None else TaskKind.AFTER_ADVICE_DAY
            if named.day < self._today:
                kind = TaskKind.DECISION_DAY_OVER
            yield self._maker.make(kind, status, due_at=decision.at, sentence_day=named.day, event=decision)
        elif last is not None:
            if outcome.state not in CONFIRMED_STATES:
                yield self._followed_decision_task(status, outcome, last)
        elif outcome.state in CONFIRMED_STATES:
            return
        elif decision.text(AUTHORITY_SAYS.name) == AUTHORITY_UPHELD:
            yield self._upheld_task(status, outcome, decision)
        else:
            is_asked = any(step.text(AFTER_DECISION.name) == NO_DAY_NAMED for step in steps)
            kind = _TASK_BY_DECISION[decision.text(AUTHORITY_SAYS.name)] if is_asked else TaskKind.DECISION_DAY_UNKNOWN
            # A day that its letter may name runs: looking for it does not wait because nothing else came.
            due_at = self._maker.outcome_check_at(decision.at, outcome) if is_asked else decision.at
            sentence_day = self._maker.local_day(decision.at)
            yield self._maker.make(kind, status, due_at=due_at, sentence_day=sentence_day, event=decision)

    def _upheld_task(self, status: AccountStatus, outcome: ObjectionOutcome, decision: Event) -> Task:
        """After a decision for the person: whether Meta acted, a month later; if it did not, to tell the authority.

        Once that was told, whether the authority wrote again.
        """
        told = told_after_decision(outcome)
        if told is not None:
            due_at = self._maker.outcome_check_at(told.at + OUTCOME_CHECK_INTERVAL, outcome)
            sentence_day = self._maker.local_day(told.at)
            return self._maker.make(
                TaskKind.AUTHORITY_WROTE, status, due_at=due_at, sentence_day=sentence_day, event=told
            )
        due_at, checked_at = decision.at + OUTCOME_CHECK_INTERVAL, outcome.mailbox_checked_at
        is_ignored = checked_at is not None and checked_at >= due_at
        kind = TaskKind.DECISION_IGNORED if is_ignored else TaskKind.AUTHORITY_UPHELD
        return self._maker.make(kind, status, due_at=due_at, event=decision)

    def _followed_decision_task(self, status: AccountStatus, outcome: ObjectionOutcome, last: Event) -> Task:
        """What became of the court, or of the advice where no day is known: asked after a month."""
        kind = TaskKind.IN_COURT if last.text(AFTER_DECISION.name) == WENT_TO_COURT else TaskKind.AFTER_ADVICE
        due_at = self._maker.outcome_check_at(last.at + OUTCOME_CHECK_INTERVAL, outcome)
        return self._maker.make(kind, status, due_at=due_at, sentence_day=self._maker.local_day(last.at), event=last)

    def moment_after_silence(self, over_from: datetime, outcome: ObjectionOutcome | None) -> datetime:
        """When to go on after an authority's silence; a month later where the person asked it how the complaint stands."""
        asked = outcome.last_event(EventKind.AUTHORITY_ASKED) if outcome is not None else None
        if asked is not None and asked.at >= over_from:
            over_from = asked.at + OUTCOME_CHECK_INTERVAL
        return self._maker.outcome_check_at(over_from, outcome)

    def waiting_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """While a complaint waits: what the authority's letter asks, else when to see whether it wrote."""
        letter_tasks = tuple(self.letter_tasks(status, outcome))
        if letter_tasks:
            yield from letter_tasks
            return
        last = outcome.last_event(*COURSE_OF_COMPLAINT)
        deadline = next(
            (each for each in outcome.deadlines if each.kind is PeriodKind.AUTHORITY and each.ended_by is None), None
        )
        if deadline is not None:
            # Once it was missed, that is a task of its own.
            if not is_missed(outcome, deadline):
                due_at = self._maker.outcome_check_at(self._maker.may_be_over_from(deadline), outcome)
                yield self._maker.make(
                    TaskKind.COMPLAINED_TO_AUTHORITY, status, due_at=due_at, event=deadline.started_by
                )
        elif last is not None and not _is_waiting_for_first_word(last):
            due_at = self._maker.outcome_check_at(last.at + OUTCOME_CHECK_INTERVAL, outcome)
            sentence_day = self._maker.local_day(last.at)
            yield self._maker.make(
                TaskKind.AUTHORITY_WROTE, status, due_at=due_at, sentence_day=sentence_day, event=last
            )
        elif (complaint := outcome.last_event(EventKind.COMPLAINED_TO_AUTHORITY)) is not None:
            due_at = self._maker.midnight(months_after(self._maker.local_day(complaint.at), _MONTHS_AFTER_COMPLAINT))
            due_at = self._maker.outcome_check_at(due_at, outcome)
            yield self._maker.make(TaskKind.COMPLAINED_TO_AUTHORITY, status, due_at=due_at, event=complaint)


def reasons_after_decision(status: AccountStatus) -> frozenset[str] | None:
    """What the authority decided, as the diary holds it, and whether Meta had refused; None where it decided nothing."""
    outcome = status.outcome
    decision = outcome.decision_of_authority if outcome is not None else None
    if outcome is None or decision is None:
        return None
    refused = {str(AccountState.REFUSED)} if outcome.last_event(EventKind.REFUSED) is not None else set()
    return frozenset({decision.text(AUTHORITY_SAYS.name), *refused})


def _is_waiting_for_first_word(last: Event) -> bool:
    """Whether the authority said nothing but that it has the complaint."""
    is_receipt = last.kind == EventKind.AUTHORITY_WROTE and last.text(AUTHORITY_SAYS.name) == AUTHORITY_RECEIVED
    return is_receipt or last.kind == EventKind.COMPLAINED_TO_AUTHORITY


def told_after_decision(outcome: ObjectionOutcome) -> Event | None:
    """What the person wrote to the authority after its decision, such as that Meta does not act on it; None for nothing."""
    decision = outcome.decision_of_authority
    told = outcome.last_event(EventKind.AUTHORITY_ANSWERED, EventKind.AUTHORITY_ASKED)
    return told if decision is not None and told is not None and told.at >= decision.at else None
