"""The guidance as typed values: steps, forms, menu paths, statements and their sources.

A playbook holds structure and facts; the sentences are kept separately in `GuidanceTexts`, by id, so that a
translation touches no fact. Every entry about Meta, the law or an authority has its `Basis`: sources, date and sureness.
These types are also the schema of `playbook.toml`: each field is a key of a row (notes: `core/guidance/schema.py`).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, Protocol, TypeVar

from metaoptout_tui.core.guidance.basis import GuidanceSource, InlineBasis
from metaoptout_tui.core.guidance.schema import (
    EditionPart,
    Id,
    InFile,
    Inline,
    ListOf,
    OneOfEach,
    Table,
    Text,
    Told,
    Value,
    in_words,
)
from metaoptout_tui.core.guidance.texts import GuidanceTexts
from metaoptout_tui.core.language.translation import gettext, mark
from metaoptout_tui.core.language.translation import gettext as _

CONTENT_LANGUAGES = ("en", "nl", "de", "fr", "es", "it")
"""Languages in which menu labels (`[label]` of playbook.toml) or reasons (texts/reasons.toml) are known."""

StatementRole = Literal["do", "know", "warn", "why"]
RightToObject = Literal["yes", "reported", "no"]
PageKind = Literal["authority", "consumer", "rights", "press", "meta"]

REVIEW_ANSWERS = ("yes", "no", "done", "not-for-me")

Day = Annotated[str, Value("day")]


class StepId(StrEnum):
    """A step of the checklist; its name is the text `step.VALUE.title`."""

    IDENTIFY = "identify"
    OPEN = "open"
    SUBMIT = "submit"
    REPLY = "confirm"
    REVIEW = "review"


TOPIC_CONTEXTS = (
    "public",
    "limits",
    "coverage",
    "children",
    "products",
    "check",
    "third-party",
    *("no-login", "after-decision"),
    "fraud",
    "download",
)
"""The sections of the topics (`core/guidance/topics.py`) that a statement may be in."""

OTHER_STATEMENT_CONTEXTS = ("welcome", "region", "answer", "period", "chats", "letter", *TOPIC_CONTEXTS)
"""Where a statement may be shown besides the steps."""


class WatchedPage(NamedTuple):
    """A public page that the program may fetch to see whether it changed (guidance/README.md, Watched pages).

    `sources` are the ids of the sources that are this page; `expect_text` holds whole words of the page that a log-in
    page in its place would not hold. Meta learns of every request for a page of kind `meta`.
    """

    id: Id
    # Translators: why a page is watched, as a label.
    url: Annotated[str, Value("watched-url"), Told(mark("address")), Text(mark("why"), "page.{}")]
    publisher: Annotated[str, Told(mark("publisher"))]
    language: Annotated[str, Value("language"), Told(mark("language"))]
    kind: Annotated[PageKind, Told(mark("kind"))]
    expect_text: Annotated[str, Told(mark("expected word"))]
    sources: Annotated[tuple[str, ...], ListOf("sources", table="source", may_be_empty=True), Told(mark("is source"))]


class Scope(NamedTuple):
    """Where a statement applies; an empty tuple means everywhere.

    `places` are steps and other contexts in which it is told, such as `letter` or a section of a topic.
    """

    places: Annotated[
        # Translators: where a statement is told, before the steps: “at: confirm”.
        tuple[str, ...], ListOf("steps", (*StepId, *OTHER_STATEMENT_CONTEXTS)), Told(mark("at")), InFile("steps")
    ] = ()
    platforms: Annotated[
        tuple[str, ...],
        ListOf("platforms", table="platform"),
        # Translators: on which platforms something is told, before them: “on: facebook”.
        Told(mark("on"), lambda ids, _playbook: in_words(ids) or _("every platform")),
    ] = ()
    regions: Annotated[
        tuple[str, ...],
        ListOf("regions", table="region"),
        # Translators: in which regions something is told, before them: “in: eea”.
        Told(mark("in"), lambda ids, _playbook: in_words(ids) or _("every region")),
    ] = ()

    def includes(self, *, step: str, platform: str, region: str) -> bool:
        """Whether the scope includes this step, platform and region."""
        return (
            (not self.places or step in self.places)
            and (not self.platforms or platform in self.platforms)
            and (not self.regions or region in self.regions)
        )


ScopeWithSteps = Annotated[Scope, Inline(required=("steps",))]
ScopeOfAccount = Annotated[Scope, Inline(left_out=("steps",))]


class Statement(NamedTuple):
    """One sentence or two for the person; its text has the same id. `role` decides where the page shows it."""

    id: Annotated[Id, Text(mark("says"), "{}")]
    # Translators: as what a statement is told: “as: warn”.
    role: Annotated[StatementRole, Told(mark("as"))]
    scope: ScopeWithSteps
    basis: InlineBasis


_BETWEEN_LABEL_WORDS = " | "


class MenuLabel(NamedTuple):
    """A word on Meta's screens, by language. English is always there; a language without one falls back to it.

    What stands in round brackets describes a place that has no name, such as (three lines). Where sources give a word in
    more than one way, ` | ` stands between them, the one to show first.
    """

    id: Id
    words: Annotated[Mapping[str, str], OneOfEach(CONTENT_LANGUAGES)]

    def word(self, language: str) -> str:
        """The label in `language`, or the English one where it is not known; a description in the language in use."""
        word = self._words_in(language)[0]
        return gettext(word) if word.startswith("(") else word

    def other_words(self, language: str) -> tuple[str, ...]:
        """What some sources write in place of `word`."""
        return self._words_in(language)[1:]

    def _words_in(self, language: str) -> tuple[str, ...]:
        return tuple((self.words.get(language) or self.words["en"]).split(_BETWEEN_LABEL_WORDS))

    def is_known_in(self, language: str) -> bool:
        """Whether what the person sees in `language` is known; a description is understood in any."""
        return language in self.words or self.words["en"].startswith("(")


class MenuPath(NamedTuple):
    """A path through Meta's menus, the outermost label first; the text `path.ID` says where it is from."""

    id: Id
    labels: Annotated[
        tuple[MenuLabel, ...],
        ListOf("labels", table="label"),
        # Translators: the way through menus: “way: Settings > Privacy”.
        Told(mark("way"), lambda labels, _playbook: " > ".join(label.word("en") for label in labels)),
        Text(mark("says"), "path.{}"),
        # Translators: the words of a menu path in each language.
        Told(mark("words")),
    ]
    scope: ScopeWithSteps
    basis: InlineBasis


