"""Which letters fit how an account stands."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.letters.letter_recommendations import (
    FittingLetter,
    find_premature_letters,
    find_sent_letters,
    fitting_letters,
    recommend_letters,
)
from metaoptout_tui.core.objection.offers import offers_of
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_advice import StepAdvice
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.documents.letters import letter_ids_for
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

FILED = entry("filed", at(90))


def fitting(playbook: Playbook, *events: Event, country: str = "NL") -> list[str]:
    """The letters that fit and exist under the person's law, without those that always fit."""
    progress = record(account("facebook", *events), country=country)
    status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
    periods = tuple(
        period for deadline in status.deadlines if (period := deadline.legal_period(public_holiday_name)) is not None
    )
    found = recommend_letters(status, periods, NOW)
    assert all(reason.endswith(".") for reason in found.values())
    return [id for id in found if id in letter_ids_for(status.region.law) and id not in ("friends", "debunk")]


@pytest.mark.parametrize(
    ("events", "country", "letters"),
    [
        ([FILED], "NL", ["reminder", "complaint"]),
        ([FILED, entry("reminded", at(20))], "NL", ["complaint", "reminder"]),
        ([FILED, entry("reminded", at(20))], "GB", ["complaint-to-meta", "reminder"]),
        ([entry("filed", at(10))], "NL", ["reminder"]),
        ([FILED, entry("code-asked", at(89))], "NL", ["objection"]),
        ([FILED, entry("extended", at(80), reasons="none")], "NL", ["unreasoned-extension", "reminder", "complaint"]),
        ([FILED, entry("extended", at(50))], "NL", ["late-extension", "reminder", "complaint"]),
        ([FILED, entry("extended", at(80), reasons="given")], "NL", ["reminder"]),
        ([entry("filed", at(20)), entry("more-asked", at(10), for_="id")], "NL", ["identity"]),
        ([entry("filed", at(20)), entry("more-asked", at(10), for_="reason")], "NL", ["question"]),
        ([entry("filed", at(20)), entry("more-asked", at(10), for_="residence")], "CH", ["residence"]),
        ([entry("filed", at(20)), entry("more-asked", at(10), for_="id")], "CH", ["question"]),
        ([entry("filed", at(20)), entry("more-asked", at(10), for_="other-form")], "NL", ["question", "objection"]),
        ([FILED, entry("refused", at(80), grounds="none")], "NL", ["refusal-answer", "complaint", "objection"]),
        ([FILED, entry("refused", at(80))], "GB", ["refusal-answer", "complaint-to-meta", "objection"]),
        ([FILED, entry("refused", at(80))], "CH", ["refusal-answer", "complaint-ch", "objection"]),
        ([FILED], "CH", ["reminder", "asked-applied"]),
        ([FILED, entry("asked-applied", at(40))], "CH", ["reminder", "complaint-ch"]),
        ([FILED, entry("confirmed-by-mail", at(80))], "NL", ["asked-applied"]),
        ([FILED, entry("refused", at(80), grounds="wrong-form")], "NL", ["refusal-answer", "complaint", "objection"]),
        (
            [entry("filed", at(20)), entry("refused", at(10), grounds="wrong-form")],
            "NL",
            ["refusal-answer", "objection"],
        ),
        (
            [entry("filed", at(20)), entry("refused", at(10), grounds="no-examples")],
            "NL",
            ["refusal-answer", "complaint", "objection"],
        ),
        ([FILED, entry("asked-applied", at(10))], "CH", ["reminder"]),
        ([FILED, entry("refused", at(80)), entry("asked-applied", at(10))], "CH", ["refusal-answer", "objection"]),
        (
            [FILED, entry("refused", at(80)), entry("asked-applied", at(40))],
            "CH",
            ["refusal-answer", "complaint-ch", "objection"],
        ),
        (
            [FILED, entry("refused", at(80)), entry("refusal-disputed", at(20))],
            "NL",
            ["reminder", "complaint", "objection"],
        ),
        (
            [FILED, entry("refused", at(80)), entry("refusal-disputed", at(20)), entry("refused", at(10))],
            "NL",
            ["complaint", "objection"],
        ),
        ([FILED, entry("refused", at(80)), entry("refusal-disputed", at(3))], "NL", ["complaint", "objection"]),
        ([entry("filed", at(50), form="letter")], "NL", ["reminder"]),
        ([entry("filed", at(70), form="letter")], "NL", ["reminder", "complaint"]),
        ([FILED, entry("confirmed-on-screen", at(89))], "NL", ["reminder", "complaint"]),
        ([FILED, entry("will-be-reviewed", at(89))], "NL", ["reminder", "complaint"]),
        (
            [FILED, entry("complained", at(30)), entry("confirmed-by-mail", at(5))],
            "NL",
            ["meta-gave-in", "asked-applied"],
        ),
        (
            [
                FILED,
                entry("complained", at(30)),
                entry("confirmed-by-mail", at(5)),
                entry("authority-told", at(4)),
            ],
            "NL",
            ["asked-applied"],
        ),
    ],
)
def test_which_letters_fit(playbook: Playbook, events: list[Event], country: str, letters: list[str]) -> None:
    assert fitting(playbook, *events, country=country) == letters


