"""A person without an account: what Meta has from elsewhere goes the same way as an account, by a form of its own."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.letters.letter_recommendations import recommend_letters
from metaoptout_tui.core.objection.linking_question import linking_question
from metaoptout_tui.core.objection.offers import offers_of
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.replies import REPLIES_TO_OBJECTION, reply_by_id
from metaoptout_tui.core.objection.step_advice import StepAdvice
from metaoptout_tui.core.objection.tasks import OfferKind, TaskKind
from metaoptout_tui.core.record.account_names import account_name, short_account_name
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

SENT = entry("filed", at(40), email="anna@example.org", form="elsewhere")
STEPS = (StepId.OPEN, StepId.SUBMIT, StepId.REPLY)


def person(*events: Event, country: str = "AT") -> Record:
    return record(account("elsewhere", *events, hub=""), country=country)


def overview_of(playbook: Playbook, everything: Record) -> Overview:
    return compute_overview(everything, playbook, NOW, public_holiday_name)


def advice(playbook: Playbook, everything: Record, step: str) -> str:
    overview = overview_of(playbook, everything)
    told = StepAdvice(playbook, everything, overview, overview.statuses[-1], step).in_order()
    return " ".join(each.words for each in told)


@pytest.mark.parametrize("country", ["AT", "GB", "CH", "BR", "JP", "US", ""])
def test_wherever_the_person_lives_there_is_a_form_to_send_and_an_answer_to_record(
    playbook: Playbook, country: str
) -> None:
    status = overview_of(playbook, person(country=country)).statuses[0]
    assert tuple(step.id for step in status.steps) == STEPS
    assert status.state is AccountState.NOT_STARTED
    assert playbook.forms_for(platform="elsewhere", region=status.region.id)


def test_no_log_in_is_asked_for_and_no_menu_is_named(playbook: Playbook) -> None:
    told = advice(playbook, person(), StepId.OPEN)
    assert "need not log in" in told
    assert "Privacy Centre" not in told
    assert not playbook.paths_for(step=StepId.OPEN, platform="elsewhere", region="eea")


def test_what_was_sent_waits_and_its_month_runs_then_letters_and_the_authority_are_offered(playbook: Playbook) -> None:
    fresh = overview_of(playbook, person(entry("filed", at(3), form="elsewhere")))
    assert fresh.statuses[0].state is AccountState.FILED
    assert fresh.coverage_counts.sent == 1
    overdue = overview_of(playbook, person(SENT))
    status = overdue.statuses[0]
    assert status.state is AccountState.OVERDUE
    assert overdue.tasks[0].kind is TaskKind.OVERDUE
    kinds = [offer.kind for offer in offers_of(status, overdue.tasks)]
    assert kinds[:2] == [OfferKind.LETTERS, OfferKind.AUTHORITY]
    assert {"reminder", "complaint", "friends"} <= set(recommend_letters(status, (), NOW))


def test_where_no_law_sets_a_month_none_runs(playbook: Playbook) -> None:
    status = overview_of(playbook, person(SENT, country="US")).statuses[0]
    assert (status.state, status.deadlines) == (AccountState.FILED, ())


def test_prompts_that_are_asked_for_are_no_wrong_form_here(playbook: Playbook) -> None:
    asked = next(reply for reply in REPLIES_TO_OBJECTION if reply.id == "more-asked")
    refused = next(reply for reply in REPLIES_TO_OBJECTION if reply.id == "refused")
    of_person = [
        variant.id
        for variant in (*asked.variants_for(account("elsewhere")), *refused.variants_for(account("elsewhere")))
    ]
    of_profile = [variant.id for variant in (*asked.variants_for(account()), *refused.variants_for(account()))]
    wrong_form = {"more-asked.prompts", "more-asked.other-form", "refused.wrong-form"}
    assert "more-asked.examples" in of_person
    assert not wrong_form & set(of_person)
    assert wrong_form <= set(of_profile)
    assert "more-asked.examples" not in of_profile
    status = overview_of(playbook, person(entry("filed", at(9)), entry("more-asked", at(2), for_="examples")))
    assert status.statuses[0].state is AccountState.ASKED_FOR_MORE
    assert status.tasks[0].kind is TaskKind.ANSWER_MORE


@pytest.mark.parametrize(
    ("reply", "said"),
    [("more-asked.examples", "Whether Meta decides without them is not known"), ("refused", "grants none")],
)
def test_a_reply_is_explained_for_this_form(playbook: Playbook, reply: str, said: str) -> None:
    from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance

    known = reply_by_id(reply)
    assert known is not None
    status = overview_of(playbook, person(SENT)).statuses[0]
    told = ApplicableGuidance(playbook, status, StepId.REPLY).reply_statements(known)
    words = " ".join(playbook.texts.sentence(statement.id) for statement in told)
    assert said in words
    assert "Log in" not in words
    assert "wrong" not in words
    in_profile = overview_of(playbook, record(account("facebook", SENT))).statuses[0]
    told = ApplicableGuidance(playbook, in_profile, StepId.REPLY).reply_statements(known)
    assert said not in " ".join(playbook.texts.sentence(statement.id) for statement in told)


def test_what_others_post_is_answered_with_what_can_be_done_and_what_cannot(playbook: Playbook) -> None:
    statements = playbook.statements_for(step=StepId.REPLY, platform="elsewhere", region="eea")
    told = " ".join(playbook.texts.sentence(statement.id) for statement in statements)
    assert "even if you object or have no account" in told
    assert "ask friends and family" in told
    assert "Meta says that your objection does not reach other people's posts" in told


def test_the_first_step_names_the_message_to_friends_and_the_limit_behind_more(playbook: Playbook) -> None:
    roles = {
        statement.id: statement.role
        for statement in playbook.statements_for(step=StepId.OPEN, platform="elsewhere", region="eea")
    }
    assert roles["elsewhere.message"] == "do"
    assert roles["elsewhere.pictures"] == "know"
    without_letters = playbook.statements_for(step=StepId.OPEN, platform="elsewhere", region="none")
    assert "elsewhere.message" not in {statement.id for statement in without_letters}


def test_what_can_be_expected_of_the_form_is_told_first(playbook: Playbook) -> None:
    account_record = record(account("elsewhere"))
    overview = compute_overview(account_record, playbook, NOW, public_holiday_name)
    status = overview.statuses[0]
    advice = StepAdvice(playbook, account_record, overview, status, StepId.OPEN).in_order()
    assert advice[0].words.startswith("Expect little:")
    assert advice[0].basis is not None
    assert "S58" in advice[0].basis.sources


def test_before_it_is_sent_a_child_and_the_letters_are_offered(playbook: Playbook) -> None:
    status = compute_overview(record(account("elsewhere")), playbook, NOW, public_holiday_name).statuses[0]
    assert [offer.kind for offer in offers_of(status, ())] == [OfferKind.CHILD, OfferKind.LETTERS]


def test_it_takes_no_part_in_linking(playbook: Playbook) -> None:
    assert linking_question(record(account(), account("elsewhere", hub="")), playbook) is None
    covered = overview_of(playbook, record(account("facebook", SENT, hub="all"), account("elsewhere", hub="")))
    assert [status.state for status in covered.statuses] == [AccountState.OVERDUE, AccountState.NOT_STARTED]


def test_it_is_called_what_it_is_in_a_sentence_and_in_a_narrow_column(playbook: Playbook) -> None:
    own, childs = account("elsewhere"), account("elsewhere-Mila")
    assert account_name(own, playbook) == "Data about you without an account"
    assert account_name(childs, playbook) == "Data about Mila without an account"
    assert short_account_name(own, playbook) == "Without account"
    assert short_account_name(childs, playbook) == "Mila"
