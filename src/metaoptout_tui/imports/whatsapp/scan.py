"""Scans exported WhatsApp chats for what Meta AI received: counts messages, and reads snippets on demand.

The functions are to be called in a thread, each with a job that reports progress and can be cancelled. A chat is read
once; only the chat with Meta AI alone is read a second time, since there every message counts.
"""

import os
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core import text
from metaoptout_tui.core.chats.notices import NoticeKind
from metaoptout_tui.core.chats.scan_results import (
    ChatTotals,
    MessageKind,
    MessageSnippet,
    ScannedChat,
    ScanResults,
    display_path,
)
from metaoptout_tui.core.errors import Cancelled, FileRefused
from metaoptout_tui.core.jobs import Job, UnreadableFile
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.imports.files import (
    READ_ERRORS,
    file_state,
    read_blocks,
    reason_for_error,
)
from metaoptout_tui.imports.whatsapp import counting, sources
from metaoptout_tui.imports.whatsapp.chat_opening import NotAChat, ScanMonitor, open_chat
from metaoptout_tui.imports.whatsapp.conversation import sender_display_name
from metaoptout_tui.imports.whatsapp.dates import ChatDateFormat, detect_date_format
from metaoptout_tui.imports.whatsapp.digests import MAX_MESSAGES_KEPT, Digest, MessageDigester
from metaoptout_tui.imports.whatsapp.header_counts import DateSampler, DateSequence, HeaderCounter
from metaoptout_tui.imports.whatsapp.headers import HeaderPatterns
from metaoptout_tui.imports.whatsapp.meta_ai_references import has_mention
from metaoptout_tui.imports.whatsapp.search import ChatSearch, FoundMessage
from metaoptout_tui.imports.whatsapp.sources import ChatSource
from metaoptout_tui.imports.whatsapp.tally import MessageTally

QUICK_SCAN_FROM_BYTES = 32 << 20
"""Bytes from which a quick scan only searches; counting all of a smaller chat takes no noticeable time."""
SEARCH_BLOCK_BYTES, COUNT_BLOCK_BYTES = 1 << 20, 1 << 18
"""Bytes of a block. One block blocks the interpreter for 3 ms at most, so that the screen stays responsive."""
SNIPPET_CHARACTERS = 300
"""Characters of a message that are shown."""
_SNIPPET_BYTES = 4 * SNIPPET_CHARACTERS

_NOTICES_TO_COUNT_BEHIND = frozenset({NoticeKind.MEMBER, NoticeKind.MEMBER_PRIVATE, NoticeKind.CHARACTER})

MAX_HEADERS_READ_TWICE = 4 * MAX_MESSAGES_KEPT
"""In a chat with Meta AI of more headers, messages are counted by these and not read one by one."""

NO_CHAT_INSIDE = mark("It holds no text that is a WhatsApp export.")


def scan_chats(
    paths: Iterable[str | os.PathLike[str]],
    *,
    quick: bool = False,
    keep_times: bool = False,
    digest: Digest | None = None,
    job: Job | None = None,
) -> ScanResults:
    """Scan every chat in `paths`, which are files, zips and folders.

    `job` reports the bytes read and in all, as far as they are known; both may grow. Its detail is the current file,
    with its member if that is a zip. When it is cancelled, the result has what was read so far, and says so.

    `quick` only searches chats of 32 MiB or more, without their totals and privacy switches; `keep_times` keeps the
    time of each message to Meta AI. With a `digest` each chat has those by which it is recognised. Never raises: the result lists what cannot be read with the reason.
    """
    monitor = ScanMonitor(job or Job())
    options = _ScanOptions(is_quick=quick, keeps_times=keep_times, digest=digest)
    chats: list[ScannedChat] = []
    unreadable: list[UnreadableFile] = []
    requested_paths = list(dict.fromkeys(str(Path(path)) for path in paths))
    reported_paths: set[str] = set()
    finished = False
    try:
        listing = sources.find_sources(requested_paths, monitor.job.check)
        unreadable.extend(listing.unreadable)
        reported_paths.update(listing.duplicate_paths)
        monitor.total_bytes = sum(source.size for source in listing.sources)
        for source in listing.sources:
            monitor.start_text(source.size, display_path(str(source.path), source.member))
            try:
                chats.append(_scan_chat(source, monitor, options))
                reported_paths.add(source.requested_path)
            except NotAChat as error:
                if str(source.path) == source.requested_path and not source.member:
                    unreadable.append(UnreadableFile(source.requested_path, "", str(error)))
            except READ_ERRORS as error:
                unreadable.append(UnreadableFile(str(source.path), source.member, reason_for_error(error)))
            monitor.finish_text()
        finished = True
    except Cancelled:
        pass
    finally:
        monitor.texts.close()
    reported_paths.update(path for path in requested_paths if any(_is_under(file.path, path) for file in unreadable))
    if finished:
        unreadable.extend(
            UnreadableFile(path, "", _(NO_CHAT_INSIDE)) for path in requested_paths if path not in reported_paths
        )
    return ScanResults(tuple(chats), tuple(unreadable), finished)


