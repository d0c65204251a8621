"""Reads one file of a download, as its kind and form ask for, into what it tells."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from metaoptout_tui.core.meta_export import (
    ExportedAccount,
    ExposureKind,
    LinkedProfile,
    LinkHint,
    OwnPage,
)
from metaoptout_tui.imports.files import ReadableStream
from metaoptout_tui.imports.meta_export import ai_talks, profiles, records
from metaoptout_tui.imports.meta_export.json_stream import stream_values
from metaoptout_tui.imports.meta_export.labels import LabelledValue, clean_value, labelled_values, row_lists_in
from metaoptout_tui.imports.meta_export.layout import (
    AUDIO_SUFFIXES,
    EMPTY_CATEGORIES,
    FileKind,
    KnownFile,
    plain_name,
)
from metaoptout_tui.imports.meta_export.pages import ExportPageBlock, parse_page_day, read_page_blocks
from metaoptout_tui.imports.meta_export.profiles import SignUp
from metaoptout_tui.imports.meta_export.records import Record
from metaoptout_tui.imports.meta_export.tallies import Tally, day_of_record

_MAX_PAGES = 1_000
_TALK_KINDS = (
    ExposureKind.AI_CONVERSATIONS,
    ExposureKind.AI_MESSAGES,
    ExposureKind.AI_MESSAGES_BY_PERSON,
    ExposureKind.AI_VOICE,
)


class FilePlace(NamedTuple):
    """Which file is read: what it is, its path within the download, how it is named to people, and whose it is."""

    known: KnownFile
    parts: tuple[str, ...]
    label: str
    owner: str


@dataclass
class FileContents:
    """What one file tells. `tallies` has the kinds that it counts; `linked` is None where it is no list of links."""

    tallies: dict[ExposureKind, Tally] = field(default_factory=dict)
    accounts: list[ExportedAccount] = field(default_factory=list)
    linked: tuple[LinkedProfile, ...] | None = None
    sign_up: SignUp | None = None
    pages: list[OwnPage] = field(default_factory=list)
    hints: set[LinkHint] = field(default_factory=set)
    has_connected_devices: bool | None = None
    is_chat_with_meta_ai: bool = False


def kinds_told_by(place: FilePlace) -> tuple[ExposureKind, ...]:
    """What a file of this kind is there to tell, whether it can be read or not."""
    rule = place.known.rule
    match rule.kind:
        case FileKind.AI_CONVERSATIONS:
            return _TALK_KINDS
        case FileKind.AI_MEDIA:
            return (ExposureKind.AI_VOICE,)
        case FileKind.THREADS_POSTS:
            return (ExposureKind.THREADS_POSTS, ExposureKind.THREADS_REPLIES)
        case FileKind.MESSAGE_THREAD:
            return (ExposureKind.CHATS_WITH_META_AI,)
        case FileKind.EMPTY_CATEGORY:
            return EMPTY_CATEGORIES.get(plain_name(place.parts[-2]) if len(place.parts) > 1 else "", ())
        case _:
            return (rule.exposure,) if rule.exposure else ()


def contents_by_name(place: FilePlace) -> FileContents:
    """What a file tells by being there."""
    match place.known.rule.kind:
        case FileKind.VOICE_RECORDING:
            return FileContents({ExposureKind.AI_VOICE: Tally(1)})
        case FileKind.EMPTY_CATEGORY:
            return FileContents({kind: Tally() for kind in kinds_told_by(place)})
        case FileKind.CROSS_APP_MESSAGING:
            return FileContents(hints={LinkHint.CROSS_APP_MESSAGING})
        case FileKind.CONTACTS_FROM_INSTAGRAM:
            return FileContents(hints={LinkHint.CONTACTS_FROM_INSTAGRAM})
        case _:
            return FileContents()


def read_file(place: FilePlace, stream: ReadableStream) -> FileContents:
    """Read a file. Raises the `READ_ERRORS`."""
    readers = _PAGE_READERS if place.known.is_html else _JSON_READERS
    return readers[place.known.rule.kind](place, stream)


def _document(stream: ReadableStream) -> object:
    """A small file whole; of one that is too large for that, as much as may be kept."""
    values = list(stream_values(stream, lambda _: False))
    return values[0][1] if values else None


def _facebook_profile(place: FilePlace, stream: ReadableStream) -> FileContents:
    account = profiles.facebook_account(_document(stream), place.label)
    return FileContents(accounts=[account] if account else [])


def _personal_information(place: FilePlace, stream: ReadableStream) -> FileContents:
    accounts = profiles.accounts_of_personal_information(_document(stream), place.label, known_username=place.owner)
    return FileContents(accounts=accounts, hints=_threads_hint(accounts))


def _threads_hint(accounts: list[ExportedAccount]) -> set[LinkHint]:
    return {LinkHint.THREADS_PROFILE} if any(account.service == "threads" for account in accounts) else set()


def _sign_up(_: FilePlace, stream: ReadableStream) -> FileContents:
    return FileContents(sign_up=profiles.sign_up_in(_document(stream)))


def _links(_: FilePlace, stream: ReadableStream) -> FileContents:
    return FileContents(linked=profiles.linked_profiles_in(_document(stream)))


def _records(place: FilePlace, stream: ReadableStream) -> FileContents:
    contents, tally = FileContents(), Tally()
    is_instagram = place.known.rule.service == "instagram"

    def add(record: Record) -> None:
        tally.add(day_of_record(record))
        if is_instagram and not contents.hints and records.has_cross_post(record):
            contents.hints.add(LinkHint.CROSS_POSTS)

    records.read_records(stream, add)
    return _counted(place, tally, contents)


def _counted(place: FilePlace, tally: Tally, contents: FileContents) -> FileContents:
    if place.known.rule.exposure:
        contents.tallies[place.known.rule.exposure] = tally
    return contents


def _album(_: FilePlace, stream: ReadableStream) -> FileContents:
    return FileContents(records.read_album(stream))


def _threads_posts(_: FilePlace, stream: ReadableStream) -> FileContents:
    counter = records.ThreadsPostCounter()
    records.read_records(stream, counter.add)
    return FileContents(counter.tallies())


def _own_pages(place: FilePlace, stream: ReadableStream) -> FileContents:
    contents, tally = FileContents(), Tally()

    def add(record: Record) -> None:
        tally.add(day_of_record(record))
        page = profiles.own_page(profiles.own_page_name(record), place.label)
        if page and len(contents.pages) < _MAX_PAGES:
            contents.pages.append(page)

    records.read_records(stream, add)
    return _counted(place, tally, contents)


def _ai_conversations(_: FilePlace, stream: ReadableStream) -> FileContents:
    return FileContents(ai_talks.read_conversations(stream).tallies())


def _ai_profile(place: FilePlace, stream: ReadableStream) -> FileContents:
    document = _document(stream)
    values = [*labelled_values(document), *(value for rows in row_lists_in(document) for value in rows)]
    account = profiles.account_of_values(values, "meta-ai", place.label)
    return FileContents(accounts=[account] if account else [])


def _ai_media(_: FilePlace, stream: ReadableStream) -> FileContents:
    tally = Tally()

    def add(record: Record) -> None:
        for text in (*record.values(), *(each.value for each in labelled_values(record))):
            if clean_value(text).lower().endswith(AUDIO_SUFFIXES):
                tally.add(day_of_record(record))

    records.read_records(stream, add)
    return FileContents({ExposureKind.AI_VOICE: tally})


def _connected_devices(_: FilePlace, stream: ReadableStream) -> FileContents:
    devices: list[Record] = []
    records.read_records(stream, lambda record: devices.append(record) if not devices else None)
    return FileContents(has_connected_devices=bool(devices))


def _message_thread(_: FilePlace, stream: ReadableStream) -> FileContents:
    counts = ai_talks.read_thread(stream)
    return _thread_contents(counts)


def _thread_contents(counts: ai_talks.TalkCounts | None) -> FileContents:
    if counts is None:
        return FileContents()
    tallies = {ExposureKind.AI_MESSAGES: counts.messages}
    if counts.by_person is not None:
        tallies[ExposureKind.AI_MESSAGES_BY_PERSON] = counts.by_person
    return FileContents(tallies, is_chat_with_meta_ai=True)


_Reader = Callable[[FilePlace, ReadableStream], FileContents]

_JSON_READERS: Mapping[FileKind, _Reader] = {
    FileKind.FACEBOOK_PROFILE: _facebook_profile,
    FileKind.PERSONAL_INFORMATION: _personal_information,
    FileKind.SIGN_UP: _sign_up,
    FileKind.FACEBOOK_LINKS: _links,
    FileKind.INSTAGRAM_LINKS: _links,
    FileKind.RECORDS: _records,
    FileKind.ALBUM: _album,
    FileKind.THREADS_POSTS: _threads_posts,
    FileKind.OWN_PAGES: _own_pages,
    FileKind.AI_CONVERSATIONS: _ai_conversations,
    FileKind.AI_PROFILE: _ai_profile,
    FileKind.AI_MEDIA: _ai_media,
    FileKind.CONNECTED_DEVICES: _connected_devices,
    FileKind.MESSAGE_THREAD: _message_thread,
}


def _page_values(stream: ReadableStream) -> list[LabelledValue]:
    return [value for block in read_page_blocks(stream) for value in block.values]


def _profile_page(service: str) -> _Reader:
    def read(place: FilePlace, stream: ReadableStream) -> FileContents:
        is_threads = service == "instagram" and plain_name(place.parts[-2] if len(place.parts) > 1 else "") == "threads"
        account = profiles.account_of_values(
            _page_values(stream), "threads" if is_threads else service, place.label, known_username=place.owner
        )
        accounts = [account] if account else []
        return FileContents(accounts=accounts, hints=_threads_hint(accounts))

    return read


def _sign_up_page(_: FilePlace, stream: ReadableStream) -> FileContents:
    days = [day for value in _page_values(stream) if (day := parse_page_day(value.value))]
    return FileContents(sign_up=SignUp("", min(days)) if days else None)


def _links_page(_: FilePlace, stream: ReadableStream) -> FileContents:
    profiles_found = (
        profiles.linked_profile_of_values(values)
        for block in read_page_blocks(stream)
        for values in _value_groups(block)
    )
    named = (each for each in profiles_found if each.username or each.name or each.email)
    return FileContents(linked=tuple(dict.fromkeys(named)))


def _value_groups(block: ExportPageBlock) -> Iterator[list[LabelledValue]]:
    """The values of each profile of a block: the next begins where a label comes again."""
    group: list[LabelledValue] = []
    for value in block.values:
        if any(value.label == earlier.label for earlier in group):
            yield group
            group = []
        group.append(value)
    if group:
        yield group


def _counted_page(place: FilePlace, stream: ReadableStream) -> FileContents:
    tally = Tally()
    for block in read_page_blocks(stream):
        tally.add(block.day())
    return _counted(place, tally, FileContents())


def _own_pages_page(place: FilePlace, stream: ReadableStream) -> FileContents:
    contents, tally = FileContents(), Tally()
    for block in read_page_blocks(stream):
        tally.add(block.day())
        page = profiles.own_page(block.heading or next(iter(block.texts), ""), place.label)
        if page and len(contents.pages) < _MAX_PAGES:
            contents.pages.append(page)
    return _counted(place, tally, contents)


def _ai_conversations_page(_: FilePlace, stream: ReadableStream) -> FileContents:
    return FileContents(ai_talks.read_conversation_page(stream).tallies())


def _ai_media_page(_: FilePlace, stream: ReadableStream) -> FileContents:
    tally = Tally()
    for block in read_page_blocks(stream):
        for text in (*block.texts, *(value.value for value in block.values)):
            if text.lower().endswith(AUDIO_SUFFIXES):
                tally.add(block.day())
    return FileContents({ExposureKind.AI_VOICE: tally})


def _connected_devices_page(_: FilePlace, stream: ReadableStream) -> FileContents:
    return FileContents(
        has_connected_devices=bool([block for block in read_page_blocks(stream) if block.values or block.texts])
    )


def _thread_page(_: FilePlace, stream: ReadableStream) -> FileContents:
    counts, by_person, senders = ai_talks.TalkCounts(), Tally(), set[str]()
    for block in read_page_blocks(stream):
        if not block.heading or not (block.time or block.day()):
            continue  # what stands above the messages
        senders.add(block.heading)
        if not ai_talks.may_be_with_meta_ai_alone(senders):
            return FileContents()
        counts.messages.add(block.day())
        if not ai_talks.names_meta_ai(block.heading):
            by_person.add(block.day())
    counts.by_person = by_person
    return _thread_contents(counts if any(map(ai_talks.names_meta_ai, senders)) else None)


_PAGE_READERS: Mapping[FileKind, _Reader] = {
    FileKind.FACEBOOK_PROFILE: _profile_page("facebook"),
    FileKind.PERSONAL_INFORMATION: _profile_page("instagram"),
    FileKind.SIGN_UP: _sign_up_page,
    FileKind.FACEBOOK_LINKS: _links_page,
    FileKind.INSTAGRAM_LINKS: _links_page,
    FileKind.RECORDS: _counted_page,
    FileKind.ALBUM: _counted_page,
    FileKind.THREADS_POSTS: _counted_page,
    FileKind.OWN_PAGES: _own_pages_page,
    FileKind.AI_CONVERSATIONS: _ai_conversations_page,
    FileKind.AI_PROFILE: _profile_page("meta-ai"),
    FileKind.AI_MEDIA: _ai_media_page,
    FileKind.CONNECTED_DEVICES: _connected_devices_page,
    FileKind.MESSAGE_THREAD: _thread_page,
}
