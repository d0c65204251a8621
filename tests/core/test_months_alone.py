"""Where only the month or the year of something is known, no day of it is told."""

import re

import pytest

from metaoptout_tui.app.accounts.link_questions import AccountLink, linked_since_question
from metaoptout_tui.core.case_file.diary import build_case_diary
from metaoptout_tui.core.case_file.periods import case_periods
from metaoptout_tui.core.dates import format_day, format_full_day
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import formats_in_use
from metaoptout_tui.core.language.translation import use_catalogue
from metaoptout_tui.core.letters.letter_recommendations import find_sent_letters
from metaoptout_tui.core.objection.coverage_table import coverage_rows_of, describe_cover
from metaoptout_tui.core.objection.deadline_sentences import deadline_state_text
from metaoptout_tui.core.objection.event_sentences import moment_of_event
from metaoptout_tui.core.objection.objecting_again import objecting_again_question
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.sentences import describe_state, outcome_sentence, recheck_sentence, task_sentence
from metaoptout_tui.core.objection.step_advice import StepAdvice
from metaoptout_tui.core.objection.tasks import TaskKind
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.guidance.loader import public_holiday_name
from metaoptout_tui.translations.catalogues import load_catalogue, translated_languages
from samples import NOW, Clock, account, at, entry, open_session, record

IN_JUNE_2025 = NOW.replace(year=2025, month=6, day=30, hour=12, minute=0)
SENT = entry("filed", IN_JUNE_2025, **{"day-known": "month"})
CONFIRMED = entry("confirmed-by-mail", IN_JUNE_2025, **{"day-known": "month"})


def overview_of(playbook: Playbook, progress: Record) -> Overview:
    return compute_overview(progress, playbook, NOW, public_holiday_name)


def test_the_yearly_check_of_an_objection_of_a_month_names_the_month(playbook: Playbook) -> None:
    overview = overview_of(playbook, record(account("facebook", SENT, CONFIRMED)))
    (status,) = overview.statuses
    year = next(reason for reason in status.recheck_reasons if reason.kind == "year")
    assert "Last sent or checked: Jun 2025" in recheck_sentence(year, playbook, NOW)
    (check,) = [task for task in overview.tasks if task.kind is TaskKind.RECHECK]
    assert task_sentence(check, playbook).endswith("was due Jun 2026")


def test_a_period_that_began_in_a_month_names_no_day(playbook: Playbook) -> None:
    (status,) = overview_of(playbook, record(account("facebook", SENT))).statuses
    (period, *_later) = case_periods(status, playbook, public_holiday_name, NOW.date())
    days = (period.first_day, period.last_day, *(line.day for line in period.calculation))
    told = [*map(format_full_day, days), *(format_day(day, NOW.date()) for day in days)]
    assert told[0] == "Jun 2025"
    assert all(re.fullmatch(r"(Jun|Jul) 2025", words) for words in told)


def test_a_link_of_a_year_has_neither_a_day_nor_a_time(playbook: Playbook) -> None:
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    dates_and_words = {
        midnight.replace(year=2020, month=1, day=1): "2020",
        midnight.replace(year=2020, month=6, day=1): "Jun 2020",
        midnight.replace(year=2020, month=6, day=21): "21 Jun 2020",
    }
    for moment, words in dates_and_words.items():
        link = entry("hub-changed", moment, to="private")
        assert moment_of_event(link, NOW) == words
        (told,) = build_case_diary(account("facebook", link), playbook)
        assert told.date_text == words


def test_a_day_that_is_known_is_told(playbook: Playbook) -> None:
    (status,) = overview_of(playbook, record(account("facebook", entry("filed", at(400))))).statuses
    (period, *_later) = case_periods(status, playbook, public_holiday_name, NOW.date())
    assert format_full_day(period.first_day) == format_full_day(at(400).date())
    assert format_full_day(period.first_day)[0].isdigit()


