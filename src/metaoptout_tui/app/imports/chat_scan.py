"""The scan of exported chats: its progress, its results, and which sender the person is.

There is one for the whole program. It runs in a thread and belongs to no screen, so the person can go elsewhere. Very
large chats are searched first, so that the answer comes soon; then all of their messages are counted.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.core import text
from metaoptout_tui.core.jobs import FileReading, Job
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _

if TYPE_CHECKING:
    from metaoptout_tui.core.chats.known_chats import KnownChat, KnownChats
    from metaoptout_tui.core.chats.message_total import MessageTotal
    from metaoptout_tui.core.chats.recorded_scans import RecordedChatFile
    from metaoptout_tui.core.chats.scan_results import ScannedChat, ScanResults
    from metaoptout_tui.core.choice_question import ChoiceQuestion
    from metaoptout_tui.core.record.events import Event
    from metaoptout_tui.core.record.remembered import ChatPrivacy


NONE_OF_THESE = "none"
_MAX_SENDERS = 30

ScanChats = Callable[[Sequence[str], Callable[[bytes], str], Job], "ScanResults"]
"""Reads the chats under some paths, with the function that makes keyed digests."""


def _search_chats(paths: Sequence[str], digest: Callable[[bytes], str], job: Job) -> ScanResults:
    from metaoptout_tui.app.imports.chat_files import count_messages_in_helper_process

    return count_messages_in_helper_process(paths, job, in_full=False, digest=digest)


def _count_chats(paths: Sequence[str], digest: Callable[[bytes], str], job: Job) -> ScanResults:
    from metaoptout_tui.app.imports.chat_files import count_messages_in_helper_process

    return count_messages_in_helper_process(paths, job, in_full=True, digest=digest)


def _no_known_chats() -> KnownChats:
    import secrets

    from metaoptout_tui.core.chats.known_chats import KnownChats

    return KnownChats(secrets.token_bytes(32), lambda: secrets.token_hex(8))


class OwnSender(NamedTuple):
    """The sender that the person is in a chat, empty if not known; `is_stated`: they said so for this chat."""

    name: str = ""
    is_stated: bool = False


class OwnSenders:
    """Which sender of each chat the person is, by the chats that this installation knows; kept through the functions."""

    def __init__(
        self,
        load_known_chats: Callable[[], KnownChats],
        save_known_chats: Callable[[KnownChats], object],
        load_former_names: Callable[[], Iterable[str]],
    ) -> None:
        self._load_known_chats = load_known_chats
        self._loaded_known_chats: KnownChats | None = None
        self._save_known_chats = save_known_chats
        self._load_former_names = load_former_names
        self._former_names: tuple[str, ...] | None = None
        self._own_senders: dict[str, OwnSender] = {}
        self._known_by_path: dict[str, KnownChat | None] = {}

    @property
    def known_chats(self) -> KnownChats:
        """The chats that this installation knows."""
        if self._loaded_known_chats is None:
            self._loaded_known_chats = self._load_known_chats()
        return self._loaded_known_chats

    def remember(self, chats: Iterable[ScannedChat]) -> None:
        """Know these chats from now on, also after a restart."""
        for chat in chats:
            self.known_chats.remember(chat)
        self.forget_lookups()
        self._save_known_chats(self.known_chats)

    def known_chat(self, chat: ScannedChat) -> KnownChat | None:
        """The chat as it is known; None if it is not."""
        path = chat.display_path
        if path not in self._known_by_path:
            self._known_by_path[path] = self.known_chats.find(chat)
        return self._known_by_path[path]

    def forget_lookups(self) -> None:
        """Look chats up anew, since other results or known chats are there."""
        self._own_senders.clear()
        self._known_by_path.clear()

    def own_sender(self, chat: ScannedChat) -> OwnSender:
        """The sender of a chat that the person is: as they said for this chat, else for any other.

        In the chat with Meta AI alone it is the only other sender.
        """
        own_sender = self._own_senders.get(chat.display_path)
        if own_sender is None:
            own_sender = self._own_senders[chat.display_path] = self._find_own_sender(chat)
        return own_sender

    def _find_own_sender(self, chat: ScannedChat) -> OwnSender:
        from metaoptout_tui.core.chats.scan_results import find_sender, senders_in

        stated = self.known_chats.stated_sender(chat)
        if stated is not None:
            return OwnSender(stated, is_stated=True)
        name = self.known_chats.likely_sender(chat)
        if not name:
            if self._former_names is None:
                self._former_names = tuple(dict.fromkeys(reversed(tuple(self._load_former_names()))))
            name = next((found for former in self._former_names if (found := find_sender(chat, former))), "")
        if not name and chat.is_with_meta_ai_alone:
            name = next(iter(senders_in(chat)), "")
        return OwnSender(name)

    def set_own_sender(self, chats: Iterable[ScannedChat], name: str) -> None:
        """Save the sender that the person is, for each chat that has it; an empty name means none of the senders.

        None of several chats' senders takes back no name that the person said they have in one of them.
        """
        from metaoptout_tui.core.chats.scan_results import find_sender

        chats = tuple(chats)
        for chat in chats:
            sender = find_sender(chat, name)
            if sender or (not name and (len(chats) == 1 or not self.known_chats.stated_sender(chat))):
                self.known_chats.set_own_sender(chat, sender)
        self.forget_lookups()
        self._save_known_chats(self.known_chats)


class ChatScan(FileReading):
    """The scans for one account (`account_id`): their progress (`job`) and all `results`, which stay in memory.

    Each scan adds to the results of those before. `search` may only search chats, which `count` counts in full after it.
    `load_known_chats` and `save_known_chats` read and write by what a chat is recognised, with which sender the person
    is. `load_former_names` has names that the person had in chats.
    """

    def __init__(
        self,
        load_known_chats: Callable[[], KnownChats] = _no_known_chats,
        *,
        save_known_chats: Callable[[KnownChats], object] = lambda _known: None,
        load_former_names: Callable[[], Iterable[str]] = tuple,
        search: ScanChats = _search_chats,
        count: ScanChats = _count_chats,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(clock)
        self.account_id = ""
        self.is_searching = False
        self.is_counting = False
        self.results: ScanResults | None = None
        self._scanned: tuple[ScannedChat, ...] = ()
        self._paths: tuple[str, ...] = ()
        self._own_senders = OwnSenders(load_known_chats, save_known_chats, load_former_names)
        self._search_chats, self._count_chats = search, count

    @property
    def known_chats(self) -> KnownChats:
        """The chats that this installation knows."""
        return self._own_senders.known_chats

    def own_sender(self, chat: ScannedChat) -> OwnSender:
        """The sender of a chat that the person is."""
        return self._own_senders.own_sender(chat)

    def set_own_sender(self, chats: Iterable[ScannedChat], name: str) -> None:
        """Save the sender that the person is in these chats; an empty name means none of the senders."""
        self._own_senders.set_own_sender(chats, name)

    # The search, and the count after it

    def sender_question(self, chats: Sequence[ScannedChat], title: str) -> ChoiceQuestion:
        """Which sender the person is: those in most of the chats first, then `NONE_OF_THESE`; with what is known for Enter alone."""
        from metaoptout_tui.core.chats.scan_results import senders_in
        from metaoptout_tui.core.choice_question import ChoiceQuestion

        counts = Counter(name for chat in chats for name in senders_in(chat))
        names = ((name, text.clean_line(name, 80)) for name, _unused in counts.most_common(_MAX_SENDERS))
        own = [self.own_sender(chat) for chat in chats]
        known = next((each.name for each in own if each.name), "")
        default = known or (NONE_OF_THESE if all(each.is_stated for each in own) else "")
        sentence = _(
            "Your answer is remembered on this machine for this chat, as a fingerprint; your record does not hold it."
        )
        return ChoiceQuestion(title, (*names, (NONE_OF_THESE, _("None of these"))), default, (sentence,))

    def prepare_search(self, account_id: str, paths: Sequence[str]) -> None:
        """Set what `search` will read, and for which account. What was found for another account is forgotten."""
        if account_id != self.account_id:
            self.results, self._scanned = None, ()
        self.account_id, self._paths = account_id, tuple(paths)
        self.is_searching, self.is_counting = True, False
        self._own_senders.forget_lookups()
        self.start_job()

    def search(self, job: Job) -> ScanResults:
        """Search the chats, and count small ones at once; call it in a thread. Returns what was read so far when `job` is cancelled."""
        return self._search_chats(self._paths, self.known_chats.digest, job)

    def finish_search(self, results: ScanResults) -> None:
        """Add the results of a search that has ended to those before; the same chat counts once.

        A file in which another chat is now replaces what was found in it before.
        """
        from metaoptout_tui.core.chats.same_chat import with_read_again

        self.is_searching = False
        self._set_results(results, with_read_again(self._scanned, results.chats))

    def _set_results(self, results: ScanResults, scanned: tuple[ScannedChat, ...]) -> None:
        from metaoptout_tui.core.chats.same_chat import join_same_chats

        self._scanned = scanned
        self.results = results._replace(chats=join_same_chats(scanned))
        self._own_senders.forget_lookups()

    def prepare_count(self) -> bool:
        """Set that `count` will count all of the chats that were only searched. Returns whether there are any.

        A person who stopped the search wants no further reading.
        """
        if self.results is None or not self.results.is_complete:
            return False
        self._paths = tuple(dict.fromkeys(chat.path for chat in self._scanned if chat.totals is None))
        self.is_counting = bool(self._paths)
        self.start_job()
        return self.is_counting

    def count(self, job: Job) -> ScanResults:
        """Count all of the chats that were only searched; call it in a thread."""
        return self._count_chats(self._paths, self.known_chats.digest, job)

    def finish_count(self, counted: ScanResults) -> None:
        """Put the chats that were counted in the place of those that were only searched."""
        self.is_counting = False
        if self.results is not None:
            by_path = {chat.display_path: chat for chat in counted.chats}
            scanned = (by_path.get(chat.display_path, chat) if chat.totals is None else chat for chat in self._scanned)
            self._set_results(self.results, tuple(scanned))

    def rows_for(self, account_id: str) -> list[Mapping[str, object]]:
        """The scanned chats of an account as the fields of their diary entries; none where it was not scanned."""
        results = self.results if self.account_id == account_id else None
        return [self.diary_fields(chat) for chat in (results.chats if results else ())]

    def chat_privacy_for(self, account_id: str) -> list[ChatPrivacy]:
        """The scanned chats of an account with people, each with the setting of the last switch in its export.

        Chats of businesses that use a service of Meta are left out: there the setting is reported not to exist (S117).
        """
        from metaoptout_tui.core.chats.scan_summary import chat_title_of
        from metaoptout_tui.core.record.remembered import MAX_CHAT_NAME_CHARACTERS, ChatPrivacy

        results = self.results if self.account_id == account_id else None
        return [
            ChatPrivacy(
                text.clean_line(chat_title_of(chat.path, chat.member), MAX_CHAT_NAME_CHARACTERS),
                ("on" if chat.privacy_switches[-1].is_on else "off") if chat.privacy_switches else "unknown",
            )
            for chat in (results.chats if results else ())
            if not chat.is_with_meta_ai_alone and not chat.is_with_business
        ]

    def recount_recorded_chats(
        self, chats: Iterable[ScannedChat], events: Iterable[Event]
    ) -> list[tuple[RecordedChatFile, int]]:
        """The last recording of each chat in a diary, with its new count of messages to Meta AI.

        A chat that was recorded before it was known by what is in it is found by the name of its file. Where only the
        person's own messages were recorded, only those are counted.
        """
        from metaoptout_tui.core.chats.recorded_scans import find_last_recording

        events = tuple(events)
        recounted: list[tuple[RecordedChatFile, int]] = []
        chats_by_file: dict[str, list[ScannedChat]] = {}
        for chat in chats:
            known = self._own_senders.known_chat(chat)
            recorded = find_last_recording(events, "", known.ids) if known else None
            if recorded is None:
                chats_by_file.setdefault(chat_file_name(chat), []).append(chat)
            elif (count := self._count_as_recorded([chat], recorded)) is not None:
                recounted.append((recorded._replace(file=chat_file_name(chat)), count))
        for file, chats_of_file in chats_by_file.items():
            recorded = find_last_recording(events, file)
            if recorded and (count := self._count_as_recorded(chats_of_file, recorded)) is not None:
                recounted.append((recorded, count))
        return recounted

    def _count_as_recorded(self, chats: Sequence[ScannedChat], recorded: RecordedChatFile) -> int | None:
        from metaoptout_tui.core.chats.scan_results import MessageKind

        own_names = [self.own_sender(chat).name or None for chat in chats]
        if recorded.is_own_only and None in own_names:
            return None
        return sum(
            chat.message_count(MessageKind.TO_META_AI, own_name if recorded.is_own_only else None)
            for chat, own_name in zip(chats, own_names, strict=True)
        )

    # The diary

    def diary_fields(self, chat: ScannedChat, sha256: str = "") -> Mapping[str, object]:
        """The fields of a chat's diary entry: the person's own messages apart where their sender is known."""
        from metaoptout_tui.core.chats.scan_results import OWN_SENDER, scan_event_fields

        own_name = self.own_sender(chat).name
        known = self._own_senders.known_chat(chat)
        fields = dict(scan_event_fields(chat, sha256, own_name))
        if own_name:
            fields["sender"] = OWN_SENDER
        if known:
            fields["chat"] = known.ids[0]
        return fields

    def remember_chats(self) -> None:
        """Know the chats of the results from now on, also after a restart."""
        self._own_senders.remember(self.results.chats if self.results else ())

    def running_total(self, events: Iterable[Event]) -> MessageTotal:
        """The total of what is recorded in a diary and of all results, each chat once."""
        from metaoptout_tui.core.chats.message_total import running_total

        chats = self.results.chats if self.results else ()
        rows = [self.diary_fields(chat) for chat in chats]
        unnamed = [row if "chat" in row else {**row, "chat": f"new-{number}"} for number, row in enumerate(rows)]
        return running_total(events, unnamed, self.known_chats.main_id_of)

    def recorded_sentence(self, events: Iterable[Event], now: datetime) -> str:
        """What all recorded scans of a diary come to, in a sentence; empty where none is recorded."""
        from metaoptout_tui.core.chats.message_total import recorded_total_sentence
        from metaoptout_tui.core.chats.recorded_scans import recorded_scans_of

        events = tuple(events)
        return recorded_total_sentence(events, now, self.known_chats.main_id_of) if recorded_scans_of(events) else ""

    # Progress

    def short_status(self) -> str:
        """The progress in a few words; empty where nothing is read."""
        if not self.is_searching and not self.is_counting:
            return ""
        words = _("scanning chats") if self.is_searching else _("counting all messages")
        return labelled(words, f"{100 * self.job.done // self.job.total} %") if self.job.total else words


def chat_file_name(chat: ScannedChat) -> str:
    """The name of the file a chat is in."""
    return text.clean_line(PurePath(chat.path).name)
