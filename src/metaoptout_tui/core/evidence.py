"""What is kept to prove something: which files the diary names, and what became of them."""

from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core.diary import Event, in_force
from metaoptout_tui.core.progress import Account, Progress


class KeptFile(NamedTuple):
    """A file in the evidence folder as the diary describes it: its name there, SHA-256 in hexadecimal, size in bytes."""

    name: str
    sha256: str
    size: int


class Outcome(StrEnum):
    """What a look at a kept file found."""

    OK = "ok"
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"


class Exhibit(NamedTuple):
    """A kept file with the account and the entry it belongs to; `of` is None where that entry is not in the diary any more."""

    account: Account
    entry: Event
    file: KeptFile
    of: Event | None


def exhibits(progress: Progress) -> tuple[Exhibit, ...]:
    """Every file that the diaries name, by account and in the order the files were added."""
    found = []
    for account in progress.accounts:
        by_id = {event.id: event for event in account.events}
        for event in in_force(account.events):
            if event.what == "evidence":
                size = event.fields.get("bytes")
                file = KeptFile(event.text("file"), event.text("sha256"), size if isinstance(size, int) else -1)
                found.append(Exhibit(account, event, file, by_id.get(event.text("of"))))
    return tuple(found)
