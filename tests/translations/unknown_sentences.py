"""Which sentences that the program asked for do translators not get?"""

from collections.abc import Collection
from functools import cache

from babel.messages.catalog import Catalog

from translations.__main__ import sentences_of_code

NAMES = frozenset({"Facebook", "Instagram", "Threads", "WhatsApp"})
"""Names of services, which stand in tables with words that are translated."""


def unknown_sentences(looked_up: Collection[tuple[str, str | None]]) -> list[str]:
    """The sentences, each with its context, that are in no translator's file."""
    template = _template()
    return sorted(
        message for message, context in looked_up if message not in NAMES and template.get(message, context) is None
    )


@cache
def _template() -> Catalog:
    return sentences_of_code()
