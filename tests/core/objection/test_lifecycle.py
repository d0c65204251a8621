"""What becomes of an objection: the course of a case, and the one thing to do next at each point of it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.app.record.diary_service import SentLetterInput
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.letters.letter_recommendations import find_premature_letters, recommend_letters
from metaoptout_tui.core.objection.coverage_table import coverage_rows_of
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import Task, TaskKind
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record


def seen(playbook: Playbook, *accounts: Account, country: str = "NL", now: datetime = NOW) -> Overview:
    return compute_overview(record(*accounts, country=country), playbook, now, public_holiday_name)


def stands(playbook: Playbook, *events: Event, country: str = "NL", now: datetime = NOW) -> AccountStatus:
    return seen(playbook, account("facebook", *events), country=country, now=now).statuses[0]


def todo(playbook: Playbook, *events: Event, country: str = "NL", now: datetime = NOW) -> list[str]:
    every = seen(playbook, account("facebook", *events), country=country, now=now)
    assert all("{" not in task_sentence(task, playbook) for task in every.tasks)
    return [task.kind for task in every.tasks]


def due(playbook: Playbook, *events: Event, country: str = "NL", now: datetime = NOW) -> list[str]:
    return [task.kind for task in seen(playbook, account("facebook", *events), country=country, now=now).due_tasks]


class TestWhileMetaIsSilent:
    def obey(self, task: Task, now: datetime) -> Event | None:
        """What a person writes down who does what the program says, while nothing ever comes."""
        return {
            "look-for-mail": lambda: entry("answer-missing", now),
            "file-again-in-browser": lambda: entry("filed", now, email="anna@example.org"),
            "remind": lambda: entry("reminded", now),
            "overdue": lambda: entry("reminded", now),
            "overdue-reminded": lambda: entry("complained", now, authority="AP"),
        }.get(task.kind, lambda: None)()

    def test_who_does_what_is_said_sends_it_twice_reminds_and_reaches_the_end_of_the_month(
        self, playbook: Playbook
    ) -> None:
        start = NOW.replace(month=9, day=1)
        events: list[Event] = [entry("filed", start, email="anna@example.org")]
        overdue: datetime | None = None
        for hour in range(2, 24 * 60, 5):
            now = start + timedelta(hours=hour)
            every = seen(playbook, account("facebook", *events), now=now)
            if every.statuses[0].state is AccountState.OVERDUE and overdue is None:
                overdue = now
            for task in every.due_tasks:
                written = self.obey(task, now)
                if written is not None:
                    events.append(written)
                    break
        kinds = [event.kind for event in events]
        assert kinds.count("filed") == 2
        # The month of the first objection ends on Thursday 1 October.
        assert overdue is not None
        assert overdue.date() == date(2026, 10, 2)
        assert kinds.index("reminded") < kinds.index("complained")
        assert [kind for kind in kinds if kind not in ("filed", "answer-missing")] == [
            "reminded",
            "reminded",
            "complained",
        ]

    def test_the_form_is_filed_again_once_then_meta_is_reminded(self, playbook: Playbook) -> None:
        once = (entry("filed", at(10)), entry("answer-missing", at(6)))
        assert due(playbook, *once) == ["file-again-in-browser"]
        twice = (*once, entry("filed", at(6)), entry("answer-missing", at(2)))
        assert due(playbook, *twice) == ["remind"]
        assert due(playbook, *twice, entry("reminded", at(1))) == []
        assert todo(playbook, *twice, entry("reminded", at(1)))[0] == "await-answer"

    def test_a_reminder_is_given_the_14_days_that_it_names(self, playbook: Playbook) -> None:
        silence = (entry("filed", at(60)), entry("reminded", at(0)))
        assert stands(playbook, *silence).state is AccountState.OVERDUE
        assert due(playbook, *silence) == []
        assert due(playbook, *silence, now=NOW + timedelta(days=13)) == []
        assert due(playbook, *silence, now=NOW + timedelta(days=15)) == ["overdue-reminded"]

    def test_where_no_law_sets_a_time_the_looks_end_all_the_same(self, playbook: Playbook) -> None:
        assert "look-for-mail" not in todo(playbook, entry("filed", at(400)), country="CH")
        assert due(playbook, entry("filed", at(400)), country="CH")[0] == "ask-applied"


class TestWhenMetaWrote:
    def test_a_notice_of_a_longer_time_ends_the_looks(self, playbook: Playbook) -> None:
        extended = (entry("filed", at(30)), entry("answer-missing", at(26)), entry("extended", at(20)))
        assert due(playbook, *extended) == []
        assert todo(playbook, *extended)[0] == "await-answer"

    def test_three_months_that_ran_out_are_called_so(self, playbook: Playbook) -> None:
        assert due(playbook, entry("filed", at(120)), entry("extended", at(100)))[0] == "overdue-extended"

    def test_a_question_that_was_answered_waits_for_meta_again(self, playbook: Playbook) -> None:
        asked = (entry("filed", at(10)), entry("more-asked", at(8)))
        assert due(playbook, *asked) == ["answer-more"]
        answered = (*asked, entry("answered", at(0)))
        standing = stands(playbook, *answered)
        assert (standing.state, standing.since) == (AccountState.FILED, at(0))
        assert todo(playbook, *answered)[0] == "look-for-mail"
        assert due(playbook, *answered) == []

    def test_who_answered_late_is_told_of_silence_only_since_then(self, playbook: Playbook) -> None:
        asked = (entry("filed", at(60)), entry("reminded", at(25)), entry("more-asked", at(20)))
        assert due(playbook, *asked, entry("answered", at(2))) == []
        (task,) = seen(playbook, account("facebook", *asked, entry("answered", at(15)))).due_tasks
        assert (task.kind, task.text_values["date"].words(playbook)) == ("overdue-reminded", "8 Nov")

    def test_a_question_does_not_hide_that_the_month_ran_out(self, playbook: Playbook) -> None:
        assert due(playbook, entry("filed", at(60)), entry("more-asked", at(50))) == ["overdue-asked", "answer-more"]

    def test_a_wish_for_an_id_is_looked_at_first(self, playbook: Playbook) -> None:
        assert due(playbook, entry("filed", at(5)), entry("more-asked", at(4), **{"for": "id"})) == ["asked-for-id"]

    def test_a_refusal_after_a_complaint_leaves_the_complaint(self, playbook: Playbook) -> None:
        events = (entry("filed", at(60)), entry("complained", at(20)), entry("refused", at(10)))
        standing = stands(playbook, *events)
        assert standing.state is AccountState.COMPLAINED_TO_AUTHORITY
        assert standing.last_reply is not None
        assert standing.last_reply.kind == "refused"

    def test_an_answer_that_was_found_after_filing_again_counts_for_both(self, playbook: Playbook) -> None:
        first, again = entry("filed", at(10)), entry("filed", at(5))
        found_later = entry("confirmed-by-mail", at(8))
        assert stands(playbook, first, again, found_later).state is AccountState.CONFIRMED

    def test_but_not_where_something_asked_for_the_second(self, playbook: Playbook) -> None:
        first, changed = (
            entry("filed", at(10), email="a@example.org"),
            entry("email-changed", at(7), to="b@example.org"),
        )
        again, found_later = entry("filed", at(5), email="b@example.org"), entry("confirmed-by-mail", at(8))
        assert stands(playbook, first, changed, again, found_later).state is AccountState.FILED


class TestComplaints:
    def test_a_complaint_to_meta_that_it_refused_is_answered(self, playbook: Playbook) -> None:
        events = (entry("filed", at(90)), entry("refused", at(80)), entry("complained-to-controller", at(50)))
        assert due(playbook, *events, entry("acknowledged", at(40)), country="GB") == ["complained-to-meta"]
        assert due(playbook, *events, entry("refused", at(30)), country="GB") == ["refused"]

    def test_silence_on_it_is_said_once(self, playbook: Playbook) -> None:
        events = (entry("filed", at(90)), entry("refused", at(80)), entry("complained-to-controller", at(50)))
        assert due(playbook, *events, country="GB") == ["silent-acknowledgement"]
        assert due(playbook, *events, entry("complained", at(1)), country="GB") == []

    def test_an_authority_that_wrote_is_asked_after_again_a_month_later(self, playbook: Playbook) -> None:
        events = (entry("filed", at(200)), entry("refused", at(190)), entry("complained", at(120)))
        assert due(playbook, *events) == ["silent-authority"]
        assert due(playbook, *events, entry("authority-wrote", at(10), says="unknown")) == []
        assert due(playbook, *events, entry("authority-wrote", at(40), says="unknown")) == ["authority-wrote"]

    def test_a_question_that_was_taken_to_the_authority_is_not_asked_after(self, playbook: Playbook) -> None:
        events = (entry("filed", at(90)), entry("confirmed-by-mail", at(80)), entry("asked-applied", at(50)))
        assert due(playbook, *events) == ["silent-information"]
        assert due(playbook, *events, entry("complained", at(1))) == []

    def test_a_complaint_to_meta_about_a_question_is_followed_to_its_outcome(self, playbook: Playbook) -> None:
        asked = (entry("filed", at(120)), entry("confirmed-by-mail", at(110)), entry("asked-applied", at(80)))
        told = (*asked, entry("complained-to-controller", at(40)), entry("acknowledged", at(30)))
        assert due(playbook, *asked, country="GB") == ["silent-information"]
        assert due(playbook, *told, country="GB") == ["complained-to-meta"]
        assert due(playbook, *told, entry("confirmed-by-mail", at(1)), country="GB") == []
        assert due(playbook, *told, entry("closed", at(1)), country="GB") == []

    def test_a_second_question_is_asked_after_though_the_first_was_taken_to_the_authority(
        self, playbook: Playbook
    ) -> None:
        first = (entry("filed", at(200)), entry("asked-applied", at(150)), entry("complained", at(110)))
        second = (entry("confirmed-by-mail", at(100)), entry("asked-applied", at(50)))
        assert "silent-information" in due(playbook, *first, *second)

    def test_what_was_sent_is_not_forgotten_when_something_asks_for_a_new_objection(self, playbook: Playbook) -> None:
        changed = entry("email-changed", at(45), **{"from": "anna@example.org", "to": "b@example.org"})
        silent = (entry("filed", at(50)), changed)
        assert stands(playbook, *silent).state is AccountState.OBJECT_AGAIN
        assert set(due(playbook, *silent)) == {"overdue", "object-again"}
        complained = (entry("filed", at(90)), entry("refused", at(80)), entry("complained", at(60)), changed)
        assert [clock.kind for clock in stands(playbook, *complained).deadlines] == ["answer", "authority"]
        assert "complained" in todo(playbook, *complained)
        again = (*complained, entry("filed", at(2)))
        assert "authority" in [clock.kind for clock in stands(playbook, *again).deadlines]

    def test_a_reminder_counts_also_where_something_asks_for_a_new_objection(self, playbook: Playbook) -> None:
        changed = entry("email-changed", at(45), **{"from": "anna@example.org", "to": "b@example.org"})
        silent = (entry("filed", at(60)), changed)
        assert due(playbook, *silent, entry("reminded", at(2))) == ["object-again"]
        assert due(playbook, *silent, entry("reminded", at(15))) == ["overdue-reminded", "object-again"]
        told = (*silent, entry("complained-to-controller", at(20)))
        assert due(playbook, *told, country="GB") == ["object-again"]
        assert "complained-to-meta" in todo(playbook, *told, country="GB")

    @pytest.mark.parametrize(
        ("country", "then", "task"),
        [
            ("NL", (), "silent-authority"),
            ("GB", (), "silent-authority"),
            ("NL", (entry("authority-wrote", at(100), says="unknown"),), "authority-wrote"),
        ],
    )
    def test_who_looked_in_vain_is_asked_again_a_month_later(
        self, playbook: Playbook, country: str, then: tuple[Event, ...], task: str
    ) -> None:
        events = (entry("filed", at(200)), entry("refused", at(190)), entry("complained", at(120)), *then)
        assert due(playbook, *events, country=country) == [task]
        looked = (*events, entry("answer-missing", at(2)))
        assert due(playbook, *looked, country=country) == []
        assert task in todo(playbook, *looked, country=country)
        assert due(playbook, *looked, country=country, now=NOW + timedelta(days=29)) == [task]

    def test_a_second_complaint_is_waited_for_after_the_authority_wrote_on_the_first(self, playbook: Playbook) -> None:
        events = (entry("filed", at(200)), entry("complained", at(150)), entry("authority-wrote", at(100)))
        assert due(playbook, *events, entry("complained", at(5)), country="GB") == []


class TestPostedLetters:
    def test_its_arrival_is_asked_for_and_it_is_not_overdue_before(self, playbook: Playbook) -> None:
        posted = entry("filed", at(60), form="letter")
        assert stands(playbook, posted).state is AccountState.FILED
        assert due(playbook, posted) == ["letter-arrived"]
        arrived = entry("letter-arrived", at(58), of=posted.id)
        assert stands(playbook, posted, arrived).state is AccountState.OVERDUE

    def test_nobody_looks_for_a_mail_an_hour_after_posting(self, playbook: Playbook) -> None:
        posted = entry("filed", at(0.1), form="letter")
        assert todo(playbook, posted)[0] == "letter-arrived"
        assert due(playbook, posted) == []
        arrived = entry("letter-arrived", at(0), of=posted.id)
        assert todo(playbook, posted, arrived)[0] == "remind"

    @pytest.mark.parametrize("what", ["asked-applied", "complained"])
    def test_the_arrival_of_every_letter_is_asked_for_while_a_period_waits_for_it(
        self, playbook: Playbook, what: str
    ) -> None:
        sent = entry(what, at(60), by="letter")
        events = (entry("filed", at(90)), entry("confirmed-by-mail", at(80)), sent)
        waiting = [
            task for task in seen(playbook, account("facebook", *events)).due_tasks if task.kind == "letter-arrived"
        ]
        assert [task.source_id for task in waiting] == [sent.id]
        arrived = (*events, entry("letter-arrived", at(57), of=sent.id))
        assert "letter-arrived" not in todo(playbook, *arrived)

    def test_the_regulator_is_not_offered_before_it_is_known_when_a_posted_complaint_arrived(
        self, playbook: Playbook
    ) -> None:
        sent = entry("complained-to-controller", at(40), by="letter")
        for then, fits in (((), False), ((entry("letter-arrived", at(38), of=sent.id),), True)):
            standing = stands(playbook, entry("filed", at(90)), entry("refused", at(80)), sent, *then, country="GB")
            periods = tuple(each for clock in standing.deadlines if (each := clock.legal_period(public_holiday_name)))
            assert ("complaint-uk" in recommend_letters(standing, periods, NOW)) is fits
            assert ("complaint-uk" in find_premature_letters(standing, periods, NOW)) is not fits

    def test_a_date_is_not_put_right_so_that_a_letter_arrived_before_it_was_sent(self, session: Session) -> None:
        id = session.account_service.add_account("facebook", "Anna", "anna@example.org", None).id
        session.diary_service.record_sent_letter(id, SentLetterInput("filed", at(20), is_by_post=True))
        letter = session.account(id).events[-1]
        session.diary_service.record_letter_arrival(id, letter.id, at(17))
        arrived = session.account(id).events[-1]
        for entry_id, to in ((arrived.id, at(21)), (letter.id, at(10))):
            with pytest.raises(InputRefused, match="arrival of a letter before"):
                session.diary_service.correct_event_date(id, entry_id, to)
        session.diary_service.correct_event_date(id, arrived.id, at(18))


class TestAddresses:
    @pytest.mark.parametrize(
        ("steps", "again"),
        [
            ([("a@example.org", "b@example.org")], True),
            ([("a@example.org", "")], False),
            ([("a@example.org", "b@example.org"), ("b@example.org", "a@example.org")], False),
            ([("a@example.org", "b@example.org"), ("b@example.org", "c@example.org")], True),
            ([("x@example.org", "A@example.org")], False),
        ],
    )
    def test_only_an_address_that_is_another_than_the_one_sent_with_asks_for_a_new_objection(
        self,
        playbook: Playbook,
        steps: list[tuple[str, str]],
        again: bool,  # noqa: FBT001 - a column of the table
    ) -> None:
        changes = [
            entry("email-changed", at(20 - number), **{"from": old, "to": new})
            for number, (old, new) in enumerate(steps)
        ]
        filed = entry("filed", at(25), email="a@example.org")
        assert (stands(playbook, filed, *changes).state is AccountState.OBJECT_AGAIN) is again


class TestDatesToCome:
    def test_an_objection_of_a_day_to_come_does_not_count_before(self, playbook: Playbook) -> None:
        mistyped = entry("filed", NOW + timedelta(days=30))
        assert stands(playbook, mistyped).state is AccountState.NOT_STARTED
        assert stands(playbook, mistyped, now=NOW + timedelta(days=31)).state is AccountState.FILED
        right = entry("date-corrected", at(0), entry=mistyped.id, to=at(5))
        assert stands(playbook, mistyped, right).objection_in_force == mistyped._replace(at=at(5))

    def test_a_clock_that_is_a_little_behind_takes_nothing_away(self, playbook: Playbook) -> None:
        assert stands(playbook, entry("filed", NOW + timedelta(hours=3))).state is AccountState.FILED

    def test_a_letter_that_arrives_in_days_to_come_is_still_on_its_way(self, playbook: Playbook) -> None:
        posted = entry("filed", at(60), form="letter")
        assert due(playbook, posted, entry("letter-arrived", NOW + timedelta(days=9), of=posted.id)) == [
            "letter-arrived"
        ]


class TestThroughAnother:
    @pytest.mark.parametrize(
        ("then", "holes"),
        [
            ((), ()),
            ((entry("confirmed-by-mail", at(20)),), ()),
            ((entry("more-asked", at(20)),), ("through",)),
            ((entry("closed", at(20)),), ("through",)),
            ((entry("moved-to-meta-account", at(20)),), ("through",)),
        ],
    )
    def test_an_account_is_never_better_off_than_the_one_it_is_covered_through(
        self, playbook: Playbook, then: tuple[Event, ...], holes: tuple[str, ...]
    ) -> None:
        facebook = account("facebook", entry("filed", at(25)), *then, hub="private")
        instagram = account("instagram", entry("account-added", at(200), hub="private"), hub="private")
        every = seen(playbook, facebook, instagram)
        assert [row.gaps for row in coverage_rows_of(every) if row.account.id == "instagram"] == [holes]
        assert every.objected_count == (0 if holes else 2)

    def test_what_was_sent_with_the_wrong_form_covers_nobody(self, playbook: Playbook) -> None:
        wrong = entry("more-asked", at(20), **{"for": "prompts"})
        facebook = account("facebook", entry("filed", at(25)), wrong, hub="private")
        instagram = account("instagram", entry("account-added", at(200), hub="private"), hub="private")
        assert seen(playbook, facebook, instagram).statuses[1].state is AccountState.NOT_STARTED


_KINDS = (
    *("filed", "answer-missing", "confirmed-on-screen", "confirmed-by-mail", "code-asked", "more-asked", "answered"),
    *("confirmed-in-app", "will-be-reviewed", "undeliverable", "authority-told"),
    *("refused", "extended", "reminded", "asked-applied", "complained-to-controller", "complained", "authority-wrote"),
    "inquiry-answered",
    *("email-changed", "hub-changed", "moved-to-meta-account", "rechecked", "closed", "letter-arrived"),
)
_events: Callable[[], st.SearchStrategy[list[tuple[str, int]]]] = lambda: st.lists(  # noqa: E731 - a strategy, not a test
    st.tuples(st.sampled_from(_KINDS), st.integers(0, 400)), max_size=8
)


@given(_events(), st.sampled_from(["NL", "GB", "CH", "DE", "BR", "US"]))
def test_whatever_is_written_down_every_account_stands_somehow_and_says_what_is_next(
    playbook: Playbook, events: list[tuple[str, int]], country: str
) -> None:
    written = [entry(what, at(days), to="b@example.org", of="none") for what, days in events]
    every = seen(playbook, account("facebook", *written), country=country)
    standing = every.statuses[0]
    for task in every.tasks:
        assert "{" not in task_sentence(task, playbook)
        assert not task_sentence(task, playbook).startswith("next.")
    assert len({task.kind for task in every.tasks}) == len(every.tasks)
    sent = [what for what, _ in events if what == "filed"]
    assert (standing.outcome is not None) == bool(sent) or not standing.can_object
    if standing.state is AccountState.OVERDUE:
        assert any(clock.kind == "answer" for clock, _ in standing.missed_deadlines)


class TestAnAccountThatAnothersObjectionCovers:
    """It has no course of its own; a question about it has its own time all the same."""

    def covered(self, playbook: Playbook, *events: Event, country: str = "NL") -> Overview:
        through = account("facebook", entry("filed", at(90)), entry("confirmed-by-mail", at(89)), hub="private")
        return seen(playbook, through, account("instagram", *events, hub="private"), country=country)

    def test_the_time_of_the_question_runs_and_runs_out(self, playbook: Playbook) -> None:
        standing = self.covered(playbook, entry("asked-applied", at(5))).statuses[1]
        assert (standing.state, standing.outcome) == (AccountState.COVERED, None)
        assert [clock.kind for clock in standing.deadlines] == ["information"]
        assert standing.missed_deadlines == ()
        overview = self.covered(playbook, entry("asked-applied", at(50)))
        assert [clock.kind for clock, _ in overview.statuses[1].missed_deadlines] == ["information"]
        assert next(task.kind for task in overview.tasks if task.account_id == "instagram") == "silent-information"

    @pytest.mark.parametrize("what", ["confirmed-by-mail", "refused"])
    def test_an_answer_ends_it(self, playbook: Playbook, what: str) -> None:
        standing = self.covered(playbook, entry("asked-applied", at(50)), entry(what, at(40))).statuses[1]
        assert standing.missed_deadlines == ()
        assert [clock.ended_by.kind for clock in standing.deadlines if clock.ended_by] == [what]

    def test_once_meta_says_that_it_does_not_hold_for_the_account_it_is_not_covered(self, playbook: Playbook) -> None:
        refused = self.covered(playbook, entry("asked-applied", at(50)), entry("refused", at(40))).statuses[1]
        assert (refused.state, refused.covering_account_id) == (AccountState.NOT_STARTED, "")
        confirmed = (entry("asked-applied", at(50)), entry("refused", at(40)), entry("confirmed-by-mail", at(30)))
        assert self.covered(playbook, *confirmed).statuses[1].state is AccountState.COVERED

    def test_a_complaint_about_the_silence_is_not_followed_by_the_same_task(self, playbook: Playbook) -> None:
        overview = self.covered(playbook, entry("asked-applied", at(50)), entry("complained", at(5)))
        assert "silent-information" not in [task.kind for task in overview.tasks]
        assert [clock.kind for clock in overview.statuses[1].deadlines] == ["information", "authority"]

    def test_of_two_questions_the_last_counts(self, playbook: Playbook) -> None:
        overview = self.covered(playbook, entry("asked-applied", at(80)), entry("asked-applied", at(50)))
        assert [task.kind for task in overview.tasks].count(TaskKind.INQUIRY_UNANSWERED) == 1
