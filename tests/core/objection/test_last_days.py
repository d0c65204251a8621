"""The last day of a period is the same one wherever people read until when to wait."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.coverage_table import describe_task_briefly
from metaoptout_tui.core.objection.deadline_sentences import deadline_end_text
from metaoptout_tui.core.objection.farewell import farewell
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.sentences import describe_step, task_sentence
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(9))
RECEIVED = entry("will-be-reviewed", at(4))


@pytest.mark.parametrize("events", [(FILED, RECEIVED, entry("reminded", at(0))), (FILED, RECEIVED)])
def test_who_waits_for_meta_reads_one_last_day_everywhere(playbook: Playbook, events: tuple[Event, ...]) -> None:
    progress = record(account("facebook", *events))
    overview = compute_overview(progress, playbook, NOW, public_holiday_name)
    status, task = overview.statuses[0], overview.next_task
    step = status.step(StepId.REPLY)
    deadline = next(each for each in status.deadlines if each.ended_by is None)
    period = deadline.legal_period(public_holiday_name)
    assert task is not None
    assert task.kind == "await-answer"
    assert step is not None
    assert period is not None
    end = deadline_end_text(period, NOW.date(), None)
    day = end.removeprefix("until ")
    assert day != end
    assert describe_step(step, status, NOW, task=task, with_time=True).endswith(end)
    assert task_sentence(task, playbook).endswith(end)
    assert describe_task_briefly(task, NOW) == f"wait for Meta, {day}"
    assert farewell(Record(), progress, overview, playbook, "f").endswith(f"{end}.")
