"""What is offered while Meta waits for an answer, and what is awaited after it."""

from datetime import date, timedelta

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.letters.letter_recommendations import fitting_letters, recommend_letters
from metaoptout_tui.core.objection.agenda import appointments_of
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.offers import offers_of
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.replies import (
    NO_REPLY,
    REPLIES_TO_OBJECTION,
    Reply,
    possible_replies,
    reply_by_id,
    reply_words,
)
from metaoptout_tui.core.objection.sentences import task_sentence
from metaoptout_tui.core.objection.tasks import OfferKind, TaskKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import WRONG_FORM_REQUESTS, AccountState
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(20), email="anna@example.org")
POSTED = entry("filed", at(40), form="letter", received=at(35).date())
IDS = ("reminder", "identity", "no-examples", "examples", "residence", "question", "complaint", "objection")


def overview_of(playbook: Playbook, *events: Event, platform: str = "facebook") -> Overview:
    return compute_overview(record(account(platform, *events)), playbook, NOW, public_holiday_name)


def asked(what: str, days: int = 10) -> Event:
    return entry("more-asked", at(days), **{"for": what})


@pytest.mark.parametrize("what", ["reason", "id", "residence", "examples", "prompts", "other-form", ""])
def test_while_a_question_waits_it_can_be_answered_and_that_can_be_written_down(playbook: Playbook, what: str) -> None:
    overview = overview_of(playbook, FILED, asked(what))
    offers = {offer.kind: offer for offer in offers_of(overview.statuses[0], overview.tasks)}
    assert offers[OfferKind.ANSWERED].words == "I have answered it"
    in_doubt = what in WRONG_FORM_REQUESTS
    before = [OfferKind.WHICH_FORM] if in_doubt else []
    between = [OfferKind.FILE_AGAIN] if in_doubt else []
    assert [*offers][: 2 + 2 * in_doubt] == [*before, OfferKind.LETTERS, *between, OfferKind.ANSWERED]
    words = "It was the right form: answer Meta" if in_doubt else "Answer Meta's question: a letter"
    assert offers[OfferKind.LETTERS].words == words
    answered = overview_of(playbook, FILED, asked(what), entry("answered", at(5)))
    assert OfferKind.ANSWERED not in {offer.kind for offer in offers_of(answered.statuses[0], answered.tasks)}


@pytest.mark.parametrize(
    ("what", "first"),
    [
        ("reason", "question"),
        ("id", "identity"),
        ("residence", "residence"),
        ("examples", "no-examples"),
        ("prompts", "no-examples"),
        ("", "question"),
    ],
)
def test_the_letter_that_answers_stands_first(playbook: Playbook, what: str, first: str) -> None:
    status = overview_of(playbook, FILED, asked(what)).statuses[0]
    assert fitting_letters(status, IDS, (), NOW)[0].id == first
    answered = overview_of(playbook, FILED, asked(what), entry("answered", at(5))).statuses[0]
    letter = next(each for each in fitting_letters(answered, IDS, (), NOW) if each.id == first)
    assert (letter.is_recommended, letter.reason) == (False, "You answered Meta's question on 18 Nov.")
    never = overview_of(playbook, FILED).statuses[0]
    assert {each.id for each in fitting_letters(never, IDS, (), NOW)} == {
        *("reminder", "identity", "complaint", "objection")
    }


def test_an_answer_that_is_recorded_begins_no_second_objection(playbook: Playbook) -> None:
    outcome = overview_of(playbook, FILED, asked("examples"), entry("answered", at(5))).statuses[0].outcome
    assert outcome is not None
    assert outcome.newest_objection == outcome.first_objection == FILED
    assert outcome.state is AccountState.FILED


def words_on_nothing(playbook: Playbook, *events: Event) -> str:
    status = overview_of(playbook, *events).statuses[0]
    told = ApplicableGuidance(playbook, status, StepId.REPLY).reply_statements(NO_REPLY)
    return " ".join(playbook.texts.sentence(each.id) for each in told)


def test_nothing_came_leads_to_no_second_form_once_meta_wrote(playbook: Playbook) -> None:
    assert "file again in a browser" in words_on_nothing(playbook, FILED)
    after = words_on_nothing(playbook, FILED, asked("reason"), entry("answered", at(5)))
    assert "do not file again" in after
    assert "it may not have arrived" not in after
    assert "letter box" in words_on_nothing(playbook, POSTED)


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        (entry("answered", at(2), by="letter"), at(2) + timedelta(days=14)),
        (entry("answered", at(2), by="letter", received=at(1).date()), at(1) + timedelta(days=7)),
    ],
)
def test_meta_is_reminded_a_week_after_it_can_have_a_posted_answer(
    playbook: Playbook, answer: Event, due: object
) -> None:
    for filed in (POSTED, FILED):
        overview = overview_of(playbook, filed, asked("reason"), answer)
        task = overview.next_task_for("facebook")
        assert task is not None
        assert (task.kind, task.due_at) == (TaskKind.REMIND, due)
        assert "reminder" not in recommend_letters(overview.statuses[0], (), NOW)


def test_what_waits_for_meta_names_both_days_on_which_its_time_may_end(playbook: Playbook) -> None:
    case = (entry("filed", at(29)), asked("reason", 20), entry("answered", at(19)), entry("reminded", at(9)))
    overview = overview_of(playbook, *case, entry("answer-missing", at(1)))
    task = overview.next_task_for("facebook")
    assert task is not None
    assert task.kind is TaskKind.AWAIT_ANSWER
    assert "until 25 Nov or 4 Dec" in task_sentence(task, playbook)