class ObjectionForm(NamedTuple):
    """One of Meta's forms or pages. Numbers have differed by year and region, so there are several for an account.

    Which is the likeliest is not known. The text `form.ID` says what it is and how it is known.
    """

    id: Id
    url: Annotated[str, Value("meta-url"), Told(mark("address")), Text(mark("says"), "form.{}")]
    scope: ScopeWithSteps
    basis: InlineBasis


class KnownTrouble(NamedTuple):
    """Something that goes wrong, and what helped: texts `ID.symptom` and `ID.helped`."""

    id: Annotated[Id, Text(mark("symptom"), "{}.symptom"), Text(mark("helped"), "{}.helped")]
    scope: ScopeWithSteps
    basis: InlineBasis


class ReviewPoint(NamedTuple):
    """One point of a review (guidance/README.md, rule 19): texts `ID.question`, `ID.how`. `answers`: those that fit."""

    id: Annotated[Id, Text(mark("question"), "{}.question"), Text(mark("how"), "{}.how")]
    answers: Annotated[tuple[str, ...], ListOf("answers", REVIEW_ANSWERS), Told(mark("answers"))]
    scope: ScopeOfAccount
    basis: InlineBasis


class MetaTerms(NamedTuple):
    """Terms of Meta that took effect on a day, which an objection may be older than; the text `terms.ID` says so."""

    id: Id
    effective_on: Annotated[
        date,
        InFile("effective"),
        Value("day"),
        Told(mark("in effect since")),
        Text(mark("says"), "terms.{}", values=("date",)),
    ]
    scope: ScopeOfAccount
    basis: InlineBasis


class FormField(NamedTuple):
    """One thing the form may ask: texts `ID.label` and `ID.help`. `fills` says what the program can put there."""

    id: Annotated[Id, Text(mark("label"), "{}.label"), Text(mark("help"), "{}.help")]
    fills: Annotated[Literal["email", "reason", "country", "yes", "nothing"], Told(mark("filled with"))]
    is_always_asked: Annotated[bool, InFile("always"), Told(mark("always asked"))]
    scope: ScopeOfAccount
    basis: InlineBasis


