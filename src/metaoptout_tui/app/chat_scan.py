"""The scan of exported chats: its progress, its results, and which sender the person is.

There is one for the whole program. It runs in a thread and belongs to no screen, so the person can go elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.core import text
from metaoptout_tui.core.jobs import Job, seconds_left

if TYPE_CHECKING:
    from metaoptout_tui.core.chats.scan_results import ScannedChat, ScanResults
    from metaoptout_tui.core.chats.scan_summary import ChatScanTotals, RecordedChatFile
    from metaoptout_tui.core.record.events import Event


_SECONDS_BEFORE_ESTIMATE = 0.5
"""Seconds of reading after which the remaining time can be estimated."""


class OwnSender(NamedTuple):
    """The sender that the person is in a chat, empty if not known; `is_stated`: they said so for this file name."""

    name: str = ""
    is_stated: bool = False


def _scan_chats(paths: Sequence[str], job: Job) -> ScanResults:
    from metaoptout_tui.app.chat_files import count_messages

    return count_messages(paths, job, in_full=True, keep_times=False)


class ChatScan:
    """A scan for one account (`account_id`): its progress (`job`) and the last `results`, which stay in memory.

    `load_senders` and `save_senders` read and write which sender the person is, by file name.
    """

    def __init__(
        self,
        load_senders: Callable[[], Mapping[str, str]] = dict,
        *,
        save_senders: Callable[[Mapping[str, str]], object] = lambda _senders: None,
        scan: Callable[[Sequence[str], Job], ScanResults] = _scan_chats,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account_id = ""
        self.job = Job()
        self.is_running = False
        self.results: ScanResults | None = None
        self._paths: tuple[str, ...] = ()
        self._started_at = 0.0
        self._load_senders = load_senders
        self._sender_by_file: dict[str, str] | None = None
        self._own_senders: dict[str, OwnSender] = {}
        self._save_senders = save_senders
        self._scan_chats = scan
        self._clock = clock

    # The scan itself

    def prepare(self, account: str, paths: Sequence[str]) -> None:
        """Set what `run` will read, and for which account."""
        self.account_id, self._paths = account, tuple(paths)
        self.is_running, self.results = True, None
        self._own_senders.clear()
        self.job, self._started_at = Job(), self._clock()

    def run(self, job: Job) -> ScanResults:
        """Read the chats; call it in a thread. Returns what was read so far when `job` is cancelled."""
        return self._scan_chats(self._paths, job)

    def finish(self, results: ScanResults) -> None:
        """Take the results of a scan that has ended."""
        self.is_running, self.results = False, results

    def discard_results(self) -> None:
        """Forget the results."""
        self.results = None

    def counts_for(self, account: str) -> ChatScanTotals:
        """The counts for an account that answer points of its review; zeros where it was not scanned."""
        from metaoptout_tui.core.chats.scan_summary import ChatScanTotals

        if self.results is None or self.account_id != account:
            return ChatScanTotals(0, 0, 0)
        from metaoptout_tui.core.chats.scan_results import MessageKind

        chats = self.results.chats
        return ChatScanTotals(
            sum(self._count_own_messages(chat) for chat in chats),
            sum(chat.message_count(MessageKind.TO_META_AI) for chat in chats if not chat.is_with_meta_ai_alone),
            sum(chat.message_count(MessageKind.BUSINESS_AI_NOTICE) for chat in chats),
        )

    def _count_own_messages(self, chat: ScannedChat) -> int:
        """The messages of the person to Meta AI: all in the chat with it alone, elsewhere those under their name."""
        from metaoptout_tui.core.chats.scan_results import MessageKind

        if chat.is_with_meta_ai_alone:
            return chat.message_count(MessageKind.TO_META_AI)
        name = self.own_sender(chat).name
        return chat.message_count(MessageKind.TO_META_AI, name) if name else 0

    def recount_recorded_files(
        self, chats: Iterable[ScannedChat], events: Iterable[Event]
    ) -> list[tuple[RecordedChatFile, int]]:
        """The last recording of each file in a diary, with its new count of messages to Meta AI.

        Where only the person's own messages were recorded, only those are counted.
        """
        from metaoptout_tui.core.chats.scan_results import MessageKind
        from metaoptout_tui.core.chats.scan_summary import find_last_recording

        events = tuple(events)
        chats_by_file: dict[str, list[ScannedChat]] = {}
        for chat in chats:
            chats_by_file.setdefault(chat_file_name(chat), []).append(chat)
        recounted = []
        for file, chats_of_file in chats_by_file.items():
            recorded = find_last_recording(events, file)
            own_names = [self.own_sender(chat).name or None for chat in chats_of_file]
            if recorded is None or (recorded.is_own_only and None in own_names):
                continue
            counts = (
                chat.message_count(MessageKind.TO_META_AI, own_name if recorded.is_own_only else None)
                for chat, own_name in zip(chats_of_file, own_names, strict=True)
            )
            recounted.append((recorded, sum(counts)))
        return recounted

    # Progress

    @property
    def current_file(self) -> str:
        """The file that is being read."""
        return text.clean_line(self.job.detail, 1_000)

    @property
    def seconds_left(self) -> float | None:
        """The estimated seconds that remain; None while there is no estimate."""
        elapsed = self._clock() - self._started_at
        if not self.job.done or elapsed < _SECONDS_BEFORE_ESTIMATE:
            return None
        return seconds_left(self.job.done, self.job.total, elapsed)

    def short_status(self) -> str:
        """The progress in a few words."""
        if not self.job.total:
            return "scanning chats"
        return f"scanning chats: {100 * self.job.done // self.job.total} %"

    # Who the person is

    def own_sender(self, chat: ScannedChat) -> OwnSender:
        """The sender of a chat that the person is: as they said for a file of its name, else for any other file.

        In the chat with Meta AI alone it is the only other sender.
        """
        own_sender = self._own_senders.get(chat.display_path)
        if own_sender is None:
            own_sender = self._own_senders[chat.display_path] = self._find_own_sender(chat)
        return own_sender

    def _find_own_sender(self, chat: ScannedChat) -> OwnSender:
        from metaoptout_tui.core.chats.scan_results import find_sender, senders_in

        senders = self._senders_by_file()
        stated = senders.get(chat_file_name(chat))
        candidates = [stated] if stated is not None else list(dict.fromkeys(reversed(senders.values())))
        if stated is None and chat.is_with_meta_ai_alone:
            candidates.extend(senders_in(chat)[:1])
        name = next((name for candidate in candidates if (name := find_sender(chat, candidate))), "")
        return OwnSender(name, is_stated=stated is not None)

    def set_own_sender(self, chats: Iterable[ScannedChat], name: str) -> None:
        """Save the sender that the person is, for each chat that has it; an empty name means none of the senders."""
        from metaoptout_tui.core.chats.scan_results import find_sender

        senders = self._senders_by_file()
        for chat in chats:
            sender = find_sender(chat, name)
            if sender or not name:
                senders.pop(chat_file_name(chat), None)  # the newest comes last
                senders[chat_file_name(chat)] = text.clean_line(sender)
        self._own_senders.clear()
        self._save_senders(senders)

    def _senders_by_file(self) -> dict[str, str]:
        if self._sender_by_file is None:
            self._sender_by_file = dict(self._load_senders())
        return self._sender_by_file


def chat_file_name(chat: ScannedChat) -> str:
    """The name of the file a chat is in, under which its sender is saved."""
    return text.clean_line(PurePath(chat.path).name)
