"""Finds signs that code put beside a sentence of another language as English has them."""

import re
from gettext import NullTranslations

from metaoptout_tui.core.language.translation import Catalogue
from metaoptout_tui.translations.catalogues import ENGLISH_MARK, load_catalogue

_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?![./\w])|(?<!\.)\. \.(?![.\w])")
_BLANK_BEFORE_COLON, _NO_BLANK_BEFORE_COLON = re.compile(r"[^\s|]\s[:;](?!\w)"), re.compile(r"[^\W\d][:;] ")
_LANGUAGES_WITH_BLANK = frozenset({"fr"})


def wrong_signs_in(text: str, language: str) -> list[str]:
    """Two full stops, a blank before a colon or semicolon or, in a language that has one there, none; each with what stands around."""
    colon = _NO_BLANK_BEFORE_COLON if language in _LANGUAGES_WITH_BLANK else _BLANK_BEFORE_COLON
    found = [*_TWO_STOPS.finditer(text), *colon.finditer(text)]
    return [text[max(0, match.start() - 30) : match.end() + 10] for match in found]


class _MarkedEnglish(NullTranslations):
    """What is not translated yet, marked as English."""

    def gettext(self, message: str) -> str:
        return f"{ENGLISH_MARK}{message}"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"{ENGLISH_MARK}{one if number == 1 else many}"


class _SignsOfOneLanguage:
    """The sentences of a language. What is not translated yet stands in English without its colons and semicolons."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.language, self._catalogue = catalogue.language, catalogue

    def gettext(self, message: str, /) -> str:
        return self._without_english_signs(self._catalogue.gettext(message))

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        return self._without_english_signs(self._catalogue.ngettext(one, many, number))

    def pgettext(self, context: str, message: str, /) -> str:
        return self._without_english_signs(self._catalogue.pgettext(context, message))

    @staticmethod
    def _without_english_signs(sentence: str) -> str:
        return re.sub(r"[:;](?=\s|$)", "", sentence) if sentence.startswith(ENGLISH_MARK) else sentence


def load_catalogue_of_own_signs(language: str) -> Catalogue:
    """The sentences of a language, without the signs of what is not translated yet."""
    catalogue = load_catalogue(language)
    assert catalogue is not None
    if isinstance(catalogue, NullTranslations):
        catalogue.add_fallback(_MarkedEnglish())
    return _SignsOfOneLanguage(catalogue)
