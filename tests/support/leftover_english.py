"""Finds English sentences where another language is spoken, by the sentences of its catalogue."""

import re
from functools import cache

from metaoptout_tui.app.commands.command_synonyms import SEARCH_CONTEXT
from translations import __main__ as tool

_PLACE = re.compile(r"\{[^{}]*\}")
_FEWEST_WORDS = 3
"""Fewer words of a sentence may be a name, or the same in two languages."""


@cache
def _english_parts(language: str) -> frozenset[str]:
    """What stands between the places of every translated sentence, as it is on a screen without its line ends."""
    catalogue = tool.read_language(language)
    translated = " ".join(" ".join(tool.forms_of(each.string)) for each in catalogue if each.id)
    translated = " ".join(translated.split())
    parts = {
        " ".join(part.split())
        for message in catalogue
        if message.id and message.context != SEARCH_CONTEXT
        for form in tool.forms_of(message.id)
        for part in _PLACE.split(form)
    }
    return frozenset(part for part in parts if len(part.split()) >= _FEWEST_WORDS and part not in translated)


def english_sentences_in(text: str, language: str) -> list[str]:
    """The English sentences, or parts of them between places, that a text holds, and marks of missing translations."""
    flowing = " ".join(text.split())
    found = sorted(part for part in _english_parts(language) if part in flowing)
    return [*found, *re.findall(r"\[EN\] [^.]{0,60}", flowing)]
