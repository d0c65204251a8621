"""The public holidays that move the end of a time of Meta's, in the language in use: those of Ireland, and of England.

Those of other states, which only move an authority's time, stay in English.
"""

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark

_BETWEEN_HOLIDAYS = " / "
"""What stands between two that fall on one day."""

HOLIDAY_NAMES = (
    mark("New Year's Day"),
    mark("New Year's Day (observed)"),
    mark("Saint Brigid's Day"),
    mark("Saint Patrick's Day"),
    mark("Good Friday"),
    mark("Easter Monday"),
    mark("May Day"),
    mark("May Bank Holiday"),
    mark("Spring Bank Holiday"),
    mark("June Bank Holiday"),
    mark("August Bank Holiday"),
    mark("Late Summer Bank Holiday"),
    mark("October Bank Holiday"),
    mark("Christmas Day"),
    mark("Christmas Day (observed)"),
    mark("Saint Stephen's Day"),
    mark("Boxing Day"),
    mark("Boxing Day (observed)"),
)


def holiday_words(english_names: str) -> str:
    """The names of the holidays of a day, from their English ones."""
    return _BETWEEN_HOLIDAYS.join(map(_, english_names.split(_BETWEEN_HOLIDAYS)))