def test_whoever_has_no_prompts_or_screenshots_is_offered_a_letter_in_their_own_words(playbook: Playbook) -> None:
    asked = entry("more-asked", at(10), **{"for": "examples"})
    elsewhere = account("elsewhere", entry("filed", at(20)), asked)
    status = compute_overview(record(elsewhere), playbook, NOW, public_holiday_name).statuses[0]
    recommended = recommend_letters(status, (), NOW)
    assert [*recommended][:2] == ["no-examples", "examples"]
    assert recommended["no-examples"] == "Meta's question of 13 Nov waits for your answer."
    assert "objection" not in recommended  # a second one is no answer
    overview = compute_overview(record(elsewhere), playbook, NOW, public_holiday_name)
    advice = StepAdvice(playbook, record(elsewhere), overview, status, "confirm").in_order()
    assert any(
        "If you have none, say so: “Answer Meta's question: a letter” has a letter" in each.words for each in advice
    )
    assert "Answer Meta's question: a letter" in [offer.words for offer in offers_of(status, overview.tasks)]


def test_a_swiss_notice_comes_after_the_thirty_days_of_a_question(playbook: Playbook) -> None:
    def too_early(*events: Event) -> str:
        progress = record(account("facebook", FILED, *events), country="CH")
        status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
        periods = tuple(
            period for deadline in status.deadlines if (period := deadline.legal_period(public_holiday_name))
        )
        return find_premature_letters(status, periods, NOW).get("complaint-ch", "")

    assert too_early() == "After a question that Meta did not answer."
    assert too_early(entry("asked-applied", at(10))) == "Meta has until 13 Dec to answer."
    assert too_early(entry("asked-applied", at(40))) == ""


def test_a_letter_of_unknown_arrival_leads_to_no_complaint_on_an_assumption(playbook: Playbook) -> None:
    posted = entry("filed", at(50), form="letter")
    unknown = entry("letter-arrived", at(40), of=posted.id, day="unknown")
    assert fitting(playbook, posted, unknown) == ["reminder"]


@pytest.mark.parametrize(("asked", "offered"), [(None, {"asked-applied"}), (10, set()), (60, {"asked-applied"})])
def test_a_covered_account_is_asked_about_again_only_once_the_time_for_the_answer_is_over(
    playbook: Playbook, asked: int | None, offered: set[str]
) -> None:
    question = () if asked is None else (entry("asked-applied", at(asked)),)
    covering = account("facebook", entry("filed", at(90)), entry("confirmed-by-mail", at(89)), hub="one")
    covered = account("instagram", *question, hub="one")
    statuses = compute_overview(record(covering, covered), playbook, NOW, public_holiday_name).statuses
    status = next(each for each in statuses if each.account.id == covered.id)
    assert status.covering_account_id
    assert {"asked-applied"} & set(recommend_letters(status, (), NOW)) == offered


