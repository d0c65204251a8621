"""The running scan of exported chats: its progress, its results, and which sender the person is.

There is one for the whole program. It runs in a thread and belongs to no screen, so that screens can come and go.
The results are kept in memory only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.core import text
from metaoptout_tui.core.chats.results import ChatScanTotals
from metaoptout_tui.core.jobs import Job, seconds_left

if TYPE_CHECKING:
    from metaoptout_tui.core.chats.scan_results import ScannedChat, ScanResults

_SECONDS_BEFORE_ESTIMATE = 0.5
"""Seconds of reading from which the time that is left can be told."""


class OwnSender(NamedTuple):
    """Who the person is in a chat, empty where that is not known, and whether they said so of a file of its name."""

    name: str = ""
    is_stated: bool = False


def _scan_chats(paths: Sequence[str], job: Job) -> ScanResults:
    from metaoptout_tui.app.chat_files import count_messages

    return count_messages(paths, job, in_full=True, keep_times=False)


class ChatScan:
    """Which chats are being read for which account, how far that is (`job`), and what was found last; kept in memory only.

    `load_senders` says which sender the person is, by file name, and `save_senders` keeps it.
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
        """Make ready to read; `run` then does."""
        self.account_id, self._paths = account, tuple(paths)
        self.is_running, self.results = True, None
        self._own_senders.clear()
        self.job, self._started_at = Job(), self._clock()

    def run(self, job: Job) -> ScanResults:
        """Read, in a thread. What it has when `job` is cancelled is kept."""
        return self._scan_chats(self._paths, job)

    def finish(self, results: ScanResults) -> None:
        """The scan came to an end."""
        self.is_running, self.results = False, results

    def discard_results(self) -> None:
        """Nothing has been found."""
        self.results = None

    def counts_for(self, account: str) -> ChatScanTotals:
        """What was found for an account, as far as it answers points of a review; nothing where no scan was made."""
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
        """How many messages to Meta AI are the person's: in the chat with it alone all, elsewhere those under their name."""
        from metaoptout_tui.core.chats.scan_results import MessageKind

        if chat.is_with_meta_ai_alone:
            return chat.message_count(MessageKind.TO_META_AI)
        name = self.own_sender(chat).name
        return chat.message_count(MessageKind.TO_META_AI, name) if name else 0

    # How far it is

    @property
    def current_file(self) -> str:
        """The file that is being read."""
        return text.clean_line(self.job.detail, 1_000)

    @property
    def seconds_left(self) -> float | None:
        """How long it will take yet; None as long as that cannot be told."""
        elapsed = self._clock() - self._started_at
        if not self.job.done or elapsed < _SECONDS_BEFORE_ESTIMATE:
            return None
        return seconds_left(self.job.done, self.job.total, elapsed)

    def short_status(self) -> str:
        """How far it is, in a few words."""
        if not self.job.total:
            return "scanning chats"
        return f"scanning chats: {100 * self.job.done // self.job.total} %"

    # Who the person is

    def own_sender(self, chat: ScannedChat) -> OwnSender:
        """Which sender of a chat the person is: as they said of a file of that name, else of any.

        In the chat with Meta AI alone it is the only other one.
        """
        own_sender = self._own_senders.get(chat.display_path)
        if own_sender is None:
            own_sender = self._own_senders[chat.display_path] = self._find_own_sender(chat)
        return own_sender

    def _find_own_sender(self, chat: ScannedChat) -> OwnSender:
        from metaoptout_tui.core.chats.scan_results import find_sender, senders_in

        known = self._known_senders()
        own = known.get(chat_file_name(chat))
        names = [own] if own is not None else list(dict.fromkeys(reversed(known.values())))
        if own is None and chat.is_with_meta_ai_alone:
            names.extend(senders_in(chat)[:1])
        name = next((name for each in names if (name := find_sender(chat, each))), "")
        return OwnSender(name, is_stated=own is not None)

    def set_own_sender(self, chats: Iterable[ScannedChat], name: str) -> None:
        """The person says which sender they are, in each of these chats that has one of the name; empty for none."""
        from metaoptout_tui.core.chats.scan_results import find_sender

        known = self._known_senders()
        for chat in chats:
            own = find_sender(chat, name)
            if own or not name:
                known.pop(chat_file_name(chat), None)
                known[chat_file_name(chat)] = text.clean_line(own)
        self._own_senders.clear()
        self._save_senders(known)

    def _known_senders(self) -> dict[str, str]:
        if self._sender_by_file is None:
            self._sender_by_file = dict(self._load_senders())
        return self._sender_by_file


def chat_file_name(chat: ScannedChat) -> str:
    """The name of the file a chat is in, by which it is known again."""
    return text.clean_line(PurePath(chat.path).name)
