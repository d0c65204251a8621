"""How current the guidance is, in words."""

from datetime import UTC, datetime, timedelta

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.guidance.watched_page_status import (
    WatchedPageStatus,
    freshness_label,
    page_check_summary,
    page_state_label,
    page_state_sentences,
    sources_changed_sentence,
)

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SEEN = WatchedPageStatus(
    "dpc-statement",
    checked_at=NOW,
    succeeded_at=NOW,
    text_fetched_at=NOW - timedelta(days=22),
    digest="1",
    read_digest="1",
)


@pytest.mark.parametrize(
    ("record", "words", "full"),
    [
        (WatchedPageStatus("x"), "not fetched", "Not fetched yet."),
        (SEEN, "unchanged since 3 Nov", "Unchanged since 3 Nov. Last look: just now."),
        (SEEN._replace(digest="2"), "changed on 3 Nov", "Changed on 3 Nov. Please read what changed."),
        (
            SEEN._replace(current_url="https://ico.org.uk/new"),
            "moved",
            "Moved to https://ico.org.uk/new. Its text is unchanged since 3 Nov.",
        ),
        (
            SEEN._replace(fault="moved", why="https://elsewhere.example/"),
            "moved",
            "Nobody went there. The last good copy, of 3 Nov, is kept.",
        ),
        (
            SEEN._replace(fault="gone", why="410"),
            "gone (410)",
            "There is no such page any more: its server answers 410.",
        ),
        (
            SEEN._replace(fault="unreadable", why="it asks to log in"),
            "cannot be read",
            "It cannot be read: it asks to log in. The last good copy, of 3 Nov, is kept.",
        ),
        (
            WatchedPageStatus("x", checked_at=NOW, fault="failed", why="no answer within 15 seconds"),
            "not reached",
            "It was not reached: no answer within 15 seconds. Nothing is kept.",
        ),
        (
            SEEN._replace(fault="failed", why="busy", not_before=NOW + timedelta(hours=2)),
            "not reached",
            "Its server asks not to be asked again before 25 Nov, 14:00.",
        ),
        (SEEN._replace(fault="failed", why="busy", digest="2"), "not reached", "It differs from what you read."),
    ],
)
def test_every_state_has_its_words(record: WatchedPageStatus, words: str, full: str) -> None:
    assert page_state_label(record, NOW) == words
    assert full in " ".join(page_state_sentences(record, NOW))


def test_the_first_screen_names_what_matters_most(playbook: Playbook) -> None:
    def age(*records: WatchedPageStatus, now: datetime = NOW, expires: str = "") -> str:
        return freshness_label(playbook._replace(expires=expires), {each.id: each for each in records}, now)

    assert age() == "guide of 23 Nov 2026"
    assert age(SEEN) == "guide checked today"
    assert age(SEEN, now=NOW + timedelta(days=1)) == "guide checked yesterday"
    assert age(SEEN, now=NOW - timedelta(days=1)) == "guide checked today"
    a_year_ahead = SEEN._replace(succeeded_at=NOW + timedelta(days=365))
    assert age(a_year_ahead) == "guide of 23 Nov 2026"
    assert age(a_year_ahead, now=NOW + timedelta(days=91)) == "guide not checked for 93 days"
    assert age(SEEN._replace(digest="2")) == "guide: 1 source changed"
    assert age(SEEN._replace(id="left-the-playbook", digest="2")) == "guide checked today"
    assert age(SEEN, now=NOW + timedelta(days=90)) == "guide checked 90 days ago"
    assert age(SEEN, now=NOW + timedelta(days=91)) == "guide not checked for 91 days"
    assert age(now=NOW + timedelta(days=91)) == "guide not checked for 93 days"
    assert age(SEEN._replace(succeeded_at=None), now=NOW + timedelta(days=91)) == "guide not checked for 93 days"
    assert age(SEEN, expires="2026-11-24") == "guide expired 24 Nov 2026"
    assert age(SEEN, expires="2026-11-25") == "guide checked today"


def test_the_words_of_the_first_screen_fit_beside_its_other_half(playbook: Playbook) -> None:
    beside = "Objections: 99 sent · 99 confirmed · 99 to do"
    for days in (0, 1, 60, 90, 91, 4000):
        for expires in ("", "2026-11-24"):
            for record in (SEEN, SEEN._replace(digest="2"), SEEN._replace(succeeded_at=None)):
                in_use = playbook._replace(expires=expires)
                words = freshness_label(in_use, {record.id: record}, NOW + timedelta(days=days))
                assert len(beside) + 2 + len(words) <= 78


def test_a_step_says_whose_page_changed(playbook: Playbook) -> None:
    one, two, three = playbook.pages[:3]
    assert sources_changed_sentence([one]) == "A page that this rests on has changed since you read it: Irish DPC."
    assert sources_changed_sentence([one, two]).endswith("Irish DPC and Verbraucherzentrale.")
    assert sources_changed_sentence([one, two, three]).endswith("Irish DPC, Verbraucherzentrale and 1 more.")


def test_what_came_of_a_look_is_one_sentence() -> None:
    assert page_check_summary([SEEN, SEEN]) == "2 of 2 pages read, none changed."
    assert page_check_summary([SEEN._replace(digest="2"), SEEN._replace(fault="gone")]) == (
        "1 of 2 pages read, 1 changed, 1 not reached or not readable; what was kept of them stays."
    )
