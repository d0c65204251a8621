"""The guidance as typed values: steps, forms, menu paths, statements and the sources they rest on.

A playbook holds structure and facts; the sentences are kept separately in `GuidanceTexts`, by id, so that a
translation touches no fact and a changed link touches no sentence. Everything said about Meta, the law or an
authority carries its `Basis`: sources, date and how sure it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

LANGUAGES = ("en", "nl", "de", "fr", "es", "it")
"""Languages in which menu labels (`[label]` of playbook.toml) or reasons (texts/reasons.toml) are known."""

Sureness = Literal["high", "medium", "low"]
StatementRole = Literal["do", "know", "warn", "why"]
RightToObject = Literal["yes", "reported", "no"]
StepId = Literal["identify", "open", "submit", "confirm", "review"]
PageKind = Literal["authority", "consumer", "rights", "press", "meta"]


class GuidanceSource(NamedTuple):
    """A page or document that a statement rests on. `date` is as exact as known: `2025`, `2025-05`, `2025-05-21` or empty.

    `url` is empty where no public https address is known, `language` where that is not known.
    """

    id: str
    publisher: str
    url: str
    language: str
    quality: Literal["primary", "good", "weak", "code"]
    date: str = ""


class WatchedPage(NamedTuple):
    """A public page that the program may look at to see whether it changed (guidance/README.md, Watched pages).

    `sources` are the ids of the sources that this page is, so that what rests on them is known to rest on it;
    `expect_text` is a word that the page holds when it is what it was, which a log-in page would not. A look at a page of
    kind `meta` tells Meta that somebody looked.
    """

    id: str
    url: str
    language: str
    publisher: str
    kind: PageKind
    expect_text: str
    sources: tuple[str, ...]


class Basis(NamedTuple):
    """Why a statement may be shown: ids of its sources, how sure it is, and the date of the newest evidence."""

    sources: tuple[str, ...]
    sureness: Sureness
    checked_on: str


class Scope(NamedTuple):
    """Where a statement applies. An empty tuple means everywhere."""

    steps: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    def includes(self, *, step: str, platform: str, region: str) -> bool:
        """Whether this place in the walk is inside the scope."""
        return (
            (not self.steps or step in self.steps)
            and (not self.platforms or platform in self.platforms)
            and (not self.regions or region in self.regions)
        )


class Statement(NamedTuple):
    """One sentence or two for the person; its text has the same id. `role` says where it stands on the page."""

    id: str
    role: StatementRole
    scope: Scope
    basis: Basis


class MenuLabel(NamedTuple):
    """A word on Meta's screens, by language. English is always there; a language without one falls back to it."""

    id: str
    words: Mapping[str, str]

    def word(self, language: str) -> str:
        """The label in `language`, or the English one where it is not known."""
        return self.words.get(language) or self.words["en"]


class MenuPath(NamedTuple):
    """A way through Meta's menus as a chain of labels, outermost first; the text `path.ID` says where it is from."""

    id: str
    labels: tuple[MenuLabel, ...]
    scope: Scope
    basis: Basis


class ObjectionForm(NamedTuple):
    """One of Meta's forms. Numbers have differed by year and region, so there are several, the likeliest first.

    The text `form.ID` says what it is and how it is known.
    """

    id: str
    url: str
    scope: Scope
    basis: Basis


class KnownTrouble(NamedTuple):
    """Something that goes wrong, and what helped: texts `ID.symptom` and `ID.helped`."""

    id: str
    scope: Scope
    basis: Basis


class ReviewPoint(NamedTuple):
    """One point of a review (guidance/README.md, rule 19): texts `ID.question`, `ID.how`. `answers`: those that fit."""

    id: str
    scope: Scope
    basis: Basis
    answers: tuple[str, ...]


class MetaTerms(NamedTuple):
    """Terms of Meta that took effect on a day, which an objection may be older than; the text `terms.ID` says so."""

    id: str
    effective_on: date
    scope: Scope
    basis: Basis


class FormField(NamedTuple):
    """One thing the form may ask: texts `ID.label` and `ID.help`. `fills` says what the program can put there."""

    id: str
    fills: Literal["email", "reason", "country", "yes", "nothing"]
    is_always_asked: bool
    scope: Scope
    basis: Basis


