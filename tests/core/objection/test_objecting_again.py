"""Objecting again after Meta confirmed: the confirmation goes on counting while the new objection waits."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.coverage_summary import summarize_coverage
from metaoptout_tui.core.objection.coverage_table import coverage_rows_of, describe_cover
from metaoptout_tui.core.objection.deadlines import calculation_lines
from metaoptout_tui.core.objection.objecting_again import objecting_again_question
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.reply_sentences import sent_ago
from metaoptout_tui.core.objection.sentences import describe_state, describe_state_briefly, outcome_sentence
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

CONFIRMED = (entry("filed", at(20)), entry("confirmed-by-mail", at(19)))


def seen(playbook: Playbook, *accounts: Account) -> Overview:
    return compute_overview(record(*accounts), playbook, NOW, public_holiday_name)


class TestTheEarlierConfirmation:
    def test_counts_while_the_new_one_waits_and_both_are_told(self, playbook: Playbook) -> None:
        facebook = account("facebook", *CONFIRMED, entry("filed", at(0)), hub="")
        overview = seen(playbook, facebook)
        status = overview.statuses[0]
        assert (status.state, status.is_confirmed) == (AccountState.FILED, True)
        assert describe_state(status, record(facebook), playbook, NOW) == (
            "confirmed 4 Nov; sent again 23 Nov, waiting"
        )
        assert describe_state_briefly(status) == "confirmed"
        assert outcome_sentence(status, record(facebook), playbook, NOW) == (
            "Confirmed (4 Nov), and that goes on counting. A new one was sent (23 Nov), and Meta's answer to it is awaited."
        )
        assert summarize_coverage(overview) == "Objections by account: 1 confirmed"
        assert coverage_rows_of(overview)[0].gaps == ()

    @pytest.mark.parametrize(
        ("later", "state", "counts"),
        [
            ((entry("filed", at(2)), entry("more-asked", at(1))), AccountState.ASKED_FOR_MORE, True),
            ((entry("filed", at(2)), entry("undeliverable", at(1))), AccountState.UNDELIVERED, True),
            ((entry("filed", at(2)), entry("undeliverable", at(1)), entry("filed", at(0))), AccountState.FILED, True),
            ((entry("filed", at(2)), entry("filed", at(1))), AccountState.FILED, True),
            ((entry("filed", at(2)), entry("refused", at(1))), AccountState.REFUSED, False),
            ((entry("filed", at(2)), entry("refused", at(1)), entry("filed", at(0))), AccountState.FILED, False),
            ((entry("email-changed", at(3), to="b@example.org"), entry("filed", at(2))), AccountState.FILED, False),
            ((entry("moved-to-meta-account", at(3)), entry("filed", at(2))), AccountState.FILED, False),
        ],
    )
    def test_counts_until_meta_decides_or_something_asked_for_the_new_one(
        self, playbook: Playbook, later: tuple[Event, ...], state: AccountState, *, counts: bool
    ) -> None:
        status = seen(playbook, account("facebook", *CONFIRMED, *later, hub="")).statuses[0]
        assert (status.state, status.is_confirmed) == (state, counts)

    def test_counts_after_the_month_of_the_new_one_ran_out(self, playbook: Playbook) -> None:
        old = (entry("filed", at(90)), entry("confirmed-by-mail", at(89)), entry("filed", at(60)))
        facebook = account("facebook", *old, hub="")
        status = seen(playbook, facebook).statuses[0]
        assert (status.state, status.is_confirmed) == (AccountState.OVERDUE, True)
        assert describe_state(status, record(facebook), playbook, NOW) == (
            "confirmed 26 Aug; again 24 Sep, Meta is late"
        )

    def test_a_new_confirmation_takes_its_place(self, playbook: Playbook) -> None:
        again = (entry("filed", at(2)), entry("confirmed-by-mail", at(1)))
        status = seen(playbook, account("facebook", *CONFIRMED, *again)).statuses[0]
        assert (status.state, status.earlier_confirmation) == (AccountState.CONFIRMED, None)


class TestAnAccountThatItCovers:
    def linked(self, playbook: Playbook, *later: Event, joined: float = 100) -> Overview:
        facebook = account("facebook", *CONFIRMED, *later, hub="private")
        joining = entry("account-added", at(joined), hub="private")
        return seen(playbook, facebook, account("instagram", joining, hub="private"))

    def test_stays_covered_by_what_is_confirmed(self, playbook: Playbook) -> None:
        overview = self.linked(playbook, entry("filed", at(0)))
        assert overview.statuses[1].is_cover_confirmed
        assert summarize_coverage(overview) == "Objections by account: 1 confirmed · 1 perhaps covered"

    def test_is_confirmed_too_only_by_a_confirmation_that_names_all(self, playbook: Playbook) -> None:
        for names, counted in (("all", "2 confirmed"), ("one", "1 confirmed · 1 perhaps covered")):
            overview = self.linked(playbook, entry("confirmed-by-mail", at(10), names=names))
            assert summarize_coverage(overview) == f"Objections by account: {counted}"

    def test_is_covered_only_by_the_new_one_if_it_joined_in_between(self, playbook: Playbook) -> None:
        overview = self.linked(playbook, entry("filed", at(0)), joined=5)
        assert not overview.statuses[1].is_confirmed
        assert summarize_coverage(overview) == "Objections by account: 1 confirmed · 1 perhaps covered"

    def test_waits_where_something_asked_for_the_new_one(self, playbook: Playbook) -> None:
        overview = self.linked(playbook, entry("moved-to-meta-account", at(3)), entry("filed", at(0)))
        assert summarize_coverage(overview) == "Objections by account: 1 sent, waiting for Meta · 1 perhaps covered"


class TestTheQuestionBefore:
    def ask(self, playbook: Playbook, *events: Event, step: str = StepId.OPEN) -> str:
        overview = seen(playbook, account("facebook", *events, hub=""))
        question = objecting_again_question(overview.statuses[0], step, overview, playbook)
        return " ".join(question.sentences) if question is not None else ""

    @pytest.mark.parametrize("step", [StepId.OPEN, StepId.SUBMIT])
    def test_says_that_the_confirmation_counts_and_when_a_new_one_is_needed(
        self, playbook: Playbook, step: StepId
    ) -> None:
        words = self.ask(playbook, *CONFIRMED, step=step)
        assert "Your objection of 3 Nov is confirmed, since 4 Nov. It goes on counting" in words
        assert "the account's e-mail address has changed since" in words

    @pytest.mark.parametrize(
        "events",
        [
            (),
            (*CONFIRMED, entry("moved-to-meta-account", at(3))),
            (entry("filed", at(400)), entry("confirmed-by-mail", at(399))),
        ],
        ids=["nothing sent", "due again", "due for its yearly check"],
    )
    def test_is_not_asked_otherwise(self, playbook: Playbook, events: tuple[Event, ...]) -> None:
        assert self.ask(playbook, *events) == ""

    @pytest.mark.parametrize(
        ("events", "day"),
        [((entry("filed", at(2)),), "21 Nov"), ((*CONFIRMED, entry("filed", at(1))), "22 Nov")],
        ids=["not answered yet", "sent again after a confirmation"],
    )
    def test_says_when_it_was_sent_while_meta_has_not_answered(
        self, playbook: Playbook, events: tuple[Event, ...], day: str
    ) -> None:
        overview = seen(playbook, account("facebook", *events, hub=""))
        question = objecting_again_question(overview.statuses[0], StepId.SUBMIT, overview, playbook)
        assert question is not None
        assert question.title.endswith(f": already sent ({day}). Send it again?")

    def test_is_not_asked_at_another_step(self, playbook: Playbook) -> None:
        assert self.ask(playbook, *CONFIRMED, step=StepId.REPLY) == ""


class TestSentTwice:
    """An objection that was sent again before Meta decided: both days are named."""

    first, again = entry("filed", at(20)), entry("filed", at(5))

    def test_both_days_are_named_and_meta_s_month_runs_from_the_first(self, playbook: Playbook) -> None:
        twice = record(account("facebook", self.first, self.again))
        overview = compute_overview(twice, playbook, NOW, public_holiday_name)
        (status,) = overview.statuses
        (row,) = coverage_rows_of(overview)
        assert describe_state(status, twice, playbook, NOW) == "filed 3 Nov, again 18 Nov, waiting"
        assert outcome_sentence(status, twice, playbook, NOW).endswith("filed 3 Nov, again 18 Nov, waiting.")
        assert describe_cover(row, twice, playbook, NOW) == "its own, of 3 Nov"
        assert sent_ago(self.again, status, NOW) == "Filed 3 Nov, and again 5 days ago."
        question = objecting_again_question(status, "submit", overview, playbook)
        assert question is not None
        assert "already sent (3 Nov)" in question.title

    def test_a_month_counted_from_the_second_says_why(self, playbook: Playbook) -> None:
        who = entry("more-asked", at(15), for_="id")
        (status,) = compute_overview(
            record(account("facebook", self.first, who, self.again)), playbook, NOW, public_holiday_name
        ).statuses
        (deadline,) = status.deadlines
        period = deadline.legal_period(public_holiday_name)
        assert period is not None
        sentences = [line.sentence for line in calculation_lines(period, playbook)]
        assert [each for each in sentences if each.startswith("You sent the objection again while")] == sentences[1:2]
        (plain,) = compute_overview(
            record(account("facebook", self.first, self.again)), playbook, NOW, public_holiday_name
        ).statuses
        assert not plain.deadlines[0].is_counted_again
