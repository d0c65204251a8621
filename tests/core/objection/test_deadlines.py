"""What in the diary sets a legal period going, and what ends it."""

from datetime import date, datetime, timedelta, timezone

import pytest

from metaoptout_tui.app.record.diary_service import ObjectionInput, SentLetterInput
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.deadline_sentences import (
    deadline_end_text,
    deadline_state_text,
    period_end_sentence,
)
from metaoptout_tui.core.objection.deadlines import Deadline, calculation_lines
from metaoptout_tui.core.objection.deadlines_of_diary import deadlines_of, has_unfinished_form
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, open_session, record
from samples import Clock as StoppedClock


def running(*events: Event, law: str = "gdpr") -> dict[str, Deadline]:
    return {clock.kind: clock for clock in deadlines_of(events, law, "NL")}


def last_of(clock: Deadline) -> date:
    period = clock.legal_period(public_holiday_name)
    assert period is not None
    return period.last_day


def refuse(_place: str, _day: date) -> str:
    raise AssertionError("asked for a holiday")


def test_filing_sets_the_month_going_and_an_answer_ends_it() -> None:
    filing = entry("filed", at(10))
    assert running(filing)["answer"].ended_by is None
    answer = entry("confirmed-by-mail", at(9))
    assert running(filing, answer)["answer"].ended_by == answer


@pytest.mark.parametrize("year", [1970, 2016, 2023])
def test_a_clock_that_began_again_in_another_year_makes_nothing_overdue_by_decades(
    playbook: Playbook, year: int
) -> None:
    filing = entry("filed", at(10).replace(year=year))
    overview = compute_overview(record(account("facebook", filing)), playbook, NOW, public_holiday_name)
    assert [task.kind for task in overview.due_tasks] == []
    assert all(task.due_at is None or task.due_at > at(365) for task in overview.tasks)
    as_it_was = compute_overview(
        record(account("facebook", filing)), playbook, filing.at + timedelta(days=1), public_holiday_name
    )
    state = as_it_was.statuses[0].outcome
    assert state is not None
    assert state.state is AccountState.FILED  # while the clock says so, what was recorded counts


@pytest.mark.parametrize("what", ["more-asked", "answer-missing", "noted"])
def test_a_question_or_silence_does_not_end_the_month(what: str) -> None:
    assert running(entry("filed", at(10)), entry(what, at(9)))["answer"].ended_by is None


def test_each_thing_sent_has_a_clock_of_its_own() -> None:
    sent = (
        entry("filed", at(80)),
        entry("asked-applied", at(40)),
        entry("complained-to-controller", at(35)),
        entry("complained", at(30)),
    )
    assert set(running(*sent)) == {"answer", "information", "authority"}
    in_the_uk = {"answer", "information", "acknowledgement", "authority", "complaint-to-regulator"}
    assert set(running(*sent, law="uk-gdpr")) == in_the_uk
    assert set(running(*sent, law="fadp")) == {"information"}
    assert set(running(*sent, law="lgpd")) == set()


def test_closing_the_matter_ends_every_clock() -> None:
    sent = (entry("filed", at(80)), entry("asked-applied", at(40)), entry("complained", at(30)), entry("closed", at(1)))
    assert all(clock.ended_by is not None for clock in running(*sent).values())


def test_a_posted_letter_counts_from_the_day_it_arrived() -> None:
    sent = datetime(2026, 11, 2, 12, tzinfo=NOW.tzinfo)
    posted = entry("filed", sent, form="letter")
    arrived = entry("filed", sent, form="letter", received=date(2026, 11, 6))
    assert last_of(running(posted)["answer"]) == date(2026, 12, 2)
    assert last_of(running(arrived)["answer"]) == date(2026, 12, 7)


