"""Where the guidance in use is from, and how old it is."""

from datetime import date, datetime
from typing import NamedTuple

from metaoptout_tui.core import when
from metaoptout_tui.core.playbook import Playbook

MOST_BYTES = 256 << 10
"""The size an edition may have, on its way here and on the disk."""


class Origin(NamedTuple):
    """Where guidance is from: with the program (`is_feed` false), or accepted by the person at `accepted` from `host`.

    `host` is empty and `accepted` None where that is not known any more.
    """

    is_feed: bool = False
    host: str = ""
    accepted: datetime | None = None

    @property
    def words(self) -> str:
        """What a person is told of it wherever guidance is named, to follow “guidance” or its date."""
        if not self.is_feed:
            return "of this program"
        return f"from {self.host or 'a feed'}, not reviewed by the makers of this program"


class InUse(NamedTuple):
    """The guidance in use and where it is from; `notice` is a sentence where an accepted edition could not be taken."""

    playbook: Playbook
    origin: Origin = Origin()
    notice: str = ""

    def is_expired(self, today: date) -> bool:
        """Whether its makers do not stand by it any more, so that it is to be shown as old."""
        return bool(self.playbook.expires) and date.fromisoformat(self.playbook.expires) < today

    def words(self, today: date) -> str:
        """One or two sentences: its date, whose it is if not ours, and that it is old if it is."""
        whose = f" {self.origin.words}" if self.origin.is_feed else ""
        old = f" It was meant to be used until {when.partial(self.playbook.expires)}." if self.is_expired(today) else ""
        return f"Guide of {when.partial(self.playbook.published)}{whose}.{old}"