def read_snippets(
    chat: ScannedChat,
    kinds: Collection[MessageKind],
    *,
    max_count: int = 200,
    job: Job | None = None,
) -> tuple[MessageSnippet, ...]:
    """The beginnings of a chat's messages of some kinds, read anew. Raises FileRefused if the file is unreadable."""
    monitor = ScanMonitor(job or Job())
    date_format = ChatDateFormat(chat.date_order, chat.are_dates_proven)
    snippets: list[MessageSnippet] = []

    def add_snippet(message: FoundMessage) -> bool:
        if message.kind in kinds:
            excerpt = text.clean_block(
                bytes(message.text[:_SNIPPET_BYTES]).decode("utf-8", "replace"), SNIPPET_CHARACTERS
            ).lstrip()
            at = date_format.parse_datetime(message.date, message.time)
            snippets.append(MessageSnippet(message.kind, sender_display_name(message.sender), at, excerpt))
        if len(snippets) >= max_count:
            raise _EnoughSnippets
        return True

    try:
        source = ChatSource(chat.path, Path(chat.path), chat.member, chat.size)
        with open_chat(source, monitor) as (patterns, _, stream):
            search = ChatSearch(
                patterns,
                read_every_message=chat.is_with_meta_ai_alone,
                ai_name=chat.ai_name,
                on_message=add_snippet,
            )
            for data, end in read_blocks(stream, COUNT_BLOCK_BYTES, patterns.line_end):
                search.search_block(data, end)
            search.finish()
    except (_EnoughSnippets, Cancelled):
        pass
    except READ_ERRORS as error:
        raise FileRefused(reason_for_error(error)) from error
    finally:
        monitor.texts.close()
    return tuple(snippets)


class _EnoughSnippets(Exception):
    """Raised to stop reading once there are enough snippets."""


class _ScanOptions(NamedTuple):
    """What is wanted of a scan, see `scan_chats`."""

    is_quick: bool
    keeps_times: bool
    digest: Digest | None

    def search(
        self, patterns: HeaderPatterns, *, is_alone: bool = False, ai_name: str = "", search_rare_strings: bool = True
    ) -> tuple[ChatSearch, MessageDigester | None]:
        """A search through a chat, and what digests its messages if that is wanted."""
        digester = MessageDigester(self.digest) if self.digest else None
        search = ChatSearch(
            patterns,
            read_every_message=is_alone,
            search_rare_strings=search_rare_strings,
            keep_times=self.keeps_times,
            ai_name=ai_name,
            on_message=digester.add_message if digester else None,
        )
        return search, digester


def _scan_chat(source: ChatSource, monitor: ScanMonitor, options: _ScanOptions) -> ScannedChat:
    before = _state_of_file(source.path)
    chat = _scan_unchanging_chat(source, monitor, options)
    return chat._replace(has_changed=_state_of_file(source.path) != before)


def _state_of_file(path: Path) -> tuple[int, int, int]:
    """What differs once a file was written to or replaced; zeros where it is gone."""
    try:
        return file_state(path.stat())
    except OSError:
        return (0, 0, 0)


