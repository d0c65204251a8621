"""What is written into the record is the same in every language, byte for byte but for the random ids of entries."""

import re

from metaoptout_tui.app.record.diary_service import ObjectionInput, ReplyInput, SentLetterInput
from metaoptout_tui.core.chats.privacy import ChatPrivacyList
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.translation import ENGLISH, Catalogue, in_catalogue
from metaoptout_tui.core.objection.linking_question import linking_question
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE, Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.remembered import ChatPrivacy
from metaoptout_tui.core.record.vocabulary import TODO_DONE, ChatTodoKind, LogIn
from metaoptout_tui.storage.progress_file import dump_record
from pseudo_language import PseudoCatalogue
from samples import Clock, open_session, record

_ENTRY_ID = re.compile(rb'id = "[^"\n]*"|entry = "[^"\n]*"|of = "[^"\n]*"')


def what_a_person_writes(playbook: Playbook, catalogue: Catalogue) -> bytes:
    """The file of a person who did a little of everything, with the same ids for all entries."""
    clock, saved = Clock(), list[Record]()
    session = open_session(playbook, clock, saved, record())
    with in_catalogue(catalogue):
        session.account_service.finish_welcome("NL", ("facebook", "instagram", "whatsapp"), "anna@example.org", "nl")
        session.account_service.add_account(FROM_ELSEWHERE, "", "", None)
        facebook, instagram, whatsapp = (each.id for each in session.record.accounts[:3])
        question = linking_question(session.record, playbook)
        assert question is not None
        links = question.changes({facebook, instagram}, is_rest_known=True)
        session.account_service.complete_list(facebook, links)
        session.diary_service.tick_step(facebook, StepId.OPEN)
        prepared = session.diary_service.prepared_objection(facebook)
        session.diary_service.record_objection(
            facebook, ObjectionInput(prepared.form_id, prepared.email, "", clock.now)
        )
        clock.pass_by(days=3)
        session.diary_service.record_reply(facebook, ReplyInput(EventKind.CONFIRMED_BY_MAIL, clock.now))
        session.diary_service.record_sent_letter(facebook, SentLetterInput(EventKind.INQUIRY_SENT, clock.now))
        session.diary_service.record_log_in(instagram, LogIn.FORGOTTEN, clock.now)
        chats = ChatPrivacyList((ChatPrivacy("Family", "on", "Bea"), ChatPrivacy("Choir", "off"), ChatPrivacy("Work")))
        session.diary_service.record_note(whatsapp, StepId.REVIEW, chats.note)
        session.diary_service.settle_chat_todo(whatsapp, ChatTodoKind.DELETE_CHAT, TODO_DONE)
    return _ENTRY_ID.sub(b"", dump_record(saved[-1]))


def test_a_person_writes_the_same_record_in_every_language(playbook: Playbook) -> None:
    english = what_a_person_writes(playbook, ENGLISH)
    assert english == what_a_person_writes(playbook, PseudoCatalogue())
    assert b"Accounts Centre" in english
    assert b"Data from elsewhere" in english
    assert b"Advanced Chat Privacy off: Choir" in english
