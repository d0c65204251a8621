"""What a step tells of its account: how the objection stands, the person's notes, statements and menu paths."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.sentences import outcome_sentence
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.events import Event
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(20))


def status_of(playbook: Playbook, one: Account) -> AccountStatus:
    return compute_overview(record(one), playbook, NOW, lambda *_: "").statuses[0]


@pytest.mark.parametrize(
    ("events", "beginning", "is_dated"),
    [
        ((FILED, entry("refused", at(3))), "How it stands: refused", True),
        ((FILED, entry("extended", at(3))), "What came (20 Nov): Meta says that it takes longer", True),
        ((entry("filed", at(60)),), "How it stands: no answer", False),
    ],
    ids=["the state", "the reply while it waits", "a missed deadline has no day of its own"],
)
def test_the_outcome_is_one_sentence_with_its_day(
    playbook: Playbook, events: tuple[Event, ...], beginning: str, *, is_dated: bool
) -> None:
    status, one = status_of(playbook, account("facebook", *events)), account("facebook", *events)
    sentence = outcome_sentence(status, record(one), playbook, NOW)
    assert sentence.startswith(beginning)
    assert sentence.endswith(".")
    assert ("(20 Nov)" in sentence) is is_dated


def test_a_note_stands_at_its_step_and_one_to_a_reply_where_replies_are(playbook: Playbook) -> None:
    to_step = entry("noted", at(9), step="submit", text="Used the laptop")
    to_reply = entry("refused", at(3), note="From Anna at Meta")
    status = status_of(playbook, account("facebook", FILED, to_step, to_reply))
    assert status.notes_at("submit") == (to_step,)
    assert status.notes_at("confirm") == (to_reply,)
    assert status.notes_at("open") == ()


def test_the_statements_of_a_role_are_those_of_step_platform_and_region(playbook: Playbook) -> None:
    guidance = ApplicableGuidance(playbook, status_of(playbook, account("facebook")), "submit")
    statements = guidance.statements_of_role("do")
    assert statements
    assert {statement.role for statement in statements} == {"do"}
    assert statements == playbook.statements_for(role="do", step="submit", platform="facebook", region="eea")


def test_a_review_point_has_the_menu_paths_of_its_name(playbook: Playbook) -> None:
    guidance = ApplicableGuidance(playbook, status_of(playbook, account("whatsapp")), "review")
    named = {
        point.id: guidance.menu_paths(point.id) for point in playbook.points_for(platform="whatsapp", region="eea")
    }
    assert any(named.values())
    for id, paths in named.items():
        assert {path.id.rpartition("-")[2] for path in paths} <= {id.removeprefix("whatsapp.")}
        assert all(path in guidance.menu_paths() for path in paths)


def test_only_whatsapp_has_chats_to_scan(playbook: Playbook) -> None:
    scannable = [platform.id for platform in playbook.platforms if account(platform.id).has_chats_to_scan]
    assert scannable == ["whatsapp"]


def test_the_next_review_point_is_the_first_open_one_from_where_the_person_is(playbook: Playbook) -> None:
    points = [
        point.id
        for point in ApplicableGuidance(playbook, status_of(playbook, account("whatsapp")), "review").review_points
    ]

    def next_open(answered: list[str], point_id: str) -> str | None:
        answers = [entry("review-answered", at(1), point=id, answer="no") for id in answered]
        review = ApplicableGuidance(playbook, status_of(playbook, account("whatsapp", *answers)), "review")
        point = review.open_point_from(point_id)
        return point.id if point is not None else None

    assert next_open([], "") == points[0]
    assert next_open(points[:1], points[0]) == points[1]
    assert next_open([points[1]], points[1]) == points[2]
    assert next_open(points[1:], points[-1]) == points[0]
    assert next_open([points[0]], "gone") == points[1]
    assert next_open(points, points[0]) is None
