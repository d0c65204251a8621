"""Finds signs that code put beside a sentence of another language as English has them."""

import re

from metaoptout_tui.translations.catalogues import ENGLISH_MARK

_WRONG_SIGNS = re.compile(r"(?<!\.)\.\.(?![./\w])|(?<!\.)\. \.(?![.\w])")
_BLANK_BEFORE_COLON, _NO_BLANK_BEFORE_COLON = re.compile(r"[^\s|]\s:(?!\w)"), re.compile(r"[^\W\d]: ")
_LANGUAGES_WITH_BLANK = frozenset({"fr"})


def wrong_signs_in(text: str, language: str) -> list[str]:
    """Two full stops, a blank before a colon or, in a language that has one there, none; each with what stands around.

    What is not translated yet has English signs, and is not looked at.
    """
    if ENGLISH_MARK in text:
        return []
    colon = _NO_BLANK_BEFORE_COLON if language in _LANGUAGES_WITH_BLANK else _BLANK_BEFORE_COLON
    found = [*_WRONG_SIGNS.finditer(text), *colon.finditer(text)]
    return [text[max(0, match.start() - 30) : match.end() + 10] for match in found]
