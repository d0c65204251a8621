"""Accounts one cannot log in to: forgotten, hacked, locked, deactivated, deleted; what is told and what comes next."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.guidance.topics import TopicId, topic_forms, topic_statements
from metaoptout_tui.core.letters.letter_recommendations import recommend_letters
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.offers import offers_of
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.sentences import describe_state_briefly, describe_step, is_form_not_needed
from metaoptout_tui.core.objection.step_advice import StepAdvice
from metaoptout_tui.core.objection.tasks import OfferKind, TaskKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AccountState, LogIn
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

LOST = [each for each in LogIn if each is not LogIn.WORKS]


def log_in(word: LogIn, days: float = 5) -> Event:
    return entry("log-in", at(days), **{"log-in": str(word)})


def overview_of(playbook: Playbook, *events: Event, country: str = "NL") -> Overview:
    return compute_overview(record(account("facebook", *events), country=country), playbook, NOW, public_holiday_name)


def told(playbook: Playbook, *events: Event) -> str:
    everything = record(account("facebook", *events))
    overview = compute_overview(everything, playbook, NOW, public_holiday_name)
    advice = StepAdvice(playbook, everything, overview, overview.statuses[0], StepId.OPEN)
    return " ".join(each.words for each in advice.in_order())


@pytest.mark.parametrize("why", LOST)
def test_each_is_recorded_with_its_day_and_a_letter_is_offered(playbook: Playbook, why: LogIn) -> None:
    overview = overview_of(playbook, log_in(why))
    status = overview.statuses[0]
    assert (status.why_no_log_in, status.since) == (why, at(5))
    kinds = [offer.kind for offer in offers_of(status, overview.tasks)]
    assert kinds == [OfferKind.NO_LOG_IN, OfferKind.LETTERS]
    assert recommend_letters(status, (), NOW)["objection"] == "You cannot log in, and a letter needs no log-in."
    assert describe_event(status.account.events[0], playbook).startswith("Log-in: ")


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (LogIn.FORGOTTEN, "First try to get back in"),
        (LogIn.HACKED, "Pay nobody who offers to get your account back"),
        (LogIn.LOCKED, "180 days to appeal"),
        (LogIn.DEACTIVATED, "opens again when you log in"),
        (LogIn.DELETED, "No form is left for it, so you can leave it at that."),
    ],
)
def test_what_is_told_first_follows_the_reason(playbook: Playbook, why: LogIn, words: str) -> None:
    assert words in told(playbook, log_in(why))
    assert "object by letter" in told(playbook, log_in(why))
    assert "Log in first" not in told(playbook, log_in(why))


def test_a_deleted_account_leaves_nothing_to_do_and_is_not_counted_as_open(playbook: Playbook) -> None:
    overview = overview_of(playbook, log_in(LogIn.DELETED))
    assert overview.statuses[0].state is AccountState.DELETED
    assert overview.tasks == ()
    assert (overview.coverage_counts.still_open, overview.coverage_counts.closed) == (0, 1)
    assert describe_state_briefly(overview.statuses[0]) == "deleted"


def test_any_other_one_leads_to_what_can_be_done_without_a_log_in(playbook: Playbook) -> None:
    overview = overview_of(playbook, log_in(LogIn.HACKED))
    assert overview.statuses[0].state is AccountState.NO_LOG_IN
    assert [(task.kind, task.row_id) for task in overview.tasks] == [(TaskKind.NO_LOG_IN, "open/no-login")]
    assert overview.coverage_counts.still_open == 1


def test_once_the_log_in_works_again_the_walk_goes_on(playbook: Playbook) -> None:
    overview = overview_of(playbook, log_in(LogIn.HACKED), log_in(LogIn.WORKS, 2))
    assert overview.statuses[0].state is AccountState.NOT_STARTED
    assert overview.tasks[0].kind is TaskKind.IDENTIFY


def test_an_objection_by_letter_runs_its_month_as_any_other(playbook: Playbook) -> None:
    sent = entry("filed", at(3), form="letter")
    status = overview_of(playbook, log_in(LogIn.DELETED), sent).statuses[0]
    assert status.state is AccountState.FILED
    assert status.deadlines
    assert status.why_no_log_in is LogIn.DELETED


def test_an_objection_that_was_sent_before_goes_on(playbook: Playbook) -> None:
    confirmed = (entry("filed", at(9)), entry("confirmed-by-mail", at(8)))
    assert overview_of(playbook, *confirmed, log_in(LogIn.HACKED)).statuses[0].state is AccountState.CONFIRMED


@pytest.mark.parametrize("why", LOST)
def test_the_way_back_in_stays_listed_after_a_letter_was_sent(playbook: Playbook, why: LogIn) -> None:
    sent = overview_of(playbook, log_in(why), entry("filed", at(3), by="letter"))
    kinds = [offer.kind for offer in offers_of(sent.statuses[0], sent.tasks)]
    assert (OfferKind.NO_LOG_IN in kinds) is (why is not LogIn.DELETED)


OF_OTHER_REASONS = {
    LogIn.FORGOTTEN: ("no-login.appeal", "no-login.deactivated", "no-login.deleted", "account-hacked"),
    LogIn.HACKED: ("no-login.appeal", "no-login.deactivated", "no-login.deleted", "account-forgotten"),
    LogIn.LOCKED: ("no-login.back", "no-login.deactivated", "no-login.deleted", "account-hacked", "account-forgotten"),
    LogIn.DEACTIVATED: ("no-login.back", "no-login.appeal", "no-login.deleted", "fraud.access", "account-hacked"),
    LogIn.DELETED: ("no-login.back", "no-login.then", "no-login.appeal", "no-login.deactivated", "account-forgotten"),
}


@pytest.mark.parametrize("why", LOST)
def test_the_page_tells_only_what_fits_the_reason(playbook: Playbook, why: LogIn) -> None:
    def told_ids(reason: LogIn | None) -> set[str]:
        reasons = frozenset({str(reason)}) if reason is not None else None
        sections = topic_statements(playbook, TopicId.NO_LOGIN, "uk", reasons)
        forms = topic_forms(playbook, TopicId.NO_LOGIN, "uk", reasons)
        return {each.id for _heading, statements in sections for each in statements} | {form.id for form in forms}

    assert told_ids(None) - told_ids(why) >= {*OF_OTHER_REASONS[why]}
    assert {"no-login.unknown", "no-login.letter.elsewhere", "privacy-contact"} <= told_ids(why)
    own = {LogIn.FORGOTTEN: "account-forgotten", LogIn.HACKED: "account-hacked", LogIn.LOCKED: "no-login.appeal"}
    assert own.get(why, f"no-login.{why}") in told_ids(why)


def test_the_form_is_not_needed_where_the_objection_went_by_post(playbook: Playbook) -> None:
    sent = overview_of(playbook, log_in(LogIn.HACKED), entry("filed", at(3), by="letter")).statuses[0]
    step = next(each for each in sent.steps if each.id == StepId.OPEN)
    assert is_form_not_needed(step, sent)
    assert describe_step(step, sent, NOW) == "not needed"
    online = overview_of(playbook, entry("filed", at(3))).statuses[0]
    assert not is_form_not_needed(next(each for each in online.steps if each.id == StepId.OPEN), online)


def test_the_diary_calls_the_step_of_data_from_elsewhere_as_the_list_does(playbook: Playbook) -> None:
    ticked = entry("step-done", at(3), step="open")
    assert describe_event(ticked, playbook, "elsewhere") == "Open the form: done"
    assert describe_event(ticked, playbook, "facebook") == "Open Privacy Centre: done"
