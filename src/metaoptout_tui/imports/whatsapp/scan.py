"""Scans exported WhatsApp chats for what Meta AI received: counts messages, and reads snippets on demand.

Plain functions without a screen, to be called in a thread, each with a job that tells how far it is and can stop it. A chat is read
once; only the chat with Meta AI alone is read a second time, since there every message counts.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.chats.scan_results import (
    ChatTotals,
    MessageKind,
    MessageSnippet,
    ScannedChat,
    ScanResults,
    UnreadableChatFile,
    display_path,
)
from metaoptout_tui.core.errors import Cancelled, FileRefused
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.imports.files import (
    READ_ERRORS,
    ReadableStream,
    open_regular_file,
    read_at_most,
    read_blocks,
    reason_for_error,
)
from metaoptout_tui.imports.whatsapp import counting, sources
from metaoptout_tui.imports.whatsapp.dates import ChatDateFormat, detect_date_format
from metaoptout_tui.imports.whatsapp.headers import (
    HEAD_BYTES,
    DateSampler,
    DateSequence,
    HeaderCounter,
    HeaderPatterns,
    learn_header_patterns,
)
from metaoptout_tui.imports.whatsapp.search import ChatSearch, FoundMessage
from metaoptout_tui.imports.whatsapp.sources import ChatSource

QUICK_SCAN_FROM_BYTES = 32 << 20
"""Bytes from which a quick review only searches; below, counting all takes no time that a person would notice."""
SEARCH_BLOCK_BYTES, COUNT_BLOCK_BYTES = 1 << 20, 1 << 18
"""Bytes of a block when searching and when counting. A block holds the interpreter for 3 ms, so that a screen stays awake."""
SNIPPET_CHARACTERS = 300
"""Characters of a message that are shown."""
_SNIPPET_BYTES = 4 * SNIPPET_CHARACTERS

NOT_A_CHAT = "No line in its first 64 KiB begins as a message of a WhatsApp export does."
NO_CHAT_INSIDE = "It holds no text that is a WhatsApp export."
EMPTY_FILE = "It is empty."


def scan_chats(
    paths: Iterable[str | os.PathLike[str]],
    *,
    quick: bool = False,
    times: bool = False,
    job: Job | None = None,
) -> ScanResults:
    """Read every chat under `paths`: files, zips and folders.

    `job` counts the bytes done and in all, as far as they are known; both may grow. Its detail is the file that is read,
    with its member where that is a zip. What is there when it is cancelled is the result, which says so.

    `quick` only searches chats of 32 MiB or more, and leaves out their totals and privacy switches; `times` keeps when
    each message to Meta AI was written. Raises nothing: what cannot be read is in the result with its reason.
    """
    watch = _ScanMonitor(job or Job())
    chats: list[ScannedChat] = []
    unread: list[UnreadableChatFile] = []
    asked = list(dict.fromkeys(str(Path(path)) for path in paths))
    told: set[str] = set()
    finished = False
    try:
        listing = sources.find_sources(asked, watch.job.check)
        unread.extend(listing.unreadable)
        told.update(listing.duplicate_paths)
        watch.total_bytes = sum(source.size for source in listing.sources)
        for source in listing.sources:
            watch.start_text(source.size, display_path(str(source.path), source.member))
            try:
                chats.append(_scan_chat(source, watch, quick=quick, times=times))
                told.add(source.requested_path)
            except _NotAChat as error:
                if str(source.path) == source.requested_path and not source.member:
                    unread.append(UnreadableChatFile(source.requested_path, "", str(error)))
            except READ_ERRORS as error:
                unread.append(UnreadableChatFile(str(source.path), source.member, reason_for_error(error)))
            watch.finish_text()
        finished = True
    except Cancelled:
        pass
    told.update(path for path in asked if any(_is_under(unreadable_file.path, path) for unreadable_file in unread))
    if finished:
        unread.extend(UnreadableChatFile(path, "", NO_CHAT_INSIDE) for path in asked if path not in told)
    return ScanResults(tuple(chats), tuple(unread), finished)


def read_snippets(
    chat: ScannedChat,
    kinds: Collection[MessageKind],
    *,
    most: int = 200,
    job: Job | None = None,
) -> tuple[MessageSnippet, ...]:
    """The beginnings of a chat's messages of some kinds, read anew. Raises FileRefused where the file can't be read now."""
    watch = _ScanMonitor(job or Job())
    dating = ChatDateFormat(chat.date_order, chat.are_dates_proven)
    found: list[MessageSnippet] = []

    def show(each: FoundMessage) -> None:
        if each.kind in kinds:
            body = text.clean_block(
                bytes(each.text[:_SNIPPET_BYTES]).decode("utf-8", "replace"), SNIPPET_CHARACTERS
            ).lstrip()
            at = dating.parse_datetime(each.date, each.time)
            found.append(MessageSnippet(each.kind, counting.sender_display_name(each.sender), at, body))
        if len(found) >= most:
            raise _EnoughSnippets

    try:
        with _open_chat(ChatSource(chat.path, Path(chat.path), chat.member, chat.size), watch) as (shape, _, stream):
            search = ChatSearch(shape, read_every_message=chat.is_with_meta_ai_alone, on_message=show)
            for data, end in read_blocks(stream, COUNT_BLOCK_BYTES):
                search.search_block(data, end)
            search.finish()
    except (_EnoughSnippets, Cancelled):
        pass
    except READ_ERRORS as error:
        raise FileRefused(reason_for_error(error)) from error
    return tuple(found)


def sha256_of_file(path: str | os.PathLike[str], job: Job | None = None) -> str:
    """The SHA-256 of a file. Raises FileRefused, and Cancelled where `job` was."""
    import hashlib

    digest = hashlib.sha256()
    job = job or Job()
    try:
        with open_regular_file(Path(path)) as file:
            while data := file.read(SEARCH_BLOCK_BYTES):
                job.check()
                digest.update(data)
    except OSError as error:
        raise FileRefused(reason_for_error(error)) from error
    return digest.hexdigest()


class _NotAChat(FileRefused):
    """A text that is no WhatsApp export."""


class _EnoughSnippets(Exception):
    """All snippets that were asked for are there."""


class _ScanMonitor:
    """Tells the job how far the reading is."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.total_bytes = 0
        self._done_bytes = self._text_start = self._text_bytes = self._bytes_per_reading = 0

    def start_text(self, size: int, name: str) -> None:
        """The next text begins, of so many bytes as far as told."""
        self.job.report(self._done_bytes, self.job.total, name)
        self._text_start, self._text_bytes, self._bytes_per_reading = self._done_bytes, size, size

    def expect_another_reading(self) -> None:
        """It is read once more."""
        self.total_bytes += self._bytes_per_reading
        self._text_bytes += self._bytes_per_reading

    def add_bytes(self, count: int) -> None:
        """So many bytes more were read."""
        self._done_bytes = min(self._done_bytes + count, self._text_start + self._text_bytes)
        self.job.report(self._done_bytes, self.total_bytes)

    def finish_text(self) -> None:
        """The text is done with, whether or not to its end."""
        self._done_bytes = self._text_start + self._text_bytes
        self.job.report(self._done_bytes, self.total_bytes)


