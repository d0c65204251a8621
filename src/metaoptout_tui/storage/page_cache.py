"""The cache of watched pages: an index with the status of each page, and the texts by their digest, as JSON.

Everything in it can be fetched again, so an unreadable cache counts as empty. A text is written before the index
refers to it and deleted after the index no longer does, so a kill in between leaves a page as it was. All strings
came from the web, so they are cleaned again when they are read.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from metaoptout_tui.core import text
from metaoptout_tui.core.dates import YEARS_IN_FILES
from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.guidance.watched_page_status import FAULT_STATES, WatchedPageStatus
from metaoptout_tui.storage.atomic_write import save_table, write_without_sync
from metaoptout_tui.storage.file_access import read_bytes, read_table

MAX_JSON_BYTES = 8 << 20
"""Bytes of the largest text that is kept, with all its characters and addresses escaped."""

INDEX_FILE, TEXTS_FOLDER = "pages.toml", "pages"
MAX_INDEX_BYTES = 1 << 20
MAX_VALUE_LENGTH = 2_000

_SHA256_HEX = r"[0-9a-f]{64}"
_KEYS = {"checked_at": "tried", "succeeded_at": "looked", "text_fetched_at": "kept"} | {
    "read_digest": "read",
    "current_url": "address",
}
"""The keys of the index that have not the name of their field."""


class PageCache:
    """The cached pages in one folder, which need not exist."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self) -> dict[str, WatchedPageStatus]:
        """The status of every page that was checked, by id; empty where the index cannot be read."""
        rows = read_table(self._folder / INDEX_FILE, MAX_INDEX_BYTES)
        return {id: _parse_row(id, row) for id, row in rows.items() if isinstance(row, Mapping)}

    def save(self, status: WatchedPageStatus, new_text: bytes | None = None) -> None:
        """Store the status of one page, and the text that its `digest` names where that is new.

        The index is read again first, so that two windows checking at the same time keep each other's results.
        Raises StorageError.
        """
        if new_text is not None:
            write_without_sync(self._text_path(status.id, status.digest), new_text)
        statuses = {**self.load(), status.id: status}
        save_table(self._folder / INDEX_FILE, {id: _to_row(statuses[id]) for id in sorted(statuses)})
        self._delete_other_texts(status)

    def load_text(self, id: str, digest: str) -> bytes | None:
        """The stored text of a page with this digest, as JSON; None where it is gone."""
        if not re.fullmatch(_SHA256_HEX, digest):
            return None
        try:
            return read_bytes(self._text_path(id, digest), MAX_JSON_BYTES)
        except StorageError:
            return None

    def _text_path(self, id: str, digest: str) -> Path:
        return self._folder / TEXTS_FOLDER / f"{id}.{digest[:16]}.json"

    def _delete_other_texts(self, status: WatchedPageStatus) -> None:
        needed = {self._text_path(status.id, digest) for digest in status.needed_digests}
        with suppress(OSError):
            for path in (self._folder / TEXTS_FOLDER).glob(f"{status.id}.*.json"):
                if path not in needed and path.name.count(".") == status.id.count(".") + 2:
                    path.unlink()


def _to_row(status: WatchedPageStatus) -> dict[str, object]:
    values = {_KEYS.get(name, name): value for name, value in status._asdict().items() if name != "id"}
    return {key: value for key, value in values.items() if value}


def _parse_row(id: str, row: Mapping[str, object]) -> WatchedPageStatus:
    """The status in a row, as far as it is valid; without a valid digest the page counts as having no text."""
    digest, read_digest, fault = _get_text(row, "digest"), _get_text(row, "read"), _get_text(row, "fault")
    if not re.fullmatch(_SHA256_HEX, digest):
        digest = read_digest = ""
    elif not re.fullmatch(_SHA256_HEX, read_digest):
        read_digest = digest
    return WatchedPageStatus(
        id,
        _get_text(row, "url"),
        checked_at=_get_moment(row, "tried"),
        succeeded_at=_get_moment(row, "looked"),
        text_fetched_at=_get_moment(row, "kept") if digest else None,
        digest=digest,
        read_digest=read_digest,
        fault=fault if fault in FAULT_STATES else "",
        why=_get_text(row, "why"),
        current_url=_get_text(row, "address"),
        etag=_get_text(row, "etag", clean=False) if digest else "",
        last_modified=_get_text(row, "last_modified", clean=False) if digest else "",
        not_before=_get_moment(row, "not_before"),
    )


def _get_moment(row: Mapping[str, object], name: str) -> datetime | None:
    value = row.get(name)
    if not isinstance(value, datetime) or value.year not in YEARS_IN_FILES:
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _get_text(row: Mapping[str, object], name: str, *, clean: bool = True) -> str:
    """A string of the index. `clean` is off for HTTP validators, which only go back to their server."""
    value = row.get(name)
    if not isinstance(value, str) or len(value) > MAX_VALUE_LENGTH:
        return ""
    return text.clean_line(value, MAX_VALUE_LENGTH) if clean else value
