"""Counts the messages that a search found by kind, sender and date, in bounded memory for any file."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from metaoptout_tui.core.chats.notices import NoticeKind
from metaoptout_tui.core.chats.scan_results import MessageKind

WHATSAPP_NOTICE_KINDS = frozenset({MessageKind.NOTICE, MessageKind.BUSINESS_AI_NOTICE, MessageKind.PRIVACY_SWITCH})
"""The kinds of WhatsApp's own lines, even where the file names a sender."""

MAX_TALLY_KEYS = 20_000
"""Pairs of sender and date that are counted one by one; the messages of later ones are counted together."""
_OVERFLOW_KEY = (b"", b"")
MAX_TIMES = 200_000
MAX_SWITCHES = 1_000
# A module constant, since enum members are slow to look up.
_TO_META_AI = MessageKind.TO_META_AI


class TalliedNotice(NamedTuple):
    """How many of WhatsApp's own lines of a kind there are, and the raw sender, date and time of the first."""

    lines: int
    sender: bytes
    date: bytes
    time: bytes


class MessageTally:
    """Counts messages by kind, sender and date, in bounded memory for any file."""

    def __init__(self, *, keep_times: bool = False) -> None:
        self._counts: dict[MessageKind, dict[tuple[bytes, bytes], int]] = {kind: {} for kind in MessageKind}
        self._key_count = 0
        self.times_to_meta_ai: list[tuple[bytes, bytes, bytes]] = []
        self.privacy_switches: list[tuple[bytes, bytes, bool]] = []
        self.notices: dict[NoticeKind, TalliedNotice] = {}
        self._keeps_times = keep_times

    @property
    def counts(self) -> Mapping[tuple[MessageKind, bytes, bytes], int]:
        """Messages by kind, raw sender and raw date."""
        return {(kind, *key): count for kind, counts in self._counts.items() for key, count in counts.items()}

    def add_many(self, kind: MessageKind, sender: bytes, date: bytes, count: int) -> None:
        """Count messages of one sender and date, without their times."""
        key = (sender, date)
        if key not in self._counts[kind]:
            key = _OVERFLOW_KEY if self._key_count >= MAX_TALLY_KEYS else key
            self._key_count += key not in self._counts[kind]
        self._counts[kind][key] = self._counts[kind].get(key, 0) + count

    def drop_messages_of(self, is_sender: Callable[[bytes], bool]) -> None:
        """Forget the messages of these raw senders, but not WhatsApp's own lines."""
        for kind in (kind for kind in MessageKind if kind not in WHATSAPP_NOTICE_KINDS):
            kept = {key: count for key, count in self._counts[kind].items() if not (key[0] and is_sender(key[0]))}
            self._key_count -= len(self._counts[kind]) - len(kept)
            self._counts[kind] = kept
        self.times_to_meta_ai = [time for time in self.times_to_meta_ai if not is_sender(time[0])]

    def take_notices_from(self, other: "MessageTally") -> None:
        """Take over the notices and privacy switches of another tally."""
        self.notices, self.privacy_switches = other.notices, other.privacy_switches

    def add(self, kind: MessageKind, sender: bytes, date: bytes, time: bytes, notice: NoticeKind | None) -> None:
        """Count one message."""
        counts = self._counts[kind]
        key = (sender, date)
        if key in counts:
            counts[key] += 1
        else:
            key = _OVERFLOW_KEY if self._key_count >= MAX_TALLY_KEYS else key
            self._key_count += key not in counts
            counts[key] = counts.get(key, 0) + 1
        if self._keeps_times and kind is _TO_META_AI and len(self.times_to_meta_ai) < MAX_TIMES:
            self.times_to_meta_ai.append((sender, date, time))
        if notice is None:
            return
        if kind is MessageKind.PRIVACY_SWITCH and len(self.privacy_switches) < MAX_SWITCHES:
            self.privacy_switches.append((date, time, notice is NoticeKind.PRIVACY_ON))
        first = self.notices.get(notice) or TalliedNotice(0, sender, date, time)
        self.notices[notice] = first._replace(lines=first.lines + 1)