@contextmanager
def _open_chat(source: ChatSource, watch: _ScanMonitor) -> Iterator[tuple[HeaderPatterns, bytes, ReadableStream]]:
    """The shape of a chat's headers, its first bytes, and its whole text. Raises _NotAChat."""
    with sources.open_source(source, watch.job.check, watch.add_bytes) as stream:
        head = read_at_most(stream, HEAD_BYTES)
        shape = learn_header_patterns(head)
        if shape is None:
            raise _NotAChat(NOT_A_CHAT if head else EMPTY_FILE)
        yield shape, head, sources.PrependedStream(head, stream)


def _scan_chat(source: ChatSource, watch: _ScanMonitor, *, quick: bool, times: bool) -> ScannedChat:
    if quick and source.size >= QUICK_SCAN_FROM_BYTES:
        chat = _scan_by_search(source, watch, times=times)
        if chat:
            return chat
        watch.expect_another_reading()
    return _scan_by_counting(source, watch, times=times)


def _scan_by_search(source: ChatSource, watch: _ScanMonitor, *, times: bool) -> ScannedChat | None:
    """A chat that was only searched; None where it may be the one with Meta AI alone, so that all must be counted."""
    with _open_chat(source, watch) as (shape, head, stream):
        few = HeaderCounter(shape)
        few.add_block(bytearray(b"\n" + head), len(head) + 1)
        search, samples = ChatSearch(shape, search_rare_strings=False, keep_times=times), DateSampler(shape)
        for data, end in read_blocks(stream, SEARCH_BLOCK_BYTES):
            search.search_block(data, end)
            samples.add_block(data, end)
        search.finish()
    known = counting.count_totals(
        few, search.tally, counting.find_encryption_notice_sender(shape, head), has_bracket=shape.format.has_bracket
    )
    people = counting.people_among(name for name, _ in known.messages_by_sender)
    if len(people) < 2 and any(kind is MessageKind.BY_META_AI for kind, _, _ in search.tally.counts):
        return None
    return _build_scanned_chat(source, shape, search, samples.date_sequence, None, alone=False)