class ReasonPrompt(NamedTuple):
    """One question of the reason builder (guidance/README.md, rule 10): texts `prompt.ID`, and `option.OPTION` for each.

    `group` says which sentence of the reason its options go into.
    """

    id: str
    group: Literal["data", "situation", "effects", "requests"]
    options: tuple[str, ...]
    basis: Basis


class Region(NamedTuple):
    """Countries under one law. `right` is whether a form to object exists there (guidance/README.md, rule 1).

    `law` is the key of the legal words of a reason (texts/reasons.toml): `gdpr`, `uk-gdpr`, `fadp`, `lgpd` or `none`.
    Its statements have the ids `region.ID.…` and a scope with this region.
    """

    id: str
    right_to_object: RightToObject
    law: str
    countries: tuple[str, ...]


class Platform(NamedTuple):
    """A Meta product a person has an account on. `hosts` are the ones a pasted profile address may have.

    `handle` says how an account is named there, `hub` whether it can be in an Accounts Centre or Meta Account. The text
    `platform.ID.hint` says what to type as its name.
    """

    id: str
    name: str
    hosts: tuple[str, ...]
    account_named_by: Literal["handle", "name", "phone"]
    can_be_linked: bool


class StepSequence(NamedTuple):
    """Which steps an account has: the first walk whose scope holds for its platform and region."""

    scope: Scope
    steps: tuple[StepId, ...]


@dataclass(frozen=True, slots=True)
class GuidanceTexts:
    """The sentences by id, in one language. `{name}` in a sentence is filled by `say`."""

    language: str
    sentences: Mapping[str, str]

    def sentence(self, id: str, /, **values: object) -> str:
        """The sentence with its `{names}` filled in; the id itself where a text is missing, so that nothing breaks."""
        sentence = self.sentences.get(id)
        if sentence is None:
            return id
        return sentence.format_map(values) if values else sentence

    def __contains__(self, id: str) -> bool:
        return id in self.sentences