def test_the_day_of_filing_does_not_change_with_summer_time() -> None:
    # Half past eleven at night in winter is half past midnight of the next day by a summer clock.
    filing = entry("filed", datetime(2026, 2, 10, 23, 30, tzinfo=timezone(timedelta(hours=1))))
    assert last_of(running(filing)["answer"]) == date(2026, 3, 10)
    summer = datetime(2026, 6, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    period = running(filing)["answer"].missed_period(summer.date(), public_holiday_name)
    assert period is not None
    assert period.first_day == date(2026, 2, 10)


def test_no_holiday_is_asked_for_before_one_can_matter() -> None:
    clock = running(entry("filed", datetime(2026, 11, 25, 12, tzinfo=NOW.tzinfo)))["answer"]
    # The 25th is a Friday: without a holiday the month would end on it.
    assert clock.missed_period(date(2026, 12, 25), refuse) is None
    with pytest.raises(AssertionError, match="asked for a holiday"):
        clock.missed_period(date(2026, 12, 26), refuse)


def test_an_ended_clock_is_never_overdue() -> None:
    clock = running(entry("filed", at(90)), entry("refused", at(80)))["answer"]
    assert clock.missed_period(NOW.date(), refuse) is None


@pytest.mark.parametrize(
    ("country", "events", "task"),
    [
        ("NL", (entry("asked-applied", at(60)),), "silent-information"),
        ("GB", (entry("complained-to-controller", at(60)),), "silent-acknowledgement"),
        ("NL", (entry("complained", at(120)),), "silent-authority"),
        ("GB", (entry("complained", at(120)),), "silent-authority"),
    ],
)
def test_whatever_was_sent_and_not_answered_in_time_is_the_next_thing(
    playbook: Playbook, country: str, events: tuple[Event, ...], task: str
) -> None:
    sent = account("facebook", entry("filed", at(200)), entry("refused", at(190)), *events)
    next_task = compute_overview(record(sent, country=country), playbook, NOW, public_holiday_name).next_task
    assert next_task is not None
    assert next_task.kind == task
    assert "{" not in task_sentence(next_task, playbook)


@pytest.mark.parametrize(
    ("country", "sent", "answer"),
    [("GB", "complained-to-controller", "acknowledged"), ("NL", "complained", "authority-wrote")],
)
def test_what_was_answered_is_not_asked_for_again(playbook: Playbook, country: str, sent: str, answer: str) -> None:
    answered = account(
        "facebook", entry("filed", at(200)), entry("refused", at(190)), entry(sent, at(120)), entry(answer, at(100))
    )
    seen = compute_overview(record(answered, country=country), playbook, NOW, public_holiday_name)
    assert not [task for task in seen.tasks if task.kind.startswith("silent")]


def counted_from(*events: Event, law: str = "gdpr") -> list[date]:
    return [clock.receipt.day for clock in deadlines_of(events, law, "NL") if clock.kind == "answer"]


def test_an_objection_that_is_sent_again_goes_on_with_the_month_of_the_first() -> None:
    assert counted_from(entry("filed", at(20)), entry("filed", at(5))) == [at(20).date()]


def test_one_sent_after_the_month_ran_out_begins_another_and_the_first_is_not_forgotten(playbook: Playbook) -> None:
    again = (entry("filed", at(90)), entry("filed", at(5)))
    assert counted_from(*again) == [at(90).date(), at(5).date()]
    standing = compute_overview(record(account("facebook", *again)), playbook, NOW, public_holiday_name).statuses[0]
    assert standing.state is AccountState.FILED
    assert [clock.receipt.day for clock, _ in standing.missed_deadlines] == [at(90).date()]


def test_an_objection_that_was_answered_or_never_completed_does_not_lend_its_month() -> None:
    assert counted_from(entry("filed", at(20)), entry("refused", at(15)), entry("filed", at(5))) == [at(5).date()]
    wrong = entry("more-asked", at(15), **{"for": "prompts"})
    assert counted_from(entry("filed", at(20)), wrong, entry("filed", at(5))) == [at(5).date()]
    assert counted_from(entry("filed", at(20)), entry("code-asked", at(15)), entry("filed", at(5))) == [at(5).date()]


def test_every_complaint_to_an_authority_that_is_open_has_its_clock() -> None:
    found = deadlines_of(
        (entry("filed", at(90)), entry("complained", at(40)), entry("complained", at(10))), "gdpr", "NL"
    )
    assert [clock.receipt.day for clock in found if clock.kind == "authority"] == [at(40).date(), at(10).date()]


def test_a_longer_time_goes_to_what_was_asked_last_and_is_not_answered() -> None:
    filed, asked = entry("filed", at(60)), entry("asked-applied", at(40))
    found = running(filed, entry("confirmed-by-mail", at(50)), asked, entry("extended", at(20)))
    assert found["answer"].extended_by is None
    assert last_of(found["information"]) == date(2027, 1, 14)


def test_a_longer_time_without_reasons_does_not_count() -> None:
    filed = entry("filed", at(60))
    assert last_of(running(filed, entry("extended", at(50)))["answer"]) == date(2026, 12, 24)
    assert last_of(running(filed, entry("extended", at(50), reasons="none"))["answer"]) == date(2026, 10, 27)


def test_a_letter_that_may_still_be_on_its_way_is_never_overdue() -> None:
    posted = entry("filed", at(60), form="letter")
    assert running(posted)["answer"].missed_period(NOW.date(), refuse) is None
    arrived = events_in_force((posted, entry("letter-arrived", at(57), of=posted.id)))
    clock = running(*arrived)["answer"]
    assert clock.receipt.day == at(57).date()
    assert clock.missed_period(NOW.date(), public_holiday_name) is not None


def test_of_a_letter_that_may_still_be_on_its_way_no_notice_of_more_time_is_called_late() -> None:
    posted, notice = entry("filed", at(60), form="letter"), entry("extended", at(20))
    before = running(posted, notice)["answer"].legal_period(public_holiday_name)
    assert before is not None
    assert before.extension_defect != "late"
    known = running(*events_in_force((posted, notice, entry("letter-arrived", at(58), of=posted.id))))["answer"]
    after = known.legal_period(public_holiday_name)
    assert after is not None
    assert after.extension_defect == "late"


def test_an_arrival_before_the_posting_tells_nothing() -> None:
    clock = running(entry("filed", at(60), form="letter", received=at(61).date()))["answer"]
    assert clock.is_arrival_unreported
    assert clock.missed_period(NOW.date(), refuse) is None


def test_a_letter_on_its_way_does_not_hold_up_the_month_of_what_was_sent_over_the_web_after_it() -> None:
    posted, again = entry("filed", at(60), form="letter"), entry("filed", at(55), form="meta-general")
    clock = running(posted, again)["answer"]
    assert clock.started_by == again
    assert clock.missed_period(NOW.date(), public_holiday_name) is not None
    arrived = entry("letter-arrived", at(57), of=posted.id)
    assert running(*events_in_force((posted, again, arrived)))["answer"].receipt.day == at(57).date()


def test_the_last_word_on_an_arrival_counts_also_when_its_date_was_put_right() -> None:
    posted = entry("filed", at(60), form="letter")
    first, second = entry("letter-arrived", at(50), of=posted.id), entry("letter-arrived", at(57), of=posted.id)
    right = entry("date-corrected", at(0), entry=second.id, to=at(58))
    assert events_in_force((posted, first, second))[0].fields["received"] == at(57).date()
    assert events_in_force((posted, first, second, right))[0].fields["received"] == at(58).date()
    back = entry("step-reopened", at(0), step="submit")
    assert events_in_force((posted, first, back)) == ()


class TestFormWithCode:
    """Meta asks for a code, or for a click on a link, before it takes a form."""

    filed, asked = entry("filed", at(60)), entry("code-asked", at(59))

    def test_where_it_was_never_confirmed_no_month_runs_and_none_is_missed(self, playbook: Playbook) -> None:
        for later in ((), (entry("answer-missing", at(50)),), (entry("noted", at(50), step="submit", text="x"),)):
            events = (self.filed, self.asked, *later)
            assert running(*events) == {}
            assert has_unfinished_form(events)
            standing = compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name)
            assert standing.statuses[0].state is AccountState.ASKED_FOR_MORE
            assert standing.statuses[0].missed_deadlines == ()
            assert not [task for task in standing.tasks if task.kind.startswith("overdue")]

    def test_a_click_on_a_link_is_the_same(self) -> None:
        assert running(self.filed, entry("code-asked", at(59), **{"for": "link"})) == {}

    def test_once_it_was_confirmed_the_month_counts_from_that_day(self) -> None:
        clock = running(self.filed, self.asked, entry("answered", at(40)))["answer"]
        assert clock.receipt.day == at(40).date()
        assert clock.receipt.step.statement == "form-completed"
        assert last_of(clock) == date(2026, 11, 16)
        assert clock.missed_period(NOW.date(), public_holiday_name) is not None

    @pytest.mark.parametrize("what", ["confirmed-by-mail", "refused", "extended", "more-asked"])
    def test_whatever_meta_writes_about_the_objection_shows_that_the_form_was_finished(self, what: str) -> None:
        clock = running(self.filed, self.asked, entry(what, at(40)))["answer"]
        assert clock.receipt.day == at(40).date()

    def test_a_code_that_was_asked_for_again_must_be_typed_again(self) -> None:
        again = (self.filed, self.asked, entry("answered", at(50)), entry("code-asked", at(45)))
        assert running(*again) == {}
        assert running(*again, entry("answered", at(44)))["answer"].receipt.day == at(44).date()

    def test_an_earlier_form_that_went_through_goes_on_with_its_month(self) -> None:
        first = entry("filed", at(70))
        clock = running(first, self.filed, self.asked)["answer"]
        assert clock.started_by == first

    def test_a_letter_needs_no_code_to_be_received(self) -> None:
        posted = entry("filed", at(60), form="letter", received=at(58).date())
        assert running(posted, self.asked)["answer"].receipt.day == at(58).date()
        assert not has_unfinished_form((posted, self.asked))


