"""How accounts stand, computed from their diaries."""

from dataclasses import replace
from datetime import date, datetime, time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.coverage import InvalidationKind, find_earliest_objection
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.review_sentences import is_something_left
from metaoptout_tui.core.objection.sentences import describe_state
from metaoptout_tui.core.objection.status import AccountStatus, compute_statuses
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_kinds import REPLY_KINDS
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AccountState, StepState
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record


def stands(progress: Record, playbook: Playbook, id: str = "") -> AccountStatus:
    every = compute_statuses(progress, playbook, NOW, public_holiday_name)
    return next(each for each in every if not id or each.account.id == id)


def filed(days: float, **fields: object) -> Event:
    return entry("filed", at(days), email="anna@example.org", **fields)


class TestOneAccount:
    def test_nothing_written_is_not_started(self, playbook: Playbook) -> None:
        standing = stands(record(account()), playbook)
        assert standing.state is AccountState.NOT_STARTED
        assert [step.id for step in standing.steps] == ["identify", "open", "submit", "confirm"]

    def test_a_tick_makes_it_ready(self, playbook: Playbook) -> None:
        standing = stands(record(account("facebook", entry("step-done", at(1), step="identify"))), playbook)
        assert standing.state is AccountState.READY
        assert standing.steps[0].state is StepState.DONE

    def test_filed_waits_for_confirmation(self, playbook: Playbook) -> None:
        standing = stands(record(account("facebook", filed(2))), playbook)
        assert standing.state is AccountState.FILED
        assert [step.state for step in standing.steps[1:]] == [StepState.DONE, StepState.DONE, StepState.WAITING]

    @pytest.mark.parametrize(
        ("what", "state"),
        [
            ("confirmed-on-screen", AccountState.FILED),  # nobody wrote down what the message said
            ("confirmed-by-mail", AccountState.CONFIRMED),
            ("code-asked", AccountState.ASKED_FOR_MORE),
            ("more-asked", AccountState.ASKED_FOR_MORE),
            ("refused", AccountState.REFUSED),
            ("complained", AccountState.COMPLAINED_TO_AUTHORITY),
            ("answer-missing", AccountState.FILED),
        ],
    )
    def test_what_came_back_decides(self, playbook: Playbook, what: str, state: AccountState) -> None:
        assert stands(record(account("facebook", filed(2), entry(what, at(1)))), playbook).state is state

    def test_a_mail_outranks_a_message_on_screen_whichever_was_written_last(self, playbook: Playbook) -> None:
        events = (filed(2), entry("confirmed-by-mail", at(1)), entry("confirmed-on-screen", at(0.5)))
        assert stands(record(account("facebook", *events)), playbook).state is AccountState.CONFIRMED

    def test_no_answer_after_a_month_is_overdue_and_not_a_day_before(self, playbook: Playbook) -> None:
        # 23 October 2026 is a Friday; the month ends on Monday 23 November, which is today.
        assert stands(record(account("facebook", entry("filed", at(31)))), playbook).state is AccountState.FILED
        assert stands(record(account("facebook", entry("filed", at(34)))), playbook).state is AccountState.OVERDUE

    @pytest.mark.parametrize(
        ("today", "country", "state"),
        [
            # Filed on 25 November 2026: the month ends on Christmas Day, a Friday, then comes a weekend.
            ("2026-12-28", "NL", AccountState.FILED),
            ("2026-12-29", "NL", AccountState.OVERDUE),
            # In England and Wales Monday the 28th is the substitute for Boxing Day.
            ("2026-12-29", "GB", AccountState.FILED),
            ("2026-12-30", "GB", AccountState.OVERDUE),
        ],
    )
    def test_the_month_ends_on_no_holiday(
        self, playbook: Playbook, today: str, country: str, state: AccountState
    ) -> None:
        filing = entry("filed", datetime(2026, 11, 25, 12, tzinfo=NOW.tzinfo))
        progress = record(account("facebook", filing), country=country)
        now = datetime.combine(date.fromisoformat(today), time(9), NOW.tzinfo)
        assert compute_statuses(progress, playbook, now, public_holiday_name)[0].state is state

    def test_an_extension_announced_in_the_first_month_moves_the_end(self, playbook: Playbook) -> None:
        announced = entry("extended", at(30), until=NOW.date().replace(year=2027))
        assert stands(record(account("facebook", filed(60), announced)), playbook).state is AccountState.FILED

    def test_an_extension_announced_after_the_first_month_does_not(self, playbook: Playbook) -> None:
        announced = entry("extended", at(10), until=NOW.date().replace(year=2027))
        standing = stands(record(account("facebook", filed(60), announced)), playbook)
        assert standing.state is AccountState.OVERDUE
        assert [(clock.kind, period.extension_counts) for clock, period in standing.missed_deadlines] == [
            ("answer", False)
        ]

    def test_without_a_legal_month_nothing_is_overdue(self, playbook: Playbook) -> None:
        assert stands(record(account("facebook", filed(200)), country="CH"), playbook).state is AccountState.FILED

    def test_a_tick_taken_back_is_to_do_again(self, playbook: Playbook) -> None:
        done = entry("step-done", at(1), step="identify")
        back = entry("step-reopened", at(0), step="identify")
        assert stands(record(account("facebook", done, back)), playbook).state is AccountState.NOT_STARTED

    def test_taking_back_the_filing_takes_back_the_objection(self, playbook: Playbook) -> None:
        events = (filed(3), entry("step-reopened", at(1), step="submit"))
        assert stands(record(account("facebook", *events)), playbook).state is not AccountState.FILED

    def test_a_step_done_again_with_an_earlier_date_stays_done(self, playbook: Playbook) -> None:
        events = (
            entry("step-done", at(1), step="identify"),
            entry("step-reopened", at(0.5), step="identify"),
            entry("step-done", at(5), step="identify"),
        )
        assert stands(record(account("facebook", *events)), playbook).steps[0].state is StepState.DONE

    def test_a_corrected_date_counts(self, playbook: Playbook) -> None:
        filing = filed(1)
        correction = entry("date-corrected", at(0), entry=filing.id, to=at(40))
        assert stands(record(account("facebook", filing, correction)), playbook).state is AccountState.OVERDUE

    def test_an_unknown_kind_of_entry_changes_nothing(self, playbook: Playbook) -> None:
        events = (filed(2), entry("hologram-sent", at(1), colour="blue"))
        assert stands(record(account("facebook", *events)), playbook).state is AccountState.FILED


