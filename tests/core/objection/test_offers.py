"""What an account offers besides its steps, and that every task leads to a row where it is done."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.offers import offers_of
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.sentences import describe_step, task_sentence, what_comes_next
from metaoptout_tui.core.objection.tasks import KINDS_WITH_LATER_TEXT, TASK_KINDS, OfferKind, TaskKind
from metaoptout_tui.core.record.account_names import NAME_FROM_ELSEWHERE
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(60), email="anna@example.org")
REFUSED = entry("refused", at(1), grounds="none")
COMPLAINED = entry("complained", at(0.5))


def kinds_of(playbook: Playbook, *events: Event) -> list[str]:
    overview = compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name)
    return [str(offer.kind) for offer in offers_of(overview.statuses[0], overview.tasks)]


def test_a_locked_door_and_an_objection_sent_already_can_be_said_wherever_the_form_is_still_to_be_sent(
    playbook: Playbook,
) -> None:
    sent, other = account("facebook", FILED, hub=""), account("instagram", hub="")
    for accounts in ((other,), (sent, other)):
        overview = compute_overview(record(*accounts), playbook, NOW, public_holiday_name)
        assert [str(offer.kind) for offer in offers_of(overview.statuses[-1], ())] == ["no-login", "earlier"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((), ["own-objection"]),
        ((entry("confirmed-by-mail", at(50)),), ["own-objection"]),
        ((entry("confirmed-by-mail", at(50), names="one"),), ["own-objection"]),
        ((entry("confirmed-by-mail", at(50), names="all"),), []),
    ],
)
def test_an_account_that_is_perhaps_covered_is_offered_a_form_of_its_own_until_meta_confirms_all(
    playbook: Playbook, answer: tuple[Event, ...], expected: list[str]
) -> None:
    sent, linked = account("facebook", FILED, *answer, hub="private"), account("instagram", hub="private")
    overview = compute_overview(record(sent, linked), playbook, at(49), public_holiday_name)
    offers = offers_of(overview.statuses[-1], ())
    assert [str(offer.kind) for offer in offers] == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), ["no-login", "earlier"]),
        ((entry("step-done", at(1), step="open"),), ["no-login", "earlier"]),
        ((entry("filed", at(1)),), ["periods", "proof"]),
        ((FILED,), ["letters", "authority", "periods", "proof", "export"]),
        ((FILED, REFUSED), ["letters", "authority", "periods", "proof", "correction", "export"]),
        ((FILED, COMPLAINED), ["letters", "authority", "periods", "proof", "export"]),
        (
            (entry("filed", at(9)), entry("confirmed-by-mail", at(8))),
            ["letters", "periods", "proof", "correction", "export"],
        ),
        ((entry("filed", at(9), form="letter"),), ["arrival", "periods", "proof"]),
        (
            (entry("filed", at(400)), entry("confirmed-by-mail", at(399))),
            ["recheck", "letters", "periods", "proof", "correction", "export"],
        ),
    ],
    ids=[
        "nothing sent",
        "form opened",
        "just sent",
        "silence",
        "refused",
        "complained",
        "confirmed",
        "by post",
        "a year ago",
    ],
)
def test_what_fits_how_an_account_stands_is_offered_once(
    playbook: Playbook, events: tuple[Event, ...], expected: list[str]
) -> None:
    assert kinds_of(playbook, *events) == expected


def test_proof_that_is_kept_is_not_asked_for_again(playbook: Playbook) -> None:
    kept = entry("evidence", at(50), of=FILED.id, file="a.png", sha256="0" * 64, size=1)
    assert "proof" not in kinds_of(playbook, FILED, kept)
    assert "proof" in kinds_of(playbook, FILED, kept, REFUSED)


def test_before_the_complaint_stands_the_proof_that_is_enclosed_with_it(playbook: Playbook) -> None:
    reminded = entry("reminded", at(15))
    assert kinds_of(playbook, FILED, reminded)[:2] == ["proof", "letters"]
    kept = entry("evidence", at(50), of=FILED.id, file="a.png", sha256="0" * 64, size=1)
    assert kinds_of(playbook, FILED, reminded, kept)[0] == "letters"


def test_a_task_that_is_not_done_at_its_step_has_words_for_where_it_is_done() -> None:
    for kind, rules in TASK_KINDS.items():
        assert (rules.offer is None) == (not rules.offer_words), kind


def test_the_row_of_a_task_is_an_offer_only_once_there_is_something_to_do(playbook: Playbook) -> None:
    for days, row in ((60, "confirm/letters"), (35, "confirm/letters"), (6, "open")):
        looked = entry("answer-missing", at(days - 3.5))
        progress = record(account("facebook", entry("filed", at(days)), looked))
        task = compute_overview(progress, playbook, NOW, public_holiday_name).next_task
        assert task is not None
        assert task.row_id == row
    waiting = record(
        account(
            "facebook",
            entry("filed", at(20)),
            entry("answer-missing", at(16)),
            entry("filed", at(15)),
            entry("answer-missing", at(11)),
            entry("reminded", at(2)),
        )
    )
    task = compute_overview(waiting, playbook, NOW, public_holiday_name).next_task
    assert task is not None
    assert (task.kind, task.row_id) == (TaskKind.AWAIT_ANSWER, StepId.REPLY)


def test_every_offer_of_a_task_is_among_the_offers_of_its_account(playbook: Playbook) -> None:
    for events in ((FILED,), (FILED, REFUSED), (FILED, COMPLAINED), (entry("filed", at(9), form="letter"),)):
        overview = compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name)
        rows = {offer.row_id for offer in offers_of(overview.statuses[0], overview.tasks)}
        assert {task.row_id for task in overview.tasks if task.is_offered} <= rows


def test_what_waits_says_until_when(playbook: Playbook) -> None:
    texts = playbook.texts
    for kind in KINDS_WITH_LATER_TEXT:
        day, moment = f"DAY-{kind}", f"MOMENT-{kind}"
        values = dict.fromkeys(("account", "email", "date", "ago", "through"), "") | {
            "day": day,
            "moment": moment,
            "last": day,
        }
        sentence = texts.sentence(f"next.{kind}-later", **values)
        assert day in sentence or moment in sentence, kind


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((entry("filed", at(0, minutes=10)),), "waiting until 10:50"),
        ((entry("filed", at(0, hours=5)),), "look for the mail"),
        ((entry("filed", at(1)), entry("answer-missing", at(0))), "waiting until 25 Nov"),
        ((FILED,), "Meta is late"),
        ((FILED, entry("complained", at(5))), "complained, next on 19 Feb 2027"),
        ((FILED, entry("reminded", at(0, minutes=7))), "Meta is late, next on 7 Dec"),
    ],
)
def test_a_step_that_waits_says_until_when(playbook: Playbook, events: tuple[Event, ...], words: str) -> None:
    overview = compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name)
    status = overview.statuses[0]
    step = status.step(StepId.REPLY)
    assert step is not None
    assert describe_step(step, status, NOW, task=overview.next_task_for("facebook")) == words


def test_a_receipt_says_when_to_come_back_and_whether_anything_is_left_until_then(playbook: Playbook) -> None:
    sent = account("facebook", entry("filed", at(0), email="anna@example.org"))
    alone = compute_overview(record(sent), playbook, NOW, public_holiday_name)
    look = "Look for Meta's mail to anna@example.org after 23 Nov, 11:00."
    assert what_comes_next(alone, "facebook", playbook) == f"{look} Until then there is nothing to do."
    another = account("instagram", email="insta@example.org")
    with_another = compute_overview(record(sent, another), playbook, NOW, public_holiday_name)
    assert what_comes_next(with_another, "facebook", playbook).startswith(
        f"{look} Still to do now: List what is linked with "
    )
    assert what_comes_next(with_another, "instagram", playbook) == ""


def test_where_accounts_share_an_address_the_mail_to_look_for_says_about_which(playbook: Playbook) -> None:
    for when, words in (
        (at(0), "Look for Meta's mail to anna@example.org about Facebook “Anna” after 23 Nov, 11:00"),
        (at(2), "Look for Meta's mail to anna@example.org about Facebook “Anna” (filed 2 days ago)"),
    ):
        sent = account("facebook", entry("filed", when), hub="")
        for other in (account("instagram", hub=""), account("instagram", hub="", email="")):
            overview = compute_overview(record(sent, other), playbook, NOW, public_holiday_name)
            assert task_sentence(overview.next_task_for("facebook"), playbook) == words
        elsewhere = account("instagram", hub="", email="insta@example.org")
        alone = compute_overview(record(sent, elsewhere), playbook, NOW, public_holiday_name)
        assert task_sentence(alone.next_task_for("facebook"), playbook) == words.replace(" about Facebook “Anna”", "")


def test_a_receipt_does_not_say_that_nothing_is_to_do_before_where_another_account_comes_earlier(
    playbook: Playbook,
) -> None:
    posted = account("facebook", entry("filed", at(0), form="letter"), hub="")
    earlier = account("instagram", entry("filed", at(0, hours=0.5), email="anna@example.org"), hub="")
    overview = compute_overview(record(posted, earlier), playbook, NOW, public_holiday_name)
    words = what_comes_next(overview, "facebook", playbook)
    assert "Before that: Look for Meta's mail to anna@example.org" in words
    assert "nothing to do" not in words


def test_a_receipt_says_of_one_account_that_nothing_is_left_where_another_one_waits(playbook: Playbook) -> None:
    points = playbook.points_for(platform="whatsapp", region="eea")
    answers = [entry("review-answered", at(1), point=point.id, answer=point.answers[0]) for point in points]
    done = account("whatsapp", entry("step-done", at(2), step="identify"), *answers)
    alone = compute_overview(record(done), playbook, NOW, public_holiday_name)
    assert what_comes_next(alone, "whatsapp", playbook) == "There is nothing left to do."
    sent = account("facebook", entry("filed", at(0), email="anna@example.org"))
    beside = compute_overview(record(done, sent), playbook, NOW, public_holiday_name)
    assert beside.next_task is not None
    assert what_comes_next(beside, "whatsapp", playbook) == "Nothing left to do for WhatsApp “Anna”."


def test_every_kind_of_offer_is_made_somewhere() -> None:
    by_tasks = {rules.offer for rules in TASK_KINDS.values() if rules.offer is not None}
    assert {
        *by_tasks,
        OfferKind.AUTHORITY_LETTER,
        OfferKind.AUTHORITY,
        OfferKind.ANSWERED,
        OfferKind.CORRECTION,
        OfferKind.EARLIER,
        OfferKind.PERIODS,
        OfferKind.PROOF,
        OfferKind.CASE_FILE,
        OfferKind.CHILD,
        OfferKind.WHICH_FORM,
        OfferKind.FILE_AGAIN,
    } == set(OfferKind)


_RECORDED_AT_ITS_STEP = {
    *(TaskKind.LOOK_FOR_MAIL, TaskKind.MESSAGE_UNREAD, TaskKind.AWAIT_ANSWER, TaskKind.AWAIT_INQUIRY_ANSWER),
    *(TaskKind.CODE_ASKED, TaskKind.LINK_ASKED, TaskKind.COMPLAINED_TO_META),
    *(TaskKind.COMPLAINED_TO_AUTHORITY, TaskKind.AUTHORITY_WROTE, TaskKind.AUTHORITY_UPHELD),
    TaskKind.IN_COURT,
}
"""The tasks whose deed is to look what came or to do something at Meta, and then to write down what came back."""


@pytest.mark.parametrize("kind", TASK_KINDS)
def test_only_a_task_of_looking_what_came_opens_what_came_back(kind: TaskKind) -> None:
    rules = TASK_KINDS[kind]
    opens_what_came_back = rules.step is StepId.REPLY and rules.offer is None
    assert opens_what_came_back == (kind in _RECORDED_AT_ITS_STEP)


@pytest.mark.parametrize("request_of_meta", ["id", "reason", ""])
def test_a_question_of_meta_leads_to_the_letters_that_answer_it(playbook: Playbook, request_of_meta: str) -> None:
    asked = entry("more-asked", at(5), **{"for": request_of_meta} if request_of_meta else {})
    overview = compute_overview(
        record(account("facebook", entry("filed", at(9)), asked)), playbook, NOW, public_holiday_name
    )
    assert overview.next_task is not None
    assert overview.next_task.row_id == "confirm/letters"


def test_a_mail_that_is_lost_leads_to_the_letter_that_asks_meta(playbook: Playbook) -> None:
    overview = compute_overview(
        record(account("facebook", entry("filed", at(300)), entry("mail-lost", at(290)))),
        playbook,
        NOW,
        public_holiday_name,
    )
    assert overview.next_task is not None
    assert (overview.next_task.kind, overview.next_task.row_id) == (TaskKind.MAIL_LOST, "confirm/letters")
    assert overview.statuses[0].missed_deadlines == ()


def test_a_child_is_offered_at_ones_own_data_also_after_sending_and_never_at_the_childs(playbook: Playbook) -> None:
    def kinds(*accounts: Account) -> list[OfferKind]:
        overview = compute_overview(record(*accounts), playbook, NOW, public_holiday_name)
        return [offer.kind for offer in offers_of(overview.statuses[0], overview.tasks)]

    assert playbook.platform_name("elsewhere") == NAME_FROM_ELSEWHERE
    assert OfferKind.CHILD in kinds(account("elsewhere"))
    assert OfferKind.CHILD in kinds(account("elsewhere", entry("filed", at(3))))
    assert OfferKind.CHILD not in kinds(account("elsewhere-Mila"))
    assert OfferKind.CHILD not in kinds(account("facebook"))