class TestQuestions:
    """Meta asks who somebody is, or what they mean."""

    filed = entry("filed", datetime(2026, 7, 1, 14, tzinfo=NOW.tzinfo))
    who = entry("more-asked", datetime(2026, 7, 5, 9, tzinfo=NOW.tzinfo), **{"for": "id"})
    what = entry("more-asked", datetime(2026, 7, 5, 9, tzinfo=NOW.tzinfo), **{"for": "reason"})
    answer = entry("answered", datetime(2026, 7, 25, 9, tzinfo=NOW.tzinfo))

    @pytest.mark.parametrize(
        ("law", "asked", "last"),
        [
            ("uk-gdpr", "who", date(2026, 8, 25)),
            ("uk-gdpr", "what", date(2026, 8, 24)),  # 1 August and 21 days: a Saturday
            ("gdpr", "who", date(2026, 8, 25)),
            ("gdpr", "what", date(2026, 8, 4)),  # 1 August is a Saturday, Monday the 3rd Ireland's August holiday
        ],
    )
    def test_what_the_question_does_to_the_month(self, law: str, asked: str, last: date) -> None:
        clock = running(self.filed, getattr(self, asked), self.answer, law=law)["answer"]
        assert last_of(clock) == last
        late = date(2026, 8, 25) if (law, asked) == ("gdpr", "what") else last
        assert clock.missed_period(late, public_holiday_name) is None
        assert clock.missed_period(late + timedelta(days=1), public_holiday_name) is not None

    def test_where_it_is_in_doubt_both_days_are_told_and_none_is_late_before_the_later_one(self) -> None:
        clock = running(self.filed, self.what, self.answer)["answer"]
        period = clock.legal_period(public_holiday_name)
        assert period is not None
        assert (period.last_day, period.later_end) == (date(2026, 8, 4), date(2026, 8, 25))
        between, after = date(2026, 8, 10), date(2026, 8, 26)
        assert deadline_end_text(period, between, None) == "until 4 Aug, or 25 Aug"
        assert deadline_state_text(clock, period, between) == "over, unless Meta may count from your answer"
        told = period_end_sentence(period, between, None)
        assert "Its end is 4 Aug 2026." in told
        assert "it is 25 Aug 2026" in told
        assert told.endswith("Complain only after the later one.")
        assert clock.may_be_over_from(between, public_holiday_name) == after
        assert period_end_sentence(period, after, None) == "It is over, whichever day counts."
        assert deadline_state_text(clock, period, after) == "over for 1 day"

    def test_while_such_a_question_is_open_its_end_is_told_with_the_doubt(self) -> None:
        clock = running(self.filed, self.what)["answer"]
        period = clock.legal_period(public_holiday_name)
        assert period is not None
        assert deadline_end_text(period, date(2026, 8, 1), None) == "until 4 Aug, or later"
        assert deadline_state_text(clock, period, date(2026, 8, 6)) == "over, unless Meta may wait for your answer"
        assert "is the earliest" in period_end_sentence(period, date(2026, 8, 1), None)

    @pytest.mark.parametrize(
        ("law", "asked", "runs_out"),
        [("uk-gdpr", "who", False), ("uk-gdpr", "what", False), ("gdpr", "who", False), ("gdpr", "what", True)],
    )
    def test_while_it_is_open(self, law: str, asked: str, *, runs_out: bool) -> None:
        clock = running(self.filed, getattr(self, asked), entry("answer-missing", at(90)), law=law)["answer"]
        assert (clock.missed_period(NOW.date(), public_holiday_name) is not None) == runs_out
        assert clock.is_end_open != runs_out
        assert (clock.may_be_over_from(NOW.date(), public_holiday_name) > NOW.date()) != runs_out

    def test_meta_that_goes_on_without_an_answer_closes_its_question(self) -> None:
        longer = entry("extended", datetime(2026, 7, 20, 9, tzinfo=NOW.tzinfo))
        clock = running(self.filed, self.who, longer)["answer"]
        assert not clock.is_end_open
        assert last_of(clock) == date(2026, 10, 20)

    @pytest.mark.parametrize("request_for", ["prompts", "other-form"])
    def test_the_month_goes_on_where_the_person_answers_that_question_instead_of_filing_again(
        self, playbook: Playbook, request_for: str
    ) -> None:
        zone = NOW.tzinfo
        filing = entry("filed", datetime(2026, 10, 20, 9, tzinfo=zone))
        wrong = entry("more-asked", datetime(2026, 10, 26, 9, tzinfo=zone), **{"for": request_for})
        answer = entry("answered", datetime(2026, 10, 28, 9, tzinfo=zone))
        month = running(filing, wrong, answer)["answer"]
        assert (month.started_by, month.ended_by) == (filing, None)
        period = month.legal_period(public_holiday_name)
        assert period is not None
        assert (period.last_day, period.later_end) == (date(2026, 11, 20), date(2026, 11, 30))
        late = compute_overview(
            record(account("facebook", filing, wrong, answer)),
            playbook,
            datetime(2026, 12, 1, 12, tzinfo=zone),
            public_holiday_name,
        )
        outcome = late.statuses[0].outcome
        assert outcome is not None
        assert [missed.deadline.kind for missed in outcome.missed_deadlines] == ["answer"]
        asked_again = entry("more-asked", datetime(2026, 11, 5, 9, tzinfo=zone), **{"for": request_for})
        assert running(filing, wrong, answer, asked_again)["answer"].ended_by == asked_again

    def test_a_question_about_the_wrong_form_ends_the_month_and_holds_nothing_up(self) -> None:
        wrong = entry("more-asked", datetime(2026, 7, 5, 9, tzinfo=NOW.tzinfo), **{"for": "prompts"})
        clock = running(self.filed, wrong, law="uk-gdpr")["answer"]
        assert clock.ended_by == wrong
        assert clock.meta_questions == ()

    def test_a_question_about_ones_own_question_holds_that_up_and_no_complaint(self) -> None:
        sent = (
            self.filed,
            entry("confirmed-by-mail", datetime(2026, 7, 2, 9, tzinfo=NOW.tzinfo)),
            entry("asked-applied", datetime(2026, 7, 3, 9, tzinfo=NOW.tzinfo)),
            entry("complained-to-controller", datetime(2026, 7, 4, 9, tzinfo=NOW.tzinfo)),
            self.who,
        )
        found = running(*sent, law="uk-gdpr")
        assert [rule for rule, clock in found.items() if clock.is_end_open] == ["information"]
        assert last_of(running(*sent, self.answer, law="uk-gdpr")["information"]) == date(2026, 8, 25)
        assert not running(*sent, law="fadp")["information"].is_end_open

    def test_an_objection_that_was_sent_again_does_not_wait_for_the_question_about_the_first(self) -> None:
        again = entry("filed", datetime(2026, 7, 10, 9, tzinfo=NOW.tzinfo))
        clock = running(self.filed, self.who, again)["answer"]
        assert clock.started_by == again
        assert last_of(clock) == date(2026, 8, 10)

    def test_the_state_is_asked_and_nothing_is_overdue(self, playbook: Playbook) -> None:
        asked = account("facebook", self.filed, self.who)
        for country in ("NL", "GB"):
            seen = compute_overview(record(asked, country=country), playbook, NOW, public_holiday_name)
            assert seen.statuses[0].state is AccountState.ASKED_FOR_MORE
            assert not [task for task in seen.tasks if task.kind.startswith("overdue")]


