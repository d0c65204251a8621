"""An action is found by what people call it, in their language and in English."""

from contextlib import nullcontext

import pytest

from metaoptout_tui.app.commands.command_synonyms import synonyms_of
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.translations.catalogues import load_catalogue
from pseudo_language import PseudoCatalogue, pseudo


class _German(PseudoCatalogue):
    language = "de"


def test_an_action_is_found_by_words_of_the_language_in_use_and_by_english_ones() -> None:
    assert synonyms_of("checklist.redo") == "again"
    with in_catalogue(_German()):
        assert synonyms_of("checklist.redo") == f"{pseudo('again')} again"
        assert synonyms_of("nothing.of-that-name") == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "name address"),
        ("de", "name adresse anschrift"),
        ("nl", "naam adres"),
        ("fr", "nom adresse"),
        ("es", "nombre dirección"),
        ("it", "nome indirizzo"),
    ],
)
def test_who_wants_to_correct_name_or_address_finds_what_is_said_of_them(language: str, words: str) -> None:
    catalogue = load_catalogue(language)
    with in_catalogue(catalogue) if catalogue is not None else nullcontext():
        assert set(words.split()) <= set(synonyms_of("checklist.you").split())
