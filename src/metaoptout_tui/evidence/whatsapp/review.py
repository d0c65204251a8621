"""What did WhatsApp's Meta AI get, as far as exported chats show? Reads what a person brought and counts.

Plain functions without a screen: call `review` in a thread, look on through `progress`, end it through `cancelled`. A
chat is read once; only the chat with Meta AI alone is read a second time, since there every message counts.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath

from metaoptout_tui.core import text
from metaoptout_tui.evidence.whatsapp import reckoning, sources
from metaoptout_tui.evidence.whatsapp.blocks import Readable, blocks
from metaoptout_tui.evidence.whatsapp.census import Census, Days, Samples
from metaoptout_tui.evidence.whatsapp.classify import Kind
from metaoptout_tui.evidence.whatsapp.dates import Dating, decide
from metaoptout_tui.evidence.whatsapp.faults import FAULTS, CannotRead, Stopped, why
from metaoptout_tui.evidence.whatsapp.results import Chat, Review, Snippet, Totals, Unread, named
from metaoptout_tui.evidence.whatsapp.search import Found, Search
from metaoptout_tui.evidence.whatsapp.shape import HEAD, Shape, learn
from metaoptout_tui.evidence.whatsapp.sources import Source

QUICK_FROM = 32 << 20
"""Bytes from which a quick review only searches; below, counting all takes no time that a person would notice."""
SEARCHED, COUNTED = 1 << 20, 1 << 18
"""Bytes of a block when searching and when counting. A block holds the interpreter for 3 ms, so that a screen stays awake."""
SNIPPET = 300
"""Characters of a message that are shown."""
_SNIPPET_BYTES = 4 * SNIPPET

NOT_A_CHAT = "No line in its first 64 KiB begins as a message of a WhatsApp export does."
NO_CHAT_IN_IT = "It holds no text that is a WhatsApp export."
EMPTY = "It is empty."

Progress = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all, as far as they are known; both may grow."""
Begun = Callable[[str], None]
"""Called with the name of each file, with its member where that is a zip, when its reading begins."""


