"""What the form for a reply begins with, and what it says of a reply that is older than one already there."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.replies import (
    AFTER_DECISION,
    AUTHORITY_WROTE,
    INQUIRY_ANSWERED,
    REPLIES_TO_OBJECTION,
    Reply,
    all_replies,
    likely_reply_of,
    newer_reply_than,
    reply_with_variant,
)
from metaoptout_tui.core.objection.sentences import describe_state_briefly
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AccountState
from samples import NOW, account, at, entry, record

MINUTE = 1 / (24 * 60)


def status_of(playbook: Playbook, *accounts: Account) -> AccountStatus:
    return compute_overview(record(*accounts), playbook, NOW, lambda *_: "").statuses[0]


@pytest.mark.parametrize(
    ("events", "reply"),
    [
        ((entry("filed", at(MINUTE)),), None),
        ((entry("filed", at(9)), entry("confirmed-on-screen", at(8))), REPLIES_TO_OBJECTION[0]),
        ((entry("filed", at(9)), entry("confirmed-on-screen", at(8), message="unknown")), None),
        ((entry("filed", at(1)),), None),
        ((entry("filed", at(2 * MINUTE)), entry("extended", at(MINUTE))), None),
        ((entry("filed", at(9)), entry("more-asked", at(1))), None),
        ((), None),
    ],
    ids=[
        "just sent",
        "a message nobody read",
        "a message not remembered",
        "sent a day ago",
        "just sent and answered",
        "asked for more",
        "nothing sent",
    ],
)
def test_only_a_message_that_nobody_read_is_suggested_since_enter_records_what_is(
    playbook: Playbook, events: tuple[Event, ...], reply: Reply | None
) -> None:
    assert likely_reply_of(status_of(playbook, account("facebook", *events))) is reply


def test_without_an_account_nothing_is_suggested() -> None:
    assert likely_reply_of(None) is None


def test_a_variant_leads_to_its_reply() -> None:
    replies = (*REPLIES_TO_OBJECTION, INQUIRY_ANSWERED, AUTHORITY_WROTE, AFTER_DECISION)
    for reply in replies:
        assert reply_with_variant(reply.id) is None
        for variant in reply.variants:
            assert reply_with_variant(variant.id) is reply
    assert {reply.id for reply in all_replies() if reply_with_variant(reply.id)} == {
        variant.id for reply in replies for variant in reply.variants
    }


def test_a_reply_recorded_late_does_not_count_while_a_newer_one_stands(playbook: Playbook) -> None:
    older, newer = entry("answer-missing", at(5)), entry("refused", at(2))
    status = status_of(playbook, account("facebook", entry("filed", at(9)), older, newer))
    assert newer_reply_than(older, status) is newer
    assert newer_reply_than(newer, status) is None
    assert newer_reply_than(entry("complained", at(5)), status) is None


def test_a_decision_recorded_late_does_not_count_while_a_newer_one_stands(playbook: Playbook) -> None:
    filed, complained = entry("filed", at(60)), entry("complained", at(20))
    older = entry("authority-wrote", at(5), says="rejected")
    newer = entry("authority-wrote", at(2), says="upheld")
    status = status_of(playbook, account("facebook", filed, complained, newer, older))
    assert newer_reply_than(older, status) is newer
    assert newer_reply_than(newer, status) is None
    assert newer_reply_than(entry("authority-wrote", at(3), says="received"), status) is None


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((entry("authority-wrote", at(5), says="rejected"),), "rejected"),
        ((entry("authority-wrote", at(5), says="upheld"),), "decided for you"),
        ((entry("authority-wrote", at(5), says="decided"),), "decided"),
        ((entry("authority-wrote", at(5), says="rejected"), entry("after-decision", at(4), did="court")), "in court"),
        ((entry("authority-wrote", at(5), says="asks"),), "complained"),
        ((entry("authority-wrote", at(5), says="rejected"), entry("closed", at(4))), "closed"),
    ],
)
def test_the_list_of_accounts_says_what_an_authority_decided(
    playbook: Playbook, events: tuple[Event, ...], words: str
) -> None:
    begun = (entry("filed", at(60)), entry("complained", at(20)))
    assert describe_state_briefly(status_of(playbook, account("facebook", *begun, *events))) == words


def test_what_is_replied_to_is_the_objection_else_the_question_about_anothers(playbook: Playbook) -> None:
    objection, asked = entry("filed", at(9)), entry("asked-applied", at(3))
    assert status_of(playbook, account("facebook", objection, asked)).newest_subject_of_replies == objection
    linked = (account("facebook", asked, hub="home"), account("instagram", entry("filed", at(20)), hub="home"))
    assert status_of(playbook, *linked).newest_subject_of_replies == asked
    assert status_of(playbook, account("facebook")).newest_subject_of_replies is None


@pytest.mark.parametrize(
    ("reply", "state"), [("refused", AccountState.REFUSED), ("answer-missing", AccountState.OVERDUE)]
)
def test_letters_remain_where_meta_refused_or_said_nothing_for_a_month(
    playbook: Playbook, reply: str, state: AccountState
) -> None:
    status = status_of(playbook, account("facebook", entry("filed", at(40)), entry(reply, at(39))))
    assert status.state is state
    assert status.is_refused_or_overdue
    assert not status_of(
        playbook, account("facebook", entry("filed", at(40)), entry("confirmed-by-mail", at(39)))
    ).is_refused_or_overdue
