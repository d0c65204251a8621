"""Laws that hold for the letters of every diary, in every language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis.strategies import integers

from exhaustive import examples
from generated_diaries import records
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import ENGLISH, in_catalogue
from metaoptout_tui.core.letters.letter_facts import controller_lines
from metaoptout_tui.core.letters.letter_facts_of_diary import collect_letter_facts
from metaoptout_tui.core.letters.letters import Letter
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.events import day_or_month_of, is_month_alone
from metaoptout_tui.core.record.vocabulary import PeriodKind
from metaoptout_tui.documents import letters
from metaoptout_tui.documents.letters import begins_anew, letter_ids_for, letter_languages_of, write_letter
from metaoptout_tui.guidance.loader import public_holiday_name
from pseudo_language import PseudoCatalogue
from samples import NOW

_LAWS_WITH_A_YEAR = re.compile(r"Data Protection Act 2018")


def days_of_the_diary(progress: Record) -> set[date]:
    """Every day on which something happened, and every day that an entry names."""
    events = [event for account in progress.accounts for event in account.events]
    named = {day for event in events for day in event.fields.values() if type(day) is date}
    return {event.at.date() for event in events} | named


def months_of_the_diary(progress: Record) -> list[date]:
    """The months in which something happened whose day is not known."""
    events = [event for account in progress.accounts for event in account.events]
    return [day_or_month_of(event) for event in events if is_month_alone(event)]


def days_of_the_periods_screen(status: AccountStatus) -> set[date]:
    """The first and last days of the periods that the screen names without a reservation."""
    periods = [deadline.legal_period(public_holiday_name) for deadline in status.deadlines]
    return {
        day for period in periods if period and period.is_end_certain for day in (period.first_day, period.last_day)
    }


@settings(max_examples=examples(90))
@given(records())
def test_no_letter_names_a_day_that_is_neither_in_the_diary_nor_a_sure_end_of_a_period(
    playbook: Playbook, progress: Record
) -> None:
    for status in compute_overview(progress, playbook, NOW, public_holiday_name).statuses:
        objected_under = status.objection_law
        facts = collect_letter_facts(status, progress, playbook, NOW.date(), public_holiday_name)
        allowed = [*days_of_the_diary(progress), *days_of_the_periods_screen(status), *months_of_the_diary(progress)]
        for id in letter_ids_for(status.region.law, objected_under):
            law = status.region.law if begins_anew(id) else objected_under
            filled = replace(facts, controller=", ".join(controller_lines(playbook, law)))
            for language in letter_languages_of(id):
                letter = write_letter(id, language, law, filled)
                said = _LAWS_WITH_A_YEAR.sub("", f"{letter.title}\n{letter.text}")
                filler = letters._TemplateFiller(language, law, filled)
                for written in sorted(map(filler._format_day, allowed), key=len, reverse=True):
                    said = said.replace(written, "")
                assert not re.search(r"\b20[23]\d\b", said), (id, language)


@settings(max_examples=examples(60))
@given(records(), integers(0, 400))
def test_no_letter_claims_that_a_time_is_over_before_it_is(playbook: Playbook, progress: Record, later: int) -> None:
    now = NOW + timedelta(days=later)
    for status in compute_overview(progress, playbook, now, public_holiday_name).statuses:
        facts = collect_letter_facts(status, progress, playbook, now.date(), public_holiday_name)
        ends = {
            deadline.kind: period
            for deadline in status.deadlines
            if (period := deadline.legal_period(public_holiday_name)) is not None
        }
        answer = ends.get(PeriodKind.ANSWER)
        is_over = answer is not None and answer.is_end_certain and answer.is_over(now.date())
        for day in (facts.over, facts.three, facts.unanswered, facts.unacknowledged, facts.authority_silent):
            assert day is None or day < now.date()
        if "12-4" in facts.provisions and status.objection_law in ("gdpr", "uk-gdpr"):
            assert is_over or facts.posted_long_ago
        if "12-3" in facts.provisions:
            assert facts.over or facts.three or facts.unanswered or facts.posted_long_ago
        if facts.month_over and answer is not None:
            assert is_over or facts.posted_long_ago


@given(records())
def test_the_letters_of_an_objection_are_under_the_law_of_its_period(playbook: Playbook, progress: Record) -> None:
    for status in compute_overview(progress, playbook, NOW, public_holiday_name).statuses:
        deadline = status.outcome.answer_deadline if status.outcome is not None else None
        if deadline is not None:
            assert status.objection_law == deadline.law


@given(records())
def test_a_letter_is_the_same_whatever_language_the_screen_speaks(playbook: Playbook, progress: Record) -> None:
    with in_catalogue(ENGLISH):
        english = list(_letters_of(progress, playbook))
    with in_catalogue(PseudoCatalogue()):
        assert list(_letters_of(progress, playbook)) == english


def _letters_of(progress: Record, playbook: Playbook) -> Iterator[Letter]:
    """Every letter of every account, in every language."""
    for status in compute_overview(progress, playbook, NOW, public_holiday_name).statuses:
        facts = collect_letter_facts(status, progress, playbook, NOW.date(), public_holiday_name)
        for id in letter_ids_for(status.region.law, status.objection_law):
            law = status.region.law if begins_anew(id) else status.objection_law
            filled = replace(facts, controller=", ".join(controller_lines(playbook, law)))
            yield from (write_letter(id, language, law, filled) for language in letter_languages_of(id))
