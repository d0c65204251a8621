"""Versions and a conflict copy of a record, as they lie beside it after some days of use."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from metaoptout_tui.core.record.accounts import Person, Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.storage.progress_file import dump_record
from samples import NOW, account, at, record

NOTE = Event("01HF0000000000000000000001", at(9), "noted", {"step": "open", "text": "Written in Utrecht."})
ELSEWHERE = Event("01HF0000000000000000000002", at(8), "noted", {"step": "open", "text": "Written elsewhere."})
EARLIER = record(account("facebook", NOTE), account("threads-old"))
CONFLICT_COPY = replace(record(account("facebook", ELSEWHERE)), person=Person("BE", "en", "anna@example.org"))


def write_versions(path: Path) -> None:
    """Two versions of EARLIER, the older with a later account missing, and a copy that a sync program left."""
    backups = path.with_name("backups")
    backups.mkdir(parents=True, mode=0o700, exist_ok=True)
    for name, data in _versions():
        (backups / name).write_bytes(data)
    copy = path.with_name("progress (1).toml")
    copy.write_bytes(_conflict_copy())
    os.utime(copy, (NOW.timestamp() - 86_400, NOW.timestamp() - 86_400))


def write_copies_of_one_day(path: Path, count: int) -> None:
    """So many different versions of one day, an hour apart, the last at 12:00 in Amsterdam."""
    folder = path.with_name("backups")
    folder.mkdir(exist_ok=True)
    for number in range(count):
        version = replace(EARLIER, person=Person("NL", "en", f"anna{number}@example.org"))
        name, data = _version(datetime(2026, 11, 18, 12 - count + number, tzinfo=UTC), version)
        (folder / name).write_bytes(data)


def write_copies_of_one_minute(path: Path) -> None:
    """Two versions of one minute, 11:00 in Amsterdam, a quarter of a minute apart."""
    folder = path.with_name("backups")
    folder.mkdir(exist_ok=True)
    for second in (5, 20):
        version = replace(EARLIER, person=Person("NL", "en", f"anna{second}@example.org"))
        name, data = _version(datetime(2026, 11, 18, 10, 0, second, tzinfo=UTC), version)
        (folder / name).write_bytes(data)


@cache
def _versions() -> tuple[tuple[str, bytes], ...]:
    """The versions with their names, made once, since making them takes a tenth of the time of opening the app."""
    return (
        _version(datetime(2026, 11, 20, 8, 15, tzinfo=UTC), EARLIER),
        _version(datetime(2026, 11, 14, 17, 30, tzinfo=UTC), EARLIER.without_account("threads-old")),
    )


@cache
def _conflict_copy() -> bytes:
    return dump_record(CONFLICT_COPY)


def _version(written: datetime, version: Record) -> tuple[str, bytes]:
    data = dump_record(version)
    return f"progress.{written:%Y-%m-%dT%H%M%S}.000Z-{sha256(data).hexdigest()[:8]}.toml", data
