"""The tasks of a complaint to an authority: what its last letter asks of the person, else when to look again."""

from collections.abc import Iterator
from datetime import date, datetime

from metaoptout_tui.core.objection.legal_periods import months_after
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.task_maker import OUTCOME_CHECK_INTERVAL, TaskMaker, is_missed
from metaoptout_tui.core.objection.tasks import Task, TaskKind
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import (
    ANSWER_BY,
    AUTHORITY_AMICABLE,
    AUTHORITY_ASKS,
    AUTHORITY_DECIDED,
    AUTHORITY_RECEIVED,
    AUTHORITY_REJECTED,
    AUTHORITY_SAYS,
    AccountState,
    PeriodKind,
)

_MONTHS_AFTER_COMPLAINT = 3
_TASK_BY_LETTER = {
    AUTHORITY_ASKS: TaskKind.AUTHORITY_ASKS,
    AUTHORITY_AMICABLE: TaskKind.AUTHORITY_AMICABLE,
    AUTHORITY_REJECTED: TaskKind.AUTHORITY_REJECTED,
    AUTHORITY_DECIDED: TaskKind.AUTHORITY_DECIDED,
}
"""What to do after a letter that says this and sets no day."""
_COURSE = (
    EventKind.COMPLAINED_TO_AUTHORITY,
    EventKind.AUTHORITY_WROTE,
    EventKind.AUTHORITY_ANSWERED,
    EventKind.AUTHORITY_ASKED,
    EventKind.AUTHORITY_TOLD,
)


class AuthorityTasks:
    """Computes what an authority's letters ask for, and when to look again."""

    def __init__(self, maker: TaskMaker) -> None:
        self._maker = maker

    def letter_tasks(self, status: AccountStatus, outcome: ObjectionOutcome) -> Iterator[Task]:
        """What the last letter of the authority asks of the person, however Meta has decided since."""
        letter = outcome.last_event(*_COURSE)
        if letter is None or letter.kind != EventKind.AUTHORITY_WROTE or outcome.state is AccountState.CLOSED:
            return
        says, set_day = letter.text(AUTHORITY_SAYS.name), letter.fields.get(ANSWER_BY.name)
        if isinstance(set_day, date):
            yield self._letter_task(TaskKind.AUTHORITY_SETS_DAY, status, outcome, letter, set_day)
        elif kind := _TASK_BY_LETTER.get(says):
            yield self._letter_task(kind, status, outcome, letter)

    def _letter_task(
        self, kind: TaskKind, status: AccountStatus, outcome: ObjectionOutcome, letter: Event, day: date | None = None
    ) -> Task:
        """A task that is due since the letter came; its sentence has the day that the letter sets, else that of the letter."""
        due_at = letter.at
        if day is None and kind in (TaskKind.AUTHORITY_REJECTED, TaskKind.AUTHORITY_DECIDED):
            due_at = self._maker.outcome_check_at(letter.at, outcome)
        sentence_day = day or self._maker.local_day(letter.at)
        return self._maker.make(kind, status, due_at=due_at, sentence_day=sentence_day, event=letter)

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
        last = outcome.last_event(*_COURSE)
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


def _is_waiting_for_first_word(last: Event) -> bool:
    """Whether the authority said nothing but that it has the complaint."""
    is_receipt = last.kind == EventKind.AUTHORITY_WROTE and last.text(AUTHORITY_SAYS.name) == AUTHORITY_RECEIVED
    return is_receipt or last.kind == EventKind.COMPLAINED_TO_AUTHORITY
