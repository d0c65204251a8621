"""What the environment says of the person: a country to propose, and the language of menu labels."""

from collections.abc import Mapping

import pytest

from metaoptout_tui.core.language.choice import language_and_country_of_locale


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "nl_NL.UTF-8"}, ("nl", "NL")),
        ({"LANG": "de_AT"}, ("de", "AT")),
        ({"LANG": "ca_ES@valencia"}, ("ca", "ES")),
        ({"LC_ALL": "C.UTF-8", "LANG": "fr_BE.UTF-8"}, ("fr", "BE")),
        ({"LC_ALL": "it_IT.UTF-8", "LANG": "fr_BE.UTF-8"}, ("it", "IT")),
        ({"LANG": "C"}, ("", "")),
        ({"LANG": "POSIX"}, ("", "")),
        ({"LANG": "_XX.\x1b["}, ("", "")),
        ({}, ("", "")),
    ],
)
def test_the_locale_says_where_and_in_which_language(environ: Mapping[str, str], expected: tuple[str, str]) -> None:
    assert language_and_country_of_locale(environ) == expected
