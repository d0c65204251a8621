"""A letter that was sent, as the session records it: about which objection, with its text, in one change."""

from pathlib import Path

import pytest

from metaoptout_tui.app.record.attachments import AttachmentStore
from metaoptout_tui.app.record.diary_service import ReplyInput, SentLetterInput
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import EvidenceFile, Record, evidence_items_of
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.storage import evidence_folder
from samples import Clock, account, at, entry, record

COVERED = record(account("facebook", entry("filed", at(60)), hub="private"), account("instagram", hub="private"))


@pytest.fixture
def session(playbook: Playbook, tmp_path: Path) -> Session:
    def keep_text(name: str, words: str) -> EvidenceFile:
        return evidence_folder.store_text(name, words, tmp_path)

    return Session(
        COVERED,
        playbook,
        clock=Clock(),
        save=lambda written: written,
        attachment_store=AttachmentStore(keep_text=keep_text),
    )


def told(progress: Record, id: str) -> list[str]:
    found = progress.account_by_id(id)
    assert found is not None
    return [event.kind for event in found.events]


def test_whether_it_was_applied_can_be_asked_for_an_account_that_anothers_objection_covers(session: Session) -> None:
    session.diary_service.record_sent_letter(
        "instagram", SentLetterInput("asked-applied", at(40), file_name="letter", text="Did you?")
    )
    assert told(session.record, "instagram") == ["asked-applied", "evidence"]
    standing = session.overview().status_of("instagram")
    assert standing is not None
    assert (standing.state, [clock.kind for clock in standing.deadlines]) == (AccountState.COVERED, ["information"])
    [period] = session.view.legal_periods("instagram")
    assert period.kind == "information"


def test_what_came_of_the_question_can_be_written_down_and_not_before_it(session: Session) -> None:
    session.diary_service.record_sent_letter("instagram", SentLetterInput("asked-applied", at(40)))
    with pytest.raises(InputRefused, match="before the question, sent"):
        session.diary_service.record_reply("instagram", ReplyInput("confirmed-by-mail", at(41)))
    session.diary_service.record_reply("instagram", ReplyInput("confirmed-by-mail", at(30)))
    standing = session.overview().status_of("instagram")
    assert standing is not None
    assert standing.state is AccountState.COVERED
    assert standing.deadlines[0].ended_by is not None


@pytest.mark.parametrize("what", ["reminded", "complained", "extension-disputed"])
def test_nothing_else_can_be_about_an_objection_that_was_not_sent_for_the_account(session: Session, what: str) -> None:
    with pytest.raises(InputRefused, match="Nothing is filed for this account"):
        session.diary_service.record_sent_letter("instagram", SentLetterInput(what, file_name="letter", text="words"))
    assert told(session.record, "instagram") == []
    assert evidence_items_of(session.record) == ()


def test_nobody_asks_before_the_objection_that_covers_it(session: Session) -> None:
    with pytest.raises(InputRefused, match="before the objection"):
        session.diary_service.record_sent_letter("instagram", SentLetterInput("asked-applied", at(61)))


def test_a_letter_that_is_refused_leaves_no_file(session: Session, tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        session.diary_service.record_sent_letter(
            "facebook", SentLetterInput("reminded", at(70), file_name="letter", text="words")
        )
    assert list(tmp_path.iterdir()) == []


def test_the_same_letter_sent_twice_is_one_file_of_two_entries(session: Session) -> None:
    for _ in range(2):
        session.diary_service.record_sent_letter(
            "facebook", SentLetterInput("reminded", file_name="letter", text="Please answer.")
        )
    first, second = evidence_items_of(session.record)
    assert first.file == second.file
    assert (first.belongs_to, second.belongs_to) == tuple(
        e for e in session.account("facebook").events if e.kind == "reminded"
    )
    assert first.is_letter
    session.undo_stack.undo()
    assert told(session.record, "facebook") == ["filed", "reminded", "evidence"]