def _scan_by_counting(source: ChatSource, watch: _ScanMonitor, *, times: bool) -> ScannedChat:
    with _open_chat(source, watch) as (shape, head, stream):
        search, census = ChatSearch(shape, keep_times=times), HeaderCounter(shape)
        for data, end in read_blocks(stream, COUNT_BLOCK_BYTES):
            census.add_block(data, end)
            search.search_block(data, end)
        search.finish()
        notice_sender = counting.find_encryption_notice_sender(shape, head)
    totals = counting.count_totals(census, search.tally, notice_sender, has_bracket=shape.format.has_bracket)
    alone = counting.is_chat_with_meta_ai_alone(totals, search.tally, str(source.path), source.member)
    if alone:
        watch.expect_another_reading()
        search = _search_every_message(source, watch, ChatSearch(shape, read_every_message=True, keep_times=times))
        totals = counting.count_totals(census, search.tally, notice_sender, has_bracket=shape.format.has_bracket)
    return _build_scanned_chat(source, shape, search, census.date_sequence, totals, alone=alone)


def _search_every_message(source: ChatSource, watch: _ScanMonitor, search: ChatSearch) -> ChatSearch:
    with _open_chat(source, watch) as (_, _, stream):
        for data, end in read_blocks(stream, COUNT_BLOCK_BYTES):
            search.search_block(data, end)
    search.finish()
    return search


def _build_scanned_chat(
    source: ChatSource,
    shape: HeaderPatterns,
    search: ChatSearch,
    days: DateSequence,
    totals: ChatTotals | None,
    *,
    alone: bool,
) -> ScannedChat:
    dating = detect_date_format(days.dates, shape.format.date_parts, has_era=shape.format.has_era)
    return ScannedChat(
        path=str(source.path),
        member=source.member,
        size=source.size,
        origin=shape.format.origin,
        totals=totals,
        sender_counts=counting.count_by_sender(search.tally, dating),
        first_message_at=dating.parse_datetime(*search.first_timestamp) if search.first_timestamp else None,
        last_message_at=dating.parse_datetime(*search.last_timestamp) if search.last_timestamp else None,
        date_order=dating.order,
        are_dates_proven=dating.is_proven,
        is_with_meta_ai_alone=alone,
        privacy_switches=counting.privacy_switches_in(search.tally, dating),
        times_to_meta_ai=counting.message_times_in(search.tally, dating),
    )


def _is_under(path: str, asked: str) -> bool:
    return path == asked or path.startswith(asked.rstrip(os.sep) + os.sep)
