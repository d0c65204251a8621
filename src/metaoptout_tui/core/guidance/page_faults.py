"""Why a page could not be read or reached: in English where it is kept, and in the language in use where it is shown.

Each is a clause that follows “It cannot be read:” or “It was not reached:”. Those without a value are marked where they
arise, in `guidance/`.
"""

import re

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark

LARGER_THAN_MB = mark("it is larger than {size} MB")
LARGER_THAN_KIB = mark("it is larger than {size} KiB")
WORD_MISSING = mark("the word “{word}” is not on it, so it is not the page that it was")
TOOK_LONGER = mark("it took longer than {seconds} seconds")
NOT_IN_ROUND = mark("it was not reached within the {seconds} seconds that a round may take")
# Translators: {expected} is “a web page” or “a guidance file”, {kind} such as “image/png” or “of an unnamed kind”.
OTHER_KIND = mark("it is {kind}, not {expected}")
UNNAMED_KIND = mark("of an unnamed kind")

_WITH_VALUES = (LARGER_THAN_MB, LARGER_THAN_KIB, WORD_MISSING, TOOK_LONGER, NOT_IN_ROUND, OTHER_KIND)
_PLACES_WITH_WORDS = frozenset({"kind", "expected"})
_PLACE = re.compile(r"\\\{(\w+)\\\}")
_WITH_NUMBER_OR_NAME = re.compile(r"(.+) \((\w+)\)")


def page_fault_words(why: str) -> str:
    """The reason in the language in use, from its English; one that is not known stays as it is."""
    for sentence in _WITH_VALUES:
        if found := re.fullmatch(_PLACE.sub(r"(?P<\1>.+)", re.escape(sentence)), why):
            values = {
                name: _(value) if name in _PLACES_WITH_WORDS else value for name, value in found.groupdict().items()
            }
            return _(sentence).format(**values)
    if found := _WITH_NUMBER_OR_NAME.fullmatch(why):
        return f"{_(found[1])} ({found[2]})"
    return _(why)
