"""A letter that was sent, as the session records it: about which objection, with its text, in one change."""

from pathlib import Path

import pytest

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.evidence import KeptFile, exhibits
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.states import State
from metaoptout_tui.keeping import Beside
from metaoptout_tui.session import Posted, Reply, Session
from metaoptout_tui.storage import evidence_folder
from samples import Clock, account, at, entry, record

COVERED = record(account("facebook", entry("filed", at(60)), hub="private"), account("instagram", hub="private"))


@pytest.fixture
def session(playbook: Playbook, tmp_path: Path) -> Session:
    def keep_text(name: str, words: str) -> KeptFile:
        return evidence_folder.keep_text(name, words, tmp_path)

    return Session(COVERED, playbook, clock=Clock(), save=lambda written: written, beside=Beside(keep_text=keep_text))


def told(progress: Progress, id: str) -> list[str]:
    found = progress.account(id)
    assert found is not None
    return [event.what for event in found.events]


def test_whether_it_was_applied_can_be_asked_for_an_account_that_anothers_objection_covers(session: Session) -> None:
    session.send("instagram", Posted("asked-applied", at(40), name="letter", words="Did you?"))
    assert told(session.progress, "instagram") == ["asked-applied", "evidence"]
    standing = session.overview().standing("instagram")
    assert standing is not None
    assert (standing.state, [clock.rule for clock in standing.clocks]) == (State.COVERED, ["information"])
    [period] = session.periods("instagram")
    assert period.rule == "information"


def test_what_came_of_the_question_can_be_written_down_and_not_before_it(session: Session) -> None:
    session.send("instagram", Posted("asked-applied", at(40)))
    with pytest.raises(InputRefused, match="before the question, sent"):
        session.reply("instagram", Reply("confirmed-by-mail", at(41)))
    session.reply("instagram", Reply("confirmed-by-mail", at(30)))
    standing = session.overview().standing("instagram")
    assert standing is not None
    assert standing.state is State.COVERED
    assert standing.clocks[0].ended is not None


@pytest.mark.parametrize("what", ["reminded", "complained", "extension-disputed"])
def test_nothing_else_can_be_about_an_objection_that_was_not_sent_for_the_account(session: Session, what: str) -> None:
    with pytest.raises(InputRefused, match="Nothing is filed for this account"):
        session.send("instagram", Posted(what, name="letter", words="words"))
    assert told(session.progress, "instagram") == []
    assert exhibits(session.progress) == ()


def test_nobody_asks_before_the_objection_that_covers_it(session: Session) -> None:
    with pytest.raises(InputRefused, match="before the objection"):
        session.send("instagram", Posted("asked-applied", at(61)))


def test_a_letter_that_is_refused_leaves_no_file(session: Session, tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        session.send("facebook", Posted("reminded", at(70), name="letter", words="words"))
    assert list(tmp_path.iterdir()) == []


def test_the_same_letter_sent_twice_is_one_file_of_two_entries(session: Session) -> None:
    for _ in range(2):
        session.send("facebook", Posted("reminded", name="letter", words="Please answer."))
    first, second = exhibits(session.progress)
    assert first.file == second.file
    assert (first.of, second.of) == tuple(e for e in session.account("facebook").events if e.what == "reminded")
    assert first.is_letter
    session.undo()
    assert told(session.progress, "facebook") == ["filed", "reminded", "evidence"]
