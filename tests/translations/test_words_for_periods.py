"""What is said of the end of a period names the period: "its end" alone reads as the end of the person."""

import pytest
from babel.messages.pofile import read_po

from metaoptout_tui.translations.catalogues import FOLDER, translated_languages

WORDS = {"nl": "termijn", "de": "Frist", "fr": "délai", "es": "plazo", "it": "termine"}
"""The word for a period in each language. Dutch may say "het einde", which is of no person."""
ITS_END = ("Its end is ", "It has no end until ", "It is over")


@pytest.mark.parametrize("language", translated_languages())
def test_the_end_of_a_period_is_said_of_the_period(language: str) -> None:
    with (FOLDER / f"{language}.po").open("rb") as file:
        messages = [each for each in read_po(file, locale=language) if str(each.id).startswith(ITS_END)]
    assert len(messages) >= 7
    words = (WORDS[language], "Het einde") if language == "nl" else (WORDS[language],)
    assert not [each.string for each in messages if not any(word in str(each.string) for word in words)]
