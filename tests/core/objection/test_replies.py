"""Sorting what came back: each answer is one entry and can be told from it again; a moment that cannot be is refused."""

from datetime import datetime, timedelta

import pytest

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook, StatementRole, StepId
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.deadline_sentences import deadline_state_text
from metaoptout_tui.core.objection.entry_checks import accepted_moment, accepted_moment_of_reply
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.replies import (
    AFTER_DECISION,
    AUTHORITY_TOLD,
    AUTHORITY_WROTE,
    CASE_CLOSED,
    COMPLAINT_ACKNOWLEDGED,
    INQUIRY_ANSWERED,
    REPLIES_TO_OBJECTION,
    Reply,
    all_replies,
    possible_replies,
    reply_by_id,
    reply_of,
)
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS, REPLY_KINDS
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.guidance.checks import required_texts
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(20))


class TestTheDayOfAnAnswer:
    """The person writes down when they answered a question of Meta."""

    ASKED = entry("more-asked", at(10), **{"for": "prompts"})

    def accepted(self, playbook: Playbook, days_ago: float, *events: Event) -> datetime | None:
        overview = compute_overview(record(account("facebook", FILED, *events)), playbook, NOW, public_holiday_name)
        return accepted_moment_of_reply("answered", at(days_ago), overview.statuses[0], NOW)

    def test_it_is_not_before_the_question_that_waits(self, playbook: Playbook) -> None:
        with pytest.raises(InputRefused, match="before Meta's question, which came 13 Nov 2026, 10:00"):
            self.accepted(playbook, 10.5, self.ASKED)
        answered, asked_again = entry("answered", at(9)), entry("more-asked", at(5))
        with pytest.raises(InputRefused, match="before Meta's question"):
            self.accepted(playbook, 8, self.ASKED, answered, asked_again)

    def test_after_it_any_day_is_taken(self, playbook: Playbook) -> None:
        asked_again = entry("more-asked", at(5))
        assert self.accepted(playbook, 8, self.ASKED, asked_again) == at(8)
        assert self.accepted(playbook, 10, self.ASKED) == at(10)
        assert self.accepted(playbook, 12, self.ASKED, entry("answered", at(9))) == at(12)


def test_every_reply_can_be_answered_and_every_answer_is_an_entry_the_diary_knows() -> None:
    assert {answer.event_kind for answer in REPLIES_TO_OBJECTION} == REPLY_KINDS
    for answer in all_replies():
        assert set(answer.fields) <= set(EVENT_KINDS[answer.event_kind].optional_fields)
        assert reply_by_id(answer.id) is answer
    assert reply_by_id("nothing") is None


@pytest.mark.parametrize("answer", [each for each in all_replies() if not each.variants], ids=lambda each: each.id)
def test_an_entry_tells_which_answer_it_was(answer: Reply) -> None:
    told = reply_of(entry(answer.event_kind, NOW, **answer.fields))
    assert told is not None
    assert told.event_kind is answer.event_kind
    assert told.fields == answer.fields
    if answer.id.startswith(answer.event_kind):
        assert told == answer


@pytest.mark.parametrize("reply", [each for each in all_replies() if each.variants], ids=lambda each: each.id)
def test_a_reply_with_variants_has_its_question(reply: Reply, playbook: Playbook) -> None:
    assert f"answer.{reply.id}.question" in required_texts(playbook)
    assert f"answer.{reply.id}.question" in playbook.texts


def test_a_message_may_be_a_receipt_and_is_then_no_confirmation() -> None:
    for id in ("confirmed-on-screen", "confirmed-in-app"):
        message = reply_by_id(id)
        assert message is not None
        assert [(each.event_kind, dict(each.fields)) for each in message.variants] == [
            (id, {"message": "applied"}),
            ("will-be-reviewed", {}),
            (id, {"message": "unknown"}),
        ]


def test_a_sort_from_a_newer_version_is_told_by_its_kind() -> None:
    told = reply_of(entry("refused", NOW, grounds="moon"))
    assert told is not None
    assert told.id == "refused"
    assert reply_of(entry("filed", NOW)) is None


def test_the_end_of_a_case_is_offered_only_where_there_is_one() -> None:
    assert possible_replies((FILED,)) == REPLIES_TO_OBJECTION
    assert possible_replies((FILED, entry("refused", at(3)))) == (*REPLIES_TO_OBJECTION, CASE_CLOSED)
    assert CASE_CLOSED in possible_replies((FILED, entry("complained", at(3))))
    assert possible_replies((FILED, entry("complained-to-controller", at(3)))) == (
        *REPLIES_TO_OBJECTION,
        COMPLAINT_ACKNOWLEDGED,
        CASE_CLOSED,
    )


