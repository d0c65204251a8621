"""Editions of the guidance: which one is in use, where it is from, and what another edition would change.

An edition from a feed is only its author's word, so every difference is shown before it is accepted, links first and
with their whole addresses.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import Basis, Playbook, Scope

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


class EditionPart(StrEnum):
    """What a change is about, in the order in which changes are told."""

    LINKS = "links"
    STEPS = "steps"
    STATEMENTS = "statements"
    PATHS = "menu paths"
    TROUBLES = "what goes wrong"
    REVIEW = "questions of a review"
    FORM = "what the form asks, and reasons"
    PAGES = "watched pages"
    REGIONS = "regions and platforms"
    WORDS = "other words"


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


LabelledTexts = list[tuple[str, str]]
"""What is said of an entry: labels, each with its words."""


class _DescribedEntry(NamedTuple):
    part: EditionPart
    name: str
    texts: LabelledTexts


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


_ORDERED_LISTS = (
    ("forms", EditionPart.LINKS),
    ("statements", EditionPart.STATEMENTS),
    ("terms", EditionPart.STATEMENTS),
    ("paths", EditionPart.PATHS),
    ("troubles", EditionPart.TROUBLES),
    ("points", EditionPart.REVIEW),
    ("fields", EditionPart.FORM),
    ("prompts", EditionPart.FORM),
    ("pages", EditionPart.PAGES),
    ("regions", EditionPart.REGIONS),
    ("platforms", EditionPart.REGIONS),
)


def _order_changes(old: Playbook, new: Playbook) -> Iterator[EditionChange]:
    """What both have and the new one has in another order: the first form is the likeliest, the first path the surest."""
    for kind, part in _ORDERED_LISTS:
        was, now = ([each.id for each in getattr(book, kind)] for book in (old, new))
        was, now = [id for id in was if id in set(now)], [id for id in now if id in set(was)]
        if was != now:
            order = AspectChange("order", ", ".join(was), ", ".join(now))
            yield EditionChange(part, "changed", f"order of {kind}", (order,))


class _PlaybookDescription:
    """One playbook, entry by entry. Each sentence is told with the entry it belongs to, and those left over by themselves."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._described_sentences: set[str] = set()

    def entries(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        """Kind and id of each entry with what is said of it."""
        yield from self._forms_and_sources()
        yield from self._step_sequences()
        for each in self._playbook.statements:
            says = [
                self._labelled_sentence("says", each.id),
                ("as", each.role),
                *self._scope_and_basis(each.scope, each.basis),
            ]
            yield ("statement", each.id), _DescribedEntry(EditionPart.STATEMENTS, f"statement “{each.id}”", says)
        yield from self._terms()
        yield from self._paths_and_labels()
        for trouble in self._playbook.troubles:
            says = [self._labelled_sentence(part, f"{trouble.id}.{part}") for part in ("symptom", "helped")]
            says += self._scope_and_basis(trouble.scope, trouble.basis)
            yield ("trouble", trouble.id), _DescribedEntry(EditionPart.TROUBLES, f"trouble “{trouble.id}”", says)
        yield from self._points_fields_and_prompts()
        yield from self._pages()
        yield from self._regions()
        yield from self._remaining_sentences()

    def _forms_and_sources(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        for form in self._playbook.forms:
            says = [("address", form.url), self._labelled_sentence("says", f"form.{form.id}")]
            yield (
                ("form", form.id),
                _DescribedEntry(
                    EditionPart.LINKS, f"form “{form.id}”", [*says, *self._scope_and_basis(form.scope, form.basis)]
                ),
            )
        for source in self._playbook.sources.values():
            says = [("address", source.url), ("publisher", source.publisher), ("language", source.language)]
            says += [("quality", source.quality), ("date", source.date)]
            yield ("source", source.id), _DescribedEntry(EditionPart.LINKS, f"source {source.id}", says)

    def _step_sequences(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        for number, walk in enumerate(self._playbook.step_sequences, start=1):
            says = [("steps", ", ".join(walk.steps)), *_scope_texts(walk.scope)]
            yield ("walk", str(number)), _DescribedEntry(EditionPart.STEPS, f"walk {number}", says)

    def _terms(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        for each in self._playbook.terms:
            says = [
                ("in effect since", each.effective_on.isoformat()),
                self._labelled_sentence("says", f"terms.{each.id}"),
            ]
            says += self._scope_and_basis(each.scope, each.basis)
            yield ("terms", each.id), _DescribedEntry(EditionPart.STATEMENTS, f"terms “{each.id}”", says)

    def _paths_and_labels(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        for path in self._playbook.paths:
            says = [
                ("way", " > ".join(label.word("en") for label in path.labels)),
                self._labelled_sentence("says", f"path.{path.id}"),
            ]
            says += [("words", ", ".join(label.id for label in path.labels))]
            yield (
                ("path", path.id),
                _DescribedEntry(
                    EditionPart.PATHS, f"menu path “{path.id}”", says + self._scope_and_basis(path.scope, path.basis)
                ),
            )
        for label in self._playbook.labels.values():
            yield (
                ("label", label.id),
                _DescribedEntry(EditionPart.PATHS, f"Meta's word “{label.id}”", list(label.words.items())),
            )

    def _points_fields_and_prompts(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        for point in self._playbook.points:
            says = [self._labelled_sentence(part, f"{point.id}.{part}") for part in ("question", "how")]
            says += [("answers", ", ".join(point.answers)), *self._scope_and_basis(point.scope, point.basis)]
            yield ("point", point.id), _DescribedEntry(EditionPart.REVIEW, f"question “{point.id}”", says)
        for field in self._playbook.fields:
            says = [self._labelled_sentence(part, f"{field.id}.{part}") for part in ("label", "help")]
            says += [("filled with", field.fills), ("always asked", _yes_or_no(field.is_always_asked))]
            says += self._scope_and_basis(field.scope, field.basis)
            yield ("field", field.id), _DescribedEntry(EditionPart.FORM, f"field “{field.id}”", says)
        for prompt in self._playbook.prompts:
            says = [self._labelled_sentence("asks", f"prompt.{prompt.id}"), ("about", prompt.group)]
            says += [("options", ", ".join(prompt.options)), *self._scope_and_basis(Scope(), prompt.basis)]
            says += [self._labelled_sentence(f"option “{option}”", f"option.{option}") for option in prompt.options]
            yield (
                ("prompt", prompt.id),
                _DescribedEntry(EditionPart.FORM, f"question “{prompt.id}” of the reason", says),
            )

    def _pages(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        for page in self._playbook.pages:
            says = [
                ("address", page.url),
                self._labelled_sentence("why", f"page.{page.id}"),
                ("publisher", page.publisher),
            ]
            says += [("language", page.language), ("kind", page.kind), ("expected word", page.expect_text)]
            says += [("is source", ", ".join(page.sources))]
            yield ("page", page.id), _DescribedEntry(EditionPart.PAGES, f"page “{page.id}”", says)

    def _regions(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        for region in self._playbook.regions:
            says = [
                ("right to object", region.right_to_object),
                ("law", region.law),
                ("countries", ", ".join(region.countries)),
            ]
            yield ("region", region.id), _DescribedEntry(EditionPart.REGIONS, f"region “{region.id}”", says)
        for each in self._playbook.platforms:
            says = [("name", each.name), ("hosts", ", ".join(each.hosts)), ("account named by", each.account_named_by)]
            says += [
                ("can be in a hub", _yes_or_no(each.can_be_linked)),
                self._labelled_sentence("hint", f"platform.{each.id}.hint"),
            ]
            yield ("platform", each.id), _DescribedEntry(EditionPart.REGIONS, f"platform “{each.id}”", says)

    def _remaining_sentences(self) -> Iterator[tuple[tuple[str, str], _DescribedEntry]]:
        """The sentences that belong to no entry, and what the edition says of itself."""
        texts = self._playbook.texts
        for id, sentence in texts.sentences.items():
            if id not in self._described_sentences:
                part = EditionPart.STEPS if id.startswith("step.") else EditionPart.WORDS
                yield ("text", id), _DescribedEntry(part, f"sentence “{id}”", [("says", sentence)])
        says = [("id", self._playbook.id), ("language", texts.language), ("good until", self._playbook.expires)]
        yield ("edition", ""), _DescribedEntry(EditionPart.WORDS, "the edition as a whole", says)

    def _labelled_sentence(self, label: str, id: str) -> tuple[str, str]:
        self._described_sentences.add(id)
        return label, self._playbook.texts.sentences.get(id, "")

    def _scope_and_basis(self, scope: Scope, basis: Basis) -> LabelledTexts:
        sources = self._playbook.sources
        rests_on = ", ".join(f"{sources[id].publisher} ({id})" if id in sources else id for id in basis.sources)
        return [*_scope_texts(scope), ("rests on", rests_on), ("how sure", basis.sureness), ("as of", basis.checked_on)]


def _scope_texts(scope: Scope) -> LabelledTexts:
    return [
        ("at", ", ".join(scope.steps)),
        ("on", ", ".join(scope.platforms) or "every platform"),
        ("in", ", ".join(scope.regions) or "every region"),
    ]


def _yes_or_no(value: bool) -> str:  # noqa: FBT001 - it is the value that is put into a word
    return "yes" if value else "no"
