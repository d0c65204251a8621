"""The address of an authority: its country as it is called in the language of who reads it."""

from metaoptout_tui.core.letters.authority_facts import with_country_in_words
from metaoptout_tui.guidance.loader import load_authorities, load_countries


def test_the_country_of_every_authority_is_named_once_and_in_the_language_of_the_reader() -> None:
    for language in ("en", "es", "de", "fr", "it", "nl"):
        names = load_countries(language)
        for code, authority in load_authorities().by_code.items():
            address = with_country_in_words(authority, names).contact.address
            *street_and_town, _country = authority.contact.address
            assert address == (*street_and_town, names[authority.country][0]), (language, code)


def test_an_address_stays_as_it_is_where_its_country_has_no_name_here() -> None:
    authority = load_authorities().by_code["ES"]
    assert with_country_in_words(authority, {}) == authority
