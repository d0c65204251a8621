"""Counts the records of one file of a download, in whatever of its shapes they come.

A list, an object with one key under which the list stands, or one record bare, since Meta writes a list of one so.
"""

from collections.abc import Callable, Mapping

from metaoptout_tui.core.meta_export import ExposureKind
from metaoptout_tui.imports.files import ReadableStream
from metaoptout_tui.imports.meta_export.json_stream import CLOSED, ITEM, JsonPath, stream_values
from metaoptout_tui.imports.meta_export.label_words import folded_label
from metaoptout_tui.imports.meta_export.labels import as_list, as_mapping, clean_value
from metaoptout_tui.imports.meta_export.tallies import Tally, day_of_record

Record = Mapping[str, object]
OnRecord = Callable[[Record], None]

_KEYS_OF_A_RECORD = frozenset(
    {
        "timestamp", "creation_timestamp", "timestamp_ms", "title", "data", "attachments", "tags", "media", "uri",
        "string_map_data", "string_list_data", "media_map_data", "media_list_data", "label_values", "fbid", "name",
        "description", "href", "text_app_post", "cross_post_source", "update_type", "backup_uri", "media_metadata",
        "url", "place", "event", "reactions",
    }
)  # fmt: skip
"""Keys of one record that stands bare; any other key of an object is one under which records stand."""


_MAX_SINGLE_RECORDS = 1_000
_KEYS_OF_CONTENT = frozenset(
    {"timestamp", "creation_timestamp", "data", "media", "string_map_data", "label_values", "attachments", "uri"}
)


def read_records(stream: ReadableStream, on_record: OnRecord) -> None:
    """Call `on_record` with each record of a file. Raises FileRefused for what is no JSON."""
    bare: dict[str, object] = {}
    single: dict[str, dict[str, object]] = {}
    for path, value in stream_values(stream, _is_opened):
        if value is CLOSED:
            continue
        match path:
            case (key,) if key != ITEM:
                if key in _KEYS_OF_A_RECORD:
                    bare[key] = value
            case (key, inner_key) if inner_key != ITEM:
                if inner_key in _KEYS_OF_A_RECORD and (key in single or len(single) < _MAX_SINGLE_RECORDS):
                    single.setdefault(key, {})[inner_key] = value
            case _:
                # A list behind the time or content of a bare record is a part of it.
                if isinstance(value, dict) and _KEYS_OF_CONTENT.isdisjoint(bare):
                    on_record(value)
    records = [bare] if not _KEYS_OF_CONTENT.isdisjoint(bare) else list(single.values())
    for record in records:
        on_record(record)


def _is_opened(path: JsonPath) -> bool:
    return not path or (len(path) == 1 and path[0] != ITEM and path[0] not in _KEYS_OF_A_RECORD)


def has_cross_post(record: Record) -> bool:
    """Whether a post of Instagram's says that it came from Facebook."""
    for item in (record, *as_list(record.get("media"))):
        source = as_mapping(as_mapping(item).get("cross_post_source")).get("source_app")
        if clean_value(source).casefold() in {"fb", "facebook"}:
            return True
    return False


class ThreadsPostCounter:
    """Counts posts and replies on Threads; older files do not say which of them are replies."""

    def __init__(self) -> None:
        self._posts, self._replies = Tally(), Tally()
        self._tells_replies = False

    def add(self, record: Record) -> None:
        """Count one record."""
        is_reply = _is_reply(record)
        self._tells_replies = self._tells_replies or is_reply is not None
        (self._replies if is_reply else self._posts).add(day_of_record(record))

    def tallies(self) -> dict[ExposureKind, Tally]:
        """Posts, and replies where the file tells or holds nothing."""
        tallies = {ExposureKind.THREADS_POSTS: self._posts}
        if self._tells_replies or not self._posts.count:
            tallies[ExposureKind.THREADS_REPLIES] = self._replies
        return tallies


def _is_reply(record: Record) -> bool | None:
    for item in (record, *as_list(record.get("media"))):
        is_reply = as_mapping(as_mapping(item).get("text_app_post")).get("is_reply")
        if isinstance(is_reply, bool):
            return is_reply
    return None


_PROFILE_ALBUMS = (
        "profile pictures", "profilbilder", "photos de profil", "fotos de perfil", "fotos del perfil",
        "immagini del profilo", "profielfoto's", "fotos do perfil", "zdjecia profilowe", "poze de profil",
        "profilbilleder", "profiilikuvat", "profilove fotky", "profilkepek", "φωτογραφιες προφιλ", "profil resimleri",
        "фотографии профиля", "фото профілю",
)  # fmt: skip
"""What Facebook calls the album of profile pictures."""


def read_album(stream: ReadableStream) -> dict[ExposureKind, Tally]:
    """Count the photos of one of Facebook's albums. Raises FileRefused for what is no JSON."""
    photos, name = Tally(), ""
    single: dict[str, object] = {}
    for path, value in stream_values(stream, lambda path: path in ((), ("photos",))):
        match path:
            case ("photos", key) if key != ITEM:
                if key in _KEYS_OF_A_RECORD:
                    single[key] = value
            case ("photos", _) if isinstance(value, dict):
                photos.add(day_of_record(value))
            case ("name",):
                name = folded_label(clean_value(value))
            case _:
                pass
    if single:
        photos.add(day_of_record(single))
    tallies = {ExposureKind.PHOTOS: photos}
    if name in map(folded_label, _PROFILE_ALBUMS):
        tallies[ExposureKind.PROFILE_PICTURES] = photos
    return tallies
