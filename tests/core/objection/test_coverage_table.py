"""What covers each account, and where there is a hole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.coverage_summary import summarize_coverage
from metaoptout_tui.core.objection.coverage_table import (
    CoverageFilter,
    CoverageRow,
    coverage_rows_of,
    describe_cover,
    describe_gaps,
    describe_task_briefly,
    filter_rows,
)
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.sentences import describe_state, describe_state_briefly
from metaoptout_tui.core.objection.tasks import TASK_KINDS, TaskKind
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record


def seen(progress: Record, playbook: Playbook) -> Overview:
    return compute_overview(progress, playbook, NOW, public_holiday_name)


def row(progress: Record, playbook: Playbook, id: str) -> CoverageRow:
    return next(each for each in coverage_rows_of(seen(progress, playbook)) if each.account.id == id)


def filed(days: float = 2, email: str = "anna@example.org") -> Event:
    return entry("filed", at(days), email=email)


HUB = record(account("facebook", filed(), hub="private"), account("instagram", hub="private"))


@pytest.mark.parametrize(
    ("progress", "id", "cover", "holes"),
    [
        (HUB, "facebook", "its own, of 21 Nov", ""),
        (HUB, "instagram", "perhaps through Facebook “Anna”, of 21 Nov", ""),
        (record(account("facebook", hub="")), "facebook", "", "no objection reaches it"),
        (record(account("facebook")), "facebook", "", "no objection reaches it"),
        (record(account("facebook"), account("threads")), "facebook", "", "no objection reaches it; link unknown"),
        (
            HUB.with_account(account("instagram", hub="private", email="shop@example.org")),
            "instagram",
            "perhaps through Facebook “Anna”, of 21 Nov",
            "another e-mail address",
        ),
        (record(account("facebook", filed(), entry("refused", at(1)))), "facebook", "its own, of 21 Nov", "refused"),
        (record(account("facebook", filed(60))), "facebook", "its own, of 24 Sep", "no answer in time"),
        (
            record(account("facebook", filed(), entry("email-changed", at(1), from_="a", to="b"))),
            "facebook",
            "",
            "e-mail address changed since",
        ),
        (
            record(account("facebook", filed(), entry("moved-to-meta-account", at(1)))),
            "facebook",
            "",
            "moved to Meta Account since",
        ),
        (
            HUB.with_account(account("instagram", entry("account-added", at(1), hub="private"), hub="private")),
            "instagram",
            "",
            "joined after the objection",
        ),
        (record(account("whatsapp")), "whatsapp", "a review, no objection", ""),
        (record(account("facebook"), country="US"), "facebook", "no objection possible from here", ""),
    ],
)
def test_what_covers_an_account_and_its_holes_are_said_in_words(
    playbook: Playbook, progress: Record, id: str, cover: str, holes: str
) -> None:
    found = row(progress, playbook, id)
    assert describe_cover(found, progress, playbook, NOW) == cover
    assert describe_gaps(found, playbook) == holes


def test_the_address_is_that_of_the_objection_where_there_is_one(playbook: Playbook) -> None:
    other = HUB.with_account(account("instagram", hub="private", email="shop@example.org"))
    assert row(other, playbook, "instagram").filed_email == "anna@example.org"
    assert row(record(account("facebook", email="new@example.org")), playbook, "facebook").filed_email == ""
    assert row(record(account("whatsapp")), playbook, "whatsapp").filed_email == ""


def test_the_next_thing_is_named_in_few_words_with_its_day(playbook: Playbook) -> None:
    def due(*events: Event) -> str:
        return describe_task_briefly(row(record(account("facebook", *events)), playbook, "facebook").next_task, NOW)

    assert due() == "list what is linked"
    assert due(filed()) == "look for the mail, now"
    assert due(entry("filed", at(0, minutes=10))) == "look for the mail, today 10:50"
    assert due(filed(10), entry("confirmed-by-mail", at(9))) == "yearly check, 13 Nov 2027"
    assert describe_task_briefly(None, NOW) == ""


def test_every_task_of_the_guidance_has_its_few_words() -> None:
    assert set(TASK_KINDS) == set(TaskKind)


MANY = record(
    account("facebook", filed(0.01)),
    account("instagram", filed(60)),
    account("threads", hub=""),
    account("facebook-2", filed(9), entry("confirmed-by-mail", at(8))),
    account("whatsapp"),
    account("instagram-2", filed(9), entry("refused", at(8)), entry("complained", at(2))),
)


@pytest.mark.parametrize(
    ("show", "ids"),
    [
        (CoverageFilter.ALL, ["threads", "facebook", "instagram", "facebook-2", "whatsapp", "instagram-2"]),
        (CoverageFilter.DUE, ["instagram"]),
        (CoverageFilter.WAITING, ["facebook", "instagram-2"]),
        (CoverageFilter.GAPS, ["threads", "instagram", "instagram-2"]),
    ],
)
def test_filters(playbook: Playbook, show: CoverageFilter, ids: list[str]) -> None:
    assert [each.account.id for each in filter_rows(coverage_rows_of(seen(MANY, playbook)), show)] == ids


def test_accounts_of_one_hub_stand_together_in_the_order_of_the_checklist(playbook: Playbook) -> None:
    every = record(account("facebook", hub="private"), account("threads", hub=""), account("instagram", hub="private"))
    rows = coverage_rows_of(seen(every, playbook))
    assert [(each.group.name, each.account.id) for each in rows] == [
        ("private", "facebook"),
        ("private", "instagram"),
        ("", "threads"),
    ]


kinds = st.sampled_from(
    [
        *("filed", "confirmed-by-mail", "more-asked", "refused", "complained", "closed"),
        *("email-changed", "moved-to-meta-account", "rechecked"),
    ]
)


@given(st.data())
def test_an_account_is_counted_as_covered_or_has_a_hole_and_every_hole_has_words(
    playbook: Playbook, data: st.DataObject
) -> None:
    accounts: list[Account] = []
    for number in range(data.draw(st.integers(1, 4))):
        events = [entry(data.draw(kinds), at(data.draw(st.integers(0, 60))), to="b") for _ in range(3)]
        hub = data.draw(st.sampled_from(["one", "", None]))
        accounts.append(
            replace(account(f"facebook-{number}", *events[: data.draw(st.integers(0, 3))]), linked_group=hub)
        )
    now = seen(record(*accounts), playbook)
    rows = coverage_rows_of(now)
    assert len(rows) == len(accounts)
    for each in rows:
        assert each.status.has_valid_objection == (not set(each.gaps) - {"other-email"})
        through = now.status_of(each.status.covering_account_id)
        assert through is None or through.has_valid_objection or "through" in each.gaps
        assert not any(words.startswith("hole.") for words in describe_gaps(each, playbook).split("; "))
    assert list(filter_rows(rows, CoverageFilter.GAPS)) == [each for each in rows if each.gaps]


def test_what_was_only_sent_is_not_called_covered_nor_confirmed(playbook: Playbook) -> None:
    sent = account("facebook", entry("filed", at(2)), hub="private")
    through = account("instagram", hub="private")
    confirmed = account("threads", entry("filed", at(9)), entry("confirmed-by-mail", at(8)), hub="")
    closed = account("facebook-b", entry("filed", at(9)), entry("refused", at(8)), entry("closed", at(7)), hub="")
    refused = account("facebook-c", entry("filed", at(9)), entry("refused", at(8)), hub="")
    overview = seen(record(sent, through, confirmed, closed, refused), playbook)
    assert overview.coverage_counts == (2, 1, 1, 1)
    counts = "1 sent, waiting for Meta · 1 confirmed · 1 perhaps covered · 1 refused · 1 closed"
    assert summarize_coverage(overview) == f"Objections by account: {counts}"
    assert summarize_coverage(overview, is_brief=True) == (
        "Objections: 1 sent · 1 confirmed · 1 perhaps covered · 1 refused · 1 closed"
    )
    with_review = overview._replace(statuses=seen(record(sent, account("whatsapp")), playbook).statuses)
    assert summarize_coverage(with_review, is_brief=True) == "Objections: 1 sent"
    status = overview.statuses[1]
    assert describe_state(status, record(sent, through), playbook, NOW) == (
        "not sent; perhaps covered by Facebook “Anna”"
    )
    assert describe_state_briefly(status) == "perhaps covered"


def test_counters_say_what_there_is_to_do_and_do_not_call_open_what_waits_or_was_left_out(playbook: Playbook) -> None:
    answered = account("facebook", entry("filed", at(30)), entry("refused", at(20)), entry("refusal-disputed", at(2)))
    complained = account("facebook-b", entry("filed", at(60)), entry("complained", at(5)), hub="")
    listed = entry("step-done", at(9), step="identify")
    left = [entry("step-skipped", at(8), step=step) for step in ("open", "submit")]
    left_out = account("facebook-c", listed, *left, hub="")
    new = account("instagram", hub="")
    summary = summarize_coverage(seen(record(answered, complained, left_out, new), playbook))
    assert summary == "Objections by account: 1 refused · 1 complained about · 1 to do · 1 left out"


def test_what_was_sent_and_has_no_answer_in_time_is_late_and_not_to_do(playbook: Playbook) -> None:
    late = account("facebook", entry("filed", at(60)), hub="")
    summary = summarize_coverage(seen(record(late, account("instagram", hub="")), playbook))
    assert summary == "Objections by account: 1 late · 1 to do"


def test_an_account_whose_question_of_meta_waits_is_counted_as_asked_and_not_as_to_do(playbook: Playbook) -> None:
    asked = account("facebook", entry("filed", at(5)), entry("more-asked", at(2)), hub="")
    overview = compute_overview(record(asked, account("instagram", hub="")), playbook, NOW, public_holiday_name)
    assert summarize_coverage(overview) == "Objections by account: 1 asked for more · 1 to do"


@pytest.mark.parametrize("request_", ["prompts", "other-form"])
def test_an_objection_covers_the_linked_accounts_again_once_its_form_was_said_to_be_the_right_one(
    playbook: Playbook, request_: str
) -> None:
    asked = (entry("filed", at(9)), entry("more-asked", at(5), **{"for": request_}))

    def is_covered(*later: Event) -> bool:
        facebook = account("facebook", *asked, *later, hub="private")
        overview = seen(record(facebook, account("instagram", hub="private")), playbook)
        status = overview.status_of("instagram")
        assert status is not None
        return status.covering_account_id == "facebook"

    assert not is_covered()
    assert is_covered(entry("answered", at(3)))
    assert not is_covered(entry("answered", at(3)), entry("refused", at(2)))
    assert not is_covered(entry("answered", at(3)), entry("more-asked", at(2), **{"for": request_}))