class TestAPostedAnswerToMetasQuestion:
    """It counts from the day on which it arrived, by assumption while that is not known."""

    asked = entry("more-asked", datetime(2026, 8, 5, 9, tzinfo=NOW.tzinfo), **{"for": "id"})
    answered = entry("answered", datetime(2026, 8, 6, 14, tzinfo=NOW.tzinfo), by="letter")

    def clock(self, *more: Event, law: str = "gdpr") -> Deadline:
        sent = entry("filed", datetime(2026, 8, 3, 14, tzinfo=NOW.tzinfo))
        found = deadlines_of(
            events_in_force((sent, self.asked, self.answered, *more)), law, "NL", assumed_letter_days=7
        )
        return next(each for each in found if each.kind == "answer")

    @pytest.mark.parametrize("law", ["gdpr", "uk-gdpr"])
    def test_until_its_arrival_is_said_days_of_post_are_assumed_and_no_letter_names_the_end(self, law: str) -> None:
        period = self.clock(law=law).legal_period(public_holiday_name)
        assert period is not None
        assert (period.first_day, period.last_day) == (date(2026, 8, 13), date(2026, 9, 14))
        assert [step.statement.partition(".")[0] for step in period.calculation][:3] == [
            "form-sent", "answer-assumed", "identity-answered",
        ]  # fmt: skip
        assert not period.is_end_certain

    def test_the_day_of_arrival_takes_its_place(self) -> None:
        arrived = entry("letter-arrived", datetime(2026, 8, 10, 9, tzinfo=NOW.tzinfo), of=self.answered.id)
        period = self.clock(arrived).legal_period(public_holiday_name)
        assert period is not None
        assert (period.first_day, period.last_day) == (date(2026, 8, 10), date(2026, 9, 10))
        assert period.is_end_certain

    def test_the_reminder_waits_for_a_week_after_it_arrived(self, playbook: Playbook) -> None:
        sent = entry("filed", at(30), form="letter")
        came = entry("letter-arrived", at(27), of=sent.id)
        asked = entry("more-asked", at(9), **{"for": "id"})
        answered = entry("answered", at(8), by="letter")
        arrived = entry("letter-arrived", at(3), of=answered.id)
        days = []
        for more in ((), (arrived,)):
            waiting = record(account("facebook", sent, came, asked, answered, *more), country="NL")
            tasks = compute_overview(waiting, playbook, NOW, public_holiday_name).tasks
            days += [task.due_at for task in tasks if task.kind == "remind" and task.due_at is not None]
        assert [(day.date() - NOW.date()).days for day in days] == [-8 + 7 + 7, -3 + 7]


