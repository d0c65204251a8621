"""What was fetched is kept in the cache, found again, and never in the way."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.guidance.watched_page_status import WatchedPageStatus
from metaoptout_tui.storage.page_cache import INDEX_FILE, MAX_JSON_BYTES, PageCache

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ONE, TWO, THREE = ("1" * 64, "2" * 64, "3" * 64)


def record(digest: str, read: str = "", **more: Any) -> WatchedPageStatus:
    return WatchedPageStatus(
        "dpc", checked_at=NOW, succeeded_at=NOW, text_fetched_at=NOW, digest=digest, read_digest=read or digest
    )._replace(**more)


def test_what_is_put_is_found_again(tmp_path: Path) -> None:
    kept = record(
        TWO,
        ONE,
        fault="failed",
        why="no answer",
        current_url="https://new.example/",
        etag='W/"é\\"',
        last_modified="Wed, 25 Nov 2026 12:00:00 GMT",
        not_before=NOW,
    )
    PageCache(tmp_path).save(record(ONE), b"one")
    PageCache(tmp_path).save(kept, b"two")
    assert PageCache(tmp_path).load() == {"dpc": kept}
    assert PageCache(tmp_path).load_text("dpc", ONE) == b"one", "what the person read is needed to compare with"
    assert PageCache(tmp_path).load_text("dpc", TWO) == b"two"


def test_the_largest_text_that_is_kept_is_found_again(tmp_path: Path) -> None:
    largest = b"x" * MAX_JSON_BYTES
    PageCache(tmp_path).save(record(ONE), largest)
    assert PageCache(tmp_path).load_text("dpc", ONE) == largest


def test_a_text_that_nobody_needs_any_more_goes(tmp_path: Path) -> None:
    store = PageCache(tmp_path)
    store.save(record(ONE), b"one")
    store.save(record(TWO, ONE), b"two")
    store.save(record(THREE, ONE), b"three")
    assert store.load_text("dpc", TWO) is None
    store.save(record(THREE))
    assert store.load_text("dpc", ONE) is None
    assert store.load_text("dpc", THREE) == b"three"


def test_a_page_with_a_longer_name_keeps_its_texts(tmp_path: Path) -> None:
    store = PageCache(tmp_path)
    store.save(record(ONE)._replace(id="dpc.old"), b"one")
    store.save(record(TWO), b"two")
    assert store.load_text("dpc.old", ONE) == b"one"


def test_two_windows_both_keep_what_they_found(tmp_path: Path) -> None:
    one, other = PageCache(tmp_path), PageCache(tmp_path)
    one.load()
    other.load()
    one.save(record(ONE), b"one")
    other.save(record(TWO)._replace(id="vz"), b"two")
    assert set(PageCache(tmp_path).load()) == {"dpc", "vz"}


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"\xff\xfe",
        b"[[[[",
        b"dpc = 1",
        b"[dpc]\ndigest = 5\ntried = 'never'\nread = [1]",
        b"[dpc]\ndigest = '../../etc/passwd'\nread = 'x'\nfault = 'charmed'\nwhy = '\\u001b[2J'",
        b"[dpc]\ntried = 9999-12-31T23:59:59-23:59\nkept = 12:00:00",
        b"a = " + b"[" * 50_000,
    ],
)
def test_an_index_that_is_not_understood_counts_as_not_fetched(tmp_path: Path, written: bytes) -> None:
    (tmp_path / INDEX_FILE).write_bytes(written)
    store = PageCache(tmp_path)
    for page in store.load().values():
        assert (page.digest, page.read_digest, page.fault) == ("", "", "")
        assert "\x1b" not in page.why
        assert page.checked_at is None
    store.save(record(ONE), b"one")
    assert store.load()["dpc"] == record(ONE)


def test_a_digest_that_is_none_leads_to_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    assert PageCache(tmp_path / "cache").load_text("../../secret", "x") is None
    assert PageCache(tmp_path).load_text("dpc", "..") is None


def test_nobody_else_on_the_computer_can_read_it(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        PageCache(tmp_path / "cache").save(record(ONE), b"one")
    finally:
        os.umask(umask)
    for path in (tmp_path / "cache").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file is in the way")
    with pytest.raises(StorageError):
        PageCache(tmp_path / "cache").save(record(ONE), b"one")
