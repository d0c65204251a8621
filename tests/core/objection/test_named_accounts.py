"""Which accounts a confirmation names, and what is said of those that it may not name."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.coverage_summary import summarize_coverage
from metaoptout_tui.core.objection.named_accounts import fields_of_named_accounts, named_accounts_question
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.replies import reply_by_id
from metaoptout_tui.core.objection.sentences import describe_state, task_sentence
from metaoptout_tui.core.objection.tasks import TaskKind
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(20), email="anna@example.org")
CONFIRMED = entry("confirmed-by-mail", at(19))


def seen(playbook: Playbook, *accounts: Account) -> Overview:
    return compute_overview(record(*accounts), playbook, NOW, public_holiday_name)


def test_an_account_with_another_address_is_never_counted_as_confirmed_and_its_own_objection_is_next(
    playbook: Playbook,
) -> None:
    other = account("instagram", hub="home", email="shop@example.org")
    overview = seen(playbook, account("facebook", FILED, CONFIRMED, hub="home"), other)
    assert summarize_coverage(overview) == "Objections by account: 1 confirmed · 1 perhaps covered"
    task = overview.next_task_for("instagram")
    assert task is not None
    assert task.kind is TaskKind.FILE_TOO
    state = describe_state(overview.statuses[1], record(*(each.account for each in overview.statuses)), playbook, NOW)
    assert state == "perhaps covered by Facebook “Anna”"


def test_who_never_objected_for_an_account_is_not_told_to_object_again(playbook: Playbook) -> None:
    joined = entry("account-added", at(5), hub="home")
    threads = account("threads", joined, hub="home")
    overview = seen(playbook, account("facebook", FILED, hub="home"), threads)
    task = overview.next_task_for("threads")
    assert task_sentence(task, playbook) == "Object for Threads “Anna” itself"
    both = record(*(each.account for each in overview.statuses))
    assert describe_state(overview.statuses[1], both, playbook, NOW) == "needs its own objection"


@pytest.mark.parametrize(
    ("reply", "is_asked"),
    [
        ("confirmed-by-mail", True),
        ("confirmed-on-screen.applied", True),
        ("confirmed-on-screen.unknown", False),
        ("will-be-reviewed", False),
        ("refused.given", False),
    ],
)
def test_only_of_a_confirmation_is_asked_whom_it_names_and_only_where_accounts_are_linked(
    playbook: Playbook, reply: str, *, is_asked: bool
) -> None:
    chosen = reply_by_id(reply)
    assert chosen is not None
    linked = seen(playbook, account("facebook", FILED, hub="home"), account("instagram", hub="home"))
    question = named_accounts_question(chosen, "facebook", linked, playbook)
    assert (question is not None) is is_asked
    alone = seen(playbook, account("facebook", FILED, hub="home"), account("instagram", hub=""))
    assert named_accounts_question(chosen, "facebook", alone, playbook) is None


def test_who_does_not_know_whom_it_names_leaves_it_open() -> None:
    answers = [dict(fields_of_named_accounts(answer)) for answer in ("not-known", "one", "all")]
    assert answers == [{}, {"names": "one"}, {"names": "all"}]


def test_a_complaint_in_the_united_kingdom_is_awaited_until_the_day_that_the_page_of_periods_names(
    playbook: Playbook,
) -> None:
    # Thirty days after 8 October 2026 are Saturday 7 November, which moves to Monday the 9th.
    complaint = entry("complained-to-controller", at(46))
    told = record(account("facebook", entry("filed", at(80)), entry("refused", at(60)), complaint), country="GB")
    overview = compute_overview(told, playbook, at(40), public_holiday_name)
    [deadline] = [
        each
        for each in overview.statuses[0].deadlines
        if each.started_by == complaint and each.kind == "acknowledgement"
    ]
    period = deadline.legal_period(public_holiday_name)
    assert period is not None
    [task] = [each for each in overview.tasks if each.kind is TaskKind.COMPLAINED_TO_META]
    assert f"Wait until {period.last_day.day} Nov" in task_sentence(task, playbook)