class TestObjectAgain:
    @pytest.mark.parametrize(
        "change",
        [
            entry("email-changed", at(1), from_="anna@example.org", to="new@example.org"),
            entry("hub-changed", at(1), from_="private", to=""),
            entry("hub-changed", at(1), from_="", to="private"),
            entry("moved-to-meta-account", at(1)),
        ],
    )
    def test_a_change_after_the_objection_asks_for_a_new_one(self, playbook: Playbook, change: Event) -> None:
        standing = stands(record(account("facebook", filed(5), change)), playbook)
        assert standing.state is AccountState.OBJECT_AGAIN
        assert standing.invalidation is not None
        assert standing.invalidation.kind == change.kind
        assert [step.state for step in standing.steps][1:3] == [StepState.TO_DO, StepState.AGAIN]

    def test_a_new_objection_settles_it(self, playbook: Playbook) -> None:
        change = entry("email-changed", at(3), from_="a@example.org", to="b@example.org")
        assert stands(record(account("facebook", filed(5), change, filed(1))), playbook).state is AccountState.FILED

    @pytest.mark.parametrize("since", ["before", "unknown"])
    def test_learning_of_a_link_that_is_not_known_to_be_newer_leaves_the_own_objection_standing(
        self, playbook: Playbook, since: str
    ) -> None:
        learned = entry("hub-changed", at(1), to="private", since=since)
        assert (
            stands(record(account("facebook", filed(5), learned, hub="private")), playbook).state is AccountState.FILED
        )

    @pytest.mark.parametrize(("days", "state"), [(1, AccountState.OBJECT_AGAIN), (7, AccountState.FILED)])
    def test_a_link_that_was_learned_of_with_its_date_counts_from_then(
        self, playbook: Playbook, days: int, state: AccountState
    ) -> None:
        learned = entry("hub-changed", at(days), to="private")
        assert stands(record(account("facebook", filed(5), learned, hub="private")), playbook).state is state


