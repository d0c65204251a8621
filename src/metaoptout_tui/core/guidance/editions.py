"""Editions of the guidance: which one is in use, and its origin."""

from datetime import date, datetime
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _

MAX_EDITION_BYTES = 1 << 20
"""The size an edition may have, fetched or in a file."""


class GuidanceOrigin(NamedTuple):
    """Where guidance is from: part of the program, or a feed on `host`, accepted by the person at `accepted_at`.

    `host` is empty and `accepted_at` None where that is not known any more.
    """

    is_from_feed: bool = False
    host: str = ""
    accepted_at: datetime | None = None

    @property
    def description(self) -> str:
        """The origin in words that follow “guidance” or its date."""
        if not self.is_from_feed:
            return _("of this program")
        if not self.host:
            return _("from a feed, not reviewed by the makers of this program")
        return _("from {host}, not reviewed by the makers of this program").format(host=self.host)


class GuidanceInUse(NamedTuple):
    """The guidance in use and its origin; `notice` is a sentence where an accepted edition could not be used."""

    playbook: Playbook
    origin: GuidanceOrigin = GuidanceOrigin()
    notice: str = ""

    def is_expired(self, today: date) -> bool:
        """Whether the last day for which its makers vouch for it has passed."""
        return bool(self.playbook.expires) and date.fromisoformat(self.playbook.expires) < today

    def needs_warning(self, today: date) -> bool:
        """Whether it is not what its makers vouch for now: it comes from a feed, or is expired."""
        return self.origin.is_from_feed or self.is_expired(today)

    def describe(self, today: date) -> str:
        """One or two sentences: the date of the edition, the feed that it came from, and since when it is expired."""
        published = dates.format_partial_date(self.playbook.published)
        if not self.origin.is_from_feed:
            words = _("Guide of {day}.").format(day=published)
        else:
            # Translators: {origin} is such as “from example.org, not reviewed by the makers of this program”.
            words = _("Guide of {day} {origin}.").format(day=published, origin=self.origin.description)
        if not self.is_expired(today):
            return words
        last_day = dates.format_partial_date(self.playbook.expires)
        return f"{words} {_('It was meant to be used until {day}.').format(day=last_day)}"
