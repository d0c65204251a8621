"""How a waiting objection is told in a row: since when, until when, and whether with a time of day."""

from datetime import datetime

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.sentences import describe_state, describe_step
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record


def overview_of(playbook: Playbook, *events: Event) -> Overview:
    return compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name)


def test_waiting_tells_the_time_of_day_only_of_today_and_tomorrow(playbook: Playbook) -> None:
    def waits(filed: datetime, *more: Event) -> str:
        overview = overview_of(playbook, entry("filed", filed), *more)
        [status] = overview.statuses
        step = next(each for each in status.steps if each.id == StepId.REPLY)
        return describe_step(step, status, NOW, task=overview.next_task_for("facebook"))

    looked = entry("answer-missing", NOW)
    assert waits(at(minutes=30)) == "waiting until 10:30"
    assert waits(at(hours=2), looked) == "waiting until 24 Nov, 08:00"
    assert waits(at(1, hours=1), looked) == "waiting until 25 Nov"
    day_alone = NOW.replace(hour=12)
    afternoon = NOW.replace(hour=12, minute=30)
    overview = compute_overview(
        record(account("facebook", entry("filed", day_alone))), playbook, afternoon, public_holiday_name
    )
    [status] = overview.statuses
    step = next(each for each in status.steps if each.id == StepId.REPLY)
    words = describe_step(step, status, afternoon, task=overview.next_task_for("facebook"))
    assert words == "waiting until 23 Nov"


def test_the_state_tells_when_it_was_filed_and_since_when_it_waits(playbook: Playbook) -> None:
    def state(*events: Event) -> str:
        progress = record(account("facebook", *events))
        [status] = compute_overview(progress, playbook, NOW, public_holiday_name).statuses
        return describe_state(status, progress, playbook, NOW)

    asked, answered = entry("more-asked", at(5), **{"for": "reason"}), entry("answered", at(2))
    assert state(entry("filed", at(8)), asked, answered) == "filed 15 Nov, waiting since 21 Nov"
    assert state(entry("filed", at(8))) == "filed, waiting since 15 Nov"
    assert state(entry("filed", at(9)), entry("filed", at(8))) == "filed 14 Nov, again 15 Nov, waiting"