class ReasonPrompt(NamedTuple):
    """One question of the reason builder (guidance/README.md, rule 10): texts `prompt.ID`, and `option.OPTION`.

    `group` says which sentence of the reason its options go into; `role` is asked about another person's data alone.
    `options_from_elsewhere` can be true of a person without an account too: no own posts, profiles or linked accounts.
    """

    # Translators: what a question asks, as a label.
    id: Annotated[Id, Text(mark("asks"), "prompt.{}")]
    # Translators: what a question of the reason is about, as a label.
    group: Annotated[Literal["role", "data", "situation", "effects", "requests"], Told(mark("about"))]
    options: Annotated[tuple[str, ...], ListOf("options"), Told(mark("options"))]
    basis: Annotated[InlineBasis, Text(mark("option “{id}”"), "option.{}", each="options")]
    options_from_elsewhere: Annotated[
        tuple[str, ...],
        ListOf("options", may_be_empty=True),
        Told(mark("options for data from elsewhere")),
    ] = ()


class Region(NamedTuple):
    """Countries under one law. `right_to_object`: whether a form exists there (guidance/README.md, rule 1).

    `law` is the key of the legal words of a reason (texts/reasons.toml): `gdpr`, `uk-gdpr`, `fadp`, `lgpd` or `none`.
    Its statements have the ids `region.ID.…` and a scope with this region.
    """

    id: Id
    right_to_object: Annotated[RightToObject, InFile("right"), Told(mark("right to object"))]
    law: Annotated[Literal["gdpr", "uk-gdpr", "fadp", "lgpd", "none"], Told(mark("law"))]
    countries: Annotated[tuple[str, ...], Value("countries"), Told(mark("countries"))]


class Platform(NamedTuple):
    """A Meta product a person has an account on. `hosts` are the ones a pasted profile address may have.

    `account_named_by` says how an account is named there, `can_be_linked` whether it can be in an Accounts Centre or
    Meta Account. The text `platform.ID.hint` says what to type as its name.
    """

    id: Id
    name: Annotated[str, Told(mark("name"))]
    hosts: Annotated[tuple[str, ...], Value("hosts"), Told(mark("hosts"))]
    account_named_by: Annotated[Literal["handle", "name", "phone"], InFile("handle"), Told(mark("account named by"))]
    can_be_linked: Annotated[bool, InFile("hub"), Told(mark("can be linked")), Text(mark("hint"), "platform.{}.hint")]


class StepSequence(NamedTuple):
    """The steps of an account: the first sequence whose scope includes its platform and region counts."""

    steps: Annotated[tuple[StepId, ...], ListOf("steps", tuple(StepId)), Told(mark("steps"))]
    scope: ScopeOfAccount


class _Scoped(Protocol):
    @property
    def scope(self) -> Scope: ...


ScopedRow = TypeVar("ScopedRow", bound=_Scoped)


def _in_scope(rows: tuple[ScopedRow, ...], *, step: str, platform: str, region: str) -> tuple[ScopedRow, ...]:
    return tuple(row for row in rows if row.scope.includes(step=step, platform=platform, region=region))


