"""Answers for letters that are doubted once, and kept where the person insists: what is no profile of Meta's, half an address."""

import re
from collections.abc import Callable

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import meta_url_or_none
from metaoptout_tui.core.text import clean_line

_MAX_SHOWN_CHARACTERS = 60


def is_address_of_meta(typed: str) -> bool:
    """Whether this is an address on a page of Meta's, with or without `https://`."""
    address = typed.strip()
    return meta_url_or_none(address if "://" in address else f"https://{address}") is not None


class DoubtOnce:
    """Refuses an answer of which `doubt_about` says something, but not where the same is given once more."""

    def __init__(self, doubt_about: Callable[[str], str]) -> None:
        self._doubt_about, self._doubted = doubt_about, ""

    def __call__(self, typed: str) -> None:
        """Raise InputRefused where the answer is doubted for the first time; an empty one is fine."""
        words = typed.strip()
        if not words or words == self._doubted or not (doubt := self._doubt_about(words)):
            return
        self._doubted = words
        raise InputRefused(doubt, todo=_("Correct it, or give the same once more to keep it."))


def check_of_profile() -> DoubtOnce:
    """Doubts the address of a profile that is on no page of Meta's."""
    return DoubtOnce(_doubt_about_profile)


def check_of_postal_address() -> DoubtOnce:
    """Doubts a postal address of one part alone, such as the street: Enter came before the place."""
    return DoubtOnce(_doubt_about_postal_address)


def _doubt_about_profile(words: str) -> str:
    if is_address_of_meta(words):
        return ""
    return _("“{typed}” is no address on a page of Meta's, and Meta finds the account by that.").format(
        typed=clean_line(words, _MAX_SHOWN_CHARACTERS)
    )


def _doubt_about_postal_address(words: str) -> str:
    parts = [part for part in re.split(r"[,\n]", words) if part.strip()]
    if len(parts) > 1:
        return ""
    return _("Postcode and place are missing behind “{typed}”: type them too, after a comma.").format(
        typed=clean_line(words, _MAX_SHOWN_CHARACTERS)
    )
