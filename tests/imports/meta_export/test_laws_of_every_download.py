"""Laws of every download: whatever its year, language, form and packing, what is in it is found and nothing else."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from generated_downloads import Download, downloads, people
from meta_exports import (
    LANGUAGES,
    Person,
    block,
    page,
    rows,
    write_folder,
    write_zip,
)
from metaoptout_tui.core.meta_export import ExposureKind, MetaExport
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.imports.meta_export.json_stream import CLOSED, JsonPath, stream_values
from metaoptout_tui.imports.meta_export.label_words import cure_mojibake
from metaoptout_tui.imports.meta_export.read import read_exports

ANY_PLACE = settings(deadline=None)


def check(export: MetaExport, download: Download) -> None:
    (account,) = export.accounts
    person = download.person
    assert (account.service, account.username, account.emails) == (download.service, person.username, (person.email,))
    assert account.name == clean_line(person.name)
    assert account.is_private is (person.is_private if download.service == "instagram" else None)
    assert download.service in export.services
    told = {kind: count.total for kind, count in export.counts.items() if count.total is not None}
    derived = {ExposureKind.AI_VOICE, ExposureKind.AI_MESSAGES_BY_PERSON}
    assert {kind: total for kind, total in told.items() if kind not in derived} == download.counts
    assert not set(told) & set(export.absent)
    for count in export.counts.values():
        assert sum(number for _, number in count.by_month) <= (count.total or 0)
    assert export.linked.is_listed is (download.is_linked is not None)
    assert [profile.email for profile in export.linked.profiles] == ([person.email] if download.is_linked else [])


@ANY_PLACE
@given(download=downloads(), is_folder=st.booleans(), data=st.data())
def test_accounts_links_and_counts_are_right_and_nothing_is_invented(
    *, download: Download, is_folder: bool, data: st.DataObject
) -> None:
    with TemporaryDirectory() as place:
        name = f"{download.service}-{download.person.username}-2026-06-19"
        files = list(download.files.items())
        cut = data.draw(st.integers(0, len(files)))
        paths = []
        for number, part in enumerate((dict(files[:cut]), dict(files[cut:]))):
            if part:
                path = Path(place) / (f"{name}-{number}" if is_folder else f"{name}-{number}.zip")
                paths.append(write_folder(path, part) if is_folder else write_zip(path, part))
        found = read_exports(data.draw(st.permutations(paths)))
        assert not found.unreadable
        (export,) = found.exports
        check(export, download)


@ANY_PLACE
@given(person=people(), language=st.sampled_from(sorted(LANGUAGES)), is_nested=st.booleans(), posts=st.integers(0, 5))
def test_pages_tell_the_same_in_every_language(*, person: Person, language: str, is_nested: bool, posts: int) -> None:
    labels = LANGUAGES[language]
    values = {
        labels.username: person.username,
        labels.name: person.name,
        labels.email: person.email,
        labels.private: str(person.is_private),
    }
    files = {
        "personal_information/personal_information/personal_information.html": page(rows(values, is_nested=is_nested)),
        "your_instagram_activity/media/posts_1.html": page(*[block("x", "y", "2021-05-04 07:20")] * posts),
    }
    with TemporaryDirectory() as place:
        (export,) = read_exports([write_folder(Path(place) / "x", files)]).exports
    (account,) = export.accounts
    assert (account.username, account.name, account.emails) == (
        person.username,
        clean_line(person.name),
        (person.email,),
    )
    assert account.is_private is person.is_private
    assert export.counts[ExposureKind.POSTS].total == posts


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


class SlowStream:
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, step: int) -> None:
        self._data, self._step = data, step

    def readinto(self, buffer: memoryview, /) -> int:
        part = self._data[: min(self._step, len(buffer))]
        self._data = self._data[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def assembled(parts: list[tuple[JsonPath, object]], document: object) -> object:
    """The document from its parts, all of which were opened: each list as its items, each object as its values."""
    values = iter([value for _, value in parts if value is not CLOSED])

    def build(shape: object) -> object:
        if isinstance(shape, dict):
            return {key: build(value) for key, value in shape.items()}
        if isinstance(shape, list):
            return [build(value) for value in shape]
        return next(values)

    built = build(document)
    assert next(values, None) is None
    return built


@given(
    st.lists(JSON_VALUES, max_size=5) | st.dictionaries(st.text(max_size=8), JSON_VALUES, max_size=5),
    st.integers(1, 50),
    st.sampled_from([None, 1]),
)
def test_a_stream_of_values_is_the_document_however_it_comes(document: object, step: int, indent: int | None) -> None:
    data = json.dumps(document, indent=indent).encode()
    ((path, value),) = stream_values(SlowStream(data, step), lambda _: False)
    assert (path, value) == ((), document)
    assert assembled(list(stream_values(SlowStream(data, step), lambda _: True)), document) == document


@given(st.text())
def test_what_meta_escapes_is_cured_and_curing_leaves_right_text(value: str) -> None:
    escaped = value.encode("utf-8", "replace").decode("latin-1")
    assert cure_mojibake(escaped) == value.encode("utf-8", "replace").decode("utf-8")
    if any(character > "\u00ff" for character in value):
        assert cure_mojibake(value) == value


@given(moment=st.integers(1_100_000_000, 4_000_000_000), is_milliseconds=st.booleans())
def test_a_time_is_the_same_day_in_seconds_and_milliseconds(*, moment: int, is_milliseconds: bool) -> None:
    from metaoptout_tui.imports.meta_export.tallies import day_of

    assert day_of(moment * 1000 if is_milliseconds else moment) == datetime.fromtimestamp(moment, UTC).date()
