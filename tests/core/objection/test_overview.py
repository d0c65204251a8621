"""The next thing to do, over all accounts."""

from datetime import timedelta

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.coverage_table import coverage_rows_of
from metaoptout_tui.core.objection.overview import compute_overview, group_accounts
from metaoptout_tui.core.objection.sentences import describe_group, next_task_sentence, task_sentence
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record


def next_of(progress: Record, playbook: Playbook) -> tuple[str, str]:
    task = compute_overview(progress, playbook, NOW, public_holiday_name).next_task
    assert task is not None
    return task.account_id, task.kind


def test_the_first_open_step_of_the_first_account_comes_first(playbook: Playbook) -> None:
    assert next_of(record(account("facebook"), account("instagram")), playbook) == ("facebook", "identify")


def test_a_walk_begun_is_ended_before_another_begins(playbook: Playbook) -> None:
    begun = account("instagram", entry("step-done", at(1), step="identify"), entry("step-done", at(1), step="open"))
    assert next_of(record(account("facebook"), begun), playbook) == ("instagram", "submit")


def test_a_mail_that_may_be_there_comes_before_a_new_walk(playbook: Playbook) -> None:
    waiting = account("instagram", entry("filed", at(0, hours=2)))
    assert next_of(record(account("facebook"), waiting), playbook) == ("instagram", "look-for-mail")


def test_a_mail_is_looked_for_after_an_hour_a_day_and_three_days_then_the_form_is_filed_again(
    playbook: Playbook,
) -> None:
    just_filed = compute_overview(
        record(account("facebook", entry("filed", at(0, minutes=10)))), playbook, NOW, public_holiday_name
    ).next_task
    assert just_filed is not None
    assert (just_filed.text_key, just_filed.due_at) == ("next.look-for-mail-later", NOW + timedelta(minutes=50))
    looked = (entry("filed", at(2)), entry("answer-missing", at(0.5)))
    later = compute_overview(record(account("facebook", *looked)), playbook, NOW, public_holiday_name).next_task
    assert later is not None
    assert (later.text_key, later.due_at) == ("next.look-for-mail-later", at(2) + timedelta(days=3))
    in_vain = (entry("filed", at(4)), entry("answer-missing", at(0.5)))
    assert next_of(record(account("facebook", *in_vain)), playbook) == ("facebook", "file-again-in-browser")


@pytest.mark.parametrize(
    ("what", "task"), [("refused", "refused"), ("code-asked", "code-asked"), ("more-asked", "answer-more")]
)
def test_an_answer_that_asks_for_something_is_urgent(playbook: Playbook, what: str, task: str) -> None:
    asked = account("instagram", entry("filed", at(2)), entry(what, at(1)))
    assert next_of(record(account("facebook"), asked), playbook) == ("instagram", task)


def test_what_is_done_is_looked_at_again_after_a_year(playbook: Playbook) -> None:
    done = account("facebook", entry("filed", at(10)), entry("confirmed-by-mail", at(9)))
    task = compute_overview(record(done), playbook, NOW, public_holiday_name).next_task
    assert task is not None
    assert task.kind == "recheck"
    assert task.due_at is not None
    assert task.due_at.date() == at(10).date().replace(year=2027)


def test_every_state_has_a_sentence_without_braces(playbook: Playbook) -> None:
    records = [
        record(),
        record(account("facebook")),
        record(account("whatsapp")),
        *(record(account("facebook", entry("filed", at(days)))) for days in (0.01, 2, 40)),
        *(
            record(account("facebook", entry("filed", at(2)), entry(what, at(1), from_="a", to="b")))
            for what in ("refused", "code-asked", "more-asked", "confirmed-by-mail", "email-changed", "answer-missing")
        ),
    ]
    for progress in records:
        sentence = next_task_sentence(
            compute_overview(progress, playbook, NOW, public_holiday_name).next_task, progress, playbook
        )
        assert sentence
        assert "{" not in sentence
        assert not sentence.startswith("next.")


def test_accounts_are_grouped_by_hub_with_the_unlinked_behind(playbook: Playbook) -> None:
    every = (
        account("facebook", hub="private"),
        account("instagram", hub=None),
        account("threads", hub=""),
        account("instagram-2", hub="private"),
        account("elsewhere"),
    )
    assert [(group.kind, group.name, group.account_ids) for group in group_accounts(every, playbook)] == [
        ("linked", "private", ("facebook", "instagram-2")),
        ("unlinked", "", ("threads",)),
        ("unknown", "", ("instagram",)),
        ("alone", "", ("elsewhere",)),
    ]


