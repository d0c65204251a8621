"""The address chosen for a form is the account's own where only the first start said another, and undo takes it back."""

from metaoptout_tui.app.accounts.email_corrections import (
    choose_form_email,
    corrected_ids,
    correction_question,
    is_correction_for_form,
)
from metaoptout_tui.app.accounts.form_fields import (
    is_email_of_welcome,
    note_changed_reason,
    reason_to_take_over,
    sentences_before_sending,
    take_over_reason,
    words_for_empty_reason,
)
from metaoptout_tui.app.undo_sentences import question_before_undo_elsewhere
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Record
from samples import Clock, account, at, entry, open_session, record

OLD, NEW = "anna@example.org", "info@shop.example"


def accounts() -> Record:
    return record(
        account("facebook", entry("filed", at(2), email=OLD)),
        account("instagram"),
        account("threads"),
        account("whatsapp"),
    )


def test_the_chosen_address_is_the_accounts_own_and_the_question_is_about_others_that_were_not_sent(
    playbook: Playbook, clock: Clock
) -> None:
    session = open_session(playbook, clock, [], accounts())
    assert is_correction_for_form(session, "instagram", NEW)
    choose_form_email(session, "instagram", NEW)
    assert session.account("instagram").email == NEW
    assert session.diary_service.prepared_objection("instagram").email == NEW
    assert not is_email_of_welcome(session, "instagram")
    question = correction_question(session, OLD, NEW, chosen_for_id="instagram")
    assert question is not None
    assert question.title == "Do your other accounts with anna@example.org have info@shop.example too?"
    assert question.answers[0][1] == "Yes: Threads “Anna” and WhatsApp “Anna”"
    assert "facebook" not in dict(question.answers)
    assert question.sentences[-1] == "Not for Facebook “Anna”: sent with anna@example.org already, and that stays so."
    assert corrected_ids(session, OLD, "all", chosen_for_id="instagram") == ("threads", "whatsapp")
    session.account_service.correct_email(("threads",), OLD, NEW)
    assert session.record.person.email == OLD


def test_a_sent_account_is_changed_only_where_it_is_named(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], accounts())
    question = correction_question(session, OLD, NEW)
    assert question is not None
    assert dict(question.answers)["with-sent"] == (
        "Yes: Instagram “Anna”, Threads “Anna” and WhatsApp “Anna”, and Facebook “Anna”, sent already"
    )
    assert "facebook" not in corrected_ids(session, OLD, "all")
    assert "facebook" in corrected_ids(session, OLD, "with-sent")
    assert corrected_ids(session, OLD, "facebook") == ("facebook",)


def test_another_choice_takes_the_place_of_the_first_and_undo_takes_back_the_newest(
    playbook: Playbook, clock: Clock
) -> None:
    before = accounts()
    session = open_session(playbook, clock, [], before)
    choose_form_email(session, "instagram", NEW)
    choose_form_email(session, "instagram", OLD)
    assert session.account("instagram").email == session.diary_service.prepared_objection("instagram").email == OLD
    session.undo_stack.undo()
    assert session.account("instagram").email == NEW
    session.undo_stack.undo()
    assert session.record == before


def test_an_account_with_an_address_of_its_own_keeps_it(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], record(account("facebook", email="fb@example.org")))
    choose_form_email(session, "facebook", NEW)
    assert session.account("facebook").email == "fb@example.org"
    assert session.diary_service.prepared_objection("facebook").email == NEW
    session.undo_stack.undo()
    assert session.diary_service.prepared_objection("facebook").email == "fb@example.org"


def test_undo_of_the_address_keeps_the_reason_that_was_typed_since(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], accounts())
    choose_form_email(session, "instagram", NEW)
    draft = session.diary_service.objection_draft("instagram")
    session.diary_service.save_objection_draft("instagram", draft._replace(reason="Mine."))
    session.undo_stack.undo()
    assert session.diary_service.prepared_objection("instagram")[1:3] == (OLD, "Mine.")


def test_undo_takes_back_the_reason_that_was_just_written(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], accounts())
    session.diary_service.tick_step("instagram", "open")
    former = session.diary_service.objection_draft("instagram")
    session.diary_service.save_objection_draft("instagram", former._replace(reason="Mine."))
    note_changed_reason(session, "instagram", former)
    change = session.undo_stack.undo()
    assert change is not None
    assert change.description == "the reason for Instagram “Anna”"
    assert session.diary_service.prepared_objection("instagram").reason == ""


def test_a_reason_of_another_account_is_named_and_taken_over(playbook: Playbook, clock: Clock) -> None:
    sent = account("facebook", entry("filed", at(2), email=OLD, reason="I never agreed."))
    session = open_session(playbook, clock, [], record(sent, account("instagram")))
    assert words_for_empty_reason(session, "instagram", "r") == "empty; r takes that of Facebook “Anna”"
    assert words_for_empty_reason(session, "facebook", "r") == "may stay empty"
    said = list(sentences_before_sending(session, "instagram", ""))
    assert "Without a reason, which is fine; for Facebook “Anna” you wrote one." in said
    question = reason_to_take_over(session, "instagram")
    assert question is not None
    assert question.sentences == ("I never agreed.",)
    take_over_reason(session, "instagram")
    assert session.diary_service.prepared_objection("instagram").reason == "I never agreed."
    assert reason_to_take_over(session, "instagram") is None
    session.undo_stack.undo()
    assert session.diary_service.prepared_objection("instagram").reason == ""


def test_undo_asks_before_it_takes_back_a_change_of_another_account(playbook: Playbook, clock: Clock) -> None:
    session = open_session(playbook, clock, [], accounts())
    assert question_before_undo_elsewhere(session, "facebook") is None
    session.diary_service.tick_step("instagram", "open")
    question = question_before_undo_elsewhere(session, "facebook")
    assert question is not None
    assert "in Instagram “Anna”." in question.sentences[0]
    assert question_before_undo_elsewhere(session, "instagram") is None
    assert question_before_undo_elsewhere(session, "") is None
