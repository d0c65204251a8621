"""Letters that answer what Meta asks, and those that tell later that it was answered."""

from datetime import date
from typing import Any

import pytest

from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, Playbook
from metaoptout_tui.core.letters.letter_facts import LetterFacts
from metaoptout_tui.core.letters.letter_facts_of_diary import collect_letter_facts
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.documents.letters import format_letter_day, write_letter
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

ANSWERS = ("no-examples", "examples", "residence", "question")
FIRST, AGAIN = entry("filed", at(30), email="anna@example.org"), entry("filed", at(25))


def asked(what: str, **more: Any) -> Event:
    return entry("more-asked", at(10), **{"for": what}, **more)


def facts_of(playbook: Playbook, *events: Event, platform: str = "facebook", country: str = "NL") -> LetterFacts:
    progress = record(account(platform, *events), country=country)
    status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
    return collect_letter_facts(status, progress, playbook, NOW.date(), public_holiday_name)


def test_sending_an_answer_answers_the_question_and_is_no_second_objection() -> None:
    assert {EVENT_KIND_BY_LETTER[id] for id in (*ANSWERS, "identity")} == {EventKind.META_QUESTION_ANSWERED}


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
@pytest.mark.parametrize(
    ("id", "what", "platform"),
    [
        ("no-examples", "examples", "elsewhere"),
        ("no-examples", "prompts", "facebook"),
        ("examples", "examples", "elsewhere"),
        ("residence", "residence", "facebook"),
        ("question", "reason", "facebook"),
    ],
)
def test_an_answer_names_the_first_objection_metas_question_and_its_reference(
    playbook: Playbook, id: str, what: str, platform: str, language: str
) -> None:
    facts = facts_of(playbook, FIRST, AGAIN, asked(what, reference="AB-12"), platform=platform)
    letter = write_letter(id, language, "gdpr", facts)
    assert format_letter_day(language, at(30).date()) in letter.title
    for told in (format_letter_day(language, at(30).date()), format_letter_day(language, at(10).date()), "AB-12"):
        assert told in letter.text
    assert format_letter_day(language, at(25).date()) not in letter.text


def test_who_has_no_prompts_says_so_and_which_data_the_objection_is_about(playbook: Playbook) -> None:
    of_account = write_letter("no-examples", "en", "gdpr", facts_of(playbook, FIRST, asked("prompts"))).text
    assert "I have no prompts and no screenshots to send you." in of_account
    assert "the data of my own account, and not about information from third parties" in of_account
    elsewhere = facts_of(playbook, FIRST, asked("examples"), platform="elsewhere")
    about_person = write_letter("no-examples", "en", "gdpr", elsewhere).text
    assert "my own account" not in about_person
    assert "data on me from elsewhere" in about_person
    in_switzerland = write_letter("no-examples", "en", "fadp", facts_of(playbook, FIRST, country="CH")).text
    assert "Article 21" not in in_switzerland


def test_a_reason_that_is_known_answers_the_question_for_it(playbook: Playbook) -> None:
    filed = FIRST._replace(fields={**FIRST.fields, "reason": "My posts show my children."})
    letter = write_letter("question", "en", "gdpr", facts_of(playbook, filed, asked("reason")))
    assert "My particular situation: My posts show my children." in letter.text
    assert "meta-answer" not in letter.placeholders
    unknown = write_letter("question", "en", "gdpr", facts_of(playbook, FIRST, asked("reason")))
    assert "meta-answer" in unknown.placeholders


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_a_reminder_tells_that_meta_asked_and_was_answered(playbook: Playbook, language: str) -> None:
    answered = facts_of(playbook, FIRST, asked("reason"), entry("answered", at(8)))
    text = write_letter("reminder", language, "gdpr", answered).text
    assert format_letter_day(language, at(10).date()) in text
    assert format_letter_day(language, at(8).date()) in text
    open_yet = write_letter("reminder", language, "gdpr", facts_of(playbook, FIRST, asked("reason"))).text
    assert format_letter_day(language, at(10).date()) not in open_yet


@pytest.mark.parametrize(
    ("id", "law", "country"),
    [
        ("reminder", "gdpr", "NL"),
        ("refusal-answer", "gdpr", "NL"),
        ("late-extension", "gdpr", "NL"),
        ("unreasoned-extension", "gdpr", "NL"),
        ("asked-applied", "fadp", "CH"),
        ("complaint-to-meta", "uk-gdpr", "GB"),
    ],
)
def test_every_letter_to_meta_that_tells_the_case_tells_the_answer(
    playbook: Playbook, id: str, law: str, country: str
) -> None:
    facts = facts_of(playbook, FIRST, asked("reason"), entry("answered", at(8)), country=country)
    told = "On 13 November 2026 you asked me for more about it, and on 15 November 2026 I answered that."
    assert told in write_letter(id, "en", law, facts).text


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
@pytest.mark.parametrize("id", ["reminder", "complaint"])
def test_once_both_possible_ends_passed_a_letter_names_both(playbook: Playbook, id: str, language: str) -> None:
    case = (entry("filed", at(60)), entry("more-asked", at(50), **{"for": "reason"}), entry("answered", at(40)))
    facts = facts_of(playbook, *case)
    assert (facts.over, facts.over_from_answer) == (date(2026, 10, 27), date(2026, 11, 16))
    text = write_letter(id, language, "gdpr", facts).text
    assert format_letter_day(language, date(2026, 10, 27)) in text
    assert format_letter_day(language, date(2026, 11, 16)) in text
    between = facts_of(playbook, *case[:2], entry("answered", at(25)))
    assert (between.over, between.over_from_answer) == (date(2026, 10, 27), None)
