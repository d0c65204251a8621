"""An invented language: every sentence in brackets, a fifth of its letters doubled, all with accents; what has none is English left."""

import re

from metaoptout_tui.core.language.translation import ENGLISH

_PLACES = re.compile(r"(\{[^{}]*\}|%\(\w+\)[rs]|%[rs])")
_ACCENTS = str.maketrans("aeiouyAEIOUY", "àéîöüÿÀÉÎÖÜŸ")
GROWTH = 0.4
"""How much longer than the English a sentence is."""


_HELD_TO_THEIR_WIDTH = frozenset({"state of an account"})
"""Contexts whose words do not grow: tests/ui/test_rows_of_the_checklist.py holds that they have room in each language."""


def pseudo(sentence: str, *, grows: bool = True) -> str:
    """A sentence in the invented language; its places stay."""
    parts = [part if part.startswith(("{", "%")) else part.translate(_ACCENTS) for part in _PLACES.split(sentence)]
    more = "~" * max(1, round(GROWTH * len(sentence)) - 2) if grows and len(sentence) > 3 else ""
    return f"[{''.join(parts)}{more}]"


class PseudoCatalogue:
    """Its catalogue."""

    language = "en"

    def gettext(self, message: str, /) -> str:
        return pseudo(message)

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        return pseudo(ENGLISH.ngettext(one, many, number))

    def pgettext(self, context: str, message: str, /) -> str:
        return pseudo(message, grows=context not in _HELD_TO_THEIR_WIDTH)


def load_pseudo_catalogue(_language: str) -> PseudoCatalogue:
    """Its catalogue, for whoever finds the sentences of a language by its code."""
    return PseudoCatalogue()


_WORD = re.compile(r"[A-Za-z]{3,}")
_VOWEL = re.compile(r"[aeiouAEIOU]")


def english_left(text: str, data: frozenset[str]) -> list[str]:
    """The words of a text that are neither of the invented language nor among `data`, in small letters."""
    return [word for word in _WORD.findall(text) if _VOWEL.search(word) and word.casefold() not in data]


class NotingCatalogue(PseudoCatalogue):
    """The invented language; `looked_up` has each sentence that was asked for, with its context."""

    def __init__(self) -> None:
        self.looked_up: set[tuple[str, str | None]] = set()

    def gettext(self, message: str, /) -> str:
        self.looked_up.add((message, None))
        return super().gettext(message)

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        self.looked_up.add((one, None))
        return super().ngettext(one, many, number)

    def pgettext(self, context: str, message: str, /) -> str:
        self.looked_up.add((message, context))
        return super().pgettext(context, message)
