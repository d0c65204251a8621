"""What a review of chats found, as values that never change. Counts, dates and names of senders; no text of a message."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from metaoptout_tui.core.chats import WITHIN
from metaoptout_tui.evidence.whatsapp.classify import Kind
from metaoptout_tui.evidence.whatsapp.dates import Order

PLATFORM_WORDS: Mapping[str, str] = {
    "android": "Android export",
    "ios": "iOS export",
    "old-ios": "export of an old iOS version",
    "copied": "text copied from the app",
}
"""What `Chat.platform` means."""


def named(path: str, member: str) -> str:
    """A file, with its member where that is a zip."""
    return f"{path}{WITHIN}{member}" if member else path


class Share(NamedTuple):
    """The messages of one kind by one sender; an empty sender is a line without one.

    `months` counts those with a readable date by `2026-11`; `first` and `last` are None where no date was readable.
    """

    kind: Kind
    author: str
    messages: int
    first: date | None
    last: date | None
    months: tuple[tuple[str, int], ...]


class Switch(NamedTuple):
    """Advanced Chat Privacy was switched `on` or off, at a time that may not be readable."""

    at: datetime | None
    on: bool


class Totals(NamedTuple):
    """The whole chat: each header is a message of a sender or a line of the system.

    `authors` counts messages by sender, most first; `other_authors` those of senders past the ones told apart.
    """

    headers: int
    messages: int
    system: int
    authors: tuple[tuple[str, int], ...]
    other_authors: int


class Chat(NamedTuple):
    """One chat that was read. `totals` is None after a quick search, which leaves out all that it counts.

    `member` names the text within a zip, and the inner zip before it where there is one. `with_meta_ai_alone`: every message of the person counts as written to Meta AI.
    `switches` are looked for only where `totals` are counted. Dates are the phone's own, without a zone, and proven only
    where `dates_sure`.
    """

    path: str
    member: str
    size: int
    platform: str
    totals: Totals | None
    shares: tuple[Share, ...]
    first: datetime | None
    last: datetime | None
    order: Order
    dates_sure: bool
    with_meta_ai_alone: bool
    switches: tuple[Switch, ...]
    times: tuple[datetime, ...]

    @property
    def name(self) -> str:
        """The path, with the member where there is one."""
        return named(self.path, self.member)

    def number(self, kind: Kind, author: str | None = None) -> int:
        """How many messages of a kind, of one sender where named."""
        return sum(each.messages for each in self.shares if each.kind is kind and author in (None, each.author))

    def months(self, kind: Kind, author: str | None = None) -> Mapping[str, int]:
        """The messages of a kind by month, in order."""
        months: dict[str, int] = {}
        for share in self.shares:
            if share.kind is kind and author in (None, share.author):
                for month, count in share.months:
                    months[month] = months.get(month, 0) + count
        return dict(sorted(months.items()))

    def span(self, kind: Kind, author: str | None = None) -> tuple[date, date] | None:
        """The first and the last day of a kind, None where no date was readable."""
        shares = [each for each in self.shares if each.kind is kind and author in (None, each.author)]
        firsts = [each.first for each in shares if each.first]
        lasts = [each.last for each in shares if each.last]
        return (min(firsts), max(lasts)) if firsts and lasts else None


class Unread(NamedTuple):
    """A file, or a member of a zip, that could not be read, and why, in a sentence for the person."""

    path: str
    member: str
    why: str


class Review(NamedTuple):
    """All chats that were read and all that could not be; `finished` is False where it was cancelled before the end."""

    chats: tuple[Chat, ...]
    unread: tuple[Unread, ...]
    finished: bool = True


class Snippet(NamedTuple):
    """The beginning of one message, cleaned for showing and never kept."""

    kind: Kind
    author: str
    at: datetime | None
    text: str
