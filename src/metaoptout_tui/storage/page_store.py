"""What was fetched of the watched pages, in the cache folder: one index, and the texts by their digest.

All of it can be fetched again, so nothing here ever stops the program: what cannot be read counts as not fetched. A text
is written before the index that names it, and taken away after the index no longer does, so a kill between the two
leaves a page as it was.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.toml import read_toml
from metaoptout_tui.core.watch import FAULTS, PageRecord
from metaoptout_tui.storage.durable import write_small
from metaoptout_tui.storage.reading import read_bytes

INDEX, TEXTS = "pages.toml", "pages"
MOST_IN_INDEX, MOST_IN_TEXT = 1 << 20, 4 << 20
"""Bytes that are read of the index and of one text."""
LONGEST_VALUE = 2_000
EARLIEST, LATEST = 1970, 9000
"""Years within which a moment is taken, so that reckoning with it cannot overflow."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_TIMES = ("tried", "looked", "kept", "not_before")
_WORDS = ("url", "digest", "read", "fault", "why", "address", "etag", "last_modified")


class PageStore:
    """The pages in one cache folder, which need not exist."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self) -> dict[str, PageRecord]:
        """The record of every page that was looked at, by id; empty where there is no index that can be read."""
        try:
            document = read_toml(read_bytes(self._folder / INDEX, MOST_IN_INDEX) or b"", INDEX)
        except StorageError:
            return {}
        return {id: _record(id, row) for id, row in document.items() if isinstance(row, Mapping)}

    def put(self, record: PageRecord, written: bytes | None = None) -> None:
        """Keep what is known of one page, and the text of its `digest` where it is new.

        The other rows are read again first, so that two windows that look at the same time both keep what they found.
        Raises StorageError.
        """
        import tomli_w

        if written is not None:
            write_small(self._text(record.id, record.digest), written)
        records = {**self.load(), record.id: record}
        table = {id: _row(records[id]) for id in sorted(records)}
        write_small(self._folder / INDEX, tomli_w.dumps(table).encode())
        self._forget_others(record)

    def text(self, id: str, digest: str) -> bytes | None:
        """A text of a page as it was put; None where it is gone."""
        if not _DIGEST.fullmatch(digest):
            return None
        try:
            return read_bytes(self._text(id, digest), MOST_IN_TEXT)
        except StorageError:
            return None

    def _text(self, id: str, digest: str) -> Path:
        return self._folder / TEXTS / f"{id}.{digest[:16]}.json"

    def _forget_others(self, record: PageRecord) -> None:
        needed = {self._text(record.id, digest) for digest in record.digests}
        with suppress(OSError):
            for each in (self._folder / TEXTS).glob(f"{record.id}.*.json"):
                if each not in needed and each.name.count(".") == record.id.count(".") + 2:
                    each.unlink()


def _row(record: PageRecord) -> dict[str, object]:
    values = {name: getattr(record, name) for name in (*_TIMES, *_WORDS)}
    return {name: value for name, value in values.items() if value}


def _record(id: str, row: Mapping[str, object]) -> PageRecord:
    """A row as far as it can be understood; a text whose digest is none is not there."""
    digest, read, fault = _words(row, "digest"), _words(row, "read"), _words(row, "fault")
    if not _DIGEST.fullmatch(digest):
        digest = read = ""
    elif not _DIGEST.fullmatch(read):
        read = digest
    return PageRecord(
        id,
        _words(row, "url"),
        tried=_moment(row, "tried"),
        looked=_moment(row, "looked"),
        kept=_moment(row, "kept") if digest else None,
        digest=digest,
        read=read,
        fault=fault if fault in FAULTS else "",
        why=_words(row, "why"),
        address=_words(row, "address"),
        etag=_words(row, "etag", clean=False) if digest else "",
        last_modified=_words(row, "last_modified", clean=False) if digest else "",
        not_before=_moment(row, "not_before"),
    )


def _moment(row: Mapping[str, object], name: str) -> datetime | None:
    value = row.get(name)
    if not isinstance(value, datetime) or not EARLIEST <= value.year <= LATEST:
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _words(row: Mapping[str, object], name: str, *, clean: bool = True) -> str:
    """A text of the index; a validator stays as it came, since it is only ever sent back to its server."""
    value = row.get(name)
    if not isinstance(value, str) or len(value) > LONGEST_VALUE:
        return ""
    return text.line(value, LONGEST_VALUE) if clean else value
