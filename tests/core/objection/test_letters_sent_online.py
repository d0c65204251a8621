"""An objection by letter that went online or by e-mail: neither Meta's form nor post, wherever one of them is asked for."""

import pytest

from metaoptout_tui.app.accounts.earlier_objection import (
    EarlierObjection,
    record_earlier_objection,
    ways_it_was_sent,
)
from metaoptout_tui.app.record.diary_service import SentLetterInput
from metaoptout_tui.core.case_file.diary import build_case_diary, summarize_account
from metaoptout_tui.core.case_file.redaction import collect_harmless_words, redact_record
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.letters.letters import letter_sent_events
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.replies import NO_REPLY, is_objection_by_letter
from metaoptout_tui.core.objection.sentences import describe_step, is_form_not_needed
from metaoptout_tui.core.objection.tasks import TaskKind
from metaoptout_tui.core.record.events import Event, fields_to_correct, went_by_letter, went_by_post
from metaoptout_tui.guidance.loader import load_authorities, public_holiday_name
from samples import NOW, Clock, account, at, entry, open_session, record

ONLINE = entry("filed", at(3), form="letter-online", email="anna@example.org")
FORM = entry("filed", at(3), email="anna@example.org")


def overview_of(playbook: Playbook, *events: Event) -> Overview:
    return compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name)


def step_words(playbook: Playbook, id: StepId, *events: Event) -> str:
    [status] = overview_of(playbook, *events).statuses
    step = next(each for each in status.steps if each.id == id)
    return describe_step(step, status, NOW)


@pytest.mark.parametrize(("is_by_post", "form"), [(True, "letter"), (False, "letter-online")])
def test_how_the_letter_went_is_kept_with_the_objection(playbook: Playbook, *, is_by_post: bool, form: str) -> None:
    session = open_session(playbook, Clock(), [], record(account("facebook")))
    session.diary_service.record_sent_letter("facebook", SentLetterInput("filed", at(1), is_by_post=is_by_post))
    [sent] = session.record.accounts[0].events
    assert sent.text("form") == form
    assert went_by_letter(sent)
    assert went_by_post(sent) is is_by_post


@pytest.mark.parametrize(("way", "form"), [("online", ""), ("letter", "letter"), ("letter-online", "letter-online")])
def test_how_an_earlier_objection_went_is_kept_too(playbook: Playbook, way: str, form: str) -> None:
    session = open_session(playbook, Clock(), [], record(account("facebook")))
    assert way in dict(ways_it_was_sent())
    record_earlier_objection(session, EarlierObjection(("facebook",), at(9), way))
    assert session.record.accounts[0].events[0].text("form") == form


def test_it_counts_from_its_day_and_its_arrival_is_not_asked(playbook: Playbook) -> None:
    overview = overview_of(playbook, ONLINE)
    [deadline] = overview.statuses[0].deadlines
    assert deadline.is_receipt_certain
    assert deadline.receipt.day == ONLINE.at.date()
    kinds = {task.kind for task in overview.tasks}
    assert kinds.isdisjoint({TaskKind.LETTER_ARRIVED, TaskKind.LOOK_FOR_MAIL, TaskKind.FILE_AGAIN_IN_BROWSER})
    assert TaskKind.REMIND in kinds
    assert TaskKind.LOOK_FOR_MAIL in {task.kind for task in overview_of(playbook, FORM).tasks}


def test_its_steps_say_that_no_form_was_needed(playbook: Playbook) -> None:
    [status] = overview_of(playbook, ONLINE).statuses
    assert is_form_not_needed(next(each for each in status.steps if each.id == StepId.OPEN), status)
    assert step_words(playbook, StepId.OPEN, ONLINE) == "not needed"
    assert step_words(playbook, StepId.SUBMIT, ONLINE).startswith("by letter")


def test_what_follows_a_form_alone_is_not_offered_and_what_helps_is_another_sentence(playbook: Playbook) -> None:
    [status] = overview_of(playbook, ONLINE).statuses
    assert is_objection_by_letter(status.account)
    guidance = ApplicableGuidance(playbook, status, StepId.REPLY)
    [told] = [each.id for each in guidance.reply_statements(NO_REPLY)]
    assert told == "answer.answer-missing.letter-online.help"


def test_diary_and_case_file_call_it_a_letter(playbook: Playbook) -> None:
    own = account("facebook", ONLINE)
    words = "Objection sent as a letter, online or by e-mail"
    assert describe_event(ONLINE, playbook) == f"{words}, with anna@example.org"
    diary = list(build_case_diary(own, playbook))
    assert "a letter, by e-mail or online" in [detail.value for detail in diary[0].details]
    [line] = summarize_account(overview_of(playbook, ONLINE).statuses[0], diary, "").objections
    assert line == "20 Nov 2026, as a letter, online or by e-mail, with anna@example.org"
    assert letter_sent_events([ONLINE, FORM]) == (ONLINE,)


def test_that_it_was_a_letter_cannot_be_corrected(playbook: Playbook) -> None:
    session = open_session(playbook, Clock(), [], record(account("facebook", ONLINE, FORM)))
    assert "form" not in fields_to_correct(ONLINE)
    for id, to in ((ONLINE.id, ""), (FORM.id, "letter-online"), (FORM.id, "letter")):
        with pytest.raises(InputRefused, match="by letter"):
            session.diary_service.correct_event_text("facebook", id, "form", to)


def test_it_asks_for_no_code_of_a_form(playbook: Playbook) -> None:
    asked = entry("code-asked", at(2), **{"for": "code"})
    assert overview_of(playbook, FORM, asked).statuses[0].deadlines == ()
    assert overview_of(playbook, ONLINE, asked).statuses[0].deadlines != ()


def test_it_stays_what_it_is_where_names_are_hidden(playbook: Playbook) -> None:
    words = collect_harmless_words(playbook, (), load_authorities())
    [shown] = redact_record(record(account("facebook", ONLINE)), words).accounts[0].events
    assert shown.text("form") == "letter-online"