def review(
    paths: Iterable[str | os.PathLike[str]],
    *,
    quick: bool = False,
    times: bool = False,
    progress: Progress | None = None,
    begun: Begun | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Review:
    """Read every chat under `paths`: files, zips and folders.

    `quick` only searches chats of 32 MiB or more, and leaves out their totals and privacy switches; `times` keeps when
    each message to Meta AI was written. Raises nothing: what cannot be read is in the result with its reason.
    """
    watch = _Watch(progress, cancelled)
    chats: list[Chat] = []
    unread: list[Unread] = []
    asked = list(dict.fromkeys(str(Path(path)) for path in paths))
    told: set[str] = set()
    finished = False
    try:
        listing = sources.find(asked, watch.check)
        unread.extend(listing.unread)
        told.update(listing.again)
        watch.total = sum(source.size for source in listing.sources)
        for source in listing.sources:
            if begun:
                begun(named(str(source.path), source.member))
            watch.begin(source.size)
            try:
                chats.append(_read(source, watch, quick=quick, times=times))
                told.add(source.asked)
            except _NotAChat as error:
                if str(source.path) == source.asked and not source.member:
                    unread.append(Unread(source.asked, "", str(error)))
            except FAULTS as error:
                unread.append(Unread(str(source.path), source.member, why(error)))
            watch.end()
        finished = True
    except Stopped:
        pass
    told.update(path for path in asked if any(_is_under(each.path, path) for each in unread))
    if finished:
        unread.extend(Unread(path, "", NO_CHAT_IN_IT) for path in asked if path not in told)
    return Review(tuple(chats), tuple(unread), finished)


def snippets(
    chat: Chat,
    kinds: Collection[Kind],
    *,
    most: int = 200,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Snippet, ...]:
    """The beginnings of a chat's messages of some kinds, read anew. Raises CannotRead where the file can't be read now."""
    watch = _Watch(None, cancelled)
    dating = Dating(chat.order, chat.dates_sure)
    found: list[Snippet] = []

    def show(each: Found) -> None:
        if each.kind in kinds:
            body = text.block(bytes(each.text[:_SNIPPET_BYTES]).decode("utf-8", "replace"), SNIPPET).lstrip()
            at = dating.moment(each.date, each.clock)
            found.append(Snippet(each.kind, reckoning.shown_name(each.author), at, body))
        if len(found) >= most:
            raise _Enough

    try:
        with _chat(Source(chat.path, Path(chat.path), chat.member, chat.size), watch) as (shape, _, stream):
            search = Search(shape, every=chat.with_meta_ai_alone, show=show)
            for data, end in blocks(stream, COUNTED):
                search.block(data, end)
            search.end()
    except (_Enough, Stopped):
        pass
    except FAULTS as error:
        raise CannotRead(why(error)) from error
    return tuple(found)


def fingerprint(path: str | os.PathLike[str], cancelled: Callable[[], bool] | None = None) -> str:
    """The SHA-256 of a file, empty where it was cancelled. Raises CannotRead."""
    import hashlib

    digest = hashlib.sha256()
    watch = _Watch(None, cancelled)
    try:
        with Path(path).open("rb", buffering=0) as file:
            while data := file.read(SEARCHED):
                watch.check()
                digest.update(data)
    except Stopped:
        return ""
    except OSError as error:
        raise CannotRead(why(error)) from error
    return digest.hexdigest()


def diary_fields(chat: Chat, sha256: str, me: str = "") -> Mapping[str, object]:
    """What a `reviewed-chats` entry holds of one chat: counts, first and last day, file name and fingerprint; no text.

    With `me`, the counts of messages to Meta AI are those of that sender.
    """
    own = me or None
    counts: dict[str, object] = {
        str(kind): chat.number(kind, own if kind in (Kind.TO, Kind.MAYBE) else None)
        for kind in Kind
        if kind is not Kind.OTHER
    }
    if chat.totals:
        counts["messages"] = chat.totals.messages
    if span := chat.span(Kind.TO, own):
        counts["first"], counts["last"] = (day.isoformat() for day in span)
        counts["dates_sure"] = chat.dates_sure
    return {"counts": counts, "file": text.line(PurePath(chat.path).name), "sha256": sha256}


class _NotAChat(CannotRead):
    """A text that is no WhatsApp export."""


class _Enough(Exception):
    """All snippets that were asked for are there."""


class _Watch:
    """Tells how far the reading is, and stops it."""

    def __init__(self, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self.total = 0
        self._progress = progress
        self._cancelled = cancelled
        self._done = self._begun = self._size = self._once = 0

    def check(self) -> None:
        """Raise Stopped once the person has cancelled."""
        if self._cancelled and self._cancelled():
            raise Stopped

    def begin(self, size: int) -> None:
        """The next text begins, of so many bytes as far as told."""
        self._begun, self._size, self._once = self._done, size, size

    def again(self) -> None:
        """It is read once more."""
        self.total += self._once
        self._size += self._once

    def read(self, count: int) -> None:
        """So many bytes more were read."""
        self._done = min(self._done + count, self._begun + self._size)
        self._tell()

    def end(self) -> None:
        """The text is done with, whether or not to its end."""
        self._done = self._begun + self._size
        self._tell()

    def _tell(self) -> None:
        if self._progress:
            self._progress(self._done, self.total)


@contextmanager
def _chat(source: Source, watch: _Watch) -> Iterator[tuple[Shape, bytes, Readable]]:
    """The shape of a chat's headers, its first bytes, and its whole text. Raises _NotAChat."""
    with sources.opened(source, watch.check, watch.read) as stream:
        head = sources.start_of(stream, HEAD)
        shape = learn(head)
        if shape is None:
            raise _NotAChat(NOT_A_CHAT if head else EMPTY)
        yield shape, head, sources.Resumed(head, stream)


def _read(source: Source, watch: _Watch, *, quick: bool, times: bool) -> Chat:
    if quick and source.size >= QUICK_FROM:
        chat = _searched(source, watch, times=times)
        if chat:
            return chat
        watch.again()
    return _counted(source, watch, times=times)


def _searched(source: Source, watch: _Watch, *, times: bool) -> Chat | None:
    """A chat that was only searched; None where it may be the one with Meta AI alone, so that all must be counted."""
    with _chat(source, watch) as (shape, head, stream):
        few = Census(shape)
        few.block(bytearray(b"\n" + head), len(head) + 1)
        search, samples = Search(shape, thorough=False, times=times), Samples(shape)
        for data, end in blocks(stream, SEARCHED):
            search.block(data, end)
            samples.block(data, end)
        search.end()
    known = reckoning.totals(few, search.tally, reckoning.noticed_as(shape, head), bracket=shape.family.bracket)
    people = reckoning.persons(name for name, _ in known.authors)
    if len(people) < 2 and any(kind is Kind.BY for kind, _, _ in search.tally.counts):
        return None
    return _made(source, shape, search, samples.days, None, alone=False)


def _counted(source: Source, watch: _Watch, *, times: bool) -> Chat:
    with _chat(source, watch) as (shape, head, stream):
        search, census = Search(shape, times=times), Census(shape)
        for data, end in blocks(stream, COUNTED):
            census.block(data, end)
            search.block(data, end)
        search.end()
        noticed = reckoning.noticed_as(shape, head)
    totals = reckoning.totals(census, search.tally, noticed, bracket=shape.family.bracket)
    alone = reckoning.is_alone(totals, search.tally, str(source.path), source.member)
    if alone:
        watch.again()
        search = _searched_again(source, watch, Search(shape, every=True, times=times))
        totals = reckoning.totals(census, search.tally, noticed, bracket=shape.family.bracket)
    return _made(source, shape, search, census.days, totals, alone=alone)


def _searched_again(source: Source, watch: _Watch, search: Search) -> Search:
    with _chat(source, watch) as (_, _, stream):
        for data, end in blocks(stream, COUNTED):
            search.block(data, end)
    search.end()
    return search


def _made(source: Source, shape: Shape, search: Search, days: Days, totals: Totals | None, *, alone: bool) -> Chat:
    dating = decide(days.written, shape.family.groups, era=shape.family.era)
    return Chat(
        path=str(source.path),
        member=source.member,
        size=source.size,
        platform=shape.family.name,
        totals=totals,
        shares=reckoning.shares(search.tally, dating),
        first=dating.moment(*search.first) if search.first else None,
        last=dating.moment(*search.last) if search.last else None,
        order=dating.order,
        dates_sure=dating.sure,
        with_meta_ai_alone=alone,
        switches=reckoning.switches(search.tally, dating),
        times=reckoning.times(search.tally, dating),
    )


def _is_under(path: str, asked: str) -> bool:
    return path == asked or path.startswith(asked.rstrip(os.sep) + os.sep)
