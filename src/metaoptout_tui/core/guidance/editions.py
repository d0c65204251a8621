"""Editions of the guidance: which one is in use, its origin, and what another edition would change.

Nobody here reviews an edition from a feed, so every difference is shown before it is accepted, links first and with
their whole addresses.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.basis import Basis
from metaoptout_tui.core.guidance.playbook import Playbook, Scope
from metaoptout_tui.core.guidance.schema import EditionPart, Text, Told, fields_of, tables_of
from metaoptout_tui.core.language.formatting import format_open_list
from metaoptout_tui.core.language.translation import gettext as _

MAX_EDITION_BYTES = 1 << 20
"""The size an edition may have, fetched or in a file."""


class GuidanceOrigin(NamedTuple):
    """Where guidance is from: part of the program, or a feed on `host`, accepted by the person at `accepted_at`.

    `host` is empty and `accepted_at` None where that is not known any more.
    """

    is_from_feed: bool = False
    host: str = ""
    accepted_at: datetime | None = None

    @property
    def description(self) -> str:
        """The origin in words that follow “guidance” or its date."""
        if not self.is_from_feed:
            return _("of this program")
        if not self.host:
            return _("from a feed, not reviewed by the makers of this program")
        return _("from {host}, not reviewed by the makers of this program").format(host=self.host)


class GuidanceInUse(NamedTuple):
    """The guidance in use and its origin; `notice` is a sentence where an accepted edition could not be used."""

    playbook: Playbook
    origin: GuidanceOrigin = GuidanceOrigin()
    notice: str = ""

    def is_expired(self, today: date) -> bool:
        """Whether the last day for which its makers vouch for it has passed."""
        return bool(self.playbook.expires) and date.fromisoformat(self.playbook.expires) < today

    def needs_warning(self, today: date) -> bool:
        """Whether it is not what its makers vouch for now: it comes from a feed, or is expired."""
        return self.origin.is_from_feed or self.is_expired(today)

    def describe(self, today: date) -> str:
        """One or two sentences: the date of the edition, the feed that it came from, and since when it is expired."""
        published = dates.format_partial_date(self.playbook.published)
        if not self.origin.is_from_feed:
            words = _("Guide of {day}.").format(day=published)
        else:
            # Translators: {origin} is such as “from example.org, not reviewed by the makers of this program”.
            words = _("Guide of {day} {origin}.").format(day=published, origin=self.origin.description)
        if not self.is_expired(today):
            return words
        last_day = dates.format_partial_date(self.playbook.expires)
        return f"{words} {_('It was meant to be used until {day}.').format(day=last_day)}"


class AspectChange(NamedTuple):
    """One changed value of an entry: its label, and the value before and after; empty where absent."""

    label: str
    before: str
    after: str


class EditionChange(NamedTuple):
    """One entry that another edition adds, removes or changes; `aspects` are its values that differ."""

    part: EditionPart
    kind: Literal["added", "removed", "changed"]
    name: str
    aspects: tuple[AspectChange, ...]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


def compare_editions(old: Playbook, new: Playbook) -> tuple[EditionChange, ...]:
    """What `new` would change, by part: entries in the order of `new`, then removed ones, then changed orders.

    Everything is compared but the serial and the date of publishing.
    """
    before, after = dict(_PlaybookDescription(old).entries()), dict(_PlaybookDescription(new).entries())
    changes = [
        _entry_change(before.get(id), after.get(id)) for id in (*after, *(id for id in before if id not in after))
    ]
    every_change = (change for change in (*changes, *_order_changes(old, new)) if change is not None)
    parts = list(EditionPart)
    return tuple(sorted(every_change, key=lambda change: parts.index(change.part)))


class _DescribedEntry(NamedTuple):
    """An entry as text: its name, and its values with their labels."""

    part: EditionPart
    name: str
    texts: list[tuple[str, str]]


def _entry_change(before: _DescribedEntry | None, after: _DescribedEntry | None) -> EditionChange | None:
    entry = after or before
    if entry is None:
        return None
    old_texts, new_texts = dict(before.texts if before else ()), dict(after.texts if after else ())
    aspects = tuple(
        AspectChange(label, old_texts.get(label, ""), new_texts.get(label, ""))
        for label in dict.fromkeys((*new_texts, *old_texts))
        if old_texts.get(label, "") != new_texts.get(label, "")
    )
    if before and after:
        return EditionChange(entry.part, "changed", entry.name, aspects) if aspects else None
    return EditionChange(entry.part, "added" if after else "removed", entry.name, aspects)


def _order_changes(old: Playbook, new: Playbook) -> Iterator[EditionChange]:
    """Rows of both editions whose order differs: the first form is highlighted first, the first path is the surest."""
    for table in tables_of(Playbook):
        if table.has_order:
            old_ids, new_ids = ([row.id for row in getattr(playbook, table.name)] for playbook in (old, new))
            old_order = [id for id in old_ids if id in set(new_ids)]
            new_order = [id for id in new_ids if id in set(old_ids)]
            if old_order != new_order:
                # Translators: the order of entries, as a label.
                order = AspectChange(_("order"), format_open_list(old_order), format_open_list(new_order))
                yield EditionChange(
                    table.table.part, "changed", _("order of {table}").format(table=table.name), (order,)
                )


class _PlaybookDescription:
    """A playbook as described entries. A sentence is part of its entry; those left over are entries too."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._described_sentences: set[str] = set()

    def entries(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        """Table and id of each entry with its description."""
        for name, table, _unused, is_by_id in tables_of(Playbook):
            rows = getattr(self._playbook, name)
            for number, row in enumerate(rows.values() if is_by_id else rows, start=1):
                id = getattr(row, "id", str(number))
                yield (table.name, id), _DescribedEntry(table.part, _(table.title).format(id=id), [*self._aspects(row)])
        yield from self._remaining_sentences()

    def _aspects(self, row: Any) -> Iterator[tuple[str, str]]:
        """Label and value of each aspect of a row, in the order of its fields and their notes."""
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
                        yield _(label), words(value, self._playbook)
                    case Text():
                        for label, id in note.ids_for(row):
                            self._described_sentences.add(id)
                            yield label, self._playbook.texts.sentences.get(id, "")

    def _remaining_sentences(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        """The sentences that belong to no entry, and the values of the edition as a whole."""
        texts = self._playbook.texts
        for id, sentence in texts.sentences.items():
            if id not in self._described_sentences:
                part = EditionPart.STEPS if id.startswith("step.") else EditionPart.WORDS
                # Translators: “says” is a label before the words of a sentence.
                yield ("text", id), _DescribedEntry(part, _("sentence “{id}”").format(id=id), [(_("says"), sentence)])
        for language, sentences in texts.translations.items():
            for id, sentence in sentences.items():
                # Translators: “in de” is the code of the language.
                title = _("sentence “{id}” in {language}").format(id=id, language=language)
                yield (f"text:{language}", id), _DescribedEntry(EditionPart.WORDS, title, [(_("says"), sentence)])
        values = [
            (_("id"), self._playbook.id),
            (_("language"), texts.language),
            (_("good until"), self._playbook.expires),
            (_("days assumed for a letter"), str(self._playbook.assumed_letter_days)),
        ]
        yield ("edition", ""), _DescribedEntry(EditionPart.WORDS, _("the edition as a whole"), values)
