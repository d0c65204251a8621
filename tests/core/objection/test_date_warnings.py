"""A date in a file that cannot be right gets a sentence, so that a typing error does not count in silence."""

from datetime import datetime

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.event_sentences import date_warnings
from metaoptout_tui.core.record.event_ids import new_event_id
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
        # Where one lived, and since when an account is lost or linked, can be older than what Meta offers.
        (entry("country-changed", at(7 * 365), from_="IE", to="GB"), FILED),
        (entry("log-in", at(4 * 365), **{"log-in": "hacked"}), FILED),
    ],
)
def test_dates_that_can_be_are_not_spoken_of(playbook: Playbook, events: tuple[Event, ...]) -> None:
    assert date_warnings(record(account("facebook", *events)), playbook, NOW) == ()


def test_a_date_put_right_is_not_spoken_of_any_more(playbook: Playbook) -> None:
    refused = entry("refused", at(25))
    corrected = entry("date-corrected", at(0), entry=refused.id, to=at(15))
    assert date_warnings(record(account("facebook", FILED, refused, corrected)), playbook, NOW) == ()


def written_at(when: datetime, kind: str, at: datetime) -> Event:
    return entry(kind, at)._replace(id=new_event_id(when, bytes(10)))


def test_a_clock_that_is_behind_the_newest_entry_is_said_once_and_no_date_is_called_wrong(playbook: Playbook) -> None:
    ahead = [written_at(at(-days), "filed", at(-days)) for days in (30, 40)]
    typed = entry("noted", at(-500), step="open", text="x")._replace(id=new_event_id(at(3), bytes(10)))
    told = date_warnings(record(*(account(f"facebook-{n}", one) for n, one in enumerate(ahead))), playbook, NOW)
    assert " ".join(told) == (
        "This computer's clock says 23 Nov 2026, and your newest entry was written on 2 Jan 2027. Set the clock right: "
        "until then nothing later than the clock counts. Only if the clock is right are dates in the diary wrong."
    )
    told = date_warnings(record(account("facebook", *ahead, typed)), playbook, NOW)
    assert len(told) == 2
    assert "is dated 6 Apr 2028, which is still to come" in told[1]


def test_once_the_dates_of_a_clock_that_was_ahead_are_put_right_nothing_is_said(playbook: Playbook) -> None:
    filed = written_at(at(-30), "filed", at(-30))
    corrected = entry("date-corrected", at(0), entry=filed.id, to=at(2))._replace(id=new_event_id(at(-30), b"z" * 10))
    assert date_warnings(record(account("facebook", filed, corrected)), playbook, NOW) == ()


def test_a_clock_a_few_hours_behind_is_not_spoken_of(playbook: Playbook) -> None:
    filed = written_at(at(0, hours=-5), "filed", at(0, hours=-5))
    assert date_warnings(record(account("facebook", filed)), playbook, NOW) == ()


@pytest.mark.parametrize("behind", [365, 10 * 365, 56 * 365])
def test_a_clock_that_is_behind_this_program_is_said_before_anything_is_recorded(
    playbook: Playbook, behind: int
) -> None:
    (said,) = date_warnings(record(account("facebook")), playbook, at(behind))
    assert said.startswith("This computer's clock says ")
    assert "which is before this program was written. Set the clock right before you record anything" in said


def test_of_a_clock_that_is_behind_the_newest_entry_too_one_sentence_is_said(playbook: Playbook) -> None:
    filed = written_at(at(3), "filed", at(3))
    (said,) = date_warnings(record(account("facebook", filed)), playbook, at(365))
    assert "your newest entry was written on 20 Nov 2026" in said