def test_meta_is_called_late_only_after_the_later_of_both_days(playbook: Playbook) -> None:
    case = (entry("filed", at(50)), asked("reason", 40))
    assert overview_of(playbook, *case, entry("answered", at(10))).statuses[0].state is AccountState.FILED
    late = overview_of(playbook, *case, entry("answered", at(38))).statuses[0]
    assert late.state is AccountState.OVERDUE
    open_yet = overview_of(playbook, *case).statuses[0]
    reason = recommend_letters(open_yet, (), NOW)["complaint"]
    assert reason == "Meta's month is over, unless it may wait for your answer."


def variants_of(id: str, *events: Event, platform: str = "facebook") -> list[str]:
    reply = reply_by_id(id)
    assert reply is not None
    return [variant.id for variant in reply.variants_for(account(platform, *events))]


def test_after_a_letter_no_form_was_the_wrong_one_and_a_letter_may_come_back(playbook: Playbook) -> None:
    assert "more-asked.prompts" not in variants_of("more-asked", POSTED)
    assert "more-asked.examples" in variants_of("more-asked", POSTED)
    assert "more-asked.residence" in variants_of("more-asked", FILED)
    kinds = {reply.id for reply in possible_replies((POSTED,))}
    assert kinds.isdisjoint({"confirmed-on-screen", "code-asked"})
    assert possible_replies((FILED,)) == REPLIES_TO_OBJECTION

    def words(reply: Reply, filed: Event) -> str:
        return reply_words(reply, account("facebook", filed), playbook)

    by_mail = next(reply for reply in REPLIES_TO_OBJECTION if reply.id == "confirmed-by-mail")
    assert words(by_mail, POSTED) == "A letter or mail saying that Meta honours the objection"
    assert words(by_mail, FILED) == "A mail saying that Meta honours the objection"


@pytest.mark.parametrize("platform", ["facebook", "elsewhere"])
@pytest.mark.parametrize(
    ("variant", "said"),
    [
        ("reason", "which purpose you object to"),
        ("residence", "Say in which country you live"),
        ("other", "Answer what Meta asks"),
    ],
)
def test_each_question_is_explained_by_what_it_asks_for(
    playbook: Playbook, platform: str, variant: str, said: str
) -> None:
    status = overview_of(playbook, FILED, platform=platform).statuses[0]
    reply = reply_by_id(f"more-asked.{variant}")
    assert reply is not None
    told = ApplicableGuidance(playbook, status, StepId.REPLY).reply_statements(reply)
    words = " ".join(playbook.texts.sentence(each.id) for each in told)
    assert said in words
    assert "prompts" not in words
    assert "screenshot" not in words


def test_a_reason_in_the_list_of_letters_is_true_for_how_it_stands(playbook: Playbook) -> None:
    def reason(id: str, *events: Event) -> str:
        status = overview_of(playbook, *events).statuses[0]
        return next(each.reason for each in fitting_letters(status, (id,), (), NOW))

    assert reason("refusal-answer", FILED) == "If Meta refuses."
    wrong_form = entry("refused", at(9), grounds="wrong-form")
    assert reason("refusal-answer", FILED, wrong_form) == (
        "Meta says that it was the wrong form. If it was the right one, say so."
    )
    no_examples = entry("refused", at(9), grounds="no-examples")
    assert reason("refusal-answer", FILED, no_examples) == (
        "Meta refused, as prompts or examples are missing. Say that you have nothing to send."
    )


def test_after_a_refusal_for_the_form_both_ways_are_offered_until_the_person_answered(playbook: Playbook) -> None:
    def words(*events: Event) -> list[str]:
        overview = overview_of(playbook, *events)
        return [offer.words for offer in offers_of(overview.statuses[0], overview.tasks)]

    refused = entry("refused", at(9), grounds="wrong-form")
    both = ["It was the right form: answer Meta", "It was the wrong form: file again in the right one"]
    assert words(FILED, refused)[:3] == ["Say which form you used", *both]
    assert words(entry("filed", at(20), form="general"), refused)[:2] == both
    assert not {*both} & {*words(FILED, refused, entry("refusal-disputed", at(5)))}
    assert not {*both} & {*words(FILED, entry("refused", at(9), grounds="given"))}


def test_where_only_an_assumed_arrival_makes_meta_late_the_complaint_says_so_and_comes_next(playbook: Playbook) -> None:
    posted = entry("filed", at(50), form="letter")
    unknown = entry("letter-arrived", at(40), of=posted.id, day="unknown")
    status = overview_of(playbook, posted, unknown).statuses[0]
    assert status.state is AccountState.OVERDUE
    periods = tuple(
        period for deadline in status.deadlines if (period := deadline.legal_period(public_holiday_name)) is not None
    )
    letters = fitting_letters(status, IDS, periods, NOW)
    later = [each for each in letters if not each.is_recommended]
    assert later[0].id == "complaint"
    assert later[0].reason.startswith("Meta's time is over by an assumed arrival alone")


def test_the_calendar_and_what_is_next_begin_after_the_later_of_both_days(playbook: Playbook) -> None:
    case = (entry("filed", at(29)), asked("reason", 20), entry("answered", at(19)))
    calendar = appointments_of(overview_of(playbook, *case), playbook, public_holiday_name)
    end = next(each for each in calendar if each.id.startswith("period-answer"))
    assert end.due == date(2026, 12, 4)
    assert "Its end is 25 Nov 2026." in end.description
    assert "it is 4 Dec 2026" in end.description
    late = overview_of(playbook, entry("filed", at(60)), asked("reason", 50), entry("answered", at(40)))
    task = late.next_task_for("facebook")
    assert task is not None
    assert task.kind is TaskKind.OVERDUE
    assert "ran out (16 Nov)" in task_sentence(task, playbook)
    assert task.due_at is not None
    assert task.due_at.date() == date(2026, 11, 17)
