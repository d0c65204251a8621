"""The scan of exported chats: one for the whole program, in a thread, so that screens can come and go while it runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from metaoptout_tui.core import text
from metaoptout_tui.core.chats import Found
from metaoptout_tui.core.text import cells
from metaoptout_tui.ui.marks import Marks

if TYPE_CHECKING:  # the reader is imported when it is first used
    from metaoptout_tui.evidence.whatsapp.results import Chat, Review

_WIDEST_BAR = 30
_MB = 1_000_000
_SOON = 0.5
"""Seconds of reading from which the time that is left can be told."""


class Own(NamedTuple):
    """Who the person is in a chat, empty where that is not known, and whether they said so of a file of its name."""

    name: str = ""
    is_said: bool = False


class ReadChats(Protocol):
    """Reads chats: `evidence.whatsapp.review.review`."""

    def __call__(
        self,
        paths: Sequence[str],
        *,
        progress: Callable[[int, int], None],
        begun: Callable[[str], None],
        cancelled: Callable[[], bool],
    ) -> Review:
        """A review of what is under these paths."""
        ...


def _read(
    paths: Sequence[str],
    *,
    progress: Callable[[int, int], None],
    begun: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> Review:
    from metaoptout_tui.evidence.whatsapp.review import review

    return review(paths, progress=progress, begun=begun, cancelled=cancelled)


class Scanning:
    """Which chats are being read for which account, how far that is, and what was found last; kept in memory only.

    `senders` says which sender the person is, by file name, and `remember` keeps it.
    """

    def __init__(
        self,
        senders: Callable[[], Mapping[str, str]] = dict,
        *,
        remember: Callable[[Mapping[str, str]], object] = lambda _senders: None,
        read: ReadChats = _read,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account = ""
        self.running = False
        self.found: Review | None = None
        self._paths: tuple[str, ...] = ()
        self._file = ""
        self._done = self._total = 0
        self._begun = 0.0
        self._stop = threading.Event()
        self._load_senders = senders
        self._senders: dict[str, str] | None = None
        self._owns: dict[str, Own] = {}
        self._remember = remember
        self._read = read
        self._clock = clock

    # The scan itself

    def begin(self, account: str, paths: Sequence[str]) -> None:
        """Make ready to read; `run` then does."""
        self.account, self._paths = account, tuple(paths)
        self.running, self.found = True, None
        self._owns.clear()
        self._file, self._done, self._total, self._begun = "", 0, 0, self._clock()
        self._stop.clear()

    def stop(self) -> None:
        """Let the scan under way come to its end at the next block; what it has is kept."""
        self._stop.set()

    def run(self, is_over: Callable[[], bool]) -> Review:
        """Read, in a thread; `is_over` says that nobody waits for it any more."""
        return self._read(
            self._paths,
            progress=self._go_on,
            begun=self._at,
            cancelled=lambda: self._stop.is_set() or is_over(),
        )

    def end(self, found: Review) -> None:
        """The scan came to an end."""
        self.running, self.found = False, found

    def forget(self) -> None:
        """Nothing has been found."""
        self.found = None

    def _go_on(self, done: int, total: int) -> None:
        self._done, self._total = done, total

    def _at(self, file: str) -> None:
        self._file = file

    def numbers(self, account: str) -> Found:
        """What was found for an account, as far as it answers points of a review; nothing where no scan was made."""
        if self.found is None or self.account != account:
            return Found(0, 0, 0)
        from metaoptout_tui.evidence.whatsapp.classify import Kind

        every = self.found.chats
        return Found(
            sum(self._own_messages(chat) for chat in every),
            sum(chat.number(Kind.TO) for chat in every if not chat.with_meta_ai_alone),
            sum(chat.number(Kind.BUSINESS) for chat in every),
        )

    def _own_messages(self, chat: Chat) -> int:
        """How many messages to Meta AI are the person's: in the chat with it alone all, elsewhere those under their name."""
        from metaoptout_tui.evidence.whatsapp.classify import Kind

        if chat.with_meta_ai_alone:
            return chat.number(Kind.TO)
        name = self.own(chat).name
        return chat.number(Kind.TO, name) if name else 0

    # How far it is

    @property
    def file(self) -> str:
        """The file that is being read."""
        return text.line(self._file, 1_000)

    def line(self, width: int, marks: Marks) -> str:
        """How far it is: a bar, megabytes and the time that is left, as far as it can be told."""
        done, total = self._done, self._total
        if not total:
            return "Looking for chats"
        words = f" {_megabytes(done)} of {_megabytes(total)} MB{self._left()}"
        room = min(_WIDEST_BAR, width - cells(words))
        if room < len("███"):
            return words.strip()
        full = room * done // total
        return f"{marks.bar * full}{marks.rest * (room - full)}{words}"

    def short(self) -> str:
        """The same in a few words."""
        if not self._total:
            return "scanning chats"
        return f"scanning chats: {100 * self._done // self._total} %"

    def _left(self) -> str:
        spent = self._clock() - self._begun
        if not self._done or spent < _SOON:
            return ""
        left = spent * (self._total - self._done) / self._done
        return f", {_duration(left)} left"

    # Who the person is

    def own(self, chat: Chat) -> Own:
        """Which sender of a chat the person is: as they said of a file of that name, else of any.

        In the chat with Meta AI alone it is the only other one.
        """
        own = self._owns.get(chat.name)
        if own is None:
            own = self._owns[chat.name] = self._own(chat)
        return own

    def _own(self, chat: Chat) -> Own:
        from metaoptout_tui.evidence.whatsapp.senders import sender_named, senders

        known = self._known()
        own = known.get(file_name(chat))
        names = [own] if own is not None else list(dict.fromkeys(reversed(known.values())))
        if own is None and chat.with_meta_ai_alone:
            names.extend(senders(chat)[:1])
        name = next((name for each in names if (name := sender_named(chat, each))), "")
        return Own(name, is_said=own is not None)

    def say_sender(self, chats: Iterable[Chat], name: str) -> None:
        """The person says which sender they are, in each of these chats that has one of the name; empty for none."""
        from metaoptout_tui.evidence.whatsapp.senders import sender_named

        known = self._known()
        for chat in chats:
            own = sender_named(chat, name)
            if own or not name:
                known.pop(file_name(chat), None)
                known[file_name(chat)] = text.line(own)
        self._owns.clear()
        self._remember(known)

    def _known(self) -> dict[str, str]:
        if self._senders is None:
            self._senders = dict(self._load_senders())
        return self._senders


def file_name(chat: Chat) -> str:
    """The name of the file a chat is in, by which it is known again."""
    return text.line(PurePath(chat.path).name)


def _megabytes(count: int) -> str:
    return f"{count / _MB:,.1f}" if count < 10 * _MB else f"{count // _MB:,}"


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min"