def _scan_unchanging_chat(source: ChatSource, monitor: ScanMonitor, options: _ScanOptions) -> ScannedChat:
    is_named_so = counting.is_named_after_meta_ai(str(source.path), source.member)
    if options.is_quick and source.size >= QUICK_SCAN_FROM_BYTES and not is_named_so:
        chat = _scan_by_search(source, monitor, options)
        if chat:
            return chat
        monitor.expect_another_reading()
    return _scan_by_counting(source, monitor, options)


def _scan_by_search(source: ChatSource, monitor: ScanMonitor, options: _ScanOptions) -> ScannedChat | None:
    """Scan a chat by search alone; None where all must be counted.

    That is so in what may be the chat with Meta AI alone, and where Meta AI is a member of the chat.
    """
    with open_chat(source, monitor) as (patterns, head, stream):
        head_counter = _count_head(patterns, head)
        if counting.looks_like_chat_with_meta_ai(head_counter, str(source.path), source.member):
            return None
        search, digester = options.search(patterns, search_rare_strings=False)
        samples = DateSampler(patterns)
        for data, end in read_blocks(stream, SEARCH_BLOCK_BYTES, patterns.line_end):
            search.search_block(data, end)
            samples.add_block(data, end)
        search.finish()
    head_totals = counting.count_totals(
        head_counter,
        search.tally,
        counting.find_encryption_notice_sender(patterns, head),
        has_bracket=patterns.format.has_bracket,
    )
    people = counting.people_among(name for name, _ in head_totals.messages_by_sender)
    if len(people) < 2 and any(kind is MessageKind.BY_META_AI for kind, _, _ in search.tally.counts):
        return None
    if _NOTICES_TO_COUNT_BEHIND & search.tally.notices.keys():
        return None
    return _build_scanned_chat(source, patterns, head, search, digester, samples.date_sequence)


def _count_head(patterns: HeaderPatterns, head: bytes) -> HeaderCounter:
    counter = HeaderCounter(patterns)
    counter.add_block(bytearray(b"\n" + head), len(head) + 1)
    return counter


class _CountedReading(NamedTuple):
    """What one reading of a whole chat found: its headers, and what was searched for meanwhile.

    `is_likely_alone`: it was taken for the chat with Meta AI alone, so that nothing but notices was searched for.
    """

    patterns: HeaderPatterns
    head: bytes
    is_likely_alone: bool
    search: ChatSearch
    digester: MessageDigester | None
    counter: HeaderCounter
    readable: counting.ReadableMessages
    notice_sender: str

    def totals(self, tally: MessageTally) -> ChatTotals:
        """The messages by sender, of which a tally says which are WhatsApp's own lines."""
        has_bracket = self.patterns.format.has_bracket
        return counting.count_totals(self.counter, tally, self.notice_sender, has_bracket=has_bracket)

    @property
    def is_too_long_to_read_twice(self) -> bool:
        """Whether so many messages stand in it that they are counted by headers and days instead."""
        return bool(self.counter.messages_by_day) and self.counter.header_count > MAX_HEADERS_READ_TWICE


def _read_and_count(source: ChatSource, monitor: ScanMonitor, options: _ScanOptions) -> _CountedReading:
    """Read a whole chat: count its headers, and search it, or what seems to be with Meta AI alone for notices only."""
    path, readable = str(source.path), counting.ReadableMessages()
    is_named_so = counting.is_named_after_meta_ai(path, source.member)
    with open_chat(source, monitor) as (patterns, head, stream):
        is_likely_alone = is_named_so or (
            counting.looks_like_chat_with_meta_ai(_count_head(patterns, head), path, source.member)
            and not has_mention(head.decode("utf-8", "replace"))
        )
        if is_likely_alone:
            # All its messages are to or by Meta AI, so that they need not be read in the first place.
            search, digester = ChatSearch(patterns, only_notices=True, also_mentions=not is_named_so), None
        else:
            search, digester = options.search(patterns)
        counter = HeaderCounter(patterns, count_days=is_likely_alone)
        for data, end in read_blocks(stream, COUNT_BLOCK_BYTES, patterns.line_end):
            search.search_block(data, end)
            counter.add_block(data, end, search.counted_stretches)
            readable.add_changes(counter, data, end, search.take_readable_changes())
        search.finish()
        notice_sender = counting.find_encryption_notice_sender(patterns, head)
    return _CountedReading(patterns, head, is_likely_alone, search, digester, counter, readable, notice_sender)