class TestCoverage:
    def test_one_objection_covers_the_accounts_of_the_same_hub(self, playbook: Playbook) -> None:
        both = record(account("facebook", filed(5), hub="private"), account("instagram", hub="private"))
        standing = stands(both, playbook, "instagram")
        assert standing.state is AccountState.COVERED
        assert standing.covering_account_id == "facebook"
        assert [step.state for step in standing.steps][1:] == [StepState.COVERED] * 3

    @pytest.mark.parametrize("hub", ["other", "", None])
    def test_it_covers_no_account_elsewhere(self, playbook: Playbook, hub: str | None) -> None:
        both = record(account("facebook", filed(5), hub="private"), account("instagram", hub=hub))
        assert stands(both, playbook, "instagram").state is AccountState.NOT_STARTED

    def test_not_linked_accounts_do_not_cover_one_another(self, playbook: Playbook) -> None:
        both = record(account("facebook", filed(5), hub=""), account("instagram", hub=""))
        assert stands(both, playbook, "instagram").state is AccountState.NOT_STARTED

    def test_an_account_added_to_the_hub_later_must_object_again(self, playbook: Playbook) -> None:
        new = account("instagram", entry("account-added", at(1), hub="private"), hub="private")
        standing = stands(record(account("facebook", filed(5), hub="private"), new), playbook, "instagram")
        assert standing.state is AccountState.OBJECT_AGAIN
        assert standing.invalidation is not None
        assert (standing.invalidation.kind, standing.invalidation.covering_account_id) == (
            "added-to-hub-later",
            "facebook",
        )

    def test_correcting_the_date_of_the_link_covers_it(self, playbook: Playbook) -> None:
        joined = entry("hub-changed", at(1), to="private")
        new = account("instagram", joined, hub="private")
        before = record(account("facebook", filed(5), hub="private"), new)
        assert stands(before, playbook, "instagram").state is AccountState.OBJECT_AGAIN
        corrected = new.with_event(entry("date-corrected", at(0), entry=joined.id, to=at(100)))
        after = replace(before, accounts=(before.accounts[0], corrected))
        assert stands(after, playbook, "instagram").state is AccountState.COVERED

    @pytest.mark.parametrize(
        ("days", "since", "state", "cause"),
        [
            (1, "before", AccountState.COVERED, None),
            (1, "unknown", AccountState.OBJECT_AGAIN, "link-undated"),
            (1, "", AccountState.OBJECT_AGAIN, "added-to-hub-later"),
            (7, "", AccountState.COVERED, None),
        ],
    )
    @pytest.mark.parametrize("added", [9, 2])
    def test_a_link_learned_of_after_the_objection_covers_from_when_it_was_made(
        self, playbook: Playbook, days: int, since: str, state: AccountState, cause: str | None, added: float
    ) -> None:
        fields = {"to": "private", **({"since": since} if since else {})}
        other = account(
            "instagram", entry("account-added", at(added)), entry("hub-changed", at(days), **fields), hub="private"
        )
        standing = stands(record(account("facebook", filed(5), hub="private"), other), playbook, "instagram")
        assert standing.state is state
        assert (standing.invalidation.kind if standing.invalidation else None) == cause

    @pytest.mark.parametrize(
        ("since", "state"),
        [("before", AccountState.COVERED), ("unknown", AccountState.NOT_STARTED), ("", AccountState.NOT_STARTED)],
    )
    def test_an_objection_covers_the_others_of_its_hub_where_it_was_there_when_it_was_sent(
        self, playbook: Playbook, since: str, state: AccountState
    ) -> None:
        objection = filed(5)
        learned = entry("hub-changed", at(1), to="private", **({"since": since} if since else {}))
        both = record(account("facebook", objection, learned, hub="private"), account("instagram", hub="private"))
        assert stands(both, playbook, "instagram").state is state

    def test_for_an_objection_written_down_after_the_links_it_is_asked_whether_they_were_there(
        self, playbook: Playbook
    ) -> None:
        links = [entry("hub-changed", at(0), to="private", since="unknown") for _unused in range(2)]
        both = record(
            account("facebook", links[0], filed(21), hub="private"), account("instagram", links[1], hub="private")
        )
        status = stands(both, playbook, "instagram")
        assert status.state is AccountState.OBJECT_AGAIN
        assert status.invalidation is not None
        assert status.invalidation.kind is InvalidationKind.LINK_UNDATED
        now = compute_overview(both, playbook, NOW, public_holiday_name)
        assert "linked-then" in [task.kind for task in now.tasks if task.account_id == "instagram"]

    def test_a_change_of_address_ends_the_cover_of_an_old_link_too(self, playbook: Playbook) -> None:
        events = (
            entry("email-changed", at(3), from_="a@example.org", to="anna@example.org"),
            entry("hub-changed", at(1), to="private", since="before"),
        )
        both = record(account("facebook", filed(5), hub="private"), account("instagram", *events, hub="private"))
        assert stands(both, playbook, "instagram").state is AccountState.OBJECT_AGAIN

    def test_a_corrected_date_takes_the_place_of_what_was_said_of_a_link(self, playbook: Playbook) -> None:
        learned = entry("hub-changed", at(1), to="private", since="unknown")
        corrected = entry("date-corrected", at(0), entry=learned.id, to=at(100))
        other = account("instagram", learned, corrected, hub="private")
        both = record(account("facebook", filed(5), hub="private"), other)
        assert stands(both, playbook, "instagram").state is AccountState.COVERED

    def test_leaving_the_hub_ends_the_cover(self, playbook: Playbook) -> None:
        left = account("instagram", entry("hub-changed", at(1), from_="private", to=""), hub="")
        standing = stands(record(account("facebook", filed(5), hub="private"), left), playbook, "instagram")
        assert standing.state is AccountState.OBJECT_AGAIN
        assert standing.invalidation is not None
        assert standing.invalidation.kind == "hub-changed"

    def test_a_changed_address_ends_the_cover(self, playbook: Playbook) -> None:
        changed = entry("email-changed", at(1), from_="old@example.org", to="anna@example.org")
        other = account("instagram", changed, hub="private")
        standing = stands(record(account("facebook", filed(5), hub="private"), other), playbook, "instagram")
        assert standing.state is AccountState.OBJECT_AGAIN

    def test_a_refused_objection_covers_nobody(self, playbook: Playbook) -> None:
        refused = account("facebook", filed(5), entry("refused", at(3)), hub="private")
        standing = stands(record(refused, account("instagram", hub="private")), playbook, "instagram")
        assert standing.state is AccountState.NOT_STARTED

    def test_another_address_is_covered_with_a_caution(self, playbook: Playbook) -> None:
        other = account("instagram", hub="private", email="shop@example.org")
        both = record(account("facebook", filed(5), hub="private"), other)
        standing = stands(both, playbook, "instagram")
        assert standing.state is AccountState.COVERED
        assert standing.is_covered_by_other_email
        assert any(task.kind == "file-too" for task in compute_overview(both, playbook, NOW, public_holiday_name).tasks)

    def test_filing_for_a_covered_account_makes_it_its_own(self, playbook: Playbook) -> None:
        own = account("instagram", filed(1), hub="private")
        standing = stands(record(account("facebook", filed(5), hub="private"), own), playbook, "instagram")
        assert standing.state is AccountState.FILED
        assert not standing.covering_account_id

    def test_the_covering_account_may_leave_and_the_rest_stay_covered(self, playbook: Playbook) -> None:
        gone = account("facebook", filed(5), entry("hub-changed", at(1), from_="private", to=""), hub="")
        standing = stands(record(gone, account("instagram", hub="private")), playbook, "instagram")
        assert standing.state is AccountState.COVERED