class Playbook(NamedTuple):
    """All guidance in use.

    `serial` grows with each edition of the same `id`; `published` is its date (`2026-11-23`), `expires` the day after
    which its makers no longer stand by it, empty where they set none.
    """

    schema: int
    serial: int
    published: str
    sources: Mapping[str, GuidanceSource]
    regions: tuple[Region, ...]
    platforms: tuple[Platform, ...]
    step_sequences: tuple[StepSequence, ...]
    statements: tuple[Statement, ...]
    labels: Mapping[str, MenuLabel]
    paths: tuple[MenuPath, ...]
    forms: tuple[ObjectionForm, ...]
    fields: tuple[FormField, ...]
    troubles: tuple[KnownTrouble, ...]
    points: tuple[ReviewPoint, ...]
    prompts: tuple[ReasonPrompt, ...]
    pages: tuple[WatchedPage, ...]
    texts: GuidanceTexts
    id: str = ""
    expires: str = ""
    terms: tuple[MetaTerms, ...] = ()

    def region_of_country(self, country: str) -> Region:
        """The region of an ISO 3166 alpha-2 code; an empty code counts as the first region, an unlisted one as the last.

        A person who has not said where they live is in Europe until they say otherwise; a country that no region lists
        has no known right to object (guidance/README.md, rule 1).
        """
        if not country:
            return self.regions[0]
        return next((region for region in self.regions if country in region.countries), self.regions[-1])

    def platform(self, id: str) -> Platform | None:
        """The platform with this id, or None for one that this playbook does not know."""
        return next((platform for platform in self.platforms if platform.id == id), None)

    def platform_name(self, id: str) -> str:
        """How a platform is called on the screen; the id itself where this playbook does not know it."""
        platform = self.platform(id)
        return platform.name if platform else id

    def steps_for(self, platform: str, region: str) -> tuple[StepId, ...]:
        """The steps of an account on this platform in this region, in the order they are walked."""
        return next(
            (
                walk.steps
                for walk in self.step_sequences
                if walk.scope.includes(step="", platform=platform, region=region)
            ),
            (),
        )

    def statements_for(
        self, *, step: str, platform: str, region: str, role: StatementRole | None = None
    ) -> tuple[Statement, ...]:
        """What there is to say at this place: first what has its home here, which is the first step it names."""
        found = [
            statement
            for statement in self.statements
            if (role is None or statement.role == role)
            and statement.scope.steps
            and statement.scope.includes(step=step, platform=platform, region=region)
        ]
        return tuple(sorted(found, key=lambda statement: statement.scope.steps[0] != step))

    def paths_for(self, *, step: str, platform: str, region: str) -> tuple[MenuPath, ...]:
        """Menu paths for this place, the surest first."""
        return tuple(path for path in self.paths if path.scope.includes(step=step, platform=platform, region=region))

    def forms_for(self, *, platform: str, region: str, step: str = "open") -> tuple[ObjectionForm, ...]:
        """Forms for this account, the likeliest first."""
        return tuple(form for form in self.forms if form.scope.includes(step=step, platform=platform, region=region))

    def fields_for(self, *, platform: str, region: str) -> tuple[FormField, ...]:
        """What the form may ask, in the order it is likely to ask it."""
        return tuple(
            each for each in self.fields if each.scope.includes(step="submit", platform=platform, region=region)
        )

    def troubles_for(self, *, step: str, platform: str, region: str) -> tuple[KnownTrouble, ...]:
        """What may go wrong at this place."""
        return tuple(
            trouble for trouble in self.troubles if trouble.scope.includes(step=step, platform=platform, region=region)
        )

    def terms_for(self, *, platform: str, region: str) -> tuple[MetaTerms, ...]:
        """The terms that hold for this account."""
        return tuple(each for each in self.terms if each.scope.includes(step="", platform=platform, region=region))

    def page(self, id: str) -> WatchedPage | None:
        """The watched page with this id."""
        return next((page for page in self.pages if page.id == id), None)

    def uses_of_page(self, page: WatchedPage) -> tuple[tuple[StepId, ...], int]:
        """The steps at which something is said that rests on a watched page, and how many such things there are."""
        own = set(page.sources)
        told = [each for each in self._all_with_basis() if own.intersection(each.basis.sources)]
        steps: tuple[StepId, ...] = get_args(StepId)
        named = {step for each in told if isinstance(each, _SCOPED_BY_STEP) for step in each.scope.steps or steps}
        named |= {"review" for each in told if isinstance(each, ReviewPoint)} | {
            "submit" for each in told if isinstance(each, FormField)
        }
        return tuple(step for step in steps if step in named), len(told)

    def _all_with_basis(
        self,
    ) -> "tuple[Statement | MenuPath | ObjectionForm | KnownTrouble | ReviewPoint | FormField | MetaTerms, ...]":
        return (*self.statements, *self.paths, *self.forms, *self.troubles, *self.points, *self.fields, *self.terms)

    def pages_for(self, *, step: str, platform: str, region: str) -> tuple[WatchedPage, ...]:
        """The watched pages on which something rests that is said at this place."""
        bases = [
            *(each.basis for each in self.statements_for(step=step, platform=platform, region=region)),
            *(each.basis for each in self.paths_for(step=step, platform=platform, region=region)),
            *(each.basis for each in self.forms_for(platform=platform, region=region, step=step)),
            *(each.basis for each in self.troubles_for(step=step, platform=platform, region=region)),
        ]
        if step == "review":
            bases.extend(each.basis for each in self.points_for(platform=platform, region=region))
        if step == "submit":
            bases.extend(each.basis for each in self.fields_for(platform=platform, region=region))
        resting = {source for basis in bases for source in basis.sources}
        return tuple(page for page in self.pages if resting.intersection(page.sources))

    def points_for(self, *, platform: str, region: str) -> tuple[ReviewPoint, ...]:
        """The points of this account's review."""
        return tuple(
            point for point in self.points if point.scope.includes(step="review", platform=platform, region=region)
        )


_SCOPED_BY_STEP = (Statement, MenuPath, ObjectionForm, KnownTrouble)
"""What says at which steps it stands."""