class TestLetterOfUnknownArrival:
    """A letter of which the person says that they do not know when it arrived."""

    posted = entry("filed", datetime(2026, 8, 3, 14, tzinfo=NOW.tzinfo), form="letter")
    unknown = entry("letter-arrived", at(60), of=posted.id, day="unknown")

    def clock(self, *more: Event, law: str = "gdpr", kind: str = "answer") -> Deadline:
        found = deadlines_of(events_in_force((self.posted, *more)), law, "NL", assumed_letter_days=7)
        return next(each for each in found if each.kind == kind)

    def test_before_anything_is_said_its_end_is_not_known(self) -> None:
        clock = self.clock()
        assert (clock.is_arrival_unreported, clock.is_receipt_assumed, clock.is_receipt_certain) == (True, False, False)
        assert clock.missed_period(NOW.date(), refuse) is None

    def test_it_counts_from_this_programs_assumption_and_can_run_out(self) -> None:
        clock = self.clock(self.unknown)
        assert (clock.is_arrival_unreported, clock.is_receipt_assumed, clock.is_receipt_certain) == (False, True, False)
        assert (clock.receipt.day, last_of(clock)) == (date(2026, 8, 10), date(2026, 9, 10))
        period = clock.missed_period(NOW.date(), public_holiday_name)
        assert period is not None
        assert not period.is_end_certain

    def test_a_day_that_is_found_out_later_takes_its_place(self) -> None:
        found_out = entry("letter-arrived", datetime(2026, 8, 6, 9, tzinfo=NOW.tzinfo), of=self.posted.id)
        clock = self.clock(self.unknown, found_out)
        assert clock.is_receipt_certain
        assert clock.receipt.day == date(2026, 8, 6)
        in_doubt = entry("letter-arrived", at(50), of=self.posted.id, day="unknown")
        assert self.clock(found_out, in_doubt).is_receipt_assumed

    @pytest.mark.parametrize("country", ["NL", "GB"])
    def test_a_reminder_or_a_complaint_is_then_offered(self, playbook: Playbook, country: str) -> None:
        sent = account("facebook", self.posted, self.unknown)
        seen = compute_overview(record(sent, country=country), playbook, NOW, public_holiday_name)
        assert seen.statuses[0].state is AccountState.OVERDUE
        assert "letter-arrived" not in [task.kind for task in seen.tasks]
        assert "overdue" in [task.kind for task in seen.due_tasks]

    def test_the_assumed_days_are_those_of_the_guidance_and_are_said_to_be_ours(self, playbook: Playbook) -> None:
        line = calculation_lines(required_period(self.clock(self.unknown)), playbook)[0]
        assert f"{playbook.assumed_letter_days} days" in line.sentence
        assert "our own assumption" in line.sentence
        assert line.basis is not None
        assert line.basis.sureness == "low"
        assert line.citation == ""

    def test_in_switzerland_a_posted_question_has_thirty_days_from_its_arrival(self) -> None:
        asked = entry("asked-applied", datetime(2026, 8, 3, 14, tzinfo=NOW.tzinfo), by="letter")
        for more, is_certain, last in (
            ((entry("letter-arrived", datetime(2026, 8, 5, 9, tzinfo=NOW.tzinfo), of=asked.id),), True, "2026-09-04"),
            ((entry("letter-arrived", at(60), of=asked.id, day="unknown"),), False, "2026-09-09"),
        ):
            clock = self.clock(asked, *more, law="fadp", kind="information")
            assert (clock.is_receipt_certain, last_of(clock).isoformat()) == (is_certain, last)
            assert clock.missed_period(NOW.date(), public_holiday_name) is not None
        assert self.clock(asked, law="fadp", kind="information").missed_period(NOW.date(), refuse) is None