def test_after_a_complaint_the_authoritys_letter_stands_first_then_metas_late_answer() -> None:
    complained = (FILED, entry("complained", at(5)))
    waiting = (AUTHORITY_WROTE, *REPLIES_TO_OBJECTION, AUTHORITY_TOLD, CASE_CLOSED)
    assert possible_replies(complained) == waiting
    rejected = (*complained, entry("authority-wrote", at(3), says="rejected"))
    assert possible_replies(rejected) == (AFTER_DECISION, *waiting)
    assert possible_replies((*rejected, entry("authority-wrote", at(2), says="asks"))) == waiting
    objected_anew = possible_replies((*complained, entry("filed", at(1))))
    assert objected_anew == (*REPLIES_TO_OBJECTION, AUTHORITY_WROTE, AUTHORITY_TOLD, CASE_CLOSED)


@pytest.mark.parametrize("variant", AFTER_DECISION.variants[:-1])
def test_what_was_done_about_a_decision_is_known_again_from_its_entry(variant: Reply) -> None:
    assert reply_of(entry(variant.event_kind, at(1), **variant.fields)) is variant


def test_an_answer_to_the_question_whether_meta_acts_on_it_is_offered_once_it_was_asked() -> None:
    asked = (FILED, entry("confirmed-by-mail", at(5)), entry("asked-applied", at(3)))
    assert possible_replies(asked[:2]) == REPLIES_TO_OBJECTION
    assert possible_replies(asked) == (*REPLIES_TO_OBJECTION, INQUIRY_ANSWERED)


@pytest.mark.parametrize("variant", INQUIRY_ANSWERED.variants)
def test_an_answer_to_the_question_is_known_again_from_its_entry(variant: Reply) -> None:
    assert reply_of(entry(variant.event_kind, at(1), **variant.fields)) is variant


def test_a_moment_that_cannot_be_is_refused_with_a_sentence() -> None:
    with pytest.raises(InputRefused, match="before 2024"):
        accepted_moment("filed", at(3 * 365), None, NOW)
    with pytest.raises(InputRefused, match="before the objection, filed 3 Nov 2026, 10:00"):
        accepted_moment("refused", at(21), entry("filed", at(20)), NOW)
    filed = at(20) + timedelta(seconds=40)
    assert accepted_moment("refused", at(20), entry("filed", filed), NOW) == filed
    assert accepted_moment("refused", at(3), entry("filed", filed), NOW) == at(3)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (("refused", "complained"), AccountState.COMPLAINED_TO_AUTHORITY),
        (("refused", "complained", "closed"), AccountState.CLOSED),
        (("refused", "complained", "confirmed-by-mail"), AccountState.CONFIRMED),
        (("confirmed-by-mail", "closed"), AccountState.CONFIRMED),
        (("code-asked", "extended"), AccountState.FILED),
        (("refused", "extended"), AccountState.REFUSED),
        (("refused", "closed", "filed"), AccountState.FILED),
        (("will-be-reviewed",), AccountState.FILED),
        (("confirmed-by-mail", "will-be-reviewed"), AccountState.CONFIRMED),
        (("refused", "will-be-reviewed"), AccountState.REFUSED),
        (("code-asked", "will-be-reviewed"), AccountState.FILED),
        (("complained", "more-asked", "answered"), AccountState.COMPLAINED_TO_AUTHORITY),
        (("undeliverable",), AccountState.UNDELIVERED),
        (("undeliverable", "filed"), AccountState.FILED),
        (("confirmed-by-mail", "undeliverable"), AccountState.CONFIRMED),
        (("confirmed-on-screen",), AccountState.FILED),
        (("confirmed-on-screen", "confirmed-by-mail"), AccountState.CONFIRMED),
        (("complained", "confirmed-by-mail", "authority-told"), AccountState.CONFIRMED),
    ],
)
def test_where_a_case_stands_follows_from_what_came_last(
    playbook: Playbook, events: tuple[str, ...], state: AccountState
) -> None:
    came = [entry(what, at(19 - index)) for index, what in enumerate(events)]
    seen = compute_overview(record(account("facebook", FILED, *came)), playbook, NOW, lambda *_: "")
    assert seen.statuses[0].state is state


def test_a_complaint_does_not_make_a_refused_objection_reach_others(playbook: Playbook) -> None:
    for later in ((), ("complained",), ("complained", "closed")):
        came = [entry(what, at(9 - index)) for index, what in enumerate(("refused", *later))]
        progress = record(account("facebook", FILED, *came, hub="home"), account("instagram", hub="home"))
        assert compute_overview(progress, playbook, NOW, lambda *_: "").statuses[1].state is AccountState.NOT_STARTED