class TestReviews:
    def test_every_point_answered_is_reviewed(self, playbook: Playbook) -> None:
        points = playbook.points_for(platform="whatsapp", region="eea")
        answers = [entry("review-answered", at(1), point=point.id, answer=point.answers[0]) for point in points]
        assert stands(record(account("whatsapp", *answers[:-1])), playbook).state is AccountState.READY
        assert stands(record(account("whatsapp", *answers)), playbook).state is AccountState.REVIEWED

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({}, "reviewed"),
            ({"whatsapp.delete": "no"}, "reviewed, 1 thing left"),
            ({"whatsapp.delete": "no", "whatsapp.advanced": "no"}, "reviewed, 2 things left"),
            ({"whatsapp.hub": "unknown"}, "reviewed, not known: 1"),
        ],
    )
    def test_what_is_left_open_is_said_beside_it_and_is_not_green(
        self, playbook: Playbook, changed: dict[str, str], words: str
    ) -> None:
        points = playbook.points_for(platform="whatsapp", region="eea")
        answers = {**{point.id: point.answers[0] for point in points}, **changed}
        events = [entry("review-answered", at(1), point=point, answer=answer) for point, answer in answers.items()]
        of_person = record(account("whatsapp", *events))
        standing = stands(of_person, playbook)
        assert describe_state(standing, of_person, playbook, NOW) == words
        assert is_something_left(standing) is bool(changed)

    def test_no_country_without_a_form_offers_one(self, playbook: Playbook) -> None:
        standing = stands(record(account("facebook"), country="US"), playbook)
        assert standing.state is AccountState.NOT_AVAILABLE
        assert [step.id for step in standing.steps] == ["review"]


