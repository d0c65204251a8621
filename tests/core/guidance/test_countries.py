"""A country is found by what a person types of it."""

import pytest

from metaoptout_tui.core.guidance.countries import default_language, find_countries
from metaoptout_tui.guidance.loader import load_countries

NAMES = {
    "AT": ("Austria", "Österreich"),
    "AU": ("Australia",),
    "DE": ("Germany", "Deutschland", "Allemagne"),
    "IE": ("Ireland", "Éire"),
    "NL": ("Netherlands", "Nederland", "Holland"),
    "ST": ("São Tomé and Príncipe",),
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ger", ("DE",)),
        ("  Holland ", ("NL",)),
        ("osterreich", ("AT",)),
        ("ÖSTER", ("AT",)),
        ("eire", ("IE",)),
        ("sao tome", ("ST",)),
        ("austr", ("AU", "AT")),
        ("Atlantis", ()),
    ],
)
def test_a_part_of_any_name_finds_it_with_or_without_accents(typed: str, found: tuple[str, ...]) -> None:
    assert find_countries(typed, NAMES) == found


def test_its_code_comes_before_names_that_hold_the_same_letters() -> None:
    assert find_countries("de", NAMES) == ("DE", "NL")
    assert find_countries("at", NAMES)[0] == "AT"


def test_a_name_that_begins_so_comes_before_one_that_holds_it() -> None:
    assert find_countries("land", {"NL": NAMES["NL"], "XX": ("Landia",), "IE": NAMES["IE"]}) == ("XX", "IE", "NL")


def test_where_nothing_is_typed_all_are_there_by_name() -> None:
    assert find_countries(" ", NAMES) == ("AU", "AT", "DE", "IE", "NL", "ST")


@pytest.mark.exhaustive
def test_every_known_country_is_the_first_under_its_own_name_and_code() -> None:
    countries = load_countries()
    for code, names in countries.items():
        assert find_countries(code, countries)[0] == code
        assert code in find_countries(names[0], countries)


@pytest.mark.parametrize("typed", ["UK", "uk", "U.K.", "u.k", "GB", "London", "england", "Britain"])
def test_the_united_kingdom_is_the_first_for_what_people_call_it(typed: str) -> None:
    assert find_countries(typed, load_countries())[0] == "GB"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("US", "US"), ("U.S.A.", "US"), ("Wien", "AT"), ("Brussels", "BE"), ("Genève", "CH"), ("praha", "CZ")],
)
def test_a_code_a_short_name_and_a_capital_find_their_country_first(typed: str, code: str) -> None:
    assert find_countries(typed, load_countries())[0] == code


@pytest.mark.parametrize(
    ("computer", "country", "language"),
    [
        ("en", ("nl",), "nl"),
        ("", ("nl", "fr", "de"), "nl"),
        ("fr", ("nl", "fr", "de"), "fr"),
        ("de", ("nl",), "de"),
        ("en", ("de", "fr", "it", "en"), "en"),
        ("sv", ("sv", "en"), "en"),
        ("pt", ("pt",), "en"),
        ("en", (), "en"),
    ],
)
def test_menus_are_in_the_computers_language_unless_that_is_english(
    computer: str, country: tuple[str, ...], language: str
) -> None:
    assert default_language(computer, country) == language