class TestComplaintToTheRegulator:
    """In the UK, after a complaint to Meta, the regulator wishes to have a complaint within three months."""

    filed, refused = entry("filed", at(200)), entry("refused", at(190))
    complained = entry("complained-to-controller", at(150))

    def window(self, *more: Event, law: str = "uk-gdpr") -> Deadline | None:
        found = deadlines_of((self.filed, self.refused, self.complained, *more), law, "GB")
        return next((clock for clock in found if clock.kind == "complaint-to-regulator"), None)

    def test_it_counts_from_the_complaint_or_from_metas_latest_word_since(self) -> None:
        window = self.window()
        assert window is not None
        assert (window.started_by, last_of(window)) == (self.complained, date(2026, 9, 26))
        for what in ("acknowledged", "refused", "more-asked"):
            word = entry(what, at(140))
            window = self.window(word, entry("answer-missing", at(130)), entry("noted", at(120), step="x", text="y"))
            assert window is not None
            assert (window.started_by, last_of(window)) == (word, date(2026, 10, 6))

    def test_it_is_nobodys_duty_so_it_is_never_missed(self, playbook: Playbook) -> None:
        window = self.window()
        assert window is not None
        assert window.missed_period(NOW.date(), refuse) is None
        sent = account("facebook", self.filed, self.refused, self.complained)
        seen = compute_overview(record(sent, country="GB"), playbook, NOW, public_holiday_name)
        assert [clock.kind for clock, _ in seen.statuses[0].missed_deadlines] == ["acknowledgement"]

    def test_the_complaint_to_the_regulator_ends_it(self) -> None:
        to_the_ico = entry("complained", at(100))
        window = self.window(to_the_ico, entry("refused", at(90)))
        assert window is not None
        assert (window.started_by, window.ended_by) == (self.complained, to_the_ico)

    def test_elsewhere_there_is_none(self) -> None:
        assert self.window(law="gdpr") is None
        assert self.window(law="fadp") is None


