"""Which accounts a confirmation names, and what is said of those that it may not name."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.coverage_summary import summarize_coverage
from metaoptout_tui.core.objection.offers import offers_of
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.replies import reply_by_id
from metaoptout_tui.core.objection.reply_details import fields_of_named_accounts, named_accounts_question
from metaoptout_tui.core.objection.sentences import describe_state, task_sentence
from metaoptout_tui.core.objection.tasks import TaskKind
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.events import Event
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


class TestToBeSure:
    """An account that only another's objection perhaps covers is offered one of its own, after all else."""

    FACEBOOK = account("facebook", entry("step-done", at(21), step="identify"), FILED, CONFIRMED, hub="home")
    LISTED = entry("step-done", at(21), step="identify")

    def test_its_own_objection_is_next_once_all_else_is_done(self, playbook: Playbook) -> None:
        overview = seen(playbook, self.FACEBOOK, account("instagram", self.LISTED, hub="home"))
        assert overview.next_task is not None
        assert task_sentence(overview.next_task, playbook) == "To be sure, object for Instagram “Anna” too"
        [status] = [each for each in overview.statuses if each.account.id == "instagram"]
        assert overview.next_task.row_id in {offer.row_id for offer in offers_of(status, overview.tasks)}

    def test_whatever_else_can_be_done_now_comes_first(self, playbook: Playbook) -> None:
        covered = account("instagram", self.LISTED, hub="home")
        overview = seen(playbook, covered, self.FACEBOOK, account("threads", hub=""), account("whatsapp-", hub=""))
        now = [task.kind for task in overview.tasks if not task.is_upcoming]
        assert now[-1] is TaskKind.FILE_TOO
        assert TaskKind.OTHER_ACCOUNTS in now
        assert overview.due_tasks == ()

    @pytest.mark.parametrize(
        "said",
        [
            entry("step-skipped", at(3), step="submit"),
            entry("asked-applied", at(3)),
            entry("log-in", at(30), **{"log-in": "hacked"}),
        ],
        ids=["left out", "Meta was asked about it", "no log-in"],
    )
    def test_it_is_not_offered_where_it_was_left_out_or_is_not_the_next_thing(
        self, playbook: Playbook, said: Event
    ) -> None:
        overview = seen(playbook, self.FACEBOOK, account("instagram", self.LISTED, said, hub="home"))
        assert overview.statuses[1].is_cover_unconfirmed
        assert TaskKind.FILE_TOO not in [task.kind for task in overview.tasks]

    def test_a_confirmation_that_names_all_accounts_needs_none(self, playbook: Playbook) -> None:
        names_all = entry("confirmed-by-mail", at(19), names="all")
        sure = account("facebook", self.LISTED, FILED, names_all, hub="home")
        overview = seen(playbook, sure, account("instagram", self.LISTED, hub="home"))
        assert TaskKind.FILE_TOO not in [task.kind for task in overview.tasks]
