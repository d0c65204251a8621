"""The address of a profile as it is typed: what is no address of Meta's is doubted once, and kept where the person insists."""

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.links import meta_url_or_none
from metaoptout_tui.core.text import clean_line

_MAX_SHOWN_CHARACTERS = 60


def is_address_of_meta(typed: str) -> bool:
    """Whether this is an address on a page of Meta's, with or without `https://`."""
    address = typed.strip()
    return meta_url_or_none(address if "://" in address else f"https://{address}") is not None


class ProfileAddressCheck:
    """Refuses an answer that is no address of Meta's, but not where the same is given once more."""

    def __init__(self) -> None:
        self._doubted = ""

    def __call__(self, typed: str) -> None:
        """Raise InputRefused where the answer is doubted for the first time; an empty one is fine."""
        words = typed.strip()
        if not words or words == self._doubted or is_address_of_meta(words):
            return
        self._doubted = words
        raise InputRefused(
            _("“{typed}” is no address on a page of Meta's, and Meta finds the account by that.").format(
                typed=clean_line(words, _MAX_SHOWN_CHARACTERS)
            ),
            todo=_("Correct it, or give the same once more to keep it."),
        )