@pytest.mark.parametrize(
    ("country", "reply_id", "told_ids"),
    [
        ("NL", "more-asked.reason", []),
        ("NL", "more-asked.prompts", []),
        ("NL", "more-asked.id", ["confirm.identity.eea"]),
        ("NL", "more-asked", ["confirm.identity.eea"]),
        ("GB", "more-asked.reason", ["confirm.question.uk"]),
        ("GB", "more-asked.id", ["confirm.identity.uk"]),
        ("GB", "more-asked", ["confirm.identity.uk", "confirm.question.uk"]),
        ("GB", "more-asked.prompts", []),
    ],
)
def test_the_law_on_a_question_of_meta_stands_only_where_that_was_asked(
    playbook: Playbook, country: str, reply_id: str, told_ids: list[str]
) -> None:
    progress = record(account("facebook", FILED), country=country)
    status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
    reply = reply_by_id(reply_id)
    assert reply is not None
    told = ApplicableGuidance(playbook, status, StepId.REPLY).reply_statements(reply)
    on_questions = ("confirm.identity.", "confirm.question.")
    assert [statement.id for statement in told if statement.id.startswith(on_questions)] == told_ids


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (at(20), "That month still runs for the reasons: ask for them, or complain once it is over."),
        (at(90), "Meta's month is over, and it gave no reasons: ask for them, or complain."),
    ],
)
@pytest.mark.parametrize("recorded", [(), (entry("refused", at(10), grounds="none"),)])
def test_that_the_month_still_runs_for_the_reasons_is_said_only_while_it_does(
    playbook: Playbook, sent: datetime, words: str, recorded: tuple[Event, ...]
) -> None:
    progress = record(account("facebook", entry("filed", sent), *recorded))
    status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
    guidance, reply = ApplicableGuidance(playbook, status, StepId.REPLY), reply_by_id("refused.none")
    assert reply is not None
    told = guidance.last_reply_statements() if recorded else guidance.reply_statements(reply)
    said = [playbook.texts.sentence(each.id) for each in told]
    assert any(sentence.endswith(words) for sentence in said)
    assert sum("within one month" in sentence for sentence in said) == 1


ASKED_FOR_ID = entry("more-asked", at(8), **{"for": "id"})
IDENTITY_ADVICE = ("fraud.red-flags", "confirm.identity.", "answer.more-asked.id.help")


@pytest.mark.parametrize(
    ("country", "later", "told_ids"),
    [
        ("NL", (), []),
        ("NL", (ASKED_FOR_ID,), ["fraud.red-flags", "confirm.identity.eea", "answer.more-asked.id.help"]),
        ("GB", (ASKED_FOR_ID,), ["fraud.red-flags", "confirm.identity.uk", "answer.more-asked.id.help"]),
        # Nobody wrote down what Meta asks for: it may be that.
        ("NL", (entry("more-asked", at(8)),), ["fraud.red-flags", "confirm.identity.eea"]),
        ("NL", (entry("more-asked", at(8), **{"for": "reason"}),), []),
        ("GB", (entry("more-asked", at(8), **{"for": "prompts"}),), []),
        ("NL", (entry("code-asked", at(8)),), []),
        ("GB", (entry("code-asked", at(8)),), []),
        ("NL", (ASKED_FOR_ID, entry("answered", at(7))), []),
        ("GB", (ASKED_FOR_ID, entry("answered", at(7))), []),
        ("NL", (ASKED_FOR_ID, entry("complained", at(7))), []),
        ("NL", (ASKED_FOR_ID, entry("confirmed-by-mail", at(7))), []),
    ],
)
def test_advice_on_who_one_is_stands_there_only_while_meta_asks_that(
    playbook: Playbook, country: str, later: tuple[Event, ...], told_ids: list[str]
) -> None:
    progress = record(account("facebook", FILED, *later), country=country)
    status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
    at_reply = ApplicableGuidance(playbook, status, StepId.REPLY)
    roles: tuple[StatementRole, ...] = ("warn", "know")
    by_role = (each for role in roles for each in at_reply.statements_of_role(role) if at_reply.applies_now(each))
    ids = dict.fromkeys(each.id for each in (*by_role, *at_reply.last_reply_statements()))
    assert [id for id in ids if id.startswith(IDENTITY_ADVICE)] == told_ids


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ((entry("filed", at(20)),), "That month still runs for the reasons"),
        ((entry("filed", at(20)), entry("refused", at(5), grounds="none")), "That month still runs for the reasons"),
        ((entry("filed", at(20)), entry("refused", at(5), grounds="given")), "Meta had answered before"),
        ((entry("filed", at(60)), entry("confirmed-by-mail", at(50))), "Meta had answered before"),
        ((entry("filed", at(60)), entry("refused", at(50), grounds="none")), "Meta's month is over"),
    ],
)
def test_of_a_refusal_without_reasons_only_what_is_so_of_the_month_is_told(
    playbook: Playbook, events: tuple[Event, ...], told: str
) -> None:
    (status,) = compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name).statuses
    refusal = reply_by_id("refused.none")
    assert refusal is not None
    first = ApplicableGuidance(playbook, status, "confirm").reply_statements(refusal)[0]
    assert told in playbook.texts.sentence(first.id)


@pytest.mark.parametrize(("days", "state"), [(20, "reasons still due"), (60, "no reasons")])
def test_the_list_of_periods_says_that_a_bare_refusal_still_owes_its_reasons(
    playbook: Playbook, days: int, state: str
) -> None:
    refused = account("facebook", entry("filed", at(days)), entry("refused", at(5), grounds="none"))
    (status,) = compute_overview(record(refused), playbook, NOW, public_holiday_name).statuses
    (deadline,) = status.deadlines
    period = deadline.legal_period(public_holiday_name)
    assert period is not None
    assert deadline_state_text(deadline, period, NOW.date()) == f"refused 18 Nov, {state}"
