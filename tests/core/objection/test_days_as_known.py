"""No time, no day and no age is told of an entry of which it is not known."""

import re
from datetime import timedelta

import pytest

from metaoptout_tui.core.case_file.diary import build_case_diary
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.event_sentences import day_of_event, moment_of_event
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.reply_sentences import sent_ago
from metaoptout_tui.core.objection.sentences import describe_state, describe_step
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, entry, record

NOON = NOW.replace(hour=12, minute=0) - timedelta(days=3)
IN_A_MONTH = entry("filed", NOON.replace(month=3, day=31), **{"day-known": "month"})


@pytest.mark.parametrize(
    ("event", "day", "moment"),
    [
        (entry("filed", NOON.replace(hour=14, minute=2)), "20 Nov", "20 Nov, 14:02"),
        (entry("filed", NOON), "20 Nov", "20 Nov"),
        (IN_A_MONTH, "Mar 2026", "Mar 2026"),
    ],
)
def test_when_something_was_is_told_as_exactly_as_it_is_known(event: Event, day: str, moment: str) -> None:
    assert (day_of_event(event, NOW), moment_of_event(event, NOW)) == (day, moment)


def test_an_objection_of_some_day_in_march_has_no_day_and_no_age(playbook: Playbook) -> None:
    progress = record(account("facebook", IN_A_MONTH))
    status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
    steps = [describe_step(step, status, NOW) for step in status.steps]
    told = [*steps, describe_state(status, progress, playbook, NOW), sent_ago(IN_A_MONTH, status, NOW)]
    assert any("Mar 2026" in words for words in told)
    assert not [words for words in told if re.search(r"31|12:00|ago", words)]


def test_a_case_file_tells_the_month_alone(playbook: Playbook) -> None:
    (told,) = build_case_diary(account("facebook", IN_A_MONTH), playbook)
    assert (told.date_text, told.day_text) == ("Mar 2026", "Mar 2026")
    (noon,) = build_case_diary(account("facebook", entry("filed", NOON)), playbook)
    assert noon.date_text == noon.day_text == "20 Nov 2026"
