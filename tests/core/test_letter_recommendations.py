"""Which letters fit how an account stands."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.letter_recommendations import recommend_letters
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.documents.letters import letter_ids_for
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(90))


def fitting(playbook: Playbook, *events: Event, country: str = "NL") -> list[str]:
    """The letters that fit and exist under the person's law, without those that always fit."""
    progress = record(account("facebook", *events), country=country)
    status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
    periods = tuple(
        period for deadline in status.deadlines if (period := deadline.legal_period(public_holiday_name)) is not None
    )
    found = recommend_letters(status, periods, NOW)
    assert all(reason.endswith(".") for reason in found.values())
    return [id for id in found if id in letter_ids_for(status.region.law) and id not in ("friends", "debunk")]


@pytest.mark.parametrize(
    ("events", "country", "letters"),
    [
        ([FILED], "NL", ["reminder", "complaint"]),
        ([FILED, entry("reminded", at(20))], "NL", ["complaint", "reminder"]),
        ([FILED, entry("reminded", at(20))], "GB", ["complaint-to-meta", "reminder"]),
        ([entry("filed", at(10))], "NL", ["reminder"]),
        ([FILED, entry("code-asked", at(89))], "NL", ["objection"]),
        ([FILED, entry("extended", at(80), reasons="none")], "NL", ["unreasoned-extension", "reminder", "complaint"]),
        ([FILED, entry("extended", at(50))], "NL", ["late-extension", "reminder", "complaint"]),
        ([FILED, entry("extended", at(80), reasons="given")], "NL", ["reminder"]),
        ([entry("filed", at(20)), entry("more-asked", at(10), for_="id")], "NL", ["identity", "objection"]),
        ([entry("filed", at(20)), entry("more-asked", at(10), for_="reason")], "NL", ["objection"]),
        ([FILED, entry("refused", at(80), grounds="none")], "NL", ["refusal-answer", "complaint", "objection"]),
        ([FILED, entry("refused", at(80))], "GB", ["refusal-answer", "complaint-to-meta", "objection"]),
        ([FILED, entry("refused", at(80))], "CH", ["refusal-answer", "complaint-ch", "objection"]),
        ([FILED], "CH", ["reminder", "asked-applied"]),
        ([FILED, entry("asked-applied", at(40))], "CH", ["reminder", "complaint-ch"]),
        ([FILED, entry("confirmed-by-mail", at(80))], "NL", ["asked-applied"]),
        ([FILED, entry("refused", at(80), grounds="wrong-form")], "NL", ["objection"]),
        ([FILED, entry("confirmed-on-screen", at(89))], "NL", ["reminder", "complaint"]),
        ([FILED, entry("will-be-reviewed", at(89))], "NL", ["reminder", "complaint"]),
        (
            [FILED, entry("complained", at(30)), entry("confirmed-by-mail", at(5))],
            "NL",
            ["meta-gave-in", "asked-applied"],
        ),
        (
            [
                FILED,
                entry("complained", at(30)),
                entry("confirmed-by-mail", at(5)),
                entry("authority-told", at(4)),
            ],
            "NL",
            ["asked-applied"],
        ),
    ],
)
def test_which_letters_fit(playbook: Playbook, events: list[Event], country: str, letters: list[str]) -> None:
    assert fitting(playbook, *events, country=country) == letters