def required_period(clock: Deadline) -> LegalPeriod:
    period = clock.legal_period(public_holiday_name)
    assert period is not None
    return period


class TestWhoMoved:
    """Somebody goes to live in another country while periods run."""

    def filed(self, playbook: Playbook) -> tuple[Session, list[str]]:
        here = record(
            account("facebook", entry("filed", at(60), email="anna@example.org"), entry("complained", at(20)))
        )
        session = open_session(playbook, StoppedClock(), [], here)
        session.account_service.set_person(country="GB", email="anna@example.org", language="en")
        return session, session.current_record.notices

    def laws(self, session: Session) -> list[tuple[str, str, str]]:
        (standing,) = session.overview().statuses
        return [(clock.kind, clock.law, clock.jurisdiction) for clock in standing.deadlines]

    def test_what_was_sent_before_goes_on_under_the_law_of_there(self, playbook: Playbook) -> None:
        session, heard = self.filed(playbook)
        assert self.laws(session) == [("answer", "gdpr", "NL"), ("authority", "gdpr", "NL")]
        assert "counted by the law of where you lived then" in heard[0]
        session.diary_service.record_sent_letter("facebook", SentLetterInput("complained-to-controller"))
        assert ("acknowledgement", "uk-gdpr", "GB") in self.laws(session)

    def test_who_only_put_a_mistake_right_corrects_the_date(self, playbook: Playbook) -> None:
        session, _ = self.filed(playbook)
        changed = session.account("facebook").events[-1]
        session.diary_service.correct_event_date("facebook", changed.id, at(70))
        assert self.laws(session) == [("answer", "uk-gdpr", "GB"), ("authority", "uk-gdpr", "GB")]

    def test_undo_takes_it_all_back(self, playbook: Playbook) -> None:
        session, _ = self.filed(playbook)
        session.undo_stack.undo()
        assert session.record.person.country == "NL"
        assert [event.kind for event in session.account("facebook").events] == ["filed", "complained"]

    def test_where_nothing_can_be_sent_it_is_said_that_the_diary_keeps_it(self, playbook: Playbook) -> None:
        session, heard = self.filed(playbook)
        heard.clear()
        session.account_service.set_person(country="US", email="anna@example.org", language="en")
        assert "the diary keeps them" in heard[0]
        session.account_service.set_person(country="NL", email="anna@example.org", language="en")
        assert [rule for rule, _, _ in self.laws(session)] == ["answer", "authority"]


def test_an_extension_without_an_objection_changes_nothing(playbook: Playbook) -> None:
    standing = compute_overview(
        record(account("facebook", entry("extended", at(3)))), playbook, NOW, public_holiday_name
    ).statuses[0]
    assert standing.state is AccountState.NOT_STARTED
    assert standing.deadlines == ()


def test_a_sitting_gives_the_periods_of_an_account_with_their_working(session: Session) -> None:
    session.account_service.set_person(country="NL", email="", language="en")
    added = session.account_service.add_account("facebook", "Anna", "", None)
    assert session.view.legal_periods(added.id) == ()
    session.diary_service.record_objection(added.id, ObjectionInput())
    [period] = session.view.legal_periods(added.id)
    assert (period.kind, period.first_day, period.last_day) == ("answer", date(2026, 11, 23), date(2026, 12, 23))
    assert [line.day for line in calculation_lines(period, session.playbook)] == [period.first_day, period.last_day]
    assert session.view.legal_periods("none") == ()