WORDS_BEFORE_A_DAY = r"(on|am|dem|den|le|du|au|el|del|il|dal|giorno|op)"
IN_JUNE_2026 = IN_JUNE_2025.replace(year=2026)
SENT_LATER = entry("filed", IN_JUNE_2026, **{"day-known": "month"})
CONFIRMED_LATER = entry("confirmed-by-mail", IN_JUNE_2026, **{"day-known": "month"})
BY_POST = entry("filed", IN_JUNE_2025, **{"day-known": "month", "by": "letter"})


@pytest.mark.parametrize("language", ["en", *translated_languages()])
def test_no_language_says_of_a_month_what_fits_a_day_alone(playbook: Playbook, language: str) -> None:
    catalogue = load_catalogue(language)
    assert catalogue is not None
    use_catalogue(catalogue)
    told = []
    for events in (
        (SENT,),
        (BY_POST,),
        (SENT, CONFIRMED),
        (SENT_LATER, CONFIRMED_LATER),
        (SENT, entry("extended", at(500))),
        (SENT, entry("more-asked", IN_JUNE_2025, **{"for": "id", "day-known": "month"})),
        (SENT, CONFIRMED, entry("filed", at(40))),
    ):
        own = account("facebook", *events, hub="one")
        progress = record(own, account("instagram", entry("hub-changed", at(600), to="one"), hub="one"))
        overview = overview_of(playbook, progress)
        for status in overview.statuses:
            told += [describe_state(status, progress, playbook, NOW), outcome_sentence(status, progress, playbook, NOW)]
            told += find_sent_letters(status, NOW).values()
            for step in ("open", "submit", "confirm"):
                advice = StepAdvice(playbook, progress, overview, status, step)
                told += [each.words for each in advice.in_order()]
                question = objecting_again_question(status, step, overview, playbook)
                told += [] if question is None else [question.title, *question.sentences]
            for deadline in status.deadlines:
                period = deadline.legal_period(public_holiday_name)
                if period is not None:
                    told.append(deadline_state_text(deadline, period, NOW.date()))
        told += [task_sentence(task, playbook) for task in overview.tasks]
        told += [describe_cover(row, progress, playbook, NOW) for row in coverage_rows_of(overview)]
    june = re.escape(formats_in_use().months[5])
    assert sum(bool(re.search(june, words)) for words in told) > 4
    assert [words for words in told if re.search(rf"\b{WORDS_BEFORE_A_DAY} {june}", words)] == []


def test_how_long_a_period_of_a_month_is_over_or_still_runs_is_told_in_months(playbook: Playbook) -> None:
    def told(month: int, year: int = 2026) -> str:
        sent = entry("filed", NOW.replace(year=year, month=month, day=28), **{"day-known": "month"})
        (status,) = overview_of(playbook, record(account("facebook", sent))).statuses
        (deadline,) = status.deadlines
        period = deadline.legal_period(public_holiday_name)
        assert period is not None
        return deadline_state_text(deadline, period, NOW.date())

    assert told(6, 2025) == "over for more than a year"
    assert told(10, 2025) == "over for about a year"
    assert told(6) == "over for about 4 months"
    assert told(10) == "ends this month"


def test_an_objection_of_a_month_is_told_by_its_month_wherever_it_is_named(playbook: Playbook) -> None:
    sent = entry("filed", NOW.replace(month=10, day=31), **{"day-known": "month"})
    other = account("instagram", hub="")
    session = open_session(playbook, Clock(), [], record(account("facebook", sent, CONFIRMED, hub="one"), other))
    question = linked_since_question(session, AccountLink("one"), platform="instagram", account_id="instagram")
    assert question is not None
    told = [*question.sentences, *(words for _id, words in question.answers)]
    again = record(account("facebook", SENT, CONFIRMED, entry("filed", at(2))))
    (status,) = overview_of(playbook, again).statuses
    told += [describe_state(status, again, playbook, NOW), outcome_sentence(status, again, playbook, NOW)]
    assert sum("Oct 2026" in words for words in told) == 2
    assert sum("Jun 2025" in words for words in told) == 2
    assert not [words for words in told if re.search(r"3[01] (Oct|Jun)", words)]
