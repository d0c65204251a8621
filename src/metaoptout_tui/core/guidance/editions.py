"""Editions of the guidance: which one is in use, where it is from, and what another edition would change.

An edition from a feed is only its author's word, so every difference is shown before it is accepted, links first and
with their whole addresses.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Basis, Playbook, Scope
from metaoptout_tui.core.guidance.schema import EditionPart, Text, Told, fields_of, tables_of

MAX_EDITION_BYTES = 256 << 10
"""The size an edition may have, on its way here and on the disk."""


class GuidanceOrigin(NamedTuple):
    """Where guidance is from: with the program (`is_feed` false), or accepted by the person at `accepted` from `host`.

    `host` is empty and `accepted` None where that is not known any more.
    """

    is_from_feed: bool = False
    host: str = ""
    accepted_at: datetime | None = None

    @property
    def description(self) -> str:
        """What a person is told of it wherever guidance is named, to follow “guidance” or its date."""
        if not self.is_from_feed:
            return "of this program"
        return f"from {self.host or 'a feed'}, not reviewed by the makers of this program"


class GuidanceInUse(NamedTuple):
    """The guidance in use and where it is from; `notice` is a sentence where an accepted edition could not be taken."""

    playbook: Playbook
    origin: GuidanceOrigin = GuidanceOrigin()
    notice: str = ""

    def is_expired(self, today: date) -> bool:
        """Whether its makers do not stand by it any more, so that it is to be shown as old."""
        return bool(self.playbook.expires) and date.fromisoformat(self.playbook.expires) < today

    def describe(self, today: date) -> str:
        """One or two sentences: its date, whose it is if not ours, and that it is old if it is."""
        whose = f" {self.origin.description}" if self.origin.is_from_feed else ""
        old = (
            f" It was meant to be used until {dates.format_partial_date(self.playbook.expires)}."
            if self.is_expired(today)
            else ""
        )
        return f"Guide of {dates.format_partial_date(self.playbook.published)}{whose}.{old}"


class AspectChange(NamedTuple):
    """One thing that is said of an entry: `label` names it, `before` and `after` are how it reads; empty where absent."""

    label: str
    before: str
    after: str


class EditionChange(NamedTuple):
    """One entry that another edition adds, removes or changes; `aspects` are those that differ, all of a new or gone one."""

    part: EditionPart
    kind: Literal["added", "removed", "changed"]
    name: str
    aspects: tuple[AspectChange, ...]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


def compare_editions(old: Playbook, new: Playbook) -> tuple[EditionChange, ...]:
    """What `new` would change, by part; within it in the order of the new edition, then what is gone, then orders.

    Whatever differs is told, but for serial and date of publishing: an edition that changes nothing else has no
    differences.
    """
    before, after = dict(_PlaybookDescription(old).entries()), dict(_PlaybookDescription(new).entries())
    changes = [
        _entry_change(before.get(id), after.get(id)) for id in (*after, *(id for id in before if id not in after))
    ]
    told = [change for change in (*changes, *_order_changes(old, new)) if change is not None]
    parts = list(EditionPart)
    return tuple(sorted(told, key=lambda change: parts.index(change.part)))


class _DescribedEntry(NamedTuple):
    """What is said of an entry: labels, each with its words."""

    part: EditionPart
    name: str
    texts: list[tuple[str, str]]


def _entry_change(before: _DescribedEntry | None, after: _DescribedEntry | None) -> EditionChange | None:
    entry = after or before
    if entry is None:
        return None
    was, now = dict(before.texts if before else ()), dict(after.texts if after else ())
    aspects = tuple(
        AspectChange(label, was.get(label, ""), now.get(label, ""))
        for label in dict.fromkeys((*now, *was))
        if was.get(label, "") != now.get(label, "")
    )
    if before and after:
        return EditionChange(entry.part, "changed", entry.name, aspects) if aspects else None
    return EditionChange(entry.part, "added" if after else "removed", entry.name, aspects)


def _order_changes(old: Playbook, new: Playbook) -> Iterator[EditionChange]:
    """What both have and the new one has in another order: the first form is the likeliest, the first path the surest."""
    for table in tables_of(Playbook):
        if table.has_order:
            was, now = ([each.id for each in getattr(book, table.name)] for book in (old, new))
            was, now = [id for id in was if id in set(now)], [id for id in now if id in set(was)]
            if was != now:
                order = AspectChange("order", ", ".join(was), ", ".join(now))
                yield EditionChange(table.table.part, "changed", f"order of {table.name}", (order,))


class _PlaybookDescription:
    """One playbook, entry by entry. Each sentence is told with the entry it belongs to, and those left over by themselves."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._described_sentences: set[str] = set()

    def entries(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        """Table and id of each entry with what is said of it."""
        for name, table, _, is_by_id in tables_of(Playbook):
            rows = getattr(self._playbook, name)
            for number, row in enumerate(rows.values() if is_by_id else rows, start=1):
                id = getattr(row, "id", str(number))
                yield (table.name, id), _DescribedEntry(table.part, table.title.format(id), [*self._aspects(row)])
        yield from self._remaining_sentences()

    def _aspects(self, row: Any) -> Iterator[tuple[str, str]]:
        """What is said of a row, in the order of its fields and their notes."""
        for field in fields_of(row.__class__):
            value = getattr(row, field.name)
            match value:
                case Mapping():
                    yield from value.items()
                case Basis() if not hasattr(row, "scope"):
                    yield from (*self._aspects(Scope()), *self._aspects(value))
                case Basis() | Scope():
                    yield from self._aspects(value)
            for note in field.notes:
                match note:
                    case Told(label, words):
                        yield label, words(value, self._playbook)
                    case Text():
                        for label, id in note.ids_for(row):
                            self._described_sentences.add(id)
                            yield label, self._playbook.texts.sentences.get(id, "")

    def _remaining_sentences(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        """The sentences that belong to no entry, and what the edition says of itself."""
        texts = self._playbook.texts
        for id, sentence in texts.sentences.items():
            if id not in self._described_sentences:
                part = EditionPart.STEPS if id.startswith("step.") else EditionPart.WORDS
                yield ("text", id), _DescribedEntry(part, f"sentence “{id}”", [("says", sentence)])
        says = [("id", self._playbook.id), ("language", texts.language), ("good until", self._playbook.expires)]
        yield ("edition", ""), _DescribedEntry(EditionPart.WORDS, "the edition as a whole", says)
