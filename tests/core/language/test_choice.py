"""Which language the program speaks: the settings, the choice on the screen, the computer, English."""

import pytest

from metaoptout_tui.core.language.choice import choose_language, languages_of_environment

KNOWN = ("en", "nl", "de", "fr", "es", "it")


def test_the_settings_come_before_the_choice_and_that_before_the_computer() -> None:
    computer = {"LANG": "it_IT.UTF-8"}
    assert choose_language("de", "nl", computer, KNOWN) == "de"
    assert choose_language("", "nl", computer, KNOWN) == "nl"
    assert choose_language("", "", computer, KNOWN) == "it"
    assert choose_language("", "", {}, KNOWN) == "en"


def test_a_language_that_is_not_there_gives_way_to_the_next() -> None:
    assert choose_language("tlh", "", {"LANGUAGE": "da:de:fr"}, KNOWN) == "de"


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({"LANG": "de_AT.UTF-8"}, ["de"]),
        ({"LANG": "nl_BE@euro"}, ["nl"]),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, ["fr"]),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8", "LC_ALL": "es_ES"}, ["es"]),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "sv:en_GB"}, ["sv", "en"]),
        ({"LANGUAGE": "fr"}, ["fr"]),
        ({"LANGUAGE": "", "LANG": "pt-BR"}, ["pt"]),
        ({"LANGUAGE": "fr", "LC_ALL": "C"}, []),
        ({"LANG": "C.UTF-8"}, []),
        ({"LANG": "../../etc/passwd"}, []),
        ({}, []),
    ],
)
def test_a_computer_says_its_languages_as_gettext_reads_them(environment: dict[str, str], languages: list[str]) -> None:
    assert languages_of_environment(environment) == languages
