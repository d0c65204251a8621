"""What is kept to prove something: which files the diary names, and what became of them."""

from enum import StrEnum
from typing import Final, NamedTuple

from metaoptout_tui.core.diary import Event, in_force
from metaoptout_tui.core.progress import Account, Progress

LETTER: Final = "letter"
"""What `holds` of an `evidence` entry says where the file is the text of the letter that was sent."""


class KeptFile(NamedTuple):
    """A file in the evidence folder as the diary describes it: its name there, SHA-256 in hexadecimal, size in bytes."""

    name: str
    sha256: str
    size: int

    @property
    def words(self) -> str:
        """Name, size and the beginning of the hash: `mail.eml · 5.1 kB · SHA-256 deadbeef…`."""
        return f"{self.name} · {size_words(self.size)} · SHA-256 {self.sha256[:_HASH_SHOWN]}…"


_HASH_SHOWN = 12
_THOUSAND = 1_000


def size_words(size: int) -> str:
    """A size in bytes as people write it: `812 bytes`, `5.1 kB`, `2.4 MB`."""
    if size < 0:
        return "size not known"
    if size < _THOUSAND:
        return f"{size} byte{'' if size == 1 else 's'}"
    kilo = size / _THOUSAND
    return f"{kilo:.1f} kB" if kilo < _THOUSAND else f"{kilo / _THOUSAND:.1f} MB"


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

    @property
    def is_letter(self) -> bool:
        """Whether it is the text of the letter that the entry says was sent."""
        return self.entry.text("holds") == LETTER


def file_of(event: Event) -> KeptFile:
    """The file that an `evidence` entry names."""
    size = event.fields.get("bytes")
    return KeptFile(event.text("file"), event.text("sha256"), size if isinstance(size, int) else -1)


def exhibits(progress: Progress) -> tuple[Exhibit, ...]:
    """Every file that the diaries name, by account and in the order the files were added."""
    found: list[Exhibit] = []
    for account in progress.accounts:
        by_id = {event.id: event for event in account.events}
        found.extend(
            Exhibit(account, event, file_of(event), by_id.get(event.text("of")))
            for event in in_force(account.events)
            if event.what == "evidence"
        )
    return tuple(found)