def _scan_by_counting(source: ChatSource, monitor: ScanMonitor, options: _ScanOptions) -> ScannedChat:
    """Scan a chat by counting all its messages.

    One reading is enough, unless the chat is with Meta AI alone or seemed to be: then it is searched in a second one,
    or, where it is very long, its messages are counted by their headers.
    """
    first = _read_and_count(source, monitor, options)
    search, digester = first.search, first.digester
    totals = first.totals(search.tally)
    path, member = str(source.path), source.member
    ai_name = counting.find_ai_character(totals, search.tally, path, member)
    is_group = counting.is_group_named_meta_ai(first.patterns, first.head)
    is_alone = bool(ai_name) or counting.is_chat_with_meta_ai_alone(
        totals, search.tally, path, member, first.notice_sender, is_group=is_group
    )
    can_lack_times = not options.keeps_times
    if is_alone and first.is_likely_alone and can_lack_times and first.is_too_long_to_read_twice:
        search.tally = counting.tally_of_chat_with_meta_ai(first.counter, search.tally)
        totals = first.totals(search.tally)
    elif is_alone or first.is_likely_alone:
        monitor.expect_another_reading()
        search, digester = options.search(first.patterns, is_alone=is_alone, ai_name=ai_name)
        _search_again(source, monitor, search)
        totals = first.totals(search.tally)
    if counting.notice_sender_wrote_nothing(first.notice_sender, totals):
        is_of_chat = cache(lambda sender: sender_display_name(sender) == first.notice_sender)
        search.tally.drop_messages_of(is_of_chat)
        if digester:
            digester.drop_messages_of(is_of_chat)
    counter = first.counter
    chat = _build_scanned_chat(source, first.patterns, first.head, search, digester, counter.date_sequence)
    return chat._replace(
        totals=totals,
        is_with_meta_ai_alone=is_alone,
        ai_name=ai_name,
        other_format_lines=counter.other_format_lines,
        other_format_shape=counter.other_format_shape,
        readable_by_sender=first.readable.by_sender(counter, totals, search.notices_while_readable),
    )


def _search_again(source: ChatSource, monitor: ScanMonitor, search: ChatSearch) -> None:
    with open_chat(source, monitor) as (patterns, _, stream):
        for data, end in read_blocks(stream, COUNT_BLOCK_BYTES, patterns.line_end):
            search.search_block(data, end)
    search.finish()


def _build_scanned_chat(
    source: ChatSource,
    patterns: HeaderPatterns,
    head: bytes,
    search: ChatSearch,
    digester: MessageDigester | None,
    dates: DateSequence,
) -> ScannedChat:
    date_format = detect_date_format(dates.dates, patterns.format.date_parts, has_era=patterns.format.has_era)
    return ScannedChat(
        path=str(source.path),
        member=source.member,
        size=source.size,
        origin=patterns.format.origin,
        totals=None,
        sender_counts=counting.count_by_sender(search.tally, date_format),
        first_message_at=date_format.parse_datetime(*search.first_timestamp) if search.first_timestamp else None,
        last_message_at=date_format.parse_datetime(*search.last_timestamp) if search.last_timestamp else None,
        date_order=date_format.order,
        are_dates_proven=date_format.is_proven,
        is_with_meta_ai_alone=False,
        privacy_switches=counting.privacy_switches_in(search.tally, date_format),
        times_to_meta_ai=counting.message_times_in(search.tally, date_format),
        notices=counting.notices_in(search.tally, date_format),
        beginnings=digester.beginnings(patterns, head) if digester else (),
        messages_to_meta_ai=digester.messages(date_format) if digester else None,
    )


def _is_under(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