class Playbook(NamedTuple):
    """All guidance in use.

    `serial` grows with each edition of the same `id`; `published` is its date (`2026-11-23`), `expires` the last day
    for which its makers vouch for it, empty where they set none. A letter whose arrival nobody knows is assumed to have
    arrived `assumed_letter_days` after it was posted.
    """

    schema: Annotated[int, Value("schema")]
    id: Id
    serial: Annotated[int, Value("number")]
    published: Day
    regions: Annotated[tuple[Region, ...], Table("region", EditionPart.REGIONS, mark("region “{id}”"))]
    platforms: Annotated[tuple[Platform, ...], Table("platform", EditionPart.REGIONS, mark("platform “{id}”"))]
    step_sequences: Annotated[tuple[StepSequence, ...], Table("walk", EditionPart.STEPS, mark("walk {id}"))]
    statements: Annotated[tuple[Statement, ...], Table("statement", EditionPart.STATEMENTS, mark("statement “{id}”"))]
    paths: Annotated[tuple[MenuPath, ...], Table("path", EditionPart.PATHS, mark("menu path “{id}”"))]
    forms: Annotated[tuple[ObjectionForm, ...], Table("form", EditionPart.LINKS, mark("form “{id}”"))]
    fields: Annotated[tuple[FormField, ...], Table("field", EditionPart.FORM, mark("field “{id}”"))]
    troubles: Annotated[tuple[KnownTrouble, ...], Table("trouble", EditionPart.TROUBLES, mark("trouble “{id}”"))]
    points: Annotated[tuple[ReviewPoint, ...], Table("point", EditionPart.REVIEW, mark("question “{id}”"))]
    terms: Annotated[tuple[MetaTerms, ...], Table("terms", EditionPart.STATEMENTS, mark("terms “{id}”"))]
    prompts: Annotated[
        tuple[ReasonPrompt, ...], Table("prompt", EditionPart.FORM, mark("question “{id}” of the reason"))
    ]
    labels: Annotated[
        Mapping[str, MenuLabel], Table("label", EditionPart.PATHS, mark("Meta's word “{id}”"), is_keyed=True)
    ]
    sources: Annotated[
        Mapping[str, GuidanceSource], Table("source", EditionPart.LINKS, mark("source {id}"), is_keyed=True)
    ]
    pages: Annotated[tuple[WatchedPage, ...], Table("page", EditionPart.PAGES, mark("page “{id}”"), is_keyed=True)]
    texts: GuidanceTexts
    expires: Day = ""
    assumed_letter_days: Annotated[int, Value("letter-days")] = 7

    def region_of_country(self, country: str) -> Region:
        """The region of an ISO 3166 alpha-2 code, with a Land or without; an empty one is in the first region, an unlisted in the last.

        A person who has not said where they live is in Europe until they say otherwise; a country that no region lists
        has no known right to object (guidance/README.md, rule 1).
        """
        state = country.partition("-")[0]
        found = next((region for region in self.regions if state in region.countries), self.regions[-1])
        return found if country else self.regions[0]

    def platform(self, id: str) -> Platform | None:
        """The platform with this id, or None for one that this playbook does not know."""
        return next((platform for platform in self.platforms if platform.id == id), None)

    @property
    def platforms_of_profiles(self) -> tuple[Platform, ...]:
        """The products that people have accounts on."""
        return tuple(platform for platform in self.platforms if platform.hosts)

    def platform_name(self, id: str) -> str:
        """The name of a platform on the screen; the id itself where this playbook does not know it."""
        platform = self.platform(id)
        return platform.name if platform else id

    def steps_for(self, platform: str, region: str) -> tuple[StepId, ...]:
        """The steps of an account on this platform in this region, in their order."""
        sequences = _in_scope(self.step_sequences, step="", platform=platform, region=region)
        return sequences[0].steps if sequences else ()

    def statements_for(
        self, *, step: str, platform: str, region: str, role: StatementRole | None = None
    ) -> tuple[Statement, ...]:
        """The statements for this place: first those whose first step this is."""
        candidates = tuple(row for row in self.statements if row.scope.places and role in (None, row.role))
        statements = _in_scope(candidates, step=step, platform=platform, region=region)
        return tuple(sorted(statements, key=lambda statement: statement.scope.places[0] != step))

    def paths_for(self, *, step: str, platform: str, region: str) -> tuple[MenuPath, ...]:
        """Menu paths for this place, the surest first."""
        return _in_scope(self.paths, step=step, platform=platform, region=region)

    def forms_for(self, *, platform: str, region: str, step: str = StepId.OPEN) -> tuple[ObjectionForm, ...]:
        """Forms for this account, in the order in which to try them."""
        return _in_scope(self.forms, step=step, platform=platform, region=region)

    def fields_for(self, *, platform: str, region: str) -> tuple[FormField, ...]:
        """What the form may ask, in the order it is likely to ask it."""
        return _in_scope(self.fields, step=StepId.SUBMIT, platform=platform, region=region)

    def troubles_for(self, *, step: str, platform: str, region: str) -> tuple[KnownTrouble, ...]:
        """What may go wrong at this place."""
        return _in_scope(self.troubles, step=step, platform=platform, region=region)

    def points_for(self, *, platform: str, region: str) -> tuple[ReviewPoint, ...]:
        """The points of this account's review."""
        return _in_scope(self.points, step=StepId.REVIEW, platform=platform, region=region)

    def terms_for(self, *, platform: str, region: str) -> tuple[MetaTerms, ...]:
        """The terms that hold for this account."""
        return _in_scope(self.terms, step="", platform=platform, region=region)

    def page(self, id: str) -> WatchedPage | None:
        """The watched page with this id."""
        return next((page for page in self.pages if page.id == id), None)
