"""Where the guidance in use is from, and what another edition of it would change, in words that a person can judge.

An edition from a feed is nobody's word but its author's, so whatever it would change is told before it is used: links
first, with their whole addresses (reliability W7).
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal, NamedTuple

from metaoptout_tui.core.playbook import Basis, Playbook, Scope


class Part(StrEnum):
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


class Aspect(NamedTuple):
    """One thing that is said of an entry: `label` names it, `before` and `after` are how it reads; empty where absent."""

    label: str
    before: str
    after: str


class EditionChange(NamedTuple):
    """One entry that another edition adds, removes or changes; `aspects` are those that differ, all of a new or gone one."""

    part: Part
    kind: Literal["added", "removed", "changed"]
    name: str
    aspects: tuple[Aspect, ...]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


def differences(old: Playbook, new: Playbook) -> tuple[EditionChange, ...]:
    """What `new` would change, by part; within it in the order of the new edition, then what is gone, then orders.

    Whatever differs is told, but for serial and date of publishing: an edition that changes nothing else has no
    differences.
    """
    before, after = dict(_Told(old).entries()), dict(_Told(new).entries())
    changes = [_change(before.get(id), after.get(id)) for id in (*after, *(id for id in before if id not in after))]
    told = [change for change in (*changes, *_orders(old, new)) if change is not None]
    parts = list(Part)
    return tuple(sorted(told, key=lambda change: parts.index(change.part)))


Says = list[tuple[str, str]]
"""What is said of an entry: labels, each with its words."""


class _Entry(NamedTuple):
    part: Part
    name: str
    says: Says


def _change(before: _Entry | None, after: _Entry | None) -> EditionChange | None:
    entry = after or before
    if entry is None:
        return None
    was, now = dict(before.says if before else ()), dict(after.says if after else ())
    aspects = tuple(
        Aspect(label, was.get(label, ""), now.get(label, ""))
        for label in dict.fromkeys((*now, *was))
        if was.get(label, "") != now.get(label, "")
    )
    if before and after:
        return EditionChange(entry.part, "changed", entry.name, aspects) if aspects else None
    return EditionChange(entry.part, "added" if after else "removed", entry.name, aspects)


_ORDERED = (
    ("forms", Part.LINKS),
    ("statements", Part.STATEMENTS),
    ("terms", Part.STATEMENTS),
    ("paths", Part.PATHS),
    ("troubles", Part.TROUBLES),
    ("points", Part.REVIEW),
    ("fields", Part.FORM),
    ("prompts", Part.FORM),
    ("pages", Part.PAGES),
    ("regions", Part.REGIONS),
    ("platforms", Part.REGIONS),
)


def _orders(old: Playbook, new: Playbook) -> Iterator[EditionChange]:
    """What both have and the new one has in another order: the first form is the likeliest, the first path the surest."""
    for kind, part in _ORDERED:
        was, now = ([each.id for each in getattr(book, kind)] for book in (old, new))
        was, now = [id for id in was if id in set(now)], [id for id in now if id in set(was)]
        if was != now:
            order = Aspect("order", ", ".join(was), ", ".join(now))
            yield EditionChange(part, "changed", f"order of {kind}", (order,))


class _Told:
    """One playbook, entry by entry. Each sentence is told with the entry it belongs to, and those left over by themselves."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._said: set[str] = set()

    def entries(self) -> Iterator[tuple[tuple[str, str], _Entry]]:
        """Kind and id of each entry with what is said of it."""
        yield from self._links()
        yield from self._walks()
        for each in self._playbook.statements:
            says = [self._text("says", each.id), ("as", each.role), *self._grounds(each.scope, each.basis)]
            yield ("statement", each.id), _Entry(Part.STATEMENTS, f"statement “{each.id}”", says)
        yield from self._terms()
        yield from self._menus()
        for trouble in self._playbook.troubles:
            says = [self._text(part, f"{trouble.id}.{part}") for part in ("symptom", "helped")]
            says += self._grounds(trouble.scope, trouble.basis)
            yield ("trouble", trouble.id), _Entry(Part.TROUBLES, f"trouble “{trouble.id}”", says)
        yield from self._questions()
        yield from self._pages()
        yield from self._regions()
        yield from self._rest()

    def _links(self) -> Iterator[tuple[tuple[str, str], _Entry]]:
        for form in self._playbook.forms:
            says = [("address", form.url), self._text("says", f"form.{form.id}")]
            yield (
                ("form", form.id),
                _Entry(Part.LINKS, f"form “{form.id}”", [*says, *self._grounds(form.scope, form.basis)]),
            )
        for source in self._playbook.sources.values():
            says = [("address", source.url), ("publisher", source.publisher), ("language", source.language)]
            says += [("quality", source.quality), ("date", source.date)]
            yield ("source", source.id), _Entry(Part.LINKS, f"source {source.id}", says)

    def _walks(self) -> Iterator[tuple[tuple[str, str], _Entry]]:
        for number, walk in enumerate(self._playbook.walks, start=1):
            says = [("steps", ", ".join(walk.steps)), *_where(walk.scope)]
            yield ("walk", str(number)), _Entry(Part.STEPS, f"walk {number}", says)

    def _terms(self) -> Iterator[tuple[tuple[str, str], _Entry]]:
        for each in self._playbook.terms:
            says = [("in effect since", each.effective.isoformat()), self._text("says", f"terms.{each.id}")]
            says += self._grounds(each.scope, each.basis)
            yield ("terms", each.id), _Entry(Part.STATEMENTS, f"terms “{each.id}”", says)

    def _menus(self) -> Iterator[tuple[tuple[str, str], _Entry]]:
        for path in self._playbook.paths:
            says = [
                ("way", " > ".join(label.word("en") for label in path.labels)),
                self._text("says", f"path.{path.id}"),
            ]
            says += [("words", ", ".join(label.id for label in path.labels))]
            yield (
                ("path", path.id),
                _Entry(Part.PATHS, f"menu path “{path.id}”", says + self._grounds(path.scope, path.basis)),
            )
        for label in self._playbook.labels.values():
            yield ("label", label.id), _Entry(Part.PATHS, f"Meta's word “{label.id}”", list(label.words.items()))

    def _questions(self) -> Iterator[tuple[tuple[str, str], _Entry]]:
        for point in self._playbook.points:
            says = [self._text(part, f"{point.id}.{part}") for part in ("question", "how")]
            says += [("answers", ", ".join(point.answers)), *self._grounds(point.scope, point.basis)]
            yield ("point", point.id), _Entry(Part.REVIEW, f"question “{point.id}”", says)
        for field in self._playbook.fields:
            says = [self._text(part, f"{field.id}.{part}") for part in ("label", "help")]
            says += [("filled with", field.fills), ("always asked", _yes(field.always))]
            says += self._grounds(field.scope, field.basis)
            yield ("field", field.id), _Entry(Part.FORM, f"field “{field.id}”", says)
        for prompt in self._playbook.prompts:
            says = [self._text("asks", f"prompt.{prompt.id}"), ("about", prompt.group)]
            says += [("options", ", ".join(prompt.options)), *self._grounds(Scope(), prompt.basis)]
            says += [self._text(f"option “{option}”", f"option.{option}") for option in prompt.options]
            yield ("prompt", prompt.id), _Entry(Part.FORM, f"question “{prompt.id}” of the reason", says)

    def _pages(self) -> Iterator[tuple[tuple[str, str], _Entry]]:
        for page in self._playbook.pages:
            says = [("address", page.url), self._text("why", f"page.{page.id}"), ("publisher", page.publisher)]
            says += [("language", page.language), ("kind", page.kind), ("expected word", page.expect_text)]
            says += [("is source", ", ".join(page.sources))]
            yield ("page", page.id), _Entry(Part.PAGES, f"page “{page.id}”", says)

    def _regions(self) -> Iterator[tuple[tuple[str, str], _Entry]]:
        for region in self._playbook.regions:
            says = [("right to object", region.right), ("law", region.law), ("countries", ", ".join(region.countries))]
            yield ("region", region.id), _Entry(Part.REGIONS, f"region “{region.id}”", says)
        for each in self._playbook.platforms:
            says = [("name", each.name), ("hosts", ", ".join(each.hosts)), ("account named by", each.handle)]
            says += [("can be in a hub", _yes(each.hub)), self._text("hint", f"platform.{each.id}.hint")]
            yield ("platform", each.id), _Entry(Part.REGIONS, f"platform “{each.id}”", says)

    def _rest(self) -> Iterator[tuple[tuple[str, str], _Entry]]:
        """The sentences that belong to no entry, and what the edition says of itself."""
        texts = self._playbook.texts
        for id, sentence in texts.sentences.items():
            if id not in self._said:
                part = Part.STEPS if id.startswith("step.") else Part.WORDS
                yield ("text", id), _Entry(part, f"sentence “{id}”", [("says", sentence)])
        says = [("id", self._playbook.id), ("language", texts.language), ("good until", self._playbook.expires)]
        yield ("edition", ""), _Entry(Part.WORDS, "the edition as a whole", says)

    def _text(self, label: str, id: str) -> tuple[str, str]:
        self._said.add(id)
        return label, self._playbook.texts.sentences.get(id, "")

    def _grounds(self, scope: Scope, basis: Basis) -> Says:
        sources = self._playbook.sources
        rests_on = ", ".join(f"{sources[id].publisher} ({id})" if id in sources else id for id in basis.sources)
        return [*_where(scope), ("rests on", rests_on), ("how sure", basis.sureness), ("as of", basis.checked_on)]


def _where(scope: Scope) -> Says:
    return [
        ("at", ", ".join(scope.steps)),
        ("on", ", ".join(scope.platforms) or "every platform"),
        ("in", ", ".join(scope.regions) or "every region"),
    ]


def _yes(value: bool) -> str:  # noqa: FBT001 - it is the value that is put into a word
    return "yes" if value else "no"
