"""What a person types as an answer: in the language in use; the English words are understood in every language."""

from unicodedata import combining, normalize

from metaoptout_tui.core.language.translation import pgettext


def word_for_yes() -> str:
    """What is typed for yes, whole."""
    return pgettext("typed as an answer", "yes")


def word_for_no() -> str:
    """What is typed for no, whole."""
    return pgettext("typed as an answer", "no")


def letter_for_yes() -> str:
    """What is typed for yes, in short."""
    return pgettext("typed for yes", "y")


def letter_for_no() -> str:
    """What is typed for no, in short."""
    return pgettext("typed for no", "n")


_YES_IN_ANY_LANGUAGE, _NO_IN_ANY_LANGUAGE = ("yes", "ja", "oui", "sí"), ("no", "nein", "non", "nee")
"""The whole words of all languages of the program, which are understood in each: none means yes in one and no in another."""


def understand_yes_or_no(typed: str) -> bool | None:
    """What was meant by a whole word, its beginning or its letter; None for anything else.

    The whole words of the other languages are understood too.
    """
    for yes_words, no_words in (
        ((letter_for_yes(), word_for_yes()), (letter_for_no(), word_for_no())),
        (("yes",), ("no",)),
    ):
        is_yes, is_no = (any(begins_word(typed, word) for word in words) for words in (yes_words, no_words))
        if is_yes != is_no:
            return is_yes
    if any(is_word(typed, word) for word in _YES_IN_ANY_LANGUAGE):
        return True
    return False if any(is_word(typed, word) for word in _NO_IN_ANY_LANGUAGE) else None


def is_minus(typed: str) -> bool:
    """Whether the name of the sign “-” was typed in place of the sign."""
    return any(is_word(typed, word) for word in (pgettext("the name of the sign -", "minus"), "minus"))


def is_word(typed: str, word: str) -> bool:
    """Whether this word was typed, whatever its case and its accents, which not every keyboard has."""
    return _plain(typed) == _plain(word)


def begins_word(typed: str, word: str) -> bool:
    """Whether this word or its beginning was typed, whatever its case and its accents."""
    beginning = _plain(typed)
    return bool(beginning) and _plain(word).startswith(beginning)


def _plain(words: str) -> str:
    letters = normalize("NFKD", words.strip().casefold())
    return "".join(character for character in letters if not combining(character))