@pytest.mark.parametrize(
    ("events", "country", "letter", "when"),
    [
        ([], "NL", "reminder", "After your objection, if Meta does not answer."),
        ([], "NL", "complaint", "After your objection, if Meta refuses or does not answer in time."),
        ([entry("filed", at(2))], "NL", "reminder", "From 28 Nov, if Meta has not answered."),
        ([entry("filed", at(2))], "NL", "complaint", "From 22 Dec, if Meta has not answered."),
        ([entry("filed", at(2))], "GB", "complaint-to-meta", "From 22 Dec, if Meta has not answered."),
        (
            [entry("filed", at(2), form="letter")],
            "NL",
            "complaint",
            "Once Meta's time is over, if it has not answered.",
        ),
        ([FILED, entry("confirmed-by-mail", at(80))], "NL", "reminder", "Not needed: Meta has answered."),
        ([FILED, entry("refused", at(80))], "NL", "reminder", "If Meta does not react to your answer to the refusal."),
        (
            [FILED, entry("complained", at(10))],
            "NL",
            "authority-status",
            "From 14 Feb 2027, if the authority has not said how it stands.",
        ),
        (
            [FILED, entry("complained", at(10)), entry("authority-wrote", at(2), says="received")],
            "NL",
            "authority-status",
            "From 14 Feb 2027, if the authority has not said how it stands.",
        ),
        (
            [FILED, entry("complained", at(10)), entry("authority-wrote", at(2))],
            "NL",
            "authority-status",
            "If the authority does not write again.",
        ),
        (
            [FILED, entry("complained", at(10)), entry("authority-wrote", at(2), says="asks")],
            "NL",
            "authority-status",
            "If the authority does not write again.",
        ),
        (
            [
                FILED,
                entry("complained", at(10)),
                entry("authority-wrote", at(5), says="asks"),
                entry("authority-answered", at(2)),
            ],
            "NL",
            "authority-status",
            "From 22 Feb 2027, if the authority has not said how it stands.",
        ),
    ],
)
def test_a_letter_that_does_not_fit_yet_says_when_it_will(
    playbook: Playbook, events: list[Event], country: str, letter: str, when: str
) -> None:
    assert all_letters(playbook, events, country)[letter] == FittingLetter(letter, is_recommended=False, reason=when)


@pytest.mark.parametrize("country", ["NL", "GB", "CH"])
@pytest.mark.parametrize("events", [[], [FILED], [FILED, entry("more-asked", at(10), for_="id")]])
def test_every_letter_says_why_it_fits_or_when_and_those_that_fit_come_first(
    playbook: Playbook, events: list[Event], country: str
) -> None:
    letters = all_letters(playbook, events, country)
    assert all(each.reason.endswith(".") for each in letters.values())
    fit = [each.is_recommended for each in letters.values()]
    assert fit == sorted(fit, reverse=True)


def all_letters(playbook: Playbook, events: list[Event], country: str) -> dict[str, FittingLetter]:
    progress = record(account("facebook", *events), country=country)
    status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
    found = (deadline.legal_period(public_holiday_name) for deadline in status.deadlines)
    periods = tuple(period for period in found if period is not None)
    return {each.id: each for each in fitting_letters(status, letter_ids_for(status.region.law), periods, NOW)}


def test_what_was_sent_is_told_with_its_day(playbook: Playbook) -> None:
    def reminder_of(*events: Event) -> str:
        return recommend_letters(status_of(*events), (), NOW)["reminder"]

    def status_of(*events: Event) -> AccountStatus:
        return compute_overview(record(account("facebook", *events)), playbook, NOW, public_holiday_name).statuses[0]

    reminded = entry("reminded", at(20))
    assert reminder_of(FILED) == "Your objection is not answered yet."
    assert reminder_of(FILED, reminded) == "You reminded Meta on 3 Nov; not answered yet."
    sent = find_sent_letters(status_of(FILED, reminded, entry("complained", at(3))), NOW)
    assert (sent["reminder"], sent["complaint"]) == ("Sent: 3 Nov.", "Sent: 20 Nov.")
    assert find_sent_letters(status_of(), NOW) == {}
    asked, answered = entry("more-asked", at(9), for_="id"), entry("answered", at(5))
    assert "identity" not in find_sent_letters(status_of(FILED, asked, answered), NOW)
    by_letter = entry("answered", at(5), by="letter")
    assert find_sent_letters(status_of(FILED, asked, by_letter), NOW)["identity"] == "Sent by post: 18 Nov."
    asked = entry("more-asked", at(9), for_="examples")
    text = entry("evidence", at(5), of=by_letter.id, holds="letter", file="2026-11-18-no-examples-facebook-en.txt")
    sent = find_sent_letters(status_of(FILED, asked, by_letter, text), NOW)
    assert "no-examples" in sent
    assert "examples" not in sent
