"""What in the diary sets a legal period going, and what ends it."""

from datetime import date, datetime, timedelta, timezone

import pytest

from metaoptout_tui.app.diary_service import ObjectionInput, SentLetterInput
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.deadlines import Deadline, calculation_lines, deadlines_of
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, open_session, record
from samples import Clock as StoppedClock


def running(*events: Event, law: str = "gdpr") -> dict[str, Deadline]:
    return {clock.rule: clock for clock in deadlines_of(events, law, "NL")}


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


@pytest.mark.parametrize("what", ["code-asked", "more-asked", "answer-missing", "noted"])
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
    assert set(running(*sent, law="uk-gdpr")) == {"answer", "information", "acknowledgement"}
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
    return [clock.receipt.day for clock in deadlines_of(events, law, "NL") if clock.rule == "answer"]


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
    assert [clock.receipt.day for clock in found if clock.rule == "authority"] == [at(40).date(), at(10).date()]


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
    assert not before.was_extension_late
    known = running(*events_in_force((posted, notice, entry("letter-arrived", at(58), of=posted.id))))["answer"]
    after = known.legal_period(public_holiday_name)
    assert after is not None
    assert after.was_extension_late


def test_an_arrival_before_the_posting_tells_nothing() -> None:
    clock = running(entry("filed", at(60), form="letter", received=at(61).date()))["answer"]
    assert clock.is_receipt_unknown
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


class TestWhoMoved:
    """Somebody goes to live in another country while periods run."""

    def filed(self, playbook: Playbook) -> tuple[Session, list[str]]:
        here = record(
            account("facebook", entry("filed", at(60), email="anna@example.org"), entry("complained", at(20)))
        )
        session = open_session(playbook, StoppedClock(), [], here)
        session.accounts.set_person(country="GB", email="anna@example.org", language="en")
        return session, session.history.notices

    def laws(self, session: Session) -> list[tuple[str, str, str]]:
        (standing,) = session.overview().statuses
        return [(clock.rule, clock.law, clock.jurisdiction) for clock in standing.deadlines]

    def test_what_was_sent_before_goes_on_under_the_law_of_there(self, playbook: Playbook) -> None:
        session, heard = self.filed(playbook)
        assert self.laws(session) == [("answer", "gdpr", "NL"), ("authority", "gdpr", "NL")]
        assert "counted by the law of where you lived then" in heard[0]
        session.diary.record_sent_letter("facebook", SentLetterInput("complained-to-controller"))
        assert ("acknowledgement", "uk-gdpr", "GB") in self.laws(session)

    def test_who_only_put_a_mistake_right_corrects_the_date(self, playbook: Playbook) -> None:
        session, _ = self.filed(playbook)
        changed = session.account("facebook").events[-1]
        session.diary.correct_event_date("facebook", changed.id, at(70))
        assert self.laws(session) == [("answer", "uk-gdpr", "GB")]

    def test_undo_takes_it_all_back(self, playbook: Playbook) -> None:
        session, _ = self.filed(playbook)
        session.history.undo()
        assert session.record.person.country == "NL"
        assert [event.kind for event in session.account("facebook").events] == ["filed", "complained"]

    def test_where_nothing_can_be_sent_it_is_said_that_the_diary_keeps_it(self, playbook: Playbook) -> None:
        session, heard = self.filed(playbook)
        heard.clear()
        session.accounts.set_person(country="US", email="anna@example.org", language="en")
        assert "the diary keeps them" in heard[0]
        session.accounts.set_person(country="NL", email="anna@example.org", language="en")
        assert [rule for rule, _, _ in self.laws(session)] == ["answer", "authority"]


def test_an_extension_without_an_objection_changes_nothing(playbook: Playbook) -> None:
    standing = compute_overview(
        record(account("facebook", entry("extended", at(3)))), playbook, NOW, public_holiday_name
    ).statuses[0]
    assert standing.state is AccountState.NOT_STARTED
    assert standing.deadlines == ()


def test_a_sitting_gives_the_periods_of_an_account_with_their_working(session: Session) -> None:
    session.accounts.set_person(country="NL", email="", language="en")
    added = session.accounts.add_account("facebook", "Anna", "", None)
    assert session.view.legal_periods(added.id) == ()
    session.diary.record_objection(added.id, ObjectionInput())
    [period] = session.view.legal_periods(added.id)
    assert (period.rule, period.first_day, period.last_day) == ("answer", date(2026, 11, 23), date(2026, 12, 23))
    assert [line.day for line in calculation_lines(period, session.playbook)] == [period.first_day, period.last_day]
    assert session.view.legal_periods("none") == ()
