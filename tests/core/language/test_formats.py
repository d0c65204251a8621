"""Dates, numbers and lists as each language writes them, and typed dates as each understands them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal as babel_decimal

import cldr_formats
from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language import formatting, translation
from metaoptout_tui.core.language.cldr import FORMATS

NOW = datetime(2026, 11, 30, 14, 9, tzinfo=UTC)


def speak(language: str) -> None:
    """Speak a language, without its sentences."""
    english = translation.ENGLISH
    translation.use_catalogue(
        SimpleNamespace(
            language=language, gettext=english.gettext, ngettext=english.ngettext, pgettext=english.pgettext
        )
    )


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    yield
    translation.use_catalogue(translation.ENGLISH)


@pytest.fixture(params=CONTENT_LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    speak(request.param)
    return str(request.param)


def test_the_table_is_what_cldr_says(language: str) -> None:
    assert FORMATS[language] == cldr_formats.of_cldr(language)


@pytest.mark.parametrize("spoken", CONTENT_LANGUAGES[1:])
def test_a_day_is_written_as_an_independent_library_does(spoken: str) -> None:
    speak(spoken)
    pattern = "d. MMM y" if spoken == "de" else "d MMM y"
    for month in range(1, 13):
        day = date(2025, month, 6)
        assert dates.format_full_day(day) == format_date(day, pattern, locale=spoken)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("en", "Thu 6 Nov 2025, 12:05 (12 months ago)"),
        ("nl", "do 6 nov 2025, 12:05 (12 maanden geleden)"),
        ("de", "Do., 6. Nov. 2025, 12:05 (vor 12 Monaten)"),
        ("fr", "jeu. 6 nov. 2025, 12:05 (il y a 12 mois)"),
        ("es", "jue, 6 nov 2025, 12:05 (hace 12 meses)"),
        ("it", "gio 6 nov 2025, 12:05 (12 mesi fa)"),
    ],
)
def test_a_typed_date_is_shown_as_it_was_understood(spoken: str, written: str) -> None:
    speak(spoken)
    assert dates.format_understood_moment(datetime(2025, 11, 6, 12, 5, tzinfo=UTC), NOW) == written


def test_every_day_that_is_written_can_be_typed_again(language: str) -> None:
    for offset in range(0, 800, 7):
        day = NOW.date() - timedelta(days=offset)
        assert dates.parse_day(dates.format_full_day(day), NOW.date()) == day
        long_month = FORMATS[language].full_months[day.month - 1]
        for typed in (
            f"{day.day} {long_month} {day.year}",
            f"{day.day}. {long_month.upper()} {day.year}",
            day.isoformat(),
        ):
            assert dates.parse_day(typed, NOW.date()) == day


@pytest.mark.parametrize(
    ("spoken", "typed", "month"),
    [
        ("de", "3 marz", 3),
        ("fr", "3 aout", 8),
        ("es", "3 de agosto de 2026", 8),
        ("it", "3 ott", 10),
        ("nl", "3 mrt", 3),
        ("en", "3 janvier 2026", 1),
    ],
)
def test_months_are_understood_without_accents_and_in_other_languages_too(spoken: str, typed: str, month: int) -> None:
    speak(spoken)
    assert dates.parse_day(typed, NOW.date()).month == month


def test_numbers_have_the_separators_of_the_language(language: str) -> None:
    locale = cldr_formats.PATTERNS_FROM.get(language, language)
    for number in (0, 999, 12_345, 9_876_543):
        assert formatting.format_number(number) == babel_decimal(number, "#,##0", locale=locale)
    assert formatting.format_decimal(12_345.67) == babel_decimal(12_345.7, "#,##0.0", locale=locale)
    assert formatting.format_decimal(3, 0) == "3"


def test_lists_end_with_the_word_of_the_language(language: str) -> None:
    last = {"en": "and", "nl": "en", "de": "und", "fr": "et", "es": "y", "it": "e"}[language]
    assert formatting.format_list(["a", "b", "c"]) == f"a, b {last} c"
    assert (formatting.format_list(["a"]), formatting.format_list([])) == ("a", "")


def test_spanish_changes_the_word_before_its_own_sound() -> None:
    speak("es")
    assert formatting.format_list(["Facebook", "Instagram"]) == "Facebook e Instagram"
    assert formatting.format_list(["agua", "hielo"]) == "agua y hielo"
    assert formatting.format_alternatives(["siete", "ocho"]) == "siete u ocho"


def test_names_and_labels_have_the_signs_of_the_language(language: str) -> None:
    shown = {
        "de": ("„Anna“", "Notiz: Rosa", "Notiz:"),
        "es": ("«Anna»", "Notiz: Rosa", "Notiz:"),
        "fr": (
            "«\N{NO-BREAK SPACE}Anna\N{NO-BREAK SPACE}»",
            "Notiz\N{NO-BREAK SPACE}: Rosa",
            "Notiz\N{NO-BREAK SPACE}:",
        ),
        "it": ("«Anna»", "Notiz: Rosa", "Notiz:"),
    }.get(language, ("“Anna”", "Notiz: Rosa", "Notiz:"))
    said = formatting.quoted("Anna"), formatting.labelled("Notiz", "Rosa"), formatting.labelled("Notiz")
    assert said == shown


def test_clauses_are_parted_as_the_language_does(language: str) -> None:
    blank = "\N{NO-BREAK SPACE}" if language == "fr" else ""
    assert formatting.format_clauses(["a", "", "b"]) == f"a{blank}; b"


@pytest.mark.parametrize(("words", "sentence"), [("Sent", "Sent."), ("am 3. Nov.", "am 3. Nov."), ("Sent?", "Sent?")])
def test_a_sentence_ends_with_one_sign(words: str, sentence: str) -> None:
    assert formatting.with_full_stop(words) == sentence


@pytest.mark.parametrize("typed", ["Aug 2025", "august 2025", "2025-08", "8/2025", "agosto de 2025"])
def test_a_month_with_its_year_can_stand_for_its_first_day(typed: str) -> None:
    assert dates.first_day_of_month(typed) == date(2025, 8, 1)


@pytest.mark.parametrize("typed", ["", "20 Aug", "20 Aug 2025", "2025", "13/2025", "today", "0000-01"])
def test_what_is_no_month_with_its_year_is_not_taken_for_one(typed: str) -> None:
    assert dates.first_day_of_month(typed) is None


@pytest.mark.parametrize(
    ("typed", "day"), [("2019", date(2019, 1, 1)), ("Aug 2019", date(2019, 8, 1)), ("3 Aug 2019", date(2019, 8, 3))]
)
def test_a_year_or_a_month_stands_for_its_first_day_where_that_is_enough(typed: str, day: date) -> None:
    assert dates.first_day_of_period(typed, NOW.date()) == day


@pytest.mark.parametrize("typed", ["0000", "19", "some day"])
def test_what_is_no_year_month_or_day_is_said_to_be_no_date(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        dates.first_day_of_period(typed, NOW.date())
