"""The running scan of exported chats: its progress, its results, and which sender the person is.

There is one for the whole program. It runs in a thread and belongs to no screen, so that screens can come and go.
The results are kept in memory only.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from metaoptout_tui.core import text
from metaoptout_tui.core.chats.results import ChatScanTotals
from metaoptout_tui.core.text import display_width
from metaoptout_tui.ui.symbols import Symbols

if TYPE_CHECKING:
    from metaoptout_tui.core.chats.scan_results import ScannedChat, ScanResults


_MAX_BAR_WIDTH = 30
_MEGABYTE = 1_000_000
_SECONDS_BEFORE_ESTIMATE = 0.5
"""Seconds of reading from which the time that is left can be told."""


class OwnSender(NamedTuple):
    """Who the person is in a chat, empty where that is not known, and whether they said so of a file of its name."""

    name: str = ""
    is_stated: bool = False


class ChatScanFunction(Protocol):
    """Reads chats: `evidence.whatsapp.review.review`."""

    def __call__(
        self,
        paths: Sequence[str],
        *,
        progress: Callable[[int, int], None],
        begun: Callable[[str], None],
        cancelled: Callable[[], bool],
    ) -> ScanResults:
        """A review of what is under these paths."""
        ...


def _scan_chats(
    paths: Sequence[str],
    *,
    progress: Callable[[int, int], None],
    begun: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> ScanResults:
    from metaoptout_tui.imports.whatsapp.scan import scan_chats

    return scan_chats(paths, progress=progress, begun=begun, cancelled=cancelled)


class ChatScan:
    """Which chats are being read for which account, how far that is, and what was found last; kept in memory only.

    `senders` says which sender the person is, by file name, and `remember` keeps it.
    """

    def __init__(
        self,
        senders: Callable[[], Mapping[str, str]] = dict,
        *,
        remember: Callable[[Mapping[str, str]], object] = lambda _senders: None,
        read: ChatScanFunction = _scan_chats,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account_id = ""
        self.is_running = False
        self.results: ScanResults | None = None
        self._paths: tuple[str, ...] = ()
        self._current_file = ""
        self._bytes_done = self._bytes_total = 0
        self._started_at = 0.0
        self._stop_requested = threading.Event()
        self._load_senders = senders
        self._sender_by_file: dict[str, str] | None = None
        self._own_senders: dict[str, OwnSender] = {}
        self._save_senders = remember
        self._scan_chats = read
        self._clock = clock

    # The scan itself

    def prepare(self, account: str, paths: Sequence[str]) -> None:
        """Make ready to read; `run` then does."""
        self.account_id, self._paths = account, tuple(paths)
        self.is_running, self.results = True, None
        self._own_senders.clear()
        self._current_file, self._bytes_done, self._bytes_total, self._started_at = "", 0, 0, self._clock()
        self._stop_requested.clear()

    def stop(self) -> None:
        """Let the scan under way come to its end at the next block; what it has is kept."""
        self._stop_requested.set()

    def run(self, is_over: Callable[[], bool]) -> ScanResults:
        """Read, in a thread; `is_over` says that nobody waits for it any more."""
        return self._scan_chats(
            self._paths,
            progress=self._set_bytes_done,
            begun=self._set_current_file,
            cancelled=lambda: self._stop_requested.is_set() or is_over(),
        )

    def finish(self, found: ScanResults) -> None:
        """The scan came to an end."""
        self.is_running, self.results = False, found

    def discard_results(self) -> None:
        """Nothing has been found."""
        self.results = None

    def _set_bytes_done(self, done: int, total: int) -> None:
        self._bytes_done, self._bytes_total = done, total

    def _set_current_file(self, file: str) -> None:
        self._current_file = file

    def counts_for(self, account: str) -> ChatScanTotals:
        """What was found for an account, as far as it answers points of a review; nothing where no scan was made."""
        if self.results is None or self.account_id != account:
            return ChatScanTotals(0, 0, 0)
        from metaoptout_tui.core.chats.scan_results import MessageKind

        every = self.results.chats
        return ChatScanTotals(
            sum(self._count_own_messages(chat) for chat in every),
            sum(chat.message_count(MessageKind.TO_META_AI) for chat in every if not chat.is_with_meta_ai_alone),
            sum(chat.message_count(MessageKind.BUSINESS_AI_NOTICE) for chat in every),
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
        return text.clean_line(self._current_file, 1_000)

    def progress_line(self, width: int, marks: Symbols) -> str:
        """How far it is: a bar, megabytes and the time that is left, as far as it can be told."""
        done, total = self._bytes_done, self._bytes_total
        if not total:
            return "Looking for chats"
        words = f" {_format_megabytes(done)} of {_format_megabytes(total)} MB{self._time_left()}"
        room = min(_MAX_BAR_WIDTH, width - display_width(words))
        if room < len("███"):
            return words.strip()
        full = room * done // total
        return f"{marks.bar_full * full}{marks.bar_empty * (room - full)}{words}"

    def short_status(self) -> str:
        """The same in a few words."""
        if not self._bytes_total:
            return "scanning chats"
        return f"scanning chats: {100 * self._bytes_done // self._bytes_total} %"

    def _time_left(self) -> str:
        spent = self._clock() - self._started_at
        if not self._bytes_done or spent < _SECONDS_BEFORE_ESTIMATE:
            return ""
        left = spent * (self._bytes_total - self._bytes_done) / self._bytes_done
        return f", {_format_duration(left)} left"

    # Who the person is

    def own_sender(self, chat: ScannedChat) -> OwnSender:
        """Which sender of a chat the person is: as they said of a file of that name, else of any.

        In the chat with Meta AI alone it is the only other one.
        """
        own = self._own_senders.get(chat.display_path)
        if own is None:
            own = self._own_senders[chat.display_path] = self._find_own_sender(chat)
        return own

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


def _format_megabytes(count: int) -> str:
    return f"{count / _MEGABYTE:,.1f}" if count < 10 * _MEGABYTE else f"{count // _MEGABYTE:,}"


def _format_duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min"
