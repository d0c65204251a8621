"""What the program says in a language, as a person waits for it on the screen."""

from metaoptout_tui.core.language.translation import ENGLISH
from metaoptout_tui.translations.catalogues import load_catalogue

LOCALES = {
    "en": "C.UTF-8",
    "de": "de_DE.UTF-8",
    "fr": "fr_FR.UTF-8",
    "nl": "nl_NL.UTF-8",
    "es": "es_ES.UTF-8",
    "it": "it_IT.UTF-8",
}
"""What each language is called in the environment."""


def said(language: str, english: str, context: str = "") -> str:
    """A sentence in a language, or the longest part of it between its places, which is sure to be there."""
    catalogue = load_catalogue(language)
    assert catalogue is not None
    words = catalogue.pgettext(context, english) if context else catalogue.gettext(english)
    assert catalogue is ENGLISH or words != english, f"not translated: {english}"
    return max(words.replace("}", "{").split("{")[::2], key=len).strip()
