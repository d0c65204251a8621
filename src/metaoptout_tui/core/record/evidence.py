"""Evidence files: which ones the diaries name, what event each belongs to, and the state a check finds."""

from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_fields import HOLDS_LETTER
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force


class EvidenceFile(NamedTuple):
    """A file in the evidence folder as the diary describes it: its name there, SHA-256 in hexadecimal, size in bytes."""

    name: str
    sha256: str
    size: int

    @property
    def summary(self) -> str:
        """Name, size and the beginning of the hash: `mail.eml · 5.1 kB · SHA-256 deadbeef…`."""
        return f"{self.name} · {format_size(self.size)} · SHA-256 {self.sha256[:_HASH_DIGITS_SHOWN]}…"


_HASH_DIGITS_SHOWN = 12
_THOUSAND = 1_000


def format_size(size: int) -> str:
    """A size in bytes as people write it: `812 bytes`, `5.1 kB`, `2.4 MB`."""
    if size < 0:
        return "size not known"
    if size < _THOUSAND:
        return f"{size} byte{'' if size == 1 else 's'}"
    kilo = size / _THOUSAND
    return f"{kilo:.1f} kB" if kilo < _THOUSAND else f"{kilo / _THOUSAND:.1f} MB"


class EvidenceFileState(StrEnum):
    """What a look at a kept file found."""

    OK = "ok"
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"


class EvidenceItem(NamedTuple):
    """A kept file with the account and the entry it belongs to; `of` is None where that entry is not in the diary any more."""

    account: Account
    event: Event
    file: EvidenceFile
    belongs_to: Event | None

    @property
    def is_letter(self) -> bool:
        """Whether it is the text of the letter that the entry says was sent."""
        return self.event.text("holds") == HOLDS_LETTER


def evidence_file_of(event: Event) -> EvidenceFile:
    """The file that an `evidence` entry names."""
    size = event.fields.get("bytes")
    return EvidenceFile(event.text("file"), event.text("sha256"), size if isinstance(size, int) else -1)


def evidence_items_of(record: Record) -> tuple[EvidenceItem, ...]:
    """Every file that the diaries name, by account and in the order the files were added."""
    evidence_items: list[EvidenceItem] = []
    for account in record.accounts:
        by_id = {event.id: event for event in account.events}
        evidence_items.extend(
            EvidenceItem(account, event, evidence_file_of(event), by_id.get(event.text("of")))
            for event in events_in_force(account.events)
            if event.kind == EventKind.EVIDENCE
        )
    return tuple(evidence_items)