class TestInAList:
    """What a row says of a period: the days that are left or over, what it waits for, or how it ended."""

    def said(self, *events: Event, kind: str = "answer", law: str = "gdpr") -> str:
        deadline = running(*events, law=law)[kind]
        period = deadline.legal_period(public_holiday_name)
        assert period is not None
        return deadline_state_text(deadline, period, NOW.date())

    def court_said(self, *events: Event) -> tuple[str, str, str]:
        """The end, the state and the sentence below of the right to a court, 20 days after a complaint."""
        complained = (entry("filed", at(60)), entry("complained", at(20)))
        deadline = running(*complained, *events)["authority"]
        period = deadline.legal_period(public_holiday_name)
        assert period is not None
        today, ended_by = NOW.date(), deadline.ended_by
        return (
            deadline_end_text(period, today, ended_by),
            deadline_state_text(deadline, period, today),
            period_end_sentence(period, today, ended_by),
        )

    @pytest.mark.parametrize("says", ["asks", "passed-on", "amicable", "unknown"])
    def test_a_right_to_a_court_keeps_its_day_in_view_while_the_authority_only_wrote(self, says: str) -> None:
        assert self.court_said(entry("authority-wrote", at(9), says=says)) == (
            "rests, or from 4 Feb 2027 on",
            "the authority wrote on 14 Nov",
            (
                "It rests: this program takes the authority's letter of 14 Nov 2026 for word on how it st"
                "ands. Whether that is enough is not certain. If it is not, court is open from 4 Feb 2027 on."
            ),
        )

    @pytest.mark.parametrize("says", ["rejected", "upheld", "decided"])
    def test_a_right_to_a_court_ends_with_the_authoritys_decision_and_does_not_rest(self, says: str) -> None:
        assert self.court_said(entry("authority-wrote", at(9), says=says)) == (
            "not counted any more",
            "the authority decided on 14 Nov",
            (
                "It ended on 14 Nov 2026 with the authority's decision. What can be done against that, and until when, stands in its "
                "letter."
            ),
        )

    def test_a_decision_ends_what_a_question_of_the_authority_let_rest(self) -> None:
        asked, decided = entry("authority-wrote", at(12), says="asks"), entry("authority-wrote", at(3), says="rejected")
        assert self.court_said(asked, decided)[1] == "the authority decided on 20 Nov"
        assert self.court_said(asked, entry("authority-wrote", at(3), says="passed-on"))[1] == (
            "the authority wrote on 11 Nov"
        )

    def test_that_the_authority_only_has_the_complaint_lets_the_right_to_a_court_come_nearer(self) -> None:
        end, state, sentence = self.court_said(entry("authority-wrote", at(9), says="received"))
        assert (end, state) == ("from 4 Feb 2027 on", "in 73 days")
        assert sentence == "From 4 Feb 2027 on that is open to you. It is no last day."

    def test_a_right_to_a_court_that_the_person_let_go_names_no_day_of_its_own_either(self) -> None:
        assert self.court_said(entry("authority-told", at(9))) == (
            "not counted any more",
            "ended 14 Nov",
            "It ended with the entry of 14 Nov 2026.",
        )

    @pytest.mark.parametrize(
        ("events", "words"),
        [
            ((entry("filed", at(5)),), "25 days left"),
            ((entry("filed", at(50)),), "over for 19 days"),
            ((entry("filed", at(50)), entry("confirmed-by-mail", at(10))), "ended 13 Nov, late"),
            ((entry("filed", at(20)), entry("confirmed-by-mail", at(10))), "ended 13 Nov"),
            ((entry("filed", at(20), by="letter"),), "when it arrived is not written down"),
            ((entry("filed", at(60), by="letter", received="unknown"),), "over for 27 days, by an assumed arrival"),
            (
                (entry("filed", at(20)), entry("more-asked", at(9), **{"for": "id"})),
                "waits for your answer to Meta",
            ),
            ((entry("filed", at(20)), entry("closed", at(1))), "left at that on 22 Nov"),
        ],
    )
    def test_a_row_says_how_the_month_stands(self, events: tuple[Event, ...], words: str) -> None:
        assert self.said(*events) == words

    def test_the_last_days_are_counted_one_by_one(self) -> None:
        moment = datetime(2026, 10, 24, 12, tzinfo=NOW.tzinfo)
        assert self.said(entry("filed", moment)) == "1 day left"

    def test_to_complain_to_the_regulator_is_never_too_late(self) -> None:
        events = (entry("filed", at(200)), entry("refused", at(190)), entry("complained-to-controller", at(150)))
        assert self.said(*events, kind="complaint-to-regulator", law="uk-gdpr") == "you can complain later too"
