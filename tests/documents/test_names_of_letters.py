"""What letters are called: the title in a list, the offer that leads to it, and the name of its file, in every language."""

import re
import unicodedata
from datetime import date

import pytest

from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES
from metaoptout_tui.core.language.translation import catalogue_in_use, in_catalogue
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.letter_file_names import (
    LETTER_FILE_WORDS,
    is_file_of_letter,
    letter_file_name,
    letters_kept_with,
)
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER
from metaoptout_tui.core.objection.tasks import TASK_KINDS, OfferKind
from metaoptout_tui.documents.letters import letter_ids_for, letter_languages_of, letter_title_in
from metaoptout_tui.translations.catalogues import load_catalogue
from samples import account, at, entry

LETTERS = tuple(dict.fromkeys(id for law in ("gdpr", "uk-gdpr", "fadp") for id in letter_ids_for(law)))
DAY = date(2026, 11, 23)

LETTERS_OF_OFFERS = {
    "Ask Meta whether it acts on your objection": ("asked-applied",),
    "Write a reminder to Meta": ("reminder",),
    "See which letters remain": (),
    "See which letter fits now": (),
    "Answer Meta, or complain": ("late-extension", "unreasoned-extension", "complaint", "complaint-to-meta"),
    "Answer Meta's question: a letter": ("question", "identity", "no-examples", "examples", "residence"),
    "Answer the refusal, or complain": ("refusal-answer", "complaint", "complaint-to-meta"),
    "Write a reminder, or complain": ("reminder", "complaint", "complaint-to-meta"),
    "Write the complaint": ("complaint", "complaint-to-meta", "complaint-uk"),
    "Write to the authority": ("authority-answer", "authority-status"),
    "Write to the authority that Meta gave in": ("meta-gave-in",),
}
"""Each offer of letters with those that it speaks of; none where it names no letter."""


def words_of(sentence: str) -> list[str]:
    """The words that tell one sentence from another, without accents and Meta."""
    letters = unicodedata.normalize("NFD", sentence.casefold())
    plain = "".join(sign for sign in letters if unicodedata.category(sign) != "Mn")
    return [word for word in re.findall(r"[a-z]+", plain) if len(word) >= 5]


def share_a_word(title: str, offer: str) -> bool:
    """Whether a word stands in both, perhaps in another form: “Antwort” and “beantworten”, “respuesta” and “responder”."""
    return any(word[:4] in other for word in words_of(title) for other in words_of(offer))


def test_each_offer_of_letters_is_known_here() -> None:
    offered = {rules.offer_words for rules in TASK_KINDS.values() if rules.offer is OfferKind.LETTERS}
    assert offered == set(LETTERS_OF_OFFERS)


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_a_letter_is_found_in_the_list_by_the_words_of_the_offer_that_leads_there(language: str) -> None:
    with in_catalogue(load_catalogue(language) or catalogue_in_use()):  # of English there is none
        for offer, letters in LETTERS_OF_OFFERS.items():
            for letter in letters:
                title, words = letter_title_in(letter, language), _(offer)
                assert share_a_word(title, words), f"{words!r} leads to {title!r}"


@pytest.mark.parametrize("letter", LETTERS)
def test_the_file_of_a_letter_is_called_in_its_language_and_found_by_every_name(letter: str) -> None:
    for language in letter_languages_of(letter):
        name = letter_file_name(letter, "instagram-anna", language, DAY)
        assert re.fullmatch(r"2026-11-23-[a-z]+(-[a-z]+)*-instagram-anna-[a-z]{2}", name)
        assert language == "en" or letter in LETTER_FILE_WORDS[language]
        for each in (name, f"2026-11-23-{letter}-instagram-anna-{language}"):
            for file in (each, f"{each}.txt", f"{each}-2.txt"):
                assert [id for id in LETTERS if is_file_of_letter(file, id, "instagram-anna")] == [letter], file
                assert not any(is_file_of_letter(file, id, "instagram") for id in LETTERS)


def test_a_word_in_the_name_of_a_file_stands_for_one_letter() -> None:
    meant = {(word, letter) for words in LETTER_FILE_WORDS.values() for letter, word in words.items()}
    meant |= {(letter, letter) for letter in LETTERS}
    assert len(meant) == len({word for word, _unused in meant})
    assert {letter for words in LETTER_FILE_WORDS.values() for letter in words} <= set(LETTERS)


@pytest.mark.parametrize("letter", EVENT_KIND_BY_LETTER)
def test_which_letter_was_kept_with_an_entry_is_known_by_its_name_in_any_language(letter: str) -> None:
    sent = entry(EVENT_KIND_BY_LETTER[letter], at(3))
    for language in letter_languages_of(letter):
        for name in (letter_file_name(letter, "facebook", language, DAY), f"2026-11-23-{letter}-facebook-{language}"):
            kept = entry("evidence", at(3), file=f"{name}.txt", sha256="0" * 64, bytes=1, of=sent.id, holds="letter")
            assert letters_kept_with(sent, account("facebook", sent, kept)) == {letter}
