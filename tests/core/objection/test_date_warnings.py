"""A date in a file that cannot be right gets a sentence, so that a typing error does not count in silence."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.sentences import date_warnings
from metaoptout_tui.core.record.events import Event
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(20))


@pytest.mark.parametrize(
    ("events", "warning"),
    [
        ((entry("filed", at(-40)),), "is dated 2 Jan 2027, which is still to come."),
        ((entry("filed", at(3 * 365)),), "is dated 24 Nov 2023. Meta offered no way to object before 2024;"),
        ((entry("noted", at(3 * 365), step="open", text="x"), FILED), "is dated 24 Nov 2023."),
        ((FILED, entry("refused", at(25))), "is dated 29 Oct 2026, before what it can be about (3 Nov 2026)."),
        ((FILED, entry("reminded", at(25))), "is dated 29 Oct 2026, before what it can be about (3 Nov 2026)."),
        ((entry("extended", at(5)),), "belongs to an objection, and none is in the diary."),
        ((entry("extended", at(9)), entry("asked-applied", at(5))), "before what it can be about (18 Nov 2026)."),
    ],
)
def test_a_date_that_cannot_be_right_is_said(playbook: Playbook, events: tuple[Event, ...], warning: str) -> None:
    (said,) = date_warnings(record(account("facebook", *events)), playbook, NOW)
    assert said.startswith("Facebook “Anna”: “")
    assert warning in said


@pytest.mark.parametrize(
    "events",
    [
        (FILED, entry("refused", at(20))),
        (FILED, entry("extended", at(5)), entry("complained", at(0))),
        (entry("asked-applied", at(9)), entry("refused", at(5))),
        (entry("account-added", at(400)), entry("step-done", at(30), step="identify"), FILED),
    ],
)
def test_dates_that_can_be_are_not_spoken_of(playbook: Playbook, events: tuple[Event, ...]) -> None:
    assert date_warnings(record(account("facebook", *events)), playbook, NOW) == ()


def test_a_date_put_right_is_not_spoken_of_any_more(playbook: Playbook) -> None:
    refused = entry("refused", at(25))
    corrected = entry("date-corrected", at(0), entry=refused.id, to=at(15))
    assert date_warnings(record(account("facebook", FILED, refused, corrected)), playbook, NOW) == ()