class TestWhatDependsOnALink:
    def test_the_earliest_objection_of_the_hub_or_of_the_account_itself(self) -> None:
        facebook = account("facebook", filed(5), hub="private")
        instagram = account("instagram", filed(7))
        found = find_earliest_objection(record(facebook, instagram), "private")
        assert found is not None
        assert (found.account.id, found.event.at) == ("facebook", at(5))
        own = find_earliest_objection(record(facebook, instagram), "private", "instagram")
        assert own is not None
        assert (own.account.id, own.event.at) == ("instagram", at(7))

    def test_none_where_none_was_sent_or_it_was_refused(self) -> None:
        refused = account("facebook", filed(5), entry("refused", at(3)), hub="private")
        assert find_earliest_objection(record(refused, account("threads", filed(2), hub="other")), "private") is None


WHATS = sorted(REPLY_KINDS | {"filed", "email-changed", "moved-to-meta-account", "complained"})


@given(st.lists(st.tuples(st.sampled_from(WHATS), st.integers(0, 2)), min_size=1, max_size=5))
def test_the_state_follows_from_the_set_of_entries_in_whatever_order_they_stand(
    playbook: Playbook, entries: list[tuple[str, int]]
) -> None:
    events = [entry(what, at(days), from_="a@example.org", to="b@example.org") for what, days in entries]
    states = set()
    for order in list(permutations(events))[:24]:
        standing = stands(record(account("facebook", *order)), playbook)
        states.add((standing.state, standing.since, tuple(step.state for step in standing.steps)))
    assert len(states) == 1


@given(st.data())
def test_a_covered_account_always_shares_its_hub_with_an_objection_made_while_it_was_there(
    playbook: Playbook, data: st.DataObject
) -> None:
    accounts: list[Account] = []
    for number in range(data.draw(st.integers(1, 4))):
        hub = data.draw(st.sampled_from(["one", "two", "", None]))
        events = []
        if data.draw(st.booleans()):
            events.append(filed(data.draw(st.integers(1, 20))))
        if data.draw(st.booleans()):
            events.append(entry("account-added", at(data.draw(st.integers(1, 20)))))
        accounts.append(account(f"facebook-{number}", *events, hub=hub))
    for standing in compute_statuses(record(*accounts), playbook, NOW, public_holiday_name):
        if standing.state is not AccountState.COVERED:
            continue
        by = next(each for each in accounts if each.id == standing.covering_account_id)
        assert standing.account.linked_group
        assert by.linked_group == standing.account.linked_group
        added = [event.at for event in standing.account.events if event.kind == "account-added"]
        assert all(
            moment <= filing.at for moment in added for filing in by.events if filing == standing.objection_in_force
        )