def test_of_one_account_alone_nothing_is_said_of_links(playbook: Playbook) -> None:
    alone = compute_overview(record(account("facebook"), account("meta-ai")), playbook, NOW, public_holiday_name)
    assert [describe_group(group) for group in alone.groups] == ["On their own"]
    assert [row.gaps for row in coverage_rows_of(alone)] == [("none",), ()]
    two = compute_overview(record(account("facebook"), account("instagram")), playbook, NOW, public_holiday_name)
    assert [describe_group(group) for group in two.groups] == ["Not known whether linked"]
    known = compute_overview(record(account("facebook", hub="private")), playbook, NOW, public_holiday_name)
    assert [describe_group(group) for group in known.groups] == ["Linked in “private”"]


class TestDue:
    def due(self, playbook: Playbook, *events: Event) -> list[str]:
        every = compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name)
        return [task.kind for task in every.due_tasks]

    def test_what_became_of_something_filed_waits_for_the_person(self, playbook: Playbook) -> None:
        filing = entry("filed", at(2))
        assert self.due(playbook, filing) == ["look-for-mail"]
        assert self.due(playbook, filing, entry("refused", at(1))) == ["refused"]
        assert self.due(playbook, filing, entry("code-asked", at(1))) == ["code-asked"]
        assert self.due(playbook, filing, entry("moved-to-meta-account", at(1))) == ["object-again"]
        assert self.due(playbook, entry("filed", at(60))) == ["overdue"]

    def test_what_comes_later_and_what_was_never_begun_do_not(self, playbook: Playbook) -> None:
        assert self.due(playbook) == []
        assert self.due(playbook, entry("step-done", at(1), step="identify")) == []
        assert self.due(playbook, entry("filed", at(0, minutes=5))) == []
        assert self.due(playbook, entry("filed", at(5)), entry("confirmed-by-mail", at(4))) == []

    def test_the_yearly_check_is_due_after_a_year(self, playbook: Playbook) -> None:
        assert self.due(playbook, entry("filed", at(366)), entry("confirmed-by-mail", at(365))) == ["recheck"]

    def test_what_is_most_urgent_comes_first(self, playbook: Playbook) -> None:
        every = record(
            account("facebook", entry("filed", at(2))),
            account("instagram", entry("filed", at(60))),
            account("threads", entry("filed", at(9)), entry("refused", at(8))),
        )
        due = compute_overview(every, playbook, NOW, public_holiday_name).due_tasks
        assert [(task.account_id, task.kind) for task in due] == [
            ("instagram", "overdue"),
            ("threads", "refused"),
            ("facebook", "look-for-mail"),
        ]


class TestTheBestCover:
    """What is sent once more for one account takes nothing away from another."""

    def cover_of_threads(
        self, playbook: Playbook, *own_of_instagram: Event, email: str
    ) -> tuple[str, bool, AccountState]:
        confirmed = (entry("filed", at(5), email="anna@example.org"), entry("confirmed-by-mail", at(4)))
        progress = record(
            account("facebook", *confirmed, hub="private", email="anna@example.org"),
            account("instagram", *own_of_instagram, hub="private", email=email),
            account("threads", hub="private", email="anna@example.org"),
        )
        [status] = [
            each
            for each in compute_overview(progress, playbook, NOW, public_holiday_name).statuses
            if each.account.platform == "threads"
        ]
        assert status.covering_state is not None
        return status.covering_account_id, status.is_covered_by_other_email, status.covering_state

    def test_a_confirmed_objection_covers_before_a_later_one_that_waits(self, playbook: Playbook) -> None:
        sent = entry("filed", at(1), email="anna@example.org")
        cover = self.cover_of_threads(playbook, sent, email="anna@example.org")
        assert cover == ("facebook", False, AccountState.CONFIRMED)

    def test_an_objection_with_the_same_address_covers_before_a_later_one_with_another(
        self, playbook: Playbook
    ) -> None:
        sent = entry("filed", at(3), email="shop@example.org"), entry("confirmed-by-mail", at(1))
        cover = self.cover_of_threads(playbook, *sent, email="shop@example.org")
        assert cover == ("facebook", False, AccountState.CONFIRMED)

    def test_of_two_that_are_confirmed_for_the_same_address_the_newer_covers(self, playbook: Playbook) -> None:
        sent = entry("filed", at(3), email="anna@example.org"), entry("confirmed-by-mail", at(1))
        assert self.cover_of_threads(playbook, *sent, email="anna@example.org")[0] == "instagram"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (100, "Yearly check of Facebook “Anna”, due 15 Aug 2027"),
        (365, "Yearly check of Facebook “Anna”, due 23 Nov 2026"),
        (366, "Yearly check of Facebook “Anna”, was due 22 Nov 2026"),
    ],
)
def test_a_yearly_check_was_due_once_its_day_has_passed(playbook: Playbook, days: int, words: str) -> None:
    answered = (entry("filed", at(days)), entry("confirmed-by-mail", at(days)))
    overview = compute_overview(record(account("facebook", *answered, hub="")), playbook, NOW, public_holiday_name)
    assert task_sentence(overview.next_task, playbook) == words
